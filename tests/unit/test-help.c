/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-help.c - the answers of --help and co. */
#include <config.h>

#include <criterion/criterion.h>
#include <criterion/redirect.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/help.h"
#include "cli/options.h"
#include "format/format.h"
#include "usage.h"

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

Test(help, help_names_all_within_80_columns)
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

Test(help, list_of_options)
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

Test(help, version_and_types)
{
    char *version = answer(OPTION_VERSION), *types = answer(OPTION_LIST_TYPES);

    cr_expect_eq(strncmp(version, "extract " PACKAGE_VERSION "\n",
                         sizeof "extract " PACKAGE_VERSION), 0);
    cr_expect_not_null(strstr(version, "poppler "));
    for (size_t i = 0; format_registry[i] != NULL; i++)
        cr_expect_not_null(strstr(types, format_registry[i]->media_type));
    /* Columns that stand below each other, within a line of a terminal. */
    for (char *line = strtok(types, "\n"); line != NULL; line = strtok(NULL, "\n")) {
        cr_assert_gt(strlen(line), 67);
        cr_expect(line[9] == ' ' && line[28] == ' ' && line[65] == ' ', "%s", line);
        cr_expect(strchr(line + 66, ' ') == NULL, "%s", line);
    }
    free(version);
    free(types);
}

Test(help, an_answer_ends_the_parsing, .init = cr_redirect_stdout)
{
    struct settings s;

    cr_expect_eq(PARSE(&s, "-o", "", "--help", "--nonsense"), EXIT_STATUS_OK);
    settings_destroy(&s);
    cr_expect_eq(PARSE(&s, "--vers"), EXIT_STATUS_OK);
    settings_destroy(&s);
    cr_expect_eq(PARSE(&s, "--list-types"), EXIT_STATUS_OK);
    settings_destroy(&s);
}

Test(help, an_answer_that_cannot_be_written)
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
