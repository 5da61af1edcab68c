/* SPDX-License-Identifier: GPL-3.0-or-later */
/* mailscan.h - mail by its lines alone (RFC 5322, RFC 4155): whether bytes are
 * a message or a mailbox, and where the messages of a mailbox are. Needs no
 * library. */
#ifndef EXTRACT_FORMAT_MAILSCAN_H
#define EXTRACT_FORMAT_MAILSCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Bytes of a name that an email header may have; longer ones are none. */
#define MAILSCAN_NAME 80

/* Past the newline of the line at P, or END. */
const char *mailscan_next_line(const char *p, const char *end);

/* Length of a header's name and its colon at P ("Subject:", "Subject :"); 0:
 * no header line. */
size_t mailscan_name(const char *p, const char *end);

/* Whether the head of a file is a message: header lines from the first on, and
 * among them what only mail has. IS_CUT: the file goes on behind it. LIKELY:
 * something else says that it is mail (a name, an envelope), so that less is
 * asked for. In doubt it is none: notes begin with "Date:" too. */
bool mailscan_is_message(const char *head, size_t size, bool is_cut, bool likely);

/* Whether a line "From someone Mon Jan  1 00:00:00 2024" begins at P, with a
 * header line after it; ALONE: or an empty line, of a message without headers. */
bool mailscan_is_envelope(const char *p, const char *end, bool alone);

/* Apple's .emlx: the number of the message's bytes on a line of its own, the
 * message, a property list. The message's size, and *START where it begins;
 * -1: it is none. */
int64_t mailscan_emlx(const char *data, size_t size, size_t *start);

/* Messages of one mailbox. Four million take 32 MiB. */
#define MAILSCAN_MESSAGES ((size_t)1 << 22)

/* Where messages begin, at their envelope lines. */
struct mailscan_box {
    uint64_t *starts;
    size_t count;
    bool is_cut; /* there are more */
};

/* One pass over DATA. A message ends before the next envelope line that follows
 * an empty line (mboxo, mboxrd), or where its Content-Length says, if an
 * envelope line or the end is there (mboxcl). Messages without headers are known
 * where the first is one. BOX->starts is to be freed. */
void mailscan_box(const char *data, size_t size, struct mailscan_box *box);

#endif
