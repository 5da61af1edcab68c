#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# config.sh - options from a file and from the environment: which comes before
# which, what is shown of them, and what is wrong with them.
# shellcheck source=tests/cli/lib.sh
. "${srcdir:-.}/tests/cli/lib.sh"

export XDG_CONFIG_HOME=$scratch/xdg HOME=$scratch/home
mkdir -p "$XDG_CONFIG_HOME/extract" "$HOME/.config/extract"
config=$XDG_CONFIG_HOME/extract/config
printf 'text\n' >a.txt
printf 'text\n' >b.md

# follows NAME: it is as the machine has it, and not to be fixed by a file.
follows() {
    ok "$1 follows the machine" grep -qE "^# $1 = [0-9]+ +# default$" "$out"
}

# holds NAME VALUE ORIGIN: --show-config says so.
holds() {
    local line
    line=$(grep -E "^$1 = " "$out" | tr -s ' ')
    is "$line" "$1 = $2 # $3" "$1 is $2, from $3"
}

run --show-config
exits 0 "without a file"
quiet
follows max-jobs
holds layout reading default
holds resume no default
ok "what is not set is a comment" grep -qx '# timeline' "$out"

cat >"$config" <<'END'
# a comment
  jobs=3
layout = physical   # and why
nfc
strip-headers = yes
exclude = "a # b"
exclude = *.tmp

END
run --show-config
exits 0 "with a file"
quiet
holds jobs 3 "$config:2"
holds layout physical "$config:3"
holds nfc yes "$config:4"
holds strip-headers yes "$config:5"
ok "values in quotes keep what looks like a comment" \
    grep -qE '^exclude = "a # b" ' "$out"
ok "options that repeat are all there" grep -qE '^exclude = \*\.tmp ' "$out"

export EXTRACT_JOBS=5 EXTRACT_NFC=no EXTRACT_SPLIT_PAGES='' EXTRACT_NONSENSE=1
run --show-config
holds jobs 5 EXTRACT_JOBS
holds nfc no default
holds split-pages 32 default
run --show-config -j 7
holds jobs 7 "command line"
run --show-config --no-config
follows max-jobs
holds layout reading default
unset EXTRACT_JOBS EXTRACT_NFC EXTRACT_SPLIT_PAGES EXTRACT_NONSENSE

# What is overruled, by a nearer place or by what comes behind it, does not hold.
EXTRACT_JOBS=4 run --show-config --max-jobs=3
holds max-jobs 3 "command line"
ok "the other is a comment" grep -qE '^# jobs = 4 +# EXTRACT_JOBS, overruled' "$out"
run --show-config --realtime --debounce=3
holds debounce 3 "command line"
ok "and so is what was typed before" \
    grep -qE '^# realtime = yes +# command line, overruled' "$out"
EXTRACT_MIN_JOBS=4 run --max-jobs=2 a.txt
exits 0 "the nearer of two bounds holds"
EXTRACT_WATCH=yes run a.txt
exits 0 "what is no directory is not watched, when that was not typed"

# What is shown can be read again.
run --show-config --exclude='say "x" \ y' --include=' b' -j 2
cp "$out" "$scratch/shown"
run --config="$scratch/shown" --show-config
exits 0 "what is shown is a configuration"
sed 's/ *#.*//' "$out" | sort >"$scratch/again"
sed 's/ *#.*//' "$scratch/shown" | sort >"$scratch/first"
same_file "$scratch/first" "$scratch/again" "and says the same"

# It works.
printf 'type = markdown\n' >"$config"
run a.txt b.md
exits 0 "options of a file hold"
is "$(cat "$out")" "$(printf 'text\n\f')" "only Markdown was taken"
EXTRACT_TYPE=text run a.txt b.md
is "$(tr -d '\f' <"$out" | wc -l)" 2 "types of both places are taken"
printf 'type = text\n' >other
run --config=other a.txt b.md
is "$(tr -d '\f' <"$out" | wc -l)" 1 "--config takes the place of the file"
run --config=<(printf 'type = text') a.txt b.md
exits 0 "a configuration may come from a pipe"

unset XDG_CONFIG_HOME
printf 'jobs = 9\n' >"$HOME/.config/extract/config"
run --show-config
holds jobs 9 "$HOME/.config/extract/config:1"
XDG_CONFIG_HOME=relative run --show-config
holds jobs 9 "$HOME/.config/extract/config:1"
export XDG_CONFIG_HOME=$scratch/xdg

# What does not fit a run is left out, when it is not typed.
printf 'resume\nprune\ncheck = hash\nhash\nfts = trigram\nrecords = page\n' >"$config"
printf 'order = completion\nno-timings\nstrip-headers\n' >>"$config"
run --layout=raw a.txt
exits 0 "options of a file that do not fit are left out"
quiet
run -f jsonl -o records.jsonl a.txt
exits 0 "and with records"
run -f jsonl -o records.jsonl a.txt
run -o tree a.txt
exits 0 "and with a tree"
run --resume a.txt
exits 2 "but not what is typed"

# Passwords are not shown, and need not be typed.
printf 'password = secret\n' >"$config"
run --show-config
nok "a password is not shown" grep -q secret "$out"
ok "only that there is one" grep -qE "^# password = \(not shown\) +# $config:1" "$out"
rm "$config"
EXTRACT_PASSWORD=wrong run "$corpus/bad-password.pdf"
exits 1
stderr_has password

# What is wrong is told with its place.
wrong() {
    printf '%b' "$1" >"$config"
    run a.txt
    exits 2 "wrong: $1"
    stderr_line "extract: $config:$2: $3"
}
wrong 'jobs = 2\nnonsense = 1\n' 2 "no option is named 'nonsense'"
wrong 'jobs = many\n' 1 "--jobs: 'many' is not a number from 1 to 1024"
wrong 'jobs\n' 1 "'jobs' needs a value"
wrong 'nfc = perhaps\n' 1 "nfc: 'perhaps' is none of: yes no"
wrong 'help = yes\n' 1 "'help' is for the command line"
wrong 'config = x\n' 1 "'config' is for the command line"
wrong 'layout = "raw\n' 1 'a quote is not closed, or something stands behind it'
wrong 'layout raw\n' 1 'no line of the form NAME = VALUE'
wrong 'layout = ra\0w\n' 1 '.*(NUL|none of).*'
head -c 70000 /dev/zero | tr '\0' x >"$config"
run a.txt
exits 2 "a line without an end"
rm "$config"
EXTRACT_JOBS=0 run a.txt
exits 2 "a wrong variable"
stderr_line "extract: EXTRACT_JOBS: --jobs: '0' is not a number from 1 to 1024"
run --config=missing a.txt
exits 2 "a file that is not there"
stderr_line 'extract: missing: No such file or directory'
run --config=. a.txt
exits 2 "a directory"
mkdir "$config"
run a.txt
exits 2 "a directory in its place"
rmdir "$config"
nok "wrong options leave no output" test -s "$out"

finish
