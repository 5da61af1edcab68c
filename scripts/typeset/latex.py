# SPDX-License-Identifier: GPL-3.0-or-later
"""Documents set by pdfLaTeX and XeLaTeX."""

import os
import pathlib
import re
import subprocess

from .model import Items, Word, pieces

SPECIAL = {"&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_",
           "{": r"\{", "}": r"\}", "~": r"\textasciitilde{}",
           "^": r"\textasciicircum{}", "\\": r"\textbackslash{}",
           "−": r"\ensuremath{-}", "×": r"\ensuremath{\times}", "“": "``",
           "≤": r"\ensuremath{\leq}", "α": r"\ensuremath{\alpha}",
           "β": r"\ensuremath{\beta}", "σ": r"\ensuremath{\sigma}",
           "λ": r"\ensuremath{\lambda}", "π": r"\ensuremath{\pi}",
           "=": r"\ensuremath{=}", "+": r"\ensuremath{+}",
           "”": "''", "–": "--", "—": "---", "’": "'", "•": r"\textbullet{}"}

FONTS = {
    "cm": "",
    "lm": "\\usepackage[T1]{fontenc}\\usepackage{lmodern}",
    "times": "\\usepackage[T1]{fontenc}\\usepackage{mathptmx}",
    "palatino": "\\usepackage[T1]{fontenc}\\usepackage{mathpazo}",
    "helvetica": "\\usepackage[T1]{fontenc}\\usepackage{helvet}"
                 "\\renewcommand{\\familydefault}{\\sfdefault}",
    "bookman": "\\usepackage[T1]{fontenc}\\usepackage{bookman}",
    "libertine": "\\usepackage{fontspec}\\setmainfont{Linux Libertine O}"
                 "[Ligatures={Common,TeX}]",
}

STYLES = {"sup": r"\textsuperscript{%s}", "sub": r"\textsubscript{%s}",
          "caps": r"\textsc{%s}", "it": r"\textit{%s}", "bold": r"\textbf{%s}"}


def escape(text):
    return "".join(SPECIAL.get(c, c) for c in text)


def word(item):
    text = ""
    for style, piece in pieces(item):
        text += STYLES[style] % escape(piece) if style else escape(piece)
    if isinstance(item, Word) and item.note:
        text += r"\footnote{%s}" % words(item.note)
    if isinstance(item, Word) and item.margin:
        text += r"\marginpar{\raggedright\footnotesize %s}" % words(item.margin)
    return text


def words(items):
    return " ".join(word(item) for item in items)


class Setter:
    """Blocks as LaTeX."""

    def blocks(self, blocks):
        return "\n\n".join(getattr(self, type(b).__name__.lower())(b)
                           for b in blocks)

    def heading(self, block):
        text = words(([block.number] if block.number else []) + block.words)
        if block.level == 1:
            return r"{\centering\LARGE\bfseries %s\par}\bigskip" % text
        command = {2: "section", 3: "subsection"}[block.level]
        return "\\%s*{%s}" % (command, text)

    def para(self, block):
        return words(block.words)

    def items(self, block):
        labels = iter(block.labels)
        text = "\\begin{itemize}\n"
        for item in block.items:
            if isinstance(item, Items):
                text += self.items(item) + "\n"
            else:
                text += "\\item[{%s}] %s\n" % (escape(next(labels)), words(item))
        return text + "\\end{itemize}"

    def table(self, block):
        align = ("|" + "|".join(block.align) + "|") if block.ruled else block.align
        lines = []
        for number, row in enumerate(block.rows):
            cells = [escape(cell) for cell in row]
            if number < block.head:
                cells = [r"\textbf{%s}" % cell if cell else "" for cell in cells]
            if len(cells) == 1 and len(block.align) > 1:
                across = ("|l|" if block.ruled else "l")
                cells = [r"\multicolumn{%d}{%s}{\textit{%s}}"
                         % (len(block.align), across, cells[0])]
            lines.append(" & ".join(cells) + r" \\"
                         + (r"\hline" if block.ruled else ""))
        caption = (r"{\small %s\par}\smallskip" % words(block.caption) + "\n"
                   if block.caption else "")
        return ("\\begin{center}\n" + caption + "\\begin{tabular}{%s}" % align
                + (r"\hline" if block.ruled else "") + "\n" + "\n".join(lines)
                + "\n\\end{tabular}\n\\end{center}")

    def figure(self, block):
        rows = []
        for row in block.labels:
            rows.append("\\hfil".join(
                r"\fbox{\parbox[c][5ex][c]{%.2f\linewidth}{\centering\footnotesize"
                r"\sffamily %s}}" % (0.8 / len(row) - 0.04, escape(label))
                for label in row))
        return ("\\begin{center}\n" + "\\par\\medskip\n".join(rows)
                + "\n\\end{center}\n{\\small\\noindent %s\\par}\\medskip"
                % words(block.caption))

    def formula(self, block):
        number = "\\hfil\\llap{%s}" % escape(block.number) if block.number else ""
        return "\\[\\hbox to \\linewidth{\\hfil %s%s}\\]" % (words(block.words), number)

    def columns(self, block):
        return ("\\begin{multicols}{%d}\n%s\n\\end{multicols}"
                % (block.count, self.blocks(block.blocks)))


