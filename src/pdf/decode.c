/* SPDX-License-Identifier: GPL-3.0-or-later */
/* decode.c - the filters that a stream's dictionary names, and the bytes that come out of
 * them, which are chained so that closing frees what was not released. */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "pdf/flate.h"
#include "pdf/inside.h"

/* Filters of one stream. */
#define DECODE_STEPS 8
/* Whatever the ratio, so much may come out. */
#define DECODE_LEAST ((size_t)64 << 10)

struct objects_bytes {
    struct objects_bytes *next, **link;
    unsigned char data[];
};

static int decode_number(struct objects *o, const struct value *parameters,
                         const char *key, int fallback)
{
    int64_t number = value_integer(objects_find(o, parameters, key), fallback);
    return number < 0 || number > INT32_MAX ? 0 : (int)number;
}

static bool decode_step(struct objects *o, const struct value *filter,
                        const struct value *parameters, struct stream_step *step)
{
    if (filter->type != VALUE_NAME)
        return false;
    step->filter = stream_filter(filter->text);
    step->early = decode_number(o, parameters, "EarlyChange", 1) != 0;
    if (step->filter != STREAM_FLATE && step->filter != STREAM_LZW)
        return true;
    step->predict = (struct predict){
        .predictor = decode_number(o, parameters, "Predictor", 1),
        .colors = decode_number(o, parameters, "Colors", 1),
        .bits = decode_number(o, parameters, "BitsPerComponent", 8),
        .columns = (size_t)decode_number(o, parameters, "Columns", 1),
    };
    return true;
}

/* -1: they make no sense. */
static int decode_steps(struct objects *o, const struct value *v,
                        struct stream_step steps[DECODE_STEPS])
{
    const struct value *filter = objects_find(o, v, "Filter");
    const struct value *parameters = objects_find(o, v, "DecodeParms");
    if (filter->type == VALUE_NULL)
        filter = objects_find(o, v, "F");
    if (parameters->type == VALUE_NULL)
        parameters = objects_find(o, v, "DP");
    if (filter->type == VALUE_NULL)
        return 0;
    if (filter->type != VALUE_ARRAY) {
        if (parameters->type == VALUE_ARRAY)
            parameters = objects_at(o, parameters, 0);
        return decode_step(o, filter, parameters, steps) ? 1 : -1;
    }
    if (filter->list.count > DECODE_STEPS)
        return -1;
    for (uint32_t i = 0; i < filter->list.count; i++) {
        const struct value *own = parameters->type == VALUE_ARRAY
                                      ? objects_at(o, parameters, i)
                                  : filter->list.count == 1 ? parameters
                                                            : &value_null;
        if (!decode_step(o, objects_at(o, filter, i), own, steps + i))
            return -1;
    }
    return (int)filter->list.count;
}

static void decode_chain(struct objects *o, struct objects_bytes *b)
{
    b->next = o->bytes;
    b->link = &o->bytes;
    if (b->next)
        b->next->link = &b->next;
    o->bytes = b;
}

/* A copy of S that is chained. */
static bool decode_keep(struct objects *o, struct span s, struct span *kept)
{
    size_t size = (size_t)(s.end - s.at);
    struct objects_bytes *b = malloc(sizeof *b + size);
    if (!b)
        return false;
    memcpy(b->data, s.at, size);
    decode_chain(o, b);
    *kept = (struct span){ b->data, b->data + size };
    return true;
}

static enum objects_decoded decode_end(enum stream_end end)
{
    return end == STREAM_WHOLE ? OBJECTS_WHOLE
           : end == STREAM_CUT ? OBJECTS_CUT
                               : OBJECTS_REFUSED;
}

/* STREAM's bytes through COUNT steps, from IN, which are decrypted. */
static enum objects_decoded decode_run(struct objects *o, const struct value *stream,
                                       const struct stream_step *steps, size_t count,
                                       struct span in, struct span *bytes)
{
    struct span out;
    size_t size = (size_t)(in.end - in.at), most = OBJECTS_STREAM_MOST;
    if (size < (most - DECODE_LEAST) / OBJECTS_RATIO)
        most = DECODE_LEAST + size * OBJECTS_RATIO;
    uint64_t before = stream_cost(o->stream);
    enum objects_decoded end =
        decode_end(stream_run(o->stream, steps, count, in, most, &out));
    o->cost += size + stream_cost(o->stream) - before;
    if (end == OBJECTS_REFUSED || out.at == value_stream(stream).at)
        *bytes = end == OBJECTS_REFUSED ? *bytes : out;
    else if (!decode_keep(o, out, bytes))
        end = OBJECTS_REFUSED;
    stream_rest(o->stream);
    return end;
}

/* The same for bytes that are encrypted. */
static enum objects_decoded decode_decrypted(struct objects *o,
                                             const struct value *stream,
                                             const struct stream_step *steps,
                                             size_t count, enum crypt_method method,
                                             struct span *bytes)
{
    struct span in = value_stream(stream);
    const struct objects_crypt *c = o->crypt;
    unsigned char *data = malloc((size_t)(in.end - in.at) + 1);
    if (!data)
        return OBJECTS_REFUSED;
    size_t size = crypt_decrypt(method, c->key, c->key_size, stream->number,
                                stream->generation, in, data);
    in = (struct span){ data, data + size };
    enum objects_decoded end = decode_run(o, stream, steps, count, in, bytes);
    free(data);
    return end;
}

enum objects_decoded objects_decode(struct objects *o, const struct value *stream,
                                    struct span *bytes)
{
    struct stream_step steps[DECODE_STEPS] = { 0 };
    enum crypt_method method;
    *bytes = (struct span){ o->file.at, o->file.at };
    if (stream->type != VALUE_STREAM)
        return OBJECTS_REFUSED;
    int count = decode_steps(o, stream, steps);
    for (int i = 0; i < count; i++)
        if (steps[i].filter == STREAM_IMAGE)
            return OBJECTS_IMAGE;
    if (count < 0 || !unlock_stream_method(o, stream, &method))
        return OBJECTS_REFUSED;
    return method == CRYPT_IDENTITY
               ? decode_run(o, stream, steps, (size_t)count, value_stream(stream), bytes)
               : decode_decrypted(o, stream, steps, (size_t)count, method, bytes);
}

bool objects_decode_start(struct objects *o, const struct value *stream, size_t most,
                          struct span *bytes)
{
    struct stream_step steps[DECODE_STEPS] = { 0 };
    enum crypt_method method;
    if (stream->type != VALUE_STREAM || decode_steps(o, stream, steps) != 1 ||
        steps->filter != STREAM_FLATE || steps->predict.predictor > 1 ||
        !unlock_stream_method(o, stream, &method) || method != CRYPT_IDENTITY)
        return false;
    struct objects_bytes *b = malloc(sizeof *b + most);
    size_t size;
    if (!b || flate_salvage(value_stream(stream), b->data, most, &size) == FLATE_BAD) {
        free(b);
        return false;
    }
    o->cost += size;
    decode_chain(o, b);
    *bytes = (struct span){ b->data, b->data + size };
    return true;
}

void objects_release(struct objects *o, struct span bytes)
{
    if (bytes.at >= o->file.at && bytes.at <= o->file.end)
        return;
    struct objects_bytes *b =
        (struct objects_bytes *)(bytes.at - offsetof(struct objects_bytes, data));
    *b->link = b->next;
    if (b->next)
        b->next->link = b->link;
    free(b);
}

void objects_release_all(struct objects *o)
{
    for (struct objects_bytes *b = o->bytes, *next; b; b = next) {
        next = b->next;
        free(b);
    }
    o->bytes = NULL;
}
