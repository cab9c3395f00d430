"""A plan restated in sentences an owner would use, and what was left to defaults."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sim.params.sector import STAGE_LABELS
from sim.scenario.changes import given
from sim.scenario.events import events_restated
from sim.scenario.fields import number
from sim.scenario.firm_sense import WEEKS_MONTH
from sim.scenario.plan.defaults import QUOTE_KEYS
from sim.scenario.plan.file import EXPAND, FIX, ProjectFile
from sim.scenario.plan.goals import GOALS
from sim.scenario.plan.plan import Plan
from sim.scenario.plan.quotes import hours_month_by_step, step_of
from sim.scenario.plan.unsure import field_of, unit_of
from sim.scenario.presets import tools
from sim.scenario.words import counted

WHOSE = {"you": "you say", "the vendor": "the vendor says", "the preset": "the preset says"}


def restated_plan(plan: Plan) -> list[str]:
    """What a plan says, one sentence or line per entry."""
    goal = plan.file.goal
    kind = GOALS[goal.what]
    return [
        f"{plan.file.title}: looking {counted(plan.file.months, 'month')} ahead.",
        *[f"{label}: {text}." for label, text in firm_words(plan)],
        *(plan.books.sentences() if plan.books else []),
        f"You want: {kind.label.lower()}, {number(goal.number)} {kind.asks}, by month {plan.goal_month}.",
        *[f"Project: {project.title}, {_quote(project)}{promise(project)}." for project in plan.file.project],
        *events_restated(plan.scenario.params.events, list(plan.scenario.families.values()), first=1),
        *[_unsure(plan, place) for place in range(len(plan.file.unsure))],
        "These choices live through the same futures:",
        *[f"  {arm.label}: {arm.line}" for arm in plan.choices],
        *_defaults(plan),
    ]


def doubted(doubts: Sequence[str]) -> list[str]:
    """What does not add up, under a head of its own; nothing where all does."""
    return ["What does not add up:", *[f"  {doubt}." for doubt in doubts]] if doubts else []


TOLD = frozenset({
    "staff", "orders_week", "mean_order_usd", "wage_usd_hour", "cash_usd", "cash_days", "credit_line_usd",
    "hours_week_by_step", "paid_hours_week", "small_rivals", "chains",
    *QUOTE_KEYS.keys() - {"rules_usd_once", "rules_usd_month", "fee_percent_of_orders"},
})
"""Keys of a plan file whose numbers `firm_words` and the list of quotes tell."""


def firm_words(plan: Plan) -> tuple[tuple[str, str], ...]:
    """What the firm is, label and text with unit."""
    p, firm = plan.scenario.params, plan.file.firm
    orders, price, wage = float(p.focal.orders_month), float(p.focal.price_usd), float(p.focal.wage_usd_hour)
    hours = float(p.focal.employees) * float(p.sector.hours_person_month)
    sales, materials = orders * price, orders * price * float(p.focal.materials_share)
    cash = given(firm).get("cash_usd")
    by_step = hours_month_by_step(p) / float(p.throughput.normal_utilisation)
    steps = sorted(enumerate(by_step), key=lambda step: -step[1])[:4]
    return (
        ("People", f"{float(p.focal.employees):.3g} on the payroll, {hours / WEEKS_MONTH:,.0f} hours a week at "
                   f"{wage:,.2f} USD"),
        ("Orders", f"{orders / WEEKS_MONTH:,.0f} a week at {price:,.2f} USD"),
        ("Where the work is", ", ".join(
            f"{STAGE_LABELS[stage]} {worked / WEEKS_MONTH:,.0f} hours a week" for stage, worked in steps)),
        ("A normal month", f"sales {sales:,.0f} USD, materials {materials:,.0f} USD, wages {hours * wage:,.0f} USD, "
                           f"{_rest(plan, sales - materials - hours * wage)}"),
        ("Cash", f"{cash:,.0f} USD" if cash is not None else f"{firm.cash_days:,.0f} days of what goes out"),
        ("Credit line", f"{firm.credit_line_usd:,.0f} USD" if "credit_line_usd" in given(firm)
         else f"{float(p.finance.overdraft_days):.0f} days of what goes out"),
        ("Market", f"{counted(int(p.setup.small_firms) - 1, 'firm')} like yours and "
                   f"{counted(int(p.setup.large_firms), 'large competitor')}"),
    )


def promise(project: ProjectFile) -> str:
    """What a project promises, in words."""
    said = given(project)
    parts = [text.format(number(said[key])) for key, text in (
        ("hours_saved_week", "saves {} hours a week"), ("more_sales_percent", "brings {}% more orders"),
        ("more_capacity_percent", "adds {}% of room"),
    ) if key in said]
    if project.what == FIX:
        parts = [f"improves the process of {STAGE_LABELS[step_of(project)]}"]
    elif not parts and project.what == EXPAND:
        parts = [f"more equipment for {STAGE_LABELS[step_of(project)]}"]
    return " and ".join(parts) or f"what such tools usually do ({tools()[project.what].title})"


def _quote(project: ProjectFile) -> str:
    """The quote in words, as far as it goes."""
    said = given(project)
    parts = [f"ordered in month {project.buy_in_month}"]
    if "price_usd" in said:
        parts.append(f"{said['price_usd']:,.0f} USD once")
    if said.get("subscription_usd_month"):
        parts.append(f"{said['subscription_usd_month']:,.0f} USD a month")
    if said.get("fee_percent_of_orders"):
        parts.append(f"{number(said['fee_percent_of_orders'])}% of what is ordered through it")
    if project.rules_usd_once or project.rules_usd_month:
        parts.append(f"rules add {project.rules_usd_once:,.0f} USD once and {project.rules_usd_month:,.0f} USD a month")
    if "months_until_it_works" in said:
        parts.append(f"works after {counted(said['months_until_it_works'], 'month')}")
    return ", ".join(parts) + "; promised: "


def _rest(plan: Plan, left_usd: float) -> str:
    """What is left of a normal month."""
    rent = given(plan.file.firm).get("rent_and_other_usd_month")
    if rent is None:
        return f"which leaves {left_usd:,.0f} USD for rent, other costs and you"
    return f"rent and other costs {rent:,.0f} USD, which leaves {left_usd - rent:,.0f} USD for you"


def _unsure(plan: Plan, place: int) -> str:
    """A range in words."""
    one = plan.file.unsure[place]
    title = next((project.title for project in plan.file.project if project.name == one.project), "")
    about = f"{title}: {field_of(one.about).description}" if title else str(field_of(one.about).description)
    return f"Unsure, {WHOSE[one.who_said]}: {about}, {number(one.low)} to {number(one.high)} {unit_of(one.about)}."


def _defaults(plan: Plan) -> Iterator[str]:
    """What was left to defaults, and whose they are."""
    if plan.defaults:
        yield "You left these to defaults:"
    for default in plan.defaults:
        yield f"  {default.text}: {default.value} ({default.source})"
