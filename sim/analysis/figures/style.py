"""One style for every picture: quiet, big, safe for colour-blind readers, legible on a phone and from the
last row.

A figure is 5.2 inches (374 points) wide, about the width of a phone, so its text of 10 to 12 points is read
there at its own size and grows with the page elsewhere. Colours are those of Okabe and Ito. Pictures use
Matplotlib's object interface, carry no date and name their parts from a fixed salt, so equal numbers give
equal bytes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from io import BytesIO, StringIO
from pathlib import Path
from textwrap import fill
from typing import Any

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine

from sim.analysis.amounts import level, percent, unit_words
from sim.analysis.comparison import Comparison

BLUE, VERMILLION, GREEN, ORANGE = "#0072B2", "#D55E00", "#009E73", "#E69F00"
SKY, PURPLE, YELLOW = "#56B4E9", "#CC79A7", "#F0E442"
INK, GREY, PALE = "#1d2329", "#6b737b", "#d7dbdf"
OTHERS = (ORANGE, PURPLE, GREEN, SKY, YELLOW)

WIDTH_INCH = 5.2
SMALL, TEXT = 10.5, 12.0
PIXELS_INCH = 300
LABEL_LENGTH = 44
AXIS_LENGTH = 48
FAMILY = "system-ui, -apple-system, 'Segoe UI', Roboto, Helvetica, Arial, 'Liberation Sans', sans-serif"
STYLE: dict[Any, Any] = {
    "font.family": "DejaVu Sans", "font.size": TEXT, "text.color": INK,
    "axes.titlesize": TEXT, "axes.titleweight": "bold", "axes.titlelocation": "left",
    "axes.labelsize": TEXT, "axes.labelcolor": INK, "axes.edgecolor": PALE, "axes.linewidth": 0.8,
    "axes.spines.top": False, "axes.spines.right": False, "axes.spines.left": False,
    "xtick.labelsize": SMALL, "xtick.color": GREY, "xtick.labelcolor": INK, "xtick.major.size": 3,
    "ytick.labelsize": SMALL, "ytick.color": GREY, "ytick.labelcolor": INK, "ytick.major.size": 0,
    "lines.linewidth": 2.2, "lines.solid_capstyle": "round",
    "figure.facecolor": "none", "axes.facecolor": "none", "savefig.facecolor": "none",
    "svg.fonttype": "none", "svg.hashsalt": "smbsim",
}  # fmt: skip
DASHED = (0, (4, 2))
HALO: dict[str, Any] = {"facecolor": "white", "edgecolor": "none", "pad": 1.0}  # no line runs through words
UNDATED = {"Date": None, "Creator": None, "Format": None, "Type": None}
NAMESPACES = f'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" font-family="{FAMILY}"'
CLEANING = (
    (r"<defs>\s*<style.*?</style>\s*</defs>\s*", ""),  # a rule for every element of the page around it
    (r'<g id="[^"]*">', "<g>"),
    (r"font-family: 'DejaVu Sans'; ", ""),
    (r' transform="rotate\(-0 [^"]*"', ""),
)

# Pictures are drawn inside it; the settings of the process come back afterwards.
styled = rc_context(rc=STYLE)


def colour(comparison: Comparison, arm: str) -> str:
    """Grey for the reference, blue for the main choice, one colour each for the others."""
    if arm == comparison.reference.name:
        return GREY
    if arm == comparison.main.name:
        return BLUE
    others = [other.name for other in comparison.choices if other is not comparison.main]
    return OTHERS[others.index(arm) % len(OTHERS)]


def palette(names: Sequence[str], reference: str | None = None) -> dict[str, str]:
    """A colour for each choice: grey for the reference, blue for the last, one each for the others."""
    others = [name for name in names if name != reference]
    shades = [OTHERS[place % len(OTHERS)] for place in range(len(others) - 1)] + [BLUE]
    return {name: GREY for name in names if name == reference} | dict(zip(others, shades, strict=False))


def in_unit(axis: Axis, unit: str, label: str) -> None:
    """Label an axis with its unit and write its ticks as people read them: $12k, 20%, 3."""
    if unit.startswith("share"):
        axis.set_major_formatter(lambda value, _: percent(value))
    elif unit.startswith("USD"):
        axis.set_major_formatter(dollars)
    told = unit.startswith("USD") or unit.startswith("share") or unit == "ratio"
    words = label if told else f"{label}, {unit_words(unit)}"
    axis.set_label_text("\n".join(fill(line, AXIS_LENGTH, break_on_hyphens=False) for line in words.split("\n")))


def dollars(value: float, _: float | None = None) -> str:
    """A tick label in dollars, in thousands where there are some."""
    return level(value / 1_000, "USD") + "k" if abs(value) >= 1_000 else level(value, "USD")


def canvas(height_inch: float, panels: int = 1) -> tuple[Figure, list[Axes]]:
    """A figure of the common width with panels below each other that share the x axis."""
    layout = ConstrainedLayoutEngine(w_pad=0.02, h_pad=0.04)
    figure = Figure(figsize=(WIDTH_INCH, height_inch), layout=layout)
    axes = figure.subplots(panels, 1, sharex=True, squeeze=False)[:, 0]
    return figure, list(axes)


def key(axes: Axes, entries: Sequence[tuple[str, str]], columns: int = 1) -> None:
    """Name what is drawn above the axes, in the order given: (label, colour); long names go on below themselves."""
    named = [fill(label, LABEL_LENGTH) if columns == 1 else label for label, _ in entries]
    below = [sum(text.count("\n") + 1 for text in named[place + 1 :: columns]) for place in range(len(named))]
    last = (len(entries) - 1) // columns
    for place, (text, (_, shade)) in enumerate(zip(named, entries, strict=True)):
        row, column = divmod(place, columns)
        lines = below[place] if columns == 1 else last - row
        where, height = (column / columns, 1.0), 12 + 16 * (lines + text.count("\n"))
        at: dict[str, Any] = {
            "xycoords": "axes fraction",
            "textcoords": "offset points",
            "va": "center",
            "annotation_clip": False,
        }
        axes.annotate("\N{BLACK SQUARE}", where, xytext=(0, height), color=shade, **at)
        longer: dict[str, Any] = {"xytext": (14, height + 8), "va": "top", "linespacing": 1.12} if "\n" in text else {}
        words = at | {"xytext": (14, height)} | longer
        axes.annotate(text, where, fontsize=TEXT if columns == 1 else SMALL, **words)


def row_text(axes: Axes, row: float, label: str, value: str = "", *, strong: bool = False) -> None:
    """Name a row above its bar, with its number at the right end; rows are one unit apart, downwards."""
    at: dict[str, Any] = {
        "transform": axes.get_yaxis_transform(),
        "va": "bottom",
        "linespacing": 1.05,
        "fontweight": "bold" if strong else "normal",
        "bbox": HALO,
    }
    axes.text(0, row - 0.23, fill(label, LABEL_LENGTH - len(value) // 2), ha="left", **at)
    axes.text(1, row - 0.23, value, ha="right", **at)


def rows(axes: Axes, count: int) -> None:
    """Prepare axes for rows: first at the top, no y axis, a quiet line at zero."""
    axes.set_ylim(count - 0.35, -0.65)
    axes.set_yticks([])
    axes.axvline(0, color=PALE, linewidth=1.4, zorder=0)


def whisker(axes: Axes, low: float, high: float, row: float) -> None:
    """The likely range of a number, drawn over its bar."""
    axes.plot([low, high], [row, row], color=INK, linewidth=1.6)
    for end in (low, high):
        axes.plot([end, end], [row - 0.07, row + 0.07], color=INK, linewidth=1.6)


def png(figure: Figure) -> bytes:
    """The picture as PNG on white, as wide as a slide."""
    written = BytesIO()
    with rc_context(rc=STYLE):
        figure.savefig(written, format="png", dpi=PIXELS_INCH, facecolor="white", metadata={"Software": None})
    return written.getvalue()


def save(figure: Figure, path: str | Path, title: str = "") -> None:
    """Write the picture as PNG or SVG, by the ending of the path; ValueError for another ending."""
    place = Path(path)
    if place.suffix not in (".png", ".svg"):
        raise ValueError(f"{place.name} should end in .png or .svg")
    place.write_bytes(png(figure) if place.suffix == ".png" else svg(figure, place.stem, title).encode())


def _laid_out(figure: Figure) -> None:
    """Put everything in its place, so that the figure is drawn once: `savefig` draws it beforehand to do so."""
    engine = figure.get_layout_engine()
    if engine is not None:
        engine.execute(figure)
        figure.set_layout_engine("none")


def svg(figure: Figure, name: str, title: str) -> str:
    """The picture as inline SVG that scales to its frame: same figure, same bytes.

    `name` makes the ids inside unique on a page, `title` is read out by screen readers.
    """
    written, canvas = StringIO(), FigureCanvasSVG(figure)
    with rc_context(rc=STYLE):
        _laid_out(figure)
        canvas.print_svg(written, metadata=UNDATED)  # type: ignore[no-untyped-call]
    text = written.getvalue()
    body = text[text.index(">", text.index("<svg")) + 1 :].strip()
    for pattern, kept in CLEANING:
        body = re.sub(pattern, kept, body)
    body = re.sub(r'(\bid="|url\(#|href="#)', rf"\g<1>{name}-", body)
    width, height = (72 * size for size in figure.get_size_inches())
    spoken = f'role="img" aria-label="{escape(title)}"'
    return f'<svg {NAMESPACES} viewBox="0 0 {width:g} {height:g}" {spoken}>\n{body}'
