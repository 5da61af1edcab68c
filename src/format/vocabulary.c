/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vocabulary.c - two tables of names, and the few rules that a table cannot
 * say: what stands in a description is metadata, an item of a list of variables
 * is a definition. */
#include <config.h>

#include "format/vocabulary.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/buffer.h"

struct word {
    const char *name;
    const char *html; /* "script": left out */
};

/* Sorted by name, each of them. */
static const struct word fiction[] = {
    { "binary", "script" },
    { "cite", "blockquote" },
    { "description", "script" },
    { "empty-line", "hr" },
    { "epigraph", "blockquote" },
    { "image", "img" },
    { "poem", "section" },
    { "stanza", "section" },
    { "strikethrough", "s" },
    { "stylesheet", "script" },
    { "subtitle", "h2" },
    { "text-author", "p" },
    { "title", "h1" },
    { "v", "div" },
};

static const struct word docbook[] = {
    { "abstract", "section" },
    { "address", "address" },
    { "affiliation", "div" },
    { "answer", "div" },
    { "appendix", "section" },
    { "article", "article" },
    { "author", "div" },
    { "bibliography", "section" },
    { "biblioentry", "p" },
    { "book", "section" },
    { "bridgehead", "h2" },
    { "caution", "section" },
    { "chapter", "section" },
    { "cmdsynopsis", "div" },
    { "colophon", "section" },
    { "copyright", "div" },
    { "corpauthor", "div" },
    { "editor", "div" },
    { "edition", "div" },
    { "entry", "td" },
    { "epigraph", "blockquote" },
    { "example", "section" },
    { "formalpara", "section" },
    { "funcprototype", "div" },
    { "funcsynopsis", "pre" },
    { "glossary", "section" },
    { "glossdef", "dd" },
    { "glossentry", "div" },
    { "glosslist", "dl" },
    { "glossterm", "dfn" },
    { "important", "section" },
    { "indexterm", "script" },
    { "itemizedlist", "ul" },
    { "keywordset", "div" },
    { "legalnotice", "section" },
    { "listitem", "li" },
    { "literallayout", "pre" },
    { "member", "li" },
    { "note", "section" },
    { "orderedlist", "ol" },
    { "othercredit", "div" },
    { "para", "p" },
    { "part", "section" },
    { "preface", "section" },
    { "procedure", "ol" },
    { "programlisting", "pre" },
    { "pubdate", "div" },
    { "publisher", "div" },
    { "qandaentry", "section" },
    { "question", "div" },
    { "quote", "q" },
    { "refentry", "section" },
    { "refmeta", "div" },
    { "refnamediv", "p" },
    { "refsection", "section" },
    { "refsynopsisdiv", "section" },
    { "releaseinfo", "div" },
    { "revhistory", "div" },
    { "revision", "div" },
    { "row", "tr" },
    { "sbr", "br" },
    { "screen", "pre" },
    { "seglistitem", "div" },
    { "segmentedlist", "div" },
    { "sidebar", "section" },
    { "simpara", "p" },
    { "simplelist", "ul" },
    { "step", "li" },
    { "subjectset", "div" },
    { "subtitle", "h2" },
    { "synopsis", "pre" },
    { "table", "section" },
    { "term", "dt" },
    { "tgroup", "table" },
    { "tip", "section" },
    { "title", "h1" },
    { "variablelist", "dl" },
    { "warning", "section" },
};

/* What stands between the parts of an element that has nothing but parts. Those of
 * DocBook alone: its writers leave it to who formats them. */
