#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# search.sh - `extract search`: what is found and in which order, words that look
# like syntax, and databases that are none, are damaged or cannot be written beside.
. "${srcdir:-.}/tests/cli/lib.sh"

mkdir docs
printf 'The heron stands.\nA heron, a heron.\n' >docs/many.txt
printf 'One heron stands in the reeds, and nothing else is said of it here.\n' >docs/one.txt
printf 'Reeds stand in the bay. Caf\303\251 "Heron" \001\033[31m closed.\n' >docs/odd.md
printf 'stands the heron not\n' >$'docs/b\xffd.txt'
run -f sqlite -o corpus.db docs
exits 0 "a database is made"
cp corpus.db pristine.db

run search corpus.db heron
exits 0
quiet
is "$(wc -l <"$out")" 4 "all pages with the word"
is "$(head -n 1 "$out")" \
    'docs/many.txt:1: The heron stands. A heron, a heron.' "the best is first, on one line"
ok "a path is escaped" grep -qF "\$'docs/b\\xffd.txt':1: " "$out"
ok "controls are escaped" grep -qF '\x1b[31m' "$out"
nok "no control reaches a terminal" grep -q $'[\001\033]' "$out"
run search corpus.db HERON -n 1
is "$(wc -l <"$out")" 1 "-n bounds them, case does not count"
run search corpus.db heron reeds bay
is "$(cut -d: -f1 "$out")" docs/odd.md "all words have to be there"
run search corpus.db 'heron reeds bay'
is "$(cut -d: -f1 "$out")" docs/odd.md "in one argument too"
run search corpus.db '"heron stands"'
is "$(cut -d: -f1 "$out" | sort | tr '\n' ' ')" 'docs/many.txt docs/one.txt ' "a phrase"
run search corpus.db '"heron' 'stands'
is "$(wc -l <"$out")" 2 "a phrase that is not closed"
run search corpus.db 'stan*' 'ree*'
is "$(wc -l <"$out")" 2 "beginnings"
run search corpus.db cafe
is "$(wc -l <"$out")" 1 "without diacritics"
run search --path='*.md' corpus.db heron
is "$(cut -d: -f1 "$out")" docs/odd.md "--path"
run search --query corpus.db 'heron NOT reeds'
is "$(wc -l <"$out")" 2 "--query is FTS5's own syntax"
run search --query corpus.db 'heron AND ('
exits 2 "its errors are usage"
stderr_has 'syntax error'
run search corpus.db pelican
exits 1 "nothing is found"
quiet
nok "and nothing is printed" test -s "$out"

run search --color=always corpus.db reeds heron bay
ok "hits are bold when asked for" grep -qF $'\033[1;31mReeds\033[m' "$out"
if command -v script >/dev/null; then
    TERM=xterm script -qec "'$EXTRACT' search corpus.db bay" /dev/null >"$out" </dev/null
    ok "and on a terminal" grep -qF $'\033[1;31mbay\033[m' "$out"
    NO_COLOR=1 TERM=xterm script -qec "'$EXTRACT' search corpus.db bay" /dev/null \
        >"$out" </dev/null
    nok "not with NO_COLOR" grep -qF $'\033' "$out"
else
    skip "and on a terminal" "no script"
    skip "not with NO_COLOR" "no script"
fi

if command -v jq >/dev/null; then
    run search --json corpus.db heron
    exits 0
    is "$(jq -r '[.path, .page, .title] | @json' "$out" | head -n 1)" \
        '["docs/many.txt",1,null]' "--json"
    is "$(jq -s 'map(.rank) == (map(.rank) | sort)' "$out")" true "by rank"
    is "$(head -n 1 "$out" | jq -r '.snippet[.hits[0].start:.hits[0].end]')" heron \
        "hits are where they are said to be"
    is "$(jq -r '.path_base64 // empty' "$out" | base64 -d)" $'docs/b\xffd.txt' \
        "exact bytes of a path"
else
    skip "--json" "no jq"
fi

# Whatever is typed is looked for.
hostile=('"' '""' '*' '"*' '"a" *' 'a"b' "a'b" 'AND' 'OR' 'NOT' 'NEAR(a b)' 'a AND' '(' ')'
    'text:x' '-x' '^a' '+' 'a + b' '{a}' 'a:b:c' '\' '%s%n' ';--' $'a\nb' $'\xff\xfe' $'\xc3'
    $'\ud800' $'\001' '"a"b"c' '***' 'a**' '" "' "'; DROP TABLE pages" '{text}:x' 'é*' '日本')
for word in "${hostile[@]}"; do
    run search corpus.db -- "$word"
    ok "'$(printf %q "$word")' is no wrong syntax" test "$status" -le 1 -o \
        "$(grep -c 'no WORD with a letter' "$err")" = 1
done
run search corpus.db heron '-' '!!' -- '*'
exits 0 "what no index holds is left out"
# shellcheck disable=SC2046
run search corpus.db $(seq 500)
exits 1 "500 words"
# shellcheck disable=SC2046
run search corpus.db $(seq 501)
exits 2 "and no more"
run search corpus.db "$(head -c 100000 /dev/zero | tr '\0' a)"
exits 1 "a long word"

