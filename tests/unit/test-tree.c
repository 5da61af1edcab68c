/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-tree.c - a file for each document: whole or not at all, and what stands
 * in the way costs that document alone, unless the disk is full. */
#include <config.h>

#include <errno.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include "base/buffer.h"
#include "grove.h"

TestSuite(tree, .init = setup, .fini = teardown);

Test(tree, follows_the_paths)
{
    struct stat st;

    umask(027);
    start_tree();
    cr_assert_eq(write_one("a.pdf", "one"), 0);
    cr_assert_eq(write_one("deep/er/b.pdf", "two"), 0);
    cr_assert_eq(write_one("../c", "three"), 0);
    cr_assert_eq(write_one("./a.pdf", "four"), 0);
    check_file("tree/a.pdf.txt", "one\f");
    check_file("tree/deep/er/b.pdf.txt", "two\f");
    check_file("tree/__/c.txt", "three\f");
    check_file("tree/a.pdf~2.txt", "four\f");
    cr_assert_eq(count_files(), 4);
    cr_assert_eq(stat("tree/a.pdf.txt", &st), 0);
    cr_assert_eq(st.st_mode & 0777, 0640);
    cr_assert_eq(last.count, 4);
    sink_destroy(sink);
}

Test(tree, a_text_of_any_size_shows_only_when_whole)
{
    struct stat st;

    start_tree();
    struct result *big = make("big"), *small = make("small");

    cr_assert_eq(big_text(big, 5), 0);
    text(small, 1, "small");
    cr_assert_neq(stat("tree/big.txt", &st), 0);
    cr_assert_neq(stat("tree/small.txt", &st), 0);
    cr_assert_eq(end(small, STATUS_OK), 0);
    cr_assert_eq(text(big, 2, "end"), 0);
    cr_assert_eq(end(big, STATUS_PARTIAL), 0);
    cr_assert_eq(stat("tree/big.txt", &st), 0);
    cr_assert_eq(st.st_size, (5 << 20) + 5);
    cr_assert_eq(last.status, STATUS_PARTIAL);
    cr_assert_eq(count_files(), 2);
    sink_destroy(sink);
}

Test(tree, removes_the_folders_that_are_empty_then)
{
    struct stat st;
    struct error e = {0};

    start_tree();
    cr_assert_eq(write_one("a/b/one", "one"), 0);
    cr_assert_eq(write_one("a/two", "two"), 0);
    struct result *big = make("a/b/big");
    cr_assert_eq(big_text(big, 5), 0);
    cr_assert_eq(sink_tree_remove(sink, "a/b/one.txt", &e), 0);
    check_file("tree/a/two.txt", "two\f");
    /* It may be empty to the eye alone. */
    cr_assert_eq(end(big, STATUS_OK), 0);
    cr_assert_eq(last.status, STATUS_OK);
    cr_assert_eq(stat("tree/a/b/big.txt", &st), 0);
    cr_assert_eq(sink_tree_remove(sink, "a/b/big.txt", &e), 0);
    cr_assert_neq(stat("tree/a/b", &st), 0);
    cr_assert_eq(sink_tree_remove(sink, "a/two.txt", &e), 0);
    cr_assert_neq(stat("tree/a", &st), 0);
    cr_assert_eq(stat("tree", &st), 0);
    sink_destroy(sink);
}

Test(tree, a_directory_that_is_removed_is_fatal)
{
    start_tree();
    cr_assert_eq(rmdir("tree"), 0);
    cr_assert_eq(write_one("a/one", "one"), -1);
}

Test(tree, nothing_for_what_failed)
{
    start_tree();
    struct result *a = make("a"), *b = make("b"), *c = make("c");

    text(a, 1, "");
    big_text(b, 2);
    cr_assert_eq(end(a, STATUS_FAILED), 0);
    cr_assert_eq(end(b, STATUS_FAILED), 0);
    cr_assert_eq(end(c, STATUS_SKIPPED), 0);
    cr_assert_eq(count_files(), 0);
    cr_assert_eq(last.count, 3);
    sink_destroy(sink);
}

/* Half a document of a run that was stopped at once. */
Test(tree, nothing_for_what_was_cut_off)
{
    start_tree();
    struct result *r = make("a");

    big_text(r, 2);
    error_set(&r->error, ERROR_INTERRUPTED, "stopped half way");
    cr_assert_eq(end(r, STATUS_PARTIAL), 0);
    cr_assert_eq(count_files(), 0);
    cr_assert_eq(last.error.kind, ERROR_INTERRUPTED);
    sink_destroy(sink);
}

Test(tree, replaces_a_former_output_in_one_step)
{
    start_tree();
    check_replaces(0);
    start_tree();
    check_replaces(2);
}

