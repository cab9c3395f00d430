"""Choosing projects (M15): owners sit down now and then, assess, choose by their score, and pay.

Every strategy has the same fund, decision months, cash gate, optimism and luck, and one project at a time; assessment
is charged at every decision, even if nothing is bought, and unspent money stays.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from sim import luck, numerics
from sim.arrays import Bools, Floats, Ints
from sim.buying import Terms, put_into_slot
from sim.look import look
from sim.observed import Observed
from sim.offers import Offers, candidate_code, loan_share, mending, needs_loan, offers
from sim.params.sector import STAGE_COUNT
from sim.state import EXPANSION, FIX, FLOW, NO_TOOL
from sim.strategies.arms import SCORES
from sim.strategies.choice import MEND, at
from sim.strategies.choice import PLANNED as WAITING
from sim.strategies.scores import RULES
from sim.world import World, as_it_was, mechanism

NONE, PLANNED = SCORES.index("none"), SCORES.index("planned")


@dataclass(frozen=True)
class Decision:
    """What the firms in `rows` decided: the candidate (−1 none), why, and what they foresaw, USD."""

    rows: Ints
    candidate: Ints
    reason: Ints
    sales_usd: Floats
    labour_usd: Floats
    cost_usd: Floats


@mechanism(
    "firms.owner_hours firms.flow_cents firms.fund_usd firms.debt_cents firms.repayment_cents firms.tool_family "
    "firms.tool_units firms.tool_countdown firms.tool_fee_usd_month firms.tool_start_month firms.tool_due_month "
    "firms.tool_quote_usd firms.tool_benefit_usd firms.tool_promise_usd firms.tool_held_back firms.tool_rest_usd "
    "firms.tool_strength firms.tool_support_end "
    "firms.forecast_sales_usd firms.forecast_labour_usd firms.forecast_cost_usd firms.projects firms.plan "
    "people.luck",
    neutral=as_it_was, neutral_text="no project is ever considered",
)
def decide(world: World) -> None:
    """Owners whose month it is assess what is on offer, choose, and start at most one project."""
    rows = np.nonzero(sits_down(world))[0]
    if not len(rows):
        return
    _assess(world, rows)
    on_offer = offers(world, rows)
    seen = look(world, rows, on_offer)
    decision = _mend_first(world, _choose(world, rows, seen), seen)
    _start(world, _take_placebos(world, decision), on_offer)


def sits_down(world: World) -> Bools:
    """Firms that decide this month: it is drawn, a tool was taken out, or a plan is due; no project is under way.

    Who puts decisions off sits down in the months that would have been drawn, so much later.
    """
    firms = world.firms
    under_way = world.busy_slots.any(axis=1)
    since = world.month - firms.later_months
    draw = numerics.uniform(firms.luck, luck.label("decide"), np.maximum(since, 0).astype(np.uint64), luck.NOBODY)
    drawn = (since >= 0) & (draw < world.params.choosing.decision_month[firms.world])
    due = ((firms.plan != NO_TOOL) & (firms.plan_month <= world.month)).any(axis=1)
    in_time = world.month <= world.worlds.last_purchase_month[firms.world]
    instead = firms.taken_out == world.month + 1
    their_month = np.where(firms.score == PLANNED, due, (drawn | instead) & in_time)
    has_enough = (firms.most_projects > 0) & (firms.projects >= firms.most_projects)
    return firms.open & (firms.score != NONE) & their_month & ~under_way & ~has_enough


def _assess(world: World, rows: Ints) -> None:
    """Charge cash and the owner's hours for looking closely; a placebo costs nothing."""
    firms, p, w = world.firms, world.params.choosing, world.firms.world[rows]
    real = 1.0 - firms.placebo[rows]
    months = firms.assessment_months[rows] * real
    planners_usd = world.params.partners.planning_usd[w] * firms.partners[rows] * real
    world.pay(rows, FLOW["assessment"], -(p.assessment_usd_month[w] * months + planners_usd))
    left = firms.owner_hours[rows] - p.assessment_hours_month[w] * months
    firms.owner_hours[rows] = np.maximum(left, 0.0)


def _choose(world: World, rows: Ints, seen: Observed) -> Decision:
    """Let each firm's score choose from what its owner sees."""
    decision = Decision(rows, *(np.full(len(rows), -1) for _ in range(2)), *(np.zeros(len(rows)) for _ in range(3)))
    for score in np.unique(world.firms.score[rows]):
        here = world.firms.score[rows] == score
        choice = RULES[SCORES[score]](seen.only(here))
        decision.candidate[here] = choice.candidate
        decision.reason[here] = choice.reason
        decision.sales_usd[here] = at(choice.forecast.sales_usd, choice.candidate)
        decision.labour_usd[here] = at(choice.forecast.labour_usd, choice.candidate)
        decision.cost_usd[here] = at(choice.forecast.cost_usd, choice.candidate)
    return decision


def _mend_first(world: World, decision: Decision, seen: Observed) -> Decision:
    """A fix-first owner improves a poor process, if that can be paid, instead of automating it this time."""
    families = world.worlds.hype.shape[1]
    tool = (decision.candidate >= 0) & (decision.candidate < families)
    line = np.arange(len(decision.rows))
    stage = seen.main_stage[line, decision.candidate]
    w = world.firms.world[decision.rows]
    poor = seen.process_quality[line, stage] < world.params.rework.fix_below[w]
    mend = families + STAGE_COUNT + stage
    instead = tool & (world.firms.fix_first[decision.rows] > 0.0) & poor & seen.open_to_buy[line, mend]
    kept = 1.0 - instead
    return replace(
        decision, candidate=np.where(instead, mend, decision.candidate),
        reason=np.where(instead, MEND, decision.reason),
        sales_usd=decision.sales_usd * kept, labour_usd=decision.labour_usd * kept,
        cost_usd=np.where(instead, seen.one_off_usd[line, mend], decision.cost_usd),
    )


