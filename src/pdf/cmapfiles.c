/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmapfiles.c - a short list of what was read so far. */
#include <config.h>

#include "pdf/cmapfiles.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define CMAPFILES_PLACE "/usr/share/poppler"
/* The largest file of poppler-data is of 1 MB. */
#define CMAPFILES_LARGEST ((size_t)8 << 20)
#define CMAPFILES_MOST 64 /* of one document, names that are not there included */
#define CMAPFILES_NAME 32
#define CMAPFILES_CIDS 65536
#define CMAPFILES_ARENA ((size_t)64 << 20)

static const char *const collections[] = { "Adobe-Japan1", "Adobe-GB1", "Adobe-CNS1",
                                           "Adobe-Korea1", "Adobe-KR", "Adobe-Japan2" };
#define COLLECTIONS (sizeof collections / sizeof *collections)

struct cmapfiles {
    const char *directory;
    struct arena *arena;
    struct {
        char name[CMAPFILES_NAME];
        const struct cmap *cmap;
        const char *from;
    } cmaps[CMAPFILES_MOST];
    size_t cmap_count;
    int depth;
    bool over;
    uint32_t *cids[COLLECTIONS];
    size_t cid_counts[COLLECTIONS];
    bool cids_asked[COLLECTIONS];
};

struct cmapfiles *cmapfiles_create(const char *directory)
{
    struct cmapfiles *f = calloc(1, sizeof *f);
    if (!f)
        return NULL;
    f->directory = directory ? directory : CMAPFILES_PLACE;
    f->arena = arena_create(CMAPFILES_ARENA);
    if (f->arena)
        return f;
    free(f);
    return NULL;
}

/* All of the file, to be freed. */
static bool file_read(struct cmapfiles *f, const char *kind, const char *collection,
                      const char *name, struct span *text)
{
    char path[256];
    struct stat about;
    int size = snprintf(path, sizeof path, "%s/%s/%s%s%s", f->directory, kind, collection,
                        *name ? "/" : "", name);
    if (size < 0 || (size_t)size >= sizeof path)
        return false;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return false;
    unsigned char *bytes = NULL;
    size_t have = 0, room = 0;
    if (fstat(fd, &about) == 0 && S_ISREG(about.st_mode) && about.st_size > 0 &&
        (uintmax_t)about.st_size <= CMAPFILES_LARGEST)
        bytes = malloc(room = (size_t)about.st_size);
    for (ssize_t got = 1; bytes && got > 0 && have < room; have += (size_t)got) {
        got = read(fd, bytes + have, room - have);
        if (got < 0) {
            free(bytes);
            bytes = NULL;
            got = 0;
        }
    }
    close(fd);
    *text = (struct span){ bytes, bytes + have };
    return bytes != NULL;
}

/* As a string, when it may be that of a file here. */
static bool name_copy(struct span name, char copy[CMAPFILES_NAME])
{
    size_t size = (size_t)(name.end - name.at);
    if (size == 0 || size >= CMAPFILES_NAME)
        return false;
    for (size_t i = 0; i < size; i++) {
        unsigned char c = name.at[i], letter = c | 0x20;
        if (!(letter >= 'a' && letter <= 'z') && !(c >= '0' && c <= '9') && c != '-')
            return false;
        copy[i] = (char)c;
    }
    copy[size] = '\0';
    return true;
}

static const struct cmap *find_base(void *ctx, struct span name)
{
    return cmapfiles_cmap(ctx, NULL, name, NULL);
}

static const struct cmap *cmap_read(struct cmapfiles *f, const char *collection,
                                    const char *name)
{
    struct span text;
    if (f->depth >= 4 || !file_read(f, "cMap", collection, name, &text))
        return NULL;
    f->depth++;
    const struct cmap *c = cmap_parse(text, f->arena, find_base, f);
    f->depth--;
    free((void *)text.at);
    return c;
}

