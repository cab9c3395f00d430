"""A scenario, a firm or a strategy restated in sentences, so that its author sees what was understood."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sim.params import Focal, Params, groups
from sim.params.base import Meaning, meanings
from sim.params.goal import GOAL_METRICS
from sim.params.sector import STAGE_LABELS, STAGES
from sim.scenario.arms_list import AIMS, parse_arm
from sim.scenario.changes import TOOL_NUMBERS
from sim.scenario.events import events_restated
from sim.scenario.fields import DRAWN_STAGE, number
from sim.scenario.preset_files import ToolFile
from sim.scenario.presets import row_numbers, tool_entries, tools
from sim.scenario.scenario import Claim, Scenario
from sim.scenario.trades import market
from sim.strategies.arms import Arm

EXPECTED = {"more": "more than", "less": "less than", "same": "the same as"}


def restated(scenario: Scenario) -> list[str]:
    """What a scenario says, one sentence or line per entry."""
    setup = scenario.params.setup
    lines = [
        f"{scenario.title}. {scenario.why}",
        f"A market of {_rounded(setup.small_firms)} small firms and {_rounded(setup.large_firms)} large "
        f"competitors with {_rounded(setup.customers)} customers, over {counted(scenario.months, 'month')}.",
        f'The other small firms follow the strategy "{parse_arm(scenario.background, scenario).label}".',
    ]
    if scenario.params.focal != Focal():
        lines += _normal_month(scenario)
    lines += changes(scenario.params, market(scenario.trade, []))
    lines += events_restated(scenario.params.events, list(scenario.families.values()))
    if scenario.goal:
        goal = scenario.goal
        lines.append(f"The goal: {GOAL_METRICS[goal.metric]} {goal.change:+.0%} on the first year, in the "
                     f"year before month {goal.deadline_month}.")
    lines += [f"On offer: {_offer(scenario, family)}." for family in scenario.offered]
    lines += [strategy_restated(arm) for arm in scenario.arms.values()]
    lines += [_claim(claim, scenario) for claim in scenario.signature]
    if scenario.falsifier:
        lines.append(f"Where this must fail: {scenario.falsifier.why}")
        lines += changes(scenario.falsifier.params, scenario.params) + _other_events(scenario)
        lines += [_claim(claim, scenario.falsifier) for claim in scenario.falsifier.signature]
    return lines


def _other_events(scenario: Scenario) -> list[str]:
    """The events of the falsifier where they are not the scenario's."""
    titles = list(scenario.families.values())
    own, other = (events_restated(one.params.events, titles) for one in (scenario, scenario.falsifier) if one)
    return [] if own == other else [f"Instead: {line}" for line in other] or ["No event comes."]


LEVER_WORDS: dict[str, Callable[[float], str]] = {
    "assessment_months": lambda months: f"{counted(months, 'month')} of assessment before each decision",
    "fix_first": lambda _: "a poor process is mended before it is automated",
    "integrate": lambda _: "a new tool is joined to the stages it exchanges data with",
    "phased": lambda _: "a tool is tried in part of the firm first",
    "later_months": lambda months: f"{counted(months, 'month')} later than otherwise",
    "training": lambda level: f"training of users at level {number(level)}",
    "involvement": lambda level: f"people have a say at level {number(level)}",
    "layoff": lambda share: f"{share:.0%} of surplus posts cut at once",
    "redeploy": lambda level: f"freed people retrained at level {number(level)}",
    "vague": lambda level: f"goals vague at level {number(level)}",
    "measurement": lambda level: f"work measured at level {number(level)}",
    "upkeep": lambda level: f"processes bettered at level {number(level)}",
    "modular": lambda level: f"new tools behind open interfaces at level {number(level)}",
    "dynamic": lambda _: "what was bought is looked over again, and replaced or stopped",
    "security": lambda level: f"security at level {number(level)}",
    "oversight": lambda share: f"a person looks at {share:.0%} of automated decisions",
    "consent": lambda level: f"customers told and asked about their data at level {number(level)}",
    "explore": lambda share: f"{share:.0%} of the project fund for new offers",
    "partners": lambda level: f"outside skill hired at level {number(level)}",
    "most_projects": lambda count: f"at most {counted(count, 'project')}",
    "placebo": lambda _: "what is bought does nothing and costs nothing",
}


def strategy_restated(arm: Arm) -> str:
    """What a strategy says."""
    factors = [f"score {arm.score}"]
    factors += [words(level) for lever, words in LEVER_WORDS.items() if (level := getattr(arm, lever))]
    wanted = [f"{words} {number(w)}" for words, w in zip(AIMS.values(), arm.weights, strict=True) if w]
    factors += [f"goals {', '.join(wanted)}"] if wanted else []
    until = [f"{words} {target:+.0%}" for words, target in zip(AIMS.values(), arm.targets, strict=True) if target]
    factors += [f"until the first year has changed by: {', '.join(until)}"] if until else []
    factors += [f"{purchase.item} in month {purchase.month}" for purchase in arm.purchases]
    return f'Strategy {arm.name}, "{arm.label}": {arm.line} ({"; ".join(factors)})'