def furniture(document):
    text = r"\pagestyle{fancy}\fancyhf{}\renewcommand{\headrulewidth}{0pt}"
    for command, part in (("head", document.furniture.header),
                          ("foot", document.furniture.footer)):
        for side, piece in zip("LCR", part):
            text += "\\fancy%s[%s]{\\footnotesize %s}" % (
                command, side, escape(piece).replace(r"\{n\}", r"\thepage"))
    return text


def preamble(document, extra=""):
    """extarticle has 8 and 9 point."""
    paper = "%spaper" % document.paper
    unicode_map = ("" if document.font == "libertine" or document.seed % 2
                   else "\\input{glyphtounicode}\\pdfgentounicode=1")
    return "\n".join([
        r"\documentclass[%dpt,%s%s]{extarticle}" % (document.size, paper, extra),
        "" if document.font == "libertine" else r"\usepackage[utf8]{inputenc}",
        FONTS[document.font], unicode_map,
        # The sans serif of Computer Modern has no outlines in T1.
        "" if document.font in ("cm", "libertine") else
        r"\renewcommand{\sfdefault}{phv}",
        r"\usepackage[margin=%.1fin]{geometry}" % document.margin,
        r"\usepackage{multicol,fancyhdr,graphicx,float}",
        r"\setlength{\columnsep}{%gpt}" % document.gutter,
        r"\setlength{\marginparwidth}{1in}",
        # No word is cut at a page's end: it would belong to two pages.
        r"\brokenpenalty=10000 \tolerance=2000 \emergencystretch=2em",
        r"\hyphenpenalty=%d" % (0 if document.hyphenate else 10000),
        r"\interfootnotelinepenalty=10000 \raggedbottom", furniture(document), ""])


def compile_tex(source, pdf, engine="pdflatex", runs=1):
    """Sets SOURCE; PDF is the path of what comes out."""
    pdf = pathlib.Path(pdf)
    tex = pdf.with_suffix(".tex")
    tex.write_text(source, encoding="utf-8")
    # Dates in the file would differ from run to run.
    env = dict(os.environ, SOURCE_DATE_EPOCH="0", FORCE_SOURCE_DATE="1")
    for _ in range(runs):
        done = subprocess.run([engine, "-interaction=nonstopmode",
                               "-halt-on-error", tex.name], cwd=pdf.parent,
                              capture_output=True, env=env)
        if done.returncode:
            log = done.stdout.decode(errors="replace")
            raise RuntimeError("\n".join(re.findall(r"^!.*(?:\n.*){0,6}", log,
                                                    re.M)) or log[-2000:])


def make(document, pdf):
    engine = "xelatex" if document.font == "libertine" else "pdflatex"
    body = Setter().blocks(document.blocks)
    compile_tex(preamble(document) + "\\begin{document}\n" + body
                + "\n\\end{document}\n", pdf, engine)
