#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# damage.sh - documents damaged in many ways: the run ends by itself, each of
# them is a row, and nothing stays behind.
. "${srcdir:-.}/tests/cli/lib.sh"

damage() {
    python3 "$srcdir/scripts/damage" "$@"
}
documents() { # the sample documents that are quick however damaged
    find "$corpus" -maxdepth 1 \( -name '*.pdf' -o -name '*.epub' \) \
        -size +0 ! -name 'bad-bomb*' ! -name 'bad-count-absurd*' -print0 | sort -z
}
mapfile -d '' samples < <(documents)

damage -o hurt --seed=3 --count=60 "${samples[@]}"
damage -o again --seed=3 --count=60 "${samples[@]}"
same_tree again hurt "the same seed damages in the same way"
rm -r again
is "$(find hurt -type f | wc -l)" 60 "as many copies as asked for"

# In a session of its own, so that its processes are told from others'.
left_over() { [ -n "$(processes 3 "$pid")" ]; }
nothing_left() { ! left_over; }
setsid sleep "$TEST_TIMEOUT" &
pid=$!
ok "what is left would be seen" wait_until left_over
kill "$pid"

limit=256
setsid env --default-signal "$EXTRACT" -j 2 --page-timeout=20 \
    --memory-limit=${limit}M -o tree --stats=stats.json hurt >"$out" 2>"$err" &
pid=$!
wait_run
ok "exit status is 0 or 1" test "$status" -le 1
ok "the statistics are JSON" jq -e . stats.json
is "$(jq -r '.results[].path' stats.json | LC_ALL=C sort)" \
    "$(find hurt -type f | LC_ALL=C sort)" "each input is a row"
is "$(jq -c '[.documents.total, .documents.not_reached]' stats.json)" '[60,0]' \
    "and all were reached"
is "$(jq -r '.results[] | select(.status == "failed" or .status == "partial")
             | select(.error == null and .page_errors == null) | .path' \
    stats.json)" "" "each one that is not whole has a reason"
# Beside its data a worker has its libraries and the mapped file; a sanitizer's
# is not bound.
peak=$(($(jq .workers.peak_memory_bytes stats.json) >> 20))
ok "memory stays below the limit ($peak MiB)" \
    test "$peak" -lt "$(grep -qE '__(asan|tsan)_init' "$EXTRACT" && echo 4096 || echo $((limit + 64)))"
# Workers end by themselves when the parent has gone.
ok "no process is left" wait_until nothing_left
is "$(find "$TMPDIR" -mindepth 1 | wc -l)" 0 "no temporary file is left"

# In this process a library's crash would end the run, so only what is ours.
mkdir books
mv hurt/*.epub books/
run -j 2 -o apart books
run -j 2 --isolation=none -o here books
ok "in one process: exit status is 0 or 1" test "$status" -le 1
same_tree here apart "and the same texts"

finish
