# SPDX-License-Identifier: GPL-3.0-or-later
"""Documents set by LibreOffice Writer from flat OpenDocument XML."""

import pathlib
import subprocess
from xml.sax.saxutils import escape, quoteattr

from .model import Items, Word, pieces

NAMESPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
    for short, long in (("office", "office"), ("text", "text"), ("style", "style"),
                        ("table", "table"), ("fo", "xsl-fo-compatible"),
                        ("svg", "svg-compatible")))
PAPERS = {"a4": (595.3, 841.9), "letter": (612.0, 792.0)}
ALIGN = {"l": "start", "r": "end", "c": "center"}
STYLES = {"sup": "Sup", "sub": "Sub", "it": "It", "bold": "Bold", "caps": "Caps"}


def word(item):
    text = ""
    for style, piece in pieces(item):
        text += (f'<text:span text:style-name="{STYLES[style]}">{escape(piece)}'
                 "</text:span>" if style else escape(piece))
    if isinstance(item, Word) and item.note:
        text += ('<text:note text:note-class="footnote"><text:note-citation/>'
                 '<text:note-body><text:p text:style-name="Footnote">%s</text:p>'
                 "</text:note-body></text:note>" % words(item.note))
    return text


def words(items, glue=" "):
    return glue.join(word(item) for item in items)


def paragraph(style, text):
    return f'<text:p text:style-name="{style}">{text}</text:p>'


class Setter:
    """Blocks as body elements; automatic styles are the columns' only."""

    def blocks(self, blocks):
        return "\n".join(getattr(self, type(b).__name__.lower())(b) for b in blocks)

    def heading(self, block):
        text = words(([block.number] if block.number else []) + block.words,
                     block.glue)
        return paragraph(f"Head{block.level}", text)

    def para(self, block):
        return paragraph("Body", words(block.words, block.glue))

    def items(self, block, depth=1):
        labels = iter(block.labels)
        text = ""
        for item in block.items:
            if isinstance(item, Items):
                text += self.items(item, depth + 1)
            else:
                text += paragraph(f"Item{depth}", escape(next(labels)) + "<text:tab/>"
                                  + words(item))
        return text

    def table(self, block):
        look = "Ruled" if block.ruled else "Plain"
        text = ""
        if block.caption:
            text += paragraph("Caption", words(block.caption))
        text += '<table:table table:style-name="Table">'
        text += '<table:table-column table:style-name="Wide"/>'
        narrow = len(block.align) - 1
        text += f'<table:table-column table:style-name="Narrow{narrow}"/>' * narrow
        for number, row in enumerate(block.rows):
            text += '<table:table-row table:style-name="Row">'
            across = len(row) == 1 and len(block.align) > 1
            span = (f' table:number-columns-spanned="{len(block.align)}"'
                    if across else "")
            for cell, align in zip(row, block.align):
                bold = "Strong" if number < block.head else "Cell"
                text += (f'<table:table-cell table:style-name="{look}"{span}'
                         ' office:value-type="string">'
                         + paragraph(bold + align, escape(cell))
                         + "</table:table-cell>")
            if across:
                text += "<table:covered-table-cell/>" * (len(block.align) - 1)
            text += "</table:table-row>"
        return text + "</table:table>" + paragraph("Gap", "")

    def columns(self, block):
        return (f'<text:section text:style-name="Columns{block.count}"'
                f' text:name="part{id(block)}">' + self.blocks(block.blocks)
                + "</text:section>")

    def formula(self, block):
        return paragraph("Formula", "<text:tab/>" + words(block.words)
                         + "<text:tab/>" + escape(block.number))


def part(name, texts):
    """A header or a footer."""
    if not any(texts):
        return ""
    text = "<text:tab/>".join(escape(t) for t in texts)
    text = text.replace("{n}", "<text:page-number/>")
    return f"<style:{name}>{paragraph('Furniture', text)}</style:{name}>"


def family(name, parent, paragraph_attributes="", text_attributes="", inside=""):
    return (f'<style:style style:name="{name}" style:family="paragraph"'
            f' style:parent-style-name="{parent}"><style:paragraph-properties'
            f' {paragraph_attributes}>{inside}</style:paragraph-properties>'
            f"<style:text-properties {text_attributes}/></style:style>")


def tabs(*stops):
    return "<style:tab-stops>" + "".join(
        f'<style:tab-stop style:position="{at:.1f}pt" style:type="{kind}"/>'
        for at, kind in stops) + "</style:tab-stops>"


