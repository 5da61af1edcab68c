#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# sqlite.sh - a corpus in a database: its rows, its index, and who else uses it.
. "${srcdir:-.}/tests/cli/lib.sh"

python3 -c 'import sqlite3
sqlite3.connect(":memory:").execute("CREATE VIRTUAL TABLE t USING fts5(x)")' \
    2>/dev/null || skip_all "python3 has no SQLite with FTS5"

# sql DATABASE STATEMENT [HOLD]: prints rows, as Python writes values; HOLD: seconds
# for which the transaction stays open.
sql() {
    python3 -c 'import sqlite3, sys, time
db = sqlite3.connect(sys.argv[1], isolation_level=None)
if len(sys.argv) > 3:
    db.execute("BEGIN IMMEDIATE")
for row in db.execute(sys.argv[2]):
    print("|".join(v if isinstance(v, str) else repr(v) for v in row))
if len(sys.argv) > 3:
    print("held", flush=True)
    time.sleep(float(sys.argv[3]))
    db.execute("COMMIT")' "$@"
}

# rows DATABASE: all that does not depend on when a run was.
rows() {
    sql "$1" 'SELECT path, output, type, format, tier, bytes, mtime_ns, status, error,
        reason, pages, pages_total, pages_failed, pages_without_text, garbled, title,
        author, language, created, engine, text_bytes FROM documents ORDER BY path'
    sql "$1" 'SELECT path, page, part, text FROM pages p JOIN documents d
        ON d.id = document ORDER BY path, page, part'
    sql "$1" 'SELECT path, first, last, e.error, e.reason FROM page_errors e
        JOIN documents d ON d.id = document ORDER BY path, first'
    sql "$1" 'SELECT path, position, key, value FROM metadata
        JOIN documents d ON d.id = document ORDER BY path, position'
}

# sound DATABASE DESCRIPTION
sound() {
    is "$(sql "$1" 'PRAGMA integrity_check')" ok "$2: the database is sound"
    is "$(sql "$1" "INSERT INTO search(search, rank) VALUES('integrity-check', 1)" 2>&1)" \
        "" "$2: the index too"
    is "$(sql "$1" 'PRAGMA foreign_key_check')" "" "$2: nothing is left over"
    is "$(sql "$1" "SELECT path FROM documents d WHERE status IN ('ok', 'partial') AND
        pages != (SELECT count(DISTINCT page) FROM pages WHERE document = d.id)")" "" \
        "$2: all documents are whole"
}

mkdir in
cp "$corpus"/good-* "$corpus"/bad-* in
drop_holders in
rm in/bad-bomb.epub in/good-size-lie.epub
gen --big in --pages 400
count=$(find in -type f | wc -l)

run -f sqlite -j 2 -o out.db in
exits 1
is "$(printf '%s ' out.db*)" "out.db " "one file, and nothing beside it"
sound out.db "a first run"
is "$(sql out.db 'SELECT count(*) FROM documents')" "$count" "a row for each document"
is "$(sql out.db "SELECT type, format, status, pages, title FROM documents
    WHERE path = 'in/good-metadata.pdf'")" \
    "application/pdf|pdf|ok|1|Über die Fähre – 渡し船" "what it is and became"
is "$(sql out.db "SELECT status, error FROM documents WHERE path = 'in/bad-png.pdf'")" \
    "skipped|unsupported" "what is skipped"
is "$(sql out.db "SELECT status, first, last FROM documents d JOIN page_errors
    ON document = d.id WHERE path = 'in/bad-page.pdf'")" "partial|3|3" "pages that failed"
is "$(sql out.db 'SELECT count(*), documents, exit_status FROM runs')" "1|$count|1" "the run"
# Text output ends each page with a form feed.
"$EXTRACT" in/good-forty-pages.pdf >wanted
python3 -c 'import sqlite3, sys
for text, in sqlite3.connect("out.db").execute("SELECT text FROM pages p JOIN documents d"
        " ON d.id = document WHERE path = ? ORDER BY page, part", sys.argv[1:]):
    sys.stdout.write(text + "\f")' in/good-forty-pages.pdf >joined
same_file joined wanted "the text is that of text output"

# The index.
printf 'Crème brûlée in der Straße\n' >in/words.txt
run -f sqlite -o out.db --resume in
found='SELECT path, page FROM search JOIN pages p ON p.id = search.rowid
    JOIN documents d ON d.id = p.document WHERE search MATCH'
is "$(sql out.db "$found 'creme brulee'")" "in/words.txt|1" "words without their accents"
is "$(sql out.db "$found 'rème'")" "" "no parts of words"
is "$(sql out.db "SELECT snippet(search, 0, '[', ']', '...', 4) FROM search
    WHERE search MATCH 'brûlée' ORDER BY rank")" "Crème [brûlée] in der..." "a snippet"

# What is done again takes its own place.
rows out.db >before
run -f sqlite -o out.db in
sound out.db "done again"
rows out.db >after
same_file after before "a second run leaves the same rows"
is "$(sql out.db 'SELECT count(*) FROM documents')" $((count + 1)) "no row twice"
printf 'Apfelkuchen\n' >in/words.txt
run -f sqlite -o out.db in/words.txt
exits 0
sound out.db "one document of them"
is "$(sql out.db "$found 'brulee'")" "" "its words are gone"
is "$(sql out.db "$found 'apfelkuchen'")" "in/words.txt|1" "and others in their place"
rows out.db | grep -v in/words.txt >after
grep -v in/words.txt before >others
same_file after others "all others stay as they were"
cp "$corpus/bad-garbage.pdf" in/big-400.pdf
run -f sqlite -o out.db in/big-400.pdf
sound out.db "a document that fails now"
is "$(sql out.db "SELECT status, (SELECT count(*) FROM pages WHERE document = d.id)
    FROM documents d WHERE path = 'in/big-400.pdf'")" "failed|0" "has no pages any more"
