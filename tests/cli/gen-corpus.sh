#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# gen-corpus.sh - the sample documents are what scripts/gen-corpus makes.
. "${srcdir:-.}/tests/cli/lib.sh"

python3 "$srcdir/scripts/gen-corpus" --check >"$out" 2>"$err"
status=$?
exits 0 "corpus/ is reproducible"

gen --big . --pages 40
is "$(tr -d '\0' <big-40.pdf | grep -ac '/Type /Page ')" 40 "--big makes as many pages as asked"
gen --tiny tiny --count 3
is "$(find tiny -type f | wc -l)" 3 "--tiny makes as many documents"
gen --texts texts --count 3
is "$(find texts -type f | wc -l)" 3 "--texts too"

finish
