"""Made-up comparisons with the shape of real ones: a small bakery-like firm, shared luck, a few choices.

Nothing here is evidence; it only has to be plausible enough that statistics, words and pictures have
something to say. Scalars are taken from the series as they are in a real run.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from sim.analysis.comparison import ArmInfo, Assumption, ClaimResult, Comparison, Setting
from sim.analysis.flows import EARNING
from sim.observe.books import PARTS
from sim.observe.metrics import SERIES
from sim.observe.observation import Event, Observation, Project
from sim.observe.record import scalars
from sim.state import FLOWS

DISCOUNT_MONTH = 0.01


@dataclass(frozen=True)
class Choice:
    """How one made-up choice changes the firm: dollars, shares, months."""

    name: str
    label: str
    line: str
    once_usd: float = 0.0
    running_usd: float = 0.0
    assessment_usd: float = 0.0
    month: int = 6
    hours_share: float = 0.0
    capacity_share: float = 0.0
    expected_usd: float = 0.0


NONE = Choice("none", "Buys nothing", "Keeps working as it does today and buys no automation.")
OWN_SAKE = Choice(
    "own_sake", "Follows the talk", "Buys the tool that everybody talks about.",
    once_usd=9_000, running_usd=260, month=5, hours_share=0.05, expected_usd=24_000,
)  # fmt: skip
TACTICAL = Choice(
    "tactical", "Fixes what hurts", "Buys what saves most hours at one step.",
    once_usd=7_500, running_usd=200, month=5, hours_share=0.07, capacity_share=0.04, expected_usd=22_000,
)  # fmt: skip
ALIGNED = Choice(
    "aligned", "Aligned with the goal", "Finds the step that holds back the whole firm and lifts it.",
    once_usd=8_500, running_usd=230, assessment_usd=1_600, month=8, hours_share=0.05, capacity_share=0.14,
    expected_usd=30_000,
)  # fmt: skip
CHOICES = (NONE, OWN_SAKE, TACTICAL, ALIGNED)


def comparison(choices=CHOICES, worlds=120, months=60, seed=1, assignment="focal") -> Comparison:
    """A comparison of made-up choices over shared made-up worlds."""
    seen = [observe(choice, replicate, months, seed) for choice in choices for replicate in range(worlds)]
    return Comparison.from_observations(seen, setting(choices, seed, assignment))


def setting(choices, seed=1, assignment="focal") -> Setting:
    """What a scenario file and a command line would have said."""
    return Setting(
        scenario="bakery_ordering",
        title="Bakery: automated ordering",
        why="Customers order faster, but the ovens stay as they are. Does the purchase pay?",
        assignment=assignment,
        seed=seed,
        arms=tuple(ArmInfo(choice.name, choice.label, choice.line) for choice in choices),
        assumptions=(
            Assumption("Interest used to compare money over time", "1% a month", "assumed", "A3"),
            Assumption("Cash a small firm holds", "27 days of outflow", "measured", "JPMorgan Chase 2016"),
            Assumption("Time until half of a tool's skill is learned", "4 to 20 months", "assumed", "M7"),
        ),
        hurdle_year=0.2,
        discount_month=DISCOUNT_MONTH,
        command=f"smbsim compare bakery_ordering --worlds 120 --seed {seed}",
        version="0.1.0",
        fingerprint="3f9a1c0e5b77d2aa",
    )


def with_claims(made: Comparison) -> Comparison:
    """The comparison with a falsifier setting and three claims."""
    claim = ClaimResult(
        "Sales stay where they were.", "revenue_last_year_usd", "own_sake", "none",
        "same", -310.0, (-1_900.0, 1_250.0), "USD", True, "signature",
    )  # fmt: skip
    pressed = replace(
        claim, statement="Staff are more overloaded.", expected="more", unit="share",
        estimate=0.012, interval=(0.004, 0.02),
    )  # fmt: skip
    rise = replace(
        claim, statement="Sales rise.", expected="more", estimate=2_100.0, interval=(-400.0, 4_600.0),
        holds=False, of="falsifier",
    )  # fmt: skip
    other = replace(made, title="The same bakery, short of hands at the counter", why="Then it must pay.")
    return replace(made, claims=(claim, pressed, rise), falsifier=other)


def observe(choice: Choice, replicate: int, months: int, seed: int) -> Observation:
    """One firm in one world under one choice; the luck depends on seed and replicate alone."""
    luck = np.random.default_rng([seed, replicate])
    steps = luck.normal(0.0005, 0.03, months)
    demand = 2_000 * np.exp(np.cumsum(steps) + luck.normal(0, 0.12))
    capacity = 1_950 * np.exp(luck.normal(0, 0.08))
    fit, spot = luck.normal(0.8, 0.5), luck.random(months)
    since = np.arange(months) - choice.month
    live = (since >= 2) * (1 - 0.3 * 0.5 ** (np.maximum(since, 0) / 6))
    lifted = capacity * (1 + choice.capacity_share * fit * live)
    served = np.minimum(demand, lifted)
    paid = 1_150 * (0.45 + 0.55 * served / 2_000) - 0.4 * choice.hours_share * 1_150 * live
    automated = choice.hours_share * 1_150 * live * max(fit, 0.1)
    series = _money(choice, served, paid, since, spot) | _work(demand, served, lifted, paid, automated)
    series |= _plans(choice, since, automated)
    series = {name: np.zeros(months) for name in SERIES} | series  # what nobody here made up did not happen
    end = _close(series, months)
    closed = (Event(end, "close", "Closed: cash and overdraft were used up."),) if end < months else ()
    told = _story(choice, end) + closed
    books = _books(choice, series, spot) if choice.once_usd > 0 else ()
    return Observation(choice.name, replicate, scalars(series, DISCOUNT_MONTH, 1), series, told, books)


def _money(choice, served, paid, since, spot):
    """Signed money by account line."""
    overrun = 1 + 0.8 * spot[0] ** 3
    zero = np.zeros_like(served)
    flows = {f"flow_{name}": zero.copy() for name in FLOWS if name != "owner"} | {
        "flow_sales": 9.0 * served,
        "flow_refunds": -0.15 * served,
        "flow_wages": -8.2 * paid,
        "flow_hiring": -150.0 * (spot > 0.8),
        "flow_materials": -2.9 * served,
        "flow_overhead": zero - 1_600.0,
        "flow_tools_once": -choice.once_usd * overrun * (since == 0),
        "flow_tools_running": -choice.running_usd * (since >= 2.0),
        "flow_assessment": -choice.assessment_usd * (since == -2),
        "flow_safeguards": zero.copy(),
        "flow_breaches": zero.copy(),
        "flow_fines": zero.copy(),
        "flow_interest": zero.copy(),
        "flow_loans": zero.copy(),
        "flow_written_off": zero.copy(),
    }
    earned = sum(flows[line] for line in EARNING)
    return flows | {"flow_owner": -0.75 * np.maximum(earned, 0.0)}


def _work(demand, served, capacity, paid, automated):
    """Orders, hours and people."""
    busy = served / capacity
    one = np.ones_like(served)
    return {
        "alive": one.copy(),
        "grown": 0 * one,
        "debt_usd": 0 * one,
        "overdraft_limit_usd": 4_000 * one,
        "orders_demanded": demand.copy(),
        "orders_served": served.copy(),
        "orders_lost": demand - served,
        "wait_ratio": 1 / (1.05 - np.minimum(busy, 1)),
        "utilisation": busy,
        "throughput": capacity.copy(),
        "lead_time_hours": 0.5 + 0.5 / (1.05 - np.minimum(busy, 1)),
        "bottleneck": np.where(demand < 0.97 * capacity, 9.0, np.where(busy > 0.999, 1.0, 3.0)),
        "overload": np.maximum(busy - 0.95, 0),
        "employees": 7 * one,
        "quits": 0.25 * one,
        "hires": 0.2 * one,
        "laid_off": 0 * one,
        "hours_trained": 0 * one,
        "hours_retrained": 0 * one,
        "morale": -0.01 * one,
        "tools_live": 1.0 * (automated > 0),
        "tools_used": 0.7 * (automated > 0),
        "tools_mastered": 0.6 * (automated > 0),
        "hours_paid": paid.copy(),
        "hours_automated": automated.copy(),
        "hours_idle": np.maximum(paid + automated - 0.55 * served, 0),
        "price_usd": 9 * one,
        "markup": 0.1 * one,
        "faulty_share": 0.05 * one,
        "found_share": 0.025 * one,
        "escaped_share": 0.025 * one,
        "reputation": 0 * one,
        "process_quality": 0.5 * one,
        "market_share": 0.1 * busy,
        "fund_usd": 0 * one,
        "differentiation": 0.01 * one,
        "customers": np.round(demand / 2),
        "customers_won": np.round(demand / 40),
        "selling_usd": 900 * one,
        "orders_market": 18_000 + 0.5 * served,
        "concentration": 0.11 * one,
        "price_market_usd": 9 * one,
        "surplus_usd_order": 1.5 * one,
        "sales_second_usd": 0 * one,
        "kept_usual": 0.95 * one,
        "kept_second": 0 * one,
        "breaches": 0 * one,
        "fined": 0 * one,
        "machine_decided": 0.1 * (automated > 0),
        "error_gap": 0 * one,
        "orders_harmed": 0 * one,
        "sales_group_usd": 1.8 * served,
        "consented_share": 0 * one,
        "data_insight": 0 * one,
        "input_factor": one.copy(),
        "limited_by_demand": 0.6 * one,
        "limited_by_labour": 0.1 * one,
        "limited_by_equipment": 0.3 * one,
        "limited_by_finance": 0.05 * one,
    }


def _plans(choice, since, automated):
    """What was bought and what was expected of it, so far."""
    bought = (since >= 0) * (choice.once_usd > 0) * 1.0
    quoted = choice.once_usd + 40 * choice.running_usd + choice.assessment_usd
    return {
        "projects": bought,
        "ledger_saving_usd": 8.2 * np.cumsum(automated),
        "forecast_cost_usd": bought * quoted,
        "forecast_sales_usd": bought * 0.7 * (choice.expected_usd + quoted),
        "forecast_labour_usd": bought * 0.3 * (choice.expected_usd + quoted),
    }


def _books(choice, series, spot) -> tuple[Project, ...]:
    """The one purchase by its books: half of what was expected came, for one reason and another."""
    worth = 1.01 ** -np.arange(len(series["flow_sales"]), dtype=np.float64)
    cost = -float((series["flow_tools_once"] + series["flow_tools_running"]) @ worth)
    parts = dict.fromkeys(PARTS, 0.0) | {
        "usage": -0.2 * choice.expected_usd, "picture": -0.5 * choice.expected_usd * spot[1], "cost": -250.0,
    }
    outcome = choice.expected_usd + sum(parts.values())
    return (Project(
        firm=0, item=0, name="The tool", start_month=choice.month, live_month=choice.month + 2, end="live",
        missing_months=0, hurdle_share=0.2, cost_usd=cost, labour_usd=0.3 * (outcome + cost),
        forecast_usd=choice.expected_usd, parts_usd=parts, outcome_usd=outcome,
    ),)


def _close(series, months) -> int:
    """Close the firm where its till falls below the overdraft; the month it happens, or `months`."""
    cash = 12_000 + np.cumsum(sum(series[line] for line in (*EARNING, "flow_owner")))
    broke = np.flatnonzero(cash < -4_000)
    end = int(broke[0]) if broke.size else months
    series["cash_usd"] = cash
    series["profit_usd"] = sum(series[line] for line in EARNING) - series["flow_tools_once"]
    for name, column in series.items():
        if not name.startswith(("forecast", "ledger", "projects")):
            column[end:] = -1.0 if name == "bottleneck" else 0.0
    assert set(series) == set(SERIES)
    return end


def _story(choice, end) -> tuple[Event, ...]:
    """A few dated events."""
    told = [Event(3, "lost", "Turned away 9% of orders: making was full.")]
    if choice.once_usd > 0 and choice.month + 2 < end:
        bought = f"Bought a tool for ${choice.once_usd:,.0f}: it was the step that held up most."
        told.append(Event(choice.month, "start", bought))
        told.append(Event(choice.month + 2, "live", "The tool: in place and in use."))
    told += [Event(month, "quits", "2 people left in one month.") for month in (14, 31) if month < end]
    return tuple(told)
