/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pptfile.h - the frame of a PowerPoint 97 to 2003 presentation ([MS-PPT]): a
 * stream of records in records, saved in steps; where the slides are. */
#ifndef EXTRACT_FORMAT_PPTFILE_H
#define EXTRACT_FORMAT_PPTFILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/error.h"
#include "format/ole.h"

enum ppt_type {
    PPT_DOCUMENT = 0x3e8,
    PPT_SLIDE = 0x3ee,
    PPT_SLIDE_ATOM = 0x3ef,
    PPT_NOTES = 0x3f0,
    PPT_MASTER = 0x3f8,
    PPT_SLIDE_PERSIST = 0x3f3,
    PPT_DRAWING = 0x40c,
    PPT_PLACEHOLDER = 0xbc3,
    PPT_TEXT_REF = 0xf9e,
    PPT_TEXT_HEADER = 0xf9f,
    PPT_TEXT_CHARS = 0xfa0,
    PPT_TEXT_STYLE = 0xfa1,
    PPT_MASTER_STYLE = 0xfa3,
    PPT_TEXT_BYTES = 0xfa8,
    PPT_TEXT_STYLE9 = 0xfac,
    PPT_STRING = 0xfba,
    PPT_SLIDE_NUMBER = 0xfd8,
    PPT_MARGINS = 0xfd9,
    PPT_MARGINS_ATOM = 0xfda,
    PPT_OBJECTS = 0x409,
    PPT_OBJECT_ATOM = 0xfc3,
    PPT_OBJECT_EMBEDDED = 0xfcc,
    PPT_OBJECT_STORAGE = 0x1011,
    PPT_SLIDE_LIST = 0xff0,
    PPT_USER_EDIT = 0xff5,
    PPT_DATE = 0xff7,
    PPT_DATE_FIXED = 0xff8,
    PPT_HEADER_MARK = 0xff9,
    PPT_FOOTER_MARK = 0xffa,
    PPT_TAGS = 0x1388,
    PPT_TAG = 0x138a,
    PPT_TAG_DATA = 0x138b,
    PPT_DIRECTORY = 0x1772,
    PPT_COMMENT = 0x2ee0,
    /* of Office's drawings ([MS-ODRAW]) */
    PPT_ART = 0xf002,
    PPT_ART_GROUP = 0xf003,
    PPT_ART_SHAPE = 0xf004,
    PPT_ART_TEXT = 0xf00d,
    PPT_ART_PLACE = 0xf00f,
    PPT_ART_DATA = 0xf011,
    PPT_ART_OPTIONS = 0xf122
};

struct ppt_span {
    const unsigned char *p; /* NULL: none */
    size_t size;
};

struct ppt_record {
    unsigned version, instance, type; /* version 15: of records */
    struct ppt_span body;
};

struct ppt_slide {
    struct ppt_span body;    /* of the slide's record */
    struct ppt_span outline; /* texts that its shapes refer to by number */
    struct ppt_span notes;
    struct ppt_span look;    /* the master whose styles its texts have */
    /* Its master and, of a title, that one's: those that no slide before has. */
    struct ppt_span masters[2];
    bool is_repeated;        /* it was named too often to be read again */
};

/* A compound file of another program. */
struct ppt_object {
    struct ppt_span body;
    bool is_packed; /* four bytes, its size, then zlib's stream */
};

struct ppt_file {
    struct buffer stream;
    struct ppt_slide *slides;
    size_t count;
    struct ppt_object *objects;
    size_t object_count;
};

/* Takes a record off the front of S; one that is cut has what there is. False:
 * none is left. */
bool ppt_next(struct ppt_span *s, struct ppt_record *r);

/* The first record of TYPE in S; of INSTANCE unless that is -1. */
bool ppt_find(struct ppt_span s, unsigned type, int instance,
              struct ppt_record *r);

/* Fills F (zeroed); to be cleared in all cases. FLAW: what is missing of a
 * file that can be read. Returns 0, or -1 and E. */
int ppt_file_read(struct ppt_file *f, struct ole *o, struct error *flaw,
                  struct error *e);
void ppt_file_clear(struct ppt_file *f);

#endif
