# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash disable=SC2016,SC2034 # '$1' in "" expands
# lib.sh - what the command tests share: they run the real program and compare
# stdout, stderr, exit status and files with what they expect, as TAP.
#
# A test starts with
#     . "${srcdir:-.}/tests/cli/lib.sh"
# finds itself in an empty scratch directory, and ends with `finish`. Run from
# the top of a build tree; by hand: srcdir=.. bash ../tests/cli/NAME.sh

set -u
test_name=$(basename "$0" .sh)
srcdir=$(cd "${srcdir:-.}" && pwd)
EXTRACT=${EXTRACT:-$PWD/extract}
corpus=$srcdir/corpus
umask 022
export LC_ALL=C.UTF-8
unset CDPATH LANGUAGE OMP_NUM_THREADS OMP_THREAD_LIMIT POSIXLY_CORRECT
# No options but those that a test gives.
for name in "${!EXTRACT_@}"; do
    unset "$name"
done
export XDG_CONFIG_HOME=/dev/null

if [ ! -x "$EXTRACT" ]; then
    echo "Bail out! no program to test at $EXTRACT"
    exit 99
fi

# Everything is written here, below the build tree.
scratch=$(mktemp -d "$PWD/scratch-$test_name.XXXXXX") || exit 99
work=$scratch/work
out=$scratch/stdout # of the last run
err=$scratch/stderr
status=0            # of the last run
mkdir "$work" "$scratch/tmp"
export TMPDIR=$scratch/tmp
cd "$work" || exit 99

TEST_TIMEOUT=${TEST_TIMEOUT:-300}
test_count=0
test_failures=0
tidy() {
    cd / || return
    chmod -R u+rwX "$scratch" 2>/dev/null
    rm -rf "$scratch"
}
trap tidy EXIT
trap 'exit 99' HUP INT TERM

# The last thing that a test calls.
finish() {
    echo "1..$test_count"
    [ "$test_failures" -eq 0 ]
    exit
}

# skip_all REASON: the whole test cannot run here.
skip_all() {
    echo "1..0 # SKIP $*"
    exit 0
}

# skip DESCRIPTION REASON: one check cannot run here.
skip() {
    test_count=$((test_count + 1))
    echo "ok $test_count - $1 # SKIP $2"
}

# Shows a file in the log, as TAP comments, with odd bytes made visible.
show() {
    [ -s "$1" ] && head -c 2000 "$1" | cat -v |
        awk -v name="${1##*/}" '{ print "#   " name ": " $0 }'
    return 0
}

# verdict 0|OTHER DESCRIPTION: writes the line of one check.
verdict() {
    test_count=$((test_count + 1))
    if [ "$1" -eq 0 ]; then
        echo "ok $test_count - $2"
        return 0
    fi
    test_failures=$((test_failures + 1))
    echo "not ok $test_count - $2"
    echo "#   status of the last run: $status"
    show "$out"
    show "$err"
    return 1
}

# run ARG...: runs the program; sets status, and the files $out and $err.
# It is killed after TEST_TIMEOUT seconds (status 124 or 137), which no machine
# takes, however slow and busy: only what hangs. Its stdin is
# that of the caller; signals that the harness ignores are back to normal.
run() {
    status=0
    timeout --foreground -k 5 "$TEST_TIMEOUT" \
        env --default-signal=INT,QUIT,PIPE,TERM,HUP "$EXTRACT" "$@" \
        >"$out" 2>"$err" || status=$?
}

# start ARG...: the same in the background; sets pid. `wait_run` ends it. What an
# earlier run wrote is gone when it returns.
start() {
    : >"$out"
    : >"$err"
    env --default-signal=INT,QUIT,PIPE,TERM,HUP "$EXTRACT" "$@" \
        >"$out" 2>"$err" &
    pid=$!
}

# Waits for the program that `start` began; sets status (128 + signal when it
# died of one). Kills it after TEST_TIMEOUT seconds.
wait_run() {
    local end=$((SECONDS + TEST_TIMEOUT))
    while kill -0 "$pid" 2>/dev/null && [ "$SECONDS" -lt "$end" ]; do
        sleep 0.05
    done
    [ "$SECONDS" -lt "$end" ] || kill -KILL "$pid" 2>/dev/null
    status=0
    wait "$pid" 2>/dev/null || status=$?
}

# wait_until COMMAND...: polls until it succeeds; fails after TEST_TIMEOUT
# seconds.
wait_until() {
    local end=$((SECONDS + TEST_TIMEOUT))
    until "$@" >/dev/null 2>&1; do
        [ "$SECONDS" -lt "$end" ] || return 1
        sleep 0.05
    done
}

# processes FIELD VALUE: the ids of all, zombies too, that have VALUE in that
# field of /proc/PID/stat, counted from the state: 1 is the parent, 3 the session.
processes() {
    local stat line fields
    for stat in /proc/[0-9]*/stat; do
        read -r line 2>/dev/null <"$stat" || continue
        read -r -a fields <<<"${line##*) }"
        [ "${fields[$1]}" != "$2" ] || echo "${line%% *}"
    done
}

