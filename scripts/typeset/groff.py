# SPDX-License-Identifier: GPL-3.0-or-later
"""Documents set by groff with the ms macros and tbl."""

import subprocess

from .model import Items, Word, pieces

# Characters that roff takes for something else.
SPECIAL = {"\\": r"\e", "-": r"-", "−": r"\(mi", "’": r"\(cq", "'": r"\(aq",
           "“": r"\(lq", "”": r"\(rq", "–": r"\(en", "—": r"\(em",
           "•": r"\(bu", "×": r"\(mu"}

# By hand, since the macro for it starts a new word.
STYLES = {"sup": r"\s-3\v'-0.3m'%s\v'0.3m'\s+3", "sub": r"\s-3\v'0.2m'%s\v'-0.2m'\s+3",
          "it": r"\fI%s\fP", "bold": r"\fB%s\fP"}

FAMILIES = {"times": "T", "helvetica": "H", "palatino": "P", "bookman": "BM",
            "newcentury": "N"}


def escape(text):
    return "".join(SPECIAL.get(c, c) for c in text)


def small_capitals(text):
    return r"\s-2%s\s+2" % escape(text.upper())


def word(item):
    text = ""
    for style, piece in pieces(item):
        if style == "caps":
            text += small_capitals(piece)
        else:
            text += STYLES[style] % escape(piece) if style else escape(piece)
    # A word at a line's start is not a request.
    text = r"\&" + text if text[0] in ".'" else text
    if isinstance(item, Word) and item.note:
        text += "\\**\n.FS\n" + words(item.note) + "\n.FE\n"
    return text


def words(items):
    return " ".join(word(item) for item in items).replace("\n ", "\n")


class Setter:
    """Blocks as requests; WIDTH of the text and GUTTER in points."""

    def __init__(self, width, gutter):
        self.width, self.gutter = width, gutter

    def blocks(self, blocks):
        return "".join(getattr(self, type(b).__name__.lower())(b) for b in blocks)

    def heading(self, block):
        text = words(([block.number] if block.number else []) + block.words)
        if block.level == 1:
            return f".LG\n.LG\n.ce 9\n\\fB{text}\\fP\n.ce 0\n.NL\n.sp 1\n"
        return f".SH\n{text}\n"

    def para(self, block):
        return ".PP\n%s\n" % words(block.words)

    def items(self, block):
        labels = iter(block.labels)
        text = ""
        for item in block.items:
            if isinstance(item, Items):
                text += ".RS\n" + self.items(item) + ".RE\n"
            else:
                text += '.IP "%s" 4n\n%s\n' % (escape(next(labels)), words(item))
        return text

    def table(self, block):
        lines = ["allbox center;" if block.ruled else "center;"]
        for number, row in enumerate(block.rows):
            bold = "b" if number < block.head else ""
            if len(row) == 1 and len(block.align) > 1:
                form = " ".join(["li"] + ["s"] * (len(block.align) - 1))
            else:
                form = " ".join(a + bold for a in block.align)
            last = "." if number == len(block.rows) - 1 else ""
            lines.append(form + last)
        lines += ["\t".join(escape(cell) for cell in row) for row in block.rows]
        caption = (".PP\n.SM\n%s\n.NL\n" % words(block.caption)
                   if block.caption else "")
        # Kept together: a table cut by a page would repeat its head.
        return (".KS\n" + caption + ".sp 0.5\n.TS\n" + "\n".join(lines)
                + "\n.TE\n.sp 0.5\n.KE\n")

    def formula(self, block):
        return (".DS L\n.ta \\n[.l]u/2uC \\n[.l]uR\n\t%s\t%s\n.DE\n"
                % (words(block.words), escape(block.number)))

    def columns(self, block):
        if block.count == 2:
            request = ".2C\n"
        else:
            room = self.width - (block.count - 1) * self.gutter
            request = f".MC {room / block.count:.0f}p {self.gutter:.0f}p\n"
        return request + self.blocks(block.blocks) + ".1C\n"


def title(part):
    """The names of ms for a header's left, middle and right."""
    return [escape(piece).replace("{n}", r"\\n%") for piece in part]


def make(document, pdf):
    width, length = (612, 792) if document.paper == "letter" else (595, 842)
    margin = document.margin * 72
    head = [f".nr PS {document.size}", f".nr VS {document.size * 1.2:.1f}",
            f".nr PO {margin:.0f}p", f".nr LL {width - 2 * margin:.0f}p",
            f".nr HM {margin:.0f}p", f".nr FM {margin:.0f}p",
            f".nr MINGW {document.gutter:.0f}p",
            ".ds FAM " + FAMILIES.get(document.font, "T"),
            f".nr HY {6 if document.hyphenate else 0}"]
    for kind, part in (("H", document.furniture.header),
                       ("F", document.furniture.footer)):
        head += [f".ds {side}{kind} {piece}"
                 for side, piece in zip("LCR", title(part))]
    # ms leaves the first page without its header unless told.
    head += [".P1"]
    body = Setter(width - 2 * margin, document.gutter).blocks(document.blocks)
    source = "\n".join(filter(None, head)) + "\n" + body
    paper = f"-P-p{length / 72:.3f}i,{width / 72:.3f}i"
    with open(pdf, "wb") as out:
        done = subprocess.run(["groff", "-Kutf8", "-Tpdf", "-ms", "-t", paper],
                              input=source.encode(), stdout=out,
                              stderr=subprocess.PIPE)
    if done.returncode or done.stderr:
        raise RuntimeError(done.stderr.decode(errors="replace")[-2000:])
