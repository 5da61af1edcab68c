/* SPDX-License-Identifier: GPL-3.0-or-later */
/* judge.h - in which charset bytes read most like a text: the likelihood of
 * them under the alphabet of each language, in each charset that is customary
 * for it. For charset.c. */
#ifndef EXTRACT_FORMAT_JUDGE_H
#define EXTRACT_FORMAT_JUDGE_H

#include <stdbool.h>
#include <stddef.h>

/* So many bytes are enough, and cost less than a millisecond. */
#define JUDGE_BYTES 8192

/* The charset for DATA, the lines of a text that have bytes beyond ASCII (of
 * more than JUDGE_BYTES the first count). GUESS, a library's word or "", wins
 * a doubtful case, and where no language fits. Never NULL; "" when there is
 * neither a guess nor a converter. Any thread; does not allocate after the
 * first call. */
const char *judge_charset(const unsigned char *data, size_t size, const char *guess);

/* Whether DATA can hardly be in CHARSET: it reads far worse in it than in
 * what judge_charset() says. False for a charset that has no alphabet. */
bool judge_refutes(const unsigned char *data, size_t size, const char *charset);

#endif
