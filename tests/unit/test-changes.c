/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-changes.c - what the kernel tells of real directories. */
#include <config.h>

#include <errno.h>
#include <fcntl.h>
#include <poll.h>

#include "input/changes.h"
#include "orchard.h"

TestSuite(changes, .init = enter_scratch, .fini = leave_scratch, .timeout = 300);

static struct changes *n;

/* What is told, as a letter and a path each. */
static const char *told(void)
{
    static const char letters[] = {
        [CHANGES_WRITING] = 'w', [CHANGES_WRITTEN] = 'W', [CHANGES_TOUCHED] = 't',
        [CHANGES_GONE] = 'g', [CHANGES_FOLDER] = 'F', [CHANGES_FOLDER_GONE] = 'G',
        [CHANGES_LOST] = 'L', [CHANGES_CUT] = 'C',
    };
    static char all[4096];
    struct changes_event event;

    all[0] = '\0';
    while (changes_next(n, &event)) {
        size_t size = strlen(all);

        snprintf(all + size, sizeof all - size, "%c %s, ", letters[event.kind],
                 event.path ? event.path : "");
    }
    return all;
}

static void begin(void)
{
    make_dir("d");
    n = changes_create();
    cr_assert_geq(changes_fd(n), 0);
    cr_assert_eq(changes_add(n, "d"), 0);
    cr_expect_str_eq(told(), "");
}

Test(changes, files)
{
    begin();
    write_text("d/a", "x");
    cr_expect_eq(poll(&(struct pollfd){ changes_fd(n), POLLIN, 0 }, 1, 0), 1);
    cr_expect_str_eq(told(), "w d/a, w d/a, W d/a, ");
    cr_assert_eq(truncate("d/a", 0), 0);
    cr_expect_str_eq(told(), "w d/a, ");
    cr_assert_eq(chmod("d/a", 0600), 0);
    cr_expect_str_eq(told(), "t d/a, ");
    cr_assert_eq(rename("d/a", "b"), 0);
    cr_expect_str_eq(told(), "g d/a, ");
    cr_assert_eq(rename("b", "d/b"), 0);
    cr_expect_str_eq(told(), "W d/b, ");
    cr_assert_eq(rename("d/b", "d/c"), 0);
    cr_expect_str_eq(told(), "g d/b, W d/c, ");
    cr_assert_eq(link("d/c", "d/e"), 0);
    cr_assert_eq(symlink("c", "d/f"), 0);
    cr_expect_str_eq(told(), "w d/e, w d/f, ");
    cr_assert_eq(unlink("d/f"), 0);
    cr_expect_str_eq(told(), "g d/f, ");
    close(open("d/c", O_RDONLY | O_CLOEXEC));
    cr_expect_str_eq(told(), "");
    changes_destroy(n);
}

Test(changes, directories)
{
    begin();
    make_dir("d/e");
    cr_expect_str_eq(told(), "F d/e, ");
    cr_assert_eq(changes_add(n, "d/e"), 0);
    make_dir("d/e/f");
    cr_assert_eq(changes_add(n, "d/e/f"), 0);
    cr_expect_eq(changes_count(n), 3);
    cr_expect_str_eq(told(), "F d/e/f, ");
    cr_assert_eq(rename("d/e", "d/g"), 0);
    cr_expect_str_eq(told(), "G d/e, F d/g, ");
    cr_expect_eq(changes_count(n), 1);
    write_text("d/g/lost", "x");
    cr_assert_eq(changes_add(n, "d/g"), 0);
    write_text("d/g/x", "");
    cr_expect_str_eq(told(), "w d/g/x, W d/g/x, ");
    cr_assert_eq(rmdir("d/g/f"), 0);
    cr_assert_eq(unlink("d/g/x"), 0);
    cr_assert_eq(unlink("d/g/lost"), 0);
    cr_assert_eq(rmdir("d/g"), 0);
    cr_expect_str_eq(told(), "g d/g/x, g d/g/lost, C d/g, ");
    cr_expect_eq(changes_count(n), 1);
    cr_assert_eq(rename("d", "h"), 0);
    cr_expect_str_eq(told(), "C d, ");
    changes_destroy(n);
}

