# SPDX-License-Identifier: GPL-3.0-or-later
"""Documents of Word, Excel, PowerPoint and Outlook before 2007, by hand: no
program writes the same bytes twice."""

import struct

from .compound import compound, filetime, padded, summary

# Word

PARTS = ["main", "footnotes", "headers", "macros", "comments", "endnotes"]
TABLES = {"footnote places": 0xaa, "footnotes": 0xb2, "comment places": 0xba,
          "comments": 0xc2, "headers": 0xf2, "characters": 0xfa,
          "paragraphs": 0x102, "pieces": 0x1a2, "authors": 0x1ba,
          "endnote places": 0x20a, "endnotes": 0x212,
          "styles": 0xa2, "lists": 0x2e2, "list references": 0x2ea}


def property_page(runs, pointer):
    """A page of 512 bytes with (start, end, changes) of runs."""
    page = bytearray(512)
    struct.pack_into(f"<{len(runs) + 1}I", page, 0, *[r[0] for r in runs], runs[-1][1])
    at = 511
    for i, (_, _, changes) in enumerate(runs):
        if changes:
            at = (at - len(changes)) & ~1
            page[at:at + len(changes)] = changes
            page[4 * (len(runs) + 1) + pointer * i] = at // 2
    assert at >= 4 + (4 + pointer) * len(runs), "more than a page"
    page[511] = len(runs)
    return bytes(page)


