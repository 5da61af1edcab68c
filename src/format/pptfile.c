/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pptfile.c - each step of saving appends what has changed, a directory of
 * where that is by number, and a record that points to the step before. */
#include <config.h>

#include "format/pptfile.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/little.h"
#include "format/oleobject.h"

/* Bytes of a stream; pictures are in another one. */
#define STREAM_LIMIT ((size_t)1 << 30)

#define SLIDES 20000

/* Slides do not overlap, so together they are no longer than the stream; this
 * is for files that name the same one again and again. */
#define TIMES 4

/* Numbers of a directory have 20 bits. */
#define NUMBERS (1u << 20)

enum { SLIDE_LIST, MASTER_LIST, NOTES_LIST };

/* CurrentUserAtom's mark of an encrypted presentation ([MS-PPT] 2.3.2). */
#define ENCRYPTED 0xf3d1c4dfu

bool ppt_next(struct ppt_span *s, struct ppt_record *r)
{
    if (s->size < 8)
        return false;
    unsigned first = little16(s->p);
    size_t size = little32(s->p + 4);
    if (size > s->size - 8)
        size = s->size - 8;
    *r = (struct ppt_record){first & 15, first >> 4, little16(s->p + 2),
                             {s->p + 8, size}};
    s->p += 8 + size;
    s->size -= 8 + size;
    return true;
}

bool ppt_find(struct ppt_span s, unsigned type, int instance,
              struct ppt_record *r)
{
    while (ppt_next(&s, r)) {
        if (r->type == type && (instance < 0 || r->instance == (unsigned)instance))
            return true;
    }
    return false;
}

static struct ppt_span stream_from(const struct ppt_file *f, size_t at)
{
    if (at >= f->stream.size)
        return (struct ppt_span){NULL, 0};
    return (struct ppt_span){(const unsigned char *)f->stream.data + at,
                             f->stream.size - at};
}

/* The record of TYPE at AT. */
static bool record_at(const struct ppt_file *f, size_t at, unsigned type,
                      struct ppt_record *r)
{
    struct ppt_span s = stream_from(f, at);
    return ppt_next(&s, r) && r->type == type;
}

/* --- the directory --- */

struct reading {
    struct ppt_file *f;
    uint32_t *places; /* of the records by their numbers, and 1; 0: unknown */
    uint32_t document;
    size_t budget;    /* bytes of slides and notes that may be named yet */
};

static void directory_add(struct reading *g, struct ppt_span s)
{
    while (s.size >= 4) {
        uint32_t head = little32(s.p), number = head & (NUMBERS - 1);
        s.p += 4;
        s.size -= 4;
        for (uint32_t n = head >> 20; n > 0 && s.size >= 4; n--, number++) {
            /* Later steps have been here before. */
            if (number < NUMBERS && g->places[number] == 0)
                g->places[number] = little32(s.p) + 1;
            s.p += 4;
            s.size -= 4;
        }
    }
}

/* Goes through the steps from the last, which is at AT, to the first. Returns
 * 0, or -1: encrypted. */
static int steps_read(struct reading *g, size_t at)
{
    struct ppt_record edit, directory;
    while (record_at(g->f, at, PPT_USER_EDIT, &edit) && edit.body.size >= 20) {
        const unsigned char *p = edit.body.p;
        if (edit.body.size >= 32 && little32(p + 28) != 0)
            return -1;
        if (g->document == 0)
            g->document = little32(p + 16);
        if (record_at(g->f, little32(p + 12), PPT_DIRECTORY, &directory))
            directory_add(g, directory.body);
        /* The step before is always nearer to the start. */
        size_t before = little32(p + 8);
        if (before == 0 || before >= at)
            break;
        at = before;
    }
    return 0;
}

/* The last step that the stream holds, when nothing else says where it is. */
static size_t last_step(const struct ppt_file *f)
{
    struct ppt_span s = stream_from(f, 0);
    struct ppt_record r;
    size_t found = 0;
    while (s.size > 0) {
        size_t at = f->stream.size - s.size;
        if (!ppt_next(&s, &r))
            break;
        if (r.type == PPT_USER_EDIT)
            found = at;
    }
    return found;
}

/* --- slides --- */

/* The record NUMBER, when it is of TYPE and may be read. */
static struct ppt_span persistent(struct reading *g, uint32_t number,
                                  unsigned type, bool *is_repeated)
{
    struct ppt_record r;
    if (number >= NUMBERS || g->places[number] == 0
        || !record_at(g->f, g->places[number] - 1, type, &r))
        return (struct ppt_span){NULL, 0};
    if (r.body.size > g->budget) {
        *is_repeated = true;
        return (struct ppt_span){NULL, 0};
    }
    g->budget -= r.body.size;
    return r.body;
}

