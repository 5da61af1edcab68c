# SPDX-License-Identifier: GPL-3.0-or-later
"""Sets of real PDFs out of Debian's documentation packages (scripts/setup
docs), the same ones each time on the same machine."""

import concurrent.futures
import hashlib
import os
import pathlib
import re
import subprocess
import sys

ROOTS = ("/usr/share/doc", "/usr/share/R/doc", "/usr/share/pari/doc",
         "/usr/share/texmf/doc", "/usr/share/texlive/texmf-dist/doc",
         "/usr/share/texmf-dist/doc")

# Manuals of 930 to 2,415 pages, made by TeX, Texinfo and LilyPond.
MANUALS = ("fullrefman.pdf", "pgfmanual.pdf", "octave.pdf", "notation.pdf")
MANUAL_PAGES = range(930, 2416)
MIXED_PAGES = 25000
TINY_FILES = 1000


def found_below(directories):
    """Each PDF once, however many links lead to it."""
    files = {}
    for directory in directories:
        path = pathlib.Path(directory)
        for pdf in [path] if path.is_file() else path.rglob("*.pdf"):
            if pdf.is_file() and os.access(pdf, os.R_OK):
                files.setdefault(pdf.resolve(), None)
    return sorted(files)


def page_count(path):
    """What pdfinfo says; 0 when it cannot."""
    said = subprocess.run(["pdfinfo", str(path)], capture_output=True, check=False)
    match = re.search(rb"^Pages:\s+(\d+)", said.stdout, re.MULTILINE)
    return int(match[1]) if match else 0


def shuffled(files):
    """An order that has nothing to do with names, and never changes."""
    return sorted(files, key=lambda f: hashlib.sha1(os.fsencode(f)).digest())


def distinct(files):
    """Without copies of the same bytes."""
    seen = set()
    for path in files:
        digest = hashlib.sha1(path.read_bytes()).digest()
        if digest not in seen:
            seen.add(digest)
            yield path


def counted(files):
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        return zip(files, pool.map(page_count, files))


def manuals():
    big = [(path, pages)
           for path, pages in counted([f for f in found_below(ROOTS)
                                       if f.stat().st_size > 1 << 20])
           if pages in MANUAL_PAGES]
    wanted = [path for name in MANUALS for path, _ in big if path.name == name]
    others = [path for path, pages in sorted(big, key=lambda row: -row[1])
              if path not in wanted]
    return list(distinct(wanted + others))[:4]


def mixed():
    chosen, total = [], 0
    for path, pages in counted(list(distinct(shuffled(found_below(ROOTS))))):
        if 10 <= pages < MANUAL_PAGES.start and total < MIXED_PAGES:
            chosen.append(path)
            total += pages
    return sorted(chosen)


def tiny(scratch):
    small = [f for f in found_below(ROOTS) if f.stat().st_size < 1 << 20]
    chosen = [path for path, pages in counted(list(distinct(shuffled(small))))
              if 1 <= pages < 10][:TINY_FILES]
    missing = TINY_FILES - len(chosen)
    if missing:
        print(f"bench: {missing} of the tiny PDFs are generated")
        directory = pathlib.Path(scratch, "tiny")
        generator = pathlib.Path(__file__).resolve().parent.parent / "gen-corpus"
        subprocess.run([sys.executable, str(generator), "--tiny", str(directory),
                        "--count", str(missing)], check=True)
        chosen += found_below([directory])
    return sorted(chosen)


def chosen(name, scratch):
    return {"manuals": manuals, "mixed": mixed,
            "tiny": lambda: tiny(scratch)}[name]()
