#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# password.sh - encrypted PDFs: without a password, with a wrong one, with the
# right one; also those that open without.
. "${srcdir:-.}/tests/cli/lib.sh"

run "$corpus/good-simple.pdf"
awk 'BEGIN { RS = "\f"; ORS = "\f" } NR <= 2' "$out" >wanted

for name in bad-password.pdf bad-password-aes.pdf; do
    file=$corpus/$name
    run "$file" "$corpus/good-metadata.pdf"
    exits 1 "$name: without a password"
    stderr_line "extract: .*/$name: .*password.*"
    stdout_is 'Look at the metadata, not at me.\n\f' "others are extracted"
    run --password=wrong "$file"
    exits 1 "$name: with a wrong one"
    stderr_line "extract: .*/$name: .*password.*"
    run --password=harbour "$file"
    exits 0 "$name: with the right one"
    same_file "$out" wanted "$name: its text"
    quiet
    echo harbour >secret
    run --password-file=secret "$file"
    exits 0 "$name: the password from a file"
done

run --password=harbour "$corpus/good-simple.pdf" "$corpus/good-owner-password.pdf" \
    "$corpus/good-owner-password-aes.pdf"
exits 0 "a password does not hurt those that need none"

# Longer than PDF takes, and than anything does.
long=$(printf '%*s' 1023 '' | tr ' ' x)
for isolation in process none; do
    for name in bad-password.pdf bad-password-aes.pdf; do
        run --isolation=$isolation --password="$long" "$corpus/$name" \
            "$corpus/good-metadata.pdf"
        exits 1 "$name: a long password"
        stderr_line "extract: .*/$name: encrypted, .*"
        stdout_is 'Look at the metadata, not at me.\n\f'
    done
done
run --password="${long}x" "$corpus/bad-password.pdf"
exits 2 "a password that is too long"
stderr_lacks xxxx "and it is not shown"

run -j 3 --split-pages=1 --tiers=tiny=/1,small=/1,medium=/1,large=/1 \
    --password=harbour "$corpus/bad-password.pdf"
same_file "$out" wanted "each lane that opens a split document has it"

finish