Test(changes, names_are_as_they_were_given)
{
    begin();
    make_dir("e");
    cr_assert_eq(changes_add(n, "d/."), 0);
    cr_expect_eq(changes_count(n), 1);
    write_text("d/x", "");
    cr_expect_str_eq(told(), "w d/./x, w d/x, W d/./x, W d/x, ");
    cr_assert_eq(changes_add(n, "e/"), 0);
    write_text("e/y", "");
    cr_expect_str_eq(told(), "w e/y, W e/y, ");
    changes_drop(n, "e/");
    write_text("e/z", "");
    cr_expect_str_eq(told(), "");
    cr_expect_eq(changes_add(n, "none"), ENOENT);
    cr_expect_eq(changes_add(n, "d/x"), ENOTDIR);
    changes_destroy(n);
}

Test(changes, many_directories)
{
    char name[32];

    begin();
    for (int i = 0; i < 500; i++) {
        snprintf(name, sizeof name, "d/%d", i);
        make_dir(name);
        cr_assert_eq(changes_add(n, name), 0);
    }
    told();
    for (int i = 0; i < 500; i += 2) {
        snprintf(name, sizeof name, "d/%d", i);
        changes_drop(n, name);
    }
    cr_expect_eq(changes_count(n), 251);
    for (int i = 0; i < 500; i++) {
        char wanted[96] = "";

        snprintf(name, sizeof name, "d/%d/x", i);
        write_text(name, "");
        if (i % 2)
            snprintf(wanted, sizeof wanted, "w %s, W %s, ", name, name);
        cr_expect_str_eq(told(), wanted);
    }
    changes_destroy(n);
}

static bool keeps;

static bool keep(void *ctx, const char *first, const char *second)
{
    (void)ctx;
    cr_expect_str_eq(first, "d");
    cr_expect_str_eq(second, "l");
    return keeps;
}

Test(changes, one_directory_by_two_names)
{
    begin();
    changes_set_keeps(n, keep, NULL);
    cr_assert_eq(symlink("d", "l"), 0);
    keeps = true;
    cr_expect_eq(changes_add(n, "l"), EEXIST);
    write_text("d/a", "");
    cr_expect_str_eq(told(), "w d/a, W d/a, ");
    keeps = false;
    cr_expect_eq(changes_add(n, "l"), 0);
    cr_expect_eq(changes_add(n, "l"), 0);
    cr_expect_eq(changes_count(n), 1);
    write_text("d/b", "");
    cr_expect_str_eq(told(), "w l/b, w d/b, W l/b, W d/b, ");
    changes_drop(n, "d");
    write_text("d/c", "");
    cr_expect_str_eq(told(), "w l/c, W l/c, ");
    changes_destroy(n);
}

Test(changes, a_name_that_leads_elsewhere_makes_room)
{
    begin();
    changes_set_keeps(n, keep, NULL);
    keeps = true;
    make_dir("e");
    cr_assert_eq(symlink("e", "k"), 0);
    cr_assert_eq(changes_add(n, "k"), 0);
    cr_assert_eq(unlink("k"), 0);
    cr_expect_eq(changes_add(n, "e"), 0);
    write_text("e/a", "");
    cr_expect_str_eq(told(), "w e/a, W e/a, ");
    changes_destroy(n);
}

Test(changes, the_end_of_a_directory_with_two_names)
{
    begin();
    changes_set_keeps(n, keep, NULL);
    keeps = false;
    cr_assert_eq(symlink("d", "l"), 0);
    cr_assert_eq(changes_add(n, "l"), 0);
    cr_assert_eq(rmdir("d"), 0);
    cr_expect_str_eq(told(), "C l, C d, ");
    cr_expect_eq(changes_count(n), 0);
    changes_destroy(n);
}
