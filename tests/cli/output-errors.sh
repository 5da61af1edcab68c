#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# output-errors.sh - output that cannot be written: status 3, and no half of a
# text under a final name.
. "${srcdir:-.}/tests/cli/lib.sh"

good=$corpus/good-metadata.pdf
gen --big . --pages 1200

run -o "$good/below" "$good"
exits 3 "-o below a file"
stderr_line 'extract: .+'

if can_drop_rights; then
    mkdir locked
    chmod 555 locked
    cp "$good" good.pdf
    run_unprivileged -o locked good.pdf
    exits 3 "-o without rights to write"
    stderr_has 'Permission denied'
    is "$(texts locked -print | wc -l)" 0 "nothing is there"
    chmod 755 locked
else
    skip "-o without rights" "cannot become an unprivileged user"
fi

status=0
"$EXTRACT" big-1200.pdf >/dev/full 2>"$err" || status=$?
exits 3 "standard output is full"
stderr_has 'No space left on device'
is "$(grep -c 'No space' "$err")" 1 "said once"
status=0
"$EXTRACT" "$good" >/dev/full 2>"$err" || status=$?
exits 3 "also when it is noticed at the end only"
status=0
"$EXTRACT" "$good" >&- 2>"$err" || status=$?
exits 3 "standard output is closed"
ok "says so" test -s "$err"

run -o tree --stats=/dev/full "$good"
exits 3 "--stats cannot be written"
run -o tree2 --stats=none/here.json "$good"
exits 3 "--stats into nowhere"
nok "is found out before anything is done" test -e tree2/"$good".txt

# rows FILE: how many rows a file of statistics has of each status and kind.
rows() {
    jq -c '[.results[] | .status + " " + (.error.kind // "")] | group_by(.) |
        map({ (.[0]): length }) | add' "$1"
}

# What was admitted has a row, whatever became of the output.
mkdir copies
for i in 1 2 3 4 5 6 7 8 9; do
    cp "$good" "copies/$i.pdf"
done
cp "$corpus/bad-garbage.pdf" copies/0.pdf
for options in -j1 "-j2 --order=completion"; do
    status=0
    # shellcheck disable=SC2086
    "$EXTRACT" $options --stats=full.json copies >/dev/full 2>"$err" || status=$?
    exits 3
    is "$(jq '(.results | length) == (.documents | .failed + .not_reached)' full.json)" \
        true "$options: standard output is full: each document has a row"
    is "$(jq '[.results[] | select(.status == "ok")] | length' full.json)" 0 \
        "$options: none of which says ok"
    is "$(jq '[.results[] | select(.error.kind == "output")] | length > 0' full.json)" \
        true "$options: and one says why"
done

# Its first pages are on their way out before its last ones are read.
status=0
"$EXTRACT" -j1 --stats=begun.json big-1200.pdf "$good" >/dev/full 2>"$err" || status=$?
exits 3 "standard output is full amid a document"
is "$(jq -r '.results[] | select(.path == "big-1200.pdf") | .error.kind' begun.json)" \
    output "that document says why"

# One output that is too large costs that document.
head -c 3000000 /dev/zero | tr '\0' 'x' >long.txt
status=0
(ulimit -f 1024; exec "$EXTRACT" -j 1 -o limited --stats=limited.json long.txt copies) \
    2>"$err" || status=$?
exits 3 "a limit on the size of files"
stderr_line 'extract: long\.txt: cannot write .*: File too large'
is "$(rows limited.json)" '{"failed output":1,"failed unknown":1,"ok ":9}' \
    "the others are written"
is "$(texts limited -print | wc -l)" 9 "and nothing of it is"

# A name that a directory has: that document fails, others are written.
printf 'one\n' >one.txt
printf 'two\n' >two.txt
mkdir -p taken/one.txt.txt/full
run -o taken one.txt two.txt
nok "one name cannot be written: not status 0" test "$status" -eq 0
stderr_has one.txt
ok "the other document is written" test -f taken/two.txt.txt

mkdir full
if [ "$(id -u)" -eq 0 ] && mount -t tmpfs -o size=1m tmpfs full 2>/dev/null; then
    trap 'umount "$work/full" 2>/dev/null; tidy' EXIT
    run -j 2 -o full --stats=disk.json "$good" big-1200.pdf copies
    exits 3 "disk full"
    is "$(jq '(.results | length) == .documents.total' disk.json)" true "each document has a row"
    is "$(jq -r '.results[] | select(.path == "big-1200.pdf") | .error.reason' disk.json |
        grep -c 'No space left')" 1 "the one that failed with its reason"
    stderr_has 'No space left on device'
    is "$(grep -c 'No space' "$err")" 1 "said once"
    is "$(find full -name 'big*' | wc -l)" 0 "no half of a text under its name"
    is "$(texts full ! -name '*.txt' -print | wc -l)" 0 "no temporary file left"
    cd "$work" && umount full
else
    skip "disk full" "cannot mount a small file system"
fi

finish
