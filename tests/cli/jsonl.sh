#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# jsonl.sh - JSON Lines: what records say, where they go, and that a file of
# them is never torn. The schema: schema.sh.
. "${srcdir:-.}/tests/cli/lib.sh"

command -v jq >/dev/null || skip_all "no jq"

mkdir samples
cp "$corpus"/good-* "$corpus"/bad-* samples
drop_holders samples
printf 'a "quote", a \\ and a tab\t, \342\200\250\n' >samples/escapes.txt
count=$(find samples -type f | wc -l)

# of PATH JQ-EXPRESSION: of the record of PATH in $records.
records=$out
of() {
    jq -c --arg path "$1" "select(.path == \$path) | $2" "$records"
}

run -f jsonl samples
exits 1 "the status is that of text"
is "$(wc -l <"$out")" "$count" "a line for each document"
ok "each is JSON" jq -e . "$out"
nok "and UTF-8" grep -qavx '.*' "$out"
cp "$err" messages
"$EXTRACT" samples >text 2>wanted
same_file messages wanted "messages are those of text"
jq -j .text "$out" >joined
same_file joined text "the texts are those of text output"
is "$(of samples/good-metadata.pdf '[.type, .tier, .status, .pages, .pages_total, .pages_failed]')" \
    '["application/pdf","tiny","ok",1,1,0]' "what it is and became"
is "$(of samples/good-metadata.pdf .bytes)" \
    "$(stat -c %s samples/good-metadata.pdf)" "its size"
touch -d '2024-03-01 12:00:00.5 UTC' samples/good-utf8.txt
is "$(of samples/good-metadata.pdf .metadata.title)" '"Über die Fähre – 渡し船"' \
    "metadata"
is "$(of samples/good-metadata.pdf '.engine | test("^native [^ ]+, poppler [0-9.]+$")')" true \
    "what reads it"
is "$(of samples/good-epub3.epub '.engine | test("^libzip .*, libxml2 ")')" true \
    "also an EPUB"
is "$(of samples/good-utf8.txt .engine)" null "a text is read by nobody else"
is "$(of samples/bad-png.pdf '[.status, .error.kind, .text]')" \
    '["skipped","unsupported",""]' "a document that is skipped"
is "$(of samples/bad-empty.pdf '[.status, .error.kind, .text]')" \
    '["failed","empty",""]' "one that failed"
is "$(of samples/bad-page.pdf '[.status, .page_errors[0].first, (.text | endswith("\f\f"))]')" \
    '["partial",3,true]' "one that is partial"
is "$(of samples/escapes.txt .text)" \
    $'"a \\"quote\\", a \\\\ and a tab\\t, \u2028\\n\\f"' "all characters come through"
is "$(of samples/good-no-text.pdf '[.text, .pages_without_text]')" '["\f\f",2]' \
    "pages without text"
is "$(jq -s 'all(.seconds >= 0 and .lane_seconds >= 0)' "$out")" true "timings"
is "$(jq -s 'any(has("sha256"))' "$out")" false "no hash unless asked for"
run -f jsonl samples/good-utf8.txt
is "$(of samples/good-utf8.txt .mtime)" '"2024-03-01T12:00:00.500000000Z"' \
    "the time of the last change"
run -f jsonl samples/none.pdf
exits 1
is "$(of samples/none.pdf '[.status, .error.kind, has("mtime")]')" \
    '["failed","missing",false]' "one that is missing"
run -f jsonl --type=epub samples/good-utf8.txt
is "$(wc -c <"$out")" 0 "one of a type that is not asked for has none"

