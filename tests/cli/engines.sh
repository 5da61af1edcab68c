#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# engines.sh - --pdf-engine: native by itself, and with poppler behind it.
. "${srcdir:-.}/tests/cli/lib.sh"

# A page for native, one that it declines, and one with a note.
cat >three.pdf <<'PDF'
%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R 4 0 R 5 0 R]/Count 3/MediaBox[0 0 300 100]
/Resources<</Font<</F 6 0 R>>>>>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/Contents 7 0 R>>endobj
4 0 obj<</Type/Page/Parent 2 0 R/Contents 8 0 R>>endobj
5 0 obj<</Type/Page/Parent 2 0 R/Contents 7 0 R/Annots[<</Type/Annot/Subtype/Text
/Rect[0 0 9 9]/Contents(a note)>>]>>endobj
6 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
7 0 obj<</Length 46>>stream
BT/F 12 Tf 20 50 Td(Six before the gulls)Tj ET
endstream endobj
8 0 obj<</Length 54>>stream
BT/F 12 Tf 20 50 Td(A new operator)Tj ET 1 2 wonderful
endstream endobj
trailer<</Root 1 0 R/Size 9>>
startxref
0
%%EOF
PDF

run --pdf-engine=native three.pdf
exits 1
stdout_is "Six before the gulls\n\f\fSix before the gulls\n\f" "what is declined is missing"
stderr_has "page 2: not for the engine native: unknown operators: wonderful"

run -v --pdf-engine=auto --stats=stats.json three.pdf
exits 0
mv "$out" auto
stderr_has "three.pdf: page 2: left to another PDF engine: unknown operators: wonderful"
is "$(jq -c .pdf_pages_declined stats.json)" '{"operator":1}' "it is counted"
run --pdf-engine=poppler --stats=stats.json three.pdf
exits 0
same_file "$out" auto "the engines give the same"
is "$(jq -c .pdf_pages_declined stats.json)" null "poppler declines nothing"

run --pdf-engine=native --annotations --pages=3 three.pdf
exits 0
stdout_is "Six before the gulls\n\na note\n\f" "notes come from poppler"

for layout in reading raw physical; do
    for sample in simple rotated unicode object-streams owner-password; do
        file=$corpus/good-$sample.pdf
        run --layout="$layout" --pdf-engine=native "$file"
        exits 0
        mv "$out" native
        run --layout="$layout" --pdf-engine=native -j3 --split-pages=1 \
            --isolation=none "$file"
        same_file "$out" native "$layout, $sample: in pieces, without workers"
        run --layout="$layout" --pdf-engine=auto "$file"
        same_file "$out" native "$layout, $sample: auto takes it"
    done
done

# Of a page that is declined the reading that has its letters, in the order of the content
# if both have; and any, when no other engine reads it.
sed 's/20 50 Td(A new/20 20 Td(below)Tj 0 50 Td(A new/; s|/Length 54||' three.pdf >order.pdf
run -v --layout=raw --pages=2 order.pdf
exits 0
stderr_has "page 2: left to another PDF engine: unknown operators"
mv "$out" auto
sed 's/1 2 wonderful//' order.pdf >known.pdf
run --layout=raw --pdf-engine=native --pages=2 known.pdf
exits 0
same_file "$out" auto "a declined page in the order of its content"
run --layout=raw --pdf-engine=poppler --pages=2 order.pdf
is "$(sort "$out")" "$(sort auto)" "with all that poppler has of it"
sed '/^2 0/s|/Pages|/Page_|; /^1 0/s|/Pages [0-9]*||' order.pdf >alone.pdf
run --pdf-engine=poppler alone.pdf
exits 1
run --layout=raw --pages=2 alone.pdf
exits 1
stderr_has "page 2: damaged: "
same_file "$out" auto "what poppler cannot open"

# Glyphs whose names mean nothing: no engine has their text, and the page says so.
sed 's|/Helvetica|&/Encoding<</Differences[65/g72/g69/g76/g79]>>|
     s/Six before the gulls/ABCCD/; s/Length 46/Length 31/' three.pdf >nameless.pdf
run --pages=1 nameless.pdf
exits 1
stderr_has "damaged: glyphs without meaning, whose text is lost"
sed 's/(ABCCD)/(It is ABCCD)/; s/Length 31/Length 37/' nameless.pdf >few.pdf
run -v --pages=1 few.pdf
exits 0
stderr_has "page 1: left to another PDF engine: glyphs without meaning"
sed 's/(ABCCD)/(It is ABCCDABCCD)/; s/Length 31/Length 42/' nameless.pdf >partly.pdf
run --pages=1 partly.pdf
exits 1
stdout_is "It is\n\f" "the others are kept"
stderr_has "page 1: damaged: glyphs without meaning, whose text is lost"

