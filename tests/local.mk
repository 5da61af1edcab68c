# SPDX-License-Identifier: GPL-3.0-or-later
# Unit tests (Criterion), command tests (the real program) and their files.

# These wait most of their time: they are begun before all others, which use the
# CPUs meanwhile.
waiting_tests = \
	tests/cli/watch.sh \
	tests/cli/clocks.sh \
	tests/cli/listen.sh \
	tests/cli/watch-soak.sh
TESTS += $(waiting_tests)

if HAVE_CRITERION
unit_tests = \
	tests/unit/test-ahead \
	tests/unit/test-budget \
	tests/unit/test-buffer \
	tests/unit/test-cellformat \
	tests/unit/test-bzz \
	tests/unit/test-changes \
	tests/unit/test-charset \
	tests/unit/test-charsets \
	tests/unit/test-classify \
	tests/unit/test-coreprops \
	tests/unit/test-detect \
	tests/unit/test-detect-text \
	tests/unit/test-detect-zip \
	tests/unit/test-diag \
	tests/unit/test-document \
	tests/unit/test-endpoint \
	tests/unit/test-entities \
	tests/unit/test-epub \
	tests/unit/test-gate \
	tests/unit/test-frame \
	tests/unit/test-frame-info \
	tests/unit/test-governor \
	tests/unit/test-hardware \
	tests/unit/test-headers \
	tests/unit/test-help \
	tests/unit/test-held \
	tests/unit/test-journal \
	tests/unit/test-layout \
	tests/unit/test-layout-across \
	tests/unit/test-layout-hostile \
	tests/unit/test-layout-initial \
	tests/unit/test-layout-numbers \
	tests/unit/test-layout-paragraph \
	tests/unit/test-layout-text \
	tests/unit/test-layout-turned \
	tests/unit/test-lanes \
	tests/unit/test-ledger \
	tests/unit/test-lists \
	tests/unit/test-lock \
	tests/unit/test-mail \
	tests/unit/test-machine \
	tests/unit/test-manifest \
	tests/unit/test-map \
	tests/unit/test-markup \
	tests/unit/test-merge \
	tests/unit/test-merge-threads \
	tests/unit/test-naming \
	tests/unit/test-notify \
	tests/unit/test-ole \
	tests/unit/test-nest \
	tests/unit/test-normal \
	tests/unit/test-ooxml \
	tests/unit/test-odf \
	tests/unit/test-options \
	tests/unit/test-pace \
	tests/unit/test-package \
	tests/unit/test-pdf \
	tests/unit/test-pdf-apart \
	tests/unit/test-pdf-cidfont \
	tests/unit/test-pdf-cmap \
	tests/unit/test-pdf-about \
	tests/unit/test-pdf-astray \
	tests/unit/test-pdf-baseline \
	tests/unit/test-pdf-content \
	tests/unit/test-pdf-crypt \
	tests/unit/test-pdf-filters \
	tests/unit/test-pdf-font \
	tests/unit/test-pdf-fontfile \
	tests/unit/test-pdf-hostile \
	tests/unit/test-pdf-marks \
	tests/unit/test-pdf-show \
	tests/unit/test-pdf-names \
	tests/unit/test-pdf-objects \
	tests/unit/test-pdf-raw \
	tests/unit/test-pdf-reader \
	tests/unit/test-pdf-why \
	tests/unit/test-pending \
	tests/unit/test-prometheus \
	tests/unit/test-query \
	tests/unit/test-ready \
	tests/unit/test-rtf \
	tests/unit/test-run \
	tests/unit/test-sandbox \
	tests/unit/test-saved \
	tests/unit/test-saxguard \
	tests/unit/test-sched \
	tests/unit/test-signals \
	tests/unit/test-source \
	tests/unit/test-spill \
	tests/unit/test-spool \
	tests/unit/test-stats \
	tests/unit/test-stream \
	tests/unit/test-text \
	tests/unit/test-tree \
	tests/unit/test-tree-systems \
	tests/unit/test-usage \
	tests/unit/test-utf8 \
	tests/unit/test-watch \
	tests/unit/test-web \
	tests/unit/test-writer \
	tests/unit/test-xps
check_PROGRAMS += $(unit_tests)
TESTS += $(unit_tests)
endif

# For every program that does not say otherwise: the unit tests.
LDADD = $(EXTRACT_LIBS) $(CRITERION_LIBS)
# These make books themselves.
tests_unit_test_epub_LDADD = $(LDADD) $(LIBZIP_LIBS)
tests_unit_test_odf_LDADD = $(LDADD) $(LIBZIP_LIBS)
tests_unit_test_ooxml_LDADD = $(LDADD) $(LIBZIP_LIBS)
tests_unit_test_package_LDADD = $(LDADD) $(LIBZIP_LIBS)
# These put PDF files together.
tests_unit_test_pdf_SOURCES = tests/unit/test-pdf.c tests/unit/pdffile.c \
	tests/unit/pdffile.h
tests_unit_test_pdf_about_SOURCES = tests/unit/test-pdf-about.c \
	tests/unit/pdffile.c tests/unit/pdffile.h
