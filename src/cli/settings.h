/* SPDX-License-Identifier: GPL-3.0-or-later */
/* settings.h - what the command line asks for: checked, resolved and with
 * defaults filled in, as the run wants to have it. */
#ifndef EXTRACT_CLI_SETTINGS_H
#define EXTRACT_CLI_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"
#include "base/endpoint.h"
#include "cli/status.h"
#include "detect/classify.h"
#include "document/pages.h"
#include "format/format.h"
#include "input/source.h"
#include "lane/sandbox.h"
#include "sched/nest.h"

enum settings_format { OUTPUT_TEXT, OUTPUT_JSONL, OUTPUT_SQLITE };
enum settings_order { ORDER_INPUT, ORDER_COMPLETION };
enum settings_preset { PRESET_LOW, PRESET_BALANCED, PRESET_MAX };
enum settings_progress { PROGRESS_AUTO, PROGRESS_ALWAYS, PROGRESS_NEVER };

/* --watch and what goes with it. */
struct settings_watch {
    bool on;
    double debounce; /* --debounce, in seconds; 0 with --realtime */
    bool prunes;     /* --on-delete=prune */
    const char *const *critical, *const *batch; /* --priority-critical, -batch */
    size_t critical_count, batch_count;
};

struct typed; /* options.h: the command line as typed; owns all strings here */

/* Strings and arrays live until settings_destroy. Constant once parsed, so
 * any thread may read them. */
struct settings {
    /* Operands, --files-from, --files0-from, --include, --exclude. At least
     * one path or list is there. wake_fd is -1: the run sets it. */
    struct source_config source;

    /* --type: the formats that are wanted. type_count 0: all of them. */
    const struct format *const *types;
    size_t type_count;

    const struct pages *pages; /* --pages; NULL: all */
    const char *pages_text;    /* the same as typed; NULL: all */
    const char *password;      /* --password, --password-file; NULL: none */

    /* --layout, --no-dehyphenate, --strip-headers, --pdf-engine */
    struct format_options options;

    enum settings_format format;
    const char *output; /* -o, not yet created: a directory for text, a file for
                           records and databases; NULL: stdout */
    bool page_records;  /* --records=page */
    bool timings;       /* not --no-timings */
    bool hash;          /* --hash, or needed for --check=hash */
    bool trigrams;      /* --fts=trigram */
    bool resume;        /* --resume */
    bool retry_failed;  /* --retry-failed */
    bool check_hash;    /* --check=hash */
    bool prune;         /* --prune */
    enum settings_order order; /* of documents on stdout */
    size_t hold_bytes;         /* --hold-memory, for stdout */

    struct settings_watch watch;

    int jobs;        /* 1 .. SETTINGS_JOBS_MAX: at work at most */
    int min_jobs;    /* 1 .. jobs: when the machine is busy; jobs with --jobs */
    int max_jobs;    /* --max-jobs, as given; 0: not given */
    enum settings_preset preset;
    double cpu_target;       /* --cpu-target: a share; 0: none */
    uint64_t memory_reserve; /* --memory-reserve, in bytes; 0: by the machine */
    int split_pages; /* 1 .. SETTINGS_SPLIT_PAGES_MAX */
    int epub_jobs;   /* 1 .. SETTINGS_JOBS_MAX */
    struct tier_limits tiers;

    struct nest_limits nest;   /* --archives, --archive-depth and the like */

    bool isolated;             /* --isolation=process */
    enum sandbox_mode sandbox; /* --sandbox */
    double timeout;            /* --timeout: the base, in seconds */
    double page_timeout;       /* --page-timeout, in seconds */
    uint64_t memory_limit;     /* --memory-limit, in bytes */
    int retries;               /* --retries: 0 .. SETTINGS_RETRIES_MAX */

    const char *timeline; /* --timeline; NULL: none */
    const char *stats; /* --stats; NULL: none; "-": stdout, only when
                          output is set */
    const char *metrics_file; /* --metrics-file; NULL: none */
    bool listens;             /* --metrics-listen, there: */
    struct endpoint endpoint;
    enum settings_progress progress;
    enum diag_level level; /* -q, -v; not yet given to diag_set_level */
    bool show_config;      /* --show-config: all else need not fit together */

    /* Owners of what stands above; for settings.c alone. */
    struct typed *typed;
    struct pages *owned_pages;
    char *owned_password;
    struct source_list *owned_lists;
    const char **owned_globs;
    const char **owned_priorities;
    const struct format **owned_types;
};

#define SETTINGS_JOBS_MAX 1024
#define SETTINGS_SPLIT_PAGES_MAX 100000
#define SETTINGS_RETRIES_MAX 100
#define SETTINGS_ARCHIVE_DEPTH_MAX NEST_DEPTH_MAX
#define SETTINGS_ARCHIVE_NAMES_MAX 65535
/* A worker needs some 20 MiB before it has seen a document. */
#define SETTINGS_MEMORY_MIN ((uint64_t)64 << 20)

/* Reads the command line, the configuration and the environment (config.h) into S,
 * which need not be initialized. ARGV is neither changed nor kept. Returns -1: go on with S; else the exit status to
 * end with, all said: EXIT_STATUS_OK after --help and the like (on stdout),
 * EXIT_STATUS_RUN when stdout took no help, EXIT_STATUS_USAGE after a message
 * on stderr. Call diag_set_program first. Uses getopt's globals: not for two
 * threads at once. settings_destroy may follow in every case. */
int settings_parse(int argc, char *const *argv, struct settings *s);

/* In what settings_describe says, of --records=page. */
#define SETTINGS_PAGE_RECORDS ", records of pages"

/* What of S changes what is written of a document, on one line; to be freed. Not the
 * password: what it opens was encrypted before. */
char *settings_describe(const struct settings *s);

void settings_destroy(struct settings *s);

#endif
