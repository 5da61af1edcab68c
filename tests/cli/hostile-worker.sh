#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# hostile-worker.sh - what comes from a worker is not believed: a parser that
# has been taken over cannot do more than spoil the document's own text.
. "${srcdir:-.}/tests/cli/lib.sh"
. "$srcdir/tests/faults/lib.sh"

for how in random wrong-page flags reason huge unknown info info-none utf8 mark nul "done" \
    hello member-begin member-data member-whole \
    interrupted output; do
    fault a.fault "text one" "frame $how" "text three"
    fault b.fault "text another document"
    run -j 1 --stats=stats.json a.fault b.fault
    exits 1
    stdout_is "one\n\f\fthree\n\fanother document\n\f" "$how: costs the page"
    stderr_line '.*: a.fault: page 2: crash: the parser sends garbage'
    is "$(value '.errors | keys')" '["crash"]' "$how: a crash in the statistics"
done

# Half a frame, then the end, or nothing.
fault a.fault "text one" "frame cut" "text three"
run a.fault
stdout_is "one\n\f\fthree\n\f" "half a frame and the end"
stderr_line '.*: page 2: crash: the parser exited with status 0'
fault a.fault "text one" "frame stalled" "text three"
run --page-timeout=3 a.fault
stdout_is "one\n\f\fthree\n\f" "half a frame and nothing more"
stderr_line '.*: page 2: timeout: .*'

# It closes the socket and lives on.
fault a.fault "text one" "close spin" "text three"
run --page-timeout=60 a.fault
stdout_is "one\n\f\fthree\n\f" "a closed socket"
stderr_line '.*: page 2: crash: the parser closed its connection'

# When the document is opened.
for how in random info info-none info-negative utf8 mark "done" output; do
    printf '%%FAULT frame %s\ntext one\n' "$how" >a.fault
    run a.fault b.fault
    exits 1
    stdout_is "another document\n\f" "opening: $how"
    stderr_line '.*: a.fault: crash: the parser sends garbage'
done

# A worker that has seen no other document: nobody else left that behind.
fault a.fault "frame random" "text two" "frame random" "text four"
run -j 1 --stats=stats.json a.fault
exits 1
stdout_is "\f""two\n\f\f""four\n\f"
is "$(value .workers.started)" 3 "garbage is not asked for again"
# By the order of pages, it ends a document however that is split.
fault a.fault "text one" "frame random" "frame random" "frame random" "text five" \
    "text six"
for split in 1 2 32; do
    run -j 1 --split-pages="$split" a.fault b.fault
    exits 1
    stdout_is "one\n\f\f\f\f\f\fanother document\n\f" "garbage three times, --split-pages=$split"
done

# Frames left over after the last page change nothing that was said before.
fault a.fault "text one" "frame twice"
run -j 1 a.fault
stdout_is "one\n\fonce\n\f" "what is left over is thrown away"
exits 0

# It dies between two requests of one range, which has 4,500 pages: no page's
# doing.
{ echo '%FAULT'
  yes "text x" | head -n 4095
  echo "frame last-words"
  yes "text x" | head -n 4904; } >a.fault
run -j 1 --split-pages=5000 --stats=stats.json a.fault
exits 0 "a death between two requests costs no page"
is "$(tr -dc 'x' <"$out" | wc -c)" 8999 "and all pages come out"
is "$(value .workers.started)" 2 "by a second worker"

# Without end: the clock runs, and the text is bounded.
for how in flood flood-empty; do
    fault a.fault "text one" "frame $how" "text three"
    begin=$SECONDS
    run --page-timeout=3 -o tree a.fault
    exits 1
    ok "$how: ends" test $((SECONDS - begin)) -lt 30
    ok "$how: the text is bounded" test "$(stat -c %s tree/a.fault.txt)" -lt 60000000
    is "$(tail -c 8 tree/a.fault.txt)" "$(printf '\fthree\n\f')" "$how: the next page comes out"
done
fault a.fault flood "text two"
run a.fault
exits 1
stderr_line '.*: page 1: its text is longer than 16 MiB'
is "$(tail -c 6 "$out")" "$(printf '\ftwo\n\f')" "a page of endless text is cut"

# Descriptors that nobody asked for are closed: many, and its own end of the
# socket, which would keep the parent waiting for a dead worker.
fault a.fault "text one" "frame own-end" "text three"
run -j 1 --page-timeout=60 a.fault
stdout_is "one\n\f\fthree\n\f" "a worker's own end of the socket"
stderr_line '.*: page 2: crash: the parser exited with status 9'
fault a.fault "frame descriptors" "frame descriptors" "frame descriptors"
ulimit -n 100
run -j 1 a.fault b.fault
exits 0 "3,000 descriptors from a worker are closed"

finish
