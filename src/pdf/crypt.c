/* SPDX-License-Identifier: GPL-3.0-or-later */
/* crypt.c - the algorithms are numbered as in ISO 32000-1, 7.6, and 2.A and 2.B as in ISO
 * 32000-2. What is secret here opens no more than the file that is being read. */
#include <config.h>

#include "pdf/crypt.h"

#include <nettle/aes.h>
#include <nettle/arcfour.h>
#include <nettle/cbc.h>
#include <nettle/md5.h>
#include <nettle/sha2.h>
#include <string.h>

#define CRYPT_BLOCK AES_BLOCK_SIZE
/* Bytes of a password that count, by revision: up to 4, and from 5 on. */
#define CRYPT_PADDED 32
#define CRYPT_LONG 127
/* In O and U of revision 5 on: a hash, and two salts (ISO 32000-2, 7.6.4.4). */
#define CRYPT_HASH 32
#define CRYPT_SALT 8
#define CRYPT_ENTRY (CRYPT_HASH + 2 * CRYPT_SALT)

static const unsigned char crypt_padding[CRYPT_PADDED] = {
    0x28, 0xbf, 0x4e, 0x5e, 0x4e, 0x75, 0x8a, 0x41, 0x64, 0x00, 0x4e,
    0x56, 0xff, 0xfa, 0x01, 0x08, 0x2e, 0x2e, 0x00, 0xb6, 0xd0, 0x68,
    0x3e, 0x80, 0x2f, 0x0c, 0xa9, 0xfe, 0x64, 0x53, 0x69, 0x7a
};

static size_t crypt_size(struct span s)
{
    return (size_t)(s.end - s.at);
}

static void crypt_pad(struct span password, unsigned char padded[CRYPT_PADDED])
{
    size_t size = crypt_size(password);
    if (size > CRYPT_PADDED)
        size = CRYPT_PADDED;
    if (size)
        memcpy(padded, password.at, size);
    memcpy(padded + size, crypt_padding, CRYPT_PADDED - size);
}

static void crypt_rc4(const unsigned char *key, size_t size, unsigned char *out,
                      const unsigned char *in, size_t length)
{
    struct arcfour_ctx ctx;
    arcfour_set_key(&ctx, size, key);
    arcfour_crypt(&ctx, length, out, in);
}

/* The same with each byte of the key changed by ROUND. */
static void crypt_rc4_round(const unsigned char *key, size_t size, int round,
                            unsigned char *data, size_t length)
{
    unsigned char changed[16];
    for (size_t i = 0; i < size; i++)
        changed[i] = (unsigned char)(key[i] ^ round);
    crypt_rc4(changed, size, data, data, length);
}

/* MD5 of the first SIZE bytes of DIGEST, fifty times, from revision 3 on. */
static void crypt_md5_again(const struct crypt_terms *t,
                            unsigned char digest[MD5_DIGEST_SIZE], size_t size)
{
    struct md5_ctx md5;
    for (int i = 0; t->revision >= 3 && i < 50; i++) {
        md5_init(&md5);
        md5_update(&md5, size, digest);
        md5_digest(&md5, MD5_DIGEST_SIZE, digest);
    }
}

/* Algorithm 2. */
static void crypt_make_key(const struct crypt_terms *t,
                           const unsigned char padded[CRYPT_PADDED],
                           unsigned char key[CRYPT_KEY_MOST])
{
    unsigned char digest[MD5_DIGEST_SIZE], p[4];
    struct md5_ctx md5;
    for (unsigned i = 0; i < 4; i++)
        p[i] = (unsigned char)((uint32_t)t->permissions >> (8 * i));
    md5_init(&md5);
    md5_update(&md5, CRYPT_PADDED, padded);
    md5_update(&md5, CRYPT_PADDED, t->owner.at);
    md5_update(&md5, sizeof p, p);
    if (crypt_size(t->id))
        md5_update(&md5, crypt_size(t->id), t->id.at);
    if (t->revision >= 4 && !t->metadata)
        md5_update(&md5, 4, (const unsigned char *)"\xff\xff\xff\xff");
    md5_digest(&md5, MD5_DIGEST_SIZE, digest);
    crypt_md5_again(t, digest, t->key_size);
    memcpy(key, digest, t->key_size);
}

/* Algorithms 4 to 6. */
static bool crypt_is_user(const struct crypt_terms *t,
                          const unsigned char padded[CRYPT_PADDED],
                          unsigned char key[CRYPT_KEY_MOST])
{
    unsigned char check[CRYPT_PADDED];
    struct md5_ctx md5;
    crypt_make_key(t, padded, key);
    if (t->revision == 2) {
        crypt_rc4(key, t->key_size, check, crypt_padding, CRYPT_PADDED);
        return !memcmp(check, t->user.at, CRYPT_PADDED);
    }
    md5_init(&md5);
    md5_update(&md5, CRYPT_PADDED, crypt_padding);
    if (crypt_size(t->id))
        md5_update(&md5, crypt_size(t->id), t->id.at);
    md5_digest(&md5, MD5_DIGEST_SIZE, check);
    for (int i = 0; i < 20; i++)
        crypt_rc4_round(key, t->key_size, i, check, MD5_DIGEST_SIZE);
    return !memcmp(check, t->user.at, MD5_DIGEST_SIZE);
}

