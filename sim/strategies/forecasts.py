"""What a candidate would earn, as an owner can reckon it: on the map of the whole chain, or by the vendor's claim.

Benefits carry the same optimism in both; costs are the quotes. Neither is the truth: both take full skill and full use
for granted; the map is the owner's picture, and the claim looks at one step alone.
"""

from __future__ import annotations

import numpy as np

from sim import numerics
from sim.arrays import Bools, Floats
from sim.formulas.errors import ErrorRates, copied_share, fault_share, faults, passed_on
from sim.formulas.finance import annuity_factor
from sim.formulas.throughput import automated_share, chain_throughput, stage_capacity
from sim.observed import Forecast, Observed


def capacity_seen(seen: Observed) -> Floats:
    """Orders per month each stage can do in the owner's picture, shape (firms, stages)."""
    return stage_capacity(seen.hands_orders, seen.tools_orders, seen.automatable_cap[:, None], seen.equipment_orders)


def utilisation_seen(seen: Observed) -> Floats:
    """Load over capacity at each chain stage in the owner's picture, 0 elsewhere; shape (firms, stages)."""
    capacity = np.maximum(capacity_seen(seen), 1e-9)
    return np.where(seen.chain, seen.demand_orders[:, None] / capacity, 0.0)


def capacity_with(seen: Observed) -> Floats:
    """Stage capacities once a candidate works, shape (firms, candidates, stages)."""
    tools = seen.tools_orders[:, None, :] + seen.takes_over
    equipment = seen.equipment_orders[:, None, :] * (1.0 + seen.adds_equipment)
    return stage_capacity(seen.hands_orders[:, None, :], tools, seen.automatable_cap[:, None, None], equipment)


def chain_with(seen: Observed, capacity: Floats) -> Floats:
    """Throughput of the chain for capacities (firms, candidates, stages) -> (firms, candidates)."""
    firms, candidates, stages = capacity.shape
    chain: Bools = np.repeat(seen.chain, candidates, axis=0)
    rho = np.repeat(seen.rho, candidates)
    return chain_throughput(capacity.reshape(-1, stages), chain, rho).reshape(firms, candidates)


def hours_saved(seen: Observed) -> Floats:
    """Hours per month a candidate takes off people at each stage, shape (firms, candidates, stages)."""
    load = np.broadcast_to(seen.demand_orders[:, None, None], seen.takes_over.shape)
    cap = seen.automatable_cap[:, None, None]
    before = automated_share(load, np.broadcast_to(seen.tools_orders[:, None, :], load.shape), cap)
    after = automated_share(load, seen.tools_orders[:, None, :] + seen.takes_over, cap)
    return (after - before) * load * seen.hours_order[:, None, :]


def map_forecast(seen: Observed) -> Forecast:
    """Reckon every candidate on the owner's picture of the whole chain."""
    before = chain_throughput(capacity_seen(seen), seen.chain, seen.rho)[:, None]
    after = chain_with(seen, capacity_with(seen))
    demand = seen.demand_orders[:, None]
    more_orders = np.minimum(demand * (1.0 + seen.brings_orders), after) - np.minimum(demand, before)
    mended = fewer_faults(seen)
    faults_usd = (mended * _fault_cost_usd(seen) + faults_found(seen) * _found_usd(seen)) * demand
    sales_usd_month = more_orders * _contribution_usd(seen) + faults_usd
    labour_usd_month = numerics.row_sum(hours_saved(seen)) * _wage_counted(seen)
    return _present_value(seen, sales_usd_month, labour_usd_month)


def claim_forecast(seen: Observed) -> Forecast:
    """Reckon every candidate as its vendor would: all rated hours saved, all promised orders sold."""
    hours_rated = seen.takes_over * seen.hours_order[:, None, :]
    labour_usd_month = numerics.row_sum(hours_rated) * seen.wage_usd_hour[:, None]
    capacity_usd = _local_orders(seen) * _contribution_usd(seen)
    promised_usd = seen.brings_orders * seen.demand_orders[:, None] * _contribution_usd(seen)
    spared_usd = fewer_faults(seen) * _fault_cost_usd(seen) + faults_found(seen) * _found_usd(seen)
    faults_usd = spared_usd * seen.demand_orders[:, None]
    return _present_value(seen, capacity_usd + promised_usd + faults_usd, labour_usd_month)


