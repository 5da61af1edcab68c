#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# layout.sh - --layout, --strip-headers, and what is said of pages without text.
. "${srcdir:-.}/tests/cli/lib.sh"

value() { jq -c "$1" stats.json; }

# The text of fields stands where the fields do.
run "$corpus/good-form.pdf"
ok "reading: a field beside its label" grep -qxE "Name:[[:blank:]]+Ada Byron" "$out"
run --layout=physical "$corpus/good-form.pdf"
ok "physical: a field beside its label" grep -qE "^ *Name: +Ada Byron$" "$out"
run --layout=raw "$corpus/good-form.pdf"
ok "raw: a field after the page's own text" grep -qx "Ada Byron" "$out"
stderr_lacks hidden
for layout in reading raw physical; do
    run --layout="$layout" "$corpus/good-form.pdf"
    nok "$layout: no hidden field, no password, no closed note" \
        grep -qE "hidden|password|closed" "$out"
    run --pdf-engine=poppler --layout="$layout" "$corpus/good-simple.pdf"
    mv "$out" named
    run --layout="$layout" "$corpus/good-simple.pdf"
    same_file "$out" named "$layout: poppler is the engine"
done

# Headers on left and right pages, a chapter's first page without one, a page
# number below, and a first line that two pages share by chance.
python3 - "$srcdir" <<'EOF'
import pathlib, sys
sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(sys.argv[1]) / "scripts"))
from corpus import pdf
document = pdf.Pdf()
for number in range(1, 13):
    name = chr(64 + number)
    body = [f"Body {name} alpha.", f"Body {name} omega."]
    if number in (3, 4):
        body.insert(0, "By chance the same.")
    content = pdf.lines_at(body, 72, 700)
    if number != 7:
        head, x = ("The Left Book", 72) if number % 2 else ("On the Right", 400)
        content += pdf.lines_at([f"{head} {number}"], x, 760)
    content += pdf.lines_at([str(number)], 300, 30)
    document.page(content)
document.plant()
pathlib.Path("book.pdf").write_bytes(document.render())
EOF
for number in $(seq 12); do
    case $number in 3 | 4) echo "By chance the same." ;; esac
    name=$(printf "\\x$(printf %x $((64 + number)))")
    printf 'Body %s alpha.\nBody %s omega.\n\f' "$name" "$name"
done | tr '\f' '\n' | sed '/^$/d' >wanted
run --strip-headers book.pdf
tr '\f' '\n' <"$out" | sed '/^$/d' | sed 's/\. /.\n/g' >got
same_file got wanted "headers and footers are left out, and nothing else"
cp "$out" whole
for options in "--split-pages=1" "--split-pages=5 -j 3" "--isolation=none -j 1"; do
    # shellcheck disable=SC2086 # several options
    run --strip-headers --tiers=tiny=1M/2,small=1M/3,medium=1M/4 $options book.pdf
    same_file "$out" whole "$options: the same text"
done
for page in 1 2 6 12; do
    run --strip-headers --pages="$page" book.pdf
    awk -v RS='\f' -v ORS='\f' -v page="$page" 'NR == page' whole >one
    same_file "$out" one "--pages=$page: what the page is in the whole"
done
run book.pdf
is "$(grep -c "The Left Book\|On the Right" "$out")" 11 "they stay by default"
run --layout=raw --strip-headers book.pdf
exits 2

# Rows that go on over pages are alike but for their numbers, and no headers.
python3 - "$srcdir" <<'EOF'
import pathlib, sys
sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(sys.argv[1]) / "scripts"))
from corpus import pdf
document = pdf.Pdf()
for number in range(5):
    rows = [f"Sample {number * 40 + i} {i}.3 mg 4{i}.6" for i in range(40)]
    document.page(pdf.lines_at(rows, 72, 760))
document.plant()
pathlib.Path("table.pdf").write_bytes(document.render())
EOF
run table.pdf
cp "$out" whole
run --strip-headers table.pdf
same_file "$out" whole "no row of a table is lost"
is "$(grep -o Sample "$out" | wc -l)" 200 "all of them"

# What is not an error.
run -v -o tree --stats=stats.json "$corpus/good-no-text.pdf" "$corpus/good-simple.pdf"
exits 0
stderr_line '.*: .*good-no-text.pdf: pages 1-2: no text \(a scan\?\)'
is "$(value .without_text)" '{"documents":1,"pages":2}' "counted"
is "$(value '.results[] | select(.pages_without_text) | .without_text')" \
    '[{"first":1,"last":2}]' "and which they are"
is "$(value .garbled)" '{"documents":0,"pages":0}' "none is garbled"
run -v --layout=raw "$corpus/good-no-text.pdf"
stderr_line '.*: .*good-no-text.pdf: pages 1-2: no text \(a scan\?\)'
run "$corpus/good-no-text.pdf"
quiet "said with -v alone"
printf '\n - \n' >rule.txt
run -v --stats=stats.json rule.txt
exits 0
stderr_line '.*: rule.txt: page 1: no text'
is "$(value .without_text.pages)" 1 "a text without a letter counts too"

finish
