#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# bombs.sh - documents that are known to have brought parsers down end within
# the limits, and cost no page but their own.
. "${srcdir:-.}/tests/cli/lib.sh"
. "$srcdir/tests/faults/lib.sh"
EXTRACT=$real

[ -z "$sanitized" ] || skip_all "a sanitizer knows no limit of memory"
python3 "$srcdir/tests/faults/hostile.py" "$srcdir" . ||
    { echo "Bail out! tests/faults/hostile.py"; exit 99; }

limit=256
# ends FILE [SECONDS]: within its time, SECONDS for a page, and its memory, with
# a result of its own. What ends by itself, in a second at most, has 60, so that
# a busy machine shows all of its pages.
ends() {
    local seconds=${2:-5} peak took begin=$SECONDS
    run --page-timeout="$seconds" --timeout="$((4 * seconds))" \
        --memory-limit=${limit}M --stats=stats.json "$1"
    took=$((SECONDS - begin))
    peak=$(($(value .workers.peak_memory_bytes) >> 20))
    ok "$1 ends: $(value .results[0].status), $took s, $peak MiB" test "$status" -le 1
    ok "$1: in time" test "$took" -lt $((12 * seconds))
    # Beside its data a worker has its libraries and the mapped file.
    ok "$1: in its memory" test "$peak" -lt $((limit + 64))
    is "$(value '[(.results | length), .documents.total]')" "[1,1]" "$1: one result"
    if [ "$status" -eq 1 ]; then
        stderr_has "$1: " "$1 is named"
    else
        quiet "$1: not a word"
    fi
}

# has TEXT...: each is in the output.
has() {
    local text
    for text in "$@"; do
        ok "'$text' comes out" grep -qF "$text" "$out"
    done
}

for bomb in inflate-*.pdf form-cycle.pdf; do
    ends "$bomb"
    has "Page one is fine." "Page three is fine."
    is "$(tr -dc '\f' <"$out" | wc -c)" 3 "$bomb: three form feeds"
done
ends many-paths.pdf 60
has "Page one is fine." "Page two, below." "Page three is fine."
for bomb in tree-cycle.pdf tree-chain.pdf object-streams.pdf; do
    ends "$bomb"
done
ends xref-loop.pdf 60
has "Page one is fine." "Page three is fine."

# What native declines poppler may not survive; the other pages are there all the same.
for bomb in native:engines-{states,nesting,glyphs,again}.pdf native:form-cycle.pdf \
    auto:engines-{states,nesting,glyphs}.pdf; do
    run --pdf-engine="${bomb%%:*}" --page-timeout=1 --timeout=20 \
        --memory-limit=${limit}M "${bomb#*:}"
    ok "$bomb ends" test "$status" -le 1
    is "$(grep -cE 'Page (one|three) is fine' "$out")" 2 "$bomb: the other pages"
    is "$(tr -dc '\f' <"$out" | wc -c)" 3 "$bomb: three form feeds"
done
run --pdf-engine=native --memory-limit=96M engines-glyphs.pdf
stderr_has "page 2: " "a page that native has no memory for"
is "$(grep -cE 'Page (one|three) is fine' "$out")" 2 "the other pages"

for bomb in nested entities long-entity outside-entity attributes zip-lies-large \
    zip-lies-small; do
    ends "$bomb.epub" 60
    has "Chapter one is fine." "Chapter three is fine."
    ok "$bomb.epub: no flood of text" test "$(stat -c %s "$out")" -lt 10000000
done
ends entities.epub 60
stderr_line '.*: page 2: .*: entities within each other, more than .*'
ends long-entity.epub 60
stderr_line '.*: page 2: .*: an entity of more than .*'
ends outside-entity.epub 60
has "&passwd; &net;"
nok "nothing is read from outside the book" grep -q "root:" "$out"
ends zip-many.epub 60
has "Alone."

# All together: none takes another along.
fine=$corpus/good-simple.pdf
rm engines-*
run -j 3 --page-timeout=5 --timeout=20 --memory-limit=${limit}M --stats=stats.json \
    -o tree ./*.pdf ./*.epub "$fine"
exits 1 "all together"
is "$(value '.documents.total')" "$(($(printf '%s\n' ./*.pdf ./*.epub | wc -l) + 1))" \
    "each has its result"
is "$(value '[.results[] | select(.path | endswith("good-simple.pdf"))][0].status')" '"ok"' "the good one is fine"
is "$(value '.documents.not_reached')" 0 "and none is left out"

finish
