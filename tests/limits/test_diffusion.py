"""Diffusion: the closed form solves its equation, talk rises with owners, and hesitation alone decides who waits."""

from __future__ import annotations

import numpy as np
import pytest

from sim.formulas.diffusion import bass_share
from sim.mechanisms import diffusion, environment
from sim.validation.bench import Bench
from sim.validation.spreading import bass_curve
from sim.world import World
from tests.worlds import FAMILIES, arm, differing, everybody, live, make, planned, snapshot, street

CRM = FAMILIES.index("crm")
QUIET = {"hype_memory_month": 0.0, "hype_shock": 0.0}


def one(number: float) -> np.ndarray:
    """A number for one world."""
    return np.array([number])


@pytest.mark.parametrize(("start", "p", "q"), [(0.0, 0.03, 0.38), (0.2, 0.0, 0.5), (0.1, 0.02, 0.0), (1.0, 0.1, 0.2)])
def test_the_curve_solves_the_equation_of_bass(start: float, p: float, q: float) -> None:
    at = [float(bass_share(one(start), one(p), one(q), time)[0]) for time in (0.0, 4.999, 5.0, 5.001)]
    slope = (at[3] - at[1]) / 0.002

    assert at[0] == pytest.approx(start, abs=1e-12)
    assert slope == pytest.approx((p + q * at[2]) * (1.0 - at[2]), abs=1e-7)


def test_nothing_spreads_that_nobody_has_and_nobody_starts() -> None:
    assert bass_share(one(0.0), one(0.0), one(0.5), 50.0)[0] == 0.0


def test_owners_are_counted_by_market_and_closed_firms_are_not() -> None:
    world = everybody(make(street(), [1, 2]), planned(("crm", 0)))
    live(world, 1)
    owns = (world.firms.tool_family == CRM).any(axis=1)
    slots = world.firm_slots
    expected = owns.reshape(2, slots).sum(axis=1) / world.firms.open.reshape(2, slots).sum(axis=1)
    assert expected.min() > 0.3
    assert world.worlds.adopted[:, CRM] == pytest.approx(expected)
    assert not np.delete(world.worlds.adopted, CRM, axis=1).any()

    world.firms.open[:slots] = False
    diffusion.count_owners(world)
    assert world.worlds.adopted[0, CRM] == 0.0
    assert world.worlds.adopted[1, CRM] == pytest.approx(expected[1])


def talk(adopted: float, month: int = 0, **numbers: float) -> float:
    """Talk about a tool that this share of firms owns, without noise."""
    world = make(street(choosing=QUIET, diffusion=numbers), [1])
    world.worlds.adopted[:] = adopted
    world.month = month
    environment.move_the_talk(world)
    return float(world.worlds.hype[0, CRM] - world.params.catalogue.hype[0, CRM])


def test_talk_rises_with_owners_here_and_elsewhere_and_with_nobody_by_default() -> None:
    assert talk(0.7) == 0.0
    assert talk(0.5, contagion=0.4) == pytest.approx(0.2)
    assert talk(0.0, elsewhere=0.4) == pytest.approx(0.0, abs=1e-12)
    later = float(bass_share(one(0.1), one(0.03), one(0.38), 3.0)[0])
    assert talk(0.0, month=36, elsewhere=0.4) == pytest.approx(0.4 * (later - 0.1))
    assert talk(0.0, month=36) == 0.0


def buyers(hesitation: float, contagion: float = 0.0) -> int:
    """How many own-sake firms have bought after a year."""
    numbers = {"hesitation": hesitation, "contagion": contagion}
    scenario = street(choosing=QUIET | {"fund_share": 0.1}, diffusion=numbers)
    world = live(everybody(make(scenario, range(1, 13)), arm("own_sake")), 12)
    return int((world.firms.projects > 0).sum())


def test_who_hesitates_buys_less_and_talk_of_owners_makes_up_for_part_of_it() -> None:
    assert buyers(0.0) >= buyers(0.9, contagion=1.0) > buyers(0.9) > 0


def test_hesitation_touches_nobody_who_does_not_follow_the_talk() -> None:
    def lived(score: str, hesitation: float) -> World:
        return live(everybody(make(street(diffusion={"hesitation": hesitation}), [3, 4]), arm(score)), 12)

    for score in ("aligned", "tactical", "npv", "random"):
        assert not differing(snapshot(lived(score, 0.0)), snapshot(lived(score, 1.0)))
    assert differing(snapshot(lived("own_sake", 0.0)), snapshot(lived("own_sake", 1.0)))


def test_with_gates_open_owners_spread_as_in_bass() -> None:
    assert bass_curve(Bench(quick=True)).status == "pass"
