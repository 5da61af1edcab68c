/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-odf.c - OpenDocument: text of flat files, numbers of lists, what is left
 * out, bounds on repetitions, faults, and bids. */
#include <config.h>

#include <criterion/criterion.h>
#include <string.h>

#include "base/buffer.h"
#include "book.h"
#include "detect/detect.h"
#include "format/registry.h"

#define ROOT(type) "<?xml version='1.0'?><office:document office:version='1.2' " \
                   "office:mimetype='application/vnd.oasis.opendocument." type "' " \
                   "xmlns:office='o' xmlns:text='t' xmlns:table='b' xmlns:draw='d' " \
                   "xmlns:style='s' xmlns:dc='c' xmlns:meta='m' " \
                   "xmlns:presentation='p'>"
#define TEXT_(styles, body) ROOT("text") styles "<office:body><office:text>" body \
                            "</office:text></office:body></office:document>"
#define TEXT(body) TEXT_("", body)
#define SHEET(body) ROOT("spreadsheet") "<office:body><office:spreadsheet>" body \
                    "</office:spreadsheet></office:body></office:document>"
#define P(text) "<text:p>" text "</text:p>"

struct collector {
    struct emit emit;
    struct buffer text;
};

static int collect(struct emit *emit, const char *text, size_t size)
{
    buffer_append(&((struct collector *)emit)->text, text, size);
    return 0;
}

/* All pages, a form feed behind each. */
static void expect_flaw(const char *source, enum error_kind flaw,
                        const char *expected)
{
    struct format_input input = { .data = (const unsigned char *)source,
                                  .size = strlen(source), .name = "x" };
    struct format_info info = { 0 };
    struct error e = { 0 };
    struct collector c = { .emit = { .text = collect } };
    struct format_document *d = format_fodt.open(&input, &info, &e);
    cr_assert_not_null(d, "%s", e.detail);
    cr_expect_eq(info.flaw.kind, flaw);
    for (int page = 1; page <= info.pages; page++) {
        cr_expect_eq(format_fodt.page(d, page, &c.emit, &e), 0);
        buffer_append_char(&c.text, '\f');
    }
    cr_expect_eq(format_fodt.page(d, info.pages + 1, &c.emit, &e), -1);
    cr_expect_str_eq(buffer_string(&c.text), expected);
    buffer_free(&c.text);
    format_fodt.close(d);
    metadata_clear(&info.metadata);
}

static void expect(const char *source, const char *expected)
{
    expect_flaw(source, ERROR_NONE, expected);
}

Test(odf, paragraphs)
{
    expect(TEXT("<text:h>A</text:h>" P(" b  c<text:s text:c='2'/>d<text:tab/>e"
                                     "<text:line-break/>f ")),
           "A\n\nb c  d\te\nf\n\f");
    expect(TEXT(P("so\xc2\xad" "ft&#160;x<text:note text:note-class='footnote'>"
                  "<text:note-citation>*</text:note-citation><text:note-body>"
                  P("n") "</text:note-body></text:note>.")),
           "soft\xc2\xa0x[1].\n\n[1] n\n\f");
    expect(TEXT("<text:p><text:ruby><text:ruby-base>b</text:ruby-base>"
                "<text:ruby-text>r</text:ruby-text></text:ruby></text:p>"),
           "b(r)\n\f");
    expect(TEXT(P("a<draw:frame><draw:text-box>" P("box") "</draw:text-box>"
                  "</draw:frame>b")), "ab\n\nbox\n\f");
    expect(TEXT(P("a<draw:frame><draw:image/><svg:title>Fish</svg:title>"
                  "<svg:desc>A cod at sea</svg:desc></draw:frame>b"
                  "<svg:title>c</svg:title>")),
           "ab\n\nFish\n\nA cod at sea\n\f");
    expect(TEXT(""), "\f");
}

/* As LibreOffice writes comments on slides, in the order of the other formats. */
Test(odf, comments_on_slides)
{
    expect(ROOT("presentation") "<office:body><office:presentation><draw:page>"
           "<draw:frame><draw:text-box>" P("a") "</draw:text-box></draw:frame>"
           "<officeooo:annotation><dc:creator>Ada</dc:creator>" P("c")
           "</officeooo:annotation><presentation:notes>" P("n")
           "</presentation:notes></draw:page></office:presentation>"
           "</office:body></office:document>", "a\n\nn\n\nComment by Ada: c\n\f");
}

