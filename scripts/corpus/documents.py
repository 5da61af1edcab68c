# SPDX-License-Identifier: GPL-3.0-or-later
"""The sample documents: what is in each, what text it must give, and what
status. The table at the end is the whole list."""

from . import (books, doclists, epubsamples, mail, odf, oldoffice, ooxml, pdfsamples,
               prose, tnef, web, xlsb)
from .sample import bad, good, lines_text

# Text

def text(about, content, charset, mark=b""):
    return good(about, mark + content.encode(charset), [content], "exact")


def filled(*texts, width=72):
    """Enough of a language for its charset to be guessed."""
    return lines_text(line for t in texts for line in prose.wrapped(t, width))


def form_feed():
    content = "The first part.\n\fThe second part, after a form feed.\n"
    return good("a text with a form feed of its own, which stays",
                content.encode(), [content], "exact")


MARKDOWN = """# The harbour

*Ferry*, **ledger** and `rope`:

- six o'clock
- noon

| boat | year |
|------|------|
| Gull | 1931 |
"""


# Mail

def mailbox():
    pages = [f"From: gull@example.org\nSubject: Letter {number}\n\n"
             f"This is letter {number}.\nFrom the harbour.\n" for number in (1, 2, 3)]
    return good("a mailbox of three messages, a quoted `From ' in each",
                mail.mailbox(), pages, "exact")


def letters():
    note = "Sent from the harbour.\n"
    return {
        "good-parts.eml": good(
            "a message with encoded fields, text as HTML too, and a second text",
            mail.with_parts(), [mail.SHOWN + mail.BODY + "\n" + note], "exact"),
        "good-html.eml": good("a message that is HTML", mail.html_only(),
                              [mail.SHOWN + "Times\n\nGull\t6\u00a0h\n"], "exact"),
        "good-flowed.eml": good(
            "paragraphs wrapped as format=flowed, in KOI8-R", mail.flowed(),
            [mail.SHOWN + "Паром идёт в шесть.\n\n> Когда он идёт?\n"], "exact"),
        "good-mailbox.mbox": mailbox(),
        "good-apple.emlx": good("a message of Apple Mail, with its property list",
                                mail.emlx(), [mail.SHOWN + "Short.\n"], "exact"),
        "bad-cut.eml": bad("the same message as good-parts.eml, cut in its last text",
                           mail.cut(), "partial", "truncated",
                           [mail.SHOWN + mail.BODY + "\nSent from\n"], "exact"),
        "bad-encrypted.eml": bad("encrypted by OpenPGP, but for its fields",
                                 mail.encrypted(), "partial", "encrypted",
                                 [mail.SHOWN.rstrip("\n") + "\n"], "exact"),
    }


def web_samples():
    found = {name: good(about, data, shown.split("\f"), "exact")
             for name, (about, data, shown) in web.documents().items()}
    found["bad-cut.xml"] = bad("XML that is cut within a tag", web.BROKEN.encode(),
                               "partial", "damaged", ["Gull\nTern & Co\n"], "exact")
    return found


# Books and pages

def more_books():
    """Made by books.py. One is None: calibre puts the time into what it makes of
    good-epub3.epub, so it is kept as it was first made."""
    mobi, bundle, chm = books.book(), books.bundled_djvu(), books.help_file()
    pages, xps = books.book_pages(), books.xps.page(books.xps.glyphs(96, 100, "Third"))
    layers = [books.FERRY, "Grüße aus Århus: the second\npage is packed.\n"]
    chapters = epubsamples.epub3()
    return {
        "good-book.mobi": good("Mobipocket: two chapters, a page each", mobi, pages),
        "good-epub3.azw3": chapters._replace(
            data=None, about="good-epub3.epub as calibre makes a Kindle's book of it"),
        "good-text.pdb": good("PalmDOC: windows-1252 and lines that end with CR LF",
                              books.palm_text(), ["It’s a text.\nGrüße.\n"]),
        "good-bundle.djvu": good("DjVu: pages with a text layer, with a packed one and"
                                 " without", bundle, [*layers, ""]),
        "good-pages.xps": good("XPS: two documents, parts in pieces, a word in pieces",
                               books.pages_xps(xps), [books.XPS_TEXT, "Second page\n",
                                                      "Third\n", "The last\n"]),
        "good-help.chm": good("CHM: topics in the order of its table of contents",
                              chm, books.HELP_TEXT),
        "good-comic.cbz": good("a comic book: two pages without text",
                               books.comic(), ["", ""]),
        "bad-drm.mobi": bad("encrypted (DRM)", books.book(encryption=2), "failed",
                            "encrypted"),
        "bad-truncated.mobi": bad("its end is missing", mobi[:-3000], "partial",
                                  "truncated", ["One\n\nText of the first, Grüße.\n"
                                                + books.MORE * 36 + "\nM\n"]),
        "bad-truncated.djvu": bad("the last page and a part of the second are missing",
                                  bundle[:-70], "partial", "truncated",
                                  [layers[0], "", ""]),
        "bad-directory.djvu": bad("its directory is damaged; the pages are found",
                                  bundle.replace(b"DIRM", b"DURM"), "partial",
                                  "damaged", [*layers, ""]),
        "bad-page.xps": bad("the third of four pages is not in the package",
                            books.pages_xps(None), "partial", "damaged",
                            [books.XPS_TEXT, "Second page\n", "", "The last\n"]),
        "bad-truncated.chm": bad("its end with the compressed topics is missing",
                                 chm[:-30000], "partial", "truncated",
                                 ["", "", books.HELP_TEXT[2]]),
    }


