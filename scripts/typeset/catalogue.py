# SPDX-License-Identifier: GPL-3.0-or-later
"""The list of documents: which kinds, by which producers, in which sizes."""

from . import drawn, groff, kinds, latex, office, paper, tongues, web, words
from .document import Document, Shapes
from .model import Columns, Furniture, Heading, Para

PRODUCERS = {"latex": latex.make, "groff": groff.make, "office": office.make,
             "web": web.make}

# Kind, what it says, how many documents each producer makes of it.
COMMON = (
    ("columns-1", kinds.one_column, {"latex": 2, "groff": 1, "web": 1, "office": 1}),
    ("columns-2", kinds.two_columns, {"latex": 3, "groff": 2, "web": 2, "office": 2}),
    ("columns-3", kinds.three_columns, {"latex": 2, "groff": 1, "web": 1,
                                        "office": 1}),
    ("headings-across", kinds.headings_across, {"latex": 2, "groff": 1, "web": 2,
                                                "office": 1}),
    ("headers", kinds.headers, {"latex": 2, "groff": 1, "web": 1, "office": 1}),
    ("footnotes", kinds.footnotes, {"latex": 2, "groff": 1, "web": 1, "office": 1}),
    ("footnotes-2", kinds.footnotes_two, {"latex": 2, "web": 1, "office": 1}),
    ("margins", kinds.margin_notes, {"latex": 2}),
    ("hyphens", kinds.hyphens, {"latex": 2, "groff": 1, "web": 1, "office": 1}),
    ("lists", kinds.lists, {"latex": 2, "groff": 1, "web": 1, "office": 1}),
    ("scripts", kinds.scripts, {"latex": 2, "groff": 1, "web": 1, "office": 1}),
    ("figures", kinds.figures, {"latex": 2, "web": 1}),
    ("figures-2", kinds.figures_two, {"latex": 2, "web": 1}),
    ("small-caps", kinds.small_caps, {"latex": 3}),
    ("small-caps", kinds.faked_caps, {"groff": 1}),
    ("tables-ruled", kinds.ruled_tables, {"latex": 2, "groff": 1, "web": 1,
                                          "office": 2}),
    ("tables-plain", kinds.plain_tables, {"latex": 2, "groff": 1, "web": 1,
                                          "office": 2}),
    ("filings", kinds.filing, {"latex": 2, "groff": 1, "web": 3, "office": 2}),
)
PAPERS = 6
# Fonts of LaTeX with small capitals of their own.
REAL_CAPS = ("lm", "cm", "libertine")

HEBREW = {"font": "Frank Ruehl CLM", "language": ("he", "IL"), "direction": "rl-tb"}
ARABIC = {"font": "Amiri", "language": ("ar", "EG"), "direction": "rl-tb"}
CHINESE = {"font": "WenQuanYi Micro Hei", "language": ("zh", "CN")}
JAPANESE = {"font": "IPAMincho", "language": ("ja", "JP")}
KOREAN = {"font": "NanumMyeongjo", "language": ("ko", "KR")}
LATIN = {"font": "Linux Libertine O"}
DISORDER = {"shuffled": True, **LATIN}

# Kind, how it is drawn, its looks, how many.
DRAWN = (
    ("newspaper", drawn.newspaper, {"paper": "tabloid", **LATIN}, 3),
    ("slides", drawn.slides, {"paper": "slide", "font": "DejaVu Sans"}, 3),
    ("sidebars", drawn.sidebars, LATIN, 3),
    ("margins", drawn.margins, LATIN, 3),
    ("turned", drawn.turned, LATIN, 4),
    ("small-caps", drawn.small_capitals, LATIN, 2),
    ("hebrew", drawn.hebrew, HEBREW, 3),
    ("arabic", drawn.arabic, ARABIC, 3),
    ("rtl-mixed", drawn.hebrew_mixed, HEBREW, 2),
    ("rtl-mixed", drawn.arabic_mixed, ARABIC, 2),
    ("cjk", drawn.chinese, CHINESE, 2),
    ("cjk", drawn.japanese, JAPANESE, 2),
    ("cjk", drawn.korean, KOREAN, 2),
    ("vertical", drawn.vertical, JAPANESE, 2),
    ("vertical", drawn.vertical_tiers, JAPANESE, 1),
    # Who believes the order of the file is wrong here.
    ("disorder", drawn.newspaper, {"paper": "tabloid", **DISORDER}, 2),
    ("disorder", drawn.slides, {"paper": "slide", **DISORDER}, 1),
    ("disorder", drawn.sidebars, DISORDER, 1),
    ("disorder", drawn.margins, DISORDER, 1),
    ("disorder", drawn.turned, DISORDER, 1),
)

