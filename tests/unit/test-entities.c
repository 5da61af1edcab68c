/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-entities.c - a chapter's own entities, and the bounds they meet. */
#include <config.h>

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "format/entities.h"

#define HEAD "<?xml version='1.0'?>\n<!-- <!DOCTYPE x [ --><!DOCTYPE html ["
#define TAIL "]>"

/* What BODY becomes after a document type declaration with SUBSET in it; or
 * the error, which leaves all as it was. */
static void expect(const char *subset, const char *body, const char *wanted,
                   const char *detail)
{
    struct buffer source = { 0 }, whole = { 0 };
    struct error e = { 0 };
    buffer_printf(&source, HEAD "%s" TAIL "%s", subset, body);
    buffer_printf(&whole, HEAD "%s" TAIL "%s", subset, detail ? body : wanted);
    cr_expect_eq(entities_expand(&source, &e), detail ? -1 : 0);
    cr_expect_eq(e.kind, detail ? ERROR_LIMIT : ERROR_NONE);
    cr_expect_str_eq(e.detail, detail ? detail : "");
    cr_expect_str_eq(buffer_string(&source), buffer_string(&whole));
    buffer_free(&source);
    buffer_free(&whole);
}

static void becomes(const char *subset, const char *body, const char *wanted)
{
    expect(subset, body, wanted, NULL);
}

static void stays(const char *subset, const char *body)
{
    expect(subset, body, body, NULL);
}

static void refused(const char *subset, const char *body, const char *detail)
{
    expect(subset, body, NULL, detail);
}

Test(entities, text)
{
    becomes("<!ENTITY a 'one'>\n <!ENTITY b \"two\" >", "<p>&a;&b; &a;</p>",
            "<p>onetwo one</p>");
    becomes("<!ENTITY a ''>", "1&a;2", "12");
    /* The first declaration counts, and XML's own stay. */
    becomes("<!ENTITY a '1'><!ENTITY a '2'><!ENTITY lt 'x'><!ENTITY quot 'y'>",
            "&a;&lt;&quot;", "1&lt;&quot;");
    becomes("<!ENTITY a '1'><!ENTITY ab '2'><!ENTITY A '3'><!ENTITY \u00e9 '4'>",
            "&a;&ab;&A;&\u00e9;", "1234");
    /* What is unknown or no reference is for others. */
    becomes("<!ENTITY a '1'>", "&a &amp; &eacute; &#38; & &; &b; &a; &a",
            "&a &amp; &eacute; &#38; & &; &b; 1 &a");
    becomes("<!ENTITY a '<b>x</b>'>", "&a;", "<b>x</b>");
}

Test(entities, values)
{
    /* By number at once, by name when used (XML 1.0, appendix D). */
    becomes("<!ENTITY e '<p>An ampersand (&#38;#38;) may be escaped "
            "(&#38;#38;#38;) or with (&amp;amp;).</p>'>", "&e;",
            "<p>An ampersand (&#38;) may be escaped (&#38;#38;) or with "
            "(&amp;amp;).</p>");
    becomes("<!ENTITY n '&#xE9;&#8212;&#X41;&#0;&#xd800;&#x110000;&#;&#65'>", "&n;",
            "\u00e9\u2014&#X41;&#0;&#xd800;&#x110000;&#;&#65");
    becomes("<!ENTITY b 'B&c;'><!ENTITY a '&b;&b;&nbsp;'><!ENTITY c 'C'>",
            "&a;", "BCBC&nbsp;");
}

Test(entities, attributes)
{
    becomes("<!ENTITY a 'say \"1\" &#60; it&#39;s'>",
            "<p x=\"&a;\" y='&a;' z=&a;>&a;</p>",
            "<p x=\"say &#34;1&#34; &lt; it's\" "
            "y='say \"1\" &lt; it&#39;s' z=&a;>say \"1\" < it's</p>");
    becomes("<!ENTITY a '1'>", "<p x='>'>&a;</p><q x = \"<&a;\" / ><r",
            "<p x='>'>1</p><q x = \"<1\" / ><r");
    /* A tag or a quote without an end. */
    becomes("<!ENTITY a '1'>", "<p <q>&a;", "<p <q>1");
    becomes("<!ENTITY a '1'>", "&a;<p x='1'><q x='>&a;", "1<p x='1'><q x='>&a;");
}

Test(entities, where_none_are)
{
    becomes("<!ENTITY a '1'>",
            "<!--&a;-->&a;<![CDATA[&a;<p>]]>&a;<?x &a; > ?>&a;<!--&a;",
            "<!--&a;-->1<![CDATA[&a;<p>]]>1<?x &a; > ?>1<!--&a;");
    becomes("<!ENTITY a '1'>", "&a;<![CDATA[&a;", "1<![CDATA[&a;");
}

Test(entities, other_declarations)
{
    stays("<!ENTITY a SYSTEM 'file:///etc/passwd'>"
          "<!ENTITY b PUBLIC '-//X' \"http://127.0.0.1/\">"
          "<!ENTITY c SYSTEM 'c.gif' NDATA gif><!ENTITY % d 'x'>%d;"
          "<!ENTITY % e SYSTEM 'e.dtd'>%e;<!ENTITY><!ENTITY f><!ENTITYg 'x'>"
          "<!ENTITY ' 'x'>'>", "&a;&b;&c;&d;&e;&f;&g;");
    becomes("<!-- <!ENTITY a '1'> ]> --><?x <!ENTITY a '2'> ]> ?>"
            "<!ELEMENT p (#PCDATA)><!ATTLIST p x CDATA ']><!ENTITY a \"3\">'>"
            "<!NOTATION gif SYSTEM '>'><!ENTITY a '4]>'>", "&a;", "4]>");
}

