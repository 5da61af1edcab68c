/* SPDX-License-Identifier: GPL-3.0-or-later */
/* opcobject.h - what is embedded in an Office Open XML document: whole files,
 * and compound files that hold an object. */
#ifndef EXTRACT_FORMAT_OPCOBJECT_H
#define EXTRACT_FORMAT_OPCOBJECT_H

#include "format/format.h"
#include "format/opc.h"

/* Sends each as a member, when members are wanted. 0, or -1: stop. */
int opcobject_send_all(const struct opc *opc, struct emit *emit);

#endif
