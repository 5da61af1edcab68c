# SPDX-License-Identifier: GPL-3.0-or-later
"""A small PDF writer: enough to make every kind of file that the tests need,
and to leave out or spoil what a broken file lacks."""

import hashlib
import zlib

# ISO 32000-1, algorithm 2: pads passwords.
PAD = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E80"
                    "2F0CA9FE6453697A")


def rc4(key, data):
    s, j = list(range(256)), 0
    for i in range(256):
        j = (j + s[i] + key[i % len(key)]) & 255
        s[i], s[j] = s[j], s[i]
    i = j = 0
    out = bytearray()
    for byte in data:
        i = (i + 1) & 255
        j = (j + s[i]) & 255
        s[i], s[j] = s[j], s[i]
        out.append(byte ^ s[(s[i] + s[j]) & 255])
    return bytes(out)


class Rc4:
    """The standard security handler, revision 3: RC4 with 128 bits."""

    def __init__(self, user, owner, file_id):
        owner_key = hashlib.md5(self.padded(owner)).digest()
        for _ in range(50):
            owner_key = hashlib.md5(owner_key).digest()
        self.o = self.padded(user)
        for i in range(20):
            self.o = rc4(bytes(b ^ i for b in owner_key), self.o)
        self.p = -3904 & 0xFFFFFFFF
        key = hashlib.md5(self.padded(user) + self.o
                          + self.p.to_bytes(4, "little") + file_id).digest()
        for _ in range(50):
            key = hashlib.md5(key).digest()
        self.key = key
        self.u = hashlib.md5(PAD + file_id).digest()
        for i in range(20):
            self.u = rc4(bytes(b ^ i for b in key), self.u)
        self.u += bytes(16)

    @staticmethod
    def padded(password):
        return (password.encode("latin-1") + PAD)[:32]

    def encrypt(self, number, data):
        salted = self.key + number.to_bytes(3, "little") + b"\0\0"
        return rc4(hashlib.md5(salted).digest(), data)

    def dictionary(self):
        return (f"<< /Filter /Standard /V 2 /R 3 /Length 128 /P {self.p - 2**32}"
                f" /O <{self.o.hex()}> /U <{self.u.hex()}> >>")


def text_string(text):
    """A text string: as it is when it is ASCII, else UTF-16 with its mark."""
    if text.isascii():
        for c in "\\()":
            text = text.replace(c, "\\" + c)
        return f"({text})"
    return "<FEFF" + text.encode("utf-16-be").hex() + ">"


def show(line):
    """LINE in WinAnsiEncoding, as the operand of Tj."""
    raw = line.encode("cp1252")
    for c in (b"\\", b"(", b")"):
        raw = raw.replace(c, b"\\" + c)
    return b"(" + raw + b")"


def lines_at(lines, x, y, size=10, leading=14):
    """A text object: LINES downwards from X, Y."""
    body = b"".join(show(line) + b" Tj T*\n" for line in lines)
    return (f"BT /F1 {size} Tf {leading} TL {x} {y} Td\n".encode()
            + body + b"ET\n")


