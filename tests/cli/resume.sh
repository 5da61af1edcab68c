#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# resume.sh - going on with what an earlier run has done: what is taken up again
# and what is not, and one run at a time.
. "${srcdir:-.}/tests/cli/lib.sh"
. "$srcdir/tests/faults/lib.sh"
faulty=$EXTRACT
EXTRACT=$real

command -v jq >/dev/null || skip_all "no jq"

# did DESCRIPTION PATH...: the last run has done these and no others.
did() {
    local description=$1
    shift
    is "$(jq -r '.results[] | select(.error.kind != "unchanged") | .path' stats.json |
        sort | xargs)" "$*" "$description"
}

# go OPTION... [PATH]: a run of $kind over `in`.
go() {
    run -j 2 --stats=stats.json "${options[@]}" "$@" in
}

# sql STATEMENT: in the manifest of $kind.
sql() {
    python3 -c 'import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
for row in db.execute(sys.argv[2]):
    print(*row, sep="|")
db.commit()' "$manifest" "$1"
}

make_inputs() {
    rm -rf in
    mkdir in
    printf 'one\n' >in/a.txt
    printf 'two\n' >in/b.txt
    cp "$corpus/good-forty-pages.pdf" in/c.pdf
    cp "$corpus/good-epub3.epub" in/d.epub
    cp "$corpus/bad-page.pdf" "$corpus/bad-garbage.pdf" "$corpus/bad-png.pdf" in
    all="in/a.txt in/b.txt in/bad-garbage.pdf in/bad-page.pdf in/bad-png.pdf in/c.pdf in/d.epub"
    failed="in/bad-garbage.pdf in/bad-page.pdf"
}

# state: what the output holds, in a form that stays the same when nothing is done.
state() {
    case $kind in
        tree) (cd tree && find . -name .extract -prune -o -type f -printf '%p %i %T@\n' |
            sort) ;;
        jsonl) cat out.jsonl ;;
        sqlite) sql 'SELECT * FROM documents'; sql 'SELECT * FROM pages' ;;
    esac
}

