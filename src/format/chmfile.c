/* SPDX-License-Identifier: GPL-3.0-or-later */
/* chmfile.c - libmspack's CHM decompressor over a buffer. What it asks to open
 * is told apart by the address of the name that it was given. */
#include <config.h>

#include "format/chmfile.h"

#include <limits.h>
#include <mspack.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/alloc.h"
#include "format/library.h"

/* Beyond what is as long as the document: LZX has a window of 2 MiB at most. */
#define CHMFILE_MEMORY ((size_t)8 << 20)

#define CHMFILE_CALLS(call)             \
    call(mspack_create_chm_decompressor) \
    call(mspack_destroy_chm_decompressor)

LIBRARY(CHMFILE_CALLS)

static const char chmfile_source[] = "help", chmfile_target[] = "file";

struct chmfile_entry {
    const char *name;
    struct mschmd_file *file; /* libmspack's */
    size_t number;            /* among FILES */
};

struct chmfile {
    struct mspack_system system; /* first: libmspack hands it back */
    const unsigned char *data;
    size_t size;
    struct mschm_decompressor *decompressor;
    struct mschmd_header *header;
    struct chmfile_entry *files, *index; /* INDEX: by name without case */
    size_t count;
    struct buffer *out; /* while a file is read */
    size_t left;        /* bytes that may still go there */
};

/* What libmspack holds as open. */
struct chmfile_io {
    struct mspack_file file; /* first: libmspack hands it back */
    struct chmfile *chm;
    bool is_target;
    off_t at;
};

static struct mspack_file *chmfile_io_open(struct mspack_system *system,
                                           const char *name, int mode)
{
    struct chmfile_io *io = xcalloc(1, sizeof *io);
    (void)mode;
    io->chm = (struct chmfile *)system;
    io->is_target = name == chmfile_target;
    return &io->file;
}

static void chmfile_io_close(struct mspack_file *file)
{
    free(file);
}

/* The two GUIDs of the header, the same in all helps: libmspack refuses others,
 * and Free Pascal's compiler writes others. */
#define CHMFILE_GUIDS 0x18
static const unsigned char chmfile_guids[32] = {
    0x10, 0xfd, 0x01, 0x7c, 0xaa, 0x7b, 0xd0, 0x11, 0x9e, 0x0c, 0x00,
    0xa0, 0xc9, 0x22, 0xe6, 0xec, 0x11, 0xfd, 0x01, 0x7c, 0xaa, 0x7b,
    0xd0, 0x11, 0x9e, 0x0c, 0x00, 0xa0, 0xc9, 0x22, 0xe6, 0xec,
};

/* N bytes at AT have been read as TO: puts the GUIDs in their place. */
static void chmfile_put_guids(unsigned char *to, size_t n, size_t at)
{
    for (size_t i = 0; i < n && at + i < CHMFILE_GUIDS + sizeof chmfile_guids; i++)
        if (at + i >= CHMFILE_GUIDS)
            to[i] = chmfile_guids[at + i - CHMFILE_GUIDS];
}

static int chmfile_io_read(struct mspack_file *file, void *to, int bytes)
{
    struct chmfile_io *io = (struct chmfile_io *)file;
    const struct chmfile *c = io->chm;
    if (io->is_target || bytes < 0)
        return -1;
    if ((size_t)io->at >= c->size)
        return 0;
    size_t n = c->size - (size_t)io->at;
    if (n > (size_t)bytes)
        n = (size_t)bytes;
    memcpy(to, c->data + io->at, n);
    chmfile_put_guids(to, n, (size_t)io->at);
    io->at += (off_t)n;
    return (int)n;
}

static int chmfile_io_write(struct mspack_file *file, void *from, int bytes)
{
    const struct chmfile_io *io = (struct chmfile_io *)file;
    struct chmfile *c = io->chm;
    if (!io->is_target || !c->out || bytes < 0 || (size_t)bytes > c->left)
        return -1;
    buffer_append(c->out, from, (size_t)bytes);
    c->left -= (size_t)bytes;
    return bytes;
}

static int chmfile_io_seek(struct mspack_file *file, off_t offset, int mode)
{
    struct chmfile_io *io = (struct chmfile_io *)file;
    off_t base = mode == MSPACK_SYS_SEEK_CUR   ? io->at
                 : mode == MSPACK_SYS_SEEK_END ? (off_t)io->chm->size
                                               : 0;
    off_t at;
    if (io->is_target || __builtin_add_overflow(base, offset, &at) || at < 0)
        return -1;
    io->at = at;
    return 0;
}

static off_t chmfile_io_tell(struct mspack_file *file)
{
    return ((struct chmfile_io *)file)->at;
}

static void chmfile_io_message(struct mspack_file *file, const char *format, ...)
{
    (void)file;
    (void)format;
}

