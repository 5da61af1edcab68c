#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# install.sh - make install: DESTDIR, another prefix, another program name.
build=$PWD
. "${srcdir:-.}/tests/cli/lib.sh"

[ -f "$build/Makefile" ] || skip_all "not in a build tree"
install_to() {
    env -u MAKEFLAGS -u MFLAGS -u MAKELEVEL make -C "$build" install \
        DESTDIR="$PWD/$1" "${@:2}" >"$out" 2>"$err"
    status=$?
}

install_to a prefix=/opt/x
exits 0
ok "the program is below the prefix" test -x a/opt/x/bin/extract
ok "the man page too" test -f a/opt/x/share/man/man1/extract.1
ok "and the schema of records" test -f a/opt/x/share/doc/extract/record.schema.json
is "$(find a -type f ! -path 'a/opt/x/*' | wc -l)" 0 "nothing is elsewhere"
ok "it runs" a/opt/x/bin/extract --version

install_to b prefix=/usr program_transform_name='s/^/corpus-/'
exits 0
ok "a program prefix renames the program" test -x b/usr/bin/corpus-extract
ok "and its page" test -f b/usr/share/man/man1/corpus-extract.1
EXTRACT=$PWD/b/usr/bin/corpus-extract run no-such-file
exits 1
stderr_line 'corpus-extract: no-such-file: .*' "messages name the program as installed"

env -u MAKEFLAGS -u MFLAGS -u MAKELEVEL make -C "$build" uninstall \
    DESTDIR="$PWD/a" prefix=/opt/x >"$out" 2>"$err"
is "$(find a -type f | wc -l)" 0 "uninstall takes all away"

finish
