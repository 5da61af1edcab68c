/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ocf.h - the META-INF folder of an EPUB: which member is the package
 * document, and which members are encrypted; and paths within the archive. */
#ifndef EXTRACT_FORMAT_OCF_H
#define EXTRACT_FORMAT_OCF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/error.h"
#include "format/sax.h"
#include "format/zipfile.h"

/* Longest path looked up; ZIP allows 65,535 bytes, but a small package
 * document with 100,000 items would make gigabytes of them. */
#define OCF_PATH 4096

/* Reads MEMBER, some XML, and sends its events to HANDLER. Returns 0; 1 when
 * it is not well-formed, or cut: RESTART is called then, and the events come
 * again from a tolerant parser; -1 and E when nothing can be read. */
int ocf_parse(struct zipfile *zip, int64_t member, size_t limit,
                    struct sax_handler *handler,
                    void (*restart)(struct sax_handler *handler),
                    struct error *e);

/* The same for XML that was read before, and is changed on the way; CUT: it is
 * not all of it. */
int ocf_parse_xml(struct buffer *xml, bool cut, struct sax_handler *handler,
                  void (*restart)(struct sax_handler *handler), struct error *e);

/* The member that HREF, found in the member named BASE (NULL: the root),
 * points to, or -1. Percent signs are decoded, the fragment is cut off, and
 * ".." never leaves the archive. */
int64_t ocf_find(const struct zipfile *zip, const char *base,
                       const char *href, size_t size);

/* The package document by META-INF/container.xml, else the first *.opf: FLAW
 * says so then. -1 and E when there is none. */
int64_t ocf_package(struct zipfile *zip, struct error *flaw,
                          struct error *e);

/* The members that META-INF/encryption.xml lists, but for obfuscated fonts:
 * a flag for each member, which the caller frees; NULL when there are none. */
bool *ocf_encrypted(struct zipfile *zip);

/* Who encrypted them: "Adobe ADEPT" and the like; static. */
const char *ocf_scheme(const struct zipfile *zip);

#endif
