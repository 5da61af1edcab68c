#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck disable=SC2154 # worker is set by await_at
# workers.sh - the life of worker processes: killed from outside, their parent
# killed, interrupted, oddly started.
. "${srcdir:-.}/tests/cli/lib.sh"
. "$srcdir/tests/faults/lib.sh"

is_gone() {
    ! workers | grep -qx "$1"
}

# killed SIGNAL MARK: ends the worker of $pid at MARK, and waits until it is
# reaped.
killed() {
    await_at "$2" || return
    kill -"$1" "$worker"
    wait_until is_gone "$worker"
}

# From outside: once costs nothing, once more than --retries costs the page.
fault a.fault "text one" "wait $work/go" "text three" "text four"
for signal in KILL TERM; do
    rm -f go
    start -j 1 --page-timeout=60 --stats=stats.json a.fault
    killed "$signal" wait2
    touch go
    wait_run
    exits 0 "SIG$signal, once: the page is tried again"
    stdout_is "one\n\fstill here\n\fthree\n\ffour\n\f"
    is "$(value '[.workers.killed, .workers.started]')" "[1,2]" "and the worker counted"
done
rm -f go
start -j 1 --page-timeout=60 a.fault
killed KILL wait2
killed KILL wait2
touch go
wait_run
exits 0 "twice: --retries is 2 by default"
stdout_is "one\n\fstill here\n\fthree\n\ffour\n\f"
rm -f go
start -j 1 --page-timeout=60 --retries=0 --stats=stats.json a.fault
killed KILL wait2
killed KILL wait2
wait_run
exits 1 "twice, with --retries=0: it is tried again once"
stdout_is "one\n\f\fthree\n\ffour\n\f" "twice: costs the page alone"
stderr_line '.*: page 2: killed: the worker was ended from outside \(SIGKILL\)'
is "$(value '[.errors, .results[0].page_errors[0].kind]')" '[{"killed":1},"killed"]' \
    "twice: killed, in the statistics"

# Each page has its own second chance.
fault b.fault "wait $work/first" "text two" "wait $work/second"
start -j 1 --page-timeout=60 b.fault
killed KILL wait1
touch first
killed KILL wait3
touch second
wait_run
exits 0 "two pages of one document, once each"
stdout_is "still here\n\ftwo\n\fstill here\n\f"

# While it waits for work: nobody's loss.
fault c.fault "text one"
cp c.fault d.fault
mkfifo list
exec 3<>list
start -j 1 -o idle -T list 3>&-
echo c.fault >&3
wait_until test -f idle/c.fault.txt
worker=$(workers)
kill -KILL "$worker"
echo d.fault >&3
wait_until test -f idle/d.fault.txt
same_file idle/d.fault.txt idle/c.fault.txt "killed between two documents"
is_alone() { [ "$(workers | wc -l)" -eq 1 ]; }
ok "no zombie is left" wait_until is_alone

# No zombies after many deaths, while the program lives.
fault e.fault "exit 9" "text two" "exit 9" "text four" "frame random" "text six"
echo e.fault >&3
wait_until test -f idle/e.fault.txt
cp c.fault f.fault
echo f.fault >&3
wait_until test -f idle/f.fault.txt
ok "no zombies after three deaths" wait_until is_alone
kill -INT "$pid"
wait_run
exec 3>&-

# Ctrl-C goes to the process group: workers finish what they are at.
rm -f go
fault a.fault "text one" "wait $work/go" "text three"
start -j 1 --page-timeout=60 a.fault
await_at wait2
# kill asks for the group of that number.
ok "a worker has a process group of its own" kill -0 -- "-$worker"
kill -INT "$pid"
await_stop
touch go
wait_run
exits 130
stdout_is "one\n\fstill here\n\fthree\n\f" "an interrupt does not cut a document"

# The parent's kill -9: busy and idle workers go, and nothing is left. They do
# so at once; none is near an end of its own.
is_dead() {
    ! lives "$1"
}
for busy in spin "wait never"; do
    fault a.fault "$busy"
    start -j 1 -o gone --page-timeout="$TEST_TIMEOUT" a.fault
    await_at "${busy%% *}1"
    kill -KILL "$pid"
    wait_run
    begin=$SECONDS
    ok "$busy: a worker dies with its parent" wait_until is_dead "$worker"
    ok "$busy: at once" test $((SECONDS - begin)) -lt 20
