/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-naming.c - names in an output tree: never outside, never the same for
 * two, never a file where a folder is. */
#include <config.h>

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/utf8.h"
#include "sink/naming.h"

static struct naming *naming;

static void setup(void)
{
    naming = naming_create();
}

static void teardown(void)
{
    naming_destroy(naming);
}

TestSuite(naming, .init = setup, .fini = teardown, .timeout = 300);

static int numbers(const char *name)
{
    int count = 0;

    while (*name)
        count += *name++ == '~';
    return count;
}

static void check(const char *path, const char *expected)
{
    bool renamed;
    char *name = naming_assign(naming, path, ".txt", &renamed);

    cr_assert_str_eq(name, expected, "%s: %s", path, name);
    cr_assert_eq(renamed, numbers(path) < numbers(expected), "%s", path);
    free(name);
}

Test(naming, follows_the_path)
{
    check("a.pdf", "a.pdf.txt");
    check("dir/b.pdf", "dir/b.pdf.txt");
    check("no extension", "no extension.txt");
    check("new\nline\xff", "new\nline\xff.txt");
    check(".hidden", ".hidden.txt");
    naming_destroy(NULL);
}

static char *former(void *ctx, const char *path)
{
    (void)ctx;
    return strcmp(path, "/b.pdf") == 0 ? xstrdup("b.pdf~2.txt") : NULL;
}

Test(naming, keeps_what_an_earlier_run_gave)
{
    naming_set_former(naming, former, NULL);
    naming_reserve(naming, "b.pdf~2.txt");
    check("/b.pdf", "b.pdf~2.txt");
    check("b.pdf", "b.pdf.txt");
    check("/b.pdf", "b.pdf~3.txt");
    check("b.pdf~2", "b.pdf~2~2.txt");
}

Test(naming, never_leaves_the_tree)
{
    check("/etc/passwd", "etc/passwd.txt");
    check("//etc//shadow", "etc/shadow.txt");
    check("../../x", "__/__/x.txt");
    check("a/../b", "a/__/b.txt");
    check("./c", "c.txt");
    check("d/./e", "d/e.txt");
    check("..", "__.txt");
    check("...", "....txt");
    check("/", "_.txt");
    check("", "_~2.txt");
}

Test(naming, numbers_what_is_taken)
{
    check("x.pdf", "x.pdf.txt");
    check("./x.pdf", "x.pdf~2.txt");
    check("/x.pdf", "x.pdf~3.txt");
    check("x.pdf", "x.pdf~4.txt");
    check("../x.pdf", "__/x.pdf.txt");
}

Test(naming, a_name_that_looks_numbered)
{
    check("x~2", "x~2.txt");
    check("x", "x.txt");
    check(".//x", "x~3.txt");
    check("x~3", "x~3~2.txt");
}

Test(naming, a_folder_where_a_file_is)
{
    check("d/a", "d/a.txt");
    check("d/a.txt/b", "d/a.txt~2/b.txt");
    check("d/a.txt/c", "d/a.txt~2/c.txt");
    check("d/a.txt~2/c", "d/a.txt~2/c~2.txt");
    check("d/a.txt", "d/a.txt.txt");
    check("d/a.txt/deep/b", "d/a.txt~2/deep/b.txt");
}

Test(naming, a_file_where_a_folder_is)
{
    check("d/a.txt/b", "d/a.txt/b.txt");
    check("d/a", "d/a~2.txt");
    check("d/a~2.txt/b", "d/a~2.txt~2/b.txt");
}

Test(naming, folders_do_not_disturb_each_other)
{
    for (int c = '0'; c <= 'z'; c++) {
        char path[] = {(char)c, '/', 'x', '\0'};
        bool renamed;

        free(naming_assign(naming, path, ".txt", &renamed));
        cr_assert_not(renamed, "%s", path);
    }
    check("same/a", "same/a.txt");
    check("same/b", "same/b.txt");
}