# The same bytes however the work is divided.
"$EXTRACT" -f jsonl --no-timings -j 1 samples >wanted 2>/dev/null
nok "--no-timings" grep -q seconds wanted
for options in "-j 1 --isolation=none" "-j 2" "-j 3 --split-pages=1" "-j 8" \
    "-j 3 --hold-memory=0"; do
    # shellcheck disable=SC2086
    run $options -f jsonl --no-timings samples
    same_file "$out" wanted "$options: the same bytes"
    # shellcheck disable=SC2086
    run $options -f jsonl --no-timings -o records.jsonl samples
    same_file records.jsonl wanted "$options: also in a file"
    ok "$options: nothing on standard output" test ! -s "$out"
done
run -j 3 -f jsonl --no-timings --order=completion samples
is "$(sort "$out" | sha256sum)" "$(sort wanted | sha256sum)" \
    "--order=completion: the same records"

# A record for each page.
cp samples/bad-page.pdf three.pdf
cp samples/bad-garbage.pdf none.pdf
run -f jsonl --records=page three.pdf none.pdf samples/good-no-text.pdf
records=$out
is "$(jq -c '[.path, .page, .pages_total, .status, .error.kind, .without_text]' "$out" | tr '\n' ' ')" \
    '["three.pdf",1,3,"ok",null,null] ["three.pdf",2,3,"ok",null,null] ["three.pdf",3,3,"failed","damaged",null] ["none.pdf",null,0,"failed","unknown",null] ["samples/good-no-text.pdf",1,2,"ok",null,true] ["samples/good-no-text.pdf",2,2,"ok",null,true] ' \
    "pages, and the document that has none"
"$EXTRACT" three.pdf samples/good-no-text.pdf >text 2>/dev/null
jq -j 'select(.page) | .text, "\f"' "$out" >joined
same_file joined text "their texts are those of text output"
run -f jsonl --records=page --pages=2- samples/good-forty-pages.pdf
is "$(jq -s -c '[length, .[0].page, .[-1].page]' "$out")" '[39,2,40]' "--pages"

# Paths that are not UTF-8, and a text that is none.
odd=$'\xff\xe9.txt'
printf 'caf\xe9\n' >"$odd"
run -f jsonl "$odd"
exits 0
is "$(jq -r .path_base64 "$out" | base64 -d)" "$odd" "the bytes of such a path"
is "$(jq -r .path "$out")" "��.txt" "and a readable form"
nok "is UTF-8" grep -qavx '.*' "$out"
nok "others have no path_base64" grep -q path_base64 wanted

# Hashes, of what is no document too.
run -f jsonl --hash -o hashed.jsonl samples none.pdf
is "$(jq -s 'all(has("sha256"))' hashed.jsonl)" true "--hash: everything has one"
jq -r '"\(.sha256)  \(.path)"' hashed.jsonl >sums
ok "which is the right one" sha256sum --quiet -c sums
run -f jsonl --hash --records=page -o hashed.jsonl three.pdf
is "$(jq -r .sha256 hashed.jsonl | uniq)" "$(sha256sum <three.pdf | cut -d' ' -f1)" \
    "and in records of pages"
head -c 3000000 /dev/zero | tr '\0' 'x' >long.txt
run --hash --stats=stats.json long.txt
is "$(jq -r '.results[0].sha256' stats.json)" "$(sha256sum <long.txt | cut -d' ' -f1)" \
    "--hash with --stats, of more than a block"

