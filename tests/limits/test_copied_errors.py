"""Automated stages copy what the process got wrong further up, and what people do by hand copies nothing."""

from __future__ import annotations

import numpy as np
import pytest

from sim import numerics
from sim.arrays import Floats
from sim.formulas.errors import (
    ErrorRates,
    copied_share,
    crossing_quality,
    fault_share,
    faults,
    passed_on,
)
from sim.look import look
from sim.mechanisms import errors, rework
from sim.offers import offers
from sim.params import STAGES
from sim.strategies.forecasts import faults_found, faults_mended
from sim.world import World
from tests.worlds import FAMILIES, OFFERED, make, street

RATES = ErrorRates(np.array(0.10), np.array(0.6), np.array(0.03))
INBOUND, OPERATIONS, OUTBOUND = (STAGES.index(name) for name in ("inbound", "operations", "outbound"))
WEIGHT = np.array([0.2, 0.3, 0.5])
FINDS = {family: {"errors_found": 0.4} for family in OFFERED}


def total(quality: Floats, automated: Floats, copied: float) -> Floats:
    """Share of orders gone wrong in a chain of three stages."""
    made = WEIGHT * faults(quality, automated, RATES).systematic
    copies = copied_share(made, automated, np.array(copied))
    return numerics.row_sum(fault_share(quality, automated, WEIGHT, RATES) + copies)


def automating(quality: Floats, others: Floats, copied: float) -> Floats:
    """Change of the same with every tenth of the middle stage's work that tools take over."""
    automated = np.repeat(others[None, :], 9, axis=0)
    automated[:, 1] = np.linspace(0.0, 0.8, 9)
    return np.diff(total(np.repeat(quality[None, :], 9, axis=0), automated, copied))


def crossing(upstream: float, further_down: float, copied: float) -> float:
    """Crossing of the middle stage for the quality of the first, and the automated share of the last."""
    automated = np.array([0.3, 0.0, further_down])
    before = WEIGHT[0] * float(faults(np.array(upstream), automated[0], RATES).systematic)
    on = float(passed_on(automated, np.array(copied))[1])
    return float(crossing_quality(RATES, copied_here=copied * before / WEIGHT[1], copied_on=on))


def automated_street(copied: float, share: float = 0.5) -> World:
    """A street in which tools do this share of all work."""
    world = make(street(FINDS, errors={"copied_downstream": copied}), [1, 2])
    world.firms.automated_share[:] = share
    errors.make_errors(world)
    return world


def test_a_chain_without_tools_copies_nothing() -> None:
    by_hand = [automated_street(copied, share=0.0).firms.fault_share for copied in (0.0, 2.0)]
    plain, copying = (automated_street(copied).firms.fault_share for copied in (0.0, 2.0))

    assert by_hand[0].tobytes() == by_hand[1].tobytes()
    assert (copying > plain)[plain > 0.0].all()


def test_a_fully_automated_chain_repeats_every_error_once_at_each_later_stage() -> None:
    copies = copied_share(np.full(5, 0.01), np.ones(5), np.array(1.0))

    assert copies.tolist() == pytest.approx([0.0, 0.01, 0.02, 0.03, 0.04])
    assert passed_on(np.ones(5), np.array(1.0)).tolist() == [4.0, 3.0, 2.0, 1.0, 0.0]


def test_copies_counted_where_they_are_made_are_those_counted_where_they_come_from() -> None:
    systematic = np.array([[0.02, 0.01, 0.04], [0.0, 0.03, 0.01]])
    automated = np.array([[0.5, 0.2, 0.7], [1.0, 0.0, 0.4]])
    here = copied_share(systematic, automated, np.array([[0.8], [0.3]]))
    there = systematic * passed_on(automated, np.array([[0.8], [0.3]]))

    assert numerics.row_sum(here) == pytest.approx(numerics.row_sum(there), rel=1e-14)


@pytest.mark.parametrize(("upstream", "further_down"), [(0.9, 0.0), (0.5, 0.4), (0.2, 0.8)])
def test_the_crossing_with_copies_says_which_way_automating_moves_the_errors_of_the_firm(
    upstream: float, further_down: float
) -> None:
    at, others = crossing(upstream, further_down, 0.5), np.array([0.3, 0.0, further_down])

    assert 0.5 < at < 0.99
    assert (automating(np.array([upstream, at - 0.01, 0.6]), others, 0.5) > 0.0).all()
    assert (automating(np.array([upstream, at + 0.01, 0.6]), others, 0.5) < 0.0).all()


