/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-watch.c - a watch of real directories while its items are at work. */
#include <config.h>

#include <fcntl.h>
#include <sys/eventfd.h>

#include "input/watch.h"
#include "orchard.h"

TestSuite(watch, .init = enter_scratch, .fini = leave_scratch, .timeout = 120);

static struct watch *watch;
static struct item at_work;
static bool lost; /* events were */
static int wake;

/* More changes than the kernel keeps. */
static void flood(void)
{
    FILE *limit = fopen("/proc/sys/fs/inotify/max_queued_events", "r");
    int count = 0;

    cr_assert(limit && fscanf(limit, "%d", &count) == 1);
    fclose(limit);
    int a = open("in/1", O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    int b = open("in/2", O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    cr_assert(a >= 0 && b >= 0);
    for (int i = 0; i <= count; i++)
        cr_assert_eq(write(i % 2 ? a : b, "x", 1), 1);
    close(a);
    close(b);
}

/* Nothing of what is at work is known as done when it is looked for; then it is. */
static char *gone(void *ctx, const char *after)
{
    (void)ctx;
    (void)after;
    if (lost && at_work.path) {
        watch_landed(watch, &at_work);
        item_clear(&at_work);
        at_work.path = NULL;
    }
    return NULL;
}

/* Ends the watch when nothing more is to come. */
static void notice(void *ctx, enum watch_notice n)
{
    (void)ctx;
    if (n == WATCH_ALIVE && lost)
        eventfd_write(wake, 1);
}

static const char *const roots[] = { "in" }, *const includes[] = { "*.txt" };
static const struct filter filter = { .includes = includes, .include_count = 1 };

static void begin(void)
{
    wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    make_dir("in");
    write_text("in/a.txt", "a");
    struct timespec old[] = { { 1000000, 0 }, { 1000000, 0 } };
    cr_assert_eq(utimensat(AT_FDCWD, "in/a.txt", old, 0), 0);
    struct watch_config config = {
        .roots = roots,
        .root_count = 1,
        .filter = &filter,
        .prunes = true,
        .wake_fd = wake,
        .gone = gone,
        .notice = notice,
    };
    watch = watch_create(&config);
    cr_assert(watch_next(watch, &at_work));
    cr_assert_str_eq(at_work.path, "in/a.txt");
    flood();
}

static void end(void)
{
    watch_destroy(watch);
    close(wake);
}

Test(watch, what_went_while_it_was_at_work_is_missed)
{
    struct item item;

    begin();
    cr_assert_eq(unlink("in/a.txt"), 0);
    lost = true;
    cr_assert(watch_next(watch, &item), "nothing tells that it is gone");
    cr_expect_str_eq(item.path, "in/a.txt");
    cr_expect_eq(item.error.kind, ERROR_GONE);
    item_clear(&item);
    end();
}

Test(watch, what_stays_while_it_was_at_work_does_not_come_as_gone)
{
    struct item item;

    begin();
    lost = true;
    while (watch_next(watch, &item)) {
        cr_expect_neq(item.error.kind, ERROR_GONE);
        watch_landed(watch, &item);
        item_clear(&item);
    }
    cr_expect_null(at_work.path);
    end();
}
