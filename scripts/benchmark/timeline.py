# SPDX-License-Identifier: GPL-3.0-or-later
"""Draws what extract's lanes did (--timeline) as SVG: lanes as rows, documents
and ranges of pages as bars, coloured by tier; and says how idle they were."""

import html
import json
import pathlib

COLOURS = {"tiny": "#8ecae6", "small": "#219ebc", "medium": "#90be6d",
           "large": "#f9c74f", "huge": "#f3722c"}
WIDTH, ROW, LEFT, TOP = 1200, 26, 60, 40
# A bar that is thinner would not be seen.
THINNEST = 0.5


def bars_of(path):
    with open(path, encoding="ascii") as rows:
        return [json.loads(row) for row in rows]


def rectangle(bar, row, scale):
    x = LEFT + bar["start"] * scale
    width = max((bar["end"] - bar["start"]) * scale, THINNEST)
    what = ("opened" if bar["pages"] == 0 else
            f"pages {bar['first']}-{bar['first'] + bar['pages'] - 1}")
    seconds = bar["end"] - bar["start"]
    title = f"document {bar['document']}, {bar['tier']}: {what}, {seconds:.3f} s"
    opacity = "0.55" if bar["pages"] == 0 else "1"
    return (f'<rect x="{x:.2f}" y="{TOP + row * ROW}" width="{width:.2f}"'
            f' height="{ROW - 4}" fill="{COLOURS[bar["tier"]]}"'
            f' fill-opacity="{opacity}"><title>{html.escape(title)}</title></rect>')


def legend():
    parts = []
    for index, (tier, colour) in enumerate(COLOURS.items()):
        x = LEFT + index * 90
        parts.append(f'<rect x="{x}" y="10" width="14" height="14" fill="{colour}"/>'
                     f'<text x="{x + 20}" y="22">{tier}</text>')
    return parts


def axis(end, scale, rows):
    y = TOP + rows * ROW + 14
    parts = []
    for step in range(11):
        at = end * step / 10
        parts.append(f'<text x="{LEFT + at * scale:.1f}" y="{y}"'
                     f' text-anchor="middle">{at:.2f} s</text>')
    return parts


def svg(bars):
    lanes = sorted({bar["lane"] for bar in bars})
    end = max(bar["end"] for bar in bars)
    scale = (WIDTH - LEFT - 40) / end
    height = TOP + len(lanes) * ROW + 30
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}"'
             f' height="{height}" font-family="sans-serif" font-size="12">']
    parts += legend()
    for row, lane in enumerate(lanes):
        parts.append(f'<text x="4" y="{TOP + row * ROW + 16}">lane {row + 1}</text>')
        parts += [rectangle(bar, row, scale) for bar in bars if bar["lane"] == lane]
    parts += axis(end, scale, len(lanes))
    return "\n".join(parts + ["</svg>\n"])


def draw(timeline, path):
    """Turns the file TIMELINE into the picture PATH."""
    pathlib.Path(path).write_text(svg(bars_of(timeline)), encoding="utf-8")


def idleness(stats):
    """What --stats says of the lanes, in words."""
    said = json.loads(pathlib.Path(stats).read_text(encoding="utf-8"))
    lanes, wall = said["lanes"], said["wall_seconds"]
    tail = lanes["tail_seconds"] / wall if wall else 0
    return (f"{lanes['count']} lanes, idle {lanes['idle_share_before_tail']:.1%} of"
            f" the time until the last document; tail {tail:.1%} of the run")
