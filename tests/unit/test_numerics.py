"""The model's own exp, log, powers and quantiles are right, and one source gives one set of bits everywhere."""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import Context, Decimal
from functools import reduce
from operator import add
from types import FunctionType
from typing import Any

import numpy as np
import pytest
from scipy import special, stats

from sim import numerics
from sim.arrays import Floats

RNG = np.random.default_rng(20240601)
EDGES = [0.0, -0.0, 5e-324, -5e-324, 2.2250738585072014e-308, 1.7976931348623157e308, math.inf, -math.inf, math.nan]
EXPONENTS = np.concatenate([
    EDGES, [-708.0, np.nextafter(-708.0, -np.inf), 709.0, np.nextafter(709.0, np.inf), 1.0, -1.0, math.log(2.0) / 2.0],
    RNG.uniform(-708.0, 709.0, 4000), RNG.normal(0.0, 1.0, 4000), RNG.normal(0.0, 1e-8, 1000),
])
POSITIVE = np.concatenate([
    EDGES, [1.0, np.nextafter(1.0, 0.0), np.nextafter(1.0, 2.0), -1.0, math.sqrt(0.5), math.e],
    np.exp(RNG.uniform(-700.0, 700.0, 4000)), 1.0 + RNG.normal(0.0, 0.01, 4000), RNG.uniform(0.0, 4.0, 1000),
])
SHARES = np.concatenate([
    [2.0**-54, 2.0**-53, 1e-300, 0.075, 0.5, np.nextafter(0.5, 0.0), 0.925, 1.0 - 2.0**-53, 1.0 - 2.0**-52],
    RNG.uniform(0.0, 1.0, 6000), np.exp(RNG.uniform(-36.0, 0.0, 3000)),
])
BITS = RNG.integers(0, 2**64, size=(4, 6000), dtype=np.uint64)
BITS[:, :3] = np.array([0, 1, 2**64 - 1], dtype=np.uint64)
BASES = np.abs(POSITIVE[:4000])
CASES = {
    "exp": (EXPONENTS,), "log": (POSITIVE,), "power": (BASES, np.resize(EXPONENTS[-5000:], 4000)),
    "gumbel": (SHARES,), "laplace": (SHARES,), "normal": (SHARES,),
    "key": (BITS[0], BITS[1]), "uniform": tuple(BITS),
}


def interpreted(name: str) -> Callable[..., Any]:
    """The same source run by the Python interpreter, with nothing of it compiled."""
    plain: dict[str, Any] = dict(vars(numerics))
    for own, value in vars(numerics).items():
        if hasattr(value, "py_func"):
            plain[own] = FunctionType(value.py_func.__code__, plain, own)
    return plain[name]  # type: ignore[no-any-return]


def bits(values: Any) -> bytes:
    """The bits of floats, one pattern for every NaN: only its being NaN has a meaning."""
    array = np.asarray(values)
    if array.dtype == np.float64:
        array = np.where(np.isnan(array), np.nan, array)
    return array.tobytes()


def exact(values: Floats, of: Callable[[Decimal, Context], Decimal]) -> list[Decimal]:
    """The function's value to forty digits."""
    context = Context(prec=40, Emin=-999999, Emax=999999)
    return [of(Decimal(float(x)), context) for x in values]


def worst_ulps(found: Floats, right: list[Decimal]) -> float:
    """Largest distance from the right value in units of the last place."""
    return max(
        float(abs(Decimal(float(f)) - r) / Decimal(math.ulp(float(r)))) for f, r in zip(found, right, strict=True)
    )


def test_exp_is_within_two_units_in_the_last_place() -> None:
    x = EXPONENTS[np.abs(EXPONENTS) <= 708.0][::4]

    assert worst_ulps(numerics.exp(x), exact(x, lambda d, c: d.exp(c))) < 2.0


def test_log_is_within_one_unit_in_the_last_place() -> None:
    x = POSITIVE[(POSITIVE > 0.0) & np.isfinite(POSITIVE)][::4]

    assert worst_ulps(numerics.log(x), exact(x, lambda d, c: d.ln(c))) < 1.0


def test_exp_has_its_limits() -> None:
    assert numerics.exp(np.array([-math.inf, -1e300, -708.5, 0.0, 709.5, math.inf])).tolist() == [
        0.0, 0.0, 0.0, 1.0, math.inf, math.inf,
    ]
    assert np.isnan(numerics.exp(np.array([math.nan]))).all()


