/* SPDX-License-Identifier: GPL-3.0-or-later */
/* reader.c - the parts put together, and the judgement on a page: whether its text may
 * be worse than that of a renderer. */
#include <config.h>

#include "pdf/reader.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pdf/about.h"
#include "pdf/accents.h"
#include "pdf/appearance.h"
#include "pdf/bookmarks.h"
#include "pdf/why.h"

/* What a page may take of memory for strings and dictionaries. */
#define READER_ARENA ((size_t)64 << 20)
/* And what is said of the document. */
#define READER_ABOUT ((size_t)16 << 20)

/* One glyph in so many may be without meaning, as parts of ligatures and signs are of
 * which fonts do not tell: poppler takes codes for letters then, which is seldom right. */
#define READER_UNMAPPED_SHARE 5

struct reader {
    struct objects *objects;
    struct pagetree *pages;
    struct fonts *fonts;
    struct layers *layers;
    struct arena *arena, *about;
    struct span file;
    char *password; /* or NULL */
    bool used;      /* pages were read since the parts above were made */
    char version[24];
    struct draw draw;
};

const char *reader_reason_name(enum reader_reason reason)
{
    static const char *const names[READER_REASONS] = {
        "none", "broken", "encryption", "repaired", "stream", "unmapped", "font",
        "operator", "feature", "limit",
    };
    return reason < READER_REASONS ? names[reason] : "none";
}

const char *reader_reason_text(enum reader_reason reason)
{
    static const char *const texts[READER_REASONS] = {
        "", "not to be repaired", "an unknown encryption", "tables that lie",
        "damaged streams", "glyphs without meaning", "a font that is not known",
        "unknown operators", "a form field that is not drawn yet", "too much of something",
    };
    return reason < READER_REASONS ? texts[reason] : "";
}

static enum reader_end reader_decline(struct reader_why *why, enum reader_reason reason,
                                      const char *detail)
{
    *why = why_of(reason, detail);
    return READER_DECLINED;
}

/* What is made of a file, and made anew. */
static void reader_drop(struct reader *r)
{
    layers_destroy(r->layers);
    fonts_destroy(r->fonts);
    pagetree_destroy(r->pages);
    objects_close(r->objects);
}

static enum reader_end reader_make_parts(struct reader *r, struct reader_why *why)
{
    r->pages = pagetree_create(r->objects);
    r->fonts = fonts_create(r->objects);
    r->layers = layers_create(r->objects);
    if (objects_are_over(r->objects))
        return reader_decline(why, READER_LIMIT, "objects that take too much");
    if (!r->pages || !r->fonts || !r->layers)
        return reader_decline(why, READER_LIMIT, "memory is out");
    if (pagetree_count(r->pages) < 1)
        return reader_decline(why, READER_BROKEN, "no pages are to be found");
    objects_settle(r->objects);
    r->draw.objects = r->objects;
    r->draw.fonts = r->fonts;
    r->draw.layers = r->layers;
    r->used = false;
    return READER_DONE;
}

static enum reader_end reader_make(struct reader *r, struct reader_why *why)
{
    switch (objects_open(r->file, r->password, &r->objects)) {
    case OBJECTS_OPEN:
        return reader_make_parts(r, why);
    case OBJECTS_LOCKED:
        return READER_LOCKED;
    case OBJECTS_KEYED:
        return READER_KEYED;
    case OBJECTS_UNKNOWN:
        return reader_decline(why, READER_ENCRYPTION, "an unknown encryption");
    default:
        return reader_decline(why, READER_BROKEN, "no catalogue is to be found");
    }
}

static void reader_set_version(struct reader *r)
{
    int major, minor;
    about_version(r->objects, &major, &minor);
    if (major || minor)
        snprintf(r->version, sizeof r->version, "%d.%d", major, minor);
}

enum reader_end reader_open(struct span file, const char *password,
                            struct reader **reader, struct reader_why *why)
{
    struct reader *r = calloc(1, sizeof *r);
    *reader = NULL;
    *why = why_of(READER_NO_REASON, NULL);
    if (!r)
        return reader_decline(why, READER_LIMIT, "memory is out");
    r->file = file;
    r->arena = r->draw.arena = arena_create(READER_ARENA);
    r->about = arena_create(READER_ABOUT);
    r->password = password ? strdup(password) : NULL;
    enum reader_end end =
        !r->arena || !r->about || (password && !r->password)
            ? reader_decline(why, READER_LIMIT, "memory is out")
            : reader_make(r, why);
    if (end != READER_DONE) {
        reader_close(r);
        return end;
    }
    reader_set_version(r);
    *reader = r;
    return READER_DONE;
}

int reader_pages(const struct reader *r)
{
    return pagetree_count(r->pages);
}

