# SPDX-License-Identifier: GPL-3.0-or-later
"""Pages of the web, XML, and text with a grammar, for documents.py: each is
(about, bytes, expected text)."""

PAGE = """<!DOCTYPE html>
<html lang="de"><head><meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1">
<title>H\u00e4fen &amp; F\u00e4hren</title>
<meta name="author" content="Ada Gull"><meta name="description" content="Every ferry">
<meta name="keywords" content="ferry, harbour"><meta name="date" content="2024-03-01">
<style>p { color: blue }</style><script>document.write("<p>no</p>");</script></head>
<body><nav><a href="/">Home</a> <a href="/t">Times</a></nav>
<h1>F\u00e4hren</h1><p>The first leaves at six<br>and is \u0093full\u0094.
<p>The second &copy 2024 waits.<ul><li>Gull<li>Tern</ul>
<table><tr><th>Ship<th>Hour<tr><td>Gull<td>6&nbsp;h</table>
<p hidden>Nobody sees this.</p><!-- nor this --><template><p>nor that</p></template>
<form><select><option>Monday<option>Tuesday</select><button>Book</button></form>
<footer>Harbour office</footer></body></html>
"""

PAGE_TEXT = """Home Times

F\u00e4hren

The first leaves at six
and is \u201cfull\u201d.

The second \u00a9 2024 waits.

- Gull
- Tern

Ship\tHour
Gull\t6\u00a0h

Monday
Tuesday
Book

Harbour office
"""

UTF16 = """<html><head><title>Wide</title></head><body><div>One
line</div><div>\u65e5\u672c\u8a9e</div></body></html>
"""

XHTML = """<?xml version="1.0"?>
<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x.dtd" [<!ENTITY ship "Gull">]>
<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="en"><head><title>Ships</title></head>
<body><script type="text/javascript"/><p>The &ship; is <b>in</b>.</p></body></html>
"""

DATA = """<?xml version="1.0"?>
<ships><ship id="1"><name>Gull</name><built>1999</built></ship>
<ship id="2"><name>Tern</name><note>Is <b>not</b> in the <i>harbour</i>.</note></ship></ships>
"""

BROKEN = """<?xml version="1.0"?>
<ships><ship><name>Gull</name></ship><ship><name>Tern &amp; Co</name
"""

FICTION = """<?xml version="1.0" encoding="utf-8"?>
<FictionBook xmlns="http://www.gribuser.ru/xml/fictionbook/2.0"
 xmlns:l="http://www.w3.org/1999/xlink"><description><title-info><genre>prose</genre>
<author><first-name>Ada</first-name><last-name>Gull</last-name></author>
<book-title>The harbour</book-title><lang>en</lang></title-info>
<document-info><author><nickname>nobody</nickname></author></document-info></description>
<body><title><p>The harbour</p></title><section><title><p>Chapter one</p></title>
<p>It <emphasis>rains</emphasis>.<a l:href="#n1" type="note">[1]</a></p><empty-line/>
<poem><stanza><v>Rain on the sea,</v><v>rain on the quay.</v></stanza></poem></section></body>
<body name="notes"><section id="n1"><p>As ever.</p></section></body>
<binary id="cover.jpg" content-type="image/jpeg">/9j/4AAQ</binary></FictionBook>
"""

FICTION_TEXT = """The harbour

Chapter one

It rains.[1]

Rain on the sea,
rain on the quay.

As ever.
"""

DOCBOOK = """<?xml version="1.0"?>
<article xmlns="http://docbook.org/ns/docbook" version="5.0"><info><title>Ferries</title>
<author><personname>Ada Gull</personname></author></info><section><title>Times</title>
<para>The <emphasis>first</emphasis> one.</para><itemizedlist><listitem><para>Gull</para>
</listitem><listitem><para>Tern</para></listitem></itemizedlist><variablelist><varlistentry>
<term>Quay</term><listitem><para>where ships lie</para></listitem></varlistentry></variablelist>
<table><title>Hours</title><tgroup cols="2"><tbody><row><entry>Gull</entry><entry>6</entry>
</row></tbody></tgroup></table></section></article>
"""

DOCBOOK_TEXT = """Ferries

Ada Gull

Times

The first one.

- Gull
- Tern

Quay
  where ships lie

Hours

Gull\t6
"""

DRAWING = """<svg xmlns="http://www.w3.org/2000/svg"><title>Map</title><desc>of the quays</desc>
<style>t{}</style><g><title>no</title></g><text x="1" y="1">Quay <tspan font-weight="bold">4</tspan></text><text y="9">Sea</text></svg>
"""

FEED = """<?xml version="1.0"?>
<rss version="2.0"><channel><title>Harbour news</title><description>Ships &amp;amp; tides</description>
<item><title>The Gull</title><description>&lt;p&gt;is &lt;b&gt;in&lt;/b&gt;&lt;/p&gt;</description>
</item><item><title>The Tern</title><description><![CDATA[at sea<br>until six]]></description></item>
</channel></rss>
"""

