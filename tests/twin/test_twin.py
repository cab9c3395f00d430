"""The fast model and its slow twin live the same months, in small worlds in which everything happens."""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path

import pytest

from sim import schedule
from sim.params import Params
from sim.state import EXPANSION, FIX
from sim.strategies.arms import SCORES, Arm
from tests.twin.agents import Firm
from tests.twin.compare import differences
from tests.twin.market import Market
from tests.twin.month_0 import market_at_month_0
from tests.twin.worlds import FOLLOWED, MONTHS, batch, eventful
from tests.worlds import arm

TWIN = (
    "agents", "aims", "explore", "founding", "frontier", "lenses", "market", "month_0", "owners", "reconfigure",
    "rivals", "scores", "shocks", "shop", "staff", "till", "trust",
)
SHARED = {
    "sim.luck": {"label"},
    "sim.numerics": {"cents", "exp_", "gumbel_", "key_", "laplace_", "log_", "normal_", "normal_share_", "power_",
                     "uniform_"},
    "sim.params": {"Params"},
    "sim.params.sector": {"STAGE_COUNT"},
    "sim.state": {"EXPANSION", "FIX", "FLOWS", "OBJECTIVE_COUNT", "OFFER_PLACES", "OUTSIDE", "TOOL_SLOTS"},
    "sim.strategies.arms": {"LEVERS", "SCORES"},
}
HAPPENINGS = {
    "enter", "enter a used slot", "close broke", "close tired", "declined", "start", "live tool", "live expansion",
    "live fix", "loan", "repayment", "interest", "payout", "overdraft", "quit", "hire", "refund", "backlog", "lost",
    "rollout", "pilot_stop",
    "price", "talk", "hours", "complaint", "constraint", "orders", "draw", "best", "planned", "mend", "goal",
    "renew", "support_end", "take_out", "prototype", "offer",
    "activity", "points", "forces", "easy", "foreseen",
    "imitate", "cut price", "stop", "overrun", "layoff", "retrained", "work moved", "taste moved", "event",
    "breach", "fine", "outage", "harm", "raise", "pay cut",
}


class Lived:
    """Worlds of a batch beside their twins: what differed, and what happened."""

    def __init__(self, scenarios: list[Params], seeds: list[int], entrants: list[Arm]) -> None:
        scenarios = [scenarios[n % len(scenarios)] for n in range(len(seeds))]
        self.world = batch(scenarios, seeds, entrants)
        self.markets = [market_at_month_0(self.world, n, scenario) for n, scenario in enumerate(scenarios)]
        self.happened: Counter[str] = Counter()

    def differences(self, months: int) -> list[str]:
        """Live until something differs, at most so many months; what differs."""
        for month in range(months):
            schedule.step(self.world)
            for number, market in enumerate(self.markets):
                before = {firm.slot: (firm, firm.price_usd) for firm in filter(None, market.slots)}
                market.step()
                self._count(market, before)
                found = differences(self.world, number, market)
                if found:
                    return [f"month {month}, world {number}, {difference}" for difference in found]
        return []

    def _count(self, market: Market, before: dict[int, tuple[Firm, float]]) -> None:
        """Count what happened this month, as the twin tells it."""
        for event in market.journal:
            if event.month == market.month - 1:
                self.happened.update(_names(event.kind, event.details))
        for firm in filter(None, market.slots):
            if firm.open or firm.closed_month == market.month - 1:
                facts = _facts(firm, *before.get(firm.slot, (firm, firm.price_usd)))
                self.happened.update(name for name, happened in facts.items() if happened)


def _names(kind: str, details: dict[str, float]) -> list[str]:
    """Names of an event in HAPPENINGS."""
    if kind == "close":
        return ["close broke" if details["broke"] else "close tired"]
    if kind == "live":
        item = details["item"]
        return ["live fix" if item >= FIX else "live expansion" if item >= EXPANSION else "live tool"]
    return [kind, details["reason"]] if kind == "start" else [kind]


def _facts(firm: Firm, before: Firm, price_usd: float) -> dict[str, bool]:
    """What happened in a slot this month, given the firm that was there and its price."""
    flow = firm.flow_cents
    return {
        "enter a used slot": firm is not before, "price": firm is before and firm.price_usd != price_usd,
        "loan": flow["loans"] > 0, "repayment": flow["loans"] < 0, "interest": flow["interest"] < 0,
        "payout": flow["owner"] < 0 and firm.open, "overdraft": firm.cash_cents < 0, "quit": firm.quits > 0,
        "hire": firm.hires > 0, "retrained": firm.hours_retrained > 0.0,
        "raise": firm.wage_moved > 0.0, "pay cut": firm.wage_moved < 0.0,
        "harm": firm.orders_harmed > 0, "refund": flow["refunds"] < 0, "backlog": firm.orders_backlog > 0,
        "lost": firm.orders_lost > 0,
    }


@pytest.fixture(scope="module")
def lived() -> Lived:
    """Nine worlds of three kinds."""
    entrants = [
        arm("aligned", fix_first=1.0), arm("random"), arm("npv", assessment_months=1.0, training=0.5),
        arm("own_sake", dynamic=1.0, modular=0.5),
    ]
    return Lived(eventful(), list(range(1, 10)), entrants)


def test_the_fast_model_and_its_twin_agree_month_by_month(lived: Lived) -> None:
    assert lived.differences(MONTHS) == []

    assert sorted(HAPPENINGS - set(lived.happened)) == []
    assert set(SCORES) == {followed.score for arms in FOLLOWED for followed in arms}


def test_a_closed_firm_leaves_the_model_and_an_entrant_joins_it(lived: Lived) -> None:
    for market in lived.markets:
        assert set(market.agents_by_type[Firm]) == set(market.open_firms())


@pytest.mark.parametrize("column", ["cash_cents", "orders_expected", "hours", "open"])
def test_the_comparison_notices_one_number_that_differs(column: str) -> None:
    pair = Lived(eventful(), [1], [arm("none")])
    assert pair.differences(1) == []

    values = getattr(pair.world.firms, column)
    values[0] = not values[0] if column == "open" else values[0] * (1.0 + 1e-6) + 1.0

    assert len(differences(pair.world, 0, pair.markets[0])) == 1


def test_the_twin_shares_numbers_luck_and_parameters_with_the_model_and_no_formula() -> None:
    imported = set()
    for module in TWIN:
        for node in ast.walk(ast.parse((Path(__file__).parent / f"{module}.py").read_text())):
            if isinstance(node, ast.Import):
                imported |= {(alias.name, "") for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                imported |= {(node.module or "", alias.name) for alias in node.names}

    of_the_model = {(module, name) for module, name in imported if module.split(".")[0] == "sim"}
    assert of_the_model == {(module, name) for module, names in SHARED.items() for name in names}
