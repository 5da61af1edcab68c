/* SPDX-License-Identifier: GPL-3.0-or-later */
/* jsonl.c - records of documents or of their pages, a line each. The text, which
 * is last in a record, waits until its document has ended, and is then escaped
 * piece by piece; a stream puts the records in order. */
#include <config.h>

#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <poll.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/buffer.h"
#include "base/utf8.h"
#include "document/record.h"
#include "sink/beside.h"
#include "sink/guard.h"
#include "sink/held.h"
#include "sink/sink.h"
#include "sink/spill.h"
#include "sink/stream.h"
#include "store/manifest.h"

/* How long the file may be another run's: the guard of one that was just killed
 * needs some milliseconds. */
#define JSONL_LOCK_TRIES 40
#define JSONL_LOCK_PAUSE 50 /* ms */
/* Bytes of records that are passed on at once. */
#define JSONL_PIECE ((size_t)64 << 10)

struct jsonl {
    struct sink sink;
    struct sink_report report; /* the stream's: to that of the sink, which may
                                  be another later */
    bool pages;
    unsigned flags;
    int fd;
    const char *path; /* NULL: standard output */
    struct beside beside;         /* of a file */
    struct guard *guard;          /* of a file; or NULL */
    _Atomic uint64_t stdout_mark; /* instead of its mark */
    struct spill *spill;
    struct held_store *held;
    struct sink *stream;
    struct buffer out; /* of the records of the document that ends */
};

static void jsonl_finished(struct sink_report *report, struct result *result)
{
    struct jsonl *j = (struct jsonl *)((char *)report - offsetof(struct jsonl, report));
    j->sink.report->finished(j->sink.report, result);
}

/* What has come of the document that ends. */
struct jsonl_record {
    struct jsonl *jsonl;
    struct result *result;
    bool open; /* amid the text of one */
    int pages; /* that came */
};

static int jsonl_pass_on(struct jsonl_record *r, struct error *e)
{
    struct jsonl *j = r->jsonl;
    int rc = j->stream->ops->text(j->stream, r->result, 0, j->out.data,
                                  j->out.size, false, e);
    buffer_clear(&j->out);
    return rc;
}

/* Begins a record that has the members of OBJECT, which is released, and the
 * text that follows. */
static void jsonl_begin(struct jsonl_record *r, json_t *object)
{
    struct buffer *out = &r->jsonl->out;
    record_dump(out, object, JSON_COMPACT);
    out->size--; /* the brace */
    buffer_append_string(out, ",\"text\":\"");
    r->open = true;
}

static void jsonl_close(struct jsonl_record *r)
{
    buffer_append_string(&r->jsonl->out, "\"}\n");
    r->open = false;
}

static void jsonl_escape(struct buffer *out, const char *text, size_t size)
{
    struct buffer clean = { 0 };
    if (size == 0)
        return;
    /* Formats and workers give nothing else than UTF-8; one that gets it wrong
     * does not spoil the file. */
    if (utf8_valid_prefix(text, size) != size) {
        utf8_append_sanitized(&clean, text, size);
        text = clean.data;
        size = clean.size;
    }
    size_t start = out->size;
    record_dump(out, json_stringn_nocheck(text, size), JSON_ENCODE_ANY);
    /* Without its quotes. */
    out->size -= 2;
    memmove(out->data + start, out->data + start + 1, out->size - start);
    buffer_free(&clean);
}

static int jsonl_piece(void *ctx, int page, const char *text, size_t size,
                       bool end_of_page, struct error *e)
{
    struct jsonl_record *r = ctx;
    struct jsonl *j = r->jsonl;
    if (!r->open)
        jsonl_begin(r, j->pages ? record_page(r->result, page)
                                : record_document(r->result, j->flags));
    jsonl_escape(&j->out, text, size);
    if (end_of_page) {
        r->pages++;
        if (j->pages)
            jsonl_close(r);
        else
            buffer_append_string(&j->out, "\\f");
    }
    return j->out.size >= JSONL_PIECE ? jsonl_pass_on(r, e) : 0;
}

