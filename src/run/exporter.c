/* SPDX-License-Identifier: GPL-3.0-or-later */
/* exporter.c - one thread of the library's answers all. Whoever connects may be
 * hostile: there are four exact paths, no bodies, bounds on connections, memory and
 * time; and a page of somebody else's, which a browser has open, can neither read an
 * answer (no CORS) nor come by a name that it had pointed here. */
#include <config.h>

#include "run/exporter.h"

#include <errno.h>
#include <glib.h>
#include <microhttpd.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/diag.h"
#include "document/record.h"
#include "format/library.h"
#include "run/prometheus.h"
#include "run/totals.h"

#define EXPORTER_CALLS(call)              \
    call(MHD_start_daemon)                \
    call(MHD_stop_daemon)                 \
    call(MHD_queue_response)              \
    call(MHD_create_response_from_buffer) \
    call(MHD_add_response_header)         \
    call(MHD_destroy_response)            \
    call(MHD_get_connection_info)         \
    call(MHD_lookup_connection_value)     \
    call(MHD_get_version)
LIBRARY(EXPORTER_CALLS)

/* Seconds that a connection may say nothing, and bytes for a request's head. */
#define EXPORTER_TIMEOUT 10u
#define EXPORTER_MEMORY ((size_t)16 << 10)
/* Seconds for which a look is good: however often somebody asks, it costs no more. */
#define EXPORTER_FRESH 0.2

static const char exporter_page[] =
#include "src/run/page.inc"
    ;

struct exporter {
    struct view *view;
    struct MHD_Daemon *daemon;
    char *policy; /* of the page */
    atomic_bool concluded;
    /* Of the library's thread: */
    struct metrics_snapshot snapshot;
    double taken;
};

static void exporter_load(void)
{
    LIBRARY_LOAD(LIBMICROHTTPD_SONAME);
}

static bool exporter_load_library(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, exporter_load);
    return lib_missing == NULL;
}

char *exporter_library(void)
{
    return exporter_load_library() ? xasprintf("libmicrohttpd %s", lib->MHD_get_version())
                                   : NULL;
}

static const struct metrics_snapshot *exporter_look(struct exporter *x)
{
    double now = clock_now();
    if (x->taken == 0 || now - x->taken > EXPORTER_FRESH) {
        view_read(x->view, &x->snapshot);
        x->taken = now;
    }
    return &x->snapshot;
}

static enum MHD_Result exporter_reply(struct MHD_Connection *c, unsigned status,
                                      const char *type, const char *policy,
                                      const void *data, size_t size)
{
    /* The library does not write to it. */
    struct MHD_Response *r =
        lib->MHD_create_response_from_buffer(size, (void *)data, MHD_RESPMEM_MUST_COPY);
    if (!r)
        return MHD_NO;
    lib->MHD_add_response_header(r, "Content-Type", type);
    lib->MHD_add_response_header(r, "Content-Security-Policy",
                                 policy ? policy : "default-src 'none'");
    lib->MHD_add_response_header(r, "X-Content-Type-Options", "nosniff");
    lib->MHD_add_response_header(r, "Referrer-Policy", "no-referrer");
    lib->MHD_add_response_header(r, "Cross-Origin-Resource-Policy", "same-origin");
    lib->MHD_add_response_header(r, "Cache-Control", "no-store");
    if (status == MHD_HTTP_METHOD_NOT_ALLOWED)
        lib->MHD_add_response_header(r, "Allow", "GET, HEAD");
    enum MHD_Result rc = lib->MHD_queue_response(c, status, r);
    lib->MHD_destroy_response(r);
    return rc;
}

static enum MHD_Result exporter_refuse(struct MHD_Connection *c, unsigned status,
                                       const char *why)
{
    return exporter_reply(c, status, "text/plain; charset=utf-8", NULL, why, strlen(why));
}

static enum MHD_Result exporter_json(struct MHD_Connection *c, json_t *value)
{
    struct buffer b = { 0 };
    record_dump(&b, value, JSON_INDENT(2));
    buffer_append_char(&b, '\n');
    enum MHD_Result rc =
        exporter_reply(c, MHD_HTTP_OK, "application/json", NULL, b.data, b.size);
    buffer_free(&b);
    return rc;
}

static enum MHD_Result exporter_metrics(struct exporter *x, struct MHD_Connection *c)
{
    struct buffer b = { 0 };
    prometheus_append(&b, exporter_look(x), !x->concluded);
    enum MHD_Result rc =
        exporter_reply(c, MHD_HTTP_OK, PROMETHEUS_MEDIA_TYPE, NULL, b.data, b.size);
    buffer_free(&b);
    return rc;
}

