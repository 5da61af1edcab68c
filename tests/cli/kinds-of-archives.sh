#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# kinds-of-archives.sh - each kind of archive by its content, whatever it is named;
# locked, cut, damaged and odd ones give what there is, and say what there is not.
. "${srcdir:-.}/tests/cli/lib.sh"

command -v python3 >/dev/null || skip_all "no python3"
python3 "$srcdir/tests/faults/archives.py" ||
    { echo "Bail out! tests/faults/archives.py"; exit 99; }

paths() { jq -r '.path' "$out"; }
statuses() { jq -r '.path + " " + .status' "$out"; }
# has_two FILE TYPE: both of the usual members, whatever its name says.
has_two() {
    cp "$1" nameless
    run -f jsonl nameless
    exits 0 "$1"
    is "$(jq -r 'select(.path == "nameless") | .type' "$out")" "$2" "$1: its type"
    is "$(jq -r 'select(.path != "nameless") | .path, .text' "$out" | tr -d '\f\n')" \
        "nameless!/one.txtthe first wordnameless!/dir/two.txtthe second word" \
        "$1: both members"
}

has_two rar4.rar application/vnd.rar
has_two rar5.rar application/vnd.rar
has_two stored.cab application/vnd.ms-cab-compressed
has_two mszip.cab application/vnd.ms-cab-compressed
has_two lha.lzh application/x-lzh-compressed
has_two stub.exe application/zip
has_two stub.sh application/zip
has_two junk.zip application/zip
has_two junk.tar application/x-tar

# has_wrong FILE: what stands in the first member is not what was put there.
has_wrong() {
    run -f jsonl "$1"
    exits 1 "$1"
    is "$(jq -r 'select(.path | test("!")) | .status + (.error.kind // "")' "$out" |
        tr '\n' ' ')" 'partialdamaged ok ' "$1: a wrong checksum makes it partial"
    is "$(jq -r 'select(.path | test("one")) | .text' "$out" | tr -d '\f')" \
        'the worst word' "$1: its words are kept"
}
for archive in sum.zip sum.lha; do
    has_wrong "$archive"
done

if command -v bsdtar >/dev/null; then
    mkdir -p t/dir
    echo "the first word" >t/one.txt
    echo "the second word" >t/dir/two.txt
    while read -r format type; do
        bsdtar --format "$format" -cf made -C t one.txt dir 2>/dev/null || continue
        has_two made "$type"
    done <<'LIST'
7zip application/x-7z-compressed
iso9660 application/x-iso9660-image
xar application/x-xar
cpio application/x-cpio
newc application/x-cpio
bin application/x-cpio
ustar application/x-tar
pax application/x-tar
gnutar application/x-tar
v7tar application/x-tar
zip application/zip
LIST
    while read -r filter type; do
        bsdtar "--$filter" -cf made -C t one.txt dir 2>/dev/null || continue
        has_two made "$type"
        bsdtar "--$filter" --format raw -cf made -C t one.txt
        run -f jsonl made
        is "$(statuses | tr '\n' ' ')" 'made!/made ok made ok ' "$filter: one file"
    done <<'LIST'
gzip application/gzip
bzip2 application/x-bzip2
xz application/x-xz
zstd application/zstd
lz4 application/x-lz4
lzip application/x-lzip
lzma application/x-lzma
compress application/x-compress
LIST
    if bsdtar --format 7zip --options 7zip:compression=store -cf made -C t one.txt dir \
        2>/dev/null; then
        LC_ALL=C sed 's/the first/the worst/' made >sum.7z
        has_wrong sum.7z
    fi
    for how in zipcrypt aes128 aes256; do
        bsdtar --format zip --options "zip:encryption=$how" --passphrase secret \
            -cf locked.zip -C t one.txt dir 2>/dev/null || continue
        run -f jsonl locked.zip
        is "$(jq -r '.error.kind // .status' "$out" | tr '\n' ' ')" \
            'encrypted encrypted ok ' "$how: without a password"
        run --password=secret locked.zip
        exits 0 "$how: with the password"
    done
else
    skip "what bsdtar writes" "no bsdtar"
fi

for archive in partly.zip partly.rar; do
    run -f jsonl "$archive"
    exits 1
    is "$(statuses | sort | tr '\n' ' ')" \
        "$archive ok $archive!/locked.txt failed $archive!/open.txt ok $archive!/z.txt ok " \
        "$archive: what is not locked is kept"
    is "$(jq -r 'select(.status == "failed") | .error.kind' "$out")" encrypted \
        "$archive: what is locked is named"
done
run --password=secret partly.zip
exits 0
printf 'open words\n\fsecret words\n\flast words\n\f' >wanted
same_file "$out" wanted "a password opens it"
run -f jsonl headers.rar
is "$(jq -r .error.kind "$out")" encrypted "names that are locked too"

