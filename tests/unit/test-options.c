/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-options.c - command lines and what they resolve to: defaults, every
 * option, wrong usage with its message, and the answers of --help and co. */
#include <config.h>

#include <criterion/criterion.h>
#include <criterion/redirect.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/hardware.h"
#include "cli/help.h"
#include "cli/options.h"
#include "cli/settings.h"
#include "format/engine.h"
#include "format/format.h"

#define PARSE(s, ...) \
    parse((s), (const char *[]){"extract", __VA_ARGS__, NULL})

static int parse(struct settings *s, const char **argv)
{
    int argc = 0;

    while (argv[argc] != NULL)
        argc++;
    diag_set_program("extract");
    return settings_parse(argc, (char *const *)argv, s);
}

/* What the program says on stderr about ARGV, which must be wrong usage. */
static char *complaint(const char **argv)
{
    static char said[4096];
    struct settings s;
    int saved = dup(STDERR_FILENO);
    FILE *file = tmpfile();
    ssize_t n;

    cr_assert_not_null(file);
    dup2(fileno(file), STDERR_FILENO);
    cr_expect_eq(parse(&s, argv), EXIT_STATUS_USAGE);
    settings_destroy(&s);
    fflush(stderr);
    dup2(saved, STDERR_FILENO);
    close(saved);
    n = pread(fileno(file), said, sizeof said - 1, 0);
    said[n > 0 ? n : 0] = '\0';
    fclose(file);
    return said;
}

static void expect_wrong(const char *sentence, const char **argv)
{
    char wanted[4096];
    const char *said = complaint(argv);

    snprintf(wanted, sizeof wanted,
             "extract: %s\nTry 'extract --help' for more information.\n",
             sentence);
    cr_expect_str_eq(said, wanted);
}

#define WRONG(sentence, ...) \
    expect_wrong((sentence), (const char *[]){"extract", __VA_ARGS__, NULL})

/* WORD is none of the formats of this build. */
static void expect_no_type(const char *word, const char *option)
{
    char sentence[2048];
    int n = snprintf(sentence, sizeof sentence, "--type: '%s' is none of: ", word);

    for (size_t i = 0; format_registry[i]; i++)
        n += snprintf(sentence + n, sizeof sentence - (size_t)n, "%s%s",
                      i > 0 ? ", " : "", format_registry[i]->name);
    WRONG(sentence, option, "a");
}

Test(options, table_is_sound)
{
    for (size_t i = 0; i < options_count; i++) {
        const struct options_spec *a = &options_table[i];

        cr_expect_eq(options_find((int)a->id), a, "two options share %s's id",
                     a->name);
        cr_expect_eq(a->value == NULL, a->kind == OPTIONS_FLAG, "%s", a->name);
        cr_expect_eq(a->words != NULL, a->kind == OPTIONS_WORD, "%s", a->name);
        cr_expect_eq(a->maximum > 0, a->kind == OPTIONS_NUMBER, "%s", a->name);
        for (size_t k = i + 1; k < options_count; k++)
            cr_expect_str_neq(a->name, options_table[k].name);
    }
}

Test(options, defaults)
{
    struct settings s;

    cr_assert_eq(PARSE(&s, "a.pdf"), -1);
    cr_expect_eq(s.source.path_count, 1);
    cr_expect_str_eq(s.source.paths[0], "a.pdf");
    cr_expect_eq(s.source.list_count, 0);
    cr_expect_eq(s.source.include_count, 0);
    cr_expect_eq(s.source.exclude_count, 0);
    cr_expect_eq(s.source.wake_fd, -1);
    cr_expect_eq(s.type_count, 0);
    cr_expect_null(s.pages);
    cr_expect_null(s.password);
    cr_expect_null(s.output);
    cr_expect_eq(s.order, ORDER_INPUT);
    cr_expect_eq(s.hold_bytes, (size_t)64 << 20);
    cr_expect_eq(s.options.layout, FORMAT_READING);
    cr_expect_not(s.options.keep_hyphens);
    cr_expect_not(s.options.strip_headers);
    cr_expect_null(s.options.pdf_engine);
    cr_expect_eq(s.jobs, hardware_cpus());
    cr_expect_eq(s.split_pages, 32);
    cr_expect_eq(s.epub_jobs, 2);
    cr_expect_eq(memcmp(&s.tiers, &tier_limits_default, sizeof s.tiers), 0);
    cr_expect(s.isolated);
    cr_expect_eq(s.sandbox, SANDBOX_AUTO);
    cr_expect_eq(s.timeout, 60.0);
    cr_expect_eq(s.page_timeout, 30.0);
    cr_expect_eq(s.memory_limit, (uint64_t)1 << 30);
    cr_expect_eq(s.retries, 2);
    cr_expect_null(s.stats);
    cr_expect_eq(s.progress, PROGRESS_AUTO);
    cr_expect_eq(s.level, DIAG_NORMAL);
    settings_destroy(&s);
}

