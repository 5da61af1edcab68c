/* SPDX-License-Identifier: GPL-3.0-or-later */
/* unlock.c - from the encryption dictionary and a password to a key, and which method
 * applies to what (7.6.5). */
#include <config.h>

#include <string.h>

#include "pdf/inside.h"

/* What counts of a password (ISO 32000-2, 7.6.4.3.3). */
#define UNLOCK_PASSWORD 127

static struct span unlock_string(struct objects *o, const struct value *v,
                                 const char *key)
{
    const struct value *found = objects_find(o, v, key);
    struct span none = { (const unsigned char *)"", (const unsigned char *)"" };
    return found->type == VALUE_STRING ? found->text : none;
}

/* Some give bytes, some bits. */
static size_t unlock_bytes(int64_t length, size_t fallback)
{
    if (length >= 40 && length <= 256)
        length /= 8;
    return length >= 5 && length <= 16 ? (size_t)length : fallback;
}

/* The crypt filter of NAME. False: it is not known. */
static bool unlock_method(struct objects *o, const struct value *name,
                          enum crypt_method *method, size_t *key_size)
{
    *method = CRYPT_IDENTITY;
    if (name->type == VALUE_NULL || value_is_name(name, "Identity"))
        return true;
    const struct value *encrypt = objects_find(o, &o->trailer, "Encrypt");
    const struct value *filters = objects_find(o, encrypt, "CF"), *filter = &value_null;
    if (filters->type == VALUE_DICTIONARY)
        objects_charge_entries(o, filters->list.count);
    for (uint32_t i = 0; i + 1 < filters->list.count &&
                         filters->type == VALUE_DICTIONARY && name->type == VALUE_NAME;
         i += 2) {
        struct span key = filters->list.items[i].text;
        if (key.end - key.at == name->text.end - name->text.at &&
            !memcmp(key.at, name->text.at, (size_t)(key.end - key.at)))
            filter = objects_resolve(o, filters->list.items + i + 1);
    }
    const struct value *cfm = objects_find(o, filter, "CFM");
    if (value_is_name(cfm, "None")) {
        return true;
    } else if (value_is_name(cfm, "V2")) {
        *method = CRYPT_RC4;
        *key_size = unlock_bytes(value_integer(objects_find(o, filter, "Length"), 0),
                                 *key_size);
    } else if (value_is_name(cfm, "AESV2")) {
        *method = CRYPT_AES128;
        *key_size = 16;
    } else if (value_is_name(cfm, "AESV3")) {
        *method = CRYPT_AES256;
        *key_size = 32;
    } else {
        return false;
    }
    return true;
}

/* Which methods there are, by the version of the dictionary V. */
static bool unlock_methods(struct objects *o, const struct value *v,
                           struct objects_crypt *c, size_t *key_size)
{
    int64_t version = value_integer(objects_find(o, v, "V"), 0);
    *key_size = unlock_bytes(value_integer(objects_find(o, v, "Length"), 0),
                             version == 4 ? 16 : 5);
    if (version == 1)
        *key_size = 5;
    if (version == 1 || version == 2) {
        c->strings = c->streams = CRYPT_RC4;
        return true;
    }
    if ((version != 4 && version != 5) ||
        !unlock_method(o, objects_find(o, v, "StrF"), &c->strings, key_size) ||
        !unlock_method(o, objects_find(o, v, "StmF"), &c->streams, key_size))
        return false;
    /* A key of 256 bits is for AES-256 alone, and the other way round. */
    bool longer = c->strings == CRYPT_AES256 || c->streams == CRYPT_AES256;
    bool shorter = c->strings == CRYPT_RC4 || c->streams == CRYPT_RC4 ||
                   c->strings == CRYPT_AES128 || c->streams == CRYPT_AES128;
    if (version == 5)
        *key_size = 32;
    return version == 5 ? !shorter : !longer;
}

/* UTF-8 to Latin-1, as which passwords were typed before revision 5. False: it cannot
 * be. */
static bool unlock_to_latin(const char *utf8, unsigned char *out, size_t *size)
{
    const unsigned char *p = (const unsigned char *)utf8;
    for (*size = 0; *p && *size < UNLOCK_PASSWORD; (*size)++) {
        if (*p < 0x80) {
            out[*size] = *p++;
        } else if ((*p == 0xc2 || *p == 0xc3) && (p[1] & 0xc0) == 0x80) {
            out[*size] = (unsigned char)((*p & 3) << 6 | (p[1] & 0x3f));
            p += 2;
        } else {
            return false;
        }
    }
    return true;
}

