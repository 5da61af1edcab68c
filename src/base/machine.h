/* SPDX-License-Identifier: GPL-3.0-or-later */
/* machine.h - how busy this machine is, with others and with ourselves. */
#ifndef EXTRACT_BASE_MACHINE_H
#define EXTRACT_BASE_MACHINE_H

#include <stdint.h>

/* What a look at it gave. What cannot be told (no /proc, an old kernel) is 0, memory
 * UINT64_MAX. */
struct machine_sample {
    double time;  /* of the look, in seconds */
    double cpus;  /* that this process may use: by affinity and cgroup quota */
    double busy;  /* CPUs' worth at work since the last look, of those in our affinity */
    double own;   /* of these, for this process and its workers */
    double runnable; /* tasks of all that run or wait for a CPU at this moment */
    double load;     /* the same over the last minute */
    /* Shares, 0 to 1, of the last ten seconds in which some task waited (PSI, the
     * kernel's Documentation/accounting/psi.rst): the cgroup's, where it has files of
     * its own, else the machine's. */
    double cpu_pressure, memory_pressure, io_pressure;
    /* Bytes: what can be had without swapping, and what there is in all, of the
     * machine or within the tightest cgroup limit (its page cache that is not in use
     * counts as free). */
    uint64_t memory_available, memory_total;
    /* The larger share of what is open of what may be, of this process and of the
     * machine. */
    double descriptors;
};

struct machine; /* opaque; one thread */

/* Never NULL. FS_ROOT: "" but for tests (as in cgroup.h), which count all CPUs. */
struct machine *machine_create(const char *fs_root);

/* Takes a look at NOW (seconds, of any clock that does not go back). OWN: seconds of
 * CPU that this process and its workers have had so far. In the first look busy and
 * own are 0. */
void machine_look(struct machine *m, double now, double own, struct machine_sample *s);

void machine_destroy(struct machine *m); /* takes NULL */

#endif
