/* SPDX-License-Identifier: GPL-3.0-or-later */
/* endpoint.c - addresses are numbers: a name that resolves to another place tomorrow
 * is none to listen at. */
#include <config.h>

#include "base/endpoint.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/number.h"

/* The longest text of an IPv6 address, in brackets. */
#define ENDPOINT_ADDRESS_MAX (INET6_ADDRSTRLEN + 2)

/* SIZE bytes of TEXT, an address as in a URL, as that of P. */
static int endpoint_set(struct endpoint *p, const char *text, size_t size)
{
    char address[ENDPOINT_ADDRESS_MAX + 1];
    struct sockaddr_in v4 = { .sin_family = AF_INET };
    struct sockaddr_in6 v6 = { .sin6_family = AF_INET6 };

    *p = (struct endpoint){ 0 };
    if (size > ENDPOINT_ADDRESS_MAX)
        return -1;
    memcpy(address, text, size);
    address[size] = '\0';
    if (!strcasecmp(address, "localhost") || !*address)
        strcpy(address, "127.0.0.1");
    if (inet_pton(AF_INET, address, &v4.sin_addr) == 1) {
        memcpy(&p->address, &v4, p->size = sizeof v4);
        return 0;
    }
    if (size < 2 || address[0] != '[' || address[size - 1] != ']')
        return -1;
    address[size - 1] = '\0';
    if (inet_pton(AF_INET6, address + 1, &v6.sin6_addr) != 1)
        return -1;
    memcpy(&p->address, &v6, p->size = sizeof v6);
    return 0;
}

/* Where the port begins in TEXT, behind the colon; NULL: there is none. */
static const char *endpoint_port(const char *text)
{
    const char *colon = strrchr(text, ':');
    const char *bracket = strrchr(text, ']');
    return colon && (!bracket || colon > bracket) ? colon + 1 : NULL;
}

int endpoint_parse(const char *text, struct endpoint *p)
{
    const char *port = endpoint_port(text);
    int number;

    if (number_parse_int(port ? port : text, 0, 65535, &number) != 0 ||
        endpoint_set(p, text, port ? (size_t)(port - 1 - text) : 0) != 0)
        return -1;
    if (p->address.ss_family == AF_INET)
        ((struct sockaddr_in *)&p->address)->sin_port = htons((uint16_t)number);
    else
        ((struct sockaddr_in6 *)&p->address)->sin6_port = htons((uint16_t)number);
    return 0;
}

int endpoint_listen(struct endpoint *p, int backlog, struct error *e)
{
    char text[ENDPOINT_TEXT];
    const int on = 1;
    int fd = socket(p->address.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

    endpoint_text(p, text);
    /* What the last run's connections leave behind is no reason not to listen. */
    if (fd >= 0 && setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) == 0 &&
        bind(fd, (struct sockaddr *)&p->address, p->size) == 0 &&
        listen(fd, backlog) == 0 &&
        getsockname(fd, (struct sockaddr *)&p->address, &p->size) == 0)
        return fd;
    error_set_errno(e, ERROR_OUTPUT, errno, "cannot listen at %s", text);
    if (fd >= 0)
        close(fd);
    return -1;
}

void endpoint_text(const struct endpoint *p, char text[ENDPOINT_TEXT])
{
    char address[INET6_ADDRSTRLEN] = "";

    if (p->address.ss_family == AF_INET) {
        const struct sockaddr_in *v4 = (const struct sockaddr_in *)&p->address;
        inet_ntop(AF_INET, &v4->sin_addr, address, sizeof address);
        snprintf(text, ENDPOINT_TEXT, "%s:%d", address, ntohs(v4->sin_port));
    } else {
        const struct sockaddr_in6 *v6 = (const struct sockaddr_in6 *)&p->address;
        inet_ntop(AF_INET6, &v6->sin6_addr, address, sizeof address);
        snprintf(text, ENDPOINT_TEXT, "[%s]:%d", address, ntohs(v6->sin6_port));
    }
}

static bool endpoint_is_loopback(const struct endpoint *p)
{
    if (p->address.ss_family == AF_INET) {
        const struct sockaddr_in *v4 = (const struct sockaddr_in *)&p->address;
        return ntohl(v4->sin_addr.s_addr) >> 24 == 127;
    }
    const struct sockaddr_in6 *v6 = (const struct sockaddr_in6 *)&p->address;
    return IN6_IS_ADDR_LOOPBACK(&v6->sin6_addr);
}

/* The same address, whatever the ports; one of IPv4 may come as one of IPv6. */
static bool endpoint_is_same(const struct endpoint *a, const struct endpoint *b)
{
    const struct sockaddr_in *a4 = (const struct sockaddr_in *)&a->address;
    const struct sockaddr_in *b4 = (const struct sockaddr_in *)&b->address;
    const struct sockaddr_in6 *a6 = (const struct sockaddr_in6 *)&a->address;
    const struct sockaddr_in6 *b6 = (const struct sockaddr_in6 *)&b->address;

    if (a->address.ss_family == AF_INET6 && IN6_IS_ADDR_V4MAPPED(&a6->sin6_addr))
        return b->address.ss_family == AF_INET &&
               memcmp(a6->sin6_addr.s6_addr + 12, &b4->sin_addr, 4) == 0;
    if (a->address.ss_family != b->address.ss_family)
        return false;
    return a->address.ss_family == AF_INET
               ? a4->sin_addr.s_addr == b4->sin_addr.s_addr
               : IN6_ARE_ADDR_EQUAL(&a6->sin6_addr, &b6->sin6_addr);
}

bool endpoint_is_host(const struct endpoint *at, const char *host)
{
    const char *port = endpoint_port(host);
    size_t size = port ? (size_t)(port - 1 - host) : strlen(host);
    struct endpoint named;
    int number;

    if (port && number_parse_int(port, 0, 65535, &number) != 0)
        return false;
    if (size == 0 || endpoint_set(&named, host, size) != 0)
        return false;
    return endpoint_is_loopback(&named) || endpoint_is_same(at, &named);
}
