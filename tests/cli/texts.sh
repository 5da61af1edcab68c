#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# texts.sh - what texts and their markup come out as: words apart that are apart, and
# nothing in them that is no word.
. "${srcdir:-.}/tests/cli/lib.sh"

# text_is EXPECTED DESCRIPTION FILE...: lines are joined by a bar, empty ones left out.
text_is() {
    local expected=$1 description=$2
    shift 2
    run -j 1 "$@"
    is "$(tr -d '\f' <"$out" | grep -v '^$' | tr '\n' '|')" "$expected" "$description"
}

# What DocBook's elements have between them is not in the source.
cat >parts.xml <<'END'
<?xml version="1.0"?>
<!DOCTYPE book PUBLIC "-//OASIS//DTD DocBook XML V4.5//EN" "docbookx.dtd">
<book><bookinfo><title>T</title><author><firstname>Ann</firstname><surname>Writer</surname>
</author><copyright><year>1993</year><year>1994</year><holder>Holder</holder></copyright>
<keywordset><keyword>sea</keyword><keyword>ships</keyword></keywordset></bookinfo>
<chapter><title>C</title><para>Press <keycombo><keycap>Ctrl</keycap>
<keycap>C</keycap></keycombo>, <menuchoice><guimenu>File</guimenu><guimenuitem>Open</guimenuitem>
</menuchoice>, <arg>-o<replaceable>x</replaceable></arg>.</para>
<segmentedlist><segtitle>S1</segtitle><segtitle>S2</segtitle><seglistitem><seg>a</seg>
<seg>b</seg></seglistitem></segmentedlist><cmdsynopsis><command>cmd</command><arg>x</arg>
</cmdsynopsis><funcsynopsis><funcprototype><funcdef>int <function>f</function></funcdef>
<paramdef>int <parameter>a</parameter></paramdef><paramdef>char <parameter>b</parameter></paramdef>
</funcprototype><funcprototype><funcdef>int <function>g</function></funcdef>
<void/></funcprototype></funcsynopsis><simplelist><member>m1</member><member>m2</member>
</simplelist></chapter></book>
END
text_is 'T|Ann Writer|1993 1994 Holder|sea, ships|C|Press Ctrl+C, File → Open, -ox.|S1 S2|a b|cmd x|int f(int a, char b)|int g(void)|- m1|- m2|' \
    "DocBook's parts are apart" parts.xml

# A soft hyphen says where a word may be broken, and is no part of it.
mkdir soft
printf '<p>co\302\255operate</p>\n' >soft/a.html
printf 'co\302\255operate,b\n' >soft/b.csv
printf '# co\302\255operate\n' >soft/c.md
printf '1\n00:00:01,000 --> 00:00:02,000\nco\302\255operate\n' >soft/d.srt
printf 'co\302\255operate\302\240it\n' >soft/e.txt
printf 'co\255operate d\351j\340 vu caf\351\n' >soft/f.txt
printf 'From: a@b\nSubject: x\nContent-Type: text/plain; charset=utf-8\n\nco\302\255operate\n' \
    >soft/g.eml
text_is $'cooperate|cooperate\tb|# cooperate|cooperate|cooperate\u00a0it|cooperate déjà vu café|From: a@b|Subject: x|cooperate|' \
    "no soft hyphens, in any format and charset" soft

# What is declared in a file that is not read stays as it is written, and is no fault.
printf '<?xml version="1.0"?><!DOCTYPE a SYSTEM "a.dtd"><a><b c="&x;">1 &more; 2</b></a>\n' >open.xml
printf '<?xml version="1.0"?><a>1 &more; 2</a>\n' >closed.xml
printf '<?xml version="1.0"?>\n<!ELEMENT a (b)>\n' >a.dtd
text_is '1 &more; 2|' "an entity that is declared outside" open.xml
exits 0
text_is '<?xml version="1.0"?>|<!ELEMENT a (b)>|' "declarations are text" a.dtd
exits 0
run closed.xml
exits 1

# An outline's text stands in attributes; a page that is saved whole has its frames.
printf '<opml><head><title>O</title></head><body><outline text="One"/></body></opml>' >o.opml
text_is 'O|One|' "an outline" o.opml
printf 'From: <Saved by Blink>\nSubject: P\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary="B"\n
--B\nContent-Type: text/html\n\n<h1>page</h1><iframe src="cid:f"></iframe>
--B\nContent-Type: text/html\nContent-ID: <f>\n\n<p>frame words</p>
--B\nContent-Type: text/css\n\nbody{}\n--B--\n' >p.mht
text_is 'From: <Saved by Blink>|Subject: P|page|frame words|' "a page with a frame" p.mht

finish
