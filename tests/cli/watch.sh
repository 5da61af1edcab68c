#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# watch.sh - what is made, written, moved and removed below directories that are watched
# reaches the output, whatever happens meanwhile.
# shellcheck source=tests/cli/lib.sh
. "${srcdir:-.}/tests/cli/lib.sh"

# watch ARG...: begins a watch, quick and loud, and waits until it is through with what
# is there.
watch() {
    start --no-config --watch -v --debounce=0.2 "$@"
    wait_until grep -q 'what was there is done' "$err"
}

# stop [SIGNAL]: ends it.
stop() {
    kill -"${1:-TERM}" "$pid"
    wait_run
}

# has FILE TEXT: the first line of FILE.
has() {
    [ "$(head -n 1 "$1" 2>/dev/null | tr -d '\f')" = "$2" ]
}
# soon DESCRIPTION COMMAND...: in time.
soon() {
    local description=$1
    shift
    ok "$description" wait_until "$@"
}
gone() {
    [ ! -e "$1" ]
}
# times PATH: how often it was done.
times() {
    grep -c "^extract: $1: ok" "$err"
}
# fresh: the output is as that of a run over what is there now.
fresh() {
    rm -rf fresh
    "$EXTRACT" --no-config -q -o fresh in >/dev/null 2>&1
    same_tree out fresh "$1"
}

# What is there, and what comes.
mkdir -p in/sub
echo one >in/one.txt
echo two >in/sub/two.txt
watch in -o out
ok "what is there is done" has out/in/one.txt.txt one
ok "below, too" has out/in/sub/two.txt.txt two
echo three >in/three.txt
soon "a new file" has out/in/three.txt.txt three
echo uno >in/one.txt
soon "a file that was written again" has out/in/one.txt.txt uno
echo uno >next
mv next in/next.txt
soon "a file that was moved in" has out/in/next.txt.txt uno
mv in/three.txt in/sub/drei.txt
soon "a file that was moved within" has out/in/sub/drei.txt.txt three
mkdir -p in/a/b/c
echo deep >in/a/b/c/deep.txt
soon "a file in directories that are as new" has out/in/a/b/c/deep.txt.txt deep
echo deeper >in/a/b/c/deeper.txt
soon "and another one there" has out/in/a/b/c/deeper.txt.txt deeper
mv in/a in/z
soon "a directory that was moved within" has out/in/z/b/c/deep.txt.txt deep
echo there >in/z/b/c/there.txt
soon "it is watched by its new name" has out/in/z/b/c/there.txt.txt there
mkdir outside
echo outside >outside/o.txt
mv outside in/inside
soon "a directory that was moved in" has out/in/inside/o.txt.txt outside
ln in/one.txt in/link.txt
soon "a link, which nobody closes" has out/in/link.txt.txt uno
mkdir aside
echo aside >aside/aside.txt
ln -s ../aside in/aside
soon "a link to a directory" has out/in/aside/aside.txt.txt aside
exec 5>in/slow.txt
echo 'slow 1' >&5
sleep 0.5
ok "a file that is open for writing waits" gone out/in/slow.txt.txt
exec 5>&-
soon "until it is closed" has out/in/slow.txt.txt 'slow 1'
echo none >in/brief.txt
rm in/brief.txt
rm in/one.txt
echo last >in/last.txt
soon "what comes after a removal" has out/in/last.txt.txt last
ok "what came of what is gone is kept" has out/in/one.txt.txt uno
stderr_lacks 'brief.txt: No such file' "what is gone before it is read is no error"
stop
exits 0 "SIGTERM ends it well"
is "$(times in/three.txt)" 1 "each file is done once"
rm out/in/one.txt.txt out/in/three.txt.txt out/in/a -r
rm -rf out/in/a
find out -type d -empty -delete
fresh "the output is that of a run over what is there"

# One directory by two names.
mkdir -p q/x/sub aside2
watch q/x q/../q/x -o out-q
ln -s sub q/x/alias
ln -s "$PWD/aside2" q/x/b
echo first >aside2/first.txt
soon "a link to a directory outside" has out-q/q/x/b/first.txt.txt first
ln -s "$PWD/aside2" q/x/a
echo two >q/x/two.txt
soon "a directory that was named twice has its first name" has out-q/q/x/two.txt.txt two
soon "and its second one" \
    sh -c 'test "$(find out-q -name two.txt.txt | wc -l)" -eq 2'
