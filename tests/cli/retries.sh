#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# retries.sh - what may pass is tried again, what is certain is not.
. "${srcdir:-.}/tests/cli/lib.sh"
. "$srcdir/tests/faults/lib.sh"

[ -z "$sanitized" ] || skip_all "a sanitizer must be the first to be loaded"
cc=${CC:-cc}
command -v "${cc%% *}" >/dev/null || skip_all "there is no C compiler"
$cc -shared -fPIC -D_GNU_SOURCE -I"$top" -o flaky.so "$srcdir/tests/faults/flaky.c" ||
    skip_all "flaky.c does not compile"

printf 'the text\n' >a.flaky
# flaky WHERE TIMES ERRNO ARG...: with trouble of that number.
flaky() {
    export LD_PRELOAD=$work/flaky.so FLAKY=$1 FLAKY_TIMES=$2 FLAKY_ERRNO=$3
    shift 3
    run "$@" "${flaky_operand:-a.flaky}"
    unset LD_PRELOAD FLAKY FLAKY_TIMES FLAKY_ERRNO
}

# EIO 5, EAGAIN 11, ENOMEM 12, ETXTBSY 26, ESTALE 116.
for number in 5 11 12 26 116; do
    flaky open 2 "$number"
    exits 0 "errno $number while opening, twice: it is tried again"
    stdout_is "the text\n\f"
done
flaky open 3 5
exits 1 "three times are one too many by default"
stderr_line '.*: a.flaky: Input/output error'
flaky open 3 5 --retries=3
exits 0 "--retries=3"
flaky open 1 5 --retries=0
exits 1 "--retries=0"
flaky open 1 5 --isolation=none
exits 0 "with --isolation=none too"

# EACCES 13 and ELOOP 40 do not pass.
for number in 13 40; do
    flaky open 1 "$number"
    exits 1 "errno $number is not tried again"
done

# Already when the input is looked at.
for number in 5 116; do
    flaky stat 1 "$number"
    exits 0 "errno $number while looking: it is tried again"
    stdout_is "the text\n\f"
done
flaky stat 3 5
exits 1 "while looking, three times are one too many"
stderr_line '.*: a.flaky: Input/output error'
flaky stat 1 5 --retries=0
exits 1 "while looking, --retries=0"
flaky stat 1 13
exits 1 "while looking, what does not pass"


# Directories, which are walked then.
mkdir -p tree/dir.flaky dir.flaky
cp a.flaky tree/dir.flaky/b.txt
cp a.flaky dir.flaky/b.txt
for where in stat opendir; do
    for operand in tree dir.flaky; do
        flaky_operand=$operand flaky "$where" 2 5
        exits 0 "$where of a directory, $operand: it is tried again"
        stdout_is "the text\n\f"
    done
    flaky_operand=tree flaky "$where" 3 5
    exits 1 "$where of a directory, three times"
    stderr_line '.*: tree/dir.flaky: Input/output error' "and it is named with its reason"
done

flaky read 2 5
exits 0 "EIO while reading, twice"
stdout_is "the text\n\f"
flaky read 3 5
exits 1 "EIO while reading, three times"
flaky worker 2 5
exits 0 "EIO in a worker, twice"
stdout_is "the text\n\f"
flaky worker 3 5
exits 1 "EIO in a worker, three times"

# EIO in the midst of a mapped file: the page is tried again, with a new map.
lose() { # lose NAME TIMES MORE-PAGES ARG...
    local name=$1 times=$2
    shift 2
    { printf '%%FAULT\ntext one\nread-end%s\0' "$1"; head -c 200000 /dev/zero
      echo end; } >"$name.flaky"
    shift
    flaky_operand=$name.flaky flaky map "$times" 5 -j 1 "$@"
}
for isolation in process none; do
    lose long 2 $'\ntext three\nread-end' --isolation=$isolation
    exits 0 "$isolation: EIO at a page, twice"
    stdout_is "one\n\fread\n\fthree\n\fread\n\f"
    lose short 3 "" --isolation=$isolation
    exits 1 "$isolation: three times"
    stdout_is "one\n\flost\n\f"
    stderr_line '.*: short.flaky: page 2: cannot read: Input/output error'
    lose long 1 $'\ntext three\nread-end' --isolation=$isolation --retries=0
    exits 1 "$isolation: --retries=0"
    stdout_is "one\n\flost\n\fthree\n\fread\n\f" "and the pages behind it are sound"
done

# Pauses grow: 25-50, 50-100, 100-200, 200-400 ms.
begin=$(date +%s%N)
flaky open 4 5 --retries=4
ms=$((($(date +%s%N) - begin) / 1000000))
exits 0
ok "four attempts take their time ($ms ms)" test "$ms" -ge 375

# Nobody waits for that at the end of a run.
export LD_PRELOAD=$work/flaky.so FLAKY=open FLAKY_TIMES=1000
start --retries=100 a.flaky
unset LD_PRELOAD FLAKY FLAKY_TIMES
sleep 1
kill -INT "$pid"
begin=$(date +%s%N)
wait_run
ms=$((($(date +%s%N) - begin) / 1000000))
exits 130
ok "an interrupt ends the pauses ($ms ms)" test "$ms" -lt 20000

finish
