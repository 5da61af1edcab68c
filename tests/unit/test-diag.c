/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-diag.c - errors as sentences, and the lines that go to stderr. */
#include <config.h>

#include <criterion/criterion.h>
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/error.h"
#include "base/utf8.h"

/* stderr is a temporary file from here on. */
static FILE *captured;

static void capture(void)
{
    captured = tmpfile();
    cr_assert_not_null(captured);
    cr_assert_eq(dup2(fileno(captured), STDERR_FILENO), STDERR_FILENO);
}

static void check_captured(const char *expected)
{
    static char text[1 << 20];
    ssize_t size = pread(fileno(captured), text, sizeof text - 1, 0);

    cr_assert_geq(size, 0);
    text[size] = '\0';
    cr_assert_str_eq(text, expected);
}

static void check_quoted(const char *path, const char *expected)
{
    struct buffer b = {0};

    diag_append_quoted(&b, path);
    cr_assert_str_eq(buffer_string(&b), expected);
    buffer_free(&b);
}

Test(error, fills_and_returns)
{
    struct error e = {.kind = ERROR_IO, .sys_errno = 5};

    cr_assert_eq(error_set(&e, ERROR_DAMAGED, "page %d of %s", 3, "x"), -1);
    cr_assert_eq(e.kind, ERROR_DAMAGED);
    cr_assert_eq(e.sys_errno, 0);
    cr_assert_str_eq(e.detail, "page 3 of x");
    cr_assert_eq(error_set(NULL, ERROR_DAMAGED, "%d", 1), -1);
    cr_assert_eq(error_set_errno(NULL, ERROR_IO, EIO, "%d", 1), -1);
    error_clear(&e);
    cr_assert_eq(e.kind, ERROR_NONE);
    cr_assert_str_eq(e.detail, "");
}

Test(error, may_be_its_own_argument)
{
    struct error e;

    error_set(&e, ERROR_IO, "inner");
    error_set(&e, ERROR_DAMAGED, "outer: %s", e.detail);
    cr_assert_str_eq(e.detail, "outer: inner");
}

Test(error, is_one_line_of_valid_utf8)
{
    struct error e;

    error_set(&e, ERROR_DAMAGED, "a\nb\x1b[2J\xff\xc3\xa4\xc2\x9b\x7f\xe2");
    cr_assert_str_eq(e.detail, "a?b?[2J?\xc3\xa4????");
}

Test(error, is_cut_between_characters)
{
    char text[1024];
    struct error e;

    for (size_t start = 0; start < 4; start++) {
        struct buffer b = {0};

        memset(text, 'x', start);
        text[start] = '\0';
        buffer_append_string(&b, text);
        for (int i = 0; i < 100; i++)
            buffer_append_string(&b, "\xf0\x9f\x98\x80");
        error_set(&e, ERROR_DAMAGED, "%s", buffer_string(&b));

        size_t size = strlen(e.detail);

        cr_assert_lt(size, ERROR_DETAIL);
        cr_assert_gt(size, ERROR_DETAIL - 5);
        cr_assert_eq(utf8_valid_prefix(e.detail, size), size);
        cr_assert_null(strchr(e.detail, '?'));
        buffer_free(&b);
    }
}

Test(error, errno_decides_the_kind)
{
    static const struct {
        int errnum;
        enum error_kind given, kind;
    } cases[] = {
        {ENOENT, ERROR_IO, ERROR_MISSING},
        {ENOTDIR, ERROR_IO, ERROR_MISSING},
        {EACCES, ERROR_IO, ERROR_UNREADABLE},
        {EPERM, ERROR_IO, ERROR_UNREADABLE},
        {ENOMEM, ERROR_IO, ERROR_MEMORY},
        {EIO, ERROR_IO, ERROR_IO},
        {EISDIR, ERROR_UNREADABLE, ERROR_UNREADABLE},
        {EACCES, ERROR_OUTPUT, ERROR_OUTPUT},
    };
    struct error e;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        error_set_errno(&e, cases[i].given, cases[i].errnum, "cannot open");
        cr_assert_eq(e.kind, cases[i].kind);
        cr_assert_eq(e.sys_errno, cases[i].errnum);
    }
    cr_assert_str_eq(e.detail, "cannot open: Permission denied");
    error_set_errno(&e, ERROR_IO, ENOENT, "%s", "");
    cr_assert_str_eq(e.detail, "No such file or directory");
    error_set_errno(&e, ERROR_IO, 12345, "odd");
    cr_assert_str_eq(e.detail, "odd: Unknown error 12345");
}

Test(error, errno_stays_whole_behind_a_long_sentence)
{
    static const char reason[] = "x: No space left on device";
    char text[1024];
    struct error e;

    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    error_set_errno(&e, ERROR_OUTPUT, ENOSPC, "%s", text);
    cr_assert_eq(strlen(e.detail), ERROR_DETAIL - 1);
    cr_assert_str_eq(e.detail + ERROR_DETAIL - sizeof reason, reason);
}

