# SPDX-License-Identifier: GPL-3.0-or-later
# Fuzz targets. `make check` replays their seeds (replay-NAME); scripts/fuzz
# makes fuzz-NAME of the same target, with clang and FUZZ_ENGINE.
fuzz_replays = \
	tests/fuzz/replay-archive \
	tests/fuzz/replay-book \
	tests/fuzz/replay-chm \
	tests/fuzz/replay-cmap \
	tests/fuzz/replay-detect \
	tests/fuzz/replay-djvu \
	tests/fuzz/replay-epub \
	tests/fuzz/replay-fontfile \
	tests/fuzz/replay-frame \
	tests/fuzz/replay-layout \
	tests/fuzz/replay-list \
	tests/fuzz/replay-mail \
	tests/fuzz/replay-markup \
	tests/fuzz/replay-mobi \
	tests/fuzz/replay-naming \
	tests/fuzz/replay-objects \
	tests/fuzz/replay-odf \
	tests/fuzz/replay-office \
	tests/fuzz/replay-pdf \
	tests/fuzz/replay-plain \
	tests/fuzz/replay-reader \
	tests/fuzz/replay-rtf \
	tests/fuzz/replay-text \
	tests/fuzz/replay-textkinds \
	tests/fuzz/replay-web \
	tests/fuzz/replay-worker \
	tests/fuzz/replay-xml \
	tests/fuzz/replay-xps
check_PROGRAMS += $(fuzz_replays)
TESTS += $(fuzz_replays)

fuzz_programs = \
	tests/fuzz/fuzz-archive \
	tests/fuzz/fuzz-book \
	tests/fuzz/fuzz-chm \
	tests/fuzz/fuzz-cmap \
	tests/fuzz/fuzz-detect \
	tests/fuzz/fuzz-djvu \
	tests/fuzz/fuzz-epub \
	tests/fuzz/fuzz-fontfile \
	tests/fuzz/fuzz-frame \
	tests/fuzz/fuzz-layout \
	tests/fuzz/fuzz-list \
	tests/fuzz/fuzz-mail \
	tests/fuzz/fuzz-markup \
	tests/fuzz/fuzz-mobi \
	tests/fuzz/fuzz-naming \
	tests/fuzz/fuzz-objects \
	tests/fuzz/fuzz-odf \
	tests/fuzz/fuzz-office \
	tests/fuzz/fuzz-pdf \
	tests/fuzz/fuzz-plain \
	tests/fuzz/fuzz-reader \
	tests/fuzz/fuzz-rtf \
	tests/fuzz/fuzz-text \
	tests/fuzz/fuzz-textkinds \
	tests/fuzz/fuzz-web \
	tests/fuzz/fuzz-worker \
	tests/fuzz/fuzz-xml \
	tests/fuzz/fuzz-xps
EXTRA_PROGRAMS = $(fuzz_programs)
CLEANFILES += $(fuzz_programs)

# What all of them share, and what replays.
EXTRA_LIBRARIES = tests/fuzz/libfuzz.a tests/fuzz/libreplay.a
CLEANFILES += $(EXTRA_LIBRARIES)
tests_fuzz_libfuzz_a_SOURCES = tests/fuzz/fuzz.c tests/fuzz/fuzz.h
tests_fuzz_libreplay_a_SOURCES = tests/fuzz/replay.c

FUZZ_ENGINE = -fsanitize=fuzzer
fuzz_libs = tests/fuzz/libfuzz.a $(EXTRACT_LIBS)
# The replay calls the target, which is in the program.
replay_libs = tests/fuzz/libreplay.a $(fuzz_libs)
fuzz_ldflags = $(AM_LDFLAGS) $(FUZZ_ENGINE)

tests_fuzz_replay_archive_SOURCES = tests/fuzz/fuzz-archive.c
tests_fuzz_replay_archive_LDADD = $(replay_libs)
tests_fuzz_fuzz_archive_LDADD = $(fuzz_libs)
tests_fuzz_fuzz_archive_LDFLAGS = $(fuzz_ldflags)

