/* SPDX-License-Identifier: GPL-3.0-or-later */
/* plain.c - one pass over the objects in the order of their numbers, which
 * copies what it inflates behind the file, then a table of what was copied. */
#include <config.h>

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pdf/plain.h"
#include "pdf/xref.h"

/* A longer stream is no page's content and no font: 8 MiB of text operators
 * make a page of a million letters. It bounds what a bomb costs, too. */
#define PLAIN_STREAM_MOST ((size_t)8 << 20)
/* What may be inflated in vain: a bomb of 8 MiB is 8 KiB long, and a file may
 * have thousands. 256 MiB take a quarter of a second. */
#define PLAIN_WORK_MOST ((size_t)256 << 20)
/* A longer dictionary is no stream's; all of them together are shorter than
 * their file, unless they stand within each other. */
#define PLAIN_DICTIONARY_MOST ((ptrdiff_t)64 << 10)
/* A table's row is 20 bytes (7.5.4), and a run of one object has a line of at
 * most as many before it. */
#define PLAIN_ROW 20
#define PLAIN_TRAILER 256
#define PLAIN_PACKED_ROW 11

struct plain {
    struct span file;
    size_t at;
    unsigned char *out;
    size_t size, room;
    bool full;
    size_t work;   /* bytes inflated so far, also in vain */
    size_t parsed; /* bytes of dictionaries so far, at most */
    struct flate *inflater;
    struct xref xref;
    uint64_t *moved; /* by object number: its offset, or 0 */
    size_t count;    /* of those that moved */
};

/* A stream object: all of its parts are within the file. */
struct plain_stream {
    struct span dictionary; /* inside */
    struct span data;
};

static void plain_put(struct plain *p, const void *data, size_t size)
{
    p->full |= size > p->room - p->size;
    if (p->full)
        return;
    memcpy(p->out + p->size, data, size);
    p->size += size;
}

__attribute__((format(printf, 2, 3)))
static void plain_print(struct plain *p, const char *format, ...)
{
    char line[64];
    va_list args;
    va_start(args, format);
    int size = vsnprintf(line, sizeof line, format, args);
    va_end(args);
    plain_put(p, line, (size_t)size);
}

/* A number in place, or that of another object that stands in the file. */
static bool plain_length(const struct plain *p, struct span value, uint64_t *length)
{
    uint64_t number, generation, own_number, own_generation;
    if (!syntax_integer(&value, &number))
        return false;
    *length = number;
    if (value.at == value.end)
        return true;
    if (!syntax_integer(&value, &generation) || !syntax_word(&value, "R") ||
        number >= p->xref.count || p->xref.entries[number].type != XREF_PLAIN)
        return false;
    struct span s = p->file;
    s.at += p->xref.entries[number].offset;
    return syntax_header(&s, &own_number, &own_generation) && own_number == number &&
           own_generation == generation && syntax_integer(&s, length) &&
           syntax_word(&s, "endobj");
}

/* Whether the dictionary says: deflated, nothing else done to it, and of a
 * kind that text may need. */
static bool plain_is_wanted(struct span inside)
{
    static const char *const passed_over[] = { "/XRef", "/Metadata", "/EmbeddedFile",
                                               "/Image" };
    struct span key, value;
    bool deflated = false;
    while (syntax_entry(&inside, &key, &value)) {
        /* "#" spells a key in another way; F is a file outside. */
        if (memchr(key.at, '#', (size_t)(key.end - key.at)) || syntax_is(key, "F") ||
            syntax_is(key, "FFilter") || syntax_is(key, "DecodeParms") ||
            syntax_is(key, "DP") || syntax_is(key, "FDecodeParms"))
            return false;
        if (syntax_is(key, "Type") || syntax_is(key, "Subtype"))
            for (size_t i = 0; i < sizeof passed_over / sizeof *passed_over; i++)
                if (syntax_is(value, passed_over[i]))
                    return false;
        if (syntax_is(key, "Filter")) {
            struct span name = value;
            bool list = syntax_word(&name, "[");
            if (deflated || !syntax_word(&name, "/FlateDecode") ||
                (list && !syntax_word(&name, "]")) || name.at != name.end)
                return false;
            deflated = true;
        }
    }
    return deflated && inside.at == inside.end;
}

static bool plain_dictionary(struct plain *p, struct span *s, struct span *inside)
{
    syntax_skip_space(s);
    struct span head = *s;
    if (head.at == head.end || *head.at != '<')
        return false;
    if (head.end - head.at > PLAIN_DICTIONARY_MOST)
        head.end = head.at + PLAIN_DICTIONARY_MOST;
    bool found = syntax_dictionary(&head, inside);
    p->parsed += (size_t)((found ? head.at : head.end) - s->at);
    s->at = head.at;
    return found;
}

/* Whether object NUMBER at S is a stream as it should be. False in *SOUND: it
 * is not even that object. */
