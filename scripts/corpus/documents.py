# SPDX-License-Identifier: GPL-3.0-or-later
"""The sample documents: what is in each, what text it must give, and what
status. The table at the end is the whole list."""

import zlib
from typing import NamedTuple, Optional

from . import books, doclists, epub, mail, odf, oldoffice, ooxml, pdf, prose, tnef, web, xlsb


class Sample(NamedTuple):
    """A document. PAGES is how many the text has; TEXT is None where there is
    no text to expect. COMPARE: exact; lines (blanks within and between lines
    do not matter); words (nor does the order)."""
    data: Optional[bytes]
    status: str
    pages: int
    kind: str
    compare: str
    text: Optional[str]
    about: str


def good(about, data, pages, compare="lines"):
    """PAGES: the text of each page, as a list; a text has only one."""
    return Sample(data, "ok", len(pages), "-", compare, joined(pages), about)


def bad(about, data, status, kind, pages=(), compare="lines"):
    return Sample(data, status, len(pages), kind, compare,
                  joined(pages) if pages else None, about)


def joined(pages):
    return "".join(page + "\f" for page in pages)


def lines_text(lines):
    return "".join(line + "\n" for line in lines)


# PDF

def plain_pages(count, sentences=8, seed=1):
    """The lines of COUNT pages, each of which says its number."""
    dull = prose.Dull(seed)
    pages = []
    for number in range(1, count + 1):
        lines = [f"Page {number} of {count}"]
        for _ in range(3):
            lines += prose.wrapped(dull.paragraph(sentences), 84)
        pages.append(lines)
    return pages


def plain_pdf(pages, version="1.4", **info):
    document = pdf.Pdf(version)
    for lines in pages:
        document.text_page(lines)
    if info:
        document.describe(**info)
    document.plant()
    return document


def story_pages():
    texts = prose.PARAGRAPHS
    return [["The ferry and the ledger", *prose.wrapped(texts[0], 80),
             *prose.wrapped(texts[1], 80)],
            ["Tea, at sea", *prose.wrapped(texts[2], 80)],
            ["Parentheses (like these), a \\ and a – dash: café, naïve, 30 €",
             *prose.wrapped(texts[3], 80)]]


def simple():
    pages = story_pages()
    document = plain_pdf(pages, Title="The ferry and the ledger",
                         Author="Extract sample corpus",
                         CreationDate="D:20240301120000Z")
    return good("three pages, cross-reference table, title, author and date",
                document.render(), [lines_text(p) for p in pages])


def object_streams():
    pages = story_pages()
    return good("the same pages as PDF 1.5 with object streams and a"
                " cross-reference stream",
                plain_pdf(pages, "1.5").render_compressed(),
                [lines_text(p) for p in pages])


def forty_pages():
    pages = plain_pages(40)
    return good("forty pages, a page tree of two levels",
                plain_pdf(pages).render(), [lines_text(p) for p in pages])


def two_columns():
    left = prose.wrapped(prose.PARAGRAPHS[0] + " " + prose.PARAGRAPHS[1], 42)
    right = prose.wrapped(prose.PARAGRAPHS[3] + " " + prose.PARAGRAPHS[5], 42)
    document = pdf.Pdf()
    document.page(pdf.lines_at(["Two columns"], 240, 740, size=16)
                  + pdf.lines_at(left, 60, 700) + pdf.lines_at(right, 330, 700))
    document.plant()
    return good("two columns below a title, read one after the other",
                document.render(),
                [lines_text(["Two columns", *left, *right])])


def owner_password():
    pages = story_pages()
    return good("RC4 with 128 bits; only an owner password, so it opens",
                plain_pdf(pages).render("", "owner"),
                [lines_text(p) for p in pages])


def no_text():
    document = pdf.Pdf()
    for radius in (40, 80):
        document.page(f"2 w 100 100 {radius} {radius} re S\n".encode())
    document.plant()
    return good("two pages with a drawing each and no text at all",
                document.render(), ["", ""])


def unicode_text():
    lines = [prose.GREEK, *prose.wrapped(prose.RUSSIAN, 60)[:2], "時刻表と灯台"]
    document = pdf.Pdf()
    font, encode = pdf.unicode_font(document, "".join(lines))
    body = b"".join(encode(line) + b" Tj T*\n" for line in lines)
    document.page(b"BT /F2 10 Tf 14 TL 72 720 Td\n" + body + b"ET\n",
                  fonts=f"/F2 {font} 0 R")
    document.plant()
    return good("Greek, Cyrillic and Japanese by way of a ToUnicode map",
                document.render(), [lines_text(lines)])


