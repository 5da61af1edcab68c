/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-markup.c - markup to text: layout, entities, charsets, faults, and
 * input made to take long. */
#include <config.h>

#include <criterion/criterion.h>
#include <string.h>

#include "base/buffer.h"
#include "base/clock.h"
#include "format/markup.h"
#include "format/sax.h"

#define XHTML "<html xmlns='http://www.w3.org/1999/xhtml' " \
              "xmlns:epub='http://www.idpf.org/2007/ops'><body>"
#define END "</body></html>"

static void expect_bytes(const void *source, size_t size, const char *expected)
{
    struct buffer in = { 0 }, out = { 0 };
    struct error e = { 0 };
    buffer_append(&in, source, size);
    cr_assert_eq(markup_render(&in, &out, &e), 0);
    cr_expect_str_eq(buffer_string(&out), expected);
    buffer_free(&in);
    buffer_free(&out);
}

static void expect(const char *source, const char *expected)
{
    expect_bytes(source, strlen(source), expected);
}

/* As well-formed XHTML, and the same with a fault at its end. */
static void expect_both(const char *body, const char *expected)
{
    struct buffer source = { 0 };
    buffer_printf(&source, XHTML "%s" END, body);
    expect(buffer_string(&source), expected);
    buffer_clear(&source);
    buffer_printf(&source, XHTML "%s</body></htm>", body);
    expect(buffer_string(&source), expected);
    buffer_free(&source);
}

Test(markup, white_space)
{
    expect_both("  <p> One \n\t two<b>three </b> four</p>tail ",
                "One twothree four\n\ntail\n");
    expect_both("<div>a</div> <div>b</div><p>c<br/>d<br/> <br/><br/>e</p>",
                "a\nb\n\nc\nd\n\ne\n");
    expect_both("<p>soft&#173;hy\xc2\xadphen, hard&#160;space</p>",
                "softhyphen, hard\xc2\xa0space\n");
    expect_both("<pre>\n a\n\n\n  b  c</pre><p>d</p>",
                " a\n\n\n  b  c\n\nd\n");
    expect_both(" ", "");
    expect("", "");
}

Test(markup, blocks)
{
    expect_both("<h1>H</h1><p>a</p><hr/><blockquote><p>b</p></blockquote>"
                "<section><h2>I</h2>c</section>",
                "H\n\na\n\nb\n\nI\n\nc\n");
    expect_both("<p>x <q>said</q> y</p>", "x \u201csaid\u201d y\n");
    expect_both("<p><ruby>\u6f22<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>!</p>",
                "\u6f22(kan)!\n");
    expect_both("<p>H<sub>2</sub>O <img src='x' alt='a \"pic\"'/></p>",
                "H2O a \"pic\"\n");
    expect_both("<math alttext='a+b'><mi>z</mi></math> "
                "<math><mi>x</mi><annotation>y</annotation></math>",
                "a+b x\n");
}

Test(markup, lists)
{
    expect_both("<p>p</p><ul><li>a</li><li><p>b</p><ul><li>c</li></ul></li>"
                "<li></li><li>d</li></ul><p>q</p>",
                "p\n\n- a\n- b\n\n  - c\n- d\n\nq\n");
    expect_both("<ol start='3'><li>a</li><li value='9'>b</li><li>c</li></ol>",
                "3. a\n9. b\n10. c\n");
    expect_both("<ol reversed='reversed'><li>a</li><li>b<ol type='i'>"
                "<li>x</li></ol></li><li>c</li></ol>",
                "3. a\n2. b\n  i. x\n1. c\n");
    expect_both("<ol start='2147483647'><li>a</li><li>b</li></ol>",
                "2147483647. a\n2147483648. b\n");
    expect_both("<ol start='-3000000000'><li>a</li></ol>", "-3000000000. a\n");
    expect_both("<ol start='99999999999999999999'><li>a</li></ol>", "1. a\n");
    expect_both("<ol reversed='' start='5'><li>a</li><li>b</li></ol>",
                "5. a\n4. b\n");
    expect_both("<ol type='A' start='26'><li>a</li><li>b</li></ol>",
                "Z. a\nAA. b\n");
    expect_both("<ol type='I' start='1994'><li>a</li></ol>", "MCMXCIV. a\n");
    expect_both("<p>p</p><dl><dt>T</dt><dd>D</dd><dt>U</dt><dd>E</dd></dl>",
                "p\n\nT\n  D\nU\n  E\n");
}

