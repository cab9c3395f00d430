"""From rows of runs to the headline figures with their intervals, as tidy frames."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd

from sim.analysis.headline import bridge_of, gain_share, growth_forms, mean_of, ratio_of
from sim.analysis.measures import Found

Frames = Mapping[str, pd.DataFrame]
SHORT = {"below_forecast": "their forecast", "below_hurdle": "the hurdle", "below_zero": "zero"}
ALL = "all trades"


def by_trade(frame: pd.DataFrame) -> Iterable[tuple[str, pd.DataFrame]]:
    """All trades together, then each."""
    yield ALL, frame
    yield from ((str(trade), part) for trade, part in frame.groupby("trade"))


def figures(frames: Frames) -> pd.DataFrame:
    """Every focal figure by trade and arm: measure, value, low, high."""
    rows = []
    for name in ("alignment", "alignment_lenses"):
        for trade, part in by_trade(frames[name]):
            for arm, own in part.groupby("arm", sort=False):
                rows += [{"trade": trade, "arm": arm, "measure": measure, **found._asdict()}
                         for measure, found in _of_arm(part, own, str(arm)).items()]
    return pd.DataFrame(rows)


def _of_arm(part: pd.DataFrame, own: pd.DataFrame, arm: str) -> dict[str, Found]:
    """The figures of one arm in one trade or all."""
    found = {name: ratio_of(own, name, "projects") for name in SHORT}
    found["firm_short"] = ratio_of(own, "firm_short", "bought")
    found["worse_off"] = ratio_of(own.assign(every=1), "worse_off", "every")
    found["projects"] = ratio_of(own.assign(every=1), "projects", "every")
    found["gain_share"] = mean_of(gain_share(part, arm))
    if own["trade"].nunique() == 1:
        found["gain_usd"] = mean_of(own["gain_usd"].to_numpy(np.float64))
    return found | {f"of_a_dollar_{name}": Found(*row) for name, row in bridge_of(own).iterrows()}


def growth(frames: Frames) -> pd.DataFrame:
    """The growth ratio in every form, by trade, way and others."""
    rows = []
    for name, factor in (("alignment_growth", "way"), ("alignment_growth_rivals", "others")):
        for level, part in frames[name].groupby(factor, sort=False):
            way, others = (level, "none") if factor == "way" else ("aligned", level)
            rows += [{"trade": trade, "way": way, "others": others, "form": form, **found._asdict()}
                     for trade, own in by_trade(part) for form, found in growth_forms(own, "aligned", "none").items()]
    return pd.DataFrame(rows)


def settings(frames: Frames) -> pd.DataFrame:
    """The headline figures at every setting, three trades together."""
    rows = []
    for setting, part in frames["headline_settings"].groupby("setting", sort=False):
        limited = mean_of(part.groupby("replicate")["limited"].mean().to_numpy(np.float64))
        rows.append({"setting": setting, "arm": "none", "measure": "limited", **limited._asdict()})
        for arm, own in part.groupby("arm", sort=False):
            kept = ("below_hurdle", "firm_short", "worse_off", "gain_share")
            rows += [{"setting": setting, "arm": arm, "measure": measure, **found._asdict()}
                     for measure, found in _of_arm(part, own, str(arm)).items() if measure in kept]
        for rival in ("own_sake", "tactical"):
            rows.append({"setting": setting, "arm": "aligned", "measure": f"over_{rival}",
                         **mean_of(gain_share(part, "aligned", rival))._asdict()})
    for setting, part in frames["headline_settings_growth"].groupby("setting", sort=False):
        rows += [{"setting": setting, "arm": "aligned", "measure": form, **found._asdict()}
                 for form, found in growth_forms(part, "aligned", "none").items()]
    return pd.DataFrame(rows)


def spillover(frames: Frames) -> pd.DataFrame:
    """The effect of aligning on those who do and those who do not, by how many do; over a firm's worth."""
    part, end = frames["spillover"], frames["spillover_all"]
    worth = end[end["arm"] == "none"].groupby("trade")["owner_value_usd"].mean()
    rows = [{"trade": trade, "group": "untreated", "saturation": 0.0, "value": 0.0, "low": 0.0, "high": 0.0}
            for trade in (ALL, *worth.index)]
    for saturation, own in part.groupby("saturation"):
        for group, arm in (("treated", "aligned"), ("untreated", "none")):
            gap = _gap(own[own["arm"] == arm], "acting", ("aligned", "nobody")) / worth
            rows += _effects(gap, group, float(saturation))
    rows += _effects(_gap(end, "arm", ("aligned", "none")) / worth, "treated", 1.0)
    return pd.DataFrame(rows)


def _gap(frame: pd.DataFrame, column: str, pair: tuple[str, str]) -> pd.DataFrame:
    """The owner's worth at one level less that at the other, (futures, trades)."""
    first, second = (frame[frame[column] == level].pivot(index="replicate", columns="trade", values="owner_value_usd")
                     for level in pair)
    return first - second


def _effects(gap: pd.DataFrame, group: str, saturation: float) -> list[dict[str, object]]:
    """Means by trade and over all."""
    columns = {ALL: gap.mean(axis=1), **{str(trade): gap[trade] for trade in gap}}
    return [{"trade": trade, "group": group, "saturation": saturation, **mean_of(values.to_numpy(np.float64))._asdict()}
            for trade, values in columns.items()]


def told(frames: Frames) -> dict[str, pd.DataFrame]:
    """Every figure with its interval, by what it is about."""
    return {made.__name__: made(frames) for made in (figures, growth, settings, spillover)}
