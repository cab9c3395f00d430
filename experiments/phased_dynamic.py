"""Trying first and looking over, from calm to turbulent: the pilot, the run, and experiments/phased_dynamic.md.

    python experiments/phased_dynamic.py                  the whole study; goes on from what is stored
    python experiments/phased_dynamic.py --pilot          only how many worlds are needed
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
from evidence import (
    HEADS,
    MARKS,
    TRADES,
    asked,
    between,
    effect_rows,
    gains,
    noted,
    played,
    points,
    size_part,
    spreads,
    table,
    write,
)
from matplotlib.figure import Figure

from sim.analysis.columns import sign_flip_p
from sim.analysis.figures import style
from sim.analysis.paired import max_t
from sim.analysis.power import SMALLEST_SHARE
from sim.analysis.resample import mean_interval
from sim.arrays import Floats

FILE = Path(__file__).with_suffix(".toml")
FIGURES = Path(__file__).parent / "figures"
JUMPS_YEAR = np.array([0.0, 1.0, 2.0, 4.0])
LEVELS = ("calm", "a jump a year", "two", "four")
"""Positions of the dial, in the order of the design file, and in words."""
PHASED, DYNAMIC, BOTH = "trying first", "looking over", "both, beyond the two alone"
SIGNS = {
    PHASED: np.array([-0.5, -0.5, 0.5, 0.5]), DYNAMIC: np.array([-0.5, 0.5, -0.5, 0.5]),
    BOTH: np.array([1.0, -1.0, -1.0, 1.0]),
}
"""Weights of at once and static, at once and dynamic, phased and static, phased and dynamic."""


def by_level(levels: pd.DataFrame, values: Floats) -> dict[str, Floats]:
    """Effect of each practice at each level of turbulence, (worlds, levels); `values` is (points, worlds)."""
    order = np.lexsort((levels["reconfiguration"], levels["rollout"], levels["jumps_year"]))
    cells = values[order].reshape(len(JUMPS_YEAR), 4, -1)
    return {name: np.einsum("p,lpw->wl", weights, cells) for name, weights in SIGNS.items()}


def across(effects: dict[str, Floats]) -> pd.DataFrame:
    """The six comparisons: each effect on average, and how far it moves from calm to four jumps along a line."""
    away = JUMPS_YEAR - JUMPS_YEAR.mean()
    line = away * JUMPS_YEAR.max() / (away @ away)
    columns = {f"{name}, on average": effect.mean(axis=1) for name, effect in effects.items()}
    columns |= {f"{name}, from calm to four jumps": effect @ line for name, effect in effects.items()}
    return judged(columns)


def judged(columns: dict[str, Floats]) -> pd.DataFrame:
    """One row per column of worlds: effect, low, high (95%), mc_error, p_value, p_max_t over all of them."""
    values = np.column_stack(list(columns.values()))
    low, high = mean_interval(values)
    return pd.DataFrame({
        "effect": values.mean(axis=0), "low": low, "high": high,
        "mc_error": values.std(axis=0, ddof=1) / np.sqrt(len(values)),
        "p_value": sign_flip_p(values), "p_max_t": max_t(values),
    }, index=pd.Index(columns))  # fmt: skip


def level_table(effects: dict[str, Floats]) -> str:
    """Each effect at each level of turbulence with its interval."""
    rows = []
    for name, values in effects.items():
        low, high = mean_interval(values)
        cells = [f"{points(mean)} ({between(a, b)})" for mean, a, b in zip(values.mean(axis=0), low, high, strict=True)]
        rows.append([name, *cells])
    return table(["", *LEVELS], rows)


@style.styled
def turbulence_plot(pooled: dict[str, Floats], by_trade: dict[str, dict[str, Floats]]) -> Figure:
    """A panel for each effect: its mean over the trades with its interval, and each trade, over jumps a year."""
    figure, panels = style.canvas(8.6, len(pooled))
    for axes, (name, values) in zip(panels, pooled.items(), strict=True):
        axes.axhspan(-SMALLEST_SHARE, SMALLEST_SHARE, color=style.PALE, alpha=0.4, lw=0)
        axes.axhline(0, color=style.GREY, linewidth=0.8)
        for effects, (mark, shade) in zip(by_trade.values(), MARKS, strict=True):
            axes.plot(JUMPS_YEAR, effects[name].mean(axis=0), color=shade, marker=mark, markersize=6, linewidth=1.4)
        low, high = mean_interval(values)
        mean = values.mean(axis=0)
        axes.errorbar(JUMPS_YEAR, mean, (mean - low, high - mean), color=style.BLUE, ecolor=style.INK, marker="o",
                      markersize=9, linewidth=2.6, elinewidth=1.8, capsize=5, zorder=4)
        axes.set_title(name[:1].upper() + name[1:], pad=52 if axes is panels[0] else None)
        axes.yaxis.set_major_formatter(lambda value, _: points(value).replace(".0", "").replace("+0%", "0"))
    shades = [(TRADES[trade], shade) for trade, (_, shade) in zip(by_trade, MARKS, strict=True)]
    style.key(panels[0], [("mean of the trades, 95%", style.BLUE), *shades], columns=2)
    panels[-1].set_xticks(JUMPS_YEAR)
    panels[-1].set_xlabel("Jumps a year of work, and as many of tastes")
    figure.supylabel("Worth to the owner, over the firm's worth without tools", fontsize=style.SMALL)
    return figure


def main() -> None:
    """Run what is missing and write the page."""
    options = asked()
    results = played(FILE, options)
    found = gains(results)
    pooled = by_level(found.levels, found.pooled.to_numpy())
    if options.pilot:
        noted(FILE, families(pooled))
        return
    trades = {name: by_level(found.levels, part.to_numpy()) for name, part in found.by_trade.items()}
    FIGURES.mkdir(exist_ok=True)
    style.save(turbulence_plot(pooled, trades), FIGURES / "phased_dynamic.svg", results.title)
    write(FILE, results, page_parts(pooled, trades))


def families(effects: dict[str, Floats]) -> pd.DataFrame:
    """Spreads of the six comparisons."""
    six = across(effects)
    return spreads((six, len(effects[PHASED]), len(six)))


def page_parts(pooled: dict[str, Floats], trades: dict[str, dict[str, Floats]]) -> list[str]:
    """The generated sections of the page."""
    six = across(pooled)
    return [
        "## Trying first, looking over, and turbulence\n",
        "![What each is worth from calm to turbulent](figures/phased_dynamic.svg)\n",
        table(HEADS, [*effect_rows(six[:3]), *effect_rows(six[3:], "rises", "falls")]) + "\n",
        "## At each level of turbulence\n",
        *(f"{TRADES.get(name, name).capitalize()}:\n\n{level_table(part)}\n" for name, part in
          {"mean of the trades": pooled, **trades}.items()),
        size_part(FILE, families(pooled), len(pooled[PHASED])),
    ]


if __name__ == "__main__":
    main()