for kind in tree jsonl sqlite; do
    make_inputs
    case $kind in
        tree) options=(-o tree) manifest=tree/.extract/manifest.db ;;
        jsonl) options=(-f jsonl -o out.jsonl) manifest=out.jsonl.manifest ;;
        sqlite) options=(-f sqlite -o out.db) manifest=out.db ;;
    esac
    go --resume
    exits 1
    # shellcheck disable=SC2086 # paths are words
    did "$kind: with nothing to resume it does all" $all
    state >before
    go --resume
    exits 1 "$kind: nothing to do: what failed before counts"
    did "$kind: it does nothing"
    state >after
    same_file after before "$kind: it writes nothing"
    stderr_line 'extract: 2 documents failed in an earlier run .*--retry-failed.*'
    is "$(wc -l <"$err")" 1 "$kind: and says nothing else"
    is "$(sql 'SELECT count(*) FROM documents')" 7 "$kind: a row for each"

    printf 'new\n' >in/new.txt
    go --resume
    did "$kind: a new document" in/new.txt
    printf 'longer\n' >>in/a.txt
    go --resume
    did "$kind: one of another size" in/a.txt
    touch -d '2020-02-02 02:02:02' in/c.pdf
    go --resume
    did "$kind: one of another time" in/c.pdf
    # shellcheck disable=SC2016
    printf '%%PDF-' | cat - in/b.txt >in/b.new && mv in/b.new in/b.txt
    go --resume
    did "$kind: one that is something else now" in/b.txt
    printf 'two\n' >in/b.txt
    go --resume
    is "$(sql 'SELECT count(*) FROM documents')" 8 "$kind: still a row for each"

    go --resume --layout=raw
    is "$(jq '[.results[] | select(.error.kind == "unchanged")] | length' stats.json)" 0 \
        "$kind: with other options all are done again"
    go --resume --layout=raw
    did "$kind: and then are done with these"
    go --resume
    # shellcheck disable=SC2086
    did "$kind: and back" $all in/new.txt
    sql "UPDATE documents SET engine = 'poppler 0.1' WHERE path = 'in/c.pdf'"
    go --resume
    did "$kind: one that another engine has read" in/c.pdf

    printf 'newer\n' >in/newer.txt
    state >before
    go --retry-failed
    exits 1
    # shellcheck disable=SC2086
    did "$kind: --retry-failed takes up what failed and nothing else" \
        $failed
    is "$(sql "SELECT count(*) FROM documents WHERE path = 'in/newer.txt'")" 0 \
        "$kind: a new one is none of them"
    go --retry-failed --resume
    # shellcheck disable=SC2086
    did "$kind: with --resume also what is new" $failed in/newer.txt
    cp "$corpus/good-simple.pdf" in/bad-garbage.pdf
    cp "$corpus/good-simple.pdf" in/bad-page.pdf
    go --retry-failed
    exits 0 "$kind: what is mended fails no more"
    stderr_lacks 'earlier run'
    go --resume
    exits 0
    did "$kind: and is done"

    # Content, of what cannot be read too.
    cp "$corpus/bad-garbage.pdf" in/garbage.pdf
    go --resume --check=hash
    go --resume --check=hash
    did "$kind: --check=hash: nothing has changed"
    touch in/a.txt in/c.pdf in/d.epub in/garbage.pdf
    go --resume --check=hash
    did "$kind: --check=hash: another time is no change"
    exits 1
    touch -r in/new.txt stamp
    printf 'NEW\n' >in/new.txt
    touch -r stamp in/new.txt
    go --resume --check=hash
    did "$kind: --check=hash: another content is, of the same size and time" in/new.txt

    # What is gone.
    cp "$corpus/good-simple.pdf" in/garbage.pdf
    rm in/a.txt in/d.epub
    go --resume
    exits 0
    stderr_line 'extract: 2 inputs of earlier runs are gone.*'
    is "$(sql 'SELECT count(*) FROM documents')" 10 "$kind: what is gone is kept"
    go --resume --prune
    if [ "$kind" = jsonl ]; then
        exits 2 "jsonl: --prune is refused"
        continue
    fi
    exits 0
    stderr_line 'extract: 2 inputs of earlier runs are gone.*removed'
    is "$(sql "SELECT count(*) FROM documents WHERE path IN ('in/a.txt', 'in/d.epub')")" \
        0 "$kind: --prune removes their rows"
    is "$(sql 'SELECT count(*) FROM documents')" 8 "$kind: and no others"
    if [ "$kind" = tree ]; then
        is "$(find tree/in -name 'a.txt*' -o -name 'd.epub*')" "" \
            "tree: --prune removes their files"
        ok "tree: and no others" test -f tree/in/c.pdf.txt
    else
        is "$(sql 'SELECT count(*) FROM pages WHERE document NOT IN
            (SELECT id FROM documents)')" 0 "$kind: their pages too"
    fi
    go --resume --prune
    quiet "$kind: once"
done

# A file of the tree that is not as it was written.
kind=tree
options=(-o again) manifest=again/.extract/manifest.db
make_inputs
go
rm again/in/a.txt.txt
go --resume
did "an output that was removed is made again" in/a.txt
ok "it is there" test -f again/in/a.txt.txt
touch again/in/c.pdf.txt
go --resume
did "one that was touched, too" in/c.pdf

# What others have changed, or what is another's, is not pruned.
options=(-o pruned)
mkdir gone
printf 'a\n' >gone/a.txt
printf 'b\n' >gone/b.txt
printf 'c\n' >gone/c.txt
run -o pruned gone
echo mine >>pruned/gone/a.txt.txt
echo victim >victim.txt
sqlite3 pruned/.extract/manifest.db "UPDATE documents SET output = '../victim.txt'
    WHERE path = 'gone/b.txt'"
rm gone/a.txt gone/b.txt
run --resume --prune -o pruned gone
ok "an output that somebody has changed stays" test -f pruned/gone/a.txt.txt
ok "and what is not below the directory" test -f victim.txt
mv gone elsewhere
run --resume --prune -o pruned gone
ok "nothing is pruned when an input that was named is missing" \
    test -f pruned/gone/c.txt.txt
