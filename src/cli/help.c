/* SPDX-License-Identifier: GPL-3.0-or-later */
/* help.c - --help and --list-options from the option table, --list-types
 * from the registry, --version from the libraries at run time. */
#include <config.h>

#include "cli/help.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>

#include "base/alloc.h"
#include "base/buffer.h"
#include "base/diag.h"
#include "cli/command.h"
#include "cli/settings.h"
#include "cli/status.h"
#include "format/format.h"
#ifdef HAVE_LIBMICROHTTPD
#include "run/exporter.h"
#endif

/* Where the help of an option starts; 80 columns less this are left for it. */
#define HELP_COLUMN 29

static void help_option(const struct options_spec *spec, FILE *out)
{
    struct buffer b = {0};
    char letter = options_letter(spec);

    if (letter != '\0')
        buffer_printf(&b, "  -%c, --%s", letter, spec->name);
    else
        buffer_printf(&b, "      --%s", spec->name);
    if (spec->value != NULL)
        buffer_printf(&b, spec->optional ? "[=%s]" : "=%s", spec->value);
    fprintf(out, "%-*s %s", HELP_COLUMN - 1, buffer_string(&b), spec->help);
    if (spec->fallback != NULL)
        fprintf(out, " [default: %s]", spec->fallback);
    putc('\n', out);
    buffer_free(&b);
}

static void help_usage(FILE *out)
{
    fprintf(out,
            "Usage: %s [OPTION]... PATH...\n"
            "  or:  %s COMMAND [OPTION]... ARGUMENT...\n"
            "Turn documents into text, many at once. PATH is a file or a "
            "directory, which is\nwalked. What a file is, its content "
            "tells; --list-types lists what is read.\n",
            diag_program(), diag_program());
    for (int group = 0; group < OPTIONS_GROUPS; group++) {
        fprintf(out, "\n%s:\n", options_group_name((enum options_group)group));
        for (size_t i = 0; i < options_count; i++)
            if ((int)options_table[i].group == group)
                help_option(&options_table[i], out);
    }
    fprintf(out, "\nCommands, each with a --help of its own (a file of that name is "
                 "./NAME):\n");
    for (size_t i = 0; command_table[i] != NULL; i++)
        fprintf(out, "  %-*s %s\n", HELP_COLUMN - 3, command_table[i]->name,
                command_table[i]->summary);
    fprintf(out,
            "\nSIZE is a number of bytes; K, M, G and T stand for powers of "
            "1024.\n"
            "Exit status: %d all extracted, %d some documents failed or are "
            "partial,\n%d wrong usage, %d the run itself failed.\n",
            EXIT_STATUS_OK, EXIT_STATUS_TROUBLE, EXIT_STATUS_USAGE,
            EXIT_STATUS_RUN);
}

/* Prints ", NAME" for each of LIBRARIES, parted by ", ", that is not among SEEN, and
 * puts it there. */
static void help_libraries(FILE *out, const char *libraries, struct buffer *seen)
{
    while (*libraries) {
        size_t size = strcspn(libraries, ",");
        char *name = xasprintf(", %.*s,", (int)size, libraries);
        if (!strstr(buffer_string(seen), name)) {
            buffer_append_string(seen, name);
            fprintf(out, ", %.*s", (int)size, libraries);
        }
        free(name);
        libraries += size;
        libraries += strspn(libraries, ", ");
    }
}

static void help_version(FILE *out)
{
    struct buffer seen = { 0 };
    fprintf(out,
            "%s %s\n"
            "Copyright (C) 2026 the extract authors\n"
            "License GPL-3.0-or-later: GNU GPL version 3 or later "
            "<https://gnu.org/licenses/gpl.html>\n"
            "This is free software: you may change and redistribute it.\n"
            "There is NO WARRANTY, to the extent permitted by law.\n\n"
            "OpenMP %d",
            PACKAGE_NAME, PACKAGE_VERSION, _OPENMP);
    for (size_t i = 0; format_registry[i] != NULL; i++) {
        char *library = format_registry[i]->library
                            ? format_registry[i]->library() : NULL;
        if (library != NULL)
            help_libraries(out, library, &seen);
        free(library);
    }
#ifdef HAVE_LIBMICROHTTPD
    char *library = exporter_library();
    if (library != NULL)
        help_libraries(out, library, &seen);
    free(library);
#endif
    buffer_free(&seen);
    putc('\n', out);
}

/* Columns of the terminal that OUT is; 0: it is none. */
static int help_columns(FILE *out)
{
    struct winsize size;
    int fd = fileno(out);
    return fd >= 0 && ioctl(fd, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

/* Media types are up to 73 bytes long, so they come last, and a terminal gets
 * no second line for their ends. */
static void help_list_types(FILE *out)
{
    int columns = help_columns(out);
    for (size_t i = 0; format_registry[i] != NULL; i++) {
        const struct format *f = format_registry[i];
        char *line = xasprintf("%-9s %-18s %-36s %s", f->name, f->extensions,
                               f->description, f->media_type);
        fprintf(out, "%.*s\n", columns > 0 ? columns : INT_MAX, line);
        free(line);
    }
}

void help_list_options(FILE *out)
{
    static const char *const kinds[] = {
        [OPTIONS_FLAG] = "flag",   [OPTIONS_NUMBER] = "number",
        [OPTIONS_SECONDS] = "seconds",
        [OPTIONS_SIZE] = "size",   [OPTIONS_TEXT] = "text",
        [OPTIONS_FILE] = "file",
        [OPTIONS_WORD] = "word",   [OPTIONS_TYPES] = "types",
    };

    for (size_t i = 0; i < options_count; i++) {
        const struct options_spec *s = &options_table[i];
        char letter = options_letter(s);

        fprintf(out, "%c\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n",
                letter != '\0' ? letter : '-', s->name,
                s->value == NULL ? "none"
                : s->optional    ? "optional"
                                 : "required",
                s->value != NULL ? s->value : "-", kinds[s->kind],
                s->words != NULL ? s->words : "-",
                s->fallback != NULL ? s->fallback : "-",
                s->repeats ? "repeats" : "once");
    }
}

void help_answer(enum options_id id, FILE *out)
{
    if (id == OPTION_HELP)
        help_usage(out);
    else if (id == OPTION_VERSION)
        help_version(out);
    else if (id == OPTION_LIST_TYPES)
        help_list_types(out);
    else
        help_list_options(out);
}
