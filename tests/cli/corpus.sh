#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# corpus.sh - every sample document gives its text, status, number of pages and
# kind of error, see corpus/README.md. What is in a document is another one, see
# archives.sh.
. "${srcdir:-.}/tests/cli/lib.sh"

run -j 2 -o tree --archives=no --stats=stats.json --exclude=expected --exclude=README.md \
    --exclude='*.mk' "$corpus"
exits 1 "the corpus in one run"
is "$(jq '.results | length' stats.json)" \
    "$(grep -vc '^#' "$corpus/expected/status.tsv")" "each file is a result"

# loose FILE: without what layout adds: blank lines, blanks in a row.
loose() {
    sed 's/\f/\n\f\n/g' "$1" | tr -s ' \t' ' ' | sed 's/^ //; s/ $//; /^$/d'
}
words() { tr -s ' \t\n' '\n' <"$1" | sort; }

while IFS=$'\t' read -r name wanted pages kind compare; do
    case $name in '#'*) continue ;; esac
    has_type "$name" || continue
    row=$(jq -r --arg name "$corpus/$name" '.results[] | select(.path == $name)
        | "\(.status) \(.pages) \(.error.kind // .page_errors[0].kind // "-")"' stats.json)
    is "$row" "$wanted $pages $kind" "$name: status, pages, kind of error"

    run --archives=no "$corpus/$name"
    if [ "$wanted" = ok ]; then
        exits 0 "$name: exit status"
        quiet "$name: no message"
    else
        exits 1 "$name: exit status"
        ok "$name: a line that names it" grep -qF "extract: $corpus/$name: " "$err"
    fi
    expected=$corpus/expected/$name.txt
    case $compare in
    exact) cp "$out" got; cp "$expected" want ;;
    lines) loose "$out" >got; loose "$expected" >want ;;
    words) words "$out" >got; words "$expected" >want ;;
    *) : >want; cp "$out" got ;;
    esac
    same_file got want "$name: text ($compare)"
    if [ "$compare" != - ]; then
        same_file "tree$corpus/$name.txt" "$out" "$name: the same text in a tree"
    fi
done <"$corpus/expected/status.tsv"

finish
