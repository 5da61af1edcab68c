/* SPDX-License-Identifier: GPL-3.0-or-later */
/* notify.h - tells the service manager that started this process how it fares: the
 * protocol of sd_notify(3), which needs no library. Without such a manager nothing is
 * done. Any thread. */
#ifndef EXTRACT_BASE_NOTIFY_H
#define EXTRACT_BASE_NOTIFY_H

/* Reads $NOTIFY_SOCKET, $WATCHDOG_USEC and $WATCHDOG_PID, and takes them out of the
 * environment, so that no child speaks for us. Call once, before there are threads. */
void notify_start(void);

/* Sends STATE, lines of NAME=VALUE: "READY=1", "STOPPING=1", "STATUS=...". What cannot
 * be sent is lost. */
void notify(const char *state);

/* Seconds between two signs of life, half of what the manager waits for; 0: it does not
 * wait for any. */
double notify_watchdog(void);

#endif
