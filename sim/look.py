"""Filling in what owners see: the only way from the world to a strategy.

Noise is drawn by firm, quantity, stage and month, so two owners with the same firm and the same luck see the same
picture; assessment and a good owner make it smaller.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from sim import luck, numerics
from sim.arrays import Floats, Ints
from sim.forces import market_forces
from sim.formulas.aims import reached
from sim.observed import MARKET_FORCES, Observed, Rules
from sim.offers import Offers, candidate_number, routine_orders, units_for
from sim.params.sector import STAGE_COUNT
from sim.state import NO_TOOL, OBJECTIVE_COUNT
from sim.vintages import fee_ended, installed, more_done
from sim.world import World


def noise(world: World, rows: Ints) -> Floats:
    """Log standard deviation of the owner's picture of a stage, shape (rows,)."""
    firms, p, w = world.firms, world.params, world.firms.world[rows]
    figures = p.practices.measurement_informativeness[w] * firms.measurement[rows]
    helped = p.partners.informativeness[w] * firms.partners[rows] + p.data.informativeness[w] * firms.data_insight[rows]
    informed = 1.0 + p.choosing.informativeness[w] * (firms.assessment_months[rows] + figures + helped)
    accuracy = numerics.exp(p.management.accuracy_effect[w] * firms.owner_quality[rows])
    return p.choosing.noise[w] / (np.sqrt(informed) * accuracy)


def look(world: World, rows: Ints, offers: Offers) -> Observed:
    """The picture that the owners of the firms in `rows` have this month."""
    firms, p, w = world.firms, world.params, world.firms.world[rows]
    sigma = noise(world, rows)
    sold = firms.orders_served[rows].astype(np.float64)[:, None]
    hours_order = firms.hand_hours_order[rows]
    hands = firms.hours[rows] / np.where(hours_order > 0.0, hours_order, 1.0)
    equipment = firms.equipment_orders[rows] * (1.0 + firms.equipment_bonus[rows])
    demand_noise = sigma * p.choosing.demand_noise_share[w] * _blur(world, rows, "demand")[:, 0]
    return Observed(
        hands_orders=np.maximum(hands * numerics.exp(sigma[:, None] * _blur(world, rows, "hands")), sold),
        tools_orders=firms.tool_orders[rows],
        equipment_orders=np.maximum(equipment * numerics.exp(sigma[:, None] * _blur(world, rows, "equipment")), sold),
        process_quality=_quality_seen(world, rows, sigma),
        slips_found=firms.slips_found[rows], errors_found=firms.errors_found[rows],
        hours_order=hours_order, chain=p.sector.chain[w] > 0.0,
        demand_orders=firms.orders_expected[rows] * numerics.exp(demand_noise),
        price_usd=firms.price_usd[rows], materials_usd_order=firms.materials_usd_order[rows],
        wage_usd_hour=firms.wage_usd_hour[rows],
        **_effects(world, rows), **offers._asdict() | {"running_usd_month": _running_usd(world, rows, offers)},
        weights=_wants(world, rows), forces=_forces_seen(world, rows, sigma),
        talked_about=_wide(rows, world.worlds.hype[w]),
        taste=_draws(world, rows, "taste", offers.one_off_usd.shape[1]), coin=_draws(world, rows, "coin", 1)[:, 0],
        planned=_planned(world, rows), automatable_cap=p.throughput.automatable_cap[w], rho=p.throughput.rho[w],
        rules=_rules(world, w),
    )


def _running_usd(world: World, rows: Ints, offers: Offers) -> Floats:
    """What each candidate costs a month: the quote, and what rules in force add; less the fee of what it replaces."""
    rule = np.where(installed(world, rows) >= 0, 0.0, world.worlds.rule_usd_month[world.firms.world[rows]])
    return offers.running_usd_month + _wide(rows, rule - fee_ended(world, rows))


def _quality_seen(world: World, rows: Ints, sigma: Floats) -> Floats:
    """What the owner thinks of each stage's process, (rows, stages): the sharper, the more errors a machine reports."""
    blur = (sigma * world.params.choosing.quality_noise_share[world.firms.world[rows]])[:, None]
    blur = blur * _blur(world, rows, "quality") * (1.0 - world.firms.errors_found[rows])
    return np.clip(world.firms.process_quality[rows] + blur, 0.0, 1.0)


def _forces_seen(world: World, rows: Ints, sigma: Floats) -> Floats:
    """How hard the market presses, as far as it can be made out from the shop; (rows, forces)."""
    blur = sigma * world.params.forces.noise_share[world.firms.world[rows]]
    drawn = numerics.normal(_draws(world, rows, "forces", len(MARKET_FORCES)))
    return market_forces(world, rows) * numerics.exp(blur[:, None] * drawn)


def _wants(world: World, rows: Ints) -> Floats:
    """Weight of each objective at this decision; what is reached has none, what is vague is drawn anew.

    All 0: the owner's money.
    """
    firms = world.firms
    there = reached(firms.targets[rows], firms.aim_first[rows], firms.aim_last[rows])
    stated, vague = np.where(there, 0.0, firms.weights[rows]), firms.vague[rows][:, None]
    total = numerics.row_sum(stated)[:, None]
    stated = stated / np.where(total > 0.0, total, 1.0)
    drawn = _draws(world, rows, "objectives", OBJECTIVE_COUNT)
    return (1.0 - vague) * stated + vague * drawn / numerics.row_sum(drawn)[:, None]


