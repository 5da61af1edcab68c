/* SPDX-License-Identifier: GPL-3.0-or-later */
/* settings.c - the options as typed become settings; defaults come from the table
 * and take the same way as typed values. A file or a variable is for many runs: what
 * it says that does not fit this one is left out, where the same typed is wrong. */
#include <config.h>

#include "cli/settings.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/alloc.h"
#include "base/hardware.h"
#include "cli/config.h"
#include "cli/configshow.h"
#include "cli/help.h"
#include "cli/options.h"
#include "cli/resolve.h"

/* The functions below return false after they have complained of what no single
 * option can tell. */
static bool settings_check_source(const struct settings *s)
{
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
    return true;
}

/* Whether -o can be what --format makes of it. */
static bool settings_check_output(const struct settings *s)
{
    struct stat st;
    bool is_there = s->output != NULL && stat(s->output, &st) == 0;

    if (s->output == NULL && s->format == OUTPUT_SQLITE) {
        options_complain("--format=sqlite needs --output=FILE");
        return false;
    }
    if (is_there && s->format == OUTPUT_TEXT && !S_ISDIR(st.st_mode)) {
        options_complain("--output: '%s' is not a directory; to write text to "
                         "one file, redirect standard output", s->output);
        return false;
    }
    if (is_there && s->format != OUTPUT_TEXT && !S_ISREG(st.st_mode)) {
        options_complain("--output: '%s' is no regular file", s->output);
        return false;
    }
    return true;
}

/* Whether what was given has anything to act upon. */
/* The output is begun anew before an input is read. */
static bool settings_check_inputs(const struct settings *s)
{
    struct stat output, input;
    if (s->format == OUTPUT_TEXT || !s->output || stat(s->output, &output) != 0)
        return true;
    for (size_t i = 0; i < s->source.path_count; i++) {
        if (stat(s->source.paths[i], &input) == 0 && input.st_dev == output.st_dev &&
            input.st_ino == output.st_ino) {
            options_complain("'%s' is the output, too", s->source.paths[i]);
            return false;
        }
    }
    return true;
}

static bool settings_check_effect(const struct resolver *r)
{
    const struct settings *s = r->s;
    bool tree = s->format == OUTPUT_TEXT && s->output != NULL;

    if (s->format != OUTPUT_JSONL && r->line_option != NULL) {
        options_complain("--%s needs --format=jsonl", r->line_option);
        return false;
    }
    if (s->format == OUTPUT_TEXT && r->record_option != NULL) {
        options_complain("--%s needs --format=jsonl or --format=sqlite",
                         r->record_option);
        return false;
    }
    if (s->format != OUTPUT_SQLITE && r->database_option != NULL) {
        options_complain("--%s needs --format=sqlite", r->database_option);
        return false;
    }
    if (s->output == NULL && r->file_option != NULL) {
        options_complain("--%s needs --output=DEST: nothing is kept of what "
                         "goes to standard output", r->file_option);
        return false;
    }
    if (r->stream_option != NULL &&
        (tree || (s->format == OUTPUT_SQLITE && r->order_given))) {
        options_complain("--%s is for one stream of text or of records",
                         r->stream_option);
        return false;
    }
    if (!s->isolated && r->worker_option != NULL) {
        options_complain("--%s is for worker processes and cannot go with "
                         "--isolation=none", r->worker_option);
        return false;
    }
    return true;
}

/* Whether the option that holds was typed. */
static bool settings_is_typed(const struct settings *s, enum options_id id)
{
    const struct typed_option *option = options_last(s->typed, id);

    return option != NULL && option->origin == NULL;
}

/* Whether the option A comes behind all of B, or there is no B. */
static bool settings_is_behind(const struct typed_option *a, const struct typed_option *b)
{
    return a != NULL && (b == NULL || a > b);
}

/* How many threads there are to be, at most and at least. --jobs is a fixed number,
 * unless --min-jobs or --max-jobs come behind it, from a nearer place. */