def _normal_month(scenario: Scenario) -> list[str]:
    """What the numbers of the firm in focus come to, with the trade's where none is given."""
    focal, sector = scenario.params.focal, scenario.params.sector
    people = _given(focal.employees, sector.employees_mean)
    orders = _given(focal.orders_month, people * float(sector.orders_employee_month))
    sales = orders * _given(focal.price_usd, sector.order_value_usd)
    materials = sales * _given(focal.materials_share, sector.materials_share)
    hours = people * float(sector.hours_person_month)
    wages = hours * _given(focal.wage_usd_hour, sector.wage_usd_hour)
    left = round(sales) - round(materials) - round(wages)
    return [
        f"In a normal month {people:,.1f} people paid for {hours:,.0f} hours make {orders:,.0f} orders.",
        f"They bring {sales:,.0f} USD; materials take {materials:,.0f} USD and wages {wages:,.0f} USD, which "
        f"leaves {left:,} USD for rent, other costs and the owner.",
    ]


def changes(params: Params, before: Params) -> list[str]:
    """Every parameter and tool number that differs between two sets of parameters."""
    lines = []
    for group in groups():
        new, old = getattr(params, group), getattr(before, group)
        for name, meaning in meanings(new).items():
            value, standing = getattr(new, name), getattr(old, name)
            if value != standing:
                text = meaning.text.split(";")[0]
                lines.append(f"Changed: {text}: {_instead(value, standing, meaning)} ({group}.{name}).")
    return lines + _tool_changes(params, before)


def _tool_changes(params: Params, before: Params) -> list[str]:
    """Tool numbers that differ from `before`, with a word on those outside what was seen for such tools."""
    lines = []
    for row, tool in enumerate(tools().values()):
        new, old = (row_numbers(p.catalogue, row) for p in (params, before))
        for key in (key for key in new if new[key] != old[key]):
            text, unit, *_ = TOOL_NUMBERS[key]
            change = f"{number(new[key])} {unit} instead of {number(old[key])}"
            lines.append(f"Changed: {tool.title}: {text}: {change}{_unusual(tool, key, new[key])}.")
    return lines


def _unusual(tool: ToolFile, key: str, value: float) -> str:
    """A word on a number outside what was seen for such tools."""
    seen = tool_entries(tool).get(key)
    if seen is None or seen.low <= value <= seen.high:
        return ""
    return f"; seen for such tools: {number(seen.low)} to {number(seen.high)}"


def _offer(scenario: Scenario, family: str) -> str:
    """A tool on offer with its prices."""
    numbers = row_numbers(scenario.params.catalogue, list(scenario.families).index(family))
    fee = f", {number(100 * numbers['per_use'])}% of orders that go through it" if numbers["per_use"] else ""
    return (
        f"{scenario.families[family]} ({family}), {number(numbers['one_off'])} USD once and "
        f"{number(numbers['subscription'])} USD a month{fee}, in use after "
        f"{counted(numbers['implementation_months'], 'month')}"
    )


def _claim(claim: Claim, scenario: Scenario) -> str:
    """A claim with its measure."""
    label_a, label_b = (parse_arm(side, scenario).label for side in (claim.a, claim.b))
    smallest = f"{number(100 * claim.smallest)}%" if claim.relative else number(claim.smallest)
    size = f"within {smallest}" if claim.expect == "same" else f"by at least {smallest}"
    comparison = f'"{label_a}" {EXPECTED[claim.expect]} "{label_b}", {size}'
    if claim.months is not None:
        comparison += f", on average over months {claim.months[0]} to {claim.months[1] - 1}"
    return f"Claim: {claim.statement} ({claim.metric}: {comparison})"


def _instead(value: float, standing: float, meaning: Meaning) -> str:
    """A changed parameter's value and what it stands instead of, in words."""
    if meaning.unit == "stage number":
        return f"{_stage(value)} instead of {_stage(standing)}"
    not_given = standing == meaning.default == meaning.low < 0
    instead = "the trade's or a drawn one" if not_given else _rounded(standing)
    unit = "" if meaning.unit in ("share", "ratio") else f" {meaning.unit}"
    return f"{_rounded(value)}{unit} instead of {instead}"


def _rounded(value: Any) -> str:
    return number(round(float(value), 2 if abs(value) >= 1 else 4))


def _stage(stage: float) -> str:
    return "drawn" if stage == DRAWN_STAGE else f"{STAGE_LABELS[int(stage)]} ({STAGES[int(stage)]})"


def _given(value: Any, trade: Any) -> float:
    return float(value if value >= 0 else trade)


def counted(count: float, noun: str) -> str:
    """A count with its noun in the right number: 1 month, 2 months."""
    return f"{number(count)} {noun}{'' if count == 1 else 's'}"
