#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# levenshtein.sh - the distance by which scripts/score measures text.
. "${srcdir:-.}/tests/cli/lib.sh"

distance() {
    printf %b "$1" >a
    printf %b "$2" >b
    "$LEVENSHTEIN" a b
}

is "$(distance kitten sitting)" "3 6 7" "the classic one"
is "$(distance '' abc)" "3 0 3" "from nothing"
is "$(distance abc '')" "3 3 0" "to nothing"
is "$(distance 'größe 船' 'grosse 舟')" "4 7 8" "characters, not bytes"
is "$(distance 'a\xffb' 'a\xfeb')" "1 3 3" "bytes that are no UTF-8"

# Lengths around multiples of 64, where blocks end, against the textbook.
python3 - "$LEVENSHTEIN" >"$out" 2>"$err" <<'EOF2'
import random, subprocess, sys

def naive(a, b):
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        before, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            before, row[j] = row[j], min(before + (x != y), row[j] + 1,
                                         row[j - 1] + 1)
    return row[-1]

rng, pairs, paths = random.Random(4), [], []
for n in range(120):
    letters = "abé船"[:rng.randrange(1, 5)]
    size = rng.choice((1, 5, 63, 64, 65, 127, 128, 129, 200))
    a = "".join(rng.choice(letters) for _ in range(size))
    if n % 2:
        b = "".join(rng.choice(letters) for _ in range(rng.randrange(200)))
    else: # a damaged copy
        b = "".join(c for c in a if rng.random() > .1)
        b = b[len(b) // 3:] + b[:len(b) // 3]
    pairs.append((a, b))
    for side, text in zip("ab", (a, b)):
        paths.append(f"{n}{side}")
        open(paths[-1], "w", encoding="utf-8").write(text)
lines = subprocess.run([sys.argv[1], *paths], check=True,
                       capture_output=True, text=True).stdout.splitlines()
wrong = [(line, a, b) for line, (a, b) in zip(lines, pairs, strict=True)
         if line != f"{naive(a, b)} {len(a)} {len(b)}"]
print(wrong[:3])
sys.exit(bool(wrong))
EOF2
status=$?
exits 0 "as the textbook says, on 120 random pairs"

nok "a text without its pair" "$LEVENSHTEIN" a
nok "a file that is not there" "$LEVENSHTEIN" a nowhere

finish
