#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# archives.sh - what is in an archive becomes documents of their own: in order, within
# bounds, and never a file outside of the output.
. "${srcdir:-.}/tests/cli/lib.sh"

command -v python3 >/dev/null || skip_all "no python3"

cp "$corpus/good-simple.pdf" "$corpus/good-epub3.epub" .
python3 - <<'END'
import bz2, gzip, io, lzma, tarfile, zipfile

def pack(name, members, how=zipfile.ZIP_DEFLATED):
    with zipfile.ZipFile(name, 'w', how) as z:
        for path, data in members:
            z.writestr(path, data)

def tar(name, members):
    with tarfile.open(name, 'w:gz') as t:
        for path, data in members:
            i = tarfile.TarInfo(path)
            if isinstance(data, str):
                i.type, i.linkname = tarfile.SYMTYPE, data
                t.addfile(i)
            else:
                i.size, i.mtime = len(data), 86400
                t.addfile(i, io.BytesIO(data))

pdf = open('good-simple.pdf', 'rb').read()
epub = open('good-epub3.epub', 'rb').read()
# Documents that show within an archive that keeps them as they are.
pack('library.zip', [('a.epub', epub), ('b.pdf', pdf)], zipfile.ZIP_STORED)
pack('papers.zip', [('a.pdf', pdf), ('b.epub', epub)], zipfile.ZIP_STORED)
with tarfile.open('papers.tar', 'w') as t:
    t.add('good-simple.pdf')
pack('inner.zip', [('c.txt', 'third\n')])
pack('outer.zip', [('a.txt', 'first\n'), ('d/b.pdf', pdf), ('e.epub', epub),
                   ('inner.zip', open('inner.zip', 'rb').read()), ('z.txt', 'last\n')])
pack('evil.zip', [('../../up.txt', 'up\n'), ('/abs.txt', 'abs\n'), ('same.txt', 'one\n'),
                  ('same.txt/below.txt', 'two\n'), ('n' * 900 + '.txt', 'long\n'),
                  ('n' * 3000 + '.txt', 'longer\n')])
tar('links.tar.gz', [('link', '/etc/passwd'), ('t.txt', b'behind a link\n'),
                     ('up', '../..'), ('up/through.txt', b'through\n')])
for name, module in (('one.txt.gz', gzip), ('one.txt.bz2', bz2), ('one.txt.xz', lzma)):
    module.open(name, 'wb').write(b'compressed by ' + name[8:].encode() + b'\n')
gzip.open('bomb.gz', 'wb').write(b'a bomb has many words and says little\n' * 300000)
pack('bomb.zip', [('before.txt', 'before\n'), ('bomb.txt', 'x ' * 20000000),
                  ('behind.txt', 'behind\n')])
pack('many.zip', [('%05d.txt' % i, 'member %d\n' % i) for i in range(3000)])
with tarfile.open('cut.tar', 'w') as t:
    for i in range(3):
        m = tarfile.TarInfo('%d.txt' % i)
        m.size = 2000
        t.addfile(m, io.BytesIO(b'%d words\n' % i * 200 + b' ' * 400))
cut = open('cut.tar', 'rb').read()[:4000]
open('cut.tar', 'wb').write(cut)
deep = b'deepest\n'
name = 'deep.txt'
for level in range(10):
    f = io.BytesIO()
    pack(f, [(name, deep), ('level.txt', 'level %d\n' % level)])
    deep, name = f.getvalue(), 'in.zip'
open('deep.zip', 'wb').write(deep)

def ar(name, members):
    out = b'!<arch>\n'
    for path, data in members:
        out += b'%-16s%-12d%-6d%-6d%-8o%-10d`\n' % (path + b'/', 0, 0, 0, 0o100644, len(data))
        out += data + b'\n' * (len(data) % 2)
    open(name, 'wb').write(out)

def cpio(name, members):
    out = b''
    for path, data in members + [(b'TRAILER!!!', b'')]:
        out += b'070701' + b''.join(b'%08x' % n for n in (
            1, 0o100644 if data else 0, 0, 0, 1, 86400, len(data), 0, 0, 0, 0,
            len(path) + 1, 0)) + path + b'\0'
        out += b'\0' * (-len(out) % 4) + data + b'\0' * (-len(data) % 4)
    open(name, 'wb').write(out)

