"""What the studies of several trades share: a pilot, how many worlds it asks for, what is found, and the page.

Trades differ in size, so a gain is given as a share of what the firm is worth to an owner in that trade who buys
nothing, and trades count equally in their mean. A world is one piece of evidence: the same luck in every trade.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pandas as pd

import sim
from sim.analysis.amounts import MINUS
from sim.analysis.figures import style
from sim.analysis.power import SMALLEST_SHARE, Promise, smallest_found, worlds_for
from sim.analysis.results import Results
from sim.errors import InputError
from sim.study import Study

WORTH = "owner_value_usd"
PILOT_SEED, PILOT_WORLDS = 2, 24
RECORD = "../docs/decisions/0149-a-study-is-as-large-as-three-months-of-living-need.md"
HEADS = ("", "effect", "95% interval", "adjusted p", "verdict")
SAID = "## What came out\n"
TRADES = {"bakery": "bakery", "e_commerce": "online store", "health_practice": "health practice"}
MARKS = (("s", style.ORANGE), ("^", style.PURPLE), ("D", style.GREEN))
"""How each trade is drawn."""


@dataclass(frozen=True)
class Gains:
    """What the arm gained over the reference, as a share of the reference's mean: `by_trade[name]` and their mean.

    Each has one row per point, one column per world; `levels` are the points, as numbers, low to high.
    """

    levels: pd.DataFrame
    by_trade: dict[str, pd.DataFrame]
    worth_usd: dict[str, float]

    @property
    def pooled(self) -> pd.DataFrame:
        """The mean over the trades, of the worlds that are complete in all of them."""
        return sum(self.by_trade.values()).dropna(axis=1) / len(self.by_trade)  # type: ignore[union-attr]


def asked() -> argparse.Namespace:
    """The options that every study takes."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--worlds", type=int, help="fewer than the design says, for a first look")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--pilot", action="store_true", help="only say how many worlds are needed")
    return parser.parse_args()


def played(file: Path, options: argparse.Namespace) -> Results:
    """The runs of a design, computed or found; of its pilot, which has a luck of its own."""
    study = Study.from_file(str(file))
    if study.design is None:
        raise InputError(f"{file} is no design.")
    if not options.pilot:
        return study.run(options.worlds, workers=options.workers)
    other = replace(study.design, file=study.design.file.model_copy(update={"seed": PILOT_SEED}))
    return replace(study, design=other).run(PILOT_WORLDS, workers=options.workers)


def gains(results: Results) -> Gains:
    """Gains of the second arm over the first in every trade."""
    arm = list(results.labels)[1]
    by_trade, worth = {}, {}
    for trade, part in results.frame(WORTH, [arm]).groupby("scenario", sort=False):
        wide = part.pivot(index=list(results.factors), columns="replicate", values="difference").dropna(axis=1)
        worth[str(trade)] = float(part["reference"].mean())
        by_trade[str(trade)] = wide / worth[str(trade)]
    levels = next(iter(by_trade.values())).index.to_frame(index=False)
    placed = {name: levels[name].map(list(words).index) for name, words in results.words.items()}
    return Gains(levels.assign(**placed), by_trade, worth)


def needed(spread: float, comparisons: int) -> int:
    """Worlds in which the smallest difference that matters is found with the usual promise."""
    return worlds_for(SMALLEST_SHARE, spread, Promise(comparisons=comparisons))


def in_reach(spread: float, worlds: int, comparisons: int) -> float:
    """The smallest difference that so many worlds find with the same promise."""
    return smallest_found(spread, worlds, Promise(comparisons=comparisons))


def verdict(one: pd.Series, up: str = "worth it", down: str = "harmful") -> str:
    """What is to be said of an effect, by the rule that stood before the run."""
    effect, low, high = one["effect"], one["low"], one["high"]
    if one["p_max_t"] <= Promise().alpha:
        way = up if effect > 0 else down
        return f"**{way}**" if abs(effect) >= SMALLEST_SHARE else f"{way}, by less than matters"
    return "no more than a trifle" if low > -SMALLEST_SHARE and high < SMALLEST_SHARE else "open"


def points(value: float) -> str:
    """A share of the firm's worth in percent, signed."""
    return f"{100 * value:+.1f}%".replace("-", MINUS)