tests_fuzz_replay_book_SOURCES = tests/fuzz/fuzz-book.c
tests_fuzz_replay_book_LDADD = $(replay_libs)
tests_fuzz_fuzz_book_LDADD = $(fuzz_libs)
tests_fuzz_fuzz_book_LDFLAGS = $(fuzz_ldflags)

tests_fuzz_replay_chm_SOURCES = tests/fuzz/fuzz-chm.c
tests_fuzz_replay_chm_LDADD = $(replay_libs)
tests_fuzz_fuzz_chm_LDADD = $(fuzz_libs)
tests_fuzz_fuzz_chm_LDFLAGS = $(fuzz_ldflags)

tests_fuzz_replay_cmap_SOURCES = tests/fuzz/fuzz-cmap.c
tests_fuzz_replay_cmap_LDADD = $(replay_libs)
tests_fuzz_fuzz_cmap_LDADD = $(fuzz_libs)
tests_fuzz_fuzz_cmap_LDFLAGS = $(fuzz_ldflags)

tests_fuzz_replay_detect_SOURCES = tests/fuzz/fuzz-detect.c
tests_fuzz_replay_detect_LDADD = $(replay_libs)
tests_fuzz_fuzz_detect_LDADD = $(fuzz_libs)
tests_fuzz_fuzz_detect_LDFLAGS = $(fuzz_ldflags)

tests_fuzz_replay_djvu_SOURCES = tests/fuzz/fuzz-djvu.c
tests_fuzz_replay_djvu_LDADD = $(replay_libs)
tests_fuzz_fuzz_djvu_LDADD = $(fuzz_libs)
tests_fuzz_fuzz_djvu_LDFLAGS = $(fuzz_ldflags)

tests_fuzz_replay_epub_SOURCES = tests/fuzz/fuzz-epub.c
tests_fuzz_replay_epub_LDADD = $(replay_libs)
tests_fuzz_fuzz_epub_LDADD = $(fuzz_libs)
tests_fuzz_fuzz_epub_LDFLAGS = $(fuzz_ldflags)

tests_fuzz_replay_fontfile_SOURCES = tests/fuzz/fuzz-fontfile.c
tests_fuzz_replay_fontfile_LDADD = $(replay_libs)
tests_fuzz_fuzz_fontfile_LDADD = $(fuzz_libs)
tests_fuzz_fuzz_fontfile_LDFLAGS = $(fuzz_ldflags)

tests_fuzz_replay_frame_SOURCES = tests/fuzz/fuzz-frame.c
tests_fuzz_replay_frame_LDADD = $(replay_libs)
tests_fuzz_fuzz_frame_LDADD = $(fuzz_libs)
tests_fuzz_fuzz_frame_LDFLAGS = $(fuzz_ldflags)

tests_fuzz_replay_layout_SOURCES = tests/fuzz/fuzz-layout.c
tests_fuzz_replay_layout_LDADD = $(replay_libs)
tests_fuzz_fuzz_layout_LDADD = $(fuzz_libs)
tests_fuzz_fuzz_layout_LDFLAGS = $(fuzz_ldflags)

tests_fuzz_replay_list_SOURCES = tests/fuzz/fuzz-list.c
tests_fuzz_replay_list_LDADD = $(replay_libs)
tests_fuzz_fuzz_list_LDADD = $(fuzz_libs)
tests_fuzz_fuzz_list_LDFLAGS = $(fuzz_ldflags)

tests_fuzz_replay_mail_SOURCES = tests/fuzz/fuzz-mail.c
tests_fuzz_replay_mail_LDADD = $(replay_libs)
tests_fuzz_fuzz_mail_LDADD = $(fuzz_libs)
tests_fuzz_fuzz_mail_LDFLAGS = $(fuzz_ldflags)

tests_fuzz_replay_markup_SOURCES = tests/fuzz/fuzz-markup.c
tests_fuzz_replay_markup_LDADD = $(replay_libs)
tests_fuzz_fuzz_markup_LDADD = $(fuzz_libs)
tests_fuzz_fuzz_markup_LDFLAGS = $(fuzz_ldflags)

