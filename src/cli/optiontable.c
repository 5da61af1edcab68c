/* SPDX-License-Identifier: GPL-3.0-or-later */
/* optiontable.c - the option table, and what is looked up in it. */
#include <config.h>

#include <limits.h>
#include <string.h>

#include "cli/options.h"
#include "cli/settings.h"

const struct options_spec options_table[] = {
    {.id = OPTION_FILES_FROM, .name = "files-from", .value = "FILE",
     .kind = OPTIONS_FILE, .repeats = true, .group = OPTIONS_INPUT,
     .help = "read paths from FILE, one a line; - is stdin"},
    {.id = OPTION_FILES0_FROM, .name = "files0-from", .value = "FILE",
     .kind = OPTIONS_FILE, .repeats = true, .group = OPTIONS_INPUT,
     .help = "the same, each path ended by a NUL byte"},
    {.id = OPTION_PASSWORD, .name = "password", .value = "TEXT",
     .kind = OPTIONS_TEXT, .group = OPTIONS_INPUT,
     .help = "open encrypted documents with TEXT"},
    {.id = OPTION_PASSWORD_FILE, .name = "password-file", .value = "FILE",
     .kind = OPTIONS_FILE, .group = OPTIONS_INPUT,
     .help = "the same with the first line of FILE"},

    {.id = OPTION_OUTPUT, .name = "output", .value = "DEST",
     .kind = OPTIONS_FILE, .group = OPTIONS_OUTPUT,
     .help = "a directory, or a file [default: - (stdout)]"},
    {.id = OPTION_FORMAT, .name = "format", .value = "FORMAT",
     .kind = OPTIONS_WORD, .words = "text jsonl sqlite", .fallback = "text",
     .group = OPTIONS_OUTPUT, .help = "text, jsonl, sqlite"},
    {.id = OPTION_RECORDS, .name = "records", .value = "WHAT",
     .kind = OPTIONS_WORD, .words = "document page", .fallback = "document",
     .group = OPTIONS_OUTPUT, .help = "lines of jsonl: document, page"},
    {.id = OPTION_NO_TIMINGS, .name = "no-timings", .group = OPTIONS_OUTPUT,
     .help = "leave out of records how long it took"},
    {.id = OPTION_HASH, .name = "hash", .group = OPTIONS_OUTPUT,
     .help = "also the SHA-256 of each document"},
    {.id = OPTION_FTS, .name = "fts", .value = "KIND",
     .kind = OPTIONS_WORD, .words = "words trigram", .fallback = "words",
     .group = OPTIONS_OUTPUT, .help = "index of text: words, trigram"},
    {.id = OPTION_ORDER, .name = "order", .value = "WHICH",
     .kind = OPTIONS_WORD, .words = "input completion", .fallback = "input",
     .group = OPTIONS_OUTPUT, .help = "stdout order: input, completion"},
    {.id = OPTION_HOLD_MEMORY, .name = "hold-memory", .value = "SIZE",
     .kind = OPTIONS_SIZE, .group = OPTIONS_OUTPUT, .fallback = "64M",
     .help = "memory for text awaiting stdout"},
    {.id = OPTION_LAYOUT, .name = "layout", .value = "ORDER",
     .kind = OPTIONS_WORD, .words = "reading raw physical",
     .fallback = "reading", .group = OPTIONS_OUTPUT,
     .help = "order: reading, raw, physical"},
    {.id = OPTION_NO_DEHYPHENATE, .name = "no-dehyphenate",
     .group = OPTIONS_OUTPUT,
     .help = "leave words divided at the ends of lines"},
    {.id = OPTION_STRIP_HEADERS, .name = "strip-headers",
     .group = OPTIONS_OUTPUT,
     .help = "leave out page headers and footers that repeat"},
    {.id = OPTION_ANNOTATIONS, .name = "annotations",
     .group = OPTIONS_OUTPUT,
     .help = "after a PDF page's text its annotations"},
    {.id = OPTION_NFC, .name = "nfc",
     .group = OPTIONS_OUTPUT,
     .help = "letters and marks composed (Unicode's form C)"},
    {.id = OPTION_ATTACHMENTS, .name = "attachments",
     .group = OPTIONS_OUTPUT,
     .help = "the files in PDF documents, too"},
    {.id = OPTION_PDF_ENGINE, .name = "pdf-engine", .value = "NAME",
     .kind = OPTIONS_WORD, .words = "auto native poppler", .fallback = "auto",
     .group = OPTIONS_OUTPUT,
     .help = "PDF by: auto, native, poppler"},

    {.id = OPTION_RESUME, .name = "resume", .group = OPTIONS_RESUMING,
     .help = "leave out what an earlier run into -o has done"},
    {.id = OPTION_RETRY_FAILED, .name = "retry-failed",
     .group = OPTIONS_RESUMING,
     .help = "take up what failed or is partial there"},
    {.id = OPTION_CHECK, .name = "check", .value = "WHAT",
     .kind = OPTIONS_WORD, .words = "time hash", .fallback = "time",
     .group = OPTIONS_RESUMING,
     .help = "tell changes by: time, hash"},
    {.id = OPTION_PRUNE, .name = "prune", .group = OPTIONS_RESUMING,
     .help = "remove the output of inputs that are gone"},

    {.id = OPTION_WATCH, .name = "watch", .group = OPTIONS_WATCHING,
     .help = "extract what is in directories, then what changes"},
    {.id = OPTION_DEBOUNCE, .name = "debounce", .value = "S",
     .kind = OPTIONS_SECONDS, .fallback = "5", .group = OPTIONS_WATCHING,
     .help = "seconds of quiet before a read"},
    {.id = OPTION_REALTIME, .name = "realtime", .group = OPTIONS_WATCHING,
     .help = "read each file as soon as it is closed"},
    {.id = OPTION_ON_DELETE, .name = "on-delete", .value = "WHAT",
     .kind = OPTIONS_WORD, .words = "keep prune", .fallback = "keep",
     .group = OPTIONS_WATCHING, .help = "output of gone files: keep, prune"},
    {.id = OPTION_PRIORITY_CRITICAL, .name = "priority-critical", .value = "GLOB",
     .kind = OPTIONS_TEXT, .repeats = true, .group = OPTIONS_WATCHING,
     .help = "files that go first"},
    {.id = OPTION_PRIORITY_BATCH, .name = "priority-batch", .value = "GLOB",
     .kind = OPTIONS_TEXT, .repeats = true, .group = OPTIONS_WATCHING,
     .help = "files that go last"},

    {.id = OPTION_INCLUDE, .name = "include", .value = "GLOB",
     .kind = OPTIONS_TEXT, .repeats = true, .group = OPTIONS_SELECTION,
     .help = "take only files that match GLOB"},
    {.id = OPTION_EXCLUDE, .name = "exclude", .value = "GLOB",
     .kind = OPTIONS_TEXT, .repeats = true, .group = OPTIONS_SELECTION,
     .help = "leave out files and directories that match GLOB"},
    {.id = OPTION_TYPE, .name = "type", .value = "LIST",
     .kind = OPTIONS_TYPES, .repeats = true, .group = OPTIONS_SELECTION,
     .help = "take only these types, as in pdf,epub"},
    {.id = OPTION_ARCHIVES, .name = "archives", .value = "WHETHER",
     .kind = OPTIONS_WORD, .words = "yes no", .fallback = "yes",
     .group = OPTIONS_SELECTION,
     .help = "enter archives and mail: yes, no"},
    {.id = OPTION_PAGES, .name = "pages", .value = "LIST",
     .kind = OPTIONS_TEXT, .group = OPTIONS_SELECTION,
     .help = "take only these pages, as in 1-3,7,20-"},

    {.id = OPTION_JOBS, .name = "jobs", .value = "N", .kind = OPTIONS_NUMBER,
     .minimum = 1, .maximum = SETTINGS_JOBS_MAX, .group = OPTIONS_SPEED,
     .help = "work in just N threads"},
    {.id = OPTION_PRESET, .name = "preset", .value = "NAME",
     .kind = OPTIONS_WORD, .words = "low balanced max", .fallback = "balanced",
     .group = OPTIONS_SPEED, .help = "low, balanced, max"},
    {.id = OPTION_MIN_JOBS, .name = "min-jobs", .value = "N",
     .kind = OPTIONS_NUMBER, .minimum = 1, .maximum = SETTINGS_JOBS_MAX,
     .group = OPTIONS_SPEED,
     .help = "threads when the machine is busy [default: 1]"},
    {.id = OPTION_MAX_JOBS, .name = "max-jobs", .value = "N",
     .kind = OPTIONS_NUMBER, .minimum = 1, .maximum = SETTINGS_JOBS_MAX,
     .group = OPTIONS_SPEED,
     .help = "when it is idle [default: the usable CPUs]"},
    {.id = OPTION_CPU_TARGET, .name = "cpu-target", .value = "PCT",
     .kind = OPTIONS_NUMBER, .minimum = 1, .maximum = 100,
     .group = OPTIONS_SPEED,
     .help = "use up to PCT of the CPUs, others included"},
    {.id = OPTION_MEMORY_RESERVE, .name = "memory-reserve", .value = "SIZE",
     .kind = OPTIONS_SIZE, .group = OPTIONS_SPEED,
     .help = "keep SIZE free [default: 10 %, up to 1.5G]"},
    {.id = OPTION_SPLIT_PAGES, .name = "split-pages", .value = "N",
     .kind = OPTIONS_NUMBER, .minimum = 1, .maximum = SETTINGS_SPLIT_PAGES_MAX,
     .fallback = "32", .group = OPTIONS_SPEED,
     .help = "pages in a part of a large document"},
    {.id = OPTION_EPUB_JOBS, .name = "epub-jobs", .value = "N",
     .kind = OPTIONS_NUMBER, .minimum = 1, .maximum = SETTINGS_JOBS_MAX, .fallback = "2",
     .group = OPTIONS_SPEED, .help = "EPUBs open at once"},
    {.id = OPTION_TIERS, .name = "tiers", .value = "LIST",
     .kind = OPTIONS_TEXT, .group = OPTIONS_SPEED,
     .help = "where tiers end, as in tiny=1M/10 (bytes/pages)"},

    {.id = OPTION_ARCHIVE_DEPTH, .name = "archive-depth", .value = "N",
     .kind = OPTIONS_NUMBER, .minimum = 1, .maximum = SETTINGS_ARCHIVE_DEPTH_MAX,
     .fallback = "8", .group = OPTIONS_SAFETY,
     .help = "archives within archives"},
    {.id = OPTION_ARCHIVE_MEMBERS, .name = "archive-members", .value = "N",
     .kind = OPTIONS_NUMBER, .minimum = 1, .maximum = INT_MAX,
     .fallback = "1000000", .group = OPTIONS_SAFETY,
     .help = "members of one archive"},
    {.id = OPTION_ARCHIVE_BYTES, .name = "archive-bytes", .value = "SIZE",
     .kind = OPTIONS_SIZE, .fallback = "64G", .group = OPTIONS_SAFETY,
     .help = "what they unpack to"},
    {.id = OPTION_ARCHIVE_RATIO, .name = "archive-ratio", .value = "N",
     .kind = OPTIONS_NUMBER, .minimum = 1, .maximum = INT_MAX,
     .fallback = "100", .group = OPTIONS_SAFETY,
     .help = "the same to its size, past 1 MiB"},
    {.id = OPTION_ARCHIVE_NAMES, .name = "archive-names", .value = "N",
     .kind = OPTIONS_NUMBER, .minimum = 1, .maximum = SETTINGS_ARCHIVE_NAMES_MAX,
     .fallback = "1024", .group = OPTIONS_SAFETY,
     .help = "bytes of a member's name"},
    {.id = OPTION_ISOLATION, .name = "isolation", .value = "KIND",
     .kind = OPTIONS_WORD, .words = "process none", .fallback = "process",
     .group = OPTIONS_SAFETY,
     .help = "where to parse: process, none"},
    {.id = OPTION_SANDBOX, .name = "sandbox", .value = "MODE",
     .kind = OPTIONS_WORD, .words = "auto require off", .fallback = "auto",
     .group = OPTIONS_SAFETY, .help = "of workers: auto, require, off"},
    {.id = OPTION_TIMEOUT, .name = "timeout", .value = "S",
     .kind = OPTIONS_SECONDS, .fallback = "60", .group = OPTIONS_SAFETY,
     .help = "seconds for a document, at least"},
    {.id = OPTION_PAGE_TIMEOUT, .name = "page-timeout", .value = "S",
     .kind = OPTIONS_SECONDS, .fallback = "30", .group = OPTIONS_SAFETY,
     .help = "seconds for a page"},
    {.id = OPTION_MEMORY_LIMIT, .name = "memory-limit", .value = "SIZE",
     .kind = OPTIONS_SIZE, .fallback = "1G", .group = OPTIONS_SAFETY,
     .help = "memory of a worker"},
    {.id = OPTION_RETRIES, .name = "retries", .value = "N",
     .kind = OPTIONS_NUMBER, .maximum = SETTINGS_RETRIES_MAX, .fallback = "2",
     .group = OPTIONS_SAFETY,
     .help = "times to try again what may pass"},

    {.id = OPTION_STATS, .name = "stats", .value = "FILE",
     .kind = OPTIONS_FILE, .group = OPTIONS_REPORTING,
     .help = "write totals and a row for each document as JSON"},
    {.id = OPTION_METRICS_FILE, .name = "metrics-file", .value = "FILE",
     .kind = OPTIONS_FILE, .group = OPTIONS_REPORTING,
     .help = "keep figures for Prometheus in FILE, up to date"},
    {.id = OPTION_METRICS_LISTEN, .name = "metrics-listen",
     .value = "ADDR:PORT", .kind = OPTIONS_TEXT, .group = OPTIONS_REPORTING,
     .help = "show them and a page there by HTTP"},
    {.id = OPTION_TIMELINE, .name = "timeline", .value = "FILE",
     .kind = OPTIONS_FILE, .group = OPTIONS_REPORTING,
     .help = "write what each thread did when as JSON Lines"},
    {.id = OPTION_PROGRESS, .name = "progress", .value = "WHEN",
     .kind = OPTIONS_WORD, .words = "auto always never", .optional = true,
     .fallback = "auto", .group = OPTIONS_REPORTING,
     .help = "progress bar: auto, always, never"},
    {.id = OPTION_QUIET, .name = "quiet", .group = OPTIONS_REPORTING,
     .help = "say nothing but errors"},
    {.id = OPTION_VERBOSE, .name = "verbose", .group = OPTIONS_REPORTING,
     .help = "also say what became of each document"},
    {.id = OPTION_CONFIG, .name = "config", .value = "FILE",
     .kind = OPTIONS_FILE, .group = OPTIONS_REPORTING,
     .help = "options from FILE instead of the user's file"},
    {.id = OPTION_NO_CONFIG, .name = "no-config", .group = OPTIONS_REPORTING,
     .help = "only the options of the command line"},
    {.id = OPTION_SHOW_CONFIG, .name = "show-config",
     .group = OPTIONS_REPORTING,
     .help = "list what holds and from where, and exit"},
    {.id = OPTION_LIST_TYPES, .name = "list-types",
     .group = OPTIONS_REPORTING, .help = "list the document types and exit"},
    {.id = OPTION_LIST_OPTIONS, .name = "list-options",
     .group = OPTIONS_REPORTING,
     .help = "list the options for scripts and exit"},
    {.id = OPTION_HELP, .name = "help", .group = OPTIONS_REPORTING,
     .help = "show this help and exit"},
    {.id = OPTION_VERSION, .name = "version", .group = OPTIONS_REPORTING,
     .help = "show the version and exit"},
};

