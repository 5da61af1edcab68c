#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# pages.sh - --pages: only those, in order, whole documents as well as split.
. "${srcdir:-.}/tests/cli/lib.sh"

forty=$corpus/good-forty-pages.pdf
run "$forty"
cp "$out" all
# pick N...: these pages of the whole text.
pick() {
    awk -v want=" $* " 'BEGIN { RS = "\f"; ORS = "\f" }
        index(want, " " NR " ") { print }' all
}

split=--tiers=tiny=/2,small=/3,medium=/4,large=/5
for options in "" "-j 3 --split-pages=3 $split"; do
    for list in 7 1-3,7 39- -2 7,1-3,2 5-5,40; do
        case $list in
        7) pages="7" ;;
        1-3,7 | 7,1-3,2) pages="1 2 3 7" ;;
        39-) pages="39 40" ;;
        -2) pages="1 2" ;;
        5-5,40) pages="5 40" ;;
        esac
        # shellcheck disable=SC2086
        run $options --pages="$list" "$forty"
        exits 0 "--pages=$list $options"
        # shellcheck disable=SC2086
        pick $pages >wanted
        same_file "$out" wanted "--pages=$list $options: these pages"
    done
done

run --pages=2-3 "$corpus/good-epub2.epub"
exits 0
is "$(tr -dc '\f' <"$out" | wc -c)" 2 "an EPUB's pages are its chapters"

run --pages=38-99 "$forty"
exits 0 "a range may reach past the end"
pick 38 39 40 >wanted
same_file "$out" wanted "and gives what is there"

run --pages=41 "$forty" "$corpus/good-metadata.pdf"
exits 1 "a named document without any such page is said"
stderr_line "extract: .*good-forty-pages\.pdf: .*"
nok "and gives no text" test -s "$out"

for list in 0 x 3-1 1,,2 '' 1- -; do
    case $list in 1- | -) continue ;; esac
    run --pages="$list" "$forty"
    exits 2 "--pages='$list' is wrong usage"
done

finish
