/* SPDX-License-Identifier: GPL-3.0-or-later */
/* recorded.c - stands between a sink and its report. */
#include <config.h>

#include <stddef.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "sink/recorded.h"

struct recorded {
    struct sink sink;
    struct sink_ops ops;
    struct sink_report report; /* what the inner sink reports to */
    struct sink *inner;
    struct manifest *manifest;
    struct forget *forget; /* NULL: nothing is */
    struct error error; /* why a result could not be kept */
};

static void recorded_finished(struct sink_report *report, struct result *r)
{
    struct recorded *c = (struct recorded *)((char *)report -
                                             offsetof(struct recorded, report));
    int64_t id;
    /* Without its row it is done again by a later run, which is no harm; but what
     * hit the manifest will hit all. */
    if (manifest_wants(r) && c->error.kind == ERROR_NONE)
        manifest_put(c->manifest, r, &id, &c->error);
    if (r->touched && c->error.kind == ERROR_NONE)
        manifest_touch(c->manifest, r, &c->error);
    if (r->error.kind == ERROR_GONE && c->forget && c->error.kind == ERROR_NONE)
        forget_path(c->forget, r->item.path, &r->forgotten, &c->error);
    c->sink.report->finished(c->sink.report, r);
}

/* After a call of the inner sink that returned RC. */
static int recorded_after(struct recorded *c, int rc, struct error *e)
{
    c->sink.horizon = c->inner->horizon;
    if (rc == 0 && c->error.kind != ERROR_NONE) {
        *e = c->error;
        return -1;
    }
    return rc;
}

static void recorded_admit(struct sink *sink, struct result *r)
{
    struct recorded *c = (struct recorded *)sink;
    c->inner->ops->admit(c->inner, r);
}

static void recorded_admit_member(struct sink *sink, struct result *r,
                                  const struct result *outer)
{
    struct recorded *c = (struct recorded *)sink;
    c->inner->ops->admit_member(c->inner, r, outer);
}

static int recorded_insert(struct sink *sink, struct result *r, struct result *outer,
                           struct error *e)
{
    struct recorded *c = (struct recorded *)sink;
    return recorded_after(c, c->inner->ops->insert(c->inner, r, outer, e), e);
}

static int recorded_text(struct sink *sink, struct result *r, int page, const char *text,
                         size_t size, bool end_of_page, struct error *e)
{
    struct recorded *c = (struct recorded *)sink;
    return c->inner->ops->text(c->inner, r, page, text, size, end_of_page, e);
}

static int recorded_end(struct sink *sink, struct result *r, struct error *e)
{
    struct recorded *c = (struct recorded *)sink;
    int rc = recorded_after(c, c->inner->ops->end(c->inner, r, e), e);
    return rc == 0 && manifest_is_due(c->manifest) ? manifest_commit(c->manifest, e)
                                                   : rc;
}

/* After OP of the inner sink, which may be NULL, commits what was put. */
static int recorded_settle(struct recorded *c, int (*op)(struct sink *, struct error *),
                           struct error *e)
{
    int rc = recorded_after(c, op ? op(c->inner, e) : 0, e);
    return rc == 0 ? manifest_commit(c->manifest, e) : rc;
}

static int recorded_idle(struct sink *sink, struct error *e)
{
    struct recorded *c = (struct recorded *)sink;
    return recorded_settle(c, c->inner->ops->idle, e);
}

static int recorded_flush(struct sink *sink, struct error *e)
{
    struct recorded *c = (struct recorded *)sink;
    return recorded_settle(c, c->inner->ops->flush, e);
}

/* What had been put is true all the same. */
static void recorded_lose(struct sink *sink, const struct error *e)
{
    struct recorded *c = (struct recorded *)sink;
    struct error ignored = { 0 };
    if (c->inner->ops->lose)
        c->inner->ops->lose(c->inner, e);
    c->sink.broken = c->inner->broken;
    if (c->error.kind == ERROR_NONE)
        manifest_commit(c->manifest, &ignored);
}

static bool recorded_owns(struct sink *sink, const char *path, const struct stat *st)
{
    struct recorded *c = (struct recorded *)sink;
    return c->inner->ops->owns(c->inner, path, st);
}

static void recorded_destroy(struct sink *sink)
{
    struct recorded *c = (struct recorded *)sink;
    sink_destroy(c->inner);
    free(c);
}

struct sink *sink_create_recorded(struct sink *inner, struct manifest *manifest,
                                  struct forget *forget)
{
    struct recorded *c = xcalloc(1, sizeof *c);
    struct sink_ops *ops = &c->ops;
    *ops = (struct sink_ops){
        .text = recorded_text,
        .end = recorded_end,
        .idle = recorded_idle,
        .flush = recorded_flush,
        .lose = recorded_lose,
        .destroy = recorded_destroy,
    };
    /* Nobody asks for these but of a sink that has them. */
    if (inner->ops->admit)
        ops->admit = recorded_admit;
    if (inner->ops->admit_member)
        ops->admit_member = recorded_admit_member;
    if (inner->ops->insert)
        ops->insert = recorded_insert;
    if (inner->ops->owns)
        ops->owns = recorded_owns;
    sink_init(&c->sink, ops, inner->report);
    c->sink.horizon = inner->horizon;
    c->report.finished = recorded_finished;
    c->inner = inner;
    c->manifest = manifest;
    c->forget = forget;
    inner->report = &c->report;
    return &c->sink;
}
