# SPDX-License-Identifier: GPL-3.0-or-later
"""The formats beside PDF against what people would use for each: files a second
with extract -o and with a process for each file, and how many of the words each
of them finds. Documents come from known text, written by pandoc and LibreOffice
or by Python, or are given."""

import collections
import email.message
import email.utils
import os
import pathlib
import re
import shutil
import subprocess
import tarfile
import zipfile

from corpus import prose

from .tools import Extract, Tool

# What a format is measured over; of as many different texts.
FILES = 500
TEXTS = 20
PARAGRAPHS = 12
TITLE = "The harbour book, part {}"

# Peers by extension: a name, and a shell command that writes the text of "$1".
PEERS = {
    "docx": [("docx2txt", 'docx2txt "$1" -'), ("pandoc", 'pandoc -t plain "$1"')],
    "odt": [("odt2txt", 'odt2txt "$1"'), ("pandoc", 'pandoc -t plain "$1"')],
    "rtf": [("unrtf", 'unrtf --text --quiet "$1"'),
            ("pandoc", 'pandoc -t plain "$1"')],
    "html": [("html2text", 'html2text "$1"'), ("pandoc", 'pandoc -t plain "$1"')],
    "epub": [("mutool", 'mutool draw -q -F txt "$1"'),
             ("pandoc", 'pandoc -t plain "$1"')],
    "doc": [("catdoc", 'catdoc -d utf-8 "$1"')],
    "xls": [("xls2csv", 'xls2csv -d utf-8 "$1"')],
    "ppt": [("catppt", 'catppt -d utf-8 "$1"')],
    "zip": [("unzip", 'unzip -p "$1"'), ("bsdtar", 'bsdtar -xOf "$1"')],
    "tar": [("bsdtar", 'bsdtar -xOf "$1"')],
    "eml": [],
    "mbox": [],
}


class Peer(Tool):
    """SHELL for each file, its output beside those of the others."""

    def __init__(self, name, shell, jobs, files, scratch):
        self.shell = shell
        super().__init__(name, jobs, files, scratch)

    def words(self):
        for index, path in enumerate(self.files):
            yield from (path, self.output(index))

    def command(self):
        return ["xargs", "-0", "-n", "2", "-P", str(self.jobs), "sh", "-c",
                f'{self.shell} >"$2"', "sh"]


# Documents

class Book:
    """The text of one document: a title, paragraphs."""

    def __init__(self, seed):
        dull = prose.Dull(seed)
        self.title = TITLE.format(seed)
        self.paragraphs = [dull.paragraph(8) for _ in range(PARAGRAPHS)]

    def text(self):
        return "\n\n".join([self.title, *self.paragraphs]) + "\n"

    def markdown(self):
        return f"# {self.text()}"


def by_pandoc(book, path):
    subprocess.run(["pandoc", "-s", "-M", f"title={book.title}", "-f", "markdown",
                    "-o", str(path)], input="\n\n".join(book.paragraphs).encode(),
                   check=True)


def by_office(book, path):
    page = path.with_suffix(".html")
    page.write_text("<meta charset=utf-8><h1>" + book.title + "</h1>"
                    + "".join(f"<p>{p}</p>" for p in book.paragraphs), "utf-8")
    subprocess.run(["soffice", "--headless", "--writer", "--convert-to", path.suffix[1:],
                    "--outdir", str(path.parent), str(page)],
                   check=True, capture_output=True)
    page.unlink()


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


def by_mail(book, path):
    path.write_bytes(message(book).as_bytes())


def by_mailbox(book, path):
    envelope = b"From gull@example.org Mon Jan  1 12:00:00 2024\n"
    path.write_bytes(envelope + message(book).as_bytes() + b"\n")


def by_zip(book, path):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("harbour.txt", book.text())


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
    "epub": ("pandoc", by_pandoc), "doc": ("soffice", by_office),
    "eml": (None, by_mail), "mbox": (None, by_mailbox),
    "zip": (None, by_zip), "tar": (None, by_tar),
}