Test(options, every_option)
{
    struct settings s;

    cr_assert_eq(PARSE(&s, "-o", "new-directory", "-j", "7",
                       "--split-pages=5", "--epub-jobs", "3",
                       "--tiers=tiny=2M/20", "--pages=2-3", "--password=one",
                       "--stats=-", "--progress=never", "-v", "x"), -1);
    cr_expect_str_eq(s.output, "new-directory");
    cr_expect_eq(s.jobs, 7);
    cr_expect_eq(s.split_pages, 5);
    cr_expect_eq(s.epub_jobs, 3);
    cr_expect_eq(s.tiers.bytes[TIER_TINY], (uint64_t)2 << 20);
    cr_expect_eq(s.tiers.pages[TIER_TINY], 20);
    cr_expect_eq(s.tiers.pages[TIER_LARGE], 1000);
    cr_expect_eq(pages_wanted(s.pages, 10), 2);
    cr_expect_str_eq(s.password, "one");
    cr_expect_str_eq(s.stats, "-");
    cr_expect_eq(s.progress, PROGRESS_NEVER);
    cr_expect_eq(s.level, DIAG_VERBOSE);
    settings_destroy(&s);

    cr_assert_eq(PARSE(&s, "--order=completion", "--hold-memory=3K", "-q",
                       "--stats=out.json", "x"), -1);
    cr_expect_eq(s.order, ORDER_COMPLETION);
    cr_expect_eq(s.hold_bytes, 3072);
    cr_expect_eq(s.level, DIAG_QUIET);
    cr_expect_str_eq(s.stats, "out.json");
    settings_destroy(&s);

    cr_assert_eq(PARSE(&s, "--isolation=process", "--sandbox=require",
                       "--timeout=90", "--page-timeout", "0.25",
                       "--memory-limit=64M", "--retries=0", "x"), -1);
    cr_expect(s.isolated);
    cr_expect_eq(s.sandbox, SANDBOX_REQUIRE);
    cr_expect_eq(s.timeout, 90.0);
    cr_expect_eq(s.page_timeout, 0.25);
    cr_expect_eq(s.memory_limit, SETTINGS_MEMORY_MIN);
    cr_expect_eq(s.retries, 0);
    settings_destroy(&s);

    cr_assert_eq(PARSE(&s, "--layout=physical", "--no-dehyphenate",
                       "--strip-headers", "--pdf-engine=poppler", "x"), -1);
    cr_expect_eq(s.options.layout, FORMAT_PHYSICAL);
    cr_expect(s.options.keep_hyphens);
    cr_expect(s.options.strip_headers);
    cr_expect_str_eq(s.options.pdf_engine, "poppler");
    settings_destroy(&s);

    cr_assert_eq(PARSE(&s, "--sandbox=off", "--retries=100", "x"), -1);
    cr_expect_eq(s.sandbox, SANDBOX_OFF);
    cr_expect_eq(s.retries, SETTINGS_RETRIES_MAX);
    settings_destroy(&s);
}

Test(options, options_that_add_up)
{
    struct settings s;

    cr_assert_eq(PARSE(&s, "-T", "one", "--files0-from=two", "-Tthree",
                       "--include=*.pdf", "--exclude", "old", "--include=*.txt",
                       "--type=pdf,epub", "--type", "pdf"), -1);
    cr_expect_eq(s.source.path_count, 0);
    cr_assert_eq(s.source.list_count, 3);
    cr_expect_str_eq(s.source.lists[0].path, "one");
    cr_expect_eq(s.source.lists[0].separator, '\n');
    cr_expect_str_eq(s.source.lists[1].path, "two");
    cr_expect_eq(s.source.lists[1].separator, '\0');
    cr_expect_str_eq(s.source.lists[2].path, "three");
    cr_assert_eq(s.source.include_count, 2);
    cr_expect_str_eq(s.source.includes[0], "*.pdf");
    cr_expect_str_eq(s.source.includes[1], "*.txt");
    cr_assert_eq(s.source.exclude_count, 1);
    cr_expect_str_eq(s.source.excludes[0], "old");
    cr_assert_eq(s.type_count, 2);
    cr_expect_str_eq(s.types[1]->name, "epub");
    settings_destroy(&s);
}

