/* SPDX-License-Identifier: GPL-3.0-or-later */
/* resolve.c - the value of each option judged, and kept in the settings. */
#include <config.h>

#include "cli/resolve.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/buffer.h"
#include "base/error.h"
#include "base/number.h"

/* Longest password: PDF uses 127 bytes at most, ZIP archives have no limit. */
#define SETTINGS_PASSWORD_MAX 1023

static bool resolve_reject(const struct options_spec *spec, const char *value,
                            const char *why)
{
    options_complain("--%s: '%s' %s", spec->name, value, why);
    return false;
}

static bool resolve_number(const struct options_spec *spec, const char *value,
                            int *number)
{
    if (number_parse_int(value, spec->minimum, spec->maximum, number) == 0)
        return true;
    options_complain("--%s: '%s' is not a number from %d to %d", spec->name,
                     value, spec->minimum, spec->maximum);
    return false;
}

static bool resolve_size(const struct options_spec *spec, const char *value,
                          size_t *size)
{
    uint64_t bytes;

    if (number_parse_size(value, &bytes) != 0 || bytes > SIZE_MAX / 2)
        return resolve_reject(spec, value, "is not a size, as in 64M");
    *size = (size_t)bytes;
    return true;
}

static bool resolve_seconds(const struct options_spec *spec,
                             const char *value, double *seconds)
{
    if (number_parse_seconds(value, seconds) == 0 && *seconds > 0)
        return true;
    return resolve_reject(spec, value, "is not a number of seconds above 0");
}

static bool resolve_memory_limit(struct settings *s,
                                  const struct options_spec *spec,
                                  const char *value)
{
    size_t size;

    if (!resolve_size(spec, value, &size))
        return false;
    s->memory_limit = size;
    return size >= SETTINGS_MEMORY_MIN ||
           resolve_reject(spec, value, "is too small: 64M at least");
}

