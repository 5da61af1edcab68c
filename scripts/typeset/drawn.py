# SPDX-License-Identifier: GPL-3.0-or-later
"""Pages that need placing: newspapers, slides, sidebars, margins, turned text,
and scripts that cairo and Pango set best. Each function draws a document on a
canvas and returns its true text."""

import math

from . import tongues, words
from .canvas import Box, Canvas


def grid(x, y, width, height, count, gutter):
    """COUNT columns side by side."""
    each = (width - gutter * (count - 1)) / count
    return [Box(x + i * (each + gutter), y, each, height) for i in range(count)]


def prose_paragraphs(prose, count, least=45):
    return [" ".join(prose.words(least)) for _ in range(count)]


def article(canvas, prose, box, columns, gutter, headline):
    """A headline across its columns, a byline, and the text, cut to the room."""
    y = box.y + canvas.write(" ".join(prose.title(5)), box.x, box.y, box.width,
                             headline, True) + 4
    y += canvas.write("By " + prose.name(), box.x, y, box.width) + 4
    boxes = grid(box.x, y, box.width, box.y + box.height - y, columns, gutter)
    # More than there is room for: what is not printed is not said.
    canvas.pour(prose_paragraphs(prose, 60, 30), boxes, gap=0.2)


def newspaper(document, pdf):
    """A front page as they were: articles one below the other and side by side,
    each with its own columns. Chosen: article by article, from the top, and from
    the left where two stand side by side."""
    canvas, prose = Canvas(pdf, document), words.Prose(document.seed)
    margin, gutter = 40, document.gutter
    inner = canvas.width - 2 * margin
    for page in range(2):
        canvas.write("The Harbour Gazette", margin, 36, inner, 34, True, "center")
        canvas.write(f"No. {document.seed + page} – 14 March 1931 – Twopence", margin,
                     84, inner, 9, align="center")
        y, rest = 110, canvas.height - 110 - margin
        top, wide = 0.38 * rest, 0.62 * inner
        article(canvas, prose, Box(margin, y, inner, top - 16), 4, gutter, 22)
        canvas.rule(margin, y + top - 9, inner, 0)
        below = y + top
        article(canvas, prose, Box(margin, below, wide - gutter, rest - top), 3,
                gutter, 16)
        right = Box(margin + wide + gutter, below, inner - wide - gutter,
                    (rest - top) / 2 - 12)
        article(canvas, prose, right, 1, gutter, 12)
        article(canvas, prose, right._replace(y=below + (rest - top) / 2), 1,
                gutter, 12)
        canvas.end_page()
    return canvas.finish()


def slides(document, pdf):
    """A title, and bullets or two blocks side by side, and a footer. Chosen:
    the left block before the right one."""
    canvas, prose = Canvas(pdf, document), words.Prose(document.seed)
    width, size = canvas.width - 80, document.size + 5
    for page in range(1, 7):
        y = 24 + canvas.write(" ".join(prose.heading()), 40, 20, width, 22, True) + 10
        halves = 2 if page % 3 == 0 else 1
        for box in grid(40, y, width, 260, halves, 30):
            y = box.y
            if halves == 2:
                y += canvas.write(" ".join(prose.heading()), box.x, y, box.width,
                                  size + 2, True) + 8
            for _ in range(5 - halves):
                canvas.say("• " + (text := " ".join(prose.clause()[:14])))
                canvas.write("•", box.x, y, 14, size, said=False)
                y += canvas.write(text, box.x + 16, y, box.width - 16, size,
                                  said=False) + 8
        canvas.write("Harbour Board, annual meeting", 40, 380, 300, 9)
        canvas.write(f"{page} / 6", 580, 380, 100, 9, align="right")
        canvas.end_page()
    return canvas.finish()


