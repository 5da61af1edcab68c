/* SPDX-License-Identifier: GPL-3.0-or-later */
/* walk.c - an explicit stack of directories, each with a sorted block of
 * names. Whole paths are opened, as whoever reads the items has to. */
#include <config.h>

#include "input/walk.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/alloc.h"
#include "base/backoff.h"
#include "base/buffer.h"
#include "base/diag.h"
#include "base/limits.h"

struct identity {
    dev_t device;
    ino_t inode;
};

/* Open addressing; a slot with inode 0 is free (no file system uses it). */
struct identity_set {
    struct identity *slots;
    size_t capacity; /* a power of two, or 0 */
    size_t count;
};

struct frame {
    struct identity identity;
    size_t path_size;   /* of walk->path: the directory as it was named */
    size_t prefix_size; /* the same with a slash behind it */
    DIR *dir;           /* NULL once all names have been read */
    struct buffer names; /* each with its NUL */
    unsigned *order;    /* offsets into names, sorted */
    size_t count, next;
    struct error error; /* why names are missing; reported after the others */
};

struct walk {
    const struct filter *filter;
    int retries;
    char *root;         /* NULL once it was looked at */
    struct buffer path; /* always NUL-terminated */
    struct frame *frames;
    size_t depth, capacity;
    int open_dirs;
    struct identity_set seen;
    bool (*entered)(void *ctx, const char *path);
    void *entered_ctx;
};

/* --- the set of directories --- */

static size_t slot_of(const struct identity_set *set, struct identity id)
{
    uint64_t hash = ((uint64_t)id.inode ^ (uint64_t)id.device << 32)
                    * UINT64_C(0x9e3779b97f4a7c15);
    size_t at = (size_t)(hash >> 20) & (set->capacity - 1);
    while (set->slots[at].inode != 0
           && (set->slots[at].inode != id.inode
               || set->slots[at].device != id.device))
        at = (at + 1) & (set->capacity - 1);
    return at;
}

static void set_grow(struct identity_set *set)
{
    struct identity_set larger = {.count = set->count};
    larger.capacity = set->capacity > 0 ? set->capacity * 2 : 64;
    larger.slots = xcalloc(larger.capacity, sizeof *larger.slots);
    for (size_t i = 0; i < set->capacity; i++) {
        if (set->slots[i].inode != 0)
            larger.slots[slot_of(&larger, set->slots[i])] = set->slots[i];
    }
    free(set->slots);
    *set = larger;
}

static bool set_has(const struct identity_set *set, struct identity id)
{
    return set->capacity > 0 && set->slots[slot_of(set, id)].inode != 0;
}

/* What is there already stays. */
static void set_add(struct identity_set *set, struct identity id)
{
    if (set->count * 4 >= set->capacity * 3)
        set_grow(set);
    size_t at = slot_of(set, id);
    if (set->slots[at].inode != 0)
        return;
    set->slots[at] = id;
    set->count++;
}

static void set_clear(struct identity_set *set)
{
    free(set->slots);
    *set = (struct identity_set){0};
}

/* --- items --- */

static void item_begin(struct item *item, const char *path, bool named)
{
    memset(item, 0, sizeof *item);
    item->path = xstrdup(path);
    item->named = named;
}

static void item_fail(struct item *item, int errnum)
{
    enum error_kind kind = errnum == ELOOP          ? ERROR_CYCLE
                           : errnum == ENAMETOOLONG ? ERROR_LIMIT
                                                    : ERROR_IO;
    error_set_errno(&item->error, kind, errnum, "%s", "");
}

static void item_describe(struct item *item, const struct stat *st)
{
    if (!S_ISREG(st->st_mode)) {
        error_set(&item->error, ERROR_UNREADABLE, "not a regular file");
        return;
    }
    item->bytes = (uint64_t)st->st_size;
    item->mtime_ns = item_mtime(st);
    item->device = st->st_dev;
    item->inode = st->st_ino;
}

/* --- what may fail for a moment --- */

/* Whether the call that failed with ERRNUM is to be made again, after a pause.
 * *ATTEMPT counts, from 0. */
static bool tries_again(const struct walk *walk, int errnum, int *attempt)
{
    const struct error e = {.kind = ERROR_IO, .sys_errno = errnum};
    if (*attempt == walk->retries || !error_may_pass(&e))
        return false;
    backoff_pause((*attempt)++);
    return true;
}

/* As stat. 0, or an errno. */
static int look(const struct walk *walk, const char *path, struct stat *st)
{
    int errnum, attempt = 0;
    do
        errnum = stat(path, st) < 0 ? errno : 0;
    while (errnum != 0 && tries_again(walk, errnum, &attempt));
    return errnum;
}

/* As opendir. */
static DIR *open_dir(const struct walk *walk, const char *path)
{
    int attempt = 0, waits = 0;
    DIR *dir;
    do
        dir = opendir(path);
    while (dir == NULL
           && (limits_wait_descriptor(errno, &waits)
               || tries_again(walk, errno, &attempt)));
    return dir;
}

