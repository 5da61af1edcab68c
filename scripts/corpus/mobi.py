# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes Palm databases: PalmDOC texts and Mobipocket books of version 6."""

import struct

RECORD = 4096
NONE = 0xffffffff


def compressed(data):
    """PalmDOC's: a blank and a letter in one byte, other bytes as they are."""
    out, i = b"", 0
    while i < len(data):
        byte = data[i]
        if byte == 0x20 and i + 1 < len(data) and 0x40 <= data[i + 1] < 0x80:
            out += bytes([data[i + 1] ^ 0x80])
            i += 2
        elif byte == 0 or 9 <= byte < 0x80:
            out += bytes([byte])
            i += 1
        else:
            out += bytes([1, byte])
            i += 1
    return out


def database(name, kind, records):
    head = struct.pack(">32sHHIIIIII8sIIH", name.encode(), 0, 0, 0xd4000000,
                       0xd4000000, 0, 0, 0, 0, kind, 0, 0, len(records))
    at = len(head) + 8 * len(records) + 2
    listing = b""
    for i, record in enumerate(records):
        listing += struct.pack(">II", at, 2 * i)
        at += len(record)
    return head + listing + b"\0\0" + b"".join(records)


def text_records(data):
    return [compressed(data[i:i + RECORD]) for i in range(0, len(data), RECORD)]


def head(data, records, encryption=0):
    return struct.pack(">HHIHHHH", 2, 0, len(data), len(records), RECORD,
                       encryption, 0)


def palmdoc(name, data):
    records = text_records(data)
    return database(name, b"TEXtREAd", [head(data, records), *records])


def mobipocket(title, data, properties, encryption=0):
    """PROPERTIES: (EXTH tag, text). DATA: HTML in UTF-8."""
    records = text_records(data)
    exth = b"".join(struct.pack(">II", tag, 8 + len(text.encode())) + text.encode()
                    for tag, text in properties)
    exth = struct.pack(">4sII", b"EXTH", 12 + len(exth), len(properties)) + exth
    exth += bytes(-len(exth) % 4)
    name_at = 16 + 232 + len(exth)
    mobi = struct.pack(">4sIIIII", b"MOBI", 232, 2, 65001, 1, 6)
    mobi += struct.pack(">10I", *[NONE] * 10)
    mobi += struct.pack(">IIIIIII", len(records) + 1, name_at, len(title.encode()),
                        9, 0, 0, 6)
    mobi += struct.pack(">IIIIII", len(records) + 1, 0, 0, 0, 0, 0x40)
    mobi += bytes(32) + struct.pack(">IIIII", NONE, NONE, 0, 0, 0)
    mobi += bytes(8) + struct.pack(">HHI", 1, len(records), 1)
    mobi += struct.pack(">9I", 0, 0, 0, 0, 0, 0, 0, 0, 0)
    # No flags, so nothing stands behind the text of a record; no indices.
    mobi = mobi.ljust(224, b"\0") + bytes(4) + struct.pack(">I", NONE)
    first = head(data, records, encryption) + mobi + exth + title.encode() + b"\0\0"
    return database(title.replace(" ", "_"), b"BOOKMOBI", [first, *records, b"\xe9\x8e\r\n"])
