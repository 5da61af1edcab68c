/* SPDX-License-Identifier: GPL-3.0-or-later */
/* stream.c - two buffers that grow: a step reads one and fills the other. What a stream
 * comes to is not known before, so it is tried with room that mostly suffices. */
#include <config.h>

#include "pdf/stream.h"

#include <stdlib.h>

#include "pdf/ascii.h"
#include "pdf/flate.h"
#include "pdf/lzw.h"

#define STREAM_ROOM ((size_t)256 << 10)
/* A buffer that is larger is given back after its stream. */
#define STREAM_KEPT ((size_t)8 << 20)

struct stream_buffer {
    unsigned char *data;
    size_t room;
};

struct stream {
    struct flate *flate;
    struct lzw *lzw; /* made on first need */
    struct stream_buffer buffers[2];
    uint64_t cost;
};

enum stream_filter stream_filter(struct span name)
{
    static const struct {
        const char *name, *abbreviation;
        enum stream_filter filter;
    } known[] = {
        { "FlateDecode", "Fl", STREAM_FLATE },
        { "LZWDecode", "LZW", STREAM_LZW },
        { "ASCII85Decode", "A85", STREAM_ASCII85 },
        { "ASCIIHexDecode", "AHx", STREAM_ASCIIHEX },
        { "RunLengthDecode", "RL", STREAM_RUNLENGTH },
        { "Crypt", "Crypt", STREAM_PLAIN },
        { "DCTDecode", "DCT", STREAM_IMAGE },
        { "CCITTFaxDecode", "CCF", STREAM_IMAGE },
        { "JPXDecode", "JPXDecode", STREAM_IMAGE },
        { "JBIG2Decode", "JBIG2Decode", STREAM_IMAGE },
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (syntax_is(name, known[i].name) || syntax_is(name, known[i].abbreviation))
            return known[i].filter;
    return STREAM_UNKNOWN;
}

struct stream *stream_create(void)
{
    struct stream *s = calloc(1, sizeof *s);
    if (s && !(s->flate = flate_create())) {
        free(s);
        s = NULL;
    }
    return s;
}

static bool stream_grow(struct stream_buffer *b, size_t room)
{
    if (b->room >= room)
        return true;
    unsigned char *data = malloc(room);
    if (!data)
        return false;
    free(b->data);
    *b = (struct stream_buffer){ data, room };
    return true;
}

static void stream_shrink(struct stream_buffer *b)
{
    if (b->room <= STREAM_KEPT)
        return;
    free(b->data);
    *b = (struct stream_buffer){ 0 };
}

/* Fills OUT, which has room for MOST bytes. */
static enum stream_end stream_fill(struct stream *s, const struct stream_step *step,
                                   struct span in, unsigned char *out, size_t most,
                                   size_t *size)
{
    size_t used;
    switch (step->filter) {
    case STREAM_FLATE: {
        enum flate_result result = flate_inflate(s->flate, in, out, most, size, &used);
        if (result == FLATE_BAD)
            result = flate_salvage(in, out, most, size);
        return result == FLATE_OK    ? STREAM_WHOLE
               : result == FLATE_BAD ? STREAM_CUT
                                     : STREAM_OVER;
    }
    case STREAM_LZW:
        if (!s->lzw && !(s->lzw = lzw_create())) {
            *size = 0;
            return STREAM_OVER;
        }
        return lzw_decode(s->lzw, step->early, in, out, most, size);
    case STREAM_ASCII85:
        return ascii_decode_85(in, out, most, size);
    case STREAM_ASCIIHEX:
        return ascii_decode_hex(in, out, most, size);
    case STREAM_RUNLENGTH:
        return ascii_decode_runs(in, out, most, size);
    default:
        *size = 0;
        return STREAM_BAD;
    }
}

/* The first room that a step is tried with. */
static size_t stream_first_room(const struct stream_buffer *b, size_t in, size_t most)
{
    size_t room = in < most / 8 ? in * 8 : most;
    if (room < STREAM_ROOM)
        room = STREAM_ROOM;
    if (room < b->room)
        room = b->room;
    return room < most ? room : most;
}

static size_t stream_larger(struct span in, size_t out)
{
    size_t size = (size_t)(in.end - in.at);
    return size > out ? size : out;
}

static enum stream_end stream_step(struct stream *s, const struct stream_step *step,
                                   struct span in, struct stream_buffer *b,
                                   size_t most, struct span *out)
{
    size_t size = 0, room = stream_first_room(b, (size_t)(in.end - in.at), most);
    enum stream_end end;
    for (;;) {
        if (!stream_grow(b, room))
            return STREAM_OVER;
        end = stream_fill(s, step, in, b->data, room, &size);
        if (end != STREAM_OVER || room == most)
            break;
        room = room < most / 4 ? room * 4 : most;
    }
    s->cost += stream_larger(in, end == STREAM_OVER ? most : size);
    if (end == STREAM_OVER || end == STREAM_BAD)
        return end;
    if (step->predict.predictor > 1) {
        if (!predict_is_sound(&step->predict))
            return STREAM_BAD;
        size = predict_undo(&step->predict, b->data, size);
    }
    *out = (struct span){ b->data, b->data + size };
    return end;
}

enum stream_end stream_run(struct stream *s, const struct stream_step *steps,
                           size_t count, struct span in, size_t most,
                           struct span *out)
{
    enum stream_end end = STREAM_WHOLE;
    for (size_t i = 0; i < count && (end == STREAM_WHOLE || end == STREAM_CUT); i++) {
        if (steps[i].filter == STREAM_PLAIN)
            continue;
        struct stream_buffer *b = s->buffers + (in.at == s->buffers[0].data);
        enum stream_end now = stream_step(s, steps + i, in, b, most, &in);
        if (now != STREAM_WHOLE)
            end = now;
    }
    if (end == STREAM_WHOLE || end == STREAM_CUT)
        *out = in;
    else
        out->at = out->end = NULL;
    return end;
}

uint64_t stream_cost(const struct stream *s)
{
    return s->cost;
}

void stream_rest(struct stream *s)
{
    stream_shrink(s->buffers);
    stream_shrink(s->buffers + 1);
}

void stream_destroy(struct stream *s)
{
    if (!s)
        return;
    flate_destroy(s->flate);
    lzw_destroy(s->lzw);
    free(s->buffers[0].data);
    free(s->buffers[1].data);
    free(s);
}