static bool settings_resolve_jobs(struct settings *s)
{
    const struct typed_option *jobs = options_last(s->typed, OPTION_JOBS);
    const struct typed_option *least = options_last(s->typed, OPTION_MIN_JOBS);
    const struct typed_option *most = options_last(s->typed, OPTION_MAX_JOBS);
    const struct typed_option *range = settings_is_behind(least, most) ? least : most;
    int cpus = hardware_cpus();

    cpus = cpus < SETTINGS_JOBS_MAX ? cpus : SETTINGS_JOBS_MAX;
    if (settings_is_typed(s, OPTION_JOBS) && range != NULL && range->origin == NULL) {
        options_complain("--jobs is a fixed number, and cannot go with --%s",
                         range->spec->name);
        return false;
    }
    if (settings_is_behind(jobs, range)) {
        s->min_jobs = s->jobs;
        return true;
    }
    s->jobs = most != NULL ? s->max_jobs : s->preset == PRESET_LOW && cpus > 2 ? 2 : cpus;
    if (least == NULL)
        s->min_jobs = 1;
    /* The nearer of the two counts; of what is typed each is meant. */
    else if (s->min_jobs > s->jobs && most == NULL)
        s->jobs = s->min_jobs;
    else if (s->min_jobs > s->jobs && settings_is_behind(most, least) &&
             least->origin != NULL)
        s->min_jobs = s->jobs;
    else if (s->min_jobs > s->jobs && settings_is_behind(least, most) &&
             most->origin != NULL)
        s->jobs = s->min_jobs;
    if (s->min_jobs <= s->jobs)
        return true;
    options_complain("--min-jobs: %d is more than the %d of --max-jobs", s->min_jobs,
                     s->jobs);
    return false;
}

static bool settings_are_directories(const struct source_config *source)
{
    struct stat st;

    for (size_t i = 0; i < source->path_count; i++)
        if (stat(source->paths[i], &st) != 0 || !S_ISDIR(st.st_mode))
            return false;
    return true;
}

/* Drops what was not typed and does not fit the others. */
static void settings_drop_unfit(struct settings *s)
{
    if (!settings_is_typed(s, OPTION_WATCH) &&
        (s->output == NULL || s->source.list_count > 0 ||
         !settings_are_directories(&s->source)))
        s->watch.on = false;
    if (s->watch.on) {
        s->resume = true; /* a watch goes on where it was */
        s->order = ORDER_COMPLETION;
        if (!settings_is_typed(s, OPTION_PRUNE))
            s->prune = false;
        if (!settings_is_typed(s, OPTION_PROGRESS))
            s->progress = PROGRESS_NEVER;
        if (s->format == OUTPUT_JSONL && !settings_is_typed(s, OPTION_ON_DELETE))
            s->watch.prunes = false;
    }
    bool kept = s->format != OUTPUT_TEXT || s->output != NULL || s->stats != NULL;

    if (s->output == NULL && !settings_is_typed(s, OPTION_RESUME))
        s->resume = false;
    if (s->output == NULL && !settings_is_typed(s, OPTION_RETRY_FAILED))
        s->retry_failed = false;
    if ((s->output == NULL || s->format == OUTPUT_JSONL) &&
        !settings_is_typed(s, OPTION_PRUNE))
        s->prune = false;
    if (!s->resume && !settings_is_typed(s, OPTION_CHECK))
        s->check_hash = false;
    if (!kept && !settings_is_typed(s, OPTION_HASH))
        s->hash = false;
    if (s->options.layout == FORMAT_RAW && !settings_is_typed(s, OPTION_STRIP_HEADERS))
        s->options.strip_headers = false;
    if (s->format != OUTPUT_JSONL && !settings_is_typed(s, OPTION_RECORDS))
        s->page_records = false;
}