/* --- directories --- */

static int compare_names(const void *a, const void *b, void *names)
{
    const char *base = names;
    return strcmp(base + *(const unsigned *)a, base + *(const unsigned *)b);
}

static void frame_close(struct walk *walk, struct frame *frame)
{
    if (frame->dir != NULL) {
        closedir(frame->dir);
        frame->dir = NULL;
        walk->open_dirs--;
    }
}

static bool block_is_full(const struct frame *frame)
{
    return frame->count == WALK_BLOCK_NAMES
           || frame->names.size >= WALK_BLOCK_BYTES;
}

/* Replaces the frame's names by the next ones of its directory. */
static void frame_read(struct walk *walk, struct frame *frame)
{
    size_t room = 0;
    buffer_clear(&frame->names);
    frame->count = frame->next = 0;
    while (!block_is_full(frame)) {
        errno = 0;
        struct dirent *entry = readdir(frame->dir);
        if (entry == NULL) {
            if (errno != 0)
                error_set_errno(&frame->error, ERROR_IO, errno, "%s", "");
            frame_close(walk, frame);
            break;
        }
        const char *name = entry->d_name;
        if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
            continue;
        if (frame->count == room) {
            room = room > 0 ? room * 2 : 16;
            frame->order = xrealloc_array(frame->order, room,
                                          sizeof *frame->order);
        }
        frame->order[frame->count++] = (unsigned)frame->names.size;
        buffer_append(&frame->names, name, strlen(name) + 1);
    }
    if (frame->dir != NULL && walk->open_dirs > WALK_OPEN_MAX) {
        error_set(&frame->error, ERROR_LIMIT,
                  "more than %d directories of over %d names within each other",
                  WALK_OPEN_MAX, WALK_BLOCK_NAMES);
        frame_close(walk, frame);
    }
    if (frame->count > 1)
        qsort_r(frame->order, frame->count, sizeof *frame->order,
                compare_names, frame->names.data);
}

static void frame_pop(struct walk *walk)
{
    struct frame *frame = &walk->frames[--walk->depth];
    frame_close(walk, frame);
    buffer_free(&frame->names);
    free(frame->order);
}

static void path_cut(struct walk *walk, size_t size)
{
    walk->path.size = size;
    buffer_string(&walk->path);
}

static bool is_ancestor(const struct walk *walk, struct identity id)
{
    for (size_t i = walk->depth; i-- > 0;) {
        if (walk->frames[i].identity.inode == id.inode
            && walk->frames[i].identity.device == id.device)
            return true;
    }
    return false;
}

bool walk_leads_inside(const char *root, const char *path)
{
    struct stat link;
    if (lstat(path, &link) != 0 || !S_ISLNK(link.st_mode))
        return false;
    char *real_root = realpath(root, NULL), *real = realpath(path, NULL);
    size_t size = real_root ? strlen(real_root) : 0;
    bool inside = real && size && strncmp(real, real_root, size) == 0 &&
                  (real[size] == '/' || real[size - 1] == '/');
    free(real_root);
    free(real);
    return inside;
}

/* The same for walk->path and the root of this walk. */
static bool leads_inside(const struct walk *walk)
{
    if (walk->depth == 0)
        return false;
    char *root = xstrndup(walk->path.data, walk->frames[0].path_size);
    bool inside = walk_leads_inside(root, walk->path.data);
    free(root);
    return inside;
}

/* Puts the directory walk->path on the stack. 1 and ITEM when it cannot be
 * entered, else 0. */
static int enter(struct walk *walk, const struct stat *st, bool named,
                 struct item *item)
{
    const char *path = buffer_string(&walk->path);
    struct identity id = {st->st_dev, st->st_ino};
    if (is_ancestor(walk, id)) {
        item_begin(item, path, named);
        error_set(&item->error, ERROR_CYCLE, "directory cycle");
        return 1;
    }
    if (leads_inside(walk)) {
        diag_note(path, "a link to a directory that is walked by its own name");
        return 0;
    }
    if (set_has(&walk->seen, id)
        || (walk->entered && !walk->entered(walk->entered_ctx, path))) {
        diag_note(path, "directory already walked by another name");
        return 0;
    }
    set_add(&walk->seen, id);
    DIR *dir = open_dir(walk, path);
    if (dir == NULL) {
        int errnum = errno;
        item_begin(item, path, named);
        item_fail(item, errnum);
        return 1;
    }
    if (walk->depth == walk->capacity) {
        walk->capacity = walk->capacity > 0 ? walk->capacity * 2 : 16;
        walk->frames = xrealloc_array(walk->frames, walk->capacity,
                                      sizeof *walk->frames);
    }
    struct frame *frame = &walk->frames[walk->depth++];
    memset(frame, 0, sizeof *frame);
    frame->identity = id;
    frame->dir = dir;
    walk->open_dirs++;
    frame->path_size = walk->path.size;
    if (walk->path.data[walk->path.size - 1] != '/')
        buffer_append_char(&walk->path, '/');
    frame->prefix_size = walk->path.size;
    frame_read(walk, frame);
    return 0;
}

