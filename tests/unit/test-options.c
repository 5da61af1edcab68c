/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-options.c - command lines and what they resolve to: defaults, and every
 * option. */
#include <config.h>

#include <criterion/criterion.h>
#include <string.h>

#include "base/hardware.h"
#include "cli/options.h"
#include "format/engine.h"
#include "format/format.h"
#include "usage.h"

Test(options, table_is_sound)
{
    for (size_t i = 0; i < options_count; i++) {
        const struct options_spec *a = &options_table[i];

        cr_expect_eq(options_find((int)a->id), a, "two options share %s's id",
                     a->name);
        cr_expect_eq(a->value == NULL, a->kind == OPTIONS_FLAG, "%s", a->name);
        cr_expect_eq(a->words != NULL, a->kind == OPTIONS_WORD, "%s", a->name);
        cr_expect_eq(a->maximum > 0, a->kind == OPTIONS_NUMBER, "%s", a->name);
        for (size_t k = i + 1; k < options_count; k++)
            cr_expect_str_neq(a->name, options_table[k].name);
    }
}

Test(options, defaults)
{
    struct settings s;

    cr_assert_eq(PARSE(&s, "a.pdf"), -1);
    cr_expect_eq(s.source.path_count, 1);
    cr_expect_str_eq(s.source.paths[0], "a.pdf");
    cr_expect_eq(s.source.list_count, 0);
    cr_expect_eq(s.source.include_count, 0);
    cr_expect_eq(s.source.exclude_count, 0);
    cr_expect_eq(s.source.wake_fd, -1);
    cr_expect_eq(s.type_count, 0);
    cr_expect_null(s.pages);
    cr_expect_null(s.password);
    cr_expect_null(s.output);
    cr_expect_eq(s.order, ORDER_INPUT);
    cr_expect_eq(s.hold_bytes, (size_t)64 << 20);
    cr_expect_eq(s.options.layout, FORMAT_READING);
    cr_expect_not(s.options.keep_hyphens);
    cr_expect_not(s.options.strip_headers);
    cr_expect_eq(s.options.pdf_engine, NULL);
    cr_expect_eq(s.jobs, hardware_cpus());
    cr_expect_eq(s.split_pages, 32);
    cr_expect_eq(s.epub_jobs, 2);
    cr_expect_eq(memcmp(&s.tiers, &tier_limits_default, sizeof s.tiers), 0);
    cr_expect(s.isolated);
    cr_expect_eq(s.sandbox, SANDBOX_AUTO);
    cr_expect_eq(s.timeout, 60.0);
    cr_expect_eq(s.page_timeout, 30.0);
    cr_expect_eq(s.memory_limit, (uint64_t)1 << 30);
    cr_expect_eq(s.retries, 2);
    cr_expect_null(s.stats);
    cr_expect_eq(s.progress, PROGRESS_AUTO);
    cr_expect_eq(s.level, DIAG_NORMAL);
    settings_destroy(&s);
}

Test(options, every_option)
{
    struct settings s;

    cr_assert_eq(PARSE(&s, "-o", "new-directory", "-j", "7",
                       "--split-pages=5", "--epub-jobs", "3",
                       "--tiers=tiny=2M/20", "--pages=2-3", "--password=one",
                       "--stats=-", "--progress=never", "-v", "x"), -1);
    cr_expect_str_eq(s.output, "new-directory");
    cr_expect_eq(s.jobs, 7);
    cr_expect_eq(s.split_pages, 5);
    cr_expect_eq(s.epub_jobs, 3);
    cr_expect_eq(s.tiers.bytes[TIER_TINY], (uint64_t)2 << 20);
    cr_expect_eq(s.tiers.pages[TIER_TINY], 20);
    cr_expect_eq(s.tiers.pages[TIER_LARGE], 1000);
    cr_expect_eq(pages_wanted(s.pages, 10), 2);
    cr_expect_str_eq(s.password, "one");
    cr_expect_str_eq(s.stats, "-");
    cr_expect_eq(s.progress, PROGRESS_NEVER);
    cr_expect_eq(s.level, DIAG_VERBOSE);
    settings_destroy(&s);

    cr_assert_eq(PARSE(&s, "--order=completion", "--hold-memory=3K", "-q",
                       "--stats=out.json", "x"), -1);
    cr_expect_eq(s.order, ORDER_COMPLETION);
    cr_expect_eq(s.hold_bytes, 3072);
    cr_expect_eq(s.level, DIAG_QUIET);
    cr_expect_str_eq(s.stats, "out.json");
    settings_destroy(&s);

    cr_assert_eq(PARSE(&s, "--isolation=process", "--sandbox=require",
                       "--timeout=90", "--page-timeout", "0.25",
                       "--memory-limit=64M", "--retries=0", "x"), -1);
    cr_expect(s.isolated);
    cr_expect_eq(s.sandbox, SANDBOX_REQUIRE);
    cr_expect_eq(s.timeout, 90.0);
    cr_expect_eq(s.page_timeout, 0.25);
    cr_expect_eq(s.memory_limit, SETTINGS_MEMORY_MIN);
    cr_expect_eq(s.retries, 0);
    settings_destroy(&s);

    cr_assert_eq(PARSE(&s, "--layout=physical", "--no-dehyphenate",
                       "--strip-headers", "--pdf-engine=poppler", "x"), -1);
    cr_expect_eq(s.options.layout, FORMAT_PHYSICAL);
    cr_expect(s.options.keep_hyphens);
    cr_expect(s.options.strip_headers);
    cr_expect_str_eq(s.options.pdf_engine, "poppler");
    settings_destroy(&s);

    cr_assert_eq(PARSE(&s, "--sandbox=off", "--retries=100", "x"), -1);
    cr_expect_eq(s.sandbox, SANDBOX_OFF);
    cr_expect_eq(s.retries, SETTINGS_RETRIES_MAX);
    settings_destroy(&s);
}