static bool plain_find(struct plain *p, struct span s, uint64_t number,
                       struct plain_stream *stream, bool *sound)
{
    uint64_t own, generation, length;
    struct span value;
    *sound = syntax_header(&s, &own, &generation) && own == number &&
             generation == p->xref.entries[number].generation;
    if (!*sound || !plain_dictionary(p, &s, &stream->dictionary) ||
        !syntax_stream(&s) || !plain_is_wanted(stream->dictionary) ||
        !syntax_find(stream->dictionary, "Length", &value) ||
        !plain_length(p, value, &length) || length > (uint64_t)(s.end - s.at))
        return false;
    stream->data = (struct span){ s.at, s.at + length };
    s.at += length;
    return syntax_word(&s, "endstream");
}

/* The dictionary again, but for what no longer holds. */
static void plain_put_dictionary(struct plain *p, struct span inside, size_t length)
{
    struct span key, value;
    plain_put(p, "<<", 2);
    while (syntax_entry(&inside, &key, &value)) {
        if (syntax_is(key, "Filter") || syntax_is(key, "Length"))
            continue;
        plain_put(p, "/", 1);
        plain_put(p, key.at, (size_t)(key.end - key.at));
        plain_put(p, " ", 1);
        plain_put(p, value.at, (size_t)(value.end - value.at));
    }
    plain_print(p, "/Length %zu>>", length);
}

/* What the table takes when it has to stand behind one more object. */
static size_t plain_reserve(const struct plain *p)
{
    return (p->count + 1) * 2 * PLAIN_ROW + PLAIN_TRAILER +
           (size_t)(p->xref.trailer.end - p->xref.trailer.at);
}

/* Inflates to behind where the head of the object will be, which is moved up
 * to it: only then its length is known. */
static void plain_copy(struct plain *p, uint64_t number,
                       const struct plain_stream *stream)
{
    size_t dictionary = (size_t)(stream->dictionary.end - stream->dictionary.at);
    size_t head = dictionary * 2 + 128, before = p->size, size, used;
    size_t needed = plain_reserve(p) + head + 64;
    if (needed > p->room - p->size) {
        p->full = true;
        return;
    }
    size_t most = p->room - p->size - needed;
    if (most > PLAIN_STREAM_MOST)
        most = PLAIN_STREAM_MOST;
    unsigned char *text = p->out + p->size + head;
    enum flate_result result =
        flate_inflate(p->inflater, stream->data, text, most, &size, &used);
    p->work += result == FLATE_OK ? size : most;
    p->full |= p->work > PLAIN_WORK_MOST;
    /* Nor may such a scan take a text for an object. */
    if (result != FLATE_OK || (!p->xref.stream && memmem(text, size, "obj", 3)))
        return;
    uint64_t offset = p->at + p->size + 1;
    plain_print(p, "\n%" PRIu64 " %" PRIu32 " obj\n", number,
                p->xref.entries[number].generation);
    plain_put_dictionary(p, stream->dictionary, size);
    plain_print(p, "\nstream\n");
    if (p->full || p->size > before + head) {
        p->size = before;
        return;
    }
    memmove(p->out + p->size, text, size);
    p->size += size;
    plain_print(p, "\nendstream\nendobj\n");
    p->moved[number] = offset;
    p->count++;
}

/* False: the table is wrong about an object, so a reader might repair it; or
 * objects stand within each other. */
static bool plain_objects(struct plain *p)
{
    size_t most = 4 * (size_t)(p->file.end - p->file.at) + PLAIN_DICTIONARY_MOST;
    for (size_t number = 1; number < p->xref.count; number++) {
        const struct xref_entry *entry = p->xref.entries + number;
        struct plain_stream stream;
        bool sound;
        /* Offset 0 is the header: some writers mean a free object. */
        if (entry->type != XREF_PLAIN || entry->offset == 0)
            continue;
        struct span s = p->file;
        s.at += entry->offset;
        bool found = plain_find(p, s, number, &stream, &sound);
        if (!sound || p->parsed > most)
            return false;
        if (found && !p->full)
            plain_copy(p, number, &stream);
    }
    return true;
}

/* The end of the run of moved objects that begins with NUMBER. */
static size_t plain_run_end(const struct plain *p, size_t number)
{
    while (number < p->xref.count && p->moved[number])
        number++;
    return number;
}

static void plain_trailer(struct plain *p)
{
    static const char *const keys[] = { "Root", "Info", "ID" };
    struct span value;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        if (!syntax_find(p->xref.trailer, keys[i], &value))
            continue;
        plain_print(p, "/%s ", keys[i]);
        plain_put(p, value.at, (size_t)(value.end - value.at));
    }
    plain_print(p, "/Size %zu/Prev %" PRIu64 ">>\n", p->xref.count, p->xref.start);
}

static void plain_table(struct plain *p)
{
    plain_print(p, "xref\n");
    for (size_t number = 0, end; number < p->xref.count; number = end + 1) {
        end = plain_run_end(p, number);
        if (end > number)
            plain_print(p, "%zu %zu\n", number, end - number);
        for (; number < end; number++)
            plain_print(p, "%010" PRIu64 " %05" PRIu32 " n \n", p->moved[number],
                        p->xref.entries[number].generation);
    }
    plain_print(p, "trailer\n<<");
    plain_trailer(p);
}