def sidebars(document, pdf):
    """A box with text of its own beside the main text. Chosen: the box after the
    page's main text, before its footer."""
    canvas, prose = Canvas(pdf, document), words.Prose(document.seed)
    margin = document.margin * 72
    side, gap = 130, 22
    rest = prose_paragraphs(prose, 18)
    canvas.write(" ".join(prose.title()), margin, margin, canvas.width - 2 * margin,
                 document.size * 1.6, True, "center")
    top, page = margin + 50, 0
    while rest:
        page += 1
        left = (document.seed + page) % 2 == 0
        main = Box(margin + (side + gap if left else 0), top,
                   canvas.width - 2 * margin - side - gap,
                   canvas.height - margin - top)
        x = margin if left else canvas.width - margin - side
        head, text = " ".join(prose.heading()), " ".join(prose.words(45))
        rest = canvas.pour(rest, [main])
        y = top + 90 + 60 * (page % 3)
        small = document.size - 1
        height = canvas.write(head, x + 6, y + 6, side - 12, small + 1, True)
        height += canvas.write(text, x + 6, y + 10 + height, side - 12, small) + 18
        canvas.shade(x, y, side, height)
        canvas.write(f"Page {page}", margin, canvas.height - margin + 14, 200, 8)
        canvas.end_page()
        top = margin
    return canvas.finish()


def margins(document, pdf):
    """Short notes in the outer margin, each beside the start of a paragraph.
    Chosen: a note after the paragraph that it stands beside."""
    canvas, prose = Canvas(pdf, document), words.Prose(document.seed)
    margin, side, gap = 60, 90, 14
    width = canvas.width - 2 * margin - side - gap
    for page in range(1, 4):
        left = (document.seed + page) % 2 == 0
        x = margin + (side + gap if left else 0)
        beside = margin if left else margin + width + gap
        y = margin
        while y < canvas.height - margin - 150:
            text = " ".join(prose.words(55))
            height = canvas.write(text, x, y, width, align="justify")
            if prose.chance(0.5):
                canvas.write(" ".join(prose.noun_phrase() + prose.noun_phrase()),
                             beside, y, side, document.size - 2)
            y += height + document.size
        canvas.write(str(page), x, canvas.height - 50, width, 8, align="center")
        canvas.end_page()
    return canvas.finish()


def table_lines(canvas, prose, x, y, width, turn=0):
    """A table row by row, drawn along X, or up the page when turned."""
    heads = ["Item", "North", "South", "East", "West"]
    step = width / (len(heads) + 1)
    for row in range(12):
        name = " ".join(prose.noun_phrase()[1:])[:22].strip()
        cells = heads if row == 0 else [name] + [prose.amount() for _ in heads[1:]]
        for column, cell in enumerate(cells):
            along = 0 if column == 0 else (column + 1) * step
            at = (x, y - along) if turn else (x + along, y)
            canvas.write(cell, *at, step * 2 - 4, bold=row == 0, turn=turn, said=False)
        canvas.say(" ".join(cells))
        if turn:
            x += canvas.size * 1.7
        else:
            y += canvas.size * 1.7


def turned(document, pdf):
    """Text turned by 90 degrees: a stamp up the left edge of a first page, a
    whole page with a table turned, a spine down the right edge. Chosen: what is
    turned beside a page comes after its text."""
    canvas, prose = Canvas(pdf, document), words.Prose(document.seed)
    margin = document.margin * 72
    width, height = canvas.width - 2 * margin, canvas.height - 2 * margin
    up, down = -math.pi / 2, math.pi / 2
    canvas.write(" ".join(prose.title()), margin, margin, width,
                 document.size * 1.6, True, "center")
    rest = canvas.pour(prose_paragraphs(prose, 22),
                       grid(margin, margin + 50, width, height - 50,
                            1 + document.seed % 2, document.gutter))
    canvas.write(f"arXiv:{document.seed}.01234v1 [cs.DL] 3 Mar 2023", margin / 4,
                 canvas.height * 0.7, 400, 14, turn=up)
    canvas.end_page()
    canvas.write(f"Table {document.seed % 7 + 1}: " + " ".join(prose.heading()),
                 margin, canvas.height - margin, height, turn=up)
    table_lines(canvas, prose, margin + 30, canvas.height - margin, height, up)
    canvas.end_page()
    canvas.pour(rest, grid(margin, margin, width, height, 1 + document.seed % 2,
                           document.gutter))
    canvas.write(" ".join(prose.title(4)), canvas.width - margin / 4, margin, 500, 11,
                 turn=down)
    canvas.end_page()
    return canvas.finish()


