/* SPDX-License-Identifier: GPL-3.0-or-later */
/* msgrtf.h - what Outlook wraps into RTF: HTML or plain text ([MS-OXRTFEX]).
 * RTF of its own comes out as its bare text. */
#ifndef EXTRACT_FORMAT_MSGRTF_H
#define EXTRACT_FORMAT_MSGRTF_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"

/* Appends what RTF (SIZE bytes) has wrapped, as UTF-8, to OUT. Returns whether
 * it is HTML. */
bool msgrtf_unwrap(const char *rtf, size_t size, struct buffer *out);

#endif
