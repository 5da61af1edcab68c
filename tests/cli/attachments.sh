#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# attachments.sh - files that a PDF has embedded: a portfolio, and one that hangs
# on a page. Documents of their own with --attachments, else a number.
. "${srcdir:-.}/tests/cli/lib.sh"

python3 - "$corpus" <<'END'
import pathlib, sys
corpus = pathlib.Path(sys.argv[1])
objects = []
def add(body, stream=None):
    if stream is not None:
        body = body[:-2] + b"/Length %d>>\nstream\n" % len(stream) + stream + b"\nendstream"
    objects.append(body)
    return len(objects)
add(b"")
add(b"<</Type/Pages/Kids[3 0 R]/Count 1>>")
add(b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 99]/Contents 4 0 R/Annots[6 0 R]"
    b"/Resources<</Font<</F 5 0 R>>>>>>")
add(b"<<>>", b"BT /F 9 Tf 9 50 Td(This portfolio needs a newer reader.)Tj ET")
add(b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>")
add(b"<</Type/Annot/Subtype/FileAttachment/Rect[0 0 9 9]/FS 7 0 R>>")
def file(name, data):
    return add(b"<</Type/Filespec/F(%s)/EF<</F %d 0 R>>>>" % (name, len(objects) + 2),
               None), add(b"<</Type/EmbeddedFile>>", data)
pin = file(b"pin.txt", b"on a page\n")[0]
one = file(b"one.txt", b"first file\n")[0]
two = file(b"two.pdf", (corpus / "good-simple.pdf").read_bytes())[0]
bad = file(b"../../bad.txt", b"last file\n")[0]
assert pin == 7
names = b"[(a) %d 0 R (b) %d 0 R (c) %d 0 R]" % (one, two, bad)
objects[0] = (b"<</Type/Catalog/Pages 2 0 R/Collection<</View/D/D(one.txt)>>"
              b"/Names<</EmbeddedFiles<</Names %s>>>>>>" % names)
data, at = b"%PDF-1.7\n", []
for number, body in enumerate(objects, 1):
    at.append(len(data))
    data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
xref = len(data)
data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(at) + 1)
data += b"".join(b"%010d 00000 n \n" % offset for offset in at)
data += b"trailer<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF\n" % (len(at) + 1, xref)
open("p.pdf", "wb").write(data)
END

cover='This portfolio needs a newer reader.\n\f'
run -v p.pdf
exits 0
stdout_is "$cover" "without --attachments its cover page"
stderr_has "p.pdf: embedded files: 3, and those on pages (see --attachments)" "and a word about the rest"
run -f jsonl p.pdf
is "$(jq -c '[.status, .metadata.attachments]' "$out")" '["ok","3"]' "and in its record"

run -f jsonl -v --attachments p.pdf
exits 0
stderr_lacks "see --attachments" "with it there is no such word"
is "$(jq -r .path "$out" | LC_ALL=C sort)" 'p.pdf
p.pdf!/../../bad.txt
p.pdf!/one.txt
p.pdf!/pin.txt
p.pdf!/two.pdf' "with it each is a document"
is "$(jq -r 'select(.path == "p.pdf!/two.pdf") | .pages' "$out")" 3 "a PDF of three pages"
is "$(jq -r 'select(.path == "p.pdf!/one.txt") | .text' "$out" | tr -d '\f')" "first file" \
    "a text"
cp "$out" with
run -o tree --attachments p.pdf
ok "no name leads out of the tree" test -z "$(find . -name 'bad.txt*' -not -path './tree/*')"
run -f jsonl -v --attachments --isolation=none --no-timings p.pdf
is "$(jq -c '[.path, .text]' "$out")" "$(jq -c '[.path, .text]' with)" "in one process too"

finish
