#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# ooxml.sh - Word, PowerPoint and Excel by the real program: metadata, kinds,
# the same bytes whoever reads, and damaged packages.
. "${srcdir:-.}/tests/cli/lib.sh"

word=$corpus/good-word.docx slides=$corpus/good-slides.pptx
sheets=$corpus/good-sheets.xlsx

run -f jsonl "$word" "$slides" "$sheets"
exits 0 "three packages"
open=application/vnd.openxmlformats-officedocument
is "$(jq -r .type "$out" | tr '\n' ' ')" "$open.wordprocessingml.document \
$open.presentationml.presentation $open.spreadsheetml.sheet " "their types"
is "$(jq -r '.metadata | "\(.title) \(.author) \(.subject) \(.keywords) \(.created) \(.modified)"' \
    "$out" | sort -u)" \
    "The harbour Ada Pilot Boats gull, tide 2024-03-01T12:00:00Z 2024-03-02T08:30:00Z" \
    "their metadata"

run "$word" "$slides" "$sheets"
cp "$out" want
run -j 3 --split-pages=1 "$word" "$slides" "$sheets"
same_file want "$out" "the same text by three jobs"
run -j 1 --isolation=none "$word" "$slides" "$sheets"
same_file want "$out" "and without isolation"
run --pages=2 "$sheets"
is "$(head -n 1 "$out")" Hidden "one sheet alone"

head -c 1500 "$word" >cut.docx
run cut.docx
exits 1 "a package without its end"
ok "says so" grep -q "^extract: cut.docx: " "$err"
run -f jsonl cut.docx
is "$(jq -r .error.kind "$out")" truncated "as truncated"

run -f jsonl "$corpus/bad-encrypted.docx"
is "$(jq -r '"\(.status) \(.error.kind)"' "$out")" "failed encrypted" "encrypted as a whole"

# A part that is missing costs that part.
python3 - "$slides" "$word" <<'END'
import sys, zipfile
def without(source, target, name):
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for item in old.infolist():
            if item.filename != name:
                new.writestr(item, old.read(item))
without(sys.argv[1], "slide.pptx", "ppt/slides/slide1.xml")
without(sys.argv[2], "types.docx", "[Content_Types].xml")
without(sys.argv[2], "styles.docx", "word/styles.xml")
END
run slide.pptx
exits 1 "a slide is missing"
ok "the other one is there" grep -q "What to say" "$out"
ok "and its page is named" grep -q "page 2" "$err"
run styles.docx
exits 0 "no styles"
ok "but text" grep -q "Put in. Seen." "$out"

finish
