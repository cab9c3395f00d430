"""A market of unequal firms is founded where it stands still: as many customers come to each firm as leave it."""

from __future__ import annotations

import numpy as np
import pytest

from sim.arrays import Floats
from sim.formulas.logit import stationary_outside
from sim.formulas.stationary import Habits, chosen, stationary_pull

OUTSIDE, TRIES = 0.1, 200_000


def habits(shares: list[float], told: float = 0.5, awareness: float = 0.6, looks: float = 3.0) -> Habits:
    """One world of these firms, whose customers look around at uneven rates."""
    firms = len(shares)
    return Habits(np.array([shares]), np.linspace(0.9, 1.1, firms)[None], np.full((1, firms), awareness),
                  np.array([looks]), np.array([told]))


UNEVEN = habits([0.4, 0.2, 0.1, 0.1, 0.05, 0.05, 0.0])


def test_nobody_is_lost_while_choosing() -> None:
    """Whatever firms are like, those who take a firm or none are those who looked around."""
    firms, none = chosen(np.array([[9.0, 0.1, 1.0, 2.0, 0.5, 3.0, 7.0]]), np.array([0.7]), UNEVEN)

    assert firms.sum() + none.sum() == pytest.approx(OUTSIDE + (UNEVEN.shares * UNEVEN.looking).sum(), rel=1e-9)
    assert firms[0, -1] == 0.0


@pytest.mark.parametrize("told", [0.0, 0.5, 1.0])
def test_as_many_come_as_leave(told: float) -> None:
    own = UNEVEN._replace(told=np.array([told]))
    pull, outside = stationary_pull(np.ones((1, 7)), np.ones(1), own)
    firms, none = chosen(pull, outside, own)

    assert firms == pytest.approx(own.shares * own.looking, rel=1e-6)
    assert none == pytest.approx(OUTSIDE, rel=1e-6)


def test_larger_firms_are_liked_more() -> None:
    pull, _ = stationary_pull(np.ones((1, 7)), np.ones(1), UNEVEN)
    assert (np.diff(pull[0, :3]) < 0.0).all()


def test_equal_firms_that_all_are_known_ask_for_the_closed_form() -> None:
    """Every look meets as many others as it allows, and all of them pull alike."""
    equal = habits([0.9 / 12] * 12, told=0.0, awareness=1.0)._replace(looking=np.ones((1, 12)))
    pull, outside = stationary_pull(np.ones((1, 12)), np.array([0.2]), equal)

    assert np.ptp(pull) == pytest.approx(0.0, abs=1e-9)
    assert outside / pull[:, 0] == pytest.approx(stationary_outside(np.array([OUTSIDE]), np.array([3.0])), rel=1e-6)


def drawn(pull: Floats, outside: float, own: Habits) -> Floats:
    """The same choice played: who looks draws firms one by one, never its own; shares by firm and of none."""
    rng = np.random.default_rng(1)
    count, places = pull.shape[1], np.append(own.shares[0], OUTSIDE)
    begin = rng.choice(count + 1, TRIES, p=places / places.sum())
    weights = np.append(pull[0], outside)
    liking = np.full((TRIES, count + 1), -np.inf)
    met = [np.full(TRIES, count), np.where(begin < count, begin, -1)]
    for _ in range(3):
        other = (begin + 1 + rng.integers(0, count - 1, TRIES)) % count
        free = rng.integers(0, count, TRIES)
        met.append(np.where(begin < count, other, free))
    for firm in met:
        rows = np.nonzero(firm >= 0)[0]
        liked = np.log(weights[firm[rows]]) + rng.gumbel(size=len(rows))
        liking[rows, firm[rows]] = np.maximum(liking[rows, firm[rows]], liked)
    return np.bincount(liking.argmax(axis=1), minlength=count + 1) / TRIES


def test_expected_choices_are_those_of_customers_who_draw() -> None:
    """Firms of very unequal pull; others are drawn one after the other, as often as they come."""
    own = habits([0.5, 0.2, 0.1, 0.1], told=0.0, awareness=1.0)._replace(looking=np.ones((1, 4)))
    pull, outside = np.array([[4.0, 1.0, 0.3, 2.0]]), np.array([0.5])
    firms, none = chosen(pull, outside, own)

    assert drawn(pull, 0.5, own) == pytest.approx(np.append(firms[0], none), abs=0.005)