def rotated():
    lines = ["This page is turned", *prose.wrapped(prose.PARAGRAPHS[4], 60)]
    content = (b"BT /F1 10 Tf 14 TL 0 1 -1 0 100 100 Tm\n"
               + b"".join(pdf.show(line) + b" Tj T*\n" for line in lines) + b"ET\n")
    document = pdf.Pdf()
    document.page(content, extra=" /Rotate 90")
    document.plant()
    return good("a page with /Rotate 90", document.render(), [lines_text(lines)])


def form():
    """Widgets and a note, whose text is no part of the page's content."""
    document = pdf.Pdf()
    fields, pages = [], []

    def drawn(rect, lines):
        """Their appearance, for readers that show it: not ours to read."""
        x0, y0, x1, y1 = rect
        box = f" /Type /XObject /Subtype /Form /BBox [0 0 {x1 - x0} {y1 - y0}]"
        font = f" /Resources << /Font << /F1 {document.font} 0 R >> >>"
        return document.stream(pdf.lines_at(lines, 2, y1 - y0 - 12), box + font)

    def annot(rect, lines, rest, flags=4):
        return document.add(
            f"<< /Type /Annot /Rect [{' '.join(map(str, rect))}] /F {flags}"
            f" /AP << /N {drawn(rect, lines)} 0 R >> {rest} >>")

    def field(name, rect, lines, rest, **kwargs):
        fields.append(annot(rect, lines, f"/Subtype /Widget /T ({name})"
                            f" /DA (/F1 10 Tf) {rest}", **kwargs))
        return fields[-1]

    def button(name, rect, rest, on):
        state = "/On" if on else "/Off"
        both = f"/AP << /N << /On {drawn(rect, ['4'])} 0 R /Off {drawn(rect, [])} 0 R >> >>"
        fields.append(document.add(
            f"<< /Type /Annot /Rect [{' '.join(map(str, rect))}] /F 4 {both}"
            f" /Subtype /Widget /T ({name}) {rest} /V {state} /AS {state} >>"))
        return fields[-1]

    def page(content, annots, extra=""):
        refs = " ".join(f"{number} 0 R" for number in annots)
        pages.append(document.page(content, extra=f" /Annots [{refs}]{extra}"))

    note = "Checked on board, twice"
    page(pdf.lines_at(["Passenger list"], 72, 720, 14)
         + b"".join(pdf.lines_at([label], 72, y) for label, y in
                    (("Name:", 684), ("Harbour:", 654), ("Remarks:", 628)))
         + b"".join(pdf.lines_at([label], x, 400) for label, x in
                    (("Bicycle:", 72), ("Car:", 200), ("Deck:", 320))),
         [field("name", (140, 678, 400, 698), ["Ada Byron"],
                "/FT /Tx /V (Ada Byron)"),
          field("secret", (420, 678, 500, 698), ["hidden"],
                "/FT /Tx /V (hidden)", flags=6),
          field("key", (420, 648, 500, 668), ["****"],
                "/FT /Tx /Ff 8192 /V (password)"),
          field("harbour", (140, 648, 400, 668), ["North quay"],
                "/FT /Ch /Ff 131072 /Opt [(South quay) (North quay)]"
                " /V (North quay)"),
          field("remarks", (140, 560, 400, 638), ["Two bicycles", "and a dog"],
                "/FT /Tx /Ff 4096 /V (Two bicycles\\nand a dog)"),
          field("empty", (140, 530, 400, 550), [], "/FT /Tx"),
          annot((72, 480, 400, 500), [note],
                f"/Subtype /FreeText /DA (/F1 10 Tf) /Contents ({note})"),
          button("bicycle", (140, 396, 154, 410), "/FT /Btn", True),
          button("car", (240, 396, 254, 410), "/FT /Btn", False),
          button("deck", (370, 396, 384, 410), "/FT /Btn /Ff 49152", True),
          annot((72, 440, 92, 460), [],
                "/Subtype /Text /Contents (a note that is closed)")])
    # Turned: this field stands below the text for whoever reads the page.
    page(b"BT /F1 10 Tf 0 1 -1 0 120 100 Tm (Above the field) Tj ET\n",
         [field("turned", (140, 100, 160, 400), ["Below the text"],
                "/FT /Tx /V (Below the text) /MK << /R 90 >>")], " /Rotate 90")
    document.plant()
    refs = " ".join(f"{number} 0 R" for number in fields)
    document.set(document.root, f"<< /Type /Catalog /Pages {document.tree} 0 R"
                 f" /AcroForm << /Fields [{refs}] /DR << /Font << /F1"
                 f" {document.font} 0 R >> >> >> >>")
    return good("fields of a form, one of them hidden, boxes that are on, and a note on the page",
                document.render(),
                ["Passenger list\nName: Ada Byron\nHarbour: North quay\n"
                 f"Remarks: Two bicycles and a dog\n{note}\n"
                 "Bicycle: ✔ Car: Deck: ●\n",
                 "Above the field\nBelow the text\n"])