Test(options, the_last_one_counts)
{
    struct settings s;

    cr_assert_eq(PARSE(&s, "-j1", "-o", ".", "-q", "--pages=1", "--password=a",
                       "--progress=never", "--progress", "-o-", "--pages=2-",
                       "--password=b", "-v", "-j2", "--isolation=none",
                       "--isolation=process", "--sandbox=off",
                       "--sandbox=auto", "--timeout=1", "--timeout=2", "x"),
                 -1);
    cr_expect_eq(s.jobs, 2);
    cr_expect_null(s.output);
    cr_expect_eq(s.level, DIAG_VERBOSE);
    cr_expect_eq(pages_at(s.pages, 0), 2);
    cr_expect_str_eq(s.password, "b");
    cr_expect_eq(s.progress, PROGRESS_ALWAYS);
    cr_expect(s.isolated);
    cr_expect_eq(s.sandbox, SANDBOX_AUTO);
    cr_expect_eq(s.timeout, 2.0);
    settings_destroy(&s);
}

Test(options, order_of_the_command_line)
{
    const char *argv[] = {"extract", "a",   "--spl=4", "b", "-vj", "3",
                          "--",      "--q", "-x",      NULL};
    struct settings s;

    cr_assert_eq(parse(&s, argv), -1);
    cr_expect_eq(s.split_pages, 4);
    cr_expect_eq(s.jobs, 3);
    cr_expect_eq(s.level, DIAG_VERBOSE);
    cr_assert_eq(s.source.path_count, 4);
    cr_expect_str_eq(s.source.paths[0], "a");
    cr_expect_str_eq(s.source.paths[1], "b");
    cr_expect_str_eq(s.source.paths[2], "--q");
    cr_expect_str_eq(s.source.paths[3], "-x");
    cr_expect_str_eq(argv[2], "--spl=4", "argv was permuted");
    settings_destroy(&s);
}

Test(options, a_value_is_copied)
{
    char path[] = "path", jobs[] = "--stats=s";
    char *argv[] = {(char[]){"extract"}, jobs, path, NULL};
    struct settings s;

    cr_assert_eq(settings_parse(3, argv, &s), -1);
    memset(path, '!', sizeof path - 1);
    memset(jobs, '!', sizeof jobs - 1);
    cr_expect_str_eq(s.source.paths[0], "path");
    cr_expect_str_eq(s.stats, "s");
    settings_destroy(&s);
}

Test(options, wrong_syntax)
{
    WRONG("unknown option '--nonsense'", "--nonsense=5", "a");
    WRONG("unknown option '-x'", "-vx", "a");
    WRONG("option '--jobs' needs a value", "a", "--jobs");
    WRONG("option '-j' needs a value", "a", "-j");
    WRONG("option '--quiet' takes no value", "--quiet=1", "a");
    WRONG("option '--p' is ambiguous: '--password', '--password-file', "
          "'--pdf-engine', '--prune', '--pages', '--page-timeout', '--progress'", "--p=1",
          "a");
    WRONG("no PATH and no list given", "-v");
    WRONG("'-': documents are not read from standard input; for a list of "
          "paths there, use -T -", "a", "-");
    cr_expect_not_null(strstr(complaint((const char *[]){"extract", NULL}),
                              "no PATH"));
    cr_expect_not_null(strstr(
        complaint((const char *[]){"extract", "-\xc3\xa9", NULL}),
        "unknown option"));
}

Test(options, wrong_numbers)
{
    static const char *const wrong[] = {"", "0", "-1", "+1", " 1", "1 ", "1x",
                                        "1025", "99999999999999999999", "1.5"};

    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        char sentence[128];

        snprintf(sentence, sizeof sentence,
                 "--jobs: '%s' is not a number from 1 to 1024", wrong[i]);
        WRONG(sentence, "-j", wrong[i], "a");
    }
    WRONG("--split-pages: '100001' is not a number from 1 to 100000",
          "--split-pages=100001", "a");
    WRONG("--epub-jobs: '1025' is not a number from 1 to 1024",
          "--epub-jobs=1025", "a");
    WRONG("--retries: '-1' is not a number from 0 to 100", "--retries=-1", "a");
    WRONG("--retries: '101' is not a number from 0 to 100", "--retries=101",
          "a");
}

