/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-ooxml.c - what the stories, slides and sheets of Office Open XML give,
 * case by case; the samples of the corpus show the ordinary. */
#include <config.h>

#include <criterion/criterion.h>

#include "base/buffer.h"
#include "book.h"
#include "format/registry.h"

#define TYPES(part, type)                                                     \
    { "[Content_Types].xml",                                                  \
      "<Types><Default Extension='html' ContentType='text/html'/>"            \
      "<Default Extension='docx' ContentType='application/vnd."               \
      "openxmlformats-officedocument.wordprocessingml.document'/>"            \
      "<Override PartName='/" part "' ContentType='" type ".main+xml'/>"      \
      "</Types>", NULL }
#define LINK(id, type, target)                                                \
    "<Relationship Id='" id "' Type='http://x/" type "' Target='" target "'/>"
#define LINKS(name, links)                                                    \
    { name, "<Relationships>" links "</Relationships>", NULL }
#define ROOT(part) LINKS("_rels/.rels", LINK("a", "officeDocument", part))

struct sink {
    struct emit emit;
    struct buffer text;
};

static int collect(struct emit *emit, const char *text, size_t size)
{
    buffer_append(&((struct sink *)emit)->text, text, size);
    return 0;
}

/* The text of PAGE; a fault as "!" before it. To be freed. */
static char *text_of(const struct format *format,
                     const struct book_member *members, int page)
{
    size_t size;
    unsigned char *data = book_make(members, &size);
    const struct format_input input = { .data = data, .size = size, .name = "x" };
    struct format_info info = { 0 };
    struct error e = { 0 };
    struct sink sink = { .emit = { .text = collect } };
    struct format_document *d = format->open(&input, &info, &e);
    cr_assert_not_null(d, "%s", e.detail);
    if (info.flaw.kind)
        buffer_append_char(&sink.text, '!');
    if (format->page(d, page, &sink.emit, &e) < 0)
        buffer_append_char(&sink.text, '!');
    format->close(d);
    metadata_clear(&info.metadata);
    free(data);
    char *text = strdup(buffer_string(&sink.text));
    buffer_free(&sink.text);
    return text;
}

#define W "<w:document xmlns:w='urn:w' xmlns:r='urn:r' xmlns:mc='urn:mc'>"
#define RUN(text) "<w:r><w:t xml:space='preserve'>" text "</w:t></w:r>"
#define P(inner) "<w:p>" inner "</w:p>"
#define MARK(type) "<w:r><w:fldChar w:fldCharType='" type "'/></w:r>"
#define CODE(text) "<w:r><w:instrText>" text "</w:instrText></w:r>"

static void expect_word(const char *body, const char *styles,
                        const char *wanted)
{
    char *document = NULL;
    cr_assert_gt(asprintf(&document, W "<w:body>%s</w:body></w:document>", body),
                 0);
    const struct book_member members[] = {
        ROOT("w/d.xml"),
        { "w/d.xml", document, NULL },
        LINKS("w/_rels/d.xml.rels",
              LINK("s", "styles", "s.xml") LINK("h", "aFChunk", "h.html")
              LINK("n", "numbering", "n.xml")),
        { "w/s.xml", styles, NULL },
        { "w/n.xml",
          "<w:numbering xmlns:w='urn:w'><w:abstractNum w:abstractNumId='5'>"
          "<w:lvl w:ilvl='0'><w:start w:val='3'/><w:numFmt w:val='upperRoman'/>"
          "<w:lvlText w:val='(%1)'/></w:lvl><w:lvl w:ilvl='1'>"
          "<w:numFmt w:val='decimal'/><w:isLgl/><w:lvlText w:val='%1.%2'/>"
          "</w:lvl><w:lvl w:ilvl='2'><w:start w:val='11'/>"
          "<w:numFmt w:val='ordinal'/><w:lvlText w:val='%3:'/></w:lvl>"
          "</w:abstractNum>"
          "<w:num w:numId='1'><w:abstractNumId w:val='5'/></w:num>"
          "<w:num w:numId='2'><w:abstractNumId w:val='5'/>"
          "<w:lvlOverride w:ilvl='0'><w:startOverride w:val='9'/>"
          "</w:lvlOverride></w:num><w:num w:numId='3'>"
          "<w:abstractNumId w:val='5'/><w:lvlOverride w:ilvl='0'>"
          "<w:lvl w:ilvl='0'><w:numFmt w:val='bullet'/><w:lvlText w:val='o'/>"
          "</w:lvl></w:lvlOverride><w:lvlOverride w:ilvl='1'>"
          "<w:startOverride w:val='4'/><w:lvl w:ilvl='1'>"
          "<w:numFmt w:val='lowerLetter'/><w:lvlText w:val='%2)'/></w:lvl>"
          "</w:lvlOverride></w:num></w:numbering>", NULL },
        { "w/h.html", "<h1>Chunk</h1><p>of HTML</p>", NULL },
        TYPES("w/d.xml", "application/x"),
        { NULL, NULL, NULL },
    };
    char *text = text_of(&format_docx, members, 1);
    cr_expect_str_eq(text, wanted);
    free(text);
    free(document);
}