tests_fuzz_replay_mobi_SOURCES = tests/fuzz/fuzz-mobi.c
tests_fuzz_replay_mobi_LDADD = $(replay_libs)
tests_fuzz_fuzz_mobi_LDADD = $(fuzz_libs)
tests_fuzz_fuzz_mobi_LDFLAGS = $(fuzz_ldflags)

tests_fuzz_replay_naming_SOURCES = tests/fuzz/fuzz-naming.c
tests_fuzz_replay_naming_LDADD = $(replay_libs)
tests_fuzz_fuzz_naming_LDADD = $(fuzz_libs)
tests_fuzz_fuzz_naming_LDFLAGS = $(fuzz_ldflags)

tests_fuzz_replay_odf_SOURCES = tests/fuzz/fuzz-odf.c
tests_fuzz_replay_odf_LDADD = $(replay_libs)
tests_fuzz_fuzz_odf_LDADD = $(fuzz_libs)
tests_fuzz_fuzz_odf_LDFLAGS = $(fuzz_ldflags)

tests_fuzz_replay_office_SOURCES = tests/fuzz/fuzz-office.c
tests_fuzz_replay_office_LDADD = $(replay_libs)
tests_fuzz_fuzz_office_LDADD = $(fuzz_libs)
tests_fuzz_fuzz_office_LDFLAGS = $(fuzz_ldflags)

tests_fuzz_replay_pdf_SOURCES = tests/fuzz/fuzz-pdf.c
tests_fuzz_replay_pdf_LDADD = $(replay_libs)
tests_fuzz_fuzz_pdf_LDADD = $(fuzz_libs)
tests_fuzz_fuzz_pdf_LDFLAGS = $(fuzz_ldflags)

tests_fuzz_replay_objects_SOURCES = tests/fuzz/fuzz-objects.c
tests_fuzz_replay_objects_LDADD = $(replay_libs)
tests_fuzz_fuzz_objects_LDADD = $(fuzz_libs)
tests_fuzz_fuzz_objects_LDFLAGS = $(fuzz_ldflags)

tests_fuzz_replay_plain_SOURCES = tests/fuzz/fuzz-plain.c
tests_fuzz_replay_plain_LDADD = $(replay_libs)
tests_fuzz_fuzz_plain_LDADD = $(fuzz_libs)
tests_fuzz_fuzz_plain_LDFLAGS = $(fuzz_ldflags)

tests_fuzz_replay_reader_SOURCES = tests/fuzz/fuzz-reader.c
tests_fuzz_replay_reader_LDADD = $(replay_libs)
tests_fuzz_fuzz_reader_LDADD = $(fuzz_libs)
tests_fuzz_fuzz_reader_LDFLAGS = $(fuzz_ldflags)

tests_fuzz_replay_rtf_SOURCES = tests/fuzz/fuzz-rtf.c
tests_fuzz_replay_rtf_LDADD = $(replay_libs)
tests_fuzz_fuzz_rtf_LDADD = $(fuzz_libs)
tests_fuzz_fuzz_rtf_LDFLAGS = $(fuzz_ldflags)

tests_fuzz_replay_text_SOURCES = tests/fuzz/fuzz-text.c
tests_fuzz_replay_text_LDADD = $(replay_libs)
tests_fuzz_fuzz_text_LDADD = $(fuzz_libs)
tests_fuzz_fuzz_text_LDFLAGS = $(fuzz_ldflags)

tests_fuzz_replay_textkinds_SOURCES = tests/fuzz/fuzz-textkinds.c
tests_fuzz_replay_textkinds_LDADD = $(replay_libs)
tests_fuzz_fuzz_textkinds_LDADD = $(fuzz_libs)
tests_fuzz_fuzz_textkinds_LDFLAGS = $(fuzz_ldflags)

tests_fuzz_replay_web_SOURCES = tests/fuzz/fuzz-web.c
tests_fuzz_replay_web_LDADD = $(replay_libs)
tests_fuzz_fuzz_web_LDADD = $(fuzz_libs)
tests_fuzz_fuzz_web_LDFLAGS = $(fuzz_ldflags)

