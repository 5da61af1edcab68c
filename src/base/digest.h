/* SPDX-License-Identifier: GPL-3.0-or-later */
/* digest.h - what a file's bytes come to. Any thread. */
#ifndef EXTRACT_BASE_DIGEST_H
#define EXTRACT_BASE_DIGEST_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"

/* In hexadecimal, lower case, with its NUL. */
#define DIGEST_SIZE 65

/* The SHA-256 of the first SIZE bytes of FD, or of all when it has fewer. Does
 * not move its offset. 0; or -1 and E: the file cannot be read, or *STOP was set
 * meanwhile (ERROR_INTERRUPTED). */
int digest_sha256(int fd, uint64_t size, const atomic_bool *stop,
                  char digest[DIGEST_SIZE], struct error *e);

#endif
