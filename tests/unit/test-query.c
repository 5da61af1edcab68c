/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-query.c - words as queries of FTS5, and the marks of snippets. */
#include <config.h>

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "cli/query.h"
#include "cli/snippet.h"

static void check(const char *typed, bool trigrams, enum query_problem problem,
                  const char *query)
{
    struct query q = { 0 };
    char *words[] = { (char *)typed };
    cr_expect_eq(query_build(&q, words, 1, trigrams), problem, "%s", typed);
    cr_expect_str_eq(buffer_string(&q.match), query, "%s: %s", typed,
                     buffer_string(&q.match));
    query_clear(&q);
}

Test(query, words)
{
    check("heron", false, QUERY_GOOD, "\"heron\"");
    check("  a\tb\n", false, QUERY_GOOD, "\"a\" AND \"b\"");
    check("\"a b\" c", false, QUERY_GOOD, "\"a b\" AND \"c\"");
    check("\"a b", false, QUERY_GOOD, "\"a b\"");
    check("a\"b", false, QUERY_GOOD, "\"a\"\"b\"");
    check("\"a\"b", false, QUERY_GOOD, "\"a\" AND \"b\"");
    check("her* \"a b\"*", false, QUERY_GOOD, "\"her\" * AND \"a b\" *");
    check("a* b**", false, QUERY_GOOD, "\"a\" * AND \"b*\" *");
    check("OR text:x NEAR(a)", false, QUERY_GOOD, "\"OR\" AND \"text:x\" AND \"NEAR(a)\"");
    check("caf\xc3\xa9 \xe6\x97\xa5", false, QUERY_GOOD,
          "\"caf\xc3\xa9\" AND \"\xe6\x97\xa5\"");
    check("a\xff", false, QUERY_GOOD, "\"a\xef\xbf\xbd\"");
}

Test(query, joins_arguments)
{
    struct query q = { 0 };
    char *words[] = { "\"a", "b\"", "c" };
    cr_expect_eq(query_build(&q, words, 3, false), QUERY_GOOD);
    cr_expect_str_eq(buffer_string(&q.match), "\"a b\" AND \"c\"");
    query_clear(&q);
}

Test(query, leaves_out_what_no_index_holds)
{
    check("a - ! \"\" \"?!\" *", false, QUERY_GOOD, "\"a\"");
    check("", false, QUERY_EMPTY, "");
    check("\"", false, QUERY_EMPTY, "");
    check("- * \xff", false, QUERY_EMPTY, "");
}

/* The query, which has nothing for the index, looks for WORD in the text. */
static void check_short(const char *typed, const char *match, const char *word)
{
    struct query q = { 0 };
    char *words[] = { (char *)typed };
    cr_expect_eq(query_build(&q, words, 1, true), QUERY_GOOD, "%s", typed);
    cr_expect_str_eq(buffer_string(&q.match), match);
    cr_expect_eq(json_array_size(q.within), 1);
    cr_expect_str_eq(json_string_value(json_array_get(q.within, 0)), word);
    query_clear(&q);
}

Test(query, trigrams_have_three_letters)
{
    check("abc -->", true, QUERY_GOOD, "\"abc\" AND \"-->\"");
    check_short("abc \xe6\x97\xa5\xe6\x9c\xac", "\"abc\"", "\xe6\x97\xa5\xe6\x9c\xac");
    check("\"a b\"", true, QUERY_GOOD, "\"a b\"");
    check_short("ab*", "", "ab");
    check("\"\"", true, QUERY_EMPTY, "");
}

Test(query, bounds_words)
{
    struct buffer typed = { 0 };
    struct query q = { 0 };
    for (int i = 0; i < QUERY_WORDS_MAX; i++)
        buffer_append_string(&typed, "x ");
    char *words[] = { (char *)buffer_string(&typed), "y" };
    cr_expect_eq(query_build(&q, words, 1, false), QUERY_GOOD);
    query_clear(&q);
    cr_expect_eq(query_build(&q, words, 2, false), QUERY_TOO_MANY);
    buffer_free(&typed);
    query_clear(&q);
}

static void check_snippet(const char *snippet, bool color, const char *line)
{
    struct buffer b = { 0 };
    snippet_append(&b, snippet, color);
    cr_expect_str_eq(buffer_string(&b), line, "%s", buffer_string(&b));
    buffer_free(&b);
}

#define HIT(word) SNIPPET_OPEN word SNIPPET_CLOSE

Test(snippet, is_one_printable_line)
{
    check_snippet("a  \n b " HIT("hit") "\t.", false, "a b hit .");
    check_snippet("\n a\x1b\x7f\xff", false, "a\\x1b\\x7f\\xff");
    check_snippet("a " HIT("hit") " b", true, "a \033[1;31mhit\033[m b");
    /* Marks of the text's own leave nothing bold. */
    check_snippet(SNIPPET_CLOSE "a" SNIPPET_OPEN SNIPPET_OPEN "b", true,
                  "a\033[1;31mb\033[m");
}

Test(snippet, says_where_hits_are)
{
    json_t *o = json_object();
    snippet_put(o, "\xc3\xa9 \n" HIT("hit") "\xff" HIT("x") SNIPPET_OPEN);
    char *text = json_dumps(o, JSON_COMPACT | JSON_SORT_KEYS);
    cr_expect_str_eq(text, "{\"hits\":[{\"end\":6,\"start\":3},{\"end\":10,\"start\":9}],"
                           "\"snippet\":\"\xc3\xa9 hit\xef\xbf\xbdx\"}");
    free(text);
    json_decref(o);
}
