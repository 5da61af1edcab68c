# SPDX-License-Identifier: GPL-3.0-or-later
# Everything but main.c is one library, for the program, tests and fuzzers.
noinst_LIBRARIES += src/libextract.a

src_libextract_a_CPPFLAGS = $(AM_CPPFLAGS)
src_libextract_a_CFLAGS = $(AM_CFLAGS) $(POPPLER_CFLAGS) $(LIBZIP_CFLAGS) \
	$(LIBXML_CFLAGS) $(ARCHIVE_CFLAGS) $(UCHARDET_CFLAGS) $(GMIME_CFLAGS) $(JANSSON_CFLAGS) $(SECCOMP_CFLAGS) \
	$(DEFLATE_CFLAGS) $(ZLIB_CFLAGS) $(NETTLE_CFLAGS) \
	$(SQLITE_CFLAGS) $(GLIB_CFLAGS) \
	$(LIBMOBI_CFLAGS) $(LIBMSPACK_CFLAGS) $(LIBMICROHTTPD_CFLAGS)

src_libextract_a_SOURCES = \
	src/base/alloc.c src/base/alloc.h \
	src/base/backoff.c src/base/backoff.h \
	src/base/buffer.c src/base/buffer.h \
	src/base/cgroup.c src/base/cgroup.h \
	src/base/clock.c src/base/clock.h \
	src/base/diag.c src/base/diag.h \
	src/base/digest.c src/base/digest.h \
	src/base/endpoint.c src/base/endpoint.h \
	src/base/error.c src/base/error.h \
	src/base/fingerprints.c src/base/fingerprints.h \
	src/base/glyph.h \
	src/base/hardware.c src/base/hardware.h \
	src/base/little.h \
	src/base/limits.c src/base/limits.h \
	src/base/machine.c src/base/machine.h \
	src/base/map.c src/base/map.h \
	src/base/notify.c src/base/notify.h \
	src/base/number.c src/base/number.h \
	src/base/replace.c src/base/replace.h \
	src/base/sanitized.h \
	src/base/priority.c src/base/priority.h \
	src/base/signals.c src/base/signals.h \
	src/base/temporary.c src/base/temporary.h \
	src/base/utf8.c src/base/utf8.h \
	src/document/item.c src/document/item.h \
	src/document/metadata.c src/document/metadata.h \
	src/document/pages.c src/document/pages.h \
	src/document/record.c src/document/record.h \
	src/document/result.c src/document/result.h \
	src/document/tier.c src/document/tier.h \
	src/detect/classify.c src/detect/classify.h \
	src/detect/compound.c \
	src/detect/container.c \
	src/detect/detect.c src/detect/detect.h \
	src/detect/kinds.c \
	src/detect/magic.c src/detect/magic.h \
	src/detect/signatures.c \
	src/detect/textual.c \
	src/store/database.c src/store/database.h \
	src/store/forget.c src/store/forget.h \
	src/store/foreign.c src/store/foreign.h \
	src/store/history.c src/store/history.h \
	src/store/journal.c src/store/journal.h \
	src/store/lock.c src/store/lock.h \
	src/store/manifest.c src/store/manifest.h \
	src/store/schema.c src/store/schema.h \
	src/store/summary.c src/store/summary.h \
	src/input/filter.c src/input/filter.h \
	src/input/list.c src/input/list.h \
	src/input/changes.c src/input/changes.h \
	src/input/pending.c src/input/pending.h \
	src/input/rounds.c src/input/rounds.h \
	src/input/source.c src/input/source.h \
	src/input/walk.c src/input/walk.h \
	src/input/watch.c src/input/watch.h \
	src/format/archive.c src/format/archive.h \
	src/format/archivekinds.c \
	src/format/archivename.c src/format/archivename.h \
	src/format/boxes.h \
	src/format/alphabets.c src/format/alphabets.h \
	src/format/biff.c src/format/biff.h \
	src/format/cellbuiltin.c src/format/cellbuiltin.h \
	src/format/bzz.c src/format/bzz.h \
	src/format/cellcode.c src/format/cellcode.h \
	src/format/celldate.c \
	src/format/cellformat.c src/format/cellformat.h \
	src/format/charset.c src/format/charset.h \
	src/format/codepage.c src/format/codepage.h \
	src/format/doc.c \
	src/format/docfile.c src/format/docfile.h \
	src/format/docruns.c \
	src/format/doclist.c src/format/doclist.h \
	src/format/doctext.c src/format/doctext.h \
	src/format/doublebyte.c src/format/doublebyte.h \
	src/format/judge.c src/format/judge.h \
	src/format/letterkind.c src/format/letterkind.h \
	src/format/cells.c src/format/cells.h \
	src/format/datatext.c src/format/datatext.h \
	src/format/comic.c \
	src/format/coreprops.c src/format/coreprops.h \
	src/format/djvu.c src/format/djvufile.c src/format/djvufile.h \
	src/format/docx.c \
	src/format/drawml.c src/format/drawml.h \
	src/format/element.c src/format/element.h \
	src/format/entities.c src/format/entities.h \
	src/format/engine.c src/format/engine.h \
	src/format/epub.c \
	src/format/equation.c src/format/equation.h \
	src/format/feed.c src/format/feed.h \
	src/format/flow.c src/format/flow.h \
	src/format/format.h \
	src/format/gunzip.c \
	src/format/headers.c src/format/headers.h \
	src/format/library.c src/format/library.h \
	src/format/letter.c src/format/letter.h \
	src/format/lettertext.c src/format/lettertext.h \
	src/format/lines.c src/format/lines.h \
	src/format/load.c src/format/load.h \
	src/format/mail.c \
	src/format/mailscan.c src/format/mailscan.h \
	src/format/markup.c src/format/markup.h \
	src/format/mime.c src/format/mime.h \
	src/format/mimeparts.c src/format/mimeparts.h \
	src/format/lzfu.c src/format/lzfu.h \
	src/format/msg.c \
	src/format/msgbody.c src/format/msgbody.h \
	src/format/bunzip.c src/format/unlz4.c src/format/unlzma.c src/format/unzstd.c \
	src/format/unpack.c src/format/unpack.h src/format/unpackkind.h \
	src/format/tnef.c \
	src/format/tnefprops.c src/format/tnefprops.h \
	src/format/msgprops.c src/format/msgprops.h \
	src/format/msgrtf.c src/format/msgrtf.h \
	src/format/ocf.c src/format/ocf.h \
	src/format/ole.c src/format/ole.h \
	src/format/oleobject.c src/format/oleobject.h \
	src/format/oleprops.c src/format/oleprops.h \
	src/format/olewrite.c src/format/olewrite.h \
	src/format/ooxml.c src/format/ooxml.h \
	src/format/opcobject.c src/format/opcobject.h \
	src/format/opc.c src/format/opc.h \
	src/format/odf.c \
	src/format/odfbox.c src/format/odfbox.h \
	src/format/odfbody.c src/format/odfbody.h \
	src/format/odfflow.c src/format/odfflow.h \
	src/format/odfname.c src/format/odfname.h \
	src/format/odfobject.c src/format/odfobject.h \
	src/format/odfstate.h \
	src/format/odfstyle.c src/format/odfstyle.h \
	src/format/package.c src/format/package.h \
	src/format/pdf.c \
	src/format/pdf-fields.c src/format/pdf-fields.h \
	src/format/pdf-glyphs.c src/format/pdf-glyphs.h \
	src/format/pdf-letters.c src/format/pdf-letters.h \
	src/format/pdf-apart.c src/format/pdf-apart.h \
	src/format/pdf-native.c \
	src/format/pdf-raw.c src/format/pdf-raw.h \
	src/format/pdf-notes.c src/format/pdf-notes.h \
	src/format/pdf-outline.c src/format/pdf-outline.h \
	src/format/pdf-poppler.c \
	src/format/pieces.c src/format/pieces.h \
	src/format/plausible.c src/format/plausible.h \
	src/format/ppt.c \
	src/format/pptfile.c src/format/pptfile.h \
	src/format/pptmark.c src/format/pptmark.h \
	src/format/ppttext.c src/format/ppttext.h \
	src/format/pptx.c \
	src/format/prose.c src/format/prose.h \
	src/format/registry.c src/format/registry.h \
	src/format/remarks.c src/format/remarks.h \
	src/format/rows.c src/format/rows.h \
	src/format/rtf.c \
	src/format/rtfflow.c src/format/rtfflow.h \
	src/format/rtffont.c src/format/rtffont.h \
	src/format/rtfgroup.c src/format/rtfgroup.h \
	src/format/rtfread.c src/format/rtfread.h \
	src/format/rtfstate.h \
	src/format/rtfword.c src/format/rtfword.h \
	src/format/sax.c src/format/sax.h \
	src/format/saxguard.c src/format/saxguard.h \
	src/format/sheetbin.c src/format/sheetbin.h \
	src/format/sheetbook.c src/format/sheetbook.h \
	src/format/sheetmargin.c src/format/sheetmargin.h \
	src/format/sheet2003.c src/format/sheet2003.h \
	src/format/sheetml.c src/format/sheetml.h \
	src/format/soup.c src/format/soup.h \
	src/format/souprules.c src/format/souprules.h \
	src/format/symbols.c src/format/symbols.h \
	src/format/targets.c src/format/targets.h \
	src/format/xls.c \
	src/format/xlsbook.c src/format/xlsbook.h \
	src/format/xlsrecords.c src/format/xlsrecords.h \
	src/format/xlssheet.c src/format/xlssheet.h \
	src/format/wordlist.c src/format/wordlist.h \
	src/format/wordmark.c src/format/wordmark.h \
	src/format/wordml.c src/format/wordml.h \
	src/format/wordname.c src/format/wordname.h \
	src/format/wordstory.c src/format/wordstory.h \
	src/format/xlsx.c \
	src/format/subtitles.c src/format/subtitles.h \
	src/format/text.c src/format/text.h \
	src/format/textkinds.c \
	src/format/vocabulary.c src/format/vocabulary.h \
	src/format/wide.c src/format/wide.h \
	src/format/web.c \
	src/format/webhead.c src/format/webhead.h \
	src/format/xml.c \
	src/format/xps.c \
	src/format/xpsfont.c src/format/xpsfont.h \
	src/format/xpspage.c src/format/xpspage.h \
	src/format/xpsparts.c src/format/xpsparts.h \
	src/format/zipfile.c src/format/zipfile.h \
	src/pdf/about.c src/pdf/about.h \
	src/pdf/accents.c src/pdf/accents.h \
	src/pdf/appearance.c src/pdf/appearance.h \
	src/pdf/baseline.c src/pdf/baseline.h \
	src/pdf/arena.c src/pdf/arena.h \
	src/pdf/ascii.c src/pdf/ascii.h \
	src/pdf/bookmarks.c src/pdf/bookmarks.h \
	src/pdf/cff.c src/pdf/cff.h \
	src/pdf/cidfont.c \
	src/pdf/cmap.c src/pdf/cmapfind.c src/pdf/cmap.h \
	src/pdf/cmapfiles.c src/pdf/cmapfiles.h \
	src/pdf/codenames.c \
	src/pdf/codetables.c src/pdf/codetables.h \
	src/pdf/content.c src/pdf/content.h src/pdf/contentparts.h \
	src/pdf/contenttext.c src/pdf/eight.h \
	src/pdf/copies.c src/pdf/copies.h \
	src/pdf/crypt.c src/pdf/crypt.h \
	src/pdf/decode.c \
	src/pdf/draw.c src/pdf/draw.h src/pdf/drawcall.h \
	src/pdf/flate.c src/pdf/flate.h \
	src/pdf/font.c src/pdf/font.h src/pdf/fontstate.h src/pdf/fontwide.c src/pdf/fontwide.h \
	src/pdf/fontfile.c src/pdf/fontfile.h \
	src/pdf/glyphlist.c \
	src/pdf/glyphname.c src/pdf/glyphname.h \
	src/pdf/glyphnumbers.c src/pdf/glyphnumbers.h \
	src/pdf/inline.c src/pdf/inline.h \
	src/pdf/inside.h \
	src/pdf/layers.c src/pdf/layers.h \
	src/pdf/lzw.c src/pdf/lzw.h \
	src/pdf/marks.c src/pdf/marks.h \
	src/pdf/matrix.h \
	src/pdf/nametree.c src/pdf/nametree.h \
	src/pdf/objects.c src/pdf/objects.h \
	src/pdf/operators.c \
	src/pdf/pack.c \
	src/pdf/pagetree.c src/pdf/pagetree.h \
	src/pdf/plain.c src/pdf/plain.h \
	src/pdf/predict.c src/pdf/predict.h \
	src/pdf/reader.c src/pdf/reader.h \
	src/pdf/repair.c \
	src/pdf/rtl.c \
	src/pdf/rtl.h \
	src/pdf/sections.c \
	src/pdf/seen.h \
	src/pdf/show.c src/pdf/show.h src/pdf/showlevel.c \
	src/pdf/simplefont.c src/pdf/simplestate.h \
	src/pdf/standardfont.c src/pdf/standardfont.h \
	src/pdf/stream.c src/pdf/stream.h \
	src/pdf/syntax.c src/pdf/syntax.h \
	src/pdf/table.c src/pdf/table.h \
	src/pdf/tail.c src/pdf/tail.h \
	src/pdf/textstring.c src/pdf/textstring.h \
	src/pdf/tounicode.c \
	src/pdf/truetype.c src/pdf/truetype.h \
	src/pdf/type1.c src/pdf/type1.h \
	src/pdf/unlock.c \
	src/pdf/value.c src/pdf/value.h \
	src/pdf/why.c src/pdf/why.h \
	src/pdf/xref.c src/pdf/xref.h \
	src/layout/across.c src/layout/across.h \
	src/layout/bidi.c src/layout/bidi.h \
	src/layout/cell.c src/layout/cell.h \
	src/layout/character.c src/layout/character.h \
	src/layout/garbled.c src/layout/garbled.h \
	src/layout/glyph.c src/layout/glyph.h \
	src/layout/gutter.c src/layout/gutter.h \
	src/layout/hyphen.c src/layout/hyphen.h \
	src/layout/initial.c src/layout/initial.h \
	src/layout/keys.c src/layout/keys.h \
	src/layout/least.h \
	src/layout/layout.c src/layout/layout.h \
	src/layout/line.c src/layout/line.h \
	src/layout/numbers.c src/layout/numbers.h \
	src/layout/paragraph.c src/layout/paragraph.h \
	src/layout/physical.c src/layout/physical.h \
	src/layout/region.c src/layout/region.h \
	src/layout/side.c src/layout/side.h \
	src/layout/text.c src/layout/text.h \
	src/layout/vertical.c src/layout/vertical.h \
	src/layout/word.c src/layout/word.h \
	src/lane/attend.c src/lane/attend.h \
	src/lane/awake.c src/lane/awake.h \
	src/lane/budget.c src/lane/budget.h \
	src/lane/fallback.c src/lane/fallback.h \
	src/lane/frame.c src/lane/frameinfo.c src/lane/frame.h \
	src/lane/lane.c src/lane/lane.h \
	src/lane/local.c \
	src/lane/memory.c src/lane/memory.h \
	src/lane/normal.c src/lane/normal.h \
	src/lane/pace.c src/lane/pace.h \
	src/lane/process.c src/lane/process.h \
	src/lane/roster.c src/lane/roster.h \
	src/lane/sandbox.c src/lane/sandbox.h \
	src/lane/serve.c src/lane/serve.h \
	src/lane/spawn.c src/lane/spawn.h \
	src/lane/worker.c src/lane/worker.h \
	src/sched/ahead.c src/sched/ahead.h \
	src/sched/extract.c src/sched/extract.h \
	src/sched/gate.c src/sched/gate.h \
	src/sched/gather.c src/sched/gather.h \
	src/sched/governor.c src/sched/governor.h \
	src/sched/merge.c src/sched/merge.h \
	src/sched/nest.c src/sched/nest.h \
	src/sched/ready.c src/sched/ready.h \
	src/sched/ration.c src/sched/ration.h \
	src/sched/saved.c src/sched/saved.h \
	src/sched/sched.c src/sched/sched.h \
	src/sched/spool.c src/sched/spool.h \
	src/sched/state.h \
	src/sched/step.c src/sched/step.h \
	src/sched/task.c src/sched/task.h \
	src/sink/beside.c src/sink/beside.h \
	src/sink/chunk.c src/sink/chunk.h \
	src/sink/draft.c src/sink/draft.h \
	src/sink/guard.c src/sink/guard.h \
	src/sink/held.c src/sink/held.h \
	src/sink/hidden.c src/sink/hidden.h \
	src/sink/jsonl.c \
	src/sink/ledger.c src/sink/ledger.h \
	src/sink/marks.c src/sink/marks.h \
	src/sink/naming.c src/sink/naming.h \
	src/sink/recorded.c src/sink/recorded.h \
	src/sink/sink.c src/sink/sink.h \
	src/sink/spill.c src/sink/spill.h \
	src/sink/sqlite.c src/sink/sqlite.h \
	src/sink/stream.c src/sink/stream.h \
	src/sink/tree.c \
	src/sink/writer.c src/sink/writer.h \
	src/run/metrics.c src/run/metrics.h \
	src/run/own.c src/run/own.h \
	src/run/places.c src/run/places.h \
	src/run/progress.c src/run/progress.h \
	src/run/prometheus.c src/run/prometheus.h \
	src/run/publish.c src/run/publish.h \
	src/run/report.c src/run/report.h \
	src/run/resume.c src/run/resume.h \
	src/run/run.c src/run/run.h \
	src/run/service.c src/run/service.h \
	src/run/showing.c src/run/showing.h \
	src/run/stats.c src/run/stats.h \
	src/run/steer.c src/run/steer.h \
	src/run/timeline.c src/run/timeline.h \
	src/run/totals.c src/run/totals.h \
	src/run/trail.c src/run/trail.h \
	src/run/view.c src/run/view.h \
	src/run/watching.c src/run/watching.h \
	src/run/survey.c src/run/survey.h \
	src/cli/atwork.c src/cli/atwork.h \
	src/cli/command.c src/cli/command.h \
	src/cli/failures.c src/cli/failures.h \
	src/cli/help.c src/cli/help.h \
	src/cli/options.c src/cli/options.h src/cli/optiontable.c \
	src/cli/overview.c \
	src/cli/query.c src/cli/query.h \
	src/cli/resolve.c src/cli/resolve.h \
	src/cli/search.c \
	src/cli/settings.c src/cli/settings.h \
	src/cli/snippet.c src/cli/snippet.h \
	src/cli/config.c src/cli/config.h src/cli/configshow.c src/cli/configshow.h \
	src/cli/status.h \
	src/cli/table.c src/cli/table.h

