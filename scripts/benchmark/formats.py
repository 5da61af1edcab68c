# SPDX-License-Identifier: GPL-3.0-or-later
"""The formats beside PDF against what people would use for each: files a second
with extract -o and with a process for each file, and how many of the words each
of them finds. Documents come from known text (documents.py), or are given."""

import collections
import os
import pathlib
import re
import shutil

from .documents import FILES, made
from .tools import Extract, Tool

# The text of a message, or of each in a mailbox, by who has nothing better.
MAIL = """import email, email.policy, mailbox, sys
new = lambda file: email.message_from_binary_file(file, policy=email.policy.default)
one = sys.argv[1].endswith(".eml")
for mail in [new(open(sys.argv[1], "rb"))] if one else mailbox.mbox(sys.argv[1], new):
    print(mail["Subject"], mail.get_body().get_content())"""
TAGS_OUT = "sed 's/<[^>]*>/ /g'"
PANDOC = ("pandoc", 'pandoc -t plain "$1"')
PYTHON = ("python3", f"python3 -c '{MAIL}' \"$1\"")

# Peers by extension: a name, that of a program first, and a shell command that
# writes the text of "$1", and may make things beside "$2".
PEERS = {
    "docx": [("docx2txt", 'docx2txt "$1" -'), PANDOC],
    "odt": [("odt2txt", 'odt2txt "$1"'), PANDOC],
    "rtf": [("unrtf", 'unrtf --text --quiet "$1"'), PANDOC],
    "html": [("html2text", 'html2text "$1"'), PANDOC],
    "epub": [("mutool", 'mutool draw -q -F txt "$1"'), PANDOC],
    "fb2": [PANDOC],
    "mobi": [("mobitool", 'mkdir -p "$2.d"; mobitool -d -o "$2.d" "$1" >&2;'
              f' {TAGS_OUT} "$2.d"/*')],
    "doc": [("catdoc", 'catdoc -d utf-8 "$1"')],
    "xls": [("xls2csv", 'xls2csv -d utf-8 "$1"')],
    "ppt": [("catppt", 'catppt -d utf-8 "$1"')],
    "xlsx": [("xlsx2csv", 'xlsx2csv "$1"')],
    "ods": [("odt2txt", 'odt2txt "$1"')],
    "odp": [("odt2txt", 'odt2txt "$1"')],
    "pptx": [("unzip and sed", f'unzip -p "$1" "ppt/slides/*.xml" | {TAGS_OUT}')],
    "eml": [("mshow", 'mshow "$1"'), PYTHON],
    "mbox": [PYTHON],
    "zip": [("unzip", 'unzip -p "$1"'), ("bsdtar", 'bsdtar -xOf "$1"')],
    "tar": [("bsdtar", 'bsdtar -xOf "$1"')],
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
        if shutil.which(name.split()[0]):
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


def rows(directories, kept, jobs, runs, scratch):
    """DIRECTORIES empty: documents are made, below KEPT or for this time."""
    yield HEAD
    for extension in PEERS:
        texts, why = [], "none given"
        if directories:
            files = found_below(directories, extension)
        else:
            files, texts, why = made(extension, kept or pathlib.Path(scratch, "made"))
        if files:
            yield from measured(extension, files, texts, jobs, runs, scratch)
        else:
            yield [extension, why, "", "", "", "", "", ""]
