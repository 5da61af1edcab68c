/* SPDX-License-Identifier: GPL-3.0-or-later */
/* detect.c - settles the bids of the formats and of magic.c, and compares
 * the winner with what the name claims. */
#include <config.h>

#include "detect/detect.h"

#include <errno.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "detect/magic.h"

/* Names that programs give to nothing but their own packed files. Text so named
 * is what a server, or a program that failed, left in place of a document. Not so
 * doc, xls, dat or msg, say: text and web pages have these for good. */
static const char binary_extensions[] =
    "pdf epub mobi azw azw3 djvu docx docm xlsx xlsm xlsb pptx pptm odt ods odp odg "
    "xps oxps zip 7z rar gz bz2 xz zst jpg jpeg png gif";

/* Whether the words of LIST have WORD (SIZE bytes) among them; any case. */
static bool has_word(const char *list, const char *word, size_t size)
{
    while (*list != '\0') {
        size_t length = strcspn(list, " ");
        if (length == size && strncasecmp(list, word, size) == 0)
            return true;
        list += length;
        list += strspn(list, " ");
    }
    return false;
}

/* What FORMAT is called where it stands in place of another one; NULL: it is no
 * text that anybody writes. */
static const char *text_name(const struct format *format)
{
    if (strcmp(format->media_type, "text/html") == 0)
        return "a web page";
    return strncmp(format->media_type, "text/", 5) == 0 ? "plain text" : NULL;
}

/* The extension of NAME when it promises more than text; else NULL. */
static const char *binary_extension(const char *name)
{
    const char *slash = name != NULL ? strrchr(name, '/') : NULL;
    const char *base = slash != NULL ? slash + 1 : name;
    const char *dot = base != NULL ? strrchr(base, '.') : NULL;
    return dot != NULL && has_word(binary_extensions, dot + 1, strlen(dot + 1))
               ? dot + 1
               : NULL;
}

static int best_bid(const struct peek *peek, const struct format **best)
{
    int highest = 0;
    *best = NULL;
    /* What is certain is not beaten: others, of texts above all, need not look. */
    for (size_t i = 0; highest < FORMAT_CERTAIN && format_registry[i] != NULL; i++) {
        int bid = format_registry[i]->bid(peek);
        if (bid > highest) {
            highest = bid;
            *best = format_registry[i];
        }
    }
    return highest;
}

void detect_peek(const struct peek *peek, struct detection *found)
{
    memset(found, 0, sizeof *found);
    if (peek->size == 0 || peek->head_size == 0) {
        error_set(&found->error, ERROR_EMPTY, "empty file");
        return;
    }
    struct peek known = *peek;
    known.container = container_type(peek);
    int bid = best_bid(&known, &found->format);
    /* No magic beats a format that is certain, so it need not be asked. */
    struct magic magic = {NULL, 0};
    if (bid <= MAGIC_TEXTUAL)
        magic = magic_find(&known);
    if (magic.confidence > bid) {
        found->format = NULL;
        found->media_type = magic.media_type;
        error_set(&found->error, ERROR_UNSUPPORTED, "%s is not supported",
                  magic.media_type);
        return;
    }
    if (found->format == NULL) {
        error_set(&found->error, ERROR_UNKNOWN,
                  "not a document of a known type");
        return;
    }
    found->media_type = found->format->media_type;
    const char *text = text_name(found->format);
    const char *extension = text != NULL ? binary_extension(peek->name) : NULL;
    if (extension != NULL)
        error_set(&found->error, ERROR_MISLABELLED,
                  "named .%s, but its content is %s", extension, text);
}

/* As many bytes as there are, up to SIZE; or -1 and E. */
static ssize_t read_at(int fd, unsigned char *to, size_t size, uint64_t offset,
                       struct error *e)
{
    size_t done = 0;
    while (done < size) {
        ssize_t got = pread(fd, to + done, size - done, (off_t)(offset + done));
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return error_set_errno(e, ERROR_IO, errno, "%s", "");
        if (got == 0)
            break;
        done += (size_t)got;
    }
    return (ssize_t)done;
}

/* Whether FD may be a disk image: its system area, which is the first 16 sectors,
 * is empty but for what boots from it. */
static bool may_be_image(const struct peek *peek)
{
    static const unsigned char none[16];
    const unsigned char *p = peek->head;
    return peek->size > PEEK_IMAGE && peek->head_size >= 512
           && (memcmp(p, none, sizeof none) == 0 || (p[510] == 0x55 && p[511] == 0xaa));
}

/* What neither the head nor the tail has: the directory of a compound file, or the
 * first descriptor of a disk image. */
static int peek_middle(int fd, unsigned char *bytes, struct peek *peek,
                       struct error *e)
{
    uint64_t at = may_be_image(peek)
                      ? PEEK_IMAGE
                      : container_ole_directory(peek->head, peek->head_size);
    if (at < peek->head_size || at >= peek->size - peek->tail_size)
        return 0;
    ssize_t got = read_at(fd, bytes, PEEK_MIDDLE, at, e);
    if (got < 0)
        return -1;
    peek->middle = bytes;
    peek->middle_size = (size_t)got;
    peek->middle_at = at;
    return 0;
}

int detect_file(int fd, uint64_t size, const char *name,
                struct detection *found, struct error *e)
{
    unsigned char bytes[PEEK_HEAD + PEEK_TAIL + PEEK_MIDDLE];
    struct peek peek = {.head = bytes, .size = size, .name = name};
    /* A small file is read once, and its tail is all of it. */
    bool is_small = size <= PEEK_TAIL;
    ssize_t got = read_at(fd, bytes, is_small ? (size_t)size : PEEK_HEAD, 0, e);
    if (got < 0)
        return -1;
    if (size == 0 && read_at(fd, bytes, 1, 0, e) > 0) {
        memset(found, 0, sizeof *found);
        error_set(&found->error, ERROR_UNREADABLE,
                  "not empty, but its size is not known: a file of the "
                  "kernel's?");
        return 0;
    }
    peek.head_size = got < PEEK_HEAD ? (size_t)got : PEEK_HEAD;
    peek.tail = bytes;
    peek.tail_size = (size_t)got;
    if (is_small) {
        peek.size = (uint64_t)got; /* less when it has shrunk since */
    } else {
        peek.tail = bytes + PEEK_HEAD;
        got = read_at(fd, bytes + PEEK_HEAD, PEEK_TAIL, size - PEEK_TAIL, e);
        if (got < 0)
            return -1;
        peek.tail_size = (size_t)got;
        peek.size = size - PEEK_TAIL + (uint64_t)got;
        if (peek_middle(fd, bytes + PEEK_HEAD + PEEK_TAIL, &peek, e) < 0)
            return -1;
    }
    detect_peek(&peek, found);
    return 0;
}
