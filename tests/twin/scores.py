"""How an owner picks among candidates: one function per score, and the two ways to reckon what a candidate earns."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from sim.numerics import exp_, gumbel_, power_
from sim.state import EXPANSION
from tests.twin import aims, lenses, shop
from tests.twin.agents import STAGES, total

if TYPE_CHECKING:
    from tests.twin.owners import Candidate, Picture


GOALS = range(5)


class Forecast(NamedTuple):
    """Present value of what a candidate would bring and cost, USD."""

    sales_usd: float
    labour_usd: float
    cost_usd: float

    @property
    def gain_usd(self) -> float:
        """What is left of it."""
        return self.sales_usd + self.labour_usd - self.cost_usd


class Choice(NamedTuple):
    """What is bought (None: nothing), why, and the forecast the owner goes by."""

    candidate: Candidate | None
    reason: str
    forecast: Forecast


Reckoning = Callable[["Picture", "Candidate"], Forecast]


def choose(score: str, seen: Picture, candidates: list[Candidate], planned: int | None) -> Choice:
    """What this score picks from what the owner sees."""
    if score == "planned":
        named = [c for c in candidates if c.item == planned and c.open_to_buy]
        return chosen(seen, named[0] if named else None, "planned", claim)
    if score == "oracle":
        named = [c for c in candidates if c.item == planned and c.open_to_buy]
        return chosen(seen, named[0] if named else None, "foreseen" if named else "nothing", on_the_map)
    rules = {"random": by_lot, "own_sake": by_talk, "tactical": by_pain, "aligned": by_constraint, "npv": by_value,
             "largest_hours": by_hours, "loudest_complaint": by_complaint, **lenses.RULES}
    return rules[score](seen, [c for c in candidates if c.open_to_buy])


def chosen(seen: Picture, candidate: Candidate | None, reason: str, reckon: Reckoning) -> Choice:
    """A choice with the forecast that goes with it."""
    return Choice(candidate, reason, Forecast(0.0, 0.0, 0.0) if candidate is None else reckon(seen, candidate))


def by_lot(seen: Picture, payable: list[Candidate]) -> Choice:
    """Whenever the aligned rule would buy, buy by lot; the forecast is the map's."""
    wanted = by_constraint(seen, payable).candidate is not None
    return chosen(seen, first_best(payable, lambda c: c.taste) if wanted else None, "draw", on_the_map)


def by_talk(seen: Picture, payable: list[Candidate]) -> Choice:
    """What is talked about, with a private taste, whatever it promises."""
    spread = seen.firm.model.params.choosing.hype_spread
    known = [c for c in payable if c.talk > 0.0]
    favourite = first_best(known, lambda c: c.talk + spread * gumbel_(c.taste))
    hesitation = seen.firm.model.params.diffusion.hesitation
    if favourite is not None and seen.firm.draw("look.coin", 1) >= 1.0 - hesitation * (1.0 - min(favourite.talk, 1.0)):
        favourite = None
    return chosen(seen, favourite, "talk", claim)


def by_pain(seen: Picture, payable: list[Candidate]) -> Choice:
    """On a coin's toss the most hours saved at one step, or the best promise for the fullest step."""
    heads = seen.firm.draw("look.coin", 1) < 0.5
    return (by_hours if heads else by_complaint)(seen, payable)


def by_hours(seen: Picture, payable: list[Candidate]) -> Choice:
    """The most hours saved at one step."""
    worthwhile = [c for c in payable if clears_hurdle(seen, claim(seen, c))]
    return chosen(seen, first_best(worthwhile, lambda c: max(hours_saved(seen, c))), "hours", claim)


def by_complaint(seen: Picture, payable: list[Candidate]) -> Choice:
    """The best promise for the fullest step."""
    worthwhile = [c for c in payable if clears_hurdle(seen, claim(seen, c))]
    helps = [c for c in worthwhile if c.main_stage == fullest_stage(seen)]
    return chosen(seen, first_best(helps, lambda c: claim(seen, c).gain_usd), "complaint", claim)


def by_constraint(seen: Picture, payable: list[Candidate]) -> Choice:
    """What lifts the fullest step most for its weight; where no step is full, the best value on the map."""
    p, weights = seen.firm.model.params, wants(seen)
    worthwhile = [c for c in payable if clears_hurdle(seen, on_the_map(seen, c))]
    if any(weights):
        served = serving(seen, worthwhile, weights)
        return chosen(seen, first_best([c for c in worthwhile if served[c.number] > 0.0], lambda c: served[c.number]),
                      "goal", on_the_map)
    stage = fullest_stage(seen)
    before = max(capacity_seen(seen, stage), 1e-9)
    if seen.demand / before < p.choosing.demand_limited_below:
        best = first_best(worthwhile, lambda c: on_the_map(seen, c).gain_usd)
        return chosen(seen, best, "orders", on_the_map)
    sales = seen.firm.price_usd * seen.demand

    def lift(c: Candidate) -> float:
        return capacity_with(seen, c, stage) / before - 1.0

    lifts = [c for c in worthwhile if lift(c) > 1e-9]
    best = first_best(lifts, lambda c: lift(c) * (sales / (sales + c.one_off_usd)))
    return chosen(seen, best, "constraint", on_the_map)


