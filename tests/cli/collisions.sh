#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# collisions.sh - no output of a run overwrites another one's.
. "${srcdir:-.}/tests/cli/lib.sh"

cp "$corpus/good-metadata.pdf" x.pdf
cp "$corpus/good-pdf-named.txt" y.pdf
printf 'Look at the metadata, not at me.\n\f' >x.wanted

run -o twice x.pdf x.pdf
exits 0
same_file twice/x.pdf.txt x.wanted "the first keeps its name"
same_file "twice/x.pdf~2.txt" x.wanted "the second is numbered"
stderr_line 'extract: x\.pdf: .*x\.pdf~2\.txt.*' "and said"
is "$(wc -l <"$err")" 1 "in one line"

run -o same ./x.pdf x.pdf "$PWD/x.pdf"
is "$(texts same -print | wc -l)" 3 "./x.pdf and x.pdf are two outputs"
ok "numbered too" test -f "same/x.pdf~2.txt"

cp y.pdf "x.pdf~2"
run -o three x.pdf x.pdf "x.pdf~2"
is "$(texts three -print | wc -l)" 3 "a name that looks numbered collides with none"
is "$(cat three/* | grep -c 'A PDF whatever')" 1 "and loses no text"

# A file whose output has the name of a folder of another one's output.
mkdir -p d/a.txt
cp x.pdf d/a
cp y.pdf d/a.txt/b
run -o nest d/a d/a.txt/b
exits 0
is "$(texts nest -print | wc -l)" 2 "a file and a folder of one name are two"
run -o nest2 d/a.txt/b d/a
is "$(texts nest2 -print | wc -l)" 2 "in either order"

# The order of inputs decides about names, not which is ready first.
for j in 1 3 8; do
    run -j "$j" -o "order$j" x.pdf ./x.pdf y.pdf ./y.pdf ././x.pdf
done
same_tree order3 order1 "the same names at -j 3"
same_tree order8 order1 "the same names at -j 8"

# What was renamed keeps its name, whichever inputs a later run has.
mkdir -p in/__
echo above >up
echo below >in/__/up
cd in || exit 99
printf 'above\n\f' >above
printf 'below\n\f' >below
run -o ../again ../up __/up
same_file ../again/__/up.txt above "the first of two has the name"
same_file ../again/__/up~2.txt below "and the second a number"
run -o ../again __/up
same_file ../again/__/up.txt above "alone it overwrites nothing"
run -o ../again __/up ../up
same_file ../again/__/up.txt above "nor when it comes first"
same_file ../again/__/up~2.txt below "and keeps its name"
is "$(sqlite3 ../again/.extract/manifest.db 'SELECT count(*) FROM documents')" 2 \
    "each has one row"
run -o ../again --resume -v __/up ../up
is "$(grep -c 'unchanged since' "$err")" 2 "and is not done again"

# The name of a text that is not among the inputs.
run -o ../other ../up
quiet
run -o ../other __/up
stderr_line 'extract: __/up: takes the place of the text of \.\./up, .*'
is "$(sqlite3 ../other/.extract/manifest.db 'SELECT path FROM documents')" __/up \
    "which has no row any more"

finish
