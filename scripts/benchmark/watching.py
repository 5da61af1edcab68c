# SPDX-License-Identifier: GPL-3.0-or-later
"""How long it takes from the close of a file below a watched directory to its output:
1,000 files of 50 KB that come as fast as they can be written, and some that come one
by one. The time of an output is its ctime, which the kernel keeps by the tick (some
milliseconds)."""

import os
import pathlib
import signal
import subprocess
import time

FILES, PACED, RATE = 1000, 200, 50
SIZE = 50 * 1000
LANES = (1, 2, 4, 8)
PATIENCE = 300


def text(number):
    line = f"{number}: the ferry leaves the harbour before the ledger is closed\n"
    return (line * (SIZE // len(line) + 1))[:SIZE].encode()


def resident(pid):
    """Bytes of the process and its workers, what they share counted once for each."""
    total = 0
    for process in [pid] + children(pid):
        try:
            fields = pathlib.Path(f"/proc/{process}/statm").read_text().split()
        except OSError:
            continue
        total += int(fields[1]) * os.sysconf("SC_PAGE_SIZE")
    return total


def children(pid):
    try:
        tasks = os.listdir(f"/proc/{pid}/task")
        return [int(child) for task in tasks for child in
                pathlib.Path(f"/proc/{pid}/task/{task}/children").read_text().split()]
    except OSError:
        return []


class Burst:
    """Files that come into FOLDER, and what became of each below OUTPUT."""

    def __init__(self, folder, output, count, pause, watch):
        self.closed, self.peak = {}, 0
        folder.mkdir()
        time.sleep(0.5)  # until it is watched
        for i in range(count):
            name = f"{i}.txt"
            (folder / name).write_bytes(text(i))
            self.closed[name] = time.time_ns()
            if pause or i % 50 == 0:
                self.peak = max(self.peak, resident(watch.pid))
            time.sleep(pause)
        self.output = output / str(folder).lstrip("/")
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and watch.poll() is None:
            self.peak = max(self.peak, resident(watch.pid))
            if self.output.is_dir() and len(os.listdir(self.output)) == count:
                break
            time.sleep(0.05)

    def latencies(self):
        return sorted((os.stat(self.output / f"{name}.txt").st_ctime_ns - closed) / 1e6
                      for name, closed in self.closed.items())

    def seconds(self):
        last = max(os.stat(self.output / f"{name}.txt").st_ctime_ns
                   for name in self.closed)
        return (last - min(self.closed.values())) / 1e9


def share(values, part):
    return values[min(len(values) - 1, int(len(values) * part))]


def rows(program, scratch):
    yield ["lanes", "files at once: p50 ms", "p99 ms", "files/s", "one by one: p50 ms",
           "p99 ms", "peak MiB"]
    for lanes in LANES:
        root = pathlib.Path(scratch, f"watch-{lanes}")
        folder, output = root / "in", root / "out"
        folder.mkdir(parents=True)
        watch = subprocess.Popen([program, "--no-config", "--watch", "--realtime", "-q",
                                  f"-j{lanes}", str(folder), "-o", str(output)])
        try:
            time.sleep(1)
            burst = Burst(folder / "burst", output, FILES, 0, watch)
            paced = Burst(folder / "paced", output, PACED, 1 / RATE, watch)
        finally:
            watch.send_signal(signal.SIGTERM)
            watch.wait()
        at_once, one = burst.latencies(), paced.latencies()
        yield [str(lanes), f"{share(at_once, 0.5):.0f}", f"{share(at_once, 0.99):.0f}",
               f"{FILES / burst.seconds():.0f}", f"{share(one, 0.5):.0f}",
               f"{share(one, 0.99):.0f}", f"{max(burst.peak, paced.peak) / 2**20:.0f}"]
