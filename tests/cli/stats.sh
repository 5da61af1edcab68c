#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# stats.sh - --stats: JSON with totals and a row for each document.
. "${srcdir:-.}/tests/cli/lib.sh"

value() { jq -c "$1" stats.json; }
has() { is "$(value "$1")" "$2" "$1 is $2"; }

printf 'one\n' >a.txt
: >empty.pdf
cp "$corpus/good-metadata.pdf" "$corpus/good-epub3.epub" \
    "$corpus/good-forty-pages.pdf" "$corpus/bad-page.pdf" "$corpus/bad-png.pdf" .
run -j 2 -o tree --stats=stats.json a.txt empty.pdf good-metadata.pdf \
    good-epub3.epub good-forty-pages.pdf bad-page.pdf bad-png.pdf missing.pdf
exits 1
ok "it is JSON" jq -e . stats.json
has .documents.total 8
has .documents.ok 4
has .documents.partial 1
has .documents.failed 2
has .documents.skipped 1
has .documents.not_reached 0
has .pages.extracted 49
has .pages.failed 1
has '.results | length' 8
has '[.results[].pages] | add' 50
has '[.by_tier[].documents] | add' 8
has '[.by_type[].documents] | add' 8
has .by_type.pdf.pages 43
has .by_type.epub.pages 5
has .by_tier.small.pages 40
has '[.errors.empty, .errors.missing, .errors.unsupported]' '[1,1,1]'
has '.pages_per_minute > 0 and .documents_per_minute > 0' true
has '.wall_seconds > 0 and .cpu_seconds > 0 and .peak_memory_bytes > 1000000' true
has .lanes.count 2
has '.lanes.busy_share >= 0 and .lanes.busy_share <= 1' true
has '.lanes.idle_share_before_tail >= 0 and .lanes.idle_share_before_tail < 1' true
has '.lanes.tail_seconds >= 0 and .lanes.tail_seconds <= .wall_seconds' true
is "$(value .text_bytes)" "$(value '[.results[].text_bytes] | add')" \
    "the texts' bytes add up"

row() { is "$(jq -c ".results[] | select(.path == \"$1\") | $2" stats.json)" "$3" "$1: $2"; }
row good-metadata.pdf .metadata.title '"Über die Fähre – 渡し船"'
row good-metadata.pdf .metadata.created '"2024-02-29T18:29:59Z"'
row good-metadata.pdf .metadata.version '"PDF-1.7"'
row good-metadata.pdf .output '"good-metadata.pdf.txt"'
row good-epub3.epub .metadata.author '["First Author","Second Author"]'
row bad-page.pdf '.page_errors[0] | [.first, .last, .kind]' '[3,3,"damaged"]'
row missing.pdf '[.status, .error.kind]' '["failed","missing"]'
row a.txt '[.status, .type, .tier, .pages]' '["ok","text/plain","tiny",1]'

# Paths that are not UTF-8.
odd=$'\xff.txt'
cp a.txt "$odd"
run -o tree --stats=stats.json "$odd"
exits 0
ok "JSON with a path that is not UTF-8" jq -e . stats.json
is "$(jq -r '.results[0].path_base64' stats.json)" "$(printf %s "$odd" | base64)" \
    "whose bytes are kept"

run -o tree --stats=- a.txt
cp "$out" stats.json
has .documents.ok 1

# All is counted however it is split.
gen --big . --pages 1200
for options in "-j 1" "-j 3 --split-pages=7"; do
    # shellcheck disable=SC2086
    run $options -o tree --stats=stats.json big-1200.pdf
    has .pages.extracted 1200
    has .by_tier.huge.documents 1
done

finish
