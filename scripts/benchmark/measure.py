# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs a command and says what it and its children took: wall time, CPU time,
and, in a run of its own, the peak memory of the whole process tree."""

import os
import pathlib
import subprocess
import time
from typing import NamedTuple

# Often enough to see a process that lives for 30 ms.
SAMPLE_SECONDS = 0.02


class Cost(NamedTuple):
    wall: float
    cpu: float
    status: int


def start(command, stdin):
    return subprocess.Popen(command, stdin=stdin, stdout=subprocess.DEVNULL,
                            stderr=subprocess.DEVNULL)


def run(command, stdin_path):
    """Times COMMAND. The usage that wait4 gives covers reaped children."""
    with open(stdin_path, "rb") as stdin:
        begin = time.monotonic()
        process = start(command, stdin)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - begin
    process.returncode = os.waitstatus_to_exitcode(status)
    return Cost(wall, usage.ru_utime + usage.ru_stime, process.returncode)


def tree_of(pid):
    """PID and all below it, as far as they live."""
    found, todo = [], [pid]
    while todo:
        current = todo.pop()
        found.append(current)
        try:
            tasks = os.listdir(f"/proc/{current}/task")
            for task in tasks:
                path = f"/proc/{current}/task/{task}/children"
                todo += map(int, pathlib.Path(path).read_text().split())
        except OSError:
            pass
    return found


def proportional_memory(pid):
    """Bytes, shared pages counted by share (PSS); 0 when it is gone."""
    try:
        with open(f"/proc/{pid}/smaps_rollup", encoding="ascii") as rows:
            for row in rows:
                if row.startswith("Pss:"):
                    return int(row.split()[1]) * 1024
    except OSError:
        pass
    return 0


def peak_memory(command, stdin_path):
    """Bytes: the most that the tree of COMMAND held at once. Sampling takes
    CPU time, so that times of this run are not worth a look."""
    peak = 0
    with open(stdin_path, "rb") as stdin:
        process = start(command, stdin)
        while process.poll() is None:
            peak = max(peak, sum(map(proportional_memory, tree_of(process.pid))))
            time.sleep(SAMPLE_SECONDS)
    return peak