/* Algorithm 7: the owner's password opens the user's. */
static bool crypt_is_owner(const struct crypt_terms *t, struct span password,
                           unsigned char key[CRYPT_KEY_MOST])
{
    unsigned char padded[CRYPT_PADDED], digest[MD5_DIGEST_SIZE];
    struct md5_ctx md5;
    crypt_pad(password, padded);
    md5_init(&md5);
    md5_update(&md5, CRYPT_PADDED, padded);
    md5_digest(&md5, MD5_DIGEST_SIZE, digest);
    crypt_md5_again(t, digest, MD5_DIGEST_SIZE);
    memcpy(padded, t->owner.at, CRYPT_PADDED);
    for (int i = t->revision == 2 ? 0 : 19; i >= 0; i--)
        crypt_rc4_round(digest, t->key_size, i, padded, CRYPT_PADDED);
    return crypt_is_user(t, padded, key);
}

static void crypt_aes128_run(const void *ctx, size_t length, unsigned char *out,
                             const unsigned char *in)
{
    aes128_encrypt(ctx, length, out, in);
}

static void crypt_aes128_undo(const void *ctx, size_t length, unsigned char *out,
                              const unsigned char *in)
{
    aes128_decrypt(ctx, length, out, in);
}

static void crypt_aes256_undo(const void *ctx, size_t length, unsigned char *out,
                              const unsigned char *in)
{
    aes256_decrypt(ctx, length, out, in);
}

/* A password, a salt and, for the owner, U. */
struct crypt_input {
    unsigned char data[CRYPT_LONG + CRYPT_SALT + CRYPT_ENTRY];
    size_t password, size;
    const unsigned char *user; /* NULL, or CRYPT_ENTRY bytes */
};

static size_t crypt_sha(size_t bits, const unsigned char *data, size_t size,
                        unsigned char digest[SHA512_DIGEST_SIZE])
{
    struct sha256_ctx sha256;
    struct sha512_ctx sha512;
    if (bits == 256) {
        sha256_init(&sha256);
        sha256_update(&sha256, size, data);
        sha256_digest(&sha256, SHA256_DIGEST_SIZE, digest);
        return SHA256_DIGEST_SIZE;
    }
    if (bits == 384)
        sha384_init(&sha512);
    else
        sha512_init(&sha512);
    sha512_update(&sha512, size, data);
    if (bits == 384)
        sha384_digest(&sha512, SHA384_DIGEST_SIZE, digest);
    else
        sha512_digest(&sha512, SHA512_DIGEST_SIZE, digest);
    return bits / 8;
}

/* Algorithm 2.B, the hash of revision 6; DIGEST is the one of revision 5. */
static void crypt_harden(const struct crypt_input *in,
                         unsigned char digest[SHA512_DIGEST_SIZE])
{
    enum { REPEATS = 64, ONE = CRYPT_LONG + SHA512_DIGEST_SIZE + CRYPT_ENTRY };
    unsigned char data[REPEATS * ONE];
    size_t length = SHA256_DIGEST_SIZE;
    for (unsigned round = 0, last = 0; round < 64 || last > round - 32; round++) {
        size_t size = 0;
        memcpy(data, in->data, in->password);
        size += in->password;
        memcpy(data + size, digest, length);
        size += length;
        if (in->user) {
            memcpy(data + size, in->user, CRYPT_ENTRY);
            size += CRYPT_ENTRY;
        }
        for (size_t i = 1; i < REPEATS; i++)
            memcpy(data + i * size, data, size);
        size *= REPEATS;
        struct aes128_ctx aes;
        unsigned char iv[CRYPT_BLOCK];
        aes128_set_encrypt_key(&aes, digest);
        memcpy(iv, digest + CRYPT_BLOCK, CRYPT_BLOCK);
        cbc_encrypt(&aes, crypt_aes128_run, CRYPT_BLOCK, iv, size, data, data);
        unsigned sum = 0;
        for (size_t i = 0; i < CRYPT_BLOCK; i++)
            sum += data[i];
        static const size_t bits[3] = { 256, 384, 512 };
        last = data[size - 1];
        length = crypt_sha(bits[sum % 3], data, size, digest);
    }
}

/* The hash of PASSWORD with SALT. */
static void crypt_hash(const struct crypt_terms *t, struct span password,
                       const unsigned char *salt, const unsigned char *user,
                       unsigned char digest[SHA512_DIGEST_SIZE])
{
    struct crypt_input in = { .password = crypt_size(password), .user = user };
    if (in.password)
        memcpy(in.data, password.at, in.password);
    memcpy(in.data + in.password, salt, CRYPT_SALT);
    in.size = in.password + CRYPT_SALT;
    if (user) {
        memcpy(in.data + in.size, user, CRYPT_ENTRY);
        in.size += CRYPT_ENTRY;
    }
    crypt_sha(256, in.data, in.size, digest);
    if (t->revision >= 6)
        crypt_harden(&in, digest);
}

