# SPDX-License-Identifier: GPL-3.0-or-later
"""What one small file costs as a whole process: starting takes most of it."""

import pathlib
import shutil
import statistics

from . import measure

FILE = pathlib.Path(__file__).resolve().parents[2] / "corpus/good-simple.pdf"
# Single runs differ by a third, so that it takes very many.
RUNS = 200


def rows(program):
    commands = {"extract": [program, str(FILE)],
                "in-process": [program, "--isolation=none", str(FILE)],
                "pdftotext": ["pdftotext", str(FILE), "-"]}
    if not shutil.which("pdftotext"):
        del commands["pdftotext"]
    costs = {name: [] for name in commands}
    for _ in range(RUNS):
        for name, command in commands.items():
            costs[name].append(measure.run(command, "/dev/null"))
    medians = {name: [statistics.median(getattr(cost, field) for cost in own)
                      for field in ("wall", "cpu")] for name, own in costs.items()}
    last = list(medians)[-1]
    yield [f"{FILE.name}, {RUNS} alternating runs", "wall ms", "CPU ms",
           f"wall / {last}", f"CPU / {last}"]
    for name, (wall, cpu) in medians.items():
        yield [name, f"{wall * 1000:.1f}", f"{cpu * 1000:.1f}",
               f"{wall / medians[last][0]:.2f}", f"{cpu / medians[last][1]:.2f}"]