/* Passes the records of RESULT on. */
static int jsonl_records(struct jsonl *j, struct result *result,
                         struct held *held, struct error *e)
{
    struct jsonl_record r = { .jsonl = j, .result = result };
    buffer_clear(&j->out);
    if (held && held_replay(held, jsonl_piece, &r, e) != 0)
        return -1;
    if (!r.open && (!j->pages || r.pages == 0))
        jsonl_begin(&r, record_document(result, j->flags));
    if (r.open)
        jsonl_close(&r);
    return jsonl_pass_on(&r, e);
}

static int jsonl_text(struct sink *sink, struct result *result, int page,
                      const char *text, size_t size, bool end_of_page,
                      struct error *e)
{
    struct jsonl *j = (struct jsonl *)sink;
    return held_append(j->held, result, page, text, size, end_of_page, e);
}

static int jsonl_insert(struct sink *sink, struct result *result, struct result *outer,
                        struct error *e)
{
    struct jsonl *j = (struct jsonl *)sink;
    return j->stream->ops->insert(j->stream, result, outer, e);
}

static int jsonl_end(struct sink *sink, struct result *result, struct error *e)
{
    struct jsonl *j = (struct jsonl *)sink;
    struct held *held = held_take(result);
    /* What the manifest keeps has a record, and nothing else: or a later run that
     * goes on would write another one of it. */
    bool wanted = manifest_wants(result);
    int rc = wanted ? jsonl_records(j, result, held, e) : 0;
    held_drop(held);
    if (rc == 0)
        rc = j->stream->ops->end(j->stream, result, e);
    else
        sink_lose(sink, result, e);
    sink->horizon = j->stream->horizon;
    return rc;
}

static int jsonl_idle(struct sink *sink, struct error *e)
{
    struct jsonl *j = (struct jsonl *)sink;
    return j->stream->ops->idle(j->stream, e);
}

/* What is in the file stays as it is. */
static void jsonl_dismiss_guard(struct jsonl *j)
{
    guard_stop(j->guard);
    j->guard = NULL;
}

static int jsonl_flush(struct sink *sink, struct error *e)
{
    struct jsonl *j = (struct jsonl *)sink;
    if (j->stream->ops->flush(j->stream, e) != 0)
        return -1;
    /* Here, since a run that is stopped by a signal dies of it. */
    jsonl_dismiss_guard(j);
    return 0;
}

static void jsonl_lose(struct sink *sink, const struct error *e)
{
    struct jsonl *j = (struct jsonl *)sink;
    j->stream->ops->lose(j->stream, e);
    sink->broken = j->stream->broken;
    /* A part of a record, and records of documents that have just been lost.
     * Where that fails the guard may do better. */
    if (j->guard && ftruncate(j->fd, (off_t)*guard_mark(j->guard)) == 0)
        jsonl_dismiss_guard(j);
}

/* Whether the last component of PATH begins with that of the file and
 * JSONL_BESIDE, in the same directory. */
static bool jsonl_owns(struct sink *sink, const char *path, const struct stat *st)
{
    struct jsonl *j = (struct jsonl *)sink;
    return j->path && beside_has(&j->beside, path, st);
}

static void jsonl_destroy(struct sink *sink)
{
    struct jsonl *j = (struct jsonl *)sink;
    sink_destroy(j->stream);
    jsonl_dismiss_guard(j);
    held_store_destroy(j->held);
    spill_destroy(j->spill);
    buffer_free(&j->out);
    beside_clear(&j->beside);
    if (j->path && j->fd >= 0)
        close(j->fd);
    free(j);
}

static const struct sink_ops jsonl_ops = {
    .insert = jsonl_insert,
    .text = jsonl_text,
    .end = jsonl_end,
    .idle = jsonl_idle,
    .flush = jsonl_flush,
    .lose = jsonl_lose,
    .owns = jsonl_owns,
    .destroy = jsonl_destroy,
};

/* Waits for the guard of a run that was killed, which would cut off what we
 * write. A file system without locks has to do without. */