ar('lib.a', [(b'in.txt', b'of ar\n')])
cpio('c.cpio', [(b'in.txt', b'of cpio\n')])
END

paths() { jq -r '.path' "$out"; }
statuses() { jq -r '.path + " " + .status' "$out"; }

run -j1 -f jsonl --no-timings outer.zip good-simple.pdf
exits 0
paths >got
printf '%s\n' 'outer.zip!/a.txt' 'outer.zip!/d/b.pdf' 'outer.zip!/e.epub' \
    'outer.zip!/inner.zip!/c.txt' 'outer.zip!/inner.zip' 'outer.zip!/z.txt' outer.zip \
    good-simple.pdf >wanted
same_file got wanted "the members, then their archive, then what comes next"
is "$(jq -r 'select(.path == "outer.zip!/d/b.pdf") | .type' "$out")" application/pdf \
    "members are detected by content"
cp "$out" records

all='outer.zip evil.zip links.tar.gz bomb.gz bomb.zip many.zip cut.tar deep.zip'
# shellcheck disable=SC2086
{
    run -j1 $all good-simple.pdf
    exits 1
    cp "$out" one
    sort "$err" >errors
    for options in -j2 -j3 -j8 '-j1 --isolation=none' '-j3 --isolation=none'; do
        run $options $all good-simple.pdf
        same_file "$out" one "$options: the same text"
        sort "$err" >got
        same_file got errors "$options: the same messages"
    done
}
run -j3 -f jsonl --no-timings outer.zip good-simple.pdf
same_file "$out" records "-j3: the same records"

run one.txt.gz one.txt.bz2 one.txt.xz lib.a c.cpio
exits 0
quiet
printf 'compressed by gz\n\fcompressed by bz2\n\fcompressed by xz\n\fof ar\n\fof cpio\n\f' >wanted
same_file "$out" wanted "single files, ar and cpio"

run links.tar.gz
exits 0
printf 'behind a link\n\fthrough\n\f' >wanted
same_file "$out" wanted "links are left out"

run -f jsonl bomb.gz bomb.zip
exits 1
statuses >got
printf '%s\n' 'bomb.gz!/bomb failed' 'bomb.gz partial' 'bomb.zip!/before.txt ok' \
    'bomb.zip!/bomb.txt failed' 'bomb.zip partial' >wanted
same_file got wanted "a bomb is stopped, and what was before it is kept"
stderr_line 'extract: bomb.zip: page 1: a bomb: .+'
run --archive-ratio=100000 bomb.gz
exits 0 "--archive-ratio"
run --archive-bytes=1M bomb.gz
exits 1 "--archive-bytes"
run -f jsonl --archive-members=2 outer.zip
exits 1
is "$(paths | wc -l)" 3 "--archive-members"
run --archive-names=4 -f jsonl outer.zip
is "$(jq -r 'select(.status == "failed") | .error.kind' "$out" | sort | uniq -c | tr -s ' ')" \
    ' 5 limit' "--archive-names"

python3 - <<'MAKE'
import io, zipfile

def pack(members):
    f = io.BytesIO()
    with zipfile.ZipFile(f, 'w', zipfile.ZIP_DEFLATED) as z:
        for name, data in members:
            z.writestr(name, data)
    return f.getvalue()

# Each grows by less than the ratio, and all of them to a thousand times as much.
words = 'many words that say the same again\n' * 12000
level = [('%d.txt' % i, words) for i in range(6)]
for depth in range(2):
    level = [('%d.zip' % i, pack(level + [('%d.txt' % i, 'in %d\n' % depth)]))
             for i in range(4)]
open('nested.zip', 'wb').write(pack(level))
# What people have: many that are alike, each with some text in it.
open('alike.zip', 'wb').write(pack(
    ('%d.zip' % i, pack([('a.txt', 'line %d of it\n' % i * 4000)])) for i in range(200)))
