# SPDX-License-Identifier: GPL-3.0-or-later
"""The same documents into each kind of output, in turns, and a run that finds
nothing to do: what JSON, a database and a second run cost beside text."""

import os
import pathlib
import shutil
import statistics

from . import measure

KINDS = (("text", ["-f", "text"], "out"),
         ("jsonl", ["-f", "jsonl"], "out.jsonl"),
         ("sqlite", ["-f", "sqlite"], "out.db"))


def empty(directory):
    shutil.rmtree(directory, ignore_errors=True)
    directory.mkdir()


def rows(program, files, jobs, runs, scratch):
    names = pathlib.Path(scratch, "outputs.list")
    names.write_bytes(b"".join(os.fsencode(path) + b"\0" for path in files))
    base = [program, "-j", str(jobs), "--files0-from=-", "--progress=never"]
    costs = {name: [] for name in [kind[0] for kind in KINDS] + ["--resume"]}
    for _ in range(runs):
        for name, options, output in KINDS:
            directory = pathlib.Path(scratch, name)
            empty(directory)
            command = [*base, *options, "-o", str(directory / output)]
            costs[name].append(measure.run(command, names))
            if name == "text":
                costs["--resume"].append(measure.run([*command, "--resume"], names))
    medians = {name: [statistics.median(getattr(cost, field) for cost in own)
                      for field in ("wall", "cpu")] for name, own in costs.items()}
    wall, cpu = medians["text"]
    yield [f"{len(files):,} files, -j{jobs}, {runs} alternating runs", "wall s", "CPU s",
           "wall / text", "CPU / text"]
    for name, own in medians.items():
        yield [name, f"{own[0]:.2f}", f"{own[1]:.2f}", f"{own[0] / wall:.3f}",
               f"{own[1] / cpu:.3f}"]
