# SPDX-License-Identifier: GPL-3.0-or-later
"""What the kinds of documents say, as blocks that any producer can set. Each
function takes the seeded prose and what number of its kind it is."""

from .model import (Columns, Figure, Formula, Furniture, Heading, Items, Para,
                    Table, Word)

def paragraphs(prose, words, each=80):
    """Paragraphs of together about so many words."""
    blocks = []
    while words > 0:
        block = Para(prose.words(prose.rng.randrange(each // 2, each * 3 // 2)))
        words -= len(block.words)
        blocks.append(block)
    return blocks


def sections(prose, words, each=300):
    blocks, number = [], 0
    while words > 0:
        number += 1
        blocks.append(Heading(prose.heading(), 2, f"{number}"))
        blocks += paragraphs(prose, each)
        words -= each
    return blocks


def title(prose):
    return Heading(prose.title(), 1)


def one_column(prose, number):
    return [title(prose)] + sections(prose, 1200 + 300 * (number % 3))


def two_columns(prose, number):
    return [title(prose), Columns(2, sections(prose, 1700 + 200 * (number % 3)))]


def three_columns(prose, number):
    return [title(prose), Columns(3, sections(prose, 1700 + 200 * (number % 3),
                                              260))]


def headings_across(prose, number):
    """Headings over the whole width between parts of two or three columns."""
    blocks = [title(prose)]
    for _ in range(4):
        blocks.append(Heading(prose.title(), 2))
        blocks.append(Columns(2 + number % 2, paragraphs(prose, 380)))
    return blocks


def headers(prose, number):
    return [title(prose)] + sections(prose, 1300)


def running(prose, number):
    """Headers and footers that repeat, each in its own way."""
    name = " ".join(prose.title())
    journal = " ".join(prose.title(3))
    return (Furniture((journal, "", "Vol. 12, No. 4"), ("", "{n}", "")),
            Furniture((name, "", "{n}"), (journal, "", "printed for the members")),
            Furniture(("", name, ""), ("Draft 3", "", "Page {n}")),
            Furniture(("", journal, ""), ("", "– {n} –", "")))[number % 4]


def with_notes(prose, words):
    """Hangs a footnote on some of the words that end a clause."""
    noted = []
    for index, word in enumerate(words):
        if (word[-1] in ".," and prose.chance(0.1) and index > 3
                and not isinstance(word, Word)):
            note = prose.words(8)
            noted.append(Word((("", word),), note=note))
        else:
            noted.append(word)
    return noted


def footnotes(prose, number):
    blocks = [title(prose)]
    for block in sections(prose, 1100):
        blocks.append(Para(with_notes(prose, block.words))
                      if isinstance(block, Para) else block)
    return blocks


def margin_notes(prose, number):
    """Notes in the margin, each beside the first line of its paragraph."""
    blocks = [title(prose)]
    for block in sections(prose, 900):
        if isinstance(block, Para) and prose.chance(0.5):
            first, *rest = block.words
            block = Para([Word((("", first),), margin=prose.heading()), *rest])
        blocks.append(block)
    return blocks


def footnotes_two(prose, number):
    first, *rest = footnotes(prose, number)
    return [first, Columns(2, rest)]


def hyphens(prose, number):
    """Narrow columns, so that nearly every second line ends in a hyphen; real
    compounds are among them."""
    words = []
    for _ in range(6):
        for _ in range(3):
            words.append(prose.words(50))
    blocks = []
    for run in words:
        mixed = []
        for word in run:
            mixed.append(word)
            if word.isalpha() and prose.chance(0.04):
                mixed.append(prose.rng.choice(prose.compounds))
        blocks.append(Para(mixed))
    return [title(prose), Columns(3, blocks)]


def lists(prose, number):
    blocks = [title(prose)]
    bullets = ("•", "–", "•")[number % 3]
    for section in range(4):
        blocks += [Heading(prose.heading()), Para(prose.words(30))]
        count = prose.rng.randrange(4, 7)
        items = [prose.words(prose.rng.choice((4, 14, 30))) for _ in range(count)]
        if section % 2:
            labels = ([f"{n}." for n in range(1, count + 1)],
                      [f"({'abcdefgh'[n]})" for n in range(count)])[number % 2]
        else:
            labels = [bullets] * count
        inner = Items(["–"] * 3, [prose.words(6) for _ in range(3)])
        items.insert(2, inner)
        blocks += [Items(labels, items), Para(prose.words(40))]
    return blocks


def scripts(prose, number):
    """Sub- and superscripts in the text and formulas of one line. Only such as
    have one way to be written down: x2, H2O, 10−3."""
    rng = prose.rng

    def small():
        base, style, text = rng.choice((
            ("10", "sup", f"−{rng.randrange(2, 9)}"), ("H", "sub", "2"),
            ("x", "sup", "2"), ("CO", "sub", "2"), ("m", "sup", "3"),
            ("n", "sub", str(rng.randrange(1, 9))), ("E", "sub", "max"),
            ("p", "sub", "0"), ("19", "sup", "th"), ("R", "sup", "n")))
        return Word((("", base), (style, text)))

    def salted(words):
        out = []
        for word in words:
            out.append(word)
            if str(word)[-1].isalpha() and prose.chance(0.07):
                out.append(small())
        return out

    blocks, formula = [title(prose)], 0
    for _ in range(5):
        blocks.append(Heading(prose.heading()))
        for _ in range(2):
            blocks.append(Para(salted(prose.words(70))))
        formula += 1
        left, right = rng.sample("abcdyzuvw", 2)
        blocks.append(Formula(
            [Word((("it", left), ("sub", str(rng.randrange(1, 5))))), "=",
             str(rng.randrange(2, 9)), Word((("it", right), ("sup", "2"))), "+",
             Word((("it", "k"), ("sub", str(rng.randrange(1, 5)))))],
            f"({formula})"))
        blocks.append(Para(salted(prose.words(50))))
    return blocks


def figure(prose, number):
    rng = prose.rng
    rows = [[" ".join(prose.noun_phrase()[1:]) for _ in range(rng.randrange(2, 4))]
            for _ in range(rng.randrange(2, 4))]
    return Figure(rows, ["Figure", f"{number}:"] + prose.words(14))


def figures(prose, number):
    """Drawings with labels. Chosen: labels row by row, then the caption."""
    blocks = [title(prose)]
    for count in range(1, 5):
        blocks += paragraphs(prose, 170) + [figure(prose, count)]
    return blocks + paragraphs(prose, 100)


def figures_two(prose, number):
    first, *rest = figures(prose, number)
    return [first, Columns(2, rest)]


def small_caps(prose, number, faked=False):
    """Names in small capitals, words full of ligatures. Small capitals of the
    font are small letters to a reader of text; FAKED ones are capitals."""
    def caps(word):
        return Word((("caps", word.upper() if faked else word),))

    def dressed(words):
        return [caps(word) if word.isalpha() and prose.chance(0.08)
                else prose.rng.choice(LIGATURES) if prose.chance(0.08) and word.islower()
                else word for word in words]
    blocks = [title(prose)]
    for _ in range(4):
        blocks.append(Heading([caps(word) for word in prose.heading()]))
        for _ in range(3):
            blocks.append(Para(dressed(prose.words(90))))
    return blocks


def faked_caps(prose, number):
    return small_caps(prose, number, True)


LIGATURES = """office affluent fjord fluffy offline sniffle difficult afflict
flight first fifty waffle baffling efficient scaffold fluent reflection
""".split()


def table(prose, rows, columns, ruled, number):
    rng = prose.rng
    heads = ["Item"] + rng.sample(("North", "South", "East", "West", "Spring",
                                   "Summer", "Autumn", "Winter", "Total"), columns)
    lines = [heads]
    for _ in range(rows):
        name = " ".join(prose.noun_phrase()[1:]).capitalize()
        lines.append([name] + [prose.amount(9999) for _ in range(columns)])
    caption = ["Table", f"{number}:"] + prose.heading()
    return Table(lines, "l" + "r" * columns, 1, ruled, caption)


def tables(prose, number, ruled):
    blocks = [title(prose)]
    for count in range(1, 5):
        blocks += paragraphs(prose, 120)
        blocks.append(table(prose, 5 + prose.rng.randrange(7),
                            3 + prose.rng.randrange(2), ruled, count))
    return blocks + paragraphs(prose, 80)


def ruled_tables(prose, number):
    return tables(prose, number, True)


def plain_tables(prose, number):
    return tables(prose, number, False)


SECTIONS = ("Current assets:", "Non-current assets:", "Current liabilities:",
            "Stockholders’ equity:", "Operating expenses:", "Revenue:",
            "Cash flows from operating activities:", "Other income (expense):")
LINES = ("Cash and cash equivalents", "Marketable securities",
         "Accounts receivable, net", "Inventories", "Prepaid expenses and other",
         "Property and equipment, net", "Goodwill", "Intangible assets, net",
         "Accounts payable", "Accrued liabilities", "Deferred revenue",
         "Long-term debt, net of current portion", "Common stock",
         "Additional paid-in capital", "Accumulated deficit", "Research and"
         " development", "Sales and marketing", "General and administrative",
         "Interest expense", "Depreciation and amortization",
         "Stock-based compensation", "Provision for income taxes",
         "Net income (loss)", "Basic earnings per share (1)",
         "Diluted earnings per share (2)")


def statement(prose, columns):
    """A table as filings have them: section rows, brackets, dollar signs that
    stand in cells of their own, footnote marks."""
    rng = prose.rng
    years = [str(2023 - n) for n in range(columns)]
    rows = [["(in thousands)"] + years]
    for section in rng.sample(SECTIONS, 3):
        rows.append([section])
        for line in rng.sample(LINES, rng.randrange(4, 7)):
            rows.append([line] + [prose.amount(999999) for _ in range(columns)])
        rows.append(["Total " + section.rstrip(":").lower()]
                    + ["$ " + f"{rng.randrange(10000, 9999999):,}"
                       for _ in range(columns)])
    return Table(rows, "l" + "r" * columns, 1, False)


def filing(prose, number):
    blocks = [title(prose), Para(prose.words(40))]
    for _ in range(4):
        name = prose.rng.choice(("Balance Sheets", "Statements of Operations",
                                 "Statements of Cash Flows", "Segment Results"))
        blocks += [Heading(["Condensed", "Consolidated"] + name.split()),
                   statement(prose, prose.rng.choice((2, 3, 4))),
                   Para(["(1)"] + prose.words(15)), Para(["(2)"] + prose.words(15)),
                   *paragraphs(prose, 60)]
    return blocks
