#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes documents that are known to have brought parsers down: bombs, cycles
and lies. hostile.py SRCDIR DIR"""

import pathlib
import struct
import sys
import zlib

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(sys.argv[1]) / "scripts"))

from corpus import epub, pdf  # noqa: E402

GIB = 1 << 30


def endless(block, size):
    """A deflate stream that inflates to about SIZE bytes of BLOCK: after a
    full flush a piece of it can be repeated as it is. Its end is missing."""
    packer = zlib.compressobj(9)
    piece = block * ((1 << 20) // len(block))
    first = packer.compress(piece) + packer.flush(zlib.Z_FULL_FLUSH)
    again = packer.compress(piece) + packer.flush(zlib.Z_FULL_FLUSH)
    return first + again * (size // len(piece))


def three_pages(middle):
    """A PDF of three pages; MIDDLE adds the second."""
    d = pdf.Pdf("1.5")
    d.text_page(["Page one is fine."])
    middle(d)
    d.text_page(["Page three is fine."])
    d.plant()
    return d


def raw_page(d, data, extra):
    """A page with the bytes DATA as its content stream."""
    d.page(b"")
    contents = max(n for n, o in d.objects.items() if isinstance(o, tuple))
    d.objects[contents] = (extra, data)


def inflates_without_end(block):
    def middle(d):
        data = zlib.compress(endless(block, 16 * GIB), 9)
        raw_page(d, data, " /Filter [/FlateDecode /FlateDecode]")
    return three_pages(middle).render()


def many_paths():
    return three_pages(lambda d: d.page(
        b"0 0 m 100 100 l S\n" * 955000 + pdf.lines_at(["Page two, below."], 72, 720))
    ).render()


def form_cycle():
    """Forms that draw each other, twice each: 2^N of them without a bound."""
    def middle(d):
        forms = [d.reserve() for _ in range(40)]
        for i, form in enumerate(forms):
            after = forms[(i + 1) % len(forms)]
            d.objects[form] = (f" /Type /XObject /Subtype /Form /BBox [0 0 9 9]"
                               f" /Resources << /XObject << /A {after} 0 R >> >>",
                               b"/A Do /A Do")
        d.page(b"/A Do " + pdf.lines_at(["Page two draws."], 72, 720),
               fonts=f"/F1 {d.font} 0 R >> /XObject << /A {forms[0]} 0 R")
    return three_pages(middle).render()


def content_of(block, times):
    """A page whose content is TIMES times BLOCK."""
    def middle(d):
        data = zlib.compress(block * times, 9)
        raw_page(d, data, " /Filter /FlateDecode")
    return three_pages(middle).render()


def many_glyphs():
    """More glyphs than a worker of 96 MiB has memory for, each in a place of its own."""
    line = b"BT /F1 1 Tf 1 0 0 1 %d %d Tm (" + b"abcdefghij" * 30 + b") Tj ET\n"
    return content_of(b"".join(line % (x, y) for x in range(20) for y in range(30, 630)), 1)


def contents_again():
    """A page of 50 times the same 100 MiB."""
    def middle(d):
        page = d.page(b"")
        contents = max(n for n, o in d.objects.items() if isinstance(o, tuple))
        data = zlib.compress(b"0 0 m 9 9 l S\n" * (100 << 16), 9)
        d.objects[contents] = (" /Filter /FlateDecode", data)
        own = b"%d 0 R" % contents
        d.objects[page] = d.objects[page].replace(own, b"[" + (own + b" ") * 50 + b"]")
    return three_pages(middle).render()


def tree_cycle():
    """The tree's second node has the root, and itself, among its kids."""
    d = pdf.Pdf()
    first = d.text_page(["Page one is fine."])
    node = d.reserve()
    d.plant()
    d.set(node, f"<< /Type /Pages /Parent {d.tree} 0 R /Count 1000000"
                f" /Kids [{d.tree} 0 R {node} 0 R {first} 0 R] >>")
    d.set(d.tree, f"<< /Type /Pages /Count 1000001 /Kids [{first} 0 R {node} 0 R] >>")
    return d.render()


def tree_chain():
    """A page tree of 100,000 nodes, one below the other."""
    d = pdf.Pdf()
    first = d.text_page(["Deep down."])
    d.plant()
    nodes = [d.reserve() for _ in range(100000)]
    for here, below in zip(nodes, nodes[1:] + [first]):
        d.set(here, f"<< /Type /Pages /Count 1 /Kids [{below} 0 R] >>")
    d.set(d.tree, f"<< /Type /Pages /Count 1 /Kids [{nodes[0]} 0 R] >>")
    return d.render()


