# SPDX-License-Identifier: GPL-3.0-or-later
"""Office Open XML: the parts of packages, as little as programs accept."""

import struct

from . import epub

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OPEN = "application/vnd.openxmlformats-officedocument."
SPACES = (' xmlns:r="' + OFFICE + '"'
          ' xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
          ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
          ' xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
          ' xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
          ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
          ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/'
          'wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml"')
CORE = (HEAD + f'<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:dcterms="http://purl.org/dc/terms/">'
        "<dc:title>The harbour</dc:title><dc:creator>Ada Pilot</dc:creator>"
        "<dc:subject>Boats</dc:subject><cp:keywords>gull, tide</cp:keywords>"
        "<dcterms:created>2024-03-01T12:00:00Z</dcterms:created>"
        "<dcterms:modified>2024-03-02T08:30:00Z</dcterms:modified>"
        "</cp:coreProperties>")


def relations(items):
    """ITEMS: id, last step of the type, target."""
    lines = "".join(
        f'<Relationship Id="{key}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for key, kind, target in items)
    return (HEAD + f'<Relationships xmlns="{PACKAGE}/relationships">{lines}'
            "</Relationships>")


def packed(main, main_type, parts):
    """A package; MAIN: the path of its main part."""
    types = (HEAD + f'<Types xmlns="{PACKAGE}/content-types">'
             '<Default Extension="rels" ContentType="application/vnd.'
             'openxmlformats-package.relationships+xml"/>'
             '<Default Extension="xml" ContentType="application/xml"/>'
             f'<Override PartName="/{main}" ContentType="{main_type}.main+xml"/>'
             "</Types>")
    root = relations([("rId1", "officeDocument", main)]).replace(
        "</Relationships>", f'<Relationship Id="rId2" Type="{PACKAGE}/'
        'relationships/metadata/core-properties" Target="docProps/core.xml"/>'
        "</Relationships>")
    return epub.packed({"[Content_Types].xml": types, "_rels/.rels": root,
                        "docProps/core.xml": CORE, **parts})


# Word

def element(name, inner, prefix="w"):
    return f"{HEAD}<{prefix}:{name}{SPACES}>{inner}</{prefix}:{name}>"


def run(text, look=""):
    look = f"<w:rPr>{look}</w:rPr>" if look else ""
    return f'<w:r>{look}<w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*runs, style="", number=None):
    look = f'<w:pStyle w:val="{style}"/>' if style else ""
    if number:
        look += (f'<w:numPr><w:ilvl w:val="{number[1]}"/>'
                 f'<w:numId w:val="{number[0]}"/></w:numPr>')
    look = f"<w:pPr>{look}</w:pPr>" if look else ""
    inner = "".join(r if r.startswith("<") else run(r) for r in runs)
    return f"<w:p>{look}{inner}</w:p>"


def cell(*content):
    return "<w:tc>" + "".join(content) + "</w:tc>"


def row(*cells):
    return "<w:tr>" + "".join(cells) + "</w:tr>"


def table(*rows):
    return "<w:tbl>" + "".join(rows) + "</w:tbl>"


def field(code, result):
    return ('<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
            f"<w:r><w:instrText>{code}</w:instrText></w:r>"
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + run(result)
            + '<w:r><w:fldChar w:fldCharType="end"/></w:r>')


def text_box(text):
    inner = f"<w:txbxContent>{paragraph(text)}</w:txbxContent>"
    return ("<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing>"
            f"<wps:txbx>{inner}</wps:txbx></w:drawing></mc:Choice><mc:Fallback>"
            f"<w:pict><v:textbox>{inner}</v:textbox></w:pict></mc:Fallback>"
            "</mc:AlternateContent></w:r>")


BODY = "".join([
    paragraph("The harbour", style="Heading1"),
    paragraph("Boats of ", run("the", "<w:b/>"), " town",
              '<w:r><w:footnoteReference w:id="2"/></w:r>', run(".")),
    paragraph("Gulls", number=(1, 0)),
    paragraph("Grey gulls", number=(1, 1)),
    paragraph("White gulls", number=(1, 1)),
    paragraph("Tides", number=(1, 0)),
    paragraph("A loose end", number=(2, 0)),
    table(row(cell(paragraph("boat")), cell(paragraph("year"))),
          row(cell(paragraph("Gull"), paragraph("and chick")),
              cell(table(row(cell(paragraph("19")), cell(paragraph("31")))),
                   "<w:p/>"))),
    paragraph('<w:ins w:id="1">' + run("Put in. ") + "</w:ins>",
              '<w:del w:id="2"><w:r><w:delText>Taken out. </w:delText></w:r>'
              "</w:del>", run("Unseen. ", "<w:vanish/>"), run("Seen.")),
    paragraph(field("PAGE", "7"), run(" of 9"), "<w:r><w:tab/></w:r>",
              run("at"), "<w:r><w:noBreakHyphen/></w:r>", run("sea"),
              '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>'),
    paragraph("Around the box.", text_box("Inside the box.")),
    paragraph('<w:hyperlink r:id="rId9">' + run("A link.") + "</w:hyperlink>"),
    "<w:sdt><w:sdtPr/><w:sdtContent>" + paragraph("Controlled.")
    + "</w:sdtContent></w:sdt>",
    '<w:sectPr><w:headerReference w:type="default" r:id="rId3"/>'
    '<w:footerReference w:type="default" r:id="rId4"/></w:sectPr>',
])

STYLES = ('<w:style w:type="paragraph" w:styleId="Heading1">'
          '<w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr>'
          "</w:style>")


def level(number, kind, pattern):
    return (f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/>'
            f'<w:numFmt w:val="{kind}"/><w:lvlText w:val="{pattern}"/></w:lvl>')


NUMBERING = ('<w:abstractNum w:abstractNumId="0">' + level(0, "decimal", "%1.")
             + level(1, "lowerLetter", "%1.%2)") + "</w:abstractNum>"
             '<w:abstractNum w:abstractNumId="1">' + level(0, "bullet", "\uf0b7")
             + "</w:abstractNum>"
             '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
             '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>')

WORD_TEXT = """Head of the page

The harbour

Boats of the town[1].
1. Gulls
  1.a) Grey gulls
  1.b) White gulls
2. Tides
- A loose end

boat\tyear
Gull and chick\t19 31

Put in. Seen.
7 of 9\tat\u2011sea\u2713
Around the box.
Inside the box.
A link.
Controlled.

[1] A note.

Comment by Bo: A remark.

Foot of the page
"""


def word(main_type=OPEN + "wordprocessingml.document", body=BODY):
    return packed("word/document.xml", main_type, {
        "word/document.xml": element("document", f"<w:body>{body}</w:body>"),
        "word/_rels/document.xml.rels": relations([
            ("rId1", "styles", "styles.xml"),
            ("rId2", "numbering", "numbering.xml"),
            ("rId3", "header", "header1.xml"), ("rId4", "footer", "footer1.xml"),
            ("rId5", "footnotes", "footnotes.xml"),
            ("rId6", "comments", "comments.xml")]),
        "word/styles.xml": element("styles", STYLES),
        "word/numbering.xml": element("numbering", NUMBERING),
        "word/header1.xml": element("hdr", paragraph("Head of the page")),
        "word/footer1.xml": element("ftr", paragraph("Foot of the page")),
        "word/footnotes.xml": element("footnotes", (
            '<w:footnote w:type="separator" w:id="0">' + paragraph("-")
            + '</w:footnote><w:footnote w:id="2">' + paragraph(" A note.")
            + "</w:footnote>")),
        "word/comments.xml": element("comments", (
            '<w:comment w:id="0" w:author="Bo">' + paragraph("A remark.")
            + "</w:comment>")),
    })


# PowerPoint

def lines(*texts):
    return "".join(f"<a:p><a:r><a:t>{text}</a:t></a:r></a:p>" for text in texts)


def shape(kind, *texts):
    place = f'<p:nvSpPr><p:nvPr><p:ph type="{kind}"/></p:nvPr></p:nvSpPr>'
    return (f"<p:sp>{place if kind else ''}<p:txBody>{lines(*texts)}</p:txBody>"
            "</p:sp>")


def slide(*shapes, name="sld"):
    tree = "".join(shapes)
    return element(name, f"<p:cSld><p:spTree>{tree}</p:spTree></p:cSld>", "p")


def grid(*rows):
    inner = "".join("<a:tr>" + "".join(
        f"<a:tc><a:txBody>{lines(text)}</a:txBody></a:tc>" for text in cells)
        + "</a:tr>" for cells in rows)
    return ("<p:graphicFrame><a:graphic><a:graphicData><a:tbl>" + inner
            + "</a:tbl></a:graphicData></a:graphic></p:graphicFrame>")


def points(values):
    return "".join(f'<c:pt idx="{i}"><c:v>{v}</c:v></c:pt>'
                   for i, v in enumerate(values))


CHART = ("<c:chart><c:title><c:tx><c:rich>" + lines("Catch") + "</c:rich></c:tx>"
         "</c:title><c:plotArea><c:barChart>" + "".join(
             f"<c:ser><c:tx><c:strRef><c:strCache>{points([name])}</c:strCache>"
             f"</c:strRef></c:tx><c:cat><c:strRef><c:strCache>"
             f"{points(['May', 'June'])}</c:strCache></c:strRef></c:cat><c:val>"
             f"<c:numRef><c:numCache>{points([1, 2])}</c:numCache></c:numRef>"
             "</c:val></c:ser>" for name in ["Cod", "Eel"])
         + "</c:barChart></c:plotArea></c:chart>")

SLIDES_TEXT = ["""Second file, first slide

boat\tyear
Gull\t1931

In a group
Catch
Cod
May\tJune
Eel

For speakers
What to say

Comment by Bo: A remark.
""", """Hidden slide
"""]


def slides(main_type=OPEN + "presentationml.presentation"):
    first = slide(
        grid(["boat", "year"], ["Gull", "1931"]),
        "<p:grpSp>" + shape("", "In a group") + "</p:grpSp>",
        '<p:graphicFrame><a:graphic><a:graphicData><c:chart r:id="rId1"/>'
        "</a:graphicData></a:graphic></p:graphicFrame>",
        shape("title", "Second file, first slide"))
    hidden = slide(shape("title", "Hidden slide")).replace("<p:sld ",
                                                           '<p:sld show="0" ')
    return packed("ppt/presentation.xml", main_type, {
        "ppt/presentation.xml": element("presentation", (
            '<p:sldIdLst><p:sldId id="257" r:id="rId2"/>'
            '<p:sldId id="256" r:id="rId1"/></p:sldIdLst>'), "p"),
        "ppt/_rels/presentation.xml.rels": relations([
            ("rId1", "slide", "slides/slide1.xml"),
            ("rId2", "slide", "slides/slide2.xml"),
            ("rId3", "commentAuthors", "commentAuthors.xml")]),
        "ppt/slides/slide1.xml": hidden,
        "ppt/slides/slide2.xml": first,
        "ppt/slides/_rels/slide2.xml.rels": relations([
            ("rId1", "chart", "../charts/chart1.xml"),
            ("rId2", "notesSlide", "../notesSlides/notesSlide1.xml"),
            ("rId3", "comments", "../comments/comment1.xml")]),
        "ppt/charts/chart1.xml": element("chartSpace", CHART, "c"),
        "ppt/notesSlides/notesSlide1.xml": slide(
            shape("hdr", "For speakers"), shape("body", "What to say"),
            shape("sldNum", "1"), name="notes"),
        "ppt/comments/comment1.xml": element("cmLst", (
            '<p:cm authorId="4"><p:text>A remark.</p:text></p:cm>'), "p"),
        "ppt/commentAuthors.xml": element("cmAuthorLst", (
            '<p:cmAuthor id="4" name="Bo"/>'), "p"),
    })


# Excel

def sheet(rows, more=""):
    return (HEAD + '<worksheet xmlns="http://schemas.openxmlformats.org/'
            f'spreadsheetml/2006/main" xmlns:r="{OFFICE}"><sheetData>{rows}'
            f"</sheetData>{more}</worksheet>")


def book(name, inner):
    return (HEAD + f'<{name} xmlns="http://schemas.openxmlformats.org/'
            f'spreadsheetml/2006/main" xmlns:r="{OFFICE}">{inner}</{name}>')


ROWS = (
    '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c>'
    '<c r="D1" t="inlineStr"><is><t>far</t></is></c></row>'
    '<row r="2"><c r="A2" s="1"><v>45352</v></c><c r="B2" s="2"><v>1234.5</v></c>'
    '<c r="C2" s="3"><v>0.125</v></c><c r="D2"><v>0.30000000000000004</v></c></row>'
    '<row r="5"><c r="A5" t="b"><v>1</v></c><c r="B5" t="e"><v>#DIV/0!</v></c>'
    '<c r="C5" t="str"><f>A1&amp;B1</f><v>result</v></c>'
    '<c r="D5" s="4"><v>0.75</v></c><c r="E5" s="5"><v>-3</v></c></row>')

SHEETS_TEXT = ["""Catch & tides

boat\tyear of make\t\tfar
2024-03-01\t1,234.50\t12.5%\t0.3

TRUE\t#DIV/0!\tresult\t3/4\t(3)

Left\tRight

Comment by Bo (A1): A remark.
""", """Hidden

unseen\t1
"""]


def sheets(main_type=OPEN + "spreadsheetml.sheet", second=None):
    codes = ["yyyy\\-mm\\-dd", "#,##0.00", "0.0%", "# ?/?", "0;(0)"]
    formats = "".join(f'<numFmt numFmtId="{164 + i}" formatCode="{code}"/>'
                      for i, code in enumerate(codes))
    styles = "".join(f'<xf numFmtId="{164 + i}"/>' for i in range(len(codes)))
    return packed("xl/workbook.xml", main_type, {
        "xl/workbook.xml": book("workbook", (
            '<sheets><sheet name="Catch &amp; tides" sheetId="1" r:id="rId1"/>'
            '<sheet name="Hidden" sheetId="2" state="hidden" r:id="rId2"/>'
            "</sheets>")),
        "xl/_rels/workbook.xml.rels": relations([
            ("rId1", "worksheet", "/xl/worksheets/one.xml"),
            ("rId2", "worksheet", "worksheets/two.xml"),
            ("rId3", "sharedStrings", "sharedStrings.xml"),
            ("rId4", "styles", "styles.xml")]),
        "xl/sharedStrings.xml": book("sst", (
            "<si><t>boat</t></si><si><r><t>year </t></r><r><t>of make</t></r>"
            "<rPh><t>unread</t></rPh></si>")),
        "xl/styles.xml": book("styleSheet", (
            f'<numFmts>{formats}</numFmts><cellXfs><xf numFmtId="0"/>{styles}'
            "</cellXfs>")),
        "xl/worksheets/one.xml": sheet(
            ROWS, "<headerFooter><oddHeader>&amp;L&amp;\"Arial\"&amp;12Left"
            "&amp;RRight</oddHeader></headerFooter>"),
        "xl/worksheets/_rels/one.xml.rels": relations([
            ("rId1", "comments", "../comments1.xml")]),
        "xl/comments1.xml": book("comments", (
            "<authors><author>Bo</author></authors><commentList>"
            '<comment ref="A1" authorId="0"><text><r><t>A remark.</t></r></text>'
            "</comment></commentList>")),
        "xl/worksheets/two.xml": second if second is not None else sheet(
            '<row r="1"><c r="A1" t="inlineStr"><is><t>unseen</t></is></c>'
            '<c r="B1"><v>1</v></c></row>'),
    })


def encrypted():
    """An OLE compound file with the streams of an encrypted package, in the
    sectors: FAT, directory, one of data for each stream."""
    def entry(name, kind, child=-1, right=-1, start=-2, size=0):
        text = (name + "\0").encode("utf-16-le")
        return (text.ljust(64, b"\0")
                + struct.pack("<HBBiii", len(text), kind, 1, -1, right, child)
                + bytes(36) + struct.pack("<iQ", start, size))

    header = (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16)
              + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
              + struct.pack("<IIiIIiIiI", 0, 1, 1, 0, 4096, -2, 0, -2, 0)
              + struct.pack("<i", 0) + struct.pack("<i", -1) * 108)
    chain = list(range(3, 10)) + [-2] + list(range(11, 18)) + [-2]
    fat = struct.pack("<128i", -3, -2, *chain, *[-1] * (126 - len(chain)))
    directory = (entry("Root Entry", 5, child=1)
                 + entry("EncryptionInfo", 2, right=2, start=2, size=4096)
                 + entry("EncryptedPackage", 2, start=10, size=4096)
                 + bytes(128))
    return header + fat + directory + bytes(range(256)) * 32


def samples(good, bad):
    """NAME: Sample, made by what documents.py gives."""
    broken = sheet('<row r="1"><c r="A1"><v>12</v></c></row>').replace(
        "</sheetData>", "</sheet>")
    return {
        "good-word.docx": good(
            "Word: headings, lists, nested tables, a text box counted once,"
            " changes, fields, notes", word(), [WORD_TEXT], "exact"),
        "good-slides.pptx": good(
            "PowerPoint: slides in their own order, a title below, a table, a"
            " group, a chart, notes, a hidden slide", slides(), SLIDES_TEXT,
            "exact"),
        "good-sheets.xlsx": good(
            "Excel: strings of three kinds, dates and numbers as shown, errors,"
            " a comment, a hidden sheet", sheets(), SHEETS_TEXT, "exact"),
        "bad-sheet.xlsx": bad(
            "the second of two sheets is not well-formed", sheets(second=broken),
            "partial", "damaged", [SHEETS_TEXT[0], "Hidden\n\n12\n"], "exact"),
        "bad-encrypted.docx": bad(
            "a package encrypted as a whole, in an OLE compound file",
            encrypted(), "failed", "encrypted"),
    }
