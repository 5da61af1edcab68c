#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# embedded.sh - documents in documents of Office, new and old: whole files,
# packages, other programs' documents; broken ones cost themselves.
. "${srcdir:-.}/tests/cli/lib.sh"

python3 - "$srcdir/scripts" <<'END'
import struct
import sys
import zlib
sys.dont_write_bytecode = True
sys.path.insert(0, sys.argv[1])
from corpus import epub, oldoffice as office, ooxml
from corpus.compound import compound, summary

note = compound({"\1Ole10Native": office.package("note.txt", b"A packed note.\n")})
book = compound({"Workbook": office.excel_stream()})
plain = compound({"CONTENTS": b"Whole contents.\n"})
foreign = compound({"\1Ole10Native": struct.pack("<I", 12) + b"BM of pixels"})
nothing = compound({"\1Ole": bytes(20)})
inner = ooxml.word(body=ooxml.paragraph("An inner document"))


def holding(make, folder, parts):
    kept = epub.packed
    epub.packed = lambda tree: kept({**tree, **{folder + n: d for n, d in parts.items()}})
    try:
        return make()
    finally:
        epub.packed = kept


parts = {"oleObject1.bin": note, "oleObject2.bin": book, "oleObject3.bin": plain,
         "oleObject4.bin": foreign, "oleObject5.bin": nothing,
         "Microsoft_Word1.docx": inner}
open("a.docx", "wb").write(holding(ooxml.word, "word/embeddings/", parts))
open("a.pptx", "wb").write(holding(ooxml.slides, "ppt/embeddings/", parts))
open("a.xlsx", "wb").write(holding(ooxml.sheets, "xl/embeddings/", parts))
open("cut.docx", "wb").write(holding(ooxml.word, "word/embeddings/", {
    "oleObject1.bin": note[:700], "broken.docx": inner[:300], "note.txt": b"Sound.\n"}))


def listed(kind, number, target):
    atom = office.atom(0xfc3, struct.pack("<IIIIII", 1, kind, number, 0, target, 0), 1)
    return office.container(0xfcc, office.atom(0xfcd, bytes(8)), atom)


def show(objects):
    """A presentation without slides that holds OBJECTS: (instance, bytes)."""
    links = [listed(0, i + 1, i + 2) for i in range(len(objects))]
    links.append(listed(1, 90, 2))   # a link
    links.append(listed(0, 91, 900)) # not there
    document = office.container(0x3e8, office.container(
        0x409, office.atom(0x40a, bytes(4)), *links))
    stream, places = b"", []
    for data in [document] + [office.atom(0x1011, d, i) for i, d in objects]:
        places.append(len(stream))
        stream += data
    directory = len(stream)
    stream += office.atom(0x1772, struct.pack(f"<{len(places) + 1}I",
                                              len(places) << 20 | 1, *places))
    edit = len(stream)
    stream += office.atom(0xff5, struct.pack("<IIIIIIHH", 0, 0, 0, directory, 1, 5, 0, 0))
    user = office.atom(0xff6, struct.pack("<IIIHHBBH", 20, 0xe391c05f, edit, 0, 0x3f4, 3,
                                          0, 0))
    return compound({"PowerPoint Document": stream, "Current User": user})


def deflated(data, size=None):
    return struct.pack("<I", len(data) if size is None else size) + zlib.compress(data)


open("a.ppt", "wb").write(show([(0, note), (1, deflated(book)), (1, deflated(plain))]))
open("lies.ppt", "wb").write(show([
    (1, deflated(note, 0xffffffff)), (1, deflated(note, 100)), (1, b"\1"), (0, b"")]))
END

expected="oleObject3
Microsoft_Word1.docx
note.txt
oleObject2.xls"
for kind in docx pptx xlsx; do
    run -f jsonl a.$kind
    exits 0 "a $kind with documents in it"
    is "$(jq -r .path "$out" | sed -n "s/^a.$kind!.//p" | LC_ALL=C sort)" \
        "$(LC_ALL=C sort <<<"$expected")" "each is a document, others are not"
    is "$(jq -r '[.path, .text] | join("=")' "$out" | grep -o 'note.txt=.*')" \
        "note.txt=A packed note." "a file in an object"
    is "$(jq -r 'select(.path | endswith("1.docx")) | .text' "$out" \
        | grep -c "^An inner document$")" 1 "a document that is a file"
    run --archives=no -f jsonl a.$kind
    is "$(jq -r .path "$out")" "a.$kind" "none when they are not wanted"
done

run -f jsonl a.ppt
exits 0 "a presentation with documents in it"
is "$(jq -r '[.path, .type] | join(" ")' "$out")" "a.ppt!/note.txt text/plain
a.ppt!/object2.xls application/vnd.ms-excel
a.ppt!/object3 text/plain
a.ppt application/vnd.ms-powerpoint" "plain ones, and deflated ones"
run -j 3 --isolation=none -f jsonl a.ppt
cp "$out" one
run -j 1 -f jsonl a.ppt
is "$(jq -c '[.path, .text]' "$out")" "$(jq -c '[.path, .text]' one)" \
    "the same without isolation"

run -f jsonl cut.docx
exits 1 "broken documents in a document"
is "$(jq -r '[.path, .status] | join(" ")' "$out" | grep -v '!/.*!/' | LC_ALL=C sort)" \
    "cut.docx ok
cut.docx!/broken.docx partial
cut.docx!/note.txt ok
cut.docx!/oleObject1.bin skipped" "cost themselves"
run -f jsonl lies.ppt
exits 1 "objects whose sizes lie"
is "$(jq -r 'select(.path == "lies.ppt") | .status' "$out")" "ok" "cost themselves"

finish
