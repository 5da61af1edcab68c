#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# soak.sh - the short version of scripts/soak: workers are killed at random.
. "${srcdir:-.}/tests/cli/lib.sh"

[ -r "/proc/$$/task/$$/children" ] || skip_all "the kernel does not list children"
# What AddressSanitizer keeps of freed memory would pass for growth.
export ASAN_OPTIONS="${ASAN_OPTIONS:-exitcode=99}:quarantine_size_mb=1"
for seed in 1 2; do
    status=0
    "$srcdir/scripts/soak" "$EXTRACT" --documents 300 --rate 30 --jobs 3 \
        --seed "$seed" >"$out" 2>"$err" || status=$?
    sed 's/^/# /' "$out"
    exits 0 "300 documents while workers are killed, seed $seed"
done

finish