/* --- the walk --- */

struct walk *walk_create(const struct filter *filter, int retries)
{
    struct walk *walk = xcalloc(1, sizeof *walk);
    walk->filter = filter;
    walk->retries = retries;
    return walk;
}

void walk_set_entered(struct walk *walk, bool (*entered)(void *ctx, const char *path),
                      void *ctx)
{
    walk->entered = entered;
    walk->entered_ctx = ctx;
}

void walk_start(struct walk *walk, const char *root)
{
    while (walk->depth > 0)
        frame_pop(walk);
    set_clear(&walk->seen);
    free(walk->root);
    walk->root = xstrdup(root);
}

void walk_destroy(struct walk *walk)
{
    if (walk == NULL)
        return;
    while (walk->depth > 0)
        frame_pop(walk);
    set_clear(&walk->seen);
    buffer_free(&walk->path);
    free(walk->frames);
    free(walk->root);
    free(walk);
}

/* "." and ".." at the end say where, not what: no glob is meant for them. */
static bool names_a_place(const char *path)
{
    size_t size = strlen(path);
    while (size > 0 && path[size - 1] == '/')
        size--;
    size_t start = size;
    while (start > 0 && path[start - 1] != '/')
        start--;
    return size == 0 || (size - start <= 2
                         && strspn(path + start, ".") >= size - start);
}

static int start_root(struct walk *walk, struct item *item)
{
    buffer_clear(&walk->path);
    buffer_append_string(&walk->path, walk->root);
    free(walk->root);
    walk->root = NULL;
    const char *path = buffer_string(&walk->path);
    struct stat st;
    int errnum = look(walk, path, &st);
    if (errnum != 0) {
        /* It may have been meant as a directory, which includes do not
         * apply to: a mistyped name must not pass in silence. */
        if (filter_excludes(walk->filter, path))
            return 0;
        item_begin(item, path, true);
        item_fail(item, errnum);
        return 1;
    }
    if (S_ISDIR(st.st_mode)) {
        if (!names_a_place(path) && !filter_enters(walk->filter, path))
            return 0;
        return enter(walk, &st, true, item);
    }
    if (!filter_takes(walk->filter, path))
        return 0;
    item_begin(item, path, true);
    item_describe(item, &st);
    return 1;
}

/* What is at PATH, in a directory; *ST is its state when it is another one. */
static enum walk_kind examine(const struct walk *walk, const char *path,
                              struct stat *st, struct item *item)
{
    int errnum = look(walk, path, st);
    if (errnum == 0 && S_ISDIR(st->st_mode))
        return filter_enters(walk->filter, path)
               && !filter_is_own(walk->filter, path, st) ? WALK_FOLDER : WALK_NOTHING;
    if (!filter_takes(walk->filter, path))
        return WALK_NOTHING;
    if (errnum == 0 && filter_is_own(walk->filter, path, st)) {
        if (item_mtime(st) < walk->filter->owns_since)
            diag_note(path, "an output of a former run");
        return WALK_NOTHING;
    }
    item_begin(item, path, false);
    if (errnum != 0)
        item_fail(item, errnum);
    else
        item_describe(item, st);
    return WALK_ITEM;
}

enum walk_kind walk_look(const struct walk *walk, const char *path, struct item *item)
{
    struct stat st;
    return examine(walk, path, &st, item);
}

/* Looks at walk->path, a name that was read from a directory. */
static int visit(struct walk *walk, struct item *item)
{
    struct stat st;
    enum walk_kind kind = examine(walk, buffer_string(&walk->path), &st, item);
    return kind == WALK_FOLDER ? enter(walk, &st, false, item) : kind == WALK_ITEM;
}

/* Leaves the top directory: 1 and ITEM when names of it are missing. */
static int leave(struct walk *walk, struct item *item)
{
    struct frame *frame = &walk->frames[walk->depth - 1];
    int found = frame->error.kind != ERROR_NONE;
    if (found) {
        path_cut(walk, frame->path_size);
        item_begin(item, walk->path.data, walk->depth == 1);
        item->error = frame->error;
    }
    frame_pop(walk);
    return found;
}

int walk_next(struct walk *walk, struct item *item)
{
    if (walk->root != NULL && start_root(walk, item))
        return 1;
    while (walk->depth > 0) {
        struct frame *frame = &walk->frames[walk->depth - 1];
        int found = 0;
        if (frame->next < frame->count) {
            path_cut(walk, frame->prefix_size);
            buffer_append_string(&walk->path,
                                 frame->names.data
                                     + frame->order[frame->next++]);
            found = visit(walk, item);
        } else if (frame->dir != NULL) {
            frame_read(walk, frame);
        } else {
            found = leave(walk, item);
        }
        if (found)
            return 1;
    }
    return 0;
}
