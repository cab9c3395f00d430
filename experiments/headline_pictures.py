"""The pictures of the headline pages, from the tidy frames of their numbers."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd
from matplotlib.figure import Figure

from sim.analysis.figures import style
from sim.analysis.figures.dots import Scale, curves_with_bands, dots_in_rows
from sim.scenario.arms_list import parse_arm

SHADES = {"random": style.ORANGE, "own_sake": style.PURPLE, "tactical": style.GREEN, "npv": style.SKY,
          "aligned": style.BLUE}
WORDS = {arm: parse_arm(arm).label for arm in SHADES}
SHORTLY = WORDS | {"aligned": "Aligned"}
FORMS = {
    "survey": ("as a survey sees it", style.VERMILLION), "every": ("owners choose, every firm counted", style.ORANGE),
    "causal": ("by lot: what choosing causes", style.INK),
}
CURVES = {
    "looking": (Scale("ratio", "How much a month of looking teaches (1: as assumed)", ticks={
        0: "0", 1: "¼", 2: "1", 3: "4", 4: "10"}), {
        "looking_teaches_0": 0, "looking_teaches_025": 1, "as_it_is": 2, "looking_teaches_4": 3,
        "looking_teaches_10": 4}),
    "capacity": (Scale("share", "Small firms held back by capacity, not by demand (first year)"), dict.fromkeys(
        ("demand_1", "demand_2", "as_it_is", "demand_4", "demand_5"))),
    "inequality": (Scale("ratio", "How unequal the steps are: log spread of their equipment (0.2: as assumed)"), {
        "steps_unequal_005": 0.05, "as_it_is": 0.2, "steps_unequal_04": 0.4, "steps_unequal_06": 0.6}),
}
OWNERS = {"owners_differ_0": 0.0, "owners_differ_03": 0.3, "as_it_is": 0.5, "owners_differ_08": 0.8,
          "owners_differ_095": 0.95}
RATIO = Scale("ratio", "Times as likely to grow fast", ratios=True, lines={3.2: "3.2 times", 1.0: "no difference"},
              ends=(0.5, 20))


def draw(found: Mapping[str, pd.DataFrame], folder: Path) -> None:
    """Draw everything into the folder."""
    figures = found["figures"]
    for name, measure, scale in (
        ("short", "below_hurdle", Scale("share", "Projects that end below the hurdle, by their books",
                                        lines={0.7: "70%"}, ends=(-0.03, 1.03))),
        ("worth", "gain_share", Scale("share", "Gained over buying nothing, of what the firm is worth",
                                      lines={0.0: "nothing gained"})),
    ):
        own = figures[(figures["measure"] == measure) & figures["arm"].isin(SHADES)]
        rows = own.assign(row=own["trade"].map(worded), choice=own["arm"].map(WORDS))
        shades = {WORDS[arm]: shade for arm, shade in SHADES.items()}
        style.save(dots_in_rows(rows, scale, shades), folder / f"{name}.svg", scale.label)
    style.save(growth_picture(found["growth"]), folder / "growth.svg", "Growth ratio in three forms")
    for name in CURVES:
        style.save(curve(found["settings"], name), folder / f"{name}.svg", CURVES[name][0].label)
    style.save(owners(found["settings"]), folder / "owners.svg", "Growth ratio by how owners choose")
    style.save(spillover(found["spillover"]), folder / "spillover.svg", "Effects by how many firms align")


def worded(trade: str) -> str:
    """A trade in words."""
    return trade.replace("_", " ").capitalize()


def form_words(form: str) -> str:
    """A form of the ratio in words."""
    return FORMS[form][0]


def growth_picture(growth: pd.DataFrame) -> Figure:
    """The ratio in three forms, by way of choosing and by whom it is held against."""
    own = growth[(growth["trade"] == "all trades") & growth["form"].isin(FORMS)]
    against = own["others"].map({"none": "nothing", "own_sake": "following the talk", "tactical": "fixing what hurts"})
    rows = own.assign(row=own["way"].map(SHORTLY) + " against " + against, choice=own["form"].map(form_words))
    return dots_in_rows(rows, RATIO, dict(FORMS.values()))


def curve(settings: pd.DataFrame, name: str) -> Figure:
    """Four headline figures over one thing that was varied."""
    x, places = CURVES[name]
    limited = settings[settings["measure"] == "limited"].set_index("setting")["value"]
    where = {setting: limited[setting] if place is None else place for setting, place in places.items()}
    arms = ("own_sake", "tactical", "npv", "aligned")
    shades = {WORDS[arm]: SHADES[arm] for arm in arms}
    ratios = {FORMS[form][0]: FORMS[form][1] for form in ("survey", "causal")}
    panels = {
        "below_hurdle": Scale("share", "Projects below the hurdle", lines={0.7: "70%"}, ends=(-0.03, 1.03)),
        "firm_short": Scale("share", "Firms below the hurdle", ends=(-0.03, 1.03)),
        "gain_share": Scale("share", "Gained, of the firm's worth", lines={0.0: ""}),
    }
    rows = [part.assign(panel=panels[measure].label, choice=part["arm"].map(WORDS))
            for measure, part in settings[settings["arm"].isin(arms)].groupby("measure") if measure in panels]
    grown = settings[settings["measure"].isin(("survey", "causal"))]
    rows.append(grown.assign(panel=RATIO.label, choice=grown["measure"].map(form_words)))
    frame = pd.concat(rows)
    frame = frame[frame["setting"].isin(where)].assign(x=lambda told: told["setting"].map(where))
    keys = {scale.label: shades for scale in panels.values()} | {RATIO.label: ratios}
    return curves_with_bands(frame, [*panels.values(), RATIO], x, keys)


def owners(settings: pd.DataFrame) -> Figure:
    """The growth ratio over how strongly good owners are drawn to alignment."""
    own = settings[settings["measure"].isin(FORMS) & settings["setting"].isin(OWNERS)]
    frame = own.assign(panel=RATIO.label, choice=own["measure"].map(form_words),
                       x=own["setting"].map(OWNERS))
    x = Scale("ratio", "Correlation of an owner's quality with choosing alignment")
    return curves_with_bands(frame, [RATIO], x, {RATIO.label: dict(FORMS.values())})


def spillover(found: pd.DataFrame) -> Figure:
    """Effects on those who align and on the others, all trades together and each."""
    groups = {"treated": ("those who align", style.BLUE), "untreated": ("those who do not", style.VERMILLION)}
    trades = list(dict.fromkeys(found["trade"]))
    frame = found.assign(panel=found["trade"].map(worded), choice=found["group"].map(lambda one: groups[one][0]),
                         x=found["saturation"])
    panels = [Scale("share", worded(trade), lines={0.0: ""}) for trade in trades]
    x = Scale("share", "Small firms of the market that align")
    return curves_with_bands(frame, panels, x, {panel.label: dict(groups.values()) for panel in panels})
