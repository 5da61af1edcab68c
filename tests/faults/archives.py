#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""archives.py - writes archives by hand, in the directory where it is run: of the
kinds that no tool of the distribution writes, with names in many character sets,
encrypted in part, in volumes, behind programs, cut and damaged."""
import bz2
import gzip
import io
import lzma
import struct
import tarfile
import zipfile
import zlib

TWO = [(b'one.txt', b'the first word\n'), (b'dir/two.txt', b'the second word\n')]


def write(name, data):
    with open(name, 'wb') as f:
        f.write(data)


def rar4(members, flags=0):
    """Members: name, bytes, flags. Stored; made on Unix, without a type of file."""
    def block(kind, fl, body):
        head = struct.pack('<BHH', kind, fl, 7 + len(body)) + body
        return struct.pack('<H', zlib.crc32(head) & 0xffff) + head
    out = b'Rar!\x1a\x07\x00' + block(0x73, flags, bytes(6))
    for name, data, fl in members:
        out += block(0x74, 0x8000 | fl, struct.pack(
            '<IIBIIBBHI', len(data), len(data), 3, zlib.crc32(data), 0x210000, 29,
            0x30, len(name), 0x20) + name) + data
    return out + block(0x7b, 0x4000, b'')


def rar5(members, flags=0):
    def number(n):
        out = b''
        while n > 0x7f:
            out += bytes([n & 0x7f | 0x80])
            n >>= 7
        return out + bytes([n])

    def block(*parts):
        body = b''.join(p if isinstance(p, bytes) else number(p) for p in parts)
        size = number(len(body))
        return struct.pack('<I', zlib.crc32(size + body)) + size + body
    out = b'Rar!\x1a\x07\x01\x00' + block(1, 0, flags)
    for name, data, fl in members:
        out += block(2, 2 | fl, len(data), 4, len(data), 0o100644,
                     struct.pack('<I', zlib.crc32(data)), 0, 1, len(name), name) + data
    return out + block(5, 0, 0)


def cab(members, packed):
    files, data = b'', b''
    for name, content in members:
        files += struct.pack('<IIHHHH', len(content), len(data), 0, 0x21, 0, 0x20)
        files += name + b'\0'
        data += content
    block = data
    if packed:
        z = zlib.compressobj(9, zlib.DEFLATED, -15)
        block = b'CK' + z.compress(data) + z.flush()
    first = 44 + len(files)
    total = first + 8 + len(block)
    return (b'MSCF' + struct.pack('<IIIIIBBHHHHH', 0, total, 0, 44, 0, 3, 1, 1,
                                  len(members), 0, 0, 0)
            + struct.pack('<IHH', first, 1, packed) + files
            + struct.pack('<IHH', 0, len(block), len(data)) + block)


def crc16(data):
    crc = 0
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0xa001 if crc & 1 else 0)
    return crc


def lha(members):
    out = b''
    for name, data in members:
        head = b'-lh0-' + struct.pack('<III', len(data), len(data), 0x210000)
        head += b'\x20\0' + bytes([len(name)]) + name
        head += struct.pack('<H', crc16(data))
        out += bytes([len(head), sum(head) & 255]) + head + data
    return out + b'\0'


def pack(members):
    """A ZIP archive of names that are bytes, stored."""
    out, central = b'', b''
    for name, data in members:
        at = len(out)
        rest = struct.pack('<HHHHIIIHH', 0, 0, 0, 0x21, zlib.crc32(data), len(data),
                           len(data), len(name), 0)
        out += b'PK\3\4' + struct.pack('<H', 20) + rest + name + data
        central += b'PK\1\2' + struct.pack('<HH', 20, 20) + rest
        central += struct.pack('<HHHII', 0, 0, 0, 0, at) + name
    return out + central + b'PK\5\6' + struct.pack(
        '<HHHHIIH', 0, 0, len(members), len(members), len(central), len(out), 0)


def locked(name, data, password):
    """The old encryption of ZIP (APPNOTE 6.1)."""
    table = []
    for i in range(256):
        for _ in range(8):
            i = i >> 1 ^ (0xedb88320 if i & 1 else 0)
        table.append(i)
    keys = [0x12345678, 0x23456789, 0x34567890]

    def step(byte):
        keys[0] = keys[0] >> 8 ^ table[(keys[0] ^ byte) & 255]
        keys[1] = ((keys[1] + (keys[0] & 255)) * 134775813 + 1) & 0xffffffff
        keys[2] = keys[2] >> 8 ^ table[(keys[2] ^ keys[1] >> 24) & 255]
    for byte in password:
        step(byte)
    secret = b''
    for byte in bytes(11) + bytes([zlib.crc32(data) >> 24]) + data:
        t = keys[2] & 0xffff | 2
        secret += bytes([byte ^ (t * (t ^ 1) >> 8) & 255])
        step(byte)
    return struct.pack('<HHHHHIIIHH', 20, 1, 0, 0, 0x21, zlib.crc32(data), len(secret),
                       len(data), len(name), 0), name, secret


def partly_locked():
    out, central = b'', b''
    members = [(b'open.txt', b'open words\n'), (b'locked.txt', b'secret words\n'),
               (b'z.txt', b'last words\n')]
    for name, data in members:
        if name == b'locked.txt':
            rest, _, data = locked(name, data, b'secret')
        else:
            rest = struct.pack('<HHHHHIIIHH', 20, 0, 0, 0, 0x21, zlib.crc32(data),
                               len(data), len(data), len(name), 0)
        central += b'PK\1\2\x14\0' + rest + struct.pack('<HHHII', 0, 0, 0, 0, len(out))
        central += name
        out += b'PK\3\4' + rest + name + data
    return out + central + b'PK\5\6' + struct.pack(
        '<HHHHIIH', 0, 0, 3, 3, len(central), len(out), 0)


def tar(members):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode='w', format=tarfile.GNU_FORMAT,
                      encoding='latin-1') as t:
        for name, data in members:
            info = tarfile.TarInfo(name)
            if isinstance(data, bytes):
                info.size = len(data)
                t.addfile(info, io.BytesIO(data))
            else:
                info.type, info.linkname = data
                t.addfile(info)
    return out.getvalue()


def zstd(blocks):
    """A frame of blocks that are as they are."""
    out = b'\x28\xb5\x2f\xfd\x00\x58'  # a window of 2 MiB, and no size
    for i, block in enumerate(blocks):
        out += struct.pack('<I', len(block) << 3 | (i + 1 == len(blocks)))[:3] + block
    return out


def lz4(blocks):
    out = b'\x04\x22\x4d\x18\x60\x40\x82'  # blocks of 64 KiB, each by itself
    for block in blocks:
        out += struct.pack('<I', len(block) | 1 << 31) + block
    return out + bytes(4)


def lz4_legacy(blocks):
    """Each block is one run of literals."""
    out = b'\x02\x21\x4c\x18'
    for block in blocks:
        more = len(block) - 15
        data = b'\xf0' + b'\xff' * (more // 255) + bytes([more % 255]) + block
        out += struct.pack('<I', len(data)) + data
    return out


def lzip(data):
    # A stream of LZMA alone is without a size, and so has an end mark, as here.
    alone = lzma.compress(data, lzma.FORMAT_ALONE, filters=[
        {'id': lzma.FILTER_LZMA1, 'dict_size': 1 << 16}])[13:]
    return b'LZIP\x01\x10' + alone + struct.pack(
        '<IQQ', zlib.crc32(data), len(data), len(alone) + 26)


def skippable(size):
    return struct.pack('<II', 0x184d2a53, size) + b'*' * size


def compressed(words):
    """Each kind: of nothing, of WORDS, cut, and behind what is to be skipped."""
    pieces = [words[i:i + 8000] for i in range(0, len(words), 8000)]
    alone = {'format': lzma.FORMAT_ALONE}
    for ending, empty, whole in (
            ('gz', gzip.compress(b''), gzip.compress(words)),
            ('bz2', bz2.compress(b''), bz2.compress(words, 1)),
            ('xz', lzma.compress(b''), lzma.compress(words)),
            ('lzma', lzma.compress(b'', **alone), lzma.compress(words, **alone)),
            ('lz', lzip(b''), lzip(words)),
            ('zst', zstd([b'']), zstd(pieces)),
            ('lz4', lz4([]), lz4(pieces))):
        write('empty.' + ending, empty)
        write('whole.txt.' + ending, whole)
        write('cut.txt.' + ending, whole[:len(whole) * 3 // 4])
    write('legacy.txt.lz4', lz4_legacy(pieces))
    write('skip.txt.zst', skippable(4) + skippable(9000) + zstd(pieces))
    write('skip.txt.lz4', skippable(4) + skippable(100) + lz4(pieces))
    write('body.lz', b'LZIP\x01\x10' + b'no stream of LZMA at all ' * 9)
    write('bad.txt.gz', gzip.compress(b'')[:10] + b'\xff' * 90)


def main():
    whole = [(n, d, 0) for n, d in TWO]
    write('rar4.rar', rar4([(n.replace(b'/', b'\\'), d, f) for n, d, f in whole]))
    write('rar5.rar', rar5(whole))
    write('stored.cab', cab([(n.replace(b'/', b'\\'), d) for n, d in TWO], 0))
    write('mszip.cab', cab(TWO, 1))
    write('lha.lzh', lha(TWO))
    # One byte of the first member is another, which its checksum tells.
    for name, data in (('zip', pack(TWO)), ('lha', lha(TWO))):
        write('sum.' + name, data.replace(b'the first', b'the worst'))
    write('partly.zip', partly_locked())
    write('partly.rar', rar4([(b'open.txt', b'open words\n', 0),
                              (b'locked.txt', b'0123456789abcdef', 4),
                              (b'z.txt', b'last words\n', 0)]))
    write('headers.rar', rar4(whole, 0x80))
    write('part4.rar', rar4([(b'a.txt', b'whole words\n', 0),
                             (b'b.txt', b'begin of b\n', 2)], 0x111))
    write('part5.rar', rar5([(b'a.txt', b'whole words\n', 0),
                             (b'b.txt', b'begin of b\n', 16)], 1))
    plain = pack(TWO)
    write('stub.exe', b'MZ' + bytes(5000) + plain)
    write('stub.sh', b'#!/bin/sh\necho unpacks itself\n' + plain)
    write('junk.zip', plain + b'junk' * 3000)
    write('junk.tar', tar([(n.decode(), d) for n, d in TWO]) + b'junk' * 3000)
    write('junk.gz', gzip.compress(b'before junk\n') + b'junk' * 3000)
    write('twice.gz', gzip.compress(b'once\n') + gzip.compress(b'twice\n'))
    names = {
        'cp437': ['Übersicht für Köln.txt', 'naïve café.txt'],
        'cp866': ['отчёт за год.txt', 'Документы/список.txt'],
        'cp1251': ['отчёт за год.txt', 'Документы/список.txt'],
        'cp932': ['日本語/資料.txt', '表示.txt', '読む.txt'],
        'gbk': ['中文文件.txt', '报告/说明.txt'],
        'cp949': ['한국어 문서.txt', '보고서.txt'],
        'utf-8': ['日本語.txt', 'Übung.txt'],
    }
    with open('names', 'w', encoding='utf-8') as wanted:
        for charset, list_ in names.items():
            write(charset + '.zip', pack([(n.encode(charset), b'x\n') for n in list_]))
            for name in list_:
                wanted.write('%s.zip!/%s\n' % (charset, name))
    write('latin.tar', tar([('Übung.txt', b'x\n')]))
    write('odd.zip', pack([(b'nul\0nul.txt', b'a\n'), (b'same.txt', b'b\n'),
                           (b'same.txt', b'c\n'), (b'back\\slash.txt', b'd\n'),
                           (b'..\\up.txt', b'e\n'), (b'', b'f\n'), (b'x/../../y', b'g\n'),
                           (b'/etc/z.txt', b'h\n'), (b'n' * 5000, b'i\n')]))
    write('odd.tar', tar([('hard', (tarfile.LNKTYPE, 'a.txt')),
                          ('device', (tarfile.CHRTYPE, '')),
                          ('block', (tarfile.BLKTYPE, '')),
                          ('pipe', (tarfile.FIFOTYPE, '')),
                          ('link', (tarfile.SYMTYPE, '/etc/passwd')),
                          ('a.txt', b'a file\n')]))
    many = [('%d.txt' % i, b' '.join(b'word%d' % (j * 7919 % (i + 1999))
                                     for j in range(3000)) + b'\n') for i in range(5)]
    packed = gzip.compress(tar(many), mtime=0)
    write('cut.tar.gz', packed[:len(packed) // 2])
    flipped = bytearray(gzip.compress(tar(many), 0, mtime=0))
    at = flipped.index(b'3.txt')
    flipped[at + 150] ^= 1  # in the sum of a header
    write('flip.tar.gz', flipped)
    words = gzip.compress(many[0][1], mtime=0)
    compressed(b''.join(data for _, data in many))
    write('in.zip.gz', gzip.compress(plain))
    write('wrong.txt.gz', words[:-8] + b'\0\0\0\0' + words[-4:])
    out = io.BytesIO()
    with zipfile.ZipFile(out, 'w', zipfile.ZIP_DEFLATED) as z:
        for name, data in many:
            z.writestr(name, data)
    write('cut.zip', out.getvalue()[:len(out.getvalue()) // 2])
    rows = [(b'%d.txt' % i, b'word%d ' % i * 100, 0) for i in range(5)]
    for kind, data in (('4', rar4(rows)), ('5', rar5(rows))):
        write('cut%s.rar' % kind, data[:len(data) // 2])


if __name__ == '__main__':
    main()