# As a user without rights: `run_unprivileged ARG...` is `run`, and skips
# nothing by itself; ask `can_drop_rights` first. Files that the run must
# write have to be writable for everyone.
can_drop_rights() {
    [ "$(id -u)" -ne 0 ] && return 0
    command -v setpriv >/dev/null || return 1
    chmod 755 "$scratch" "$work"
    chmod 1777 "$scratch/tmp"
    setpriv --reuid=65534 --regid=65534 --clear-groups \
        sh -c 'cd "$1" && "$2" --version' sh "$work" "$EXTRACT" >/dev/null 2>&1
}
run_unprivileged() {
    if [ "$(id -u)" -ne 0 ]; then
        run "$@"
        return
    fi
    status=0
    timeout --foreground -k 5 "$TEST_TIMEOUT" \
        setpriv --reuid=65534 --regid=65534 --clear-groups \
        "$EXTRACT" "$@" >"$out" 2>"$err" || status=$?
}

# has_type FILE: this build has a format for files so named.
has_type() {
    "$EXTRACT" --list-types | cut -c 11-28 | tr -s ' ' '\n' | grep -qxF "${1##*.}"
}

# ok DESCRIPTION COMMAND...: passes when the command succeeds. What it prints
# is dropped.
ok() {
    local description=$1 rc=0
    shift
    "$@" >/dev/null || rc=$?
    verdict "$rc" "$description"
}

# nok DESCRIPTION COMMAND...: passes when the command fails.
nok() {
    local description=$1 rc=1
    shift
    "$@" >/dev/null || rc=0
    verdict "$rc" "$description"
}

# is GOT WANTED DESCRIPTION: compares strings.
is() {
    local rc=0
    [ "$1" = "$2" ] || rc=1
    verdict "$rc" "$3" && return
    printf 'got:    %s\nwanted: %s\n' "$1" "$2" | head -c 2000 | cat -v |
        sed 's/^/#   /'
    return 1
}

# exits WANTED [DESCRIPTION]: the status of the last run.
exits() {
    is "$status" "$1" "${2:-exit status is $1}"
}

# same_file GOT WANTED DESCRIPTION: compares files byte for byte.
same_file() {
    local rc=0
    cmp -s "$1" "$2" || rc=1
    verdict "$rc" "$3" && return
    diff -u "$2" "$1" 2>&1 | head -n 20 | cat -v | sed 's/^/#   /'
    return 1
}

# texts DIR [TEST...]: the files of an output tree, as find names them, without what
# the program keeps for itself there.
texts() {
    local dir=$1
    shift
    find "$dir" -name .extract -prune -o -type f "$@"
}

# drop_holders DIR: removes the samples in which other documents are.
drop_holders() {
    rm "$1"/good-outlook.msg "$1"/good-word.doc
    rm -f "$1"/good-winmail.dat "$1"/bad-no-chains.doc "$1"/bad-winmail.dat
}

# damage_database SEED FROM TO: a copy with bytes behind the header changed, the more
# of them the higher the seed.
damage_database() {
    python3 - "$@" <<'END'
import random, sys
seed, source, target = sys.argv[1:]
data = bytearray(open(source, "rb").read())
random.seed(int(seed))
for _ in range(int(seed) ** 3):
    data[random.randrange(100, len(data))] = random.randrange(256)
open(target, "wb").write(data)
END
}

# same_tree A B DESCRIPTION: output trees with the same files and bytes.
same_tree() {
    local rc=0
    diff -r -x .extract "$1" "$2" >"$scratch/diff" 2>&1 || rc=1
    verdict "$rc" "$3" && return
    show "$scratch/diff"
    return 1
}

# stdout_is TEXT [DESCRIPTION], TEXT as for printf %b.
stdout_is() {
    printf '%b' "$1" >"$scratch/wanted"
    same_file "$out" "$scratch/wanted" "${2:-stdout is as expected}"
}

# stderr_has STRING [DESCRIPTION]: a fixed string within stderr.
stderr_has() {
    ok "${2:-stderr says '$1'}" grep -qF -- "$1" "$err"
}
stderr_lacks() {
    nok "${2:-stderr does not say '$1'}" grep -qF -- "$1" "$err"
}

# stderr_line REGEX [DESCRIPTION]: a whole line that matches an ERE.
stderr_line() {
    ok "${2:-stderr has a line like '$1'}" grep -qxE -- "$1" "$err"
}

# quiet [DESCRIPTION]: nothing on stderr.
quiet() {
    nok "${1:-stderr is empty}" test -s "$err"
}

# gen ARG...: makes big or many documents, see scripts/gen-corpus --help.
gen() {
    python3 "$srcdir/scripts/gen-corpus" "$@" ||
        { echo "Bail out! scripts/gen-corpus $*"; exit 99; }
}
