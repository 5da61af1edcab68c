#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# status.sh - `extract status`: figures, runs that died or are at work, and lists of
# failures that are inputs again.
. "${srcdir:-.}/tests/cli/lib.sh"

command -v jq >/dev/null || skip_all "no jq"
mkdir docs
cp "$corpus"/good-simple.pdf "$corpus"/good-epub2.epub "$corpus"/bad-password.pdf \
    "$corpus"/bad-count.pdf docs
head -c 200 "$corpus"/bad-truncated.pdf >docs/bad-truncated.pdf
printf 'junk\0\001' >$'docs/b\xffd.pdf'
printf 'junk\0\001' >$'docs/two\nlines.pdf'
run -o tree docs
exits 1 "a tree is made"
run -f sqlite -o corpus.db docs
exits 1 "a database is made"
cp tree/.extract/manifest.db pristine.db

run status --json tree
exits 0
quiet
is "$(jq -c .documents "$out")" \
    '{"total":7,"ok":2,"partial":1,"failed":4,"skipped":0}' "documents by status"
is "$(jq -c '.by_type[] | select(.type == "pdf") | [.documents, .ok, .partial, .failed]' \
    "$out")" '[4,1,1,2]' "by type"
is "$(jq -c '.runs[] | [.state, .documents, .failed, .exit_status]' "$out")" \
    '["finished",7,5,1]' "the run"
is "$(jq -c '[.failures[] | select(.kind == "unknown" or .kind == "encrypted") |
    .status, .documents]' "$out")" '["failed",2,"failed",1]' "failures by reason"
is "$(jq -c '[.failures[] | select(.status == "partial") | .pages][0]' "$out")" 2 \
    "pages that failed"
is "$(jq '.slowest | length' "$out")" 7 "slowest documents"
is "$(jq -c '[.holds_text, .unfinished.documents]' "$out")" '[false,0]' "the rest"
cp "$out" "$scratch/tree.json"
run status -n 1 --json corpus.db
is "$(jq -c '[.holds_text, (.slowest, .failures, .runs | length)]' "$out")" \
    '[true,1,1,1]' "a database, and -n"
is "$(jq -c .documents "$out")" "$(jq -c .documents "$scratch/tree.json")" \
    "with the same documents"
run status tree
exits 0
ok "the table has totals" grep -qxE 'documents +7: 2 ok, 1 partial, 4 failed, 0 skipped' "$out"
ok "and a failure with an example" grep -qF "failed (encrypted): encrypted, and no" "$out"
ok "paths are escaped" grep -qF "\$'docs/" "$out"
run status tree/.extract/manifest.db
exits 0 "a manifest itself"
same_file tree/.extract/manifest.db pristine.db "nothing was changed"
is "$(ls -A tree/.extract)" manifest.db "and nothing was made"

# Lists.
run status --failures=list tree
exits 3 "a path with a line break is not for a list of lines"
stderr_has --failures0
nok "and no list is made" test -e list
run status --failures0=list tree
exits 0
ok "the table is there too" grep -q '^documents' "$out"
is "$(tr -cd '\0' <list | wc -c)" 5 "paths with NUL bytes"
run --files0-from=list -o again
exits 1
run status --json again
is "$(jq -c .documents "$out")" \
    '{"total":5,"ok":0,"partial":1,"failed":4,"skipped":0}' "are inputs again"
rm $'docs/two\nlines.pdf'
run --resume --prune -o tree docs
run status --failures=- tree
exits 0
printf '%s\n' docs/bad-count.pdf docs/bad-password.pdf docs/bad-truncated.pdf \
    $'docs/b\xffd.pdf' | LC_ALL=C sort >wanted
LC_ALL=C sort "$out" >sorted
same_file sorted wanted "a list of lines, and nothing else"
run status --failures=corpus.db corpus.db
exits 3 "the database is not written over"
run status --json corpus.db
exits 0 "and is whole"
ln corpus.db other-name.db
run status --failures0=other-name.db corpus.db
exits 3 "under no name"
run status --failures=none/list tree
exits 3 "a list that cannot be made"
run status --failures=- --json tree
exits 2 "only one thing goes to standard output"
run status --failures=- --failures0=- tree
exits 2 "of lists too"
if [ -w /dev/full ]; then
    for option in --json --failures0=- --failures0=/dev/full; do
        status=0
        "$EXTRACT" status "$option" tree >/dev/full 2>"$err" || status=$?
        exits 3 "a full disk is told with $option"
    done
fi

# A run that is at work, and one that was killed.
mkfifo list.pipe
start -o live -T list.pipe
exec 4>list.pipe
printf '%s\n' docs/good-simple.pdf >&4
worker=$pid
cp "$out" "$scratch/out.live"
is_done() {
    [ "$("$EXTRACT" status --json live 2>/dev/null | jq .documents.total)" = 1 ]
}
ok "what is done is seen while a run is at work" wait_until is_done
"$EXTRACT" status --json live >"$scratch/live.json" 2>"$scratch/live.err"
is "$(jq -c '.runs[0] | [.state, .finished, .pid]' "$scratch/live.json")" \
    "[\"at work\",null,$worker]" "with its process"
shows() { # FILTER
    "$EXTRACT" status --json live 2>/dev/null | jq -e ".running | $1"
}
ok "and its figures" wait_until shows \
    ".pid == $worker and .documents.ok == 1 and .lanes.count > 0 and .queue.waiting == 0"
