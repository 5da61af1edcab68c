# SPDX-License-Identifier: GPL-3.0-or-later
"""The commands that are compared, each over the same list of files."""

import os
import pathlib
import statistics

from . import measure


class Tool:
    """A command over FILES whose output goes below DIRECTORY."""

    def __init__(self, name, jobs, files, scratch):
        self.name, self.jobs, self.files = name, jobs, files
        self.directory = pathlib.Path(scratch, f"{name}-{jobs}")
        self.list = pathlib.Path(scratch, f"{name}-{jobs}.list")
        self.list.write_bytes(b"".join(os.fsencode(word) + b"\0"
                                       for word in self.words()))
        self.costs = []
        self.rounds = 0
        self.peak = 0

    def label(self):
        return f"{self.name} -P{self.jobs}"

    def words(self):
        return self.files

    def output(self, index):
        return self.directory / f"{index}.txt"

    def fresh(self):
        """What was written stays aside: ext4 looks long for an inode that was not
        deleted of late, for minutes, which would be measured too."""
        if self.directory.exists():
            self.rounds += 1
            self.directory.rename(f"{self.directory}.{self.rounds}")
        self.directory.mkdir()

    def weigh(self):
        self.fresh()
        self.peak = measure.peak_memory(self.command(), self.list)

    def time(self):
        self.fresh()
        self.costs.append(measure.run(self.command(), self.list))

    def median(self, field):
        return statistics.median(getattr(cost, field) for cost in self.costs)

    def page_counts(self):
        """Form feeds in each file's output; None without an output."""
        counts = []
        for index in range(len(self.files)):
            try:
                counts.append(self.output(index).read_bytes().count(b"\f"))
            except OSError:
                counts.append(None)
        return counts


class Extract(Tool):
    program = None
    isolation = "process"
    options = []

    def label(self):
        return f"{self.name} -j{self.jobs}"

    def command(self):
        return [self.program, "-j", str(self.jobs), "--files0-from=-", "-o",
                str(self.directory), "--progress=never",
                f"--isolation={self.isolation}", *self.options]

    def output(self, index):
        # The list has absolute paths, each once.
        return pathlib.Path(f"{self.directory}{self.files[index]}.txt")


class InProcess(Extract):
    isolation = "none"


class Pdftotext(Tool):
    def words(self):
        for index, path in enumerate(self.files):
            yield from (path, self.output(index))

    def command(self):
        return ["xargs", "-0", "-n", "2", "-P", str(self.jobs), "pdftotext", "-q",
                "-enc", "UTF-8"]


class Mutool(Tool):
    def words(self):
        for index, path in enumerate(self.files):
            yield from (self.output(index), path)

    def command(self):
        return ["xargs", "-0", "-n", "2", "-P", str(self.jobs), "mutool", "draw",
                "-q", "-F", "txt", "-o"]