# Other headers, and none.
sed '1s/.*/%!PS-Adobe-3.0 PDF-1.4/' three.pdf >header.pdf
run --pdf-engine=native --pages=1 header.pdf
exits 0
stdout_is "Six before the gulls\n\f" "a header of PostScript"
sed 1d three.pdf >header.pdf
run --pdf-engine=native --pages=1 header.pdf
exits 0
stdout_is "Six before the gulls\n\f" "no header"
sed '1s/.*/%PTF-1.4\n%\xb5\xed/' three.pdf >header.pdf
run --pdf-engine=native --pages=1 header.pdf
exits 0
stdout_is "Six before the gulls\n\f" "a header with a letter wrong, and a comment"
sed '1a 10 0 obj<</Nothing/That/Is/Wanted/For/This>>endobj' three.pdf >begin.pdf
for lost in 1 40; do
    tail -c +$((lost + 1)) begin.pdf >header.pdf
    run --pages=3 header.pdf
    stdout_is "Six before the gulls\n\f" "$lost bytes of the beginning are lost"
    { printf '\0\1\2'; cat header.pdf; } >unnamed
    run --pages=3 unnamed
    stdout_is "Six before the gulls\n\f" "$lost bytes are lost, and the name"
    cp header.pdf header.txt
    run header.txt
    is "$(grep -c "gulls)Tj ET" "$out")" 1 "$lost bytes are lost: text by its name"
done
tail -c +40 begin.pdf | head -c -40 >header.pdf
run --pages=3 header.pdf
stdout_is "Six before the gulls\n\f" "both ends are lost"
sed '1s/.*/1 0 objection, your honour/' three.pdf | sed 's/startxref/the end/' >header.txt
run header.txt
is "$(grep -c "1 0 objection" "$out")" 1 "what only begins so is text"

# Keys of people, which no password stands for.
sed 's|^trailer<<|&/Encrypt<</Filter/Adobe.PubSec/SubFilter/adbe.pkcs7.s5/V 4>>|' \
    three.pdf >keyed.pdf
for engine in native poppler auto; do
    run --pdf-engine=$engine --password=any keyed.pdf
    exits 1
    stderr_has "encrypted by other means than a password"
done

# Letters of a title that are set apart, in words of any length.
for text in "THE END OF ALL" LION ON; do
    sed "s/20 50 Td(A new operator)Tj ET.*/2 Tc 20 50 Td($text)Tj ET/; s|/Length 54||" \
        three.pdf >apart.pdf
    for layout in reading raw; do
        run --pdf-engine=native --layout=$layout --pages=2 apart.pdf
        exits 0
        stdout_is "$text\n\f" "$layout: letters set apart"
    done
done

# Files have letters as they stand, from left to right; numbers are read so, too.
cat >rtl.pdf <<'PDF'
%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 300 100]
/Resources<</Font<</F 4 0 R>>>>>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/Contents 5 0 R>>endobj
4 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding<</Differences
[65/uni0627/uni0628/uni062A/uni0661/uni0662/uni0663]>>>>endobj
5 0 obj<</Length 38>>stream
BT/F 12 Tf 20 50 Td(DEF CBA D)Tj ET
endstream endobj
trailer<</Root 1 0 R/Size 6>>
startxref
0
%%EOF
PDF
run --layout=raw --pdf-engine=native rtl.pdf
exits 0
stdout_is "١ ابت ١٢٣\n\f" "numbers among letters from the right"
sed 's|uni0627/uni0628/uni062A|uniFE11/uniFE41/uniFE42|; s/DEF CBA D/ABCBA CBA/' \
    rtl.pdf >vertical.pdf
run --layout=raw --pdf-engine=native vertical.pdf
exits 0
stdout_is "︑﹁﹂﹁︑ ﹂﹁︑\n\f" "forms of vertical writing are not from the right"

# Letters below each other are lines, but in a line that runs down.
sed 's/Six.*ET/w)Tj 0 -13 Td(w)Tj 0 -13 Td(i)Tj ET/; s|/Length 46||' three.pdf >below.pdf
run --layout=raw --pdf-engine=native --pages=1 below.pdf
exits 0
stdout_is "w\nw\ni\n\f" "letters below each other"
sed 's/20 50 Td(Six.*ET/0 -1 1 0 20 90 Tm(Six gulls)Tj ET/; s|/Length 46||' three.pdf >down.pdf
run --layout=raw --pdf-engine=native --pages=1 down.pdf
exits 0
stdout_is "Six gulls\n\f" "a line that runs down"

# The same is said of a document, whoever reads it.
for engine in native poppler; do
    run -f jsonl --no-timings --pdf-engine=$engine "$corpus"/good-{metadata,bookmarks}.pdf
    exits 0
    jq -c 'del(.text, .text_bytes)' "$out" >said-$engine
done
same_file said-native said-poppler "metadata and bookmarks"

# Damage that loses text is told, and what can be read comes out all the same.
sed 's|/F 6 0 R|/F 66 0 R|' three.pdf >fontless.pdf
for layout in reading raw physical "reading --strip-headers"; do
    # The ways are words.
    # shellcheck disable=SC2086
    run --layout=$layout --pdf-engine=auto --pages=1,3 fontless.pdf
    exits 1
    stderr_has "page 1: damaged: a font is missing: its text may be wrong or lost"
    stderr_has "page 3: damaged: a font is missing: its text may be wrong or lost"
    stdout_is "Six before the gulls\n\fSix before the gulls\n\f" "$layout: its text is there"
