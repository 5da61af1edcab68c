/* SPDX-License-Identifier: GPL-3.0-or-later */
/* why.c - names from files come into sentences without what may harm these. */
#include <config.h>

#include "pdf/why.h"

#include <stdio.h>

void why_tell(struct reader_why *why, const char *kind, struct span name)
{
    *why->what = '\0';
    if (!name.at || name.at == name.end)
        return;
    int used = snprintf(why->what, sizeof why->what, "%s%s", kind, *kind ? " " : "");
    for (; name.at < name.end && used < READER_WHAT - 1; name.at++)
        why->what[used++] = *name.at > ' ' && *name.at < 127 ? (char)*name.at : '?';
    why->what[used] = '\0';
}

void why_tell_number(struct reader_why *why, const char *kind, uint32_t number)
{
    *why->what = '\0';
    if (number)
        snprintf(why->what, sizeof why->what, "%s %u", kind, (unsigned)number);
}

void reader_why_text(const struct reader_why *why, char text[READER_WHY])
{
    snprintf(text, READER_WHY, "%s%s%s", why->detail ? why->detail : "",
             *why->what ? ": " : "", why->what);
}
