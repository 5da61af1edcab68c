#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# web.sh - pages of the web, XML and texts with a grammar: the same bytes however
# they are run, metadata, types by name, and what is broken.
. "${srcdir:-.}/tests/cli/lib.sh"

files=("$corpus"/good-page.html "$corpus"/good-wide.html "$corpus"/good-page.xhtml
    "$corpus"/good-data.xml "$corpus"/good-book.fb2 "$corpus"/good-article.dbk
    "$corpus"/good-news.rss "$corpus"/good-word2003.xml "$corpus"/good-excel2003.xml
    "$corpus"/good-map.svg "$corpus"/good-table.csv "$corpus"/good-subtitles.srt
    "$corpus"/good-subtitles.vtt "$corpus"/bad-cut.xml)
run -j 1 "${files[@]}"
cp "$out" one
run -j 3 "${files[@]}"
same_file "$out" one "three lanes give the same"
run --isolation=none "${files[@]}"
same_file "$out" one "one process gives the same"

run -f jsonl "${files[@]}"
is "$(jq -r .type "$out" | tr '\n' ' ')" "text/html text/html application/xhtml+xml \
application/xml application/x-fictionbook+xml application/docbook+xml \
application/rss+xml application/vnd.ms-wordml application/vnd.ms-spreadsheetml image/svg+xml \
text/csv application/x-subrip text/vtt application/xml " "media types"
is "$(jq -c 'select(.path | endswith("good-page.html")) | .metadata' "$out")" \
    '{"title":"Häfen & Fähren","language":"de","author":"Ada Gull","subject":"Every ferry","keywords":"ferry, harbour","created":"2024-03-01","charset":"WINDOWS-1252"}' \
    "what a page says of itself"
is "$(jq -r 'select(.path | test("rss$|word2003")) | .metadata | "\(.title) \(.subject)"' "$out" |
    tr '\n' '|')" "Harbour news Ships & tides|Harbour null|" "what feeds and letters say of themselves"
is "$(jq -r 'select(.path | endswith(".fb2")) | .metadata | .title, .author, .language' "$out" |
    tr '\n' '|')" "The harbour|Ada Gull|en|" "what a FictionBook says of itself"

# A page without a head needs its name; a text named so stays one, in peace.
printf '<p>One</p><p>Two</p>\n' >piece.html
printf 'hello\n' >plain.xml
printf '<a><b>1</b><b>2</b></a>\n' >undeclared.xml
run -f jsonl piece.html plain.xml undeclared.xml
exits 0
is "$(jq -r '"\(.type) \(.text)"' "$out" | tr -d '\f' | tr '\n' '|')" \
    "text/html One||Two||text/plain hello||application/xml 1|2||" "types by name"

# The label is wrong: the text is UTF-8.
printf '<html><meta charset=windows-1252><p>Fähre Öl</html>' >lie.html
run lie.html
is "$(tr -d '\f' <"$out")" "Fähre Öl" "a charset that is not true"

# Entities within each other, and elements without an end.
{
    printf '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "%0100d">' 0
    for i in b c d e f g; do
        p=$(printf '%b' "\\x$(printf %x $(($(printf %d "'$i") - 1)))")
        printf '<!ENTITY %s "&%s;&%s;&%s;&%s;&%s;&%s;&%s;&%s;">' $i $p $p $p $p $p $p $p $p
    done
    printf ']><a>&g;</a>'
} >bomb.xml
{ printf '<html>'; yes '<div><b>x' | head -n 100000 | tr -d '\n'; } >deep.html
run bomb.xml
exits 1
ok "a bomb of entities stays as it is written" test "$(wc -c <"$out")" -lt 100
run deep.html
exits 0
is "$(tr -d '\n\f ' <"$out" | wc -c)" 100000 "nothing is lost in the depth"

# More than is held back before it goes out.
{ printf '<html><p>'; yes '<p>one two &amp; three' | head -n 50000; } >long.html
run long.html
is "$(grep -c '^one two & three$' "$out")" 50000 "a long page"
run --isolation=none -j 1 long.html
is "$(grep -c '^$' "$out")" 49999 "its blank lines"

# Composed, in each kind of lane, and as it is without the option.
printf 'Fa\xcc\x88hre\n' >apart.txt
printf '<p>Fa\xcc\x88hre</p></p>' >apart.html
for how in process none; do
    run --nfc --isolation=$how apart.txt apart.html
    is "$(tr -d '\f\n' <"$out")" "FähreFähre" "form C, isolation $how"
done
run apart.txt
is "$(tr -d '\f' <"$out" | wc -c)" 8 "no form C without --nfc"

# FictionBook as it is handed around: zipped, in a charset of its own; what is
# binary is out, notes come last.
python3 - <<'END'
import zipfile
book = """<?xml version="1.0" encoding="windows-1251"?>
<FictionBook xmlns="http://www.gribuser.ru/xml/fictionbook/2.0"><description><title-info>
<author><first-name>Анна</first-name></author><book-title>Паром</book-title>
<lang>ru</lang></title-info></description><body><section><title><p>Глава 1</p></title>
<p>Он идёт в шесть<a href="#n" type="note">1</a>.</p></section></body>
<body name="notes"><section id="n"><title><p>1</p></title><p>Утра.</p></section></body>
<binary id="i" content-type="image/png">iVBORw0KGgo=</binary></FictionBook>"""
with zipfile.ZipFile("book.fb2.zip", "w", zipfile.ZIP_DEFLATED) as z:
    z.writestr("book.fb2", book.encode("cp1251"))
END
run -f jsonl book.fb2.zip
exits 0
is "$(jq -c 'select(.path | endswith("!/book.fb2")) | [.type, .metadata.title,
    .metadata.author, .metadata.language, .metadata.charset, .text]' "$out")" \
    '["application/x-fictionbook+xml","Паром","Анна","ru","windows-1251","Глава 1\n\nОн идёт в шесть1.\n\n1\n\nУтра.\n\f"]' \
    "a zipped FictionBook"

finish
