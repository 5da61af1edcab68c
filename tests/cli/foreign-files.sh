#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# foreign-files.sh - what stands in the output tree already: texts of former
# runs are replaced, or removed when their document fails; nothing else is.
. "${srcdir:-.}/tests/cli/lib.sh"

cp "$corpus/good-metadata.pdf" a
echo "precious original" >a.txt
run -o . a a.txt
exits 3
is "$(cat a.txt)" "precious original" "-o . does not overwrite an input"
stderr_line '.*: a: \./a\.txt is there, and is no text of a former run; it stays as it is'
ok "the other document is out" test -s a.txt.txt

cp "$corpus/good-metadata.pdf" b.pdf
run -o tree b.pdf
exits 0
ok "a first run writes it" test -s tree/b.pdf.txt
run -o tree b.pdf
exits 0 "a second run replaces it"
head -c 3000 /dev/urandom >b.pdf
run --stats=stats.json -o tree b.pdf
exits 1
nok "a document that fails now leaves no text of a former run" \
    test -e tree/b.pdf.txt
is "$(jq '.results[0] | has("output")' stats.json)" false \
    "and no name of one in the statistics"

# With the standard streams closed, what is said must not land in a file.
"$EXTRACT" -o closed a b.pdf none a <&- >&- 2>&-
is "$?" 1 "standard streams closed: status"
is "$(tr -d '\f' <closed/a.txt | tail -n 1)" \
    "Look at the metadata, not at me." "standard streams closed: text"
"$EXTRACT" a >&- 2>/dev/null
is "$?" 3 "standard output closed: status"

# A link to a directory that is walked anyway takes no name from it.
mkdir -p docs/a docs/z
cp a docs/z/f.pdf
ln -s ../z docs/a/link
run -o links docs
exits 0
ok "files keep the names of their own directory" test -s links/docs/z/f.pdf.txt
is "$(find links -type f | wc -l)" 1 "and come once"
finish
