/* SPDX-License-Identifier: GPL-3.0-or-later */
/* state.h - what the scheduler and the steps of its lanes share. */
#ifndef EXTRACT_SCHED_STATE_H
#define EXTRACT_SCHED_STATE_H

#include <pthread.h>
#include <stdatomic.h>

#include "sched/ahead.h"
#include "sched/ration.h"
#include "sched/ready.h"
#include "sched/sched.h"

struct sched_lane {
    int index;         /* for the timeline */
    struct lane *lane; /* NULL: not needed so far */
    bool rested;       /* it has given back what it can, or has had nothing */
    /* Where members are worked on while this one reads their container; or NULL */
    struct sched_lane *inner;
    unsigned steps; /* so many were taken */
    double away; /* seconds that this one did so, of the step at hand */
    /* A long document that it has open and comes back to; or NULL. One at
     * most, so that those at work are hardly more than there are lanes. */
    struct task *held;
};

struct sched {
    struct sched_config config;
    struct writer *writer;
    struct metrics *metrics;
    struct sched_lane *lanes; /* for the hands, one each */
    struct ahead ahead;
    atomic_bool stopping, aborting;

    pthread_mutex_t lock; /* all below */
    pthread_cond_t moved; /* room in the ready queue, or all done */
    pthread_cond_t over;  /* a member is over, or may be taken up */
    struct gate gate;
    struct ration ration;
    struct ready ready;
    struct sched_lane **free; /* lanes without a hand; who was at work last is on top,
                                 since it has its worker */
    int free_count;
    int hands;      /* OpenMP tasks sent out */
    int resting;    /* of these, that are on their way to end: too many */
    int hands_able; /* as many as can run at once */
    int hands_most; /* of these, as many as are wanted */
    int at_work; /* tasks taken from the ready queue and not ended */
    int wake_at; /* the producer sleeps until so few documents wait; -1: it
                    does not */
};

/* Something moved that the producer may sleep for; IDLE: a lane finds nothing to
 * do. Under the lock. */
void sched_wake(struct sched *s, bool idle);

/* The memory of lanes, or their number, is another now. Under the lock. */
void sched_share_memory(struct sched *s);

/* Sends out a hand when there is work for one more. */
void sched_send_hand(struct sched *s);

/* Ends RESULT, which no lane has had, with the error in E. */
void sched_refuse(struct sched *s, struct result *r, const struct error *e);

/* Sets E for a document that a stopped run does not come to. -1. */
int sched_not_reached(struct error *e);

#endif