static void slide_add(struct ppt_file *f, const struct ppt_slide *slide)
{
    if ((f->count & (f->count - 1)) == 0)
        f->slides = xrealloc_array(f->slides, f->count > 0 ? 2 * f->count : 1,
                                   sizeof *f->slides);
    f->slides[f->count++] = *slide;
}

/* The list has for each slide what it is, then texts of its outline. */
static void slides_list(struct reading *g, struct ppt_span list)
{
    struct ppt_record r;
    bool more = ppt_next(&list, &r);
    while (more && g->f->count < SLIDES) {
        if (r.type != PPT_SLIDE_PERSIST || r.body.size < 4) {
            more = ppt_next(&list, &r);
            continue;
        }
        struct ppt_slide slide = {.outline = {list.p, 0}};
        slide.body = persistent(g, little32(r.body.p), PPT_SLIDE,
                                &slide.is_repeated);
        const unsigned char *end = list.p;
        while ((more = ppt_next(&list, &r)) && r.type != PPT_SLIDE_PERSIST)
            end = list.p;
        slide.outline.size = (size_t)(end - slide.outline.p);
        slide_add(g->f, &slide);
    }
}

/* What slides name by an id, sorted by that: the number of its record. */
struct named {
    uint32_t id, number;
    bool seen;
};

struct names {
    struct named *items;
    size_t count;
};

static int compare_named(const void *a, const void *b)
{
    const struct named *x = a, *y = b;
    return x->id < y->id ? -1 : x->id > y->id;
}

static struct names names_read(struct ppt_span list)
{
    struct names n = {0};
    struct ppt_record r;
    while (n.count < SLIDES && ppt_next(&list, &r)) {
        if (r.type != PPT_SLIDE_PERSIST || r.body.size < 16)
            continue;
        if ((n.count & (n.count - 1)) == 0)
            n.items = xrealloc_array(n.items, n.count > 0 ? 2 * n.count : 1,
                                     sizeof *n.items);
        n.items[n.count++] = (struct named){.id = little32(r.body.p + 12),
                                            .number = little32(r.body.p)};
    }
    if (n.count > 0)
        qsort(n.items, n.count, sizeof *n.items, compare_named);
    return n;
}

/* What the atom of SLIDE names at AT; NULL: nothing. */
static struct named *names_find(const struct names *n, struct ppt_span slide,
                                size_t at)
{
    struct ppt_record r;
    if (n->count == 0 || !ppt_find(slide, PPT_SLIDE_ATOM, -1, &r)
        || r.body.size < at + 4)
        return NULL;
    const struct named key = {.id = little32(r.body.p + at)};
    return key.id == 0 ? NULL : bsearch(&key, n->items, n->count, sizeof key,
                                        compare_named);
}

static void notes_list(struct reading *g, struct ppt_span list)
{
    struct names names = names_read(list);
    for (size_t i = 0; i < g->f->count; i++) {
        struct ppt_slide *slide = &g->f->slides[i];
        struct named *found = names_find(&names, slide->body, 16);
        if (found != NULL)
            slide->notes = persistent(g, found->number, PPT_NOTES,
                                      &slide->is_repeated);
    }
    free(names.items);
}

/* Whether the slide shows what its master has. */
static bool follows_master(struct ppt_span slide)
{
    struct ppt_record r;
    return ppt_find(slide, PPT_SLIDE_ATOM, -1, &r) && r.body.size >= 22
           && (r.body.p[20] & 1) != 0;
}

/* The master whose styles the texts of SLIDE have, whoever has its shapes: a
 * title's master is a slide, with a master of its own. */
static struct ppt_span look_of(struct reading *g, const struct names *names,
                               struct ppt_span slide)
{
    enum { HEAD = 256 }; /* the atom comes first */
    for (int k = 0; k < 2; k++) {
        struct ppt_record r;
        const struct named *found = names_find(names, slide, 12);
        uint32_t at = found != NULL && found->number < NUMBERS
                      ? g->places[found->number] : 0;
        if (at == 0)
            break;
        if (record_at(g->f, at - 1, PPT_MASTER, &r))
            return r.body;
        if (!record_at(g->f, at - 1, PPT_SLIDE, &r))
            break;
        slide = r.body;
        slide.size = slide.size < HEAD ? slide.size : HEAD;
    }
    return (struct ppt_span){NULL, 0};
}

