# SPDX-License-Identifier: GPL-3.0-or-later
"""The bytes of the sample books: Mobipocket, DjVu, XPS, CHM and comics."""

import base64

from . import chm, djvu, epub, mobi, xps

# Packed by bzz of DjVuLibre: the text layer of a page, and the directory of the
# three files of bundled_djvu().
PACKED_LAYER = "///M+tK4Xp+KNAvqcZgffZ1QhsiNAZLpJdoqyK/ZsexOpeIEiPEVeE3o/w0jF9/Q55ISnRc="
PACKED_DIRECTORY = "///av4ogZdVw3VnjVxmi9AYLJEMwcvKErZd8DMUP"

FERRY = "The ferry leaves at six.\nIt comes back at noon.\n"


def djvu_pages():
    return [
        djvu.page(djvu.chunk(b"TXTa", djvu.layer(FERRY + "\x1f\x0b")),
                  djvu.annotations(Title='The \\"harbour\\"', author="A. Writer")),
        djvu.page(djvu.chunk(b"TXTz", base64.b64decode(PACKED_LAYER))),
        djvu.page(),
    ]


def bundled_djvu():
    return djvu.bundle(djvu_pages(), PACKED_DIRECTORY)


def book_html():
    more = "<p>More and more words to fill a record of the book.</p>" * 100
    return ("<html><head><guide></guide></head><body><h1>One</h1>"
            f"<p>Text of the first, Grüße.</p>{more}<mbp:pagebreak/>"
            "<h1>Two</h1><p>The end.</p></body></html>").encode()


MORE = "\nMore and more words to fill a record of the book.\n"


def book_pages():
    return [f"One\n\nText of the first, Grüße.\n{MORE * 100}", "Two\n\nThe end.\n"]


def book(encryption=0):
    return mobi.mobipocket("A sample book", book_html(), [
        (100, "First Author"), (101, "A Publisher"), (105, "Harbours"),
        (106, "2024-01-02")], encryption)


def palm_text():
    return mobi.palmdoc("A text", "It’s a text.\r\nGrüße.\r\n".encode("cp1252"))


def xps_page():
    g = xps.glyphs
    return xps.page(
        g(96, 100, "The harbour", 32),
        g(96, 150, "The ferry leaves at six and comes back"),
        g(96, 170, "at noon. It is said that there"),
        # A word in three pieces, which only widths hold together.
        g(96, 220, "Ka"), g(112, 220, "pi", Indices=",60;"),
        g(112 + 17.6, 220, "tel &amp; text"),
        '<Canvas RenderTransform="2,0,0,2,96,300">'
        + g(0, 0, "Scaled words of a canvas", 10) + "</Canvas>",
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-'
        'compatibility/2006"><mc:Choice Requires="x">' + g(96, 400, "not shown")
        + "</mc:Choice><mc:Fallback>" + g(96, 400, "{}{brace}")
        + "</mc:Fallback></mc:AlternateContent>")


XPS_TEXT = ("The harbour\nThe ferry leaves at six and comes back\n"
            "at noon. It is said that there\nKapitel & text\n"
            "Scaled words of a canvas\n{brace}\n")
XPS_PROPERTIES = {"title": "Harbour", "creator": "A. Writer",
                  "created": "2024-01-02T03:04:05Z"}


def pages_xps(third):
    return xps.package(
        [[xps_page(), xps.page(xps.glyphs(96, 100, "Second page"))],
         [third, xps.page(xps.glyphs(96, 100, "The last"))]], XPS_PROPERTIES,
        pieces=["FixedDocumentSequence.fdseq", "Documents/1/Pages/2.fpage"])


def help_file():
    def page(body):
        return f"<html><head><title>x</title></head><body>{body}</body></html>".encode()
    return chm.help_file(
        {"/#SYSTEM": chm.system("Harbour help", "toc.hhc"),
         "/toc.hhc": chm.sitemap([("Rope", "b.htm"), ("Oil", "sub/a.htm#x"),
                                  ("Rope again", "b.htm#y")]),
         "/z.htm": page("<p>In no table of contents.</p>")},
        {"/b.htm": page("<h1>Rope</h1><p>stands first.</p>"),
         "/sub/a.htm": page("<h1>Oil</h1><ul><li>by its name<li>not here</ul>"),
         "/style.css": b"p { color: red }"})


HELP_TEXT = ["Rope\n\nstands first.\n", "Oil\n\n- by its name\n- not here\n",
             "In no table of contents.\n"]


def comic():
    return epub.packed({
        "001.jpg": b"\xff\xd8\xff\xe0", "002.jpg": b"\xff\xd8\xff\xe0",
        "ComicInfo.xml": "<?xml version='1.0'?><ComicInfo><Series>The Harbour</Series>"
        "<Number>3</Number><Writer>A. Writer</Writer><Year>2024</Year>"
        "<Month>2</Month></ComicInfo>"})
