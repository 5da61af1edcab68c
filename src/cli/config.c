/* SPDX-License-Identifier: GPL-3.0-or-later */
/* config.c - lines of a file and variables of the environment become options, as if
 * they had been typed before the others. */
#include <config.h>

#include "cli/config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"

/* What is added: all of it stands in front of what was typed. */
struct config {
    struct typed *typed;
    size_t count; /* of options put there so far */
};

bool config_takes(const struct options_spec *spec)
{
    return !options_is_answer(spec->id) && spec->id != OPTION_CONFIG &&
           spec->id != OPTION_NO_CONFIG && spec->id != OPTION_SHOW_CONFIG;
}

/* Adds the option NAME. VALUE: NULL where there is none. Takes back with "no" what
 * was said of an option without a value. */
static bool config_add(struct config *c, const char *name, const char *value,
                       const char *origin)
{
    const struct options_spec *spec = options_find_name(name);

    options_blame(origin);
    if (spec == NULL || !config_takes(spec)) {
        options_complain(spec ? "'%s' is for the command line" : "no option is named '%s'",
                         name);
        return false;
    }
    if (spec->value == NULL && value != NULL) {
        bool no = strcmp(value, "no") == 0;
        if (!no && strcmp(value, "yes") != 0) {
            options_complain("%s: '%s' is none of: yes no", name, value);
            return false;
        }
        value = NULL;
        c->count -= options_remove(c->typed, c->count, spec);
        if (no)
            return true;
    }
    if (spec->value != NULL && value == NULL && !spec->optional) {
        options_complain("'%s' needs a value", name);
        return false;
    }
    options_insert(c->typed, c->count++, spec, value, origin);
    return true;
}

/* The value at P, to its end in place: the rest of the line without blanks around it
 * and without a comment, or what stands in quotes. NULL: a quote is not closed, or
 * something stands behind it. */
static char *config_value(char *p)
{
    char *end, *to = p;

    if (*p != '"') {
        for (end = p; *end != '\0'; end++)
            if (*end == '#' && (end == p || end[-1] == ' ' || end[-1] == '\t'))
                break;
        while (end > p && (end[-1] == ' ' || end[-1] == '\t'))
            end--;
        *end = '\0';
        return p;
    }
    for (end = p + 1; *end != '"'; *to++ = *end++) {
        if (*end == '\\' && (end[1] == '"' || end[1] == '\\'))
            end++;
        if (*end == '\0')
            return NULL;
    }
    *to = '\0';
    end += 1 + strspn(end + 1, " \t");
    return *end == '\0' || *end == '#' ? p : NULL;
}

static bool config_complain(const char *origin, const char *why)
{
    options_blame(origin);
    options_complain("%s", why);
    return false;
}

static bool config_line(struct config *c, char *line, const char *origin)
{
    char *name = line + strspn(line, " \t");
    char *end = name + strcspn(name, " \t=#");
    char *rest = end + strspn(end, " \t");
    char *value = NULL;
    bool has_value = *rest == '=';

    if (*name == '\0' || *name == '#')
        return true;
    if (has_value) {
        value = config_value(rest + 1 + strspn(rest + 1, " \t"));
        if (value == NULL)
            return config_complain(origin, "a quote is not closed, or something stands "
                                           "behind it");
    } else if (*rest != '\0' && *rest != '#') {
        return config_complain(origin, "no line of the form NAME = VALUE");
    }
    *end = '\0';
    return config_add(c, name, value, origin);
}

static bool config_read_lines(struct config *c, FILE *in, const char *path)
{
    char *line = xmalloc(CONFIG_LINE_MAX + 2);
    bool good = true;

    for (int number = 1; good && fgets(line, CONFIG_LINE_MAX + 2, in) != NULL; number++) {
        char *origin = xasprintf("%s:%d", path, number);
        size_t size = strlen(line);
        bool whole = size > 0 && line[size - 1] == '\n';

        line[strcspn(line, "\r\n")] = '\0';
        if (!whole && !feof(in))
            good = config_complain(origin, "the line is too long, or holds a NUL byte");
        else
            good = config_line(c, line, origin);
        free(origin);
    }
    if (good && ferror(in))
        good = config_complain(path, strerror(errno));
    explicit_bzero(line, CONFIG_LINE_MAX + 2);
    free(line);
    return good;
}

/* Reads the file PATH; without NAMED it need not be there. */
static bool config_read_file(struct config *c, const char *path, bool named)
{
    /* A FIFO that nobody writes to would be waited for. */
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    struct stat st;
    FILE *in;
    bool good;

    if (fd < 0 && !named && (errno == ENOENT || errno == ENOTDIR || errno == EACCES))
        return true;
    if (fd < 0 || fstat(fd, &st) != 0 || !(in = fdopen(fd, "r"))) {
        config_complain(path, strerror(errno));
        if (fd >= 0)
            close(fd);
        return false;
    }
    if (!S_ISREG(st.st_mode) && named && !S_ISDIR(st.st_mode))
        fcntl(fd, F_SETFL, 0); /* as in --config=<(...) */
    good = config_read_lines(c, in, path);
    fclose(in);
    return good;
}

/* The name of the user's file, to be freed; NULL: there is no place for one. */
static char *config_path(void)
{
    const char *base = getenv("XDG_CONFIG_HOME");
    const char *home = getenv("HOME");

    if (base != NULL && base[0] == '/')
        return xasprintf("%s/" PACKAGE_NAME "/config", base);
    return home != NULL && home[0] == '/'
               ? xasprintf("%s/.config/" PACKAGE_NAME "/config", home)
               : NULL;
}

/* In the order of the table, whatever the order of the environment is. */
static bool config_read_environment(struct config *c)
{
    bool good = true;

    for (size_t i = 0; good && i < options_count; i++) {
        const struct options_spec *spec = &options_table[i];
        char *name = xasprintf("EXTRACT_%s", spec->name);
        const char *value;

        for (char *p = name; *p != '\0'; p++)
            *p = *p == '-' ? '_' : *p >= 'a' && *p <= 'z' ? (char)(*p - 'a' + 'A') : *p;
        value = config_takes(spec) ? getenv(name) : NULL;
        if (value != NULL && value[0] != '\0')
            good = config_add(c, spec->name, value, name);
        free(name);
    }
    return good;
}

bool config_load(struct typed *typed)
{
    struct config c = {.typed = typed};
    const struct typed_option *named = options_last(typed, OPTION_CONFIG);
    const char *path = named != NULL ? named->value : NULL;
    char *own = path == NULL ? config_path() : NULL;
    bool good = true;

    if (options_last(typed, OPTION_NO_CONFIG) == NULL) {
        if (path != NULL || own != NULL)
            good = config_read_file(&c, path != NULL ? path : own, path != NULL);
        good = good && config_read_environment(&c);
    }
    options_blame(NULL);
    free(own);
    return good;
}
