/* SPDX-License-Identifier: GPL-3.0-or-later */
/* options.c - a parser that getopt_long runs on what the option table says; values
 * are judged later, in settings.c. */
#include <config.h>

#include "cli/options.h"

#include <getopt.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/buffer.h"
#include "base/diag.h"

static const char *options_blamed;

void options_blame(const char *origin)
{
    options_blamed = origin;
}

void options_complain(const char *format, ...)
{
    struct buffer b = {0};
    va_list ap;
    char *text = NULL;

    va_start(ap, format);
    if (vasprintf(&text, format, ap) < 0)
        text = NULL;
    va_end(ap);
    diag_error(options_blamed, "%s", text != NULL ? text : "out of memory");
    free(text);
    if (options_blamed != NULL)
        return; /* --help would not help */
    buffer_append_string(&b, "Try '");
    diag_append_quoted(&b, diag_program());
    buffer_append_string(&b, " --help' for more information.\n");
    fwrite(b.data, 1, b.size, stderr);
    buffer_free(&b);
}

/* A name that starts more than one option; those are named in the message. */
static bool options_complain_ambiguous(const char *text, size_t length)
{
    struct buffer b = {0};
    int matches = 0;

    for (size_t i = 0; i < options_count; i++) {
        const char *name = options_table[i].name;

        if (strncmp(name, text, length) != 0)
            continue;
        buffer_printf(&b, "%s'--%s'", matches > 0 ? ", " : "", name);
        matches++;
    }
    if (matches > 1)
        options_complain("option '--%.*s' is ambiguous: %s", (int)length, text,
                         buffer_string(&b));
    buffer_free(&b);
    return matches > 1;
}

/* Says what getopt_long did not like; ARGUMENT is what it read last. */
static void options_complain_getopt(int c, int what, const char *argument)
{
    const struct options_spec *spec = options_find(what);

    if (c == ':' && strncmp(argument, "--", 2) == 0) {
        options_complain("option '--%s' needs a value", spec->name);
    } else if (c == ':') {
        options_complain("option '-%c' needs a value", what);
    } else if (spec != NULL) {
        options_complain("option '--%s' takes no value", spec->name);
    } else if (what != 0) {
        options_complain("unknown option '-%c'", what);
    } else {
        size_t length = strcspn(argument + 2, "=");

        if (!options_complain_ambiguous(argument + 2, length))
            options_complain("unknown option '--%.*s'", (int)length,
                             argument + 2);
    }
}

/* The two forms of the table that getopt_long reads. */
static void options_fill(struct option *longs, char *letters)
{
    /* '+' and '-' stay away: operands may stand between options. The colon
     * tells a missing value from an unknown option. */
    *letters++ = ':';
    for (size_t i = 0; i < options_count; i++) {
        const struct options_spec *spec = &options_table[i];
        char letter = options_letter(spec);

        longs[i] = (struct option){
            .name = spec->name,
            .has_arg = spec->value == NULL ? no_argument
                       : spec->optional    ? optional_argument
                                           : required_argument,
            .val = (int)spec->id,
        };
        if (letter == '\0')
            continue;
        *letters++ = letter;
        if (spec->value != NULL)
            *letters++ = ':';
    }
    longs[options_count] = (struct option){0};
    *letters = '\0';
}

void options_insert(struct typed *typed, size_t index, const struct options_spec *spec,
                    const char *value, const char *origin)
{
    if (typed->option_count == typed->option_capacity) {
        typed->option_capacity = 2 * typed->option_capacity + 16;
        typed->options = xrealloc_array(typed->options, typed->option_capacity,
                                        sizeof *typed->options);
    }
    memmove(typed->options + index + 1, typed->options + index,
            (typed->option_count++ - index) * sizeof *typed->options);
    typed->options[index] = (struct typed_option){
        .spec = spec,
        .value = value != NULL ? xstrdup(value) : NULL,
        .origin = origin != NULL ? xstrdup(origin) : NULL,
    };
}

static void options_free(struct typed_option *option)
{
    if (option->value != NULL) /* it may be a password */
        explicit_bzero(option->value, strlen(option->value));
    free(option->value);
    free(option->origin);
}

size_t options_remove(struct typed *typed, size_t index,
                      const struct options_spec *spec)
{
    size_t kept = 0, count = typed->option_count;

    for (size_t i = 0; i < count; i++) {
        if (i < index && typed->options[i].spec == spec)
            options_free(&typed->options[i]);
        else
            typed->options[kept++] = typed->options[i];
    }
    typed->option_count = kept;
    return count - kept;
}

const struct typed_option *options_last(const struct typed *typed, enum options_id id)
{
    for (size_t i = typed->option_count; i > 0; i--)
        if (typed->options[i - 1].spec->id == id)
            return &typed->options[i - 1];
    return NULL;
}

/* LONGS and LETTERS have room for what options_fill puts into them. */
static bool options_read_all(struct typed *typed, int argc, char **argv,
                             struct option *longs, char *letters)
{
    int c;

    options_fill(longs, letters);
    opterr = 0;
    optind = 0; /* glibc: start anew, whatever was parsed before */
    while ((c = getopt_long(argc, argv, letters, longs, NULL)) != -1) {
        if (c == '?' || c == ':') {
            options_complain_getopt(c, optopt, argv[optind - 1]);
            return false;
        }
        options_insert(typed, typed->option_count, options_find(c), optarg, NULL);
        if (options_is_answer((enum options_id)c))
            return true;
    }
    for (int i = optind; i < argc; i++)
        typed->operands[typed->operand_count++] = xstrdup(argv[i]);
    return true;
}

static bool options_read(struct typed *typed, int argc, char **argv)
{
    struct option *longs = xcalloc(options_count + 1, sizeof *longs);
    char *letters = xcalloc(options_count + 1, 2);
    bool good = options_read_all(typed, argc, argv, longs, letters);

    free(longs);
    free(letters);
    return good;
}

struct typed *options_parse(int argc, char *const *argv)
{
    struct typed *typed = xcalloc(1, sizeof *typed);
    size_t count = argc > 0 ? (size_t)argc : 0;
    char **copy = xcalloc(count + 1, sizeof *copy); /* getopt permutes */
    bool good;

    memcpy(copy, argv, count * sizeof *copy);
    typed->operands = xcalloc(count + 1, sizeof *typed->operands);
    good = options_read(typed, argc, copy);
    free(copy);
    if (good)
        return typed;
    options_destroy(typed);
    return NULL;
}

void options_destroy(struct typed *typed)
{
    if (typed == NULL)
        return;
    for (size_t i = 0; i < typed->option_count; i++)
        options_free(&typed->options[i]);
    for (size_t i = 0; i < typed->operand_count; i++)
        free(typed->operands[i]);
    free(typed->options);
    free(typed->operands);
    free(typed);
}
