# SPDX-License-Identifier: GPL-3.0-or-later
"""Where pages and columns end in a text that is known. A page is asked only how
many letters and digits there are on it (or in a column of it), never in which
order: that number says how far down the text the page reaches, and must come
out at the end of a word. A PDF that lost or gained a letter is an error."""

import re
import subprocess
import unicodedata
import xml.etree.ElementTree
from typing import NamedTuple

from .model import BLOCK, LINE


HYPHENS = "-\u00ad\u2010"


class Mismatch(Exception):
    pass


class Box(NamedTuple):
    """A word on a page: its middle in points from the top left, its text."""
    x: float
    y: float
    text: str


class Page(NamedTuple):
    width: float
    height: float
    boxes: list


def letters(text):
    """How many letters and digits, ligatures and accents taken apart."""
    return sum(c.isalnum() for c in unicodedata.normalize("NFKD", text))


def pages_of(pdf):
    """The words of each page with their places."""
    xhtml = subprocess.run(["pdftotext", "-bbox", pdf, "-"], check=True,
                           capture_output=True).stdout.decode(errors="replace")
    # Control characters that pdftotext lets through are no XML.
    xhtml = re.sub("[\0-\x08\x0b\x0c\x0e-\x1f]", "", xhtml)
    root = xml.etree.ElementTree.fromstring(xhtml)
    space = "{http://www.w3.org/1999/xhtml}"
    pages = []
    for page in root.iter(f"{space}page"):
        boxes = [Box((float(w.get("xMin")) + float(w.get("xMax"))) / 2,
                     (float(w.get("yMin")) + float(w.get("yMax"))) / 2,
                     w.text or "") for w in page.iter(f"{space}word")]
        pages.append(Page(float(page.get("width")), float(page.get("height")), boxes))
    return pages


def weight(boxes):
    return sum(letters(box.text) for box in boxes)


def start_of(word, lack):
    """WORD without its last LACK letters; None when nothing is left."""
    while lack > 0 and word:
        lack -= letters(word[-1])
        word = word[:-1]
    return word.rstrip(HYPHENS) or None


def find_label(boxes, label):
    """Whether the two words of LABEL stand side by side."""
    return any(a.text == label[0] and b.text == label[1]
               and abs(a.y - b.y) < 3 and 0 < b.x - a.x < 60
               for a in boxes for b in boxes if a.text == label[0])


def written_units(units):
    """All of UNITS, on one page."""
    flow = Flow(units)
    return flow.written(flow.words)


class Flow:
    """The text from its start, taken by numbers of letters."""

    # A footnote may have to wait for the next page.
    HELD_NOTES = 2

    def __init__(self, units):
        self.words = [(unit.gap if i == 0 else unit.glue, word)
                      for unit in units for i, word in enumerate(unit.words)]
        self.at = 0
        self.waiting = [] # notes of the last page that stand on the next
        self.owed = 0 # letters of the last page's last word on the next

    def ended(self):
        return self.at == len(self.words) and not self.waiting and not self.owed

    def reach(self, count):
        """Up to where COUNT letters go with what hangs on the words: an index,
        and how many letters there were too few for its last word."""
        at = self.at
        while at < len(self.words):
            gap, word = self.words[at]
            size = sum(map(letters, filter(None, word)))
            # What has no letters, such as a dash, goes with what is before it,
            # but for a bullet.
            if count == 0 and (size or gap in (LINE, BLOCK)):
                break
            at += 1
            if size > count:
                return at, size - count
            count -= size
        return at, -count

    def notes(self, start, end=None):
        return [w.note for _, w in self.words[start:end] if w.note]

    def guesses(self, count):
        """(end, notes held back, letters too few): where a page of COUNT letters
        may end, the likeliest first."""
        count -= sum(map(letters, self.waiting)) + self.owed
        end, lack = self.reach(count)
        yield end, [], lack
        ahead = self.notes(self.at)
        for held in range(1, self.HELD_NOTES + 1):
            for last in range(len(ahead) + 1 - held):
                late = ahead[last:last + held]
                end, lack = self.reach(count + sum(map(letters, late)))
                if self.notes(self.at, end)[-held:] == late:
                    yield end, late, lack

    def take(self, boxes, beside, where):
        """(text, notes) of the words that stand in BOXES, next to BESIDE, which
        is text of another sort. A word that was cut belongs to where it began."""
        count = weight(boxes) - letters(beside)
        guesses = list(self.guesses(count))
        shown = {box.text.rstrip(HYPHENS) for box in boxes}
        for end, late, lack in sorted(guesses, key=lambda guess: guess[2] != 0):
            if lack == 0 or lack > 0 and start_of(self.words[end - 1][1].text,
                                                  lack) in shown:
                break
        else:
            ahead = " ".join(w.text for _, w in self.words[self.at:self.at + 9])
            raise Mismatch(f"{where}: {count} letters do not end with a word"
                           f" after “{ahead}”")
        words = self.words[self.at:end]
        notes = self.notes(self.at, end)
        shown = self.waiting + notes[:len(notes) - len(late)]
        self.at, self.waiting, self.owed = end, late, lack
        return self.written(words), shown

    @staticmethod
    def written(words):
        """Margin notes are read after the paragraph that they stand beside."""
        text, margins = "", []
        for gap, word in words:
            if gap == BLOCK and margins:
                text, margins = BLOCK.join([text, *margins]), []
            text += (gap if text else "") + word.text
            if word.margin:
                margins.append(word.margin)
        return BLOCK.join([text, *margins])


def single(pdf, units, furniture):
    """The true text of PDF: on each page a header, the flow, its notes, a
    footer."""
    flow, pages = Flow(units), []
    for number, page in enumerate(pages_of(pdf), 1):
        head = furniture.text(furniture.header, number)
        foot = furniture.text(furniture.footer, number)
        text, notes = flow.take(page.boxes, head + foot, f"page {number}")
        pages.append(BLOCK.join(filter(None, [head, text, *notes, foot])) + "\n")
    if not flow.ended():
        raise Mismatch(f"{len(flow.words) - flow.at} words not on any page")
    return "\f".join(pages) + "\f"
