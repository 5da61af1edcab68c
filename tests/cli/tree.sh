#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# tree.sh - -o DIR: one file for each document, under the name of its path.
. "${srcdir:-.}/tests/cli/lib.sh"

one=$corpus/good-metadata.pdf
text='Look at the metadata, not at me.\n\f'
mkdir -p docs/deep/er "docs/with space"
newline=$'docs/new\nline.pdf'
bytes=$'docs/\xff\xfe-not-utf8.pdf'
long=docs/$(printf 'n%.0s' {1..251}).pdf
for name in docs/a.pdf docs/deep/er/b.pdf "docs/with space/c d.pdf" \
    "$newline" "$bytes" "$long"; do
    cp "$one" "$name"
done
printf '%b' "$text" >wanted

run -o new/tree docs
exits 0
quiet
nok "nothing on standard output" test -s "$out"
for name in docs/a.pdf docs/deep/er/b.pdf "docs/with space/c d.pdf" \
    "$newline" "$bytes"; do
    same_file "new/tree/$name.txt" wanted "text of $(printf %q "$name")"
done
is "$(texts new/tree -print0 | tr -dc '\0' | wc -c)" 6 \
    "six files, so the longest name has one too, and no temporary is left"
is "$(stat -c %a new/tree/docs/a.pdf.txt)" 644 "files have the rights that umask leaves"

cp -r new/tree before
run -o new/tree docs
exits 0
same_tree new/tree before "a second run replaces its own output"
quiet "and has nothing to warn of"

run -o abs "$work/docs/a.pdf"
same_file "abs$work/docs/a.pdf.txt" wanted "an absolute path is a path below DIR"

(cd docs/deep && run -o "$work/up" ../a.pdf)
same_file up/__/a.pdf.txt wanted "../ does not lead out of DIR"

run -o half docs/a.pdf "$corpus/bad-garbage.pdf"
exits 1
is "$(texts half -print)" half/docs/a.pdf.txt "a failed document leaves no file"

run -o whole/ "$corpus/good-no-text.pdf"
is "$(texts whole -size 2c -print | wc -l)" 1 "a document without text has its page marks"

finish
