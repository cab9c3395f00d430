"""Points of a design: how many, how balanced, how far apart, and the same ones every time."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from sim.design import Design, load_design
from sim.design.fractional import by_generators, by_resolution, resolution, signs
from sim.errors import InputError
from tests.sweep.conftest import Write


def factor(name: str, vary: str, rest: str) -> str:
    return f'[[factor]]\nname = "{name}"\nvary = "{vary}"\n{rest}\n'


TWO_LEVELS = "".join(
    factor(name, f"choosing.{name}", f"low = {low}\nhigh = {high}")
    for name, low, high in (
        ("noise", 0.1, 1.0), ("optimism", 0.0, 0.4), ("hurdle", 0.1, 0.4), ("informativeness", 0.5, 2.0),
        ("hype_spread", 0.1, 0.3),
    )
)
RANGES = (
    factor("noise", "choosing.noise", "low = 0.1\nhigh = 1.0")
    + factor("looking", "choosing.assessment_usd_month", "low = 10\nhigh = 1000\nlog = true")
    + factor("ovens", "throughput.equipment_utilisation", "levels = [0.7, 0.8, 0.9, 0.98]")
)


def levels(design: Design) -> list[list[object]]:
    """Values of each point, factor by factor; None where one is left alone."""
    names = [one.name for one in design.file.factor]
    return [
        [next(iter(point.levels[name][1].values())) if name in point.levels else None for name in names]
        for point in design.points
    ]


def test_a_full_factorial_has_every_combination_once(written: Write) -> None:
    design = load_design(written())

    assert levels(design) == [[0, 0.7], [0, 0.98], [2, 0.7], [2, 0.98]]


@pytest.mark.parametrize(("factors", "least", "corners"), [
    (3, 3, 4), (5, 3, 8), (7, 3, 8), (4, 4, 8), (6, 4, 16), (8, 4, 16), (5, 5, 16), (6, 5, 32), (8, 5, 64),
    (11, 5, 128), (15, 3, 16), (16, 4, 32),
])  # the smallest fractions of the tables of Box and Hunter (1961) and Montgomery
def test_a_fraction_is_as_small_as_the_tables_say_and_keeps_its_resolution(
    factors: int, least: int, corners: int
) -> None:
    masks = by_resolution(factors, least)
    table = signs(masks)

    assert table.shape == (corners, factors)
    assert len(np.unique(table, axis=0)) == corners
    assert (table.sum(axis=0) == 0).all()
    for size in range(2, least):
        for some in combinations(range(factors), size):
            assert table[:, some].prod(axis=1).sum() == 0


def test_resolution_is_the_shortest_product_that_never_changes() -> None:
    masks = by_generators(["a", "b", "c", "d", "e"], {"d": ["a", "b"], "e": ["a", "c"]})
    table = signs(masks)

    assert resolution(masks) == 3
    assert (table[:, 3] == table[:, 0] * table[:, 1]).all()
    assert (table[:, 4] == table[:, 0] * table[:, 2]).all()
    assert resolution([1, 2, 4]) is None


def test_generators_in_a_file_make_the_fraction_they_say(written: Write) -> None:
    plan = 'kind = "fractional"\ngenerators = { hype_spread = ["noise", "optimism", "hurdle", "informativeness"] }'
    design = load_design(written(plan, TWO_LEVELS))

    low = np.array(levels(design))
    high = low == low.max(axis=0)
    sign = np.where(high, 1, -1)
    assert len(design.points) == 16
    assert (sign[:, 4] == sign[:, :4].prod(axis=1)).all()


def test_a_latin_hypercube_puts_one_point_into_each_slice_of_each_range(written: Write) -> None:
    found = np.array(levels(load_design(written('kind = "latin_hypercube"\npoints = 40', RANGES))), dtype=float)

    slices = (found[:, 0] - 0.1) / 0.9 * 40, np.log(found[:, 1] / 10) / np.log(100) * 40
    for slice_of in slices:
        assert sorted((slice_of - 1e-4).clip(0).astype(int)) == list(range(40))
    assert all((found[:, 2] == level).sum() == 10 for level in (0.7, 0.8, 0.9, 0.98))


@pytest.mark.parametrize("kind", ["latin_hypercube", "sobol"])
def test_drawn_points_are_the_same_every_time_and_others_for_another_seed(written: Write, kind: str) -> None:
    first, again, other = (
        levels(load_design(written(f'kind = "{kind}"\npoints = 16\nseed = {seed}', RANGES))) for seed in (5, 5, 6)
    )

    assert first == again
    assert first != other


def test_more_sobol_points_keep_the_earlier_ones_and_more_of_a_hypercube_do_not(written: Write) -> None:
    few, more = (levels(load_design(written(f'kind = "sobol"\npoints = {n}', RANGES))) for n in (12, 40))
    drawn, anew = (levels(load_design(written(f'kind = "latin_hypercube"\npoints = {n}', RANGES))) for n in (12, 40))

    assert more[:12] == few
    assert anew[:12] != drawn


def test_one_at_a_time_starts_from_the_scenario_as_it_is(written: Write) -> None:
    design = load_design(written('kind = "one_at_a_time"'))

    assert levels(design) == [[None, None], [0, None], [2, None], [None, 0.7], [None, 0.98]]
    assert design.cells[0].parameters == design.scenarios[0].fingerprint()


def test_a_star_leaves_the_middle_along_one_factor_at_a_time(written: Write) -> None:
    found = levels(load_design(written('kind = "star"', RANGES)))

    assert found[0] == [0.55, 100, 0.9]
    assert found[1:3] == [[0.1, 100, 0.9], [1.0, 100, 0.9]]
    assert all(sum(a != b for a, b in zip(row, found[0], strict=True)) == 1 for row in found[1:])
    assert len(found) == 1 + 2 + 2 + 3


def test_whole_numbers_stay_whole(written: Write) -> None:
    factors = factor("crowd", "setup.customers", "low = 100\nhigh = 140")
    found = levels(load_design(written('kind = "latin_hypercube"\npoints = 8', factors)))

    assert all(isinstance(row[0], int) and 100 <= row[0] <= 140 for row in found)


@pytest.mark.parametrize(("plan", "factors", "said"), [
    ('kind = "fractional"\nresolution = 3', RANGES, "two levels; ovens has more or fewer"),
    ('kind = "fractional"\ngenerators = { noise = ["moon"] }', TWO_LEVELS, "generators.noise: a factor follows"),
    ('kind = "sobol"', RANGES, "points is for latin_hypercube and sobol"),
    ('kind = "full_factorial"\nresolution = 4', RANGES, "a fractional design needs generators or a resolution"),
])
def test_a_plan_that_does_not_fit_its_factors_is_refused(
    written: Write, plan: str, factors: str, said: str
) -> None:
    with pytest.raises(InputError, match=said):
        load_design(written(plan, factors))
