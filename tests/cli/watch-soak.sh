#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# watch-soak.sh - the short version of scripts/soak-watch: what four writers leave
# is what a fresh run finds.
# shellcheck source=tests/cli/lib.sh
. "${srcdir:-.}/tests/cli/lib.sh"

for format in text sqlite jsonl; do
    status=0
    "$srcdir/scripts/soak-watch" "$EXTRACT" --files 300 --seconds 6 --stops 1 --kills 1 \
        --format "$format" >"$out" 2>"$err" || status=$?
    sed 's/^/# /' "$out"
    exits 0 "four writers, $format"
done

finish
