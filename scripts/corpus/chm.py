# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes compiled HTML helps (ITSF version 3): some files stored, the others in
one LZX stream, which holds them as they are."""

import struct

GUID = bytes.fromhex("10fd017caa7bd0119e0c00a0c922e6ec")
GUID2 = b"\x11" + GUID[1:]
SPACE = "::DataSpace/Storage/MSCompressed/"
TRANSFORM = "{7FC28940-9D31-11D0-9B27-00A0C91E9C7C}"
FRAME = 0x8000
CHUNK = 0x1000


def number(n):
    """In groups of seven bits, the highest first."""
    out = [n & 0x7f]
    while n := n >> 7:
        out.insert(0, n & 0x7f | 0x80)
    return bytes(out)


def lzx(data):
    """One block that is not compressed: no E8 translation (1 bit), type 3 (3
    bits), length (24 bits), in words of 16 bits; three old offsets; the data."""
    data = data.ljust(FRAME, b"\0")  # readers decode whole frames
    assert len(data) == FRAME
    bits = (3 << 24 | len(data)) << 4
    words = struct.pack("<HH", bits >> 16, bits & 0xffff)
    return words + struct.pack("<III", 1, 1, 1) + data


def system(title, contents):
    records = [(0, contents), (3, title), (9, "gen-corpus")]
    return struct.pack("<I", 3) + b"".join(
        struct.pack("<HH", code, len(text) + 1) + text.encode() + b"\0"
        for code, text in records)


def directory(entries):
    """One chunk of entries, sorted by name."""
    body = b"".join(
        number(len(name.encode())) + name.encode() + number(section) + number(at)
        + number(size) for name, section, at, size in sorted(entries))
    head = struct.pack("<4sIIii", b"PMGL", CHUNK - 20 - len(body), 0, -1, -1)
    assert len(head) + len(body) + 2 <= CHUNK
    chunk = (head + body).ljust(CHUNK - 2, b"\0") + struct.pack("<H", len(entries))
    return struct.pack("<4sIIIIIIiiiiiI16sIiii", b"ITSP", 1, 0x54, 10, CHUNK, 2, 1,
                       -1, 0, 0, -1, 1, 0x409, GUID, 0x54, -1, -1, -1) + chunk


def help_file(stored, packed):
    """STORED and PACKED: {name: bytes}."""
    content, entries = b"", []

    def add(name, data):
        nonlocal content
        entries.append((name, 0, len(content), len(data)))
        content += data

    plain, at = b"".join(packed.values()), 0
    for name, data in packed.items():
        entries.append((name, 1, at, len(data)))
        at += len(data)
    stream = lzx(plain)
    for name, data in stored.items():
        add(name, data)
    add("::DataSpace/NameList", b"\0\0\2\0")
    add(SPACE + "ControlData", struct.pack("<I4sIIIII", 6, b"LZXC", 2, 1, 1, 0, 0))
    add(SPACE + "SpanInfo", struct.pack("<Q", len(plain)))
    add(SPACE + "Transform/List", b"")
    add(f"{SPACE}Transform/{TRANSFORM}/InstanceData/ResetTable",
        struct.pack("<IIIIQQQQ", 2, 1, 8, 0x28, len(plain), len(stream), FRAME, 0))
    add(SPACE + "Content", stream)
    listing = directory(entries)
    start = 0x60 + 0x18
    data_at = start + len(listing)
    size = data_at + len(content)
    head = struct.pack("<4sIIIII16s16sQQQQQ", b"ITSF", 3, 0x60, 1, 0, 0x409, GUID,
                       GUID2, 0x60, 0x18, start, len(listing), data_at)
    return head + struct.pack("<IIQII", 0x1fe, 0, size, 0, 0) + listing + content


def sitemap(topics):
    items = "".join(
        f'<LI><OBJECT type="text/sitemap"><param name="Name" value="{name}">'
        f'<param name="Local" value="{local}"></OBJECT>' for name, local in topics)
    return (f"<HTML><HEAD></HEAD><BODY><UL>{items}</UL></BODY></HTML>").encode()
