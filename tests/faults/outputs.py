# SPDX-License-Identifier: GPL-3.0-or-later
"""outputs.py SCRIPTS KIND WANTED FOLDER part|whole: whether the output in FOLDER
is a part of the one in WANTED, which has all documents, or the whole of it."""

import sys

sys.dont_write_bytecode = True
sys.path.insert(0, sys.argv[1])

from crashing.kinds import KINDS  # noqa: E402


def main():
    kind, wanted, folder, how = sys.argv[2:]
    output = KINDS[kind](folder, KINDS[kind](wanted), ".")
    if how == "whole":
        wrong = output.after_resume()
    else:
        wrong = output.after_kill()
        db = output.snapshot()
        if db:
            wrong += output.check_database(db)
            db.close()
    for line in wrong:
        print(line)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