/* SOURCE that has no entities of its own, or no way to tell. */
Test(entities, no_subset)
{
    static const char *const sources[] = {
        "", "x", "<p>&a;</p>", "<!DOCTYPE html>&a;", "<!DOCTYPE", "<!--",
        "<!DOCTYPE html SYSTEM '[<!ENTITY a \"1\">]'>&a;", "<!DOCTYPE html '",
        "<p/><!DOCTYPE html [<!ENTITY a '1'>]>&a;", "<!DOCTYPE html [",
        "<!DOCTYPE html [<!ENTITY a '1'>", "<!DOCTYPE html [<!ENTITY a '1'>]",
        "<!DOCTYPE html [<!ENTITY a '1>]>&a;", "<!DOCTYPE html [<!--]>&a;",
        "<!DOCTYPE html [<!ENTITY a '1'", "<!DOCTYPE html [<?",
    };
    for (size_t i = 0; i < sizeof sources / sizeof *sources; i++) {
        struct buffer source = { 0 };
        buffer_append_string(&source, sources[i]);
        cr_expect_eq(entities_expand(&source, NULL), 0);
        cr_expect_str_eq(buffer_string(&source), sources[i]);
        buffer_free(&source);
    }
}

Test(entities, within_each_other)
{
    struct buffer subset = { 0 };
    for (int i = 1; i < ENTITIES_DEPTH; i++)
        buffer_printf(&subset, "<!ENTITY a%d '(&a%d;)'>", i, i - 1);
    buffer_append_string(&subset, "<!ENTITY a0 '0'><!ENTITY b '&a7;'>");
    becomes(buffer_string(&subset), "&a7;", "(((((((0)))))))");
    refused(buffer_string(&subset), "&b;",
            "entities within each other, more than 8 deep");
    buffer_free(&subset);
    refused("<!ENTITY a '&a;'>", "<p>&a;</p>",
            "entities within each other, more than 8 deep");
    refused("<!ENTITY a '&b;'><!ENTITY b 'x&a;'>", "<p x='&b;'/>",
            "entities within each other, more than 8 deep");
}

Test(entities, long_values)
{
    static char subset[ENTITIES_VALUE + 100], body[ENTITIES_VALUE + 1];
    memset(body, 'x', ENTITIES_VALUE);
    snprintf(subset, sizeof subset, "<!ENTITY a '%s'>", body);
    becomes(subset, "&a;", body);
    snprintf(subset, sizeof subset, "<!ENTITY a 'x%s'><!ENTITY b '1'>", body);
    refused(subset, "&b;&a;", "an entity of more than 4096 bytes");
    becomes(subset, "&b;", "1");
}

Test(entities, many)
{
    struct buffer subset = { 0 }, body = { 0 }, wanted = { 0 };
    for (int i = 0; i < ENTITIES_MOST + 2; i++) {
        buffer_printf(&subset, "<!ENTITY e%d '%d,'>", i, i);
        buffer_printf(&body, "&e%d;", i);
        buffer_printf(&wanted, i < ENTITIES_MOST ? "%d," : "&e%d;", i);
    }
    becomes(buffer_string(&subset), buffer_string(&body), buffer_string(&wanted));
    buffer_free(&subset);
    buffer_free(&body);
    buffer_free(&wanted);
}

/* SUBSET, and COUNT times REFERENCE in the body. Never takes long. */
static void bomb(const char *subset, const char *reference, int count)
{
    struct buffer body = { 0 };
    double begin = clock_cpu();
    for (int i = 0; i < count; i++)
        buffer_append_string(&body, reference);
    refused(subset, buffer_string(&body),
            "entities of more than 1048576 bytes together");
    cr_expect_lt(clock_cpu() - begin, 5);
    buffer_free(&body);
}

Test(entities, bombs)
{
    struct buffer subset = { 0 };
    static const char *const leaves[] = { "ha", "" };
    for (size_t leaf = 0; leaf < 2; leaf++) {
        buffer_printf(&subset, "<!ENTITY a0 '%s'>", leaves[leaf]);
        for (int i = 1; i < ENTITIES_DEPTH; i++) {
            buffer_printf(&subset, "<!ENTITY a%d '", i);
            for (int k = 0; k < 500; k++)
                buffer_printf(&subset, "&a%d;", i - 1);
            buffer_append_string(&subset, "'>");
        }
        bomb(buffer_string(&subset), "&a7;", 1);
        buffer_clear(&subset);
    }
    buffer_append_string(&subset, "<!ENTITY a '");
    for (int i = 0; i < ENTITIES_VALUE; i++)
        buffer_append_char(&subset, '"');
    buffer_append_string(&subset, "'>");
    bomb(buffer_string(&subset), "&a;", 300);
    bomb(buffer_string(&subset), "<p x=\"&a;\"/>", 300);
    bomb("<!ENTITY a ''>", "&a;", 200000);
    buffer_free(&subset);
}