/* The component's name and the number of its bytes, both of RESULT's last. */
static void check_long(size_t size, const char *unit, bool cut)
{
    char *path = xcalloc(1, size + 64);

    teardown();
    setup();
    while (strlen(path) + strlen(unit) <= size)
        strcat(path, unit);

    bool renamed;
    char *first = naming_assign(naming, path, ".txt", &renamed);
    cr_assert_not(renamed);
    char *second = naming_assign(naming, path, ".txt", &renamed);
    cr_assert(renamed);
    strcat(path, "/inside");
    char *inside = naming_assign(naming, path, ".txt", &renamed);

    cr_assert_leq(strlen(first), 255);
    cr_assert_leq(strlen(second), 255);
    cr_assert_leq(strcspn(inside, "/"), 255);
    cr_assert_str_neq(first, second);
    cr_assert_eq(strncmp(first, path, strlen(path) - 7) != 0, cut, "%zu", size);
    cr_assert_eq(utf8_valid_prefix(first, strlen(first)), strlen(first));
    cr_assert_eq(utf8_valid_prefix(second, strlen(second)), strlen(second));
    cr_assert_str_eq(strrchr(first, '.'), ".txt");
    cr_assert_str_eq(strrchr(second, '.'), ".txt");
    cr_assert_not_null(strstr(second, "~2.txt"));
    free(first);
    free(second);
    free(inside);
    free(path);
}

Test(naming, long_names_are_cut)
{
    check_long(240, "x", false);
    check_long(249, "x", false);
    check_long(251, "x", false);
    check_long(252, "x", true);
    check_long(255, "x", true);
    check_long(100000, "x", true);
    for (size_t size = 252; size < 260; size++)
        check_long(size, "\xe2\x82\xac", size - size % 3 > 251);
}

Test(naming, long_names_differ_by_their_ends)
{
    char path[301];
    bool renamed;

    memset(path, 'a', 300);
    path[300] = '\0';
    char *first = naming_assign(naming, path, ".txt", &renamed);
    path[299] = 'b';
    char *second = naming_assign(naming, path, ".txt", &renamed);

    cr_assert_not(renamed);
    cr_assert_str_neq(first, second);
    free(first);
    free(second);
}

Test(naming, the_same_again_from_the_same_inputs)
{
    static const char *const paths[] = {"a", "./a", "b/a", "a.txt/x", "b",
                                        "b.txt/y", "../a", "__/a", "a~2"};
    enum { COUNT = sizeof paths / sizeof *paths };
    char *names[COUNT];
    bool renamed;

    for (int i = 0; i < COUNT; i++)
        names[i] = naming_assign(naming, paths[i], ".txt", &renamed);
    naming_destroy(naming);
    naming = naming_create();
    for (int i = 0; i < COUNT; i++) {
        char *name = naming_assign(naming, paths[i], ".txt", &renamed);

        cr_assert_str_eq(name, names[i]);
        for (int k = 0; k < i; k++)
            cr_assert_str_neq(name, names[k]);
        free(names[i]);
        names[i] = name;
    }
    for (int i = 0; i < COUNT; i++)
        free(names[i]);
}

/* A list may name one file a million times. */
Test(naming, many_of_one_name)
{
    double begin = clock_cpu();
    bool renamed;

    for (int i = 1; i <= 300000; i++) {
        char expected[32];
        char *name = naming_assign(naming, "dir/x", ".txt", &renamed);

        snprintf(expected, sizeof expected, i > 1 ? "dir/x~%d.txt" : "dir/x.txt",
                 i);
        cr_assert_str_eq(name, expected);
        free(name);
    }
    cr_assert_lt(clock_cpu() - begin, 30);
}

/* Past the first tables, which hold some 200,000 and 400,000. */
Test(naming, many_names_are_not_renamed)
{
    int count = 0;

    for (int i = 0; i < 1000000; i++) {
        char path[32];
        bool renamed;

        snprintf(path, sizeof path, "%d/%d.pdf", i % 1000, i);
        free(naming_assign(naming, path, ".txt", &renamed));
        count += renamed;
    }
    /* One in 2^32 look-ups or so finds another's fingerprint. */
    cr_assert_leq(count, 3, "%d are", count);
}

/* The name of PATH, which is RENAMED. */
static void expect_name(struct naming *n, const char *path, const char *name,
                        bool renamed)
{
    bool was;
    char *got = naming_assign(n, path, ".txt", &was);

    cr_expect_str_eq(got, name);
    cr_expect_eq(was, renamed, "%s", path);
    free(got);
}

Test(naming, a_path_that_comes_again)
{
    struct naming *n = naming_create();

    naming_set_lasting(n);
    for (int i = 0; i < 3; i++) {
        expect_name(n, "a", "a.txt", false);
        expect_name(n, "./a", "a~2.txt", true);
        expect_name(n, "//a", "a~3.txt", true);
        expect_name(n, "a/.", "a~4.txt", true);
        expect_name(n, "a.txt/b", "a.txt~2/b.txt", true);
        expect_name(n, "d/b", "d/b.txt", false);
        expect_name(n, "d/./b", "d/b~2.txt", true);
    }
    naming_destroy(n);
}