def made(extension, scratch):
    """FILES documents and their texts; none, and why, when they cannot be
    made."""
    program, maker = MAKERS.get(extension, ("files of your own", None))
    if maker is None or (program and not shutil.which(program)):
        return [], [], f"not made: that takes {program}"
    directory = pathlib.Path(scratch, f"formats-{extension}")
    directory.mkdir()
    files, texts = [], []
    for seed in range(1, TEXTS + 1):
        book = Book(seed)
        first = directory / f"{seed:04}.{extension}"
        maker(book, first)
        for copy in range(FILES // TEXTS):
            path = directory / f"{seed:04}-{copy:03}.{extension}"
            shutil.copyfile(first, path)
            files.append(path)
            texts.append(book.text())
        first.unlink()
    return files, texts, ""


def found_below(directories, extension):
    files = {path.resolve() for directory in directories
             for path in pathlib.Path(directory).rglob(f"*.{extension}")
             if path.is_file() and os.access(path, os.R_OK)}
    return sorted(files)[:FILES]


# Words

def words_of(text):
    return collections.Counter(re.findall(r"\w+", text.casefold()))


def text_of(tool, index):
    """What TOOL wrote for a file; archives have a text for each member."""
    path = tool.output(index)
    members = pathlib.Path(f"{str(path).removesuffix('.txt')}!")
    paths = [path] if path.is_file() else []
    if members.is_dir():
        paths += sorted(p for p in members.rglob("*.txt") if p.is_file())
    return "\n".join(p.read_text("utf-8", "replace") for p in paths)


def recovered(tool, wanted):
    """The share of the words of WANTED (a Counter for each file) in TOOL's
    output."""
    found = total = 0
    for index, words in enumerate(wanted):
        found += (words & words_of(text_of(tool, index))).total()
        total += words.total()
    return found / total if total else 1.0


def references(tools, count):
    """Without a known text: the words that any of the peers, or extract where
    there is no peer, finds."""
    wanted = []
    for index in range(count):
        words = collections.Counter()
        for tool in tools[1:] or tools:
            words |= words_of(text_of(tool, index))
        wanted.append(words)
    return wanted


# The table

HEAD = ["", "", "files", "wall s", "files/s", "extract is faster", "words %",
        "words behind %"]


def measured(extension, files, texts, jobs, runs, scratch):
    """Rows for one format: extract, then each peer."""
    tools = [Extract(f"extract-{extension}", jobs, files, scratch)]
    missing = []
    for name, shell in PEERS.get(extension, []):
        if shutil.which(name):
            tools.append(Peer(f"{name}-{extension}", shell, jobs, files, scratch))
        else:
            missing.append(name)
    for _ in range(runs):
        for tool in tools:
            tool.time()
    wanted = ([words_of(text) for text in texts] if texts
              else references(tools, len(files)))
    shares = [recovered(tool, wanted) for tool in tools]
    own = tools[0].median("wall")
    for tool, share in zip(tools, shares):
        wall = tool.median("wall")
        name = tool.name.removesuffix(f"-{extension}")
        yield [extension, name, str(len(files)), f"{wall:.2f}",
               f"{len(files) / wall:,.0f}",
               # Nothing is read in no time.
               "" if tool is tools[0] or not shares[0] else f"{wall / own:.1f}",
               f"{100 * share:.2f}",
               "" if tool is tools[0] else f"{100 * max(0, share - shares[0]):.2f}"]
    for name in missing:
        yield [extension, name, "missing", "", "", "", "", ""]
    if len(tools) + len(missing) == 1:
        yield [extension, "no peer", "", "", "", "", "", ""]


def rows(directories, jobs, runs, scratch):
    """DIRECTORIES empty: documents are made."""
    yield HEAD
    for extension in PEERS:
        texts, why = [], "none given"
        if directories:
            files = found_below(directories, extension)
        else:
            files, texts, why = made(extension, scratch)
        if files:
            yield from measured(extension, files, texts, jobs, runs, scratch)
        else:
            yield [extension, why, "", "", "", "", "", ""]
