/* SPDX-License-Identifier: GPL-3.0-or-later */
/* settings.c - the options as typed, each value judged, become settings;
 * defaults come from the table and take the same way as typed values. */
#include <config.h>

#include "cli/settings.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/alloc.h"
#include "base/buffer.h"
#include "base/error.h"
#include "base/hardware.h"
#include "base/number.h"
#include "cli/help.h"
#include "cli/options.h"

/* Longest password: PDF uses 127 bytes at most, ZIP archives have no limit. */
#define SETTINGS_PASSWORD_MAX 1023

/* What settings_apply has seen, for the checks that look at several options. */
struct resolver {
    struct settings *s;
    size_t list_count, include_count, exclude_count, type_count;
    bool stdin_taken;
    const char *stream_option; /* given, and for stdout only */
    const char *worker_option; /* given, and for workers only */
};

/* Every function of this file that judges something returns false after it
 * has complained. */
static bool settings_reject(const struct options_spec *spec, const char *value,
                            const char *why)
{
    options_complain("--%s: '%s' %s", spec->name, value, why);
    return false;
}

static bool settings_number(const struct options_spec *spec, const char *value,
                            int *number)
{
    if (number_parse_int(value, spec->minimum, spec->maximum, number) == 0)
        return true;
    options_complain("--%s: '%s' is not a number from %d to %d", spec->name,
                     value, spec->minimum, spec->maximum);
    return false;
}

static bool settings_size(const struct options_spec *spec, const char *value,
                          size_t *size)
{
    uint64_t bytes;

    if (number_parse_size(value, &bytes) != 0 || bytes > SIZE_MAX / 2)
        return settings_reject(spec, value, "is not a size, as in 64M");
    *size = (size_t)bytes;
    return true;
}

static bool settings_seconds(const struct options_spec *spec,
                             const char *value, double *seconds)
{
    if (number_parse_seconds(value, seconds) == 0 && *seconds > 0)
        return true;
    return settings_reject(spec, value, "is not a number of seconds above 0");
}

static bool settings_memory_limit(struct settings *s,
                                  const struct options_spec *spec,
                                  const char *value)
{
    size_t size;

    if (!settings_size(spec, value, &size))
        return false;
    s->memory_limit = size;
    return size >= SETTINGS_MEMORY_MIN ||
           settings_reject(spec, value, "is too small: 64M at least");
}

static bool settings_word(const struct options_spec *spec, const char *value,
                          int *index)
{
    *index = options_word(spec, value);
    if (*index < 0) {
        options_complain("--%s: '%s' is none of: %s", spec->name, value,
                         spec->words);
        return false;
    }
    return true;
}

static bool settings_take_stdin(struct resolver *r,
                                const struct options_spec *spec)
{
    if (r->stdin_taken)
        return settings_reject(spec, "-", "reads standard input, which an "
                                          "earlier option reads already");
    r->stdin_taken = true;
    return true;
}

static bool settings_list(struct resolver *r, const struct options_spec *spec,
                          const char *path)
{
    if (strcmp(path, "-") == 0 && !settings_take_stdin(r, spec))
        return false;
    r->s->owned_lists[r->list_count++] = (struct source_list){
        .path = path,
        .separator = spec->id == OPTION_FILES_FROM ? '\n' : '\0',
    };
    return true;
}

static bool settings_glob(struct resolver *r, const struct options_spec *spec,
                          const char *glob)
{
    const char **globs = r->s->owned_globs;

    if (glob[0] == '\0')
        return settings_reject(spec, glob, "matches nothing");
    /* Includes grow from the front and excludes from the back. */
    if (spec->id == OPTION_INCLUDE)
        globs[r->include_count++] = glob;
    else
        globs[r->s->typed->option_count - ++r->exclude_count] = glob;
    return true;
}

static bool settings_complain_type(const char *name)
{
    struct buffer known = {0};

    for (size_t i = 0; format_registry[i] != NULL; i++)
        buffer_printf(&known, "%s%s", i > 0 ? ", " : "",
                      format_registry[i]->name);
    options_complain("--type: '%s' is none of: %s", name,
                     buffer_string(&known));
    buffer_free(&known);
    return false;
}

static bool settings_add_type(struct resolver *r, const char *name)
{
    const struct format *format = format_find(name);

    if (format == NULL)
        return settings_complain_type(name);
    for (size_t i = 0; i < r->type_count; i++)
        if (r->s->owned_types[i] == format)
            return true;
    r->s->owned_types[r->type_count++] = format;
    return true;
}

static bool settings_types(struct resolver *r, const char *list)
{
    bool good = true;

    for (const char *p = list; good; p++) {
        size_t length = strcspn(p, ",");
        char *name = xstrndup(p, length);

        good = settings_add_type(r, name);
        free(name);
        p += length;
        if (*p == '\0')
            break;
    }
    return good;
}

static bool settings_output(struct settings *s, const char *value)
{
    struct stat st;

    if (strcmp(value, "-") == 0) {
        s->directory = NULL;
        return true;
    }
    if (value[0] == '\0') {
        options_complain("--output: the name of the directory is empty");
        return false;
    }
    if (stat(value, &st) == 0 && !S_ISDIR(st.st_mode)) {
        options_complain("--output: '%s' is not a directory; to write one "
                         "file, redirect standard output", value);
        return false;
    }
    s->directory = value;
    return true;
}