/* Whether what is there to be watched can be, and nothing else was asked for. */
static bool settings_check_watch(const struct resolver *r)
{
    const struct settings *s = r->s;
    const char *odd = settings_is_typed(s, OPTION_PRUNE)      ? "prune"
                      : settings_is_typed(s, OPTION_PROGRESS) ? "progress"
                      : r->order_given                        ? "order"
                                                              : NULL;
    struct stat st;

    if (!s->watch.on && r->watch_option != NULL) {
        options_complain("--%s needs --watch", r->watch_option);
        return false;
    }
    if (!s->watch.on)
        return true;
    if (odd != NULL && (strcmp(odd, "progress") != 0 || s->progress == PROGRESS_ALWAYS)) {
        options_complain("--%s is for a run that comes to an end, and cannot go with "
                         "--watch%s", odd,
                         strcmp(odd, "prune") == 0 ? ", which has --on-delete" : "");
        return false;
    }
    if (s->output == NULL) {
        options_complain("--watch needs --output=DEST");
        return false;
    }
    if (s->watch.prunes && s->format == OUTPUT_JSONL) {
        options_complain("--on-delete=prune cannot go with --format=jsonl, whose file "
                         "is only appended to");
        return false;
    }
    if (s->source.list_count > 0) {
        options_complain("--watch is for directories, and takes no lists");
        return false;
    }
    for (size_t i = 0; i < s->source.path_count; i++) {
        if (stat(s->source.paths[i], &st) != 0 || !S_ISDIR(st.st_mode)) {
            options_complain("--watch: '%s' is not a directory", s->source.paths[i]);
            return false;
        }
    }
    return true;
}

static bool settings_check(const struct resolver *r)
{
    const struct settings *s = r->s;

    if (!settings_check_source(s) || !settings_check_output(s) ||
        !settings_check_inputs(s) ||
        !settings_check_effect(r) || !settings_check_watch(r))
        return false;
    if (s->hash && s->format == OUTPUT_TEXT && s->output == NULL &&
        s->stats == NULL) {
        options_complain("--hash needs a record to be in: --format, --output "
                         "or --stats");
        return false;
    }
    if (s->check_hash && !s->resume) {
        options_complain("--check=hash needs --resume");
        return false;
    }
    if (s->prune && s->format == OUTPUT_JSONL) {
        options_complain("--prune cannot go with --format=jsonl, whose file is "
                         "only appended to");
        return false;
    }
    if (s->options.layout == FORMAT_RAW && s->options.strip_headers) {
        options_complain("--strip-headers cannot go with --layout=raw, which "
                         "does not know what stands at a page's edge");
        return false;
    }
    if (s->output == NULL && s->stats != NULL && strcmp(s->stats, "-") == 0) {
        options_complain("--stats=- needs --output=DEST: standard output "
                         "takes the text");
        return false;
    }
    return true;
}

/* Keeps what was GIVEN for settings_check_effect. */
static void settings_note(struct resolver *r, const struct options_spec *given)
{
    switch (given->id) {
    case OPTION_RECORDS:
        r->line_option = given->name;
        break;
    case OPTION_NO_TIMINGS:
        r->record_option = given->name;
        break;
    case OPTION_FTS:
        r->database_option = given->name;
        break;
    case OPTION_RESUME:
    case OPTION_RETRY_FAILED:
    case OPTION_PRUNE:
        r->file_option = given->name;
        break;
    case OPTION_DEBOUNCE:
    case OPTION_REALTIME:
    case OPTION_ON_DELETE:
    case OPTION_PRIORITY_CRITICAL:
    case OPTION_PRIORITY_BATCH:
        r->watch_option = given->name;
        break;
    case OPTION_ORDER:
        r->order_given = true;
        r->stream_option = given->name;
        break;
    case OPTION_HOLD_MEMORY:
        r->stream_option = given->name;
        break;
    /* Nothing inside this process can be stopped, so these would promise what
     * they cannot keep. */
    case OPTION_SANDBOX:
    case OPTION_TIMEOUT:
    case OPTION_PAGE_TIMEOUT:
    case OPTION_MEMORY_LIMIT:
        r->worker_option = given->name;
        break;
    default:
        break;
    }
}

