/* SPDX-License-Identifier: GPL-3.0-or-later */
/* charset.h - what characters the bytes of a text stand for, and the way to
 * UTF-8. Plain functions on bytes, for every format that holds text; any
 * thread. */
#ifndef EXTRACT_FORMAT_CHARSET_H
#define EXTRACT_FORMAT_CHARSET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "format/format.h"

struct charset {
    char name[32]; /* as iconv knows it: "UTF-8", "UTF-16LE", "KOI8-R" */
    size_t mark;   /* bytes of a byte order mark at the start: 0, 2, 3, 4 */
};

/* Whether HEAD, the start of a file, reads as text in some charset; IS_CUT
 * when the file goes on behind it. Does not allocate. Binary data fails, also
 * random bytes from about 64 on; so may a text in a rare charset. */
bool charset_is_plausible(const unsigned char *head, size_t size, bool is_cut);

/* Whether DATA, of which the first 4 KiB count, is lines of UTF-8 but for a few
 * places of one NUL or many: what a crash leaves in a log. Weaker than the above,
 * which is false for it: files of fixed fields come near. Does not allocate. */
bool charset_is_holed(const unsigned char *data, size_t size);

/* Loads uchardet, unless it is there; any thread. False and *WHY: it is
 * missing. */
bool charset_prepare(const char **why);

/* A byte order mark; else UTF-8 when all of DATA is valid (or all but a few
 * of its many characters); else UTF-16 or UTF-32 by where the NULs stand
 * or by its script; else what uchardet guesses and the judge (judge.h) confirms
 * or knows better; else WINDOWS-1252, or ISO-8859-15 where the bytes that differ
 * are a euro or letters. */
void charset_detect(const unsigned char *data, size_t size, struct charset *c);

/* Whether charset_convert() knows NAME (from a document, say). */
bool charset_is_known(const char *name);

/* The same where a document says DECLARED ("": nothing), which many get wrong:
 * what is valid UTF-8 is that; else what is declared, if it is known and can be
 * true (a superset of it, where real texts are in that) and the judge does not
 * refute it; else as detected. */
void charset_choose(const unsigned char *data, size_t size, const char *declared,
                    struct charset *c);

/* Emitted pieces are at most this long. */
#define CHARSET_PIECE 65536

/* Converts DATA (without its mark) from NAME, in bounded memory, and emits it
 * as whole UTF-8 characters. Bytes that are not valid become U+FFFD and are
 * counted in *BAD. A name that is not known is taken for WINDOWS-1252.
 * Returns 0, or -1 when EMIT said stop. */
int charset_convert(const unsigned char *data, size_t size, const char *name,
                    struct emit *emit, uint64_t *bad);

#endif
