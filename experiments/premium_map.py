"""Where does which way of choosing win, and where does each lose?

    python experiments/premium_map.py                as many futures as premium_map.toml says
    python experiments/premium_map.py --futures 6    a quick look

Sweeps experiments/premium_map.toml (what is in its store is not computed again), fills in the tables of premium_map.md
and draws a map for each level of what looking teaches into experiments/premium_map/.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import pandas as pd
from headline_tables import fill, label, table

from sim.analysis.columns import holm, sign_flip_p
from sim.analysis.figures import style
from sim.analysis.figures.premium import premium_map
from sim.analysis.headline import mean_of
from sim.analysis.premium import premium_cells
from sim.study import Study

HERE = Path(__file__).parent
X, Y, SHEET = "ovens_full", "steps_unequal", "looking_teaches"
WORTH = "owner_value_usd"
Point = tuple[float, float, float]


def gains(frame: pd.DataFrame, arm: str) -> dict[Point, np.ndarray]:
    """Worth over buying nothing at every point, (futures,)."""
    own = frame[frame["arm"] == arm]
    return {point: part["difference"].to_numpy(np.float64) for point, part in own.groupby([X, SHEET, Y])}


def where(point: Point) -> str:
    """A point in words."""
    return f"ovens {point[0]:.0%} full, looking {point[1]:g}, steps {point[2]:g}"


def strategies(frame: pd.DataFrame) -> str:
    """Every way of choosing: at how many points it wins and loses for sure, its best and its worst."""
    worth = frame.loc[frame["arm"] == "none", "value"].mean()
    rows = []
    for arm in [name for name in frame["arm"].unique() if name != "none"]:
        gap = gains(frame, arm)
        p = dict(zip(gap, holm(sign_flip_p(np.column_stack(list(gap.values())))[:, None])[:, 0], strict=True))
        mean = {point: float(values.mean()) for point, values in gap.items()}
        sure = [np.sign(mean[point]) for point in gap if p[point] < 0.05]
        best, worst = max(mean, key=mean.__getitem__), min(mean, key=mean.__getitem__)
        rows.append([label(arm), f"{sure.count(1)}", f"{len(gap) - len(sure)}", f"{sure.count(-1)}",
                     *(f"{dollars(gap[point])}; {where(point)}" for point in (best, worst))])
    head = ("", "wins", "open", "loses", "best context", "worst context")
    return f"A bakery is worth {worth:,.0f} dollars to an owner who buys nothing, mean over the points.\n\n" + table(
        head, rows)


def dollars(values: np.ndarray) -> str:
    """A mean with its interval, USD."""
    one = mean_of(values)
    return f"{one.value:+,.0f} ({one.low:+,.0f} to {one.high:+,.0f})".replace("-", "−")


def levels(frame: pd.DataFrame) -> str:
    """Mean gain at every level of every factor, over the other two."""
    arms = [name for name in frame["arm"].unique() if name != "none"]
    rows = []
    for factor, words in ((X, "ovens full"), (SHEET, "looking teaches"), (Y, "steps unequal")):
        for level, part in frame.groupby(factor):
            said = f"{words} {level:.0%}" if factor == X else f"{words} {level:g}"
            own = [part[part["arm"] == arm].groupby("replicate")["difference"].mean() for arm in arms]
            rows.append([said, *(dollars(one.to_numpy(np.float64)) for one in own)])
    return table(("", *(f"`{arm}`" for arm in arms)), rows)


def best(frame: pd.DataFrame, labels: dict[str, str]) -> str:
    """Who is best, at how many points, and at how many of these for sure."""
    cells = pd.concat([cells_of(part, labels) for _, part in frame.groupby(SHEET)])
    counted = [(labels[arm], own) for arm in labels if len(own := cells[cells["winner"] == labels[arm]])]
    return table(("", "best at so many points", "for sure"),
                 ([f"{words}", f"{len(own)}", f"{int(own['sure'].sum())}"] for words, own in counted))


def cells_of(part: pd.DataFrame, labels: dict[str, str]) -> pd.DataFrame:
    """The winners of one sheet of the map."""
    told = part.assign(x=part[X], y=part[Y], choice=part["arm"].map(labels))
    return premium_cells(told[["x", "y", "choice", "replicate", "value"]])


def main() -> None:
    """Sweep, and write the page."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--futures", type=int, help="instead of what the design says")
    parser.add_argument("--workers", type=int, default=1)
    asked = parser.parse_args()
    results = Study.from_file(str(HERE / "premium_map.toml")).run(worlds=asked.futures, workers=asked.workers)
    frame, folder = results.frame(WORTH), HERE / "premium_map"
    folder.mkdir(exist_ok=True)
    for sheet, part in frame.groupby(SHEET):
        figure = premium_map(cells_of(part, results.labels), ("Ovens full in a normal month, share",
                             "How unequal the steps are, log spread"), "USD", results.labels["none"])
        style.save(figure, folder / f"looking_{sheet:g}.svg", f"Which way of choosing wins, looking teaches {sheet:g}")
    fill(HERE / "premium_map.md", {
        "strategies": lambda: strategies(frame), "levels": lambda: levels(frame),
        "best": lambda: best(frame, results.labels),
    })


if __name__ == "__main__":
    main()
