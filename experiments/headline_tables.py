"""From rows of runs to the tables and pictures of headline.md, alignment.md and spillover.md."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
from headline_estimates import ALL, SHORT, Frames, told
from headline_pictures import draw

from sim.analysis.bridge import BOOKED
from sim.analysis.columns import holm, sign_flip_p
from sim.analysis.headline import gain_share, mean_of
from sim.analysis.measures import Found
from sim.analysis.paired import paired_table
from sim.analysis.power import Promise, smallest_found
from sim.scenario.arms_list import parse_arm

HERE = Path(__file__).parent
OUT = HERE / "headline"
MARKED = re.compile(r"(<!-- table: (\w+) -->\n).*?(<!-- end of table -->)", re.DOTALL)
MAIN = ("random", "own_sake", "tactical", "npv", "aligned")
RIVALS = ("none", "random", "own_sake", "tactical", "npv", "aligned+assess0")
LENSES = ("largest_hours", "loudest_complaint", "value_chain", "swot", "five_forces", "impact_feasibility")
PLACEBO = "aligned+placebo+most1"
STEPS = {name: label for name, (label, _) in BOOKED.items()} | {
    "looking": "Looking before buying", "people": "Wages and hiring beyond that", "customers": "Customers won or lost",
    "trouble": "Safety, stolen data and fines", "rest": "Overhead and interest", "closed": "Closing sooner or later",
}
SETTINGS = {
    "as_it_is": "as assumed",
    "looking_teaches_0": "looking teaches nothing", "looking_teaches_025": "looking teaches ¼",
    "looking_teaches_4": "looking teaches 4", "looking_teaches_10": "looking teaches 10",
    "demand_1": "orders need 60% of hours, 50% of equipment", "demand_2": "75% of hours, 65% of equipment",
    "demand_4": "90% of hours, 85% of equipment", "demand_5": "93% of hours, 92% of equipment",
    "steps_unequal_005": "steps alike (spread 0.05)", "steps_unequal_04": "steps unequal (0.4)",
    "steps_unequal_06": "steps very unequal (0.6)",
    **{f"owners_differ_{str(size).replace('.', '')}": f"owners' quality and choice: correlation {size}"
       for size in (0, 0.3, 0.8, 0.95)},
}


def label(arm: str) -> str:
    """Words for an arm, with its name."""
    return f"{parse_arm(arm).label} (`{arm}`)"


def trade_name(trade: str) -> str:
    """A trade in words."""
    return trade.replace("_", " ")


def share(one: Found, signed: bool = False) -> str:
    """A share in percent with its interval."""
    if not np.isfinite(one.value):
        return "—"
    sign = "+" if signed else ""
    return f"{100 * one.value:{sign}.0f}% ({_ends(100 * one.low, 100 * one.high, signed)})".replace("-", "−")


def _ends(low: float, high: float, signed: bool) -> str:
    return f"{low:+.0f} to {high:+.0f}" if signed else f"{low:.0f}–{high:.0f}"


def times(one: Found) -> str:
    """A ratio with its interval."""
    if not np.isfinite(one.value):
        return "—"
    high = f"{one.high:.1f}" if one.high < 100 else "no upper end"
    return f"{one.value:.2f} ({one.low:.1f}–{high})"


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table in Markdown, numbers to the right."""
    names = list(head)
    lines = [f"| {' | '.join(names)} |", f"| --- |{' ---: |' * (len(names) - 1)}"]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows)])


def short_table(found: Frames, frames: Frames) -> str:
    """What is called failure, by arm, all trades together."""
    own = _of(found["figures"], trade=ALL).set_index(["arm", "measure"])
    head = ("", "projects a firm", *(f"projects below {words}" for words in SHORT.values()), "firms below the hurdle",
            "firms worse off than without")
    return table(head, ([label(arm), f"{own.loc[(arm, 'projects'), 'value']:.1f}",
                         *(share(_found(own, arm, measure)) for measure in (*SHORT, "firm_short", "worse_off"))]
                        for arm in (*MAIN, PLACEBO)))


def _of(frame: pd.DataFrame, **values: str) -> pd.DataFrame:
    """The rows with these values."""
    return frame[np.logical_and.reduce([frame[column] == value for column, value in values.items()])]


def _found(indexed: pd.DataFrame, *key: str | float) -> Found:
    row = indexed.loc[key]
    return Found(row["value"], row["low"], row["high"])


def trades_table(measure: str, signed: bool, found: Frames) -> str:
    """One measure by trade and arm."""
    own = _of(found["figures"], measure=measure).set_index(["trade", "arm"])
    trades = dict.fromkeys(found["figures"]["trade"])
    return table(("", *(f"`{arm}`" for arm in MAIN)),
                 ([trade_name(trade), *(share(_found(own, trade, arm), signed) for arm in MAIN)] for trade in trades))