/* The first line of FILE, which is for eyes that see the file only. */
static bool settings_password_file(struct resolver *r,
                                   const struct options_spec *spec,
                                   const char *path)
{
    char line[SETTINGS_PASSWORD_MAX + 2]; /* line feed, NUL */
    bool is_stdin = strcmp(path, "-") == 0;
    const char *why = NULL;
    FILE *in;

    if (is_stdin && !settings_take_stdin(r, spec))
        return false;
    in = is_stdin ? stdin : fopen(path, "re");
    if (in == NULL)
        return settings_reject(spec, path, strerror(errno));
    errno = 0;
    if (fgets(line, sizeof line, in) == NULL)
        why = errno != 0 ? strerror(errno) : "is empty";
    else if (strchr(line, '\n') == NULL && !feof(in))
        why = "has a first line that is too long, or holds a NUL byte";
    if (!is_stdin)
        fclose(in);
    if (why == NULL) {
        line[strcspn(line, "\r\n")] = '\0';
        if (line[0] == '\0')
            why = "has an empty first line";
    }
    if (why != NULL)
        return settings_reject(spec, path, why);
    free(r->s->owned_password);
    r->s->owned_password = xstrdup(line);
    r->s->password = r->s->owned_password;
    explicit_bzero(line, sizeof line);
    return true;
}

static bool settings_pages(struct settings *s, const struct options_spec *spec,
                           const char *value)
{
    struct error e = {0};

    pages_destroy(s->owned_pages);
    s->owned_pages = pages_parse(value, &e);
    s->pages = s->owned_pages;
    if (s->owned_pages == NULL)
        options_complain("--%s: %s", spec->name, e.detail);
    return s->owned_pages != NULL;
}

static bool settings_tiers(struct settings *s, const struct options_spec *spec,
                           const char *value)
{
    struct error e = {0};

    if (classify_parse(value, &s->tiers, &e) == 0)
        return true;
    options_complain("--%s: %s", spec->name, e.detail);
    return false;
}

/* Keeps VALUE, which must live as long as the settings. */
static bool settings_apply(struct resolver *r, const struct options_spec *spec,
                           const char *value)
{
    struct settings *s = r->s;
    int word;

    switch (spec->id) {
    case OPTION_FILES_FROM:
    case OPTION_FILES0_FROM:
        return settings_list(r, spec, value);
    case OPTION_INCLUDE:
    case OPTION_EXCLUDE:
        return settings_glob(r, spec, value);
    case OPTION_TYPE:
        return settings_types(r, value);
    case OPTION_PAGES:
        return settings_pages(s, spec, value);
    case OPTION_PASSWORD:
        s->password = value;
        if (strlen(value) > SETTINGS_PASSWORD_MAX)
            return settings_reject(spec, "...", "is longer than a password can be");
        return true;
    case OPTION_PASSWORD_FILE:
        return settings_password_file(r, spec, value);
    case OPTION_OUTPUT:
        return settings_output(s, value);
    case OPTION_ORDER:
        if (!settings_word(spec, value, &word))
            return false;
        s->order = (enum settings_order)word;
        return true;
    case OPTION_HOLD_MEMORY:
        return settings_size(spec, value, &s->hold_bytes);
    case OPTION_LAYOUT:
        if (!settings_word(spec, value, &word))
            return false;
        s->options.layout = (enum format_layout)word;
        return true;
    case OPTION_NO_DEHYPHENATE:
        s->options.keep_hyphens = true;
        return true;
    case OPTION_STRIP_HEADERS:
        s->options.strip_headers = true;
        return true;
    case OPTION_PDF_ENGINE:
        if (!settings_word(spec, value, &word))
            return false;
        s->options.pdf_engine = word == 0 ? NULL : value;
        return true;
    case OPTION_JOBS:
        return settings_number(spec, value, &s->jobs);
    case OPTION_SPLIT_PAGES:
        return settings_number(spec, value, &s->split_pages);
    case OPTION_EPUB_JOBS:
        return settings_number(spec, value, &s->epub_jobs);
    case OPTION_TIERS:
        return settings_tiers(s, spec, value);
    case OPTION_ISOLATION:
        if (!settings_word(spec, value, &word))
            return false;
        s->isolated = word == 0;
        return true;
    case OPTION_SANDBOX:
        if (!settings_word(spec, value, &word))
            return false;
        s->sandbox = (enum sandbox_mode)word;
        return true;
    case OPTION_TIMEOUT:
        return settings_seconds(spec, value, &s->timeout);
    case OPTION_PAGE_TIMEOUT:
        return settings_seconds(spec, value, &s->page_timeout);
    case OPTION_MEMORY_LIMIT:
        return settings_memory_limit(s, spec, value);
    case OPTION_RETRIES:
        return settings_number(spec, value, &s->retries);
    case OPTION_STATS:
        s->stats = value;
        return value[0] != '\0' ||
               settings_reject(spec, value, "is no name of a file");
    case OPTION_TIMELINE:
        s->timeline = value;
        return value[0] != '\0' ||
               settings_reject(spec, value, "is no name of a file");
    case OPTION_PROGRESS:
        if (!settings_word(spec, value != NULL ? value : "always", &word))
            return false;
        s->progress = (enum settings_progress)word;
        return true;
    case OPTION_QUIET:
        s->level = DIAG_QUIET;
        return true;
    case OPTION_VERBOSE:
        s->level = DIAG_VERBOSE;
        return true;
    case OPTION_HELP:
    case OPTION_VERSION:
    case OPTION_LIST_TYPES:
    case OPTION_LIST_OPTIONS:
        break; /* answered before anything is resolved */
    }
    diag_bug("option %d is not resolved", (int)spec->id);
}

/* What no single option can tell. */
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

        if (spec->fallback != NULL && !settings_apply(&r, spec, spec->fallback))
            diag_bug("the default of --%s is wrong", spec->name);
    }
    for (size_t i = 0; i < typed->option_count; i++) {
        const struct options_spec *spec = typed->options[i].spec;

        if (!settings_apply(&r, spec, typed->options[i].value))
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
