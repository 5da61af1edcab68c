/* SPDX-License-Identifier: GPL-3.0-or-later */
/* charset.c - detection by marks, by validity, by uchardet and by the judge;
 * conversion by iconv. What is plausible as text stands in plausible.c. */
#include <config.h>

#include "format/charset.h"

#include <errno.h>
#include <iconv.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <uchardet/uchardet.h>

#include "base/buffer.h"
#include "base/utf8.h"
#include "format/judge.h"
#include "format/library.h"
#include "format/plausible.h"

#define FALLBACK "WINDOWS-1252"
#define LATIN9 "ISO-8859-15"

/* uchardet is sure long before this many bytes. */
#define GUESS_BYTES ((size_t)1 << 20)
/* A line that is longer is fed in part, so that one does not use it all up. */
#define GUESS_LINE ((size_t)1 << 16)

#define CHARSET_CALLS(call)         \
    call(uchardet_data_end)         \
    call(uchardet_delete)           \
    call(uchardet_get_charset)      \
    call(uchardet_handle_data)      \
    call(uchardet_new)

LIBRARY(CHARSET_CALLS)

static void charset_load(void)
{
    LIBRARY_LOAD(UCHARDET_SONAME);
}

bool charset_prepare(const char **why)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, charset_load);
    *why = lib_missing;
    return lib_missing == NULL;
}

/* --- detection --- */

static void charset_set(struct charset *c, const char *name, size_t mark)
{
    snprintf(c->name, sizeof c->name, "%s", name);
    c->mark = mark;
}

static bool has_high_byte(const unsigned char *data, size_t size)
{
    size_t i = 0;
    for (uint64_t word; size - i >= sizeof word; i += sizeof word) {
        memcpy(&word, data + i, sizeof word);
        if ((word & UINT64_C(0x8080808080808080)) != 0)
            return true;
    }
    for (; i < size; i++) {
        if (data[i] >= 0x80)
            return true;
    }
    return false;
}

/* The first of the lines that have more than ASCII, for the judge. */
struct evidence {
    unsigned char bytes[JUDGE_BYTES];
    size_t size;
};

static void evidence_add(struct evidence *evidence, const unsigned char *line,
                         size_t size)
{
    size_t room = sizeof evidence->bytes - evidence->size;
    size = size < room ? size : room;
    memcpy(evidence->bytes + evidence->size, line, size);
    evidence->size += size;
}

/* Feeds the lines that say something: those with more than ASCII, or all
 * when the text is ASCII with escape sequences. Whole lines, because a
 * character of two bytes that is cut counts against its charset. */
static void feed(uchardet_t detector, const unsigned char *data, size_t size,
                 bool ascii_too, struct evidence *evidence)
{
    size_t fed = 0;
    while (size > 0 && fed < GUESS_BYTES) {
        const unsigned char *end = memchr(data, '\n', size);
        size_t line = end != NULL ? (size_t)(end - data) + 1 : size;
        size_t part = line < GUESS_LINE ? line : GUESS_LINE;
        if (ascii_too || has_high_byte(data, part)) {
            if (lib->uchardet_handle_data(detector, (const char *)data, part) != 0)
                break;
            fed += part;
            evidence_add(evidence, data, part);
        }
        data += line;
        size -= line;
    }
    lib->uchardet_data_end(detector);
}

/* Supersets that real texts with these labels are in (as in the WHATWG
 * Encoding standard). */
