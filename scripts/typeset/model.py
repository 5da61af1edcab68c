# SPDX-License-Identifier: GPL-3.0-or-later
"""What a document says, before anybody sets it: blocks of words. The producers
make PDFs of them, `units` makes the true text. Words have no blanks in them."""

from typing import NamedTuple, Optional


class Word(NamedTuple):
    """A word with something to it. PIECES: pairs of style ("", "sup", "sub",
    "caps", "it", "bold") and text; NOTE: the words of a footnote that hangs on
    it; MARGIN: words that stand beside it in the margin."""
    pieces: tuple
    note: Optional[list] = None
    margin: Optional[list] = None


class Heading(NamedTuple):
    words: list
    level: int = 2 # 1 is the document's title
    number: str = ""
    glue: str = " " # between words


class Para(NamedTuple):
    words: list
    glue: str = " "


class Items(NamedTuple):
    """A list; LABELS are as they shall be read."""
    labels: list
    items: list # of words, or of Items within the item before


class Table(NamedTuple):
    """ROWS of cells (strings). A row of one cell goes across. ALIGN: a letter
    of lrc for each column; HEAD: so many rows are headings."""
    rows: list
    align: str
    head: int = 1
    ruled: bool = True
    caption: Optional[list] = None


class Figure(NamedTuple):
    """A drawing of boxes in a grid, each with a label, and a caption."""
    labels: list # rows of strings
    caption: list


class Formula(NamedTuple):
    """A line of its own; PIECES as in Word, NUMBER as "(3)"."""
    words: list
    number: str = ""


class Columns(NamedTuple):
    count: int
    blocks: list


class Furniture(NamedTuple):
    """What stands at each page's top and foot: left, middle, right; {n} is the
    page's number."""
    header: tuple = ("", "", "")
    footer: tuple = ("", "{n}", "")

    def text(self, part, number):
        return " ".join(p for p in part if p).format(n=number)


class Unit(NamedTuple):
    """Words that are read in one go. GAP: what goes before them."""
    gap: str
    words: list # of Spoken
    glue: str = " "


class Spoken(NamedTuple):
    text: str
    note: Optional[str]
    margin: Optional[str]


LINE, BLOCK = "\n", "\n\n"


def pieces(word):
    return word.pieces if isinstance(word, Word) else (("", word),)


def plain(word):
    return "".join(text for _, text in pieces(word))


def joined(words):
    return " ".join(plain(word) for word in words)


class Reader:
    """Numbers the footnotes while it reads."""

    def __init__(self):
        self.notes = 0

    def spoken(self, words):
        said = []
        for word in words:
            text, note, margin = plain(word), None, None
            if isinstance(word, Word) and word.note:
                self.notes += 1
                text += str(self.notes)
                note = f"{self.notes} {joined(word.note)}"
            if isinstance(word, Word) and word.margin:
                margin = joined(word.margin)
            said.append(Spoken(text, note, margin))
        return said

    def unit(self, gap, words, glue=" "):
        return Unit(gap, self.spoken(words), glue)

    def units(self, blocks):
        for block in blocks:
            yield from getattr(self, type(block).__name__.lower())(block)

    def heading(self, block):
        number = [block.number] if block.number else []
        yield self.unit(BLOCK, number + block.words, block.glue)

    def para(self, block):
        yield self.unit(BLOCK, block.words, block.glue)

    def items(self, block, gap=BLOCK):
        labels = iter(block.labels)
        for item in block.items:
            if isinstance(item, Items):
                yield from self.items(item, LINE)
            else:
                yield self.unit(gap, [next(labels)] + item)
            gap = LINE

    def table(self, block):
        gap = BLOCK
        if block.caption:
            yield self.unit(gap, block.caption)
        for row in block.rows:
            yield self.unit(gap, " ".join(row).split())
            gap = LINE

    def figure(self, block):
        gap = BLOCK
        for row in block.labels:
            yield self.unit(gap, " ".join(row).split())
            gap = LINE
        yield self.unit(BLOCK, block.caption)

    def formula(self, block):
        number = [block.number] if block.number else []
        yield self.unit(BLOCK, block.words + number)

    def columns(self, block):
        yield from self.units(block.blocks)


def units(blocks):
    return list(Reader().units(blocks))
