#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# pipe.sh - a closed pipe ends the run quietly, by SIGPIPE.
. "${srcdir:-.}/tests/cli/lib.sh"

gen --big . --pages 1200

for j in 1 3; do
    { timeout --foreground "$TEST_TIMEOUT" env --default-signal=PIPE "$EXTRACT" -j "$j" \
        big-1200.pdf big-1200.pdf 2>"$err"; echo $? >code; } | head -c 1 >first
    status=$(cat code)
    : >"$out"
    is "$(cat first)" P "-j $j: the reader has what it wanted"
    exits 141 "-j $j: by SIGPIPE"
    quiet "-j $j: without a word"
done

# Closed while the program waits for its list.
mkfifo list pipe
exec 3<>list
{ timeout --foreground "$TEST_TIMEOUT" env --default-signal=PIPE "$EXTRACT" -T list \
    2>"$err" 3>&- >pipe; echo $? >code; } 3>&- &
writer=$!
exec 4<pipe
for _ in 1 2 3; do echo big-1200.pdf >&3; done
head -c 1 <&4 >/dev/null
exec 4<&-
wait_until test -s code
status=$(cat code)
exits 141 "with an open list too"
quiet
exec 3>&-
wait "$writer"

finish
