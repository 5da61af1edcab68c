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
nok "no output directory was made" test -e tree

finish
