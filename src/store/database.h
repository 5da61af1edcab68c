/* SPDX-License-Identifier: GPL-3.0-or-later */
/* database.h - an SQLite database that is written in transactions: WAL, so that
 * a kill at any moment leaves what was committed, and readers do not wait. One
 * thread at a time. */
#ifndef EXTRACT_STORE_DATABASE_H
#define EXTRACT_STORE_DATABASE_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"

struct database {
    sqlite3 *handle;
    char *path;
    bool in_transaction;
};

enum database_mode {
    DATABASE_READ,  /* must be there; is not changed */
    DATABASE_WRITE, /* is made when it is not there */
};

/* Opens PATH. 0, or -1 and E: it cannot be opened, or is no database. D may be
 * closed in either case. */
int database_open(struct database *d, const char *path, enum database_mode mode,
                  struct error *e);

/* From here on D is written with WAL, which its file keeps: not before it is known
 * to be ours. Not within a transaction. As database_run. */
int database_use_log(struct database *d, struct error *e);

/* Runs SQL, statements without results. As all that follow: while another process
 * has the database locked it waits and tries again, for DATABASE_PATIENCE seconds;
 * 0, or -1 and E (ERROR_OUTPUT: ENOSPC for a full disk, EIO, EROFS... in
 * sys_errno). */
#define DATABASE_PATIENCE 30
int database_run(struct database *d, const char *sql, struct error *e);

/* Prepares SQL; finalize it before database_close. NULL and E: not possible. */
sqlite3_stmt *database_prepare(struct database *d, const char *sql, struct error *e);

/* SQLITE_ROW or SQLITE_DONE; or -1 and E. */
int database_step(struct database *d, sqlite3_stmt *s, struct error *e);

/* Steps S, which has no results, and makes it ready for the next use. */
int database_write(struct database *d, sqlite3_stmt *s, struct error *e);

/* Begin does nothing within a transaction, commit nothing without one. */
int database_begin(struct database *d, struct error *e);
int database_commit(struct database *d, struct error *e);

/* The first column of the first row of SQL; 0 when there is none. */
int database_number(struct database *d, const char *sql, int64_t *number,
                    struct error *e);

/* Binds bytes that are mostly UTF-8: as TEXT, or as BLOB where they are not, so
 * that nothing is lost and typeof() tells. NULL is NULL. VALUE must stay as it is
 * until S is reset. */
void database_bind_bytes(sqlite3_stmt *s, int index, const char *value);

/* What is not committed is lost. Takes a zeroed struct. */
void database_close(struct database *d);

#endif
