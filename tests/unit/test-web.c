/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-web.c - subtitles and cells in pieces of any size; XML data, feeds, pages. */
#include <config.h>

#include <criterion/criterion.h>
#include <string.h>

#include "base/buffer.h"
#include "format/cells.h"
#include "format/datatext.h"
#include "format/feed.h"
#include "format/soup.h"
#include "format/subtitles.h"

struct collector {
    struct emit emit;
    struct buffer text;
};

static int collect(struct emit *emit, const char *text, size_t size)
{
    buffer_append(&((struct collector *)emit)->text, text, size);
    return 0;
}

static void feed(struct emit *emit, const char *text, size_t piece)
{
    for (size_t left = strlen(text); left > 0;) {
        size_t n = piece < left ? piece : left;
        cr_assert_eq(emit->text(emit, text, n), 0);
        text += n;
        left -= n;
    }
}

static void expect_cells(char delimiter, const char *text, const char *wanted)
{
    for (size_t piece = delimiter ? 1 : strlen(text); piece <= strlen(text); piece++) {
        struct collector c = { .emit = { .text = collect } };
        struct cells cells;
        cells_init(&cells, delimiter, &c.emit);
        feed(&cells.emit, text, piece);
        cr_expect_eq(cells_finish(&cells), 0);
        cr_expect_str_eq(buffer_string(&c.text), wanted);
        buffer_free(&c.text);
    }
}

Test(web, cells)
{
    expect_cells('\0', "a,b\n", "a\tb\n");
    expect_cells('\0', "a;b;1,5\n", "a\tb\t1,5\n");
    expect_cells('\0', "\"x,y,z\";b\n1;2\n", "x,y,z\tb\n1\t2\n");
    expect_cells('\0', "a\tb\n", "a\tb\n");
    expect_cells(',', "a,\"b\nc\",\"\"\"q\"\"\"\n", "a\tb c\t\"q\"\n");
    expect_cells(',', "5\" disk,\"open\n", "5\" disk\topen \n");
    expect_cells(',', "a\tb,c\n", "a b\tc\n");
}

static void expect_subtitles(bool is_vtt, const char *text, const char *wanted)
{
    for (size_t piece = 1; piece <= strlen(text); piece++) {
        struct collector c = { .emit = { .text = collect } };
        struct subtitles s;
        subtitles_init(&s, is_vtt, &c.emit);
        feed(&s.emit, text, piece);
        cr_expect_eq(subtitles_finish(&s), 0);
        cr_expect_str_eq(buffer_string(&c.text), wanted);
        buffer_free(&c.text);
    }
}

Test(web, subtitles)
{
    expect_subtitles(false, "1\n0:00:01,0 --> 0:00:02,0\na\n2\n0:00:03,0 --> 0:00:04,0\nb\n",
                     "a\nb\n");
    expect_subtitles(false, "1\n0:00:01,0 --> 0:00:02,0\na\n\nsaid later\n\n",
                     "a\nsaid later\n");
    expect_subtitles(false, "1\n0:00:01,0 --> 0:00:02,0\n1984\n\n", "1984\n");
    expect_subtitles(false, "1\n0:00:01,0 --> 0:00:02,0\n<b>x</b> < y {\\i1}z {w}\n",
                     "x < y z {w}\n");
    expect_subtitles(true, "WEBVTT\nKind: x\n\nNOTE a\n\nid\n00:01.0 --> 00:02.0\n&lt;a&gt;\n",
                     "<a>\n");
    cr_expect(!subtitles_is_timing("5 --> 6", 7));
}

static void expect_data(const char *source, const char *wanted)
{
    struct buffer text = { 0 };
    struct datatext *d = datatext_create(&text);
    soup_parse(source, strlen(source), false, datatext_handler(d));
    datatext_finish(d);
    cr_expect_str_eq(buffer_string(&text), wanted);
    buffer_free(&text);
}

Test(web, data)
{
    expect_data("<a><b>1</b><b>2</b></a>", "1\n2\n");
    expect_data("<a>x <b>1</b> <b>2</b> y</a>", "x 1 2 y\n");
    expect_data("<a><p>x<b>y</b>z</p>\n<p>w</p></a>", "xyz\nw\n");
    expect_data("<!DOCTYPE a [<!ELEMENT a (b)>\n<!-- > -->]><a>1</a>", "1\n");
    expect_data("<a/>", "");
}

static void expect_feed(const char *source, const char *wanted, const char *title)
{
    struct buffer text = { 0 };
    struct metadata m = { 0 };
    struct prose *prose = prose_create(&text);
    struct feed *f = feed_create(prose, &m);
    soup_parse(source, strlen(source), false, feed_handler(f));
    feed_destroy(f);
    prose_finish(prose);
    cr_expect_str_eq(buffer_string(&text), wanted);
    const char *found = metadata_get(&m, "title");
    cr_expect_str_eq(found ? found : "none", title);
    metadata_clear(&m);
    buffer_free(&text);
}

Test(web, feeds)
{
    expect_feed("<rss><channel><title>News &amp;amp; more</title>"
                "<item><title>One</title><link>http://x/</link>"
                "<description>&lt;p&gt;a &lt;b&gt;bold&lt;/b&gt; word&lt;/p&gt;"
                "&lt;p&gt;next&lt;script&gt;no()&lt;/script&gt;</description></item>"
                "<item><title>Two</title>"
                "<encoded><![CDATA[x<br>y]]></encoded></item></channel></rss>",
                "News & more\n\nOne\nhttp://x/\na bold word\n\nnext\n\nTwo\nx\ny\n",
                "News & more");
    expect_feed("<feed><title>A</title><entry><title>E &lt; 3</title>"
                "<content type='xhtml'><div><p>one</p><p>two</p></div></content>"
                "</entry></feed>",
                "A\n\nE < 3\n\none\n\ntwo\n", "A");
    expect_feed("<rss><channel><item><title>of an item</title></item></channel></rss>",
                "of an item\n", "none");
    expect_feed("<opml><head><title>O</title></head><body><outline text='One &lt;b&gt;x&lt;/b&gt;'"
                " _note='a\n- b'><outline title='Two'/></outline></body></opml>",
                "O\nOne x\na\n- b\nTwo\n", "O");
}

static void expect_page(const char *source, const char *wanted)
{
    struct buffer text = { 0 };
    struct prose *prose = prose_create(&text);
    soup_parse(source, strlen(source), true, prose_handler(prose));
    prose_finish(prose);
    cr_expect_str_eq(buffer_string(&text), wanted);
    buffer_free(&text);
}

Test(web, pages_in_frames)
{
    expect_page("out<iframe srcdoc=\"<p>in &amp;lt; it</p><p>b\">instead</iframe>side",
                "out\nin < it\n\nb\nside\n");
    expect_page("a<iframe hidden srcdoc='no'></iframe>b", "ab\n");
    expect_page("<iframe srcdoc='x<iframe srcdoc=no></iframe>'></iframe>", "x\n");
}
