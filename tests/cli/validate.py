#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks records against docs/record.schema.json.

Usage: validate.py SCHEMA KIND FILE...
KIND is document, page or row; or any. FILE holds JSON Lines, or for row the
statistics of a run. Says how many there were; the status is 1 when one is not
as it should be.
"""
import json
import sys

from jsonschema import Draft202012Validator


def records(path, kind):
    with open(path, encoding="utf-8", newline="\n") as file:
        if kind == "row":
            yield from json.load(file)["results"]
            return
        for line in file:
            if not line.endswith("\n"):
                sys.exit(f"{path}: the last line has no end")
            yield json.loads(line)


def main(schema_path, kind, *paths):
    with open(schema_path, encoding="utf-8") as file:
        schema = json.load(file)
    Draft202012Validator.check_schema(schema)
    if kind != "any":
        schema = {**schema, "oneOf": [{"$ref": f"#/$defs/{kind}"}]}
    validator = Draft202012Validator(schema)
    count = 0
    for path in paths:
        for record in records(path, kind):
            count += 1
            for error in validator.iter_errors(record):
                causes = error.context or [error]
                sys.exit("{}: {}: {}".format(
                    path, record.get("path"),
                    "; ".join(cause.message[:200] for cause in causes)))
    print(count)


main(*sys.argv[1:])
