"""From forecast to outcome: where the expected gain went, as an accounting identity.

Outcome is the present value of the money the firm made beyond doing nothing, by account line; the forecast
has a cost, a sales and a labour part. Each part of the bridge is outcome minus forecast for the same thing,
so the parts add up to the outcome with nothing left over, in every world and hence in the mean. Months in
which the firm had closed under one choice only are a part of their own: a lost firm loses sales and saves
wages, and neither says anything about the tool. What the owner's worth holds beyond these
flows (money that waits in the till before it is taken out counts less, loans still owed, debts written off
when a firm closes) is shown apart as `beyond`.
"""

from __future__ import annotations

from dataclasses import dataclass

from sim.analysis.comparison import Comparison
from sim.analysis.flows import PEOPLE, REST, SALES, TOOLS, discounted_gap
from sim.analysis.parts import Part, part


@dataclass(frozen=True)
class Bridge:
    """forecast + sum(steps) = outcome, and outcome + beyond = the gain in owner value, in every world."""

    forecast: Part
    steps: tuple[Part, ...]
    outcome: Part
    beyond: Part


def bridge(comparison: Comparison, arm: str) -> Bridge:
    """The bridge of one choice against the reference."""
    cost, sales, labour = (comparison.gap(arm, f"forecast_{what}_usd") for what in ("cost", "sales", "labour"))
    open_in_both = comparison.open_in_both(arm)
    tools = discounted_gap(comparison, arm, TOOLS)
    volume, people, rest = (discounted_gap(comparison, arm, lines, open_in_both) for lines in (SALES, PEOPLE, REST))
    closed = discounted_gap(comparison, arm, (*SALES, *PEOPLE, *REST), ~open_in_both)
    steps = (
        part("cost", "Cost against the quote", tools + cost),
        part("sales", "Sales volume and price", volume - sales),
        part("people", "Wages and hiring", people - labour),
        part("rest", "Overhead and interest", rest),
        part("closed", "Closing sooner or later", closed),
    )
    outcome = tools + volume + people + rest + closed
    beyond = comparison.gap(arm, "owner_value_usd") - outcome
    return Bridge(
        forecast=part("forecast", "Expected gain", sales + labour - cost),
        steps=steps,
        outcome=part("outcome", "What came of it", outcome),
        beyond=part("beyond", "Waiting in the till, loans, write-offs", beyond),
    )
