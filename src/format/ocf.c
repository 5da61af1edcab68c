/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ocf.c - the Open Container Format of EPUB 2 and 3 (OCF), section
 * "META-INF"; the files that DRM schemes add there tell them apart. */
#include <config.h>

#include "format/ocf.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/alloc.h"
#include "format/markup.h"
#include "format/soup.h"

/* container.xml has a few lines; encryption.xml some 500 bytes for each of
 * ZIPFILE_MEMBERS at most. */
#define OCF_XML ((size_t)1 << 20)
#define OCF_ENCRYPTION ((size_t)64 << 20)

int ocf_parse_xml(struct buffer *xml, bool cut, struct sax_handler *handler,
                  void (*restart)(struct sax_handler *handler), struct error *e)
{
    if (!markup_decode(xml))
        return error_set(e, ERROR_DAMAGED, "no text, but binary data");
    int r = sax_parse(xml, handler) < 0;
    if (r > 0) {
        restart(handler);
        soup_parse(xml->data, xml->size, false, handler);
    }
    return r | cut;
}

int ocf_parse(struct zipfile *zip, int64_t member, size_t limit,
                    struct sax_handler *handler,
                    void (*restart)(struct sax_handler *handler),
                    struct error *e)
{
    struct buffer xml = { 0 };
    struct error why = { 0 };
    int r = zipfile_read(zip, member, limit, &xml, &why);
    if (r < 0 && xml.size == 0) {
        if (e)
            *e = why;
    } else {
        r = ocf_parse_xml(&xml, r < 0, handler, restart, e);
    }
    buffer_free(&xml);
    return r;
}

/* --- paths --- */

struct path {
    size_t size;
    char text[OCF_PATH];
};

/* Appends the steps of FROM; false when it gets too long. */
static bool path_walk(struct path *path, const char *from, size_t size)
{
    const char *end = from + size;
    while (from < end) {
        const char *slash = memchr(from, '/', (size_t)(end - from));
        size_t n = (size_t)((slash ? slash : end) - from);
        if (n == 2 && memcmp(from, "..", 2) == 0) {
            while (path->size > 0 && path->text[path->size - 1] != '/')
                path->size--;
            if (path->size > 0)
                path->size--;
        } else if (n > 0 && !(n == 1 && *from == '.')) {
            if (path->size + n + 2 > sizeof path->text)
                return false;
            if (path->size > 0)
                path->text[path->size++] = '/';
            memcpy(path->text + path->size, from, n);
            path->size += n;
        }
        from += n + 1;
    }
    path->text[path->size] = '\0';
    return memchr(path->text, '\0', path->size) == NULL;
}

static int path_digit(char c)
{
    return c >= '0' && c <= '9'             ? c - '0'
           : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10
                                                : -1;
}

/* Decodes %20 and the like; TO has room for all of FROM. */
static size_t path_decode(const char *from, size_t size, char *to)
{
    size_t n = 0;
    for (size_t i = 0; i < size; i++) {
        int high = -1, low = -1;
        if (from[i] == '%' && size - i > 2) {
            high = path_digit(from[i + 1]);
            low = path_digit(from[i + 2]);
        }
        if (high >= 0 && low >= 0) {
            to[n++] = (char)(high << 4 | low);
            i += 2;
        } else {
            to[n++] = from[i];
        }
    }
    return n;
}

static int64_t path_find(const struct zipfile *zip, const char *base,
                         const char *href, size_t size)
{
    struct path path = { 0 };
    const char *slash = base && *href != '/' ? strrchr(base, '/') : NULL;
    if ((slash && !path_walk(&path, base, (size_t)(slash - base))) ||
        !path_walk(&path, href, size) || path.size == 0)
        return -1;
    return zipfile_find(zip, path.text);
}

int64_t ocf_find(const struct zipfile *zip, const char *base,
                       const char *href, size_t size)
{
    char decoded[OCF_PATH];
    const char *fragment = size ? memchr(href, '#', size) : NULL;
    if (fragment)
        size = (size_t)(fragment - href);
    if (size == 0 || size > sizeof decoded)
        return -1;
    size_t n = path_decode(href, size, decoded);
    int64_t member = path_find(zip, base, decoded, n);
    /* Some tools write names with percent signs as they are. */
    if (member < 0 && n != size)
        member = path_find(zip, base, href, size);
    return member;
}

/* --- container.xml --- */

struct rootfile {
    struct sax_handler handler;
    const struct zipfile *zip;
    int64_t member; /* -1: not yet */
};

static bool ocf_is(const struct sax_attribute *a, const char *value)
{
    return a && a->size == strlen(value) &&
           strncasecmp(a->value, value, a->size) == 0;
}