static bool settings_resolve(struct settings *s)
{
    const struct typed *typed = s->typed;
    struct resolver r = {.s = s};

    s->tiers = tier_limits_default;
    s->timings = true;
    for (size_t i = 0; i < options_count; i++) {
        const struct options_spec *spec = &options_table[i];

        if (spec->fallback != NULL && !resolve_option(&r, spec, spec->fallback))
            diag_bug("the default of --%s is wrong", spec->name);
    }
    for (size_t i = 0; i < typed->option_count; i++) {
        const struct options_spec *spec = typed->options[i].spec;

        options_blame(typed->options[i].origin);
        if (!resolve_option(&r, spec, typed->options[i].value))
            return false;
        if (typed->options[i].origin == NULL)
            settings_note(&r, spec);
    }
    options_blame(NULL);
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
    s->watch.critical = s->owned_priorities;
    s->watch.critical_count = r.critical_count;
    s->watch.batch = s->owned_priorities + typed->option_count - r.batch_count;
    s->watch.batch_count = r.batch_count;
    s->types = s->owned_types;
    s->type_count = r.type_count;
    if (!settings_resolve_jobs(s))
        return false;
    settings_drop_unfit(s);
    s->hash |= s->check_hash;
    return s->show_config || settings_check(&r);
}

static int settings_flush(void)
{
    if (fflush(stdout) == 0 && !ferror(stdout))
        return EXIT_STATUS_OK;
    diag_error(NULL, "standard output: %s", strerror(errno));
    return EXIT_STATUS_RUN;
}

static int settings_answer(enum options_id id)
{
    help_answer(id, stdout);
    return settings_flush();
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
    struct typed *typed;

    *s = (struct settings){.source.wake_fd = -1};
    typed = s->typed = options_parse(argc, argv);
    if (typed == NULL)
        return EXIT_STATUS_USAGE;
    if (typed->option_count > 0) {
        enum options_id last = typed->options[typed->option_count - 1].spec->id;

        if (options_is_answer(last))
            return settings_answer(last);
    }
    if (!config_load(typed))
        return EXIT_STATUS_USAGE;
    /* Each of these takes at most one entry for an option. */
    s->owned_lists = xcalloc(typed->option_count + 1, sizeof *s->owned_lists);
    s->owned_globs = xcalloc(typed->option_count + 1, sizeof *s->owned_globs);
    s->owned_priorities = xcalloc(typed->option_count + 1, sizeof *s->owned_priorities);
    s->owned_types =
        xcalloc(settings_format_count() + 1, sizeof *s->owned_types);
    if (!settings_resolve(s))
        return EXIT_STATUS_USAGE;
    if (!s->show_config)
        return -1;
    configshow_print(s, stdout);
    return settings_flush();
}

char *settings_describe(const struct settings *s)
{
    static const char *const layouts[] = { "reading", "raw", "physical" };

    return xasprintf("extract %s; layout %s, hyphens %s, headers %s, pages %s, "
                     "engine %s%s%s%s%s%s", PACKAGE_VERSION,
                     layouts[s->options.layout],
                     s->options.keep_hyphens ? "kept" : "joined",
                     s->options.strip_headers ? "stripped" : "kept",
                     s->pages_text != NULL ? s->pages_text : "all",
                     s->options.pdf_engine != NULL ? s->options.pdf_engine : "auto",
                     s->page_records ? SETTINGS_PAGE_RECORDS : "",
                     s->options.annotations ? ", annotations" : "",
                     s->options.nfc ? ", form C" : "",
                     s->options.attachments ? ", attachments" : "",
                     s->nest.enter ? "" : ", archives closed");
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
    free(s->owned_priorities);
    free(s->owned_types);
    *s = (struct settings){.source.wake_fd = -1};
}
