/* SPDX-License-Identifier: GPL-3.0-or-later */
/* faulty-frames.h - what a worker that has been taken over could send. */
#ifndef EXTRACT_TESTS_FAULTY_FRAMES_H
#define EXTRACT_TESTS_FAULTY_FRAMES_H

/* Sends what is wrong in the way of HOW while PAGE is at work. */
void faulty_frame(const char *how, int page);

#endif