MAKE
run -j1 -f jsonl --no-timings nested.zip
exits 1
cp "$out" one
ok "archives that are small each are cut" test "$(jq -r 'select(.error.kind == "limit" or
    .status == "partial") | .path' one | wc -l)" -gt 3
ok "long before all of them are read" test "$(wc -l <one)" -lt 100
ok "and others are read" grep -q 'in 1' one
run -j1 -f jsonl --no-timings --archive-bytes=3M nested.zip
cp "$out" few
for options in -j2 -j3 -j8 '-j3 --isolation=none'; do
    run $options -f jsonl --no-timings nested.zip
    same_file "$out" one "$options: the same ones"
    run $options -f jsonl --no-timings --archive-bytes=3M nested.zip
    same_file "$out" few "$options: the same ones by their bytes"
done
run -f jsonl alike.zip
exits 0 "many that are alike"
run -f jsonl --archive-members=200 alike.zip
exits 0 "members of one archive count"
run -f jsonl --archive-members=199 alike.zip
exits 1

run -f jsonl cut.tar
exits 1
statuses >got
printf '%s\n' 'cut.tar!/0.txt ok' 'cut.tar!/1.txt partial' 'cut.tar partial' >wanted
same_file got wanted "of a damaged archive comes what there is"

run -f jsonl deep.zip
is "$(paths | grep -c 'level.txt')" 8 "archives are entered to a depth of 8"
run -f jsonl --archive-depth=2 deep.zip
is "$(paths | grep -c 'level.txt')" 2 "--archive-depth"

run -f jsonl --archives=no outer.zip
is "$(statuses) $(jq -r .type "$out")" 'outer.zip skipped application/zip' "--archives=no"
run -f jsonl --type=pdf outer.zip
is "$(jq -r 'select(.status == "ok") | .path' "$out" | tr '\n' ' ')" \
    'outer.zip!/d/b.pdf outer.zip!/inner.zip outer.zip ' "--type is for members"
run -f jsonl --exclude='*.txt' --exclude='outer.zip!/d/*' outer.zip
is "$(paths | tr '\n' ' ')" 'outer.zip!/e.epub outer.zip!/inner.zip outer.zip ' \
    "--exclude is for members"

run -j3 -o tree outer.zip evil.zip links.tar.gz
(cd tree && find . -type f ! -path './.extract/*' | sort) >got
is "$(grep -c . got)" 12 "as many files as documents with text"
ok "of a member in an archive in an archive" grep -qxF './outer.zip!/inner.zip!/c.txt.txt' got
ok "above is below" grep -qxF './evil.zip!/__/__/up.txt.txt' got
ok "absolute is relative" grep -qxF './evil.zip!/abs.txt.txt' got
is "$(find "$scratch" -name 'up.txt*' ! -path '*/tree/*' | wc -l)" 0 "nothing is outside"
is "$(find "$TMPDIR" -type f | wc -l)" 0 "nothing is left in TMPDIR"
run -j3 -o two -j1 outer.zip evil.zip links.tar.gz
(cd two && find . -type f ! -path './.extract/*' | sort) >got2
same_file got got2 "-j1: the same names"

run --resume -o tree outer.zip links.tar.gz
exits 0
quiet
touch outer.zip
run --resume -v -o tree outer.zip
exits 0
ok "members that are done are left" grep -q 'outer.zip!/d/b.pdf: unchanged' "$err"
mkdir 'wow!' && cp good-simple.pdf 'wow!/a.pdf'
run -o tree3 'wow!'
ok "a folder does not pass for an archive's" test -f 'tree3/wow!_/a.pdf.txt'

python3 - <<'END'
import mailbox
from email.message import EmailMessage
box = mailbox.mbox('box.mbox')
for i in range(40):
    m = EmailMessage()
    m['From'], m['Subject'] = 'a@example.org', 'message %d' % i
    m.set_content('body %d\n' % i)
    m.add_attachment(b'attached to %d\n' % i, maintype='text', subtype='plain',
                     filename='a%d.txt' % i)
    m.add_attachment(open('inner.zip', 'rb').read(), maintype='application',
                     subtype='zip', filename='inner.zip')
    box.add(m)
