# SPDX-License-Identifier: GPL-3.0-or-later
"""What the governor costs on an idle machine, what it leaves to another program that
computes on all CPUs, and how a run fares in a control group of one CPU and 1 GiB."""

import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import time

from benchmark.measure import run

GIB = 1 << 30
HOG_SECONDS = 20
# Counts for so many seconds, and prints how far it came.
HOG = """
import sys, time
end, count = time.monotonic() + float(sys.argv[1]), 0
while time.monotonic() < end:
    for _ in range(10000):
        count += 1
print(count)
"""


def command(program, options, output):
    return [program, *options, "--files0-from=-", "-o", str(output)]


def listed(files, scratch):
    path = pathlib.Path(scratch, "governor.list")
    path.write_bytes(b"".join(os.fsencode(str(f)) + b"\0" for f in files))
    return path


def idle_cost(program, files, runs, scratch):
    """Median wall times of a fixed number of lanes and of a governed one."""
    names = listed(files, scratch)
    walls = {"fixed": [], "governed": []}
    for count in range(runs):
        for name, options in (("fixed", ["-j", str(os.cpu_count())]),
                              ("governed", [])):
            output = pathlib.Path(scratch, f"governor-{name}-{count}")
            walls[name].append(run(command(program, options, output), names).wall)
    return {name: statistics.median(times) for name, times in walls.items()}


def hogs():
    """How far a program on all CPUs comes."""
    processes = [subprocess.Popen([sys.executable, "-c", HOG, str(HOG_SECONDS)],
                                  stdout=subprocess.PIPE, text=True)
                 for _ in range(os.cpu_count())]
    return sum(int(p.communicate()[0]) for p in processes)


def hog_beside(program, options, files, scratch):
    """The same while the program extracts, again and again."""
    names = listed(files, scratch)
    busy = subprocess.Popen(
        ["sh", "-c", 'while :; do "$@" <"$0"; rm -rf "$OUTPUT"; done', str(names),
         *command(program, options, pathlib.Path(scratch, "governor-beside"))],
        env={**os.environ, "OUTPUT": str(pathlib.Path(scratch, "governor-beside"))},
        stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        time.sleep(1)
        return hogs()
    finally:
        os.killpg(busy.pid, 15)
        busy.wait()


class Group:
    """A control group, version 1 or 2, with one CPU and 1 GiB; needs root."""

    def __init__(self):
        root = pathlib.Path("/sys/fs/cgroup")
        name = f"extract-bench-{os.getpid()}"
        self.v2 = (root / "cgroup.controllers").exists()
        self.folders = ([root / name] if self.v2 else
                        [root / "cpu" / name, root / "memory" / name])
        for folder in self.folders:
            folder.mkdir()
        if self.v2:
            (self.folders[0] / "cpu.max").write_text("100000 100000")
            (self.folders[0] / "memory.max").write_text(str(GIB))
        else:
            (self.folders[0] / "cpu.cfs_quota_us").write_text("100000")
            (self.folders[1] / "memory.limit_in_bytes").write_text(str(GIB))

    def enter(self):
        for folder in self.folders:
            (folder / "cgroup.procs").write_text(str(os.getpid()))

    def killed(self):
        """How many processes were killed for want of memory."""
        name = "memory.events" if self.v2 else "memory.oom_control"
        rows = (self.folders[-1] / name).read_text().split("\n")
        return sum(int(row.split()[1]) for row in rows if row.startswith("oom_kill "))

    def remove(self):
        for folder in self.folders:
            folder.rmdir()


def confined(program, files, scratch):
    """Wall seconds, exit status and processes killed in such a group."""
    group = Group()
    names = listed(files, scratch)
    try:
        with open(names, "rb") as stdin:
            begin = time.monotonic()
            status = subprocess.run(
                command(program, [], pathlib.Path(scratch, "governor-confined")),
                stdin=stdin, stderr=subprocess.DEVNULL, preexec_fn=group.enter,
                check=False).returncode
            wall = time.monotonic() - begin
        return wall, status, group.killed()
    finally:
        group.remove()


def rows(program, files, runs, scratch):
    yield ["", "", "ratio"]
    walls = idle_cost(program, files, runs, scratch)
    yield [f"idle: -j {os.cpu_count()}", f"{walls['fixed']:.2f} s", ""]
    yield ["idle: governed", f"{walls['governed']:.2f} s",
           f"{walls['governed'] / walls['fixed']:.3f}"]
    alone = hogs()
    for preset in ("low", "balanced", "max"):
        beside = hog_beside(program, [f"--preset={preset}"], files, scratch)
        yield [f"a program on all CPUs, beside --preset={preset}", "its speed",
               f"{beside / alone:.2f}"]
    one = run(command(program, ["-j", "1"], pathlib.Path(scratch, "governor-one")),
              listed(files, scratch)).wall
    try:
        wall, status, killed = confined(program, files, scratch)
    except OSError as why:
        yield ["a control group of 1 CPU and 1 GiB", f"not to be had: {why}", ""]
        return
    yield ["a control group of 1 CPU and 1 GiB, to -j 1 without",
           f"{wall:.2f} s, status {status}, {killed} killed", f"{wall / one:.2f}"]
    shutil.rmtree(pathlib.Path(scratch, "governor-confined"), ignore_errors=True)
