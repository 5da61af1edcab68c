/* SPDX-License-Identifier: GPL-3.0-or-later */
/* endpoint.h - an address and a port to listen at, and who may be meant by a name in a
 * request. */
#ifndef EXTRACT_BASE_ENDPOINT_H
#define EXTRACT_BASE_ENDPOINT_H

#include <stdbool.h>
#include <sys/socket.h>

#include "base/error.h"

struct endpoint {
    struct sockaddr_storage address;
    socklen_t size;
};

/* "PORT" and ":PORT" (127.0.0.1), "ADDRESS:PORT" or "[ADDRESS]:PORT" for IPv6;
 * "localhost" is 127.0.0.1, other names are none. Port 0: one that is free. 0, or -1. */
int endpoint_parse(const char *text, struct endpoint *p);

/* A socket that listens there for up to BACKLOG that wait, and in P what it got. Or -1
 * and E. */
int endpoint_listen(struct endpoint *p, int backlog, struct error *e);

/* "127.0.0.1:9100", "[::1]:9100". */
#define ENDPOINT_TEXT 64
void endpoint_text(const struct endpoint *p, char text[ENDPOINT_TEXT]);

/* Whether HOST, of a request that came in at AT, is this machine as such: a name or
 * address of the loopback, or just the address AT. A browser that was sent here by the
 * name of somebody's page says that name. The port, which a tunnel changes, may be any. */
bool endpoint_is_host(const struct endpoint *at, const char *host);

#endif