def doc(parts, split, hidden=(), tables=None, flags=0x200, in_cell="",
        objects=None, looks=None):
    """PARTS: texts by name. The first SPLIT characters are a byte each, the
    others UTF-16, and stand before them in the file. HIDDEN: (text, change).
    IN_CELL: a paragraph that is not the last of its cell. LOOKS: paragraph:
    (its style, changes). A table may be (bytes, others that stand behind it)."""
    whole = "".join(parts.get(name, "") for name in PARTS)
    low, high = whole[:split].encode("cp1252"), whole[split:].encode("utf-16-le", "surrogatepass")
    high_at, low_at = 0x400, 0x400 + len(high)

    def place(cp):
        return low_at + cp if cp < split else high_at + 2 * (cp - split)
    main = bytearray(padded(bytes(0x400) + high + low, 512))
    runs = []
    for text, change in hidden:
        cp = whole.index(text)
        changes = struct.pack("<HB", change, 1)
        runs.append((place(cp), place(cp + len(text) - 1) + (1 if cp < split else 2),
                     bytes([len(changes)]) + changes))
    runs.sort()
    filled, last = [], high_at
    for run in runs:
        filled += [(last, run[0], b"")] * (last < run[0]) + [run]
        last = run[1]
    filled.append((last, low_at + len(low), b""))
    paragraphs, start = [], 0
    for cp, c in enumerate(whole):
        if c not in "\r\a" and cp + 1 != split:
            continue
        change = b""
        if c == "\a" or (in_cell and whole[:cp].endswith(in_cell)):
            change = struct.pack("<HB", 0x2416, 1)
            if whole[cp - 1:cp + 1] == "\a\a":
                change += struct.pack("<HB", 0x2417, 1)
        style, more = (looks or {}).get(whole[start:cp], (0, b""))
        if change or more or style:
            change = padded(struct.pack("<H", style) + more + change, 2)
            change = bytes([0, len(change) // 2]) + change
        paragraphs.append((place(start), place(cp) + (1 if cp < split else 2), change))
        start = cp + 1
    paragraphs.sort()
    pages = len(main) // 512
    main += property_page(filled, 1)
    groups = [paragraphs[i:i + 12] for i in range(0, len(paragraphs), 12)]
    for group in groups:
        main += property_page(group, 13)
    table = dict(tables or {})
    table["characters"] = struct.pack("<III", high_at, len(main), pages)
    table["paragraphs"] = b"".join(
        [struct.pack("<I", group[0][0]) for group in groups]
        + [struct.pack("<I", len(main))]
        + [struct.pack("<I", pages + 1 + i) for i in range(len(groups))])
    pieces = struct.pack("<IIIHIHHIH", 0, split, len(whole), 0,
                         0x40000000 | 2 * low_at, 0, 0, high_at, 0)
    table["pieces"] = b"\2" + struct.pack("<I", len(pieces)) + pieces
    stream = b"\0\0"
    for name, data in table.items():
        data, behind = data if isinstance(data, tuple) else (data, b"")
        struct.pack_into("<II", main, TABLES[name], len(stream), len(data))
        stream += data + behind
    struct.pack_into("<HH", main, 0, 0xa5ec, 0xc1)
    struct.pack_into("<H", main, 0xa, flags)
    struct.pack_into("<H", main, 0x20, 14)
    struct.pack_into("<H", main, 0x3e, 22)
    struct.pack_into("<H", main, 0x98, 0x5d)
    for i, name in enumerate(PARTS):
        struct.pack_into("<I", main, 0x4c + 4 * i, len(parts.get(name, "")))
    return compound({"WordDocument": bytes(main), "1Table": stream,
                     "\5SummaryInformation": summary("Of harbours", "Ann Author"),
                     "ObjectPool": objects or {}})


def package(name, data):
    """A file as an object ([MS-OLEDS] 2.3.6)."""
    path = name.encode() + b"\0"
    body = (struct.pack("<H", 2) + path + path + struct.pack("<HHI", 0, 3, len(path))
            + path + struct.pack("<I", len(data)) + data)
    return struct.pack("<I", len(body)) + body


def word_document(flags=0x200):
    parts = {
        "main": "Of harbours\rThe first\x02 harbour, caf\xe9 \u201cquoted\u201d, is \x13"
                ' HYPERLINK "http://example.org/" \x14linked\x15.\r'
                "Some words and hidden words are there, deleted ones not.\r"
                "Port\aDepth\a\aKiel\rNord\a9\x1em\a\a"
                "\u043c\u043e\u0440\u0435 \u6f22\u5b57 \U0001f6a2 soft\x1fhyphen\x0b"
                "after a \x13EQ \\o\\ad(\\s\\up 9(sea),\u6d77)\x15 break\x05 ends\x02.\r",
        "footnotes": "\x02 A footnote.\r\r",
        "headers": "The header\r\rThe footer\r\r\r",
        "comments": "\x05A comment.\r\r",
        "endnotes": "\x02 An endnote.\r\r",
    }
    main = parts["main"]
    notes = [i for i, c in enumerate(main) if c == "\x02"]
    # Astral characters are two places each: one stands before the last note.
    wide = [i + 1 if i > main.index("\U0001f6a2") else i for i in notes]
    comment = main.index("\x05") + 1
    tables = {
        "headers": struct.pack("<14I", *[0] * 7, 0, 12, 12, 24, 24, 24, 24),
        "comments": struct.pack("<III", 0, 12, 13),
        "comment places": struct.pack("<II20sHHHI", comment, len(main) + 1, b"", 0, 0,
                                      0, 0xffffffff),
        "authors": struct.pack("<H", 3) + "Bob".encode("utf-16-le", "surrogatepass"),
        "endnote places": struct.pack("<IIH", wide[1], len(main) + 1, 1),
    }
    split = main.index("\u043c")
    # As characters of UTF-16.
    parts = {k: v.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
             for k, v in parts.items()}
    parts["main"] = main.replace("\U0001f6a2", "\ud83d\udea2")
    return parts, split, tables, flags


def word(flags=0x200):
    parts, split, tables, flags = word_document(flags)
    return doc(parts, split, [("and hidden ", 0x083c), ("deleted ones ", 0x0800)],
               tables, flags, "Kiel", {
                   "_1": {"\1Ole10Native": package("note.txt", b"A packed note.\n")},
                   "_2": {"Workbook": excel_stream()}})


WORD_TEXT = ("The header\n\nOf harbours\nThe first[1] harbour, caf\xe9 "
             "\u201cquoted\u201d, is linked.\nSome words words are there, not.\n"
             "Port\tDepth\nKiel Nord\t9\u2011m\n"
             "\u043c\u043e\u0440\u0435 \u6f22\u5b57 \U0001f6a2 softhyphen\n"
             "after a \u6d77(sea) break ends[1].\n\n[1] A footnote.\n\n[1] An endnote.\n\n"
             "Comment by Bob: A comment.\n\nThe footer\n")


# Excel

def record(number, data):
    return struct.pack("<HH", number, len(data)) + data


def short(text, width=2):
    """A string with its length: of a byte each where that does."""
    count = struct.pack("<H" if width == 2 else "<B", len(text))
    try:
        return count + b"\0" + text.encode("latin-1")
    except UnicodeEncodeError:
        return count + b"\1" + text.encode("utf-16-le")


def begin(what):
    return record(0x809, struct.pack("<HHHHII", 0x600, what, 0, 0, 0, 0))


END = record(0x0a, b"")


def cell(number, row, column, style, data):
    return record(number, struct.pack("<HHH", row, column, style) + data)


def first_sheet():
    """A cell of each kind, a comment, a box, header and footer."""
    obj = record(0x5d, struct.pack("<HHHHH", 0x15, 6, 25, 1, 0))
    box = record(0x5d, struct.pack("<HHHHH", 0x15, 6, 6, 2, 0))

    def text(words):
        return (record(0x1b6, struct.pack("<HHHIHHI", 0x212, 0, 0, 0, len(words), 16, 0))
                + record(0x3c, b"\0" + words.encode("latin-1"))
                + record(0x3c, bytes(16)))
    rk = struct.pack("<i", (2500 << 2) | 3)  # 2500 hundredths
    return (begin(0x10) + record(0x14, short("&LLeft&CThe header &P"))
            + record(0x15, short('&C&"Arial,Bold"&12The footer'))
            + cell(0xfd, 0, 0, 0, struct.pack("<I", 0))
            + cell(0xfd, 0, 1, 0, struct.pack("<I", 1))
            + cell(0xfd, 1, 0, 0, struct.pack("<I", 2))
            + cell(0x203, 1, 1, 1, struct.pack("<d", 1234.5))
            + cell(0x203, 1, 2, 2, struct.pack("<d", 45352))
            + cell(0x27e, 2, 0, 0, rk)
            + record(0xbd, struct.pack("<HHHIHIH", 2, 1, 3, (1 << 2 | 2) & 0xffffffff,
                                       0, 7 << 2 | 2, 2))
            + cell(0x06, 3, 0, 0, struct.pack("<BHBHHHIH", 0, 0, 0, 0, 0xffff, 0, 0, 0))
            + record(0x207, short("a formula\u2019s string"))
            + cell(0x06, 3, 1, 0, struct.pack("<dHIH", 42.0, 0, 0, 0))
            + cell(0x205, 3, 2, 0, b"\1\0") + cell(0x205, 3, 3, 0, b"\7\1")
            + cell(0x204, 5, 3, 0, short("a label"))
            + obj + text("A cell's comment") + box + text("A text box")
            + record(0x1c, struct.pack("<HHHH", 1, 0, 0, 1) + short("Bob") + b"\0")
            + END)


def strings():
    """Shared strings; one goes on in a record that has another width."""
    plain, long = "Port", "Depth " + "x" * 8 + " \u043c\u043e\u0440\u0435"
    rich = struct.pack("<HBH", 5, 8, 1) + b"Kiel!" + struct.pack("<HH", 0, 1)
    return (record(0xfc, struct.pack("<II", 3, 3) + short(plain)
                   + struct.pack("<HB", len(long), 0) + long[:14].encode())
            + record(0x3c, b"\1" + long[14:].encode("utf-16-le") + rich))


def excel_stream(encrypted=False):
    sheets = [("First \u00fc", 0, first_sheet()),
              ("\u6f22", 1, begin(0x10)
               + cell(0x204, 0, 0, 0, short("on a hidden sheet")) + END)]
    head = begin(0x05)
    if encrypted:
        head += record(0x2f, bytes(6))
    head += (record(0x41e, struct.pack("<H", 164) + short("yyyy\\-mm\\-dd"))
             + b"".join(record(0xe0, struct.pack("<HH16x", 0, code))
                        for code in (0, 4, 164)))
    tail = strings() + END
    at = len(head) + len(tail) + sum(len(record(0x85, bytes(6) + short(name, 1)))
                                     for name, _, _ in sheets)
    listed = bodies = b""
    for name, hidden, body in sheets:
        listed += record(0x85, struct.pack("<IBB", at + len(bodies), hidden, 0)
                         + short(name, 1))
        bodies += body
    return head + listed + tail + bodies


def excel(encrypted=False, cut=0):
    stream = excel_stream(encrypted)
    return compound({"Workbook": stream[:len(stream) - cut],
                     "\5SummaryInformation": summary("Depths", "Ann Author")})


EXCEL_TEXT = ["First \u00fc\n\nPort\tDepth xxxxxxxx \u043c\u043e\u0440\u0435\n"
              "Kiel!\t1,234.50\t2024-03-01\n25\t1\t7\n"
              "a formula\u2019s string\t42\tTRUE\t#DIV/0!\n\n\t\t\ta label\n\n"
              "Left\tThe header\nThe footer\n\nA text box\n\n"
              "Comment by Bob (A2): A cell's comment\n",
              "\u6f22\n\non a hidden sheet\n"]


# PowerPoint

def atom(kind, data, instance=0):
    return struct.pack("<HHI", instance << 4, kind, len(data)) + data


def container(kind, *children, instance=0):
    data = b"".join(children)
    return struct.pack("<HHI", instance << 4 | 15, kind, len(data)) + data


def chars(text, instance=0):
    return atom(0xfa0, text.encode("utf-16-le"), instance)


def shape(*text, place=None):
    children = [atom(0xf00f, struct.pack("<4i", *place))] if place else []
    return container(0xf004, *children, container(0xf00d, *text))


def drawing(*shapes):
    return container(0x40c, container(0xf002, container(0xf003, *shapes)))


def table(rows):
    head = container(0xf004, atom(0xf122, struct.pack("<HI", 0x39f, 1), 1))
    cells = [shape(chars(text), place=(10 * column, 10 * row, 0, 0))
             for row, texts in enumerate(rows) for column, text in enumerate(texts)]
    return container(0xf003, head, *cells)


def look(has_mark=None, tabs=0):
    """The properties of paragraphs; None: the mark is as the master has it."""
    mask, data = 0x1800, struct.pack("<HH", 0, 100)
    if has_mark is not None:
        mask, data = mask | 0x81, struct.pack("<HH", has_mark, 0x2022) + data
    if tabs:
        mask, data = mask | 1 << 20, data + struct.pack("<H", tabs) + bytes(4 * tabs)
    return struct.pack("<I", mask) + data


def character_look(numbering):
    return struct.pack("<IHHI", 0x63c00, numbering << 10, 20, 0xff000000)


def master_style(kind, *levels):
    head = struct.Struct("<H" if kind >= 5 else "0s")
    return atom(0xfa3, struct.pack("<H", len(levels)) + b"".join(
        head.pack(i if kind >= 5 else b"") + level + character_look(0)
        for i, level in enumerate(levels)), kind)


def style(*paragraphs):
    """PARAGRAPHS: (characters with the end, level, look, numbering)."""
    return atom(0xfa1, b"".join(
        struct.pack("<IH", count, level) + of for count, level, of, _ in paragraphs)
        + b"".join(struct.pack("<I", count) + character_look(numbering)
                   for count, _, _, numbering in paragraphs))


def numberings(*schemes, size=None):
    """What a shape has of them, SIZE bytes at most. SCHEMES: (scheme, start), or
    None."""
    data = b""
    for scheme in schemes:
        data += struct.pack("<IHHH", 3 << 24, 1, *scheme) if scheme else bytes(4)
        data += struct.pack("<III", 1 << 20, 0, 2) + struct.pack("<H", 0x409)
    return container(0xf011, container(0x1388, container(0x138a, container(
        0x138b, atom(0xfac, data[:size])))))


def numbered():
    text = "Before\rfirst\rwithin\rsecond\x0bits line"
    return container(0xf004, numberings(None, (3, 4), (9, 1)), container(
        0xf00d, atom(0xf9f, struct.pack("<I", 4)), chars(text),
        style((7, 0, look(), 0), (6, 0, look(1), 1), (7, 1, look(1, 2), 2),
              (16, 0, look(1), 1))))


def powerpoint(token=0xe391c05f, listed=True, shapes=()):
    """Two slides that stand in the file in another order than they are shown;
    the second was changed in a second step of saving, and has SHAPES."""
    def slide(notes, *children, master=0):
        return container(0x3ee, atom(0x3ef, struct.pack("<I8sIIHH", 0, b"", master,
                                                        notes, 1, 0)), *children)
    comment = container(0x1388, container(0x138a, container(0x138b, container(
        0x2ee0, atom(0xfba, "Bob".encode("utf-16-le")),
        atom(0xfba, "A comment".encode("utf-16-le"), 1)))))
    footer = container(0xfd9, atom(0xfda, struct.pack("<HH", 0, 32)),
                       atom(0xfba, "The footer".encode("utf-16-le"), 2))
    first = slide(0x200, drawing(
        shape(atom(0xf9e, struct.pack("<I", 0))), shape(atom(0xf9e, struct.pack("<I", 1))),
        shape(atom(0xf9f, bytes(4)), chars("Slide *"), atom(0xfd8, struct.pack("<I", 6)))),
        comment, footer, master=0x80000000)
    old = slide(0, drawing(shape(chars("not any more"))))
    second = slide(0, drawing(
        shape(atom(0xfa8, b"Bytes caf\xe9\x0bnext line")),
        table([["Port", "Depth"], ["Kiel", "9"]]), numbered(), *shapes), master=0x80000000)
    notes = container(0x3f0, atom(0x3f1, bytes(8)), drawing(shape(chars("The notes"))))
    prompt = container(0xf004, container(0xf011, atom(0xbc3, bytes(8))),
                       container(0xf00d, chars("Click to edit")))
    master = container(0x3f8, master_style(1, look(1), look(0, 1)),
                       drawing(prompt, shape(chars("of the master"))))

    def listing(instance, *items):
        return container(0xff0, *items, instance=instance)

    def persist(number, ident):
        return atom(0x3f3, struct.pack("<IIIII", number, 0, 0, ident, 0))
    outline = (atom(0xf9f, bytes(4)) + chars("Title \u6f22\u5b57")
               + atom(0xf9f, struct.pack("<I", 1))
               + chars("One point\rAnother\rNone")
               + style((10, 0, look(), 0), (8, 1, look(1, 3), 0), (5, 1, look(), 0)))
    document = container(0x3e8, *([
        listing(1, persist(2, 0x80000000)),
        listing(0, persist(4, 0x100), outline, persist(3, 0x101)),
        listing(2, persist(5, 0x200))] if listed else []))
    stream, places = b"", {}
    for number, data in ((1, document), (2, master), (3, old), (4, first), (5, notes)):
        places[number] = len(stream)
        stream += data
    directory = len(stream)
    stream += atom(0x1772, struct.pack("<6I", 5 << 20 | 1, *places.values()))
    edit = len(stream)
    stream += atom(0xff5, struct.pack("<IIIIIIHH", 0, 0, 0, directory, 1, 5, 0, 0))
    at = len(stream)
    stream += second
    directory = len(stream)
    stream += atom(0x1772, struct.pack("<II", 1 << 20 | 3, at))
    last = len(stream)
    stream += atom(0xff5, struct.pack("<IIIIIIHH", 0, 0, edit, directory, 1, 5, 0, 0))
    user = atom(0xff6, struct.pack("<IIIHHBBH", 20, token, last, 0, 0x3f4, 3, 0, 0))
    return compound({"PowerPoint Document": stream, "Current User": user,
                     "\5SummaryInformation": summary("Slides", "Ann Author")})


POWERPOINT_TEXT = ["Title \u6f22\u5b57\n\n- One point\n  - Another\nNone\n\n"
                   "Slide 1\n\nThe footer\n\n"
                   "of the master\n\nThe notes\n\nComment by Bob: A comment\n",
                   "Bytes caf\u00e9\nnext line\n\nPort\tDepth\nKiel\t9\n\n"
                   "Before\n4. first\n  a) within\n5. second\nits line\n"]


# Outlook

def properties(head, strings, numbers=(), **storages):
    """STRINGS: number: text, or bytes; NUMBERS: tag: number."""
    table, tree = bytes(head), {}
    for number, value in strings.items():
        kind = 0x102 if isinstance(value, bytes) else 0x1f
        data = value if kind == 0x102 else value.encode("utf-16-le")
        tree[f"__substg1.0_{number:04X}{kind:04X}"] = data
        table += struct.pack("<IIII", number << 16 | kind, 6, len(data), 0)
    for tag, value in dict(numbers).items():
        table += struct.pack("<IIQ", tag, 6, value)
    return {**tree, **storages, "__properties_version1.0": table}


def message(subject, body, head=32, **storages):
    return properties(
        head, {0x1a: "IPM.Note", 0x37: subject, 0xc1a: "Ann Author",
               0x5d01: "ann@example.org", **body},
        {0x00390040: filetime(1709294400), 0x3fde0003: 65001}, **storages)


def recipient(name, address, kind):
    return properties(8, {0x3001: name, 0x39fe: address}, {0x0c150003: kind})


# The first example of [MS-OXRTFCP] 4: "hello world".
PACKED_RTF = bytes.fromhex(
    "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af320"
    "68656c090020627705b06c647d0a800fa0")


def outlook():
    inner = message("Inner", {0x1009: PACKED_RTF}, 24)
    html = "<html><body><p>Dear caf\u00e9,</p><p>two <b>paragraphs</b></p></body></html>"
    return compound(message(
        "Of harbours", {0x1013: html.encode()},
        **{"__recip_version1.0_#00000000": recipient("Bob", "bob@example.org", 1),
           "__recip_version1.0_#00000001": recipient("Eve", "eve@example.org", 2),
           "__attach_version1.0_#00000000": properties(
               8, {0x3707: "note.txt", 0x3701: b"The attached text.\n"}),
           "__attach_version1.0_#00000001": properties(
               8, {0x3001: "Inner"}, **{"__substg1.0_3701000D": inner})}))


OUTLOOK_TEXT = ("Subject: Of harbours\nFrom: Ann Author <ann@example.org>\n"
                "To: Bob <bob@example.org>\nCc: Eve <eve@example.org>\n"
                "Date: Fri, 1 Mar 2024 12:00:00 +0000\n\nDear caf\u00e9,\n\n"
                "two paragraphs\n")


# All of them

def samples(good, bad):
    whole = word()
    return {
        "good-word.doc": good("Word 97: pieces of two widths out of order, notes, a"
                              " comment, a table, a field, hidden and deleted words",
                              whole, [WORD_TEXT], "exact"),
        "good-excel.xls": good("Excel 97: a cell of each kind, a string over two"
                               " records, a comment, a box, a hidden sheet",
                               excel(), EXCEL_TEXT, "exact"),
        "good-powerpoint.ppt": good("PowerPoint 97, saved in two steps: a table, notes,"
                                    " lists, a comment, a master that is left out",
                                    powerpoint(), POWERPOINT_TEXT, "exact"),
        "good-outlook.msg": good("an Outlook message in HTML, with a text and a message"
                                 " attached", outlook(), [OUTLOOK_TEXT], "exact"),
        "bad-encrypted.doc": bad("Word says that it is encrypted", word(0x300),
                                 "failed", "encrypted"),
        "bad-encrypted.xls": bad("Excel says that it is encrypted",
                                 excel(encrypted=True), "failed", "encrypted"),
        "bad-encrypted.ppt": bad("PowerPoint says that it is encrypted",
                                 powerpoint(token=0xf3d1c4df), "failed", "encrypted"),
        "bad-cut.xls": bad("the last sheet breaks off behind its cell",
                           excel(cut=4), "partial", "truncated", EXCEL_TEXT),
        "bad-no-chains.doc": bad("a compound file without its last sector, which has"
                                 " the chains of all others: they are in one piece",
                                 whole[:-512], "partial", "truncated", [WORD_TEXT]),
    }
