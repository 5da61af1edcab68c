/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-lists.c - lists of inputs: their lines, what is wrong with some, and those
 * that come slowly. */
#include <config.h>

#include <fcntl.h>
#include <sys/wait.h>

#include "orchard.h"

TestSuite(lists, .init = enter_scratch, .fini = leave_scratch, .timeout = 300);

Test(lists, lists_of_lines)
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

Test(lists, lists_that_cannot_be_read)
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

Test(lists, lines_too_long_cost_only_themselves)
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

Test(lists, arguments_then_lists_in_order)
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

Test(lists, repeatable_only_from_files)
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

Test(lists, items_come_before_the_list_ends)
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

Test(lists, wakes_from_a_silent_list)
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

Test(lists, reads_a_fifo_that_is_opened_late)
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