/* Sizes come from headers: nothing in a help is longer than all of it. */
static void *chmfile_io_alloc(struct mspack_system *system, size_t bytes)
{
    const struct chmfile *c = (const struct chmfile *)system;
    return bytes > c->size + CHMFILE_MEMORY ? NULL : malloc(bytes);
}

static void chmfile_io_copy(void *from, void *to, size_t bytes)
{
    memcpy(to, from, bytes);
}

static void chmfile_load(void)
{
    LIBRARY_LOAD(LIBMSPACK_SONAME);
}

bool chmfile_prepare(const char **why)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, chmfile_load);
    *why = lib_missing;
    return lib_missing == NULL;
}

static int chmfile_compare(const void *a, const void *b)
{
    const struct chmfile_entry *x = a, *y = b;
    int r = strcasecmp(x->name, y->name);
    return r ? r : (x->number > y->number) - (x->number < y->number);
}

static void chmfile_list(struct chmfile *c)
{
    size_t count = 0;
    for (struct mschmd_file *f = c->header->files; f && count < CHMFILE_FILES;
         f = f->next)
        count++;
    c->files = xcalloc(count + 1, sizeof *c->files);
    c->index = xcalloc(count + 1, sizeof *c->index);
    for (struct mschmd_file *f = c->header->files; c->count < count; f = f->next) {
        const char *name = f->filename[0] == '/' ? f->filename + 1 : f->filename;
        c->files[c->count] = (struct chmfile_entry){ name, f, c->count };
        c->count++;
    }
    memcpy(c->index, c->files, count * sizeof *c->index);
    qsort(c->index, count, sizeof *c->index, chmfile_compare);
}

static int chmfile_error(int code, struct error *e)
{
    switch (code) {
    case MSPACK_ERR_NOMEMORY:
    case MSPACK_ERR_WRITE:
        return error_set(e, ERROR_LIMIT, "claims to be larger than can be");
    case MSPACK_ERR_READ:
    case MSPACK_ERR_SEEK:
        return error_set(e, ERROR_TRUNCATED, "its end is missing");
    case MSPACK_ERR_SIGNATURE:
    case MSPACK_ERR_DATAFORMAT:
        return error_set(e, ERROR_DAMAGED, "its headers are damaged");
    default:
        return error_set(e, ERROR_DAMAGED, "the compressed data are damaged");
    }
}

struct chmfile *chmfile_open(const unsigned char *data, size_t size,
                             struct error *e)
{
    const char *why;
    if (!chmfile_prepare(&why)) {
        error_set(e, ERROR_UNSUPPORTED, "libmspack is missing: %s", why);
        return NULL;
    }
    struct chmfile *c = xcalloc(1, sizeof *c);
    *c = (struct chmfile){
        .system = { chmfile_io_open, chmfile_io_close, chmfile_io_read,
                    chmfile_io_write, chmfile_io_seek, chmfile_io_tell,
                    chmfile_io_message, chmfile_io_alloc, free,
                    chmfile_io_copy, NULL },
        .data = data,
        .size = size,
    };
    c->decompressor = lib->mspack_create_chm_decompressor(&c->system);
    if (c->decompressor)
        c->header = c->decompressor->open(c->decompressor, chmfile_source);
    if (!c->header) {
        chmfile_error(c->decompressor
                          ? c->decompressor->last_error(c->decompressor)
                          : MSPACK_ERR_NOMEMORY,
                      e);
        chmfile_close(c);
        return NULL;
    }
    chmfile_list(c);
    return c;
}

size_t chmfile_count(const struct chmfile *c)
{
    return c->count;
}

const char *chmfile_name(const struct chmfile *c, size_t file)
{
    return c->files[file].name;
}

long chmfile_find(const struct chmfile *c, const char *name)
{
    size_t low = 0, high = c->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcasecmp(c->index[middle].name, name) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (low >= c->count || strcasecmp(c->index[low].name, name) != 0)
        return -1;
    return (long)c->index[low].number;
}

int chmfile_read(struct chmfile *c, size_t file, size_t limit,
                 struct buffer *out, struct error *e)
{
    struct mschmd_file *f = c->files[file].file;
    if (f->length < 0 || (uint64_t)f->length > limit)
        return error_set(e, ERROR_LIMIT, "larger than %zu MiB", limit >> 20);
    c->out = out;
    c->left = limit;
    int code = c->decompressor->extract(c->decompressor, f, chmfile_target);
    c->out = NULL;
    return code == MSPACK_ERR_OK ? 0 : chmfile_error(code, e);
}

void chmfile_close(struct chmfile *c)
{
    if (!c)
        return;
    if (c->header)
        c->decompressor->close(c->decompressor, c->header);
    if (c->decompressor)
        lib->mspack_destroy_chm_decompressor(c->decompressor);
    free(c->files);
    free(c->index);
    free(c);
}