Test(markup, tables)
{
    expect_both("<p>p</p><table><caption>C</caption><thead><tr><th>A</th>"
                "<th>B</th></tr></thead><tr><td><p>1</p><p>2</p></td>"
                "<td>3<br/>4</td></tr><tr><td/><td>5</td><td/></tr></table>q",
                "p\n\nC\nA\tB\n1 2\t3 4\n\t5\n\nq\n");
    /* A cell that takes rows leaves its place in those below. */
    expect_both("<table><tr><td rowspan='2'>a</td><td>b</td></tr><tr><td>c</td></tr>"
                "<tr><td>d</td><td rowspan='2'>e</td><td>f</td></tr>"
                "<tr><td>g</td><td>h</td></tr><tr><td>i</td></tr></table>",
                "a\tb\n\tc\nd\te\tf\ng\t\th\ni\n");
    expect_both("<table><tr><td rowspan='0' colspan='2'>a</td><td>b</td></tr>"
                "<tr><td>c</td></tr></table><table><tr><td>d</td></tr></table>",
                "a\tb\n\tc\n\nd\n");
    expect_both("<table><tr><td rowspan='99999'>a</td>"
                "<td rowspan='-1'>b</td></tr><tr><td>c</td></tr></table>",
                "a\tb\n\tc\n");
    /* A nested one within one cell; a table that only lays out. */
    expect_both("<table><tr><td>a</td><td><table><tr><td>b</td><td>c</td>"
                "</tr><tr><td>d</td></tr></table></td></tr></table>",
                "a\tb c d\n");
    expect_both("<table><tr><td><p>a</p><p>b</p></td></tr></table>",
                "a\n\nb\n");
}

Test(markup, left_out)
{
    expect("<html><head><title>t</title><style>s</style></head>" END, "");
    expect_both("a<script>if (1 &lt; 2) b</script><style>c</style>"
                "<nav epub:type='toc'>d</nav><template>e</template>"
                "<p hidden='hidden'>f</p><p style='x:y; Display : none'>g</p>"
                "<video>h</video><p style='visibility : hidden'>no</p>"
                "<p style='display:block;visibility:visible'>i</p>",
                "a\n\ni\n");
    expect_both("<p>a</p><object type='image/png'>b</object>"
                "<object type='application/x-shockwave-flash'>c</object>"
                "<object>d</object><object type='application/x-quiz'><p>e</p></object>",
                "a\n\ne\n");
    expect_both("<svg><title>t</title><desc>d</desc><text>a<tspan dy='1'>b"
                "</tspan></text><text>c</text></svg>", "a\nb\nc\n");
}

Test(markup, entities)
{
    expect_both("<p title='&nbsp;'>caf&eacute; &mdash; &lt;&#x20AC;&#8364;"
                "</p><img alt='&eacute;t&eacute; &amp; &hellip;'/>",
                "caf\u00e9 \u2014 <\u20ac\u20ac\n\n"
                "\u00e9t\u00e9 & \u2026\n");
    /* Not known: the fault shows itself in the text. */
    expect(XHTML "<p>&bogus; &amp; AT&T &copy 1 &#x110000;&#0;</p>" END,
           "&bogus; & AT&T \u00a9 1 \ufffd\ufffd\n");
    /* What the document declares, but nothing that it points to. */
    expect("<!DOCTYPE html [<!ENTITY a 'AAAA'><!ENTITY x SYSTEM "
           "'file:///etc/passwd'>]>" XHTML "<p>1&a;2&x;3</p>" END,
           "1AAAA2&x;3\n");
    expect("<!DOCTYPE html [<!ENTITY e '&eacute;<br/>&#8212;'>]>" XHTML
           "<p>1&e;2&eacute;<img alt='&e;'/></p>" END, "1\u00e9\n\u20142\u00e9\u00e9<br/>\u2014\n");
    /* Tag soup. */
    expect("<!DOCTYPE html [<!ENTITY a 'AAAA'>]><p>1&a;2<p>3", "1AAAA2\n\n3\n");
    expect("<?xml version='1.0'?><!-- <x --><!DOCTYPE html PUBLIC "
           "\"-//W3C//DTD XHTML 1.1//EN\" \"http://nowhere.invalid/x.dtd\">"
           XHTML "<p>a&nbsp;b</p>" END, "a\u00a0b\n");
}

Test(markup, bomb)
{
    struct buffer source = { 0 };
    buffer_append_string(&source, "<!DOCTYPE html [<!ENTITY a0 'ha'>");
    for (int i = 1; i < 40; i++)
        buffer_printf(&source, "<!ENTITY a%d '&a%d;&a%d;'>", i, i - 1, i - 1);
    buffer_append_string(&source, "]>" XHTML "<p>x&a39;y</p>" END);
    struct buffer out = { 0 };
    struct error e = { 0 };
    cr_expect_eq(markup_render(&source, &out, &e), -1);
    cr_expect_eq(e.kind, ERROR_LIMIT);
    cr_expect_str_eq(buffer_string(&out), "x&a39;y\n");
    buffer_free(&source);
    buffer_free(&out);
}

