# SPDX-License-Identifier: GPL-3.0-or-later
"""OpenDocument archives and flat files, and RTF, written by hand."""

import io
import zipfile

NAMES = {
    "office": "office:1.0", "text": "text:1.0", "table": "table:1.0",
    "style": "style:1.0", "draw": "drawing:1.0", "meta": "meta:1.0",
    "presentation": "presentation:1.0", "svg": "svg-compatible:1.0",
}
SPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}"'
    for prefix, name in NAMES.items()
) + ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
TYPE = "application/vnd.oasis.opendocument."

META = ("<office:meta><dc:title>The lighthouse ledger</dc:title>"
        "<meta:initial-creator>Ada Example</meta:initial-creator>"
        "<meta:keyword>tide</meta:keyword><meta:keyword>lamp</meta:keyword>"
        "<meta:creation-date>2024-03-01T12:00:00</meta:creation-date></office:meta>")
LISTS = ('<text:list-style style:name="L1"><text:list-level-style-bullet'
         ' text:level="1"/><text:list-level-style-bullet text:level="2"/>'
         '</text:list-style><text:list-style style:name="L2">'
         '<text:list-level-style-number text:level="1" style:num-format="1"'
         ' style:num-suffix="."/><text:list-level-style-number text:level="2"'
         ' style:num-format="a" style:num-suffix=")" text:display-levels="2"/>'
         '</text:list-style>')
HIDDEN = ('<style:style style:name="T1" style:family="text">'
          '<style:text-properties text:display="none"/></style:style>')
MASTERS = ('<office:master-styles><style:master-page style:name="Standard">'
           '<style:header><text:p>Harbour office</text:p></style:header>'
           '<style:footer><text:p>Page <text:page-number>1</text:page-number></text:p>'
           '</style:footer></style:master-page></office:master-styles>')


def item(text, inner=""):
    return f"<text:list-item><text:p>{text}</text:p>{inner}</text:list-item>"


def bullets(style, *items):
    return f'<text:list text:style-name="{style}">{"".join(items)}</text:list>'


def cell(text, extra=""):
    return f"<table:table-cell{extra}><text:p>{text}</text:p></table:table-cell>"


def row(*cells, extra=""):
    return f"<table:table-row{extra}>{''.join(cells)}</table:table-row>"


def note(text, kind="footnote"):
    return (f'<text:note text:note-class="{kind}"><text:note-citation>1'
            f"</text:note-citation><text:note-body><text:p>{text}</text:p>"
            "</text:note-body></text:note>")


def box(text):
    return f"<draw:frame><draw:text-box><text:p>{text}</text:p></draw:text-box></draw:frame>"


STORY = (
    "<text:tracked-changes><text:changed-region><text:deletion><text:p>gone"
    "</text:p></text:deletion></text:changed-region></text:tracked-changes>"
    '<text:h text:outline-level="1">The lighthouse ledger</text:h>'
    f"<text:p>The keeper{box('Boxed in.')} wrote{note('As the rules had it.')} the"
    ' <text:span text:style-name="T1">hidden</text:span>weather down.</text:p>'
    + bullets("L1", item("lamps", bullets("L1", item("of brass"))), item("oil"))
    + bullets("L2", item("trim", bullets("L2", item("the wick"))), item("wind"))
    + '<table:table table:name="T">' + row(cell("Night"), cell("Ships"))
    + row(cell("Monday"), cell("12")) + "</table:table>"
    "<text:p>Tab<text:tab/>and<text:s text:c=\"2\"/>blanks<text:line-break/>and a"
    f" line{note('At the end.', 'endnote')}.<office:annotation><dc:creator>Bo"
    "</dc:creator><text:p>Check.</text:p></office:annotation></text:p>")
STORY_TEXT = ["Harbour office", "The lighthouse ledger",
              "The keeper wrote[1] the weather down.", "Boxed in.", "- lamps",
              "  - of brass", "- oil", "1. trim", "  1.a) the wick", "2. wind",
              "Night\tShips", "Monday\t12", "Tab\tand  blanks", "and a line[1].",
              "[1] As the rules had it.", "[1] At the end.",
              "Comment by Bo: Check.", "Page 1"]