# Files.
printf 'notes of mine\n' >notes
run -f jsonl -o notes three.pdf
exits 3 "a file that is none of records"
stderr_line 'extract: notes is no file of records and is left alone'
is "$(cat notes)" "notes of mine" "is left alone"
printf '{"path":"a","note":"of mine"}\n{"path":2}\n' >mine.jsonl
cp mine.jsonl mine
run -f jsonl --resume -o mine.jsonl three.pdf
exits 3 "one that no run has written is not gone on with"
stderr_line 'extract: mine\.jsonl is of no run that could be gone on with, .*'
run -f jsonl -o mine.jsonl three.pdf
exits 3 "nor is one of somebody else's with paths begun anew"
same_file mine.jsonl mine "but left alone"
run -f jsonl -o old.jsonl three.pdf
cp old.jsonl before
run -f jsonl -o old.jsonl old.jsonl
exits 2 "an input that is the output too"
same_file old.jsonl before "is not touched"
run -f jsonl --resume --records=page -o old.jsonl three.pdf
exits 3 "a file has records of one kind"
stderr_line 'extract: old\.jsonl has records of documents; .*'
run -f jsonl --no-timings -o old.jsonl none.pdf
is "$(jq -r .path old.jsonl)" none.pdf "one of records is replaced"
is "$(stat -c %a old.jsonl)" 644 "with the usual rights"
run -f jsonl -o none/such.jsonl three.pdf
exits 3 "a file in no directory"
stderr_line 'extract: cannot .* none/such.jsonl: .*'
run -f jsonl -o samples three.pdf
exits 2 "a directory"
(umask 027; "$EXTRACT" -f jsonl -o mask.jsonl three.pdf 2>/dev/null)
is "$(stat -c %a mask.jsonl)" 640 "a new file follows the umask"

printf '{"name":"mine"}\n' >mine.json
run -f jsonl -o mine.json three.pdf
exits 3 "JSON that is none of records"
is "$(cat mine.json)" '{"name":"mine"}' "is left alone, too"
printf 'notes\n' >notes.jsonl.manifest
run -f jsonl -o notes.jsonl three.pdf
exits 3 "a manifest that is none"
is "$(cat notes.jsonl.manifest)" notes "is left alone"

# In a directory that is walked.
mkdir walked
cp three.pdf walked
: >walked/out.jsonl.manifest
: >walked/out.jsonl.manifest-wal
: >walked/out.jsonl.manifest-state-new
: >walked/other.jsonl.manifest
for output in walked/out.jsonl "$PWD/walked/../walked/out.jsonl"; do
    run -f jsonl -o "$output" walked
    is "$(jq -r .path "$output" | tr '\n' ' ')" \
        'walked/other.jsonl.manifest walked/three.pdf ' \
        "the output and what belongs to it are no inputs"
done
(cd walked && "$EXTRACT" -f jsonl -o out.jsonl . 2>/dev/null)
is "$(jq -r .path walked/out.jsonl | tr '\n' ' ')" \
    './other.jsonl.manifest ./three.pdf ' "also in the working directory"

# A later run goes on behind what is there: the same bytes as in one go.
run -f jsonl --no-timings --type=pdf,text -o whole.jsonl samples
mkdir halves
run -f jsonl --no-timings --type=pdf,text -o halves/out.jsonl samples/bad-* samples/escapes.txt
# As if it had been killed.
sqlite3 halves/out.jsonl.manifest 'UPDATE runs SET finished = NULL'
printf '{"path":"half' >>halves/out.jsonl
run -f jsonl --no-timings --type=pdf,text -o halves/out.jsonl --resume samples
same_file halves/out.jsonl whole.jsonl "--resume: no record twice, none torn"
run -f jsonl --no-timings --type=pdf,text -o halves/out.jsonl --resume samples
same_file halves/out.jsonl whole.jsonl "and none when nothing is left to do"
rm whole.jsonl

# Nowhere to write to.
if [ -w /dev/full ]; then
    status=0
    "$EXTRACT" -f jsonl --stats=full.json samples >/dev/full 2>"$err" || status=$?
    exits 3 "standard output is full"
    is "$(grep -c 'No space' "$err")" 1 "said once"
    is "$(jq '[.results[] | select(.status == "ok")] | length' full.json)" 0 \
        "no document is reported as written"
fi
status=0
"$EXTRACT" -f jsonl samples 2>"$err" | head -n 1 >"$out"
ok "a reader that leaves early gets whole records" jq -e . "$out"
stderr_lacks Broken

