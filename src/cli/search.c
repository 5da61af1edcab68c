/* SPDX-License-Identifier: GPL-3.0-or-later */
/* search.c - `extract search`: pages of a corpus with all of some words, the best
 * first, by FTS5's own order of rank, in which it sorts before it makes snippets. */
#include <config.h>

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/diag.h"
#include "cli/command.h"
#include "cli/query.h"
#include "cli/snippet.h"
#include "cli/status.h"
#include "document/record.h"
#include "input/filter.h"
#include "store/foreign.h"

#define SEARCH_LIMIT 20

enum search_option { SEARCH_COLOR = 256, SEARCH_JSON, SEARCH_PATH, SEARCH_QUERY };

static const struct command_option search_options[] = {
    { 'n', "limit", "N", "so many pages at most [default: 20]" },
    { SEARCH_PATH, "path", "GLOB", "only documents whose path matches GLOB" },
    { SEARCH_QUERY, "query", NULL, "take the words as a query of SQLite's FTS5" },
    { SEARCH_JSON, "json", NULL, "a JSON object a line for each page" },
    { SEARCH_COLOR, "color", "WHEN", "hits in bold: auto, always, never" },
    { 'h', "help", NULL, "show this help" },
    { 0 }
};

static int search_run(const struct command_line *line);

const struct command command_search = {
    .name = "search",
    .operands = "DB WORD...",
    .summary = "find words in a database that -f sqlite wrote",
    .about = "Print path, page and a piece of text of each page with all WORDs, best "
             "first.\n'\"two words\"' is a phrase, word* a beginning; nothing else "
             "has a meaning.\nDB is what extract -f sqlite -o DB has written.\n",
    .statuses = "0 found, 1 nothing found, 2 wrong usage, 3 DB cannot be read",
    .options = search_options,
    .run = search_run,
};

/* A page that comes in several rows, and was shown. */
struct search_page {
    int64_t document, page;
};

struct search {
    const struct command_line *line;
    struct database database;
    sqlite3_stmt *statement;
    struct filter filter;
    const char *glob;
    int limit;
    bool json, color;
    struct search_page *shown;
    size_t shown_count, shown_room;
    struct buffer out;
};

enum search_column {
    SEARCH_COLUMN_PATH,
    SEARCH_COLUMN_PAGE,
    SEARCH_COLUMN_TITLE,
    SEARCH_COLUMN_RANK,
    SEARCH_COLUMN_DOCUMENT,
    SEARCH_COLUMN_PARTS,
    SEARCH_COLUMN_SNIPPET
};

/* Pages that hold each of the strings of ?3, in any case of ASCII letters. */
#define SEARCH_WITHIN                                                          \
    " NOT EXISTS(SELECT 1 FROM json_each(?3)"                                  \
    "  WHERE instr(lower(p.text), lower(value)) = 0)"
/* Whether the page has other rows. */
#define SEARCH_IN_PARTS                                                        \
    " EXISTS(SELECT 1 FROM pages q WHERE q.document = p.document"               \
    "  AND q.page = p.page AND q.id <> p.id)"
/* The order of the tables is that of the search. A snippet has up to as many tokens,
 * which are letters in an index of trigrams. */
#define SEARCH_SQL                                                             \
    "SELECT d.path, p.page, d.title, search.rank, p.document," SEARCH_IN_PARTS  \
    ", snippet(search, 0, '" SNIPPET_OPEN "', '" SNIPPET_CLOSE "', '…', ?2)"     \
    " FROM search CROSS JOIN pages p ON p.id = search.rowid"                    \
    " CROSS JOIN documents d ON d.id = p.document"                              \
    " WHERE search MATCH ?1 AND (?3 IS NULL OR" SEARCH_WITHIN ")"               \
    " ORDER BY search.rank"
/* Without the index, which has nothing to ask for: ?2 letters about the first hit. */
#define SEARCH_SCAN_SQL                                                        \
    "SELECT path, page, title, 0.0, document, parts,"                           \
    " iif(hit > ?2 / 2, '…', '') || substr(text, max(1, hit - ?2 / 2),"         \
    "  min(hit - 1, ?2 / 2)) || '" SNIPPET_OPEN "' || substr(text, hit, size)"  \
    " || '" SNIPPET_CLOSE "' || substr(text, hit + size, ?2 / 2)"               \
    " || iif(length(text) >= hit + size + ?2 / 2, '…', '')"                     \
    " FROM (SELECT d.path, p.page, d.title, p.document, p.text,"                \
    SEARCH_IN_PARTS " AS parts, length(?3 ->> 0) AS size,"                      \
    " instr(lower(p.text), lower(?3 ->> 0)) AS hit"                             \
    " FROM pages p JOIN documents d ON d.id = p.document"                       \
    " WHERE" SEARCH_WITHIN " ORDER BY p.id)"