def wants(seen: Picture) -> list[float]:
    """Weight of each goal at this decision: as stated, and as far as it is vague, as it came to mind."""
    firm = seen.firm
    wanted = [0.0 if aims.reached(firm, goal) else firm.weights[goal] for goal in GOALS]
    stated, came = total(wanted), [firm.draw("look.objectives", goal + 1) for goal in GOALS]
    told = [weight / (stated if stated > 0.0 else 1.0) for weight in wanted]
    return [(1.0 - firm.vague) * told[goal] + firm.vague * came[goal] / total(came) for goal in GOALS]


def serving(seen: Picture, allowed: list[Candidate], weights: list[float]) -> dict[int, float]:
    """How much each allowed candidate serves the goals, over the best at each, less where it is heavy to carry."""
    parts = [relative([wanted(seen, c)[part] for c in allowed]) for part in range(5)]
    hours, growth, faults, ease, second = parts
    sales, served = seen.firm.price_usd * seen.demand, {}
    for place, c in enumerate(allowed):
        kept = 0.5 * ease[place] + 0.5 * faults[place]
        attributes = (hours[place], growth[place], faults[place], kept, second[place])
        service = total([weight * part for weight, part in zip(weights, attributes, strict=True)])
        served[c.number] = service * (sales / (sales + c.one_off_usd))
    return served


def wanted(seen: Picture, c: Candidate) -> tuple[float, float, float, float, float]:
    """Wages saved, growth, faults spared, ease for customers, and what the second kind of customer gains."""
    p, stage = seen.firm.model.params, fullest_stage(seen)
    before = max(capacity_seen(seen, stage), 1e-9)
    full = seen.demand / before >= p.choosing.demand_limited_below
    growth = capacity_with(seen, c, stage) / before - 1.0 if full else c.brings_orders
    faults = faults_mended(seen, c) + faults_found(seen, c)
    return on_the_map(seen, c).labour_usd, growth, faults, c.brings_orders, c.brings_second


def relative(values: list[float]) -> list[float]:
    """Each value over the largest, 0 for what is none."""
    most = max([value for value in values if value > 1e-9], default=1.0)
    return [value / most if value > 1e-9 else 0.0 for value in values]


def by_value(seen: Picture, payable: list[Candidate]) -> Choice:
    """The highest gain on the owner's map."""
    worthwhile = [c for c in payable if clears_hurdle(seen, on_the_map(seen, c))]
    return chosen(seen, first_best(worthwhile, lambda c: on_the_map(seen, c).gain_usd), "best", on_the_map)


def first_best(candidates: list[Candidate], value: Callable[[Candidate], float]) -> Candidate | None:
    """The candidate of highest value, the first of equals; None where there is none."""
    return max(candidates, key=value, default=None)


def clears_hurdle(seen: Picture, forecast: Forecast) -> bool:
    """Whether the gain is at least the hurdle over the cost."""
    return forecast.gain_usd >= seen.firm.model.params.choosing.hurdle * forecast.cost_usd


def capacity_seen(seen: Picture, stage: int) -> float:
    """Orders a month that the owner believes a stage can do."""
    cap = seen.firm.model.params.throughput.automatable_cap
    return shop.stage_capacity(seen.hands[stage], seen.tools[stage], cap, seen.equipment[stage])


def capacity_with(seen: Picture, c: Candidate, stage: int) -> float:
    """The same once the candidate works as rated."""
    cap = seen.firm.model.params.throughput.automatable_cap
    equipment = seen.equipment[stage] * (1.0 + c.adds_equipment[stage])
    return shop.stage_capacity(seen.hands[stage], seen.tools[stage] + c.takes_over[stage], cap, equipment)


def fullest_stage(seen: Picture) -> int:
    """Chain stage that looks fullest, the first of equals."""
    chain = shop.chain_stages(seen.firm.model.params)
    return max(chain, key=lambda s: seen.demand / max(capacity_seen(seen, s), 1e-9))


def hours_saved(seen: Picture, c: Candidate) -> list[float]:
    """Hours a month that the candidate takes off people, by stage."""
    cap, saved = seen.firm.model.params.throughput.automatable_cap, []
    for s in STAGES:
        before = shop.share_by_tools(seen.demand, seen.tools[s], cap)
        after = shop.share_by_tools(seen.demand, seen.tools[s] + c.takes_over[s], cap)
        saved.append((after - before) * seen.demand * seen.firm.hand_hours_order[s])
    return saved


def faults_mended(seen: Picture, c: Candidate) -> float:
    """Share of orders that would no longer go wrong."""
    return total(faults_mended_at(seen, c))


