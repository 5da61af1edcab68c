#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# annotations.sh - --annotations adds what stands in a PDF's notes, and nothing else.
. "${srcdir:-.}/tests/cli/lib.sh"

run "$corpus/good-form.pdf"
cp "$out" without
exits 0
run --annotations "$corpus/good-form.pdf"
exits 0
cp "$out" with
is "$(diff without with | grep '^[<>]')" "$(printf '> \n> a note that is closed')" \
    "a note follows the text of its page, after a blank line"
is "$(grep -c 'Checked on board' with)" 1 "one that is shown on the page comes once"
run --annotations --isolation=none "$corpus/good-form.pdf"
same_file "$out" with "in one process too"
run --annotations --layout=raw "$corpus/good-form.pdf"
ok "in raw order too" grep -qx 'a note that is closed' "$out"
run --annotations "$corpus/good-simple.pdf"
cp "$out" simple
run "$corpus/good-simple.pdf"
same_file "$out" simple "a document without notes is as ever"

# Somebody's name, line ends, what is hidden, and a link.
python3 - <<'END'
def obj(number, body):
    return b"%d 0 obj\n%s\nendobj\n" % (number, body)

notes = [b"/Subtype /Text /T (Ada) /Contents (first\\rsecond)",
         b"/Subtype /Highlight /QuadPoints [0 0 9 0 0 9 9 9] /Contents (marked)",
         b"/Subtype /Text /F 2 /Contents (hidden)",
         b"/Subtype /Text /T (Bob) /Contents ()",
         b"/Subtype /Link /Contents (a link)"]
objects = [obj(1, b"<</Type/Catalog/Pages 2 0 R>>"),
           obj(2, b"<</Type/Pages/Kids[3 0 R]/Count 1>>"),
           obj(3, b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Annots[%s]>>"
               % b" ".join(b"%d 0 R" % (4 + i) for i in range(len(notes))))]
objects += [obj(4 + i, b"<</Type/Annot/Rect[0 0 9 9]%s>>" % note)
            for i, note in enumerate(notes)]
data, at = b"%PDF-1.4\n", []
for one in objects:
    at.append(len(data))
    data += one
xref = len(data)
data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(at) + 1)
data += b"".join(b"%010d 00000 n \n" % offset for offset in at)
data += b"trailer<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF\n" % (len(at) + 1, xref)
open("notes.pdf", "wb").write(data)
END
run --annotations notes.pdf
exits 0
stdout_is 'Ada: first\nsecond\nmarked\n\f' "a page with nothing but notes"
run -f jsonl --annotations notes.pdf
is "$(jq -r .text "$out")" "$(printf 'Ada: first\nsecond\nmarked\n\f')" "in records too"
run -o tree notes.pdf
run -o tree --annotations --resume -v notes.pdf
stderr_lacks "unchanged" "another option gives another text"

finish