# A disk that fills up: whole records, and those that are reported.
mkdir disk
if [ "$(id -u)" -eq 0 ] && mount -t tmpfs -o size=1m tmpfs disk 2>/dev/null; then
    trap 'umount "$work/disk" 2>/dev/null; tidy' EXIT
    head -c 150000 long.txt >part.txt
    run -f jsonl -o disk/out.jsonl --stats=disk.json part.txt part.txt part.txt \
        part.txt part.txt part.txt part.txt part.txt part.txt part.txt
    exits 3 "disk full"
    stderr_line 'extract: cannot write to disk/out.jsonl: No space left on device'
    ok "whole records only" jq -e . disk/out.jsonl
    is "$(wc -l <disk/out.jsonl)" "$(jq .documents.ok disk.json)" \
        "one for each document that is reported as written"
    ok "there are some" test -s disk/out.jsonl
    umount disk
else
    skip "disk full" "cannot mount a small file system"
fi

# guards: the guards of $work, as processes. They hold none but the file.
guards() {
    local each found=
    for each in /proc/[0-9]*; do
        [ "$(readlink "$each/fd/3" 2>/dev/null)" = "$work/killed.jsonl" ] &&
            tr '\0' ' ' <"$each/cmdline" 2>/dev/null | grep -q -- --guard &&
            found="$found ${each#/proc/}"
    done
    [ -n "$found" ] && echo "$found"
}
is_guarded() {
    guards
}
no_guard() {
    ! guards
}
has_records() {
    [ "$(wc -l <killed.jsonl)" -ge "$1" ]
}

# A run that dies amid a record, which is put there by hand.
mkfifo list
exec 3<>list
setsid env "$EXTRACT" -f jsonl -T list -o killed.jsonl 3>&- >"$out" 2>"$err" &
pid=$!
echo three.pdf >&3
wait_until has_records 1
wait_until is_guarded
cp killed.jsonl whole.jsonl
printf '{"path":"half' >>killed.jsonl
kill -KILL -- "-$pid"
wait "$pid" 2>/dev/null
exec 3>&-
ok "a killed run: its guard ends" wait_until no_guard
same_file killed.jsonl whole.jsonl "and has left whole lines"

# The next one waits for the guard, and a second one at the same time does not
# get the file.
exec 3<>list
start -f jsonl -T list -o killed.jsonl 3>&-
wait_until is_guarded
status=0
"$EXTRACT" -f jsonl -o killed.jsonl three.pdf >"$scratch/second" 2>&1 || status=$?
exits 3 "a second run into the same file"
ok "says why" grep -q 'killed.jsonl' "$scratch/second"
is "$(processes 1 "$pid" | wc -l)" 1 "the guard is a child of the run"
echo three.pdf >&3
wait_until has_records 1
# Without its guard a run ends as ever, and the guard does not stay a zombie.
# shellcheck disable=SC2046
kill -KILL $(guards)
kill -INT "$pid"
wait_run
exec 3>&-
is "$status" 130 "a run whose guard was killed ends in order"
ok "with its records" jq -e . killed.jsonl
nok "no guard stays" guards

# Killed at any moment amid large records.
yes 'A line with "quotes" of a long text.' | head -n 100000 >big.txt
mkdir big
for i in $(seq 40); do
    ln big.txt "big/$i.txt"
done
for moment in 1 2 3 4 5 6 7 8 9 10; do
    rm -f killed.jsonl
    start -f jsonl -j 2 -o killed.jsonl --isolation=none big
    wait_until has_records $((moment / 2))
    sleep "0.0$((moment * 7 % 10))"
    kill -KILL "$pid"
    wait_run
    wait_until no_guard
    if [ -s killed.jsonl ]; then
        is "$(tail -c 1 killed.jsonl | od -An -tx1)" " 0a" "killed: whole lines"
    fi
done
ok "and all of them are records" jq -e '.text | length > 3000000' killed.jsonl
run -f jsonl -o killed.jsonl big
exits 0 "another run replaces them"
is "$(wc -l <killed.jsonl)" 40 "with all records"

run --guard
exits 2 "--guard is not for users"

finish
