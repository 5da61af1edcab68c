/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-endpoint.c - where to listen, and which names of a request are ours; and files
 * that are replaced as a whole. */
#include <config.h>

#include <criterion/criterion.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/endpoint.h"
#include "base/replace.h"

static void parses(const char *text, const char *as)
{
    struct endpoint p;
    char got[ENDPOINT_TEXT];

    cr_assert_eq(endpoint_parse(text, &p), 0, "%s", text);
    endpoint_text(&p, got);
    cr_assert_str_eq(got, as, "%s", text);
}

Test(endpoint, places)
{
    static const char *const wrong[] = {
        "", ":", "x", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:-1",
        "127.0.0.1: 1", "127.0.0.1:1x", "::1:9100", "[::1]", "[::1:9100", "::1]:9100",
        "[]:9100", "[127.0.0.1]:1", "example.org:80", "127.1:80", "256.0.0.1:80",
        "http://127.0.0.1:80", "[::1]9100",
        "[0000:0000:0000:0000:0000:0000:0000:0000:0000:0000:0000:0000:0001]:1",
    };
    struct endpoint p;

    parses("9100", "127.0.0.1:9100");
    parses(":0", "127.0.0.1:0");
    parses("localhost:80", "127.0.0.1:80");
    parses("0.0.0.0:65535", "0.0.0.0:65535");
    parses("[::1]:9100", "[::1]:9100");
    parses("[2001:DB8::2]:1", "[2001:db8::2]:1");
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        cr_assert_eq(endpoint_parse(wrong[i], &p), -1, "%s", wrong[i]);
}

static bool is_host(const char *at, const char *host)
{
    struct endpoint p;

    cr_assert_eq(endpoint_parse(at, &p), 0);
    return endpoint_is_host(&p, host);
}

Test(endpoint, hosts_of_requests)
{
    static const char *const wrong[] = {
        "", ":9100", "example.org", "example.org:9100", "localhost.example.org",
        "127.0.0.1.example.org", "10.0.0.2:9100", "127.0.0.1:x", "[::1", "[::2]:9100",
        "::1", "localhost:9100:9100", "127.0.0.1 ", "0.0.0.0",
    };

    cr_assert(is_host("127.0.0.1:9100", "localhost"));
    cr_assert(is_host("127.0.0.1:9100", "LocalHost:9100"));
    cr_assert(is_host("127.0.0.1:9100", "127.0.0.1:80"), "a tunnel has another port");
    cr_assert(is_host("127.0.0.1:9100", "[::1]:9100"));
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        cr_assert_not(is_host("127.0.0.1:9100", wrong[i]), "%s", wrong[i]);
    cr_assert(is_host("10.0.0.2:9100", "10.0.0.2:9100"));
    cr_assert_not(is_host("10.0.0.2:9100", "10.0.0.3:9100"));
    cr_assert(is_host("[2001:db8::2]:1", "[2001:0db8::2]:1"));
    cr_assert(is_host("[::ffff:10.0.0.2]:1", "10.0.0.2"), "a socket for both kinds");
    cr_assert_not(is_host("[::ffff:10.0.0.2]:1", "10.0.0.3"));
}

Test(endpoint, listens)
{
    struct endpoint p, again;
    struct error e = {0};
    char text[ENDPOINT_TEXT];

    cr_assert_eq(endpoint_parse("0", &p), 0);
    int fd = endpoint_listen(&p, 1, &e);
    cr_assert_geq(fd, 0, "%s", e.detail);
    endpoint_text(&p, text);
    cr_assert_str_neq(text, "127.0.0.1:0", "it says which port it got");
    cr_assert(fcntl(fd, F_GETFD) & FD_CLOEXEC);
    again = p;
    cr_assert_eq(endpoint_listen(&again, 1, &e), -1);
    cr_assert_not_null(strstr(e.detail, text), "%s", e.detail);
    close(fd);
}

Test(replace, whole_or_not_at_all)
{
    char folder[] = "./test-replace-XXXXXX", text[16] = "";
    struct error e = {0};
    struct replace r;
    struct stat st;

    cr_assert_not_null(mkdtemp(folder));
    cr_assert_eq(chdir(folder), 0);
    umask(027);
    cr_assert_eq(replace_check("f", &e), 0);
    cr_assert_eq(replace_file("f", "one", 3, &e), 0);
    cr_assert_eq(stat("f", &st), 0);
    cr_assert_eq(st.st_mode & 0777, 0640);
    cr_assert_eq(replace_begin(&r, "f", &e), 0);
    fputs("tw", r.file);
    cr_assert_eq(replace_end(&r, false, &e), -1);
    FILE *f = fopen("f", "r");
    cr_assert_not_null(fgets(text, sizeof text, f));
    fclose(f);
    cr_assert_str_eq(text, "one", "what stood there stays");

    cr_assert_eq(replace_check("", &e), -1);
    cr_assert_eq(replace_check(".", &e), -1);
    cr_assert_eq(replace_check("none/f", &e), -1);
    cr_assert_eq(replace_check("/dev/null", &e), -1);
    cr_assert_not_null(strstr(e.detail, "not a regular file"));
    cr_assert_eq(replace_file("none/f", "x", 1, &e), -1);
    unlink("f");
    cr_assert_eq(chdir(".."), 0);
    cr_assert_eq(rmdir(folder), 0, "nothing else was left");
}
