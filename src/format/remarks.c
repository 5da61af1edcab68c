/* SPDX-License-Identifier: GPL-3.0-or-later */
/* remarks.c - old comments on sheets name their authors by a place in a list
 * of their own part, all others by an id. */
#include <config.h>

#include "format/remarks.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "format/flow.h"

/* Authors that are kept. */
#define REMARKS_AUTHORS 10000

/* What old versions of a program show in place of a thread begins so. */
static const char remarks_stand_in[] = "[Threaded comment]";

struct remarks {
    struct sax_handler handler;
    const struct remarks_authors *authors;
    struct remarks_authors own; /* of the part itself */
    struct buffer name;         /* of an author of those */
    int naming;
    struct flow flow;
    int comments, text, phonetic;
    /* Due before the text of the comment; of a reply, which stands within. */
    struct buffer marks[2];
    bool skip;          /* the comment is none */
};

static void authors_add(struct remarks_authors *a, char *id, char *name)
{
    if (a->count >= REMARKS_AUTHORS) {
        free(id);
        free(name);
        return;
    }
    if (a->count == a->capacity) {
        a->capacity = a->capacity ? 2 * a->capacity : 8;
        a->items = xrealloc_array(a->items, a->capacity, sizeof *a->items);
    }
    a->items[a->count++] = (struct remarks_author){ id, name };
}

static int author_compare(const void *a, const void *b)
{
    return strcmp(((const struct remarks_author *)a)->id,
                  ((const struct remarks_author *)b)->id);
}

static const char *author_find(const struct remarks_authors *a, const char *id)
{
    const struct remarks_author key = { .id = (char *)id };
    const struct remarks_author *found =
        a->count == 0 ? NULL
                      : bsearch(&key, a->items, a->count, sizeof key,
                                author_compare);
    return found ? found->name : NULL;
}

struct authors_reading {
    struct sax_handler handler;
    struct remarks_authors *authors;
};

static void authors_start(struct sax_handler *handler, const char *prefix,
                          const char *name,
                          const struct sax_attribute *attributes, size_t count)
{
    struct authors_reading *r = (struct authors_reading *)handler;
    const struct sax_attribute *id = sax_find(attributes, count, "id");
    const struct sax_attribute *who = sax_find(attributes, count, "name");
    (void)prefix;
    if (!who)
        who = sax_find(attributes, count, "displayName");
    if (id && who && (strcmp(name, "cmAuthor") == 0 ||
                      strcmp(name, "author") == 0 ||
                      strcmp(name, "person") == 0))
        authors_add(r->authors, xstrndup(id->value, id->size),
                    xstrndup(who->value, who->size));
}

void remarks_read_authors(struct remarks_authors *a, const struct opc *opc,
                          int64_t member)
{
    struct authors_reading r = {
        .handler = { .start = authors_start, .end = sax_no_end, .text = sax_no_text },
        .authors = a,
    };
    if (member >= 0)
        opc_parse(opc, member, &r.handler, NULL);
    if (a->count > 0)
        qsort(a->items, a->count, sizeof *a->items, author_compare);
}

void remarks_authors_clear(struct remarks_authors *a)
{
    for (size_t i = 0; i < a->count; i++) {
        free(a->items[i].id);
        free(a->items[i].name);
    }
    free(a->items);
    *a = (struct remarks_authors){ 0 };
}

/* --- comments --- */

/* By id; else by the place in the part's own list. */
static const char *remarks_author(const struct remarks *r,
                                  const struct sax_attribute *id)
{
    if (!id)
        return NULL;
    int place = opc_int(id, -1);
    if (place >= 0 && (size_t)place < r->own.count)
        return r->own.items[place].name;
    char *copy = xstrndup(id->value, id->size);
    const char *name = author_find(r->authors, copy);
    free(copy);
    return name;
}

/* That of the comment or reply at hand. */
static struct buffer *remarks_mark(struct remarks *r)
{
    return &r->marks[r->comments > 1];
}