Test(ooxml, fields)
{
    expect_word(P(RUN("a ") MARK("begin") CODE("IF ") MARK("begin") CODE("PAGE")
                  MARK("separate") RUN("unseen") MARK("end") CODE("= 1")
                  MARK("separate") RUN("seen") MARK("end") RUN(" b"))
                P(MARK("begin") CODE("XE") MARK("end") MARK("end") RUN("c")),
                "<s/>", "a seen b\nc\n");
}

/* What a field shows that has no result. */
Test(ooxml, equations)
{
    expect_word(P(RUN("a ") MARK("begin") CODE(" eq \\* jc2 \\* \"Font:MS M\" \\*"
                  " hps11 \\o\\ad(\\s\\up 10(read),") CODE("word)") MARK("end")
                  RUN(" b"))
                P(MARK("begin") CODE("EQ \\f(1;x\\,y) + \\b \\bc\\{ (\\r(3,8))")
                  MARK("end"))
                P(MARK("begin") CODE("EQUAL(1,2)") MARK("end")
                  MARK("begin") CODE("EQ \\f(1,2)") MARK("separate") RUN("half")
                  MARK("end") MARK("begin") CODE("EQ \\s(") MARK("end")),
                "<s/>", "a word(read) b\n1/x,y + 3 8\nhalf\n");
}

Test(ooxml, changes)
{
    expect_word(P("<w:moveFrom>" RUN("away") "</w:moveFrom><w:ins>" RUN("in")
                  "</w:ins><w:del><w:r><w:delText>out</w:delText></w:r></w:del>")
                P("<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>" RUN("joined "))
                P(RUN("lines")), "<s/>", "in\njoined lines\n");
}

Test(ooxml, hidden)
{
    expect_word(P("<w:r><w:rPr><w:vanish/></w:rPr><w:t>a</w:t></w:r>"
                  "<w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>b</w:t></w:r>")
                P("<w:pPr><w:pStyle w:val='Child'/></w:pPr>" RUN("c"))
                P("<w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr>" RUN("d"))
                P("<w:r><w:rPr><w:rStyle w:val='Base'/></w:rPr><w:t>e</w:t></w:r>"),
                "<w:styles xmlns:w='urn:w'><w:style w:styleId='Child'>"
                "<w:basedOn w:val='Base'/></w:style><w:style w:styleId='Base'>"
                "<w:basedOn w:val='Child'/><w:rPr><w:vanish/></w:rPr></w:style>"
                "</w:styles>", "b\n\nd\n");
}

#define ITEM(number, level, text)                                             \
    P("<w:pPr><w:numPr><w:ilvl w:val='" level "'/><w:numId w:val='" number    \
      "'/></w:numPr></w:pPr>" RUN(text))

Test(ooxml, numbers)
{
    expect_word(ITEM("1", "0", "a") ITEM("1", "1", "b") ITEM("1", "1", "c")
                ITEM("1", "0", "d") ITEM("1", "1", "e") ITEM("2", "0", "f")
                ITEM("1", "2", "o") ITEM("1", "0", "g") ITEM("7", "0", "h") ITEM("0", "0", "i"),
                "<s/>", "(III) a\n  3.1 b\n  3.2 c\n(IV) d\n  4.1 e\n(IX) f\n"
                "    11th: o\n(X) g\nh\ni\n");
}

/* Fonts of symbols have their characters in a private area. */
Test(ooxml, symbols)
{
#define IN(font, text) "<w:r><w:rPr><w:rFonts w:ascii='" font "'/></w:rPr><w:t>" \
                       text "</w:t></w:r>"
    expect_word(P(IN("Symbol", "x\uf061\uf062\uf0b7") IN("Wingdings", "\uf0fc")
                  RUN("\uf061")), "<s/>", "x\u03b1\u03b2\u2022\u2713\uf061\n");
}

