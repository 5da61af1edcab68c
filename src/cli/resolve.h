/* SPDX-License-Identifier: GPL-3.0-or-later */
/* resolve.h - from the value of one option to what the settings keep of it. */
#ifndef EXTRACT_CLI_RESOLVE_H
#define EXTRACT_CLI_RESOLVE_H

#include "cli/options.h"
#include "cli/settings.h"

/* What was seen so far, for the checks that look at several options. */
struct resolver {
    struct settings *s;
    size_t list_count, include_count, exclude_count, type_count, critical_count,
        batch_count;
    bool stdin_taken;
    /* The last one given of those that are only for: */
    const char *line_option;     /* lines of JSON */
    const char *record_option;   /* those, and databases */
    const char *database_option; /* databases */
    const char *file_option;     /* an output that stays */
    const char *stream_option;   /* documents one after the other */
    const char *worker_option;   /* workers */
    const char *watch_option;    /* --watch */
    bool order_given;
};

/* Keeps VALUE of option SPEC, which must live as long as the settings. False:
 * it is not good, and that was said. */
bool resolve_option(struct resolver *r, const struct options_spec *spec,
                    const char *value);

#endif