tests_unit_test_pdf_astray_SOURCES = tests/unit/test-pdf-astray.c \
	tests/unit/pdffile.c tests/unit/pdffile.h
tests_unit_test_pdf_cidfont_SOURCES = tests/unit/test-pdf-cidfont.c \
	tests/unit/fontmake.c tests/unit/fontmake.h
tests_unit_test_pdf_font_SOURCES = tests/unit/test-pdf-font.c \
	tests/unit/fontmake.c tests/unit/fontmake.h
tests_unit_test_pdf_crypt_SOURCES = tests/unit/test-pdf-crypt.c \
	tests/unit/crypt-samples.h tests/unit/pdffile.c tests/unit/pdffile.h
tests_unit_test_pdf_hostile_SOURCES = tests/unit/test-pdf-hostile.c \
	tests/unit/pdffile.c tests/unit/pdffile.h
tests_unit_test_pdf_marks_SOURCES = tests/unit/test-pdf-marks.c \
	tests/unit/pdffile.c tests/unit/pdffile.h tests/unit/pdfpage.c tests/unit/pdfpage.h
tests_unit_test_pdf_show_SOURCES = tests/unit/test-pdf-show.c \
	tests/unit/pdffile.c tests/unit/pdffile.h tests/unit/pdfpage.c tests/unit/pdfpage.h
tests_unit_test_pdf_reader_SOURCES = tests/unit/test-pdf-reader.c \
	tests/unit/pdffile.c tests/unit/pdffile.h tests/unit/pdfpage.c tests/unit/pdfpage.h
tests_unit_test_pdf_why_SOURCES = tests/unit/test-pdf-why.c \
	tests/unit/pdffile.c tests/unit/pdffile.h tests/unit/pdfpage.c tests/unit/pdfpage.h
tests_unit_test_pdf_objects_SOURCES = tests/unit/test-pdf-objects.c \
	tests/unit/pdffile.c tests/unit/pdffile.h

# The program with a format that misbehaves on command.
check_PROGRAMS += tests/faults/extract-faulty
tests_faults_extract_faulty_SOURCES = src/main.c src/format/registry.c \
	tests/faults/fault.c \
	tests/faults/faulty-frames.c tests/faults/faulty-frames.h
tests_faults_extract_faulty_CPPFLAGS = $(AM_CPPFLAGS) -I$(srcdir) -DFORMAT_FAULT
tests_faults_extract_faulty_CFLAGS = $(AM_CFLAGS) $(SECCOMP_CFLAGS)
tests_faults_extract_faulty_LDADD = $(EXTRACT_LIBS)

# What scripts/score measures with.
check_PROGRAMS += tests/tools/levenshtein
tests_tools_levenshtein_SOURCES = tests/tools/levenshtein.c
tests_tools_levenshtein_LDADD =

# What scripts/bench --enqueue measures with.
check_PROGRAMS += tests/tools/enqueue
tests_tools_enqueue_SOURCES = tests/tools/enqueue.c
tests_tools_enqueue_CFLAGS = $(AM_CFLAGS) $(SQLITE_CFLAGS)
tests_tools_enqueue_LDADD = $(EXTRACT_LIBS)

cli_tests = \
	tests/cli/annotations.sh \
	tests/cli/archives.sh \
	tests/cli/attachments.sh \
	tests/cli/kinds-of-archives.sh \
	tests/cli/bad-input.sh \
	tests/cli/bookmarks.sh \
	tests/cli/books.sh \
	tests/cli/bombs.sh \
	tests/cli/collisions.sh \
	tests/cli/config.sh \
	tests/cli/corpus.sh \
	tests/cli/crash.sh \
	tests/cli/damage.sh \
	tests/cli/embedded.sh \
	tests/cli/engines.sh \
	tests/cli/faults.sh \
	tests/cli/foreign-files.sh \
	tests/cli/gen-corpus.sh \
	tests/cli/help.sh \
	tests/cli/hostile-worker.sh \
	tests/cli/install.sh \
	tests/cli/interrupt.sh \
	tests/cli/isolation.sh \
	tests/cli/jsonl.sh \
	tests/cli/layout.sh \
	tests/cli/levenshtein.sh \
	tests/cli/limits.sh \
	tests/cli/list-stream.sh \
	tests/cli/lists.sh \
	tests/cli/mail.sh \
	tests/cli/memory.sh \
	tests/cli/metrics.sh \
	tests/cli/oldoffice.sh \
	tests/cli/ooxml.sh \
	tests/cli/odf.sh \
	tests/cli/order.sh \
	tests/cli/output-errors.sh \
	tests/cli/page.sh \
	tests/cli/pages.sh \
	tests/cli/password.sh \
	tests/cli/pipe.sh \
	tests/cli/progress.sh \
	tests/cli/resume.sh \
	tests/cli/retries.sh \
	tests/cli/same-bytes.sh \
	tests/cli/schema.sh \
	tests/cli/score.sh \
	tests/cli/search.sh \
	tests/cli/service.sh \
	tests/cli/soak.sh \
	tests/cli/sqlite.sh \
	tests/cli/stats.sh \
	tests/cli/status.sh \
	tests/cli/stdout.sh \
	tests/cli/texts.sh \
	tests/cli/threads.sh \
	tests/cli/timeline.sh \
	tests/cli/tree.sh \
	tests/cli/unstarted.sh \
	tests/cli/usage.sh \
	tests/cli/walk.sh \
	tests/cli/web.sh \
	tests/cli/workers.sh