Test(options, options_that_add_up)
{
    struct settings s;

    cr_assert_eq(PARSE(&s, "-T", "one", "--files0-from=two", "-Tthree",
                       "--include=*.pdf", "--exclude", "old", "--include=*.txt",
                       "--type=pdf,epub", "--type", "pdf"), -1);
    cr_expect_eq(s.source.path_count, 0);
    cr_assert_eq(s.source.list_count, 3);
    cr_expect_str_eq(s.source.lists[0].path, "one");
    cr_expect_eq(s.source.lists[0].separator, '\n');
    cr_expect_str_eq(s.source.lists[1].path, "two");
    cr_expect_eq(s.source.lists[1].separator, '\0');
    cr_expect_str_eq(s.source.lists[2].path, "three");
    cr_assert_eq(s.source.include_count, 2);
    cr_expect_str_eq(s.source.includes[0], "*.pdf");
    cr_expect_str_eq(s.source.includes[1], "*.txt");
    cr_assert_eq(s.source.exclude_count, 1);
    cr_expect_str_eq(s.source.excludes[0], "old");
    cr_assert_eq(s.type_count, 2);
    cr_expect_str_eq(s.types[1]->name, "epub");
    settings_destroy(&s);
}

Test(options, the_last_one_counts)
{
    struct settings s;

    cr_assert_eq(PARSE(&s, "-j1", "-o", ".", "-q", "--pages=1", "--password=a",
                       "--progress=never", "--progress", "-o-", "--pages=2-",
                       "--password=b", "-v", "-j2", "--isolation=none",
                       "--isolation=process", "--sandbox=off",
                       "--sandbox=auto", "--timeout=1", "--timeout=2", "x"),
                 -1);
    cr_expect_eq(s.jobs, 2);
    cr_expect_null(s.output);
    cr_expect_eq(s.level, DIAG_VERBOSE);
    cr_expect_eq(pages_at(s.pages, 0), 2);
    cr_expect_str_eq(s.password, "b");
    cr_expect_eq(s.progress, PROGRESS_ALWAYS);
    cr_expect(s.isolated);
    cr_expect_eq(s.sandbox, SANDBOX_AUTO);
    cr_expect_eq(s.timeout, 2.0);
    settings_destroy(&s);
}

Test(options, order_of_the_command_line)
{
    const char *argv[] = {"extract", "a",   "--spl=4", "b", "-vj", "3",
                          "--",      "--q", "-x",      NULL};
    struct settings s;

    cr_assert_eq(parse(&s, argv), -1);
    cr_expect_eq(s.split_pages, 4);
    cr_expect_eq(s.jobs, 3);
    cr_expect_eq(s.level, DIAG_VERBOSE);
    cr_assert_eq(s.source.path_count, 4);
    cr_expect_str_eq(s.source.paths[0], "a");
    cr_expect_str_eq(s.source.paths[1], "b");
    cr_expect_str_eq(s.source.paths[2], "--q");
    cr_expect_str_eq(s.source.paths[3], "-x");
    cr_expect_str_eq(argv[2], "--spl=4", "argv was permuted");
    settings_destroy(&s);
}

Test(options, a_value_is_copied)
{
    char path[] = "path", jobs[] = "--stats=s";
    char *argv[] = {(char[]){"extract"}, jobs, path, NULL};
    struct settings s;

    cr_assert_eq(settings_parse(3, argv, &s), -1);
    memset(path, '!', sizeof path - 1);
    memset(jobs, '!', sizeof jobs - 1);
    cr_expect_str_eq(s.source.paths[0], "path");
    cr_expect_str_eq(s.stats, "s");
    settings_destroy(&s);
}

/* The names of engines are words of the option. */
Test(options, engines)
{
    for (size_t i = 0; engine_registry[i]; i++) {
        cr_expect_gt(options_word(options_find(OPTION_PDF_ENGINE),
                                  engine_registry[i]->name), 0);
        cr_expect_eq(engine_find(engine_registry[i]->name), engine_registry[i]);
    }
    cr_expect_null(engine_find("auto"));
}

Test(options, watch)
{
    struct settings s;
    const char *const *globs;

    cr_assert_eq(PARSE(&s, "x"), -1);
    cr_expect_not(s.watch.on);
    settings_destroy(&s);
    cr_assert_eq(PARSE(&s, "--watch", "-oout", "--priority-critical=a*",
                       "--priority-batch=*.zip", "--priority-critical=b*",
                       "--on-delete=prune", "."), -1);
    cr_expect(s.watch.on && s.watch.prunes && s.resume);
    cr_expect_eq(s.order, ORDER_COMPLETION);
    cr_expect_eq(s.progress, PROGRESS_NEVER);
    cr_expect_float_eq(s.watch.debounce, 5, 1e-9);
    globs = s.watch.critical;
    cr_assert_eq(s.watch.critical_count, 2);
    cr_expect_str_eq(globs[0], "a*");
    cr_expect_str_eq(globs[1], "b*");
    cr_assert_eq(s.watch.batch_count, 1);
    cr_expect_str_eq(s.watch.batch[0], "*.zip");
    settings_destroy(&s);
    cr_assert_eq(PARSE(&s, "--watch", "-oout", "--debounce=2.5", "--realtime", "."), -1);
    cr_expect_float_eq(s.watch.debounce, 0, 1e-9);
    settings_destroy(&s);
    cr_assert_eq(PARSE(&s, "--watch", "-oout", "--realtime", "--debounce=2.5", "."), -1);
    cr_expect_float_eq(s.watch.debounce, 2.5, 1e-9);
    settings_destroy(&s);
}
