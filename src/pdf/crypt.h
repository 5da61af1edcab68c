/* SPDX-License-Identifier: GPL-3.0-or-later */
/* crypt.h - the standard security handler (7.6.3; ISO 32000-2, 7.6.4 for revisions 5 and
 * 6): from a password to the key of a file, and with that to bytes that can be read. Of
 * what is in a file it knows only the terms. Any thread. */
#ifndef EXTRACT_PDF_CRYPT_H
#define EXTRACT_PDF_CRYPT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "pdf/syntax.h"

enum crypt_method {
    CRYPT_IDENTITY, /* bytes stay */
    CRYPT_RC4,
    CRYPT_AES128,
    CRYPT_AES256
};

#define CRYPT_KEY_MOST 32

/* What the encryption dictionary says. */
struct crypt_terms {
    int revision;    /* 2 to 6 */
    size_t key_size; /* of the file's key, 5 to 16; 32 from revision 5 on */
    int32_t permissions;
    bool metadata; /* is encrypted too */
    struct span owner, user, owner_key, user_key, id; /* O, U, OE, UE; ID's first */
};

/* Whether PASSWORD, as the user's or the owner's, opens a file of these TERMS; then KEY
 * is filled. */
bool crypt_unlock(const struct crypt_terms *terms, struct span password,
                  unsigned char key[CRYPT_KEY_MOST]);

/* Decrypts IN, a string or stream of object NUMBER, to OUT, which has room for as much.
 * Returns how much it is: no more. KEY of SIZE bytes is the file's. */
size_t crypt_decrypt(enum crypt_method method, const unsigned char *key, size_t size,
                     uint32_t number, uint32_t generation, struct span in,
                     unsigned char *out);

#endif
