#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# order.sh - --order, and what waits for a slow first document.
. "${srcdir:-.}/tests/cli/lib.sh"

gen --big . --pages 2000
gen --tiny tiny --count 300
find tiny -name '*.pdf' | sort >list

run -j 1 big-2000.pdf -T list
exits 0
cp "$out" in-order

# Documents as lines: form feeds end pages, so each tiny document is one.
as_lines() { tr '\n\f' '\001\n' <"$1" | sort; }
run -j 3 --order=completion big-2000.pdf -T list
exits 0
as_lines in-order >wanted
as_lines "$out" >got
same_file got wanted "--order=completion: the same pages"
tr '\n\f' '\001\n' <"$out" | grep -a 'Page [0-9]* of' | sed 's/^\(Page [0-9]* of\).*/\1/' >got
seq -f 'Page %g of' 2000 >wanted
same_file got wanted "and those of a document together and in order"

for hold in 0 1 64K 1G; do
    run -j 3 --hold-memory="$hold" big-2000.pdf -T list
    same_file "$out" in-order "--hold-memory=$hold: the same bytes"
done
is "$(find "$TMPDIR" -type f | wc -l)" 0 "nothing is left in TMPDIR"

TMPDIR=/nonexistent run -j 3 --hold-memory=1 big-2000.pdf -T list
# Held text has nowhere to go then, unless the big one was ready first.
case $status in
0) same_file "$out" in-order "without a TMPDIR: the same bytes" ;;
*)
    exits 3 "without a TMPDIR: the run fails"
    stderr_line 'extract: .+' "and says why"
    ;;
esac

finish
