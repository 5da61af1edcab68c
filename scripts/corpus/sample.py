# SPDX-License-Identifier: GPL-3.0-or-later
"""What is known of a sample document, and the ways to say it."""

from typing import NamedTuple, Optional


class Sample(NamedTuple):
    """A document. PAGES is how many the text has; TEXT is None where there is
    no text to expect. COMPARE: exact; lines (blanks within and between lines
    do not matter); words (nor does the order)."""
    data: Optional[bytes]
    status: str
    pages: int
    kind: str
    compare: str
    text: Optional[str]
    about: str


def good(about, data, pages, compare="lines"):
    """PAGES: the text of each page, as a list; a text has only one."""
    return Sample(data, "ok", len(pages), "-", compare, joined(pages), about)


def bad(about, data, status, kind, pages=(), compare="lines"):
    return Sample(data, status, len(pages), kind, compare,
                  joined(pages) if pages else None, about)


def joined(pages):
    return "".join(page + "\f" for page in pages)


def lines_text(lines):
    return "".join(line + "\n" for line in lines)
