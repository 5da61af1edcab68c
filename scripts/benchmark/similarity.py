# SPDX-License-Identifier: GPL-3.0-or-later
"""How near a tool's text is to the true one, by document and by kind."""

import concurrent.futures
import os
import pathlib
import subprocess
import tempfile

# A hang is a bad text, not the end of a run.
TIMEOUT = 120
FEW = 20 # pairs of texts for one process


def commands(extract, options=()):
    """Name: command whose standard output is the text of the PDF after it."""
    tools = {"extract": [extract, "--progress=never"]}
    for option in options:
        tools[f"extract {option}"] = [extract, "--progress=never", option]
    tools["pdftotext"] = ["pdftotext", "-q", "-enc", "UTF-8", "{}", "-"]
    tools["-layout"] = ["pdftotext", "-q", "-layout", "-enc", "UTF-8", "{}", "-"]
    tools["mutool"] = ["mutool", "draw", "-q", "-F", "txt"]
    return tools


def text_of(command, pdf):
    words = [str(pdf) if word == "{}" else word for word in command]
    if words == list(command):
        words.append(str(pdf))
    try:
        done = subprocess.run(words, stdin=subprocess.DEVNULL, timeout=TIMEOUT,
                              stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    except subprocess.TimeoutExpired:
        return ""
    return done.stdout.decode(errors="replace")


def folded(text):
    """White space, line and page ends as single blanks."""
    return " ".join(text.split())


def truths(directory):
    """(pdf, kind) of every NAME.pdf with a NAME.txt; the kind is what kinds.tsv
    says, or the name of the directory."""
    directory = pathlib.Path(directory)
    listed = {}
    if (directory / "kinds.tsv").exists():
        for line in (directory / "kinds.tsv").read_text().splitlines():
            name, kind = line.split("\t")
            listed[name] = kind
    for pdf in sorted(directory.glob("*.pdf")):
        if pdf.with_suffix(".txt").exists():
            yield pdf, listed.get(pdf.stem, directory.name)


def distances(program, texts):
    """The similarity of each pair of texts, 1 when they are the same."""
    with tempfile.TemporaryDirectory(prefix="score.") as scratch:
        paths = []
        for index, text in enumerate(side for pair in texts for side in pair):
            paths.append(pathlib.Path(scratch, str(index)))
            paths[-1].write_text(folded(text), encoding="utf-8")
        rows = []
        for at in range(0, len(paths), 2 * FEW):
            out = subprocess.run([program, *paths[at:at + 2 * FEW]], check=True,
                                 stdout=subprocess.PIPE, text=True).stdout
            rows += [[int(n) for n in line.split()] for line in out.splitlines()]
    return [1 - distance / max(a, b, 1) for distance, a, b in rows]


def measure(directory, tools, program, only=""):
    """{tool: {pdf: similarity}} and {pdf: kind}."""
    kinds = {pdf: kind for pdf, kind in truths(directory)
             if only in kind or only in pdf.stem}
    true = {pdf: pdf.with_suffix(".txt").read_text(encoding="utf-8")
            for pdf in kinds}
    scores = {}
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for name, command in tools.items():
            texts = pool.map(lambda pdf: text_of(command, pdf), kinds)
            pairs = [(text, true[pdf]) for text, pdf in zip(texts, kinds)]
            scores[name] = dict(zip(kinds, distances(program, pairs)))
    return scores, kinds


def mean(values):
    values = list(values)
    return sum(values) / len(values) if values else 0.0


def by_kind(scores, kinds):
    """Rows of a table: kind, documents, each tool's mean; then the mean of the
    kinds, each of which counts the same, and of the documents."""
    tools = list(scores)
    rows = [["kind", "documents", *tools]]
    means = {tool: [] for tool in tools}
    for kind in sorted(set(kinds.values())):
        members = [pdf for pdf in kinds if kinds[pdf] == kind]
        row = [kind, str(len(members))]
        for tool in tools:
            means[tool].append(mean(scores[tool][pdf] for pdf in members))
            row.append(f"{means[tool][-1]:.4f}")
        rows.append(row)
    rows.append(["mean of kinds", str(len(rows) - 1),
                 *(f"{mean(means[tool]):.4f}" for tool in tools)])
    rows.append(["mean of documents", str(len(kinds)),
                 *(f"{mean(scores[tool].values()):.4f}" for tool in tools)])
    return rows


def by_document(scores, kinds):
    return [["document", *scores]] + [
        [pdf.stem, *(f"{scores[tool][pdf]:.4f}" for tool in scores)]
        for pdf in kinds]
