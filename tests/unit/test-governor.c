/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-governor.c - traces of machines, and how many lanes they leave; what large
 * documents may have of the memory. */
#include <config.h>

#include <criterion/criterion.h>
#include <stddef.h>

#include "sched/governor.h"
#include "sched/ration.h"

#define GIB ((uint64_t)1 << 30)

/* A trace: what another program wants of the CPUs, from second to second, and how the
 * machine shares them out among it and our lanes. */
struct trace {
    struct governor *governor;
    struct machine_sample sample;
    struct governor_work work;
    struct governor_decision last;
    int changes; /* of the number of lanes */
};

static struct governor_config balanced(int maximum)
{
    return (struct governor_config){
        .minimum = 1, .maximum = maximum, .yields = true, .reserve = GIB,
    };
}

static struct trace trace_begin(const struct governor_config *config, double cpus)
{
    struct trace t = {
        .governor = governor_create(config),
        .sample = { .cpus = cpus, .runnable = 1, .memory_available = 64 * GIB,
                    .memory_total = 128 * GIB },
        .work = { .waiting = true, .memory = GIB / 16 },
    };
    t.last = governor_step(t.governor, &t.sample, &t.work);
    return t;
}

/* SECONDS in which others have OTHERS tasks that compute, and all lanes do too. */
static void trace_run(struct trace *t, int seconds, double others)
{
    for (int i = 0; i < seconds; i++) {
        int lanes = t->last.lanes;
        double all = lanes + others, cpus = t->sample.cpus;
        t->sample.time++;
        t->sample.busy = all < cpus ? all : cpus;
        t->sample.own = all < cpus ? lanes : cpus * lanes / all;
        t->sample.runnable = all + 1;
        t->work.active = lanes;
        t->work.documents += 100;
        t->last = governor_step(t->governor, &t->sample, &t->work);
        t->changes += t->last.lanes != lanes;
    }
}

Test(governor, has_all_cpus_of_an_idle_machine)
{
    struct governor_config c = balanced(8);
    struct trace t = trace_begin(&c, 8);
    cr_expect_eq(t.last.lanes, 8);
    cr_expect_eq(t.last.reason, GOVERNOR_START);
    trace_run(&t, 600, 0);
    cr_expect_eq(t.last.lanes, 8);
    cr_expect_eq(t.changes, 0);
    governor_destroy(t.governor);
}

Test(governor, yields_to_others_who_want_all_and_comes_back)
{
    struct governor_config c = balanced(8);
    struct trace t = trace_begin(&c, 8);
    trace_run(&t, 5, 0);
    trace_run(&t, 60, 16);
    cr_expect_eq(t.last.lanes, 1);
    trace_run(&t, 60, 0);
    cr_expect_eq(t.last.lanes, 8);
    governor_destroy(t.governor);
}

Test(governor, shares_with_others_who_want_some)
{
    struct governor_config c = balanced(8);
    struct trace t = trace_begin(&c, 8);
    trace_run(&t, 120, 4);
    cr_expect_eq(t.last.lanes, 8, "below 85 %% of the CPUs: %d", t.last.lanes);
    governor_destroy(t.governor);
}

Test(governor, does_not_flap)
{
    struct governor_config c = balanced(8);
    struct trace t = trace_begin(&c, 8);
    /* Others come and go each second, and each five. */
    for (int i = 0; i < 150; i++) {
        trace_run(&t, 1, 16);
        trace_run(&t, 1, 0);
    }
    cr_expect_leq(t.changes, 12, "%d changes in 300 seconds", t.changes);
    t.changes = 0;
    for (int i = 0; i < 60; i++) {
        trace_run(&t, 5, 16);
        trace_run(&t, 5, 0);
    }
    cr_expect_leq(t.changes, 60, "%d changes in 600 seconds", t.changes);
    governor_destroy(t.governor);
}

Test(governor, one_bad_second_is_chance)
{
    struct governor_config c = balanced(8);
    struct trace t = trace_begin(&c, 8);
    trace_run(&t, 10, 0);
    t.sample.descriptors = 0.9;
    trace_run(&t, 1, 0);
    cr_expect_eq(t.last.lanes, 8);
    t.sample.descriptors = 0.1;
    trace_run(&t, 1, 0);
    cr_expect_eq(t.last.lanes, 8);
    t.sample.descriptors = 0.9;
    trace_run(&t, 2, 0);
    cr_expect_eq(t.last.lanes, 6);
    cr_expect_eq(t.last.reason, GOVERNOR_DESCRIPTORS);
    governor_destroy(t.governor);
}

Test(governor, starts_as_memory_allows)
{
    struct governor_config c = balanced(8);
    struct machine_sample s = { .cpus = 8, .runnable = 1, .memory_total = 4 * GIB,
                                .memory_available = 3 * GIB };
    struct governor_work w = { .waiting = true };
    struct governor *g = governor_create(&c);
    cr_expect_eq(governor_step(g, &s, &w).lanes, 4, "2 GiB at 500 MiB each");
    governor_destroy(g);
    s.memory_available = GIB / 2;
    g = governor_create(&c);
    cr_expect_eq(governor_step(g, &s, &w).lanes, 1);
    governor_destroy(g);
}

Test(governor, steps_down_at_once_when_memory_is_short)
{
    struct governor_config c = balanced(8);
    struct trace t = trace_begin(&c, 8);
    trace_run(&t, 5, 0);
    t.sample.memory_available = GIB / 4;
    trace_run(&t, 1, 0);
    cr_expect_eq(t.last.lanes, 6);
    cr_expect_eq(t.last.reason, GOVERNOR_MEMORY);
    trace_run(&t, 20, 0);
    cr_expect_eq(t.last.lanes, 1);
    t.sample.memory_available = 2 * GIB;
    trace_run(&t, 120, 0);
    cr_expect_eq(t.last.lanes, 8);
    t.sample.memory_pressure = 0.3;
    trace_run(&t, 2, 0);
    cr_expect_eq(t.last.reason, GOVERNOR_PRESSURE);
    governor_destroy(t.governor);
}

