#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# list-stream.sh - work starts before a list ends, and its results show.
. "${srcdir:-.}/tests/cli/lib.sh"

cp "$corpus/good-metadata.pdf" a.pdf
cp "$corpus/good-pdf-named.txt" b.pdf
mkfifo list

# add KIND PATH: to the list that is open.
add() {
    if [ "$1" = -T ]; then printf '%s\n' "$2"; else printf '%s\0' "$2"; fi >&3
}

for kind in -T --files0-from=; do
    rm -rf tree
    exec 3<>list # opened both ways it does not wait for the other end
    start -o tree "${kind}list" 3>&-
    add "$kind" a.pdf
    ok "$kind: the first document is out while the list is open" \
        wait_until test -f tree/a.pdf.txt
    ok "$kind: the program waits for more" kill -0 "$pid"
    add "$kind" b.pdf
    ok "$kind: and takes it" wait_until test -f tree/b.pdf.txt
    exec 3>&-
    wait_run
    exits 0 "$kind: it ends with the list"
done

exec 3<>list
start -T list 3>&-
echo a.pdf >&3
ok "standard output shows what is done so far" wait_until grep -q metadata "$out"
exec 3>&-
wait_run
exits 0

finish
