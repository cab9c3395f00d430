"""Which of the seven practices matters: the pilot, the run, and experiments/seven_practices.md with its figures.

    python experiments/seven_practices.py                 the whole study; goes on from what is stored
    python experiments/seven_practices.py --pilot         only how many worlds are needed
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
from evidence import (
    HEADS,
    MARKS,
    TRADES,
    Gains,
    asked,
    between,
    effect_rows,
    gains,
    named,
    noted,
    played,
    points,
    size_part,
    spreads,
    table,
    write,
)
from matplotlib.figure import Figure

from sim.analysis.contrasts import contrasts
from sim.analysis.figures import style
from sim.analysis.power import SMALLEST_SHARE, Promise

FILE = Path(__file__).with_suffix(".toml")
FIGURES = Path(__file__).parent / "figures"
MOST_PAIRS = 8
ROW_WORDS = "Worth to the owner of doing it, over what the firm is worth without tools"
PAIR_WORDS = "Worth to the owner of both practices beyond the two alone, over what the firm is worth without tools"


def alone(found: Gains) -> dict[str, pd.DataFrame]:
    """Main effects: of the mean over trades under "all three", and of each trade."""
    parts = {"all three": found.pooled, **found.by_trade}
    return {name: contrasts(found.levels, part.to_numpy(), 1) for name, part in parts.items()}


def together(found: Gains) -> pd.DataFrame:
    """Pairs, the largest first: what both are worth beyond the two alone, twice the contrast of the textbooks."""
    both = contrasts(found.levels, found.pooled.to_numpy(), 2)
    pairs = both[both["order"] == 2].sort_values("effect", key=np.abs, ascending=False)
    return pairs.assign(**{name: 2 * pairs[name] for name in ("effect", "low", "high", "mc_error")})


def families(found: Gains) -> pd.DataFrame:
    """Spreads of the seven practices and of all pairs, with how many share the chance of error."""
    single, pairs, worlds = alone(found)["all three"], together(found), found.pooled.shape[1]
    return spreads((single, worlds, len(single)), (pairs, worlds, len(single) + len(pairs)))


def trade_table(effects: dict[str, pd.DataFrame]) -> str:
    """Main effects by trade; bold where the adjusted p-value, times the number of trades, is below 5%."""
    trades = list(effects)[1:]
    rows = []
    for name in effects[trades[0]].index:
        cells = []
        for trade in trades:
            one = effects[trade].loc[name]
            text = f"{points(one['effect'])} ({between(one['low'], one['high'])})"
            cells.append(f"**{text}**" if one["p_max_t"] * len(trades) <= 0.05 else text)
        rows.append([named(str(name)), *cells])
    return table(["practice", *(TRADES[trade] for trade in trades)], rows)


@style.styled
def row_plot(shown: pd.DataFrame, trades: dict[str, pd.DataFrame], words: str) -> Figure:
    """A row for each effect: its mean over the trades as a large dot, hollow if not told from chance, trades below."""
    figure, (axes,) = style.canvas(1.1 + (0.85 if trades else 0.62) * len(shown))
    style.rows(axes, len(shown))
    axes.axvspan(-SMALLEST_SHARE, SMALLEST_SHARE, color=style.PALE, alpha=0.4, lw=0)
    for row, (name, one) in enumerate(shown.iterrows()):
        style.row_text(axes, row, named(str(name)), points(one["effect"]))
        style.whisker(axes, one["low"], one["high"], row)
        face = style.BLUE if one["p_max_t"] <= Promise().alpha else "white"
        axes.plot([one["effect"]], [row], "o", markersize=10, color=face, mec=style.BLUE, mew=2.2)
        for place, (effects, (mark, shade)) in enumerate(zip(trades.values(), MARKS, strict=False), start=1):
            here, at = effects.loc[name], row + 0.06 + 0.13 * place
            axes.plot([here["low"], here["high"]], [at, at], color=shade, linewidth=1.4)
            axes.plot([here["effect"]], [at], mark, color=shade, markersize=5)
    axes.margins(x=0.05)
    axes.locator_params(axis="x", nbins=6)
    style.in_unit(axes.xaxis, "share", words)
    shades = [(TRADES[trade], shade) for trade, (_, shade) in zip(trades, MARKS, strict=False)]
    style.key(axes, [("mean of three trades, 95%", style.BLUE), *shades], columns=2)
    return figure


def main() -> None:
    """Run what is missing and write the page."""
    options = asked()
    if options.pilot:
        told = families(gains(played(FILE, options)))
        noisiest = told["spread"].where(told["comparisons"] > told["comparisons"].min()).idxmax()
        noted(FILE, told[(told["comparisons"] == told["comparisons"].min()) | (told.index == noisiest)])
        return
    results = played(FILE, options)
    found = gains(results)
    effects = alone(found)
    pairs = together(found)
    FIGURES.mkdir(exist_ok=True)
    ordered = effects.pop("all three").sort_values("effect", ascending=False)
    style.save(row_plot(ordered, effects, ROW_WORDS), FIGURES / "seven_practices.svg", results.title)
    style.save(row_plot(pairs.head(MOST_PAIRS), {}, PAIR_WORDS), FIGURES / "seven_practices_pairs.svg", results.title)
    write(FILE, results, page_parts(found, {"all three": ordered, **effects}, pairs))


def page_parts(found: Gains, effects: dict[str, pd.DataFrame], pairs: pd.DataFrame) -> list[str]:
    """The generated sections of the page."""
    worth = ", ".join(f"{TRADES[trade]} ${usd:,.0f}" for trade, usd in found.worth_usd.items())
    return [
        "## The practices one by one\n",
        "![What each practice is worth](figures/seven_practices.svg)\n",
        f"Mean over all combinations of the other six, over what the firm is worth to an owner who buys nothing "
        f"({worth}); grey: less than ±{SMALLEST_SHARE:.0%}, which would not matter to an owner; a hollow dot is not "
        "told from chance.\n",
        table(HEADS, effect_rows(effects["all three"])) + "\n",
        "By trade (bold: told from chance, adjusted over seven practices and three trades):\n",
        trade_table(effects) + "\n",
        "## Pairs\n",
        "![What pairs are worth beyond the two alone](figures/seven_practices_pairs.svg)\n",
        f"What both are worth beyond the two alone, mean over all combinations of the others: the {MOST_PAIRS} largest "
        f"of {len(pairs)}, adjusted over all practices and pairs.\n",
        table(HEADS, effect_rows(pairs.head(MOST_PAIRS))) + "\n",
        size_part(FILE, families(found), found.pooled.shape[1]),
    ]


if __name__ == "__main__":
    main()
