/* SPDX-License-Identifier: GPL-3.0-or-later */
/* registry.c - the formats of this build. A format that is added is added
 * here, in registry.h and in src/local.mk. FORMAT_FAULT: for tests, with a
 * format that misbehaves on command. */
#include <config.h>

#include "format/registry.h"

#include <string.h>

const struct format *const format_registry[] = {
#ifdef FORMAT_FAULT
    &format_fault,
#endif
    &format_pdf,
    &format_epub,
    &format_doc,
    &format_xls,
    &format_ppt,
    &format_msg,
    &format_tnef,
    &format_docx,
    &format_docm,
    &format_dotx,
    &format_dotm,
    &format_pptx,
    &format_pptm,
    &format_potx,
    &format_potm,
    &format_ppsx,
    &format_ppsm,
    &format_xlsx,
    &format_xlsm,
    &format_xlsb,
    &format_xltx,
    &format_xltm,
    &format_encrypted,
    &format_eml,
    &format_emlx,
    &format_mbox,
    &format_html,
    &format_xhtml,
    &format_fb2,
    &format_docbook,
    &format_wordml,
    &format_sheetml,
    &format_svg,
    &format_rss,
    &format_atom,
    &format_opml,
    &format_plist,
    &format_xml,
    &format_csv,
    &format_tsv,
    &format_srt,
    &format_vtt,
    &format_json,
    &format_latex,
    &format_rtf,
    &format_odt,
    &format_ott,
    &format_odm,
    &format_otm,
    &format_oth,
    &format_ods,
    &format_ots,
    &format_odp,
    &format_otp,
    &format_odg,
    &format_otg,
    &format_odc,
    &format_odf,
    &format_sxw,
    &format_stw,
    &format_sxg,
    &format_sxc,
    &format_stc,
    &format_sxi,
    &format_sti,
    &format_sxd,
    &format_std,
    &format_fodt,
    &format_fods,
    &format_fodp,
    &format_fodg,
    &format_djvu,
    &format_xps,
    &format_comic,
#ifdef HAVE_LIBMOBI
    &format_mobi,
    &format_palmdoc,
#endif
#ifdef HAVE_LIBMSPACK
    &format_chm,
#endif
    &format_zip,
    &format_jar,
    &format_apk,
    &format_tar,
    &format_7z,
    &format_rar,
    &format_cpio,
    &format_iso,
    &format_ar,
    &format_deb,
    &format_cab,
    &format_rpm,
    &format_lha,
    &format_xar,
    &format_gzip,
    &format_bzip2,
    &format_xz,
    &format_zstd,
    &format_lz4,
    &format_lzip,
    &format_compress,
    &format_lzma,
    &format_markdown,
    &format_text,
    NULL,
};

const struct format *format_find(const char *name)
{
    for (size_t i = 0; format_registry[i] != NULL; i++) {
        if (strcmp(format_registry[i]->name, name) == 0)
            return format_registry[i];
    }
    return NULL;
}

void format_prepare(const struct format *format)
{
    for (size_t i = 0; format_registry[i] != NULL; i++) {
        const struct format *f = format_registry[i];
        if ((format == NULL || format == f) && f->prepare)
            f->prepare();
    }
#ifdef FORMAT_FAULT
    format_fault_initialize();
#endif
}
