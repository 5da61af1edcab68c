#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# lists.sh - paths from lists: -T (lines) and --files0-from (NUL), from files,
# from standard input and from pipes.
. "${srcdir:-.}/tests/cli/lib.sh"

text_of() { printf '%s\n\f' "$@"; }
cp "$corpus/good-metadata.pdf" "a b.pdf"
newline=$'new\nline.txt'
printf 'one\n' >"$newline"
bytes=$'\xe9t\xe9.txt'
printf 'two\n' >"$bytes"
printf 'three\n' >'  lead and trail  '

printf '%s\n' "a b.pdf" "$bytes" '  lead and trail  ' >list.txt
run -T list.txt
exits 0
text_of "Look at the metadata, not at me." two three >wanted
same_file "$out" wanted "-T: names with spaces and odd bytes, as they are"
quiet

printf 'a b.pdf' >open.txt
run --files-from=open.txt
exits 0 "the last line may lack its end"
text_of "Look at the metadata, not at me." >wanted
same_file "$out" wanted "and is read"

printf '%s\0' "$newline" "$bytes" >list0
run --files0-from=list0
exits 0
text_of one two >wanted
same_file "$out" wanted "--files0-from: names with newlines"

run --files0-from=- < <(find . -name 'new*' -print0)
exits 0
text_of one >wanted
same_file "$out" wanted "--files0-from=- reads a pipe"

run -T - <list.txt
exits 0 "-T - reads standard input"

run -T list.txt "$newline" --files0-from=list0
text_of one "Look at the metadata, not at me." two three one two >wanted
same_file "$out" wanted "arguments first, then the lists in their order"

run -T list.txt -T open.txt -o tree
ok "a document of both lists" test -f tree/a\ b.pdf~2.txt

printf 'gone.txt\n%s\n' "$bytes" >bad.txt
run -T bad.txt
exits 1
stderr_line 'extract: gone\.txt: .*No such file or directory'
text_of two >wanted
same_file "$out" wanted "a missing one does not stop the list"

: >empty.txt
run -T empty.txt
exits 0 "an empty list is no error"
nok "and gives nothing" test -s "$out"

run -T no-such-list
exits 3 "a list that cannot be read ends the run"
stderr_has no-such-list

run -T - -T -
exits 2 "standard input can be read only once"

finish
