# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes XPS documents."""

import struct

from . import epub

XPS = "http://schemas.microsoft.com/xps/2005/06"
GUID = "0A1B2C3D-4E5F-6071-8293-A4B5C6D7E8F9"
FONT = f"/Resources/{GUID}.odttf"


def font():
    """A TrueType font of 128 glyphs, as many as ASCII has codes, which are half
    an em wide, the blank a quarter; obfuscated."""
    widths = b"".join(struct.pack(">HH", 256 if i == 32 else 512, 0)
                      for i in range(128))
    tables = {
        b"cmap": struct.pack(">HHHHI", 0, 1, 3, 1, 12)
        + struct.pack(">HHHHHHH", 4, 32, 0, 4, 4, 1, 0)
        + struct.pack(">HHHHHHHHH", 126, 0xffff, 0, 32, 0xffff, 0, 1, 0, 0),
        b"head": struct.pack(">IIIIHH", 0x10000, 0, 0, 0x5f0f3cf5, 0, 1024) + bytes(34),
        b"hhea": struct.pack(">Ihhh", 0x10000, 800, -200, 0) + bytes(24)
        + struct.pack(">H", 128),
        b"hmtx": widths,
    }
    at, listing, body = 12 + 16 * len(tables), b"", b""
    for tag, data in tables.items():
        listing += struct.pack(">4sIII", tag, 0, at + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    data = struct.pack(">IHHHH", 0x10000, len(tables), 64, 2, 0) + listing + body
    key = bytes.fromhex(GUID.replace("-", ""))[::-1]
    return bytes(b ^ key[i % 16] if i < 32 else b for i, b in enumerate(data))


def glyphs(x, y, text, size=16, **more):
    rest = "".join(f' {name}="{value}"' for name, value in more.items())
    return (f'<Glyphs Fill="#ff000000" FontUri="{FONT}" FontRenderingEmSize="{size}"'
            f' OriginX="{x}" OriginY="{y}" UnicodeString="{text}"{rest}/>\n')


def page(*content):
    return (f'<FixedPage xmlns="{XPS}" Width="816" Height="1056" xml:lang="en">\n'
            + "".join(content) + "</FixedPage>\n")


def relationships(*targets):
    rows = "".join(f'<Relationship Id="R{i}" Type="{kind}" Target="{target}"/>'
                   for i, (kind, target) in enumerate(targets))
    return ('<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
            f'relationships">{rows}</Relationships>')


def package(documents, properties, pieces=()):
    """DOCUMENTS: lists of pages. PIECES: names of parts to be cut in two."""
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/'
        'package/2006/content-types"/>',
        "_rels/.rels": relationships(
            ("http://schemas.microsoft.com/xps/2005/06/fixedrepresentation",
             "/FixedDocumentSequence.fdseq"),
            ("http://schemas.openxmlformats.org/package/2006/relationships/metadata"
             "/core-properties", "/docProps/core.xml")),
        "docProps/core.xml": "<cp:coreProperties xmlns:cp='c' xmlns:dc='d'>"
        + "".join(f"<dc:{k}>{v}</dc:{k}>" for k, v in properties.items())
        + "</cp:coreProperties>",
        "FixedDocumentSequence.fdseq": f'<FixedDocumentSequence xmlns="{XPS}">'
        + "".join(f'<DocumentReference Source="Documents/{d}/FixedDocument.fdoc"/>'
                  for d in range(1, len(documents) + 1)) + "</FixedDocumentSequence>",
        FONT[1:]: font(),
    }
    for d, pages in enumerate(documents, 1):
        parts[f"Documents/{d}/FixedDocument.fdoc"] = (
            f'<FixedDocument xmlns="{XPS}">' + "".join(
                f'<PageContent Source="Pages/{p}.fpage"/>'
                for p in range(1, len(pages) + 1)) + "</FixedDocument>")
        for p, content in enumerate(pages, 1):
            if content is not None:
                parts[f"Documents/{d}/Pages/{p}.fpage"] = content
    for name in pieces:
        data = parts.pop(name).encode()
        parts[f"{name}/[0].piece"] = data[:len(data) // 2]
        parts[f"{name}/[1].last.piece"] = data[len(data) // 2:]
    return epub.packed(parts)