def _local_orders(seen: Observed) -> Floats:
    """More orders that added equipment would let through if its stage were the only one, (firms, candidates)."""
    demand = seen.demand_orders[:, None, None]
    before = seen.equipment_orders[:, None, :]
    more = np.minimum(demand, before * (1.0 + seen.adds_equipment)) - np.minimum(demand, before)
    return numerics.row_sum(np.where(seen.chain[:, None, :], more, 0.0))


def _present_value(seen: Observed, sales_usd_month: Floats, labour_usd_month: Floats) -> Forecast:
    """Discount what comes once the candidate works, and what it costs: subscriptions run from the purchase on."""
    rules = seen.rules
    rate, window = rules.discount_month[:, None], rules.window_months[:, None]
    months_live = np.maximum(window - seen.months, 0.0)
    wait = numerics.power(1.0 / (1.0 + rate), seen.months)
    worth = wait * annuity_factor(rate, months_live) * numerics.exp(rules.optimism)[:, None]
    fees_usd_month = seen.fee_share * (seen.price_usd * seen.demand_orders)[:, None]
    subscribed = seen.running_usd_month * annuity_factor(rate, window)
    fees = fees_usd_month * wait * annuity_factor(rate, months_live)
    return Forecast(sales_usd_month * worth, labour_usd_month * worth, seen.one_off_usd + subscribed + fees)


def _contribution_usd(seen: Observed) -> Floats:
    """What one more order leaves after materials, shape (firms, 1)."""
    return (seen.price_usd - seen.materials_usd_order)[:, None]


def _wage_counted(seen: Observed) -> Floats:
    """Wage of a saved hour that the owner expects to leave the wage bill, shape (firms, 1)."""
    return (seen.wage_usd_hour * seen.rules.absorbed_share)[:, None]


def _fault_cost_usd(seen: Observed) -> Floats:
    """Cost of one faulty order: redone in the house or given back, shape (firms, 1)."""
    rules = seen.rules
    redone = rules.redone_share * seen.materials_usd_order
    returned = (1.0 - rules.redone_share) * rules.refund_share * seen.price_usd
    return (redone + returned)[:, None]


def _found_usd(seen: Observed) -> Floats:
    """What is spared by finding a faulty order that would have been given back: redone instead; (firms, 1)."""
    rules = seen.rules
    return ((1.0 - rules.redone_share) * (rules.refund_share * seen.price_usd - seen.materials_usd_order))[:, None]


def _rates(seen: Observed) -> ErrorRates:
    """How often things go wrong, each (firms, 1)."""
    return ErrorRates(*(rate[:, None] for rate in (seen.rules.systematic, seen.rules.caught, seen.rules.slip)))


def automated_now(seen: Observed) -> Floats:
    """Share of the work that tools do today, (firms, stages)."""
    load = np.broadcast_to(seen.demand_orders[:, None], seen.tools_orders.shape)
    return automated_share(load, seen.tools_orders, seen.automatable_cap[:, None])


def faults_found(seen: Observed) -> Floats:
    """Share of orders made with an error that a candidate finds and nothing else would, (firms, candidates)."""
    made = faults(seen.process_quality, automated_now(seen), _rates(seen))
    weight = seen.rules.error_weight
    slips = (weight * made.slips * (1.0 - seen.slips_found))[:, None, :]
    in_chain, copied = np.where(seen.chain, automated_now(seen), 0.0), seen.rules.copied[:, None]
    systematic = weight * made.systematic
    all_made = systematic + copied_share(systematic, in_chain, copied)
    errors = (all_made * (1.0 - seen.errors_found))[:, None, :]
    return numerics.row_sum(seen.finds_slips * slips + seen.finds_errors * errors)


def fewer_faults(seen: Observed) -> Floats:
    """Drop in the share of faulty orders if a candidate mends processes, shape (firms, candidates)."""
    return numerics.row_sum(faults_mended(seen))


def faults_mended(seen: Observed) -> Floats:
    """The same by the stage at which they are made, with their copies further down, (firms, candidates, stages)."""
    rates, automated = _rates(seen), automated_now(seen)
    with_copies = 1.0 + passed_on(np.where(seen.chain, automated, 0.0), seen.rules.copied[:, None])
    worthless = fault_share(np.zeros_like(automated), automated, seen.rules.error_weight, rates)
    sound = fault_share(np.ones_like(automated), automated, seen.rules.error_weight, rates)
    per_quality = (worthless - sound) * (1.0 - seen.process_quality) * with_copies
    return seen.mends_quality * per_quality[:, None, :]