/* As old archives of .NET have their names. */
Test(ooxml, backslashes)
{
    const struct book_member members[] = {
        { "_rels\\.rels", "<Relationships>" LINK("a", "officeDocument", "w/d.xml")
                          "</Relationships>", NULL },
        { "w\\d.xml", W "<w:body>" P(RUN("a")) "</w:body></w:document>", NULL },
        TYPES("w/d.xml", "application/x"),
        { NULL, NULL, NULL },
    };
    char *text = text_of(&format_docx, members, 1);
    cr_expect_str_eq(text, "a\n");
    free(text);
}

/* A list of levels of its own, which counts on in the one that it shares. */
Test(ooxml, levels_of_a_list)
{
    expect_word(ITEM("1", "0", "a") ITEM("3", "0", "b") ITEM("3", "1", "c")
                ITEM("3", "1", "d") ITEM("1", "0", "e"),
                "<s/>", "(III) a\n- b\n  d) c\n  e) d\n(V) e\n");
}

Test(ooxml, alternatives)
{
    /* The second is taken when the first gave nothing. */
    expect_word(P(RUN("a") "<w:r><mc:AlternateContent><mc:Choice/>"
                  "<mc:Fallback><w:txbxContent>" P(RUN("box"))
                  "</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r>"
                  RUN("b")), "<s/>", "ab\nbox\n");
}

Test(ooxml, chunks)
{
    expect_word(P(RUN("before")) "<w:altChunk r:id='h'/>" P(RUN("after")),
                "<s/>", "before\n\nChunk\n\nof HTML\n\nafter\n");
}

Test(ooxml, broken_off)
{
    expect_word(P(RUN("whole")) "<w:p><w:r><w:txbxContent><w:p><w:r><w:t>half"
                "</w:x>", "<s/>", "!whole\nhalf\n");
}

/* Prefixes and the base of namespaces are the writer's choice. */
Test(ooxml, other_prefixes)
{
    const struct book_member members[] = {
        ROOT("d.xml"),
        { "d.xml", "<ns0:document xmlns:ns0='http://purl.oclc.org/ooxml/"
          "wordprocessingml/main'><ns0:body><ns0:p><ns0:r><ns0:t>strict</ns0:t>"
          "<ns0:tab/><ns0:t>words</ns0:t></ns0:r></ns0:p></ns0:body>"
          "</ns0:document>", NULL },
        { NULL, NULL, NULL },
    };
    char *text = text_of(&format_docx, members, 1);
    cr_expect_str_eq(text, "strict\twords\n");
    free(text);
}

/* What a document keeps to be put in has styles of its own. */
Test(ooxml, building_blocks)
{
    const struct book_member members[] = {
        ROOT("d.xml"),
        { "d.xml", W "<w:body>" P(RUN("body")) "</w:body></w:document>", NULL },
        LINKS("_rels/d.xml.rels", LINK("g", "glossaryDocument", "g/d.xml")),
        { "g/d.xml", "<w:glossaryDocument xmlns:w='urn:w'><w:docParts><w:docPart>"
          "<w:docPartPr><w:name w:val='n'/></w:docPartPr><w:docPartBody>"
          P("<w:pPr><w:pStyle w:val='H'/></w:pPr>" RUN("unseen")) P(RUN("block"))
          "</w:docPartBody></w:docPart></w:docParts></w:glossaryDocument>", NULL },
        LINKS("g/_rels/d.xml.rels", LINK("s", "styles", "s.xml")),
        { "g/s.xml", "<w:styles xmlns:w='urn:w'><w:style w:styleId='H'><w:rPr>"
          "<w:vanish/></w:rPr></w:style></w:styles>", NULL },
        { NULL, NULL, NULL },
    };
    char *text = text_of(&format_docx, members, 1);
    cr_expect_str_eq(text, "body\n\nblock\n");
    free(text);
}

#define A(text) "<a:p><a:r><a:t>" text "</a:t></a:r></a:p>"
#define S "<p:sld xmlns:p='urn:p' xmlns:a='urn:a' xmlns:r='urn:r'>"