def columns(document, pdf, tongue, count, pages=2, vertical=False):
    """A title and COUNT columns in one TONGUE."""
    canvas = Canvas(pdf, document, vertical=vertical)
    margin = document.margin * 72
    width, height = canvas.width, canvas.height
    if vertical:
        width, height = height, width
    inner, top = width - 2 * margin, margin + document.size * 3
    canvas.write(tongue.glue.join(tongue.heading()), margin, margin, inner,
                 document.size * 1.6, True)
    paragraphs = [tongue.glue.join(tongue.words(40)) for _ in range(60)]
    for number in range(1, pages + 1):
        boxes = grid(margin, top, inner, height - margin - top, count,
                     document.gutter)
        if canvas.rtl:
            boxes.reverse()
        paragraphs = canvas.pour(paragraphs, boxes,
                                 align="left" if vertical else "justify")
        if not vertical:
            canvas.write(str(number), margin, height - margin + 10, inner, 9,
                         align="center")
        canvas.end_page()
        top = margin
    return canvas.finish()


def stacked(document, pdf, tongue):
    """Vertical text in two tiers, the upper one before the lower one."""
    canvas = Canvas(pdf, document, vertical=True)
    margin = document.margin * 72
    paragraphs = [tongue.glue.join(tongue.words(40)) for _ in range(60)]
    for _ in range(2):
        tiers = grid(margin, margin, canvas.height - 2 * margin,
                     canvas.width - 2 * margin, 2, 30)
        paragraphs = canvas.pour(paragraphs, tiers, align="left")
        canvas.end_page()
    return canvas.finish()


def small_capitals(document, pdf):
    """Words in small capitals of the font, and many ligatures."""
    canvas, prose = Canvas(pdf, document), words.Prose(document.seed)
    margin = document.margin * 72
    width = canvas.width - 2 * margin
    many = "office affluent fjord fluffy offline difficult first fifty efficient".split()
    for _ in range(2):
        y = margin
        while y < canvas.height - margin - 170:
            y += canvas.write(" ".join(prose.heading()), margin, y, width,
                              document.size + 2, small_caps=True) + 6
            text = [prose.rng.choice(many) if prose.chance(0.2) and word.islower()
                    else word for word in prose.words(80)]
            y += canvas.write(" ".join(text), margin, y, width, align="justify") + 12
        canvas.end_page()
    return canvas.finish()


def hebrew(document, pdf):
    return columns(document, pdf, tongues.hebrew(document.seed),
                   1 + document.seed % 2)


def arabic(document, pdf):
    return columns(document, pdf, tongues.arabic(document.seed),
                   1 + document.seed % 2)


def hebrew_mixed(document, pdf):
    return columns(document, pdf, tongues.hebrew(document.seed, 0.25), 1)


def arabic_mixed(document, pdf):
    return columns(document, pdf, tongues.arabic(document.seed, 0.25), 1)


def chinese(document, pdf):
    return columns(document, pdf, tongues.chinese(document.seed),
                   1 + document.seed % 2)


def japanese(document, pdf):
    return columns(document, pdf, tongues.japanese(document.seed),
                   1 + document.seed % 2)


def korean(document, pdf):
    return columns(document, pdf, tongues.korean(document.seed),
                   1 + document.seed % 2)


def vertical(document, pdf):
    return columns(document, pdf, tongues.japanese(document.seed), 1,
                   vertical=True)


def vertical_tiers(document, pdf):
    return stacked(document, pdf, tongues.japanese(document.seed))