#define LEVEL(n, rest) "<text:list-level-style-number text:level='" n "' " rest "/>"
Test(odf, lists)
{
#define L "<office:automatic-styles><text:list-style style:name='N'>" \
          LEVEL("1", "style:num-format='i' style:num-suffix=')' text:start-value='3'") \
          LEVEL("2", "style:num-format='1' text:display-levels='2'") \
          "</text:list-style></office:automatic-styles>"
#define ITEM(x) "<text:list-item>" x "</text:list-item>"
    expect(TEXT_(L, "<text:list text:style-name='N'>" ITEM(P("a") "<text:list>"
                    ITEM(P("b")) ITEM(P("c") P("more")) "</text:list>")
                    ITEM("<text:list>" ITEM(P("d")) "</text:list>") ITEM(P("e"))
                    "</text:list>"),
           "iii) a\n  iii.1 b\n  iii.2 c\n    more\n  iii.1 d\niv) e\n\f");
    expect(TEXT_(L, "<text:list text:style-name='N'>" ITEM(P("a")) "</text:list>"
                    P("x") "<text:list text:style-name='N' "
                    "text:continue-numbering='true'>" ITEM(P("b")) "</text:list>"),
           "iii) a\n\nx\n\niv) b\n\f");
    expect(TEXT("<text:list>" ITEM(P("a")) "</text:list>"), "- a\n\f");
    expect(TEXT("<text:ordered-list>" ITEM(P("a")) ITEM(P("b"))
                "</text:ordered-list>"), "1. a\n2. b\n\f");
}

Test(odf, headings_with_numbers)
{
    expect(TEXT_("<office:styles><text:outline-style>"
                 "<text:outline-level-style text:level='1' style:num-format='1'/>"
                 "<text:outline-level-style text:level='2' style:num-format='1' "
                 "text:display-levels='2'/></text:outline-style></office:styles>",
                 "<text:h text:outline-level='1'>a</text:h>"
                 "<text:h text:outline-level='2'>b</text:h>"
                 "<text:h text:outline-level='1'>c</text:h>"
                 "<text:h text:outline-level='2'>d</text:h>"),
           "1 a\n\n1.1 b\n\n2 c\n\n2.1 d\n\f");
}

Test(odf, what_is_left_out)
{
    expect(TEXT_("<office:automatic-styles><style:style style:name='H' "
                 "style:family='text'><style:text-properties text:display='none'/>"
                 "</style:style></office:automatic-styles>",
                 P("a<text:span text:style-name='H'>x</text:span>b")
                 "<text:section text:display='none'>" P("x") "</text:section>"
                 "<text:tracked-changes>" P("x") "</text:tracked-changes>"
                 P("x<text:hidden-paragraph text:is-hidden='true'/>x")),
           "ab\n\f");
}

#define CELL(type, text) "<table:table-cell office:value-type='" type "'>"       \
                         P(text) "</table:table-cell>"
#define CHART "<office:body><office:chart><chart:chart><chart:title>" P("Catch") \
              "</chart:title><table:table><table:table-row>"                     \
              CELL("string", "May") CELL("float", "7") "</table:table-row>"      \
              "</table:table></chart:chart></office:chart></office:body>"

/* In a flat file they stand where they are shown. */
Test(odf, objects_in_line)
{
    expect(TEXT(P("a<draw:frame><draw:object><office:document><office:meta><dc:title>"
                  "x</dc:title></office:meta><office:master-styles><style:header>"
                  P("x") "</style:header></office:master-styles>" CHART
                  "</office:document></draw:object></draw:frame>b")),
           "ab\n\nCatch\n\nMay\n\f");
}

#define CHARACTER "<draw:frame text:anchor-type='as-char'>"
#define SUM "<draw:object><math><mi>x</mi><mo>+</mo><msub><mi>y</mi><mn>1</mn>" \
            "</msub><annotation>x + y_1</annotation></math></draw:object>"

/* A formula is a part of the line when it is anchored as a character. */
Test(odf, formulas_in_line)
{
    expect(TEXT(P("a " CHARACTER " " SUM "<draw:image/><svg:desc>sum</svg:desc>"
                  "</draw:frame> b")), "a x+y1 b\n\nsum\n\f");
    expect(TEXT(P("a <draw:frame>" SUM "</draw:frame>b")), "a b\n\nx+y1\n\f");
    expect(TEXT(P("a" CHARACTER " <draw:text-box>" P("box") "</draw:text-box>"
                  "</draw:frame>b")), "ab\n\nbox\n\f");
    expect(TEXT(P("a" CHARACTER "<draw:object><office:document>" CHART
                  "</office:document></draw:object></draw:frame>b")),
           "ab\n\nCatch\n\nMay\n\f");
}

/* The first page of an archive. */
static void expect_archive(const struct format *format,
                           const struct book_member *members,
                           const char *expected)
{
    size_t size;
    unsigned char *data = book_make(members, &size);
    struct format_input input = { .data = data, .size = size, .name = "x" };
    struct format_info info = { 0 };
    struct error e = { 0 };
    struct collector c = { .emit = { .text = collect } };
    struct format_document *d = format->open(&input, &info, &e);
    cr_assert_not_null(d, "%s", e.detail);
    cr_expect_eq(format->page(d, 1, &c.emit, &e), 0);
    cr_expect_str_eq(buffer_string(&c.text), expected);
    buffer_free(&c.text);
    format->close(d);
    metadata_clear(&info.metadata);
    free(data);
}

