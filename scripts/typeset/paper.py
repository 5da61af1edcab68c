# SPDX-License-Identifier: GPL-3.0-or-later
"""Papers in two columns, as conferences and arXiv have them: a title block over
both, footnotes at the foot of the column, figures and tables that float to the
top of a column or of a page, references."""

from . import kinds, latex
from .counted import (Flow, Mismatch, find_label, letters, pages_of,
                      written_units)
from .model import BLOCK, Formula, Heading, Items, Para, Word, joined, units


class Float:
    """A figure or table that goes where LaTeX likes; told by its label."""

    def __init__(self, block, wide):
        self.block, self.wide = block, wide
        self.label = (block.caption[0], block.caption[1])
        self.text = written_units(units([block]))


class Paper:
    """What a paper says."""

    def __init__(self, prose, number):
        self.prose = prose
        self.title = prose.title(6)
        self.authors = [prose.name().split() for _ in range(2 + number % 3)]
        self.thanks = ["*", *prose.words(9)] if number % 2 else None
        self.place = ["Institute", "of", *prose.title(2), "Harbour"]
        self.abstract = prose.words(90)
        self.wide_abstract = number % 3 != 0
        self.floats = [Float(kinds.figure(prose, 1), False),
                       Float(kinds.table(prose, 6, 3, False, 1), False),
                       Float(kinds.figure(prose, 2), True)]
        self.body = self.sections(number)

    def top(self):
        """The title block as units."""
        last = list(self.authors[-1])
        if self.thanks:
            last[-1] += "*"
        blocks = [Heading(self.title, 1),
                  Para([w for a in self.authors[:-1] for w in a] + last),
                  Para(self.place)]
        if self.wide_abstract:
            blocks += [Heading(["Abstract"]), Para(self.abstract)]
        return units(blocks)

    def sections(self, number):
        prose, blocks = self.prose, []
        if not self.wide_abstract:
            blocks += [Heading(["Abstract"]), Para(self.abstract)]
        for section in range(1, 6):
            blocks.append(Heading(prose.heading(), 2, str(section)))
            for part in range(3):
                words = prose.words(75)
                if part == 1:
                    words = kinds.with_notes(prose, words)
                blocks.append(Para([self.cited(w) for w in words]))
            if section % 2 == 0:
                blocks.append(Formula(
                    [Word((("it", "f"), ("sub", str(section)))), "=", "2",
                     Word((("it", "x"), ("sup", "2"))), "+", "1"], f"({section})"))
                blocks += kinds.paragraphs(prose, 60)
        blocks.append(Heading(["References"]))
        count = 9 + number
        blocks.append(Items(
            [f"[{n}]" for n in range(1, count)],
            [[*prose.name().split(), "and", *(prose.name() + ",").split(),
              *prose.words(8)[:-1], f"{prose.rng.randrange(4, 60)}",
              f"({prose.rng.randrange(1960, 2023)}),", "33–41."]
             for _ in range(1, count)]))
        return blocks

    def cited(self, word):
        if isinstance(word, str) and word[-1] == "." and self.prose.chance(0.2):
            return word[:-1] + f" [{self.prose.rng.randrange(1, 9)}]."
        return word


def float_source(setter, item):
    name = "figure" + ("*" if item.wide else "")
    return "\\begin{%s}[t]\\footnotesize\\setlength{\\tabcolsep}{3pt}\n%s\n\\end{%s}\n" % (
        name, setter.blocks([item.block]), name)


def source(document, paper):
    setter = latex.Setter()
    authors = " \\quad ".join(latex.words(a) for a in paper.authors)
    note = ""
    if paper.thanks:
        authors += r"\textsuperscript{*}"
        note = (r"\begingroup\renewcommand{\thefootnote}{*}\footnotetext{%s}"
                r"\endgroup" % latex.words(paper.thanks[1:]))
    top = r"\begin{center}{\LARGE %s\par}\bigskip %s\par\smallskip\textit{%s}\par" % (
        latex.words(paper.title), authors, latex.words(paper.place))
    if paper.wide_abstract:
        top += (r"\bigskip\begin{minipage}{0.85\textwidth}\small\begin{center}"
                r"\bfseries Abstract\end{center}%s\end{minipage}"
                % latex.words(paper.abstract))
    top += r"\end{center}\bigskip"
    body, floats = "", list(paper.floats)
    for place, block in enumerate(paper.body):
        body += setter.blocks([block]) + "\n\n"
        if floats and place in (3, 9, 6):
            body += float_source(setter, floats.pop(0))
    stamp = ""
    if document.seed % 2:
        stamp = (r"\usepackage{eso-pic}\AddToShipoutPictureBG*{\AtPageLowerLeft{"
                 r"\put(22,240){\rotatebox{90}{\Large %s}}}}"
                 % latex.escape(stamp_of(document)))
    return (latex.preamble(document, ",twocolumn") + stamp
            + "\\begin{document}\\twocolumn[%s]\n%s%s\\end{document}\n"
            % (top, note, body))


def stamp_of(document):
    return f"arXiv:2203.{document.seed}v2 [cs.DL] 3 Mar 2022" if (
        document.seed % 2) else ""


def cut_above(boxes, count, where):
    """Boxes from the top of together COUNT letters, and the others."""
    boxes = sorted(boxes, key=lambda box: box.y)
    taken = 0
    while count > 0 and taken < len(boxes):
        count -= letters(boxes[taken].text)
        taken += 1
    if count:
        raise Mismatch(f"{where}: what is over both columns has other letters")
    return boxes[:taken], boxes[taken:]


def column_text(paper, flow, boxes, thanks, where):
    """One column: what floated to its top, the text, its footnotes."""
    own = [f for f in paper.floats if not f.wide and find_label(boxes, f.label)]
    beside = "".join(f.text for f in own) + thanks
    text, notes = flow.take(boxes, beside, where)
    return [*(f.text for f in own), text, *([thanks] if thanks else []), *notes]


def truth(document, paper, pdf):
    flow, pages, margin = Flow(units(paper.body)), [], document.margin * 72
    for number, page in enumerate(pages_of(pdf), 1):
        inside = [b for b in page.boxes if margin < b.x < page.width - margin
                  and margin - 2 < b.y < page.height - margin + 2]
        texts = [document.furniture.text(document.furniture.header, number)]
        wide = [f for f in paper.floats if f.wide and find_label(inside, f.label)]
        over = "\n\n".join([written_units(paper.top())] * (number == 1)
                           + [f.text for f in wide])
        _, inside = cut_above(inside, letters(over), f"page {number}")
        texts.append(over)
        for side in range(2):
            boxes = [b for b in inside if (b.x > page.width / 2) == bool(side)]
            thanks = joined(paper.thanks) if (
                paper.thanks and number == 1 and side == 0) else ""
            texts += column_text(paper, flow, boxes, thanks,
                                 f"page {number}, column {side + 1}")
        texts.append(document.furniture.text(document.furniture.footer, number))
        texts.append(stamp_of(document) if number == 1 else "")
        pages.append(BLOCK.join(filter(None, texts)) + "\n")
    if not flow.ended():
        raise Mismatch("words that are on no page")
    return "\f".join(pages) + "\f"


def make(document, pdf):
    number = document.seed % 100
    paper = Paper(document.prose, number)
    latex.compile_tex(source(document, paper), pdf,
                      "xelatex" if document.font == "libertine" else "pdflatex")
    return truth(document, paper, pdf)
