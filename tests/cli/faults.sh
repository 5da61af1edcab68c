#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# faults.sh - an output that breaks amid a run, of each kind: status 3, one clear
# message, whole records only, and --resume completes it once the cause is gone.
. "${srcdir:-.}/tests/cli/lib.sh"
. "$srcdir/tests/faults/lib.sh"
EXTRACT=$real

gen --tiny in/a --count 20
gen --big in/b --pages 400
gen --texts in/c --count 20
cp "$corpus"/bad-page.pdf "$corpus"/bad-garbage.pdf in
mkdir wanted

# options KIND FOLDER: sets options, an array, to those that KIND is asked for with.
options() {
    case $1 in
        tree) options=(-o "$2/tree") ;;
        jsonl) options=(-f jsonl --no-timings -o "$2/out.jsonl") ;;
        sqlite) options=(-f sqlite --no-timings -o "$2/out.db") ;;
    esac
}

# is_output KIND FOLDER part|whole: as tests/faults/outputs.py says.
is_output() {
    python3 "$srcdir/tests/faults/outputs.py" "$srcdir/scripts" "$1" wanted "$2" \
        "$3" >"$out" 2>&1
}

# breaks KIND FOLDER REASON WHAT: after a run that could not write.
breaks() {
    exits 3 "$1: $4"
    stderr_has "$3" "$1: it says why"
    is "$(grep -c "$3" "$err")" 1 "$1: once"
    [ "$1" != sqlite ] || stderr_has "cannot use database $2/out.db: $3" \
        "sqlite: and what it is of"
    ok "$1: what is there is whole" is_output "$1" "$2" part
}

# goes_on KIND FOLDER: the cause is gone.
goes_on() {
    options "$1" "$2"
    run --resume "${options[@]}" in
    exits 1 "$1: --resume goes on"
    ok "$1: to what an unbroken run gives" is_output "$1" "$2" whole
}

for kind in tree jsonl sqlite; do
    options "$kind" wanted
    run "${options[@]}" in
    exits 1
done

cc=${CC:-cc}
if [ -n "$sanitized" ]; then
    skip "calls that fail" "a sanitizer must be the first to be loaded"
elif ! $cc -shared -fPIC -D_GNU_SOURCE -I"$top" -o broken.so \
    "$srcdir/tests/faults/broken.c" 2>"$err"; then
    skip "calls that fail" "broken.c does not compile"
else
    # broken KIND PART CALL FROM ERRNO REASON
    broken() {
        local folder=broken-$1-${2//[\/.]/}-$3-$4-$5
        mkdir "$folder"
        options "$1" "$folder"
        export LD_PRELOAD=$work/broken.so BROKEN=$folder/$2 BROKEN_CALL=$3 \
            BROKEN_FROM=$4 BROKEN_ERRNO=$5
        # Of a tree names are below its descriptor.
        [ "$3" != link ] || BROKEN=$2
        run -j 2 "${options[@]}" in
        unset LD_PRELOAD BROKEN BROKEN_CALL BROKEN_FROM BROKEN_ERRNO
        breaks "$1" "$folder" "$6" "$3 of $2 fails with $5"
        goes_on "$1" "$folder"
    }
    broken tree tree/in write 7 5 'Input/output error'
    broken tree tree/in write 7 28 'No space left on device'
    broken tree in/ link 7 5 'Input/output error'
    broken tree in/ link 1 30 'Read-only file system'
    broken tree tree/.extract/manifest pwrite 12 5 'Input/output error'
    broken jsonl out.jsonl write 3 5 'Input/output error'
    broken jsonl out.jsonl write 2 28 'No space left on device'
    broken jsonl out.jsonl.manifest pwrite 12 5 'Input/output error'
    broken sqlite out.db-wal pwrite 1 5 'Input/output error'
    broken sqlite out.db-wal pwrite 40 5 'Input/output error'
    broken sqlite out.db-wal pwrite 60 28 'No space left on device'
    broken sqlite out.db fsync 1 5 'Input/output error'
    broken sqlite out.db pwrite 1 28 'No space left on device'
fi

umounted() {
    cd "$work" || return
    ! mountpoint -q small || umount small
}
mkdir small
if [ "$(id -u)" -eq 0 ] && mount -t tmpfs -o size=900k tmpfs small 2>/dev/null; then
    trap 'umounted; tidy' EXIT
    for kind in tree jsonl sqlite; do
        mount -o remount,size=300k small
        options "$kind" small
        run -j 2 "${options[@]}" in
        breaks "$kind" small 'No space left on device' "the disk is full"
        mount -o remount,size=64m small
        goes_on "$kind" small
        mount -o remount,ro small
        touch in/new.txt
        run --resume "${options[@]}" in
        exits 3 "$kind: the disk is read-only"
        stderr_has 'Read-only file system' "$kind: it says so"
        is "$(wc -l <"$err")" 1 "$kind: and nothing else"
        rm in/new.txt
        mount -o remount,rw small
        ok "$kind: and nothing has changed" is_output "$kind" small whole
        rm -rf small/{tree,out.jsonl*,out.db*}
    done
    umounted
else
    skip "a full disk" "cannot mount a small file system"
fi

if can_drop_rights; then
    chmod -R a+rX in
    for kind in tree jsonl sqlite; do
        mkdir "locked-$kind"
        chmod 555 "locked-$kind"
        options "$kind" "locked-$kind"
        run_unprivileged "${options[@]}" in
        exits 3 "$kind: a directory without rights"
        stderr_has 'Permission denied' "$kind: it says so"
        is "$(wc -l <"$err")" 1 "$kind: and nothing else"
        is "$(find "locked-$kind" -mindepth 1 | wc -l)" 0 "$kind: nothing is there"
        chmod 777 "locked-$kind"
        run_unprivileged --resume "${options[@]}" in
        ok "$kind: with rights it is whole" is_output "$kind" "locked-$kind" whole
    done
else
    skip "a directory without rights" "cannot become an unprivileged user"
fi

finish