static const struct word docbook_between[] = {
    { "affiliation", " " }, { "articleinfo", " " },
    { "author", " " }, { "biblioentry", " " },
    { "biblioset", " " }, { "bookinfo", " " },
    { "chapterinfo", " " }, { "classsynopsis", " " },
    { "cmdsynopsis", " " }, { "collab", " " },
    { "constructorsynopsis", " " }, { "copyright", " " },
    { "editor", " " }, { "fieldsynopsis", " " },
    { "funcprototype", ", " }, { "group", " " },
    { "info", " " }, { "keycombo", "+" },
    { "keywordset", ", " }, { "menuchoice", " \xe2\x86\x92 " },
    { "methodparam", " " }, { "methodsynopsis", " " },
    { "othercredit", " " }, { "personname", " " },
    { "publisher", " " }, { "refentryinfo", " " },
    { "refmeta", " " }, { "refnamediv", " " },
    { "revision", " " }, { "sectioninfo", " " },
    { "seglistitem", " " }, { "segmentedlist", " " },
    { "subject", " " }, { "subjectset", ", " },
};

/* In these two a name that is not listed is of a part of a line. */
static const struct word word2003[] = {
    { "CustomDocumentProperties", "script" },
    { "DocumentProperties", "script" },
    { "Properties", "script" },
    { "bgPict", "script" },
    { "binData", "script" },
    { "binaryData", "script" },
    { "br", "br" },
    { "coreProperties", "script" },
    { "delInstrText", "script" },
    { "delText", "script" },
    { "docOleData", "script" },
    { "docPr", "script" },
    { "docSuppData", "script" },
    { "fonts", "script" },
    { "ftr", "div" },
    { "hdr", "div" },
    { "instrText", "script" },
    { "lists", "script" },
    { "p", "div" },
    { "part", "div" },
    { "rt", "rt" },
    { "ruby", "ruby" },
    { "schemaLibrary", "script" },
    { "shapeDefaults", "script" },
    { "styles", "script" },
    { "tabs", "script" },
    { "tbl", "table" },
    { "tc", "td" },
    { "tr", "tr" },
};

/* The names of each kind, and for those that are not among them: what they are;
 * or NULL, what they say. */
static const struct {
    const struct word *words;
    size_t count;
    const char *others;
} vocabularies[] = {
    [VOCABULARY_NONE] = { NULL, 0, NULL },
    [VOCABULARY_FICTION] = { fiction, sizeof fiction / sizeof *fiction, NULL },
    [VOCABULARY_DOCBOOK] = { docbook, sizeof docbook / sizeof *docbook, NULL },
    [VOCABULARY_WORD] = { word2003, sizeof word2003 / sizeof *word2003, "span" },
};

/* Of an open element. */
struct level {
    bool defines;        /* the innermost list item's list is one of variables */
    bool is_function;    /* its parts but for the first are in parentheses */
    const char *between; /* its parts; NULL: it has text, too */
    bool parenthesis;    /* and it is open */
    bool separate;       /* a part ended, and no text came since */
    bool has_text;       /* since the last part */
};

struct vocabulary {
    struct sax_handler handler;
    enum vocabulary_kind kind;
    struct sax_handler *next;
    struct metadata *metadata;
    size_t depth;
    size_t inside;  /* depth of the title-info or info that is open; 0: none */
    struct level levels[SAX_DEPTH + 8]; /* the first one is around the root */
    const char *key; /* of the metadata that is gathered; NULL: none */
    size_t key_depth;
    struct buffer value;
};

static int word_compare(const void *key, const void *word)
{
    return strcmp(key, ((const struct word *)word)->name);
}

/* The level of the innermost element, or that of the one UP levels around it. */
static struct level *vocabulary_level(struct vocabulary *v, size_t up)
{
    size_t most = sizeof v->levels / sizeof *v->levels - 1;
    size_t at = v->depth > up ? v->depth - up : 0;
    return &v->levels[at < most ? at : most];
}

