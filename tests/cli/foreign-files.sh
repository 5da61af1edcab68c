#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# foreign-files.sh - what stands in the output tree already: texts of former
# runs are replaced, or removed when their document fails; nothing else is.
. "${srcdir:-.}/tests/cli/lib.sh"

cp "$corpus/good-metadata.pdf" a
echo "precious original" >a.txt
run -o . a a.txt
exits 3
is "$(cat a.txt)" "precious original" "-o . does not overwrite an input"
stderr_line '.*: a: \./a\.txt is there, and is no text of a former run; it stays as it is'
ok "the other document is out" test -s a.txt.txt

cp "$corpus/good-metadata.pdf" b.pdf
run -o tree b.pdf
exits 0
ok "a first run writes it" test -s tree/b.pdf.txt
run -o tree b.pdf
exits 0 "a second run replaces it"
head -c 3000 /dev/urandom >b.pdf
run --stats=stats.json -o tree b.pdf
exits 1
nok "a document that fails now leaves no text of a former run" \
    test -e tree/b.pdf.txt
is "$(jq '.results[0] | has("output")' stats.json)" false \
    "and no name of one in the statistics"

# A form feed at the end makes no file of the user's ours; nor does its coming
# later, as an input of the same run.
mkdir mine
cd mine || exit 99
cp ../a a.pdf
cp ../b.pdf bad.pdf
printf 'my notes\f' >a.pdf.txt
printf 'my own notes\f' >bad.pdf.txt
cp a.pdf.txt notes
cp bad.pdf.txt own
run -o . -T - < <(echo a.pdf; sleep 1; echo a.pdf.txt)
exits 3 "an input that comes later"
same_file a.pdf.txt notes "is not replaced"
stderr_line 'extract: a\.pdf: \./a\.pdf\.txt is there, and .*'
rm -f a.pdf.txt.txt
for jobs in 1 2; do
    run -j "$jobs" -o . .
    exits 3 "-o . ."
    same_file a.pdf.txt notes "-j $jobs: a file that is walked is not replaced"
    same_file bad.pdf.txt own "-j $jobs: nor removed when its document fails"
done
run -o . bad.pdf
exits 1
same_file bad.pdf.txt own "a failed document takes no file of the user's away"

# What was written and edited since is the user's.
rm -f -- *.txt *.txt.*
run -o . a.pdf
printf 'edited\f' >a.pdf.txt
run -o . a.pdf
exits 3 "an output that was edited"
is "$(tr -d '\f' <a.pdf.txt)" edited "stays"

# Outputs of a former run within the input are none of its inputs, unless named.
rm -f -- *.txt bad.pdf own notes
run -o . .
exits 0
run --stats=own.json -o . .
exits 0 "a second run over its own outputs"
is "$(jq -c '[.results[].path] | sort' own.json)" '["./a.pdf"]' "does not take them"
rm -f own.json
mkdir .extract
touch .extract/manifest.db
run -o . .
exits 0
nok "nor what the program keeps in the directory" test -e .extract/manifest.db.txt
run --stats=- -o . . ../mine/.
is "$(jq -c '[.results[].path] | sort' "$out")" '["../mine/./a.pdf","./a.pdf"]' \
    "nor by another name of the directory"
run -o . a.pdf.txt a.pdf
exits 3 "an output of a former run that is named"
stderr_line 'extract: a\.pdf: \./a\.pdf\.txt is an input of this run; .*' "is an input"
ok "of which the text is written" test -s a.pdf.txt.txt
run -o other . # another directory: nothing in here is its own
ok "outputs for another directory are inputs" test -s other/a.pdf.txt.txt
cd ..

# A file system that has no extended attributes.
mkdir plain
if [ "$(id -u)" -eq 0 ] && mount -t ramfs ramfs plain 2>/dev/null; then
    trap 'umount "$work/plain" 2>/dev/null; tidy' EXIT
    cp a plain/a.pdf
    cp a plain/b.pdf
    cd plain || exit 99
    printf 'my notes\f' >b.pdf.txt
    printf 'my notes\f' >../notes
    for i in 1 2 3; do
        run --stats="$work/plain.json" -o . .
        exits 3 "without extended attributes, run $i"
        is "$(jq -c '[.results[].path] | sort' "$work/plain.json")" \
            '["./a.pdf","./b.pdf","./b.pdf.txt"]' \
            "run $i: no output and nothing of the program's own is an input"
        is "$(wc -l <"$err")" 1 "run $i: one output cannot be written"
    done
    same_file b.pdf.txt ../notes "a file of the user's stays"
    head -c 3000 /dev/urandom >a.pdf
    run -o . a.pdf
    nok "the text of a former run is removed" test -e a.pdf.txt
    cd / && umount "$work/plain" && cd "$work" || exit 99
    trap tidy EXIT
else
    skip "without extended attributes" "cannot mount a file system"
fi

# With the standard streams closed, what is said must not land in a file.
"$EXTRACT" -o closed a b.pdf none a <&- >&- 2>&-
is "$?" 1 "standard streams closed: status"
is "$(tr -d '\f' <closed/a.txt | tail -n 1)" \
    "Look at the metadata, not at me." "standard streams closed: text"
"$EXTRACT" a >&- 2>/dev/null
is "$?" 3 "standard output closed: status"

# A link to a directory that is walked anyway takes no name from it.
mkdir -p docs/a docs/z
cp a docs/z/f.pdf
ln -s ../z docs/a/link
run -o links docs
exits 0
ok "files keep the names of their own directory" test -s links/docs/z/f.pdf.txt
is "$(texts links -print | wc -l)" 1 "and come once"
finish
