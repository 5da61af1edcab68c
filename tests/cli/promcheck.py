# SPDX-License-Identifier: GPL-3.0-or-later
# promcheck.py FILE - whether FILE is what Prometheus' text format, version 0.0.4, allows,
# and keeps to what promtool checks of names. Prints what is wrong; status 1 then.
import math
import re
import sys

NAME = re.compile(r"[a-zA-Z_:][a-zA-Z0-9_:]*")
LABEL = re.compile(r'([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\[\\"n])*)"(,|$)')
problems = []


def labels_of(text):
    labels, at = {}, 0
    while at < len(text):
        m = LABEL.match(text, at)
        if not m or m[1] in labels:
            return None
        labels[m[1]] = m[2]
        at = m.end()
    return labels


def family_of(name, types):
    for suffix in "_bucket", "_sum", "_count":
        base = name.removesuffix(suffix)
        if base != name and types.get(base) == "histogram":
            return base
    return name


def check_histogram(name, samples):
    series = {}
    for sample, labels, value in samples:
        own = tuple(sorted((k, v) for k, v in labels.items() if k != "le"))
        series.setdefault(own, []).append((sample, labels.get("le"), value))
    for own, rows in series.items():
        buckets = [(float(le), v) for s, le, v in rows if s == name + "_bucket"]
        counts = [v for s, le, v in rows if s == name + "_count"]
        sums = [v for s, le, v in rows if s == name + "_sum"]
        if buckets != sorted(buckets) or [v for _, v in buckets] != sorted(v for _, v in buckets):
            problems.append(f"{name}{own}: buckets are not cumulative")
        if not buckets or buckets[-1][0] != math.inf:
            problems.append(f"{name}{own}: no bucket +Inf")
        elif len(counts) != 1 or counts[0] != buckets[-1][1] or len(sums) != 1:
            problems.append(f"{name}{own}: _count and _sum")


def main(path):
    data = open(path, "rb").read().decode("utf-8")
    if not data.endswith("\n"):
        problems.append("the last line does not end")
    helps, types, families, seen, last = {}, {}, {}, set(), None
    for line in data.splitlines():
        if not line:
            continue
        comment = re.fullmatch(r"# (HELP|TYPE) (\S+) (.+)", line)
        if comment:
            kind, name, rest = comment.groups()
            if name in (helps if kind == "HELP" else types):
                problems.append(f"{name}: a second {kind}")
            if name in families:
                problems.append(f"{name}: {kind} behind its samples")
            (helps if kind == "HELP" else types)[name] = rest
            continue
        m = re.fullmatch(r"([^{ ]+)(?:\{(.*)\})? (\S+)", line)
        if not m or not NAME.fullmatch(m[1]):
            problems.append("no sample: " + line)
            continue
        name, labels = m[1], labels_of(m[2] or "")
        try:
            value = float(m[3])
        except ValueError:
            problems.append("no number: " + line)
            continue
        if labels is None:
            problems.append("labels: " + line)
            continue
        key = (name, tuple(sorted(labels.items())))
        if key in seen:
            problems.append("twice: " + line)
        seen.add(key)
        family = family_of(name, types)
        if family != last and family in families:
            problems.append(f"{family}: its samples are not together")
        last = family
        families.setdefault(family, []).append((name, labels, value))
        if value < 0 and types.get(family) != "gauge":
            problems.append("below 0: " + line)
    for family, samples in families.items():
        if family not in helps or family not in types:
            problems.append(f"{family}: no HELP or no TYPE")
        kind = types.get(family)
        if kind not in ("counter", "gauge", "histogram"):
            problems.append(f"{family}: of type {kind}")
        if (kind == "counter") != family.endswith("_total"):
            problems.append(f"{family}: counters alone end in _total")
        if kind == "histogram":
            check_histogram(family, samples)
    if not families:
        problems.append("nothing is in it")


main(sys.argv[1])
print("\n".join(problems), end="")
sys.exit(1 if problems else 0)
