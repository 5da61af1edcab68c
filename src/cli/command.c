/* SPDX-License-Identifier: GPL-3.0-or-later */
/* command.c - options of commands by getopt_long, with the messages of options.c. */
#include <config.h>

#include <errno.h>
#include <getopt.h>
#include <limits.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "base/number.h"
#include "cli/command.h"
#include "cli/status.h"

const struct command *const command_table[] = { &command_search, &command_status, NULL };

/* As in help.c. */
#define COMMAND_COLUMN 29

const struct command *command_find(int argc, char *const *argv)
{
    for (size_t i = 0; argc > 1 && command_table[i]; i++)
        if (!strcmp(argv[1], command_table[i]->name))
            return command_table[i];
    return NULL;
}

int command_complain(const struct command *c, const char *format, ...)
{
    struct buffer b = { 0 };
    va_list args;
    va_start(args, format);
    buffer_vprintf(&b, format, args);
    va_end(args);
    diag_error(NULL, "%s", buffer_string(&b));
    buffer_clear(&b);
    buffer_append_string(&b, "Try '");
    diag_append_quoted(&b, diag_program());
    buffer_printf(&b, " %s --help' for more information.", c->name);
    diag_line(buffer_string(&b));
    buffer_free(&b);
    return EXIT_STATUS_USAGE;
}

int command_print(struct buffer *b)
{
    errno = 0;
    if (b->size)
        fwrite(b->data, 1, b->size, stdout);
    buffer_clear(b);
    if (fflush(stdout) == 0 && !ferror(stdout))
        return 0;
    diag_error(NULL, "standard output: %s", strerror(errno));
    return -1;
}

static int command_help(const struct command *c)
{
    struct buffer b = { 0 };
    buffer_printf(&b, "Usage: %s %s [OPTION]... %s\n%s\n", diag_program(), c->name,
                  c->operands, c->about);
    for (const struct command_option *o = c->options; o->name; o++) {
        size_t start = b.size;
        if (o->id < 256)
            buffer_printf(&b, "  -%c, --%s", o->id, o->name);
        else
            buffer_printf(&b, "      --%s", o->name);
        if (o->value)
            buffer_printf(&b, "=%s", o->value);
        buffer_printf(&b, "%*s %s\n", -(int)(COMMAND_COLUMN - 1 - (b.size - start)), "",
                      o->help);
    }
    buffer_printf(&b, "\nExit status: %s.\n", c->statuses);
    int rc = command_print(&b);
    buffer_free(&b);
    return rc == 0 ? EXIT_STATUS_OK : EXIT_STATUS_RUN;
}

/* The place of the option ID; -1: none has it. */
static int command_place(const struct command *c, int id)
{
    for (int i = 0; c->options[i].name; i++)
        if (c->options[i].id == id)
            return i;
    return -1;
}

static int command_complain_getopt(const struct command *c, int what,
                                   const char *argument, bool missing)
{
    int place = what ? command_place(c, what) : -1;
    if (missing && !strncmp(argument, "--", 2))
        return command_complain(c, "option '--%s' needs a value",
                                c->options[place].name);
    if (missing)
        return command_complain(c, "option '-%c' needs a value", what);
    if (place >= 0)
        return command_complain(c, "option '--%s' takes no value",
                                c->options[place].name);
    if (what)
        return command_complain(c, "unknown option '-%c'", what);
    return command_complain(c, "unknown option '--%.*s'",
                            (int)strcspn(argument + 2, "="), argument + 2);
}

/* The two forms of the table that getopt_long reads. */
static void command_fill(const struct command *c, struct option *longs, char *letters)
{
    *letters++ = ':';
    for (const struct command_option *o = c->options; o->name; o++) {
        *longs++ = (struct option){
            o->name, o->value ? required_argument : no_argument, NULL, o->id
        };
        if (o->id >= 256)
            continue;
        *letters++ = (char)o->id;
        if (o->value)
            *letters++ = ':';
    }
    *longs = (struct option){ 0 };
    *letters = '\0';
}

int command_run(const struct command *c, int argc, char **argv)
{
    struct option longs[COMMAND_OPTIONS_MAX + 1];
    char letters[2 * COMMAND_OPTIONS_MAX + 2];
    struct command_line line = { .command = c };
    int id;
    command_fill(c, longs, letters);
    opterr = 0;
    optind = 0; /* glibc: start anew */
    argc--;
    argv++;
    while ((id = getopt_long(argc, argv, letters, longs, NULL)) != -1) {
        if (id == '?' || id == ':')
            return command_complain_getopt(c, optopt, argv[optind - 1], id == ':');
        if (id == 'h')
            return command_help(c);
        line.values[command_place(c, id)] = optarg ? optarg : "";
    }
    line.operands = argv + optind;
    line.operand_count = (size_t)(argc - optind);
    return c->run(&line);
}

const char *command_value(const struct command_line *line, const char *name)
{
    for (int i = 0; line->command->options[i].name; i++)
        if (!strcmp(line->command->options[i].name, name))
            return line->values[i];
    diag_bug("no option --%s", name);
}

int command_count(const struct command_line *line, const char *name, int fallback)
{
    const char *value = command_value(line, name);
    int count = fallback;
    if (!value || number_parse_int(value, 1, INT_MAX, &count) == 0)
        return count;
    command_complain(line->command, "--%s: '%s' is not a number from 1 on", name, value);
    return -1;
}
