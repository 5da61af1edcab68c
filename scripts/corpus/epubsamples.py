# SPDX-License-Identifier: GPL-3.0-or-later
"""The samples that are EPUB: what is in each, and what text it must give."""

from . import epub, prose
from .sample import bad, good

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
