#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# crash.sh - the short version of scripts/crash: the program is killed at any
# moment, and --resume makes of what is there what there would have been.
. "${srcdir:-.}/tests/cli/lib.sh"

python3 -c 'import sqlite3
sqlite3.connect(":memory:").execute("CREATE VIRTUAL TABLE t USING fts5(x)")' \
    2>/dev/null || skip_all "python3 has no SQLite with FTS5"
status=0
"$srcdir/scripts/crash" --extract "$EXTRACT" --moments 12 --documents 40 \
    --pages 300 --jobs 2 >"$out" 2>"$err" || status=$?
sed 's/^/# /' "$out"
exits 0 "killed at 12 moments in each kind of output, and resumed"
is "$(awk '$2 == 12 && $8 == 0' "$out" | wc -l)" 3 "nothing is wrong in any of them"

finish
