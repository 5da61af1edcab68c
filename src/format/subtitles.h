/* SPDX-License-Identifier: GPL-3.0-or-later */
/* subtitles.h - SubRip and WebVTT to what is said in them, line by line. */
#ifndef EXTRACT_FORMAT_SUBTITLES_H
#define EXTRACT_FORMAT_SUBTITLES_H

#include <stdbool.h>

#include "base/buffer.h"
#include "format/format.h"

/* An emit that goes before another. Numbers, names and times of cues are left
 * out, blank lines, tags (<i>, {\an8}) and WebVTT's notes and styles too. */
struct subtitles {
    struct emit emit; /* first */
    struct emit *next;
    bool is_vtt;
    bool after_blank; /* a cue may begin here */
    bool is_skipped;  /* WebVTT's header, notes, styles: up to a blank line */
    struct buffer line;
    struct buffer held; /* a line that is a cue's number if times follow */
    struct buffer out;
};

void subtitles_init(struct subtitles *s, bool is_vtt, struct emit *next);

/* After the last text. 0, or -1: stop. Frees what S holds. */
int subtitles_finish(struct subtitles *s);

/* Whether LINE begins with a cue's times: "00:00:01,000 --> 00:00:02,000". */
bool subtitles_is_timing(const char *line, size_t size);

#endif
