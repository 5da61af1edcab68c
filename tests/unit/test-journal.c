/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-journal.c - frames are read again by whoever asks for the same document in
 * the same state; what is torn, damaged or of another state is not there. */
#include <config.h>

#include <criterion/criterion.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "store/journal.h"

static char folder[] = "./test-journal-XXXXXX";
static struct journals journals;
static struct result *result;

static struct result *make(const char *path)
{
    struct item item = { .path = xstrdup(path), .bytes = 1000, .mtime_ns = 7 };

    return result_create(&item);
}

static void setup(void)
{
    cr_assert_not_null(mkdtemp(folder));
    cr_assert_eq(rmdir(folder), 0);
    journals = (struct journals){ folder, "options", true };
    result = make("a.pdf");
}

static void teardown(void)
{
    if (result->unfinished)
        unlink(result->unfinished);
    result_destroy(result);
    cr_assert(rmdir(folder) == 0 || errno == ENOENT, "nothing is left");
}

TestSuite(journal, .init = setup, .fini = teardown);

static struct journal *reopen(void)
{
    free(result->unfinished);
    result->unfinished = NULL;
    struct journal *j = journal_open(&journals, result);
    cr_assert_not_null(j);
    return j;
}

static void save(const char *const *frames)
{
    struct journal *j = reopen();

    for (int i = 0; frames[i]; i++)
        journal_save(j, i + 1, frames[i], strlen(frames[i]));
    journal_close(j);
}

static const char *const three[] = { "first", "", "third and last", NULL };

/* How many of FRAMES are there, from the first on, and no others. */
static int count(const char *const *frames)
{
    struct journal *j = reopen();
    const char *data;
    size_t size;
    int kind, n = 0;

    while ((kind = journal_read(j, &data, &size)) > 0) {
        cr_assert_not_null(frames[n]);
        cr_assert_eq(kind, n + 1);
        cr_assert_eq(size, strlen(frames[n]));
        cr_assert_eq(memcmp(data, frames[n], size), 0);
        n++;
    }
    journal_close(j);
    return n;
}

static off_t size_of_file(void)
{
    struct stat st;

    cr_assert_eq(stat(result->unfinished, &st), 0);
    return st.st_size;
}

Test(journal, is_read_again)
{
    cr_assert_eq(count(three), 0, "a new one is empty");
    save(three);
    cr_assert_eq(count(three), 3);
    cr_assert_eq(count(three), 3, "reading takes nothing away");
}

Test(journal, is_for_its_owner_alone)
{
    struct stat st;

    save(three);
    cr_assert_eq(stat(result->unfinished, &st), 0);
    cr_assert_eq(st.st_mode & 07777, 0600);
    cr_assert_eq(stat(folder, &st), 0);
    cr_assert_eq(st.st_mode & 07777, 0700);
}

Test(journal, goes_on_behind_what_is_kept)
{
    static const char *const other[] = { "first", "second", NULL };
    const char *data;
    size_t size;

    save(three);
    struct journal *j = reopen();
    cr_assert_eq(journal_read(j, &data, &size), 1);
    journal_keep(j);
    cr_assert_eq(journal_read(j, &data, &size), 2);
    journal_save(j, 2, "second", 6);
    journal_close(j);
    /* What stood there may be left behind it, and must not be taken for more. */
    cr_assert_eq(count(other), 2);
}

Test(journal, knows_no_frame_that_is_cut)
{
    save(three);
    off_t whole = size_of_file();
    for (off_t size = whole - 1; size > whole - 14 - 12; size--) {
        cr_assert_eq(truncate(result->unfinished, size), 0);
        cr_assert_eq(count(three), 2, "cut to %ld of %ld", (long)size, (long)whole);
    }
}

Test(journal, is_empty_when_even_its_key_is_cut)
{
    save(three);
    cr_assert_eq(truncate(result->unfinished, 9), 0);
    cr_assert_eq(count(three), 0);
    save(three);
    cr_assert_eq(count(three), 3);
}

Test(journal, knows_no_frame_that_is_damaged)
{
    save(three);
    off_t whole = size_of_file();
    /* The last frame's 14 bytes, and before them its size and checksum. */
    for (off_t at = whole - 1; at >= whole - 14 - 8; at--) {
        int fd = open(result->unfinished, O_RDWR);
        char byte, other;
        cr_assert_eq(pread(fd, &byte, 1, at), 1);
        other = (char)(byte ^ 0x55);
        cr_assert_eq(pwrite(fd, &other, 1, at), 1);
        cr_assert_eq(count(three), 2, "at %ld of %ld", (long)at, (long)whole);
        cr_assert_eq(pwrite(fd, &byte, 1, at), 1);
        close(fd);
    }
    cr_assert_eq(count(three), 3);
}

Test(journal, is_of_one_state_of_a_document)
{
    save(three);
    result->item.mtime_ns++;
    cr_assert_eq(count(three), 0, "another time");
    save(three);
    result->item.bytes++;
    cr_assert_eq(count(three), 0, "another size");
    save(three);
    journals.options = "others";
    cr_assert_eq(count(three), 0, "other options");
    save(three);
    result->engine = "an engine";
    cr_assert_eq(count(three), 0, "another engine");
    save(three);
    cr_assert_eq(count(three), 3);
}

Test(journal, has_a_name_for_each_document_and_output)
{
    save(three);
    char *name = xstrdup(result->unfinished);
    result_destroy(result);
    result = make("b.pdf");
    cr_assert_eq(count(three), 0);
    cr_assert_str_neq(result->unfinished, name);
    unlink(name);
    free(name);
}

Test(journal, is_none_where_its_folder_cannot_be)
{
    struct journals none = { "./no/where", "options", true };

    cr_assert_null(journal_open(&none, result));
    cr_assert_null(result->unfinished);
    journal_close(NULL);
}

Test(journal, is_empty_when_nothing_is_to_be_gone_on_with)
{
    save(three);
    journals.reads = false;
    struct journal *j = journal_open(&journals, result);
    const char *data;
    size_t size;
    cr_assert_eq(journal_read(j, &data, &size), 0);
    journal_close(j);
}
