/* SPDX-License-Identifier: GPL-3.0-or-later */
/* about.c - as poppler reads it: dates as its habits are, too. */
#include <config.h>

#include "pdf/about.h"

#include <string.h>
#include <time.h>

#include "pdf/inside.h"
#include "pdf/nametree.h"
#include "pdf/textstring.h"

const char *about_text(struct objects *o, const char *key, struct arena *arena)
{
    const struct value *info = objects_find(o, &o->trailer, "Info");
    bool sound = false;
    const char *text =
        textstring_read(o, objects_find(o, info, key), arena, &sound);
    return sound ? text : NULL;
}

/* Up to WIDTH digits at *P, which moves. False: there is none. */
static bool about_digits(const char **p, int width, int *number)
{
    const char *start = *p;
    int found = 0;
    for (; *p - start < width && **p >= '0' && **p <= '9'; ++*p)
        found = found * 10 + (**p - '0');
    if (*p == start)
        return false;
    *number = found;
    return true;
}

/* Month to second, as far as they go; what parts them where PARTED. Returns how many there
 * are. */
static int about_rest(const char **p, bool parted, int *month, struct tm *t)
{
    static const char *const between[] = { "-", "-", "T ", ":", ":" };
    int *const fields[] = { month, &t->tm_mday, &t->tm_hour, &t->tm_min, &t->tm_sec };
    for (int count = 0; count < 5; count++) {
        const char *number = *p + parted;
        if ((parted && (!**p || !strchr(between[count], **p))) ||
            !about_digits(&number, 2, fields[count]))
            return count;
        *p = number;
    }
    return 5;
}

static bool about_is_day(int month, const struct tm *t)
{
    return month >= 1 && month <= 12 && t->tm_mday >= 1 && t->tm_mday <= 31 &&
           t->tm_hour < 24 && t->tm_min < 60 && t->tm_sec <= 60;
}

/* "D:YYYYMMDDHHmmSSOHH'mm" (7.9.4), cut anywhere behind the year; or as ISO 8601 has it,
 * "YYYY-MM-DDTHH:mm:SS.sOHH:mm". */
static bool about_parse_date(const char *text, int64_t *seconds)
{
    struct tm t = { .tm_mday = 1 };
    int year, month = 1, zone_hours = 0, zone_minutes = 0;
    if (text[0] == 'D' && text[1] == ':')
        text += 2;
    const char *p = text;
    if (!about_digits(&p, 4, &year))
        return false;
    bool iso = *p == '-';
    int count = about_rest(&p, iso, &month, &t);
    if (iso && (count == 0 || !about_is_day(month, &t)))
        return false;
    if (iso && count == 5 && *p == '.')
        p += 1 + strspn(p + 1, "0123456789");
    char sign = count == 5 ? *p : '\0';
    if (sign && about_digits((p++, &p), 2, &zone_hours) && *p && *++p)
        about_digits(&p, 2, &zone_minutes);
    if (!iso && year < 1930 && strlen(text) > 14) {
        /* Distiller 3 wrote "19100" for 2000. */
        int century, years;
        p = text;
        if (!about_digits(&p, 2, &century) || !about_digits(&p, 3, &years) ||
            about_rest(&p, false, &month, &t) < 5)
            return false;
        year = century * 100 + years;
    }
    if (year <= 0)
        return false;
    t.tm_year = year - 1900;
    t.tm_mon = month - 1;
    *seconds = timegm(&t);
    int64_t zone = (zone_hours * 60 + zone_minutes) * 60;
    if (sign == '+')
        *seconds -= zone;
    else if (sign)
        *seconds += zone;
    return true;
}

bool about_date(struct objects *o, const char *key, int64_t *seconds)
{
    struct arena *arena = arena_create((size_t)1 << 20);
    const char *text = arena ? about_text(o, key, arena) : NULL;
    bool good = text && about_parse_date(text, seconds);
    arena_destroy(arena);
    return good;
}

/* "1.7" at S. */
static void about_parse_version(struct span s, int *major, int *minor)
{
    uint64_t numbers[2] = { 0, 0 };
    for (int i = 0; i < 2; i++) {
        for (; s.at < s.end && *s.at >= '0' && *s.at <= '9' && numbers[i] < 1000; s.at++)
            numbers[i] = numbers[i] * 10 + (uint64_t)(*s.at - '0');
        if (s.at == s.end || *s.at != '.')
            break;
        s.at++;
    }
    if ((int)numbers[0] > *major ||
        ((int)numbers[0] == *major && (int)numbers[1] > *minor)) {
        *major = (int)numbers[0];
        *minor = (int)numbers[1];
    }
}

void about_version(struct objects *o, int *major, int *minor)
{
    struct span header = o->file;
    const struct value *root = objects_find(o, &o->trailer, "Root");
    const struct value *version = objects_find(o, root, "Version");
    *major = *minor = 0;
    if (header.end - header.at > 5 && !memcmp(header.at, "%PDF-", 5)) {
        header.at += 5;
        about_parse_version(header, major, minor);
    }
    if (version->type == VALUE_NAME)
        about_parse_version(version->text, major, minor);
}

static bool about_count(void *ctx, struct span name, const struct value *v)
{
    unsigned *count = ctx;
    (void)name, (void)v;
    ++*count;
    return true;
}

unsigned about_attachments(struct objects *o)
{
    unsigned count = 0;
    const struct value *root = objects_find(o, &o->trailer, "Root");
    const struct value *names = objects_find(o, root, "Names");
    nametree_walk(o, value_get(names, "EmbeddedFiles"), about_count, &count);
    return count;
}
