/* SPDX-License-Identifier: GPL-3.0-or-later */
/* notify.c - one datagram for each state, to a socket with a name in the file system or
 * an abstract one ("@"). */
#include <config.h>

#include "base/notify.h"

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/number.h"

static struct sockaddr_un notify_address;
static socklen_t notify_length; /* 0: there is no manager */
static double notify_seconds;

static void notify_read_socket(void)
{
    const char *name = getenv("NOTIFY_SOCKET");
    size_t size = name ? strlen(name) : 0;

    if (size < 2 || (name[0] != '/' && name[0] != '@') ||
        size >= sizeof notify_address.sun_path)
        return;
    notify_address.sun_family = AF_UNIX;
    memcpy(notify_address.sun_path, name, size);
    if (name[0] == '@')
        notify_address.sun_path[0] = '\0';
    /* A name in the file system ends with a NUL; an abstract one is its bytes. */
    notify_length = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + size +
                                (name[0] == '/'));
}

static void notify_read_watchdog(void)
{
    const char *text = getenv("WATCHDOG_USEC"), *whose = getenv("WATCHDOG_PID");
    double microseconds;
    int pid;

    if (!text || number_parse_seconds(text, &microseconds) != 0 || microseconds <= 0)
        return;
    if (whose && (number_parse_int(whose, 1, INT32_MAX, &pid) != 0 || pid != getpid()))
        return;
    notify_seconds = microseconds / 1e6 / 2;
}

void notify_start(void)
{
    notify_read_socket();
    notify_read_watchdog();
    unsetenv("NOTIFY_SOCKET");
    unsetenv("WATCHDOG_USEC");
    unsetenv("WATCHDOG_PID");
}

void notify(const char *state)
{
    if (notify_length == 0)
        return;
    int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return;
    sendto(fd, state, strlen(state), MSG_NOSIGNAL | MSG_DONTWAIT,
           (const struct sockaddr *)&notify_address, notify_length);
    close(fd);
}

double notify_watchdog(void)
{
    return notify_seconds;
}
