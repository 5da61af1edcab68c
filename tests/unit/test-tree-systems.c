/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-tree-systems.c - a file for each document on file systems that are full,
 * or have no unnamed files or no attributes. */
#include <config.h>

#include <errno.h>
#include <sched.h>
#include <sys/mount.h>

#include "grove.h"

TestSuite(tree_systems, .init = setup, .fini = teardown);

/* The disk is full: no use to go on, and nothing under a final name. */
static void check_full(int errnum)
{
    start_tree();
    struct result *r = make("big"), *open = make("open");

    cr_assert_eq(write_one("before", "whole"), 0);
    big_text(open, 0);
    cr_assert_eq(text(open, 1, "x"), 0);
    int rc = big_text(r, 3);
    if (rc == 0)
        rc = end(r, STATUS_OK);
    else
        result_destroy(r);
    cr_assert_eq(rc, -1);
    cr_assert_eq(error.kind, ERROR_OUTPUT);
    cr_assert_eq(error.sys_errno, errnum, "%s", error.detail);
    sink_destroy(sink);
    result_destroy(open);
    check_file("tree/before.txt", "whole\f");
    cr_assert_eq(count_files(), 1);
}

/* False: not permitted here. What is mounted goes with this process. */
static bool mount_small(const char *where)
{
    return unshare(CLONE_NEWNS) == 0 &&
           mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0 &&
           mount("tmpfs", where, "tmpfs", 0, "size=256k") == 0;
}

Test(tree_systems, a_full_disk)
{
    cr_assert_eq(mkdir("tree", 0777), 0);
    if (!mount_small("tree"))
        return;
    check_full(ENOSPC);
    cr_assert_eq(umount2("tree", MNT_DETACH), 0);
}

/* Without O_TMPFILE a file is written under a hidden name; such a file system
 * is feigned by taking away /proc, which naming the file needs. */
static bool open_hidden_tree(void)
{
    if (!mount_small("/proc"))
        return false;
    start_tree();
    cr_assert_eq(umount2("/proc", MNT_DETACH), 0);
    return true;
}

Test(tree_systems, hidden_names)
{
    if (!open_hidden_tree())
        return;
    struct result *a = make("deep/a"), *b = make("b"), *left = make("c");

    big_text(a, 2);
    big_text(b, 2);
    big_text(left, 2);
    cr_assert_eq(count_files(), 3);
    cr_assert_neq(access("tree/deep/a.txt", F_OK), 0);
    cr_assert_eq(end(a, STATUS_OK), 0);
    cr_assert_eq(end(b, STATUS_FAILED), 0);
    cr_assert_eq(access("tree/deep/a.txt", F_OK), 0);
    cr_assert_eq(write_one("d", "d"), 0);
    check_file("tree/d.txt", "d\f");
    cr_assert_eq(count_files(), 3);
    sink_destroy(sink);
    cr_assert_eq(count_files(), 2);
    result_destroy(left);
}

Test(tree_systems, hidden_names_replace_in_one_step)
{
    cr_assert_eq(mkdir("tree", 0777), 0);
    if (!open_hidden_tree())
        return;
    check_replaces(2);
}

/* ramfs has no extended attributes: marks are kept in the ledger. */
static bool open_unmarked_tree(void)
{
    cr_assert_eq(mkdir("tree", 0777), 0);
    if (unshare(CLONE_NEWNS) != 0 ||
        mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0 ||
        mount("ramfs", "tree", "ramfs", 0, NULL) != 0)
        return false;
    start_tree();
    return true;
}

Test(tree_systems, without_attributes)
{
    if (!open_unmarked_tree())
        return;
    for (int run = 0; run < 3; run++) {
        cr_assert_eq(write_one("a", run ? "newer" : "new"), 0);
        cr_assert_eq(last.status, STATUS_OK, "run %d", run);
        sink_destroy(sink);
        start_tree();
    }
    cr_assert_eq(count_files(), 2, "a.txt and a file of the ledger");
    cr_assert(owns("tree/a.txt"));
    cr_assert(owns("tree/.extract"));
    put_file("tree/b.txt", "mine\f");
    cr_assert_not(owns("tree/b.txt"));
    cr_assert_eq(write_one("b", "new"), 0);
    cr_assert_eq(last.status, STATUS_FAILED);
    check_file("tree/b.txt", "mine\f");
    struct result *a = make("a");
    cr_assert_eq(end(a, STATUS_FAILED), 0);
    cr_assert_neq(access("tree/a.txt", F_OK), 0);
    put_file("tree/a.txt", "newer\f");
    sink_destroy(sink);
    start_tree();
    cr_assert_eq(write_one("a", "new"), 0);
    cr_assert_eq(last.status, STATUS_FAILED, "its mark went with it");
    sink_destroy(sink);
    cr_assert_eq(umount2("tree", MNT_DETACH), 0);
}

/* More in flight than hidden names are remembered. */
Test(tree_systems, many_in_flight)
{
    struct result *results[200];

    if (!open_hidden_tree())
        start_tree();
    for (int i = 0; i < 200; i++) {
        char name[16];

        snprintf(name, sizeof name, "%d", i);
        results[i] = make(name);
        big_text(results[i], 1);
    }
    for (int i = 0; i < 200; i += 2)
        cr_assert_eq(end(results[i], STATUS_OK), 0);
    sink_destroy(sink);
    cr_assert_eq(count_files(), 100);
    for (int i = 1; i < 200; i += 2)
        result_destroy(results[i]);
}
