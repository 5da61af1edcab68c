/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-usage.c - command lines that are wrong, with what is said of them, and
 * options that name files. */
#include <config.h>

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "format/format.h"
#include "usage.h"

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

Test(usage, wrong_syntax)
{
    WRONG("unknown option '--nonsense'", "--nonsense=5", "a");
    WRONG("unknown option '-x'", "-vx", "a");
    WRONG("option '--jobs' needs a value", "a", "--jobs");
    WRONG("option '-j' needs a value", "a", "-j");
    WRONG("option '--quiet' takes no value", "--quiet=1", "a");
    WRONG("option '--p' is ambiguous: '--password', '--password-file', "
          "'--pdf-engine', '--prune', '--priority-critical', '--priority-batch', "
          "'--pages', '--preset', '--page-timeout', '--progress'", "--p=1",
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

Test(usage, wrong_numbers)
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

Test(usage, seconds)
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

Test(usage, sizes)
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

Test(usage, wrong_words_and_lists)
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
    WRONG("--pdf-engine: 'xpdf' is none of: auto native poppler", "--pdf-engine=xpdf",
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

Test(usage, wrong_together)
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

/* What would promise what cannot be kept without workers; in either order. */
Test(usage, for_workers_alone)
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

Test(usage, password_file)
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

Test(usage, output_directory)
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

Test(usage, watch)
{
    WRONG("--realtime needs --watch", "--realtime", "a");
    WRONG("--debounce needs --watch", "--debounce=1", "a");
    WRONG("--on-delete needs --watch", "--on-delete=prune", "a");
    WRONG("--priority-batch needs --watch", "--priority-batch=*.zip", "a");
    WRONG("--priority-critical: '' matches nothing", "--watch", "-oout",
          "--priority-critical=", ".");
    WRONG("--watch needs --output=DEST", "--watch", ".");
    WRONG("--watch is for directories, and takes no lists", "--watch", "-oout",
          "-Tlist", ".");
    WRONG("--watch: 'none' is not a directory", "--watch", "-oout", "none");
    WRONG("--prune is for a run that comes to an end, and cannot go with --watch, "
          "which has --on-delete", "--watch", "-oout", "--prune", ".");
    WRONG("--order is for a run that comes to an end, and cannot go with --watch",
          "--watch", "-oout.jsonl", "-fjsonl", "--order=input", ".");
    WRONG("--progress is for a run that comes to an end, and cannot go with --watch",
          "--watch", "-oout", "--progress", ".");
    WRONG("--on-delete=prune cannot go with --format=jsonl, whose file is only "
          "appended to", "--watch", "-oout.jsonl", "-fjsonl", "--on-delete=prune", ".");
    WRONG("--debounce: '0' is not a number of seconds above 0", "--watch", "-oout",
          "--debounce=0", ".");
}