Test(markup, charsets)
{
    static const char utf16[] = "\xff\xfe<\0p\0>\0\xe9\0<\0/\0p\0>\0";
    expect_bytes(utf16, sizeof utf16 - 1, "\u00e9\n");
    expect("\xef\xbb\xbf<p>\u00e9</p>", "\u00e9\n");
    expect("<?xml version='1.0' encoding='iso-8859-1'?><p>\xe9t\xe9</p>",
           "\u00e9t\u00e9\n");
    expect("<meta charset=koi8-r><p>\xf0\xd2\xc9\xd7\xc5\xd4", "Привет\n");
    /* Declared wrongly; and by a name that nobody knows. */
    expect("<?xml version='1.0' encoding='iso-8859-1'?><p>\u00e9</p>",
           "\u00e9\n");
    expect("<?xml version='1.0' encoding='utf-16'?><p>\u00e9</p>", "\u00e9\n");
    expect("<?xml version='1.0' encoding='x-none'?><p>na\xefve</p>",
           "na\u00efve\n");
    expect("<?xml version='1.0' encoding='x-none'?><p>\u00e9</p>", "\u00e9\n");
}

Test(markup, faults)
{
    expect("<p>a<p>b<ul><li>c<li>d</ul><table><tr><td>e<td>f<tr><td>g",
           "a\n\nb\n\n- c\n- d\n\ne\tf\ng\n");
    expect("<title>t</title><p>a</b> < 5 & <!-- lost > b</p>", "a < 5 & b\n");
    expect("<p title=\"x>a<p>b</p>", "a\n\nb\n");
    expect("<p>a</p><style>s</stile>b", "a\n\nb\n");
    expect("<script>s</script>a<script src=x />b", "a\n");
    expect("<P CLASS=x>a<BR>b</P><IMG ALT=c>", "a\nb\n\nc\n");
    expect("<p>a<![CDATA[<b>&amp;]]>c</i>", "a<b>&amp;c\n");
    expect("<p>a\001b\x7f" "c\fd", "abc d\n");
}

Test(markup, binary)
{
    static const char png[] = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\2\0\0\0";
    struct buffer in = { 0 }, out = { 0 };
    struct error e = { 0 };
    buffer_append(&in, png, sizeof png);
    cr_expect_eq(markup_render(&in, &out, &e), -1);
    cr_expect_eq(e.kind, ERROR_DAMAGED);
    cr_expect_eq(out.size, 0);
    buffer_free(&in);
}

/* COUNT times PART after HEAD, then COUNT times TAIL. */
static double hostile(const char *head, const char *part, const char *tail,
                      size_t count, struct buffer *out)
{
    struct buffer in = { 0 };
    struct error e = { 0 };
    buffer_append_string(&in, head);
    for (size_t i = 0; i < count; i++)
        buffer_append_string(&in, part);
    for (size_t i = 0; i < count; i++)
        buffer_append_string(&in, tail);
    buffer_clear(out);
    double start = clock_cpu();
    cr_assert_eq(markup_render(&in, out, &e), 0);
    buffer_free(&in);
    return clock_cpu() - start;
}

/* Each takes well below a second; in quadratic time, minutes. */
Test(markup, hostile)
{
    static const struct {
        const char *head, *part, *tail;
    } cases[] = {
        { XHTML, "<b>", "" },
        { XHTML, "<b>", "</i>" },
        { XHTML, "<div><span>", "" },
        { XHTML "<p ", "a='' ", "" },
        { XHTML "<p title='", "aaaaaaaa", "" },
        { XHTML, "<a b=\"", "" },
        { XHTML, "<!--x", "" },
        { XHTML, "<style></x>", "" },
        { XHTML, "<![CDATA[", "" },
        { XHTML, "<table><tr><td>a<td>b<p>c", "" },
        { XHTML, "<ol reversed><li>x", "</ol>" },
        { "<!DOCTYPE html [", "<!ENTITY a 'b'>", "" },
        { "", "&", "" },
        { "", "<", "" },
    };
    struct buffer out = { 0 };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        double seconds = hostile(cases[i].head, cases[i].part, cases[i].tail,
                                 300000, &out);
        cr_expect_lt(seconds, 20.0, "%s took %.1f s", cases[i].part, seconds);
    }
    buffer_free(&out);
}

Test(markup, deep)
{
    struct buffer out = { 0 };
    hostile(XHTML, "<div>x", "</div>y", 100000, &out);
    cr_expect_eq(out.size, 400000); /* each on a line of its own */
    hostile("", "<ul><li>", "x</li></ul>", 100000, &out);
    cr_expect_lt(out.size, 4000000);
    buffer_free(&out);
}
