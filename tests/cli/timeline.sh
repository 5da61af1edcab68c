#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# timeline.sh - --timeline: a bar for each range and each document opened.
. "${srcdir:-.}/tests/cli/lib.sh"

gen --big . --pages 40
cp "$corpus/good-simple.pdf" b.pdf
run -j 2 --split-pages=10 --tiers=tiny=/1,small=/2,medium=/3,large=/1000 \
    -o tree --timeline=lanes.jsonl big-40.pdf b.pdf missing.pdf
exits 1
ok "each line is an object" jq -e 'type == "object"' lanes.jsonl
is "$(jq -s 'map(select(.pages == 0) | .document) | sort | @json' -r lanes.jsonl)" \
    "[0,1]" "each document was opened once"
is "$(jq -s 'map(select(.document == 0) | .pages) | add' lanes.jsonl)" 40 \
    "all pages are there"
is "$(jq -s 'map(select(.document == 0 and .pages > 0) | [range(.first; .first + .pages)]) |
    add | sort == [range(1; 41)]' lanes.jsonl)" true "each of them once"
is "$(jq -s 'all(.start >= 0 and .end >= .start)' lanes.jsonl)" true "times run forwards"
is "$(jq -s 'all(.lane >= 0 and .lane <= 2)' lanes.jsonl)" true "lanes are few"
is "$(jq -s 'map(select(.document == 0).tier) | unique | @json' -r lanes.jsonl)" \
    '["large"]' "and the tier is known"

# Bars of one lane do not overlap.
is "$(jq -s 'group_by(.lane) | map(sort_by(.start) |
    [.[:-1], .[1:]] | transpose | all(.[0].end <= .[1].start)) | all' lanes.jsonl)" \
    true "a lane does one thing at a time"

run --timeline=no/where.jsonl b.pdf
exits 3 "a place that cannot be written: status"
stderr_has no/where.jsonl
run --timeline= b.pdf
exits 2 "no name: status"
if [ -w /dev/full ]; then
    run -o tree --timeline=/dev/full b.pdf
    exits 3 "a full disk: status"
    stderr_has /dev/full
fi

finish