done
run --pdf-engine=auto --pages=2 fontless.pdf
exits 1
stderr_has "damaged: a font is missing: its text may be wrong or lost"
sed '/^3 0 obj/s|7 0 R|77 0 R|' three.pdf >contentless.pdf
run --pdf-engine=auto contentless.pdf
exits 1
stderr_has "page 1: damaged: its content is damaged"
stdout_is "\fA new operator\n\fSix before the gulls\n\f" "other pages are whole"
sed '8,$s|/Length 46|&/Filter/FlateDecode|' three.pdf >cut.pdf
run --pdf-engine=auto cut.pdf
exits 1
stderr_has "page 1: damaged: its content is damaged"
stderr_has "page 3: damaged: its content is damaged"
# An array that does not end takes all that follows with it, for poppler.
sed '/^8 0/s|/Length 54||
s|wonderful|& [ BT 20 20 Td(With twenty and more letters of its own)Tj ET|' three.pdf >open.pdf
run --pages=2 open.pdf
exits 1
stdout_is "A new operator\nWith twenty and more letters of its own\n\f" "what one reader loses"
stderr_has "damaged: its content is damaged"
# What is too much for one engine is not left to another, to be busy with for long.
{
    sed -n '/^7 0/q; p' three.pdf | sed 's|/Resources<<|&/XObject<</A 10 0 R>>|'
    echo "7 0 obj<<>>stream"
    echo "BT/F 12 Tf 20 50 Td(Six before the gulls)Tj ET/A Do"
    echo "endstream endobj"
    for i in 10 11 12 13 14 15; do
        echo "$i 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 9 9]" \
            "/Resources<</XObject<</A $((i + 1)) 0 R>>>>>>stream"
        printf '/A Do %.0s' 1 2 3 4 5 6 7 8 9 10
        echo "endstream endobj"
    done
    echo "16 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 9 9]>>stream"
    echo "endstream endobj trailer<</Root 1 0 R>>"
} >fan.pdf
run --pages=1 --stats=stats.json fan.pdf
exits 1
stdout_is "Six before the gulls\n\f" "what came before is there"
stderr_has "damaged: there is more on it than is read"
run --pdf-engine=auto three.pdf
exits 0

# Pages for either engine, in more than one range, with a head that all have: the layout
# looks at the pages near one, which another engine may have read.
pages=90
{
    echo "%PDF-1.4"
    echo "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj"
    echo "2 0 obj<</Type/Pages/MediaBox[0 0 300 200]/Resources<</Font<</F 3 0 R>>>>"
    echo "/Count $pages/Kids["
    for ((i = 1; i <= pages; i++)); do echo "$((2 * i + 2)) 0 R"; done
    echo "]>>endobj 3 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj"
    for ((i = 1; i <= pages; i++)); do
        echo "$((2 * i + 2)) 0 obj<</Type/Page/Parent 2 0 R/Contents $((2 * i + 3)) 0 R>>endobj"
        echo "$((2 * i + 3)) 0 obj<<>>stream"
        echo "BT/F 9 Tf 20 180 Td(A running head, $i)Tj 0 -60 Td(Page $i of the gulls)Tj ET"
        case $((i % 7)) in
        0 | 1 | 2) echo "1 2 wonderful" ;; # an operator that nobody knows
        3) echo "(without an end" ;;
        esac
        echo "endstream endobj"
    done
    echo "trailer<</Root 1 0 R/Size $((2 * pages + 4))>>"
    echo "startxref 0 %%EOF"
} >mixed.pdf
run -v --pdf-engine=auto --split-pages=1 --pages=1-70 mixed.pdf
exits 0
stderr_has "mixed.pdf: pages 1-2: left to another PDF engine: unknown operators: wonderful"
stderr_has "mixed.pdf: page 3: left to another PDF engine: unknown operators"
stderr_has "mixed.pdf: pages 63-65: left to another PDF engine: unknown operators: wonderful"
stderr_lacks "mixed.pdf: page 4:"
run -v --pdf-engine=auto --pages=1,3,7,10,14,17,21,24,28,31,35,38,42,45,49,52,56,59,63,66,70,73,77 \
    mixed.pdf
stderr_has "mixed.pdf: more pages were left to another PDF engine: 3"
for layout in reading raw; do
    run --layout=$layout --pdf-engine=auto --stats=stats.json -j1 mixed.pdf
    exits 0
    mv "$out" expected
    is "$(tr -dc '\f' <expected | wc -c)" $pages "$layout: all pages are there"
    is "$(jq -c .pdf_pages_declined stats.json)" '{"operator":51}' "$layout: of both engines"
    for way in "-j2" "-j3" "-j8 --split-pages=1" "-j3 --split-pages=2" "-j2 --split-pages=7" \
        "-j2 --split-pages=1000" "-j1 --isolation=none" "-j3 --split-pages=5 --isolation=none"; do
        # The ways are words.
        # shellcheck disable=SC2086
        run --layout=$layout --pdf-engine=auto $way mixed.pdf
        same_file "$out" expected "$layout, $way: the same"
    done
done

finish
