/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-charset.c - charsets told apart, converted, and what is not valid in
 * them counted; random bytes are not text. */
#include <config.h>

#include <criterion/criterion.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/utf8.h"
#include "format/charset.h"

struct collector {
    struct emit emit;
    struct buffer text;
    size_t stop_at; /* refuse when so much is there; 0: never */
};

static int collect(struct emit *emit, const char *text, size_t size)
{
    struct collector *c = (struct collector *)emit;
    cr_expect_leq(size, CHARSET_PIECE);
    cr_expect_eq(utf8_valid_prefix(text, size), size);
    buffer_append(&c->text, text, size);
    return c->stop_at > 0 && c->text.size >= c->stop_at ? -1 : 0;
}

/* TEXT, which is UTF-8, as it is in CHARSET. */
static void encode(const char *text, const char *charset, struct buffer *to)
{
    iconv_t converter = iconv_open(charset, "UTF-8");
    cr_assert_neq(converter, (iconv_t)-1);
    char *in = (char *)text;
    size_t left = strlen(text), room = left * 4 + 16;
    buffer_clear(to);
    buffer_reserve(to, room);
    char *out = to->data;
    cr_assert_neq(iconv(converter, &in, &left, &out, &room), (size_t)-1);
    cr_assert_neq(iconv(converter, NULL, NULL, &out, &room), (size_t)-1);
    to->size = (size_t)(out - to->data);
    iconv_close(converter);
}

/* Detects and converts DATA; the text goes to OUT. */
static uint64_t decode(const void *data, size_t size, struct charset *c,
                       struct buffer *out)
{
    struct collector collector = {.emit = { .text = collect }};
    uint64_t bad;
    charset_detect(data, size, c);
    cr_expect_eq(charset_convert((const unsigned char *)data + c->mark,
                                 size - c->mark, c->name, &collector.emit,
                                 &bad),
                 0);
    buffer_free(out);
    *out = collector.text;
    return bad;
}

static const char german[] =
    "Zwölf Boxkämpfer jagen Viktor quer über den großen Sylter Deich. "
    "Die Straße führt durch Dörfer, über Flüsse und an Gärten vorbei.\n";
static const char french[] =
    "Dès Noël où un zéphyr haï me vêt de glaçons würmiens je dîne d’exquis "
    "rôtis de bœuf au kir à l’aÿ d’âge mûr et cætera, déjà célèbre.\n";
static const char russian[] =
    "Съешь же ещё этих мягких французских булок, да выпей чаю. Все "
    "счастливые семьи похожи друг на друга, каждая несчастливая семья "
    "несчастлива по-своему. Всё смешалось в доме Облонских.\n";
static const char japanese[] =
    "吾輩は猫である。名前はまだ無い。どこで生れたかとんと見当がつかぬ。"
    "何でも薄暗いじめじめした所でニャーニャー泣いていた事だけは記憶している。\n";
static const char chinese[] =
    "道可道，非常道。名可名，非常名。无名天地之始，有名万物之母。"
    "故常无欲以观其妙，常有欲以观其徼。此两者同出而异名，同谓之玄。\n";
/* Traditional ones, and some that take four bytes in GB 18030. */
static const char rare[] =
    "國語辭典與臺灣繁體字。張學良與宋美齡於遼寧會晤，談論時局。朱镕基、陶喆、"
    "李堃，㐀㐁䶮㛃㙍𠀀𠮷𡃁𪚥。\n";
static const char korean[] =
    "모든 인간은 태어날 때부터 자유로우며 그 존엄과 권리에 있어 동등하다. "
    "인간은 천부적으로 이성과 양심을 부여받았으며 서로 형제애의 정신으로 "
    "행동하여야 한다.\n";
static const char greek[] =
    "Όλοι οι άνθρωποι γεννιούνται ελεύθεροι και ίσοι στην αξιοπρέπεια και "
    "τα δικαιώματα. Είναι προικισμένοι με λογική και συνείδηση.\n";
static const char thai[] =
    "มนุษย์ทั้งหลายเกิดมามีอิสระและเสมอภาคกันในเกียรติศักดิ์และสิทธิ "
    "ต่างมีเหตุผลและมโนธรรม\n";

