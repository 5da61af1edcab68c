/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-notify.c - what a service manager gets, by a socket of either kind. */
#include <config.h>

#include <criterion/criterion.h>
#include <limits.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/notify.h"

/* Binds to NAME, with a leading NUL for an abstract one. */
static int listen_at(const char *name, size_t size)
{
    struct sockaddr_un address = { .sun_family = AF_UNIX };
    int fd = socket(AF_UNIX, SOCK_DGRAM, 0);

    memcpy(address.sun_path, name, size);
    cr_assert_eq(bind(fd, (struct sockaddr *)&address,
                      (socklen_t)(offsetof(struct sockaddr_un, sun_path) + size)), 0);
    return fd;
}

static void expect_state(int fd, const char *wanted)
{
    char got[256] = "";
    ssize_t n = recv(fd, got, sizeof got - 1, MSG_DONTWAIT);

    cr_expect_geq(n, 0, "nothing came");
    cr_expect_str_eq(got, wanted);
}

Test(notify, to_a_socket_with_a_path)
{
    char folder[PATH_MAX], name[PATH_MAX + 32];
    cr_assert_not_null(getcwd(folder, sizeof folder));
    snprintf(name, sizeof name, "%s/notify-%d", folder, (int)getpid());
    if (strlen(name) >= sizeof ((struct sockaddr_un *)0)->sun_path)
        cr_skip_test("the build directory's name is too long for a socket");
    int fd = listen_at(name, strlen(name) + 1);
    setenv("NOTIFY_SOCKET", name, 1);
    setenv("WATCHDOG_USEC", "3000000", 1);
    notify_start();
    cr_expect_null(getenv("NOTIFY_SOCKET"), "no child speaks for us");
    notify("READY=1\nSTATUS=at work");
    expect_state(fd, "READY=1\nSTATUS=at work");
    notify("STOPPING=1");
    expect_state(fd, "STOPPING=1");
    cr_expect_eq(notify_watchdog(), 1.5);
    unlink(name);
    close(fd);
    notify("STATUS=nobody is there"); /* and nothing happens */
}

Test(notify, to_an_abstract_socket)
{
    char name[64];
    snprintf(name, sizeof name, "@notify-%d", (int)getpid());
    setenv("NOTIFY_SOCKET", name, 1);
    name[0] = '\0';
    int fd = listen_at(name, 1 + strlen(name + 1));
    notify_start();
    notify("READY=1");
    expect_state(fd, "READY=1");
    close(fd);
}

Test(notify, without_a_manager)
{
    unsetenv("NOTIFY_SOCKET");
    notify_start();
    notify("READY=1");
    cr_expect_eq(notify_watchdog(), 0);
}

Test(notify, a_watchdog_of_another_process)
{
    setenv("WATCHDOG_USEC", "3000000", 1);
    setenv("WATCHDOG_PID", "1", 1);
    notify_start();
    cr_expect_eq(notify_watchdog(), 0);
}

Test(notify, nonsense)
{
    setenv("NOTIFY_SOCKET", "relative", 1);
    setenv("WATCHDOG_USEC", "soon", 1);
    notify_start();
    notify("READY=1");
    cr_expect_eq(notify_watchdog(), 0);
}
