"""Pictures: units on their axes, uncertainty in sight, the same bytes for the same numbers."""

from __future__ import annotations

from itertools import product

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure
from synthetic import comparison

from sim.analysis.contrasts import contrasts
from sim.analysis.figures import style
from sim.analysis.figures.curves import diffusion, fan, survival
from sim.analysis.figures.dots import Scale, curves_with_bands, dots_in_rows
from sim.analysis.figures.premium import premium_map
from sim.analysis.figures.rows import contrast_plot, effect_plot, regret_plot, split_plot
from sim.analysis.figures.spread import return_spread, tornado
from sim.analysis.paired import paired_table
from sim.analysis.premium import premium_cells
from sim.analysis.robustness import robustness
from sim.analysis.shapley import shapley_table, subsets
from sim.analysis.stored import of_comparison
from sim.errors import InputError

SHADES = {"a": style.BLUE, "b": style.ORANGE}
LUCK = np.random.default_rng(12)


@pytest.fixture(scope="module")
def results():
    return of_comparison(comparison(worlds=30, months=24))


def fraction() -> pd.DataFrame:
    """A half fraction of four practices and what came of it."""
    design = pd.DataFrame(list(product((0, 1), repeat=4)), columns=["listens", "checks", "pilots", "trains"])
    design = design[design.sum(axis=1) % 2 == 0].reset_index(drop=True)
    gain = 3000.0 * design["listens"].to_numpy()
    return contrasts(design, gain[:, None] + np.random.default_rng(1).normal(0, 300, (8, 20)))


def cells() -> pd.DataFrame:
    """A map in which b wins clearly on the right, and nobody clearly on the left."""
    luck = np.random.default_rng(2)
    parts = []
    for x, y in product((0.1, 0.5), (4, 8)):
        shared = luck.normal(0, 5000, 40)
        for choice, gain in (("a", 0.0), ("b", 4000 * (x - 0.1))):
            value = shared + gain + luck.normal(0, 400, 40)
            parts.append(pd.DataFrame({"x": x, "y": y, "choice": choice, "replicate": np.arange(40), "value": value}))
    return pd.concat(parts, ignore_index=True)


def drivers() -> pd.DataFrame:
    """Two uncertain numbers, the smaller swing first."""
    return pd.DataFrame({"name": ["wage", "growth"], "at_low": [1.0, -9.0], "at_high": [2.0, 14.0]}).assign(
        at_low_low=[0.0, -12.0], at_low_high=[2.0, -6.0], at_high_low=[1.0, 11.0], at_high_high=[3.0, 17.0]
    )


def estimates() -> pd.DataFrame:
    """Two ways in two trades and at two levels, one range without an upper end."""
    return pd.DataFrame({
        "row": ["Bakery", "Bakery", "Software", "Software"], "choice": ["a", "b"] * 2, "panel": "Share",
        "x": [0.0, 0.0, 1.0, 1.0], "value": [0.2, 0.4, 0.6, 0.7], "low": [0.1, 0.3, 0.5, 0.6],
        "high": [0.3, 0.5, 0.7, np.inf],
    })


def drawn(results) -> dict[str, Figure]:
    """Every kind of picture."""
    worth = {arm: results.frame("owner_value_usd", [arm])["value"].to_numpy() for arm in results.labels}
    effects = {off: LUCK.normal(100 * (3 - len(off)), 9, 20) for off in subsets(["waiting", "quits"])}
    returns = pd.DataFrame({"choice": "a", "replicate": range(40), "value": np.linspace(-0.5, 0.9, 40)})
    monthly = results.series("cash_usd").rename(columns={"arm": "choice"})
    alive = results.series("alive").rename(columns={"arm": "choice"})
    bought = results.series("projects").rename(columns={"arm": "choice"})
    return {
        "effects": effect_plot(paired_table(worth, "none"), "USD", "Worth", "none"),
        "contrasts": contrast_plot(fraction(), "USD", "Worth"),
        "split": split_plot(shapley_table(effects, ["waiting", "quits"]), "USD", "Worth"),
        "regret": regret_plot(robustness(worth, 0.0), "USD"),
        "fan": fan(monthly, "USD", "Cash", "none"),
        "survival": survival(alive, "none"),
        "diffusion": diffusion(bought, "none"),
        "returns": return_spread(returns, 0.2),
        "tornado": tornado(drivers(), "USD", "Gain", 1.5, luck=0.4),
        "map": premium_map(premium_cells(cells()), ("growth, share a year", "people"), "USD"),
        "dots": dots_in_rows(estimates(), Scale("share", "Share", lines={0.7: "70%"}, ends=(0, 1)), SHADES),
        "curves": curves_with_bands(estimates(), [Scale("share", "Share", ends=(0, 1))],
                                    Scale("", "Level", ticks={0: "low", 1: "high"}), {"Share": SHADES}),
    }


@pytest.fixture(scope="module")
def pictures(results):
    return drawn(results)


def words(figure: Figure) -> str:
    """All text in a picture."""
    return "\n".join(text.get_text() for text in figure.findobj(lambda part: hasattr(part, "get_text")))


