/* SPDX-License-Identifier: GPL-3.0-or-later */
/* options.h - the one table of options, from which the parser, --help and
 * --list-options follow, and the command line as it was typed. */
#ifndef EXTRACT_CLI_OPTIONS_H
#define EXTRACT_CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

/* Groups of --help, in its order. */
enum options_group {
    OPTIONS_INPUT,
    OPTIONS_OUTPUT,
    OPTIONS_RESUMING,
    OPTIONS_WATCHING,
    OPTIONS_SELECTION,
    OPTIONS_SPEED,
    OPTIONS_SAFETY,
    OPTIONS_REPORTING,
    OPTIONS_GROUPS
};

const char *options_group_name(enum options_group group);

/* What getopt returns: the letter, or a number past all letters. */
enum options_id {
    OPTION_OUTPUT = 'o',
    OPTION_FORMAT = 'f',
    OPTION_FILES_FROM = 'T',
    OPTION_JOBS = 'j',
    OPTION_QUIET = 'q',
    OPTION_VERBOSE = 'v',
    OPTION_HELP = 'h',
    OPTION_VERSION = 'V',
    OPTION_FILES0_FROM = 256,
    OPTION_PASSWORD,
    OPTION_PASSWORD_FILE,
    OPTION_RECORDS,
    OPTION_HASH,
    OPTION_NO_TIMINGS,
    OPTION_FTS,
    OPTION_ORDER,
    OPTION_HOLD_MEMORY,
    OPTION_LAYOUT,
    OPTION_NO_DEHYPHENATE,
    OPTION_STRIP_HEADERS,
    OPTION_ANNOTATIONS,
    OPTION_NFC,
    OPTION_ATTACHMENTS,
    OPTION_PDF_ENGINE,
    OPTION_RESUME,
    OPTION_RETRY_FAILED,
    OPTION_CHECK,
    OPTION_PRUNE,
    OPTION_WATCH,
    OPTION_DEBOUNCE,
    OPTION_REALTIME,
    OPTION_ON_DELETE,
    OPTION_PRIORITY_CRITICAL,
    OPTION_PRIORITY_BATCH,
    OPTION_INCLUDE,
    OPTION_EXCLUDE,
    OPTION_TYPE,
    OPTION_PAGES,
    OPTION_PRESET,
    OPTION_MIN_JOBS,
    OPTION_MAX_JOBS,
    OPTION_CPU_TARGET,
    OPTION_MEMORY_RESERVE,
    OPTION_SPLIT_PAGES,
    OPTION_EPUB_JOBS,
    OPTION_TIERS,
    OPTION_ARCHIVES,
    OPTION_ARCHIVE_DEPTH,
    OPTION_ARCHIVE_MEMBERS,
    OPTION_ARCHIVE_BYTES,
    OPTION_ARCHIVE_RATIO,
    OPTION_ARCHIVE_NAMES,
    OPTION_ISOLATION,
    OPTION_SANDBOX,
    OPTION_TIMEOUT,
    OPTION_PAGE_TIMEOUT,
    OPTION_MEMORY_LIMIT,
    OPTION_RETRIES,
    OPTION_STATS,
    OPTION_METRICS_FILE,
    OPTION_METRICS_LISTEN,
    OPTION_TIMELINE,
    OPTION_PROGRESS,
    OPTION_CONFIG,
    OPTION_NO_CONFIG,
    OPTION_SHOW_CONFIG,
    OPTION_LIST_TYPES,
    OPTION_LIST_OPTIONS
};

/* What a value is, for whoever completes it. */
enum options_kind {
    OPTIONS_FLAG,      /* no value */
    OPTIONS_NUMBER,
    OPTIONS_SECONDS,   /* with a fraction */
    OPTIONS_SIZE,      /* bytes, with K, M, G or T */
    OPTIONS_TEXT,
    OPTIONS_FILE,
    OPTIONS_WORD,      /* one of the words */
    OPTIONS_TYPES      /* names of formats, with commas */
};

struct options_spec {
    enum options_id id;
    const char *name;           /* without the dashes */
    const char *value;          /* "FILE"; NULL: takes none */
    enum options_kind kind;
    bool optional;              /* the value may be left out: --progress */
    bool repeats;               /* each use adds; else the last one counts */
    enum options_group group;
    const char *words;          /* "input completion", for OPTIONS_WORD */
    const char *fallback;       /* the value when not given, as if typed */
    int minimum, maximum;       /* OPTIONS_NUMBER */
    const char *help;           /* one line */
};

/* In the order of --help; options_count entries. */
extern const struct options_spec options_table[];
extern const size_t options_count;

/* NULL: none has this id. */
const struct options_spec *options_find(int id);

/* The letter of SPEC, or 0. */
char options_letter(const struct options_spec *spec);

/* Where WORD stands among the words of SPEC, or -1. */
int options_word(const struct options_spec *spec, const char *word);

struct typed_option {
    const struct options_spec *spec;
    char *value;  /* NULL: none; owned */
    char *origin; /* where it is from, for people; owned. NULL: the command line */
};

/* The command line as typed: options in their order, then operands. Options from
 * elsewhere stand in front of them (config.h). */
struct typed {
    struct typed_option *options;
    size_t option_count, option_capacity;
    char **operands;
    size_t operand_count;
};

/* Reads ARGV, which stays as it is, up to an option that ends the program
 * with an answer (--help and the like), which then is the last one. NULL
 * after a message when an option is wrong. */
struct typed *options_parse(int argc, char *const *argv);
void options_destroy(struct typed *typed); /* takes NULL */

/* Puts an option from elsewhere at INDEX; SPEC lives as long as the program, the
 * strings are copied. VALUE may be NULL. */
void options_insert(struct typed *typed, size_t index, const struct options_spec *spec,
                    const char *value, const char *origin);

/* Takes out the options before INDEX that are SPEC; how many there were. */
size_t options_remove(struct typed *typed, size_t index,
                      const struct options_spec *spec);

/* The last of TYPED with this id, or NULL. */
const struct typed_option *options_last(const struct typed *typed, enum options_id id);

/* NULL: none has this name. */
const struct options_spec *options_find_name(const char *name);

/* Whether the option prints an answer and ends the program. */
bool options_is_answer(enum options_id id);

/* A message about wrong usage, and where to find help, on stderr. While a complaint is
 * about an option from elsewhere, options_blame names that place in front; NULL: the
 * command line. ORIGIN is borrowed until the next call. */
void options_blame(const char *origin);
void options_complain(const char *format, ...)
    __attribute__((format(printf, 1, 2)));

#endif
