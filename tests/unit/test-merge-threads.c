/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-merge-threads.c - ranges finished by many threads come out in page
 * order. */
#include <config.h>

#include <pthread.h>
#include <unistd.h>

#include "keeper.h"

/* Many threads claim under a lock of theirs, as the scheduler's lanes do. */
static struct crowd {
    struct merge merge;
    pthread_mutex_t lock;
    int claimed, total;
    bool given_up;
} crowd;

static void *work(void *arg)
{
    unsigned seed = (unsigned)(uintptr_t)arg;

    for (;;) {
        struct range *r = NULL;

        pthread_mutex_lock(&crowd.lock);
        bool over = crowd.given_up || crowd.claimed == crowd.total;
        if (!over && merge_has_room(&crowd.merge)) {
            int left = crowd.total - crowd.claimed;
            int count = 1 + rand_r(&seed) % 4;

            count = count > left ? left : count;
            r = merge_claim(&crowd.merge, crowd.claimed, count);
            crowd.claimed += count;
        }
        pthread_mutex_unlock(&crowd.lock);
        if (over)
            return NULL;
        if (!r) {
            usleep(10);
            continue;
        }
        for (int i = 0, first = r->first, count = r->count; i < count; i++)
            put_page(&crowd.merge, r, first + i + 1);
        if (rand_r(&seed) % 8 == 0)
            usleep(20);
        if (merge_finish(&crowd.merge, r) != 0) {
            pthread_mutex_lock(&crowd.lock);
            crowd.given_up = true;
            pthread_mutex_unlock(&crowd.lock);
        }
    }
}

static void run_crowd(int total, unsigned window)
{
    pthread_t threads[8];

    failures = 0;
    setup(&crowd.merge, window);
    pthread_mutex_init(&crowd.lock, NULL);
    crowd.claimed = 0;
    crowd.given_up = false;
    crowd.total = total;
    for (uintptr_t i = 0; i < 8; i++)
        pthread_create(&threads[i], NULL, work, (void *)(i + 1));
    for (int i = 0; i < 8; i++)
        pthread_join(threads[i], NULL);
    pthread_mutex_destroy(&crowd.lock);
}

Test(merge_threads, by_many_threads, .timeout = 300)
{
    for (unsigned window = 1; window <= 64; window *= 4) {
        keeper = (struct keeper){0};
        run_crowd(5000, window);
        cr_assert_eq(result->pages, 5000);
        cr_assert_eq(crowd.merge.held, 0);
        cr_assert_eq(end(&crowd.merge), 0);
        check_text(5000);
        clear();
    }
}

Test(merge_threads, fails_under_many_threads, .timeout = 300)
{
    for (int at = 1; at < 2000; at += 333) {
        keeper = (struct keeper){.fail_at = at};
        run_crowd(100000, 16);
        cr_assert_lt(crowd.claimed, crowd.total);
        cr_assert_eq(end(&crowd.merge), -1);
        cr_assert_eq(failures, 1);
        clear();
    }
}