def between(low: float, high: float) -> str:
    """An interval of shares."""
    return f"{points(low).removesuffix('%')} to {points(high)}"


def p_words(value: float) -> str:
    """A p-value as people write it."""
    return "<0.001" if value < 0.001 else f"{value:.3f}"


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table in Markdown: words on the left, numbers on the right."""
    lines = [f"| {' | '.join(heads)} |", "| --- |" + " ---: |" * (len(heads) - 1)]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows)])


def write(file: Path, results: Results, parts: Sequence[str]) -> None:
    """The page of a study; the paragraph under “What came out” is written by people and stays."""
    page = file.with_suffix(".md")
    before = page.read_text(encoding="utf-8") if page.exists() else ""
    said = before.partition(SAID)[2].partition("\n## ")[0].strip()
    place = "trade" if "trade" in results.factors else "scenario"
    head = (
        f"# {results.title}\n\n`python experiments/{file.stem}.py --worlds {results.worlds}`, "
        f"{datetime.now(UTC):%Y-%m-%d}, model {sim.__version__}.{sim.MODEL_VERSION}, {results.worlds} worlds of "
        f"{results.months} months in each of {results.scalars[place].nunique()} trades, {len(results.scalars):,} "
        f"runs; the design, written before them, is [`{file.name}`]({file.name}).\n"
    )
    page.write_text("\n".join([head, SAID, said, "", *parts]), encoding="utf-8")
    print(page)


def spread_of(found: pd.DataFrame, worlds: int) -> np.ndarray:
    """Standard deviation between worlds of each contrast."""
    return found["mc_error"].to_numpy() * np.sqrt(worlds)


def named(contrast: str) -> str:
    """A contrast in words."""
    return contrast.replace("_", " ")


def effect_rows(main: pd.DataFrame, up: str = "worth it", down: str = "harmful") -> list[list[str]]:
    """A row of the table for each contrast."""
    return [
        [named(str(name)), points(one["effect"]), between(one["low"], one["high"]), p_words(one["p_max_t"]),
         verdict(one, up, down)]
        for name, one in main.iterrows()
    ]  # fmt: skip


def noted(file: Path, found: pd.DataFrame) -> None:
    """Keep what a pilot found, in the file that the page takes it from, and say how many worlds it asks for."""
    found.round(3).to_csv(file.with_suffix(".pilot.csv"), lineterminator="\n")
    for name, one in found.iterrows():
        print(f"{named(str(name))}: {needed(one['spread'], int(one['comparisons'])):,} worlds", flush=True)


def spreads(*families: tuple[pd.DataFrame, int, int]) -> pd.DataFrame:
    """Spread between worlds and number of comparisons of each row; a family is its rows, worlds and comparisons."""
    return pd.concat([
        pd.DataFrame({"spread": spread_of(rows, worlds), "comparisons": comparisons}, index=rows.index)
        for rows, worlds, comparisons in families
    ])  # fmt: skip


def size_part(file: Path, run: pd.DataFrame, worlds: int) -> str:
    """The section on how the size was fixed: what the pilot asked for, and what the run can see."""
    pilot = pd.read_csv(file.with_suffix(".pilot.csv"), index_col=0)
    rows = [
        [named(str(name)), f"{one['spread']:.1%}", f"{one['comparisons']:.0f}",
         f"{needed(one['spread'], int(one['comparisons'])):,}",
         f"{in_reach(run.loc[name, 'spread'], worlds, int(one['comparisons'])):.1%}"]
        for name, one in pilot.iterrows()
    ]  # fmt: skip
    heads = ["", "spread between worlds, pilot", "comparisons", "worlds needed", f"smallest that {worlds} find"]
    return (
        f"## How the size was fixed\n\nPilot of {PILOT_WORLDS} worlds with seed {PILOT_SEED} (`python experiments/"
        f"{file.stem}.py --pilot`), run before the study. Smallest effect that matters: {SMALLEST_SHARE:.0%} of the "
        f"firm's worth, three months out of five years ([0149]({RECORD})). One false alarm in twenty over a family of "
        f"comparisons, four hits in five for each.\n\n{table(heads, rows)}\n"
    )
