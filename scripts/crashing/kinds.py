# SPDX-License-Identifier: GPL-3.0-or-later
"""What scripts/crash knows of each kind of output: how it is asked for, what may
be there after a kill, and when it is that of an uninterrupted run."""

import pathlib
import shutil
import sqlite3
import time

# How long the guard of a file of records may take, and workers to be gone.
PATIENCE = 10
# Columns of documents that differ from run to run.
VOLATILE = {"id", "run", "seconds", "output_mtime_ns"}


def connect(path):
    return sqlite3.connect(path, isolation_level=None)


def rows(db, sql):
    return db.execute(sql).fetchall()


def stable_columns(db):
    names = [row[1] for row in rows(db, "PRAGMA table_info(documents)")]
    return ", ".join("d." + name for name in names if name not in VOLATILE)


class Kind:
    """One output in FOLDER; WANTED is the same of the uninterrupted run. SCRATCH is
    where copies go."""

    # What a manifest may leave beside it while it is being written.
    suffixes = ("-wal", "-shm", "-lock", "-unfinished", "-journal",
                "-state", "-state-new")

    def __init__(self, folder, wanted=None, scratch=None):
        self.folder = pathlib.Path(folder)
        self.wanted = wanted
        self.scratch = pathlib.Path(scratch or folder)

    def arguments(self):
        raise NotImplementedError

    def database(self):
        raise NotImplementedError

    def after_kill(self):
        """Complaints about what is there."""
        raise NotImplementedError

    def after_resume(self):
        raise NotImplementedError

    def snapshot(self):
        """A connection to a copy of the database as the kill left it, or None:
        opening the database itself would do what the next run has to do."""
        copy = self.scratch / "copy.db"
        for suffix in ("", "-wal"):
            pathlib.Path(f"{copy}{suffix}").unlink(missing_ok=True)
            source = pathlib.Path(f"{self.database()}{suffix}")
            if source.exists():
                shutil.copyfile(source, f"{copy}{suffix}")
        if not copy.exists():
            return None
        db = connect(copy)
        if not rows(db, "SELECT 1 FROM sqlite_schema WHERE name = 'documents'"):
            db.close()
            return None
        return db

    def check_database(self, db):
        """Complaints about a manifest, which has to hold whole documents: rows
        that the uninterrupted run has too."""
        wrong = []
        for check in ("integrity_check", "foreign_key_check"):
            found = rows(db, f"PRAGMA {check}")
            if found and found != [("ok",)]:
                wrong.append(f"{check}: {found[:3]}")
        columns = stable_columns(db)
        db.execute("ATTACH ? AS wanted", (str(self.wanted.database()),))
        queries = {
            "documents": f"SELECT {columns} FROM {{0}}.documents d",
            "page errors": "SELECT d.path, c.first, c.last, c.error, c.reason"
                           " FROM {0}.page_errors c JOIN {0}.documents d"
                           " ON d.id = c.document",
            "metadata": "SELECT d.path, c.position, c.key, c.value"
                        " FROM {0}.metadata c JOIN {0}.documents d"
                        " ON d.id = c.document",
        }
        if self.has_pages:
            queries["pages"] = ("SELECT d.path, c.page, c.part, c.text FROM"
                                " {0}.pages c JOIN {0}.documents d"
                                " ON d.id = c.document")
        for name, sql in queries.items():
            # Those of the documents that are there, all of them and no others.
            ours, theirs = sql.format("main"), sql.format("wanted")
            theirs += " WHERE d.path IN (SELECT path FROM main.documents)"
            for left, right, how in ((ours, theirs, "not wanted"),
                                     (theirs, ours, "missing")):
                found = rows(db, f"SELECT * FROM ({left}) EXCEPT"
                                 f" SELECT * FROM ({right})")
                if found:
                    wrong.append(f"{len(found)} {name} {how}, as {found[0]!r:.200}")
            counts = [rows(db, f"SELECT count(*) FROM ({each})")
                      for each in (ours, theirs)]
            if counts[0] != counts[1]:
                wrong.append(f"{name}: {counts[0]} rows, not {counts[1]}")
        if self.has_pages:
            try:
                db.execute("INSERT INTO search(search, rank)"
                           " VALUES('integrity-check', 1)")
            except sqlite3.DatabaseError as e:
                wrong.append(f"the index: {e}")
        return wrong

    has_pages = False

    def done(self, db):
        """What the manifest has, and by which run."""
        columns = "path, output, id, run, output_bytes, output_mtime_ns"
        return {row[:2]: row[2:]
                for row in rows(db, f"SELECT {columns} FROM documents")}

    def check_manifest(self):
        """Complaints about the manifest of a run that ended."""
        db = connect(self.database())
        try:
            wrong = self.check_database(db)
            count, = rows(db, "SELECT count(*) FROM main.documents")[0]
            all_of_them, = rows(db, "SELECT count(*) FROM wanted.documents")[0]
            if count != all_of_them:
                wrong.append(f"{count} documents, not {all_of_them}")
        finally:
            db.close()
        for suffix in self.suffixes:
            if pathlib.Path(f"{self.database()}{suffix}").exists():
                wrong.append(f"{self.database().name}{suffix} is left")
        return wrong