# The parent's side of a worker, with a puppet for its process.
fuzz_puppet = tests/fuzz/puppet.c tests/fuzz/puppet.h
fuzz_wrap = -Wl,--wrap=frame_receive
tests_fuzz_replay_worker_SOURCES = tests/fuzz/fuzz-worker.c $(fuzz_puppet)
tests_fuzz_replay_worker_LDADD = $(replay_libs)
tests_fuzz_replay_worker_LDFLAGS = $(AM_LDFLAGS) $(fuzz_wrap)
tests_fuzz_fuzz_worker_SOURCES = tests/fuzz/fuzz-worker.c $(fuzz_puppet)
tests_fuzz_fuzz_worker_LDADD = $(fuzz_libs)
tests_fuzz_fuzz_worker_LDFLAGS = $(fuzz_ldflags) $(fuzz_wrap)

tests_fuzz_replay_xml_SOURCES = tests/fuzz/fuzz-xml.c
tests_fuzz_replay_xml_LDADD = $(replay_libs)
tests_fuzz_fuzz_xml_LDADD = $(fuzz_libs)
tests_fuzz_fuzz_xml_LDFLAGS = $(fuzz_ldflags)

tests_fuzz_replay_xps_SOURCES = tests/fuzz/fuzz-xps.c
tests_fuzz_replay_xps_LDADD = $(replay_libs)
tests_fuzz_fuzz_xps_LDADD = $(fuzz_libs)
tests_fuzz_fuzz_xps_LDFLAGS = $(fuzz_ldflags)