Test(ooxml, slides)
{
    const struct book_member members[] = {
        ROOT("p.xml"),
        { "p.xml", "<p:presentation xmlns:p='urn:p' xmlns:r='urn:r'>"
          "<p:sldIdLst><p:sldId id='1' r:id='x'/><p:sldId id='2' r:id='y'/>"
          "<p:sldId id='3' r:id='z'/></p:sldIdLst></p:presentation>", NULL },
        LINKS("_rels/p.xml.rels", LINK("x", "slide", "b.xml")
              LINK("y", "slide", "a.xml") LINK("z", "slide", "none.xml")
              LINK("m", "notesMaster", "m.xml")
              LINK("o", "handoutMaster", "o.xml")),
        { "m.xml", S "<p:sp><p:nvPr><p:ph type='body'/></p:nvPr>" A("prompt")
          "</p:sp><p:sp><p:nvPr><p:ph type='hdr'/></p:nvPr>" A("of all notes")
          "</p:sp><p:sp><p:nvPr><p:ph type='ftr'/></p:nvPr>"
          A("&lt;footer&gt;") "</p:sp></p:sld>", NULL },
        { "o.xml", S "<p:sp><p:nvPr><p:ph type='sldNum'/></p:nvPr><a:p><a:fld>"
          "<a:t>7</a:t></a:fld></a:p></p:sp><p:sp>" A("handed out")
          "</p:sp></p:sld>", NULL },
        { "n.xml", S "<p:sp><p:nvPr><p:ph type='ftr'/></p:nvPr>" A("foot")
          "</p:sp><p:sp><p:nvPr><p:ph type='sldNum'/></p:nvPr>" A("2")
          "</p:sp><p:sp>" A("said") "</p:sp></p:sld>", NULL },
        { "a.xml", S "<p:sp><a:txBody><a:p><a:pPr><a:buAutoNum "
          "type='alphaLcParenR'/></a:pPr><a:r><a:t>one</a:t></a:r></a:p><a:p>"
          "<a:pPr><a:buAutoNum type='alphaLcParenR'/></a:pPr><a:r><a:t>two"
          "</a:t></a:r></a:p><a:p><a:pPr lvl='1'><a:buChar char='o'/></a:pPr>"
          "<a:r><a:t>dot</a:t></a:r><a:br/><a:r><a:t>next</a:t></a:r></a:p>"
          "</a:txBody></p:sp></p:sld>", NULL },
        LINKS("_rels/a.xml.rels", LINK("l", "slideLayout", "l.xml")
              LINK("n", "notesSlide", "n.xml")),
        { "b.xml", S "<p:sp>" A("body") "</p:sp><p:sp><p:nvPr>"
          "<p:ph type='ctrTitle'/></p:nvPr>" A("title") "</p:sp></p:sld>", NULL },
        LINKS("_rels/b.xml.rels", LINK("l", "slideLayout", "l.xml")
              LINK("c", "comments", "c.xml")),
        { "l.xml", S "<p:sp><p:nvPr><p:ph type='body'/></p:nvPr>" A("prompt")
          "</p:sp><p:sp>" A("brand") "</p:sp></p:sld>", NULL },
        { "c.xml", "<k:cmLst xmlns:k='urn:k' xmlns:a='urn:a'><k:cm authorId='q'>"
          "<k:replyLst><k:reply><k:txBody>" A("reply") "</k:txBody></k:reply>"
          "</k:replyLst><k:txBody>" A("modern") "</k:txBody></k:cm></k:cmLst>",
          NULL },
        { NULL, NULL, NULL },
    };
    char *text = text_of(&format_pptx, members, 1);
    cr_expect_str_eq(text, "title\n\nbody\n\nbrand\n\nComment: reply\n"
                     "Comment: modern\n\nof all notes\n\nhanded out\n");
    free(text);
    text = text_of(&format_pptx, members, 2);
    cr_expect_str_eq(text, "a) one\nb) two\n  - dot\nnext\n\nfoot\nsaid\n");
    free(text);
    text = text_of(&format_pptx, members, 3);
    cr_expect_str_eq(text, "!");
    free(text);
}

#define CELL(place, more, value) "<c r='" place "'" more ">" value "</c>"
#define V(text) "<v>" text "</v>"