echo seen >q/x/sub/seen.txt
soon "a link takes nothing over from what it leads to" has out-q/q/x/sub/seen.txt.txt seen
echo second >aside2/second.txt
soon "nor from another link" has out-q/q/x/b/second.txt.txt second
is "$(find out-q -path '*/alias*' -o -path '*/a/*')" '' "and gives nothing itself"
rm q/x/b
ln -sfn "$PWD/aside2" q/x/a
ln -s "$PWD/aside2" q/x/c
soon "when the first link is gone another one takes its place" \
    sh -c 'cat out-q/q/x/[ac]/second.txt.txt >/dev/null'
stop
exits 0

# Ended, and begun again.
echo 'while away' >in/away.txt
echo 'otherwise' >in/next.txt
start --no-config --watch -v in -o out --realtime
soon "what came while nobody watched" has out/in/away.txt.txt 'while away'
soon "and what was written" has out/in/next.txt.txt otherwise
ok "what has not changed is left out" grep -q 'in/sub/two.txt: unchanged' "$err"
wait_until grep -q 'what was there is done' "$err"
echo now >in/now.txt
soon "at once with --realtime" has out/in/now.txt.txt now
echo a >in/killed.txt
stop KILL
exits 137
echo b >in/killed-too.txt
watch in -o out
ok "after kill -9 nothing is lost" has out/in/killed.txt.txt a
ok "nor what came then" has out/in/killed-too.txt.txt b
stop INT
exits 0 "SIGINT ends it well"
fresh "and the output is as it should be"

# Debounce, batches and the signal.
rm -rf in out
mkdir in
start --no-config --watch -v --debounce=1000 in -o out
wait_until grep -q 'what was there is done' "$err"
for i in {1..49}; do echo "$i" >"in/$i.txt"; done
sleep 1
ok "49 files wait" gone out/in/1.txt.txt
echo 1 >in/1.txt
sleep 0.3
ok "the same one again makes no batch" gone out/in/1.txt.txt
echo 50 >in/50.txt
soon "50 go at once" has out/in/50.txt.txt 50
soon "all of them" has out/in/1.txt.txt 1
echo 51 >in/51.txt
sleep 0.3
ok "the next one waits again" gone out/in/51.txt.txt
kill -USR1 "$pid"
soon "until SIGUSR1" has out/in/51.txt.txt 51
echo 52 >in/52.txt
stop
exits 0 "with files that wait"
ok "which are not done then" gone out/in/52.txt.txt
watch in -o out
ok "but when it goes on" has out/in/52.txt.txt 52
stop

# Removed inputs, with their members.
rm -rf in out
mkdir -p in/d/e
echo a >in/a.txt
echo b >in/d/e/b.txt
echo c >in/c.txt
echo k >in/kept.txt
tar -cf in/t.tar in/a.txt in/c.txt
watch --on-delete=prune in -o out
ok "an archive's members" has 'out/in/t.tar!/in/a.txt.txt' a
tar -cf t.tar in/c.txt
mv t.tar in/t.tar
soon "what an archive has lost" gone 'out/in/t.tar!/in/a.txt.txt'
ok "but not what it has" has 'out/in/t.tar!/in/c.txt.txt' c
echo mine >out/in/kept.txt.txt
rm in/a.txt in/t.tar in/kept.txt
soon "what came of a file that is gone is removed" gone out/in/a.txt.txt
soon "and of members" gone 'out/in/t.tar!/in/c.txt.txt'
mv in/d away
soon "and of what was in a directory that was moved away" gone out/in/d/e/b.txt.txt
soon "with the folders that it was in" gone out/in/d
mv in/c.txt in/cc.txt
soon "a moved file has its new name" has out/in/cc.txt.txt c
soon "and no other" gone out/in/c.txt.txt
ok "what somebody has changed stays" has out/in/kept.txt.txt mine
stderr_has 'in/kept.txt: its output stays'
stop
mv away in/d
rm in/cc.txt
watch --on-delete=prune in -o out
soon "so is what went away while nobody watched" gone out/in/cc.txt.txt
soon "and what came is there" has out/in/d/e/b.txt.txt b
mv in elsewhere
soon "a directory that goes away is missed" \
    grep -q 'in: is not there; it is waited for' "$err"
mv elsewhere in
echo back >in/back.txt
soon "a directory that was away is watched again" has out/in/back.txt.txt back
ok "and nothing of it was removed" has out/in/d/e/b.txt.txt b
stop
exits 0

