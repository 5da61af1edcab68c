#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# metrics.sh - --metrics-file and --stats, kept up to date while a run goes on.
. "${srcdir:-.}/tests/cli/lib.sh"

valid() { ok "$1" python3 "$srcdir/tests/cli/promcheck.py" "$2"; }
line() { ok "$2" grep -qxF -- "$1" m.prom; }
value() { sed -n "s/^$1 //p" m.prom; }

cp "$corpus"/good-simple.pdf "$corpus"/bad-page.pdf .
printf 'one\n' >a.txt
printf 'junk\0\001' >bad.bin
run -j 2 -o tree --metrics-file=m.prom a.txt good-simple.pdf bad-page.pdf bad.bin
exits 1
valid "what a run leaves is valid" m.prom
line 'extract_running 0' "it has ended"
line 'extract_documents_total{type="text",tier="tiny",status="ok"} 1' "by type and tier"
line 'extract_documents_total{type="pdf",tier="tiny",status="partial"} 1' "a partial one"
line 'extract_documents_total{type="none",tier="tiny",status="failed"} 1' "a failed one"
line 'extract_pages_total{type="pdf",tier="tiny",status="failed"} 1' "a page"
line 'extract_document_latency_seconds_count{tier="tiny"} 4' "latencies"
line 'extract_lanes_max 2' "lanes"
ok "something was written" test "$(value extract_writer_entries_total)" -gt 3
ok "in a batch at least" test "$(value extract_writer_batches_total)" -ge 1
ok "CPU time" python3 -c "assert $(value extract_cpu_seconds_total) > 0"
is "$(ls)" "$(printf '%s\n' a.txt bad.bin bad-page.pdf good-simple.pdf m.prom tree |
    LC_ALL=C sort)" "nothing else is left"

# While it goes on.
mkfifo list
start -j 2 --metrics-file=m.prom --stats=s.json -o tree -T list
exec 9>list
printf 'a.txt\nbad.bin\n' >&9
wait_until grep -qxF 'extract_running 1' m.prom
wait_until grep -qxF 'extract_documents_total{type="text",tier="tiny",status="ok"} 1' m.prom
valid "what is there meanwhile is valid" m.prom
wait_until jq -e '.running and .documents.ok == 1' s.json
is "$(jq -c '[.pid, .documents.failed, .lanes.count, .results]' s.json)" \
    "[$pid,1,2,[]]" "statistics have totals without the rows"
ok "the machine was looked at" grep -q '^extract_machine_cpus [1-9]' m.prom
printf 'good-simple.pdf\n' >&9
wait_until jq -e '.documents.ok == 2' s.json
ok "figures follow the run" test "$(jq .pages_so_far s.json)" -ge 4
exec 9>&-
wait_run
exits 1
is "$(jq -c '[.running, (.results | length)]' s.json)" '[false,3]' "rows at the end"
line 'extract_running 0' "and the last metrics"

# One lane, and no process.
run -j 1 --isolation=none --metrics-file=m.prom a.txt
exits 0
valid "one lane" m.prom
line 'extract_workers_started_total 0' "without workers"

# A place that cannot be written to.
run --metrics-file=none/m.prom -o other a.txt
exits 3
stderr_has 'cannot write none/m.prom'
nok "nothing was begun" test -e other
run --metrics-file=/dev/null a.txt
exits 3
stderr_has 'not a regular file'
ok "a device stays what it is" test -c /dev/null
run --metrics-file= a.txt
exits 2
start --metrics-file=gone/m.prom --stats=gone/s.json -j 1 -T list
nok "a folder is not made" test -e gone
wait_run
exits 3
mkdir gone
start --metrics-file=gone/m.prom -j 1 -T list
exec 9>list
wait_until test -e gone/m.prom
rm -r gone
sleep 3
printf 'a.txt\n' >&9
exec 9>&-
wait_run
exits 3 "a file that cannot be written at the end"
is "$(tr -d '\f' <"$out")" one "the text came all the same"
is "$(grep -c 'cannot write gone/m.prom' "$err")" 2 "once on the way, once at the end"

finish
