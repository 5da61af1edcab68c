/* SPDX-License-Identifier: GPL-3.0-or-later */
/* settings.c - the options as typed become settings; defaults come from the table
 * and take the same way as typed values. */
#include <config.h>

#include "cli/settings.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/hardware.h"
#include "cli/help.h"
#include "cli/options.h"
#include "cli/resolve.h"

/* What no single option can tell. False after it has complained. */
static bool settings_check(const struct resolver *r)
{
    const struct settings *s = r->s;

    if (s->source.path_count == 0 && s->source.list_count == 0) {
        options_complain("no PATH and no list given");
        return false;
    }
    for (size_t i = 0; i < s->source.path_count; i++) {
        if (strcmp(s->source.paths[i], "-") == 0) {
            options_complain("'-': documents are not read from standard "
                             "input; for a list of paths there, use -T -");
            return false;
        }
    }
    if (s->directory != NULL && r->stream_option != NULL) {
        options_complain("--%s is for standard output and cannot go with "
                         "--output=DIR", r->stream_option);
        return false;
    }
    if (!s->isolated && r->worker_option != NULL) {
        options_complain("--%s is for worker processes and cannot go with "
                         "--isolation=none", r->worker_option);
        return false;
    }
    if (s->options.layout == FORMAT_RAW && s->options.strip_headers) {
        options_complain("--strip-headers cannot go with --layout=raw, which "
                         "does not know what stands at a page's edge");
        return false;
    }
    if (s->directory == NULL && s->stats != NULL &&
        strcmp(s->stats, "-") == 0) {
        options_complain("--stats=- needs --output=DIR: standard output "
                         "takes the text");
        return false;
    }
    return true;
}

/* Nothing inside this process can be stopped, so these would promise what
 * they cannot keep. */
static bool settings_is_for_workers(enum options_id id)
{
    return id == OPTION_SANDBOX || id == OPTION_TIMEOUT ||
           id == OPTION_PAGE_TIMEOUT || id == OPTION_MEMORY_LIMIT;
}

static bool settings_resolve(struct settings *s)
{
    const struct typed *typed = s->typed;
    struct resolver r = {.s = s};

    s->tiers = tier_limits_default;
    s->jobs = hardware_cpus();
    if (s->jobs > SETTINGS_JOBS_MAX)
        s->jobs = SETTINGS_JOBS_MAX;
    for (size_t i = 0; i < options_count; i++) {
        const struct options_spec *spec = &options_table[i];

        if (spec->fallback != NULL && !resolve_option(&r, spec, spec->fallback))
            diag_bug("the default of --%s is wrong", spec->name);
    }
    for (size_t i = 0; i < typed->option_count; i++) {
        const struct options_spec *spec = typed->options[i].spec;

        if (!resolve_option(&r, spec, typed->options[i].value))
            return false;
        if (spec->id == OPTION_ORDER || spec->id == OPTION_HOLD_MEMORY)
            r.stream_option = spec->name;
        if (settings_is_for_workers(spec->id))
            r.worker_option = spec->name;
    }
    s->source = (struct source_config){
        .paths = (const char *const *)typed->operands,
        .path_count = typed->operand_count,
        .lists = s->owned_lists,
        .list_count = r.list_count,
        .includes = s->owned_globs,
        .include_count = r.include_count,
        .excludes = s->owned_globs + typed->option_count - r.exclude_count,
        .exclude_count = r.exclude_count,
        .wake_fd = -1,
    };
    s->types = s->owned_types;
    s->type_count = r.type_count;
    return settings_check(&r);
}

static int settings_answer(enum options_id id)
{
    help_answer(id, stdout);
    if (fflush(stdout) == 0 && !ferror(stdout))
        return EXIT_STATUS_OK;
    diag_error(NULL, "standard output: %s", strerror(errno));
    return EXIT_STATUS_RUN;
}

static size_t settings_format_count(void)
{
    size_t count = 0;

    while (format_registry[count] != NULL)
        count++;
    return count;
}

int settings_parse(int argc, char *const *argv, struct settings *s)
{
    const struct typed *typed;

    *s = (struct settings){.source.wake_fd = -1};
    typed = s->typed = options_parse(argc, argv);
    if (typed == NULL)
        return EXIT_STATUS_USAGE;
    if (typed->option_count > 0) {
        enum options_id last = typed->options[typed->option_count - 1].spec->id;

        if (options_is_answer(last))
            return settings_answer(last);
    }
    /* Each of these takes at most one entry for an option. */
    s->owned_lists = xcalloc(typed->option_count + 1, sizeof *s->owned_lists);
    s->owned_globs = xcalloc(typed->option_count + 1, sizeof *s->owned_globs);
    s->owned_types =
        xcalloc(settings_format_count() + 1, sizeof *s->owned_types);
    return settings_resolve(s) ? -1 : EXIT_STATUS_USAGE;
}

void settings_destroy(struct settings *s)
{
    options_destroy(s->typed);
    pages_destroy(s->owned_pages);
    if (s->owned_password != NULL)
        explicit_bzero(s->owned_password, strlen(s->owned_password));
    free(s->owned_password);
    free(s->owned_lists);
    free(s->owned_globs);
    free(s->owned_types);
    *s = (struct settings){.source.wake_fd = -1};
}
