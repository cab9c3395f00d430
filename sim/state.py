"""What worlds, firms, people and customers carry: one NumPy column per attribute.

Tables are flat: the rows of all worlds of a batch stand one after the other, the same number of slots per world, and a
`world` column says whose they are. Columns are never rebound, only written in place. A column is declared once, with
unit and meaning; documentation, read-only guards and checkpoints come from that declaration.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any, TypeVar

import numpy as np

from sim.arrays import Bools, Floats, Ints, Keys
from sim.params.events import ATTRIBUTES
from sim.params.sector import STAGE_COUNT

TOOL_SLOTS = 6
SEGMENTS = 2
OFFER_PLACES = 6
OBJECTIVE_COUNT = 5
FLOWS = (
    "sales", "refunds", "wages", "hiring", "materials", "overhead", "tools_once", "tools_running",
    "assessment", "safeguards", "breaches", "fines", "interest", "loans", "owner", "written_off",
)
FLOW = {name: position for position, name in enumerate(FLOWS)}
WIDTHS = {"": None, "stage": STAGE_COUNT, "tool": TOOL_SLOTS, "flow": len(FLOWS), "segment": SEGMENTS,
          "objective": OBJECTIVE_COUNT, "offer": OFFER_PLACES, "attribute": len(ATTRIBUTES)}
OUTSIDE, SEARCHING = -1, -2
JUST_LEFT = -1
NO_TOOL = -1
EXPANSION, FIX = 1000, 2000

Table = TypeVar("Table")


def column(kind: str, unit: str, meaning: str, width: str = "") -> Any:
    """Declare a column: its NumPy type, unit, meaning and, if it has a second axis, what that axis counts."""
    return field(metadata={"kind": kind, "unit": unit, "meaning": meaning, "width": width})


@dataclass(frozen=True)
class Levers:
    """What makes up a strategy, one row per owner of a strategy."""

    score: Ints = column("int64", "number", "how it chooses projects, position in SCORES")
    assessment_months: Floats = column("float64", "months", "assessment before each decision")
    fix_first: Floats = column("float64", "0 or 1", "whether a poor process is mended before it is automated")
    integrate: Floats = column("float64", "0 or 1", "whether the edges of a tool are built with it")
    phased: Floats = column("float64", "0 or 1", "whether a tool is tried in part of the firm first")
    later_months: Ints = column("int64", "months", "by how much every decision is put off")
    training: Floats = column("float64", "index 0-1", "training that users of a tool are given")
    involvement: Floats = column("float64", "index 0-1", "say that people have in what is bought")
    layoff: Floats = column("float64", "share", "surplus posts that are cut at once after automating")
    redeploy: Floats = column("float64", "index 0-1", "how far people that tools free are retrained")
    weights: Floats = column("float64", "index 0-1", "how much the owner wants of each objective", width="objective")
    targets: Floats = column("float64", "share", "change on the first year at which an objective is reached; 0: never",
                             width="objective")
    vague: Floats = column("float64", "share", "how vague these objectives are")
    measurement: Floats = column("float64", "index 0-1", "how closely work is measured every month")
    upkeep: Floats = column("float64", "index 0-1", "effort to keep processes up and better them")
    modular: Floats = column("float64", "index 0-1", "how far new tools stand behind open interfaces")
    dynamic: Floats = column("float64", "0 or 1", "whether what was bought is looked over again, and replaced")
    security: Floats = column("float64", "index 0-1", "effort to keep attackers out of its systems")
    oversight: Floats = column("float64", "share", "automated decisions that a person looks at")
    consent: Floats = column("float64", "index 0-1", "how far customers are told and asked about their data")
    explore: Floats = column("float64", "share", "part of the project fund put into new offers")
    partners: Floats = column("float64", "index 0-1", "how far outside skill is hired to plan and put in tools")
    most_projects: Ints = column("int64", "projects", "after how many projects the owner stops looking; 0: never")
    placebo: Floats = column("float64", "0 or 1", "whether what is bought does nothing and costs nothing")


@dataclass(frozen=True)
class Strategies(Levers):
    """Two rows per world: the strategy in question, and the one that the other small firms follow."""


@dataclass(frozen=True)
class Worlds:
    """One row per world."""

    luck: Keys = column("uint64", "key", "luck key of the world")
    seed: Ints = column("int64", "number", "seed of the world")
    season: Floats = column("float64", "ratio", "what customers buy this month over the mean month of the year")
    growth: Floats = column("float64", "ratio", "what customers buy in a mean month over month 0")
    births: Ints = column("int64", "firms", "firms born so far, with those that stayed away")
    hours_share: Floats = column("float64", "share", "where the hours of an order are spent today", width="stage")
    taste: Floats = column("float64", "ratio", "weight of waits, faults and prices over the usual", width="attribute")
    taste_lasting: Floats = column("float64", "ratio", "the same without passing events", width="attribute")
    supply_level: Floats = column("float64", "ratio", "prices of materials over those without events")
    wage_level: Floats = column("float64", "ratio", "wages over those without events")
    interest_month: Floats = column("float64", "share/month", "interest on loans and overdrafts")
    rule_usd_month: Floats = column("float64", "USD/month", "what rules add to a tool in place", width="family")
    subsidy: Floats = column("float64", "share", "part of a tool's price that a subsidy pays", width="family")
    programme: Floats = column("float64", "index 0-1", "training on tools at others' cost")
    theft_wave: Floats = column("float64", "events/year", "thefts of data beyond the usual, at exposure 1")
    hype: Floats = column("float64", "index", "talk about each tool family", width="family")
    adopted: Floats = column("float64", "share", "open firms that own each tool family", width="family")
    reference_orders: Floats = column("float64", "orders/month", "mean orders of a firm, the measure of appeal")
    last_purchase_month: Ints = column("int64", "month", "last month in which a project may be started")
    follow_share: Floats = column("float64", "share", "entrants that follow the strategy in question")
    follow_quality: Floats = column("float64", "correlation", "of an owner's quality with following it")
    outside_utility: Floats = column("float64", "utility", "utility of buying from none of the firms")
    reference_awareness: Floats = column("float64", "probability", "mean awareness of a firm at month 0")
    word_of_mouth: Floats = column("float64", "probability", "chance to be told of a friend's firm")
    satisfaction: Floats = column("float64", "utility", "mean satisfaction of customers who buy from a firm")
    input_prices: Floats = column("float64", "ratio", "market prices of materials over month 0")


@dataclass(frozen=True)
class Firms(Levers):
    """One row per firm slot: small firms first, then large competitors, then places for entrants."""

    world: Ints = column("int64", "row", "world the firm is in")
    luck: Keys = column("uint64", "key", "luck key fixed at birth")
    birth: Ints = column("int64", "number", "order of birth in its world; −1: the slot was never used")
    founded_month: Ints = column("int64", "month", "month of its founding; below 0: so long before month 0")
    open: Bools = column("bool", "yes or no", "whether the firm is in business")
    large: Bools = column("bool", "yes or no", "whether it is a large competitor")
    owner_quality: Floats = column("float64", "standard deviations", "management quality of the owner")
    culture: Floats = column("float64", "standard deviations", "openness to change, fixed at birth")
    owner_stage: Ints = column("int64", "stage", "stage the owner works at")
    owner_hours: Floats = column("float64", "hours", "owner's hours of this month that nothing has claimed yet")
    plan: Ints = column("int64", "item code", "planned purchases, −1 none", width="tool")
    plan_month: Ints = column("int64", "month", "month of each planned purchase", width="tool")
    normal_orders: Floats = column("float64", "orders/month", "orders the firm was built for")
    markup: Floats = column("float64", "share", "price over unit cost at normal volume, less one")
    markup_own: Floats = column("float64", "share", "markup at the demand and quality it was founded with")
    price_usd: Floats = column("float64", "USD/order", "price of a mean order")
    materials_usd_order: Floats = column("float64", "USD/order", "materials for one order")
    input_factor: Floats = column("float64", "ratio", "what it pays for materials over month 0")
    wage_usd_hour: Floats = column("float64", "USD/hour", "labour cost of an hour, on-costs included")
    wage_moved: Floats = column("float64", "log points", "its wage above what it would pay by itself")
    overhead_usd_month: Floats = column("float64", "USD/month", "rent and other costs that do not move with orders")
    awareness: Floats = column("float64", "probability", "chance that a customer takes the firm into account")
    awareness_usual: Floats = column("float64", "probability", "awareness that usual advertising keeps up")
    advertising: Floats = column("float64", "ratio", "advertising over what keeps the firm as known as usual")
    reputation: Floats = column("float64", "stars", "rating above what is usual")
    share_usual: Floats = column("float64", "share", "share of the market that it usually has")
    markup_given: Floats = column("float64", "share", "markup given up to win back customers from a rival")
    reaction_in: Ints = column("int64", "months", "months until a large firm answers a rival; 0 nothing under way")
    reaction_to: Ints = column("int64", "number", "order of birth of that rival")
    appeal_base: Floats = column("float64", "utility", "lasting appeal: place, range, name")
    appeal: Floats = column("float64", "utility", "passing appeal")
    footfall: Floats = column("float64", "log points", "passing change of its customers' orders")
    wait_seen: Floats = column("float64", "log points", "what the market thinks of its waits, ln(1 + wait over work)")
    faults_seen: Floats = column("float64", "share of orders", "what the market thinks of its quality")
    convenience: Floats = column("float64", "utility", "what customers gain through its customer-facing tools")
    convenience_second: Floats = column("float64", "utility", "what customers of the second kind gain besides")
    personalised: Floats = column("float64", "utility", "what customers gain from what it knows of them")
    trust: Floats = column("float64", "utility", "what its handling of their data is to customers; below 0: worry")
    orders_new: Ints = column("int64", "orders", "orders placed this month")
    orders_group: Ints = column("int64", "orders", "orders placed this month by customers of the group")
    orders_segment: Ints = column("int64", "orders", "orders placed this month by segment", width="segment")
    customers: Ints = column("int64", "customers", "customers who buy from it", width="segment")
    customers_had: Ints = column("int64", "customers", "customers it had last month", width="segment")
    customers_kept: Ints = column("int64", "customers", "those of them who stayed", width="segment")
    orders_backlog: Ints = column("int64", "orders", "orders waiting from earlier months")
    orders_served: Ints = column("int64", "orders", "orders delivered this month")
    orders_faulty: Ints = column("int64", "orders", "delivered orders that reached the customer faulty")
    orders_harmed: Ints = column("int64", "orders", "delivered orders of the group that machines got wrong besides")
    orders_lost: Ints = column("int64", "orders", "orders given up this month")
    orders_expected: Floats = column("float64", "orders/month", "smoothed orders that posts are planned for")
    posts: Ints = column("int64", "people", "people the firm wants to employ")
    posts_open: Floats = column("float64", "share", "posts that nobody has filled, smoothed")
    quits: Ints = column("int64", "people", "people who left this month")
    hires: Ints = column("int64", "people", "people hired this month")
    laid_off: Ints = column("int64", "people", "people laid off this month")
    hand_hours_order: Floats = column("float64", "hours/order", "work per order by hand", width="stage")
    process_quality: Floats = column("float64", "index 0-1", "how sound the process is", width="stage")
    quality_kept: Floats = column("float64", "index 0-1", "process quality that upkeep sustains", width="stage")
    equipment_orders: Floats = column("float64", "orders/month", "limit set by equipment", width="stage")
    people_hours: Floats = column("float64", "hours/month", "hours people bring to the stage", width="stage")
    equipment_bonus: Floats = column("float64", "share", "equipment limit added by live tools", width="stage")
    tool_orders: Floats = column("float64", "orders/month", "orders that tools can take over", width="stage")
    tool_servers: Floats = column("float64", "units", "units of tools at work there", width="stage")
    edges_missing: Floats = column("float64", "edges", "edges that tools in use there lack on average", width="stage")
    disruption: Floats = column("float64", "share", "part of hands' capacity lost while tools settle in", width="stage")
    hours: Floats = column("float64", "hours/month", "hours at work there after helping out", width="stage")
    capacity: Floats = column("float64", "orders/month", "orders the stage can do", width="stage")
    automated_share: Floats = column("float64", "share", "part of the stage's work done by tools", width="stage")
    throughput: Floats = column("float64", "orders/month", "orders the chain can do")
    utilisation: Floats = column("float64", "share", "load over capacity at the busiest chain stage")
    bottleneck: Ints = column("int64", "stage", "chain stage with the least capacity; 9: demand is the limit")
    overload: Floats = column("float64", "share", "load beyond what people can carry")
    slips_found: Floats = column("float64", "share", "slips made there that a machine finds", width="stage")
    errors_found: Floats = column("float64", "share", "systematic errors there that a machine finds", width="stage")
    faults_shown: Floats = column("float64", "share of orders", "orders made with an error that a machine finds")
    fault_share: Floats = column("float64", "share of orders", "orders made with an error, redone or not")
    wait_ratio: Floats = column("float64", "ratio", "wait of an order over its normal work time")
    machine_decided: Floats = column("float64", "share of orders", "orders handled by customer-facing tools")
    error_gap: Floats = column("float64", "share of orders", "errors of machines in orders of the group besides")
    data_stock: Floats = column("float64", "index 0-1", "data gathered and not yet outdated", width="stage")
    data_insight: Floats = column("float64", "index 0-1", "what data of several stages say together")
    breaches: Ints = column("int64", "events", "thefts of data this month")
    fined: Ints = column("int64", "events", "fines this month for how machines decided")
    hours_automated: Floats = column("float64", "hours", "hours of work that tools did this month")
    hours_idle: Floats = column("float64", "hours", "paid hours that no order needed this month")
    hours_trained: Floats = column("float64", "hours", "hours people spent in training on tools this month")
    hours_retrained: Floats = column("float64", "hours", "hours people spent learning another stage's work")
    tool_family: Ints = column("int64", "item code", "what stands in the slot; −1 nothing", width="tool")
    tool_units: Floats = column("float64", "units", "units bought", width="tool")
    tool_countdown: Ints = column("int64", "months", "months until go-live; 0 live", width="tool")
    tool_months_live: Ints = column("int64", "months", "months since go-live; 0 in the month of it", width="tool")
    tool_skill: Floats = column("float64", "ratio", "skill of those who use it", width="tool")
    tool_usage: Floats = column("float64", "share", "part of the work for which it is used", width="tool")
    tool_out: Floats = column("float64", "share", "part of the month in which it does not work", width="tool")
    tool_usefulness: Floats = column("float64", "share of rating", "what people think it does for them", width="tool")
    tool_fee_usd_month: Floats = column("float64", "USD/month", "subscription of the units bought", width="tool")
    tool_start_month: Ints = column("int64", "month", "month in which it was bought", width="tool")
    tool_due_month: Ints = column("int64", "month", "month of go-live by the quote", width="tool")
    tool_quote_usd: Floats = column("float64", "USD", "price once, as quoted", width="tool")
    tool_benefit_usd: Floats = column("float64", "USD", "foreseen at purchase, less running costs", width="tool")
    tool_promise_usd: Floats = column("float64", "USD", "sales and wages foreseen at purchase", width="tool")
    tool_held_back: Floats = column("float64", "share", "part of the firm that a pilot leaves out", width="tool")
    tool_rest_usd: Floats = column("float64", "USD", "price of rolling a pilot out", width="tool")
    tool_strength: Floats = column("float64", "ratio", "what its version does now over the rating", width="tool")
    tool_support_end: Ints = column("int64", "month", "month in which support of its version ends", width="tool")
    tool_share_before: Floats = column("float64", "share", "market share when it went live", width="tool")
    aim_months: Ints = column("int64", "months", "months for which an owner with targets has kept figures of them")
    aim_sum: Floats = column("float64", "mixed", "figure of each objective, summed over this year", width="objective")
    aim_first: Floats = column("float64", "mixed", "the same, mean of the first year", width="objective")
    aim_last: Floats = column("float64", "mixed", "the same, mean of the last whole year", width="objective")
    explore_usd: Floats = column("float64", "USD", "put aside for prototypes of new offers")
    prototypes: Ints = column("int64", "prototypes", "prototypes started so far")
    months_to_market: Ints = column("int64", "months", "time that they take from start to end, summed")
    offer_wait: Ints = column("int64", "months", "months until a prototype shows what it is worth", width="offer")
    offer_worth: Floats = column("float64", "utility", "what customers gain; −1 a prototype, 0 nothing", width="offer")
    offer_age: Ints = column("int64", "months", "months that a new offer has been on the market", width="offer")
    novelty: Floats = column("float64", "utility", "what customers gain from offers that others have not copied")
    novelty_young: Floats = column("float64", "utility", "part of it from offers that still count as new")
    taken_out: Ints = column("int64", "month", "month in which a tool was last taken out, from 1; 0 never")
    fund_usd: Floats = column("float64", "USD", "put aside for projects")
    cash_cents: Ints = column("int64", "cents", "money in the till and at the bank; below zero: overdraft")
    debt_cents: Ints = column("int64", "cents", "loans still to repay")
    repayment_cents: Ints = column("int64", "cents/month", "agreed monthly repayment")
    overdraft_limit_cents: Ints = column("int64", "cents", "how far below zero the bank lets it go")
    buffer_days: Floats = column("float64", "days", "days of outflow the owner keeps in cash")
    profit_usd: Floats = column("float64", "USD/month", "smoothed operating profit")
    outflow_usd: Floats = column("float64", "USD/month", "smoothed running payments")
    months_below: Ints = column("int64", "months", "months in a row below the outside option; −: start-up left")
    flow_cents: Ints = column("int64", "cents", "payments of this month by account, + into the till", width="flow")
    forecast_sales_usd: Floats = column("float64", "USD", "contribution from more orders foreseen, discounted, sum")
    forecast_labour_usd: Floats = column("float64", "USD", "wages saved foreseen, discounted, sum")
    forecast_cost_usd: Floats = column("float64", "USD", "cost quoted, discounted, sum")
    ledger_saving_usd: Floats = column("float64", "USD", "hours replaced x wage, discounted, sum: the vendor's view")
    projects: Ints = column("int64", "projects", "projects started so far")


@dataclass(frozen=True)
class People:
    """One row per person in the labour market of a world."""

    world: Ints = column("int64", "row", "world the person lives in")
    luck: Keys = column("uint64", "key", "luck key fixed at birth")
    employer: Ints = column("int64", "row", "firm the person works for; −1 looking for work")
    tenure: Ints = column("int64", "months", "months with this employer; −1: left one this month")
    time_share: Floats = column("float64", "share", "how the person's time is divided over stages", width="stage")
    general_skill: Floats = column("float64", "index 0-1", "how fast the person learns a tool, fixed at birth")
    tool_skill: Floats = column("float64", "ratio", "what the person gets out of the firm's tools", width="tool")
    tool_use: Floats = column("float64", "share", "how often the person uses each tool where it could be", width="tool")
    threat: Floats = column("float64", "index", "part of the own work that the person feels is at risk")
    morale: Floats = column("float64", "index", "wish to stay; 0 in a normal job")
    hours_away: Floats = column("float64", "hours", "working hours of this month spent on learning")


@dataclass(frozen=True)
class Customers:
    """One row per customer, each of whom stands for a group of households that move together."""

    world: Ints = column("int64", "row", "world the customer lives in")
    luck: Keys = column("uint64", "key", "luck key fixed at birth")
    supplier: Ints = column("int64", "row", "firm bought from; −1 none of them, −2 the supplier has closed")
    segment: Ints = column("int64", "number", "kind of customer: 0 usual, 1 the second kind of the scenario")
    group: Ints = column("int64", "0 or 1", "whether machines may err more with this customer")
    bought_from: Ints = column("int64", "number", "order of birth of the firm bought from last month; −1 none")
    orders_placed: Ints = column("int64", "orders", "orders placed this month")
    orders_month: Floats = column("float64", "orders/month", "orders in a mean month")
    care: Floats = column("float64", "ratio", "weight of waits and faults over a usual customer's")
    price_weight: Floats = column("float64", "utility", "utility lost per log point of price")
    satisfaction: Floats = column("float64", "utility", "how it feels about its firm, against what it expected")
    expectation: Floats = column("float64", "utility", "what it has come to expect of a firm")


def allocate(table: type[Table], rows: int, families: int = 0) -> Table:
    """Make a table of zeros with the declared columns."""
    arrays = {}
    for f in fields(table):  # type: ignore[arg-type]
        width = families if f.metadata["width"] == "family" else WIDTHS[f.metadata["width"]]
        shape = (rows,) if width is None else (rows, width)
        arrays[f.name] = np.zeros(shape, dtype=f.metadata["kind"])
    return table(**arrays)


def columns(table: Any) -> dict[str, np.ndarray[Any, Any]]:
    """The columns of a table by name."""
    return {f.name: getattr(table, f.name) for f in fields(table)}