def _take_placebos(world: World, decision: Decision) -> Decision:
    """Whoever is given a placebo buys nothing and pays nothing, but the people there meet other luck from now on.

    Luck is keyed, so that nothing at all would change nothing at all; a project moves what people do, and so their
    luck. The new keys are as good as the old ones: on average a placebo is worth nothing, in one future anything.
    """
    firms, people = world.firms, world.people
    given = (decision.candidate >= 0) & (firms.placebo[decision.rows] > 0.0)
    rows = decision.rows[given]
    if not len(rows):
        return decision
    there = np.isin(people.employer, rows)
    other = numerics.key(people.luck[there], luck.label("placebo"))
    people.luck[there] = numerics.key(other, np.uint64(world.month))
    _strike_from_plan(world, rows, candidate_code(decision.candidate[given], world.worlds.hype.shape[1]))
    firms.projects[rows] += 1
    world.note("placebo", rows)
    waits = replace(decision, candidate=np.where(given, NO_TOOL, decision.candidate))
    return replace(waits, reason=np.where(given, WAITING, decision.reason))


def _start(world: World, decision: Decision, on_offer: Offers) -> None:
    """Pay, borrow if need be, and put the projects into free slots."""
    buy = decision.candidate >= 0
    thought_about = ~buy & (decision.reason != WAITING)
    world.note("declined", decision.rows[thought_about], reason=decision.reason[thought_about])
    rows, candidate = decision.rows[buy], decision.candidate[buy]
    one_off, running, months = (table[buy, candidate] for table in on_offer[:3])
    code = candidate_code(candidate, world.worlds.hype.shape[1])
    renewed = (world.firms.tool_family[rows] == code[:, None]).any(axis=1)
    tried = np.where((code < EXPANSION) & ~renewed, world.firms.phased[rows], 0.0)
    held_back = tried * (1.0 - world.params.phasing.pilot_share[world.firms.world[rows]])
    _pay_for(world, rows, one_off * (1.0 - held_back))
    _give_hours(world, rows, code)
    gain_usd = _remember_forecast(world, rows, decision, buy)
    promise_usd = (decision.sales_usd + decision.labour_usd)[buy]
    quoted = months.astype(np.int64)
    terms = Terms(one_off, running, quoted, quoted + 1, gain_usd, promise_usd, held_back)
    put_into_slot(world, rows, code, terms)
    _strike_from_plan(world, rows, code)
    world.firms.projects[rows] += 1
    foreseen = {name: getattr(decision, name)[buy] for name in ("sales_usd", "labour_usd", "cost_usd")}
    world.note("start", rows, item=code, reason=decision.reason[buy], gain_usd=gain_usd, price_usd=one_off,
               paid_usd=one_off * (1.0 - held_back), **foreseen)


def _give_hours(world: World, rows: Ints, code: Ints) -> None:
    """Improvements take the owner's hours."""
    firms, stage = world.firms, np.where(code >= FIX, code - FIX, 0)
    hours = world.params.rework.fix_owner_hours[firms.world[rows]] * mending(world, rows)[np.arange(len(rows)), stage]
    firms.owner_hours[rows] = np.maximum(firms.owner_hours[rows] - hours * (code >= FIX), 0.0)


def _strike_from_plan(world: World, rows: Ints, code: Ints) -> None:
    """What was started is planned once less."""
    planned: Bools = world.firms.plan[rows] == code[:, None]
    first, some = planned.argmax(axis=1), np.logical_or.reduce(planned, axis=1)
    world.firms.plan[rows[some], first[some]] = NO_TOOL


def _pay_for(world: World, rows: Ints, one_off: Floats) -> None:
    """Book the price, take a loan where fund or cash do not carry it, and empty the fund by what is paid in cash."""
    firms, p = world.firms, world.params.finance
    lent = np.where(needs_loan(world, rows, one_off), loan_share(world, rows) * one_off, 0.0)
    lent_cents = numerics.cents(lent)
    world.pay(rows, FLOW["tools_once"], -one_off)
    firms.flow_cents[rows, FLOW["loans"]] += lent_cents
    firms.debt_cents[rows] += lent_cents
    monthly = numerics.usd(lent_cents) / p.loan_months[firms.world[rows]]
    firms.repayment_cents[rows] += numerics.cents(monthly)
    firms.fund_usd[rows] = np.maximum(firms.fund_usd[rows] - (one_off - lent), 0.0)


def _remember_forecast(world: World, rows: Ints, decision: Decision, buy: Bools) -> Floats:
    """Add what was foreseen, discounted to month 0, to the firm's forecasts; returns the gain foreseen, USD."""
    firms, rate = world.firms, world.params.choosing.discount_month[world.firms.world[rows]]
    discount = numerics.power(1.0 / (1.0 + rate), np.full(len(rows), float(world.month)))
    firms.forecast_sales_usd[rows] += decision.sales_usd[buy] * discount
    firms.forecast_labour_usd[rows] += decision.labour_usd[buy] * discount
    firms.forecast_cost_usd[rows] += decision.cost_usd[buy] * discount
    return decision.sales_usd[buy] + decision.labour_usd[buy] - decision.cost_usd[buy]
