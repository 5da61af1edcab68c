# SPDX-License-Identifier: GPL-3.0-or-later
"""Documents set by WeasyPrint from HTML and CSS."""

import html
import pathlib
import subprocess

from .model import Items, Word, pieces

STYLES = {"sup": "<sup>%s</sup>", "sub": "<sub>%s</sub>", "it": "<i>%s</i>",
          "bold": "<b>%s</b>", "caps": '<span class="caps">%s</span>'}
ALIGN = {"l": "left", "r": "right", "c": "center"}


def escape(text):
    return html.escape(text)


def word(item):
    text = ""
    for style, piece in pieces(item):
        text += STYLES[style] % escape(piece) if style else escape(piece)
    if isinstance(item, Word) and item.note:
        text += '<span class="note">%s</span>' % words(item.note)
    return text


def words(items, glue=" "):
    return glue.join(word(item) for item in items)


class Setter:
    def blocks(self, blocks):
        return "\n".join(getattr(self, type(b).__name__.lower())(b) for b in blocks)

    def heading(self, block):
        text = words(([block.number] if block.number else []) + block.words,
                     block.glue)
        return f"<h{block.level}>{text}</h{block.level}>"

    def para(self, block):
        return f"<p>{words(block.words, block.glue)}</p>"

    def items(self, block):
        labels = iter(block.labels)
        text = '<div class="list">'
        for item in block.items:
            if isinstance(item, Items):
                text += self.items(item)
            else:
                text += ('<div class="item"><span class="label">%s</span>%s</div>'
                         % (escape(next(labels)), words(item)))
        return text + "</div>"

    def table(self, block):
        text = '<table class="%s">' % ("ruled" if block.ruled else "plain")
        for number, row in enumerate(block.rows):
            tag = "th" if number < block.head else "td"
            span = (f' colspan="{len(block.align)}"'
                    if len(row) == 1 and len(block.align) > 1 else "")
            text += "<tr>" + "".join(
                f'<{tag}{span} style="text-align:{ALIGN[align]}">{escape(cell)}</{tag}>'
                for cell, align in zip(row, block.align)) + "</tr>\n"
        caption = (f'<p class="caption">{words(block.caption)}</p>'
                   if block.caption else "")
        return f'<div class="kept">{caption}{text}</table></div>'

    def figure(self, block):
        rows = "".join(
            '<table class="drawing"><tr>' + "".join(
                f"<td>{escape(label)}</td>" for label in row) + "</tr></table>"
            for row in block.labels)
        caption = words(block.caption)
        return f'<div class="kept">{rows}<p class="caption">{caption}</p></div>'

    def formula(self, block):
        return ('<p class="formula">%s<span class="number">%s</span></p>'
                % (words(block.words), escape(block.number)))

    def columns(self, block):
        return ('<div style="columns:%d">%s</div>'
                % (block.count, self.blocks(block.blocks)))


def page_box(box, piece):
    """An @page margin box; {n} becomes the page's number."""
    parts = ' counter(page) '.join(f'"{p}"' for p in piece.split("{n}"))
    return f"@{box} {{ content: {parts}; font-size: 80% }}"


def style(document):
    boxes = "".join(
        page_box(f"{edge}-{side}", piece)
        for edge, part in (("top", document.furniture.header),
                           ("bottom", document.furniture.footer))
        for side, piece in zip(("left", "center", "right"), part) if piece)
    return f"""
@page {{ size: {document.paper}; margin: {document.margin}in; {boxes} }}
html {{ font: {document.size}pt/1.25 "{document.font}" }}
body {{ margin: 0; text-align: justify;
        hyphens: {"auto" if document.hyphenate else "manual"} }}
p {{ margin: 0.4em 0; widows: 2; orphans: 2; hyphenate-limit-chars: 5 2 3 }}
h1 {{ font-size: 1.6em; text-align: center; hyphens: none }}
h2 {{ font-size: 1.2em; margin: 0.8em 0 0.3em; text-align: left; hyphens: none;
      break-after: avoid }}
div {{ column-gap: {document.gutter}pt }}
sup, sub {{ font-size: 70%; line-height: 0 }}
.caps {{ font-variant: small-caps }}
.list {{ margin: 0.3em 0 0.3em 1.8em }}
.item {{ margin: 0.15em 0 }}
.label {{ display: inline-block; width: 1.8em; margin-left: -1.8em;
          text-align: left }}
.kept {{ break-inside: avoid; margin: 0.6em 0; hyphens: none }}
.caption {{ font-size: 90%; text-align: left }}
table {{ border-collapse: collapse; margin: 0.4em auto }}
td, th {{ padding: 0.15em 0.7em; vertical-align: top }}
.ruled td, .ruled th {{ border: 0.5pt solid }}
.plain {{ width: 100% }}
.drawing td {{ border: 0.7pt solid; padding: 0.8em 0.5em; font: 80% "DejaVu Sans";
               text-align: center; background: #eee }}
.drawing {{ border-collapse: separate; border-spacing: 1.5em 0.4em }}
.formula {{ text-align: center; position: relative }}
.number {{ position: absolute; right: 0 }}
.note {{ float: footnote; font-size: 80%; text-align: left; hyphens: none }}
::footnote-call {{ font-size: 65%; vertical-align: super; line-height: 0 }}
::footnote-marker {{ content: counter(footnote) " " }}
"""


def write(source, pdf):
    page = pathlib.Path(pdf).with_suffix(".html")
    page.write_text(source, encoding="utf-8")
    done = subprocess.run(["weasyprint", "-q", page, pdf], capture_output=True)
    if done.returncode:
        raise RuntimeError(done.stderr.decode(errors="replace")[-2000:])


def make(document, pdf):
    body = Setter().blocks(document.blocks)
    direction = ' dir="rtl"' if document.direction == "rl-tb" else ""
    write(f'<!DOCTYPE html><html lang="{document.language[0]}"{direction}>'
          f'<meta charset="utf-8">'
          f"<style>{style(document)}</style><body>{body}</body></html>", pdf)