Test(governor, grows_by_what_workers_were_seen_to_need)
{
    struct governor_config c = balanced(64);
    struct machine_sample s = { .cpus = 64, .runnable = 1, .memory_total = 16 * GIB,
                                .memory_available = 4 * GIB };
    struct trace t = trace_begin(&c, 64);
    governor_destroy(t.governor);
    t.governor = governor_create(&c);
    t.sample = s;
    t.last = governor_step(t.governor, &s, &t.work);
    cr_expect_eq(t.last.lanes, 6);
    t.work.memory = GIB / 32;
    trace_run(&t, 60, 0);
    cr_expect_eq(t.last.lanes, 64);
    governor_destroy(t.governor);
}

Test(governor, steps_down_when_errors_climb_not_when_there_are_always_some)
{
    struct governor_config c = balanced(8);
    struct trace t = trace_begin(&c, 8);
    for (int i = 0; i < 120; i++) {
        t.work.strained += 60; /* a corpus of which most is hopeless */
        trace_run(&t, 1, 0);
    }
    cr_expect_eq(t.last.lanes, 8);
    governor_destroy(t.governor);

    t = trace_begin(&c, 8);
    trace_run(&t, 30, 0);
    for (int i = 0; i < 2; i++) {
        t.work.strained += 60;
        trace_run(&t, 1, 0);
    }
    cr_expect_eq(t.last.lanes, 6);
    cr_expect_eq(t.last.reason, GOVERNOR_ERRORS);
    governor_destroy(t.governor);
}

Test(governor, keeps_to_its_target)
{
    struct governor_config c = balanced(8);
    c.target = 0.5;
    struct trace t = trace_begin(&c, 8);
    cr_expect_eq(t.last.lanes, 4);
    trace_run(&t, 60, 0);
    cr_expect_eq(t.last.lanes, 4);
    trace_run(&t, 60, 2);
    cr_expect_eq(t.last.lanes, 2);
    cr_expect_eq(t.changes > 0, true);
    trace_run(&t, 120, 0);
    cr_expect_eq(t.last.lanes, 4);
    governor_destroy(t.governor);
}

Test(governor, keeps_to_its_bounds)
{
    struct governor_config c = balanced(8);
    c.minimum = 3;
    struct trace t = trace_begin(&c, 8);
    trace_run(&t, 100, 32);
    cr_expect_eq(t.last.lanes, 3);
    governor_destroy(t.governor);
    c.minimum = 8;
    t = trace_begin(&c, 8);
    t.sample.memory_available = 0;
    trace_run(&t, 100, 32);
    cr_expect_eq(t.last.lanes, 8, "a fixed number");
    governor_destroy(t.governor);
    c.minimum = 1;
    c.yields = false;
    t = trace_begin(&c, 8);
    trace_run(&t, 100, 32);
    cr_expect_eq(t.last.lanes, 8, "one that does not yield");
    governor_destroy(t.governor);
}

Test(governor, adds_nothing_when_nothing_waits)
{
    struct governor_config c = balanced(8);
    struct trace t = trace_begin(&c, 8);
    trace_run(&t, 60, 16);
    t.work.waiting = false;
    trace_run(&t, 60, 0);
    cr_expect_eq(t.last.lanes, 1);
    governor_destroy(t.governor);
}

Test(governor, reserves_a_tenth_or_less)
{
    cr_expect_eq(governor_reserve(10 * GIB), GIB);
    cr_expect_eq(governor_reserve(64 * GIB), 3 * GIB / 2);
    cr_expect_eq(governor_reserve(UINT64_MAX), 3 * GIB / 2);
}

Test(ration, two_giants_do_not_start_because_each_fits_alone)
{
    struct ration r;
    ration_init(&r);
    cr_expect_eq(ration_heavy(&r, 8), 8, "no bound is known");
    r.budget = 4 * GIB;
    cr_expect_eq(ration_heavy(&r, 8), 8, "500 MiB each");
    ration_observe(&r, GATE_HEAVY, GIB / 32);
    cr_expect_eq(ration_expect(&r, GATE_HEAVY), RATION_UNKNOWN, "it has only begun");
    ration_observe(&r, GATE_HEAVY, 3 * GIB);
    ration_observe(&r, GATE_QUICK, GIB / 32);
    ration_finish(&r, GATE_HEAVY);
    ration_finish(&r, GATE_QUICK);
    cr_expect_eq(ration_heavy(&r, 8), 1);
    r.budget = 8 * GIB;
    cr_expect_eq(ration_heavy(&r, 8), 2);
    r.budget = 0;
    cr_expect_eq(ration_heavy(&r, 8), 1, "one always may");
}

Test(ration, one_giant_does_not_bind_for_ever)
{
    struct ration r;
    ration_init(&r);
    cr_expect_eq(ration_expect(&r, GATE_HEAVY), RATION_UNKNOWN);
    ration_observe(&r, GATE_HEAVY, 3 * GIB);
    ration_finish(&r, GATE_HEAVY);
    cr_expect_eq(ration_expect(&r, GATE_HEAVY), 3 * GIB + 3 * GIB / 4);
    for (int i = 0; i < 500; i++)
        ration_observe(&r, GATE_HEAVY, GIB / 16);
    cr_expect_lt(ration_expect(&r, GATE_HEAVY), GIB / 7);
    cr_expect_geq(ration_expect(&r, GATE_HEAVY), GIB / 16);
}
