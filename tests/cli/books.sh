#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# books.sh - Mobipocket, PalmDOC, DjVu, XPS, CHM and comics: the same bytes
# however they are extracted, and what they say of themselves.
. "${srcdir:-.}/tests/cli/lib.sh"

books=("$corpus"/{good,bad}-*.{mobi,azw3,pdb,djvu,xps,chm,cbz})

run -j 1 "${books[@]}"
cp "$out" wanted
for how in "-j 3" "--isolation=none" "-j 2 --split-pages=1"; do
    # shellcheck disable=SC2086 # words
    run $how "${books[@]}"
    same_file "$out" wanted "$how: the same bytes"
done

run -v "${books[@]}"
stderr_lacks "sandbox: " "the sandbox forbids nothing that they need"

# about FILE JQ WANTED: of its record.
about() {
    has_type "$1" || return 0
    run -f jsonl "$corpus/$1"
    is "$(jq -c "$2" "$out")" "$3" "$1: $2"
}
about good-spoken.epub \
    '[.status, .pages, .pages_without_text, .metadata.narrator, .metadata.duration]' \
    '["ok",5,2,"Nora Reader","0:00:12"]'
about good-book.mobi '[.type, .metadata.title, .metadata.author, .metadata.publisher]' \
    '["application/x-mobipocket-ebook","A sample book","First Author","A Publisher"]'
about good-epub3.azw3 .metadata.author '["First Author","Second Author"]'
about good-text.pdb '[.type, .metadata.title]' '["application/x-palmdoc","A text"]'
about bad-drm.mobi '[.status, .error.kind]' '["failed","encrypted"]'
# A record of 4 GiB by the list, which goes backwards: not even asked for.
about ../tests/fuzz/seeds/mobi/backwards.mobi '.error.kind' '"damaged"'
about good-bundle.djvu '[.type, .pages, .pages_without_text, .metadata.title]' \
    '["image/vnd.djvu",3,1,"The \"harbour\""]'
about good-pages.xps '[.type, .metadata.title, .metadata.author, .metadata.created]' \
    '["application/vnd.ms-xpsdocument","Harbour","A. Writer","2024-01-02T03:04:05Z"]'
about good-help.chm '[.type, .metadata.title]' \
    '["application/vnd.ms-htmlhelp","Harbour help"]'
about good-comic.cbz '[.type, .pages_without_text, .metadata.title, .metadata.created]' \
    '["application/vnd.comicbook+zip",2,"The Harbour #3","2024-02"]'

# What is damaged anywhere is a result, and never the end of the run.
python3 - "${books[@]}" <<'END'
import pathlib, random, sys
dull = random.Random(6)
pathlib.Path("damaged").mkdir()
for path in map(pathlib.Path, sys.argv[1:]):
    for i in range(6):
        data = bytearray(path.read_bytes())
        for _ in range(1 + i * 4):
            data[dull.randrange(len(data))] = dull.randrange(256)
        if i == 5:
            del data[dull.randrange(len(data)):]
        pathlib.Path("damaged", f"{i}-{path.name}").write_bytes(data)
END
run -j 2 --page-timeout=20 --stats=stats.json -o tree damaged
ok "damaged: the run goes on" test "$status" -le 1
is "$(jq '[.results[] | select(.path | contains("!/") | not)] | length' stats.json)" "$(find damaged -type f | wc -l)" \
    "damaged: each is a result"

finish
