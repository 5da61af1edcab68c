#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# bad-input.sh - what cannot be extracted: one line each on standard error,
# status 1, and everything else comes out.
. "${srcdir:-.}/tests/cli/lib.sh"

good=$corpus/good-metadata.pdf
text='Look at the metadata, not at me.\n\f'

# trouble PATH REGEX WHAT: PATH between two good ones.
trouble() {
    run "$good" "$1" "$good"
    exits 1 "$3: status"
    is "$(wc -l <"$err")" 1 "$3: one line"
    stderr_line "extract: $1: $2" "$3: says why"
    is "$(grep -ac 'Look at the metadata' "$out")" 2 "$3: the others come out"
}

trouble missing.pdf '.*No such file or directory' missing
: >empty.pdf
trouble empty.pdf '.*empty.*' empty
: >empty
trouble empty '.*empty.*' "empty without a suffix"
mkfifo pipe
trouble pipe '.+' "a pipe"
trouble /dev/null '.+' "a device"
[ ! -r /proc/cpuinfo ] ||
    trouble /proc/cpuinfo 'not empty, .+' "a file of the kernel's"
printf '\x7fELF\2\1\1\0garbage\0\0\1\2\3' >program
trouble program '.+' "a program"
cp "$corpus/bad-garbage.pdf" .
trouble bad-garbage.pdf '.+' garbage
head -c 200 "$corpus/bad-truncated.pdf" >bad-truncated.pdf
trouble bad-truncated.pdf '.*truncated.*' truncated
cp "$corpus/bad-png.pdf" .
trouble bad-png.pdf '.+' "an image with the name of a PDF"
cp "$corpus/bad-drm.epub" .
trouble bad-drm.epub '.*(DRM|encrypted).*' DRM
ln -s loop loop
trouble loop '.+' "a link to itself"
trouble missing.pdf/x '.+' "a path through what is no directory"

run "$good" "$corpus/bad-text.pdf"
exits 1 "a text with the name of a PDF: status"
stderr_line "extract: .*bad-text\.pdf: .+"
ok "its text comes out" grep -q '404 Not Found' "$out"

run $'a\nb\x1b[31m.pdf'
is "$(wc -l <"$err")" 1 "a message stays one line whatever the name"
nok "and has no control characters" grep -q "$(printf '\033')" "$err"

if can_drop_rights; then
    cp "$good" locked.pdf
    cp "$good" good.pdf
    chmod 000 locked.pdf
    run_unprivileged locked.pdf good.pdf
    exits 1 "unreadable: status"
    stderr_line 'extract: locked\.pdf: .*Permission denied'
    stdout_is "$text" "unreadable: the others come out"
else
    skip "unreadable" "cannot become an unprivileged user"
fi

run -q missing.pdf
exits 1
stderr_has missing.pdf "-q does not hide errors"

# A file that shrinks while it is read must not end the run.
gen --big . --pages 6000
start -j 2 -o tree big-6000.pdf "$good"
# Its text is on the way, or (a very quick machine) all is done.
has_begun() {
    [ -n "$(find "/proc/$pid/fd" -lname "*/tree/*" 2>/dev/null)" ] ||
        ! kill -0 "$pid" 2>/dev/null
}
wait_until has_begun
truncate -s 4096 big-6000.pdf
wait_run
ok "a file cut short under the run: the run goes on" test "$status" -le 1
is "$(find tree -name 'good-metadata*' | wc -l)" 1 "and the other document is out"

finish