"$EXTRACT" status live >"$scratch/table"
ok "for people" grep -q "^at work    process $worker, for 0:00:" "$scratch/table"
ok "with documents" grep -qx '  documents  1 ok, 0 partial, 0 failed, 0 skipped; 0 wait, 0 parked' \
    "$scratch/table"
"$EXTRACT" status --follow --json live >"$scratch/followed" 2>&1 &
follower=$!
seen_twice() { [ "$(wc -l <"$scratch/followed")" -ge 2 ]; }
ok "it is followed" wait_until seen_twice
printf 'docs/b\xffd.pdf\n' >&4
ok "figures follow the run" wait_until shows '.documents.failed == 1 and .errors.unknown == 1'
ok "the state is a file of the store" test -f live/.extract/manifest.db-state
kill -KILL "$worker"
exec 4>&-
wait_run
wait "$follower"
is "$(head -n 1 "$scratch/followed" | jq -c '[.running, .pid]')" "[true,$worker]" \
    "an object a line"
is "$(tail -n 1 "$scratch/followed" | jq -r '.runs[0].state')" died "until it has ended"
run status --json live
exits 0
is "$(jq -c .running "$out")" null "nothing is at work"
ok "though its figures are there" test -f live/.extract/manifest.db-state
is "$(jq -r '.runs[0].state' "$out")" died "a run that was killed"
is "$(jq .documents.total "$out")" 2 "with what it did"

# What stands beside a database may be anybody's.
python3 - "$EXTRACT" <<'PY' >"$scratch/hostile" 2>&1
import fcntl, json, os, subprocess, sys
lock = open("live/.extract/manifest.db-lock", "w")
fcntl.flock(lock, fcntl.LOCK_EX)
lock.write(f"{os.getpid()}\n")
lock.flush()
state = "live/.extract/manifest.db-state"
me = os.getpid()

def check(what, shown):
    for options in [], ["--json"]:
        p = subprocess.run([sys.argv[1], "status", *options, "live"], capture_output=True,
                           timeout=60)
        assert p.returncode == 0 and not p.stderr, (what, p)
        if options:
            assert ("running" in json.loads(p.stdout)) == shown, what
        assert b"\x1b" not in p.stdout, what

def put(data):
    if os.path.lexists(state):
        os.unlink(state)
    with open(state, "wb") as f:
        f.write(data)

put(json.dumps({"pid": me}).encode())
check("almost nothing", True)
put(json.dumps({"pid": me, "documents": [], "lanes": "x", "queue": None, "errors": [1],
                "wall_seconds": 1e300, "updated": "\x1b[2J", "workers": 1,
                "pages_per_minute_of_late": "x"}).encode())
check("other kinds", True)
put(json.dumps({"pid": me, "errors": {"\x1b]0;x": 1}, "lanes": {"reason": "\n"},
                "wall_seconds": -5}).encode())
check("escapes", True)
for what, data in [("another process", b'{"pid": 1}'), ("empty", b""), ("junk", b"\xff{"),
                   ("no object", b"[]"), ("nested", b"[" * 500000),
                   ("large", b'{"pid": %d, "x": "' % me + b"x" * (2 << 20) + b'"}')]:
    put(data)
    check(what, False)
os.unlink(state)
os.symlink("/dev/zero", state)
check("a link", False)
os.unlink(state)
os.mkfifo(state)
check("a FIFO", False)
os.unlink(state)
os.mkdir(state)
check("a directory", False)
os.rmdir(state)
PY
is "$(cat "$scratch/hostile")" "" "what stands in the way of figures is passed over"
rm -f live/.extract/manifest.db-lock
cp -r live again
: >again/.extract/manifest.db-state
: >again/.extract/manifest.db-state-new
run -o again docs/good-simple.pdf
exits 0
is "$(find again/.extract -name "*state*")" "" "the next run removes what one left that was killed"
mkdir live/.extract/manifest.db-unfinished
printf 12345 >live/.extract/manifest.db-unfinished/0123
run status --json live
is "$(jq -c .unfinished "$out")" '{"documents":1,"bytes":5}' "large documents unfinished"
if can_drop_rights; then
    for output in live tree corpus.db; do
        run_unprivileged status "$output"
        exits 0 "$output without any rights"
        quiet
    done
else
    skip "without any rights" "rights cannot be dropped"
fi

for usage in '' 'a b' '--rows=0 tree' '--nonsense tree' '--failures'; do
    # shellcheck disable=SC2086
    run status $usage
    exits 2 "status $usage: wrong usage"
    stderr_has "Try 'extract status --help'" "status $usage: a hint"
done
run status --help
exits 0
nok "no line of the help has more than 79 columns" grep -qE '.{80}' "$out"
run status docs
exits 3 "a directory that is no output"
stderr_has 'no run has kept a manifest there'
run status docs/good-simple.pdf
exits 3 "a document"
run status nowhere
exits 3 "nothing at all"
: >empty.db
run status empty.db
exits 3 "an empty file"
for seed in 1 2 3 4 5 6 7 8 9 10; do
    damage_database "$seed" pristine.db damaged.db
    run status damaged.db
    ok "damage $seed is told or not met" test "$status" -eq 0 -o "$status" -eq 3
done

finish