Test(options, seconds)
{
    static const struct { const char *text; double seconds; } good[] = {
        {"1", 1.0}, {"0.5", 0.5}, {"2.25", 2.25}, {"086400", 86400.0},
        {"1000000000", 1e9},
    };
    static const char *const wrong[] = {
        "", "0", "0.0", "-1", "+1", " 1", "1 ", ".5", "1.", "1,5", "1e3", "1s",
        "0x10", "inf", "nan", "1000000001", "99999999999999999999",
    };
    struct settings s;

    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        cr_assert_eq(PARSE(&s, "--timeout", good[i].text, "--page-timeout",
                           good[i].text, "a"), -1, "%s", good[i].text);
        cr_expect_eq(s.timeout, good[i].seconds, "%s", good[i].text);
        cr_expect_eq(s.page_timeout, good[i].seconds, "%s", good[i].text);
        settings_destroy(&s);
    }
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        char sentence[128];

        snprintf(sentence, sizeof sentence,
                 "--timeout: '%s' is not a number of seconds above 0", wrong[i]);
        WRONG(sentence, "--timeout", wrong[i], "a");
    }
    WRONG("--page-timeout: '0' is not a number of seconds above 0",
          "--page-timeout=0", "a");
}

Test(options, sizes)
{
    static const struct { const char *text; size_t bytes; } good[] = {
        {"0", 0}, {"1", 1}, {"2K", 2048}, {"3M", 3 << 20},
        {"5G", (size_t)5 << 30}, {"7k", 7168},
    };
    static const char *const wrong[] = {"", "K", "-1", "1KK", "1 K",
                                        "1.5M", "99999999999999999999",
                                        "9000000T"};
    struct settings s;

    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        cr_assert_eq(PARSE(&s, "--hold-memory", good[i].text, "a"), -1);
        cr_expect_eq(s.hold_bytes, good[i].bytes, "%s", good[i].text);
        settings_destroy(&s);
    }
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        char sentence[128];

        snprintf(sentence, sizeof sentence,
                 "--hold-memory: '%s' is not a size, as in 64M", wrong[i]);
        WRONG(sentence, "--hold-memory", wrong[i], "a");
    }
    WRONG("--memory-limit: 'lots' is not a size, as in 64M",
          "--memory-limit=lots", "a");
    WRONG("--memory-limit: '67108863' is too small: 64M at least",
          "--memory-limit=67108863", "a");
    WRONG("--memory-limit: '0' is too small: 64M at least", "--memory-limit=0",
          "a");
}

Test(options, wrong_words_and_lists)
{
    WRONG("--order: 'random' is none of: input completion", "--order=random",
          "a");
    WRONG("--order: '' is none of: input completion", "--order=", "a");
    WRONG("--order: 'input completion' is none of: input completion",
          "--order=input completion", "a");
    WRONG("--progress: 'yes' is none of: auto always never", "--progress=yes",
          "a");
    WRONG("--isolation: 'thread' is none of: process none",
          "--isolation=thread", "a");
    WRONG("--sandbox: 'on' is none of: auto require off", "--sandbox=on", "a");
    WRONG("--layout: 'columns' is none of: reading raw physical",
          "--layout=columns", "a");
    WRONG("--pdf-engine: 'xpdf' is none of: auto poppler", "--pdf-engine=xpdf",
          "a");
    expect_no_type("nothing", "--type=pdf,nothing");
    expect_no_type("", "--type=pdf,");
    WRONG("--include: '' matches nothing", "--include=", "a");
    WRONG("--exclude: '' matches nothing", "--exclude=", "a");
    WRONG("--stats: '' is no name of a file", "--stats=", "a");
    WRONG("--output: the name is empty", "-o", "", "a");
    cr_expect_not_null(strstr(
        complaint((const char *[]){"extract", "--pages=3-1", "a", NULL}),
        "extract: --pages: "));
    cr_expect_not_null(strstr(
        complaint((const char *[]){"extract", "--tiers=tall=1", "a", NULL}),
        "extract: --tiers: "));
}

