/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-source.c - arguments, walks and globs as one stream of items, and what is
 * wrong with some of them. */
#include <config.h>

#include <fcntl.h>
#include <signal.h>

#include "input/walk.h"
#include "orchard.h"

TestSuite(source, .init = enter_scratch, .fini = leave_scratch, .timeout = 300);

/* --- arguments --- */

Test(source, no_arguments)
{
    struct source_config config = {.wake_fd = -1};
    cr_expect_str_eq(items_of(&config), "");
}

Test(source, files_as_given_with_what_stat_says)
{
    write_text("a b.txt", "hello");
    struct timespec times[2] = {{.tv_sec = 1000, .tv_nsec = 5},
                                {.tv_sec = 1000, .tv_nsec = 5}};
    utimensat(AT_FDCWD, "a b.txt", times, 0);
    const char *path = "./a b.txt";
    struct source_config config = {.paths = &path, .path_count = 1,
                                   .wake_fd = -1};
    struct source *source = source_create(&config);
    struct item item;
    struct error e;
    cr_assert_eq(source_next(source, &item, &e), 1);
    cr_expect_str_eq(item.path, "./a b.txt");
    cr_expect_eq(item.bytes, 5);
    cr_expect_eq(item.mtime_ns, INT64_C(1000000000005));
    cr_expect(item.named);
    cr_expect_eq(item.error.kind, ERROR_NONE);
    item_clear(&item);
    cr_expect_eq(source_next(source, &item, &e), 0);
    cr_expect_eq(source_next(source, &item, &e), 0);
    source_destroy(source);
}

Test(source, what_is_not_a_file)
{
    cr_assert_eq(mkfifo("fifo", 0600), 0);
    write_text("file", "x");
    make_link("nowhere", "dangling");
    make_link("self", "self");
    cr_expect_str_eq(ITEMS("missing", "fifo", "dangling", "file/below", "",
                           "-", "/dev/null", "file", "file", "self"),
                     "missing!missing\nfifo!unreadable\ndangling!missing\n"
                     "file/below!missing\n!missing\n-!missing\n"
                     "/dev/null!unreadable\nfile\nfile\nself!cycle\n");
}

/* --- walks --- */

Test(source, walks_by_name_depth_first)
{
    make_tree();
    const char *tree = "docs/.hidden\ndocs/a.pdf\ndocs/b/deep/two.TXT\n"
                       "docs/b/one.pdf\ndocs/b.txt\ndocs/z.txt\n";
    cr_expect_str_eq(ITEMS("docs"), tree);
    cr_expect_str_eq(ITEMS("docs/"), tree);
    cr_expect_str_eq(ITEMS("./docs/b", "docs/empty"),
                     "./docs/b/deep/two.TXT\n./docs/b/one.pdf\n");
    cr_assert_eq(chdir("docs/b"), 0);
    cr_expect_str_eq(ITEMS("."), "./deep/two.TXT\n./one.pdf\n");
    cr_expect_str_eq(ITEMS(".."), "../.hidden\n../a.pdf\n../b/deep/two.TXT\n"
                                  "../b/one.pdf\n../b.txt\n../z.txt\n");
}

Test(source, found_files_are_not_named)
{
    make_tree();
    const char *path = "docs/b";
    struct source_config config = {.paths = &path, .path_count = 1,
                                   .wake_fd = -1};
    struct source *source = source_create(&config);
    struct item item;
    struct error e;
    while (source_next(source, &item, &e) > 0) {
        cr_expect_not(item.named);
        item_clear(&item);
    }
    source_destroy(source);
}

Test(source, links_and_cycles)
{
    make_tree();
    make_link("..", "docs/b/up");
    make_link(".", "docs/b/deep/here");
    make_link("../z.txt", "docs/b/link.txt");
    make_link("nowhere", "docs/b/gone");
    cr_expect_str_eq(ITEMS("docs/b"),
                     "docs/b/deep/here!cycle\ndocs/b/deep/two.TXT\n"
                     "docs/b/gone!missing\ndocs/b/link.txt\ndocs/b/one.pdf\n"
                     "docs/b/up/.hidden\ndocs/b/up/a.pdf\ndocs/b/up/b!cycle\n"
                     "docs/b/up/b.txt\ndocs/b/up/z.txt\n");
}

Test(source, link_farms_do_not_explode)
{
    /* Each level links twice to the next: 2^30 ways to the one file. */
    char path[64], target[64];
    for (int i = 0; i < 30; i++) {
        snprintf(path, sizeof path, "d%02d", i);
        make_dir(path);
        snprintf(target, sizeof target, "../d%02d", i + 1);
        for (int k = 0; k < 2; k++) {
            snprintf(path, sizeof path, "d%02d/l%d", i, k);
            make_link(target, path);
        }
    }
    make_dir("d30");
    write_text("d30/f", "x");
    const char *items = ITEMS("d00");
    cr_expect_eq(strlen(items), strlen("d00") + 30 * strlen("/l0")
                                + strlen("/f\n"), "%s", items);
    /* Another argument starts afresh. */
    cr_expect_str_eq(ITEMS("d29", "d29"), "d29/l0/f\nd29/l0/f\n");
}

