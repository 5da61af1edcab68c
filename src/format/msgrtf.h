/* SPDX-License-Identifier: GPL-3.0-or-later */
/* msgrtf.h - what Outlook wraps into RTF: HTML or plain text ([MS-OXRTFEX]).
 * RTF that wraps nothing is for rtfread.h. */
#ifndef EXTRACT_FORMAT_MSGRTF_H
#define EXTRACT_FORMAT_MSGRTF_H

#include <stddef.h>

#include "base/buffer.h"

enum msgrtf { MSGRTF_NONE, MSGRTF_TEXT, MSGRTF_HTML };

/* Appends what RTF (SIZE bytes) has wrapped, as UTF-8, to OUT; says what it is.
 * MSGRTF_NONE: nothing was appended. */
enum msgrtf msgrtf_unwrap(const char *rtf, size_t size, struct buffer *out);

#endif