for archive in part4.rar part5.rar; do
    run -f jsonl "$archive"
    exits 1
    stderr_has "a part of an archive" "$archive"
    is "$(paths | wc -l)" 3 "$archive: what is there is kept"
done

run -f jsonl cp437.zip cp866.zip cp1251.zip cp932.zip gbk.zip cp949.zip utf-8.zip
exits 0
paths | grep '!' | LC_ALL=C sort >got
LC_ALL=C sort names >wanted
same_file got wanted "names in the character sets of many countries"
run -f jsonl latin.tar
is "$(paths | grep '!')" 'latin.tar!/Übung.txt' "and in a tape archive"

run -j3 -o tree odd.zip odd.tar
exits 1
is "$(grep -c . "$err")" 2 "the name that is too long, and one that comes twice"
is "$(find tree -name '*.txt' -type f ! -path '*/.extract/*' | wc -l)" 9 "odd names"
is "$(find . -name 'y*' -o -name 'up*' -o -name 'z*.txt' | grep -vc '^./tree/')" 0 \
    "nothing is outside"

run -f jsonl cut.tar.gz cut.zip
exits 1
statuses >got
printf '%s\n' 'cut.tar.gz partial' 'cut.tar.gz!/0.txt ok' 'cut.tar.gz!/1.txt ok' \
    'cut.tar.gz!/2.txt partial' 'cut.zip partial' 'cut.zip!/0.txt ok' \
    'cut.zip!/1.txt ok' 'cut.zip!/2.txt partial' | LC_ALL=C sort >wanted
LC_ALL=C sort got >sorted
same_file sorted wanted "what stands before a cut is kept"
for archive in cut4.rar cut5.rar; do
    run -f jsonl "$archive"
    is "$(statuses | grep -c 'ok$')" 2 "$archive: two are whole"
    is "$(jq -r "select(.path == \"$archive\") | .status" "$out")" partial "$archive"
done
run -f jsonl flip.tar.gz
exits 1
is "$(statuses | sort | tr '\n' ' ')" \
    'flip.tar.gz partial flip.tar.gz!/0.txt ok flip.tar.gz!/1.txt ok flip.tar.gz!/2.txt ok flip.tar.gz!/4.txt ok ' \
    "a header that is damaged costs its member, and is told"
run -f jsonl cut.txt.gz wrong.txt.gz
exits 1
is "$(jq -r 'select(.path | test("!")) | .status' "$out" | sort | uniq -c | tr -s ' ')" \
    ' 2 partial' "a file that is cut, or has a wrong checksum, is partial"
ok "and has its words" test "$(jq -r .text "$out" | wc -w)" -gt 3500
run junk.gz twice.gz
exits 0
printf 'before junk\n\fonce\ntwice\n\f' >wanted
same_file "$out" wanted "padding, and two in one"

run whole.txt.gz
exits 0
cp "$out" wanted
for ending in gz bz2 xz lzma lz zst lz4; do
    run -f jsonl "empty.$ending"
    is "$(jq -r '.path + " " + (.error.kind // .status)' "$out" | tr '\n' ' ')" \
        "empty.$ending!/empty empty empty.$ending ok " "$ending: of nothing"
    run "whole.txt.$ending"
    same_file "$out" wanted "$ending: the same words"
    run -f jsonl "cut.txt.$ending"
    exits 1
    is "$(statuses | tr '\n' ' ')" \
        "cut.txt.$ending!/cut.txt partial cut.txt.$ending partial " "$ending: it is cut"
    jq -rj 'select(.path | test("!")) | .text' "$out" | head -c -2 >got
    ok "$ending: what stands before the cut is kept" test "$(wc -c <got)" -gt 76000
    ok "$ending: and nothing else" cmp -s -n "$(wc -c <got)" got wanted
done
for file in legacy.txt.lz4 skip.txt.zst skip.txt.lz4; do
    run "$file"
    exits 0 "$file"
    same_file "$out" wanted "$file: the same words"
done
head -c 30000 legacy.txt.lz4 >cut.lz4
run -f jsonl cut.lz4
is "$(statuses | tr '\n' ' ')" 'cut.lz4!/cut partial cut.lz4 partial ' "a legacy one, cut"
ok "within a block" test "$(jq -r .text "$out" | wc -c)" -gt 29000
run -f jsonl body.lz bad.txt.gz
exits 1
is "$(statuses | tr '\n' ' ')" 'body.lz failed bad.txt.gz failed ' \
    "what cannot be decoded is no member of itself"
run -f jsonl in.zip.gz
is "$(paths | tr '\n' ' ')" \
    'in.zip.gz!/in.zip!/one.txt in.zip.gz!/in.zip!/dir/two.txt in.zip.gz!/in.zip in.zip.gz ' \
    "what is compressed may be an archive, or a document that is one"

printf 'Rar!\32\7\0no archive at all, and a member of itself\n' >no.rar
run -f jsonl no.rar
is "$(statuses)" 'no.rar failed' "what is no archive is no member of itself"
finish