# Kind, tongue, looks, who sets it. Not WeasyPrint from right to left: its files
# say nothing true about their letters.
FOREIGN = (
    ("hebrew", tongues.hebrew, HEBREW, ("office", "office")),
    ("arabic", tongues.arabic, ARABIC, ("office", "office")),
    ("cjk", tongues.japanese, JAPANESE, ("office", "web")),
    ("cjk", tongues.chinese, CHINESE, ("web",)),
    ("vertical", tongues.japanese, {**JAPANESE, "direction": "tb-rl"}, ("office",)),
)


class Numbers:
    """Names count the documents of a kind, whoever makes them."""

    def __init__(self):
        self.counts = {}

    def next(self, kind):
        self.counts[kind] = self.counts.get(kind, 0) + 1
        return self.counts[kind]


def common(numbers):
    for place, (kind, says, producers) in enumerate(COMMON):
        for producer, count in producers.items():
            for _ in range(count):
                number = numbers.next(kind)
                seed = 1000 * (place + 1) + number
                prose = words.Prose(seed)
                document = Document(
                    kind, f"{kind}-{number}-{producer}", seed,
                    PRODUCERS[producer], says(prose, number),
                    **Shapes.of(producer, number, place))
                if kind == "margins":
                    document.margin = 1.6 # inches, for the notes
                if kind == "small-caps" and producer == "latex":
                    document.font = REAL_CAPS[number % len(REAL_CAPS)]
                if kind == "headers" or number % 2 == 0:
                    document.furniture = kinds.running(prose, number)
                yield document


def papers(numbers):
    for _ in range(PAPERS):
        number = numbers.next("papers")
        seed = 30000 + number
        prose = words.Prose(seed)
        document = Document("papers", f"papers-{number}-latex", seed, paper.make,
                            prose=prose, **Shapes.of("latex", number, 2))
        document.margin = 0.9
        document.size = (10, 9, 10, 11)[number % 4]
        if number % 2 == 0:
            document.furniture = kinds.running(prose, number)
        yield document


def pictures(numbers):
    for place, (kind, draw, looks, count) in enumerate(DRAWN):
        for index in range(count):
            number = numbers.next(kind)
            shape = {"size": (10, 9, 12, 11)[number % 4],
                     "paper": ("a4", "letter")[number % 2],
                     "gutter": (16, 12, 24)[number % 3], **looks}
            yield Document(kind, f"{kind}-{number}-pango",
                           40000 + 100 * place + index, draw, **shape)


def foreign_blocks(tongue):
    def paragraph():
        return Para(tongue.words(60), tongue.glue)
    blocks = [Heading(tongue.heading(), 1, glue=tongue.glue)]
    for _ in range(3):
        blocks += [Heading(tongue.heading(), 2, glue=tongue.glue),
                   *(paragraph() for _ in range(4))]
    return blocks


def foreign(numbers):
    for place, (kind, tongue, looks, producers) in enumerate(FOREIGN):
        for producer in producers:
            number = numbers.next(kind)
            seed = 50000 + 100 * place + number
            blocks = foreign_blocks(tongue(seed))
            if kind == "vertical":
                # One page: at a page's end Writer sets vertical lines over others.
                blocks = [b for b in blocks if isinstance(b, Para) or b.level == 1][:9]
            elif number % 2:
                blocks = [blocks[0], Columns(2, blocks[1:])]
            document = Document(kind, f"{kind}-{number}-{producer}", seed,
                                PRODUCERS[producer], blocks, size=11, gutter=20,
                                hyphenate=False, **looks)
            if kind == "vertical":
                document.furniture = Furniture(footer=("", "", ""))
            yield document


def documents():
    numbers = Numbers()
    for group in (common, papers, pictures, foreign):
        yield from group(numbers)
