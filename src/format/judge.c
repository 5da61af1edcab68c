/* SPDX-License-Identifier: GPL-3.0-or-later */
/* judge.c - a text's bytes under each language in each charset. A letter's
 * probability is that of its rank in the alphabet of the language, sorted by
 * frequency: ln((n + 1) / r) / n (S. M. Gusein-Zade, 1988), which fits
 * alphabets well and takes no corpus. To that come what no language does:
 * capitals behind small letters, signs within words, two scripts in a word.
 * Only words with bytes beyond ASCII count. */
#include <config.h>

#include "format/judge.h"

#include <iconv.h>
#include <limits.h>
#include <math.h>
#include <pthread.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "format/alphabets.h"
#include "format/doublebyte.h"
#include "format/letterkind.h"

/* --- charsets of one byte --- */

#define PAGES_MAX 48
#define ROWS_MAX 192

struct page {
    char name[20];
    uint32_t at[256]; /* the characters of the bytes; 0: none */
    uint8_t kind[256], script[256];
};

/* A language in a charset. */
struct row {
    uint8_t page;
    int16_t prior;
    int16_t cost[256]; /* of each byte, in hundredths of nats */
};

static struct page pages[PAGES_MAX];
static size_t pages_count;
static struct row rows[ROWS_MAX];
static size_t rows_count;

static bool page_fill(struct page *page)
{
    iconv_t converter = iconv_open("UCS-4LE", page->name);
    if (converter == (iconv_t)-1)
        return false;
    for (unsigned b = 0; b < 256; b++) {
        char byte = (char)b, *in = &byte;
        unsigned char code[16] = {0};
        char *out = (char *)code;
        size_t left = 1, room = sizeof code;
        if (iconv(converter, &in, &left, &out, &room) != (size_t)-1 &&
            iconv(converter, NULL, NULL, &out, &room) != (size_t)-1)
            page->at[b] = (uint32_t)code[0] | (uint32_t)code[1] << 8 |
                          (uint32_t)code[2] << 16;
        else
            iconv(converter, NULL, NULL, NULL, NULL);
        page->kind[b] = b > 0 && page->at[b] == 0
                            ? KIND_NONE
                            : (uint8_t)letterkind_of(page->at[b]);
        page->script[b] = (uint8_t)letterkind_script(page->at[b]);
    }
    iconv_close(converter);
    return true;
}

/* Its index; PAGES_MAX: there is none. */
static size_t page_find(const char *name, size_t size)
{
    for (size_t i = 0; i < pages_count; i++) {
        if (strncasecmp(pages[i].name, name, size) == 0 && pages[i].name[size] == '\0')
            return i;
    }
    return PAGES_MAX;
}

/* The same, made when it is new. */
static size_t page_get(const char *name, size_t size)
{
    size_t found = page_find(name, size);
    if (found < PAGES_MAX || pages_count == PAGES_MAX || size >= sizeof pages->name)
        return found;
    struct page *page = &pages[pages_count];
    memset(page, 0, sizeof *page);
    memcpy(page->name, name, size);
    return page_fill(page) ? pages_count++ : PAGES_MAX;
}

/* --- what a byte costs --- */

/* In hundredths of nats. */
enum {
    COST_CAPITAL = 300,   /* more than the small letter */
    COST_POINT = 450,
    COST_USUAL_SIGN = 600,
    COST_ACCENT = 500,
    COST_GUEST = 750,     /* a letter that names from elsewhere bring along */
    COST_FOREIGN = 1000,  /* another letter of other languages */
    COST_SIGN = 1000,
    COST_STRANGE = 1300,  /* a letter of another script */
    COST_ASCII = 600,     /* a letter of ASCII there */
    COST_APART = 310,     /* one of ASCII's in a word of its own, there */
    COST_CONTROL = 1500,
    COST_NONE = 1800,
    COST_LONELY = 1500,   /* fewer than two characters of two bytes */
};

struct ranked {
    uint32_t letters[160];
    size_t count;
};

