/* SPDX-License-Identifier: GPL-3.0-or-later */
/* grove.h - a scratch folder with a tree of texts in it, for the tests of that
 * sink. */
#ifndef EXTRACT_TESTS_GROVE_H
#define EXTRACT_TESTS_GROVE_H

#include <criterion/criterion.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "sink/marks.h"
#include "sink/sink.h"

static char scratch[] = "./test-tree-XXXXXX";
static char directory[] = "tree";
static struct sink *sink;
static struct sink_report report;
static struct error error;
static struct {
    int count;
    enum status status;
    struct error error;
} last; /* of the results reported */

static inline void finished(struct sink_report *unused, struct result *r)
{
    (void)unused;
    last.count++;
    last.status = r->status;
    last.error = r->error;
    result_destroy(r);
}

static inline void start_tree(void)
{
    report.finished = finished;
    sink = sink_create_tree(directory, &report, &error);
    cr_assert_not_null(sink, "%s", error.detail);
}

static inline void setup(void)
{
    cr_assert_not_null(mkdtemp(scratch));
    cr_assert_eq(chdir(scratch), 0);
}

static inline int remove_one(const char *path, const struct stat *st, int type,
                             struct FTW *ftw)
{
    (void)st, (void)type, (void)ftw;
    return remove(path);
}

static inline void teardown(void)
{
    cr_assert_eq(chdir(".."), 0);
    cr_assert_eq(nftw(scratch, remove_one, 16, FTW_DEPTH | FTW_PHYS), 0);
}

static int files;

static inline int count_file(const char *path, const struct stat *st, int type,
                             struct FTW *ftw)
{
    (void)path, (void)st, (void)ftw;
    files += type == FTW_F || type == FTW_SL;
    return 0;
}

/* Files below the tree, hidden ones too. */
static inline int count_files(void)
{
    files = 0;
    nftw(directory, count_file, 16, FTW_PHYS);
    return files;
}

static inline struct result *make(const char *path)
{
    static uint64_t ordinal;
    struct item item = {.ordinal = ordinal++, .path = xstrdup(path)};
    struct result *r = result_create(&item);

    sink->ops->admit(sink, r);
    return r;
}

static inline int text(struct result *r, int page, const char *s)
{
    return sink->ops->text(sink, r, page, s, strlen(s), true, &error);
}

static inline int end(struct result *r, enum status status)
{
    r->status = status;
    return sink->ops->end(sink, r, &error);
}

/* A page of MIB MiB. */
static inline int big_text(struct result *r, size_t mib)
{
    char *block = xcalloc(1, 1 << 20);
    int rc = 0;

    memset(block, 'x', 1 << 20);
    for (size_t i = 0; rc == 0 && i < mib; i++)
        rc = sink->ops->text(sink, r, 1, block, 1 << 20, i + 1 == mib, &error);
    free(block);
    return rc;
}

/* One whole document of a page. */
static inline int write_one(const char *path, const char *content)
{
    struct result *r = make(path);

    return text(r, 1, content) == 0 ? end(r, STATUS_OK) : -1;
}

static inline void check_file(const char *path, const char *expected)
{
    char bytes[200] = "";
    int fd = open(path, O_RDONLY);

    cr_assert_neq(fd, -1, "%s is not there", path);
    cr_assert_geq(read(fd, bytes, sizeof bytes - 1), 0);
    cr_assert_str_eq(bytes, expected);
    close(fd);
}

static inline void put_file(const char *path, const char *content)
{
    FILE *file = fopen(path, "w");

    cr_assert_not_null(file);
    fputs(content, file);
    fclose(file);
}

/* The same as a former run would have left it in the tree. */
static inline void put_former(const char *name, const char *content)
{
    char *path = xasprintf("%s/%s", directory, name);
    int folder = open(directory, O_RDONLY | O_DIRECTORY);
    struct marks *marks = marks_create(directory, folder);

    put_file(path, content);
    int fd = open(path, O_RDONLY);
    struct stat st;
    cr_assert_eq(marks_put(marks, fd, name, &st), 0);
    close(fd);
    close(folder);
    marks_destroy(marks);
    free(path);
}

static inline void check_replaces(size_t mib)
{
    char bytes[16] = "";
    struct stat st;

    put_former("a.txt", "old\f");
    put_file("tree/b.txt", "old");
    int fd = open("tree/a.txt", O_RDONLY);
    struct result *r = make("a"), *bad = make("b");

    mib ? big_text(r, mib) : text(r, 1, "newer");
    text(bad, 1, "new");
    cr_assert_eq(stat("tree/a.txt", &st), 0);
    cr_assert_eq(st.st_size, 4);
    cr_assert_eq(end(r, STATUS_OK), 0);
    cr_assert_eq(stat("tree/a.txt", &st), 0);
    cr_assert_eq(st.st_size, mib ? (off_t)(mib << 20) + 1 : 6);
    /* Readers of the former one keep it; a failed document leaves what is no
     * text of a former run. */
    cr_assert_eq(read(fd, bytes, sizeof bytes), 4);
    cr_assert_str_eq(bytes, "old\f");
    close(fd);
    cr_assert_eq(end(bad, STATUS_FAILED), 0);
    check_file("tree/b.txt", "old");
    cr_assert_eq(count_files(), 2);
    sink_destroy(sink);
}

static inline bool owns(const char *path)
{
    struct stat st;

    cr_assert_eq(stat(path, &st), 0);
    return sink->ops->owns(sink, path, &st);
}

#endif
