/* SPDX-License-Identifier: GPL-3.0-or-later */
/* orchard.h - a scratch folder to stand in, with files and folders, and all
 * items of a source as lines. */
#ifndef EXTRACT_TESTS_ORCHARD_H
#define EXTRACT_TESTS_ORCHARD_H

#include <criterion/criterion.h>
#include <ftw.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buffer.h"
#include "input/source.h"

static char home[PATH_MAX], scratch[PATH_MAX];

static inline int remove_one(const char *path, const struct stat *st, int type,
                             struct FTW *ftw)
{
    (void)st, (void)type, (void)ftw;
    return remove(path);
}

static inline void enter_scratch(void)
{
    char name[] = "test-source.XXXXXX";
    cr_assert_not_null(getcwd(home, sizeof home));
    cr_assert_not_null(mkdtemp(name));
    cr_assert_eq(chdir(name), 0);
    cr_assert_not_null(getcwd(scratch, sizeof scratch));
}

static inline void leave_scratch(void)
{
    cr_assert_eq(chdir(home), 0);
    nftw(scratch, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

static inline void write_file(const char *path, const void *data, size_t size)
{
    FILE *file = fopen(path, "w");
    cr_assert_not_null(file, "%s", path);
    cr_assert_eq(fwrite(data, 1, size, file), size);
    cr_assert_eq(fclose(file), 0);
}

static inline void write_text(const char *path, const char *text)
{
    write_file(path, text, strlen(text));
}

static inline void make_dir(const char *path)
{
    cr_assert_eq(mkdir(path, 0755), 0, "%s", path);
}

static inline void make_link(const char *target, const char *path)
{
    cr_assert_eq(symlink(target, path), 0, "%s", path);
}

/* "PATH" or "PATH!kind", each with a newline; ordinals are checked. */
static inline const char *items_of(const struct source_config *config)
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

static inline const char *items_of_paths(const char *const *paths)
{
    struct source_config config = {.paths = paths, .wake_fd = -1};
    while (paths[config.path_count] != NULL)
        config.path_count++;
    return items_of(&config);
}

#define ITEMS(...) items_of_paths((const char *const[]){__VA_ARGS__, NULL})

static inline const char *items_of_list(const char *path, char separator)
{
    struct source_list list = {path, separator};
    struct source_config config = {.lists = &list, .list_count = 1,
                                   .wake_fd = -1};
    return items_of(&config);
}

static inline void make_tree(void)
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

#endif
