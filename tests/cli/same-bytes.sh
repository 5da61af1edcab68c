#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# same-bytes.sh - worker processes give the bytes that this process gives.
. "${srcdir:-.}/tests/cli/lib.sh"

gen --big big --pages 1500
gen --tiny tiny --count 100
gen --texts texts --count 100
yes "a line of a long text" | head -n 400000 >long.txt
mkdir samples
cp "$corpus"/good-* "$corpus"/bad-* samples

for set in samples big tiny texts long.txt; do
    "$EXTRACT" --isolation=none -j 1 "$set" >"wanted-$set" 2>"errors-$set"
    trouble=$?
    for jobs in 1 2 3 8; do
        run -j "$jobs" "$set"
        exits "$trouble" "$set: -j $jobs: the same status"
        same_file "$out" "wanted-$set" "$set: -j $jobs: the same text"
        same_file "$err" "errors-$set" "$set: -j $jobs: the same messages"
    done
done
for pages in 1 7 1000; do
    run -j 3 --split-pages="$pages" big
    same_file "$out" wanted-big "--split-pages=$pages"
done
# Each way of laying pages out, also in ranges of a page.
mkdir ranges
cp "$corpus"/good-forty-pages.pdf "$corpus"/good-form.pdf \
    "$corpus"/good-two-columns.pdf "$corpus"/bad-page.pdf ranges
tiers=--tiers=tiny=1M/2,small=1M/3,medium=1M/4
for layout in --layout=reading --layout=physical --layout=raw --strip-headers \
    --no-dehyphenate; do
    "$EXTRACT" --isolation=none -j 1 $tiers "$layout" ranges >wanted 2>errors
    for jobs in 1 2 3 8; do
        run -j "$jobs" $tiers --split-pages=7 "$layout" ranges
        same_file "$out" wanted "$layout: -j $jobs"
        same_file "$err" errors "$layout: -j $jobs: the same messages"
    done
    for pages in 1 50 1000; do
        for isolation in process none; do
            run -j 3 $tiers --split-pages="$pages" --isolation="$isolation" \
                "$layout" ranges
            same_file "$out" wanted "$layout: --split-pages=$pages, $isolation"
        done
    done
done
run -j 3 --pages=3,70-90,1400- big
"$EXTRACT" --isolation=none --pages=3,70-90,1400- big >wanted
same_file "$out" wanted "--pages"
run -o isolated samples
run -o plain --isolation=none samples
same_tree isolated plain "-o: the same tree"

finish
