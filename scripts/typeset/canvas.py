# SPDX-License-Identifier: GPL-3.0-or-later
"""Pages drawn with Pango and cairo, on which everything can stand anywhere. The
callers write in the order in which a person reads."""

import math
import random
from typing import NamedTuple

import gi

gi.require_version("Pango", "1.0")
gi.require_version("PangoCairo", "1.0")
import cairo  # noqa: E402
from gi.repository import Pango, PangoCairo  # noqa: E402

PAPERS = {"a4": (595, 842), "letter": (612, 792), "slide": (720, 405),
          "tabloid": (792, 1224)}


class Box(NamedTuple):
    """Points from the top left of the page."""
    x: float
    y: float
    width: float
    height: float


class Canvas:
    """The pieces of a page are drawn as they are written, or in no order when the
    document says SHUFFLED. VERTICAL: lines run
    down and follow each other to the left; x then is down, y is to the left."""

    def __init__(self, pdf, document, vertical=False):
        self.width, self.height = PAPERS[document.paper]
        self.surface = cairo.PDFSurface(str(pdf), self.width, self.height)
        # What is the same shall be the same.
        self.surface.set_metadata(cairo.PDF_METADATA_CREATE_DATE,
                                  "2001-01-01T00:00:00Z")
        self.cairo = cairo.Context(self.surface)
        self.font, self.size = document.font, document.size
        self.language = document.language[0]
        self.rtl = document.direction == "rl-tb"
        self.rng = random.Random(document.seed) if document.shuffled else None
        self.vertical = vertical
        self.pieces, self.said, self.pages = [], [], []

    def layout(self, text, width, size, bold, align, small_caps=False):
        layout = PangoCairo.create_layout(self.cairo)
        context = layout.get_context()
        context.set_language(Pango.Language.from_string(self.language))
        context.set_base_dir(Pango.Direction.RTL if self.rtl else Pango.Direction.LTR)
        if self.vertical:
            context.set_base_gravity(Pango.Gravity.EAST)
        font = Pango.FontDescription(self.font)
        font.set_absolute_size(size * Pango.SCALE)
        if bold:
            font.set_weight(Pango.Weight.BOLD)
        if small_caps:
            font.set_variant(Pango.Variant.SMALL_CAPS)
        layout.set_font_description(font)
        layout.set_wrap(Pango.WrapMode.WORD)
        layout.set_width(int(width * Pango.SCALE))
        layout.set_justify(align == "justify")
        # "left" is where lines begin, which with Hebrew is the right.
        layout.set_alignment({"center": Pango.Alignment.CENTER,
                              "right": Pango.Alignment.RIGHT}.get(
                                  align, Pango.Alignment.LEFT))
        layout.set_text(text, -1)
        return layout

    def place(self, piece):
        self.pieces.append(piece)

    def draw_lines(self, layout, first, count, x, y, turn=0):
        """Lines FIRST... of LAYOUT, the first one's top at (X, Y)."""
        def draw():
            self.cairo.save()
            self.cairo.translate(x, y)
            self.cairo.rotate(turn)
            # The glyphs of a vertical page are chosen by how it is turned.
            PangoCairo.update_layout(self.cairo, layout)
            lines, top = layout.get_iter(), None
            for number in range(first + count):
                _, logical = lines.get_line_extents()
                top = logical.y if number == first else top
                if number >= first:
                    baseline = lines.get_baseline()
                    self.cairo.move_to(logical.x / Pango.SCALE,
                                       (baseline - top) / Pango.SCALE)
                    PangoCairo.show_layout_line(self.cairo,
                                                lines.get_line_readonly())
                lines.next_line()
            self.cairo.restore()
        self.place(draw)

    def rule(self, x, y, width, height):
        def draw():
            self.cairo.rectangle(x, y, width, height)
            self.cairo.set_line_width(0.6)
            self.cairo.stroke()
        self.place(draw)

    def shade(self, x, y, width, height):
        """Drawn at once, for it must be below the text."""
        self.prepare()
        self.cairo.set_source_rgb(0.92, 0.92, 0.88)
        self.cairo.rectangle(x, y, width, height)
        self.cairo.fill()
        self.cairo.set_source_rgb(0, 0, 0)
        self.cairo.restore()

    def prepare(self):
        self.cairo.save()
        if self.vertical:
            self.cairo.translate(self.width, 0)
            self.cairo.rotate(math.pi / 2)

    def write(self, text, x, y, width, size=0, bold=False, align="left", turn=0,
              said=True, small_caps=False):
        """One block of text; returns its height. SAID False: the caller says it."""
        layout = self.layout(text, width, size or self.size, bold, align, small_caps)
        self.draw_lines(layout, 0, layout.get_line_count(), x, y, turn)
        if said:
            self.say(text)
        return layout.get_pixel_size()[1]

    def pour(self, paragraphs, boxes, size=0, gap=0.4, align="justify", bold=False):
        """Fills BOXES one after the other; returns what did not go in."""
        size = size or self.size
        boxes, rest = list(boxes), list(paragraphs)
        box = boxes.pop(0)
        y = box.y
        while rest:
            text, said = rest[0].encode(), b""
            while text:
                layout = self.layout(text.decode(), box.width, size, bold, align)
                fitting, height = self.fitting(layout, box.y + box.height - y)
                if fitting:
                    self.draw_lines(layout, 0, fitting, box.x, y)
                    last = layout.get_line_readonly(fitting - 1)
                    end = last.start_index + last.length
                    said, text = said + text[:end], text[end:]
                    y += height
                if text and not boxes:
                    if said:
                        self.say(said.decode())
                        rest[0] = text.decode().lstrip()
                    return rest
                if text:
                    box = boxes.pop(0)
                    y = box.y
                    stripped = text.lstrip()
                    said, text = said + text[:len(text) - len(stripped)], stripped
            self.say(said.decode())
            rest.pop(0)
            y += gap * size
        return rest

    @staticmethod
    def fitting(layout, room):
        """How many lines go into ROOM, and how high they are."""
        lines, count, height = layout.get_iter(), 0, 0
        while True:
            _, logical = lines.get_line_extents()
            bottom = (logical.y + logical.height) / Pango.SCALE
            if bottom > room:
                break
            count, height = count + 1, bottom
            if not lines.next_line():
                break
        return count, height

    def say(self, text):
        if text.strip():
            self.said.append(text.strip())

    def end_page(self):
        if self.rng:
            self.rng.shuffle(self.pieces)
        for piece in self.pieces:
            self.prepare()
            piece()
            self.cairo.restore()
        self.cairo.show_page()
        self.pages.append("\n\n".join(self.said) + "\n\f")
        self.pieces, self.said = [], []

    def finish(self):
        """The true text of all pages."""
        self.surface.finish()
        return "".join(self.pages)
