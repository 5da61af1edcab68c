/* SPDX-License-Identifier: GPL-3.0-or-later */
/* book.h - makes little ZIP archives in memory, for the tests of EPUB. */
#ifndef EXTRACT_TESTS_BOOK_H
#define EXTRACT_TESTS_BOOK_H

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>
#include <zip.h>

struct book_member {
    const char *name, *content;
    const char *password; /* NULL: not encrypted */
};

#define BOOK_MIMETYPE { "mimetype", "application/epub+zip", NULL }
#define BOOK_CONTAINER(path)                                                  \
    { "META-INF/container.xml",                                               \
      "<container xmlns='urn:oasis:names:tc:opendocument:xmlns:container'>"   \
      "<rootfiles><rootfile full-path='other.txt' media-type='text/plain'/>"  \
      "<rootfile full-path='" path "' "                                       \
      "media-type='application/oebps-package+xml'/></rootfiles></container>", \
      NULL }

/* MEMBERS end with a NULL name; those of less than 64 bytes are stored. The
 * caller frees the bytes. */
static unsigned char *book_make(const struct book_member *members,
                                size_t *size)
{
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t *archive = zip_source_buffer_create(NULL, 0, 0, &error);
    zip_source_keep(archive);
    zip_t *zip = zip_open_from_source(archive, ZIP_TRUNCATE, &error);
    cr_assert_not_null(zip);
    for (; members->name; members++) {
        size_t n = strlen(members->content);
        zip_source_t *content = zip_source_buffer(zip, members->content, n, 0);
        zip_int64_t i =
            zip_file_add(zip, members->name, content, ZIP_FL_ENC_UTF_8);
        cr_assert_geq(i, 0);
        if (n < 64)
            zip_set_file_compression(zip, (zip_uint64_t)i, ZIP_CM_STORE, 0);
        if (members->password)
            zip_file_set_encryption(zip, (zip_uint64_t)i, ZIP_EM_AES_256,
                                    members->password);
    }
    cr_assert_eq(zip_close(zip), 0);
    zip_stat_t stat;
    cr_assert_eq(zip_source_stat(archive, &stat), 0);
    *size = (size_t)stat.size;
    unsigned char *data = malloc(*size);
    cr_assert_eq(zip_source_open(archive), 0);
    cr_assert_eq(zip_source_read(archive, data, *size), (zip_int64_t)*size);
    zip_source_close(archive);
    zip_source_free(archive);
    zip_error_fini(&error);
    return data;
}

#endif
