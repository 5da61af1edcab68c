#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# service.sh - what a watch tells the service manager that started it.
# shellcheck source=tests/cli/lib.sh
. "${srcdir:-.}/tests/cli/lib.sh"

# A manager: prints each state on a line of its own; ends with its parent.
cat >"$scratch/manager.py" <<'END'
import os, socket, sys
s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
s.bind("\0" + sys.argv[1])
print("bound", flush=True)
s.settimeout(300)
try:
    while True:
        print(s.recv(4096).decode().replace("\n", " "), flush=True)
except socket.timeout:
    pass
END

name=extract-test-$$
python3 "$scratch/manager.py" "$name" >"$scratch/states" &
manager=$!
wait_until grep -q bound "$scratch/states"

mkdir in
printf 'one\n' >in/a.txt
export NOTIFY_SOCKET=@$name WATCHDOG_USEC=400000
start --watch -j 2 --debounce=0.1 -o out in
unset NOTIFY_SOCKET WATCHDOG_USEC
ok "the manager hears that it is ready" wait_until grep -q '^READY=1 STATUS=' "$scratch/states"
ok "and that what was there is done" \
    wait_until grep -q '^STATUS=What was there is done' "$scratch/states"
ok "and gets signs of life" \
    wait_until grep -qE '^WATCHDOG=1 STATUS=[0-9]+ of [0-9]+ lanes at work' "$scratch/states"
mapfile -t workers < <(processes 1 "$pid" | sed 's|.*|/proc/&/environ|')
nok "no worker has the socket's name" grep -qs "$name" "${workers[@]}"
kill -TERM "$pid"
wait_run
exits 0 "it ends"
ok "and says so before" grep -q '^STOPPING=1' "$scratch/states"
is "$(tr -d '\f' <out/in/a.txt.txt)" one "what was there is out"
kill "$manager"

# Without a manager nothing is missing.
start --watch -j 1 --debounce=0.1 -o out in
wait_until test -e out/.extract/manifest.db
sleep 0.3
kill -TERM "$pid"
wait_run
exits 0 "without a manager"

finish
