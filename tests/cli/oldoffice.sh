#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# oldoffice.sh - documents of Word, Excel, PowerPoint and Outlook before 2007:
# types by content, metadata, the same text whoever reads it, and broken files.
. "${srcdir:-.}/tests/cli/lib.sh"

good=("$corpus"/good-word.doc "$corpus"/good-excel.xls
    "$corpus"/good-powerpoint.ppt "$corpus"/good-outlook.msg)

# What they are called does not matter.
for file in "${good[@]}"; do
    cp "$file" "plain-${file##*.}"
done
run --archives=no -f jsonl plain-*
exits 0 "four documents without extensions"
is "$(jq -r '[.path, .type, .pages] | join(" ")' "$out")" \
    "plain-doc application/msword 1
plain-msg application/vnd.ms-outlook 1
plain-ppt application/vnd.ms-powerpoint 2
plain-xls application/vnd.ms-excel 2" "types and pages by content"
is "$(jq -r '.metadata | [.title, .author, .created] | join("|")' "$out")" \
    "Of harbours|Ann Author|2024-03-01T12:00:00Z
Of harbours|Ann Author <ann@example.org>|2024-03-01T12:00:00Z
Slides|Ann Author|2024-03-01T12:00:00Z
Depths|Ann Author|2024-03-01T12:00:00Z" "what they say of themselves"

# RTF and HTML are named .doc, tables .xls.
printf '{\\rtf1 rich}' >rich.doc
printf '<html><body>web</body></html>' >web.doc
run -f jsonl rich.doc web.doc
is "$(jq -r .type "$out" | grep -c msword)" 0 "other content named .doc is no DOC"

# The same bytes from one worker, from three, from none.
run -j 1 "${good[@]}"
cp "$out" one
run -j 3 "${good[@]}"
same_file "$out" one "the same from three lanes"
run -j 3 --isolation=none "${good[@]}"
same_file "$out" one "the same without isolation"
run --pages=2 "$corpus/good-excel.xls"
is "$(tr -d '\f' <"$out" | tail -n 1)" "on a hidden sheet" "a sheet alone"

# A directory in the middle of a large file, of which neither end is enough.
python3 - "$srcdir/scripts" >count <<'END'
import struct
import sys
sys.dont_write_bytecode = True
sys.path.insert(0, sys.argv[1])
from corpus import oldoffice as office
from corpus.compound import compound
from corpus import tnef
def listed(at):
    return (office.begin(5) + office.record(
        0x85, struct.pack("<IBB", at, 0, 0) + office.short("S", 1)) + office.END)
sheet = (office.begin(0x10)
         + office.cell(0x204, 0, 0, 0, office.short("deep inside")) + office.END)
file = compound({"Aaa": bytes(600000), "Workbook": listed(len(listed(0))) + sheet})
# Sectors behind the directory that no chain has.
open("large", "wb").write(file + bytes(200 * 1024))
# Excel 4 has no container.
bare = (office.record(0x409, struct.pack("<HHH", 0, 0x10, 0))
        + office.cell(0x204, 0, 0, 0, struct.pack("<H", 4) + b"bare")
        + office.cell(0x203, 0, 1, 0, struct.pack("<d", 2.5)) + office.END)
open("bare", "wb").write(bare)
# Word 6: no pieces, a byte for each character, in the code page of its language;
# a page of properties that hides a word.
text = "Тихое\r спрятано море\r".encode("cp1251")
word = bytearray(0x400) + text
word += bytes(-len(word) % 512)
struct.pack_into("<HHHH", word, 0, 0xa5dc, 101, 0, 0x419)
struct.pack_into("<II", word, 0x18, 0x400, 0x400 + len(text))
struct.pack_into("<I", word, 0x34, len(text))
page = office.property_page([(0x400, 0x406, b""), (0x406, 0x40f, bytes([2, 92, 1])),
                             (0x40f, 0x400 + len(text), b"")], 1)
struct.pack_into("<II", word, 0xb8, len(word) + 512, 10)
number = len(word) // 512
word += page + struct.pack("<IIH", 0x400, 0x400 + len(text), number)
# A message whose body is RTF alone, that wraps nothing.
for name, rtf in (("rich", tnef.RTF), ("cut", tnef.RTF[:-1]),
                  ("plain", rb"{\rtf1\ansi\fromtext one\par two  blanks\par}")):
    body = {0x1009: tnef.raw_rtf(rtf)}
    open(name + ".msg", "wb").write(compound(office.message("Rich", body)))
# What paragraphs look like, cut wherever it may be, or of more than there is.
whole = office.style((5, 0, office.look(1, 2), 1), (5, 9, office.look(1), 1))[8:]
more = whole.replace(b"\2\0" + bytes(8), b"\xff\xff" + bytes(8))
shapes = [office.container(0xf004, office.numberings(None, (5, 65535), size=size),
                           office.container(0xf00d, office.atom(0xf9f, b"\xff" * 4),
                                            office.chars("line\rnext"),
                                            office.atom(0xfa1, data)))
          for size, data in [(99, whole), (99, more)] + [
              (size, whole[:size]) for size in range(len(whole))]]
assert more != whole
print(len(shapes))
open("looks.ppt", "wb").write(office.powerpoint(shapes=shapes))
open("six.doc", "wb").write(compound({"WordDocument": bytes(word)}))
END
run large
exits 0 "a list of streams that neither end of the file shows"
is "$(tail -n 1 <(tr -d '\f' <"$out"))" "deep inside" "its text"
run bare
is "$(tr -d '\f' <"$out")" "bare	2.5" "a bare sheet of Excel 4"

run rich.msg
exits 0 "a message in RTF"
is "$(tr -d '\f' <"$out" | tail -n 7)" "Dear Bob, café

- a point

Port	Depth

The end" "its text, as RTF has it"
run cut.msg
exits 1 "RTF without its end"
is "$(tr -d '\f' <"$out" | tail -n 1)" "The end" "has the text that is there"
run plain.msg
is "$(tr -d '\f' <"$out" | tail -n 2)" "one
two  blanks" "plain text that RTF wraps"

run six.doc
is "$(tr -d '\f' <"$out")" "Тихое
 море" "a document of Word 6 in Russian"

run --pages=2 looks.ppt
exits 0 "paragraphs whose looks are broken"
count=$(<count)
is "$(grep -c 'next$' "$out") $(grep -c '65535) next' "$out")" "$count 1" "lose no text"

# Each broken file is one line, and no more.
for file in "${good[@]}"; do
    name=${file##*/}
    size=$(stat -c %s "$file")
    for part in 1 2 3; do
        head -c $((size * part / 4)) "$file" >"cut-$part-$name"
    done
done
run --archives=no -j 2 -f jsonl cut-*
exits 1 "files that are cut off"
is "$(wc -l <"$out")" 12 "a row for each"
is "$(jq -r .status "$out" | grep -c ok)" 0 "none of them is whole"

finish
