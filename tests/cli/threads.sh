#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# threads.sh - the same bytes whatever the number of threads, the size of page
# ranges and the tiers; standard output and tree.
. "${srcdir:-.}/tests/cli/lib.sh"

gen --big . --pages 1200
gen --tiny tiny --count 60
set -- big-1200.pdf tiny "$corpus" big-1200.pdf
small_tiers=tiny=/2,small=/3,medium=/5,large=/8
reference="-j 1 --split-pages=32"

# messages FILE: which documents had trouble, in whatever order it came.
messages() { sort "$1"; }

# shellcheck disable=SC2086 # options are words
run $reference "$@"
exits 1 "the broken documents count"
cp "$out" all.txt
messages "$err" >all.err
is "$(tr -dc '\f' <all.txt | wc -c | awk '{ print ($1 > 2400) }')" 1 "there are pages to compare"
# shellcheck disable=SC2086
run $reference -o tree "$@"
messages "$err" >tree.err
mv tree tree1

for options in "-j 1 --split-pages=7" "-j 2" "-j 3" "-j 8" \
    "-j 2 --split-pages=1" "-j 3 --split-pages=7" "-j 8 --split-pages=1000" \
    "-j 3 --epub-jobs=1" "-j 8 --epub-jobs=8" \
    "-j 3 --split-pages=3 --tiers=$small_tiers"; do
    # shellcheck disable=SC2086
    run $options "$@"
    exits 1 "$options: status"
    same_file "$out" all.txt "$options: the same bytes"
    messages "$err" >now.err
    same_file now.err all.err "$options: the same messages"
    rm -rf tree
    # shellcheck disable=SC2086
    run $options -o tree "$@"
    same_tree tree tree1 "$options: the same tree"
    messages "$err" >now.err
    same_file now.err tree.err "$options: the same messages with a tree"
done

# The pages of the big one are there and in their order.
run -j 3 --split-pages=7 big-1200.pdf
grep -a '^.\?Page [0-9]* of 1200' "$out" | tr -d '\f' >got
seq -f 'Page %g of 1200' 1200 >wanted
same_file got wanted "each page once, in order"

finish
