/* SPDX-License-Identifier: GPL-3.0-or-later */
/* configshow.c - the options that hold, as lines of a configuration. */
#include <config.h>

#include "cli/configshow.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/buffer.h"
#include "cli/config.h"
#include "cli/options.h"

/* Where origins start, unless a value is too long. */
#define CONFIGSHOW_COLUMN 36

/* VALUE as config.h reads it. */
static void configshow_value(struct buffer *b, const char *value)
{
    size_t size = strlen(value);
    bool plain = size > 0 && !strchr("\" \t", value[0]) && !strchr(" \t", value[size - 1]) &&
                 !strchr(value, '#');

    if (plain) {
        buffer_append_string(b, value);
        return;
    }
    buffer_append_char(b, '"');
    for (; *value != '\0'; value++) {
        if (*value == '"' || *value == '\\')
            buffer_append_char(b, '\\');
        buffer_append_char(b, *value);
    }
    buffer_append_char(b, '"');
}

/* MUTED: as a comment, since it does not hold. */
static void configshow_line(const struct options_spec *spec, const char *value,
                            const char *origin, bool muted, FILE *out)
{
    struct buffer b = {0};
    bool secret = spec->id == OPTION_PASSWORD;
    /* No line of a file can hold one. */
    bool hard = value != NULL && strpbrk(value, "\r\n") != NULL;

    buffer_printf(&b, "%s%s", secret || hard || muted ? "# " : "", spec->name);
    if (value != NULL) {
        buffer_append_string(&b, " = ");
        if (secret || hard)
            buffer_append_string(&b, secret ? "(not shown)" : "(of several lines)");
        else
            configshow_value(&b, value);
    }
    fprintf(out, "%-*s  # %s\n", CONFIGSHOW_COLUMN - 2, buffer_string(&b), origin);
    buffer_free(&b);
}

/* Whether an option that says otherwise comes behind that of SPEC. */
static bool configshow_is_overruled(const struct typed *typed,
                                    const struct options_spec *spec)
{
    static const enum options_id pairs[][2] = {
        { OPTION_JOBS, OPTION_MIN_JOBS }, { OPTION_JOBS, OPTION_MAX_JOBS },
        { OPTION_DEBOUNCE, OPTION_REALTIME }, { OPTION_QUIET, OPTION_VERBOSE },
    };
    const struct typed_option *own = options_last(typed, spec->id);

    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        const enum options_id *p = pairs[i];
        const struct typed_option *other =
            spec->id == p[0] || spec->id == p[1]
                ? options_last(typed, p[spec->id == p[0]])
                : NULL;
        if (other != NULL && other > own)
            return true;
    }
    return false;
}

/* The lines of SPEC as far as it was given; false: it was not. */
static bool configshow_given(const struct typed *typed, const struct options_spec *spec,
                             FILE *out)
{
    const struct typed_option *last = options_last(typed, spec->id);

    for (size_t i = 0; i < typed->option_count; i++) {
        const struct typed_option *o = &typed->options[i];

        if (o->spec != spec || (!spec->repeats && o != last))
            continue;
        bool overruled = configshow_is_overruled(typed, spec);
        char *origin = xasprintf("%s%s", o->origin != NULL ? o->origin : "command line",
                                 overruled ? ", overruled" : "");
        configshow_line(spec, spec->value == NULL ? "yes" : o->value, origin, overruled,
                        out);
        free(origin);
    }
    return last != NULL;
}

/* What holds of SPEC, which was not given; NULL: nothing. NUMBER has 16 bytes. */
static const char *configshow_default(const struct settings *s,
                                      const struct options_spec *spec, char *number)
{
    bool fixed = s->min_jobs == s->jobs && options_last(s->typed, OPTION_JOBS) != NULL;

    switch (spec->id) {
    case OPTION_MIN_JOBS:
    case OPTION_MAX_JOBS:
        snprintf(number, 16, "%d", spec->id == OPTION_MIN_JOBS ? s->min_jobs : s->jobs);
        return fixed ? NULL : number;
    case OPTION_OUTPUT:
        return "-";
    default:
        return spec->value == NULL ? "no" : spec->fallback;
    }
}

void configshow_print(const struct settings *s, FILE *out)
{
    char number[16];

    for (size_t i = 0; i < options_count; i++) {
        const struct options_spec *spec = &options_table[i];
        const char *value = configshow_default(s, spec, number);
        /* These follow the machine and the preset, and are not to be fixed by a file. */
        bool follows = spec->id == OPTION_MAX_JOBS || spec->id == OPTION_MIN_JOBS;

        if (!config_takes(spec) || configshow_given(s->typed, spec, out))
            continue;
        if (value != NULL)
            configshow_line(spec, value,
                            follows && s->preset == PRESET_LOW ? "preset low" : "default",
                            follows, out);
        else
            fprintf(out, "# %s\n", spec->name);
    }
}