box.close()
END
run -j1 -f jsonl --no-timings box.mbox good-simple.pdf
exits 0
is "$(paths | wc -l)" 122 "what is attached to mail, and in archives attached to it"
is "$(paths | sed -n 1p)" 'box.mbox!/a0.txt' "by name"
cp "$out" wanted
run -j3 -f jsonl --no-timings box.mbox good-simple.pdf
same_file "$out" wanted "a mailbox's members come in the order of its messages"
run -f jsonl --archives=no box.mbox
is "$(paths | wc -l)" 1 "--archives=no: mail has no members"

run -f sqlite -o db outer.zip
is "$(sqlite3 db 'SELECT count(*) FROM documents')" 7 "a row for each member"
run --stats=stats -j2 -o tree4 many.zip
is "$(jq .documents.ok stats)" 3001 \
    "each member counts"

run -f jsonl library.zip papers.zip papers.tar
is "$(jq -r .type "$out" | sort | uniq -c | awk '{ print $1, $2 }')" \
    "$(printf '2 application/epub+zip\n3 application/pdf\n1 application/x-tar\n2 application/zip')" \
    "an archive is not what it begins with"

# Members that are not in an archive any more.
python3 - <<'END'
import io, zipfile
def pack(name, members):
    with zipfile.ZipFile(name, 'w') as z:
        for path, data in members:
            z.writestr(path, data)
def inner(*names):
    f = io.BytesIO()
    pack(f, [(zipfile.ZipInfo(n), n + ' is here\n') for n in names])
    return f.getvalue()
first = [(zipfile.ZipInfo('a.txt'), 'a\n'),
         (zipfile.ZipInfo('same.zip'), inner('s.txt'))]
pack('old.zip', first + [('b.txt', 'b\n'), ('left.zip', inner('l.txt')),
                         ('less.zip', inner('m.txt', 'n.txt'))])
pack('new.zip', first + [('less.zip', inner('m.txt'))])
END
for kind in text sqlite; do
    cp old.zip box.zip
    touch -d 2001-01-01 box.zip
    run -f $kind -o "pruned-$kind" box.zip
    exits 0
    cp new.zip box.zip
    touch -d 2002-02-02 box.zip
    run -f $kind --resume --prune --exclude='*.none' -o "pruned-$kind" box.zip
    exits 0
    store=pruned-$kind
    [ $kind = sqlite ] || store=pruned-text/.extract/manifest.db
    is "$(sqlite3 "$store" 'SELECT count(*) FROM documents')" 10 \
        "$kind: with --exclude nobody knows what is gone"
    touch -d 2003-03-03 box.zip
    run -f $kind --resume --prune -o "pruned-$kind" box.zip
    exits 0
    is "$(sqlite3 "$store" 'SELECT path FROM documents ORDER BY path' | tr '\n' ' ')" \
        'box.zip box.zip!/a.txt box.zip!/less.zip box.zip!/less.zip!/m.txt box.zip!/same.zip box.zip!/same.zip!/s.txt ' \
        "$kind: --prune takes away what an archive had"
done
is "$(find pruned-text -name '*.txt' ! -path '*/.extract/*' | wc -l)" 3 "and its texts"
is "$(find pruned-text -type d -empty | wc -l)" 0 "and its folders"

# Each member costs 1.4 KB until its record is written.
if ! grep -qE "__(asan|tsan)_init" "$EXTRACT"; then
    python3 - "$EXTRACT" >got <<'END'
import io, resource, subprocess, sys, tarfile
with tarfile.open('tiny.tar.gz', 'w:gz') as t:
    for i in range(60000):
        m = tarfile.TarInfo('%d.txt' % i)
        m.size = 10
        t.addfile(m, io.BytesIO(b'word%05d\n' % i))
with open('records', 'w') as f:
    subprocess.run([sys.argv[1], '-f', 'jsonl', 'tiny.tar.gz'], stdout=f)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss >> 10)
END
    is "$(wc -l <records)" 60001 "many tiny members"
    ok "records are written meanwhile: $(cat got) MiB" test "$(cat got)" -lt 60
else
    skip "memory of many members" "a sanitizer has its own"
fi
finish
