"""What is off by default, switched on one thing at a time: the run, and experiments/switched_on.md with its picture.

    python experiments/switched_on.py                  the whole study; goes on from what is stored
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
from evidence import WORTH, asked, between, played, points, table, verdict, write
from matplotlib.figure import Figure

from sim.analysis.columns import sign_flip_p
from sim.analysis.figures import style
from sim.analysis.paired import max_t
from sim.analysis.power import SMALLEST_SHARE
from sim.analysis.resample import mean_interval
from sim.analysis.results import Results

FILE = Path(__file__).with_suffix(".toml")
FIGURES = Path(__file__).parent / "figures"
OFF = "nothing"
WORDS = {
    "better_tools": "tools get cheaper and better", "support_ends": "support ends after four years",
    "talk_spreads": "talk spreads with owners", "turbulence": "work and tastes jump", "more_edges": "twice the edges",
    "data_tell": "data tell", "tools_stop": "tools stop twice a year", "customers_worry": "customers worry",
    "dearer_materials": "materials rise 3% a year", "errors_copied": "tools copy errors",
    "lock_in": "mending is dearer where automated", "entry_deterred": "newcomers stay away",
    "rents_shared": "wages follow output", "scarce_hands": "wages follow open posts",
}


def shares(results: Results, arm: str) -> pd.DataFrame:
    """Gain of the arm over buying nothing with each thing on, (worlds, things): mean over the trades, of worth."""
    frame = results.frame(WORTH, [arm])
    parts = []
    for _, trade in frame.groupby("trade", sort=False):
        worth = trade.loc[trade["on"] == OFF, "reference"].mean()
        parts.append(trade.pivot(index="replicate", columns="on", values="difference") / worth)
    pooled = sum(parts) / len(parts)
    return pooled[[OFF, *WORDS]].dropna()


def judged(gains: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """A row for every arm and thing: what it moves, with its interval, adjusted over the whole table."""
    moved = pd.concat({arm: one[list(WORDS)].sub(one[OFF], axis=0) for arm, one in gains.items()}, axis=1).dropna()
    values = moved.to_numpy()
    low, high = mean_interval(values)
    return pd.DataFrame({
        "effect": values.mean(axis=0), "low": low, "high": high, "p_value": sign_flip_p(values),
        "p_max_t": max_t(values),
    }, index=moved.columns)  # fmt: skip


def said(one: pd.Series) -> str:
    """What is moved, and what is to be said of it."""
    return f"{points(one['effect'])} ({between(one['low'], one['high'])})<br>{verdict(one, 'rises', 'falls')}"


def gain_table(results: Results, gains: dict[str, pd.DataFrame], moved: pd.DataFrame) -> str:
    """What each way gains with all off, and what each thing moves."""
    rows = []
    off = []
    for one in gains.values():
        low, high = mean_interval(one[[OFF]].to_numpy())
        off.append(f"{points(one[OFF].mean())} ({between(low[0], high[0])})")
    rows.append(["**all of them off: gain over buying nothing**", *off])
    rows += [[words, *(said(moved.loc[(arm, thing)]) for arm in gains)] for thing, words in WORDS.items()]
    return table(["moved by", *(results.labels[arm] for arm in gains)], rows)


@style.styled
def moved_plot(moved: pd.DataFrame, arm: str) -> Figure:
    """What each thing moves for one way of choosing, largest first; hollow where it may be luck."""
    own = moved.loc[arm].sort_values("effect")
    figure, (axes,) = style.canvas(0.36 * len(own) + 1.4, 1)
    axes.axvspan(-SMALLEST_SHARE, SMALLEST_SHARE, color=style.PALE, alpha=0.5, lw=0)
    axes.axvline(0, color=style.GREY, linewidth=0.8)
    for place, (_, one) in enumerate(own.iterrows()):
        sure = one["p_max_t"] <= 0.05
        axes.plot([one["low"], one["high"]], [place, place], color=style.BLUE, linewidth=2.2)
        axes.plot(one["effect"], place, "o", color=style.BLUE, markersize=9,
                  markerfacecolor=style.BLUE if sure else "white", markeredgewidth=2)
    axes.set_yticks(np.arange(len(own)), [WORDS[thing] for thing in own.index])
    axes.xaxis.set_major_formatter(lambda value, _: points(value).replace(".0", "").replace("+0%", "0"))
    axes.set_xlabel("Change of the gain,\nof what the firm is worth")
    return figure


def main() -> None:
    """Run what is missing and write the page."""
    results = played(FILE, asked())
    arms = [arm for arm in results.labels if arm != results.reference]
    gains = {arm: shares(results, arm) for arm in arms}
    moved = judged(gains)
    FIGURES.mkdir(exist_ok=True)
    style.save(moved_plot(moved, "aligned"), FIGURES / "switched_on.svg", results.title)
    write(FILE, results, [
        "## What each thing moves\n",
        "Change of the gain over buying nothing, mean over a bakery, an online store and a health practice, over what "
        "the firm is worth to an owner who buys nothing; 95% intervals over worlds; verdicts adjusted over the whole "
        "table.\n",
        gain_table(results, gains, moved) + "\n",
        f"![What moves the gain of aligned owners](figures/switched_on.svg)\n\n"
        f"*Aligned owners; grey: less than ±{SMALLEST_SHARE:.0%}, which would not matter; hollow: may be luck.*\n",
    ])  # fmt: skip


if __name__ == "__main__":
    main()
