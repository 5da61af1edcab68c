#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# page.sh - the page of --metrics-listen in a browser without a screen: it runs under its
# own policy, and draws. For the browser: scripts/setup page.
. "${srcdir:-.}/tests/cli/lib.sh"

chromium=$(command -v chromium) || skip_all "no chromium (scripts/setup page)"
run --metrics-listen=x y
if grep -qF 'built without' "$err"; then
    skip_all "no libmicrohttpd"
fi

printf 'one\n' >a.txt
printf 'junk\0\001' >bad.bin
mkfifo list
start -v -j 2 -o tree --metrics-listen=0 -T list
exec 9>list
wait_until grep -q 'figures at http://' "$err"
place=$(sed -n 's|.*figures at \(http://.*/\)$|\1|p' "$err")
printf 'a.txt\nbad.bin\n' >&9
sleep 4

browse() { # ARG...
    HOME=$PWD timeout 100 "$chromium" --headless=new --no-sandbox --disable-gpu \
        --disable-dev-shm-usage --user-data-dir="$PWD/profile" --enable-logging=stderr \
        --virtual-time-budget=7000 --window-size=1200,900 "$@" "$place" 2>log
}
browse --dump-dom >dom || skip_all "chromium does not start"
ok "it has read the figures" grep -q 'At work for' dom
points() {
    python3 -c 'import re, sys
dom = open("dom").read()
svg = re.search(r"<svg id=\"%s\".*?</svg>" % sys.argv[1], dom, re.S)[0]
print(len(re.search(r"<polyline[^>]*points=\"([^\"]*)\"", svg)[1].split()))' "$1"
}
for chart in rate lanes queue failures; do
    ok "$chart is drawn, with what was before it came" test "$(points "$chart")" -ge 3
done
ok "a tile with the failed document" grep -q '<span>Failed</span><b class="bad">1</b>' dom
ok "a table of types" grep -q '<td[^>]*>text</td>' dom
nok "nothing was refused or threw" grep -qE 'CONSOLE.*(Refused|Uncaught|violates)' log
exec 9>&-
wait_run
exits 1

finish