static void rootfile_start(struct sax_handler *handler, const char *prefix,
                           const char *name,
                           const struct sax_attribute *attributes,
                           size_t count)
{
    struct rootfile *r = (struct rootfile *)handler;
    (void)prefix;
    const struct sax_attribute *path =
        sax_find(attributes, count, "full-path");
    if (r->member < 0 && strcmp(name, "rootfile") == 0 && path &&
        ocf_is(sax_find(attributes, count, "media-type"),
                     "application/oebps-package+xml"))
        r->member = ocf_find(r->zip, NULL, path->value, path->size);
}

/* What was found stays found. */
static void ocf_no_restart(struct sax_handler *handler)
{
    (void)handler;
}

static int64_t ocf_first_opf(const struct zipfile *zip)
{
    for (int64_t i = 0; i < zipfile_count(zip); i++) {
        const char *name = zipfile_name(zip, i);
        size_t size = strlen(name);
        if (size > 4 && strcasecmp(name + size - 4, ".opf") == 0)
            return i;
    }
    return -1;
}

int64_t ocf_package(struct zipfile *zip, struct error *flaw,
                          struct error *e)
{
    struct rootfile r = {
        .handler = { .start = rootfile_start, .end = sax_no_end, .text = sax_no_text },
        .zip = zip,
        .member = -1,
    };
    struct error why = { 0 };
    int64_t container = zipfile_find(zip, "META-INF/container.xml");
    if (container >= 0)
        ocf_parse(zip, container, OCF_XML, &r.handler,
                        ocf_no_restart, &why);
    if (r.member >= 0)
        return r.member;
    if (why.kind == ERROR_ENCRYPTED) {
        *e = why;
        return -1;
    }
    r.member = ocf_first_opf(zip);
    if (r.member < 0)
        return error_set(e, ERROR_DAMAGED,
                         "the archive has no package document (.opf)");
    error_set(flaw, ERROR_DAMAGED,
              "META-INF/container.xml %s; went by %s",
              container < 0 ? "is missing" : "names no package document",
              zipfile_name(zip, r.member));
    return r.member;
}

/* --- encryption.xml --- */

struct encryption {
    struct sax_handler handler;
    const struct zipfile *zip;
    bool *encrypted; /* NULL: none yet */
    bool in_key;     /* in a key that is itself encrypted, by an own method */
    bool obfuscated; /* the data at hand: a font that anyone can read */
};

static void encryption_start(struct sax_handler *handler, const char *prefix,
                             const char *name,
                             const struct sax_attribute *attributes,
                             size_t count)
{
    struct encryption *c = (struct encryption *)handler;
    (void)prefix;
    if (strcmp(name, "EncryptedData") == 0) {
        c->obfuscated = false;
        c->in_key = false;
    } else if (strcmp(name, "EncryptedKey") == 0) {
        c->in_key = true;
    } else if (strcmp(name, "EncryptionMethod") == 0 && !c->in_key) {
        const struct sax_attribute *a =
            sax_find(attributes, count, "Algorithm");
        c->obfuscated =
            ocf_is(a, "http://www.idpf.org/2008/embedding") ||
            ocf_is(a, "http://ns.adobe.com/pdf/enc#RC");
    } else if (strcmp(name, "CipherReference") == 0 && !c->obfuscated) {
        const struct sax_attribute *a = sax_find(attributes, count, "URI");
        int64_t member =
            a ? ocf_find(c->zip, NULL, a->value, a->size) : -1;
        if (member < 0)
            return;
        if (!c->encrypted)
            c->encrypted = xcalloc((size_t)zipfile_count(c->zip),
                                   sizeof *c->encrypted);
        c->encrypted[member] = true;
    }
}

static void encryption_end(struct sax_handler *handler, const char *name)
{
    if (strcmp(name, "EncryptedKey") == 0)
        ((struct encryption *)handler)->in_key = false;
}

bool *ocf_encrypted(struct zipfile *zip)
{
    struct encryption c = {
        .handler = { .start = encryption_start, .end = encryption_end,
                     .text = sax_no_text },
        .zip = zip,
    };
    int64_t member = zipfile_find(zip, "META-INF/encryption.xml");
    if (member >= 0)
        ocf_parse(zip, member, OCF_ENCRYPTION, &c.handler,
                        ocf_no_restart, NULL);
    return c.encrypted;
}

const char *ocf_scheme(const struct zipfile *zip)
{
    if (zipfile_find(zip, "META-INF/license.lcpl") >= 0)
        return "Readium LCP";
    if (zipfile_find(zip, "META-INF/sinf.xml") >= 0)
        return "Apple FairPlay";
    if (zipfile_find(zip, "META-INF/rights.xml") >= 0)
        return "Adobe ADEPT";
    return "an unknown scheme";
}
