#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# odf.sh - OpenDocument and RTF as the program gives them: types, metadata,
# pages, and the same bytes in every way to run.
. "${srcdir:-.}/tests/cli/lib.sh"

files=("$corpus"/good-text.odt "$corpus"/good-text.fodt "$corpus"/good-sheets.ods
    "$corpus"/good-slides.odp "$corpus"/good-text.rtf)

run -j 1 "${files[@]}"
exits 0
quiet
mv "$out" one
for way in "-j 3" "-j 1 --isolation=none"; do
    # Unquoted: the options are words.
    run $way "${files[@]}"
    same_file "$out" one "$way: the same bytes"
done

run -f jsonl "${files[@]}"
is "$(jq -r .type "$out" | paste -sd ' ')" "$(paste -sd ' ' <<'EOF'
application/vnd.oasis.opendocument.text
application/vnd.oasis.opendocument.text-flat-xml
application/vnd.oasis.opendocument.spreadsheet
application/vnd.oasis.opendocument.presentation
application/rtf
EOF
)" "types"
is "$(jq -c .pages "$out" | paste -sd ' ')" "1 1 2 2 1" "pages"
is "$(jq -r 'select(.metadata.title == "The lighthouse ledger") | .path' "$out" |
    wc -l)" 5 "titles"
is "$(jq -c 'select(.path | endswith(".odt")) | .metadata.keywords' "$out")" \
    '["tide","lamp"]' "keywords"
is "$(jq -r 'select(.path | endswith(".rtf")) | .metadata.created' "$out")" \
    2024-03-01T12:00:00 "a date of RTF"

# A page of its own.
run --pages=2 "$corpus/good-sheets.ods"
stdout_is $'Second\n\n\tx\n\f'

# What is broken is named, and what was there comes out.
run "$corpus"/bad-cut.odt "$corpus"/bad-cut.rtf "$corpus"/bad-encrypted.odt
exits 1
stderr_has "bad-cut.odt: content.xml is not well-formed"
stderr_has "bad-cut.rtf: its last group has no end"
stderr_has "bad-encrypted.odt: encrypted"
ok "text before the end" grep -qx "Second, and the re" "$out"
finish