mkdir gone
run --resume --prune -o pruned gone
ok "nor when there are none" test -f pruned/gone/c.txt.txt

# A place that may be on a file system that is not mounted today.
mkdir -p disk/sub here
printf 'a\n' >disk/sub/a.txt
printf 'b\n' >here/b.txt
printf 'c\n' >here/c.txt
run -o disks disk here
rm -r disk/sub here/c.txt
run --resume --prune -o disks disk here
exits 0
stderr_line 'extract: the output of 1 stays: this run has no input where it was'
ok "what was where there is nothing now is not pruned" test -f disks/disk/sub/a.txt.txt
nok "what was beside other inputs is" test -e disks/here/c.txt.txt
mkdir here/deep
printf 'd\n' >here/deep/d.txt
run --resume -o disks here
rm -r here/deep
run --resume --prune -o disks here
nok "with the folder that it was alone in" test -e disks/here/deep
ok "but no other" test -f disks/here/b.txt.txt
mv disk away
run --resume --prune -o disks here
ok "nor when its place is no input of this run" test -f disks/disk/sub/a.txt.txt

# The same words in another directory are another file.
mkdir -p one/d two/d
printf 'one\n' >one/d/x.txt
printf 'two\n' >two/d/x.txt
(cd one && exec "$EXTRACT" -o ../both d) 2>"$err"
quiet
(cd two && exec "$EXTRACT" -o ../both d) 2>"$err"
stderr_line "extract: d/x\\.txt: takes the place of the text of $PWD/one/d/x\\.txt, .*"

# What --check=hash has found to be the same has its new time from then on.
mkdir same
printf 'x\n' >same/x.txt
run --hash -o hashed same
touch -d 2001-01-01 same/x.txt
run --resume --check=hash -o hashed same
run --resume -v -o hashed same
stderr_has 'same/x.txt: unchanged'

# The same relative path elsewhere is another file.
mkdir d1 d2
printf 'one\n' >d1/r.txt
printf 'two\n' >d2/r.txt
touch -r d1/r.txt d2/r.txt
(cd d1 && "$EXTRACT" -o ../both r.txt)
(cd d2 && "$EXTRACT" --resume -o ../both r.txt)
is "$(head -n 1 both/r.txt.txt)" two "a path is of the directory that it was given in"

# A file of records that was cut.
options=(-f jsonl -o cut.jsonl)
go
truncate -s 100 cut.jsonl
go --resume
exits 3 "records that are not there any more"
stderr_line 'extract: cut\.jsonl is not as the last run left it.*--resume.*'
go
exits 1 "without --resume they are made anew"
ok "they are" jq -e . cut.jsonl

# One run at a time.
mkfifo list
for kind in tree jsonl sqlite; do
    case $kind in
        tree) options=(-o busy) lock=busy/.extract/manifest.db-lock ;;
        jsonl) options=(-f jsonl -o busy.jsonl) lock=busy.jsonl.manifest-lock ;;
        sqlite) options=(-f sqlite -o busy.db) lock=busy.db-lock ;;
    esac
    exec 3<>list
    start "${options[@]}" -T list 3>&-
    wait_until test -s "$lock"
    status=0
    "$EXTRACT" "${options[@]}" in/a.txt >"$scratch/second" 2>&1 3>&- || status=$?
    exits 3 "$kind: a second run"
    ok "$kind: is refused with the number of the first" \
        grep -qw "process $pid" "$scratch/second"
    is "$(wc -l <"$scratch/second")" 1 "$kind: in one line"
    kill -KILL "$pid"
    wait_run
    exec 3>&-
    ok "$kind: a killed run leaves its lock" test -e "$lock"
    run "${options[@]}" in/a.txt
    exits 0 "$kind: which is in nobody's way"
    nok "$kind: and is gone then" test -e "$lock"
done