def faults_mended_at(seen: Picture, c: Candidate) -> list[float]:
    """The same by the stage that does better."""
    p, fewer, by_tools = seen.firm.model.params, [], automated_now(seen)
    for s in STAGES:
        automated = by_tools[s]
        worst, best = (shop.faults_of_stage(p, s, quality, automated) for quality in (0.0, 1.0))
        copies = p.errors.copied_downstream * total([by_tools[t] for t in shop.chain_stages(p) if t > s])
        fewer.append(c.mends_quality[s] * ((worst - best) * (1.0 - seen.quality[s])) * (1.0 + copies))
    return fewer


def automated_now(seen: Picture) -> list[float]:
    """Share of the work that tools do today, by stage."""
    cap = seen.firm.model.params.throughput.automatable_cap
    return [shop.share_by_tools(seen.demand, seen.tools[s], cap) for s in STAGES]


def fewer_faults_usd(seen: Picture, c: Candidate) -> float:
    """What faults would no longer cost in a month: those redone their materials, the others their price."""
    firm, p = seen.firm, seen.firm.model.params
    redone = p.rework.redone_share
    fault_usd = redone * firm.materials_usd_order + (1.0 - redone) * p.rework.refund_share * firm.price_usd
    return faults_mended(seen, c) * seen.demand * fault_usd


def faults_found(seen: Picture, c: Candidate) -> float:
    """Share of orders gone wrong that the candidate would find and nothing else does."""
    firm, p, found = seen.firm, seen.firm.model.params, []
    if c.item >= EXPANSION:
        return 0.0
    by_tools = automated_now(seen)
    spoiled = shop.copies(p, seen.quality, by_tools)
    for s in range(c.main_stage + 1):
        automated = by_tools[s]
        errors = shop.process_errors(p, seen.quality[s], automated) * (1.0 - firm.errors_found[s])
        slips = p.errors.slip_share * (1.0 - automated) * (1.0 - firm.slips_found[s])
        both = c.finds_errors * errors + c.finds_slips * slips
        again = c.finds_errors * spoiled[s] * (1.0 - firm.errors_found[s])
        found.append(p.sector.error_weight[s] * both + again)
    return total(found)


def faults_found_usd(seen: Picture, c: Candidate) -> float:
    """What is spared in a month by errors found in the house that buyers would have sent back."""
    firm, p = seen.firm, seen.firm.model.params
    sent_back = (1.0 - p.rework.redone_share) * (p.rework.refund_share * firm.price_usd - firm.materials_usd_order)
    return faults_found(seen, c) * seen.demand * sent_back


def on_the_map(seen: Picture, c: Candidate) -> Forecast:
    """Reckoned on the owner's picture of the whole chain."""
    firm, p = seen.firm, seen.firm.model.params
    before = shop.chain_capacity(p, [capacity_seen(seen, s) for s in STAGES])
    after = shop.chain_capacity(p, [capacity_with(seen, c, s) for s in STAGES])
    more_orders = min(seen.demand * (1.0 + c.brings_orders), after) - min(seen.demand, before)
    faults = fewer_faults_usd(seen, c) + faults_found_usd(seen, c)
    sales = more_orders * (firm.price_usd - firm.materials_usd_order) + faults
    labour = total(hours_saved(seen, c)) * (firm.wage_usd_hour * p.choosing.absorbed_share)
    return present_value(seen, c, sales, labour)


def claim(seen: Picture, c: Candidate) -> Forecast:
    """Reckoned as the vendor does: all rated hours saved, all promised orders sold, the step as if it were alone."""
    firm = seen.firm
    labour = total([c.takes_over[s] * firm.hand_hours_order[s] for s in STAGES]) * firm.wage_usd_hour
    contribution = firm.price_usd - firm.materials_usd_order
    let_through = 0.0
    for s in shop.chain_stages(firm.model.params):
        equipment = seen.equipment[s] * (1.0 + c.adds_equipment[s])
        let_through += min(seen.demand, equipment) - min(seen.demand, seen.equipment[s])
    promised = c.brings_orders * seen.demand * contribution
    faults = fewer_faults_usd(seen, c) + faults_found_usd(seen, c)
    return present_value(seen, c, let_through * contribution + promised + faults, labour)


def present_value(seen: Picture, c: Candidate, sales_usd_month: float, labour_usd_month: float) -> Forecast:
    """Gains, with the owner's optimism, and costs over what is left of the window once the candidate works."""
    p = seen.firm.model.params.choosing
    months_live = max(p.window_months - c.months, 0.0)
    wait = power_(1.0 / (1.0 + p.discount_month), c.months)
    years = annuity(p.discount_month, months_live)
    worth = wait * years * exp_(p.optimism)
    fees = c.fee_share * (seen.firm.price_usd * seen.demand)
    rules = c.under_rules * seen.firm.model.rule_usd_month[c.item] if c.item < EXPANSION else 0.0
    subscribed = (c.running_usd_month + rules) * annuity(p.discount_month, p.window_months)
    cost = c.one_off_usd + subscribed + fees * wait * years
    return Forecast(sales_usd_month * worth, labour_usd_month * worth, cost)


def annuity(rate: float, months: float) -> float:
    """Worth of a dollar at the end of each of so many months."""
    return (1.0 - power_(1.0 / (1.0 + rate), months)) / rate if rate > 1e-7 else months