def samples():
    """NAME: Sample, in the order of the README. None for data: made by
    another program, see gen-corpus."""
    japanese = "".join(line + "\n" for line in prose.JAPANESE.split())
    secret = [lines_text(p) for p in pdfsamples.story_pages()[:2]]
    return {
        "good-simple.pdf": pdfsamples.simple(),
        "good-object-streams.pdf": pdfsamples.object_streams(),
        "good-forty-pages.pdf": pdfsamples.forty_pages(),
        "good-two-columns.pdf": pdfsamples.two_columns(),
        "good-owner-password.pdf": pdfsamples.owner_password(),
        "good-owner-password-aes.pdf": good(
            "AES with 256 bits; only an owner password, so it opens", None, secret),
        "good-no-text.pdf": pdfsamples.no_text(),
        "good-unicode.pdf": pdfsamples.unicode_text(),
        "good-rotated.pdf": pdfsamples.rotated(),
        "good-form.pdf": pdfsamples.form(),
        "good-metadata.pdf": pdfsamples.metadata(),
        "good-bookmarks.pdf": pdfsamples.bookmarks(),
        "good-incremental.pdf": pdfsamples.incremental(),
        "good-pdf-named.txt": pdfsamples.pdf_named_text(),
        "good-epub2.epub": epubsamples.epub2(),
        "good-epub3.epub": epubsamples.epub3(),
        "good-spoken.epub": good(
            "EPUB 3 that is read out: overlays and a program for a type of its own are"
            " left out, and what is not linear stays", books.spoken(), books.SPOKEN_TEXT),
        "good-entities.epub": epubsamples.own_entities(),
        "good-size-lie.epub": epubsamples.lying_sizes(),
        "good-text.odt": good(
            "OpenDocument text: lists, a table, notes, a comment, a box",
            odf.archive("text", "text", odf.STORY), [lines_text(odf.STORY_TEXT)]),
        "good-text.fodt": good("the same as one flat file",
                               odf.flat("text", "text", odf.STORY),
                               [lines_text(odf.STORY_TEXT)]),
        "good-sheets.ods": good(
            "OpenDocument spreadsheet: repeated rows and cells, a sheet a page",
            odf.archive("spreadsheet", "spreadsheet", odf.SHEETS, masters=False),
            [lines_text(t) for t in odf.SHEETS_TEXT]),
        "good-slides.odp": good(
            "OpenDocument presentation: shapes and notes, a slide a page",
            odf.archive("presentation", "presentation", odf.SLIDES, masters=False),
            [lines_text(t) for t in odf.SLIDES_TEXT]),
        "good-text.rtf": good(
            "RTF: four code pages, Unicode, a table, notes, hidden text",
            odf.RTF.encode(), [lines_text(odf.RTF_TEXT)]),
        "good-utf8.txt": text("UTF-8 in five languages", filled(
            prose.GERMAN, prose.FRENCH, prose.RUSSIAN, prose.GREEK)
            + japanese, "utf-8"),
        "good-utf8-bom.txt": text("UTF-8 after a byte order mark, which goes",
                                  filled(prose.GERMAN), "utf-8", b"\xef\xbb\xbf"),
        "good-utf16le.txt": text("UTF-16, little end first, with its mark",
                                 filled(prose.RUSSIAN), "utf-16-le", b"\xff\xfe"),
        "good-utf16be.txt": text("UTF-16, big end first, with its mark",
                                 japanese, "utf-16-be", b"\xfe\xff"),
        "good-latin1.txt": text("ISO 8859-1: German", filled(prose.GERMAN), "latin-1"),
        "good-windows-1252.txt": text("windows-1252: French with its quotes and"
                                      " the euro", filled(prose.FRENCH), "cp1252"),
        "good-latin9.txt": text("ISO 8859-15: what differs from windows-1252 are the"
                                " euro and the ligature", "Le prix de l'œuvre est de"
                                " 30 €.\nUn cœur, déjà vu à Noël.\n", "iso8859-15"),
        "good-gb18030.txt": text("GB 18030: Chinese with characters of four bytes",
                                 "國語辭典與臺灣繁體字。\n張學良與宋美齡於遼寧會晤，談論時局。"
                                 "\n朱镕基、陶喆、李堃，㐀㐁䶮㛃㙍𠀀𠮷𡃁𪚥。\n", "gb18030"),
        "good-koi8-r.txt": text("KOI8-R: Russian", filled(prose.RUSSIAN), "koi8-r"),
        "good-shift-jis.txt": text("Shift-JIS: Japanese", japanese, "shift-jis"),
        "good-no-newline.txt": good("a line that does not end, and is given its"
                                    " end", b"no newline", ["no newline\n"], "exact"),
        "good-form-feed.txt": form_feed(),
        "good-markdown.md": text("Markdown, which is text as it is", MARKDOWN, "utf-8"),
        "bad-empty.pdf": bad("no bytes at all", b"", "failed", "empty"),
        "bad-truncated.pdf": pdfsamples.truncated_pdf(),
        "bad-cut-update.pdf": pdfsamples.cut_update(),
        "bad-garbage.pdf": pdfsamples.garbage(),
        "bad-text.pdf": pdfsamples.text_named_pdf(),
        "bad-png.pdf": pdfsamples.png_named_pdf(),
        "bad-password.pdf": pdfsamples.password_rc4(),
        "bad-password-aes.pdf": bad(
            "AES with 256 bits; the user's password is `harbour'", None,
            "failed", "encrypted"),
        "bad-page-cycle.pdf": pdfsamples.page_cycle(),
        "bad-count.pdf": pdfsamples.count_too_high(),
        "bad-count-absurd.pdf": pdfsamples.count_absurd(),
        "bad-page.pdf": pdfsamples.broken_page(),
        "bad-truncated.epub": epubsamples.truncated_epub(),
        "bad-crc.epub": epubsamples.chapter_bad_crc(),
        "bad-chapter.epub": epubsamples.chapter_missing(),
        "bad-bomb.epub": epubsamples.bomb(),
        "bad-entities.epub": epubsamples.entity_bomb(),
        "bad-drm.epub": epubsamples.drm(),
        **oldoffice.samples(good, bad),
        **doclists.samples(good),
        **tnef.samples(good, bad),
        **xlsb.samples(good, bad),
        **ooxml.samples(good, bad),
        **letters(),
        **web_samples(),
        "bad-encrypted.odt": bad(
            "an OpenDocument text whose manifest says that it is encrypted",
            odf.archive("text", "text", "", xml="\x01\x02\x03", manifest=
                        "<manifest:file-entry manifest:full-path='content.xml'>"
                        "<manifest:encryption-data/></manifest:file-entry>"),
            "failed", "encrypted"),
        "bad-cut.odt": bad(
            "an OpenDocument text whose content breaks off within a word",
            odf.archive("text", "text", "", masters=False, xml=odf.content(
                "text", "<text:p>First.</text:p><text:p>Second, and the re")[:-44]),
            "partial", "damaged", [lines_text(["First.", "Second, and the re"])]),
        "bad-cut.rtf": bad("RTF that breaks off within a group",
                           b"{\\rtf1\\ansi Kept.\\par {\\b And th", "partial",
                           "truncated", [lines_text(["Kept.", "And th"])]),
        **more_books(),
    }


def password_pages():
    """What qpdf encrypts."""
    return pdfsamples.plain_pdf(pdfsamples.story_pages()[:2])
