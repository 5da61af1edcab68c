#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# memory.sh - memory does not grow with the number of documents.
. "${srcdir:-.}/tests/cli/lib.sh"

if grep -qE '__(asan|tsan)_init' "$EXTRACT"; then
    skip_all "a sanitizer keeps what is freed"
fi
# So many that the caches of a manifest are full.
gen --texts few --count 12000
gen --texts many --count 24000

# peak ARG...: the program's peak resident memory in KiB.
peak() {
    python3 - "$EXTRACT" "$@" <<'P'
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
P
}

for options in "-o tree" "" "--order=completion"; do
    # shellcheck disable=SC2086
    small=$(peak -j 2 $options few)
    # shellcheck disable=SC2086
    large=$(peak -j 2 $options many)
    echo "# peak '$options': $small KiB for 12,000 texts, $large KiB for 24,000"
    # A tenth and 3 MiB for chance: 12,000 texts are 2 MiB, structs for them more.
    ok "${options:-stdout}: 24,000 texts take no more than 12,000" \
        test "$large" -le $((small + small / 10 + 3072))
done

finish