#define LINKED(name) "<draw:frame><draw:object xlink:href='" name "'/></draw:frame>"

/* In an archive they are elsewhere, and have no objects in turn. */
Test(odf, objects_in_archives)
{
    const struct book_member members[] = {
        { "content.xml", TEXT(P("a" LINKED("./One") LINKED("Two") LINKED("None")
                                LINKED("http://x/") "b") P("a " CHARACTER
                                "<draw:object xlink:href='Sum/'/></draw:frame>.")),
          NULL },
        { "Sum/content.xml", "<math><mi>x</mi><mo>+</mo><mn>1</mn></math>", NULL },
        { "One/content.xml", ROOT("chart") CHART "</office:document>", NULL },
        { "Two/content.xml", SHEET("<table:table table:name='S'><table:table-row>"
                                   CELL("float", "8") "</table:table-row>"
                                   "</table:table>" P(LINKED("One"))), NULL },
        { NULL, NULL, NULL },
    };
    expect_archive(&format_odt, members,
                   "ab\n\nCatch\n\nMay\nS\n\n8\n\na x+1.\n");
}

/* Charts and formulas that are no part of another document. */
Test(odf, objects_as_documents)
{
    const struct book_member chart[] = {
        { "content.xml", ROOT("chart") CHART "</office:document>", NULL },
        { NULL, NULL, NULL },
    };
    expect_archive(&format_odc, chart, "Catch\n\nMay\n");
    const struct book_member formula[] = {
        { "content.xml", "<math><semantics><mi>x</mi><annotation>x</annotation>"
                         "</semantics></math>", NULL },
        { NULL, NULL, NULL },
    };
    expect_archive(&format_odf, formula, "x\n");
}

Test(odf, sheets)
{
    expect(SHEET("<table:table table:name='One'><table:table-row>"
                 "<table:table-cell>" P("a") P("b") "</table:table-cell>"
                 "<table:table-cell table:number-columns-repeated='2'/>"
                 "<table:table-cell office:value='1.5'/></table:table-row>"
                 "</table:table><table:table table:name='Two'/>"),
           "One\n\na b\t\t\t1.5\n\fTwo\n\f");
}

/* What a document says of repetitions adds a few MiB at most. */
Test(odf, repetitions_are_bounded, .timeout = 20)
{
    struct buffer source = { 0 };
    buffer_append_string(&source, ROOT("spreadsheet")
                         "<office:body><office:spreadsheet><table:table>");
    for (int i = 0; i < 2000; i++)
        buffer_append_string(&source,
            "<table:table-row table:number-rows-repeated='1048576'>"
            "<table:table-cell table:number-columns-repeated='16384'/>"
            "<table:table-cell table:number-columns-repeated='16384'>"
            P("abc") "</table:table-cell></table:table-row>");
    buffer_append_string(&source, "</table:table></office:spreadsheet>"
                                  "</office:body></office:document>");
    struct format_input input = { .data = (const unsigned char *)source.data,
                                  .size = source.size, .name = "x" };
    struct format_info info = { 0 };
    struct error e = { 0 };
    struct collector c = { .emit = { .text = collect } };
    struct format_document *d = format_fods.open(&input, &info, &e);
    cr_assert_not_null(d);
    cr_expect_eq(format_fods.page(d, 1, &c.emit, &e), 0);
    cr_expect_lt(c.text.size, (size_t)10 << 20);
    buffer_free(&c.text);
    buffer_free(&source);
    format_fods.close(d);
    metadata_clear(&info.metadata);
}

Test(odf, faults)
{
    expect_flaw(ROOT("text") "<office:body><office:text>" P("a") "<text:p>b &x; c",
                ERROR_DAMAGED, "a\n\nb &x; c\n\f");
    static const char none[] = ROOT("text") "</office:document>";
    struct format_input input = { .data = (const unsigned char *)none,
                                  .size = sizeof none - 1, .name = "x" };
    struct format_info info = { 0 };
    struct error e = { 0 };
    cr_expect_null(format_fodt.open(&input, &info, &e));
    cr_expect_eq(e.kind, ERROR_DAMAGED);
    metadata_clear(&info.metadata);
}

static const struct format *taken(const char *source)
{
    struct peek peek = { .head = (const unsigned char *)source,
                         .head_size = strlen(source), .size = strlen(source),
                         .tail = (const unsigned char *)source,
                         .tail_size = strlen(source), .name = "x" };
    struct detection found;
    detect_peek(&peek, &found);
    return found.format;
}

Test(odf, bids)
{
    cr_expect_eq(taken(TEXT("")), &format_fodt);
    cr_expect_eq(taken(SHEET("")), &format_fods);
    cr_expect_eq(taken(ROOT("presentation")), &format_fodp);
    cr_expect_eq(taken("<?xml version='1.0'?><office:document x=''>"), &format_fodt);
}