def test_log_has_its_limits() -> None:
    assert numerics.log(np.array([0.0, -0.0, 1.0, math.inf])).tolist() == [-math.inf, -math.inf, 0.0, math.inf]
    assert np.isnan(numerics.log(np.array([-5e-324, -1.0, -math.inf, math.nan]))).all()


def test_power_follows_the_rules_of_powers() -> None:
    assert numerics.power(np.array([0.0, 0.0, 0.0, 7.0]), np.array([2.0, 0.0, -1.0, 0.0])).tolist() == [
        0.0, 1.0, math.inf, 1.0,
    ]
    base, exponent = RNG.uniform(0.01, 100.0, 2000), RNG.uniform(-10.0, 10.0, 2000)
    assert numerics.power(base, exponent) == pytest.approx(base**exponent, rel=2e-14)
    assert np.isnan(numerics.power(np.array([0.0, 2.0, np.nan]), np.array([np.nan, np.nan, 2.0]))).all()


def test_the_normal_quantile_agrees_with_scipy() -> None:
    u = SHARES[SHARES > 1e-290]

    assert numerics.normal(u) == pytest.approx(special.ndtri(u), rel=4e-15, abs=1e-300)


def test_gumbel_and_laplace_draws_have_their_distributions() -> None:
    u = (np.arange(4000) + 0.5) / 4000

    assert numerics.gumbel(u) == pytest.approx(stats.gumbel_r.ppf(u), rel=1e-12, abs=1e-14)
    assert numerics.laplace(u) == pytest.approx(stats.laplace.ppf(u, scale=math.sqrt(0.5)), rel=1e-11, abs=1e-14)


@pytest.mark.parametrize("name", list(CASES))
def test_ufunc_compiled_scalar_and_interpreter_give_the_same_bits(name: str) -> None:
    arguments = CASES[name]
    compiled, plain = getattr(numerics, f"{name}_"), interpreted(f"{name}_")
    rows = list(zip(*arguments, strict=True))

    with np.errstate(over="ignore"):
        by_array = getattr(numerics, name)(*arguments)
        by_scalar = [compiled(*row) for row in rows]
        by_python = [plain(*(x if x.dtype == np.uint64 else float(x) for x in row)) for row in rows]

    assert bits(by_array) == bits(np.array(by_scalar, dtype=by_array.dtype))
    assert bits(by_array) == bits(np.array(by_python, dtype=by_array.dtype))


@pytest.mark.parametrize("name", ["exp", "log", "normal", "gumbel", "laplace"])
def test_bits_do_not_depend_on_where_in_an_array_a_number_stands(name: str) -> None:
    function, x = getattr(numerics, name), CASES[name][0]
    whole = function(x)

    assert bits(function(x[::-1])) == bits(whole[::-1])
    assert bits(function(x[3::2])) == bits(whole[3::2])
    assert bits(np.concatenate([function(x[i:i + 1]) for i in range(500)])) == bits(whole[:500])


def test_sums_by_group_go_in_row_order_and_leave_negative_groups_out() -> None:
    group, values = np.array([1, 0, -1, 1, 0]), np.array([1e16, 3.0, 99.0, 1.0, 0.5])

    assert numerics.sum_by(group, values, 3).tolist() == [3.5, 1e16 + 1.0, 0.0]
    assert numerics.count_by(group, 3).tolist() == [2, 2, 0]


def test_a_groups_sum_has_the_same_bits_whatever_stands_beside_it() -> None:
    values = RNG.normal(0.0, 1e6, 999)
    alone = numerics.sum_by(np.zeros(999, dtype=np.int64), values, 1)[0]
    beside = numerics.sum_by(np.repeat(np.arange(64), 999), np.tile(values, 64), 64)

    assert set(beside.tolist()) == {alone}


def test_row_sums_go_from_left_to_right() -> None:
    table = RNG.normal(0.0, 1.0, (200, 9)) * 10.0 ** RNG.integers(-8, 9, (200, 9))

    assert numerics.row_sum(table).tolist() == [reduce(add, row) for row in table.tolist()]


def test_cents_round_halves_up_and_come_back_as_dollars() -> None:
    assert numerics.cents(np.array([0.125, -0.125, 0.004, -0.006, 1e9])).tolist() == [13, -12, 0, -1, 10**11]
    assert numerics.usd(np.array([13, -12])).tolist() == [0.13, -0.12]


def test_a_share_below_no_number_is_no_number_and_comes_to_an_end() -> None:
    share = numerics.normal_share(np.array([math.nan, -math.inf, 0.0, math.inf]))

    assert np.isnan(share[0])
    assert share[1:].tolist() == [0.0, 0.5, 1.0]
