# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes DjVu files whose pages have a text layer and nothing to see. What is
packed in them was packed by bzz of DjVuLibre."""

import base64
import struct


def chunk(name, data):
    return name + struct.pack(">I", len(data)) + data + bytes(len(data) & 1)


def layer(text):
    data = text.encode()
    return len(data).to_bytes(3, "big") + data


def page(*chunks):
    info = struct.pack(">HHBBHBB", 200, 100, 24, 0, 0x2c01, 22, 1)
    return chunk(b"FORM", b"DJVU" + chunk(b"INFO", info) + b"".join(chunks))


def annotations(**metadata):
    pairs = "".join(f' ({key} "{value}")' for key, value in metadata.items())
    return chunk(b"ANTa", f"(metadata{pairs})".encode())


def single(form):
    return b"AT&T" + form


def bundle(forms, packed):
    """PACKED: base64 of the directory's packed part for just these files."""
    packed = base64.b64decode(packed)
    size = 3 + 4 * len(forms) + len(packed)
    at = 4 + 8 + 4 + 8 + size + (size & 1)
    offsets = []
    for form in forms:
        offsets.append(at)
        at += len(form)
    directory = chunk(b"DIRM", struct.pack(">BH", 0x81, len(forms))
                      + struct.pack(f">{len(forms)}I", *offsets) + packed)
    return b"AT&T" + chunk(b"FORM", b"DJVM" + directory + b"".join(forms))