def bridge_table(found: Frames, frames: Frames) -> str:
    """Of 100 dollars expected, by arm."""
    own = _of(found["figures"], trade=ALL).set_index(["measure", "arm"])
    steps = [name for name in STEPS if f"of_a_dollar_{name}" in own.index.get_level_values(0)]
    rows = [[words, *(_hundred(_found(own, f"of_a_dollar_{name}", arm)) for arm in MAIN)]
            for name, words in ((*((step, STEPS[step]) for step in steps), ("outcome", "**What came of 100**")))]
    return table(("Of 100 dollars of expected gain", *(f"`{arm}`" for arm in MAIN)), rows)


def _hundred(one: Found) -> str:
    value, low, high = (round(100 * part) + 0 for part in one)
    return f"{value:+d} ({low:+d} to {high:+d})".replace("-", "−").replace("+0", "0")


FORMS = {"survey": "as a survey sees it", "every": "every firm counted", "causal": "by lot (causal)",
         "selection": "survey over causal"}


def growth_table(found: Frames, frames: Frames) -> str:
    """The growth ratio by way, all trades together."""
    own = _of(found["growth"], trade=ALL).set_index(["way", "others", "form"])
    pairs = dict.fromkeys((way, others) for way, others, _ in own.index)
    return table(("", *FORMS.values()),
                 ([f"`{way}` against `{others}`", *(times(_found(own, way, others, form)) for form in FORMS)]
                  for way, others in pairs))


def growth_trades_table(found: Frames, frames: Frames) -> str:
    """The growth ratio of aligned against nothing, by trade."""
    own = _of(found["growth"], way="aligned", others="none").set_index(["trade", "form"])
    return table(("", *FORMS.values()), ([trade_name(trade), *(times(_found(own, trade, form)) for form in FORMS)]
                                         for trade in dict.fromkeys(own.index.get_level_values(0))))


def rivals_table(found: Frames, frames: Frames) -> str:
    """Aligned against each rival, all trades together, by the rule written down."""
    frame = frames["alignment"]
    gaps = {"none": -gain_share(frame, "aligned")} | {
        rival: gain_share(frame, rival, "aligned") for rival in RIVALS if rival != "none"}
    zero = np.zeros(len(gaps["none"]))
    judged = paired_table({"aligned": zero, **gaps}, "aligned")
    spread = {rival: float(gap.std(ddof=1)) for rival, gap in gaps.items()}
    rows = []
    for rival, row in judged.iterrows():
        one = Found(-row["mean"], -row["mean_high"], -row["mean_low"])
        seen = smallest_found(spread[str(rival)], len(zero), Promise(comparisons=len(RIVALS)))
        rows.append([f"`{rival}`", _tenths(one), f"{row['p_holm']:.3f}", f"{100 * seen:.1f}%",
                     _verdict(one, row["p_holm"])])
    return table(("aligned less", "gained, of the firm's worth", "adjusted p", "could be found from", "verdict"), rows)


def _tenths(one: Found) -> str:
    return f"{100 * one.value:+.1f}% ({100 * one.low:+.1f} to {100 * one.high:+.1f})".replace("-", "−")


def _verdict(one: Found, p_holm: float) -> str:
    """Pays, costs or open."""
    if p_holm >= 0.05 or one.low <= 0.0 <= one.high:
        return "open"
    matters = "" if abs(one.value) >= 0.05 else ", less than matters"
    return ("pays" if one.value > 0 else "costs") + matters


def where_table(found: Frames, frames: Frames) -> str:
    """Aligned against nothing and against tactical, by trade."""
    frame = frames["alignment"]
    gaps = {(trade, rival): gain_share(part, "aligned", rival) for trade, part in frame.groupby("trade")
            for rival in (None, "tactical")}
    adjusted = dict(zip(gaps, holm(sign_flip_p(np.column_stack(list(gaps.values())))[:, None])[:, 0], strict=True))
    said = {key: (mean_of(gap), adjusted[key]) for key, gap in gaps.items()}
    return table(("", "against buying nothing", "", "against fixing what hurts", ""),
                 ([trade_name(trade), *(cell for rival in (None, "tactical") for cell in
                   (_tenths(said[trade, rival][0]), _verdict(*said[trade, rival])))]
                  for trade in dict.fromkeys(trade for trade, _ in gaps)))