run -f sqlite -o twice.db in/words.txt in/words.txt
is "$(sql twice.db 'SELECT count(*), (SELECT count(*) FROM pages) FROM documents')" "1|1" \
    "a path that is given twice"

gen --big in --pages 400
rm in/words.txt
rows_of_first=
for jobs in 1 2 3 8; do
    for options in "" "--isolation=none" "--split-pages=7"; do
        rm -f jobs.db
        # shellcheck disable=SC2086 # options are words
        run -f sqlite -j "$jobs" $options -o jobs.db in
        rows jobs.db | cksum >sum
        rows_of_first=${rows_of_first:-$(cat sum)}
        is "$(cat sum)" "$rows_of_first" "-j $jobs $options: the same rows"
    done
done

# Text without spaces.
printf '今天天气很好，我们去公园散步。\n' >chinese.txt
run -f sqlite --fts=trigram -o chinese.db chinese.txt
exits 0
is "$(sql chinese.db "$found '去公园'")" "chinese.txt|1" "--fts=trigram finds parts"
run -f sqlite -o words.db chinese.txt
is "$(sql words.db "$found '去公园'")" "" "words do not"
run -f sqlite -o chinese.db chinese.txt
is "$(sql chinese.db "$found '去公园'")" "chinese.txt|1" "an index stays what it is"

# Names.
name=$(printf 'caf\351.txt')
printf 'coffee\n' >"$name"
run -f sqlite -o names.db "$name"
exits 0
is "$(sql names.db 'SELECT typeof(path), hex(path) FROM documents')" \
    "blob|636166E92E747874" "a path that is not UTF-8 is a BLOB"
run -f sqlite --resume -o names.db "$name"
is "$(sql names.db 'SELECT count(*), max(run) FROM documents')" "1|1" "and is known again"
mkdir walked
cp in/good-utf8.txt walked
run -f sqlite -o walked/out.db walked
run -f sqlite -o walked/out.db walked
exits 0
is "$(sql walked/out.db 'SELECT path FROM documents')" walked/good-utf8.txt \
    "the database is no input of itself"

# What is not ours.
sql foreign.db 'CREATE TABLE t(x)'
cp foreign.db kept
printf 'no database\n' >text.db
for file in foreign text; do
    run -f sqlite -o "$file.db" in/good-utf8.txt
    exits 3 "$file.db is not ours"
    is "$(wc -l <"$err")" 1 "$file.db: one message"
done
same_file foreign.db kept "a foreign database stays as it is"
is "$(cat text.db)" "no database" "and a file that is none"
run -o tree in/good-utf8.txt
run -f sqlite -o tree/.extract/manifest.db in/good-utf8.txt
exits 3 "a manifest is no corpus"
cp names.db later.db
sql later.db 'PRAGMA user_version = 99'
run -f sqlite -o later.db in/good-utf8.txt
exits 3 "a database of a later version"
stderr_has 'another version'

# Somebody else writes for two seconds.
run -f sqlite -o busy.db chinese.txt
sql busy.db 'SELECT 1' 2 >held &
holder=$!
wait_until grep -q held held
begin=$EPOCHREALTIME
run -f sqlite -o busy.db in/good-utf8.txt
exits 0 "a locked database is waited for"
end=$EPOCHREALTIME
wait "$holder"
ok "as long as it takes" test $((${end/./} - ${begin/./})) -gt 500000
is "$(sql busy.db 'SELECT count(*) FROM documents')" 2 "and all is written"
# A reader is in nobody's way.
python3 -c 'import sqlite3, time
db = sqlite3.connect("busy.db", isolation_level=None)
db.execute("BEGIN")
print(db.execute("SELECT count(*) FROM documents").fetchall(), flush=True)
time.sleep(60)' >reading &
reader=$!
wait_until test -s reading
run -f sqlite -o busy.db in/good-latin1.txt
exits 0 "a reader is not waited for"
kill "$reader"
wait "$reader" 2>/dev/null
is "$(sql busy.db 'SELECT count(*) FROM documents')" 3 "nor in the way"

# Use.
for wrong in "-f sqlite in" "--fts=trigram in" "--fts=letters -f sqlite -o x.db in" \
    "-f sqlite --records=page -o x.db in"; do
    # shellcheck disable=SC2086
    run $wrong
    exits 2 "usage: $wrong"
done
nok "usage errors make nothing" test -e x.db

printf 'words\n' >words.txt
run -f sqlite -o kinds.db words.txt
run -f sqlite --fts=trigram -o kinds.db words.txt
exits 3 "another kind of index than the one that is there"
stderr_line 'extract: .*kinds\.db is there, and indexed by words.*'

# What a file may not be larger than is told as such.
seq 1 200000 >long.txt
(ulimit -f 1000; exec "$EXTRACT" -f sqlite -o limited.db long.txt) >"$out" 2>"$err"
status=$?
exits 3 "a limit for files: exit status is 3"
stderr_line 'extract: cannot use database limited\.db: File too large'
if can_drop_rights; then
    mkdir -m 555 closed
    run_unprivileged -f sqlite -o closed/c.db long.txt
    exits 3
    stderr_has 'cannot make a lock beside closed/c.db: Permission denied' \
        "a folder that cannot be written to is told as such"
    chmod 755 closed
else
    skip "a folder without rights" "cannot drop rights"
fi

finish
