#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# mail.sh - messages and mailboxes: the same text whoever reads it, pages,
# metadata, and mail that is made to hurt.
. "${srcdir:-.}/tests/cli/lib.sh"

for file in good-parts.eml good-html.eml good-mailbox.mbox good-apple.emlx bad-cut.eml; do
    for how in "-j 1" "-j 3" --isolation=none; do
        # shellcheck disable=SC2086 # two words
        run $how "$corpus/$file"
        same_file "$out" "$corpus/expected/$file.txt" "$file: text with $how"
    done
done

run --format=jsonl "$corpus/good-parts.eml"
is "$(jq -r '.type, .metadata.title, .metadata.author, .metadata.created' "$out")" \
    "message/rfc822
Döner am Hafen
Jörg Möwe <gull@example.org>
2024-01-01T11:00:00Z" "type and metadata of a message"
run --format=jsonl "$corpus/good-mailbox.mbox" "$corpus/good-apple.emlx"
is "$(jq -r '"\(.type) \(.pages)"' "$out" | sort)" "application/mbox 3
message/x-emlx 1" "a mailbox, and Apple's message"
run --format=jsonl "$corpus/bad-encrypted.eml"
is "$(jq -r '"\(.status) \(.metadata.encrypted)"' "$out")" "partial yes" "encrypted"

run --pages=2 "$corpus/good-mailbox.mbox"
stdout_is 'From: gull@example.org\nSubject: Letter 2\n\nThis is letter 2.\nFrom the harbour.\n\f' \
    "one message of a mailbox"

# What Outlook sends beside a message is an attachment that holds others.
{
    printf 'From: a@b.example\nSubject: s\nMIME-Version: 1.0\n'
    printf 'Content-Type: application/ms-tnef; name=winmail.dat\n'
    printf 'Content-Transfer-Encoding: base64\n\n'
    base64 "$corpus/good-winmail.dat"
} >outlook.eml
run -f jsonl outlook.eml
exits 0 "a mail with winmail.dat"
is "$(jq -r .path "$out")" "outlook.eml!/winmail.dat!/note.txt
outlook.eml!/winmail.dat!/море.txt
outlook.eml!/winmail.dat!/Inner
outlook.eml!/winmail.dat!/stored.txt
outlook.eml!/winmail.dat
outlook.eml" "all that is in it"
is "$(jq -r 'select(.path | endswith("Inner")) | .text' "$out" | tr -d '\f')" \
    "Subject: Inner

The inner body." "a message in it"

# A Maildir's names have no extension.
mkdir -p cur
cp "$corpus/good-parts.eml" "cur/1704106800.M1P1.host:2,S"
run cur
same_file "$out" "$corpus/expected/good-parts.eml.txt" "a Maildir"

# Parts in parts, address groups in groups, a part on each line, one long field.
head=$'From: a@b.example\nTo: c@d.example\nSubject: s\nDate: Mon, 1 Jan 2024 00:00:00 +0000\n'
{
    printf '%s' "$head"
    awk 'BEGIN { for (i = 0; i < 1000; i++)
        printf "Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n", i, i
        print "\ninnermost" }'
} >deep.eml
{ printf '%sCc: ' "$head"; printf 'g:%.0s' {1..100000}; printf '\n\nbody\n'; } >groups.eml
{
    printf '%sContent-Type: multipart/mixed; boundary=b\n\n' "$head"
    awk 'BEGIN { for (i = 0; i < 100000; i++) print "--b\n\nx" }'
} >many.eml
{ printf '%sX: ' "$head"; head -c 5000000 /dev/zero | tr '\0' x; printf '\n\nbody\n'; } >long.eml
for name in deep:1:innermost groups:0:body many:1:x long:0:body; do
    IFS=: read -r name wanted word <<<"$name"
    run --timeout=60 "$name.eml"
    exits "$wanted" "$name.eml: exit status"
    ok "$name.eml: its text" grep -qx "$word" "$out"
done

finish