if HAVE_LIBMOBI
src_libextract_a_SOURCES += src/format/mobi.c
endif
if HAVE_LIBMSPACK
src_libextract_a_SOURCES += src/format/chm.c \
	src/format/chmfile.c src/format/chmfile.h \
	src/format/chmtopics.c src/format/chmtopics.h
endif

if HAVE_LIBMICROHTTPD
src_libextract_a_SOURCES += src/run/exporter.c src/run/exporter.h
# The page as a string of C.
src/run/page.inc: src/run/page.html
	$(AM_V_GEN)$(MKDIR_P) src/run && \
	sed 's/["\\]/\\&/g; s/^/"/; s/$$/\\n"/' $(srcdir)/src/run/page.html >$@-t && \
	mv $@-t $@
src/run/libextract_a-exporter.$(OBJEXT): src/run/page.inc
src/run/src_libextract_a-exporter.$(OBJEXT): src/run/page.inc
CLEANFILES += src/run/page.inc
endif
EXTRA_DIST += src/run/page.html

# The libraries that parse are not among them (see src/format/library.h).
EXTRACT_LIBS = src/libextract.a $(JANSSON_LIBS) $(SQLITE_LIBS) $(SECCOMP_LIBS) \
	$(DEFLATE_LIBS) $(ZLIB_LIBS) $(NETTLE_LIBS) $(MIMALLOC_LIBS) $(GLIB_LIBS)

bin_PROGRAMS += extract
extract_SOURCES = src/main.c
extract_LDADD = $(EXTRACT_LIBS)
