/* SPDX-License-Identifier: GPL-3.0-or-later */
/* registry.h - each format file's one public name, for registry.c alone. */
#ifndef EXTRACT_FORMAT_REGISTRY_H
#define EXTRACT_FORMAT_REGISTRY_H

#include "format/format.h"

extern const struct format format_pdf;
extern const struct format format_epub;
extern const struct format format_doc;
extern const struct format format_xls;
extern const struct format format_ppt;
extern const struct format format_msg;
extern const struct format format_tnef;
extern const struct format format_docx;
extern const struct format format_docm; /* docx.c */
extern const struct format format_dotx; /* docx.c */
extern const struct format format_dotm; /* docx.c */
extern const struct format format_pptx;
extern const struct format format_pptm; /* pptx.c */
extern const struct format format_potx; /* pptx.c */
extern const struct format format_potm; /* pptx.c */
extern const struct format format_ppsx; /* pptx.c */
extern const struct format format_ppsm; /* pptx.c */
extern const struct format format_xlsx;
extern const struct format format_xlsm; /* xlsx.c */
extern const struct format format_xlsb; /* xlsx.c */
extern const struct format format_xltx; /* xlsx.c */
extern const struct format format_xltm; /* xlsx.c */
extern const struct format format_encrypted; /* ooxml.c */
extern const struct format format_eml; /* mail.c */
extern const struct format format_emlx;
extern const struct format format_mbox;
extern const struct format format_html;     /* web.c */
extern const struct format format_xhtml;
extern const struct format format_fb2; /* xml.c */
extern const struct format format_docbook;
extern const struct format format_wordml;
extern const struct format format_sheetml;
extern const struct format format_svg;
extern const struct format format_rss;
extern const struct format format_atom;
extern const struct format format_opml;
extern const struct format format_plist;
extern const struct format format_xml;
extern const struct format format_csv; /* textkinds.c */
extern const struct format format_tsv;
extern const struct format format_srt;
extern const struct format format_vtt;
extern const struct format format_json;
extern const struct format format_latex;
extern const struct format format_rtf;
extern const struct format format_odt; /* odf.c */
extern const struct format format_ott; /* odf.c */
extern const struct format format_odm; /* odf.c */
extern const struct format format_otm; /* odf.c */
extern const struct format format_oth; /* odf.c */
extern const struct format format_ods; /* odf.c */
extern const struct format format_ots; /* odf.c */
extern const struct format format_odp; /* odf.c */
extern const struct format format_otp; /* odf.c */
extern const struct format format_odg; /* odf.c */
extern const struct format format_otg; /* odf.c */
extern const struct format format_odc; /* odf.c */
extern const struct format format_odf; /* odf.c */
extern const struct format format_sxw; /* odf.c */
extern const struct format format_stw; /* odf.c */
extern const struct format format_sxg; /* odf.c */
extern const struct format format_sxc; /* odf.c */
extern const struct format format_stc; /* odf.c */
extern const struct format format_sxi; /* odf.c */
extern const struct format format_sti; /* odf.c */
extern const struct format format_sxd; /* odf.c */
extern const struct format format_std; /* odf.c */
extern const struct format format_fodt; /* odf.c */
extern const struct format format_fods; /* odf.c */
extern const struct format format_fodp; /* odf.c */
extern const struct format format_fodg; /* odf.c */
extern const struct format format_djvu;
extern const struct format format_xps;
extern const struct format format_comic;
extern const struct format format_mobi;    /* with libmobi alone */
extern const struct format format_palmdoc; /* mobi.c */
extern const struct format format_chm; /* with libmspack alone */
extern const struct format format_markdown; /* text.c */
extern const struct format format_text;

/* archive.c */
extern const struct format format_zip, format_jar, format_apk, format_tar,
    format_7z, format_rar, format_cpio, format_iso, format_ar, format_deb, format_cab,
    format_rpm, format_gzip, format_bzip2, format_xz, format_zstd, format_lz4,
    format_lzip, format_compress, format_lha, format_xar, format_lzma;

/* For tests alone: tests/faults. */
#ifdef FORMAT_FAULT
extern const struct format format_fault;
void format_fault_initialize(void);
#endif

#endif