def object_streams_in_each_other():
    """Objects 4 and 5 are object streams; each says it is kept in the other,
    and /Extends it; the page tree is kept in 4."""
    out = bytearray(b"%PDF-1.5\n")
    offsets = {}

    def write(number, dictionary, data=None):
        offsets[number] = len(out)
        out.extend(f"{number} 0 obj\n<< {dictionary} ".encode())
        if data is None:
            out.extend(b">>\nendobj\n")
        else:
            out.extend(f"/Length {len(data)} >>\nstream\n".encode() + data
                       + b"\nendstream\nendobj\n")

    write(1, "/Type /Catalog /Pages 2 0 R")
    write(4, "/Type /ObjStm /N 1 /First 4 /Extends 5 0 R",
          b"2 0 << /Type /Pages /Count 1 /Kids [3 0 R] >>")
    write(5, "/Type /ObjStm /N 1 /First 4 /Extends 4 0 R",
          b"3 0 << /Type /Page /Parent 2 0 R >>")
    rows = [(0, 0, 0), (1, offsets[1], 0), (2, 4, 0), (2, 5, 0), (2, 5, 0), (2, 4, 0)]
    start = len(out)
    rows.append((1, start, 0))
    data = b"".join(struct.pack(">BIB", *row) for row in rows)
    write(6, f"/Type /XRef /Size {len(rows)} /W [1 4 1] /Root 1 0 R", data)
    out.extend(f"startxref\n{start}\n%%EOF\n".encode())
    return bytes(out)


def xref_loop():
    """Two cross-reference tables, each the other's /Prev, and then its own."""
    data = three_pages(lambda d: d.text_page(["Page two."])).render()
    at = data.rindex(b"xref\n", 0, data.rindex(b"startxref"))
    return data.replace(b"trailer\n<<", b"trailer\n<< /Prev %d" % at)


def book(middle):
    chapters = [epub.xhtml("<p>Chapter one is fine.</p>\n"), middle,
                epub.xhtml("<p>Chapter three is fine.</p>\n")]
    return epub.book(chapters)


def nested(depth):
    return book(epub.xhtml("<div>" * depth + "<p>deep</p>" + "</div>" * depth))


def entities():
    """A billion laughs."""
    kinds = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 10}">\n' for i in range(1, 12))
    return book(epub.xhtml("<p>&e11;</p>\n", doctype="<!DOCTYPE html [\n"
                           f'<!ENTITY e0 "ha ha ">\n{kinds}]>\n'))


def long_entity():
    """Quadratic: a long entity, used often."""
    return book(epub.xhtml("<p>" + "&a;" * 50000 + "</p>\n", doctype="<!DOCTYPE html [\n"
                           f'<!ENTITY a "{"x" * 50000}">]>\n'))


def outside_entity():
    return book(epub.xhtml("<p>&passwd; &net;</p>\n", doctype="<!DOCTYPE html [\n"
                           '<!ENTITY passwd SYSTEM "file:///etc/passwd">\n'
                           '<!ENTITY net SYSTEM "http://127.0.0.1:9/x">]>\n'))


def attributes():
    return book(epub.xhtml("<p " + " ".join(f'a{i}="x"' for i in range(200000))
                           + ">many</p>\n"))


def zip_lies(size):
    """The second chapter claims to inflate to SIZE bytes."""
    return epub.with_size(book(epub.xhtml("<p>Chapter two is fine.</p>\n")),
                          "OEBPS/text/c2.xhtml", size)


def zip_of_many():
    """65,000 members, and a book among them."""
    members = {f"junk/{i:05}": "" for i in range(65000)}
    return epub.book([epub.xhtml("<p>Alone.</p>\n")], extra=members)


CASES = {
    "inflate-paths.pdf": lambda: inflates_without_end(b"0 0 m 9 9 l S\n"),
    "inflate-text.pdf": lambda: inflates_without_end(b"BT /F1 9 Tf (bomb) Tj ET\n"),
    "inflate-blanks.pdf": lambda: inflates_without_end(b" "),
    "inflate-nesting.pdf": lambda: inflates_without_end(b"q "),
    "inflate-array.pdf": lambda: inflates_without_end(b"[ "),
    "many-paths.pdf": many_paths,
    "form-cycle.pdf": form_cycle,
    "engines-states.pdf": lambda: content_of(b"q ", 10000000),
    "engines-nesting.pdf": lambda: content_of(b"<< ", 3000000),
    "engines-glyphs.pdf": many_glyphs,
    "engines-again.pdf": contents_again,
    "tree-cycle.pdf": tree_cycle,
    "tree-chain.pdf": tree_chain,
    "object-streams.pdf": object_streams_in_each_other,
    "xref-loop.pdf": xref_loop,
    "nested.epub": lambda: nested(200000),
    "entities.epub": entities,
    "long-entity.epub": long_entity,
    "outside-entity.epub": outside_entity,
    "attributes.epub": attributes,
    "zip-lies-large.epub": lambda: zip_lies(0xFFFFFFF0),
    "zip-lies-small.epub": lambda: zip_lies(3),
    "zip-many.epub": zip_of_many,
}


def main():
    folder = pathlib.Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    for name, make in CASES.items():
        (folder / name).write_bytes(make())


if __name__ == "__main__":
    main()