static void alphabet_rank(const char *letters, struct ranked *ranked)
{
    ranked->count = 0;
    for (const unsigned char *p = (const unsigned char *)letters; *p != '\0';) {
        size_t more = *p < 0x80 ? 0 : *p < 0xe0 ? 1 : 2;
        uint32_t c = more == 0 ? *p : *p & (0x3fu >> more);
        while (more-- > 0)
            c = c << 6 | (*++p & 0x3f);
        p++;
        if (ranked->count < sizeof ranked->letters / sizeof ranked->letters[0])
            ranked->letters[ranked->count++] = c;
    }
}

static bool is_guest(uint32_t small)
{
    static const uint32_t guests[] = {0xe1, 0xe4, 0xe5, 0xe7, 0xe8, 0xe9, 0xed,
                                      0xef, 0xf1, 0xf3, 0xf6, 0xf8, 0xfc};
    for (size_t i = 0; i < sizeof guests / sizeof guests[0]; i++) {
        if (small == guests[i])
            return true;
    }
    return false;
}

static int letter_cost(const struct ranked *ranked, uint32_t c,
                       enum letterscript script)
{
    uint32_t small = letterkind_lower(c);
    int capital = small != c ? COST_CAPITAL : 0;
    for (size_t i = 0; i < ranked->count; i++) {
        double n = (double)ranked->count;
        if (ranked->letters[i] == small)
            return capital - (int)(100 * log(log((n + 1) / (double)(i + 1)) / n));
    }
    if (script == letterkind_script(ranked->letters[0]))
        return capital / 2 + (is_guest(small) ? COST_GUEST : COST_FOREIGN);
    return c < 0x80 ? COST_ASCII : COST_STRANGE;
}

static int byte_cost(const struct ranked *ranked, const struct page *page, unsigned b)
{
    uint32_t c = page->at[b];
    switch ((enum letterkind)page->kind[b]) {
    case KIND_NONE:
        return COST_NONE;
    case KIND_CONTROL:
        return COST_CONTROL;
    case KIND_JOIN:
        return letterkind_is_accent(c) ? COST_ACCENT : COST_POINT;
    case KIND_BLANK:
    case KIND_POINT:
    case KIND_DIGIT:
        return COST_POINT;
    case KIND_SIGN:
        return letterkind_is_usual_sign(c) ? COST_USUAL_SIGN : COST_SIGN;
    case KIND_BOX:
        return COST_SIGN;
    default:
        return letter_cost(ranked, c, (enum letterscript)page->script[b]);
    }
}

/* Less is in the charsets that are further behind in the list, and least in
 * those of DOS and the Macintosh; and one odd byte is a sign of western text
 * rather than a word of another. */
static int16_t prior(const struct alphabet *alphabet, const char *name, size_t place)
{
    static const struct {
        const char *start;
        int cost;
    } costs[] = {
        {"WINDOWS-1252", 0}, {"ISO-8859-15", 0}, {"IBM866", 300},
        {"MAC-CY", 350},     {"MAC-UK", 300},    {"IBM", 450},
        {"MAC", 450},        {"CP7", 450},       {"ISO-8859-16", 300},
        {"ISO-8859-10", 300},
    };
    int cost = 250;
    for (size_t i = 0; i < sizeof costs / sizeof costs[0]; i++) {
        if (strncmp(name, costs[i].start, strlen(costs[i].start)) == 0) {
            cost = costs[i].cost;
            break;
        }
    }
    bool is_ascii = (unsigned char)*alphabet->letters < 0x80;
    return (int16_t)(cost + 100 * alphabet->rarity + 20 * (int)place +
                     (is_ascii ? 0 : 250));
}

static void judge_prepare(void)
{
    for (size_t a = 0; a < alphabets_count; a++) {
        struct ranked ranked;
        alphabet_rank(alphabets[a].letters, &ranked);
        const char *name = alphabets[a].charsets;
        for (size_t place = 0; *name != '\0' && rows_count < ROWS_MAX; place++) {
            size_t size = strcspn(name, " "), page = page_get(name, size);
            if (page < PAGES_MAX) {
                struct row *row = &rows[rows_count++];
                row->page = (uint8_t)page;
                row->prior = prior(&alphabets[a], name, place);
                for (unsigned b = 0; b < 256; b++)
                    row->cost[b] = (int16_t)byte_cost(&ranked, &pages[page], b);
            }
            name += size;
            name += strspn(name, " ");
        }
    }
    doublebyte_prepare();
}