static const struct {
    const char *text, *charset;
} samples[] = {
    {german, "UTF-8"},       {german, "UTF-16LE"},     {german, "UTF-16BE"},
    {german, "UTF-32LE"},    {german, "UTF-32BE"},     {german, "ISO-8859-1"},
    {french, "WINDOWS-1252"}, {russian, "UTF-8"},      {russian, "KOI8-R"},
    {russian, "WINDOWS-1251"}, {russian, "IBM866"},    {russian, "UTF-16LE"},
    {russian, "UTF-16BE"},   {russian, "ISO-8859-5"},  {japanese, "UTF-8"},
    {japanese, "SHIFT_JIS"}, {japanese, "EUC-JP"},     {japanese, "ISO-2022-JP"},
    {chinese, "GB18030"},    {korean, "EUC-KR"},       {greek, "ISO-8859-7"},
    {thai, "TIS-620"},       {chinese, "UTF-8"},       {korean, "UTF-8"},
    {rare, "GB18030"},
};

Test(charset, ukrainian_and_korean)
{
    /* The same words in KOI8-U and windows-1251, and ISO-2022-KR. */
    static const char koi[] =
        "\xf7\xd3\xa6 \xcc\xc0\xc4\xc9 \xce\xc1\xd2\xcf\xc4\xd6\xd5\xc0\xd4\xd8\xd3\xd1 "
        "\xd7\xa6\xcc\xd8\xce\xc9\xcd\xc9 \xa6 \xd2\xa6\xd7\xce\xc9\xcd\xc9\n";
    static const char windows[] =
        "\xc2\xf1\xb3 \xeb\xfe\xe4\xe8 \xed\xe0\xf0\xee\xe4\xe6\xf3\xfe\xf2\xfc\xf1\xff "
        "\xe2\xb3\xeb\xfc\xed\xe8\xec\xe8 \xb3 \xf0\xb3\xe2\xed\xe8\xec\xe8\n";
    static const char hangul[] = "\x1b$)C\x0e" "8p5g\x0f \x0e" "@N0#\x0f\n";
    struct charset c;
    cr_expect(charset_is_plausible((const unsigned char *)koi, sizeof koi - 1, false));
    charset_detect((const unsigned char *)koi, sizeof koi - 1, &c);
    cr_expect_str_eq(c.name, "KOI8-U");
    cr_expect(charset_is_plausible((const unsigned char *)windows, sizeof windows - 1,
                                   false));
    charset_detect((const unsigned char *)windows, sizeof windows - 1, &c);
    cr_expect_str_eq(c.name, "WINDOWS-1251");
    cr_expect(charset_is_plausible((const unsigned char *)hangul, sizeof hangul - 1,
                                   false));
    charset_detect((const unsigned char *)hangul, sizeof hangul - 1, &c);
    cr_expect_str_eq(c.name, "ISO-2022-KR");
}

Test(charset, comes_back_from_every_charset)
{
    struct buffer bytes = {0}, back = {0};
    for (size_t i = 0; i < sizeof samples / sizeof samples[0]; i++) {
        struct charset c;
        encode(samples[i].text, samples[i].charset, &bytes);
        cr_expect(charset_is_plausible((unsigned char *)bytes.data, bytes.size,
                                       false),
                  "%s", samples[i].charset);
        cr_expect_eq(decode(bytes.data, bytes.size, &c, &back), 0);
        cr_expect_str_eq(buffer_string(&back), samples[i].text, "%s as %s",
                         samples[i].charset, c.name);
    }
    buffer_free(&bytes);
    buffer_free(&back);
}

Test(charset, cut_heads_are_plausible)
{
    struct buffer bytes = {0}, whole = {0};
    for (size_t i = 0; i < sizeof samples / sizeof samples[0]; i++) {
        buffer_clear(&whole);
        while (whole.size < 8192)
            buffer_append_string(&whole, samples[i].text);
        encode(buffer_string(&whole), samples[i].charset, &bytes);
        for (size_t size = 4080; size <= 4096; size++)
            cr_expect(charset_is_plausible((unsigned char *)bytes.data, size,
                                           true),
                      "%s %zu", samples[i].charset, size);
    }
    buffer_free(&bytes);
    buffer_free(&whole);
}