/* Algorithm 2.A with ENTRY (O or U) and its encrypted KEY. */
static bool crypt_open(const struct crypt_terms *t, struct span password,
                       struct span entry, struct span encrypted,
                       const unsigned char *user, unsigned char key[CRYPT_KEY_MOST])
{
    unsigned char digest[SHA512_DIGEST_SIZE], iv[CRYPT_BLOCK] = { 0 };
    struct aes256_ctx aes;
    if (crypt_size(entry) < CRYPT_ENTRY || crypt_size(encrypted) < CRYPT_KEY_MOST)
        return false;
    crypt_hash(t, password, entry.at + CRYPT_HASH, user, digest);
    if (memcmp(digest, entry.at, CRYPT_HASH))
        return false;
    crypt_hash(t, password, entry.at + CRYPT_HASH + CRYPT_SALT, user, digest);
    aes256_set_decrypt_key(&aes, digest);
    cbc_decrypt(&aes, crypt_aes256_undo, CRYPT_BLOCK, iv, CRYPT_KEY_MOST, key,
                encrypted.at);
    return true;
}

bool crypt_unlock(const struct crypt_terms *t, struct span password,
                  unsigned char key[CRYPT_KEY_MOST])
{
    if (t->revision >= 5) {
        if (crypt_size(password) > CRYPT_LONG)
            password.end = password.at + CRYPT_LONG;
        return crypt_open(t, password, t->user, t->user_key, NULL, key) ||
               (crypt_size(t->user) >= CRYPT_ENTRY &&
                crypt_open(t, password, t->owner, t->owner_key, t->user.at, key));
    }
    unsigned char padded[CRYPT_PADDED];
    if (crypt_size(t->owner) < CRYPT_PADDED || crypt_size(t->user) < CRYPT_PADDED)
        return false;
    crypt_pad(password, padded);
    return crypt_is_user(t, padded, key) || crypt_is_owner(t, password, key);
}

/* Algorithm 1: the key of an object. Returns its size. */
static size_t crypt_object_key(enum crypt_method method, const unsigned char *key,
                               size_t size, uint32_t number, uint32_t generation,
                               unsigned char own[MD5_DIGEST_SIZE])
{
    const unsigned char salt[] = { (unsigned char)number,
                                   (unsigned char)(number >> 8),
                                   (unsigned char)(number >> 16),
                                   (unsigned char)generation,
                                   (unsigned char)(generation >> 8) };
    struct md5_ctx md5;
    md5_init(&md5);
    md5_update(&md5, size, key);
    md5_update(&md5, sizeof salt, salt);
    if (method == CRYPT_AES128)
        md5_update(&md5, 4, (const unsigned char *)"sAlT");
    md5_digest(&md5, MD5_DIGEST_SIZE, own);
    return size + 5 < MD5_DIGEST_SIZE ? size + 5 : MD5_DIGEST_SIZE;
}

/* An initial vector, whole blocks, and padding that says its length. */
static size_t crypt_unblock(const void *ctx, nettle_cipher_func *undo, struct span in,
                            unsigned char *out)
{
    unsigned char iv[CRYPT_BLOCK];
    if (crypt_size(in) < 2 * CRYPT_BLOCK)
        return 0;
    memcpy(iv, in.at, CRYPT_BLOCK);
    size_t size = (crypt_size(in) - CRYPT_BLOCK) / CRYPT_BLOCK * CRYPT_BLOCK;
    cbc_decrypt(ctx, undo, CRYPT_BLOCK, iv, size, out, in.at + CRYPT_BLOCK);
    size_t padding = out[size - 1];
    return padding >= 1 && padding <= CRYPT_BLOCK ? size - padding : size;
}

size_t crypt_decrypt(enum crypt_method method, const unsigned char *key, size_t size,
                     uint32_t number, uint32_t generation, struct span in,
                     unsigned char *out)
{
    unsigned char own[MD5_DIGEST_SIZE] = { 0 };
    struct aes128_ctx aes128;
    struct aes256_ctx aes256;
    if (method == CRYPT_RC4 || method == CRYPT_AES128)
        size = crypt_object_key(method, key, size, number, generation, own);
    switch (method) {
    case CRYPT_RC4:
        crypt_rc4(own, size, out, in.at, crypt_size(in));
        return crypt_size(in);
    case CRYPT_AES128:
        aes128_set_decrypt_key(&aes128, own);
        return crypt_unblock(&aes128, crypt_aes128_undo, in, out);
    case CRYPT_AES256:
        aes256_set_decrypt_key(&aes256, key);
        return crypt_unblock(&aes256, crypt_aes256_undo, in, out);
    default:
        if (crypt_size(in))
            memcpy(out, in.at, crypt_size(in));
        return crypt_size(in);
    }
}
