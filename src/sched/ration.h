/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ration.h - how many lanes may be at work on large and huge documents at once, by the
 * memory that these are expected to need. Under the scheduler's lock. */
#ifndef EXTRACT_SCHED_RATION_H
#define EXTRACT_SCHED_RATION_H

#include <stdbool.h>
#include <stdint.h>

#include "sched/gate.h"

/* What a worker is expected to need until some of its class have been measured. */
#define RATION_UNKNOWN ((uint64_t)500 << 20)

struct ration {
    uint64_t peak[GATE_CLASSES]; /* bytes, of what was seen; 0: nothing so far */
    bool whole[GATE_CLASSES];    /* a document was seen to its end: so long there is
                                    more to come */
    /* Bytes that all lanes together may have; UINT64_MAX: no bound is known. */
    uint64_t budget;
};

void ration_init(struct ration *r);

/* A worker had so many BYTES of its own after work of CLASS. The largest counts, and
 * fades by 1/64 with each one that is smaller: one giant does not bind for ever. */
void ration_observe(struct ration *r, enum gate_class class, uint64_t bytes);

/* A document of CLASS has come to its end. Whether more is known of the class now. */
bool ration_finish(struct ration *r, enum gate_class class);

/* What was seen and a quarter more, for the next one may be larger; until one has come
 * to its end RATION_UNKNOWN at least. */
uint64_t ration_expect(const struct ration *r, enum gate_class class);

/* Lanes of LANES that may be at work on heavy documents: as many as fit beside
 * the others; one always may. Each lane at a document counts, since each opens it. */
int ration_heavy(const struct ration *r, int lanes);

#endif
