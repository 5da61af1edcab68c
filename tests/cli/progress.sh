#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# progress.sh - progress: a bar on a terminal, plain lines when asked for,
# nothing otherwise.
. "${srcdir:-.}/tests/cli/lib.sh"
. "$srcdir/tests/faults/lib.sh"

gen --tiny tiny --count 40
cr=$(printf '\r')
esc=$(printf '\033')

run -o tree tiny
quiet "nothing by default when standard error is no terminal"
run -o tree --progress=auto tiny
quiet "nor with --progress=auto"

run -o tree --progress=always tiny
exits 0
ok "--progress=always says something" test -s "$err"
nok "in plain lines" grep -q "[$cr$esc]" "$err"
ok "documents" grep -Eq '\b40\b' "$err"
ok "pages per minute" grep -Eiq 'pages?(/| per )min' "$err"
run -o tree --progress tiny
ok "--progress is --progress=always" test -s "$err"

# What the README shows is what the program says, but for the time it takes.
ln -s "$corpus" corpus
faulty=$EXTRACT
EXTRACT=$real
run --progress -o shown corpus/good-* corpus/bad-*
EXTRACT=$faulty
exits 1
sed -n '/^\$ extract --progress -o OUT corpus/,/^```/p' "$srcdir/README.md" >shown.txt
is "$(tail -n 1 "$err" | sed 's/; .*//')" \
    "$(sed -n 's/^\([0-9]* documents, .*\);.*/\1/p' shown.txt)" \
    "the summary in the README"
is "$(grep '^extract: ' shown.txt | grep -vxFf "$err")" "" "and its messages"

if command -v script >/dev/null; then
    on_terminal() { # ARG...: the program with a terminal for standard error
        local command
        command=$(printf '%q ' "$EXTRACT" "$@")
        TERM=xterm COLUMNS=80 timeout "$TEST_TIMEOUT" \
            script -qefc "stty cols 80; $command >/dev/null" \
            typescript </dev/null >/dev/null
        status=$?
        sed -e '/^Script /d' typescript >"$err"
        : >"$out"
    }
    # The last document ends when the others have been seen to.
    fault last.fault "wait $work/go"
    { wait_until grep -aq "41/42 done" typescript; touch go; } &
    on_terminal -j 2 -o tree2 --page-timeout="$TEST_TIMEOUT" tiny last.fault \
        "$corpus/bad-garbage.pdf"
    exits 1
    ok "a bar on a terminal" grep -q "$cr" "$err"
    ok "with the number of documents" grep -q "41/42 done" "$err"
    stderr_has "bad-garbage.pdf: " "messages show beside it"
    gen --big . --pages 300
    on_terminal -j 1 -o tree5 "$corpus/bad-garbage.pdf" "$corpus/bad-count.pdf" \
        big-300.pdf
    stderr_has "1 failed, 1 partial, " "the bar counts as the summary does"
    is "$(tr '\r' '\n' <"$err" | grep -o '[0-9]* failed, [0-9]* partial' | sort -u | tail -n 1)" \
        "1 failed, 1 partial" "in all of its lines"
    on_terminal -o tree3 --progress=never tiny
    nok "--progress=never: nothing" grep -q '[^[:space:]]' "$err"
    on_terminal -q -o tree4 tiny
    nok "-q: nothing" grep -q '[^[:space:]]' "$err"
else
    skip "a bar on a terminal" "no script(1)"
fi

finish