fuzz_seeds = \
	tests/fuzz/seeds/archive/7zip \
	tests/fuzz/seeds/archive/7zip-ppmd \
	tests/fuzz/seeds/archive/ar \
	tests/fuzz/seeds/archive/bzip2 \
	tests/fuzz/seeds/archive/cpio \
	tests/fuzz/seeds/archive/gzip \
	tests/fuzz/seeds/archive/lz4 \
	tests/fuzz/seeds/archive/lzma \
	tests/fuzz/seeds/archive/newc \
	tests/fuzz/seeds/archive/tar-compress \
	tests/fuzz/seeds/archive/tar-gzip \
	tests/fuzz/seeds/archive/tar-lzip \
	tests/fuzz/seeds/archive/v7tar \
	tests/fuzz/seeds/archive/xz \
	tests/fuzz/seeds/archive/zip \
	tests/fuzz/seeds/archive/zip-encrypted \
	tests/fuzz/seeds/archive/zstd \
	tests/fuzz/seeds/book/binary \
	tests/fuzz/seeds/book/calc.txt \
	tests/fuzz/seeds/book/comic.txt \
	tests/fuzz/seeds/book/encrypted.txt \
	tests/fuzz/seeds/book/entities.txt \
	tests/fuzz/seeds/book/no-package.txt \
	tests/fuzz/seeds/book/pages.txt \
	tests/fuzz/seeds/book/plain.txt \
	tests/fuzz/seeds/book/sheets.txt \
	tests/fuzz/seeds/book/slides.txt \
	tests/fuzz/seeds/book/word.txt \
	tests/fuzz/seeds/book/writer.txt \
	tests/fuzz/seeds/cmap/cids \
	tests/fuzz/seeds/cmap/index \
	tests/fuzz/seeds/cmap/unicode \
	tests/fuzz/seeds/detect/both \
	tests/fuzz/seeds/detect/rtf-pdf \
	tests/fuzz/seeds/fontfile/cff \
	tests/fuzz/seeds/fontfile/names.ttf \
	tests/fuzz/seeds/fontfile/type1 \
	tests/fuzz/seeds/frame/garbage \
	tests/fuzz/seeds/frame/lengths \
	tests/fuzz/seeds/frame/lies \
	tests/fuzz/seeds/frame/no-sentence \
	tests/fuzz/seeds/frame/parent \
	tests/fuzz/seeds/frame/pieces \
	tests/fuzz/seeds/frame/session \
	tests/fuzz/seeds/frame/trap \
	tests/fuzz/seeds/layout/cells \
	tests/fuzz/seeds/layout/columns \
	tests/fuzz/seeds/layout/content-order \
	tests/fuzz/seeds/layout/copies \
	tests/fuzz/seeds/layout/notes \
	tests/fuzz/seeds/layout/physical \
	tests/fuzz/seeds/layout/rtl \
	tests/fuzz/seeds/layout/table \
	tests/fuzz/seeds/layout/turned \
	tests/fuzz/seeds/layout/vertical \
	tests/fuzz/seeds/layout/wild \
	tests/fuzz/seeds/layout/wild-physical \
	tests/fuzz/seeds/layout/wild-tiny \
	tests/fuzz/seeds/list/lines \
	tests/fuzz/seeds/list/longest \
	tests/fuzz/seeds/list/nul-and-too-long \
	tests/fuzz/seeds/list/nuls \
	tests/fuzz/seeds/list/stray-nul \
	tests/fuzz/seeds/list/too-long \
	tests/fuzz/seeds/mail/mark-alone \
	tests/fuzz/seeds/mail/parts \
	tests/fuzz/seeds/markup/entities.xml \
	tests/fuzz/seeds/markup/own-entities.xml \
	tests/fuzz/seeds/markup/page.xhtml \
	tests/fuzz/seeds/markup/shift-jis.xml \
	tests/fuzz/seeds/markup/soup.html \
	tests/fuzz/seeds/markup/trimmed-cell.html \
	tests/fuzz/seeds/markup/utf16.html \
	tests/fuzz/seeds/mobi/backwards.mobi \
	tests/fuzz/seeds/naming/dots \
	tests/fuzz/seeds/naming/no-name \
	tests/fuzz/seeds/naming/paths \
	tests/fuzz/seeds/office/header-code \
	tests/fuzz/seeds/text/states \
	tests/fuzz/seeds/worker/big \
	tests/fuzz/seeds/worker/big-cut \
	tests/fuzz/seeds/worker/big-death \
	tests/fuzz/seeds/worker/big-late \
	tests/fuzz/seeds/worker/big-utf8 \
	tests/fuzz/seeds/worker/cut-info \
	tests/fuzz/seeds/worker/deaths \
	tests/fuzz/seeds/worker/failed \
	tests/fuzz/seeds/worker/failed-again \
	tests/fuzz/seeds/worker/gifts \
	tests/fuzz/seeds/worker/half \
	tests/fuzz/seeds/worker/honest \
	tests/fuzz/seeds/worker/huge \
	tests/fuzz/seeds/worker/info-lies \
	tests/fuzz/seeds/worker/info-twice \
	tests/fuzz/seeds/worker/kept-marks \
	tests/fuzz/seeds/worker/late-open \
	tests/fuzz/seeds/worker/marks \
	tests/fuzz/seeds/worker/mixed \
	tests/fuzz/seeds/worker/no-info \
	tests/fuzz/seeds/worker/no-time \
	tests/fuzz/seeds/worker/no-time-open \
	tests/fuzz/seeds/worker/order \
	tests/fuzz/seeds/worker/outside \
	tests/fuzz/seeds/worker/own-end \
	tests/fuzz/seeds/worker/pieces \
	tests/fuzz/seeds/worker/required \
	tests/fuzz/seeds/worker/silence \
	tests/fuzz/seeds/worker/stop \
	tests/fuzz/seeds/worker/stop-text \
	tests/fuzz/seeds/worker/trap \
	tests/fuzz/seeds/worker/types \
	tests/fuzz/seeds/worker/unasked \
	tests/fuzz/seeds/worker/unknown \
	tests/fuzz/seeds/worker/unstarted \
	tests/fuzz/seeds/worker/unstarted-later \
	tests/fuzz/seeds/worker/unstarted-required \
	tests/fuzz/seeds/worker/unstarted-suspect \
	tests/fuzz/seeds/worker/utf8

EXTRA_DIST += $(fuzz_seeds) tests/fuzz/book.dict tests/fuzz/markup.dict \
	scripts/fuzz scripts/damage