# A signal.
EXTRACT=$faulty
wait="wait $work/go"
patience="--page-timeout=$TEST_TIMEOUT --timeout=$TEST_TIMEOUT"
fault slow.fault "text one" "$wait"
# shellcheck disable=SC2086 # options are words
start $patience -j 1 -o stopped in/a.txt slow.fault in/b.txt
await_at wait2
kill -INT "$pid"
await_stop
touch go
wait_run
exits 130
run -j 1 -o stopped --resume --stats=stats.json in/a.txt slow.fault in/b.txt
exits 0 "interrupted, and gone on with"
did "what was not reached is done" in/b.txt
is "$(find stopped -name '*.txt' | wc -l)" 3 "all is there"

# Pages of a large document: what was saved is not read again, as texts tell that
# have changed since behind our back.
large=(--split-pages=1 '--tiers=tiny=/1,small=/1,medium=/1,large=/1')
# pages FIRST: a document of six pages, the fifth of which waits.
pages() {
    fault large.fault "text $1" "text $1" "text $1" "text $1" "$wait" "text last"
    touch -d '2020-02-02 02:02:02' large.fault
}
for kind in tree jsonl sqlite; do
    case $kind in
        tree) options=(-o pages) unfinished=pages/.extract/manifest.db-unfinished
            print=(cat pages/large.fault.txt) ;;
        jsonl) options=(-f jsonl -o pages.jsonl)
            unfinished=pages.jsonl.manifest-unfinished
            print=(jq -j .text pages.jsonl) ;;
        sqlite) options=(-f sqlite -o pages.db) unfinished=pages.db-unfinished
            manifest=pages.db
            print=(sql 'SELECT text FROM pages ORDER BY page') ;;
    esac
    rm -f go
    pages old
    # shellcheck disable=SC2086
    start $patience -j 1 "${large[@]}" "${options[@]}" large.fault
    await_at wait5
    kill -KILL "$pid"
    wait_run
    is "$(find "$unfinished" -type f | wc -l)" 1 "$kind: pages are kept of one document"
    is "$(stat -c %a "$unfinished"/*)" 600 "$kind: for their owner alone"
    pages new
    touch go
    run -j 1 "${large[@]}" "${options[@]}" --resume large.fault
    exits 0
    is "$("${print[@]}" | tr -d '\f' | xargs)" "old old old old still here last" \
        "$kind: killed at page 5, and gone on with from there"
    nok "$kind: what was kept is gone" test -e "$unfinished"
done
rm -f go
pages old
# shellcheck disable=SC2086
start $patience -j 1 "${large[@]}" -o anew large.fault
await_at wait5
kill -KILL "$pid"
wait_run
pages new
touch go
run -j 1 "${large[@]}" -o anew large.fault
is "$(tr -d '\f' <anew/large.fault.txt | xargs)" "new new new new still here last" \
    "without --resume nothing is gone on with"
rm -f go
pages old
# shellcheck disable=SC2086
start $patience -j 1 "${large[@]}" -o anew large.fault
await_at wait5
kill -KILL "$pid"
wait_run
pages new
touch -d '2021-02-02 02:02:02' large.fault
touch go
run -j 1 "${large[@]}" -o anew --resume large.fault
is "$(tr -d '\f' <anew/large.fault.txt | xargs)" "new new new new still here last" \
    "nor with a document that has changed"

# Real pages.
EXTRACT=$real
gen --big . --pages 3000
run -j 2 -o real big-3000.pdf
exits 0
start -j 2 -o killed big-3000.pdf
saved() { [ -n "$(find killed/.extract/manifest.db-unfinished -size +200k)" ]; }
wait_until saved
kill -KILL "$pid"
wait_run
run -j 2 -o killed --resume --timeline=bars big-3000.pdf
exits 0
same_file killed/big-3000.pdf.txt real/big-3000.pdf.txt \
    "3,000 pages, killed amid them and gone on with, are the same"
echo "# $(jq -s 'map(.pages // 0) | add' bars) pages were left to do"

# Use.
for wrong in "--resume in" "--retry-failed in" "--prune in" "--check=hash -o x in" \
    "--check=size --resume -o x in" "-f jsonl --resume in" \
    "-f jsonl -o x.jsonl --prune in"; do
    # shellcheck disable=SC2086
    run $wrong
    exits 2 "usage: $wrong"
done

finish
