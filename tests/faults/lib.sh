# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash disable=SC2034,SC2154 # variables of tests/cli/lib.sh
# lib.sh - for tests of isolation: the program with a format that misbehaves
# on command (fault.c). Source it after tests/cli/lib.sh.

real=$EXTRACT
top=$(dirname "$real")
EXTRACT=${FAULTY:-$top/tests/faults/extract-faulty}
[ -x "$EXTRACT" ] || { echo "Bail out! no program to test at $EXTRACT"; exit 99; }

# Sanitizers bring an allocator and handlers of their own, and no sandbox.
sanitized=
if grep -qE '__(asan|tsan)_init' "$EXTRACT"; then
    sanitized=yes
fi

# fault NAME LINE...: a document with a page for each line.
fault() {
    local name=$1
    shift
    { echo '%FAULT'; printf '%s\n' "$@"; } >"$name"
}

# workers: the ids of the worker processes of $pid.
workers() {
    pgrep -P "$pid" || :
}

# Whether process $1 is at work or waiting: neither gone nor a zombie.
lives() {
    [ -n "$1" ] && [ -r "/proc/$1/stat" ] && ! grep -q ') Z' "/proc/$1/stat" 2>/dev/null
}

# value JQ-EXPRESSION: from stats.json.
value() {
    jq -c "$1" stats.json
}

# Waits until $pid has a worker.
await_workers() {
    wait_until pgrep -P "$pid"
}

# Whether worker $1 is in a page's `sleep`, as far as the system lets us see.
naps() {
    local call
    read -r call <"/proc/$1/syscall" 2>/dev/null || { sleep 1; return 0; }
    [[ $call == "7 0x0 0x0 "* ]] || [ "$(uname -m)" != x86_64 ]
}

# await_nap: waits until the only worker of $pid naps; sets worker.
await_nap() {
    local ticks=600
    while [ "$ticks" -gt 0 ] && kill -0 "$pid" 2>/dev/null; do
        worker=$(workers)
        [ -n "$worker" ] && naps "$worker" && return
        ticks=$((ticks - 1))
        sleep 0.05
    done
    return 1
}
