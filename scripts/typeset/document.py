# SPDX-License-Identifier: GPL-3.0-or-later
"""A document to be made: what it says, and how it shall look."""

from dataclasses import dataclass, field

from . import counted, model, words


@dataclass
class Document:
    """MAKE(document, path) writes the PDF, and returns its text or None: then the
    text is that of the blocks. Lengths in points but for the margin, in inches."""
    kind: str
    name: str
    seed: int
    make: callable
    blocks: list = field(default_factory=list)
    prose: words.Prose = None
    size: int = 10
    paper: str = "a4"
    font: str = "times"
    margin: float = 1.0
    gutter: float = 14
    hyphenate: bool = True
    furniture: model.Furniture = model.Furniture()
    language: tuple = ("en", "US")
    shuffled: bool = False # drawn in no order, where the producer can do that
    direction: str = "lr-tb" # as in CSS; rl-tb, tb-rl

    def produce(self, pdf):
        """Writes PDF and returns the true text."""
        text = self.make(self, pdf)
        if text is None:
            text = counted.single(pdf, model.units(self.blocks), self.furniture)
        return text


class Shapes:
    """Sizes, papers, gutters and fonts, so that no two documents of a kind are
    alike. NUMBER counts the documents of the kind."""

    FONTS = {"latex": ("lm", "cm", "times", "palatino", "bookman", "libertine",
                       "helvetica"),
             "groff": ("times", "helvetica"),
             "office": ("Linux Libertine O", "DejaVu Sans", "DejaVu Serif"),
             "web": ("DejaVu Serif", "Linux Libertine O", "DejaVu Sans")}

    @classmethod
    def of(cls, producer, number, seed):
        fonts = cls.FONTS[producer]
        return {"size": (10, 9, 11, 8, 12)[(number + seed) % 5],
                "paper": ("a4", "letter")[number % 2],
                "font": fonts[(number + seed) % len(fonts)],
                "margin": (1.0, 0.8, 1.2)[number % 3],
                "gutter": (14, 10, 24)[(number + seed) % 3]}