Test(ooxml, sheets)
{
    const struct book_member members[] = {
        ROOT("b.xml"),
        { "b.xml", "<workbook xmlns:r='urn:r'><workbookPr date1904='1'/><sheets>"
          "<sheet name='A' r:id='x'/></sheets></workbook>", NULL },
        LINKS("_rels/b.xml.rels", LINK("x", "worksheet", "s.xml")
              LINK("y", "styles", "y.xml") LINK("p", "person", "p.xml")),
        { "y.xml", "<styleSheet><cellXfs><xf numFmtId='0'/><xf numFmtId='14'/>"
          "</cellXfs></styleSheet>", NULL },
        { "s.xml", "<worksheet><sheetData><row r='3'>" CELL("B3", " s='1'", V("1"))
          CELL("ZZ3", "", V("2")) "</row><row>" CELL("A4", " t='s'", V("7"))
          CELL("B4", " t='inlineStr'", "<is><t>two\nlines</t><rPh><t>x</t></rPh>"
          "</is>") "<c><v>next</v></c></row></sheetData></worksheet>", NULL },
        LINKS("_rels/s.xml.rels", LINK("c", "comments", "c.xml")
              LINK("t", "threadedComment", "t.xml")),
        { "c.xml", "<comments><authors><author>Old</author></authors>"
          "<commentList><comment ref='A1' authorId='0'><text><t>[Threaded comment]"
          " see</t></text></comment><comment ref='A2' authorId='0'><text><t>note"
          "</t></text></comment></commentList></comments>", NULL },
        { "t.xml", "<ThreadedComments><threadedComment ref='A1' personId='{1}'>"
          "<text>thread</text></threadedComment></ThreadedComments>", NULL },
        { "p.xml", "<personList><person displayName='New' id='{1}'/>"
          "</personList>", NULL },
        { NULL, NULL, NULL },
    };
    char wanted[300] = "A\n\n\t1/2/1904";
    memset(wanted + strlen(wanted), '\t', 64);
    strcat(wanted, "2\n\ttwo lines\tnext\n\nComment by Old (A2): note\n\n"
           "Comment by New (A1): thread\n");
    char *text = text_of(&format_xlsx, members, 1);
    cr_expect_str_eq(text, wanted);
    free(text);
}

Test(ooxml, sheet_margins)
{
    const struct book_member members[] = {
        ROOT("b.xml"),
        { "b.xml", "<workbook xmlns:r='urn:r'><sheets>"
          "<sheet name='A' r:id='x'/></sheets></workbook>", NULL },
        LINKS("_rels/b.xml.rels", LINK("x", "worksheet", "s.xml")),
        { "s.xml", "<worksheet><sheetData/><headerFooter><oddHeader>&amp;éa&amp;C"
          "&amp;\"Arial,Bold\"b&amp;&amp;&amp;12c&amp;Rd&amp;K01+034e</oddHeader>"
          "<oddFooter>&amp;K01é</oddFooter><evenFooter>&amp;LPage &amp;P of &amp;N"
          "&amp;CNotice on &amp;P&amp;RPagina &amp;P</evenFooter><firstFooter>"
          "&amp;C&amp;A - Стр. &amp;P</firstFooter></headerFooter></worksheet>", NULL },
        { NULL, NULL, NULL },
    };
    char *text = text_of(&format_xlsx, members, 1);
    cr_expect_str_eq(text, "A\n\na\tb&c\tde\né\nNotice on\n");
    free(text);
}

Test(ooxml, sheet_out_of_order)
{
    const struct book_member members[] = {
        ROOT("b.xml"),
        { "b.xml", "<workbook xmlns:r='urn:r'><sheets>"
          "<sheet name='A' r:id='x'/></sheets></workbook>", NULL },
        LINKS("_rels/b.xml.rels", LINK("x", "worksheet", "s.xml")),
        { "s.xml", "<worksheet><sheetData><row r='2'>" CELL("C2", "", V("3"))
          CELL("A2", "", V("1")) CELL("B2", "", V("2")) "</row></sheetData>"
          "</worksheet>", NULL },
        { NULL, NULL, NULL },
    };
    char *text = text_of(&format_xlsx, members, 1);
    cr_expect_str_eq(text, "A\n\n\t\t3\t1\t2\n");
    free(text);
}

/* Rows that say the same number, and one that has no end. */
Test(ooxml, sheet_broken_off)
{
    const struct book_member members[] = {
        ROOT("b.xml"),
        { "b.xml", "<workbook xmlns:r='urn:r'><sheets>"
          "<sheet name='A' r:id='x'/></sheets></workbook>", NULL },
        LINKS("_rels/b.xml.rels", LINK("x", "worksheet", "s.xml")),
        { "s.xml", "<worksheet><sheetData><row r='1'>" CELL("A1", "", V("1"))
          "</row><row r='1'>" CELL("B1", "", V("2")) "<row>" CELL("A1", "", V("3"))
          "</x>", NULL },
        { NULL, NULL, NULL },
    };
    char *text = text_of(&format_xlsx, members, 1);
    cr_expect_str_eq(text, "A\n\n1\n\t2\n3\n!");
    free(text);
}
