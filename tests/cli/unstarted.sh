#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# unstarted.sh - workers cannot be started, or not with a whole sandbox: the
# run goes on in one process, aloud, or not at all when it was told so.
. "${srcdir:-.}/tests/cli/lib.sh"
. "$srcdir/tests/faults/lib.sh"

cp "$corpus"/good-* .
drop_holders .
"$real" --isolation=none good-* >wanted

export EXTRACT_FAULT=no-start
for jobs in 1 4; do
    run -j "$jobs" --stats=stats.json good-*
    exits 0 "-j $jobs: workers cannot be started"
    same_file "$out" wanted "-j $jobs: the text is right all the same"
    stderr_line '.*: going on in one process without isolation: .*'
    is "$(wc -l <"$err")" 2 "-j $jobs: it is said once"
    is "$(value .workers.started)" 0 "-j $jobs: none was started"
done
run --sandbox=require good-simple.pdf
exits 3 "--sandbox=require: it does not fall back"
stdout_is "" "and parses nothing"
unset EXTRACT_FAULT

# Killed from outside while they start, again and again: no reason to do
# without.
export EXTRACT_FAULT=killed
run -j 1 --stats=stats.json good-simple.pdf
unset EXTRACT_FAULT
exits 0 "ten workers are killed while they start"
quiet "and not a word about isolation"
is "$(value .workers.started)" 1 "the eleventh works"
is "$(stat -c %s starts)" 11 "no other was started"

# A file system where the program cannot be found again.
if [ -n "$sanitized" ]; then
    skip "/proc is not there" "sanitizers need it"
elif [ "$(id -u)" -eq 0 ] &&
    unshare --mount mount -t tmpfs none /proc 2>/dev/null; then
    status=0
    unshare --mount sh -c 'mount -t tmpfs none /proc && exec "$@"' sh \
        "$real" good-* >"$out" 2>"$err" || status=$?
    exits 0 "/proc is not there"
    same_file "$out" wanted "/proc is not there: the text is right"
    stderr_line '.*: cannot start a worker: .*'
else
    skip "/proc is not there" "needs root"
fi

# Too many processes, by a limit that is set when the threads are there. Root
# is not bound by it.
if [ -n "$sanitized" ]; then
    skip "the table of processes is full" "sanitizers need a process at the end"
elif [ "$(id -u)" -eq 0 ] && can_drop_rights; then
    chmod 644 good-*
    mkfifo list
    exec 3<>list
    someone="setpriv --reuid=65533 --regid=65533 --clear-groups"
    $someone "$real" -j 2 -T list 3>&- >"$out" 2>"$err" &
    pid=$!
    has_threads() { [ "$(find "/proc/$pid/task" -mindepth 1 -maxdepth 1 | wc -l)" -ge 5 ]; }
    wait_until has_threads
    $someone prlimit --pid "$pid" --nproc=1:1
    printf '%s\n' good-* >&3
    exec 3>&-
    wait_run
    exits 0 "the table of processes is full"
    same_file "$out" wanted "the table of processes is full: the text is right"
    stderr_line '.*: cannot start a worker: .*'
else
    skip "the table of processes is full" "needs root"
fi

# A document that has killed a worker is not let into this process. The second
# worker is refused by a limit on descriptors that is set meanwhile.
fault a.fault "text one" "wait $work/go" "exit 9" "text four"
start -j 1 --page-timeout=60 a.fault
await_at wait2
prlimit --pid "$pid" --nofile=1:1
touch go
wait_run
[ "$sanitized" ] || exits 1 "no new worker for a document that crashes"
stdout_is "one\n\fstill here\n\f\f\f" "what came before is there"
stderr_line '.*: a.fault: page 3: crash: .*'
stderr_line '.*: a.fault: page 4: .*worker.*'

# The sandbox.
run --sandbox=off good-simple.pdf
exits 0 "--sandbox=off"
run --sandbox=auto good-simple.pdf
quiet "--sandbox=auto says nothing"
if [ "$sanitized" ]; then
    run --sandbox=require good-simple.pdf
    exits 3 "--sandbox=require with a sanitizer"
    stdout_is ""
else
    run --sandbox=require good-*
    exits 0 "--sandbox=require"
    same_file "$out" wanted "--sandbox=require: the text is the same"
    run --sandbox=off good-*
    same_file "$out" wanted "--sandbox=off: the text is the same"
    fault b.fault "open-read /etc/passwd"
    run --sandbox=off b.fault
    stdout_is "opened\n\f" "--sandbox=off takes no files away"
    for layer in no-landlock:Landlock no-seccomp:seccomp; do
        export EXTRACT_FAULT=${layer%:*}
        name=${layer#*:}
        run -v good-simple.pdf
        exits 0 "without $name"
        stderr_line ".*: the sandbox lacks: $name"
        run good-simple.pdf
        quiet "without $name, and without -v: not a word"
        run --sandbox=require good-simple.pdf good-epub3.epub
        exits 3 "without $name: --sandbox=require fails"
        stdout_is "" "and nothing is parsed"
        is "$(grep -c 'the sandbox lacks' "$err")" 1 "which is said once"
    done
    unset EXTRACT_FAULT
fi

# What would promise what nobody keeps.
for option in --sandbox=auto --timeout=9 --page-timeout=9 --memory-limit=1G; do
    run --isolation=none "$option" good-simple.pdf
    exits 2 "$option cannot go with --isolation=none"
    stderr_has "--isolation=none"
done

finish