Test(options, wrong_together)
{
    WRONG("--files0-from: '-' reads standard input, which an earlier option "
          "reads already", "-T-", "--files0-from=-");
    WRONG("--password-file: '-' reads standard input, which an earlier option "
          "reads already", "-T-", "--password-file=-");
    WRONG("--order is for one stream of text or of records", "-o", "dir",
          "--order=input", "a");
    WRONG("--hold-memory is for one stream of text or of records",
          "--hold-memory=1", "-o", "dir", "a");
    WRONG("--order is for one stream of text or of records", "-f", "sqlite", "-o",
          "db", "--order=input", "a");
    WRONG("--format=sqlite needs --output=FILE", "-f", "sqlite", "a");
    WRONG("--records needs --format=jsonl", "--records=page", "a");
    WRONG("--no-timings needs --format=jsonl or --format=sqlite", "--no-timings", "a");
    WRONG("--fts needs --format=sqlite", "-f", "jsonl", "--fts=trigram", "a");
    WRONG("--resume needs --output=DEST: nothing is kept of what goes to standard "
          "output", "--resume", "a");
    WRONG("--check=hash needs --resume", "--check=hash", "-o", "dir", "a");
    WRONG("--prune cannot go with --format=jsonl, whose file is only appended to",
          "--prune", "-f", "jsonl", "-o", "file", "a");
    WRONG("--hash needs a record to be in: --format, --output or --stats", "--hash",
          "a");
    WRONG("--stats=- needs --output=DEST: standard output takes the text",
          "--stats=-", "a");
    WRONG("--strip-headers cannot go with --layout=raw, which does not know "
          "what stands at a page's edge", "--strip-headers", "--layout=raw", "a");
}

/* The names of engines are words of the option. */
Test(options, engines)
{
    for (size_t i = 0; engine_registry[i]; i++) {
        cr_expect_gt(options_word(options_find(OPTION_PDF_ENGINE),
                                  engine_registry[i]->name), 0);
        cr_expect_eq(engine_find(engine_registry[i]->name), engine_registry[i]);
    }
    cr_expect_null(engine_find("auto"));
}

/* What would promise what cannot be kept without workers; in either order. */
Test(options, for_workers_alone)
{
    struct settings s;

    WRONG("--sandbox is for worker processes and cannot go with "
          "--isolation=none", "--isolation=none", "--sandbox=auto", "a");
    WRONG("--timeout is for worker processes and cannot go with "
          "--isolation=none", "--timeout=60", "--isolation=none", "a");
    WRONG("--page-timeout is for worker processes and cannot go with "
          "--isolation=none", "--page-timeout=30", "--isolation=none", "a");
    WRONG("--memory-limit is for worker processes and cannot go with "
          "--isolation=none", "--memory-limit=1G", "--isolation=none", "a");
    cr_assert_eq(PARSE(&s, "--isolation=none", "--retries=0", "a"), -1);
    cr_expect_not(s.isolated);
    cr_expect_eq(s.retries, 0);
    settings_destroy(&s);
}

static void write_file(const char *path, const char *data, size_t size)
{
    FILE *f = fopen(path, "w");

    cr_assert_not_null(f);
    cr_assert_eq(fwrite(data, 1, size, f), size);
    cr_assert_eq(fclose(f), 0);
}

static void password_case(const char *data, size_t size, const char *wanted)
{
    char directory[] = "./options-XXXXXX", path[64], option[96], why[160];
    struct settings s;

    cr_assert_not_null(mkdtemp(directory));
    snprintf(path, sizeof path, "%s/secret", directory);
    snprintf(option, sizeof option, "--password-file=%s", path);
    write_file(path, data, size);
    if (wanted[0] != '!') {
        cr_assert_eq(PARSE(&s, "--password=other", option, "a"), -1);
        cr_expect_str_eq(s.password, wanted);
        settings_destroy(&s);
    } else {
        snprintf(why, sizeof why, "--password-file: '%s' %s", path, wanted + 1);
        WRONG(why, option, "a");
    }
    unlink(path);
    rmdir(directory);
}