/* --- a text --- */

struct sample {
    const unsigned char *data;
    size_t size;
    bool in_word[JUDGE_BYTES];
    uint32_t counts[256]; /* of the bytes in words */
    uint32_t apart[256];  /* of the other letters, all of ASCII */
    long weight;          /* of those, in thousandths: there may be many more */
    bool is_lonely;       /* one byte beyond ASCII, which says little */
};

/* Words of ASCII tell the language too, but they may as well be commands,
 * names or tags: they count less, and at most as so many for each byte beyond
 * ASCII. */
#define APART_WEIGHT 500
#define APART_SHARE 10

static bool is_word_byte(unsigned char b)
{
    return b >= 0x80 || ((b | 32) >= 'a' && (b | 32) <= 'z');
}

static void sample_fill(struct sample *s, const unsigned char *data, size_t size)
{
    memset(s, 0, sizeof *s);
    s->data = data;
    s->size = size < JUDGE_BYTES ? size : JUDGE_BYTES;
    size_t high = 0, apart = 0;
    for (size_t i = 0, end; i < s->size; i = end + 1) {
        bool has_high = false;
        for (end = i; end < s->size && is_word_byte(data[end]); end++)
            has_high = has_high || data[end] >= 0x80;
        for (size_t k = i; k < end; k++) {
            s->in_word[k] = has_high;
            high += data[k] >= 0x80;
            (has_high ? s->counts : s->apart)[data[k]]++;
        }
        apart += has_high ? 0 : end - i;
    }
    s->is_lonely = high == 1;
    size_t most = APART_SHARE * high;
    s->weight = apart > most ? (long)(APART_WEIGHT * most / apart) : APART_WEIGHT;
}

static bool is_letter(enum letterkind kind)
{
    return kind >= KIND_SMALL;
}

/* What the places of letters cost, or give back: a capital that begins a word
 * is not as rare as others. Two bytes before, one and the next. */
static int place_cost(const struct page *page, unsigned before, unsigned last,
                      unsigned b, unsigned next)
{
    enum letterkind kind = page->kind[b], old = page->kind[last];
    bool is_high = b >= 0x80;
    int cost = 0;
    if (is_letter(kind) && is_letter(old) && page->script[b] != page->script[last] &&
        kind != KIND_MARK && (is_high || last >= 0x80))
        cost += 800;
    if (kind == KIND_CAPITAL && old == KIND_SMALL && (is_high || last >= 0x80))
        cost += 700;
    else if (kind == KIND_CAPITAL && is_high && old == KIND_CAPITAL)
        cost -= 200;
    else if (kind == KIND_CAPITAL && is_high && !is_letter(old))
        cost -= 150;
    if (kind == KIND_SMALL && old == KIND_CAPITAL && page->kind[before] == KIND_CAPITAL &&
        (is_high || last >= 0x80 || before >= 0x80))
        cost += 400;
    bool is_other = is_high && is_letter(kind) && page->script[b] != SCRIPT_LATIN;
    if (is_other && !is_letter(old) && !is_letter(page->kind[next]))
        cost += 300; /* a table's letter rather than a word */
    if (is_letter(kind) && is_high && b == last && b == before)
        cost += 600; /* a line that is drawn */
    if (kind == KIND_MARK && is_high && !is_letter(old))
        cost += 600;
    if (is_letter(kind) && is_high && old == KIND_DIGIT)
        cost += 300;
    bool is_sign = kind == KIND_SIGN || kind == KIND_BOX || kind == KIND_POINT;
    if (is_sign && is_high && is_letter(old) && is_letter(page->kind[next]))
        cost += 500;
    /* A cedilla stands by few letters. */
    if (is_high && page->at[b] == 0xb8 && is_letter(old) &&
        strchr("CSTcst", (int)last) == NULL)
        cost += 300;
    if (kind == KIND_SIGN && is_high &&
        (old == KIND_DIGIT || page->kind[next] == KIND_DIGIT))
        cost -= 200;
    else if (kind == KIND_SIGN && is_high && is_letter(old))
        cost += 300;
    if (kind == KIND_BOX && old == KIND_BOX)
        cost -= 600;
    return cost;
}

