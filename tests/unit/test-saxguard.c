/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-saxguard.c - what is taken out of a document before libxml2 sees it, and
 * what has to stay. */
#include <config.h>

#include <criterion/criterion.h>
#include <string.h>

#include "base/buffer.h"
#include "format/saxguard.h"

static bool is_dull(struct sax_handler *handler, const char *name, size_t size)
{
    (void)handler;
    return size == 3 && memcmp(name, "x:d", 3) == 0;
}

static void expect(const char *source, bool sound, const char *left)
{
    struct sax_handler handler = { .is_dull = is_dull, .telling = "show" };
    struct buffer b = { 0 };
    buffer_append_string(&b, source);
    cr_expect_eq(sax_guard(&b, &handler), sound, "%s", source);
    cr_expect_str_eq(buffer_string(&b), left);
    buffer_free(&b);
}

static void expect_same(const char *source)
{
    expect(source, true, source);
}

Test(saxguard, dull_elements)
{
    expect("<a>1<x:d/>2<x:d p='&lt;' /></a>", true, "<a>12<x:d p='&lt;' /></a>");
    expect("<a><x:d p=\"it's 1\"\n x:q='\"'/>t<b/></a>", true, "<a>t<b/></a>");
    expect("<a><x:d p='1'><b c='2'/></x:d></a>", true, "<a><x:d><b c='2'/></x:d></a>");
    expect("<x:d p='1'>", true, "<x:d>");
    expect("<x:d p='1'/>", true, "");
    expect("<x:d/><x:d/>t<x:d/>", true, "t");
}

Test(saxguard, not_dull)
{
    expect_same("<a><x:e p='1'/><x:dd/><x:d show='1'/><x:d z:show='1'/></a>");
    expect_same("<a><x:d xmlns:y='1'/><x:d xmlns='1'/></a>");
    expect_same("<a><!-- <x:d/> --><![CDATA[<x:d/>]]><?p <x:d/>?></a>");
    expect_same("<a p='<x:d/>'/>");
    struct sax_handler handler = { 0 };
    struct buffer b = { 0 };
    buffer_append_string(&b, "<a><x:d p='1'/></a>");
    cr_expect(sax_guard(&b, &handler));
    cr_expect_str_eq(buffer_string(&b), "<a><x:d p='1'/></a>");
    buffer_free(&b);
}

/* Faults stay for libxml2 to find, and what is behind them for who reads on. */
Test(saxguard, faults)
{
    expect_same("<a><x:d p/><x:d p=1/><x:d p='1'q='2'/><x:d \xff='1'/></a>");
    expect_same("<a><x:d p='\x01'/><x:d p='\xc3\xa4'/><x:d p='1' / ></a>");
    expect("<a><x:d p='1'/><x:d p='1' <b/></a>", false, "<a><x:d p='1' <b/></a>");
    expect("<a><x:d/><x:d p='", false, "<a><x:d p='");
    expect("<a><x:d/><x:d", false, "<a><x:d");
    expect("<a><x:d/><x:d p", false, "<a><x:d p");
    expect("<!DOCTYPE a [<!ENTITY b 'c'>]><a><x:d/></a>", true,
           "                              <a></a>");
}

Test(saxguard, many_attributes)
{
    struct buffer b = { 0 };
    buffer_append_string(&b, "<x:d");
    for (int i = 0; i <= SAX_ATTRIBUTES; i++)
        buffer_printf(&b, " a%d='1'", i);
    buffer_append_string(&b, "/>");
    struct sax_handler handler = { .is_dull = is_dull, .telling = "show" };
    cr_expect_not(sax_guard(&b, &handler));
    buffer_free(&b);
}

static bool is_open(const char *source)
{
    struct buffer b = { 0 };
    buffer_append_string(&b, source);
    bool found = sax_is_open(&b);
    buffer_free(&b);
    return found;
}

Test(saxguard, declarations_outside)
{
    cr_expect(is_open("<?xml version='1.0'?><!-- x -->\n<!DOCTYPE a SYSTEM 'a.dtd'><a/>"));
    cr_expect(is_open("<!DOCTYPE a PUBLIC \"x\" \"y\"><a/>"));
    cr_expect(is_open("<!DOCTYPE a [<!ENTITY b SYSTEM 'b.xml'>]><a>&b;</a>"));
    cr_expect_not(is_open("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&d; SYSTEM</a>"));
    cr_expect_not(is_open("<a>PUBLIC</a><!DOCTYPE a SYSTEM 'a.dtd'>"));
    cr_expect_not(is_open("<!DOCTYPE a SYSTEM"));
    cr_expect_not(is_open(""));
}