Test(source, directories_without_rights)
{
    make_tree();
    cr_assert_eq(chmod("docs/b", 0), 0);
    if (geteuid() == 0) {
        cr_assert_eq(chmod(scratch, 0755), 0);
        cr_assert_eq(seteuid(65534), 0);
    }
    if (access("docs", R_OK | X_OK) == 0) /* else the way to it is closed */
        cr_expect_str_eq(ITEMS("docs", "docs/b/one.pdf"),
                         "docs/.hidden\ndocs/a.pdf\ndocs/b!unreadable\n"
                         "docs/b.txt\ndocs/z.txt\n"
                         "docs/b/one.pdf!unreadable\n");
    if (getuid() == 0)
        cr_assert_eq(seteuid(0), 0);
    cr_assert_eq(chmod("docs/b", 0755), 0);
}

Test(source, paths_too_long_are_reported)
{
    char name[201];
    memset(name, 'd', 200);
    name[200] = '\0';
    for (int i = 0; i < 30; i++) {
        make_dir(name);
        cr_assert_eq(chdir(name), 0);
    }
    write_text("file", "x");
    cr_assert_eq(chdir(scratch), 0);
    write_text("zz", "x");
    const char *items = ITEMS(".");
    size_t size = strlen(items);
    cr_assert_gt(size, 4096);
    cr_expect_str_eq(items + size - strlen("!limit\n./zz\n"), "!limit\n./zz\n");
    /* nftw cannot reach down there either. */
    cr_assert_eq(system("rm -rf ./d*"), 0);
}

Test(source, directories_larger_than_a_block)
{
    enum { FILES = WALK_BLOCK_NAMES * 2 + 100 };
    make_dir("many");
    make_dir("many/sub");
    write_text("many/sub/x", "x");
    cr_assert_eq(chdir("many"), 0);
    write_text("f", "");
    char name[32];
    for (int i = 0; i < FILES; i++) {
        snprintf(name, sizeof name, "n%05d", i);
        cr_assert_eq(link("f", name), 0);
    }
    cr_assert_eq(chdir(".."), 0);
    const char *items = ITEMS("many");
    bool *seen = calloc(FILES, sizeof *seen);
    int lines = 0, number;
    for (const char *s = items; *s != '\0'; s = strchr(s, '\n') + 1) {
        lines++;
        if (sscanf(s, "many/n%d", &number) == 1) {
            cr_assert(number < FILES && !seen[number]);
            seen[number] = true;
        }
    }
    free(seen);
    cr_expect_eq(lines, FILES + 2);
}

/* --- globs --- */

static const char *filtered(const char *include, const char *include2,
                            const char *exclude, const char *path)
{
    const char *includes[] = {include, include2};
    struct source_config config = {
        .paths = &path, .path_count = 1, .wake_fd = -1,
        .includes = includes,
        .include_count = (size_t)((include != NULL) + (include2 != NULL)),
        .excludes = &exclude, .exclude_count = exclude != NULL,
    };
    return items_of(&config);
}

Test(source, globs)
{
    make_tree();
    cr_expect_str_eq(filtered("*.pdf", NULL, NULL, "docs"),
                     "docs/a.pdf\ndocs/b/one.pdf\n");
    cr_expect_str_eq(filtered("*.pdf", "*.TXT", "one*", "docs"),
                     "docs/a.pdf\ndocs/b/deep/two.TXT\n");
    cr_expect_str_eq(filtered("b/*.pdf", NULL, NULL, "./docs"),
                     "./docs/b/one.pdf\n");
    cr_expect_str_eq(filtered("docs/*.pdf", NULL, NULL, "docs"),
                     "docs/a.pdf\n");
    cr_expect_str_eq(filtered("*", NULL, ".*", "docs/b/deep/.."),
                     "docs/b/deep/../deep/two.TXT\n"
                     "docs/b/deep/../one.pdf\n");
    /* A directory that is excluded is not entered; files are not its name. */
    cr_expect_str_eq(filtered(NULL, NULL, "b", "docs"),
                     "docs/.hidden\ndocs/a.pdf\ndocs/b.txt\ndocs/z.txt\n");
    cr_expect_str_eq(filtered(NULL, NULL, "deep/", "docs/b"),
                     "docs/b/one.pdf\n");
    cr_expect_str_eq(filtered(NULL, NULL, "one.pdf/", "docs/b"),
                     "docs/b/deep/two.TXT\ndocs/b/one.pdf\n");
    cr_expect_str_eq(filtered(NULL, NULL, "docs", "docs/"), "");
    cr_expect_str_eq(filtered(NULL, NULL, "b/*", "docs/b"), "");
    /* Arguments are filtered too, but a name mistyped is not passed over. */
    cr_expect_str_eq(filtered("*.pdf", NULL, NULL, "docs/z.txt"), "");
    cr_expect_str_eq(filtered("*.pdf", NULL, NULL, "dosc"), "dosc!missing\n");
    cr_expect_str_eq(filtered("*.pdf", NULL, NULL, "docs/a.pdf"),
                     "docs/a.pdf\n");
}
