#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# score.sh - scripts/score: pairs of PDF and text, and how near we come.
. "${srcdir:-.}/tests/cli/lib.sh"

score() {
    python3 "$srcdir/scripts/score" "$@" --extract "$EXTRACT" \
        --distance "$LEVENSHTEIN" --tools extract >"$out" 2>"$err"
    status=$?
}

mkdir set none
cp "$corpus/good-simple.pdf" set/a.pdf
tr '\n' ' ' <"$corpus/expected/good-simple.pdf.txt" >set/a.txt
cp "$corpus/good-rotated.pdf" set/b.pdf
printf 'nothing of the sort' >set/b.txt
cp "$corpus/good-simple.pdf" set/without-text.pdf
printf 'a\tplain\nb\tturned\n' >set/kinds.tsv

score set
exits 0
ok "the same but for white space is 1" grep -qE '^plain +1 +1\.0000$' "$out"
ok "another text is not" grep -qE '^turned +1 +0\.[0-3]' "$out"
ok "a PDF without a text is left out" grep -qE '^mean of documents +2 ' "$out"
score set --documents --only plain
ok "by document" grep -qE '^a +1\.0000$' "$out"
nok "only those that were asked for" grep -qE '^b ' "$out"
score none
exits 1 "nothing to measure is an error"

finish