#define OPTIONS_COUNT (sizeof options_table / sizeof options_table[0])
const size_t options_count = OPTIONS_COUNT;

const char *options_group_name(enum options_group group)
{
    static const char *const names[OPTIONS_GROUPS] = {
        [OPTIONS_INPUT] = "Input",
        [OPTIONS_OUTPUT] = "Output",
        [OPTIONS_RESUMING] = "Going on",
        [OPTIONS_WATCHING] = "Watching",
        [OPTIONS_SELECTION] = "Selection",
        [OPTIONS_SPEED] = "Speed",
        [OPTIONS_SAFETY] = "Safety",
        [OPTIONS_REPORTING] = "Reporting",
    };

    return names[group];
}

const struct options_spec *options_find(int id)
{
    for (size_t i = 0; i < OPTIONS_COUNT; i++)
        if ((int)options_table[i].id == id)
            return &options_table[i];
    return NULL;
}

const struct options_spec *options_find_name(const char *name)
{
    for (size_t i = 0; i < OPTIONS_COUNT; i++)
        if (strcmp(options_table[i].name, name) == 0)
            return &options_table[i];
    return NULL;
}

char options_letter(const struct options_spec *spec)
{
    return (int)spec->id < 256 ? (char)spec->id : '\0';
}

int options_word(const struct options_spec *spec, const char *word)
{
    const char *w = spec->words;
    size_t length = strlen(word);

    for (int index = 0; *w != '\0'; index++) {
        size_t n = strcspn(w, " ");

        if (n == length && memcmp(w, word, n) == 0)
            return index;
        w += n;
        w += strspn(w, " ");
    }
    return -1;
}

bool options_is_answer(enum options_id id)
{
    return id == OPTION_HELP || id == OPTION_VERSION ||
           id == OPTION_LIST_TYPES || id == OPTION_LIST_OPTIONS;
}