def _blur(world: World, rows: Ints, quantity: str) -> Floats:
    """Standard normal noise on one quantity, by stage; (rows, stages)."""
    return numerics.normal(_draws(world, rows, quantity, STAGE_COUNT))


def _draws(world: World, rows: Ints, what: str, width: int) -> Floats:
    """Uniform draws of this month, one per row and item; (rows, width)."""
    items = np.arange(1, width + 1, dtype=np.uint64)[None, :]
    return luck.draws(world.firms.luck[rows][:, None], f"look.{what}", world.month, items)


def _wide(rows: Ints, by_family: Floats) -> Floats:
    """Widen a table by family to all candidates, 0 for expansions and improvements."""
    return np.hstack([by_family, np.zeros((len(rows), 2 * STAGE_COUNT))])


def _effects(world: World, rows: Ints) -> dict[str, Any]:
    """What each candidate is rated to do, without noise: it stands in the offer."""
    p, w, families = world.params, world.firms.world[rows], world.worlds.hype.shape[1]
    shape = (len(rows), families + 2 * STAGE_COUNT, STAGE_COUNT)
    takes_over, adds_equipment, mends_quality = np.zeros(shape), np.zeros(shape), np.zeros(shape)
    per_share, more = routine_orders(world, w) * units_for(world, rows), more_done(world, rows)
    takes_over[:, :families] = p.catalogue.hours_taken[w] * per_share[:, None, None] * more[:, :, None]
    main_stage = p.catalogue.main_stage[w].astype(np.int64)
    adds_equipment[:, :families] = (
        (p.catalogue.equipment_gain[w] * more)[:, :, None] * (main_stage[:, :, None] == np.arange(STAGE_COUNT))
    )
    stages = np.arange(STAGE_COUNT)
    adds_equipment[:, families + stages, stages] = p.projects.expansion_gain[w][:, None]
    mends_quality[:, families + STAGE_COUNT + stages, stages] = p.rework.fix_gain[w][:, None]
    both = np.broadcast_to(np.tile(stages, 2), (len(rows), 2 * STAGE_COUNT))
    return {
        "takes_over": takes_over, "adds_equipment": adds_equipment, "mends_quality": mends_quality,
        "finds_slips": _finds(p.catalogue.slips_found[w] * more, main_stage, shape),
        "finds_errors": _finds(p.catalogue.errors_found[w] * more, main_stage, shape),
        "brings_orders": _wide(rows, _gained(world, rows) * more * p.choosing.claimed_orders[w][:, None]),
        "brings_second": _wide(rows, p.catalogue.convenience_second[w] * more),
        "fee_share": _wide(rows, _fee_of_all_orders(world, rows)),
        "main_stage": np.hstack([main_stage, both]),
    }


def _finds(share: Floats, main_stage: Ints, shape: tuple[int, int, int]) -> Floats:
    """Share of errors that each candidate finds by stage: a tool those made up to its own stage."""
    finds = np.zeros(shape)
    finds[:, : share.shape[1]] = share[:, :, None] * (np.arange(STAGE_COUNT) <= main_stage[:, :, None])
    return finds


def _gained(world: World, rows: Ints) -> Floats:
    """What a mean customer of each firm would gain, by the mix of last month's orders; (rows, families)."""
    firms, catalogue, w = world.firms, world.params.catalogue, world.firms.world[rows]
    second = firms.orders_segment[rows, 1] / np.maximum(firms.orders_new[rows], 1)
    return catalogue.convenience[w] + catalogue.convenience_second[w] * second[:, None]


def _fee_of_all_orders(world: World, rows: Ints) -> Floats:
    """Fee per use as a share of all sales: of orders that go through, and do not pay it already."""
    p, w = world.params, world.firms.world[rows]
    through = p.catalogue.hours_taken[w].max(axis=2) * p.projects.routine_share[w][:, None]
    return np.where(installed(world, rows) >= 0, 0.0, p.catalogue.per_use_share[w] * through)


def _planned(world: World, rows: Ints) -> Ints:
    """Candidate whose turn it is in each plan, −1 none: what could not be started in its month stays due."""
    firms = world.firms
    due = (firms.plan[rows] != NO_TOOL) & (firms.plan_month[rows] <= world.month)
    first = due.argmax(axis=1)
    code = firms.plan[rows, first]
    return np.where(due.any(axis=1), candidate_number(code, world.worlds.hype.shape[1]), NO_TOOL)


def _rules(world: World, w: Ints) -> Rules:
    """How these owners reckon."""
    p = world.params
    return Rules(
        window_months=p.choosing.window_months[w], discount_month=p.choosing.discount_month[w],
        optimism=p.choosing.optimism[w], hurdle=p.choosing.hurdle[w], absorbed_share=p.choosing.absorbed_share[w],
        demand_limited_below=p.choosing.demand_limited_below[w], hype_spread=p.choosing.hype_spread[w],
        hesitation=p.diffusion.hesitation[w],
        redone_share=p.rework.redone_share[w], refund_share=p.rework.refund_share[w],
        systematic=p.errors.systematic_share[w], caught=p.errors.caught_share[w], slip=p.errors.slip_share[w],
        copied=p.errors.copied_downstream[w], error_weight=p.sector.error_weight[w],
    )
