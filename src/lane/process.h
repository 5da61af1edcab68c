/* SPDX-License-Identifier: GPL-3.0-or-later */
/* process.h - the life of one worker process: how it is started and greeted,
 * let go or ended, and what it died of. One thread at a time. */
#ifndef EXTRACT_LANE_PROCESS_H
#define EXTRACT_LANE_PROCESS_H

#include <stdbool.h>
#include <sys/types.h>

#include "base/buffer.h"
#include "base/error.h"
#include "lane/frame.h"
#include "lane/worker.h"

struct process {
    pid_t pid; /* 0: there is none */
    const struct format *only; /* it parses nothing else; NULL: it parses all */
    struct roster *roster; /* of its pool */
    int fd;
    struct frame_reader in;
    struct buffer out; /* the frame that is being built; outlives the worker */
};

/* Starts a worker for documents of the format ONLY and those that need the same
 * libraries, or for all (NULL), which takes longer; with some more attempts
 * when PATIENT. 0, or -1 and E. */
int process_start(struct process *p, struct worker_pool *pool,
                  const struct format *only, bool patient, struct error *e);

/* Lets go of an idle worker: it sees the end of its socket and leaves. */
void process_dismiss(struct process *p);

/* Ends it at once. */
void process_end(struct process *p);

/* Why the worker whose socket has ended is dead. True: for an outside reason,
 * so its page may be tried again. */
bool process_autopsy(struct process *p, struct worker_pool *pool, struct error *e);

#endif
