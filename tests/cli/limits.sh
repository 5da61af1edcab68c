#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# limits.sh - few processes, few descriptors: fewer threads and a warning, and
# no document is lost.
. "${srcdir:-.}/tests/cli/lib.sh"

if grep -qE '__(asan|tsan)_init' "$EXTRACT"; then
    skip_all "a sanitizer needs threads and descriptors of its own"
fi
cp "$corpus"/good-* .
drop_holders .
"$EXTRACT" --isolation=none good-* >wanted

# Descriptors. The soft limit alone does not count.
status=0
(ulimit -S -n 20; exec "$EXTRACT" -j 8 good-*) >"$out" 2>"$err" || status=$?
exits 0 "a soft limit on descriptors"
quiet "is raised"
for isolation in process none; do
    for limit in 12 20 40; do
        status=0
        (ulimit -n "$limit"; exec "$EXTRACT" -j 8 --isolation="$isolation" \
            --stats=stats.json good-*) >"$out" 2>"$err" || status=$?
        exits 0 "$isolation: $limit descriptors"
        same_file "$out" wanted "$isolation: $limit descriptors: the text is right"
        stderr_line '.*: only . of 8 threads at work: .*\(ulimit -n\).*'
        is "$(wc -l <"$err")" 1 "which is all that is said"
        ok "and the statistics agree" \
            test "$(jq .lanes.count stats.json)" -eq "$(grep -o 'only .' "$err" | cut -c6)"
    done
done

# None is free for a while: the document waits.
if command -v prlimit >/dev/null; then
    mkfifo list
    exec 3<>list
    start -j 1 -T list --retries=0 --isolation=none 3>&-
    has_threads() { [ "$(find "/proc/$pid/task" -mindepth 1 -maxdepth 1 | wc -l)" -ge 4 ]; }
    wait_until has_threads
    prlimit --pid "$pid" --nofile=3:
    echo good-simple.pdf >&3
    sleep 1
    prlimit --pid "$pid" --nofile=64:
    exec 3>&-
    wait_run
    exits 0 "no descriptor is free for a while"
    same_file "$out" "$corpus/expected/good-simple.pdf.txt" "and the text is there"
    rm list
else
    skip "no descriptor is free for a while" "no prlimit(1)"
fi

# Processes, which threads are to the kernel. Root is not bound by the limit.
if [ "$(id -u)" -eq 0 ] && can_drop_rights && command -v prlimit >/dev/null; then
    chmod 644 good-*
    for limit in 2 3 6 10 16; do
        status=0
        setpriv --reuid=65532 --regid=65532 --clear-groups \
            prlimit --nproc="$limit" "$EXTRACT" -j 8 good-* \
            >"$out" 2>"$err" || status=$?
        stderr_line '.*: only . of 8 threads at work: .*\(ulimit -u\).*'
        if [ "$limit" -eq 2 ]; then
            exits 3 "too few threads to run at all"
            stderr_line '.*: cannot start the writer thread: .*'
        else
            exits 0 "$limit threads and workers"
            same_file "$out" wanted "$limit threads and workers: the text is right"
        fi
    done
else
    skip "few processes" "needs root"
fi

# The same by a control group, which binds root too.
group=/sys/fs/cgroup/extract-test.$$
[ -f /sys/fs/cgroup/cgroup.controllers ] || group=/sys/fs/cgroup/pids/extract-test.$$
if mkdir "$group" 2>/dev/null && echo 12 2>/dev/null >"$group/pids.max"; then
    status=0
    (echo $BASHPID >"$group/cgroup.procs"; exec "$EXTRACT" -j 8 good-*) \
        >"$out" 2>"$err" || status=$?
    exits 0 "a control group with few processes"
    same_file "$out" wanted "a control group with few processes: the text is right"
    stderr_line '.*: only . of 8 threads at work: .*'
    is "$(wc -l <"$err")" 1 "and workers are had"
else
    skip "a control group with few processes" "cannot make one"
fi
rmdir "$group" 2>/dev/null

finish
