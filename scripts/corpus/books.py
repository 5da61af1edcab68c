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


SPOKEN_OPF = """<?xml version="1.0" encoding="UTF-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="uid">
  <metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
    <dc:identifier id="uid">urn:sample:spoken</dc:identifier>
    <dc:title>The spoken harbour</dc:title><dc:language>en</dc:language>
    <meta property="media:duration" refines="#overlay">0:00:12</meta>
    <meta property="media:duration">0:00:12</meta>
    <meta property="media:narrator">Nora Reader</meta>
    <meta property="media:active-class">active</meta>
  </metadata>
  <manifest>
    <item id="one" href="one.xhtml" media-type="application/xhtml+xml"
          media-overlay="overlay"/>
    <item id="overlay" href="one.smil" media-type="application/smil+xml"/>
    <item id="sound" href="one.mp3" media-type="audio/mpeg"/>
    <item id="quiz" href="quiz.bin" media-type="application/x-quiz" fallback="plain"/>
    <item id="plain" href="plain.xhtml" media-type="application/xhtml+xml"/>
    <item id="game" href="game.bin" media-type="application/x-quiz"/>
    <item id="player" href="player.xhtml" media-type="application/xhtml+xml"
          properties="scripted"/>
    <item id="key" href="key.xhtml" media-type="application/xhtml+xml"/>
    <item id="nav" href="nav.xhtml" media-type="application/xhtml+xml"
          properties="nav"/>
  </manifest>
  <spine>
    <itemref idref="one"/><itemref idref="quiz"/><itemref idref="game"/>
    <itemref idref="key" linear="no"/><itemref idref="overlay"/>
  </spine>
  <bindings><mediaType handler="player" media-type="application/x-quiz"/></bindings>
</package>
"""

SPOKEN_SMIL = """<smil xmlns="http://www.w3.org/ns/SMIL" version="3.0"><body>
<par><text src="one.xhtml#a"/><audio src="one.mp3" clipEnd="5s"/></par>
<par><text src="one.xhtml#b"/><audio src="one.mp3" clipBegin="5s"/></par>
</body></smil>
"""


def spoken():
    return epub.packed({
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": epub.CONTAINER,
        "OEBPS/book.opf": SPOKEN_OPF,
        "OEBPS/one.xhtml": epub.xhtml(
            '<h1 id="a">Aloud</h1>\n<p id="b">Read by a voice<a epub:type="noteref"'
            ' href="#n">1</a>.</p>\n<epub:switch><epub:case required-namespace="x">'
            "<p>not shown</p></epub:case><epub:default><p>By default.</p>"
            '</epub:default></epub:switch>\n<object data="quiz.bin"'
            ' type="application/x-quiz"><p>A quiz stands here.</p></object>\n<aside id="n" epub:type="footnote">'
            "<p>1. A footnote.</p></aside>\n"),
        "OEBPS/one.smil": SPOKEN_SMIL,
        "OEBPS/one.mp3": b"\xff\xfb\x90\0",
        "OEBPS/quiz.bin": b"\0\1\2",
        "OEBPS/plain.xhtml": epub.xhtml("<p>The quiz on paper.</p>\n"),
        "OEBPS/game.bin": b"\0\1\2",
        "OEBPS/player.xhtml": epub.xhtml("<p>A program is loading.</p>\n"),
        "OEBPS/key.xhtml": epub.xhtml("<p>The answers.</p>\n"),
        "OEBPS/nav.xhtml": epub.xhtml("<h1>Contents</h1>\n"),
    })


SPOKEN_TEXT = ["Aloud\n\nRead by a voice1.\n\nBy default.\n\nA quiz stands here.\n\n1. A footnote.\n",
               "The quiz on paper.\n", "", "The answers.\n", ""]