/* A title's master is a slide, with a master of its own. */
static void masters_list(struct reading *g, struct ppt_span list)
{
    struct names names = names_read(list);
    for (size_t i = 0; i < g->f->count; i++) {
        struct ppt_slide *slide = &g->f->slides[i];
        struct ppt_span of = slide->body;
        slide->look = look_of(g, &names, of);
        for (size_t k = 0; k < 2 && follows_master(of); k++) {
            bool is_repeated = false;
            struct named *found = names_find(&names, of, 12);
            if (found == NULL || found->seen)
                break;
            found->seen = true;
            of = persistent(g, found->number, PPT_MASTER, &is_repeated);
            if (of.p == NULL)
                of = persistent(g, found->number, PPT_SLIDE, &is_repeated);
            slide->masters[k] = of;
        }
    }
    free(names.items);
}

/* Slides in the order of the stream: the list of them is not there. */
static void slides_scan(struct reading *g)
{
    struct ppt_span s = stream_from(g->f, 0);
    struct ppt_record r;
    while (g->f->count < SLIDES && ppt_next(&s, &r)) {
        if (r.type == PPT_SLIDE)
            slide_add(g->f, &(struct ppt_slide){.body = r.body});
    }
}

/* The objects that the document lists and that are in the file. */
static void objects_list(struct reading *g, struct ppt_span list)
{
    enum { EMBEDDED = 0 };
    struct ppt_file *f = g->f;
    struct ppt_record r, atom, storage;
    while (f->object_count < OLEOBJECT_COUNT && ppt_next(&list, &r)) {
        if (r.type != PPT_OBJECT_EMBEDDED
            || !ppt_find(r.body, PPT_OBJECT_ATOM, -1, &atom)
            || atom.body.size < 20 || little32(atom.body.p + 4) != EMBEDDED)
            continue;
        uint32_t number = little32(atom.body.p + 16);
        bool is_repeated = false;
        struct ppt_object object = {
            .body = persistent(g, number, PPT_OBJECT_STORAGE, &is_repeated),
        };
        if (object.body.p == NULL
            || !record_at(f, g->places[number] - 1, PPT_OBJECT_STORAGE, &storage))
            continue;
        object.is_packed = storage.instance == 1;
        if ((f->object_count & (f->object_count - 1)) == 0)
            f->objects = xrealloc_array(
                f->objects, f->object_count > 0 ? 2 * f->object_count : 1,
                sizeof *f->objects);
        f->objects[f->object_count++] = object;
    }
}

static void slides_read(struct reading *g, struct error *flaw)
{
    struct ppt_record document, list;
    bool has_document =
        g->document < NUMBERS && g->places[g->document] != 0
        && record_at(g->f, g->places[g->document] - 1, PPT_DOCUMENT, &document);
    if (has_document) {
        if (ppt_find(document.body, PPT_SLIDE_LIST, SLIDE_LIST, &list))
            slides_list(g, list.body);
        if (ppt_find(document.body, PPT_SLIDE_LIST, NOTES_LIST, &list))
            notes_list(g, list.body);
        if (ppt_find(document.body, PPT_SLIDE_LIST, MASTER_LIST, &list))
            masters_list(g, list.body);
        if (ppt_find(document.body, PPT_OBJECTS, -1, &list))
            objects_list(g, list.body);
        return;
    }
    slides_scan(g);
    if (flaw->kind == ERROR_NONE)
        error_set(flaw, ERROR_DAMAGED, "the list of slides is missing");
}

int ppt_file_read(struct ppt_file *f, struct ole *o, struct error *flaw,
                  struct error *e)
{
    int main = ole_find(o, OLE_ROOT, "PowerPoint Document");
    if (main < 0)
        return ole_missing(o, "PowerPoint Document", e);
    ole_read(o, main, STREAM_LIMIT, &f->stream, flaw);
    ole_flaw(o, flaw);
    struct buffer user = {0};
    ole_read(o, ole_find(o, OLE_ROOT, "Current User"), 4096, &user, NULL);
    const unsigned char *p = (const unsigned char *)user.data;
    struct reading g = {.f = f, .budget = TIMES * f->stream.size};
    struct ppt_record r;
    bool is_encrypted = user.size >= 20 && little32(p + 12) == ENCRYPTED;
    size_t at = user.size >= 20 ? little32(p + 16) : 0;
    if (!record_at(f, at, PPT_USER_EDIT, &r))
        at = last_step(f);
    buffer_free(&user);
    g.places = xcalloc(NUMBERS, sizeof *g.places);
    is_encrypted = is_encrypted || steps_read(&g, at) < 0;
    if (!is_encrypted)
        slides_read(&g, flaw);
    free(g.places);
    if (is_encrypted)
        return error_set(e, ERROR_ENCRYPTED, "the presentation is encrypted");
    if (f->count == 0 && flaw->kind != ERROR_NONE)
        return error_set(e, flaw->kind, "%s", flaw->detail);
    return 0;
}

void ppt_file_clear(struct ppt_file *f)
{
    buffer_free(&f->stream);
    free(f->slides);
    free(f->objects);
}
