"""Reputation and awareness (M13): two stocks that are fed and fade (Nerlove and Arrow 1962).

Ratings follow what a firm's customers feel, against the market's feeling; stars sell for small firms and not for chains
(Luca 2016). Awareness is kept up by advertising and does not grow with a firm's size or sales, or the market would tip
into a monopoly; whoever opens is hardly known.
"""

from __future__ import annotations

import numpy as np

from sim import numerics
from sim.kernels.satisfaction import felt_by_firm
from sim.state import FLOW
from sim.world import World, mechanism


def everybody_is_as_known_as_usual(world: World) -> None:
    """All firms are as well known as firms of their kind are."""
    world.firms.awareness[:] = world.firms.awareness_usual


@mechanism(
    "firms.awareness firms.flow_cents",
    neutral=everybody_is_as_known_as_usual, neutral_text="awareness stays at what is usual, advertising too",
)
def advertise(world: World) -> None:
    """Part of awareness fades, advertising puts it back; advertising beyond the usual is paid on top of overhead."""
    firms, p, w = world.firms, world.params.reputation, world.firms.world
    kept = np.minimum(firms.awareness_usual * numerics.power(firms.advertising, p.advertising_effect[w]), 1.0)
    usual_usd = p.advertising_share[w] * firms.normal_orders * firms.price_usd
    beyond_usd = (firms.advertising - 1.0) * usual_usd
    rows = np.nonzero(firms.open)[0]

    firms.awareness[:] += p.forgetting_month[w] * (kept - firms.awareness)
    world.pay(rows, FLOW["overhead"], -beyond_usd[rows])


def nobody_rates(world: World) -> None:
    """No firm has a reputation of its own."""
    world.firms.reputation[:] = 0.0


@mechanism("firms.reputation", neutral=nobody_rates, neutral_text="reputation 0: all are rated alike")
def follow_ratings(world: World) -> None:
    """Reputation fades towards what this month's customers felt; without customers, towards the usual."""
    firms, p, w = world.firms, world.params.reputation, world.firms.world
    buyers, felt = felt_by_firm(world.customers.satisfaction, world.customers.supplier, len(w))
    above = np.where(buyers > 0.0, felt / np.maximum(buyers, 1.0) - world.worlds.satisfaction[w], 0.0)
    rated = np.clip(p.stars_satisfaction[w] * above, -p.most_stars[w], p.most_stars[w])
    firms.reputation[:] = np.where(firms.open, firms.reputation + p.fading_month[w] * (rated - firms.reputation), 0.0)