def test_the_same_numbers_give_the_same_bytes(results):
    once, again = (style.svg(results.figure("effects"), "f", "t") for _ in range(2))
    assert once == again
    assert style.png(results.figure("fan")) == style.png(results.figure("fan"))


def test_every_picture_says_what_its_axes_are(pictures):
    for name, figure in pictures.items():
        labels = [axis.get_xlabel() + axis.get_ylabel() for axis in figure.axes]
        assert all(labels), name
    for name in ("effects", "contrasts", "split", "regret", "tornado"):
        axes = pictures[name].axes[0]
        assert "$" in axes.xaxis.get_major_formatter()(1000.0, 0), name
    assert "%" in pictures["returns"].axes[0].xaxis.get_major_formatter()(0.2, 0)


def test_letters_are_large_enough_for_the_last_row(pictures):
    """At least a fortieth of the width, as 24 points on a slide of 960."""
    for name, figure in pictures.items():
        width = 72 * figure.get_size_inches()[0]
        for axis in figure.axes:
            for text in (axis.xaxis.label, axis.yaxis.label, *axis.get_xticklabels()):
                assert text.get_fontsize() / width >= 1 / 40, name


def test_a_dot_is_hollow_exactly_where_the_range_holds_zero():
    table = paired_table({"none": np.zeros(30), "sure": LUCK.normal(5, 1, 30), "not": LUCK.normal(0, 1, 30)}, "none")
    dots = [line for line in effect_plot(table, "USD", "Worth", "none").axes[0].lines if line.get_marker() == "o"]
    hollow = [line.get_markerfacecolor() == "white" for line in dots]
    assert hollow == [not (row.mean_low > 0 or row.mean_high < 0) for row in table.itertuples()]
    assert hollow == [False, True]


def test_contrasts_stand_by_size_and_name_what_they_are_mixed_up_with(pictures):
    said = words(pictures["contrasts"])
    assert said.index("listens\n") < said.index("checks\n")
    assert "or checks × pilots × trains" in said


def test_the_largest_driver_is_on_top_and_luck_is_named(pictures):
    said = words(pictures["tornado"])
    assert said.index("growth") < said.index("wage")
    assert "40 of 100 parts of the variation are luck" in said


def test_a_cell_of_the_map_is_sure_only_where_the_lead_is_more_than_luck():
    found = premium_cells(cells()).set_index(["x", "y"])
    assert found.loc[0.5, "winner"].tolist() == ["b", "b"]
    assert found.loc[0.5, "sure"].all()
    assert not found.loc[0.1, "sure"].any()
    assert found.loc[0.5, "premium"].mean() == pytest.approx(1600, rel=0.1)


def test_choices_differ_by_the_shape_of_their_mark_as_well_as_by_colour(pictures):
    for name in ("dots", "curves"):
        lines = [line for line in pictures[name].axes[0].lines if line.get_marker() not in ("None", None, "")]
        shapes = {line.get_color(): line.get_marker() for line in lines}
        assert len(set(shapes.values())) == len(shapes) == 2, name


def test_every_estimate_has_its_range_beside_it_also_without_an_upper_end(pictures):
    axes = pictures["dots"].axes[0]
    spans = [line.get_xdata() for line in axes.lines if len(line.get_xdata()) == 2 and line.get_linestyle() == "-"]
    assert [0.1, 0.3] in [list(span) for span in spans]
    assert max(span[1] for span in spans) > axes.get_xlim()[1]
    assert "70%" in words(pictures["dots"])


def test_a_scale_in_ratios_is_marked_in_plain_numbers():
    axes = dots_in_rows(estimates(), Scale("", "Times", ratios=True, ends=(0.1, 5)), SHADES).axes[0]
    assert [axes.xaxis.get_major_formatter()(tick, 0) for tick in axes.get_xticks()] == ["0.1", "0.2", "0.5", "1", "2",
                                                                                          "3", "5"]


def test_unsure_cells_are_hatched(pictures):
    hatched = [patch for patch in pictures["map"].axes[0].patches if patch.get_hatch()]
    assert len(hatched) == 2


def test_where_nobody_differs_a_map_is_sure_no_more_often_than_it_says():
    luck = np.random.default_rng(5)
    sure = 0
    for _ in range(200):
        value = luck.normal(0, 1, (12, 3))
        tidy = pd.DataFrame({
            "x": 0, "y": 0, "choice": np.tile(["a", "b", "c"], 12), "replicate": np.repeat(np.arange(12), 3),
            "value": value.ravel(),
        })
        sure += bool(premium_cells(tidy)["sure"].iloc[0])
    assert sure / 200 < 0.09


def test_a_map_without_its_columns_is_refused():
    with pytest.raises(InputError, match="missing: y"):
        premium_cells(cells().drop(columns="y"))


def test_names_of_pictures_and_options_are_checked(results):
    with pytest.raises(InputError, match="did you mean 'survival'"):
        results.figure("survivl")
    with pytest.raises(InputError, match="regret takes goal"):
        results.figure("regret", target=1)
    with pytest.raises(InputError, match="two factors"):
        results.figure("map")
    with pytest.raises(InputError, match="varies nothing"):
        results.figure("contrasts")
