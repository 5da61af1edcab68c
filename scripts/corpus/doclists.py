# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists of Word 97 ([MS-DOC] 2.9.131, 2.9.150): in levels, by a style, begun
anew, with a bullet, in a table."""

import struct

from .oldoffice import doc

BULLET, DECIMAL, ROMAN, LETTER, ORDINAL = 23, 0, 2, 4, 5


def level(kind, text, start=1):
    """TEXT: "%1" stands for the number of the first level."""
    codes = []
    for i, part in enumerate(text.split("%")):
        if i > 0:
            codes.append(int(part[0]) - 1)
            part = part[1:]
        codes += [ord(c) for c in part]
    return (struct.pack("<IBB9sBIIBBBB", start, kind, 0, b"", 0, 0, 0, 0, 0, 0, 0)
            + struct.pack(f"<H{len(codes)}H", len(codes), *codes))


def style(number, base, changes):
    """A style of paragraphs ([MS-DOC] 2.9.258), with its name."""
    head = struct.pack("<HHHHH", number, base << 4 | 1, 2, 0, 0)
    body = (head + struct.pack("<H2sH", 1, b"S\0", 0)
            + struct.pack("<HH", 2 + len(changes), 0) + changes)
    body += b"\0" * (len(body) % 2)
    return struct.pack("<H", len(body)) + body


def at(reference, depth=None):
    changes = b"" if depth is None else struct.pack("<HB", 0x260a, depth)
    return changes + struct.pack("<HH", 0x460b, reference & 0xffff)


def lists():
    nested = [level(DECIMAL, "%1."), level(LETTER, "%1.%2)"), level(ROMAN, "(%3)")]
    nested += [level(DECIMAL, "")] * 6
    bullets = [level(BULLET, "\uf0b7")] * 9
    single = [level(ORDINAL, "\u00a7%1", 5)]
    heads = b"".join(struct.pack("<II18sBB", ident, 0, b"\xff" * 18, simple, 0)
                     for ident, simple in ((30, 0), (20, 0), (10, 1)))
    references = struct.pack("<I", 4) + b"".join(
        struct.pack("<IIIBBBB", ident, 0, 0, changes, 0, 0, 0)
        for ident, changes in ((30, 0), (20, 0), (10, 0), (10, 1)))
    # The last begins at 9 again.
    references += struct.pack("<I", 0xffffffff) * 4 + struct.pack("<II", 9, 0x10)
    styles = [style(0, 0xfff, b""), style(1, 0, at(3)), style(0xffe, 0, at(2, 0)),
              style(0xffe, 2, b"")]
    return {"lists": (struct.pack("<H", 3) + heads, b"".join(nested + bullets + single)),
            "list references": references,
            "styles": struct.pack("<HHH14s", 18, len(styles), 10, b"") + b"".join(styles)}


LOOKS = {
    "Heading": (1, b""), "First": (0, at(1)), "Second": (0, at(1, 0)),
    "Inner": (0, at(1, 1)), "Innermost": (0, at(1, 2)), "Inner still": (0, at(1, 1)),
    "Third": (0, at(1, 0)), "Inner anew": (0, at(1, 1)), "Point": (3, b""),
    "Deeper point": (2, at(2, 1)), "No point": (2, at(0)),
    "No point any more": (2, at(-2)), "Other heading": (1, b""), "Anew": (0, at(4)),
    "After an empty one": (0, at(1, 0)), "": (0, at(1, 0)), "In a cell": (0, at(2, 0)),
    "More": (0, at(2, 1)), "Of a list that is not there": (0, at(9)),
}


def document():
    text = ("Heading\rPlain\rFirst\rSecond\rInner\rInnermost\rInner still\rThird\r"
            "Inner anew\r\rAfter an empty one\rPoint\rDeeper point\rNo point\r"
            "No point any more\rOther heading\rAnew\rOf a list that is not there\r"
            "Cell\aIn a cell\rMore\a\aEnd\r")
    return doc({"main": text}, len(text) - 4, tables=lists(), looks=LOOKS,
               in_cell="In a cell")


TEXT = ("\u00a75th Heading\nPlain\n1. First\n2. Second\n  2.a) Inner\n    (i) Innermost\n"
        "  2.b) Inner still\n3. Third\n  3.a) Inner anew\n\n5. After an empty one\n- Point\n"
        "  - Deeper point\nNo point\nNo point any more\n\u00a76th Other heading\n\u00a79th Anew\n"
        "Of a list that is not there\nCell\t- In a cell - More\nEnd\n")


def samples(good):
    return {"good-lists.doc": good("Word 97: lists in levels, by styles, with bullets, in"
                                   " a table, one that begins anew", document(), [TEXT],
                                   "exact")}
