"""The two headline figures as outputs: projects that fall short, and how many times as likely growth is.

Trades differ in size, so worth is told in shares of what the trade's firm is worth to an owner who buys nothing, and
every trade counts alike. The same future is lived in every trade and under every way of choosing, so what is resampled
is the future, with all that happened in it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from sim.analysis.bridge import bridge
from sim.analysis.comparison import Comparison
from sim.analysis.growth import ratio_of_ratios, ratio_of_shares
from sim.analysis.measures import NOTHING, Found
from sim.analysis.projects import SHORT
from sim.analysis.resample import mean_interval, ratio_interval
from sim.analysis.returns import return_year
from sim.arrays import Floats

WORTH = "owner_value_usd"
FAST, OPEN = "fast_growth_share", "alive_share"
STEP = "step_"
ENDS = ("forecast", "outcome", "beyond")


def lived(comparison: Comparison) -> pd.DataFrame:
    """One row per choice and future: worth gained, projects and how many fell short, and the bridge, discounted USD.

    `worth_usd` is what the firm was worth under the reference, `limited` the share of the market's small firms that
    are held back by something other than demand under it; `bought`, `firm_short` and `worse_off` are 0 or 1.
    """
    return pd.concat([_of_arm(comparison, arm.name) for arm in comparison.choices], ignore_index=True)


def _of_arm(comparison: Comparison, arm: str) -> pd.DataFrame:
    """The rows of one choice."""
    base, projects, found = comparison.reference.name, comparison.projects[arm], bridge(comparison, arm)
    earned, gain = return_year(comparison, arm), comparison.gap(arm, WORTH)
    counts = {f"below_{name}": [sum(map(short, own)) for own in projects.values()] for name, short in SHORT.items()}
    return pd.DataFrame({
        "arm": arm, "replicate": list(projects), "worth_usd": comparison.scalar(base, WORTH),
        "gain_usd": gain, "bought": np.isfinite(earned) * 1, "firm_short": (earned < comparison.hurdle_year) * 1,
        "worse_off": (gain < 0.0) * 1, "cost_usd": comparison.gap(arm, "automation_cost_usd"),
        "limited": 1.0 - comparison.scalar(base, "limited_by_demand_start"),
        "projects": [len(own) for own in projects.values()], **counts,
        **{f"{STEP}{one.name}": one.per_world for one in (found.forecast, *found.steps, found.outcome, found.beyond)},
    })  # fmt: skip


def gain_share(frame: pd.DataFrame, arm: str, rival: str | None = None) -> Floats:
    """Worth gained, less the rival's, over what a firm of the trade is worth; mean over trades, (futures,)."""
    worth = frame.groupby("trade")["worth_usd"].mean()

    def gains(name: str) -> pd.DataFrame:
        return frame[frame["arm"] == name].pivot(index="replicate", columns="trade", values="gain_usd") / worth

    gap = gains(arm) if rival is None else gains(arm) - gains(rival)
    return gap.to_numpy(np.float64).mean(axis=1)


def mean_of(values: Floats) -> Found:
    """The mean over futures with its 95% interval."""
    low, high = mean_interval(values[:, None])
    return Found(float(np.nanmean(values)), float(low[0]), float(high[0]))


def ratio_of(frame: pd.DataFrame, top: str, bottom: str) -> Found:
    """One column's sum over another's, all trades together, futures resampled; nothing where the bottom is 0."""
    over, under = (frame.groupby("replicate")[name].sum().to_numpy(np.float64) for name in (top, bottom))
    if not under.any():
        return NOTHING
    return Found(float(over.sum() / under.sum()), *ratio_interval(over, under))


def bridge_of(frame: pd.DataFrame) -> pd.DataFrame:
    """What became of every dollar expected: steps of the bridge over the forecast, trades alike; value, low, high."""
    worth = frame.groupby("trade")["worth_usd"].transform("mean")
    steps = [name for name in frame if str(name).startswith(STEP)]
    scaled = frame[steps].fillna(0.0).div(worth, axis=0).assign(replicate=frame["replicate"])
    rows = {str(name).removeprefix(STEP): ratio_of(scaled, str(name), f"{STEP}forecast") for name in steps}
    return pd.DataFrame.from_dict(rows, orient="index", columns=list(Found._fields))


def growth_forms(frame: pd.DataFrame, follower: str, other: str) -> dict[str, Found]:
    """The growth ratio as a survey sees it, with every firm counted, and by lot; and survey over causal.

    `frame` has a row per trade, assignment (chosen, mixed), arm and replicate, with the shares of firms that grew fast
    and that are open.
    """
    chosen, by_lot = (_groups(frame[frame["assignment"] == way], (follower, other)) for way in ("chosen", "mixed"))
    survey, every, causal = (
        (grown, counted) for grown, counted in ((chosen[0], chosen[1]), (chosen[0], chosen[2]), (by_lot[0], by_lot[2]))
    )
    found = {name: ratio_of_shares(*form) for name, form in (("survey", survey), ("every", every), ("causal", causal))}
    found["selection"] = ratio_of_ratios(survey, causal)
    return {name: Found(*one[:3]) for name, one in found.items()}


def _groups(frame: pd.DataFrame, arms: Sequence[str]) -> tuple[list[Floats], list[Floats], list[Floats]]:
    """Fast growers, firms still open and all firms of each group, summed over trades, (futures,) each."""
    sums = frame.assign(every=1.0).pivot_table(
        index="replicate", columns="arm", values=[FAST, OPEN, "every"], aggfunc="sum")
    fast, still_open, every = ([sums[value][arm].to_numpy(np.float64) for arm in arms]
                               for value in (FAST, OPEN, "every"))  # fmt: skip
    return fast, still_open, every