static long page_cost(const struct page *page, const struct sample *s)
{
    unsigned before = ' ', last = ' ';
    long cost = 0;
    for (size_t i = 0; i < s->size; i++) {
        unsigned b = s->data[i];
        if ((b | last | before) >= 0x80)
            cost += place_cost(page, before, last, b,
                               i + 1 < s->size ? s->data[i + 1] : ' ');
        before = last;
        last = b;
    }
    return cost;
}

static long row_cost(const struct row *row, const struct sample *s)
{
    long cost = row->prior * (s->is_lonely ? 2 : 1), apart = 0;
    for (unsigned b = 0; b < 256; b++)
        cost += (long)s->counts[b] * row->cost[b];
    for (unsigned b = 'A'; b <= 'z'; b++) {
        long each = row->cost[b] == COST_ASCII ? COST_APART : row->cost[b];
        apart += (long)s->apart[b] * each;
    }
    return cost + apart * s->weight / 1000;
}

/* --- the judgement --- */

static size_t count_high(const struct sample *s)
{
    size_t high = 0;
    for (unsigned b = 0x80; b < 256; b++)
        high += s->counts[b];
    return high;
}

#define GUESS_BONUS 300

/* Of each byte in the words; texts have half of it. */
#define COST_UNFIT 650

struct verdict {
    const char *name;
    long cost;
    long asked; /* the least cost of the charset asked about; LONG_MAX: unknown */
};

static void verdict_hear(struct verdict *v, const char *name, long cost,
                         const char *asked, long bonus)
{
    if (strcasecmp(name, asked) == 0) {
        v->asked = cost < v->asked ? cost : v->asked;
        cost -= bonus;
    }
    if (cost < v->cost) {
        v->cost = cost;
        v->name = name;
    }
}

static struct verdict judge(const struct sample *s, const char *asked, long bonus)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, judge_prepare);
    struct verdict verdict = {.name = "", .cost = LONG_MAX, .asked = LONG_MAX};
    long places[PAGES_MAX];
    for (size_t i = 0; i < pages_count; i++)
        places[i] = page_cost(&pages[i], s);
    for (size_t i = 0; i < rows_count; i++)
        verdict_hear(&verdict, pages[rows[i].page].name,
                     row_cost(&rows[i], s) + places[rows[i].page], asked, bonus);
    long apart = 0;
    for (unsigned b = 'A'; b <= 'z'; b++)
        apart += (long)s->apart[b] * COST_APART;
    apart = 500 + apart * s->weight / 1000 +
            (count_high(s) < 4 ? COST_LONELY : 0);
    for (size_t i = 0; i < commons_count; i++)
        verdict_hear(&verdict, commons[i].charset,
                     apart + 100 * commons[i].rarity + doublebyte_cost(i, s->data, s->in_word, s->size), asked,
                     bonus);
    return verdict;
}

/* Whether the bytes mean the same in windows-1252, the likeliest of all. */
static bool is_western(const struct sample *s, const char *name)
{
    size_t western = page_find("WINDOWS-1252", 12), page = page_find(name, strlen(name));
    if (western == PAGES_MAX || page == PAGES_MAX)
        return false;
    for (unsigned b = 0x80; b < 256; b++) {
        if (s->counts[b] > 0 && pages[page].at[b] != pages[western].at[b])
            return false;
    }
    return true;
}

const char *judge_charset(const unsigned char *data, size_t size, const char *guess)
{
    struct sample s;
    sample_fill(&s, data, size);
    struct verdict v = judge(&s, guess, GUESS_BONUS);
    /* Nothing fits: a charset without an alphabet here, or no text. */
    long high = (long)count_high(&s), letters = 0;
    for (unsigned b = 0; b < 256; b++)
        letters += (long)s.counts[b] + (long)s.apart[b] * s.weight / 1000;
    if (high >= 16 && v.cost > COST_UNFIT * letters)
        return guess;
    return is_western(&s, v.name) ? "WINDOWS-1252" : v.name;
}

bool judge_refutes(const unsigned char *data, size_t size, const char *charset)
{
    struct sample s;
    sample_fill(&s, data, size);
    struct verdict v = judge(&s, charset, 0);
    long high = (long)count_high(&s);
    return v.asked != LONG_MAX && high >= 12 && v.asked - v.cost > 150 * high;
}