Test(tree, leaves_links_and_what_they_lead_to)
{
    char target[16] = "";

    start_tree();
    put_file("precious", "precious\f");
    cr_assert_eq(symlink("../precious", "tree/a.txt"), 0);
    cr_assert_eq(symlink("none/such", "tree/b.txt"), 0);
    put_former("former.txt", "former\f");
    cr_assert_eq(symlink("former.txt", "tree/c.txt"), 0);
    cr_assert_eq(mkfifo("tree/d.txt", 0600), 0);
    for (const char *p = "abcd"; *p; p++) {
        cr_assert_eq(write_one((char[]){*p, '\0'}, "new"), 0);
        cr_assert_eq(last.status, STATUS_FAILED, "%c", *p);
    }
    check_file("precious", "precious\f");
    check_file("tree/former.txt", "former\f");
    cr_assert_eq(readlink("tree/b.txt", target, sizeof target - 1), 9);
    cr_assert_str_eq(target, "none/such");
    cr_assert_eq(count_files(), 5);
    sink_destroy(sink);
}

/* It would pass for the text of what failed now; that of a run which was
 * stopped may stay. */
Test(tree, takes_away_a_former_output_of_what_failed)
{
    start_tree();
    put_former("a.txt", "old\f");
    put_former("b.txt", "old\f");
    put_file("tree/c.txt", "mine\f");
    struct result *a = make("a"), *b = make("b"), *c = make("c");

    cr_assert_eq(end(a, STATUS_FAILED), 0);
    error_set(&b->error, ERROR_INTERRUPTED, "not reached");
    cr_assert_eq(end(b, STATUS_FAILED), 0);
    cr_assert_eq(end(c, STATUS_FAILED), 0);
    cr_assert_neq(access("tree/a.txt", F_OK), 0);
    check_file("tree/b.txt", "old\f");
    check_file("tree/c.txt", "mine\f");
    sink_destroy(sink);
}

/* A file that no run has written, an input perhaps. */
Test(tree, leaves_a_file_of_the_users)
{
    start_tree();
    put_file("tree/a.txt", "mine\f");
    put_file("tree/b.txt", "");
    put_former("edited.txt", "ours\f");
    put_file("tree/edited.txt", "mine too\f");
    cr_assert_eq(write_one("a", "new"), 0);
    cr_assert_eq(last.status, STATUS_FAILED);
    cr_assert_eq(last.error.kind, ERROR_OUTPUT);
    cr_assert_eq(write_one("b", "new"), 0);
    cr_assert_eq(last.status, STATUS_FAILED);
    cr_assert_eq(write_one("edited", "new"), 0);
    cr_assert_eq(last.status, STATUS_FAILED);
    cr_assert_eq(write_one("c", "new"), 0);
    cr_assert_eq(last.status, STATUS_OK);
    check_file("tree/a.txt", "mine\f");
    check_file("tree/b.txt", "");
    check_file("tree/edited.txt", "mine too\f");
    check_file("tree/c.txt", "new\f");
    cr_assert_eq(count_files(), 4);
    sink_destroy(sink);
}

/* The document of PATH, of MIB MiB (0: a few bytes), fails by ERRNUM, and the
 * next one does not. */
static void check_obstacle_of(const char *path, size_t mib, int errnum)
{
    start_tree();
    int before = count_files();
    struct result *r = make(path);

    cr_assert_eq(mib ? big_text(r, mib) : text(r, 1, "x"), 0);
    cr_assert_eq(end(r, STATUS_OK), 0);
    cr_assert_eq(last.status, STATUS_FAILED);
    cr_assert_eq(last.error.kind, ERROR_OUTPUT);
    cr_assert_eq(last.error.sys_errno, errnum, "%s", last.error.detail);
    cr_assert_eq(count_files(), before);
    cr_assert_eq(write_one("other", "fine"), 0);
    cr_assert_eq(last.status, STATUS_OK);
    check_file("tree/other.txt", "fine\f");
    sink_destroy(sink);
    cr_assert_eq(unlink("tree/other.txt"), 0);
}

static void check_obstacle(const char *path, int errnum)
{
    check_obstacle_of(path, 0, errnum);
    check_obstacle_of(path, 3, errnum);
}

Test(tree, a_directory_has_the_name)
{
    cr_assert_eq(system("mkdir -p tree/a.txt/full"), 0);
    check_obstacle("a", EISDIR);
    cr_assert_eq(system("rmdir tree/a.txt/full"), 0);
    check_obstacle("a", EISDIR);
}

Test(tree, a_file_has_the_name_of_a_folder)
{
    cr_assert_eq(system("mkdir tree; echo x > tree/a"), 0);
    check_obstacle("a/b", ENOTDIR);
    check_obstacle("a/b/c", ENOTDIR);
}

