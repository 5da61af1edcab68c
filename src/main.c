/* SPDX-License-Identifier: GPL-3.0-or-later */
/* main.c - start-up. The map of the house, from the foundation up:
 *
 *   base/      alloc backoff buffer cgroup clock diag digest endpoint error
 *              fingerprints hardware limits machine map notify number priority replace
 *              signals temporary utf8
 *   document/  the nouns: item (an input), pages (a selection), metadata,
 *              tier, result (what became of an item), record (that as JSON)
 *   pdf/       a library of its own on what a PDF file is made of: syntax, xref,
 *              tail (what a file's end tells), plain (streams inflated for
 *              poppler); arena, value (an object, parsed); stream through flate,
 *              lzw, ascii, predict; objects with table, sections, repair, pack,
 *              unlock and decode (which share inside), over crypt; pagetree; about
 *              and bookmarks, over textstring, nametree and seen; reader (its face):
 *              draw and operators over content (contenttext: its strings; inline:
 *              images in it), show (glyphs and their places; showlevel: of most
 *              lines), marks and layers; font with simplefont (by codenames),
 *              cidfont and fontwide (what was met), over cmap and fontfile;
 *              appearance (form fields); why (it declines a page)
 *   layout/    layout.h (the contract): glyph (boxes, turned; vertical) -> word
 *              (and pieces of lines) -> region (without the lines' numbers, cut
 *              at each gutter between two sides) -> line -> cell, paragraph ->
 *              text (with hyphen and bidi), or physical; character, garbled,
 *              keys (sorting), least
 *   detect/    detect (formats bid), magic (what no format takes) over textual
 *              and signatures, container and kinds (what is in a ZIP or OLE
 *              file), classify (bytes and pages to a tier)
 *   input/     source (the stream of items) from list, walk and filter; or watch (directories
 *              as they change) over changes (inotify), pending (what waits for quiet) and
 *              rounds (walks over all of them)
 *   format/    format.h (the contract), registry; pdf, over engines (what reads
 *              its glyphs: pdf-native (with pdf-apart and pdf-raw) over pdf/reader;
 *              pdf-poppler with pdf-glyphs,
 *              pdf-fields, pdf-notes and pdf-outline) and headers; epub with package and zipfile; docx, pptx and xlsx
 *              with ooxml over opc (parts of a package) with coreprops: wordml with
 *              wordstory and wordlist, drawml (slides, charts), sheetml with
 *              sheetbook and cellformat, remarks (comments), over flow; equation
 *              (fields of Word), sheetmargin (headers of sheets), sheetbin (XLSB),
 *              opcobject (what is embedded), wordmark (marks of lists, also of DOC);
 *              markup and what it is made of; odf with odfbody, odfbox, odfflow, odfname,
 *              odfstyle and odfobject, rtf with
 *              rtfread, rtfgroup, rtfflow, rtfword and rtffont, both over targets
 *              (notes, boxes); doc, xls, ppt and msg (with files of their names)
 *              over ole (their container; olewrite writes one) with oleprops and
 *              oleobject, codepage, biff (Excel's records), msgbody (of msg and
 *              tnef); mail over letter (a message: lettertext, mime, mimeparts) and
 *              mailscan (its lines); web (HTML) with webhead; xml with vocabulary,
 *              feed, datatext and sheet2003; text with charset (plausible and wide; judge with
 *              alphabets, letterkind, doublebyte), textkinds with cells and
 *              subtitles; pieces; archive with archivekinds, archivename and unpack
 *              (gunzip, bunzip, unlzma, unzstd, unlz4);
 *              books: mobi, chm, djvu over djvufile and bzz, xps over xpsparts and
 *              others of its name, comic (CBZ); load (what several formats load)
 *   store/     database (SQLite) with schema; manifest (what became of each document,
 *              written), history (the same of earlier runs, read), journal (pages
 *              of large documents that are not finished), lock, foreign
 *              (databases that are only read);
 *              forget (what came of inputs that are gone)
 *   sink/      writer (the one thread that writes) fed by chunk; sink.h (the
 *              contract), stream with spill, jsonl with held and guard, tree with
 *              naming, draft (a file until it is whole; hidden) and marks (which
 *              files are ours; on disk with ledger), sqlite; recorded (in front
 *              of those that have a manifest), beside
 *   lane/      lane.h (the contract), local (in this process), worker (in a
 *              process of its own: attend, awake, process, spawn, frame and
 *              frameinfo, budget, roster; fallback when there can be none) and the
 *              worker's side: serve, sandbox, memory; normal (--nfc, in both)
 *   sched/     sched (THE OpenMP region) with step, ready, gate, ration (memory for
 *              large documents), ahead (files read ahead), governor (how many lanes
 *              are at work), task, extract and merge (saved: into a journal); gather
 *              (members become tasks) with nest (their bounds) and spool
 *   run/       run (puts it together), resume, places, report, metrics, stats, steer (each
 *              second), timeline, progress, survey; showing (publish: files, exporter: HTTP,
 *              with page.html) of what view sees, as prometheus or totals (JSON), and
 *              trail (of late); watching (what a watch has beside others), service
 *              (of systemd)
 *   cli/       options with optiontable, config (options from elsewhere) with
 *              configshow, settings with resolve, help, status; command
 *              (the table of commands): search with query and snippet, and
 *              overview (the status of an output; atwork: of a run that goes on)
 *
 * Layers point one way, from the last line to the first. */
#include <config.h>

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <locale.h>

#include "base/diag.h"
#include "cli/command.h"
#include "cli/settings.h"
#include "lane/serve.h"
#include "run/run.h"
#include "sink/guard.h"

/* Without it the first file that is opened would be taken for a standard
 * stream that the caller closed, and get what is meant for that. A closed
 * standard output still is an error to write to. */
static void main_open_standard_streams(void)
{
    for (int fd = 0; fd < 3; fd++)
        if (fcntl(fd, F_GETFD) < 0 && errno == EBADF)
            (void)!open("/dev/null", fd == 1 ? O_RDONLY : O_RDWR);
}

int main(int argc, char **argv)
{
    main_open_standard_streams();

    /* Messages first: everything below may have one. */
    if (argc > 0)
        diag_set_program(basename(argv[0]));

    /* The program again, as a worker of itself, or as the guard of its output:
     * no options, no output. */
    if (serve_is_worker(argc, argv))
        return serve();
    if (guard_is_guard(argc, argv))
        return guard_serve();

    /* Messages of the C library alone: output must not depend on where it is
     * made. */
    setlocale(LC_MESSAGES, "");

    const struct command *command = command_find(argc, argv);
    if (command)
        return command_run(command, argc, argv);

    struct settings settings;
    int status = settings_parse(argc, argv, &settings);
    if (status < 0) {
        diag_set_level(settings.level);
        status = run(&settings);
    }
    settings_destroy(&settings);
    return status;
}
