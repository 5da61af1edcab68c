#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# walk.sh - directories: what is found in them, in which order, and what is
# left out by --include, --exclude and --type; links that go round.
. "${srcdir:-.}/tests/cli/lib.sh"

mkdir -p top/b/deep top/.git top/a
cp "$corpus/good-metadata.pdf" top/b/deep/m.pdf
cp "$corpus/good-metadata.pdf" top/.git/hidden.pdf
cp "$corpus/good-epub2.epub" top/a/book.epub
printf 'one\n' >top/a/one.txt
printf 'two\n' >top/two.log

names() { (cd tree && texts . -print | sed 's|^\./||; s|\.txt$||' | sort | tr '\n' ' '); }
walk() {
    rm -rf tree
    run -o tree "$@"
}

walk top
exits 0
is "$(names)" "top/.git/hidden.pdf top/a/book.epub top/a/one.txt top/b/deep/m.pdf top/two.log " \
    "everything below a directory"
quiet

walk top/
is "$(names | wc -w)" 5 "with a slash at the end too"

walk --include='*.pdf' top
is "$(names)" "top/.git/hidden.pdf top/b/deep/m.pdf " "--include by name"
walk --include='*.pdf' --include='*.epub' --exclude=.git top
is "$(names)" "top/a/book.epub top/b/deep/m.pdf " "two includes, and a directory excluded"
walk --exclude='a/*' top
is "$(names)" "top/.git/hidden.pdf top/b/deep/m.pdf top/two.log " "--exclude by path"
exits 0

walk --type=pdf top
exits 0 "what --type leaves out is no trouble"
is "$(names)" "top/.git/hidden.pdf top/b/deep/m.pdf " "--type=pdf"
quiet
walk --type=epub,text top
is "$(names)" "top/a/book.epub top/a/one.txt top/two.log " "--type=epub,text"

# Links: to files they are followed; round and round they are not.
ln -s ../b/deep/m.pdf top/a/link.pdf
ln -s .. top/a/up
ln -s self top/self
ln -s "$PWD/top" top/b/deep/again
ln -s nowhere top/dangling
walk top
ok "a walk over links that go round ends" test "$status" -le 1
ok "a link to a file is followed" test -f tree/top/a/link.pdf.txt
is "$(names | tr ' ' '\n' | grep -c 'm\.pdf$')" 1 "a document is not met twice by a link to a folder above"
stderr_has dangling "a link to nowhere is said"

# The order is the same each time.
rm -f top/self top/dangling top/a/up top/b/deep/again
run top
cp "$out" first
run -j 3 top
same_file "$out" first "a walk has a fixed order"

if can_drop_rights; then
    mkdir -p open/locked
    printf 'seen\n' >open/seen.txt
    printf 'unseen\n' >open/locked/unseen.txt
    chmod 000 open/locked
    run_unprivileged open
    exits 1 "a directory without rights counts as failed"
    stderr_line 'extract: open/locked: .*Permission denied.*'
    stdout_is 'seen\n\f' "and the rest is walked"
    chmod 755 open/locked
else
    skip "a directory without rights" "cannot become an unprivileged user"
fi

mkdir empty
run empty
exits 0 "an empty directory is no error"

finish
