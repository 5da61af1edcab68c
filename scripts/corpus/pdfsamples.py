# SPDX-License-Identifier: GPL-3.0-or-later
"""The samples that are PDF: what is in each, and what text it must give."""

import zlib

from . import pdf, prose
from .sample import bad, good, lines_text


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
    pages = plain_pages(6, seed=2)
    data = plain_pdf(pages).render()
    return bad("a PDF of six pages that ends in the middle of the fourth; three"
               " come out",
               data[:len(data) * 60 // 100], "partial", "truncated",
               [lines_text(p) for p in pages[:3]] + ["", "", ""])


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
    return bad("/Count says two thousand million pages and there are 2, which come"
               " out", document.render(), "ok", "-", [lines_text(p) for p in pages])


def broken_page():
    pages = plain_pages(3, sentences=3, seed=6)
    document = plain_pdf(pages)
    document.set(document.pages[1], "[ 1 2 3 ]")
    return bad("the second of three page objects is an array; the third takes"
               " its place, and none is left for the third",
               document.render(), "partial", "damaged",
               [lines_text(pages[0]), lines_text(pages[2]), ""])
