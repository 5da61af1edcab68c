#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# bookmarks.sh - a PDF's bookmarks in records and databases, and outlines that
# are made to hurt.
. "${srcdir:-.}/tests/cli/lib.sh"

file=$corpus/good-bookmarks.pdf
wanted='[["Title page",1,1],["Über die Fähre",2,1],["By name",3,2],["On the web",null,2],["Nowhere",null,1]]'
short='.bookmarks | map([.title, .page, .depth])'

run -f jsonl "$file"
exits 0
is "$(jq -c "$short" "$out")" "$wanted" "records have them, in their order"
for how in --isolation=none "--split-pages=1 -j 2" --pages=3; do
    # shellcheck disable=SC2086 # words
    run -f jsonl $how "$file"
    is "$(jq -c "$short" "$out")" "$wanted" "$how: the same"
done
run -f jsonl "$corpus/good-simple.pdf"
is "$(jq 'has("bookmarks")' "$out")" false "a document without has none"
run -f jsonl --records=page "$file"
is "$(jq -s 'map(has("bookmarks")) | any' "$out")" false "pages have none"

run -o tree --stats=stats.json "$file"
is "$(jq -c ".results[0] | $short" stats.json)" "$wanted" "statistics have them"
for i in 1 2; do
    run -f sqlite -o out.db "$file"
    is "$(python3 - <<'END'
import json, sqlite3
print(json.dumps(sqlite3.connect("out.db").execute(
    "SELECT title, page, depth FROM bookmarks ORDER BY position").fetchall(),
    separators=(",", ":"), ensure_ascii=False))
END
)" "$wanted" "a database has them, run $i"
done

# make NAME CODE: a PDF of one page whose objects from 4 on are what CODE makes.
make() {
    python3 - "$@" <<'END'
import sys
name, code = sys.argv[1:]
objects = [b"<</Type/Catalog/Pages 2 0 R/Outlines 4 0 R>>",
           b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
           b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>"]
exec(code)
data, at = b"%PDF-1.4\n", []
for number, body in enumerate(objects, 1):
    at.append(len(data))
    data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
xref = len(data)
data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(at) + 1)
data += b"".join(b"%010d 00000 n \n" % offset for offset in at)
data += b"trailer<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF\n" % (len(at) + 1, xref)
open(name, "wb").write(data)
END
}

make circle.pdf 'objects += [b"<</First 5 0 R/Last 6 0 R>>",
    b"<</Title(a)/Next 6 0 R/First 5 0 R/Last 6 0 R/Dest[3 0 R/Fit]>>",
    b"<</Title(b)/Next 5 0 R/First 4 0 R/Last 5 0 R>>"]'
make many.pdf 'objects += [b"<</First 5 0 R/Last 20004 0 R>>"]
objects += [b"<</Title(number %d)/Next %d 0 R/Dest[3 0 R/Fit]>>" % (i, i + 1)
            for i in range(5, 20005)]'
make long.pdf 'objects += [b"<</First 5 0 R/Last 1004 0 R>>"]
objects += [b"<</Title(%s)/Next %d 0 R>>" % (b"x" * 5000, i + 1)
            for i in range(5, 1005)]'
make deep.pdf 'objects += [b"<</First 5 0 R/Last 5 0 R>>"]
objects += [b"<</Title(level)/First %d 0 R/Last %d 0 R>>" % (i + 1, i + 1)
            for i in range(5, 1005)]'
make blank.pdf 'objects += [b"<</First 5 0 R/Last 6 0 R>>",
    b"<</Title( )/Next 6 0 R>>", b"<</Dest[7 0 R/Fit]/Title(\xff\0\n)>>", b"null"]'
run -f jsonl --page-timeout=20 ./*.pdf
exits 0
# of FILE FILTER WANTED
of() {
    is "$(jq -c "select(.path == \"./$1\") | $2" "$out")" "$3" "$1: $2"
}
of circle.pdf '.bookmarks | length <= 8192 and (map(.depth) | max) <= 64' true
of many.pdf '.bookmarks | [length, .[-1].title, .[-1].page]' '[8192,"number 8196",1]'
of long.pdf '.bookmarks | [length, (map(.title | length) | max)]' '[512,1024]'
of deep.pdf '.bookmarks | [length, .[-1].depth]' '[64,64]'
of blank.pdf '.status' '"ok"'

finish
