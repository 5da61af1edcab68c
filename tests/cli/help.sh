#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# help.sh - what the program, its manual, the README and the completion say of
# the options is the same, and wrong usage is told from the run's own trouble.
# shellcheck source=tests/cli/lib.sh
. "${srcdir:-.}/tests/cli/lib.sh"

manual=$srcdir/man/extract.1
completion=$srcdir/completions/extract
plain_manual=$scratch/manual
sed 's/\\-/-/g' "$manual" >"$plain_manual"

# word_in FILE WORD: WORD stands there, not as a part of a longer option.
word_in() {
    grep -qE -- "(^|[^-[:alnum:]])$2($|[^-[:alnum:]])" "$1"
}

# complete_words WORD...: what the completion offers for the last word, in the
# way in which bash calls it.
complete_words() {
    bash -c '. "$1"; shift
        COMP_WORDS=(extract "$@") COMP_CWORD=$# COMPREPLY=()
        _extract
        [ ${#COMPREPLY[@]} -eq 0 ] || printf "%s\n" "${COMPREPLY[@]}"' \
        bash "$completion" "$@"
}

# offers WORD ARG...
offers() {
    local word=$1
    shift
    complete_words "$@" | grep -qxF -- "$word"
}

run --list-options
exits 0
quiet
cp "$out" "$scratch/options"
ok "there are options" test -s "$scratch/options"

run --help
exits 0
quiet
cp "$out" "$scratch/help"
nok "no line of the help has more than 79 columns" grep -qE '.{80}' "$out"

while IFS=$'\t' read -r letter name argument _ _ words default _; do
    option=--$name
    ok "--help has $option" word_in "$scratch/help" "$option"
    ok "the man page has $option" word_in "$plain_manual" "$option"
    ok "the README has $option" word_in "$srcdir/README.md" "$option"
    offer=$option
    [ "$argument" = required ] && offer=$option=
    ok "the completion offers $option" offers "$offer" "$option"
    if [ "$letter" != - ]; then
        ok "--help has -$letter" word_in "$scratch/help" "-$letter"
        ok "the man page has -$letter" word_in "$plain_manual" "-$letter"
        ok "the completion offers -$letter" offers "-$letter" -
    fi
    if [ "$default" != - ]; then
        ok "--help has the default of $option" \
            grep -qF "[default: $default]" "$scratch/help"
        ok "the man page has the default of $option" \
            word_in "$plain_manual" "$default"
    fi
    [ "$words" = - ] && continue
    for word in $words; do
        ok "the completion offers $option=$word" offers "$word" "$option" = ''
        ok "the man page has $option=$word" word_in "$plain_manual" "$word"
    done
done <"$scratch/options"

# Commands: each with options of its own.
commands='search status'
for command in $commands; do
    ok "--help has the command $command" grep -qE "^  $command +[a-z]" "$scratch/help"
    ok "the man page has the command $command" word_in "$plain_manual" "extract $command"
    ok "the README has the command $command" word_in "$srcdir/README.md" "extract $command"
    ok "the completion offers $command" offers "$command" "$command"
    run "$command" --help
    exits 0
    quiet
    nok "no line of the help of $command has more than 79 columns" grep -qE '.{80}' "$out"
    sed -nE 's/^  (-(.),|   ) --([-a-z0-9]+)(=.*|) .*$/\3 \4/p' "$out" >"$scratch/own"
    ok "the command $command has options" test -s "$scratch/own"
    while read -r name value; do
        ok "the man page has --$name of $command" word_in "$plain_manual" "--$name"
        ok "the completion offers --$name of $command" \
            offers "--$name${value:+=}" "$command" "--$name"
        printf -- '-\t%s\t\n' "$name" >>"$scratch/options"
    done <"$scratch/own"
done

# Nothing is documented that does not exist.
for option in $(grep -oE -- '--[a-z][-a-z0-9]*' "$plain_manual" | sort -u); do
    ok "$option of the man page exists" \
        grep -qF $'\t'"${option#--}"$'\t' "$scratch/options"
done
for option in $(grep -oE -- '--[a-z][-a-z0-9]*' "$completion" | sort -u); do
    ok "$option of the completion exists" \
        grep -qF $'\t'"${option#--}"$'\t' "$scratch/options"
done

run --list-types
exits 0
quiet
types=$(cut -d' ' -f1 "$out" | sort)
script -qec "stty columns 80; '$EXTRACT' --list-types" /dev/null </dev/null |
    tr -d '\r' >terminal
is "$(wc -l <terminal)" "$(wc -l <"$out")" "a terminal has as many lines of types"
is "$(awk 'length > 80' terminal)" '' "which do not go beyond its own"
is "$(complete_words --type = '' | sort)" "$types" "the completion has all types"
is "$(complete_words --type = pdf,ep)" pdf,epub "a list of types is completed"
is "$(complete_words --type=ep)" --type=epub "also where '=' cuts no words"

touch book.epub page.pdf photo.jpg 'a b.TXT'
mkdir folder
is "$(complete_words '' | sort | tr '\n' ' ')" \
    'a b.TXT book.epub folder page.pdf ' "operands are documents and directories"
is "$(complete_words -- pa)" page.pdf "also after --"
cp "$completion" my-extract
is "$(bash -c '. ./my-extract; complete -p my-extract')" \
    'complete -o bashdefault -o default -F _extract my-extract' \
    "the completion serves the name of its file"

run --version
exits 0
quiet
ok "--version names the program and the license" \
    grep -qF 'GPL-3.0-or-later' "$out"

# Wrong usage.
run
exits 2 "no operand is wrong usage"
stderr_line 'extract: no PATH and no list given'
run --nonsense x
exits 2 "an unknown option is wrong usage"
stderr_line "extract: unknown option '--nonsense'"
stderr_line "Try 'extract --help' for more information\."
ok "wrong usage leaves stdout alone" test ! -s "$out"
run -
exits 2 "a document on standard input is wrong usage"
stderr_has 'use -T -'
: >file
run -o file page.pdf
exits 2 "-o with a file is wrong usage"
stderr_has "'file' is not a directory"
run --type=nonsense page.pdf
exits 2 "an unknown type is wrong usage"
for type in $types; do
    stderr_has "$type"
done

if [ -w /dev/full ]; then
    status=0
    "$EXTRACT" --help >/dev/full 2>"$err" || status=$?
    exits 3 "help that cannot be written is a failure"
fi

ln -s "$EXTRACT" my-extract.link
EXTRACT=$PWD/my-extract.link
run --nonsense
stderr_line "my-extract\.link: unknown option '--nonsense'" \
    "the program goes by the name that it was called by"

if command -v mandoc >/dev/null; then
    is "$(mandoc -T lint "$manual" 2>&1)" '' "mandoc finds nothing to mend"
else
    skip "mandoc finds nothing to mend" "no mandoc"
fi

finish
