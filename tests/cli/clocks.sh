#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# clocks.sh - the limits of time count work, not waiting, and grow with the
# document.
. "${srcdir:-.}/tests/cli/lib.sh"
. "$srcdir/tests/faults/lib.sh"

# took_less MS DESCRIPTION: since begin.
took_less() {
    local ms=$((($(date +%s%N) - begin) / 1000000))
    ok "$2 ($ms ms)" test "$ms" -lt "$1"
}

# A reader of stdout that sleeps, while lanes have more than a pipe and the
# queues between hold.
gen --big . --pages 3000
copies=8
[ -z "$sanitized" ] || copies=2
for i in $(seq "$copies"); do
    ln -s big-3000.pdf "copy$i.pdf"
done
"$EXTRACT" --isolation=none copy*.pdf >wanted
for jobs in 1 3; do
    status=$({ { "$EXTRACT" -j "$jobs" --page-timeout=2 copy*.pdf 2>"$err"
                 echo $? >&3; } | { sleep 5; cat >slow; }; } 3>&1)
    exits 0 "-j $jobs: a reader that sleeps is no page that hangs"
    quiet
    same_file slow wanted "-j $jobs: and all arrives"
done

# Stopped and continued (Ctrl-Z): what has arrived meanwhile counts.
fault a.fault "text one" "text two" "sleep 1" "text four"
start -j 1 --page-timeout=3 a.fault
await_nap
kill -STOP "$pid"
sleep 3.5
kill -CONT "$pid"
wait_run
exits 0 "a page that ended while we were stopped is not late"
stdout_is "one\n\ftwo\n\fstill here\n\ffour\n\f"

# All of us stopped and continued: nobody could work meanwhile.
fault a.fault "sleep 1.5" "text two"
for option in --page-timeout=3 --timeout=1; do
    start -j 1 "$option" a.fault
    await_nap
    kill -STOP "$pid" "$worker"
    sleep 4
    kill -CONT "$worker" "$pid"
    wait_run
    exits 0 "$option: time in which all of us were stopped does not count"
    stdout_is "still here\n\ftwo\n\f"
done

# --page-timeout is for each page, --timeout for all of them together.
fault a.fault "sleep 0.7" "sleep 0.7" "sleep 0.7" "sleep 0.7"
run --page-timeout=2 a.fault
exits 0 "four pages that take longer together than one may"

# The document's: 0.1 s and one more for each of three pages.
fault b.fault "sleep 2" "sleep 9" "text three"
begin=$(date +%s%N)
run -j 1 --timeout=0.1 --stats=stats.json b.fault
exits 1 "--timeout"
took_less 8000 "ends in time"
stdout_is "still here\n\f\f\f" "what was had is there"
stderr_line '.*: b.fault: pages? 2(-3)?: timeout: the document took longer than 3\.1 s'
is "$(value '.errors | keys')" '["timeout"]' "and a timeout in the statistics"

fault f.fault "sleep 5"
run -j 1 --timeout=0.0001 --page-timeout=0.0005 f.fault
stderr_line '.*: f\.fault: .*took longer than 0\.000[15] s' "a short time is said as it is"

# It adapts: a hundred pages of 20 ms are not cut by a base of 0.1 s.
printf '%%FAULT\n' >c.fault
yes "sleep 0.02" | head -n 100 >>c.fault
run -j 2 --timeout=0.1 c.fault
exits 0 "a long document has more time"

# And a large one, from the moment that it is opened.
printf '%%FAULT sleep 1\ntext one\n' >large.fault
head -c 4M /dev/zero | tr '\0' '\n' >>large.fault
run --timeout=0.1 large.fault
exits 0 "a large document has more time, to be opened too"

# Waiting for a lane is not work: ten documents of 0.5 s on one lane.
for i in 0 1 2 3 4 5 6 7 8 9; do
    fault "d$i.fault" "sleep 0.5"
done
run -j 1 --timeout=1.5 --page-timeout=2 d?.fault
exits 0 "waiting in the queue costs no time"

# A page that spins costs its time once, and other lanes go on meanwhile.
fault e.fault spin "text two"
begin=$(date +%s%N)
run -j 2 --page-timeout=2 e.fault c.fault
exits 1
took_less 9000 "beside a page that hangs the others go on"

finish