Test(error, every_kind_has_its_own_name)
{
    for (int i = 0; i < ERROR_KINDS; i++) {
        const char *name = error_kind_name((enum error_kind)i);

        cr_assert_not_null(name, "kind %d", i);
        for (int k = 0; k < i; k++)
            cr_assert_str_neq(name, error_kind_name((enum error_kind)k));
    }
}

Test(diag, quotes_only_what_needs_it)
{
    check_quoted("", "");
    check_quoted("plain name's.pdf", "plain name's.pdf");
    check_quoted("\xc3\xa4\xe2\x82\xac.pdf", "\xc3\xa4\xe2\x82\xac.pdf");
    check_quoted("a\nb", "$'a\\nb'");
    check_quoted("tab\t it's \\ \x1b[2J", "$'tab\\t it\\'s \\\\ \\x1b[2J'");
    check_quoted("latin\xe4" "1 \xc3\xa4", "$'latin\\xe41 \xc3\xa4'");
    check_quoted("c1 \xc2\x9b", "$'c1 \\xc2\\x9b'");
    check_quoted("\x7f\a\b\v\f\r", "$'\\x7f\\a\\b\\v\\f\\r'");
}

Test(diag, bash_reads_quoted_names_back)
{
    char every[256], back[512];
    struct buffer b = {0};
    int in[2], out[2];

    for (int i = 1; i < 256; i++)
        every[i - 1] = (char)i;
    every[255] = '\0';
    buffer_append_string(&b, "printf %s ");
    diag_append_quoted(&b, every);

    cr_assert_eq(pipe(in), 0);
    cr_assert_eq(pipe(out), 0);
    cr_assert_eq(write(in[1], b.data, b.size), (ssize_t)b.size);
    close(in[1]);

    pid_t child = fork();

    if (child == 0) {
        dup2(in[0], 0);
        dup2(out[1], 1);
        execlp("bash", "bash", (char *)NULL);
        _exit(127);
    }
    close(in[0]);
    close(out[1]);

    size_t size = 0;
    ssize_t n;

    while ((n = read(out[0], back + size, sizeof back - size)) > 0)
        size += (size_t)n;
    close(out[0]);
    waitpid(child, NULL, 0);
    cr_assert_eq(size, 255);
    cr_assert_eq(memcmp(back, every, 255), 0);
    buffer_free(&b);
}

Test(diag, writes_one_line)
{
    capture();
    diag_set_program("prog");
    diag_error("a\nb", "two\nlines of %d", 5);
    diag_error(NULL, "no subject");
    check_captured("prog: $'a\\nb': two\\nlines of 5\nprog: no subject\n");
}

Test(diag, levels)
{
    capture();
    cr_assert_eq(diag_level(), DIAG_NORMAL);
    diag_note("x", "not said");
    diag_warning("x", "said");
    diag_set_level(DIAG_QUIET);
    diag_warning("x", "not said");
    diag_error("x", "always");
    diag_set_level(DIAG_VERBOSE);
    diag_note("x", "noted");
    check_captured("extract: x: said\nextract: x: always\nextract: x: noted\n");
}

Test(diag, plain_lines_are_said_at_every_level)
{
    capture();
    diag_set_level(DIAG_QUIET);
    diag_line("10 of 20\x1b[m");
    check_captured("10 of 20\\x1b[m\n");
}

Test(diag, keeps_errno)
{
    capture();
    errno = EXDEV;
    diag_error("x", "y");
    cr_assert_eq(errno, EXDEV);
}

Test(diag, status_line_is_wiped_and_redrawn)
{
    capture();
    diag_status(NULL);
    diag_status("50 %");
    diag_error("x", "bad");
    diag_status("60 %");
    diag_status("");
    diag_status(NULL);
    diag_error("x", "bad");
    check_captured("\r\033[K50 %"
                   "\r\033[Kextract: x: bad\n50 %"
                   "\r\033[K60 %"
                   "\r\033[K"
                   "extract: x: bad\n");
}

static void *complain(void *unused)
{
    (void)unused;
    for (int i = 0; i < 500; i++) {
        diag_error("subject", "a sentence");
        diag_status(i % 2 ? "s" : NULL);
    }
    return NULL;
}

Test(diag, threads_do_not_mix_lines)
{
    pthread_t threads[4];
    char line[256];
    int lines = 0;

    capture();
    for (int i = 0; i < 4; i++)
        cr_assert_eq(pthread_create(&threads[i], NULL, complain, NULL), 0);
    for (int i = 0; i < 4; i++)
        pthread_join(threads[i], NULL);
    diag_status(NULL);
    rewind(captured);
    while (fgets(line, sizeof line, captured)) {
        if (strstr(line, "extract: subject: a sentence\n"))
            lines++;
    }
    cr_assert_eq(lines, 2000);
}

Test(diag, bug_aborts, .signal = SIGABRT)
{
    capture();
    diag_bug("count is %d", 3);
}