TESTS += $(cli_tests)

TEST_EXTENSIONS = .sh
SH_LOG_COMPILER = bash
# A test that dies early leaves its TAP plan unfulfilled, which counts as an
# error; the exit status would only count the same trouble twice.
tap_driver = env AM_TAP_AWK='$(AWK)' $(SHELL) \
	$(top_srcdir)/build-aux/tap-driver.sh --ignore-exit
LOG_DRIVER = $(tap_driver)
SH_LOG_DRIVER = $(tap_driver)

# Criterion and the program ask for the locale, OpenMP for the threads.
AM_TESTS_ENVIRONMENT = \
	LC_ALL=C.UTF-8; export LC_ALL; \
	unset LANGUAGE OMP_NUM_THREADS OMP_THREAD_LIMIT; \
	XDG_CONFIG_HOME=/dev/null; export XDG_CONFIG_HOME; \
	CRITERION_OUTPUTS='tap:-'; export CRITERION_OUTPUTS; \
	EXTRACT='$(abs_top_builddir)/extract$(EXEEXT)'; export EXTRACT; \
	LSAN_OPTIONS="suppressions=$(abs_top_srcdir)/tests/lsan.supp:print_suppressions=0"; \
	export LSAN_OPTIONS; \
	FAULTY='$(abs_top_builddir)/tests/faults/extract-faulty$(EXEEXT)'; export FAULTY; \
	LEVENSHTEIN='$(abs_top_builddir)/tests/tools/levenshtein$(EXEEXT)'; \
	export LEVENSHTEIN; \
	ENQUEUE='$(abs_top_builddir)/tests/tools/enqueue$(EXEEXT)'; export ENQUEUE; \
	ASAN_OPTIONS="exitcode=99"; export ASAN_OPTIONS; \
	UBSAN_OPTIONS="print_stacktrace=1:exitcode=99"; export UBSAN_OPTIONS;

include corpus/local.mk
include tests/fuzz/local.mk

EXTRA_DIST += tests/unit/charsets.txt
EXTRA_DIST += $(waiting_tests) $(cli_tests) tests/cli/lib.sh tests/cli/ask.py \
	tests/cli/promcheck.py tests/cli/validate.py tests/faults/broken.c \
	tests/faults/flaky.c tests/faults/outputs.py \
	tests/faults/archives.py tests/faults/hostile.py tests/faults/lib.sh tests/lsan.supp \
	tests/unit/book.h tests/unit/detecting.h tests/unit/fake-run.h \
	tests/unit/grove.h tests/unit/keeper.h tests/unit/orchard.h \
	tests/unit/root.h tests/unit/sheet.h tests/unit/usage.h $(corpus_files) \
	scripts/bench scripts/build scripts/check scripts/crash scripts/demo \
	scripts/gen-corpus scripts/packages scripts/pdf-tables scripts/setup scripts/soak \
	scripts/soak-watch \
	scripts/corpus/books.py scripts/corpus/chm.py scripts/corpus/djvu.py \
	scripts/corpus/mobi.py scripts/corpus/xps.py \
	scripts/corpus/compound.py scripts/corpus/documents.py \
	scripts/corpus/epubsamples.py scripts/corpus/pdfsamples.py scripts/corpus/sample.py \
	scripts/corpus/epub.py scripts/corpus/mail.py scripts/corpus/odf.py \
	scripts/corpus/doclists.py scripts/corpus/oldoffice.py scripts/corpus/ooxml.py \
	scripts/corpus/pdf.py scripts/corpus/prose.py \
	scripts/corpus/tnef.py scripts/corpus/web.py scripts/corpus/xlsb.py \
	scripts/crashing/kinds.py \
	scripts/benchmark/documents.py scripts/benchmark/enqueue.py \
	scripts/benchmark/formats.py scripts/benchmark/governor.py scripts/benchmark/watching.py \
	scripts/benchmark/measure.py scripts/benchmark/outputs.py \
	scripts/benchmark/owncost.py \
	scripts/benchmark/sets.py \
	scripts/benchmark/startup.py scripts/benchmark/tools.py \
	scripts/benchmark/similarity.py scripts/benchmark/tables.py scripts/benchmark/timeline.py \
	scripts/sameness scripts/score scripts/truth \
	scripts/typeset/canvas.py scripts/typeset/catalogue.py \
	scripts/typeset/counted.py scripts/typeset/document.py \
	scripts/typeset/drawn.py scripts/typeset/groff.py \
	scripts/typeset/kinds.py scripts/typeset/latex.py \
	scripts/typeset/model.py scripts/typeset/office.py \
	scripts/typeset/paper.py scripts/typeset/tongues.py \
	scripts/typeset/web.py scripts/typeset/words.py