static void remarks_comment(struct remarks *r,
                            const struct sax_attribute *attributes,
                            size_t count)
{
    const struct sax_attribute *id = sax_find(attributes, count, "authorId");
    const struct sax_attribute *place = sax_find(attributes, count, "ref");
    const char *author =
        remarks_author(r, id ? id : sax_find(attributes, count, "personId"));
    r->comments++;
    r->skip = false;
    flow_paragraph_start(&r->flow, false);
    struct buffer *mark = remarks_mark(r);
    buffer_clear(mark);
    buffer_append_string(mark, "Comment");
    if (author && *author)
        buffer_printf(mark, " by %s", author);
    if (place)
        buffer_printf(mark, " (%.*s)", (int)place->size, place->value);
    buffer_append_string(mark, ": ");
}

static bool remarks_is_comment(const char *name)
{
    return strcmp(name, "comment") == 0 || strcmp(name, "cm") == 0 ||
           strcmp(name, "reply") == 0 || strcmp(name, "threadedComment") == 0;
}

static void remarks_start(struct sax_handler *handler, const char *prefix,
                          const char *name,
                          const struct sax_attribute *attributes, size_t count)
{
    struct remarks *r = (struct remarks *)handler;
    (void)prefix;
    if (remarks_is_comment(name)) {
        remarks_comment(r, attributes, count);
    } else if (strcmp(name, "text") == 0 || strcmp(name, "t") == 0) {
        r->text++;
    } else if (strcmp(name, "p") == 0) {
        r->flow.lines.space = true;
    } else if (strcmp(name, "rPh") == 0) {
        r->phonetic++;
    } else if (strcmp(name, "author") == 0) {
        r->naming++;
        buffer_clear(&r->name);
    }
}

static void remarks_end(struct sax_handler *handler, const char *name)
{
    struct remarks *r = (struct remarks *)handler;
    if (remarks_is_comment(name)) {
        flow_paragraph_end(&r->flow, false);
        r->comments--;
    } else if (strcmp(name, "text") == 0 || strcmp(name, "t") == 0) {
        r->text--;
    } else if (strcmp(name, "rPh") == 0) {
        r->phonetic--;
    } else if (strcmp(name, "author") == 0) {
        r->naming--;
        authors_add(&r->own, NULL, xstrdup(buffer_string(&r->name)));
    }
}

static void remarks_text(struct sax_handler *handler, const char *text,
                         size_t size)
{
    struct remarks *r = (struct remarks *)handler;
    if (r->naming > 0)
        buffer_append(&r->name, text, size);
    if (r->comments == 0 || r->text == 0 || r->phonetic > 0 || r->skip)
        return;
    struct buffer *mark = remarks_mark(r);
    bool blank = true;
    for (size_t i = 0; i < size && blank; i++)
        blank = strchr(" \n\r\t", text[i]) != NULL;
    if (mark->size > 0 && !blank) {
        if (size >= sizeof remarks_stand_in - 1 &&
            memcmp(text, remarks_stand_in, sizeof remarks_stand_in - 1) == 0) {
            r->skip = true;
            return;
        }
        flow_text(&r->flow, mark->data, mark->size);
        buffer_clear(mark);
    }
    flow_text(&r->flow, text, size);
}

int remarks_read(const struct remarks_authors *a, const struct opc *opc,
                 int64_t member, struct buffer *out, struct error *e)
{
    struct remarks r = {
        .handler = { .start = remarks_start, .end = remarks_end, .text = remarks_text },
        .authors = a,
    };
    r.flow.lines.out = out;
    int status = opc_parse(opc, member, &r.handler, e);
    flow_finish(&r.flow);
    remarks_authors_clear(&r.own);
    buffer_free(&r.name);
    buffer_free(&r.marks[0]);
    buffer_free(&r.marks[1]);
    return status;
}
