#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# interrupt.sh - SIGINT and SIGTERM: once ends the run in order, twice at once.
. "${srcdir:-.}/tests/cli/lib.sh"

cp "$corpus/good-metadata.pdf" a.pdf
printf 'Look at the metadata, not at me.\n\f' >wanted
mkfifo list

for signal in INT TERM HUP; do
    rm -rf tree
    exec 3<>list
    start -o tree -T list --stats="$signal.json" 3>&-
    echo a.pdf >&3
    ok "$signal: the run is under way" wait_until test -f tree/a.pdf.txt
    kill -"$signal" "$pid"
    wait_run
    exec 3>&-
    is "$status" $((128 + $(kill -l "$signal"))) "$signal: ends by that signal"
    same_file tree/a.pdf.txt wanted "$signal: what was done is written"
    is "$(find tree -type f | wc -l)" 1 "$signal: no temporary is left"
done

# A document that takes some seconds.
gen --big . --pages 12000
start -j 2 -o once big-12000.pdf
sleep 0.5
kill -INT "$pid"
wait_run
exits 130 "once, within a long document: by the signal"
is "$(tr -dc '\f' <once/big-12000.pdf.txt | wc -c)" 12000 "it was finished and written"
is "$(find once -type f | wc -l)" 1 "and nothing else"

# Many that take some time each: those at work are finished, and they are few.
gen --big . --pages 1200
for copy in $(seq 200); do
    ln -s big-1200.pdf "copy$copy.pdf"
done
start -j 2 -o late copy*.pdf
wait_until test -d late
sleep 0.5
kill -INT "$pid"
wait_run
exits 130
echo "# $(find late -type f | wc -l) of 200 were done or at work"
ok "nothing new is begun after the first signal" \
    test "$(find late -type f | wc -l)" -lt 60
is "$(cat late/* | tr -dc '\f' | wc -c)" \
    $((1200 * $(find late -type f | wc -l))) "what is written is whole"

start -j 2 -o twice big-12000.pdf
sleep 0.5
kill -INT "$pid"
sleep 0.1
kill -INT "$pid" 2>/dev/null
begin=$(date +%s%N)
wait_run
exits 130 "twice: by the signal"
is "$(find twice -type f | wc -l)" 0 "twice: nothing half-written is left"
ok "twice: at once" test $((($(date +%s%N) - begin) / 1000000)) -lt 1000

# nohup: what was ignored stays ignored.
exec 3<>list
(trap '' HUP; exec "$EXTRACT" -o nohup -T list 3>&- >"$out" 2>"$err") &
pid=$!
echo a.pdf >&3
wait_until test -f nohup/a.pdf.txt
kill -HUP "$pid"
sleep 0.2
ok "an ignored SIGHUP stays ignored" kill -0 "$pid"
exec 3>&-
wait_run
exits 0

finish
