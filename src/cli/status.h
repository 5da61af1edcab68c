/* SPDX-License-Identifier: GPL-3.0-or-later */
/* status.h - the exit statuses of the program, all in one place. */
#ifndef EXTRACT_CLI_STATUS_H
#define EXTRACT_CLI_STATUS_H

enum exit_status {
    EXIT_STATUS_OK = 0,      /* every document came out whole */
    EXIT_STATUS_TROUBLE = 1, /* result_is_trouble() for at least one */
    EXIT_STATUS_USAGE = 2,   /* wrong option, value or operand */
    EXIT_STATUS_RUN = 3      /* the run itself failed: output not writable,
                                disk full, unreadable list, out of memory */
};

#endif