class Pdf:
    """Objects by number; render() writes them out with a cross-reference."""

    def __init__(self, version="1.4"):
        self.version = version
        self.objects = {}  # number: bytes, or (dictionary, stream bytes)
        self.info = None
        self.root = self.reserve()
        self.tree = self.reserve()
        self.font = self.add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica"
                             " /Encoding /WinAnsiEncoding >>")
        self.pages = []
        self.crypt = None

    def reserve(self):
        number = len(self.objects) + 1
        self.objects[number] = b"null"
        return number

    def set(self, number, value):
        self.objects[number] = value.encode() if isinstance(value, str) else value

    def add(self, value):
        number = self.reserve()
        self.set(number, value)
        return number

    def stream(self, data, extra="", flate=True):
        if flate:
            data, extra = zlib.compress(data, 9), extra + " /Filter /FlateDecode"
        return self.add((extra, data))

    def page(self, content, fonts="", extra="", flate=True):
        body = self.stream(content, flate=flate)
        fonts = fonts or f"/F1 {self.font} 0 R"
        number = self.add(
            f"<< /Type /Page /Parent @PARENT@ 0 R /MediaBox [0 0 612 792]"
            f" /Resources << /Font << {fonts} >> >> /Contents {body} 0 R{extra} >>")
        self.pages.append(number)
        return number

    def text_page(self, lines, **kwargs):
        return self.page(lines_at(lines, 72, 720), **kwargs)

    def describe(self, **entries):
        body = " ".join(f"/{k} {text_string(v)}" for k, v in entries.items())
        self.info = self.add(f"<< {body} >>")

    def plant(self, count=None, fan=32):
        """Makes the page tree, balanced, so that no walk over it is long."""
        def node(number, kids, parent):
            if len(kids) > fan:
                # The power of FAN that leaves at most FAN parts.
                step = fan
                while step * fan < len(kids):
                    step *= fan
                parts = [kids[i:i + step] for i in range(0, len(kids), step)]
                refs = [node(self.reserve(), part, number) for part in parts]
            else:
                refs = kids
                for kid in kids:
                    self.objects[kid] = self.objects[kid].replace(
                        b"@PARENT@", str(number).encode())
            total = len(kids) if number != self.tree or count is None else count
            self.set(number, "<< /Type /Pages /Kids ["
                     + " ".join(f"{r} 0 R" for r in refs) + f"] /Count {total}"
                     + (f" /Parent {parent} 0 R" if parent else "") + " >>")
            return number
        node(self.tree, self.pages, 0)
        self.set(self.root, f"<< /Type /Catalog /Pages {self.tree} 0 R >>")

    def file_id(self):
        seed = repr(sorted(self.objects.items())).encode()
        return hashlib.md5(seed).digest()

    def serialized(self, number):
        value = self.objects[number]
        if isinstance(value, bytes):
            return value
        extra, data = value
        if self.crypt:
            data = self.crypt.encrypt(number, data)
        return (f"<< /Length {len(data)}{extra} >>\nstream\n".encode()
                + data + b"\nendstream")

    def trailer(self, size, file_id, more=""):
        return (f"/Size {size} /Root {self.root} 0 R"
                + (f" /Info {self.info} 0 R" if self.info else "")
                + f" /ID [<{file_id.hex()}> <{file_id.hex()}>]{more}")

    def render(self, user=None, owner=None):
        """With a cross-reference table; encrypted when OWNER is given."""
        file_id, more = self.file_id(), ""
        if owner is not None:
            crypt = Rc4(user, owner, file_id)
            more = f" /Encrypt {self.add(crypt.dictionary())} 0 R"
            self.crypt = crypt
        out = bytearray(f"%PDF-{self.version}\n%\xe2\xe3\xcf\xd3\n".encode("latin-1"))
        offsets = []
        for number in sorted(self.objects):
            offsets.append(len(out))
            out += f"{number} 0 obj\n".encode() + self.serialized(number) + b"\nendobj\n"
        start = len(out)
        out += f"xref\n0 {len(offsets) + 1}\n0000000000 65535 f \n".encode()
        for offset in offsets:
            out += f"{offset:010} 00000 n \n".encode()
        trailer = self.trailer(len(offsets) + 1, file_id, more)
        out += f"trailer\n<< {trailer} >>\nstartxref\n{start}\n%%EOF\n".encode()
        return bytes(out)

    def render_compressed(self):
        """PDF 1.5: dictionaries in object streams, a cross-reference stream."""
        file_id = self.file_id()
        packed = [n for n, v in sorted(self.objects.items()) if isinstance(v, bytes)]
        rows = {0: (0, 0, 65535)}
        for first in range(0, len(packed), 20):
            part = packed[first:first + 20]
            bodies, index, at = b"", "", 0
            container = len(self.objects) + 1
            for i, number in enumerate(part):
                rows[number] = (2, container, i)
                index += f"{number} {at} "
                bodies += self.objects[number] + b"\n"
                at = len(bodies)
            self.stream(index.encode() + bodies,
                        f" /Type /ObjStm /N {len(part)} /First {len(index)}")
        out = bytearray(f"%PDF-{self.version}\n%\xe2\xe3\xcf\xd3\n".encode("latin-1"))
        for number in sorted(self.objects):
            if number not in rows:
                rows[number] = (1, len(out), 0)
                out += f"{number} 0 obj\n".encode() + self.serialized(number) + b"\nendobj\n"
        table = self.reserve()
        start = len(out)
        rows[table] = (1, start, 0)
        data = b"".join(bytes([rows[n][0]]) + rows[n][1].to_bytes(4, "big")
                        + rows[n][2].to_bytes(2, "big") for n in sorted(rows))
        data = zlib.compress(data, 9)
        trailer = self.trailer(table + 1, file_id)
        out += (f"{table} 0 obj\n<< /Type /XRef /W [1 4 2] /Filter /FlateDecode"
                f" /Length {len(data)} {trailer} >>\nstream\n").encode()
        out += data + f"\nendstream\nendobj\nstartxref\n{start}\n%%EOF\n".encode()
        return bytes(out)


def updated(old, number, value, size, root):
    """OLD with an incremental update that replaces object NUMBER."""
    previous = int(old.rsplit(b"startxref\n", 1)[1].split(b"\n")[0])
    at = len(old)
    new = f"{number} 0 obj\n".encode() + value + b"\nendobj\n"
    start = at + len(new)
    tail = (f"xref\n0 1\n0000000000 65535 f \n{number} 1\n{at:010} 00000 n \n"
            f"trailer\n<< /Size {size} /Root {root} 0 R /Prev {previous} >>\n"
            f"startxref\n{start}\n%%EOF\n")
    return old + new + tail.encode()


def unicode_font(pdf, text):
    """A font without glyphs whose codes are explained by a ToUnicode CMap.
    Returns its number and a function that encodes a line."""
    codes = {c: i + 1 for i, c in enumerate(sorted(set(text)))}
    rows = "".join(f"<{code:04x}> <{c.encode('utf-16-be').hex()}>\n"
                   for c, code in codes.items())
    cmap = ("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
            "/CMapName /Sample def\n/CMapType 2 def\n"
            "1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n"
            f"{len(codes)} beginbfchar\n{rows}endbfchar\n"
            "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n")
    assert len(codes) <= 100, "a bfchar block holds 100"
    to_unicode = pdf.stream(cmap.encode())
    descendant = pdf.add(
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Sample"
        " /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity)"
        " /Supplement 0 >> /DW 600 /FontDescriptor "
        + str(pdf.add("<< /Type /FontDescriptor /FontName /Sample /Flags 4"
                      " /FontBBox [0 -200 600 800] /ItalicAngle 0 /Ascent 800"
                      " /Descent -200 /CapHeight 700 /StemV 80 >>"))
        + " 0 R >>")
    font = pdf.add("<< /Type /Font /Subtype /Type0 /BaseFont /Sample"
                   f" /Encoding /Identity-H /DescendantFonts [{descendant} 0 R]"
                   f" /ToUnicode {to_unicode} 0 R >>")

    def encode(line):
        return b"<" + "".join(f"{codes[c]:04x}" for c in line).encode() + b">"
    return font, encode