def paragraph_styles(document, width):
    size, rtl = document.size, document.direction == "rl-tb"
    start = "end" if rtl else "start"
    mode = f'style:writing-mode="{document.direction}"'
    hyphens = ('fo:hyphenate="true" fo:hyphenation-remain-char-count="2"'
               ' fo:hyphenation-push-char-count="2"' if document.hyphenate else "")
    styles = family("Standard", "", f"{mode} fo:text-align=\"{start}\"")
    justified = 'fo:text-align="justify" ' if document.direction == "lr-tb" else ""
    styles += family("Body", "Standard", justified + 'fo:margin-bottom="5pt"'
                     f' fo:orphans="2" fo:widows="2" {mode}', hyphens)
    for level, grow in ((1, 1.6), (2, 1.2), (3, 1.1)):
        styles += family(f"Head{level}", "Standard", 'fo:margin-top="8pt"'
                         ' fo:margin-bottom="4pt" fo:keep-with-next="always"'
                         + (' fo:text-align="center"' if level == 1 else ""),
                         f'fo:font-size="{size * grow:.1f}pt" fo:font-weight="bold"'
                         f' style:font-size-asian="{size * grow:.1f}pt"'
                         f' style:font-size-complex="{size * grow:.1f}pt"')
    for depth in (1, 2):
        styles += family(f"Item{depth}", "Standard",
                         f'fo:margin-left="{18 * depth + 4}pt" fo:text-indent="-18pt"'
                         ' fo:margin-bottom="2pt"', "", tabs((0, "left")))
    for align, name in ALIGN.items():
        styles += family("Cell" + align, "Standard", f'fo:text-align="{name}"')
        styles += family("Strong" + align, "Standard", f'fo:text-align="{name}"',
                         'fo:font-weight="bold"')
    styles += family("Caption", "Standard", 'fo:margin-top="6pt"'
                     ' fo:keep-with-next="always"', f'fo:font-size="{size - 1}pt"')
    styles += family("Gap", "Standard", "", 'fo:font-size="6pt"')
    styles += family("Footnote", "Standard", 'fo:margin-left="10pt"'
                     ' fo:text-indent="-10pt"', f'fo:font-size="{size - 2}pt"')
    styles += family("Furniture", "Standard", "", f'fo:font-size="{size - 1}pt"',
                     tabs((width / 2, "center"), (width, "right")))
    styles += family("Formula", "Standard", 'fo:margin-bottom="5pt"', "",
                     tabs((width / 2, "center"), (width, "right")))
    return styles


def automatic_styles(document, width):
    high, low = "super 60%", "sub 60%"
    spans = {"Sup": f'style:text-position="{high}"',
             "Sub": f'style:text-position="{low}"', "It": 'fo:font-style="italic"',
             "Bold": 'fo:font-weight="bold"', "Caps": 'fo:font-variant="small-caps"'}
    styles = "".join(
        f'<style:style style:name="{name}" style:family="text">'
        f"<style:text-properties {look}/></style:style>"
        for name, look in spans.items())
    for count in (2, 3):
        styles += (f'<style:style style:name="Columns{count}" style:family="section">'
                   f'<style:section-properties><style:columns fo:column-count="{count}"'
                   f' fo:column-gap="{document.gutter}pt"/></style:section-properties>'
                   "</style:style>")
    for name, border in (("Ruled", "0.5pt solid #000000"), ("Plain", "none")):
        styles += (f'<style:style style:name="{name}" style:family="table-cell">'
                   f'<style:table-cell-properties fo:border="{border}"'
                   ' fo:padding="2pt"/></style:style>')
    # No row and no table is cut by a page.
    styles += ('<style:style style:name="Row" style:family="table-row">'
               '<style:table-row-properties fo:keep-together="always"/></style:style>'
               '<style:style style:name="Table" style:family="table">'
               f'<style:table-properties style:width="{width:.0f}pt"'
               ' style:may-break-between-rows="false" table:align="left"/>'
               '</style:style>')
    shares = {"Wide": 0.4, **{f"Narrow{n}": 0.6 / n for n in range(1, 7)}}
    for name, share in shares.items():
        styles += (f'<style:style style:name="{name}" style:family="table-column">'
                   f'<style:table-column-properties'
                   f' style:column-width="{width * share:.1f}pt"/></style:style>')
    return styles


def fodt(document):
    width, height = PAPERS[document.paper]
    margin = document.margin * 72
    room = width - 2 * margin
    font, size, language = document.font, document.size, document.language
    text = " ".join(
        f'style:font-name{kind}={quoteattr(font)} {space}:font-size{kind}="{size}pt"'
        for kind, space in (("", "fo"), ("-asian", "style"), ("-complex", "style")))
    code, country = language
    tongue = "".join(
        f' {space}:language{kind}="{code}" {space}:country{kind}="{country}"'
        for kind, space in (("", "fo"), ("-asian", "style"), ("-complex", "style")))
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document {NAMESPACES} office:version="1.3"
 office:mimetype="application/vnd.oasis.opendocument.text">
<office:font-face-decls><style:font-face style:name={quoteattr(font)}
 svg:font-family={quoteattr("'" + font + "'")}/></office:font-face-decls>
<office:styles><style:default-style style:family="paragraph">
<style:paragraph-properties style:writing-mode="page"/>
<style:text-properties {text}{tongue}/></style:default-style>
{paragraph_styles(document, room)}
<text:notes-configuration text:note-class="footnote" style:num-format="1"
 text:footnotes-position="page" text:start-numbering-at="document"/>
</office:styles>
<office:automatic-styles>{automatic_styles(document, room)}
<style:page-layout style:name="Page"><style:page-layout-properties
 fo:page-width="{width}pt" fo:page-height="{height}pt" fo:margin="{margin}pt"
 style:writing-mode="{document.direction}"/>
<style:header-style><style:header-footer-properties fo:margin-bottom="8pt"
 fo:min-height="14pt"/></style:header-style>
<style:footer-style><style:header-footer-properties fo:margin-top="8pt"
 fo:min-height="14pt"/></style:footer-style>
</style:page-layout></office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard"
 style:page-layout-name="Page">{part("header", document.furniture.header)}
{part("footer", document.furniture.footer)}</style:master-page></office:master-styles>
<office:body><office:text>{Setter().blocks(document.blocks)}
</office:text></office:body></office:document>
"""


def make(document, pdf):
    pdf = pathlib.Path(pdf)
    source = pdf.with_suffix(".fodt")
    source.write_text(fodt(document), encoding="utf-8")
    done = subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{pdf.parent}/profile",
         "--headless", "--convert-to", "pdf", "--outdir", pdf.parent, source],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if done.returncode or not pdf.exists():
        raise RuntimeError(done.stdout.decode(errors="replace")[-2000:])