/* Without a password first: a file that needs none opens whatever is given. */
static bool unlock_try(const struct crypt_terms *terms, const char *password,
                       unsigned char key[CRYPT_KEY_MOST])
{
    unsigned char latin[UNLOCK_PASSWORD];
    struct span tried = { latin, latin };
    size_t size;
    if (crypt_unlock(terms, tried, key))
        return true;
    if (!password)
        return false;
    if (unlock_to_latin(password, latin, &size)) {
        tried.end = latin + size;
        if (crypt_unlock(terms, tried, key))
            return true;
    }
    tried.at = (const unsigned char *)password;
    tried.end = tried.at + strlen(password);
    return crypt_unlock(terms, tried, key);
}

enum objects_end unlock_objects(struct objects *o, const char *password)
{
    const struct value *v = objects_find(o, &o->trailer, "Encrypt");
    if (v->type != VALUE_DICTIONARY)
        return OBJECTS_OPEN;
    struct objects_crypt *c = arena_alloc(o->arena, sizeof *c);
    struct crypt_terms terms = {
        .revision = (int)value_integer(objects_find(o, v, "R"), 0),
        .permissions = (int32_t)value_integer(objects_find(o, v, "P"), 0),
        .owner = unlock_string(o, v, "O"),
        .user = unlock_string(o, v, "U"),
        .owner_key = unlock_string(o, v, "OE"),
        .user_key = unlock_string(o, v, "UE"),
    };
    const struct value *metadata = objects_find(o, v, "EncryptMetadata");
    terms.metadata = metadata->type != VALUE_BOOLEAN || metadata->boolean;
    const struct value *id = objects_at(o, objects_find(o, &o->trailer, "ID"), 0);
    if (id->type == VALUE_STRING)
        terms.id = id->text;
    const struct value *handler = objects_find(o, v, "Filter");
    if (handler->type == VALUE_NAME && !value_is_name(handler, "Standard"))
        return OBJECTS_KEYED;
    bool known = handler->type == VALUE_NAME && terms.revision >= 2 && terms.revision <= 6;
    if (!c || !known || !unlock_methods(o, v, c, &terms.key_size) ||
        (terms.revision >= 5) != (terms.key_size == 32))
        return OBJECTS_UNKNOWN;
    if (!unlock_try(&terms, password, c->key))
        return OBJECTS_LOCKED;
    c->key_size = terms.key_size;
    c->metadata = terms.metadata;
    o->crypt = c;
    return OBJECTS_OPEN;
}

/* The name that a Crypt filter of STREAM gives; value_null: it has none. */
static const struct value *unlock_named(struct objects *o, const struct value *stream,
                                        bool *there)
{
    const struct value *filter = objects_find(o, stream, "Filter");
    const struct value *parameters = objects_find(o, stream, "DecodeParms");
    /* It can only be the first (7.6.5). */
    if (filter->type == VALUE_ARRAY)
        filter = objects_at(o, filter, 0);
    if (parameters->type == VALUE_ARRAY)
        parameters = objects_at(o, parameters, 0);
    *there = value_is_name(filter, "Crypt");
    return *there ? objects_find(o, parameters, "Name") : &value_null;
}

bool unlock_stream_method(struct objects *o, const struct value *stream,
                          enum crypt_method *method)
{
    bool named;
    size_t unused;
    *method = CRYPT_IDENTITY;
    const struct value *type = objects_find(o, stream, "Type");
    if (!o->crypt || stream->number == 0 || value_is_name(type, "XRef") ||
        (!o->crypt->metadata && value_is_name(type, "Metadata")))
        return true;
    const struct value *name = unlock_named(o, stream, &named);
    if (named)
        return unlock_method(o, name, method, &unused) &&
               (*method == CRYPT_AES256) == (o->crypt->key_size == 32);
    *method = o->crypt->streams;
    return true;
}

struct span objects_string(struct objects *o, const struct value *v, struct arena *arena)
{
    struct span none = { o->file.at, o->file.at };
    if (v->type != VALUE_STRING)
        return none;
    if (!o->crypt || v->number == 0 || o->crypt->strings == CRYPT_IDENTITY)
        return v->text;
    unsigned char *out = arena_alloc(arena, (size_t)(v->text.end - v->text.at) + 1);
    if (!out)
        return none;
    size_t size = crypt_decrypt(o->crypt->strings, o->crypt->key, o->crypt->key_size,
                                v->number, v->generation, v->text, out);
    return (struct span){ out, out + size };
}

bool objects_are_encrypted(const struct objects *o)
{
    return o->crypt != NULL;
}
