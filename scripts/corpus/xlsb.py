# SPDX-License-Identifier: GPL-3.0-or-later
"""Binary workbooks ([MS-XLSB]): the sheets of ooxml.py once more."""

import struct

from . import epub, ooxml

EXCEL = "application/vnd.ms-excel."
MAIN = EXCEL + "sheet.binary.macroEnabled.main"


def record(number, data=b""):
    head = bytes([number]) if number < 128 else bytes([number & 0x7f | 0x80, number >> 7])
    size, length = len(data), b""
    while size > 0x7f:
        length += bytes([size & 0x7f | 0x80])
        size >>= 7
    return head + length + bytes([size]) + data


def string(text):
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def rich(text, runs=()):
    out = bytes([1 if runs else 0]) + string(text)
    return out + (struct.pack("<I", len(runs)) + b"".join(
        struct.pack("<HH", *r) for r in runs) if runs else b"")


def row(number, *cells):
    return record(0, struct.pack("<IIHBBBI", number - 1, 0, 300, 0, 0, 0, 0)) + b"".join(cells)


def cell(kind, column, data, style=0):
    return record(kind, struct.pack("<II", column, style) + data)


def short(kind, data, style=0):
    return record(kind, struct.pack("<I", style) + data)


def real(value):
    return struct.pack("<d", value)


FORMULA = struct.pack("<HII", 0, 0, 0)  # no options, no tokens, nothing behind


def sheet(*rows, more=b""):
    return (record(129) + record(148, struct.pack("<IIII", 0, 4, 0, 4)) + record(145)
            + b"".join(rows) + record(146) + more + record(130))


def parts():
    one = sheet(
        row(1, cell(7, 0, struct.pack("<I", 0)), cell(7, 1, struct.pack("<I", 1)),
            cell(1, 2, b""), cell(6, 3, string("far"))),
        row(2, cell(2, 0, struct.pack("<I", 45352 << 2 | 2), 1), cell(5, 1, real(1234.5), 2),
            cell(5, 2, real(0.125), 3), cell(5, 3, real(0.30000000000000004))),
        row(5, cell(4, 0, b"\1"), cell(3, 1, b"\7"), cell(8, 2, string("result") + FORMULA),
            cell(9, 3, real(0.75) + FORMULA, 4),
            cell(2, 4, struct.pack("<I", (-3 << 2 | 2) & 0xffffffff), 5)),
        more=record(479, struct.pack("<H", 0) + string('&L&"Arial"&12Left&RRight')
                    + struct.pack("<I", 0xffffffff) * 5))
    two = sheet(row(1, cell(62, 0, rich("unseen", [(0, 1)])), short(13, struct.pack("<I", 4 | 2))))
    codes = ["yyyy\\-mm\\-dd", "#,##0.00", "0.0%", "# ?/?", "0;(0)"]
    styles = (record(278) + record(615, struct.pack("<I", len(codes)))
              + b"".join(record(44, struct.pack("<H", 164 + i) + string(code))
                         for i, code in enumerate(codes)) + record(616)
              + record(626, struct.pack("<I", 1)) + look(0xffff, 9) + record(627)
              + record(617, struct.pack("<I", 6)) + look(0, 0)
              + b"".join(look(0, 164 + i) for i in range(len(codes))) + record(618)
              + record(279))
    comments = (record(628) + record(630) + record(632, string("Bo")) + record(631)
                + record(633)
                + record(635, struct.pack("<IIIII16s", 0, 0, 0, 0, 0, b""))
                + record(637, rich("A remark.")) + record(636) + record(634) + record(629))
    book = (record(131) + record(153, struct.pack("<III", 0, 0, 0)) + record(143)
            + record(156, struct.pack("<II", 0, 1) + string("rId1") + string("Catch & tides"))
            + record(156, struct.pack("<II", 1, 2) + string("rId2") + string("Hidden"))
            + record(144) + record(132))
    shared = (record(159, struct.pack("<II", 2, 2)) + record(19, rich("boat"))
              + record(19, rich("year of make", [(0, 0), (5, 1)])) + record(160))
    return {"workbook": book, "worksheets/sheet1": one, "worksheets/sheet2": two,
            "sharedStrings": shared, "styles": styles, "comments1": comments}


def look(parent, code):
    return record(47, struct.pack("<HHHHHBBHBB", parent, code, 0, 0, 0, 0, 0, 0, 0, 0))


def sheets(cut=0):
    made = {f"xl/{name}.bin": data for name, data in parts().items()}
    second = "xl/worksheets/sheet2.bin"
    made[second] = made[second][:len(made[second]) - cut]
    kinds = {"worksheets/sheet1": "worksheet", "worksheets/sheet2": "worksheet",
             "sharedStrings": "sharedStrings", "styles": "styles", "comments1": "comments"}
    types = (ooxml.HEAD + f'<Types xmlns="{ooxml.PACKAGE}/content-types">'
             '<Default Extension="rels" ContentType="application/vnd.'
             'openxmlformats-package.relationships+xml"/>'
             f'<Default Extension="bin" ContentType="{MAIN}"/>'
             '<Default Extension="xml" ContentType="application/xml"/>'
             + "".join(f'<Override PartName="/xl/{name}.bin" ContentType="{EXCEL}{kind}"/>'
                       for name, kind in kinds.items()) + "</Types>")
    return epub.packed({
        "[Content_Types].xml": types,
        "_rels/.rels": ooxml.relations([("rId1", "officeDocument", "xl/workbook.bin")]),
        "xl/_rels/workbook.bin.rels": ooxml.relations([
            ("rId1", "worksheet", "worksheets/sheet1.bin"),
            ("rId2", "worksheet", "worksheets/sheet2.bin"),
            ("rId3", "sharedStrings", "sharedStrings.bin"),
            ("rId4", "styles", "styles.bin")]),
        "xl/worksheets/_rels/sheet1.bin.rels": ooxml.relations([
            ("rId1", "comments", "../comments1.bin")]), **made})


def samples(good, bad):
    return {
        "good-sheets.xlsb": good("a binary workbook, with the text of good-sheets.xlsx",
                                 sheets(), ooxml.SHEETS_TEXT, "exact"),
        "bad-sheet.xlsb": bad("its second sheet breaks off in a record", sheets(cut=4),
                              "partial", "truncated", ooxml.SHEETS_TEXT),
    }