static const char *widen(const char *name)
{
    static const char *const pairs[][2] = {
        {"ISO-8859-1", "WINDOWS-1252"}, {"ISO-8859-9", "WINDOWS-1254"},
        {"TIS-620", "WINDOWS-874"},     {"GB2312", "GB18030"},
        {"EUC-KR", "UHC"},              {"SHIFT_JIS", "WINDOWS-31J"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        if (strcasecmp(name, pairs[i][0]) == 0
            && charset_is_known(pairs[i][1]))
            return pairs[i][1];
    }
    return name;
}

static void guess(const unsigned char *data, size_t size, bool ascii_too,
                  struct charset *c)
{
    charset_set(c, FALLBACK, 0);
    const char *why;
    uchardet_t detector = charset_prepare(&why) ? lib->uchardet_new() : NULL;
    if (detector == NULL)
        return;
    struct evidence evidence = {.size = 0};
    feed(detector, data, size, ascii_too, &evidence);
    const char *name = widen(lib->uchardet_get_charset(detector));
    /* UTF-8 was ruled out before, and ASCII is not the answer either. */
    if (strncasecmp(name, "UTF-", 4) == 0 || strcasecmp(name, "ASCII") == 0
        || !charset_is_known(name))
        name = "";
    if (!ascii_too)
        name = judge_charset(evidence.bytes, evidence.size, name);
    if (*name != '\0')
        charset_set(c, name, 0);
    lib->uchardet_delete(detector);
}

/* --- ISO-8859-15 or windows-1252 --- */

static bool is_letter(int c)
{
    return ((c | 32) >= 'a' && (c | 32) <= 'z') ||
           (c >= 0xc0 && c != 0xd7 && c != 0xf7);
}

static bool is_small_letter(int c)
{
    return (c >= 'a' && c <= 'z') || (c >= 0xdf && c != 0xf7);
}

/* Whether there is a digit at P, or next to it in DIRECTION beyond a blank. */
static bool is_by_digit(const unsigned char *p, const unsigned char *start,
                        const unsigned char *end, int direction)
{
    if (p >= start && p < end && (*p == ' ' || *p == 0xa0))
        p += direction;
    return p >= start && p < end && *p >= '0' && *p <= '9';
}

/* What the eight bytes that differ are used for. */
struct latin9 {
    size_t sure, likely; /* as ISO-8859-15 has them: the euro, and letters */
    size_t against;      /* as signs: fractions, accents, a broken bar */
    size_t accented;     /* letters that are the same in both */
};

/* One of them at P: the euro, S, s, Z and z with caron, OE, oe, Y with
 * diaeresis in ISO-8859-15. */
static void latin9_weigh(struct latin9 *found, const unsigned char *p,
                         const unsigned char *start, const unsigned char *end)
{
    int before = p > start ? p[-1] : ' ', after = p + 1 < end ? p[1] : ' ';
    bool first = !is_letter(before), last = !is_letter(after);
    switch (*p) {
    case 0xa4: /* nobody writes the sign for any currency */
        found->sure += is_by_digit(p - 1, start, end, -1) ||
                       is_by_digit(p + 1, start, end, 1);
        break;
    case 0xa6:
        found->likely += first && is_small_letter(after);
        found->against += !first || last;
        break;
    case 0xa8:
    case 0xb8:
        found->likely += !first || !last;
        found->against += first && last;
        break;
    case 0xb4: /* an apostrophe, to many */
        found->against += is_small_letter(before) || (first && last);
        break;
    default: /* "c\xbdur", "l'\xbdil", "\xbduvre"; but "3\xbd", maybe "\xbdl" */
        found->sure += !last && (!first || before == '\'' || (after | 32) == 'u');
        found->against += last || (before >= '0' && before <= '9');
    }
}

/* Whether western text is in ISO-8859-15. Without a sign of that it is taken
 * for windows-1252, in which there is more of it. */
static bool is_latin9(const unsigned char *data, size_t size)
{
    struct latin9 found = {0};
    const unsigned char *end = data + size;
    for (const unsigned char *p = data; p < end; p++) {
        if (*p >= 0x80 && *p < 0xa0)
            return false; /* quotes and dashes of windows-1252 */
        if (*p >= 0xa0 && strchr("\xa4\xa6\xa8\xb4\xb8\xbc\xbd\xbe", *p))
            latin9_weigh(&found, p, data, end);
        else
            found.accented += *p >= 0xc0;
    }
    /* Accents beside their letters ("Mu\xa8ller") come from typesetters, in
     * texts that have no accented letters then. */
    return found.against == 0 &&
           (found.sure > 0 ||
            (found.likely > 0 && found.accented > found.likely));
}

void charset_detect(const unsigned char *data, size_t size, struct charset *c)
{
    size_t mark;
    const char *name = plausible_mark(data, size, &mark);
    if (name == NULL)
        name = plausible_wide(data, size);
    if (name != NULL) {
        charset_set(c, name, mark);
        return;
    }
    size_t valid = utf8_valid_prefix((const char *)data, size);
    if (valid == size) {
        charset_set(c, "UTF-8", 0);
        /* ISO-2022 is all ASCII, and cannot do without these two bytes. */
        if (memchr(data, 0x1b, size) != NULL && memmem(data, size, "\x1b$", 2) != NULL) {
            guess(data, size, true, c);
            if (strncmp(c->name, "ISO-2022", 8) != 0)
                charset_set(c, "UTF-8", 0);
        }
        return;
    }
    /* Look at the neighbourhood of the first invalid byte. */
    size_t start = valid < GUESS_BYTES / 2 ? 0 : valid - GUESS_BYTES / 2;
    while (start > 0 && start < valid && (data[start] & 0xc0) == 0x80)
        start++;
    size_t sample = size - start < GUESS_BYTES ? size - start : GUESS_BYTES;
    if (plausible_mostly_utf8(data + start, sample)) {
        charset_set(c, "UTF-8", 0);
        return;
    }
    guess(data, size, false, c);
    if (strcmp(c->name, FALLBACK) == 0 || strcasecmp(c->name, LATIN9) == 0)
        charset_set(c, is_latin9(data + start, sample) ? LATIN9 : FALLBACK, 0);
}

/* Charsets whose bytes are all ASCII's. */
static bool is_seven_bit(const char *name)
{
    return strncasecmp(name, "ISO-2022", 8) == 0
           || strncasecmp(name, "HZ", 2) == 0 || strcasecmp(name, "UTF-7") == 0;
}

static bool is_refuted(const unsigned char *data, size_t size, const char *declared)
{
    struct evidence evidence = {.size = 0};
    for (size_t taken; size > 0 && evidence.size < JUDGE_BYTES; size -= taken) {
        const unsigned char *end = memchr(data, '\n', size);
        taken = end != NULL ? (size_t)(end - data) + 1 : size;
        if (has_high_byte(data, taken))
            evidence_add(&evidence, data, taken);
        data += taken;
    }
    return judge_refutes(evidence.bytes, evidence.size, declared);
}

void charset_choose(const unsigned char *data, size_t size, const char *declared,
                    struct charset *c)
{
    charset_detect(data, size, c);
    if (strncasecmp(declared, "x-", 2) == 0 && !charset_is_known(declared))
        declared += 2;
    if (strlen(declared) >= sizeof c->name || !charset_is_known(declared))
        return;
    bool is_ascii = !has_high_byte(data, size);
    if (is_ascii && is_seven_bit(declared))
        charset_set(c, declared, 0);
    else if (!is_ascii && strncmp(c->name, "UTF-", 4) != 0
             && strncasecmp(declared, "UTF", 3) != 0
             && strcasestr(declared, "ASCII") == NULL
             && !is_refuted(data, size, widen(declared)))
        charset_set(c, widen(declared), 0);
}

/* --- conversion --- */

static bool is_utf8(const char *name)
{
    return strcasecmp(name, "UTF-8") == 0 || strcasecmp(name, "UTF8") == 0
           || strcasecmp(name, "US-ASCII") == 0;
}

static iconv_t converter_open(const char *name)
{
    /* A slash would be an option of iconv's, "//IGNORE" say; an empty name
     * means the locale's charset. */
    if (*name == '\0' || strchr(name, '/') != NULL)
        return (iconv_t)-1;
    return iconv_open("UTF-8", name);
}

bool charset_is_known(const char *name)
{
    if (is_utf8(name))
        return true;
    iconv_t converter = converter_open(name);
    if (converter == (iconv_t)-1)
        return false;
    iconv_close(converter);
    return true;
}

static int convert_utf8(const char *data, size_t size, struct emit *emit,
                        uint64_t *bad)
{
    struct buffer repaired = {0};
    int r = 0;
    while (size > 0 && r == 0) {
        /* A third, as a bad byte becomes three. */
        size_t piece = size < CHARSET_PIECE / 3 ? size : CHARSET_PIECE / 3;
        size_t tail = 0;
        if (piece < size)
            utf8_ends_inside(data, piece, &tail);
        piece -= tail;
        if (utf8_valid_prefix(data, piece) == piece) {
            r = emit->text(emit, data, piece);
        } else {
            buffer_clear(&repaired);
            size_t replaced = utf8_append_sanitized(&repaired, data, piece);
            *bad += piece - (repaired.size - 3 * replaced);
            r = emit->text(emit, repaired.data, repaired.size);
        }
        data += piece;
        size -= piece;
    }
    buffer_free(&repaired);
    return r;
}

struct output {
    struct emit *emit;
    size_t used;
    char bytes[CHARSET_PIECE];
};

static int output_flush(struct output *out)
{
    size_t used = out->used;
    out->used = 0;
    return used > 0 ? out->emit->text(out->emit, out->bytes, used) : 0;
}

/* How far to go on after what is not valid. */
static size_t unit_size(const char *name)
{
    return strncasecmp(name, "UTF-16", 6) == 0   ? 2
           : strncasecmp(name, "UTF-32", 6) == 0 ? 4
                                                 : 1;
}

static int convert_iconv(iconv_t converter, const unsigned char *data,
                         size_t size, size_t unit, struct output *out,
                         uint64_t *bad)
{
    static const char replacement[] = "\xef\xbf\xbd";
    char *in = (char *)data; /* iconv does not write there */
    bool is_flushed = false;
    while (!is_flushed) {
        char *to = out->bytes + out->used;
        size_t room = sizeof out->bytes - out->used;
        /* The last call, without input, gives what a stateful one held. */
        is_flushed = size == 0;
        size_t r = iconv(converter, is_flushed ? NULL : &in, &size, &to, &room);
        int errnum = r == (size_t)-1 ? errno : 0;
        out->used = (size_t)(to - out->bytes);
        if (errnum == 0)
            continue;
        if ((errnum == E2BIG || room < sizeof replacement)
            && output_flush(out) < 0)
            return -1;
        if (errnum == E2BIG) {
            is_flushed = false;
            continue;
        }
        memcpy(out->bytes + out->used, replacement, 3);
        out->used += 3;
        size_t skipped = unit < size ? unit : size;
        *bad += skipped;
        in += skipped;
        size -= skipped;
    }
    return output_flush(out);
}

int charset_convert(const unsigned char *data, size_t size, const char *name,
                    struct emit *emit, uint64_t *bad)
{
    *bad = 0;
    if (is_utf8(name))
        return convert_utf8((const char *)data, size, emit, bad);
    iconv_t converter = converter_open(name);
    if (converter == (iconv_t)-1) {
        name = FALLBACK;
        converter = converter_open(name);
    }
    if (converter == (iconv_t)-1) /* no converters installed: ASCII stays */
        return convert_utf8((const char *)data, size, emit, bad);
    struct output out = {.emit = emit, .used = 0};
    int r = convert_iconv(converter, data, size, unit_size(name), &out, bad);
    iconv_close(converter);
    return r;
}
