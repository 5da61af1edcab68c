# SPDX-License-Identifier: GPL-3.0-or-later
"""Documents of known text for `scripts/bench --formats`, written by pandoc and
LibreOffice or by Python. Each kind is made once below a directory and found there
from then on."""

import email.message
import email.utils
import html
import pathlib
import shutil
import subprocess
import tarfile
import zipfile

from corpus import mobi, prose

# What a format is measured over; of as many different texts.
FILES = 500
TEXTS = 20
PARAGRAPHS = 12
SLIDES = 4
TITLE = "The harbour book, part {}"

NAMESPACES = "".join(
    f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{urn}:1.0"'
    for name, urn in (("office", "office"), ("text", "text"), ("table", "table"),
                      ("draw", "drawing"), ("svg", "svg-compatible")))


class Book:
    """The text of one document: a title, paragraphs, and for sheets figures."""

    def __init__(self, seed):
        dull = prose.Dull(seed)
        self.title = TITLE.format(seed)
        self.paragraphs = [dull.paragraph(8) for _ in range(PARAGRAPHS)]
        self.figures = [1000 * seed + 17 * row for row in range(PARAGRAPHS)]

    def text(self):
        return "\n\n".join([self.title, *self.paragraphs]) + "\n"

    def rows(self):
        """Of a sheet: the title, then a figure and sentences in each."""
        yield [self.title]
        for figure, paragraph in zip(self.figures, self.paragraphs):
            yield [figure, *(f"{sentence.rstrip('.')}."
                             for sentence in paragraph.split(". "))]

    def table(self):
        return "\n".join("\t".join(map(str, row)) for row in self.rows())


# Makers of all documents of a kind: the books, the directory, the extension.

def name_of(directory, number, extension):
    return directory / f"{number:04}.{extension}"


def each(maker):
    """MAKER writes one book to a path."""
    def all_of(books, directory, extension):
        for number, book in enumerate(books, 1):
            maker(book, name_of(directory, number, extension))
    return all_of


@each
def by_pandoc(book, path):
    subprocess.run(["pandoc", "-s", "-M", f"title={book.title}", "-f", "markdown",
                    "-o", str(path)], input="\n\n".join(book.paragraphs).encode(),
                   check=True)


def page(book):
    return (f"<meta charset=utf-8><h1>{book.title}</h1>"
            + "".join(f"<p>{p}</p>" for p in book.paragraphs))


def flat(kind, body):
    return (f'<?xml version="1.0" encoding="UTF-8"?><office:document{NAMESPACES}'
            ' office:version="1.2" office:mimetype="application/vnd.oasis.'
            f'opendocument.{kind}"><office:body><office:{kind}>{body}'
            f"</office:{kind}></office:body></office:document>")


def sheet(book):
    rows = ""
    for row in book.rows():
        rows += "<table:table-row>"
        for cell in row:
            how = (f'float" office:value="{cell}' if isinstance(cell, int)
                   else "string")
            rows += (f'<table:table-cell office:value-type="{how}"><text:p>'
                     f"{html.escape(str(cell))}</text:p></table:table-cell>")
        rows += "</table:table-row>"
    return flat("spreadsheet", f'<table:table table:name="Book">{rows}</table:table>')


def frame(top, height, paragraphs):
    return (f'<draw:frame svg:x="1cm" svg:y="{top}cm" svg:width="24cm"'
            f' svg:height="{height}cm"><draw:text-box>'
            + "".join(f"<text:p>{html.escape(p)}</text:p>" for p in paragraphs)
            + "</draw:text-box></draw:frame>")


def slides(book):
    pages, share = "", PARAGRAPHS // SLIDES
    for number in range(SLIDES):
        title = frame(1, 3, [book.title]) if number == 0 else ""
        part = book.paragraphs[number * share:(number + 1) * share]
        pages += (f'<draw:page draw:name="page{number + 1}">{title}'
                  f"{frame(5, 14, part)}</draw:page>")
    return flat("presentation", pages)


