"""Fairness, oversight and privacy (M25): machines may err more with some customers, and all may worry about their data.

Customers of a group get more faulty orders from the customer-facing tools whose catalogue entry says so. They notice,
are less satisfied and look around sooner; there is no other exit. A person who looks at part of what machines decide
catches part of it, in paid hours. Data in tools lower trust, and telling and asking customers takes that away (Martin,
Borah and Palmatier 2017), at a price and at the loss of the data of those who do not agree (`data.py`).
"""

from __future__ import annotations

import numpy as np

from sim import luck
from sim.exposure import exposure, through_machines
from sim.formulas.incidents import prevented
from sim.state import FLOW
from sim.world import World, mechanism


def machines_treat_all_alike(world: World) -> None:
    """Machines err with everybody alike, and nobody looks on."""
    firms = world.firms
    firms.machine_decided[:] = firms.error_gap[:] = 0.0
    firms.orders_harmed[:] = 0


@mechanism(
    "firms.machine_decided firms.error_gap firms.orders_harmed firms.flow_cents",
    neutral=machines_treat_all_alike, neutral_text="error gap 0, nothing paid for oversight",
)
def err_with_the_group(world: World) -> None:
    """Orders that machines handle, what they get wrong besides with the group, and what it costs to look on."""
    firms, p, w, catalogue = world.firms, world.params.fairness, world.firms.world, world.params.catalogue
    firms.machine_decided[:] = np.where(firms.open, through_machines(world, catalogue.customer_facing), 0.0)
    firms.error_gap[:] = 0.0
    if catalogue.error_gap.any():
        gap = through_machines(world, catalogue.error_gap) * prevented(firms.oversight, p.review_caught[w])
        firms.error_gap[:] = np.where(firms.open, gap, 0.0)
    of_group = firms.orders_group / np.maximum(firms.orders_new, 1)
    good = (firms.orders_served - firms.orders_faulty).astype(np.float64)
    draw = luck.draws(firms.luck, "harmed", world.month)
    firms.orders_harmed[:] = np.floor(good * (of_group * firms.error_gap) + draw)

    rows = np.nonzero(firms.oversight * firms.machine_decided > 0.0)[0]
    looked_at = firms.oversight[rows] * firms.machine_decided[rows] * firms.orders_served[rows]
    hours = p.review_hours_order[w[rows]] * looked_at
    world.pay(rows, FLOW["safeguards"], -hours * firms.wage_usd_hour[rows])


def nobody_minds(world: World) -> None:
    """Customers do not think about their data, and nobody asks them."""
    world.firms.trust[:] = 0.0


@mechanism("firms.trust firms.flow_cents", neutral=nobody_minds, neutral_text="trust 0, nobody is asked")
def ask_customers(world: World) -> None:
    """Customers worry about what tools know of them, less where they are told and asked, which is paid for."""
    firms, p, w = world.firms, world.params.fairness, world.firms.world
    firms.trust[:] = 0.0
    if p.worry.any():
        firms.trust[:] -= np.where(firms.open, p.worry[w] * exposure(world) * (1.0 - firms.consent), 0.0)
    rows = np.nonzero(firms.open & (firms.consent > 0.0))[0]
    world.pay(rows, FLOW["safeguards"], -p.consent_usd_month[w[rows]] * firms.consent[rows])