class Tree(Kind):
    name = "tree"

    def arguments(self):
        return ["-o", str(self.folder / "tree")]

    def database(self):
        return self.folder / "tree/.extract/manifest.db"

    def files(self):
        top = self.folder / "tree"
        return {str(p.relative_to(top)): p for p in top.rglob("*")
                if p.is_file() and ".extract" not in p.relative_to(top).parts}

    def compare(self, whole):
        wanted, wrong = self.wanted.files(), []
        found = self.files()
        for name, path in found.items():
            if name not in wanted:
                hidden = path.name.startswith(".extract-")
                if whole or not hidden:
                    wrong.append(f"{name} is left")
            elif path.read_bytes() != wanted[name].read_bytes():
                wrong.append(f"{name} is not whole")
        if whole and len(found) < len(wanted):
            wrong.append(f"{len(found)} files, not {len(wanted)}")
        return wrong

    def after_kill(self):
        return self.compare(False)

    def after_resume(self):
        return self.compare(True) + self.check_manifest()

    def beyond(self, done):
        """How many documents are there that the manifest does not tell of."""
        told = {output for (_, output), row in done.items() if row[3] is not None}
        return len(set(self.files()) - told)


class JsonLines(Kind):
    name = "jsonl"

    def arguments(self):
        return ["-f", "jsonl", "--no-timings", "-o", str(self.folder / "out.jsonl")]

    def database(self):
        return self.folder / "out.jsonl.manifest"

    def text(self):
        path = self.folder / "out.jsonl"
        return path.read_bytes() if path.exists() else b""

    def after_kill(self):
        end = time.monotonic() + PATIENCE
        while (text := self.text()) and not text.endswith(b"\n"):
            if time.monotonic() > end:
                return ["the last line is torn"]
            time.sleep(0.02)
        if not self.wanted.text().startswith(text):
            return ["the records are not those of an uninterrupted run"]
        return []

    def after_resume(self):
        same = self.text() == self.wanted.text()
        return ([] if same else ["other bytes"]) + self.check_manifest()

    def beyond(self, done):
        end = max((row[2] or 0 for row in done.values()), default=0)
        return self.text()[end:].count(b"\n")


class Sqlite(Kind):
    name = "sqlite"
    has_pages = True

    def arguments(self):
        return ["-f", "sqlite", "--no-timings", "-o", str(self.folder / "out.db")]

    def database(self):
        return self.folder / "out.db"

    def after_kill(self):
        return []

    def after_resume(self):
        return self.check_manifest()

    def beyond(self, done):
        return 0


KINDS = {kind.name: kind for kind in (Tree, JsonLines, Sqlite)}
