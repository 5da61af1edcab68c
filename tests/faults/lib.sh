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

# workers: the ids of the worker processes of $pid, zombies too.
workers() {
    processes 1 "$pid"
}

# Whether process $1 is at work or waiting: neither gone nor a zombie.
lives() {
    [ -n "$1" ] && [ -r "/proc/$1/stat" ] && ! grep -q ') Z' "/proc/$1/stat" 2>/dev/null
}

# value JQ-EXPRESSION: from stats.json.
value() {
    jq -c "$1" stats.json
}

# is_at MARK COUNT: as many workers of $pid are at MARK, as fault.c shows it
# ("wait2": a `wait` on page 2); sets worker to one of them.
is_at() {
    local each name count=0
    for each in $(workers); do
        read -r -d '' name 2>/dev/null <"/proc/$each/cmdline" || continue
        if [ "$name" = "$1" ]; then
            worker=$each
            count=$((count + 1))
        fi
    done
    [ "$count" -eq "$2" ]
}

# await_at MARK [COUNT]: waits until it is so.
await_at() {
    wait_until is_at "$1" "${2:-1}"
}

# await_stop: waits until $pid has taken a first signal and stops: its event
# descriptor is the last to know (signals.c).
await_stop() {
    wait_until grep -qsE '^eventfd-count: +0*[1-9a-f]' "/proc/$pid/fdinfo/"*
}