Test(charset, marks)
{
    static const struct {
        const char *bytes;
        size_t size;
        const char *name, *text;
    } marked[] = {
        {"\xef\xbb\xbfhi", 5, "UTF-8", "hi"},
        {"\xff\xfeh\0i\0", 6, "UTF-16LE", "hi"},
        {"\xfe\xff\0h\0i", 6, "UTF-16BE", "hi"},
        {"\xff\xfe\0\0h\0\0\0", 8, "UTF-32LE", "h"},
        {"\0\0\xfe\xff\0\0\0h", 8, "UTF-32BE", "h"},
        {"\xef\xbb\xbf", 3, "UTF-8", ""},
        {"\xff\xfe", 2, "UTF-16LE", ""},
        {"hi", 2, "UTF-8", "hi"},
    };
    struct buffer text = {0};
    for (size_t i = 0; i < sizeof marked / sizeof marked[0]; i++) {
        struct charset c;
        cr_expect_eq(decode(marked[i].bytes, marked[i].size, &c, &text), 0);
        cr_expect_str_eq(c.name, marked[i].name);
        cr_expect_str_eq(buffer_string(&text), marked[i].text);
        cr_expect(charset_is_plausible((const unsigned char *)marked[i].bytes,
                                       marked[i].size, false));
    }
    buffer_free(&text);
}

Test(charset, a_few_bad_bytes_do_not_make_it_another_charset)
{
    char bytes[sizeof russian];
    struct buffer text = {0};
    struct charset c;
    memcpy(bytes, russian, sizeof russian);
    bytes[5] = '\xff';
    cr_expect(charset_is_plausible((unsigned char *)bytes, sizeof bytes - 1,
                                   false));
    cr_expect_gt(decode(bytes, sizeof bytes - 1, &c, &text), 0);
    cr_expect_str_eq(c.name, "UTF-8");
    /* Cut within the last character. */
    cr_expect_eq(decode(german, 4, &c, &text), 0);
    cr_expect_eq(decode(german, 3, &c, &text), 0);
    cr_expect_str_eq(c.name, "WINDOWS-1252");
    cr_expect_eq(decode(russian, 21, &c, &text), 1);
    cr_expect_str_eq(c.name, "UTF-8");
    buffer_free(&text);
}

static uint64_t convert(const char *data, size_t size, const char *name,
                        struct buffer *text)
{
    struct collector collector = {.emit = { .text = collect }};
    uint64_t bad;
    cr_expect_eq(charset_convert((const unsigned char *)data, size, name,
                                 &collector.emit, &bad),
                 0);
    buffer_free(text);
    *text = collector.text;
    return bad;
}

Test(charset, one_accent_in_an_english_text)
{
    static const char *const texts[] = {
        "Copyright (C) 2004 J\xf6rg M\xfcller <joe@example.org>\n",
        "# Author: Fran\xe7ois Pinard\n", "caf\xe9\n", "100\xb5m\n",
        "It\x92s 20\xb0 here; \xa9 2010, \xa3 30.\n",
    };
    struct buffer text = {0};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct charset c;
        cr_expect_eq(decode(texts[i], strlen(texts[i]), &c, &text), 0);
        cr_expect_str_eq(c.name, "WINDOWS-1252");
    }
    buffer_free(&text);
}