#define SEARCH_WORDS 20
#define SEARCH_LETTERS 64

static int search_fail(const struct error *e)
{
    diag_error(NULL, "%s", e->detail);
    return EXIT_STATUS_RUN;
}

/* Whether the index is one of trigrams; -1 and E: there is none. */
static int search_has_trigrams(struct search *s, struct error *e)
{
    int64_t kind;
    if (database_number(&s->database,
                        "SELECT 1 + (sql LIKE '%tokenize=''trigram%') FROM sqlite_schema"
                        " WHERE name = 'search' AND type = 'table'"
                        " AND sql LIKE 'CREATE VIRTUAL TABLE search USING fts5(%'",
                        &kind, e) != 0)
        return -1;
    if (kind == 0)
        return error_set(e, ERROR_OUTPUT, "%s has no index of words", s->database.path);
    return kind == 2;
}

static int search_complain(const struct command *c, enum query_problem problem)
{
    if (problem == QUERY_EMPTY)
        return command_complain(c, "no WORD with a letter or a digit is given");
    return command_complain(c, "more than %d WORDs are given", QUERY_WORDS_MAX);
}

/* The query of the operands. 0, or the exit status after a message. */
static int search_query(struct search *s, bool trigrams, struct query *query)
{
    const struct command_line *line = s->line;
    if (!command_value(line, "query")) {
        enum query_problem problem = query_build(query, line->operands + 1,
                                                 line->operand_count - 1, trigrams);
        return problem == QUERY_GOOD ? 0 : search_complain(line->command, problem);
    }
    for (size_t i = 1; i < line->operand_count; i++) {
        buffer_append_string(&query->match, i > 1 ? " " : "");
        buffer_append_string(&query->match, line->operands[i]);
    }
    return 0;
}

/* Whether this page was shown with another of its rows. */
static bool search_was_shown(struct search *s)
{
    sqlite3_stmt *t = s->statement;
    if (!sqlite3_column_int(t, SEARCH_COLUMN_PARTS))
        return false;
    struct search_page page = { sqlite3_column_int64(t, SEARCH_COLUMN_DOCUMENT),
                                sqlite3_column_int64(t, SEARCH_COLUMN_PAGE) };
    for (size_t i = 0; i < s->shown_count; i++)
        if (s->shown[i].document == page.document && s->shown[i].page == page.page)
            return true;
    if (s->shown_count == s->shown_room) {
        s->shown_room = s->shown_room * 2 + 8;
        s->shown = xrealloc_array(s->shown, s->shown_room, sizeof *s->shown);
    }
    s->shown[s->shown_count++] = page;
    return false;
}

static const char *search_text(struct search *s, enum search_column column)
{
    const char *text = (const char *)sqlite3_column_text(s->statement, (int)column);
    return text ? text : "";
}

static void search_json(struct search *s, const char *path)
{
    sqlite3_stmt *t = s->statement;
    bool titled = sqlite3_column_type(t, SEARCH_COLUMN_TITLE) != SQLITE_NULL;
    json_t *o = json_object();
    record_put_path(o, path);
    json_object_set_new(o, "page",
                        json_integer(sqlite3_column_int64(t, SEARCH_COLUMN_PAGE)));
    json_object_set_new(o, "title",
                        titled ? record_string(search_text(s, SEARCH_COLUMN_TITLE))
                               : json_null());
    snippet_put(o, search_text(s, SEARCH_COLUMN_SNIPPET));
    json_object_set_new(o, "rank",
                        json_real(sqlite3_column_double(t, SEARCH_COLUMN_RANK)));
    record_dump(&s->out, o, JSON_COMPACT);
    buffer_append_char(&s->out, '\n');
}

static void search_line(struct search *s, const char *path)
{
    diag_append_quoted(&s->out, path);
    buffer_printf(&s->out, ":%lld: ",
                  (long long)sqlite3_column_int64(s->statement, SEARCH_COLUMN_PAGE));
    snippet_append(&s->out, search_text(s, SEARCH_COLUMN_SNIPPET), s->color);
    buffer_append_char(&s->out, '\n');
}

