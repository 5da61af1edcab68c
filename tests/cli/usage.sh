#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# usage.sh - wrong usage: status 2, a message with a hint, nothing done.
. "${srcdir:-.}/tests/cli/lib.sh"

printf 'text\n' >a.txt
wrong() {
    run "$@"
    exits 2 "$*"
    stderr_line "extract: .+" "$*: says what"
    stderr_has --help "$*: and where to look"
    nok "$*: no output" test -s "$out"
}

wrong
wrong --no-such-option a.txt
wrong -Z a.txt
wrong -j 0 a.txt
wrong -j -1 a.txt
wrong -j many a.txt
wrong -j 99999999999999999999 a.txt
wrong --split-pages=0 a.txt
wrong --epub-jobs=x a.txt
wrong --order=random a.txt
wrong --progress=maybe a.txt
wrong --type=docx2 a.txt
wrong --pages=x a.txt
wrong --tiers=enormous=1 a.txt
wrong --hold-memory=1X a.txt
wrong --output= a.txt
wrong --jobs
wrong -o a.txt a.txt
wrong --order=completion -o tree a.txt
wrong --stats=- a.txt
wrong --isolation=thread a.txt
wrong --sandbox=on a.txt
wrong --timeout=0 a.txt
wrong --timeout=1s a.txt
wrong --page-timeout= a.txt
wrong --page-timeout=.5 a.txt
wrong --memory-limit=63M a.txt
wrong --retries=-1 a.txt
wrong --retries=101 a.txt
for option in --sandbox=auto --timeout=60 --page-timeout=30 --memory-limit=1G; do
    wrong --isolation=none "$option" a.txt
    stderr_has "cannot go with --isolation=none" "$option is for workers alone"
done
nok "no output directory was made" test -e tree

# What is not wrong, both ways in which a document is parsed.
right() {
    run "$@" a.txt
    exits 0 "$*"
    stdout_is 'text\n\f' "$*: gives the text"
    quiet "$*: says nothing"
}

right --isolation=process
right --isolation=none
right --isolation=none --retries=0
right --retries=0 --timeout=9.5 --page-timeout=9.25 --memory-limit=64M
right --sandbox=off

finish