/* Texts whose bytes mean other characters in windows-1252. */
Test(charset, western_with_the_euro)
{
    static const char *const latin9[] = {
        "Der Preis beträgt 20 € für Bücher und 35 € für Karten.\n",
        "Price: €5\n", "€ 1.234,50\n",
        "le cœur de l'œuvre, l'œil et le bœuf\n", "SŒUR, Œuvres\n",
        "Päivää! Tšekki, žanri; šokki, Žižkov, Škoda ja hyvää yötä.\n",
    };
    static const char *const cp1252[] = {
        "¼ Liter Milch, 3½ Pfund Mehl, ½l Öl, ¾ Tasse; 5 ¤ für Größe 2¼\"\n",
        "Wie geht´s? Ist´s größer als 20 ¤?\n", "1 ¤ ¦ größer\n",
        "die Zeichen ¨ und ¸ für ältere Geräte, 3 ¤\n",
        "M¨uller, franc¸ais, Ko¨ln\n", "a¦größer¦kleiner\n", "¤\n",
        "“cœur” – 30 € – déjà… L’œuvre\n", "Größe ½ und ¾\n", "x ½ größer\n",
    };
    struct buffer bytes = {0}, text = {0};
    struct charset c;
    for (size_t i = 0; i < sizeof latin9 / sizeof latin9[0]; i++) {
        encode(latin9[i], "ISO-8859-15", &bytes);
        cr_expect_eq(decode(bytes.data, bytes.size, &c, &text), 0);
        cr_expect_str_eq(c.name, "ISO-8859-15", "%s", latin9[i]);
        cr_expect_str_eq(buffer_string(&text), latin9[i]);
    }
    for (size_t i = 0; i < sizeof cp1252 / sizeof cp1252[0]; i++) {
        encode(cp1252[i], "WINDOWS-1252", &bytes);
        cr_expect_eq(decode(bytes.data, bytes.size, &c, &text), 0);
        cr_expect_str_eq(c.name, "WINDOWS-1252", "%s", cp1252[i]);
        cr_expect_str_eq(buffer_string(&text), cp1252[i]);
    }
    buffer_free(&bytes);
    buffer_free(&text);
}

#define R "\xef\xbf\xbd"

Test(charset, what_is_not_valid_is_replaced_and_counted)
{
    struct buffer text = {0};
    cr_expect_eq(convert("a\xff\xfe" "b\xe2\x82", 6, "UTF-8", &text), 4);
    cr_expect_str_eq(buffer_string(&text), "a" R R "b" R);
    cr_expect_eq(convert("a\0\x00\xd8" "b\0c", 7, "UTF-16LE", &text), 3);
    cr_expect_str_eq(buffer_string(&text), "a" R "b" R);
    cr_expect_eq(convert("a\x81z", 3, "WINDOWS-1252", &text), 1);
    cr_expect_str_eq(buffer_string(&text), "a" R "z");
    cr_expect_eq(convert("\xe9", 1, "X-NO-SUCH-CHARSET", &text), 0);
    cr_expect_str_eq(buffer_string(&text), "é");
    cr_expect_eq(convert("\xe9", 1, "UTF-8//IGNORE", &text), 0);
    cr_expect_str_eq(buffer_string(&text), "é");
    cr_expect_eq(convert("", 0, "KOI8-R", &text), 0);
    cr_expect_eq(text.size, 0);
    cr_expect(charset_is_known("koi8-r"));
    cr_expect(charset_is_known("utf-8"));
    cr_expect_not(charset_is_known("X-NO-SUCH-CHARSET"));
    cr_expect_not(charset_is_known(""));
    buffer_free(&text);
}

Test(charset, declarations_that_lie)
{
    static const struct {
        const char *text, *charset, *declared, *chosen;
    } cases[] = {
        {russian, "KOI8-R", "KOI8-R", "KOI8-R"},
        {russian, "KOI8-R", "ISO-8859-1", "KOI8-R"},
        {russian, "WINDOWS-1251", "koi8-r", "WINDOWS-1251"},
        {japanese, "EUC-JP", "Shift_JIS", "EUC-JP"},
        {greek, "ISO-8859-7", "windows-1252", "ISO-8859-7"},
        {german, "ISO-8859-1", "ISO-8859-2", "ISO-8859-2"},
        {german, "UTF-8", "ISO-8859-1", "UTF-8"},
        {german, "ISO-8859-1", "UTF-8", "WINDOWS-1252"},
    };
    struct buffer bytes = {0};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct charset c;
        encode(cases[i].text, cases[i].charset, &bytes);
        charset_choose((unsigned char *)bytes.data, bytes.size, cases[i].declared, &c);
        cr_expect_str_eq(c.name, cases[i].chosen, "%zu: %s", i, c.name);
    }
    buffer_free(&bytes);
}

