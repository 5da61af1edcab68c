/* SPDX-License-Identifier: GPL-3.0-or-later */
/* backoff.c - exponential, with jitter. */
#include <config.h>

#include <poll.h>
#include <sys/random.h>

#include "base/backoff.h"
#include "base/signals.h"

#define BACKOFF_FIRST_MS 50u
#define BACKOFF_MOST_MS 2000u

void backoff_pause(int attempt)
{
    unsigned most = BACKOFF_FIRST_MS << (attempt < 6 ? attempt : 6);
    unsigned chance = 0;
    if (most > BACKOFF_MOST_MS)
        most = BACKOFF_MOST_MS;
    if (getrandom(&chance, sizeof chance, GRND_NONBLOCK) < 0)
        chance = most / 4;
    unsigned ms = most / 2 + chance % (most / 2 + 1);
    poll(&(struct pollfd){ .fd = signals_fd(), .events = POLLIN }, 1, (int)ms);
}
