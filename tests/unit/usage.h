/* SPDX-License-Identifier: GPL-3.0-or-later */
/* usage.h - command lines, and what the program says of those that are wrong. */
#ifndef EXTRACT_TESTS_USAGE_H
#define EXTRACT_TESTS_USAGE_H

#include <criterion/criterion.h>
#include <stdio.h>
#include <unistd.h>

#include "base/diag.h"
#include "cli/settings.h"
#include "cli/status.h"

#define PARSE(s, ...) \
    parse((s), (const char *[]){"extract", __VA_ARGS__, NULL})

static inline int parse(struct settings *s, const char **argv)
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

static inline void expect_wrong(const char *sentence, const char **argv)
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

#endif
