"""What people read: units said out, one minus sign, numbers of the model told apart, names that stay whole."""

from __future__ import annotations

import pytest

from sim.analysis.amounts import amount, change_said
from sim.analysis.figures import style
from sim.analysis.growth import UNKNOWN
from sim.analysis.inner import of_the_model, true_minus
from sim.analysis.ratios import TOO_FEW, times
from sim.observe.events import _start
from sim.strategies.choice import PLANNED, TALK
from sim.validation.page import briefly


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (127.0, "orders/month", "+127 orders a month"), (-561.0, "USD/month", "−$561 a month"),
        (0.005, "share", "+0.50 points"), (1.0, "months", "+1 month"), (-2.1, "ratio", "−2.1"), (200.0, "USD", "+$200"),
    ],
)
def test_a_difference_says_its_unit(value, unit, said):
    assert change_said(value, unit) == said
    assert amount(value, "USD/month").endswith(" a month")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("-10 exponent", "−10 exponent"), ("from -6 to 4", "from −6 to 4"), ("-$3", "−$3"),
        ("2026-11-30", "2026-11-30"), ("near-Leontief", "near-Leontief"), ("plan --worlds 5", "plan --worlds 5"),
        ("A-sigma0", "A-sigma0"),
    ],
)
def test_negative_numbers_have_one_minus_sign_and_hyphens_stay(text, said):
    assert true_minus(text) == said


def test_an_assumption_that_ends_with_the_name_of_a_parameter_is_the_models():
    assert of_the_model("substitution between chain stages (throughput.rho)")
    assert not of_the_model("Online ordering: price once, subscription, largest share of hours it takes over")
    assert not of_the_model("orders (of a normal week)")


def test_a_ratio_of_nothing_over_nothing_is_said_in_words():
    assert times(UNKNOWN) == TOO_FEW == "too few firms grew so fast to tell"


def test_three_standard_errors_are_said_once_and_a_bound_without_a_margin_keeps_its_words():
    assert briefly("7.1 ± 0.07 and three standard errors") == "7.1 ± 0.07"
    assert briefly("0 ± 0.02, within three standard errors") == "0 ± 0.02"
    assert briefly("0 within three standard errors") == "0 within three standard errors"


def start(reason, gain_usd):
    """What is told of a purchase."""
    return _start({"item": 0, "price_usd": 4_200.0, "gain_usd": gain_usd, "reason": reason}, ("a tool",))


def test_what_a_quote_would_bring_is_the_quotes_word_and_rounded():
    assert start(PLANNED, 335_883.4) == (
        "Bought a tool for $4,200: it was in the plan; taken at its word the quote would bring about $336,000."
    )
    assert start(PLANNED, -1_234.5).endswith("the quote would lose about $1,230.")
    assert start(TALK, 44_869.0) == "Bought a tool for $4,200, expecting to gain $44,900: everybody talked about it."


def test_long_names_in_a_key_and_of_a_row_go_on_in_the_next_line():
    long = "What a patient look at the whole firm, from receiving goods to service, proposes"
    figure, (axes,) = style.canvas(3.0)
    style.key(axes, [(long, style.BLUE), ("Do nothing", style.GREY)])
    style.row_text(axes, 0, long, "+$1,570")
    said = [text.get_text().replace("\n", " ") for text in axes.texts]
    assert said.count(long) == 2
    heights = [text.xyann[1] for text in axes.texts if hasattr(text, "xyann")]
    assert heights[0] > heights[2] + 20
    assert figure.axes == [axes]
