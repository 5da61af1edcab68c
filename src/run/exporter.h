/* SPDX-License-Identifier: GPL-3.0-or-later */
/* exporter.h - the figures of a run by HTTP, for --metrics-listen: /metrics for
 * Prometheus, /stats and /history as JSON, and / as a page. Only in builds with
 * libmicrohttpd, which is loaded when it is needed. */
#ifndef EXTRACT_RUN_EXPORTER_H
#define EXTRACT_RUN_EXPORTER_H

#include "base/endpoint.h"
#include "run/view.h"

/* Connections at once; others wait. */
#define EXPORTER_CONNECTIONS 16
/* Descriptors that it has beside them: it listens, waits and is woken. */
#define EXPORTER_DESCRIPTORS 3

struct exporter;

/* Starts a thread that answers at ENDPOINT. Borrows VIEW. With -v it is said where that
 * is. NULL and E. */
struct exporter *exporter_start(const struct endpoint *endpoint, struct view *view,
                                struct error *e);

/* From now on the run has ended. */
void exporter_conclude(struct exporter *x);

/* Takes NULL. */
void exporter_stop(struct exporter *x);

/* "libmicrohttpd 0.9.75", to be freed; NULL: it is not there. */
char *exporter_library(void);

#endif
