"""What is said and what machines are told."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from io import StringIO

import numpy as np
import pytest
from rich.console import Console
from synthetic import ALIGNED, CHOICES, NONE, comparison, observe, setting

from sim.analysis import amounts
from sim.analysis.comparison import Comparison
from sim.analysis.effects import effects
from sim.analysis.returns import earned
from sim.analysis.story import story, usual_world
from sim.analysis.table import print_table
from sim.analysis.to_json import as_json
from sim.analysis.words import sentence
from sim.errors import InputError
from sim.observe.metrics import METRICS


def said(made, arm="aligned"):
    return sentence(made, arm, effects(made), earned(made, arm))


def shifted(made, usd):
    """The comparison with so much added to what the owner of the aligned firm has."""
    scalars = made.scalars.copy()
    base = scalars[("none", "owner_value_usd")]
    scalars[("aligned", "owner_value_usd")] = base + usd
    return replace(made, scalars=scalars)


@pytest.fixture(scope="module")
def made():
    return comparison(CHOICES, worlds=50, months=36)


def test_a_gain_is_said_in_natural_frequencies(made):
    text = str(said(shifted(made, np.linspace(-500, 9_500, 50))))
    assert text.startswith("“Aligned with the goal” pays here on average. In 50 possible futures it left")
    assert "better off than doing nothing in 94 of 100 (8" in text
    assert "; doing nothing: " in text


def test_a_loss_makes_things_worse(made):
    sentence = said(shifted(made, np.linspace(-9_500, 500, 50)))
    assert sentence.kind == "worse"
    assert "makes things worse here" in sentence.verdict
    assert "less than doing nothing gives" in sentence.money


def test_a_small_difference_known_well_is_no_difference(made):
    sentence = said(shifted(made, np.linspace(-40, 60, 50)))
    assert "makes no difference here" in sentence.verdict
    assert "within 1% of what the firm is worth" in sentence.money


def test_a_wide_range_around_zero_is_not_called_no_difference(made):
    sentence = said(shifted(made, np.linspace(-9_000, 10_000, 50)))
    assert sentence.verdict == "Whether “Aligned with the goal” pays here cannot be told."
    assert "anything from −$" in sentence.money


def test_the_very_same_outcome_is_said_to_be_the_same_everywhere(made):
    sentence = said(shifted(made, 0.0))
    assert "makes no difference here" in sentence.verdict
    assert sentence.frequencies.startswith("In all 50 possible futures the owner ended up exactly where")


def test_when_all_firms_choose_the_words_are_about_the_average_small_firm(made):
    assert "the owner of the average small firm" in str(said(replace(made, assignment="whole")))


def test_without_doing_nothing_the_first_choice_is_the_reference():
    seen = comparison((CHOICES[2], ALIGNED), worlds=6, months=24)
    assert seen.reference.name == "tactical"
    assert "“Fixes what hurts”" in str(said(seen))


@pytest.mark.parametrize(
    ("value", "unit", "written"),
    [
        (12_345.0, "USD", "+$12,300"), (-260.4, "USD", "−$260"), (0.0, "USD", "$0"),
        (0.123, "share", "+12.3 points"), (-0.0312, "share/year", "−3.1 points"),
        (3.14159, "months", "+3.1"), (math.nan, "USD", "—"),
    ],
)  # fmt: skip
def test_a_change_carries_its_sign_and_unit(value, unit, written):
    assert amounts.change(value, unit) == written


def test_rare_is_not_never_and_dates_count_from_one():
    assert amounts.per_hundred(0.001) == "under 1"
    assert amounts.per_hundred(0.0) == "0"
    assert amounts.per_hundred(0.999) == "over 99"
    assert amounts.per_hundred(0.824) == "82"
    assert amounts.level(0.0, "month") == "1"


def test_shares_that_add_up_to_100_do_so_as_they_are_written():
    for hits in range(2, 199):
        assert int(amounts.per_hundred(hits / 200)) + int(amounts.per_hundred(1 - hits / 200)) == 100


def test_the_json_is_complete_valid_and_reads_a_minus_b(made):
    told = json.loads(json.dumps(as_json(made), allow_nan=False))
    assert list(told) == ["scenario", "assignment", "seed", "worlds", "months", "arms", "choices", "marginal",
                          "bridges", "growth_ratios", "pairs"]
    assert [arm["name"] for arm in told["arms"]] == ["none", "own_sake", "tactical", "aligned"]
    assert list(told["arms"][0]) == ["name", "label", "metrics"]
    assert list(told["arms"][0]["metrics"]) == list(METRICS)
    assert len(told["pairs"]) == 6
    pair = next(pair for pair in told["pairs"] if (pair["a"], pair["b"]) == ("aligned", "none"))
    gap = pair["metrics"]["owner_value_usd"]
    assert list(gap) == ["unit", "mean", "median", "interval", "mc_error"]
    assert gap["unit"] == "USD"
    assert gap["mean"] == pytest.approx(made.gap("aligned", "owner_value_usd").mean())
    assert gap["interval"][0] < gap["mean"] < gap["interval"][1]


def test_json_says_null_where_there_is_no_number(made):
    first = as_json(made)["arms"][0]["metrics"]["first_purchase_month"]
    assert first["mean"] is None
    assert first["interval"] == [None, None]


def test_the_terminal_shows_the_sentence_and_every_choice(made):
    console = Console(width=140, record=True, file=StringIO())
    print_table(made, console)
    text = console.export_text()
    assert text.startswith(said(made).verdict)
    for arm in made.arms:
        assert arm.label in text
    assert amounts.change(made.gap("aligned", "owner_value_usd").mean(), "USD") in text


def test_a_future_that_lacks_a_run_is_left_out_of_every_arm_and_listed():
    runs = [observe(choice, replicate, 24, 1) for choice in (NONE, ALIGNED) for replicate in range(4)]
    seen = Comparison.from_observations(runs[:-2] + runs[-1:], setting((NONE, ALIGNED)))
    assert seen.incomplete == (2,)
    assert seen.worlds == 3
    assert seen.scalars.index.tolist() == [0, 1, 3]
    assert seen.series["none"]["cash_usd"].shape == (3, 24)


def test_nothing_to_compare_is_said_in_a_sentence():
    with pytest.raises(InputError, match="at least two choices; found 1: none"):
        Comparison.from_observations([observe(NONE, 0, 24, 1)], setting((NONE,)))
    with pytest.raises(InputError, match="No possible future was run for every choice"):
        Comparison.from_observations([observe(NONE, 0, 24, 1)], setting((NONE, ALIGNED)))


def test_the_order_of_observations_does_not_matter():
    runs = [observe(choice, replicate, 24, 1) for choice in (NONE, ALIGNED) for replicate in range(4)]
    asked = setting((NONE, ALIGNED))
    one, other = (Comparison.from_observations(order, asked) for order in (runs, runs[::-1]))
    assert as_json(one) == as_json(other)


def test_the_story_is_the_usual_world_with_shared_events_told_once(made):
    row = usual_world(made)
    gap = made.gap("aligned", "owner_value_usd")
    assert abs(gap[row] - np.median(gap)) == np.abs(gap - np.median(gap)).min()
    told = story(made)
    assert told.replicate == made.scalars.index[row]
    shared = [text for month in told.months for text in month.both]
    assert "Turned away 9% of orders: making was full." in shared
    assert told.months[0].month == 4


@pytest.mark.parametrize("width", [60, 80, 120])
def test_no_number_and_no_choice_is_cut_in_a_terminal_of_any_width(made, width):
    written = StringIO()
    print_table(made, Console(file=written, width=width))
    text = written.getvalue()
    assert "\N{HORIZONTAL ELLIPSIS}" not in text
    assert all(word in text for choice in made.arms for word in choice.label.split())
    assert amounts.change(made.gap(made.choices[-1].name, "owner_value_usd").mean(), "USD") in text