def metadata():
    lines = ["Look at the metadata, not at me."]
    document = plain_pdf([lines], "1.7", Title="Über die Fähre – 渡し船",
                         Author="Zoë Ångström", Subject="Line one\nline two",
                         Keywords="ferry, ledger", Creator="gen-corpus",
                         Producer="gen-corpus", CreationDate="D:20240229235959+05'30'",
                         ModDate="D:2024")
    return good("title in UTF-16, dates with a zone and cut short",
                document.render(), [lines_text(lines)])


def bookmarks():
    """An outline of two levels: by page, by name, to the web, and to nowhere."""
    pages = [["The title page."], ["The first chapter."], ["The second chapter."]]
    document = plain_pdf(pages, "1.7")
    first, second, third = document.pages
    items = [document.reserve() for _ in range(5)]
    outline = document.add(f"<< /Type /Outlines /First {items[0]} 0 R"
                           f" /Last {items[4]} 0 R /Count 4 >>")

    def item(at, title, parent, rest):
        document.set(items[at], f"<< /Title {pdf.text_string(title)}"
                     f" /Parent {parent} 0 R {rest} >>")

    item(0, "Title page", outline, f"/Dest [{first} 0 R /Fit] /Next {items[1]} 0 R")
    item(1, "Über die Fähre", outline,
         f"/A << /S /GoTo /D [{second} 0 R /XYZ 0 700 0] >> /First {items[2]} 0 R"
         f" /Last {items[3]} 0 R /Count -2 /Prev {items[0]} 0 R /Next {items[4]} 0 R")
    item(2, "By name", items[1], f"/Dest /second /Next {items[3]} 0 R")
    item(3, "On the\tweb", items[1], "/A << /S /URI /URI (http://example.org/) >>"
         f" /Prev {items[2]} 0 R")
    item(4, "Nowhere", outline, f"/Prev {items[1]} 0 R")
    document.set(document.root, f"<< /Type /Catalog /Pages {document.tree} 0 R"
                 f" /Outlines {outline} 0 R"
                 f" /Dests << /second [{third} 0 R /Fit] >> >>")
    return good("bookmarks of two levels: by page, by name, to the web, to nowhere",
                document.render(), [lines_text(lines) for lines in pages])


def incremental():
    document = plain_pdf([["The old first page."], ["The second page."]])
    old = document.render()
    lines = ["The new first page."]
    content = pdf.lines_at(lines, 72, 720)
    # The first page's content stream is the object before that page.
    body = f"<< /Length {len(content)} >>\nstream\n".encode() + content + b"\nendstream"
    data = pdf.updated(old, document.pages[0] - 1, body,
                       len(document.objects) + 1, document.root)
    return good("an incremental update replaces the text of page 1", data,
                [lines_text(lines), "The second page.\n"])


def pdf_named_text():
    lines = ["A PDF whatever its name says."]
    return good("a PDF with the name of a text", plain_pdf([lines]).render(),
                [lines_text(lines)])


# Broken PDFs

