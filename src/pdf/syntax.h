/* SPDX-License-Identifier: GPL-3.0-or-later */
/* syntax.h - PDF's objects as spans of the file's bytes (ISO 32000-1, 7.2 and
 * 7.3): nothing is copied or decoded. Sections of that standard are named 7.x
 * in this folder. Input is hostile; no call reads past the end it was given,
 * and none recurses. */
#ifndef EXTRACT_PDF_SYNTAX_H
#define EXTRACT_PDF_SYNTAX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A part of the file: borrowed, AT <= END. */
struct span {
    const unsigned char *at, *end;
};

/* 7.2.2, NUL included: what a byte is. */
enum syntax_class { SYNTAX_REGULAR, SYNTAX_SPACE, SYNTAX_DELIMITER };
extern const unsigned char syntax_classes[256];

static inline bool syntax_is_space(unsigned char c)
{
    return syntax_classes[c] == SYNTAX_SPACE;
}

/* Of a name, number or keyword. */
static inline bool syntax_is_regular(unsigned char c)
{
    return syntax_classes[c] == SYNTAX_REGULAR;
}

/* Passes white space and comments. */
void syntax_skip_space(struct span *s);

/* Passes white space, then WORD if it stands there as a whole token. */
bool syntax_word(struct span *s, const char *word);

/* Passes white space, then a number without sign or point that fits; it may
 * be at most 19 digits long. */
bool syntax_integer(struct span *s, uint64_t *value);

/* Passes white space and one object of any kind, "12 0 R" included; VALUE is
 * the object alone. False: there is none, or it does not end. */
bool syntax_object(struct span *s, struct span *value);

/* Passes a dictionary; INSIDE is what stands between "<<" and ">>". */
bool syntax_dictionary(struct span *s, struct span *inside);

/* Passes the next key and its value; KEY comes without the slash. False: there
 * is no more, and INSIDE is empty; or what there is makes no sense, and INSIDE
 * is not. */
bool syntax_entry(struct span *inside, struct span *key, struct span *value);

/* The value of KEY, or false when it is not there, or twice. */
bool syntax_find(struct span inside, const char *key, struct span *value);
/* The same for a value that is a number written in place. */
bool syntax_find_integer(struct span inside, const char *key, uint64_t *value);

bool syntax_is(struct span s, const char *text);

/* Passes "NUMBER GENERATION obj". */
bool syntax_header(struct span *s, uint64_t *number, uint64_t *generation);

/* Passes "stream" and the line's end behind it (7.3.8.1). */
bool syntax_stream(struct span *s);

#endif