static int jsonl_lock(struct jsonl *j, struct error *e)
{
    for (int i = 0; flock(j->fd, LOCK_EX | LOCK_NB) != 0; i++) {
        if (errno != EWOULDBLOCK)
            return 0;
        if (i == JSONL_LOCK_TRIES)
            return error_set(e, ERROR_OUTPUT, "%s: another run writes to it",
                             j->path);
        poll(NULL, 0, JSONL_LOCK_PAUSE);
    }
    return 0;
}

/* The longest path, escaped, also as Latin-1, and what stands around it. */
#define JSONL_HEAD ((size_t)64 << 10)

/* Whether the file may be replaced: it is empty, or begins as our records do, with the
 * path, the type and the tier. Of a pattern after -o the first document would be the
 * output. */
static bool jsonl_is_ours(const struct jsonl *j)
{
    static const char begin[] = "{\"path\":", tier[] = ",\"tier\":\"";
    char *bytes = xmalloc(JSONL_HEAD);
    int fd = open(j->path, O_RDONLY | O_CLOEXEC);
    ssize_t n = fd < 0 ? 0 : pread(fd, bytes, JSONL_HEAD, 0);
    if (fd >= 0)
        close(fd);
    size_t size = n > 0 ? (size_t)n : 0;
    char *end = size ? memchr(bytes, '\n', size) : NULL;
    size_t line = end ? (size_t)(end - bytes) : size;
    bool ours = size == 0 || (line > sizeof begin && !memcmp(bytes, begin, sizeof begin - 1) &&
                              memmem(bytes, line, tier, sizeof tier - 1));
    free(bytes);
    return ours;
}

static int jsonl_open(struct jsonl *j, uint64_t keep, struct error *e)
{
    struct stat st;
    j->fd = open(j->path, O_CREAT | O_WRONLY | O_APPEND | O_CLOEXEC, 0666);
    if (j->fd < 0 || fstat(j->fd, &st) != 0)
        return error_set_errno(e, ERROR_OUTPUT, errno, "cannot write %s", j->path);
    if (!S_ISREG(st.st_mode))
        return error_set(e, ERROR_OUTPUT, "cannot write %s: not a regular file",
                         j->path);
    if (!jsonl_is_ours(j))
        return error_set(e, ERROR_OUTPUT,
                         "%s is no file of records and is left alone", j->path);
    if (jsonl_lock(j, e) != 0)
        return -1;
    /* Its size as the guard of an earlier run has left it. */
    int rc = fstat(j->fd, &st);
    if (rc == 0 && keep > (uint64_t)st.st_size)
        return error_set(e, ERROR_OUTPUT,
                         "%s is shorter than an earlier run left it", j->path);
    if (rc != 0 || ftruncate(j->fd, (off_t)keep) != 0)
        return error_set_errno(e, ERROR_OUTPUT, errno, "cannot write %s", j->path);
    beside_init(&j->beside, j->path);
    return 0;
}

struct sink *sink_create_jsonl(const struct sink_jsonl *config,
                               struct sink_report *report, struct error *e)
{
    struct jsonl *j = xcalloc(1, sizeof *j);
    sink_init(&j->sink, &jsonl_ops, report);
    j->report.finished = jsonl_finished;
    j->pages = config->pages;
    j->flags = config->flags;
    j->path = config->path;
    j->fd = config->path ? -1 : STDOUT_FILENO;
    if (j->path && jsonl_open(j, config->keep, e) != 0) {
        jsonl_destroy(&j->sink);
        return NULL;
    }
    if (j->path)
        j->guard = guard_start(j->fd);
    j->spill = spill_create(config->hold_bytes);
    j->held = held_store_create(j->spill);
    struct stream_records records = {
        .fd = j->fd,
        .name = j->path ? j->path : "standard output",
        .in_order = config->in_order,
        .start = config->keep,
        .spill = j->spill,
        .whole = j->guard ? guard_mark(j->guard) : &j->stdout_mark,
    };
    j->stream = stream_create_records(&records, &j->report);
    j->sink.horizon = j->stream->horizon;
    return &j->sink;
}