done
exec 3<>list
start -j 1 -o gone -T list 3>&-
echo c.fault >&3
wait_until test -f gone/c.fault.txt
worker=$(workers)
kill -KILL "$pid"
wait_run
exec 3>&-
ok "an idle worker dies with its parent" wait_until is_dead "$worker"
is "$(find . "$TMPDIR" -name '.*' -type f | wc -l)" 0 "no temporary file is left"

# The descriptors that a worker has: the streams, the socket, a document.
rm -f go
fault a.fault "wait $work/go"
exec 7</dev/null
start -j 1 --page-timeout=60 a.fault
exec 7>&-
await_at wait1
if [ -r "/proc/$worker/fd" ]; then
    is "$(find "/proc/$worker/fd" -type l | wc -l)" 5 "a worker inherits no descriptors"
else
    skip "a worker inherits no descriptors" "needs root"
fi
touch go
wait_run

# Libraries that parse are loaded by who needs them: not by the parent, and by
# a worker those of the first format, until a second one is met.
loaded() {
    grep -oE 'lib(poppler-glib|xml2|zip|uchardet)\.' "/proc/$1/maps" | sort -u | tr -d '\n'
}
cp "$corpus/good-simple.pdf" "$corpus/good-epub3.epub" .
printf 'text\n' >a.txt
exec 3<>list
start -j 1 -o loads --stats=stats.json -T list 3>&-
await_text() {
    echo "$1" >&3
    wait_until test -f "loads/$1.txt"
    worker=$(workers)
}
await_text good-simple.pdf
first=$worker
if [ -z "$sanitized" ] && grep -q . "/proc/$worker/maps" 2>/dev/null; then
    is "$(loaded "$pid")" "" "the parent loads no library that parses"
    is "$(loaded "$worker")" "libpoppler-glib." "a worker for PDF loads poppler alone"
    await_text good-epub3.epub
    is "$(loaded "$worker")" "libpoppler-glib.libuchardet.libxml2.libzip." \
        "a second format brings all"
else
    skip "what is loaded" "needs root, and no sanitizer"
    await_text good-epub3.epub
fi
nok "the worker is another one" test "$first" = "$worker"
second=$worker
await_text a.txt
cp good-simple.pdf again.pdf
await_text again.pdf
is "$worker" "$second" "and stays for all formats"
same_file loads/again.pdf.txt loads/good-simple.pdf.txt "and has the same text"
exec 3>&-
kill -INT "$pid"
wait_run
is "$(value .workers.started)" 2 "two workers were started"

run -j 1 -o alike --stats=stats.json a.txt "$corpus/good-word.doc" \
    "$corpus/good-excel.xls" "$corpus/good-text.rtf" "$corpus/good-table.csv"
exits 0
is "$(value .workers.started)" 1 "formats that need the same share a worker"
run -j 1 -o alike2 --stats=stats.json "$corpus/good-page.html" \
    "$corpus/good-data.xml" "$corpus/good-book.fb2"
is "$(value .workers.started)" 1 "those of markup too"

# A worker is replaced after 2,000 documents, should a library leak.
gen --texts texts --count 4100
run -j 1 -o replaced --stats=stats.json texts
exits 0
is "$(value '[.documents.ok, .workers.started, .workers.recycled]')" "[4100,3,2]" \
    "a worker is replaced after 2,000 documents"

# Oddly started: without standard streams, with SIGCHLD ignored.
fault a.fault "text one" "exit 9" "text three"
(exec <&-; exec "$EXTRACT" -o closed0 a.fault >"$out" 2>"$err")
is "$?" 1 "stdin is closed"
(exec <&- >&- 2>&-; exec "$EXTRACT" -o closed a.fault)
is "$?" 1 "all standard streams are closed"
same_tree closed closed0 "and the text is there"
status=0
(trap '' CHLD; exec "$EXTRACT" a.fault >"$out" 2>"$err") || status=$?
stderr_line '.*: a.fault: page 2: crash: the parser exited with status 9' \
    "an ignored SIGCHLD does not hide why a worker died"

# With --preset=low they stand back, in sessions of their own where the kernel shares
# CPUs among these first.
rm -f go
fault a.fault "text one" "wait $work/go" "text three"
start --preset=low -j 1 --page-timeout=60 a.fault
await_at wait2
is "$(awk '{ print $19 }' "/proc/$worker/stat")" 19 "a worker that stands back is nice"
if [ -r "/proc/$worker/autogroup" ]; then
    is "$(sed 's/.* nice //' "/proc/$worker/autogroup")" 19 "and its session is"
else
    skip "and its session is" "no groups of sessions"
fi
touch go
wait_run
exits 0 "and works"

# Workers are for the program itself.
run --worker
exits 2 "--worker is not an option"

finish