Test(options, password_file)
{
    char longest[1100];

    memset(longest, 'p', sizeof longest);
    password_case("secret\nmore\n", 12, "secret");
    password_case("two words", 9, "two words");
    password_case("dos\r\n", 5, "dos");
    password_case("", 0, "!is empty");
    password_case("\nsecret\n", 8, "!has an empty first line");
    password_case("a\0b\n", 4,
                  "!has a first line that is too long, or holds a NUL byte");
    password_case(longest, sizeof longest,
                  "!has a first line that is too long, or holds a NUL byte");
    WRONG("--password-file: './none' No such file or directory",
          "--password-file=./none", "a");
    WRONG("--password-file: '.' Is a directory", "--password-file=.", "a");
}

Test(options, output_directory)
{
    char directory[] = "./options-XXXXXX", file[64], sentence[192];
    struct settings s;

    cr_assert_not_null(mkdtemp(directory));
    snprintf(file, sizeof file, "%s/file", directory);
    write_file(file, "", 0);
    snprintf(sentence, sizeof sentence,
             "--output: '%s' is not a directory; to write text to one file, redirect "
             "standard output", file);
    WRONG(sentence, "-o", file, "a");
    cr_assert_eq(PARSE(&s, "-o", directory, "a"), -1);
    cr_expect_str_eq(s.output, directory);
    settings_destroy(&s);
    unlink(file);
    rmdir(directory);
}

/* What help_answer writes; the caller frees it. */
static char *answer(enum options_id id)
{
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);

    cr_assert_not_null(out);
    help_answer(id, out);
    fclose(out);
    return text;
}

Test(options, help_names_all_within_80_columns)
{
    char *help = answer(OPTION_HELP);

    for (size_t i = 0; i < options_count; i++) {
        const struct options_spec *spec = &options_table[i];
        char name[64];

        snprintf(name, sizeof name, " --%s%s", spec->name,
                 spec->value == NULL ? " "
                 : spec->optional    ? "[="
                                     : "=");
        cr_expect_not_null(strstr(help, name), "%s", name);
    }
    for (char *line = strtok(help, "\n"); line != NULL;
         line = strtok(NULL, "\n"))
        cr_expect_leq(strlen(line), 79, "%s", line);
    free(help);
}

Test(options, list_of_options)
{
    char *list = answer(OPTION_LIST_OPTIONS);

    cr_expect_not_null(
        strstr(list, "o\toutput\trequired\tDEST\tfile\t-\t-\tonce\n"));
    cr_expect_not_null(strstr(list, "-\tprogress\toptional\tWHEN\tword\t"
                                    "auto always never\tauto\tonce\n"));
    cr_expect_not_null(strstr(list, "-\ttype\trequired\tLIST\ttypes\t-\t-\t"
                                    "repeats\n"));
    cr_expect_not_null(strstr(list, "-\tisolation\trequired\tKIND\tword\t"
                                    "process none\tprocess\tonce\n"));
    cr_expect_not_null(strstr(list, "-\tpage-timeout\trequired\tS\tseconds\t"
                                    "-\t30\tonce\n"));
    free(list);
}

Test(options, version_and_types)
{
    char *version = answer(OPTION_VERSION), *types = answer(OPTION_LIST_TYPES);

    cr_expect_eq(strncmp(version, "extract " PACKAGE_VERSION "\n",
                         sizeof "extract " PACKAGE_VERSION), 0);
    cr_expect_not_null(strstr(version, "poppler "));
    for (size_t i = 0; format_registry[i] != NULL; i++)
        cr_expect_not_null(strstr(types, format_registry[i]->media_type));
    free(version);
    free(types);
}

Test(options, an_answer_ends_the_parsing, .init = cr_redirect_stdout)
{
    struct settings s;

    cr_expect_eq(PARSE(&s, "-o", "", "--help", "--nonsense"), EXIT_STATUS_OK);
    settings_destroy(&s);
    cr_expect_eq(PARSE(&s, "--vers"), EXIT_STATUS_OK);
    settings_destroy(&s);
    cr_expect_eq(PARSE(&s, "--list-types"), EXIT_STATUS_OK);
    settings_destroy(&s);
}

Test(options, an_answer_that_cannot_be_written)
{
    struct settings s;
    int saved = dup(STDOUT_FILENO), full = open("/dev/full", O_WRONLY);

    if (full >= 0) {
        fflush(stdout);
        dup2(full, STDOUT_FILENO);
        cr_expect_eq(PARSE(&s, "--help"), EXIT_STATUS_RUN);
        settings_destroy(&s);
        dup2(saved, STDOUT_FILENO);
        close(full);
    }
    close(saved);
}