const struct cmap *cmapfiles_cmap(struct cmapfiles *f, const char *collection,
                                  struct span name, const char **from)
{
    char copy[CMAPFILES_NAME];
    if (!name_copy(name, copy))
        return NULL;
    for (size_t i = 0; i < f->cmap_count; i++)
        if (!strcmp(f->cmaps[i].name, copy)) {
            if (from)
                *from = f->cmaps[i].from;
            return f->cmaps[i].cmap;
        }
    if (f->cmap_count == CMAPFILES_MOST) {
        f->over = true;
        return NULL;
    }
    const struct cmap *found = NULL;
    const char *where = NULL;
    for (size_t turn = 0; turn < 2 && !found; turn++)
        for (size_t i = 0; i < COLLECTIONS && !found; i++) {
            bool first = collection && !strcmp(collections[i], collection);
            if (first != (turn == 0))
                continue;
            found = cmap_read(f, collections[i], copy);
            where = found ? collections[i] : NULL;
        }
    if (f->cmap_count == CMAPFILES_MOST) { /* those that it uses took the rest */
        f->over = true;
        return NULL;
    }
    strcpy(f->cmaps[f->cmap_count].name, copy);
    f->cmaps[f->cmap_count].cmap = found;
    f->cmaps[f->cmap_count++].from = where;
    if (from)
        *from = where;
    return found;
}

/* A line for each CID, with its character in hexadecimal. */
static size_t cids_parse(struct span text, uint32_t *cids)
{
    size_t count = 0;
    while (text.at < text.end && count < CMAPFILES_CIDS) {
        uint32_t code = 0;
        for (; text.at < text.end && *text.at != '\n'; text.at++) {
            unsigned char c = *text.at;
            if (c >= '0' && c <= '9')
                code = code << 4 | (c - '0');
            else if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f')
                code = code << 4 | ((c | 0x20u) - 'a' + 10);
        }
        text.at += text.at < text.end;
        cids[count++] = code <= 0x10FFFF ? code : 0;
    }
    return count;
}

/* Adobe's own list has characters for many CIDs that poppler's has none for, and for those
 * of a collection without such a list. Returns how many CIDs there are. */
static size_t cids_fill(struct cmapfiles *f, const char *collection, uint32_t *cids,
                        size_t count)
{
    size_t most = count ? count : CMAPFILES_CIDS;
    char name[CMAPFILES_NAME];
    struct span text;
    uint32_t unicode[CMAP_UNICODE];
    struct arena *arena = arena_create(CMAPFILES_ARENA);
    snprintf(name, sizeof name, "%s-UCS2", collection);
    if (arena && file_read(f, "cMap", collection, name, &text)) {
        const struct cmap *c = cmap_parse(text, arena, NULL, NULL);
        for (uint32_t cid = 1; c && cid < most; cid++)
            if (cids[cid] == 0 && cmap_unicode(c, cid, unicode) == 1 &&
                *unicode != 0xFFFD) {
                cids[cid] = *unicode;
                count = cid >= count ? cid + 1 : count;
            }
        free((void *)text.at);
    }
    arena_destroy(arena);
    return count;
}

/* The characters of collection I; NULL: nothing tells them. */
static uint32_t *cids_read(struct cmapfiles *f, size_t i)
{
    struct span text;
    uint32_t *cids = arena_alloc_array(f->arena, CMAPFILES_CIDS, sizeof *cids);
    if (cids && file_read(f, "cidToUnicode", collections[i], "", &text)) {
        f->cid_counts[i] = cids_parse(text, cids);
        free((void *)text.at);
    }
    if (cids)
        f->cid_counts[i] = cids_fill(f, collections[i], cids, f->cid_counts[i]);
    return f->cid_counts[i] ? cids : NULL;
}

const uint32_t *cmapfiles_cids(struct cmapfiles *f, const char *collection,
                               size_t *count)
{
    for (size_t i = 0; i < COLLECTIONS; i++) {
        if (strcmp(collections[i], collection) != 0)
            continue;
        if (!f->cids_asked[i])
            f->cids[i] = cids_read(f, i);
        f->cids_asked[i] = true;
        *count = f->cid_counts[i];
        return f->cids[i];
    }
    return NULL;
}

bool cmapfiles_are_over(const struct cmapfiles *f)
{
    return f->over || arena_is_over(f->arena);
}

void cmapfiles_destroy(struct cmapfiles *f)
{
    if (!f)
        return;
    arena_destroy(f->arena);
    free(f);
}