/* Type, offset and generation in big-endian bytes (7.5.8.3). */
static void plain_packed_row(struct plain *p, size_t number)
{
    unsigned char row[PLAIN_PACKED_ROW] = { 1 };
    for (int i = 0; i < 8; i++)
        row[1 + i] = (unsigned char)(p->moved[number] >> (56 - 8 * i));
    row[9] = (unsigned char)(p->xref.entries[number].generation >> 8);
    row[10] = (unsigned char)p->xref.entries[number].generation;
    plain_put(p, row, sizeof row);
}

/* Under the number of the stream that it stands before. */
static void plain_packed_table(struct plain *p)
{
    plain_print(p, "%" PRIu64 " 0 obj\n<</Type/XRef/W[1 8 2]/Length %zu/Index[",
                p->xref.stream, p->count * PLAIN_PACKED_ROW);
    for (size_t number = 0, end; number < p->xref.count; number = end + 1) {
        end = plain_run_end(p, number);
        if (end > number)
            plain_print(p, "%zu %zu ", number, end - number);
    }
    plain_print(p, "]");
    plain_trailer(p);
    plain_print(p, "stream\n");
    for (size_t number = 0; number < p->xref.count; number++)
        if (p->moved[number])
            plain_packed_row(p, number);
    plain_print(p, "\nendstream\nendobj\n");
}

/* A section of the kind that the newest one is: when a table is wanting,
 * poppler takes the file for damaged, and does not when a stream is. */
static void plain_section(struct plain *p)
{
    uint64_t start = p->at + p->size;
    if (p->xref.stream)
        plain_packed_table(p);
    else
        plain_table(p);
    plain_print(p, "startxref\n%" PRIu64 "\n%%%%EOF\n", start);
}

/* Encrypted streams would be deflated below their cipher, and a key that is
 * written in another way might hide that. */
static bool plain_is_readable(const struct plain *p)
{
    struct span inside = p->xref.trailer, key, value;
    while (syntax_entry(&inside, &key, &value))
        if (syntax_is(key, "Encrypt") ||
            memchr(key.at, '#', (size_t)(key.end - key.at)))
            return false;
    return inside.at == inside.end && syntax_find(p->xref.trailer, "Root", &value);
}

static bool plain_is_digit(unsigned char c)
{
    return c >= '0' && c <= '9';
}

/* Whether a number of at most 10 digits stands before *AT, but for white space;
 * *AT is where it begins then. */
static bool plain_back(const struct plain *p, const unsigned char **at,
                       uint64_t *number)
{
    const unsigned char *end = *at;
    while (end > p->file.at && syntax_is_space(end[-1]))
        end--;
    const unsigned char *first = end;
    while (first > p->file.at && end - first < 10 && plain_is_digit(first[-1]))
        first--;
    struct span digits = { first, end };
    *at = first;
    return syntax_integer(&digits, number);
}

/* A reader that misses an object in a table scans the whole file for objects,
 * and takes the last one of each number, ours then. So there must be none that
 * the table does not know, nor one behind the place that it names. */
static bool plain_is_complete(const struct plain *p)
{
    const unsigned char *at = p->file.at, *end = p->file.end;
    for (; (at = memmem(at, (size_t)(end - at), "obj", 3)); at += 3) {
        const unsigned char *before = at;
        uint64_t number, generation;
        if (!plain_back(p, &before, &generation) || !plain_back(p, &before, &number))
            continue;
        if (number >= p->xref.count)
            return false;
        const struct xref_entry *entry = p->xref.entries + number;
        if (entry->type != XREF_PLAIN ||
            (uint64_t)(before - p->file.at) > entry->offset)
            return false;
    }
    return true;
}

static bool plain_run(struct plain *p)
{
    p->moved = calloc(p->xref.count + 1, sizeof *p->moved);
    if (!p->moved || !plain_is_readable(p) ||
        (!p->xref.stream && !plain_is_complete(p)) || !plain_objects(p) || p->count == 0)
        return false;
    p->full = false;
    plain_section(p);
    return !p->full;
}

size_t plain_write(struct span file, size_t at, unsigned char *out, size_t room)
{
    struct plain p = { .file = file, .at = at, .out = out, .room = room };
    static const char header[] = "%PDF-";
    if (file.end - file.at < (ptrdiff_t)sizeof header ||
        memcmp(file.at, header, sizeof header - 1))
        return 0;
    p.inflater = flate_create();
    if (!p.inflater)
        return 0;
    bool good = false;
    if (xref_read(&p.xref, file, p.inflater)) {
        good = plain_run(&p);
        free(p.moved);
        xref_clear(&p.xref);
    }
    flate_destroy(p.inflater);
    return good ? p.size : 0;
}
