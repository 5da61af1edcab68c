/* SPDX-License-Identifier: GPL-3.0-or-later */
/* msgprops.h - the properties of an Outlook message ([MS-OXMSG]), of one of its
 * recipients or attachments: streams named by number and type, and short ones
 * in a table. */
#ifndef EXTRACT_FORMAT_MSGPROPS_H
#define EXTRACT_FORMAT_MSGPROPS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"
#include "format/ole.h"

/* Numbers of properties ([MS-OXPROPS]). */
enum msg_property {
    MSG_SUBJECT = 0x0037,
    MSG_SUBMITTED = 0x0039,
    MSG_SENT_FOR_NAME = 0x0042,
    MSG_SENT_FOR_ADDRESS = 0x0065,
    MSG_RECIPIENT_TYPE = 0x0c15,
    MSG_SENDER_NAME = 0x0c1a,
    MSG_SENDER_ADDRESS = 0x0c1f,
    MSG_DISPLAY_BCC = 0x0e02,
    MSG_DISPLAY_CC = 0x0e03,
    MSG_DISPLAY_TO = 0x0e04,
    MSG_DELIVERED = 0x0e06,
    MSG_BODY = 0x1000,
    MSG_RTF = 0x1009,
    MSG_HTML = 0x1013,
    MSG_NAME = 0x3001,
    MSG_ADDRESS = 0x3003,
    MSG_MODIFIED = 0x3008,
    MSG_DATA = 0x3701,
    MSG_FILE_SHORT = 0x3704,
    MSG_FILE = 0x3707,
    MSG_SMTP_ADDRESS = 0x39fe,
    MSG_INTERNET_PAGE = 0x3fde,
    MSG_PAGE = 0x3ffd,
    MSG_SENDER_SMTP = 0x5d01
};

/* Where a table of short properties begins in its stream. */
enum { MSG_TABLE_MESSAGE = 32, MSG_TABLE_EMBEDDED = 24, MSG_TABLE_PART = 8 };

#define MSG_TABLE_NAME "__properties_version1.0"

struct msg_props {
    struct ole *ole;
    int storage;
    unsigned codepage; /* of strings of a byte each */
    struct buffer table; /* entries of 16 bytes */
    struct error fault;  /* of a string that could not be read whole */
};

/* Reads those in STORAGE, the table from byte START of its stream on. To be
 * cleared. */
void msg_props_read(struct msg_props *p, struct ole *o, int storage,
                    size_t start, unsigned codepage);
void msg_props_clear(struct msg_props *p);

/* The 8 bytes of a short property, as a number; false: there is none. */
bool msg_props_number(const struct msg_props *p, enum msg_property id,
                      uint64_t *value);

/* Appends a string as UTF-8; false: there is none, or it is empty. */
bool msg_props_string(struct msg_props *p, enum msg_property id,
                      struct buffer *out);

/* The stream of binary data, or the storage, of a property; -1: none. */
int msg_props_binary(const struct msg_props *p, enum msg_property id);
int msg_props_storage(const struct msg_props *p, enum msg_property id);

#endif
