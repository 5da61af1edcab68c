# SPDX-License-Identifier: GPL-3.0-or-later
"""What the scheduler itself costs: the share of all samples of perf that falls
to the functions of src/sched, src/input and src/run, and to waiting for locks in
the kernel, over very many documents of one page."""

import os
import pathlib
import re
import shutil
import subprocess
import sys

# Whose functions are not what documents need, but what running many of them does.
SCHEDULER = ("sched", "input", "run")
HERTZ = 499
# An own function, as nm and perf name it; gcc adds .part.0 and the like.
NAME = re.compile(r"^[A-Za-z_]\w*")


def functions_of(build):
    """{function: module} for the objects of src/MODULE below BUILD."""
    modules = {}
    for item in pathlib.Path(build, "src").rglob("*.o"):
        module = item.parent.name
        listed = subprocess.run(["nm", "--defined-only", item], check=True,
                                capture_output=True, text=True).stdout
        for row in listed.splitlines():
            _, kind, name = row.split()
            if kind in "tT":
                modules[NAME.match(name)[0]] = module
    return modules


def shares(data, *options):
    """The fields of each row of perf report, shares first. Some versions have
    more of them than were asked for."""
    said = subprocess.run(["perf", "report", "-i", data, "--stdio", "-g", "none",
                           "--field-separator=|", *options], check=True,
                          capture_output=True, text=True).stdout
    for row in said.splitlines():
        if row.strip() and not row.startswith("#"):
            yield [field.strip() for field in row.split("|")]


def profile(program, files, jobs, scratch, isolation):
    data = pathlib.Path(scratch, f"perf-{isolation}.data")
    subprocess.run(["perf", "record", "-q", "-F", str(HERTZ), "-g", "-o", data, "--",
                    program, "-j", str(jobs), f"--isolation={isolation}", "-o",
                    pathlib.Path(scratch, f"own-{isolation}"), files],
                   check=True, stderr=subprocess.DEVNULL)
    return data


def by_module(data, modules):
    """{module or library: share}"""
    sums = {}
    for share, library, symbol, *_ in shares(data, "--no-children", "--sort",
                                             "dso,symbol"):
        name = NAME.match(symbol.removeprefix("[.] ").removeprefix("[k] "))
        where = library
        if library == "extract":
            where = "src/" + modules.get(name[0] if name else "", "main")
        elif library.startswith("["):
            where = "kernel"
        sums[where] = sums.get(where, 0) + float(share.rstrip("%"))
    return sums


def waiting(data):
    """The share of the system call that waits for locks, and wakes others."""
    return sum(float(share.rstrip("%"))
               for share, _, symbol, *_ in shares(data, "--children", "--sort",
                                                  "symbol")
               if symbol.endswith("__x64_sys_futex"))


def rows(program, count, jobs, scratch):
    """A table: the own cost with each kind of isolation."""
    if not shutil.which("perf"):
        sys.exit("bench: --own-cost needs perf")
    files = pathlib.Path(scratch, "one-page")
    generator = pathlib.Path(__file__).resolve().parent.parent / "gen-corpus"
    subprocess.run([sys.executable, generator, "--tiny", files, "--count",
                    str(count)], check=True)
    modules = functions_of(os.path.dirname(program))
    table = [["", *(f"src/{module} %" for module in SCHEDULER), "futex %", "sum %",
              "the rest"]]
    for isolation in ("process", "none"):
        data = profile(program, files, jobs, scratch, isolation)
        sums = by_module(data, modules)
        own = [sums.pop(f"src/{module}", 0) for module in SCHEDULER]
        own.append(waiting(data))
        most = sorted(sums.items(), key=lambda item: -item[1])[:5]
        table.append([f"--isolation={isolation}", *(f"{share:.2f}" for share in own),
                      f"{sum(own):.2f}",
                      ", ".join(f"{name} {share:.0f}" for name, share in most)])
    return table
