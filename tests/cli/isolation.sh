#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# isolation.sh - a page that crashes, hangs, takes memory without end or tries
# to get out costs that page: the others come out, and it is named.
. "${srcdir:-.}/tests/cli/lib.sh"
. "$srcdir/tests/faults/lib.sh"

# lost COMMAND KIND REASON: page 2 of three is lost for REASON, alone.
page_timeout=60
lost() {
    fault a.fault "text one" "$1" "text three"
    run -j 2 --page-timeout=$page_timeout --memory-limit=128M -o tree --stats=stats.json a.fault
    is "$status $(cat tree/a.fault.txt | tr '\f' '^')" "1 one
^^three
^" "$1: the other pages come out, and its form feed stays"
    stderr_has "a.fault: page 2: $3"
    is "$(value '[.results[0].status, .results[0].pages, .results[0].pages_failed,
        .results[0].page_errors[0].first, .results[0].page_errors[0].kind,
        .errors[]]')" "[\"partial\",3,1,2,\"$2\",1]" "$1: partial, and $2 in the statistics"
}

if [ "$sanitized" ]; then
    lost "crash KILL" killed "killed: "
else
    for signal in SEGV ABRT FPE ILL BUS; do
        lost "crash $signal" crash "crash: the parser died of SIG$signal"
    done
    lost stack crash "crash: the parser died of SIGSEGV"
    for how in abort realloc own glib null; do
        lost "alloc $how" oom "oom: the parser needs more than 128 MiB"
    done
    lost "open-write evil" sandbox "sandbox: the parser called openat"
    nok "nothing was written" test -e evil
    touch victim
    lost "unlink victim" sandbox "sandbox: the parser called unlink"
    ok "nothing was removed" test -e victim
    lost socket sandbox "sandbox: the parser called socket"
    lost exec sandbox "sandbox: the parser called execve"
    lost fork sandbox "sandbox: the parser called clone"
    lost ptrace sandbox "sandbox: the parser called ptrace"
    lost kill-sibling sandbox "sandbox: the parser called kill"
    lost shared sandbox "sandbox: the parser called mmap"
    lost "crash KILL" sandbox "sandbox: the parser called tgkill"
    is "$(value .workers.sandboxed)" 1 "the worker is counted"

    fault a.fault "open-read /etc/passwd" "open-read /usr/share/poppler" \
        "open-read $work/a.fault" "open-read /proc/self/environ"
    run a.fault
    stdout_is "refused: Permission denied\n\fopened\n\frefused: Permission denied\n\frefused: Permission denied\n\f" \
        "nothing is read but poppler's data"

    # What was survived is not blamed for what comes later.
    fault a.fault "alloc survive" "crash ABRT"
    run --memory-limit=128M a.fault
    stdout_is "still here\n\f\f" "a failed allocation that is survived costs nothing"
    stderr_has "page 2: crash: the parser died of SIGABRT"
fi
lost "exit 0" crash "crash: the parser exited with status 0"
lost "exit 9" crash "crash: the parser exited with status 9"
page_timeout=3
lost spin timeout "timeout: the page took longer than 3 s"
lost "sleep 60" timeout "timeout: the page took longer than 3 s"
lost log timeout "timeout: the page took longer than 3 s"
is "$(value .workers.timed_out)" 1 "the worker is counted"

# The first and the last page, and the only one.
fault a.fault "exit 9" "text two" "exit 9"
run a.fault
stdout_is "\ftwo\n\f\f"
stderr_line '.*: a.fault: page 1: crash: .*'
stderr_line '.*: a.fault: page 3: crash: .*'
fault a.fault "exit 9"
run --stats=stats.json a.fault
exits 1
stdout_is "\f" "the only page"
is "$(value .results[0].status)" '"failed"' "a document without a good page has failed"

# Other documents do not suffer.
mkdir many
for i in $(seq -w 40); do
    if [ $((10#$i % 4)) -eq 0 ]; then
        fault "many/$i.fault" "text $i" "exit 9" "text $i again"
        printf '%s\n\f\f%s again\n\f' "$i" "$i"
    else
        fault "many/$i.fault" "text $i"
        printf '%s\n\f' "$i"
    fi
done >wanted
for jobs in 1 2 3 8; do
    run -j "$jobs" many
    exits 1
    same_file "$out" wanted "-j $jobs: 10 of 40 documents crash"
    is "$(wc -l <"$err")" 10 "-j $jobs: each is named, once"
done

# What is said of pages comes along, and changes no status.
fault a.fault "text one" "text -" "text" "garbled x" "garbled y" "text - -"
for isolation in process none; do
    run -v --isolation="$isolation" --stats=stats.json a.fault
    exits 0
    stderr_line '.*: a.fault: pages 2-3: no text'
    stderr_line '.*: a.fault: page 6: no text'
    stderr_line '.*: a.fault: garbled: its fonts do not say what their letters are'
    is "$(value '[.without_text, .garbled] | map([.documents, .pages])')" \
        '[[0,3],[1,2]]' "$isolation: counted"
    is "$(value '.results[0] | [.pages_without_text, .pages_garbled, .garbled]')" \
        '[3,2,true]' "$isolation: by document"
done

# Opening.
for command in "exit 9" spin; do
    printf '%%FAULT %s\ntext never\n' "$command" >a.fault
    fault b.fault "text fine"
    run --page-timeout=3 --stats=stats.json a.fault b.fault
    exits 1
    stdout_is "fine\n\f" "opening: $command"
    is "$(value .results[0].status)" '"failed"' "opening: $command: failed"
done
stderr_line '.*: a.fault: timeout: opening it took longer than 3 s'

# Three deaths in a row.
fault a.fault "text one" "exit 9" "exit 9" "text four" "exit 9" "exit 9" "exit 9" \
    "text eight" "text nine"
run -j 1 --stats=stats.json a.fault
exits 1
stdout_is "one\n\f\f\ffour\n\f\f\f\f\f\f" "after three deaths in a row no more is tried"
stderr_line '.*: a.fault: pages 8-9: given up after 3 deaths of workers in a row'
is "$(value .workers.started)" 5 "and no more workers are started"

# By the order of pages, whatever other lanes have done meanwhile.
fault a.fault "text one" "exit 9" "text three" "exit 9" "exit 9" "exit 9" \
    "text seven" "text eight" "text nine" "text ten" "text eleven" "text twelve"
for jobs in 1 2 3; do
    for split in 1 2 5 32; do
        run -j "$jobs" --split-pages="$split" --tiers=tiny=/1,small=/1,medium=/1,large=/1 \
            --stats=stats.json a.fault
        exits 1
        stdout_is "one\n\f\fthree\n\f\f\f\f\f\f\f\f\f\f" "-j $jobs --split-pages=$split"
        is "$(value '.results[0].page_errors | map([.first, .last])')" "[[2,2],[4,6],[7,12]]" \
            "and the same pages are given up"
    done
done

fault a.fault spin spin spin "text four"
run -j 1 --page-timeout=0.3 --stats=stats.json a.fault
is "$(value '.errors | keys')" '["timeout"]' "given up for what killed them"

finish
