/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tail.c - searches near the ends of a file. */
#include <config.h>

#include "pdf/tail.h"

#include <string.h>

/* Readers look for startxref in the last 1,024 bytes (ISO 32000-1, Annex H,
 * note 18); poppler searches 24 KiB, and so do we before we call a file cut. */
#define TAIL_SIZE 24576
/* A linearized file has its first trailer near its head. */
#define TAIL_HEAD 4096

/* Behind the first NEEDLE; NULL: there is none. */
static const unsigned char *tail_find(struct span s, const char *needle)
{
    size_t size = (size_t)(s.end - s.at), length = strlen(needle);
    const unsigned char *found = size ? memmem(s.at, size, needle, length) : NULL;
    return found ? found + length : NULL;
}

static struct span tail_of(struct span file)
{
    if (file.end - file.at > TAIL_SIZE)
        file.at = file.end - TAIL_SIZE;
    return file;
}

bool tail_is_missing(struct span file)
{
    struct span tail = tail_of(file), behind = tail;
    if (!tail_find(tail, "startxref"))
        return true;
    bool marked = false;
    for (const unsigned char *p; (p = tail_find(behind, "%%EOF")); behind.at = p)
        marked = true;
    if (!marked)
        return false;
    behind.at = tail_find(behind, " obj");
    return behind.at && !tail_find(behind, "startxref");
}

bool tail_start(struct span file, uint64_t *start)
{
    struct span behind = tail_of(file);
    bool found = false;
    for (const unsigned char *p; (p = tail_find(behind, "startxref")); found = true)
        behind.at = p;
    return found && syntax_integer(&behind, start);
}

bool tail_is_encrypted(struct span file)
{
    struct span head = file;
    if (file.end - file.at > TAIL_HEAD)
        head.end = file.at + TAIL_HEAD;
    return tail_find(tail_of(file), "/Encrypt") || tail_find(head, "/Encrypt");
}