Test(tree, a_path_that_is_too_long)
{
    struct buffer path = {0};

    for (int i = 0; i < 30; i++)
        buffer_printf(&path, "%0200d/", i);
    buffer_append_string(&path, "x");
    check_obstacle(buffer_string(&path), ENAMETOOLONG);
    buffer_free(&path);
}

Test(tree, a_folder_that_may_not_be_written)
{
    if (geteuid() == 0) {
        cr_assert_eq(chmod(".", 0777), 0);
        cr_assert_eq(seteuid(65534), 0);
    }
    cr_assert_eq(mkdir("tree", 0777), 0);
    cr_assert_eq(mkdir("tree/a", 0555), 0);
    check_obstacle("a/b", EACCES);
    cr_assert_eq(chmod("tree", 0555), 0);
    cr_assert_null(sink_create_tree(directory, &report, &error));
    cr_assert_eq(error.kind, ERROR_OUTPUT);
    cr_assert_eq(error.sys_errno, EACCES);
    cr_assert_eq(chmod("tree", 0777), 0);
    if (getuid() == 0) {
        cr_assert_eq(seteuid(0), 0);
        prctl(PR_SET_DUMPABLE, 1); /* for leak checkers */
    }
}

Test(tree, the_directory_is_made)
{
    static const char *const names[] = {"a", "b/c/d", "e/", "./f", "g//h/"};
    struct stat st;

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        sink = sink_create_tree(names[i], &report, &error);
        cr_assert_not_null(sink, "%s: %s", names[i], error.detail);
        cr_assert_eq(stat(names[i], &st), 0);
        sink_destroy(sink);
    }
    put_file("file", "x");
    cr_assert_null(sink_create_tree("file", &report, &error));
    cr_assert_eq(error.sys_errno, ENOTDIR);
    cr_assert_null(sink_create_tree("file/below", &report, &error));
    cr_assert_eq(error.sys_errno, ENOTDIR);
    cr_assert_null(sink_create_tree("", &report, &error));
    cr_assert_eq(error.kind, ERROR_OUTPUT);
}

Test(tree, destroy_leaves_nothing_half_written)
{
    start_tree();
    struct result *a = make("a"), *b = make("b/c");

    big_text(a, 3);
    text(b, 1, "b");
    sink_destroy(sink);
    cr_assert_eq(count_files(), 0);
    result_destroy(a);
    result_destroy(b);
}

/* Others are smaller. */
Test(tree, a_limit_on_the_size_of_files)
{
    struct rlimit limit = {300000, 300000};

    signal(SIGXFSZ, SIG_IGN);
    cr_assert_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
    check_obstacle_of("big", 3, EFBIG);
}

static struct item item_of(const char *path)
{
    struct stat st;

    cr_assert_eq(stat(path, &st), 0);
    return (struct item){
        .path = xstrdup(path),
        .named = true,
        .bytes = (uint64_t)st.st_size,
        .mtime_ns = (int64_t)st.st_mtim.tv_sec * 1000000000 + st.st_mtim.tv_nsec,
        .device = st.st_dev,
        .inode = st.st_ino,
    };
}

/* A text of a former run that is an input now. */
Test(tree, leaves_an_input_of_the_run)
{
    start_tree();
    put_former("a.txt", "old\f");
    struct item item = item_of("./tree/../tree/a.txt");
    struct result *input = result_create(&item);

    sink->ops->admit(sink, input);
    cr_assert_eq(write_one("a", "new"), 0);
    cr_assert_eq(last.status, STATUS_FAILED);
    cr_assert(strstr(last.error.detail, "is an input") != NULL);
    check_file("tree/a.txt", "old\f");
    cr_assert_eq(end(make("./a"), STATUS_FAILED), 0);
    check_file("tree/a.txt", "old\f");
    result_destroy(input);
    sink_destroy(sink);
}

Test(tree, knows_its_own)
{
    start_tree();
    cr_assert_eq(mkdir("tree/sub", 0777), 0);
    cr_assert_eq(write_one("sub/a", "text"), 0);
    put_file("tree/b.txt", "mine\f");
    cr_assert_eq(system("mkdir -p tree/.extract tree/sub/.extract;"
                        "cp -p --preserve=xattr tree/sub/a.txt outside.txt;"
                        "ln -s tree/sub/a.txt link"), 0);
    cr_assert(owns("tree/sub/a.txt"));
    cr_assert(owns("./tree/./sub/../sub/a.txt"));
    cr_assert(owns("link"));
    cr_assert(owns("tree/.extract"));
    cr_assert_not(owns("tree/b.txt"));
    cr_assert_not(owns("outside.txt"));
    cr_assert_not(owns("tree/sub"));
    cr_assert_not(owns("tree/sub/.extract"));
    sink_destroy(sink);
}