for usage in '' corpus.db '--limit=0 corpus.db x' '--limit=x corpus.db x' '--nonsense' \
    '--color=pink corpus.db x' '-Z' '--json=1 corpus.db x' '-n'; do
    # shellcheck disable=SC2086
    run search $usage
    exits 2 "search $usage: wrong usage"
    stderr_has "Try 'extract search --help'" "search $usage: a hint"
done
run search --help
exits 0
nok "no line of the help has more than 79 columns" grep -qE '.{80}' "$out"

printf 'abc xy 日本語の文章\n' >tri.txt
run -f sqlite --fts=trigram -o tri.db tri.txt
run search tri.db 本語の
exits 0 "three letters within a text without spaces"
run search tri.db abc xy
exits 0 "two letters are looked for in the text, beside the index"
stdout_is 'tri.txt:1: abc xy 日本語の文章\n'
run search tri.db abc xz
exits 1 "and must be there"
run search tri.db 文章
stdout_is 'tri.txt:1: abc xy 日本語の文章\n' "or in its place"
run search --color=always tri.db XY 本語
stdout_is 'tri.txt:1: abc \033[1;31mxy\033[m 日本語の文章\n' "in any case of letters"
seq -s ' ' 1000 1100 >far.txt
printf 'ñ 語語 ñ ' >>far.txt
seq -s ' ' 2000 2100 >>far.txt
run -f sqlite -o tri.db far.txt
run search tri.db 語語
stdout_is 'far.txt:1: …1095 1096 1097 1098 1099 1100 ñ 語語 ñ 2000 2001 2002 2003 2004 2005…\n' \
    "with what is around it"

run -f sqlite -o words.db tri.txt
run search words.db 本語の
exits 1 "an index of words does not find a part of a text without spaces"
stderr_has '--fts=trigram' "and what does is told"
run search words.db xyz
quiet "which is not told of what has spaces"

# A page in several rows is shown once.
cp corpus.db parts.db
sqlite3 parts.db "INSERT INTO pages(document, page, part, text)
    SELECT document, page, 1, 'egret ' || text FROM pages WHERE text LIKE '%One heron%';
    INSERT INTO pages(document, page, part, text)
    SELECT document, page, 2, 'egret' FROM pages WHERE text LIKE 'egret%'" 2>/dev/null &&
    {
        run search parts.db egret
        is "$(wc -l <"$out")" 1 "a page in several rows is shown once"
    }

# What is no database of ours.
run -o tree docs/one.txt
run search tree heron
exits 3 "a manifest holds no text"
stderr_has 'holds no text'
run search missing.db heron
exits 3 "a database that is not there"
stderr_line 'extract: missing\.db: No such file or directory'
head -c 5000 /dev/urandom >garbage.db
run search garbage.db heron
exits 3 "garbage"
mkfifo pipe.db
run search pipe.db heron
exits 3 "a pipe"
sqlite3 other.db 'CREATE TABLE t(a)' 2>/dev/null && {
    run search other.db heron
    exits 3 "somebody else's database"
    stderr_has 'of another program'
    sqlite3 view.db "PRAGMA application_id = $((0x78747263)); PRAGMA user_version = 1;
        CREATE TABLE pages(id, document, page, text); CREATE TABLE search(text, rank);
        CREATE VIEW documents AS SELECT 1 AS id, 'x' AS path, '' AS title"
    run search view.db heron
    exits 3 "one that only looks like ours"
}
for seed in 1 2 3 4 5 6 7 8 9 10 11 12; do
    damage_database "$seed" pristine.db damaged.db
    run search damaged.db heron stands
    ok "damage $seed is told or not met" test "$status" -le 1 -o "$status" -eq 3
done

# Nothing is left behind, and nothing has to be written.
same_file corpus.db pristine.db "the database is as it was"
is "$(echo corpus.db*)" corpus.db "nothing lies beside it"
if can_drop_rights; then
    mkdir dead
    cp corpus.db dead/
    # os._exit: as if it had been killed.
    python3 - <<'END'
import os, sqlite3
c = sqlite3.connect("dead/corpus.db")
c.execute("PRAGMA wal_autocheckpoint = 0")
c.execute("INSERT INTO pages(document, page, text) VALUES(1, 9, 'stork')")
c.commit()
os._exit(0)
END
    run_unprivileged search corpus.db heron
    exits 0 "in a directory that cannot be written"
    ls dead >"$scratch/before"
    run_unprivileged search dead/corpus.db stork
    exits 0 "with the log of one that was killed"
    rm dead/corpus.db-shm
    run_unprivileged search dead/corpus.db stork
    exits 0 "and without its shared memory"
    run search dead/corpus.db stork
    exits 0 "also where it could be made"
    is "$(cd dead && echo *)" 'corpus.db corpus.db-wal' "which is not done"
    chmod 000 corpus.db
    run_unprivileged search corpus.db heron
    exits 3 "a database that cannot be read"
    chmod 644 corpus.db
else
    skip "in a directory that cannot be written" "rights cannot be dropped"
fi
if [ -w /dev/full ]; then
    status=0
    "$EXTRACT" search corpus.db heron >/dev/full 2>"$err" || status=$?
    exits 3 "a full disk is told"
fi

printf 'a document\n' >search
run ./search
exits 0 "a file of that name is named with its directory"
stdout_is 'a document\n\f'

finish