def test_the_crossing_is_the_plain_one_without_copies_and_rises_with_bad_work_before_and_tools_behind() -> None:
    plain = float(crossing_quality(RATES))

    assert crossing(0.2, 0.8, copied=0.0) == plain == crossing(1.0, 0.0, copied=0.5)
    assert plain < crossing(0.8, 0.0, 0.5) < crossing(0.4, 0.0, 0.5) < crossing(0.4, 0.6, 0.5)


def test_behind_work_that_is_bad_enough_automating_harms_even_a_perfect_process() -> None:
    assert crossing(0.0, 0.0, copied=2.0) > 1.0
    assert (automating(np.array([0.0, 1.0, 0.6]), np.array([0.3, 0.0, 0.0]), 2.0) > 0.0).all()


def test_only_stages_of_the_chain_copy() -> None:
    world, plain = automated_street(1.0), automated_street(0.0)
    beyond = world.params.sector.chain[0] == 0.0
    more = (world.firms.fault_share - plain.firms.fault_share).copy()
    for one in (world, plain):
        one.firms.automated_share[:, beyond] = 0.0
        errors.make_errors(one)

    assert beyond.any()
    assert np.array_equal(world.firms.fault_share - plain.firms.fault_share, more)


def test_a_machine_finds_a_copy_where_it_is_made() -> None:
    world, plain = automated_street(1.0), automated_street(0.0)
    for one in (world, plain):
        one.firms.errors_found[:, : OPERATIONS + 1] = 0.4
        errors.make_errors(one)
    quality, share, p = world.firms.process_quality[0], world.firms.automated_share[0], world.params.sector
    in_chain = np.where(p.chain[0] > 0.0, share, 0.0)
    copies = copied_share(p.error_weight[0] * faults(quality, share, RATES).systematic, in_chain, np.array(1.0))
    more = world.firms.faults_shown[0] - plain.firms.faults_shown[0]

    assert copies[OUTBOUND] > 0.0
    assert more == pytest.approx(0.4 * copies[: OPERATIONS + 1].sum())
    assert world.firms.faults_shown[0] < world.firms.fault_share[0]


def test_machines_that_find_every_error_and_slip_find_every_copy() -> None:
    world = automated_street(1.0)
    world.firms.errors_found[:] = world.firms.slips_found[:] = 1.0
    errors.make_errors(world)

    assert world.firms.faults_shown == pytest.approx(world.firms.fault_share)


def test_errors_and_their_copies_grow_with_the_orders() -> None:
    worlds = [automated_street(1.0) for _ in range(2)]
    for orders, world in zip((40_000, 80_000), worlds, strict=True):
        world.firms.orders_new[:], world.firms.throughput[:] = orders, 1e6
        rework.deliver(world)
    few, many = (world.firms.orders_faulty[:4] for world in worlds)

    assert few.min() > 400
    assert many == pytest.approx(2 * few, abs=1)


def test_an_owner_reckons_the_copies_that_mending_would_end_and_a_machine_would_find() -> None:
    def reckoned(copied: float, tools: float) -> tuple[Floats, Floats]:
        world, row = automated_street(copied), np.array([0])
        world.firms.tool_orders[0, OUTBOUND] = tools
        seen = look(world, row, offers(world, row))
        mended = faults_mended(seen)[0, len(FAMILIES) + len(STAGES):].sum(axis=1)
        return mended, faults_found(seen)[0, : len(FAMILIES)]

    (plain, found), (copying, more) = reckoned(0.0, 100.0), reckoned(1.0, 100.0)
    by_hand, _ = reckoned(1.0, 0.0)

    assert (copying[: OPERATIONS + 1] > plain[: OPERATIONS + 1]).all()
    assert copying[OUTBOUND:].tolist() == plain[OUTBOUND:].tolist()
    assert by_hand[: OPERATIONS + 1].tolist() == plain[: OPERATIONS + 1].tolist()
    assert (more >= found).all()
    assert (more > found).any()