Test(charset, long_texts_come_in_pieces)
{
    static const char *const names[] = {"UTF-8", "UTF-16LE", "WINDOWS-1251",
                                        "GB18030"};
    struct buffer whole = {0}, bytes = {0}, back = {0};
    while (whole.size < 1000000)
        buffer_append_string(&whole, russian);
    buffer_string(&whole);
    for (size_t i = 0; i < 4; i++) {
        encode(whole.data, names[i], &bytes);
        cr_expect_eq(convert(bytes.data, bytes.size, names[i], &back), 0);
        cr_expect(back.size == whole.size
                  && memcmp(back.data, whole.data, back.size) == 0);
    }
    /* All bad, so that every byte becomes three. */
    memset(whole.data, 0x81, whole.size);
    cr_expect_eq(convert(whole.data, whole.size, "WINDOWS-1252", &back),
                 whole.size);
    cr_expect_eq(back.size, 3 * whole.size);
    cr_expect_eq(convert(whole.data, whole.size, "UTF-8", &back), whole.size);
    cr_expect_eq(back.size, 3 * whole.size);
    buffer_free(&whole);
    buffer_free(&bytes);
    buffer_free(&back);
}

Test(charset, stops_when_told)
{
    size_t size = 1000000;
    unsigned char *data = malloc(size);
    memset(data, 'a', size);
    static const char *const names[] = {"UTF-8", "WINDOWS-1252"};
    for (size_t i = 0; i < 2; i++) {
        struct collector collector = {.emit = { .text = collect }, .stop_at = 1};
        uint64_t bad;
        cr_expect_eq(charset_convert(data, size, names[i], &collector.emit,
                                     &bad),
                     -1);
        cr_expect_leq(collector.text.size, CHARSET_PIECE);
        buffer_free(&collector.text);
    }
    free(data);
}

static uint64_t random_state = 88172645463325252u;

static unsigned char random_byte(void)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return (unsigned char)(random_state >> 32);
}

Test(charset, random_bytes_are_not_text)
{
    static const size_t sizes[] = {64, 80, 100, 256, 1000, 4096};
    unsigned char data[4096];
    for (size_t s = 0; s < sizeof sizes / sizeof sizes[0]; s++) {
        int passed = 0;
        for (int i = 0; i < 10000; i++) {
            for (size_t k = 0; k < sizes[s]; k++)
                data[k] = random_byte();
            passed += charset_is_plausible(data, sizes[s], i % 2 == 0);
        }
        cr_expect_eq(passed, 0, "%zu bytes: %d", sizes[s], passed);
    }
}

Test(charset, texts_with_a_few_controls)
{
    static const char *const texts[] = {
        "\x1b[31mred\x1b[0m and plain\n", "N\bNA\bAM\bME\bE\n",
        "the end under DOS\r\n\x1a", "page\fpage\v\a\n", "caf\xe9\n", "x", "",
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        cr_expect(charset_is_plausible((const unsigned char *)texts[i],
                                       strlen(texts[i]), false),
                  "%zu", i);
}

/* Without a mark, a few words are enough. */
Test(charset, short_texts_in_wide_units)
{
    static const struct {
        const char *name, *text;
    } texts[] = {
        {"UTF-16LE", "中文文本测试文件。"}, {"UTF-16BE", "中文文本测试文件。"},
        {"UTF-16LE", "Привет"},             {"UTF-16BE", "Привет"},
        {"UTF-32LE", "Hi 😀😀😀 there"},    {"UTF-32BE", "Hi 😀😀😀 there"},
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        char bytes[128], *in = (char *)texts[i].text, *to = bytes;
        size_t left = strlen(in), room = sizeof bytes;
        iconv_t converter = iconv_open(texts[i].name, "UTF-8");
        cr_assert_neq(iconv(converter, &in, &left, &to, &room), (size_t)-1);
        iconv_close(converter);
        size_t size = (size_t)(to - bytes);
        struct charset c;
        cr_expect(charset_is_plausible((unsigned char *)bytes, size, false), "%zu", i);
        charset_detect((unsigned char *)bytes, size, &c);
        cr_expect_str_eq(c.name, texts[i].name);
    }
}
