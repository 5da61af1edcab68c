# SPDX-License-Identifier: GPL-3.0-or-later
"""What Outlook sends beside messages ([MS-OXTNEF])."""

import struct

from .compound import compound, filetime, padded

MESSAGE_ID = bytes.fromhex("0703020000000000c000000000000046")
STORAGE_ID = bytes.fromhex("0b00000000000000c000000000000046")
BYTES, WIDE, BINARY, OBJECT, LONG, TIME = 0x1e, 0x1f, 0x102, 0x0d, 3, 0x40


def attribute(number, data, level=1):
    return (struct.pack("<BII", level, number, len(data)) + data
            + struct.pack("<H", sum(data) & 0xffff))


def prop(number, kind, *values, name=b""):
    """VALUES: bytes, or numbers."""
    out = struct.pack("<HH", kind, number) + name
    if kind & 0xfff == LONG:
        return out + struct.pack("<I", values[0])
    if kind & 0xfff == TIME:
        return out + struct.pack("<Q", values[0])
    out += struct.pack("<I", len(values))
    for value in values:
        out += struct.pack("<I", len(value)) + padded(value, 4)
    return out


def props(*items):
    return struct.pack("<I", len(items)) + b"".join(items)


def wide(text):
    return text.encode("utf-16-le") + b"\0\0"


def tnef(*attributes):
    return (struct.pack("<IH", 0x223e9f78, 1)
            + attribute(0x89006, struct.pack("<I", 0x10000)) + b"".join(attributes))


def attached(items, data=None, title=None):
    out = attribute(0x69002, bytes(14), 2)
    if data is not None:
        out += attribute(0x6800f, data, 2)
    if title is not None:
        out += attribute(0x18010, title, 2)
    return out + (attribute(0x69005, props(*items), 2) if items else b"")


def winmail(rtf):
    """RTF: the body, as Outlook packs it. Named and multiple properties stand in
    between, of which nothing comes out."""
    named = struct.pack("<16sII", b"", 1, 10) + padded(wide("Name"), 4)
    numbered = struct.pack("<16sII", b"", 0, 0x8501)
    inner = tnef(attribute(0x18004, b"Inner\0"), attribute(0x2800c, b"The inner body.\r\n\0"))
    note = compound({"CONTENTS": b"From a storage.\n"})
    return tnef(
        attribute(0x69007, struct.pack("<II", 1251, 0)),
        attribute(0x18004, "\u043c\u043e\u0440\u0435\0".encode("cp1251")),
        attribute(0x38005, struct.pack("<7H", 2024, 3, 1, 12, 0, 0, 5)),
        attribute(0x69003, props(
            prop(0x8001, WIDE, wide("named"), name=named),
            prop(0x8002, LONG, 7, name=numbered),
            prop(0x1234, 0x1000 | BYTES, b"several\0", b"strings\0"),
            prop(0x0c1a, WIDE, wide("Ann Author")), prop(0x5d01, BYTES, b"ann@example.org\0"),
            prop(0x3008, TIME, filetime(1709294400)), prop(0x1009, BINARY, rtf))),
        attribute(0x69004, struct.pack("<I", 2) + props(
            prop(0x0c15, LONG, 1), prop(0x3001, WIDE, wide("Bob")),
            prop(0x3003, BYTES, b"bob@example.org\0")) + props(
                prop(0x0c15, LONG, 2), prop(0x3001, BYTES, b"Eve\0"))),
        attached([], b"The attached text.\n", b"note.txt\0"),
        attached([prop(0x3707, WIDE, wide("\u043c\u043e\u0440\u0435.txt")),
                  prop(0x3701, BINARY, b"By properties.\n")], title=b"short.txt\0"),
        attached([prop(0x3701, OBJECT, MESSAGE_ID + inner)], title=b"Inner\0"),
        attached([prop(0x3701, OBJECT, STORAGE_ID + note)], title=b"stored.txt\0"))


def raw_rtf(text):
    """RTF as Outlook packs it, not compressed ([MS-OXRTFCP] 2.1.3.1)."""
    return struct.pack("<IIII", len(text) + 12, len(text), 0x414c454d, 0) + text


RTF = (rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}\pard Dear {\b Bob}, caf\'e9"
       rb"{\v unseen}\par{\pntext\bullet\tab}a point\par"
       rb"\trowd\cellx1\cellx2\intbl Port\cell Depth\cell\row\pard The end\par}")
RTF_TEXT = "Dear Bob, caf\u00e9\n\n- a point\n\nPort\tDepth\n\nThe end\n"
TEXT = ("Subject: \u043c\u043e\u0440\u0435\nFrom: Ann Author <ann@example.org>\n"
        "To: Bob <bob@example.org>\nCc: Eve\nDate: Fri, 1 Mar 2024 12:00:00 +0000\n\n"
        + RTF_TEXT)


def samples(good, bad):
    whole = winmail(raw_rtf(RTF))
    return {
        "good-winmail.dat": good("what Outlook sends beside a message: a body in RTF, two"
                                 " files, a message and a storage attached", whole, [TEXT],
                                 "exact"),
        "bad-winmail.dat": bad("the same without its end, in the last attachment",
                               whole[:-700], "partial", "truncated", [TEXT]),
    }