WORD2003 = """<?xml version="1.0" encoding="UTF-8"?>
<?mso-application progid="Word.Document"?>
<w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"
 xmlns:o="urn:schemas-microsoft-com:office:office" xml:space="preserve"><o:DocumentProperties>
<o:Title>Harbour</o:Title></o:DocumentProperties><w:styles><w:style><w:name w:val="x"/></w:style>
</w:styles><w:body><w:p><w:r><w:t>The fer</w:t></w:r><w:r><w:t>ry</w:t><w:tab/><w:t>leaves</w:t>
<w:footnote><w:p><w:r><w:t>At six.</w:t></w:r></w:p></w:footnote></w:r><w:r><w:delText>no</w:delText>
</w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>Gull</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r>
<w:t>6</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:p><w:r><w:pict><w:binData>AAAA</w:binData></w:pict>
<w:t>End</w:t></w:r></w:p></w:body></w:wordDocument>
"""

EXCEL2003 = """<?xml version="1.0"?>
<?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Styles>
<Style ss:ID="z"><NumberFormat ss:Format="Short Date"/></Style>
<Style ss:ID="a"><NumberFormat ss:Format="0.0%"/></Style></Styles>
<Worksheet ss:Name="Ships"><Table><Column ss:Index="4" ss:StyleID="a"/>
<Row><Cell><Data ss:Type="String">Gull</Data></Cell><Cell><Data ss:Type="Number">6</Data></Cell>
<Cell ss:Index="4"><Data ss:Type="Number">0.125</Data></Cell></Row>
<Row ss:Index="4"><Cell ss:MergeAcross="1"><Data ss:Type="String">Tern</Data>
<Comment ss:Author="Ada"><ss:Data>in dock</ss:Data></Comment></Cell>
<Cell ss:StyleID="z"><Data ss:Type="DateTime">2024-03-05T00:00:00.000</Data></Cell>
<Cell><Data ss:Type="Boolean">1</Data></Cell></Row></Table></Worksheet>
<Worksheet ss:Name="Empty"/></Workbook>
"""

TABLE = 'ship;hour;"note; quoted"\r\nGull;6;"says ""hello""\r\nand goes"\r\nTern;7;\r\n'

SUBRIP = ("1\r\n00:00:01,000 --> 00:00:02,500\r\n<i>The ferry</i> leaves.\r\nAt 6 < 7.\r\n\r\n"
          "2\r\n00:00:03,000 --> 00:00:04,000\r\n{\\an8}42\r\n")

WEBVTT = """WEBVTT - times

NOTE nobody
reads this

STYLE
::cue { color: lime }

first
00:01.000 --> 00:02.500 align:start
<v Ada>The ferry &amp; the sea</v>

00:03.000 --> 00:04.000
- are <00:03.500>here
"""


def documents():
    """NAME: (about, bytes, expected text)."""
    return {
        "good-page.html": (
            "tag soup that says it is ISO 8859-1 and has the quotes of windows-1252",
            PAGE.encode("latin-1"), PAGE_TEXT),
        "good-wide.html": ("a page in UTF-16", b"\xff\xfe" + UTF16.encode("utf-16-le"),
                           "One line\n\u65e5\u672c\u8a9e\n"),
        "good-page.xhtml": ("XHTML with an entity of its own", XHTML.encode(),
                            "The Gull is in.\n"),
        "good-data.xml": ("XML of no known kind: a line for each of its elements",
                          DATA.encode(), "Gull\n1999\nTern\nIs not in the harbour.\n"),
        "good-book.fb2": ("FictionBook, with a poem and a note", FICTION.encode(),
                          FICTION_TEXT),
        "good-article.dbk": ("DocBook, with lists and a table", DOCBOOK.encode(),
                             DOCBOOK_TEXT),
        "good-news.rss": ("a feed, whose descriptions are HTML written as text",
                          FEED.encode(), "Harbour news\nShips & tides\n\nThe Gull\nis in\n"
                          "\nThe Tern\nat sea\nuntil six\n"),
        "good-word2003.xml": ("Word 2003 XML, with a note and a table", WORD2003.encode(),
                              "The ferry leaves\nAt six.\n\nGull\t6\n\nEnd\n"),
        "good-excel2003.xml": ("Excel 2003 XML, with formats and gaps", EXCEL2003.encode(),
                              "Ships\n\nGull\t6\t\t12.5%\n\nTern\t\t3/5/2024\tTRUE\n\n"
                              "Comment by Ada (A4): in dock\n\fEmpty\n"),
        "good-map.svg": ("a drawing", DRAWING.encode(), "Map\n\nof the quays\n\nQuay 4\nSea\n"),
        "good-table.csv": ("cells with semicolons, quotes and a line end in them",
                           TABLE.encode(),
                           'ship\thour\tnote; quoted\nGull\t6\tsays "hello" and goes\n'
                           "Tern\t7\t\n"),
        "good-subtitles.srt": ("SubRip subtitles", SUBRIP.encode(),
                               "The ferry leaves.\nAt 6 < 7.\n42\n"),
        "good-subtitles.vtt": ("WebVTT subtitles", WEBVTT.encode(),
                               "The ferry & the sea\n- are here\n"),
    }
