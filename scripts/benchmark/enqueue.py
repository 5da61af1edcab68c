# SPDX-License-Identifier: GPL-3.0-or-later
"""How long lanes wait to hand a document to the writer of a database, also while
its disk is slow. By tests/tools/enqueue, which `make check` builds."""

import pathlib
import subprocess

DOCUMENTS = 10000
PER_SECOND = 1000
# What each write and sync takes longer, in milliseconds.
SLOW = (0, 1)


def rows(program, scratch):
    tool = pathlib.Path(program).parent / "tests/tools/enqueue"
    if not tool.exists():
        raise SystemExit(f"bench: no {tool}: make -C build tests/tools/enqueue")
    yield [f"{DOCUMENTS:,} documents, {PER_SECOND:,} a second", "median ms", "99 % ms",
           "longest ms", "written/s"]
    for slow in SLOW:
        database = pathlib.Path(scratch, f"enqueue-{slow}.db")
        out = subprocess.run([tool, database, str(DOCUMENTS), str(PER_SECOND), str(slow)],
                             check=True, capture_output=True, text=True).stdout
        yield [f"writes and syncs {slow} ms slower", *out.split()]