static const char *vocabulary_html(struct vocabulary *v, const char *name)
{
    if (v->kind == VOCABULARY_DOCBOOK && vocabulary_level(v, 1)->defines &&
        strcmp(name, "listitem") == 0)
        return "dd";
    /* What a drawing says of itself as a whole; its parts' names are not seen. */
    if (v->kind == VOCABULARY_NONE && v->depth == 2 &&
        (strcmp(name, "title") == 0 || strcmp(name, "desc") == 0))
        return "p";
    const struct word *words = vocabularies[v->kind].words;
    const char *others = vocabularies[v->kind].others;
    const struct word *found =
        words ? bsearch(name, words, vocabularies[v->kind].count, sizeof *words,
                        word_compare)
              : NULL;
    return found ? found->html : others ? others : name;
}

/* --- metadata --- */

static const struct word fiction_keys[] = {
    { "annotation", "subject" }, { "author", "author" },
    { "book-title", "title" },   { "date", "created" },
    { "genre", "keywords" },     { "keywords", "keywords" },
    { "lang", "language" },
};

static const struct word docbook_keys[] = {
    { "author", "author" },     { "date", "created" },
    { "keyword", "keywords" },  { "pubdate", "created" },
    { "publishername", "publisher" }, { "title", "title" },
};

static const struct word svg_keys[] = { { "title", "title" } };

static const struct word office_keys[] = {
    { "Author", "author" },     { "Created", "created" },
    { "Keywords", "keywords" }, { "LastSaved", "modified" },
    { "Subject", "subject" },   { "Title", "title" },
};

static const struct {
    const struct word *words;
    size_t count;
} vocabulary_keys[] = {
    [VOCABULARY_NONE] = { svg_keys, 1 },
    [VOCABULARY_FICTION] = { fiction_keys, sizeof fiction_keys / sizeof *fiction_keys },
    [VOCABULARY_DOCBOOK] = { docbook_keys, sizeof docbook_keys / sizeof *docbook_keys },
    [VOCABULARY_WORD] = { office_keys, sizeof office_keys / sizeof *office_keys },
};

/* Where what names mean is of the document and not of a part of it. */
static bool vocabulary_is_info(const struct vocabulary *v, const char *name)
{
    if (v->kind == VOCABULARY_FICTION)
        return strcmp(name, "title-info") == 0;
    if (v->kind == VOCABULARY_WORD)
        return strcmp(name, "DocumentProperties") == 0;
    if (v->kind == VOCABULARY_DOCBOOK)
        return v->depth == 1 ||
               (v->depth == 2 && (strcmp(name, "info") == 0 ||
                                  strcmp(name, "bookinfo") == 0 ||
                                  strcmp(name, "articleinfo") == 0));
    return v->depth == 1;
}

static const char *vocabulary_key(const struct vocabulary *v, const char *name)
{
    const struct word *keys = vocabulary_keys[v->kind].words;
    const struct word *found = bsearch(name, keys, vocabulary_keys[v->kind].count,
                                       sizeof *keys, word_compare);
    return found ? found->html : NULL;
}

static void vocabulary_metadata_start(struct vocabulary *v, const char *name)
{
    if (v->key) {
        buffer_append_char(&v->value, ' ');
        return;
    }
    /* DocBook's keywords stand in a keywordset. */
    if (v->inside && (v->depth == v->inside + 1 || strcmp(name, "keyword") == 0))
        v->key = vocabulary_key(v, name);
    if (v->key) {
        v->key_depth = v->depth;
        buffer_clear(&v->value);
    } else if (vocabulary_is_info(v, name)) {
        v->inside = v->depth;
    }
}

static void vocabulary_metadata_end(struct vocabulary *v)
{
    if (v->key && v->depth == v->key_depth) {
        bool many = strcmp(v->key, "author") == 0 || strcmp(v->key, "keywords") == 0;
        if (many || !metadata_get(v->metadata, v->key))
            metadata_add(v->metadata, v->key, buffer_string(&v->value));
        v->key = NULL;
    }
    if (v->inside && v->depth == v->inside) /* the root is around an info */
        v->inside = v->kind == VOCABULARY_DOCBOOK ? v->inside - 1 : 0;
}

/* --- what stands between parts --- */