/* Prints what the statement finds. The exit status. */
static int search_print(struct search *s)
{
    struct error e = { 0 };
    int found = 0, rc = SQLITE_DONE;
    while (found < s->limit &&
           (rc = database_step(&s->database, s->statement, &e)) == SQLITE_ROW) {
        const char *path = search_text(s, SEARCH_COLUMN_PATH);
        if (!filter_takes(&s->filter, path) || search_was_shown(s))
            continue;
        if (s->json)
            search_json(s, path);
        else
            search_line(s, path);
        found++;
        if (command_print(&s->out) != 0)
            return EXIT_STATUS_RUN;
    }
    /* FTS5 reads a query when it is stepped for the first time. */
    if (rc < 0 && command_value(s->line, "query") &&
        sqlite3_extended_errcode(s->database.handle) == SQLITE_ERROR)
        return command_complain(s->line->command, "%s",
                                sqlite3_errmsg(s->database.handle));
    if (rc < 0)
        return search_fail(&e);
    return found ? EXIT_STATUS_OK : EXIT_STATUS_TROUBLE;
}

/* Prints what QUERY finds. The exit status. */
static int search_ask(struct search *s, bool trigrams, const struct query *query)
{
    struct error e = { 0 };
    bool scan = query->within && !query->match.size;
    char *within = query->within ? json_dumps(query->within, JSON_COMPACT) : NULL;
    int rc;
    s->statement = database_prepare(&s->database, scan ? SEARCH_SCAN_SQL : SEARCH_SQL,
                                    &e);
    if (s->statement) {
        if (!scan)
            sqlite3_bind_text64(s->statement, 1,
                                query->match.size ? query->match.data : "",
                                query->match.size, SQLITE_STATIC, SQLITE_UTF8);
        sqlite3_bind_int(s->statement, 2, trigrams ? SEARCH_LETTERS : SEARCH_WORDS);
        sqlite3_bind_text(s->statement, 3, within, -1, SQLITE_STATIC);
        rc = search_print(s);
    } else {
        rc = search_fail(&e);
    }
    sqlite3_finalize(s->statement);
    free(within);
    return rc;
}

/* With the database open. The exit status. */
static int search_look(struct search *s)
{
    struct error e = { 0 };
    struct query query = { 0 };
    int trigrams = search_has_trigrams(s, &e);
    int rc = trigrams < 0 ? search_fail(&e) : search_query(s, trigrams, &query);
    if (rc == 0) {
        rc = search_ask(s, trigrams, &query);
        if (rc == EXIT_STATUS_TROUBLE && !trigrams && !command_value(s->line, "query") &&
            query_is_unspaced(buffer_string(&query.match)))
            diag_warning(NULL, "this index is of words; one that -f sqlite --fts=trigram "
                               "makes finds parts of text without spaces");
    }
    query_clear(&query);
    return rc;
}

static int search_database(struct search *s)
{
    struct error e = { 0 };
    bool has_pages;
    char *path = foreign_locate(s->line->operands[0], &e);
    int rc;
    if (!path || foreign_open(&s->database, path, &has_pages, &e) != 0) {
        rc = search_fail(&e);
    } else if (!has_pages) {
        diag_error(path, "a manifest, which holds no text; extract -f sqlite -o DB makes "
                         "a database to search");
        rc = EXIT_STATUS_RUN;
    } else {
        rc = search_look(s);
    }
    database_close(&s->database);
    free(path);
    return rc;
}

/* Whether hits are shown in bold; -1 after a message. */
static int search_color(const struct command_line *line)
{
    const char *when = command_value(line, "color");
    const char *terminal = getenv("TERM"), *none = getenv("NO_COLOR");
    if (when && !strcmp(when, "always"))
        return 1;
    if (when && !strcmp(when, "never"))
        return 0;
    if (when && strcmp(when, "auto") != 0) {
        command_complain(line->command, "--color: '%s' is none of auto, always, never",
                         when);
        return -1;
    }
    return isatty(STDOUT_FILENO) && !(none && *none) &&
           terminal && strcmp(terminal, "dumb") != 0;
}

static int search_run(const struct command_line *line)
{
    struct search s = { .line = line };
    int color = search_color(line);
    s.limit = command_count(line, "limit", SEARCH_LIMIT);
    if (color < 0 || s.limit < 0)
        return EXIT_STATUS_USAGE;
    if (line->operand_count == 0)
        return command_complain(line->command, "no DB is given");
    if (line->operand_count == 1)
        return command_complain(line->command, "no WORD to search for is given");
    s.color = color;
    s.json = command_value(line, "json");
    s.glob = command_value(line, "path");
    if (s.glob)
        s.filter = (struct filter){ .includes = &s.glob, .include_count = 1 };
    int rc = search_database(&s);
    buffer_free(&s.out);
    free(s.shown);
    return rc;
}
