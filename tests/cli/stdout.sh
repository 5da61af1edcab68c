#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# stdout.sh - text on standard output: a form feed after each page, documents
# in the order in which they were named.
. "${srcdir:-.}/tests/cli/lib.sh"

run "$corpus/good-incremental.pdf"
exits 0
stdout_is 'The new first page.\n\fThe second page.\n\f' \
    "a PDF: a form feed after each page"
quiet

run "$corpus/good-no-text.pdf"
exits 0
stdout_is '\f\f' "pages without text keep their marks"

run "$corpus/good-metadata.pdf" "$corpus/good-pdf-named.txt" \
    "$corpus/good-metadata.pdf"
exits 0
stdout_is "Look at the metadata, not at me.\n\fA PDF whatever its name says.\n\fLook at the metadata, not at me.\n\f" \
    "documents come in the order given, a repeated one twice"
quiet

run -o - "$corpus/good-metadata.pdf"
stdout_is 'Look at the metadata, not at me.\n\f' "-o - is standard output"

cp "$corpus/good-metadata.pdf" ./-dash.pdf
run -- -dash.pdf
exits 0 "after -- a name may begin with a dash"

finish
