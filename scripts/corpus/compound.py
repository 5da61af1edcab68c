# SPDX-License-Identifier: GPL-3.0-or-later
"""OLE compound files ([MS-CFB]) of version 3, with streams below 4,096 bytes in
mini sectors, and what such a file says of itself."""

import struct

FREE, END, FAT = 0xffffffff, 0xfffffffe, 0xfffffffd
SECTOR, MINI, CUTOFF = 512, 64, 4096


def chained(sizes, unit):
    """The table of chains of pieces with SIZES bytes, and where each starts."""
    table, starts = [], []
    for size in sizes:
        count = -(-size // unit)
        starts.append(len(table) if count else END)
        table += [len(table) + i + 1 for i in range(count - 1)] + [END] * (count > 0)
    return table, starts


def padded(data, unit, fill=b"\0"):
    return data + fill * (-len(data) % unit)


def entry(name, kind, left, right, child, start, size):
    raw = name.encode("utf-16-le")
    return (padded(raw, 64)[:64] + struct.pack(
        "<HBBIII16sIQQIQ", len(raw) + 2, kind, 1, left, right, child, b"", 0, 0, 0,
        start, size))


def flat(tree):
    """TREE (name: bytes, or a tree) as [name, content, right, child], the
    names of one storage sorted as [MS-CFB] 2.6.4 says, in a list to the right."""
    entries = [["Root Entry", None, FREE, FREE]]

    def add(parent, content):
        last = None
        for name in sorted(content, key=lambda n: (len(n), n.upper())):
            index = len(entries)
            entries.append([name, content[name], FREE, FREE])
            if last is None:
                entries[parent][3] = index
            else:
                entries[last][2] = index
            last = index
            if isinstance(content[name], dict):
                add(index, content[name])
    add(0, tree)
    return entries


def compound(tree):
    entries = flat(tree)
    streams = [i for i, e in enumerate(entries) if isinstance(e[1], bytes)]
    small = [i for i in streams if len(entries[i][1]) < CUTOFF]
    large = [i for i in streams if len(entries[i][1]) >= CUTOFF]
    minifat, mini_starts = chained([len(entries[i][1]) for i in small], MINI)
    mini = b"".join(padded(entries[i][1], MINI) for i in small)
    minifat = padded(struct.pack(f"<{len(minifat)}I", *minifat), SECTOR, b"\xff")
    bodies = [entries[i][1] for i in large] + [mini, minifat]
    sizes = [len(body) for body in bodies] + [len(entries) * 128]
    table, starts = chained(sizes, SECTOR)
    count = 1
    while count * SECTOR < 4 * (len(table) + count):
        count += 1
    assert count <= 109
    fat_at = len(table)
    table += [FAT] * count
    where = dict(zip(large, starts)) | dict(zip(small, mini_starts))
    directory = b""
    for i, (name, content, right, child) in enumerate(entries):
        if i == 0:
            directory += entry(name, 5, FREE, FREE, child, starts[len(large)], len(mini))
        elif isinstance(content, dict):
            directory += entry(name, 1, FREE, right, child, 0, 0)
        else:
            directory += entry(name, 2, FREE, right, FREE, where[i], len(content))
    fats = [fat_at + i for i in range(count)] + [FREE] * (109 - count)
    header = struct.pack(
        "<8s16sHHHHHHIIIIIIIIII109I", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3e, 3,
        0xfffe, 9, 6, 0, 0, 0, count, starts[-1], 0, CUTOFF, starts[-2],
        len(minifat) // SECTOR, END, 0, *fats)
    return (header + b"".join(padded(body, SECTOR) for body in bodies)
            + padded(directory, SECTOR)
            + padded(struct.pack(f"<{len(table)}I", *table), SECTOR, b"\xff"))


def filetime(seconds):
    return (seconds + 11644473600) * 10000000


def summary(title, author, created=1709294400):
    """SummaryInformation ([MS-OLEPS]), in code page 1252."""
    def string(text):
        raw = text.encode("cp1252") + b"\0"
        return padded(struct.pack("<II", 30, len(raw)) + raw, 4)
    values = {1: struct.pack("<HHhH", 2, 0, 1252, 0), 2: string(title),
              4: string(author), 12: struct.pack("<IQ", 64, filetime(created))}
    at, table, body = 8 + 8 * len(values), b"", b""
    for number, value in values.items():
        table += struct.pack("<II", number, at + len(body))
        body += value
    set_ = struct.pack("<II", at + len(body), len(values)) + table + body
    return struct.pack("<HHI16sI16sI", 0xfffe, 0, 2, b"", 1,
                       bytes.fromhex("e0859ff2f94f6810ab9108002b27b3d9"), 48) + set_
