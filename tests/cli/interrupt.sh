#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# interrupt.sh - SIGINT, SIGTERM and SIGHUP: once ends the run in order, twice
# at once.
. "${srcdir:-.}/tests/cli/lib.sh"
. "$srcdir/tests/faults/lib.sh"

cp "$corpus/good-metadata.pdf" a.pdf
printf 'Look at the metadata, not at me.\n\f' >wanted
mkfifo list
# Pages at work when the signal comes end when `go` is there.
wait="wait $work/go"
patience="--page-timeout=$TEST_TIMEOUT --timeout=$TEST_TIMEOUT"

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
    is "$(texts tree -print | wc -l)" 1 "$signal: no temporary is left"
done

# At work on one page after the other, and on ranges in two lanes.
fault long.fault "text one" "$wait" "text three" "text four"
fault split.fault "$wait" "$wait" "text three" "text four" "text five" "text six"
once() { # NAME MARKS TEXT OPTION...
    local name=$1 text=$3 mark
    rm -f go
    # shellcheck disable=SC2086 # options are words
    start $patience -j 2 -o once "${@:4}" "$name.fault"
    for mark in $2; do
        await_at "$mark"
    done
    kill -INT "$pid"
    await_stop
    touch go
    wait_run
    exits 130 "$name: once: by the signal"
    printf '%b' "$text" >wanted
    same_file "once/$name.fault.txt" wanted "$name: it was finished and written"
}
once long wait2 "one\n\fstill here\n\fthree\n\ffour\n\f"
once split "wait1 wait2" \
    "still here\n\fstill here\n\fthree\n\ffour\n\ffive\n\fsix\n\f" \
    --split-pages=1 --tiers=tiny=/1,small=/1,medium=/1,large=/1
is "$(texts once -print | wc -l)" 2 "and nothing else"

# Those at work are finished, and no other is begun.
rm -f go
for copy in $(seq 100); do
    fault "copy$copy.fault" "$wait" "text two"
done
# shellcheck disable=SC2086
start $patience -j 2 -o late copy*.fault
ok "two are at work" await_at wait1 2
kill -INT "$pid"
await_stop
touch go
wait_run
exits 130
is "$(texts late -print | wc -l)" 2 "nothing new is begun after the first signal"
is "$(cat late/* | tr -dc '\f' | wc -c)" 4 "what is written is whole"

# Real documents, whenever the signal comes.
gen --big . --pages 1200
for copy in $(seq 200); do
    ln -s big-1200.pdf "copy$copy.pdf"
done
start -j 2 -o real copy*.pdf
some_are_done() { [ -n "$(find real -name '*.txt' 2>/dev/null)" ]; }
wait_until some_are_done
kill -INT "$pid"
wait_run
# A very quick machine may be through before it.
done=$(texts real -print | wc -l)
[ "$status" -eq 0 ] && [ "$done" -eq 200 ] || exits 130
is "$(cat real/* | tr -dc '\f' | wc -c)" $((1200 * done)) "what is written is whole"

rm -f go
# shellcheck disable=SC2086
start $patience -j 2 -o twice long.fault
await_at wait2
kill -INT "$pid"
await_stop
ok "once: it waits for what is at work" kill -0 "$pid"
kill -INT "$pid" 2>/dev/null
begin=$SECONDS
wait_run
exits 130 "twice: by the signal"
is "$(texts twice -print | wc -l)" 0 "twice: nothing half-written is left"
ok "twice: at once" test $((SECONDS - begin)) -lt $((TEST_TIMEOUT / 2))

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