bool reader_is_encrypted(const struct reader *r)
{
    return objects_are_encrypted(r->objects);
}

const char *reader_version(const struct reader *r)
{
    return r->version;
}

unsigned reader_attachments(struct reader *r)
{
    return about_attachments(r->objects);
}

const char *reader_info(struct reader *r, const char *key)
{
    return about_text(r->objects, key, r->about);
}

bool reader_date(struct reader *r, const char *key, int64_t *seconds)
{
    return about_date(r->objects, key, seconds);
}

void reader_outline(struct reader *r,
                    bool (*visit)(void *ctx, const char *title, int page, int depth),
                    void *ctx)
{
    bookmarks_walk(r->objects, r->pages, visit, ctx);
}

/* A reason that is font FONT's. */
static struct reader_why reader_why_font(enum reader_reason reason, const char *detail,
                                         const struct font *font)
{
    struct reader_why why = why_of(reason, detail);
    struct span name = font ? font_name(font) : (struct span){ NULL, NULL };
    why_tell(&why, "font", name);
    if (font && !*why.what)
        why_tell_number(&why, "font of object", font_number(font));
    return why;
}

/* The judgement on what was drawn. */
static struct reader_why reader_judge(const struct draw *d)
{
    const struct show *s = &d->show;
    if (d->why.reason != READER_NO_REASON)
        return d->why;
    if (d->damage.reason != READER_NO_REASON)
        return d->damage;
    if (s->doubtful)
        return reader_why_font(READER_FONT, font_doubt(s->doubtful), s->doubtful);
    if (s->unmeant.lost || s->unmeant.codes > s->shown / READER_UNMAPPED_SHARE)
        return reader_why_font(READER_UNMAPPED, "glyphs without meaning",
                               s->unmeant.strange);
    if (!d->unknown)
        return why_of(READER_NO_REASON, NULL);
    struct reader_why why = why_of(READER_OPERATOR, "unknown operators");
    memcpy(why.what, d->stranger, sizeof why.what);
    return why;
}

/* Whether a bound of the document was met: what there is may depend on which pages were
 * read before. */
static bool reader_is_over(const struct reader *r)
{
    return objects_are_over(r->objects) || fonts_are_over(r->fonts);
}

/* Opens the file anew, as if no page had been read. False: that fails. */
static bool reader_renew(struct reader *r)
{
    struct reader old = *r;
    struct reader_why why;
    r->objects = NULL;
    r->pages = NULL;
    r->fonts = NULL;
    r->layers = NULL;
    if (reader_make(r, &why) == READER_DONE) {
        reader_drop(&old);
        return true;
    }
    reader_drop(r);
    *r = old;
    return false;
}

static enum reader_end reader_read_once(struct reader *r, int number,
                                        struct reader_page *page, struct reader_why *why)
{
    struct pagetree_page own;
    *page = (struct reader_page){ 0 };
    if (!pagetree_get(r->pages, number, &own))
        return reader_decline(why, READER_BROKEN, "the page object is damaged");
    arena_clear(r->arena);
    draw_page(&r->draw, &own);
    size_t drawn = r->draw.show.count;
    appearance_draw(&r->draw, &own);
    *why = reader_judge(&r->draw);
    page->flaw = r->draw.flaw;
    if (!page->flaw && r->draw.show.unmeant.codes > 0 && r->draw.show.doubtful &&
        font_is_broken(r->draw.show.doubtful))
        page->flaw = "a font is damaged: its text may be wrong or lost";
    if (r->draw.show.accents)
        accents_join(r->draw.show.glyphs, r->draw.show.count);
    page->glyphs = r->draw.show.glyphs;
    page->count = r->draw.show.count;
    page->fields = page->count > drawn;
    page->unmeant = r->draw.show.unmeant.codes > r->draw.show.shown / 2;
    page->width = (float)r->draw.show.width;
    page->height = (float)r->draw.show.height;
    return why->reason == READER_NO_REASON ? READER_DONE : READER_DECLINED;
}

enum reader_end reader_read(struct reader *r, int number, struct reader_page *page,
                            struct reader_why *why)
{
    for (;;) {
        bool renewed = !r->used;
        if (reader_is_over(r) && !(renewed = reader_renew(r)))
            break;
        r->used = true;
        enum reader_end end = reader_read_once(r, number, page, why);
        if (!reader_is_over(r))
            return end;
        if (renewed)
            break;
    }
    *page = (struct reader_page){ 0 };
    return reader_decline(why, READER_LIMIT, "objects and fonts that take too much");
}

void reader_close(struct reader *r)
{
    if (!r)
        return;
    draw_free(&r->draw);
    arena_destroy(r->arena);
    arena_destroy(r->about);
    reader_drop(r);
    if (r->password)
        explicit_bzero(r->password, strlen(r->password));
    free(r->password);
    free(r);
}
