/* SPDX-License-Identifier: GPL-3.0-or-later */
/* command.h - what the program does beside extracting, when its first argument is
 * the name of a command: the table of commands, and what they share. */
#ifndef EXTRACT_CLI_COMMAND_H
#define EXTRACT_CLI_COMMAND_H

#include <stddef.h>

#include "base/buffer.h"

/* Options of a command, --help included. */
#define COMMAND_OPTIONS_MAX 16

struct command_option {
    int id;            /* the letter, or a number past all letters */
    const char *name;  /* without the dashes; NULL ends the table */
    const char *value; /* "FILE"; NULL: takes none */
    const char *help;  /* one line */
};

struct command_line;

struct command {
    const char *name;
    const char *operands; /* "DB WORD..." */
    const char *summary;  /* a line for the program's --help */
    const char *about;    /* lines for its own */
    const char *statuses; /* what the exit status says */
    const struct command_option *options;
    int (*run)(const struct command_line *line); /* gives the exit status */
};

/* The command line of a command, read. */
struct command_line {
    const struct command *command;
    const char *values[COMMAND_OPTIONS_MAX]; /* by place in the table; "" for a flag;
                                                NULL: not given. The last one counts */
    char **operands;
    size_t operand_count;
};

/* Ended by NULL. */
extern const struct command *const command_table[];
extern const struct command command_search, command_status;

/* The command that ARGV begins with; NULL: none, it is all about extracting. */
const struct command *command_find(int argc, char *const *argv);

/* Runs C with ARGV, whose second string is its name. The exit status. */
int command_run(const struct command *c, int argc, char **argv);

/* The value of the option NAME, which is one of LINE's; "" for a flag. NULL: not
 * given. */
const char *command_value(const struct command_line *line, const char *name);

/* The value of a number from 1 on, or FALLBACK; -1 after a message. */
int command_count(const struct command_line *line, const char *name, int fallback);

/* A message about wrong usage, and where to find help. Gives EXIT_STATUS_USAGE. */
int command_complain(const struct command *c, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Writes B to standard output, and empties it. 0, or -1 after a message. */
int command_print(struct buffer *b);

#endif
