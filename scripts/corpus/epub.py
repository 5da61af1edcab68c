# SPDX-License-Identifier: GPL-3.0-or-later
"""EPUBs, as ZIP archives whose bytes never change."""

import io
import struct
import zipfile

CONTAINER = """<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
  <rootfiles>
    <rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/>
  </rootfiles>
</container>
"""

NCX = """<?xml version="1.0" encoding="UTF-8"?>
<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1">
  <head/><docTitle><text>NCX title that is no page</text></docTitle>
  <navMap><navPoint id="p1" playOrder="1"><navLabel><text>NCX label</text>
  </navLabel><content src="text/one.xhtml"/></navPoint></navMap>
</ncx>
"""


def packed(members):
    """A ZIP of NAME: DATA in order; "mimetype" is stored, as OCF wants it."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in members.items():
            info = zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0))
            info.create_system = 3
            info.external_attr = 0o644 << 16
            info.compress_type = (zipfile.ZIP_STORED if name == "mimetype"
                                  else zipfile.ZIP_DEFLATED)
            if isinstance(data, str):
                data = data.encode()
            archive.writestr(info, data, compresslevel=9)
    return file.getvalue()


def xhtml(body, title="Sample", doctype="", head=""):
    return (f'<?xml version="1.0" encoding="UTF-8"?>\n{doctype}'
            '<html xmlns="http://www.w3.org/1999/xhtml"'
            ' xmlns:epub="http://www.idpf.org/2007/ops">\n'
            f"<head><title>{title}</title>{head}</head>\n<body>\n{body}</body>\n"
            "</html>\n")


def package(version, items, spine, metadata, spine_attributes=""):
    """ITEMS: id: (href, media type, properties)."""
    rows = "".join(
        f'    <item id="{i}" href="{href}" media-type="{kind}"'
        + (f' properties="{properties}"' if properties else "") + "/>\n"
        for i, (href, kind, properties) in items.items())
    refs = "".join(f'    <itemref idref="{i}"/>\n' for i in spine)
    return ('<?xml version="1.0" encoding="UTF-8"?>\n'
            '<package xmlns="http://www.idpf.org/2007/opf"'
            f' version="{version}" unique-identifier="uid">\n'
            '  <metadata xmlns:dc="http://purl.org/dc/elements/1.1/">\n'
            f'    <dc:identifier id="uid">urn:sample:{version}</dc:identifier>\n'
            f"    {metadata}\n  </metadata>\n  <manifest>\n{rows}  </manifest>\n"
            f"  <spine{spine_attributes}>\n{refs}  </spine>\n</package>\n")


def book(chapters, version="3.0", extra=None, title="Sample book"):
    """A plain EPUB: CHAPTERS are XHTML texts, in spine order."""
    items = {f"c{i}": (f"text/c{i}.xhtml", "application/xhtml+xml", "")
             for i in range(1, len(chapters) + 1)}
    members = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": CONTAINER,
        "OEBPS/book.opf": package(
            version, items, list(items),
            f"<dc:title>{title}</dc:title><dc:language>en</dc:language>"),
    }
    for i, chapter in enumerate(chapters, 1):
        members[f"OEBPS/text/c{i}.xhtml"] = chapter
    members.update(extra or {})
    return packed(members)


def local_header(data, name):
    """Where the local header of member NAME begins."""
    at = 0
    while data[at:at + 4] == b"PK\3\4":
        compressed, = struct.unpack_from("<I", data, at + 18)
        name_size, extra_size = struct.unpack_from("<HH", data, at + 26)
        if data[at + 30:at + 30 + name_size] == name.encode():
            return at
        at += 30 + name_size + extra_size + compressed
    raise KeyError(name)


def central_header(data, name):
    """Where the central directory's record of member NAME begins."""
    at = data.index(b"PK\1\2")
    while data[at:at + 4] == b"PK\1\2":
        sizes = struct.unpack_from("<HHH", data, at + 28)
        if data[at + 46:at + 46 + sizes[0]] == name.encode():
            return at
        at += 46 + sum(sizes)
    raise KeyError(name)


def with_bad_crc(data, name):
    """DATA with another checksum for NAME, in both headers."""
    data = bytearray(data)
    data[local_header(data, name) + 14] ^= 0x55
    data[central_header(data, name) + 16] ^= 0x55
    return bytes(data)


def with_size(data, name, size):
    """DATA in which NAME claims to inflate to SIZE bytes."""
    data = bytearray(data)
    struct.pack_into("<I", data, local_header(data, name) + 22, size)
    struct.pack_into("<I", data, central_header(data, name) + 24, size)
    return bytes(data)