/* Whether the request came by a name that is ours. */
static bool exporter_is_ours(struct MHD_Connection *c)
{
    const char *host = lib->MHD_lookup_connection_value(c, MHD_HEADER_KIND, "Host");
    const union MHD_ConnectionInfo *info =
        lib->MHD_get_connection_info(c, MHD_CONNECTION_INFO_CONNECTION_FD);
    struct endpoint at = { .size = sizeof at.address };
    return host && info &&
           getsockname(info->connect_fd, (struct sockaddr *)&at.address, &at.size) == 0 &&
           endpoint_is_host(&at, host);
}

static enum MHD_Result exporter_answer(void *ctx, struct MHD_Connection *c, const char *url,
                                       const char *method, const char *version,
                                       const char *body, size_t *body_size, void **begun)
{
    struct exporter *x = ctx;
    (void)version;
    (void)body;
    if (strcmp(method, "GET") != 0 && strcmp(method, "HEAD") != 0)
        return exporter_refuse(c, MHD_HTTP_METHOD_NOT_ALLOWED, "only GET and HEAD\n");
    /* The first call comes with the head alone. */
    if (!*begun) {
        *begun = x;
        return MHD_YES;
    }
    if (*body_size > 0)
        return MHD_NO;
    if (!exporter_is_ours(c))
        return exporter_refuse(c, MHD_HTTP_FORBIDDEN, "the Host is not this machine's "
                               "address\n");
    if (!strcmp(url, "/metrics"))
        return exporter_metrics(x, c);
    if (!strcmp(url, "/stats"))
        return exporter_json(c, totals_json(exporter_look(x), !x->concluded));
    if (!strcmp(url, "/history"))
        return exporter_json(c, view_trail(x->view));
    if (!strcmp(url, "/"))
        return exporter_reply(c, MHD_HTTP_OK, "text/html; charset=utf-8", x->policy,
                              exporter_page, sizeof exporter_page - 1);
    return exporter_refuse(c, MHD_HTTP_NOT_FOUND, "/, /stats, /history or /metrics\n");
}

/* The source for a policy that allows what stands in the page's ELEMENT, and nothing
 * else. To be freed. */
static char *exporter_hash(const char *element)
{
    char *open = xasprintf("<%s>", element), *close = xasprintf("</%s>", element);
    const char *start = strstr(exporter_page, open);
    const char *end = start ? strstr(start, close) : NULL;
    if (!end)
        diag_bug("the page has no %s", open);
    start += strlen(open);
    guint8 digest[32];
    gsize size = sizeof digest;
    GChecksum *sum = g_checksum_new(G_CHECKSUM_SHA256);
    g_checksum_update(sum, (const guchar *)start, end - start);
    g_checksum_get_digest(sum, digest, &size);
    g_checksum_free(sum);
    gchar *base64 = g_base64_encode(digest, size);
    char *hash = xasprintf("'sha256-%s'", base64);
    g_free(base64);
    free(open);
    free(close);
    return hash;
}

static char *exporter_policy(void)
{
    char *script = exporter_hash("script"), *style = exporter_hash("style");
    char *policy = xasprintf("default-src 'none'; script-src %s; style-src %s; "
                             "connect-src 'self'; base-uri 'none'; form-action 'none'; "
                             "frame-ancestors 'none'", script, style);
    free(script);
    free(style);
    return policy;
}

static int exporter_open(struct exporter *x, const struct endpoint *endpoint,
                         struct error *e)
{
    struct endpoint got = *endpoint;
    char text[ENDPOINT_TEXT];
    int fd = endpoint_listen(&got, EXPORTER_CONNECTIONS, e);
    if (fd < 0)
        return -1;
    endpoint_text(&got, text);
    /* The descriptor is the library's from here on. */
    x->daemon = lib->MHD_start_daemon(
        MHD_USE_AUTO_INTERNAL_THREAD, 0, NULL, NULL, exporter_answer, x,
        MHD_OPTION_LISTEN_SOCKET, fd, MHD_OPTION_CONNECTION_LIMIT,
        (unsigned)EXPORTER_CONNECTIONS, MHD_OPTION_CONNECTION_TIMEOUT, EXPORTER_TIMEOUT,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, EXPORTER_MEMORY, MHD_OPTION_END);
    if (!x->daemon)
        return error_set(e, ERROR_OUTPUT, "cannot answer at %s", text);
    diag_note(NULL, "figures at http://%s/", text);
    return 0;
}

struct exporter *exporter_start(const struct endpoint *endpoint, struct view *view,
                                struct error *e)
{
    if (!exporter_load_library()) {
        error_set(e, ERROR_OUTPUT, "libmicrohttpd is missing: %s", lib_missing);
        return NULL;
    }
    struct exporter *x = xcalloc(1, sizeof *x);
    x->view = view;
    x->policy = exporter_policy();
    if (exporter_open(x, endpoint, e) == 0)
        return x;
    free(x->policy);
    free(x);
    return NULL;
}

void exporter_conclude(struct exporter *x)
{
    if (x)
        x->concluded = true;
}

void exporter_stop(struct exporter *x)
{
    if (!x)
        return;
    lib->MHD_stop_daemon(x->daemon);
    free(x->policy);
    free(x);
}
