/* SPDX-License-Identifier: GPL-3.0-or-later */
/* survey.h - counts the inputs ahead of the run, in a thread of its own, so
 * that the progress line can tell what remains. */
#ifndef EXTRACT_RUN_SURVEY_H
#define EXTRACT_RUN_SURVEY_H

#include <stdbool.h>
#include <stdint.h>

#include "input/source.h"

struct survey;

/* Starts counting; borrows CONFIG. NULL when the inputs can be read only once
 * (a list on stdin or a pipe), or no thread can be had. */
struct survey *survey_start(const struct source_config *config);

/* What was counted so far; true when that is all. SURVEY may be NULL: false. */
bool survey_read(const struct survey *survey, uint64_t *documents, uint64_t *bytes);

/* Stops counting, and frees; takes NULL. */
void survey_stop(struct survey *survey);

#endif
