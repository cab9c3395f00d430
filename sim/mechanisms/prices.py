"""Prices (M14): now and then a firm sets its price to unit cost at normal volume plus its markup.

Prices are reset about once in ten months (Nakamura and Steinsson 2008). Unit cost is taken at normal volume, not at
this month's, or a bad month would raise prices and make itself worse. A firm that sells more than it was built for asks
for more, one that sells less for less, within bounds; better quality earns a premium only as far as customers can see
it before they buy.
"""

from __future__ import annotations

import numpy as np

from sim import numerics
from sim.arrays import Floats
from sim.birth import premium
from sim.formulas.costs import paid_hours_order, unit_cost_usd
from sim.formulas.prices import pressure
from sim.state import NO_TOOL
from sim.world import World, as_it_was, mechanism


def normal_cost_usd(world: World) -> Floats:
    """Cost of an order at normal volume with today's tools: their hours saved and their fees; (firms,)."""
    firms, w = world.firms, world.firms.world
    hours = paid_hours_order(
        firms.hand_hours_order, firms.automated_share, world.params.throughput.normal_utilisation[w]
    )
    fees = numerics.row_sum(np.where(firms.tool_family != NO_TOOL, firms.tool_fee_usd_month, 0.0))
    fixed = firms.overhead_usd_month + fees
    return unit_cost_usd(firms.materials_usd_order, firms.wage_usd_hour, hours, fixed, firms.normal_orders)


@mechanism("firms.markup", neutral=as_it_was, neutral_text="markups stay as they are")
def adapt_markups(world: World) -> None:
    """The markup a firm would set now: its own, more under demand, more for quality that customers see."""
    firms, p, w = world.firms, world.params.prices, world.firms.world
    demand = pressure(firms.orders_expected, firms.normal_orders, p.demand_response[w], p.most_adapted[w])
    firms.markup[:] = firms.markup_own - firms.markup_given + demand + premium(world)


@mechanism("firms.price_usd", neutral=as_it_was, neutral_text="prices stay as they are")
def reset_prices(world: World) -> None:
    """Reset a tenth of the prices to unit cost and markup."""
    firms, w = world.firms, world.firms.world
    reset = firms.open & (world.draws("price", firms) < world.params.prices.reset_month[w])
    firms.price_usd[reset] = (normal_cost_usd(world) * (1.0 + firms.markup))[reset]
