/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-pdf-crypt.c - PDF files that are encrypted, in each way and with either
 * password. */
#include <config.h>

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "crypt-samples.h"
#include "pdf/objects.h"
#include "pdffile.h"

#define SAMPLES (sizeof crypt_samples / sizeof *crypt_samples)

static void sample_file(struct file *f, const char *encrypt, const char *id,
                        const char *string, const char *stream)
{
    char trailer[2048], body[256];
    file_begin(f);
    file_object(f, "<</Type/Catalog>>");
    f->count = 4;
    snprintf(body, sizeof body, "<</Title<%s>>>", string);
    file_object(f, body);
    unsigned char data[128];
    size_t size = 0;
    for (; stream[2 * size]; size++) {
        char byte[3] = { stream[2 * size], stream[2 * size + 1] };
        data[size] = (unsigned char)strtoul(byte, NULL, 16);
    }
    file_bytes(f, "", NULL, data, size);
    f->offsets[2] = f->offsets[3] = f->offsets[1];
    snprintf(trailer, sizeof trailer, "/Encrypt %s/ID[<%s><00>]", encrypt, id);
    file_end(f, trailer);
}

static void expect_open(const struct crypt_sample *sample, struct file *f,
                        const char *password)
{
    struct objects *o;
    struct span bytes;
    cr_assert_eq(objects_open(file_span(f), password, &o), OBJECTS_OPEN, "%s: %s",
                 sample->name, password);
    cr_assert(objects_are_encrypted(o));
    struct arena *arena = arena_create(1 << 20);
    const struct value *title = objects_find(o, objects_get(o, 4), "Title");
    cr_assert(syntax_is(objects_string(o, title, arena), "Hello, sea"), "%s",
              sample->name);
    cr_assert_eq(objects_decode(o, objects_get(o, 5), &bytes), OBJECTS_WHOLE);
    cr_assert(syntax_is(bytes, "of waves."), "%s", sample->name);
    objects_release(o, bytes);
    arena_destroy(arena);
    objects_close(o);
}

Test(crypt, either_password_opens)
{
    for (size_t i = 0; i < SAMPLES; i++) {
        const struct crypt_sample *s = crypt_samples + i;
        struct file f;
        struct objects *o;
        sample_file(&f, s->encrypt, s->id, s->string, s->stream);
        expect_open(s, &f, "user");
        expect_open(s, &f, "owner");
        static const char *const wrong[] = { NULL, "", "use", "User", "\xc3\xbc" };
        for (size_t k = 0; k < sizeof wrong / sizeof *wrong; k++)
            cr_assert_eq(objects_open(file_span(&f), wrong[k], &o), OBJECTS_LOCKED,
                         "%s: %s", s->name, wrong[k]);
        buffer_free(&f.b);
    }
}

Test(crypt, what_is_not_known_stays_closed)
{
    static const char *const dictionaries[] = {
        "<</Filter/Standard/V 3/R 3>>",
        "<</Filter/Standard/V 1/R 7>>",
        "<</Filter/Standard/V 1/R 5>>",
        "<</Filter/Standard/V 4/R 4/StmF/Nowhere>>",
        "<</Filter/Standard/V 5/R 6/StmF/A/CF<</A<</CFM/V2>>>>>>",
        "<</Filter/Standard>>",
    };
    for (size_t i = 0; i < sizeof dictionaries / sizeof *dictionaries; i++) {
        struct file f;
        struct objects *o;
        sample_file(&f, dictionaries[i], "00", "00", "00");
        cr_assert_eq(objects_open(file_span(&f), "user", &o), OBJECTS_UNKNOWN, "%s",
                     dictionaries[i]);
        buffer_free(&f.b);
    }
}

Test(crypt, other_means_than_a_password)
{
    struct file f;
    struct objects *o;
    sample_file(&f, "<</Filter/Adobe.PubSec/V 4/SubFilter/adbe.pkcs7.s5>>", "00", "00",
                "00");
    cr_assert_eq(objects_open(file_span(&f), "user", &o), OBJECTS_KEYED);
    buffer_free(&f.b);
}

/* O, U and the like may be too short, or no strings. */
Test(crypt, short_entries)
{
    static const char *const dictionaries[] = {
        "<</Filter/Standard/V 1/R 2/O<00>/U<00>>>",
        "<</Filter/Standard/V 2/R 3/Length 99999>>",
        "<</Filter/Standard/V 2/R 3/Length -8/O 5/U[(x)]>>",
        "<</Filter/Standard/V 5/R 6/O<00>/U<00>/OE<00>/UE<00>>>",
        "<</Filter/Standard/V 5/R 5>>",
    };
    for (size_t i = 0; i < sizeof dictionaries / sizeof *dictionaries; i++) {
        struct file f;
        struct objects *o;
        sample_file(&f, dictionaries[i], "", "00", "00");
        cr_assert_eq(objects_open(file_span(&f), "user", &o), OBJECTS_LOCKED, "%s",
                     dictionaries[i]);
        buffer_free(&f.b);
    }
}