SHEETS = (
    '<table:table table:name="Ferries"><table:shapes>' + box("A note on it.")
    + "</table:shapes>"
    + row(cell("Night"), '<table:table-cell table:number-columns-repeated="2"/>',
          cell("3.14", ' office:value="3.14159"'),
          '<table:table-cell table:number-columns-repeated="16380"/>')
    + row(cell("same", ' table:number-columns-repeated="2"'),
          '<table:table-cell office:value-type="float" office:value="7"/>',
          extra=' table:number-rows-repeated="2"')
    + row('<table:table-cell table:number-columns-repeated="16384"/>',
          extra=' table:number-rows-repeated="1048570"')
    + '</table:table><table:table table:name="Second">'
    + row("<table:table-cell/>", cell("x")) + "</table:table>")
SHEETS_TEXT = [["Ferries", "Night\t\t\t3.14", "same\tsame\t7", "same\tsame\t7",
                "A note on it."], ["Second", "\tx"]]

SLIDES = (
    '<draw:page draw:name="a">' + box("A title")
    + "<draw:custom-shape><text:p>In a shape</text:p></draw:custom-shape>"
    '<draw:frame presentation:placeholder="true"><draw:text-box><text:p>Click here'
    "</text:p></draw:text-box></draw:frame><presentation:notes>" + box("Said aloud")
    + '</presentation:notes></draw:page><draw:page draw:name="b"><draw:frame>'
    "<draw:text-box>" + bullets("L1", item("one point"))
    + "</draw:text-box></draw:frame></draw:page>")
SLIDES_TEXT = [["A title", "In a shape", "Said aloud"], ["- one point"]]


def part(root, inner):
    return f'{HEAD}<office:{root} {SPACES} office:version="1.2">{inner}</office:{root}>'


def content(kind, body):
    return part("document-content",
                f"<office:automatic-styles>{LISTS}{HIDDEN}</office:automatic-styles>"
                f"<office:body><office:{kind}>{body}</office:{kind}></office:body>")


def flat(name, kind, body):
    return (f'{HEAD}<office:document {SPACES} office:version="1.2"'
            f' office:mimetype="{TYPE}{name}">{META}<office:automatic-styles>'
            f"{LISTS}{HIDDEN}</office:automatic-styles>{MASTERS}<office:body>"
            f"<office:{kind}>{body}</office:{kind}></office:body>"
            "</office:document>").encode()


def archive(name, kind, body, manifest="", masters=True, xml=None):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as z:
        def add(path, text, how=zipfile.ZIP_DEFLATED):
            info = zipfile.ZipInfo(path, (2024, 3, 1, 12, 0, 0))
            info.create_system = 3
            z.writestr(info, text, how)
        add("mimetype", TYPE + name, zipfile.ZIP_STORED)
        add("meta.xml", part("document-meta", META))
        add("styles.xml", part("document-styles", MASTERS if masters else ""))
        add("content.xml", xml if xml is not None else content(kind, body))
        add("META-INF/manifest.xml", HEAD + f"<manifest:manifest>{manifest}"
            "</manifest:manifest>")
    return out.getvalue()


RTF = r"""{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fcharset0 Times;}{\f1\fcharset204 Cyr;}
{\f2\fcharset128 Gothic;}}{\stylesheet{\s0 Normal;}}
{\info{\title The lighthouse ledger}{\author Jos\'e9}{\creatim\yr2024\mo3\dy1\hr12\min0}}
{\header Harbour office\par}{\footer Last words\par}
\pard The {\b keeper}\'92s caf\'e9{\v hidden}{\deleted gone}: \u1046?\u-10179?\u-8704?,
 \f1\'cf\'f0\'e8\f0 , \f2\'93\'fa\'96\'7b\f0  and 5\~\u8364\'80.{\super\chftn{\footnote\pard{\super\chftn} As the rules had it.}}\par
{\field{\*\fldinst HYPERLINK "http://example.org"}{\fldrslt A link}} in{\pict\wmetafile8 010009}
 a so\-ft line.\line Then more.{\*\atnauthor Bo}\chatn{\*\annotation Check.}\par
{\listtext\'b7\tab}lamps\par{\listtext 2.\tab}oil\par
\trowd\cellx1\cellx2\pard\intbl Night\cell Ships\cell\row
\trowd\cellx1\cellx2\pard\intbl Mon\par day\cell 12\cell\row\pard
{\shp{\*\shpinst{\sp{\sn a}{\sv b}}{\shptxt Boxed in.\par}}}{\upr{no}{\*\ud{Done}}}.\par
}
"""
RTF_TEXT = ["Harbour office",
            "The keeper’s café: Ж😀, При, 日本 and 5\u00a0€.[1]",
            "A link in a soft line.", "Then more.", "- lamps", "2. oil",
            "Night\tShips", "Mon day\t12", "Done.", "Boxed in.",
            "[1] As the rules had it.", "Comment by Bo: Check.", "Last words"]