# More than the kernel keeps, while nobody reads.
rm -rf in out
mkdir -p in/d in/e
echo gone >in/gone.txt
echo moved >in/d/moved.txt
watch --on-delete=prune in -o out
flood() {
    python3 -c '
for i in range(int(open("/proc/sys/fs/inotify/max_queued_events").read()) // 4 + 1):
    for name in "in/1.txt", "in/2.txt":
        with open(name, "w") as out:
            out.write(str(i))'
}
kill -STOP "$pid"
flood
rm in/gone.txt
mv in/d in/dd
mkdir in/e/new
echo new >in/e/new/n.txt
kill -CONT "$pid"
soon "a file in a directory that no event tells of" has out/in/e/new/n.txt.txt new
ok "since all are walked again" wait_until grep -q 'events were lost' "$err"
soon "and a moved one" has out/in/dd/moved.txt.txt moved
soon "what is gone is found as well" gone out/in/gone.txt.txt
soon "and what is gone by a move" gone out/in/d/moved.txt.txt
echo later >in/dd/later.txt
soon "which is watched by its new name" has out/in/dd/later.txt.txt later
stop
exits 0
fresh "the output is as it should be"

# More than is to be at work at once, while the first of them takes its time.
rm -rf in out
mkdir in
gen --big . --pages 3000
watch --realtime -j 1 in -o out
kill -STOP "$pid"
mv big-3000.pdf in
for i in {1..600}; do echo "$i"; done | (cd in && split -l 1 -a 3 - f)
kill -CONT "$pid"
all_there() {
    [ "$(texts out -print | wc -l)" -eq 601 ]
}
soon "601 files at once" all_there
stop
exits 0
ok "which were not taken in at once" grep -q 'for a while no events were read' "$err"
is "$(grep -c ': ok, ' "$err")" 601 "each is done once"

# Of more directories than may be watched all are walked.
mkdir -p in/e/new
if unshare -Ur true 2>/dev/null; then
    (
        trap '' EXIT
        exec unshare -Ur bash -c 'echo 2 >/proc/sys/user/max_inotify_watches && shift &&
            exec "$@"' bash - "$EXTRACT" --no-config --watch -v --debounce=0.2 in -o out
    ) >"$out" 2>"$err" &
    pid=$!
    soon "too many directories are told of" \
        grep -q 'the kernel watches no more than 2 directories' "$err"
    wait_until grep -q 'what was there is done' "$err"
    echo unseen >in/e/new/unseen.txt
    soon "what no event tells of is found" has out/in/e/new/unseen.txt.txt unseen
    stop
    exits 0
else
    skip "what no event tells of is found" "no user namespaces"
fi

# What goes first, and what only when nothing else is to do.
rm -rf in out
mkdir in
start --no-config --watch -v -j 1 --debounce=1000 --priority-critical='*.crit.txt' \
    --priority-batch='b*' in -o out
wait_until grep -q 'what was there is done' "$err"
for i in {1..5}; do
    echo x | tee "in/b$i.txt" "in/n$i.txt" "in/x$i.crit.txt" >/dev/null
done
sleep 0.5
kill -USR1 "$pid"
wait_until test -e out/in/b5.txt.txt
stop
is "$(sed -n 's,^extract: in/\(.\).*: ok.*,\1,p' "$err" | tr -d '\n')" \
    xxxxxnnnnnbbbbb "by priority"

# Records and databases.
rm -rf in
mkdir in
echo alpha >in/a.txt
watch in -f jsonl -o r.jsonl
echo beta >in/b.txt
soon "a record is appended" grep -q '"text":"beta' r.jsonl
echo gamma >in/a.txt
soon "and another one of a file that changed" grep -q '"text":"gamma' r.jsonl
stop
exits 0
watch in -f jsonl -o r.jsonl
stop
is "$(wc -l <r.jsonl)" 3 "what has not changed has no other record"
ok "the records are sound" python3 -c '
import json
assert [json.loads(l)["path"] for l in open("r.jsonl")] == ["in/a.txt", "in/b.txt", "in/a.txt"]'
sql() {
    python3 -c '
import sqlite3, sys
for row in sqlite3.connect(sys.argv[1]).execute(sys.argv[2]):
    print(*row)' "$@"
}
row_is() {
    [ "$(sql c.db "$1" | tr -d '\f' | tr '\n' ' ')" = "$2" ]
}
texts='SELECT path, rtrim(text, char(10)) FROM documents d JOIN pages p ON p.document = d.id ORDER BY 1'
watch --on-delete=prune in -f sqlite -o c.db
soon "rows" row_is "$texts" 'in/a.txt gamma in/b.txt beta '
echo delta >in/a.txt
soon "a row of a file that changed" row_is "$texts" 'in/a.txt delta in/b.txt beta '
rm in/b.txt
soon "none of one that is gone" row_is "$texts" 'in/a.txt delta '
(cd in && echo epsilon >e.txt && tar -cf ../t.tar a.txt e.txt && rm e.txt)
mv t.tar in/t.tar
soon "rows of members" row_is "$texts" \
    'in/a.txt delta in/t.tar!/a.txt delta in/t.tar!/e.txt epsilon '
tar -C in -cf t.tar a.txt
mv t.tar in/t.tar
soon "none of a member that an archive has lost" row_is "$texts" \
    'in/a.txt delta in/t.tar!/a.txt delta '
stop
exits 0
is "$(sql c.db "SELECT count(*) FROM search WHERE search MATCH 'beta'")" 0 \
    "its words are gone, too"

# What is gone is no document.
rm -rf in out
mkdir -p in/d
echo a >in/a.txt
echo b >in/d/b.txt
watch --on-delete=prune --stats=s.json in -o out
rm -r in/d
soon "a directory that was removed" gone out/in/d/b.txt.txt
stop
exits 0
is "$(python3 -c '
import json
s = json.load(open("s.json"))
d = s["documents"]
print(d["total"], d["ok"], d["skipped"], d["not_reached"], s["watch"]["gone"] > 0,
      *sorted(r["path"] for r in s["results"]))')" '2 2 0 0 True in/a.txt in/d/b.txt' \
    "is counted apart"

# The output within what is watched, and what is not wanted.
rm -rf in out r.jsonl*
mkdir -p in/.git
echo a >in/a.txt
echo b >in/b.log
echo c >in/.git/c.txt
watch --include='*.txt' --exclude=.git in -o in/out
echo d >in/.git/d.txt
echo e >in/e.log
echo f >in/f.txt
soon "within its input" has in/out/in/f.txt.txt f
sleep 1
is "$(texts in/out -printf '%P\n' | sort | tr '\n' ' ')" 'in/a.txt.txt in/f.txt.txt ' \
    "output is no input, and what is excluded is not taken"
stop
exits 0
rm -rf in
mkdir in
echo a >in/a.txt
echo b >in/b.txt
watch --on-delete=prune in -o in/out
echo c >in/a.txt
soon "a text that takes the place of another" has in/out/in/a.txt.txt c
rm in/b.txt
soon "is gone from within its input" gone in/out/in/b.txt.txt
wait_until grep -q 'in/b.txt: is gone' "$err"
echo d >in/d.txt
soon "what comes later" has in/out/in/d.txt.txt d
sleep 1
stderr_lacks 'in/out' "of its own outputs nothing is told"
stop
exits 0
watch in -o in/out
stderr_has 'in/out/in/a.txt.txt: an output of a former run'
stop

# Nor are figures that are written there, again and again, by any name.
rm -rf in out
mkdir -p in/sub
echo a >in/a.txt
ln -s sub/timeline in/link
: >in/sub/timeline
watch --on-delete=prune --stats=in/s.json --metrics-file=in/sub/m.prom \
    --timeline=in/link in -o out
wait_until grep -q 'extract_watch_events_total [1-9]' in/sub/m.prom
echo b >in/b.txt
echo c >in/s.json.txt
soon "what stands beside figures" has out/in/s.json.txt.txt c
soon "in what is watched" has out/in/b.txt.txt b
sleep 3
is "$(texts out -printf '%P\n' | sort | tr '\n' ' ')" \
    'in/a.txt.txt in/b.txt.txt in/s.json.txt.txt ' "figures are no input"
stop
exits 0

# An output that is gone ends all.
rm -rf in out
mkdir in
echo a >in/a.txt
watch in -o out
rm -rf out
echo b >in/b.txt
wait_run
exits 3 "an output that was removed ends the watch"
stderr_has 'the output directory out was removed'
ok "and is not made again" gone out

# A document that failed, or is locked, may be as good as new.
echo x >in/locked.txt
chmod 000 in/locked.txt
watch in -o in/out
if [ "$(id -u)" -ne 0 ]; then
    stderr_has 'in/locked.txt: Permission denied'
    chmod 644 in/locked.txt
    soon "rights that are given are seen" has in/out/in/locked.txt.txt x
fi
stop
exits 0 "documents that failed do not change the status of a watch"

finish