def by_office(source, kind, *how):
    """LibreOffice takes seconds to start, so it converts all books at once."""
    def all_of(books, directory, extension):
        sources = directory / "sources"
        sources.mkdir()
        paths = []
        for number, book in enumerate(books, 1):
            paths.append(name_of(sources, number, kind))
            paths[-1].write_text(source(book), "utf-8")
        subprocess.run(["soffice", "--headless", *how, "--convert-to", extension,
                        "--outdir", str(directory), *map(str, paths)],
                       check=True, capture_output=True)
        shutil.rmtree(sources)
    return all_of


def message(book):
    mail = email.message.EmailMessage()
    mail["From"] = "gull@example.org"
    mail["To"] = "zoe@example.net"
    mail["Subject"] = book.title
    mail["Date"] = email.utils.format_datetime(
        email.utils.parsedate_to_datetime("Mon, 1 Jan 2024 12:00:00 +0100"))
    mail["Message-ID"] = "<1@example.org>"
    mail.set_content("\n\n".join(book.paragraphs), cte="quoted-printable")
    return mail


@each
def by_mail(book, path):
    path.write_bytes(message(book).as_bytes())


@each
def by_mailbox(book, path):
    envelope = b"From gull@example.org Mon Jan  1 12:00:00 2024\n"
    path.write_bytes(envelope + message(book).as_bytes() + b"\n")


@each
def by_mobipocket(book, path):
    path.write_bytes(mobi.mobipocket(book.title, page(book).encode(), [(100, "Gull")]))


@each
def by_zip(book, path):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("harbour.txt", book.text())


@each
def by_tar(book, path):
    member = path.with_suffix(".txt")
    member.write_text(book.text(), "utf-8")
    with tarfile.open(path, "w") as archive:
        archive.add(member, "harbour.txt")
    member.unlink()


# Extension: the program that it takes, None for Python's own, and the maker.
MAKERS = {
    "docx": ("pandoc", by_pandoc), "odt": ("pandoc", by_pandoc),
    "rtf": ("pandoc", by_pandoc), "html": ("pandoc", by_pandoc),
    "epub": ("pandoc", by_pandoc), "fb2": ("pandoc", by_pandoc),
    "doc": ("soffice", by_office(page, "html", "--writer")),
    **{extension: ("soffice", by_office(sheet, "fods"))
       for extension in ("xlsx", "ods", "xls")},
    **{extension: ("soffice", by_office(slides, "fodp"))
       for extension in ("pptx", "odp", "ppt")},
    "eml": (None, by_mail), "mbox": (None, by_mailbox), "mobi": (None, by_mobipocket),
    "zip": (None, by_zip), "tar": (None, by_tar),
}


def make(extension, maker, directory):
    """FILES documents in DIRECTORY, which is there when they all are."""
    unfinished = directory.with_name(f"{directory.name}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    maker([Book(seed) for seed in range(1, TEXTS + 1)], unfinished, extension)
    for number in range(1, TEXTS + 1):
        first = name_of(unfinished, number, extension)
        for copy in range(FILES // TEXTS):
            shutil.copyfile(first, unfinished / f"{number:04}-{copy:03}.{extension}")
        first.unlink()
    unfinished.rename(directory)


def made(extension, below):
    """FILES documents below the directory BELOW and their texts; none, and why,
    when they cannot be made."""
    program, maker = MAKERS[extension]
    directory = pathlib.Path(below, extension).resolve()
    if not directory.is_dir():
        if program and not shutil.which(program):
            return [], [], f"not made: that takes {program}"
        make(extension, maker, directory)
    books = {f"{seed:04}": Book(seed) for seed in range(1, TEXTS + 1)}
    files = sorted(directory.glob(f"*.{extension}"))
    table = extension in ("xlsx", "ods", "xls")
    texts = {number: book.table() if table else book.text()
             for number, book in books.items()}
    return files, [texts[path.name[:4]] for path in files], ""