static void vocabulary_say(struct vocabulary *v, const char *text)
{
    v->next->text(v->next, text, strlen(text));
}

/* NAME begins within PARENT. */
static void vocabulary_part(struct vocabulary *v, struct level *parent,
                            const char *name)
{
    if (!parent->between)
        return;
    if (parent->is_function && strcmp(name, "funcdef") != 0) {
        vocabulary_say(v, parent->parenthesis ? parent->between : "(");
        parent->parenthesis = true;
    } else if (parent->separate) {
        vocabulary_say(v, parent->between);
    }
    parent->separate = parent->has_text = false;
}

static void vocabulary_level_start(struct vocabulary *v, const char *name)
{
    struct level *level = vocabulary_level(v, 0);
    memset(level, 0, sizeof *level);
    if (v->kind != VOCABULARY_DOCBOOK)
        return;
    size_t count = sizeof docbook_between / sizeof *docbook_between;
    const struct word *found = bsearch(name, docbook_between, count,
                                       sizeof *docbook_between, word_compare);
    level->defines = strcmp(name, "varlistentry") == 0;
    level->between = found ? found->html : NULL;
    level->is_function = strcmp(name, "funcprototype") == 0;
    if (strcmp(name, "varargs") == 0)
        vocabulary_say(v, "...");
    else if (strcmp(name, "void") == 0 && vocabulary_level(v, 1)->is_function)
        vocabulary_say(v, "void");
}

static bool is_blank(const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        if (!strchr(" \t\r\n", text[i]))
            return false;
    }
    return true;
}

/* --- events --- */

static void vocabulary_start(struct sax_handler *handler, const char *prefix,
                             const char *name,
                             const struct sax_attribute *attributes, size_t count)
{
    struct vocabulary *v = (struct vocabulary *)handler;
    vocabulary_part(v, vocabulary_level(v, 0), name);
    v->depth++;
    vocabulary_metadata_start(v, name);
    v->next->start(v->next, prefix, vocabulary_html(v, name), attributes, count);
    if (v->kind == VOCABULARY_WORD && strcmp(name, "tab") == 0)
        v->next->text(v->next, " ", 1);
    vocabulary_level_start(v, name);
}

static void vocabulary_end(struct sax_handler *handler, const char *name)
{
    struct vocabulary *v = (struct vocabulary *)handler;
    struct level *level = vocabulary_level(v, 0);
    if (level->parenthesis)
        vocabulary_say(v, ")");
    v->next->end(v->next, name);
    vocabulary_metadata_end(v);
    v->depth--;
    vocabulary_level(v, 0)->separate = true;
}

static void vocabulary_text(struct sax_handler *handler, const char *text,
                            size_t size)
{
    struct vocabulary *v = (struct vocabulary *)handler;
    struct level *level = vocabulary_level(v, 0);
    if (v->key && v->value.size < METADATA_VALUE_MAX)
        buffer_append(&v->value, text,
                      size < METADATA_VALUE_MAX ? size : METADATA_VALUE_MAX);
    /* White space between parts is the source's own layout. */
    if (level->between && !level->has_text && is_blank(text, size))
        return;
    level->has_text = true;
    level->separate = false;
    v->next->text(v->next, text, size);
}

struct vocabulary *vocabulary_create(enum vocabulary_kind kind,
                                     struct prose *prose, struct metadata *m)
{
    struct vocabulary *v = xcalloc(1, sizeof *v);
    v->handler = (struct sax_handler){ .start = vocabulary_start,
                                       .end = vocabulary_end,
                                       .text = vocabulary_text };
    v->kind = kind;
    v->next = prose_handler(prose);
    v->metadata = m;
    return v;
}

struct sax_handler *vocabulary_handler(struct vocabulary *v)
{
    return &v->handler;
}

void vocabulary_destroy(struct vocabulary *v)
{
    if (!v)
        return;
    buffer_free(&v->value);
    free(v);
}