static bool resolve_word(const struct options_spec *spec, const char *value,
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

static bool resolve_take_stdin(struct resolver *r,
                                const struct options_spec *spec)
{
    if (r->stdin_taken)
        return resolve_reject(spec, "-", "reads standard input, which an "
                                          "earlier option reads already");
    r->stdin_taken = true;
    return true;
}

static bool resolve_list(struct resolver *r, const struct options_spec *spec,
                          const char *path)
{
    if (strcmp(path, "-") == 0 && !resolve_take_stdin(r, spec))
        return false;
    r->s->owned_lists[r->list_count++] = (struct source_list){
        .path = path,
        .separator = spec->id == OPTION_FILES_FROM ? '\n' : '\0',
    };
    return true;
}

static bool resolve_glob(struct resolver *r, const struct options_spec *spec,
                          const char *glob)
{
    const char **globs = r->s->owned_globs;

    if (glob[0] == '\0')
        return resolve_reject(spec, glob, "matches nothing");
    /* Includes grow from the front and excludes from the back. */
    if (spec->id == OPTION_INCLUDE)
        globs[r->include_count++] = glob;
    else
        globs[r->s->typed->option_count - ++r->exclude_count] = glob;
    return true;
}

static bool resolve_priority(struct resolver *r, const struct options_spec *spec,
                             const char *glob)
{
    const char **globs = r->s->owned_priorities;

    if (glob[0] == '\0')
        return resolve_reject(spec, glob, "matches nothing");
    if (spec->id == OPTION_PRIORITY_CRITICAL)
        globs[r->critical_count++] = glob;
    else
        globs[r->s->typed->option_count - ++r->batch_count] = glob;
    return true;
}

static bool resolve_complain_type(const char *name)
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

static bool resolve_add_type(struct resolver *r, const char *name)
{
    const struct format *format = format_find(name);

    if (format == NULL)
        return resolve_complain_type(name);
    for (size_t i = 0; i < r->type_count; i++)
        if (r->s->owned_types[i] == format)
            return true;
    r->s->owned_types[r->type_count++] = format;
    return true;
}

static bool resolve_types(struct resolver *r, const char *list)
{
    bool good = true;

    for (const char *p = list; good; p++) {
        size_t length = strcspn(p, ",");
        char *name = xstrndup(p, length);

        good = resolve_add_type(r, name);
        free(name);
        p += length;
        if (*p == '\0')
            break;
    }
    return good;
}

static bool resolve_output(struct settings *s, const char *value)
{
    s->output = strcmp(value, "-") == 0 ? NULL : value;
    if (value[0] != '\0')
        return true;
    options_complain("--output: the name is empty");
    return false;
}

/* The first line of FILE, which is for eyes that see the file only. */
static bool resolve_password_file(struct resolver *r,
                                   const struct options_spec *spec,
                                   const char *path)
{
    char line[SETTINGS_PASSWORD_MAX + 2]; /* line feed, NUL */
    bool is_stdin = strcmp(path, "-") == 0;
    const char *why = NULL;
    FILE *in;

    if (is_stdin && !resolve_take_stdin(r, spec))
        return false;
    in = is_stdin ? stdin : fopen(path, "re");
    if (in == NULL)
        return resolve_reject(spec, path, strerror(errno));
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
        return resolve_reject(spec, path, why);
    free(r->s->owned_password);
    r->s->owned_password = xstrdup(line);
    r->s->password = r->s->owned_password;
    explicit_bzero(line, sizeof line);
    return true;
}

static bool resolve_pages(struct settings *s, const struct options_spec *spec,
                           const char *value)
{
    struct error e = {0};

    pages_destroy(s->owned_pages);
    s->owned_pages = pages_parse(value, &e);
    s->pages = s->owned_pages;
    s->pages_text = value;
    if (s->owned_pages == NULL)
        options_complain("--%s: %s", spec->name, e.detail);
    return s->owned_pages != NULL;
}

static bool resolve_tiers(struct settings *s, const struct options_spec *spec,
                           const char *value)
{
    struct error e = {0};

    if (classify_parse(value, &s->tiers, &e) == 0)
        return true;
    options_complain("--%s: %s", spec->name, e.detail);
    return false;
}

static bool resolve_listen(struct settings *s, const struct options_spec *spec,
                           const char *value)
{
#ifdef HAVE_LIBMICROHTTPD
    s->listens = true;
    return endpoint_parse(value, &s->endpoint) == 0 ||
           resolve_reject(spec, value, "is not PORT or ADDR:PORT, as in 9100, "
                          "127.0.0.1:9100 or [::1]:9100");
#else
    (void)s;
    return resolve_reject(spec, value, "needs libmicrohttpd, which this program was "
                          "built without");
#endif
}

bool resolve_option(struct resolver *r, const struct options_spec *spec,
                           const char *value)
{
    struct settings *s = r->s;
    size_t size;
    int word;

    switch (spec->id) {
    case OPTION_FILES_FROM:
    case OPTION_FILES0_FROM:
        return resolve_list(r, spec, value);
    case OPTION_INCLUDE:
    case OPTION_EXCLUDE:
        return resolve_glob(r, spec, value);
    case OPTION_TYPE:
        return resolve_types(r, value);
    case OPTION_PAGES:
        return resolve_pages(s, spec, value);
    case OPTION_PASSWORD:
        s->password = value;
        if (strlen(value) > SETTINGS_PASSWORD_MAX)
            return resolve_reject(spec, "...", "is longer than a password can be");
        return true;
    case OPTION_PASSWORD_FILE:
        return resolve_password_file(r, spec, value);
    case OPTION_OUTPUT:
        return resolve_output(s, value);
    case OPTION_FORMAT:
        if (!resolve_word(spec, value, &word))
            return false;
        s->format = (enum settings_format)word;
        return true;
    case OPTION_RECORDS:
        if (!resolve_word(spec, value, &word))
            return false;
        s->page_records = word == 1;
        return true;
    case OPTION_NO_TIMINGS:
        s->timings = false;
        return true;
    case OPTION_HASH:
        s->hash = true;
        return true;
    case OPTION_FTS:
        if (!resolve_word(spec, value, &word))
            return false;
        s->trigrams = word == 1;
        return true;
    case OPTION_RESUME:
        s->resume = true;
        return true;
    case OPTION_RETRY_FAILED:
        s->retry_failed = true;
        return true;
    case OPTION_CHECK:
        if (!resolve_word(spec, value, &word))
            return false;
        s->check_hash = word == 1;
        return true;
    case OPTION_PRUNE:
        s->prune = true;
        return true;
    case OPTION_WATCH:
        s->watch.on = true;
        return true;
    case OPTION_DEBOUNCE:
        return resolve_seconds(spec, value, &s->watch.debounce);
    case OPTION_REALTIME:
        s->watch.debounce = 0;
        return true;
    case OPTION_ON_DELETE:
        if (!resolve_word(spec, value, &word))
            return false;
        s->watch.prunes = word == 1;
        return true;
    case OPTION_PRIORITY_CRITICAL:
    case OPTION_PRIORITY_BATCH:
        return resolve_priority(r, spec, value);
    case OPTION_ORDER:
        if (!resolve_word(spec, value, &word))
            return false;
        s->order = (enum settings_order)word;
        return true;
    case OPTION_HOLD_MEMORY:
        return resolve_size(spec, value, &s->hold_bytes);
    case OPTION_LAYOUT:
        if (!resolve_word(spec, value, &word))
            return false;
        s->options.layout = (enum format_layout)word;
        return true;
    case OPTION_NO_DEHYPHENATE:
        s->options.keep_hyphens = true;
        return true;
    case OPTION_STRIP_HEADERS:
        s->options.strip_headers = true;
        return true;
    case OPTION_ATTACHMENTS:
        s->options.attachments = true;
        return true;
    case OPTION_ANNOTATIONS:
        s->options.annotations = true;
        return true;
    case OPTION_NFC:
        s->options.nfc = true;
        return true;
    case OPTION_PDF_ENGINE:
        if (!resolve_word(spec, value, &word))
            return false;
        s->options.pdf_engine = word == 0 ? NULL : value;
        return true;
    case OPTION_JOBS:
        return resolve_number(spec, value, &s->jobs);
    case OPTION_PRESET:
        if (!resolve_word(spec, value, &word))
            return false;
        s->preset = (enum settings_preset)word;
        return true;
    case OPTION_MIN_JOBS:
        return resolve_number(spec, value, &s->min_jobs);
    case OPTION_MAX_JOBS:
        return resolve_number(spec, value, &s->max_jobs);
    case OPTION_CPU_TARGET:
        if (!resolve_number(spec, value, &word))
            return false;
        s->cpu_target = word / 100.0;
        return true;
    case OPTION_MEMORY_RESERVE:
        if (!resolve_size(spec, value, &size))
            return false;
        s->memory_reserve = size;
        return true;
    case OPTION_SPLIT_PAGES:
        return resolve_number(spec, value, &s->split_pages);
    case OPTION_EPUB_JOBS:
        return resolve_number(spec, value, &s->epub_jobs);
    case OPTION_TIERS:
        return resolve_tiers(s, spec, value);
    case OPTION_ARCHIVES:
        if (!resolve_word(spec, value, &word))
            return false;
        s->nest.enter = word == 0;
        return true;
    case OPTION_ARCHIVE_DEPTH:
        return resolve_number(spec, value, &s->nest.depth);
    case OPTION_ARCHIVE_MEMBERS:
        return resolve_number(spec, value, &s->nest.members);
    case OPTION_ARCHIVE_BYTES:
        return resolve_size(spec, value, &s->nest.bytes);
    case OPTION_ARCHIVE_RATIO:
        return resolve_number(spec, value, &s->nest.ratio);
    case OPTION_ARCHIVE_NAMES:
        return resolve_number(spec, value, &s->nest.name);
    case OPTION_ISOLATION:
        if (!resolve_word(spec, value, &word))
            return false;
        s->isolated = word == 0;
        return true;
    case OPTION_SANDBOX:
        if (!resolve_word(spec, value, &word))
            return false;
        s->sandbox = (enum sandbox_mode)word;
        return true;
    case OPTION_TIMEOUT:
        return resolve_seconds(spec, value, &s->timeout);
    case OPTION_PAGE_TIMEOUT:
        return resolve_seconds(spec, value, &s->page_timeout);
    case OPTION_MEMORY_LIMIT:
        return resolve_memory_limit(s, spec, value);
    case OPTION_RETRIES:
        return resolve_number(spec, value, &s->retries);
    case OPTION_STATS:
        s->stats = value;
        return value[0] != '\0' ||
               resolve_reject(spec, value, "is no name of a file");
    case OPTION_METRICS_FILE:
        s->metrics_file = value;
        return value[0] != '\0' ||
               resolve_reject(spec, value, "is no name of a file");
    case OPTION_METRICS_LISTEN:
        return resolve_listen(s, spec, value);
    case OPTION_TIMELINE:
        s->timeline = value;
        return value[0] != '\0' ||
               resolve_reject(spec, value, "is no name of a file");
    case OPTION_PROGRESS:
        if (!resolve_word(spec, value != NULL ? value : "always", &word))
            return false;
        s->progress = (enum settings_progress)word;
        return true;
    case OPTION_QUIET:
        s->level = DIAG_QUIET;
        return true;
    case OPTION_VERBOSE:
        s->level = DIAG_VERBOSE;
        return true;
    case OPTION_SHOW_CONFIG:
        s->show_config = true;
        return true;
    case OPTION_CONFIG:
    case OPTION_NO_CONFIG:
        return true; /* config.c has looked for them */
    case OPTION_HELP:
    case OPTION_VERSION:
    case OPTION_LIST_TYPES:
    case OPTION_LIST_OPTIONS:
        break; /* answered before anything is resolved */
    }
    diag_bug("option %d is not resolved", (int)spec->id);
}
