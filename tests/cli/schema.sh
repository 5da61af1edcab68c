#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# schema.sh - all records of the corpus, and the rows of its statistics, are as
# docs/record.schema.json says.
. "${srcdir:-.}/tests/cli/lib.sh"

python3 -c 'import jsonschema' 2>/dev/null || skip_all "no python3-jsonschema"
schema=$srcdir/docs/record.schema.json

# valid KIND WANTED FILE: so many records, all of them of that kind.
valid() {
    is "$(python3 "$srcdir/tests/cli/validate.py" "$schema" "$1" "$3" 2>&1)" \
        "$2" "$3: $2 valid records"
}

mkdir samples
cp "$corpus"/good-* "$corpus"/bad-* samples
drop_holders samples
printf 'x\n' >samples/$'\xff.txt'
count=$(($(find samples -type f | wc -l) + 1))
for options in "" "--no-timings --hash" "--pages=2"; do
    # shellcheck disable=SC2086
    run -f jsonl $options samples none.pdf
    valid document "$count" "$out"
    valid any "$count" "$out"
    # shellcheck disable=SC2086
    run -f jsonl --records=page $options samples none.pdf
    valid any "$(wc -l <"$out")" "$out"
    jq -c 'select(has("page"))' "$out" >pages
    valid page "$(wc -l <pages)" pages
    jq -c 'select(has("page") | not)' "$out" >documents
    valid document "$(wc -l <documents)" documents
done
run -f jsonl --hash --stats=stats.json samples none.pdf
valid row "$count" stats.json
run -o tree --stats=stats.json samples none.pdf
valid row "$count" stats.json

# What the schema does not know is found.
jq -c '. + { more: 1 }' <documents >added
nok "another field is not valid" \
    python3 "$srcdir/tests/cli/validate.py" "$schema" document added
is "$(jq '[.. | objects | select(.type? == "object") | .additionalProperties == false] | all' "$schema")" \
    true "no object may have others"
is "$(jq '[.. | .properties? // empty | .[] | has("description") or has("$ref")] | all' "$schema")" \
    true "every field is described"

finish