def square_table(found: Frames, frames: Frames) -> str:
    """Score and assessment crossed."""
    frame = frames["alignment"]
    cells = {arm: mean_of(gain_share(frame, arm)) for arm in
             ("tactical", "tactical+assess2", "aligned+assess0", "aligned")}
    looks = [mean_of(gain_share(frame, first, second)) for first, second in
             (("tactical+assess2", "tactical"), ("aligned", "aligned+assess0"))]
    return table(("", "without looking", "two months of looking", "what looking added"), (
        ["fixes what hurts", _tenths(cells["tactical"]), _tenths(cells["tactical+assess2"]), _tenths(looks[0])],
        ["aligned", _tenths(cells["aligned+assess0"]), _tenths(cells["aligned"]), _tenths(looks[1])],
    ))


def lenses_table(found: Frames, frames: Frames) -> str:
    """Every way of choosing: in how many trades it wins and loses against buying nothing, its best and its worst."""
    rows = []
    for arm in (*MAIN, *LENSES):
        frame = frames["alignment_lenses" if arm in LENSES else "alignment"]
        gaps = {str(trade): gain_share(part, arm) for trade, part in frame.groupby("trade")}
        adjusted = holm(sign_flip_p(np.column_stack(list(gaps.values())))[:, None])[:, 0]
        means = {trade: float(gap.mean()) for trade, gap in gaps.items()}
        verdicts = [_verdict(mean_of(gap), p) for gap, p in zip(gaps.values(), adjusted, strict=True)]
        best, worst = max(means, key=means.__getitem__), min(means, key=means.__getitem__)
        rows.append([label(arm), *(str(sum(one.startswith(word) for one in verdicts)) for word in ("pays", "costs")),
                     *(f"{trade_name(trade)} {_tenths(mean_of(gaps[trade]))}" for trade in (best, worst))])
    return table(("", "trades in which it pays", "in which it costs", "best", "worst"), rows)


def settings_table(found: Frames, frames: Frames) -> str:
    """The figures at every setting."""
    own = found["settings"].set_index(["setting", "arm", "measure"])
    names = dict.fromkeys(setting for setting, _, measure in own.index if measure == "survey")
    shown = [("none", "limited"), ("aligned", "below_hurdle"), ("aligned", "firm_short"), ("aligned", "gain_share"),
             ("aligned", "over_tactical")]
    head = ("", "held back by capacity", "projects below the hurdle", "firms below the hurdle", "gained",
            "over tactical", "growth: survey", "growth: causal")
    return table(head, (
        [SETTINGS[setting],
         *(share(_found(own, setting, *key), key[1] in ("gain_share", "over_tactical"))
           if (setting, *key) in own.index else "" for key in shown),
         *(times(_found(own, setting, "aligned", form)) for form in ("survey", "causal"))]
        for setting in SETTINGS if setting in names))


def spillover_table(found: Frames, frames: Frames) -> str:
    """Effects by saturation."""
    own = found["spillover"].set_index(["trade", "group", "saturation"])
    trades = dict.fromkeys(own.index.get_level_values(0))
    return table(("firms that align", *(f"{trade_name(trade)}: {words}" for trade in trades
                                        for words in ("on them", "on the others"))),
                 ([f"{saturation:.0%}", *(_tenths(_found(own, trade, group, saturation))
                                          if (trade, group, saturation) in own.index else ""
                                          for trade in trades for group in ("treated", "untreated"))]
                  for saturation in sorted(dict.fromkeys(own.index.get_level_values(2)))))


TABLES: dict[str, Callable[[Frames, Frames], str]] = {
    "short": short_table, "short_trades": lambda f, _: trades_table("below_hurdle", False, f),
    "worth_trades": lambda f, _: trades_table("gain_share", True, f), "bridge": bridge_table,
    "growth": growth_table, "growth_trades": growth_trades_table, "settings": settings_table, "rivals": rivals_table,
    "where": where_table, "square": square_table, "lenses": lenses_table,
    "spillover": spillover_table,
}


def pages(frames: Frames) -> None:
    """Write the numbers, the pictures, and the tables into the pages."""
    OUT.mkdir(exist_ok=True)
    found = told(frames)
    for name, frame in found.items():
        frame.to_csv(OUT / f"{name}.csv", index=False, float_format="%.6g", lineterminator="\n")
    draw(found, OUT)
    for name in ("headline", "alignment", "spillover"):
        fill(HERE / f"{name}.md", {key: partial(made, found, frames) for key, made in TABLES.items()})


def fill(page: Path, tables: Mapping[str, Callable[[], str]]) -> None:
    """Make every table anew that the page marks, as in docs/."""
    text = MARKED.sub(lambda mark: f"{mark[1]}\n{tables[mark[2]]()}\n\n{mark[3]}", page.read_text(encoding="utf-8"))
    page.write_text(text, encoding="utf-8")
