#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# clocks.sh - the limits of time count work, not waiting, and grow with the
# document.
. "${srcdir:-.}/tests/cli/lib.sh"
. "$srcdir/tests/faults/lib.sh"

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
    status=$({ { "$EXTRACT" -j "$jobs" --page-timeout=5 copy*.pdf 2>"$err"
                 echo $? >&3; } | { sleep 8; cat >slow; }; } 3>&1)
    exits 0 "-j $jobs: a reader that sleeps is no page that hangs"
    quiet
    same_file slow wanted "-j $jobs: and all arrives"
done

# Stopped and continued (Ctrl-Z): what has arrived meanwhile counts.
fault a.fault "text one" "text two" "wait $work/go" "text four"
start -j 1 --page-timeout=5 a.fault
await_at wait3
kill -STOP "$pid"
is_stopped() { grep -q '^State:.T' "/proc/$pid/status"; }
wait_until is_stopped
touch go
wait_until is_at text4 1
sleep 6
kill -CONT "$pid"
wait_run
exits 0 "a page that ended while we were stopped is not late"
stdout_is "one\n\ftwo\n\fstill here\n\ffour\n\f"

# All of us stopped and continued: nobody could work meanwhile. The document may
# take 4 s and one more for each of two pages.
fault a.fault "wait $work/all" "text two"
start -j 1 --page-timeout=6 --timeout=4 a.fault
await_at wait1
kill -STOP "$pid" "$worker"
sleep 7
kill -CONT "$worker" "$pid"
touch all
wait_run
exits 0 "time in which all of us were stopped does not count"
stdout_is "still here\n\ftwo\n\f"

# --page-timeout is for each page, --timeout for all of them together.
fault a.fault "sleep 1.5" "sleep 1.5" "sleep 1.5" "sleep 1.5"
run --page-timeout=5 a.fault
exits 0 "four pages that take longer together than one may"

# The document's: 0.1 s and one more for each of six pages.
fault b.fault "sleep 1" "sleep 60" "text three" "text four" "text five" "text six"
begin=$SECONDS
run -j 1 --timeout=0.1 --page-timeout=100 --stats=stats.json b.fault
exits 1 "--timeout"
ok "ends in time" test $((SECONDS - begin)) -lt 40
stdout_is "still here\n\f\f\f\f\f\f" "what was had is there"
stderr_line '.*: b.fault: pages? 2(-6)?: timeout: the document took longer than 6\.1 s'
is "$(value '.errors | keys')" '["timeout"]' "and a timeout in the statistics"

# Time that ends with garbage is spent too: of 6.1 s, the third such page has 1.1.
fault g.fault "frame late" "frame late" "text three" "frame late" "text five" "text six"
run -j 1 --timeout=0.1 --page-timeout=100 --stats=stats.json g.fault
is "$(value '.results[0].page_errors | map([.first, .last, .kind])')" \
    '[[1,2,"crash"],[4,6,"timeout"]]' "time that ends with garbage counts"

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

# Waiting for a lane is not work: together they take more than the 5 s of each.
for i in 0 1 2 3 4 5 6 7 8 9; do
    fault "d$i.fault" "sleep 0.6"
done
run -j 1 --timeout=4 --page-timeout=5 d?.fault
exits 0 "waiting in the queue costs no time"

# A page that spins costs its time once, and other lanes go on meanwhile.
fault e.fault spin "text two"
start -j 2 --page-timeout=10 --stats=stats.json -o tree e.fault c.fault
ok "beside a page that hangs the others go on" wait_until test -f tree/c.fault.txt
ok "which hangs all the while" is_at spin1 1
wait_run
exits 1
is "$(value '[.workers.timed_out, .errors]')" '[1,{"timeout":1}]' \
    "and has cost its time once"

finish
