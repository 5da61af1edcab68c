/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ration.c - a sum of what lanes may come to need, so that two giants do not start
 * because each fitted alone. */
#include <config.h>

#include "sched/ration.h"

void ration_init(struct ration *r)
{
    *r = (struct ration){ .budget = UINT64_MAX };
}

void ration_observe(struct ration *r, enum gate_class class, uint64_t bytes)
{
    uint64_t *peak = &r->peak[class];
    uint64_t faded = *peak - *peak / 64;
    *peak = bytes > faded ? bytes : faded;
}

bool ration_finish(struct ration *r, enum gate_class class)
{
    bool first = !r->whole[class] && r->peak[class] > 0;
    r->whole[class] |= first;
    return first;
}

uint64_t ration_expect(const struct ration *r, enum gate_class class)
{
    uint64_t expected = r->peak[class] + r->peak[class] / 4;
    return r->whole[class] || expected > RATION_UNKNOWN ? expected : RATION_UNKNOWN;
}

int ration_heavy(const struct ration *r, int lanes)
{
    uint64_t heavy = ration_expect(r, GATE_HEAVY);
    uint64_t quick = ration_expect(r, GATE_QUICK);
    if (r->budget == UINT64_MAX)
        return lanes;
    for (int n = lanes; n > 1; n--) {
        unsigned others = (unsigned)(lanes - n);
        /* No overflow: below 2^10 lanes and 2^50 bytes each. */
        if ((uint64_t)n * heavy + others * quick <= r->budget)
            return n;
    }
    return 1;
}
