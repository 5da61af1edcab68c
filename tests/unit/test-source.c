/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-source.c - arguments, lists, walks and globs as one stream of items,
 * and what is wrong with some of them. */
#include <config.h>

#include <criterion/criterion.h>
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buffer.h"
#include "input/list.h"
#include "input/source.h"
#include "input/walk.h"

/* --- a scratch folder to stand in --- */

static char home[PATH_MAX], scratch[PATH_MAX];

static int remove_one(const char *path, const struct stat *st, int type,
                      struct FTW *ftw)
{
    (void)st, (void)type, (void)ftw;
    return remove(path);
}

static void enter_scratch(void)
{
    char name[] = "test-source.XXXXXX";
    cr_assert_not_null(getcwd(home, sizeof home));
    cr_assert_not_null(mkdtemp(name));
    cr_assert_eq(chdir(name), 0);
    cr_assert_not_null(getcwd(scratch, sizeof scratch));
}

static void leave_scratch(void)
{
    cr_assert_eq(chdir(home), 0);
    nftw(scratch, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

static void write_file(const char *path, const void *data, size_t size)
{
    FILE *file = fopen(path, "w");
    cr_assert_not_null(file, "%s", path);
    cr_assert_eq(fwrite(data, 1, size, file), size);
    cr_assert_eq(fclose(file), 0);
}

static void write_text(const char *path, const char *text)
{
    write_file(path, text, strlen(text));
}

static void make_dir(const char *path)
{
    cr_assert_eq(mkdir(path, 0755), 0, "%s", path);
}

static void make_link(const char *target, const char *path)
{
    cr_assert_eq(symlink(target, path), 0, "%s", path);
}

/* --- all items of a source, as lines --- */

/* "PATH" or "PATH!kind", each with a newline; ordinals are checked. */
static const char *items_of(const struct source_config *config)
{
    static struct buffer lines;
    buffer_clear(&lines);
    struct source *source = source_create(config);
    struct item item;
    struct error e = {0};
    uint64_t expected = 0;
    int r;
    while ((r = source_next(source, &item, &e)) > 0) {
        cr_expect_eq(item.ordinal, expected++);
        buffer_append_string(&lines, item.path);
        if (item.error.kind != ERROR_NONE) {
            buffer_printf(&lines, "!%s", error_kind_name(item.error.kind));
            cr_expect_eq(item.bytes, 0);
            cr_expect_neq(item.error.detail[0], '\0');
        }
        buffer_append_char(&lines, '\n');
        item_clear(&item);
    }
    if (r < 0)
        buffer_printf(&lines, "-1 %s\n", error_kind_name(e.kind));
    source_destroy(source);
    return buffer_string(&lines);
}

static const char *items_of_paths(const char *const *paths)
{
    struct source_config config = {.paths = paths, .wake_fd = -1};
    while (paths[config.path_count] != NULL)
        config.path_count++;
    return items_of(&config);
}

#define ITEMS(...) items_of_paths((const char *const[]){__VA_ARGS__, NULL})

static const char *items_of_list(const char *path, char separator)
{
    struct source_list list = {path, separator};
    struct source_config config = {.lists = &list, .list_count = 1,
                                   .wake_fd = -1};
    return items_of(&config);
}

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

static void make_tree(void)
{
    make_dir("docs");
    make_dir("docs/b");
    make_dir("docs/b/deep");
    make_dir("docs/empty");
    write_text("docs/z.txt", "z");
    write_text("docs/a.pdf", "a");
    write_text("docs/b/one.pdf", "1");
    write_text("docs/b/deep/two.TXT", "2");
    write_text("docs/.hidden", "h");
    write_text("docs/b.txt", "b");
}

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

/* --- lists --- */

Test(source, lists_of_lines)
{
    make_tree();
    write_text("new\nline", "x");
    write_text("cr\r", "x");
    write_text("\xff\xfe", "x");
    write_text("list", "\n\ndocs/a.pdf\n\ncr\r\nnone\n\xff\xfe\ndocs/b\n"
                       " docs/a.pdf\ndocs/b.txt");
    cr_expect_str_eq(items_of_list("list", '\n'),
                     "docs/a.pdf\ncr\r\nnone!missing\n\xff\xfe\n"
                     "docs/b/deep/two.TXT\ndocs/b/one.pdf\n"
                     " docs/a.pdf!missing\ndocs/b.txt\n");
    write_file("list0", "docs/a.pdf\0\0new\nline\0docs/b.txt", 32);
    cr_expect_str_eq(items_of_list("list0", '\0'),
                     "docs/a.pdf\nnew\nline\ndocs/b.txt\n");
    cr_expect_str_eq(items_of_list("list0", '\n'),
                     "docs/a.pdf!missing\nline!missing\n");
    write_text("empty", "");
    cr_expect_str_eq(items_of_list("empty", '\n'), "");
    write_text("blank", "\n");
    cr_expect_str_eq(items_of_list("blank", '\n'), "");
}

Test(source, lists_that_cannot_be_read)
{
    make_dir("dir");
    cr_expect_str_eq(items_of_list("none", '\n'), "-1 missing\n");
    cr_expect_str_eq(items_of_list("dir", '\n'), "-1 io\n");
}

static void write_long_line(FILE *file, size_t size)
{
    while (size-- > 0)
        putc('x', file);
    putc('\n', file);
}

Test(source, lines_too_long_cost_only_themselves)
{
    write_text("f", "x");
    static const size_t sizes[] = {4095, 65534, 65535, 65536, 65537,
                                   131071, 131072, 131073, 1 << 20};
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        FILE *file = fopen("list", "w");
        cr_assert_not_null(file);
        fputs("f\n", file);
        write_long_line(file, sizes[i]);
        fputs("f\n", file);
        write_long_line(file, sizes[i]);
        fputs("f", file);
        fclose(file);
        struct source_list list = {"list", '\n'};
        struct source_config config = {.lists = &list, .list_count = 1,
                                       .wake_fd = -1};
        struct source *source = source_create(&config);
        struct item item;
        struct error e;
        for (int k = 0; k < 5; k++) {
            cr_assert_eq(source_next(source, &item, &e), 1);
            cr_expect_eq(item.ordinal, (uint64_t)k);
            if (k % 2 == 0)
                cr_expect_str_eq(item.path, "f");
            else
                cr_expect_eq(item.error.kind, ERROR_LIMIT);
            cr_expect_eq(strlen(item.path), k % 2 == 0           ? 1
                                            : sizes[i] > 65535 ? 83
                                                                 : sizes[i]);
            item_clear(&item);
        }
        cr_expect_eq(source_next(source, &item, &e), 0);
        source_destroy(source);
    }
}

Test(source, arguments_then_lists_in_order)
{
    make_tree();
    write_text("one", "docs/a.pdf\n");
    write_text("two", "docs/b\n");
    const char *paths[] = {"docs/z.txt", "docs/b"};
    struct source_list lists[] = {{"one", '\n'}, {"two", '\n'}, {"one", '\n'}};
    struct source_config config = {.paths = paths, .path_count = 2,
                                   .lists = lists, .list_count = 3,
                                   .wake_fd = -1};
    const char *expected = "docs/z.txt\ndocs/b/deep/two.TXT\ndocs/b/one.pdf\n"
                           "docs/a.pdf\ndocs/b/deep/two.TXT\ndocs/b/one.pdf\n"
                           "docs/a.pdf\n";
    cr_expect_str_eq(items_of(&config), expected);
    cr_expect(source_is_repeatable(&config));
    cr_expect_str_eq(items_of(&config), expected);
}

Test(source, repeatable_only_from_files)
{
    mkfifo("fifo", 0600);
    write_text("list", "");
    struct source_list lists[] = {{"list", '\n'}, {"-", '\n'}};
    struct source_config config = {.lists = lists, .list_count = 1,
                                   .wake_fd = -1};
    cr_expect(source_is_repeatable(&config));
    config.list_count = 2;
    cr_expect_not(source_is_repeatable(&config));
    lists[1].path = "fifo";
    cr_expect_not(source_is_repeatable(&config));
}

/* --- lists that come slowly --- */

Test(source, items_come_before_the_list_ends)
{
    write_text("f", "x");
    int ends[2];
    cr_assert_eq(pipe(ends), 0);
    cr_assert_eq(dup2(ends[0], STDIN_FILENO), STDIN_FILENO);
    struct source_list list = {"-", '\n'};
    struct source_config config = {.lists = &list, .list_count = 1,
                                   .wake_fd = -1};
    struct source *source = source_create(&config);
    struct item item;
    struct error e;
    for (int i = 0; i < 3; i++) {
        cr_assert_eq(write(ends[1], "f\nhalf", i < 2 ? 2 : 6), i < 2 ? 2 : 6);
        cr_assert_eq(source_next(source, &item, &e), 1);
        cr_expect_str_eq(item.path, "f");
        item_clear(&item);
    }
    close(ends[1]);
    cr_assert_eq(source_next(source, &item, &e), 1);
    cr_expect_str_eq(item.path, "half");
    item_clear(&item);
    cr_expect_eq(source_next(source, &item, &e), 0);
    source_destroy(source);
}

Test(source, wakes_from_a_silent_list)
{
    mkfifo("fifo", 0600);
    int wake[2];
    cr_assert_eq(pipe(wake), 0);
    pid_t child = fork();
    cr_assert_geq(child, 0);
    if (child == 0) {
        usleep(100000);
        _exit(write(wake[1], "!", 1) != 1);
    }
    /* Nobody ever writes to the FIFO; the second list must not be read. */
    struct source_list lists[] = {{"fifo", '\n'}, {"missing", '\n'}};
    struct source_config config = {.lists = lists, .list_count = 2,
                                   .wake_fd = wake[0]};
    cr_expect_str_eq(items_of(&config), "");
    cr_expect_eq(waitpid(child, NULL, 0), child);
}

Test(source, reads_a_fifo_that_is_opened_late)
{
    write_text("f", "x");
    mkfifo("fifo", 0600);
    pid_t child = fork();
    cr_assert_geq(child, 0);
    if (child == 0) {
        usleep(100000);
        int fd = open("fifo", O_WRONLY);
        usleep(50000);
        _exit(write(fd, "f\nf\n", 4) != 4);
    }
    cr_expect_str_eq(items_of_list("fifo", '\n'), "f\nf\n");
    cr_expect_eq(waitpid(child, NULL, 0), child);
}