def truncated_pdf():
    data = plain_pdf(plain_pages(6, seed=2)).render()
    return bad("a PDF of six pages that ends in the middle of the fourth",
               data[:len(data) * 60 // 100], "failed", "truncated")


def cut_update():
    data = incremental().data
    return bad("an incremental update without its end: the text from before it"
               " comes out", data[:data.rindex(b"xref\n0 1\n")], "partial",
               "truncated", ["The old first page.\n", "The second page.\n"])


def garbage():
    dull = prose.Dull(3)
    return bad("noise with the name of a PDF",
               bytes(dull.number(256) for _ in range(3000)), "failed", "unknown")


def text_named_pdf():
    page = lines_text(["<p>404 Not Found: nothing of that name is here.",
                       *prose.wrapped(prose.PARAGRAPHS[1], 70)])
    return bad("a text with the name of a PDF, as a failed download leaves it:"
               " its text comes out, and it counts as partial",
               page.encode(), "partial", "mislabelled", [page], "exact")


def png_named_pdf():
    def chunk(kind, body):
        return (len(body).to_bytes(4, "big") + kind + body
                + zlib.crc32(kind + body).to_bytes(4, "big"))
    data = (b"\x89PNG\r\n\x1a\n"
            + chunk(b"IHDR", bytes([0, 0, 0, 2, 0, 0, 0, 2, 8, 0, 0, 0, 0]))
            + chunk(b"IDAT", zlib.compress(b"\0\0\xff\0\xff\0", 9))
            + chunk(b"IEND", b""))
    return bad("a PNG image with the name of a PDF", data, "skipped",
               "unsupported")


def password_rc4():
    pages = story_pages()[:2]
    return bad("RC4 with 128 bits; the user's password is `harbour'",
               plain_pdf(pages).render("harbour", "owner"), "failed", "encrypted")


def page_cycle():
    document = plain_pdf([["Page one before the loop."], ["Page two before it."]])
    first, second = document.pages
    document.set(document.tree, f"<< /Type /Pages /Kids [{first} 0 R {second} 0 R"
                 f" {document.tree} 0 R] /Count 3 >>")
    return bad("a page tree that contains itself: two pages, and a third that"
               " is not there", document.render(), "partial", "damaged",
               ["Page one before the loop.\n", "Page two before it.\n", ""])


def count_too_high():
    pages = plain_pages(3, sentences=3, seed=4)
    document = plain_pdf(pages)
    document.plant(count=5)
    return bad("/Count says 5 pages and there are 3", document.render(),
               "partial", "damaged", [lines_text(p) for p in pages] + ["", ""])


def count_absurd():
    pages = plain_pages(2, sentences=3, seed=5)
    document = plain_pdf(pages)
    document.plant(count=2000000000)
    return bad("/Count says two thousand million pages and there are 2",
               document.render(), "failed", "damaged")


def broken_page():
    pages = plain_pages(3, sentences=3, seed=6)
    document = plain_pdf(pages)
    document.set(document.pages[1], "[ 1 2 3 ]")
    return bad("the second of three page objects is an array; the third takes"
               " its place, and none is left for the third",
               document.render(), "partial", "damaged",
               [lines_text(pages[0]), lines_text(pages[2]), ""])


# EPUB

CHAPTER_1 = """<h1>The ferry</h1>
<p>It leaves at six &amp; comes back at <em>noon</em>. Nobody has ever
counted   the books.</p>
<p>A second paragraph,<br/>broken once.</p>
"""
CHAPTER_1_TEXT = """The ferry

It leaves at six & comes back at noon. Nobody has ever counted the books.

A second paragraph,
broken once.
"""
CHAPTER_2 = """<h2>Lists &#8211; and tables</h2>
<ul><li>oil</li><li>rope</li></ul>
<ol><li>weigh</li><li>seal</li></ol>
<table><tr><th>Boat</th><th>Year</th></tr><tr><td>Gull</td><td>1931</td></tr></table>
"""
CHAPTER_2_TEXT = """Lists – and tables

- oil
- rope

1. weigh
2. seal

Boat\tYear
Gull\t1931
"""


def epub2():
    doctype = ('<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN"'
               ' "http://www.w3.org/TR/xhtml11/DTD/xhtml11.dtd">\n')
    entities = ("<h1>Entities</h1>\n<p>caf&eacute; &mdash; na&iuml;ve &hellip;"
                " 3&nbsp;&euro; &lt;tag&gt;</p>\n")
    items = {
        "ncx": ("toc.ncx", "application/x-dtbncx+xml", ""),
        "one": ("text/one.xhtml", "application/xhtml+xml", ""),
        "two": ("text/two%20words.xhtml", "application/xhtml+xml", ""),
        "three": ("text/three.xhtml", "application/xhtml+xml", ""),
    }
    data = epub.packed({
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": epub.CONTAINER,
        "OEBPS/book.opf": epub.package(
            "2.0", items, ["one", "three", "two"],
            "<dc:title>The ferry &amp; other papers</dc:title>"
            "<dc:creator>Extract sample corpus</dc:creator>"
            "<dc:language>en</dc:language><dc:date>2024-03-01</dc:date>",
            ' toc="ncx"'),
        "OEBPS/toc.ncx": epub.NCX,
        # Stored in another order than the spine's.
        "OEBPS/text/two words.xhtml": epub.xhtml(CHAPTER_2, doctype=doctype),
        "OEBPS/text/one.xhtml": epub.xhtml(CHAPTER_1, doctype=doctype),
        "OEBPS/text/three.xhtml": epub.xhtml(entities, doctype=doctype),
    })
    return good("EPUB 2 with NCX, a spine in its own order, named entities and"
                " a percent-encoded name", data,
                [CHAPTER_1_TEXT,
                 "Entities\n\ncafé — naïve … 3\u00a0€ <tag>\n",
                 CHAPTER_2_TEXT])


def epub3():
    head = "<style>p { color: red }</style><script>var hidden = 1;</script>"
    image = ('<h1>Pictures</h1>\n<p>Before <img src="a.png" alt="a gull on a'
             ' post"/> after.</p>\n<script>document.write("hidden");</script>\n')
    nav = ('<nav epub:type="toc"><h1>Contents</h1><ol><li><a href="one.xhtml">'
           "Nav label</a></li></ol></nav>\n")
    latin = ('<?xml version="1.0" encoding="ISO-8859-1"?>\n'
             '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>T</title>'
             "</head><body><p>Grüße aus Århus.</p></body></html>\n")
    utf16 = ('<?xml version="1.0" encoding="UTF-16"?>\n'
             '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>T</title>'
             f"</head><body><p>{prose.GREEK}</p></body></html>\n")
    items = {
        "nav": ("nav.xhtml", "application/xhtml+xml", "nav"),
        "one": ("one.xhtml", "application/xhtml+xml", ""),
        "two": ("deep/er/two.xhtml", "application/xhtml+xml", ""),
        "img": ("image.xhtml", "application/xhtml+xml", ""),
        "latin": ("latin.xhtml", "application/xhtml+xml", ""),
        "utf16": ("utf16.xhtml", "application/xhtml+xml", ""),
    }
    data = epub.packed({
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": epub.CONTAINER,
        "OEBPS/book.opf": epub.package(
            "3.0", items, ["one", "two", "img", "latin", "utf16"],
            "<dc:title>Sample EPUB 3</dc:title><dc:creator>First Author"
            "</dc:creator><dc:creator>Second Author</dc:creator>"
            "<dc:language>en</dc:language>"
            '<meta property="dcterms:modified">2024-03-01T12:00:00Z</meta>'),
        "OEBPS/nav.xhtml": epub.xhtml(nav),
        "OEBPS/one.xhtml": epub.xhtml(CHAPTER_1, head=head),
        "OEBPS/deep/er/two.xhtml": epub.xhtml(CHAPTER_2),
        "OEBPS/image.xhtml": epub.xhtml(image),
        "OEBPS/latin.xhtml": latin.encode("latin-1"),
        "OEBPS/utf16.xhtml": utf16.encode("utf-16"),
    })
    return good("EPUB 3: script, style and nav left out, an image's alternative"
                " text, chapters in ISO 8859-1 and UTF-16", data,
                [CHAPTER_1_TEXT, CHAPTER_2_TEXT,
                 "Pictures\n\nBefore a gull on a post after.\n",
                 "Grüße aus Århus.\n", prose.GREEK + "\n"])


def three_chapters():
    texts = [f"Chapter {n}\n\n{prose.folded(prose.PARAGRAPHS[n])}\n"
             for n in (1, 2, 3)]
    chapters = [epub.xhtml("<h1>{}</h1>\n<p>{}</p>\n".format(*t.strip().split("\n\n")))
                for t in texts]
    return texts, chapters


def truncated_epub():
    data = epub.book(three_chapters()[1])
    return bad("an EPUB whose second half is missing", data[:len(data) // 2],
               "failed", "truncated")


def chapter_bad_crc():
    texts, chapters = three_chapters()
    data = epub.with_bad_crc(epub.book(chapters), "OEBPS/text/c2.xhtml")
    return bad("the second of three chapters has a wrong checksum; its text"
               " comes out all the same", data, "partial", "damaged", texts)


def chapter_missing():
    texts, chapters = three_chapters()
    data = epub.book(chapters).replace(b"OEBPS/text/c2.xhtml",
                                       b"OEBPS/text/cX.xhtml")
    return bad("the second of three chapters is not in the archive", data,
               "partial", "damaged", [texts[0], "", texts[2]])


def lying_sizes():
    texts, chapters = three_chapters()
    data = epub.with_size(epub.book(chapters), "OEBPS/text/c2.xhtml", 0xF0000000)
    return good("the second of three chapters claims to be 3.75 GiB long, which"
                " nobody needs to believe", data, texts)


def bomb():
    texts, chapters = three_chapters()
    chapters[1] = epub.xhtml("<p>" + " " * (70 << 20) + "</p>\n")
    return bad("the second of three chapters is 70 MiB of blanks",
               epub.book(chapters), "partial", "limit", [texts[0], "", texts[2]])


OWN_ENTITIES = """<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN"
 "http://www.w3.org/TR/xhtml11/DTD/xhtml11.dtd" [
<!-- <!ENTITY boat "never"> -->
<!ENTITY boat "<i>Gull</i>">
<!ENTITY boat "Tern">
<!ENTITY dash ' &#8212; '>
<!ENTITY log "&boat;&dash;caf&eacute; &#38;amp; rope">
<!ENTITY outside SYSTEM "http://nowhere.invalid/outside.txt">
<!ENTITY % parameter "never">
]>
"""


def own_entities():
    one = ('<h1>Log</h1>\n<p>The &boat; sails. &log;; &lt;&outside;&gt; &#38; AT&amp;T'
           '</p>\n<p><img src="a.png" alt="at sea&dash;&#34;alone&#34;"/></p>\n'
           "<pre><![CDATA[&boat;]]></pre>\n")
    two = "<p>A &boat; that another chapter declares.</p>\n"
    return good("a chapter declares entities of its own, which count in it alone;"
                " one that points outside stays as it is written",
                epub.book([epub.xhtml(one, doctype=OWN_ENTITIES), epub.xhtml(two)]),
                ["Log\n\nThe Gull sails. Gull \u2014 caf\u00e9 & rope;"
                 " <&outside;> & AT&T\n\nat sea \u2014 \"alone\"\n\n&boat;\n",
                 "A &boat; that another chapter declares.\n"])


def entity_bomb():
    texts, chapters = three_chapters()
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">\n' for n in range(1, 8))
    doctype = f'<!DOCTYPE html [\n<!ENTITY l0 "ha ha ">\n{laughs}]>\n'
    chapters[1] = epub.xhtml("<h1>Laughs</h1>\n<p>&l7;</p>\n", doctype=doctype)
    return bad("the second of three chapters declares entities that come to sixty"
               " million bytes; they stay as they are written",
               epub.book(chapters), "partial", "limit",
               [texts[0], "Laughs\n\n&l7;\n", texts[2]])


def drm():
    chapters = three_chapters()[1]
    encryption = """<?xml version="1.0" encoding="UTF-8"?>
<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container"
    xmlns:enc="http://www.w3.org/2001/04/xmlenc#">
""" + "".join(f"""  <enc:EncryptedData>
    <enc:EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes128-cbc"/>
    <enc:CipherData><enc:CipherReference URI="OEBPS/text/c{i}.xhtml"/></enc:CipherData>
  </enc:EncryptedData>
""" for i in (1, 2, 3)) + "</encryption>\n"
    dull = prose.Dull(9)
    noise = [bytes(dull.number(256) for _ in range(200)) for _ in chapters]
    return bad("its chapters are encrypted (DRM)",
               epub.book(noise, extra={"META-INF/encryption.xml": encryption}),
               "failed", "encrypted")


# Text

def text(about, content, charset, mark=b""):
    return good(about, mark + content.encode(charset), [content], "exact")


def filled(*texts, width=72):
    """Enough of a language for its charset to be guessed."""
    return lines_text(line for t in texts for line in prose.wrapped(t, width))


def form_feed():
    content = "The first part.\n\fThe second part, after a form feed.\n"
    return good("a text with a form feed of its own, which stays",
                content.encode(), [content], "exact")


MARKDOWN = """# The harbour

*Ferry*, **ledger** and `rope`:

- six o'clock
- noon

| boat | year |
|------|------|
| Gull | 1931 |
"""


# Mail

def mailbox():
    pages = [f"From: gull@example.org\nSubject: Letter {number}\n\n"
             f"This is letter {number}.\nFrom the harbour.\n" for number in (1, 2, 3)]
    return good("a mailbox of three messages, a quoted `From ' in each",
                mail.mailbox(), pages, "exact")


def letters():
    note = "Sent from the harbour.\n"
    return {
        "good-parts.eml": good(
            "a message with encoded fields, text as HTML too, and a second text",
            mail.with_parts(), [mail.SHOWN + mail.BODY + "\n" + note], "exact"),
        "good-html.eml": good("a message that is HTML", mail.html_only(),
                              [mail.SHOWN + "Times\n\nGull\t6\u00a0h\n"], "exact"),
        "good-flowed.eml": good(
            "paragraphs wrapped as format=flowed, in KOI8-R", mail.flowed(),
            [mail.SHOWN + "Паром идёт в шесть.\n\n> Когда он идёт?\n"], "exact"),
        "good-mailbox.mbox": mailbox(),
        "good-apple.emlx": good("a message of Apple Mail, with its property list",
                                mail.emlx(), [mail.SHOWN + "Short.\n"], "exact"),
        "bad-cut.eml": bad("the same message as good-parts.eml, cut in its last text",
                           mail.cut(), "partial", "truncated",
                           [mail.SHOWN + mail.BODY + "\nSent from\n"], "exact"),
        "bad-encrypted.eml": bad("encrypted by OpenPGP, but for its fields",
                                 mail.encrypted(), "partial", "encrypted",
                                 [mail.SHOWN.rstrip("\n") + "\n"], "exact"),
    }


def web_samples():
    found = {name: good(about, data, [shown], "exact")
             for name, (about, data, shown) in web.documents().items()}
    found["bad-cut.xml"] = bad("XML that is cut within a tag", web.BROKEN.encode(),
                               "partial", "damaged", ["Gull\nTern & Co\n"], "exact")
    return found


# Books and pages

def more_books():
    """Made by books.py. One is None: calibre puts the time into what it makes of
    good-epub3.epub, so it is kept as it was first made."""
    mobi, bundle, chm = books.book(), books.bundled_djvu(), books.help_file()
    pages, xps = books.book_pages(), books.xps.page(books.xps.glyphs(96, 100, "Third"))
    layers = [books.FERRY, "Grüße aus Århus: the second\npage is packed.\n"]
    chapters = epub3()
    return {
        "good-book.mobi": good("Mobipocket: two chapters, a page each", mobi, pages),
        "good-epub3.azw3": chapters._replace(
            data=None, about="good-epub3.epub as calibre makes a Kindle's book of it"),
        "good-text.pdb": good("PalmDOC: windows-1252 and lines that end with CR LF",
                              books.palm_text(), ["It’s a text.\nGrüße.\n"]),
        "good-bundle.djvu": good("DjVu: pages with a text layer, with a packed one and"
                                 " without", bundle, [*layers, ""]),
        "good-pages.xps": good("XPS: two documents, parts in pieces, a word in pieces",
                               books.pages_xps(xps), [books.XPS_TEXT, "Second page\n",
                                                      "Third\n", "The last\n"]),
        "good-help.chm": good("CHM: topics in the order of its table of contents",
                              chm, books.HELP_TEXT),
        "good-comic.cbz": good("a comic book: two pages without text",
                               books.comic(), ["", ""]),
        "bad-drm.mobi": bad("encrypted (DRM)", books.book(encryption=2), "failed",
                            "encrypted"),
        "bad-truncated.mobi": bad("its end is missing", mobi[:-3000], "partial",
                                  "truncated", ["One\n\nText of the first, Grüße.\n"
                                                + books.MORE * 36 + "\nM\n"]),
        "bad-truncated.djvu": bad("the last page and a part of the second are missing",
                                  bundle[:-70], "partial", "truncated",
                                  [layers[0], "", ""]),
        "bad-directory.djvu": bad("its directory is damaged; the pages are found",
                                  bundle.replace(b"DIRM", b"DURM"), "partial",
                                  "damaged", [*layers, ""]),
        "bad-page.xps": bad("the third of four pages is not in the package",
                            books.pages_xps(None), "partial", "damaged",
                            [books.XPS_TEXT, "Second page\n", "", "The last\n"]),
        "bad-truncated.chm": bad("its end with the compressed topics is missing",
                                 chm[:-30000], "partial", "truncated",
                                 ["", "", books.HELP_TEXT[2]]),
    }


def samples():
    """NAME: Sample, in the order of the README. None for data: made by
    another program, see gen-corpus."""
    japanese = "".join(line + "\n" for line in prose.JAPANESE.split())
    secret = [lines_text(p) for p in story_pages()[:2]]
    return {
        "good-simple.pdf": simple(),
        "good-object-streams.pdf": object_streams(),
        "good-forty-pages.pdf": forty_pages(),
        "good-two-columns.pdf": two_columns(),
        "good-owner-password.pdf": owner_password(),
        "good-owner-password-aes.pdf": good(
            "AES with 256 bits; only an owner password, so it opens", None, secret),
        "good-no-text.pdf": no_text(),
        "good-unicode.pdf": unicode_text(),
        "good-rotated.pdf": rotated(),
        "good-form.pdf": form(),
        "good-metadata.pdf": metadata(),
        "good-bookmarks.pdf": bookmarks(),
        "good-incremental.pdf": incremental(),
        "good-pdf-named.txt": pdf_named_text(),
        "good-epub2.epub": epub2(),
        "good-epub3.epub": epub3(),
        "good-spoken.epub": good(
            "EPUB 3 that is read out: overlays and a program for a type of its own are"
            " left out, and what is not linear stays", books.spoken(), books.SPOKEN_TEXT),
        "good-entities.epub": own_entities(),
        "good-size-lie.epub": lying_sizes(),
        "good-text.odt": good(
            "OpenDocument text: lists, a table, notes, a comment, a box",
            odf.archive("text", "text", odf.STORY), [lines_text(odf.STORY_TEXT)]),
        "good-text.fodt": good("the same as one flat file",
                               odf.flat("text", "text", odf.STORY),
                               [lines_text(odf.STORY_TEXT)]),
        "good-sheets.ods": good(
            "OpenDocument spreadsheet: repeated rows and cells, a sheet a page",
            odf.archive("spreadsheet", "spreadsheet", odf.SHEETS, masters=False),
            [lines_text(t) for t in odf.SHEETS_TEXT]),
        "good-slides.odp": good(
            "OpenDocument presentation: shapes and notes, a slide a page",
            odf.archive("presentation", "presentation", odf.SLIDES, masters=False),
            [lines_text(t) for t in odf.SLIDES_TEXT]),
        "good-text.rtf": good(
            "RTF: four code pages, Unicode, a table, notes, hidden text",
            odf.RTF.encode(), [lines_text(odf.RTF_TEXT)]),
        "good-utf8.txt": text("UTF-8 in five languages", filled(
            prose.GERMAN, prose.FRENCH, prose.RUSSIAN, prose.GREEK)
            + japanese, "utf-8"),
        "good-utf8-bom.txt": text("UTF-8 after a byte order mark, which goes",
                                  filled(prose.GERMAN), "utf-8", b"\xef\xbb\xbf"),
        "good-utf16le.txt": text("UTF-16, little end first, with its mark",
                                 filled(prose.RUSSIAN), "utf-16-le", b"\xff\xfe"),
        "good-utf16be.txt": text("UTF-16, big end first, with its mark",
                                 japanese, "utf-16-be", b"\xfe\xff"),
        "good-latin1.txt": text("ISO 8859-1: German", filled(prose.GERMAN), "latin-1"),
        "good-windows-1252.txt": text("windows-1252: French with its quotes and"
                                      " the euro", filled(prose.FRENCH), "cp1252"),
        "good-latin9.txt": text("ISO 8859-15: what differs from windows-1252 are the"
                                " euro and the ligature", "Le prix de l'œuvre est de"
                                " 30 €.\nUn cœur, déjà vu à Noël.\n", "iso8859-15"),
        "good-gb18030.txt": text("GB 18030: Chinese with characters of four bytes",
                                 "國語辭典與臺灣繁體字。\n張學良與宋美齡於遼寧會晤，談論時局。"
                                 "\n朱镕基、陶喆、李堃，㐀㐁䶮㛃㙍𠀀𠮷𡃁𪚥。\n", "gb18030"),
        "good-koi8-r.txt": text("KOI8-R: Russian", filled(prose.RUSSIAN), "koi8-r"),
        "good-shift-jis.txt": text("Shift-JIS: Japanese", japanese, "shift-jis"),
        "good-no-newline.txt": good("a line that does not end, and is given its"
                                    " end", b"no newline", ["no newline\n"], "exact"),
        "good-form-feed.txt": form_feed(),
        "good-markdown.md": text("Markdown, which is text as it is", MARKDOWN, "utf-8"),
        "bad-empty.pdf": bad("no bytes at all", b"", "failed", "empty"),
        "bad-truncated.pdf": truncated_pdf(),
        "bad-cut-update.pdf": cut_update(),
        "bad-garbage.pdf": garbage(),
        "bad-text.pdf": text_named_pdf(),
        "bad-png.pdf": png_named_pdf(),
        "bad-password.pdf": password_rc4(),
        "bad-password-aes.pdf": bad(
            "AES with 256 bits; the user's password is `harbour'", None,
            "failed", "encrypted"),
        "bad-page-cycle.pdf": page_cycle(),
        "bad-count.pdf": count_too_high(),
        "bad-count-absurd.pdf": count_absurd(),
        "bad-page.pdf": broken_page(),
        "bad-truncated.epub": truncated_epub(),
        "bad-crc.epub": chapter_bad_crc(),
        "bad-chapter.epub": chapter_missing(),
        "bad-bomb.epub": bomb(),
        "bad-entities.epub": entity_bomb(),
        "bad-drm.epub": drm(),
        **oldoffice.samples(good, bad),
        **doclists.samples(good),
        **tnef.samples(good, bad),
        **xlsb.samples(good, bad),
        **ooxml.samples(good, bad),
        **letters(),
        **web_samples(),
        "bad-encrypted.odt": bad(
            "an OpenDocument text whose manifest says that it is encrypted",
            odf.archive("text", "text", "", xml="\x01\x02\x03", manifest=
                        "<manifest:file-entry manifest:full-path='content.xml'>"
                        "<manifest:encryption-data/></manifest:file-entry>"),
            "failed", "encrypted"),
        "bad-cut.odt": bad(
            "an OpenDocument text whose content breaks off within a word",
            odf.archive("text", "text", "", masters=False, xml=odf.content(
                "text", "<text:p>First.</text:p><text:p>Second, and the re")[:-44]),
            "partial", "damaged", [lines_text(["First.", "Second, and the re"])]),
        "bad-cut.rtf": bad("RTF that breaks off within a group",
                           b"{\\rtf1\\ansi Kept.\\par {\\b And th", "partial",
                           "truncated", [lines_text(["Kept.", "And th"])]),
        **more_books(),
    }


def password_pages():
    """What qpdf encrypts."""
    return plain_pdf(story_pages()[:2])
