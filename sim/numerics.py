"""The only uniform, exp and log of the model, and its sums and rounding: the same bits on every CPU.

Library `exp`, `log` and pairwise sums may differ in the last bit between CPUs, NumPy versions and array lengths, and a
decision that hangs on that bit would split two worlds that should be twins. Everything here uses only operations that
IEEE 754 rounds exactly (+ − × ÷ √, exact powers of two), in one fixed order. Each function has one scalar source; the
names ending in an underscore are for compiled kernels and the twin, the plain names are NumPy ufuncs of the same code.

exp and log follow Cephes (Moshier 1989); the normal quantile is algorithm AS 241 (Wichura 1988),
the normal distribution function the series of Marsaglia 2004; bits are mixed with
the finaliser of SplitMix64 (Steele, Lea and Flood 2014).
"""

from __future__ import annotations

import math

import numpy as np

from sim.arrays import Floats, Ints
from sim.compiled import compiled, row_ufunc, ufunc

_SHIFT_30, _SHIFT_27, _SHIFT_31, _SHIFT_12 = np.uint64(30), np.uint64(27), np.uint64(31), np.uint64(12)
_MIX_1, _MIX_2 = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_UNIT = 2.0**-52


@compiled
def _mixed(bits: np.uint64) -> np.uint64:
    """Scramble 64 bits so that every input bit moves about half of the output bits."""
    bits = (bits ^ (bits >> _SHIFT_30)) * _MIX_1
    bits = (bits ^ (bits >> _SHIFT_27)) * _MIX_2
    return bits ^ (bits >> _SHIFT_31)


@compiled
def spread_(label: np.uint64) -> np.uint64:
    """The half of a key that its label decides: work that many keys with one label may share."""
    return _mixed(label ^ _GOLDEN) + _GOLDEN


@compiled
def joined_(parent: np.uint64, spread_label: np.uint64) -> np.uint64:
    """The key of a parent and a label that is spread already."""
    return _mixed(parent ^ spread_label)


@compiled
def key_(parent: np.uint64, label: np.uint64) -> np.uint64:
    """Derive a new 64-bit key from a key and a label; hashed, never added."""
    return joined_(parent, spread_(label))


@compiled
def choice_key_(key: np.uint64, decision: np.uint64, month: np.uint64) -> np.uint64:
    """Key of a decision that somebody takes in a month, from which the draws with each partner follow."""
    return key_(key, key_(decision, month))


@compiled
def unit_(bits: np.uint64) -> float:
    """The number in (0, 1) that 64 bits stand for."""
    return (np.float64(bits >> _SHIFT_12) + 0.5) * _UNIT


@compiled
def uniform_(key: np.uint64, decision: np.uint64, month: np.uint64, partner: np.uint64) -> float:
    """Draw in (0, 1) that depends on nothing but its four arguments."""
    return unit_(key_(choice_key_(key, decision, month), partner))


@compiled
def _power_of_two(power: int) -> float:
    """Two to a whole power from −1022 to 1023, put together from its bits."""
    return np.int64((power + 1023) << 52).view(np.float64)


@compiled
def _split(x: float) -> tuple[float, int]:
    """Fraction in [0.5, 1) and power of two of a number above 0, read from its bits."""
    small = x < 2.2250738585072014e-308
    bits = np.float64(x * (18014398509481984.0 if small else 1.0)).view(np.int64)
    fraction = np.int64((bits & 0x000FFFFFFFFFFFFF) | 0x3FE0000000000000).view(np.float64)
    return fraction, int(bits >> 52) - (1076 if small else 1022)


@compiled
def exp_(x: float) -> float:
    """e to the x, within two units in the last place; 0 below −708 and infinity above 709; NaN stays NaN."""
    if x != x:
        return x
    if x > 709.0:
        return math.inf
    if x < -708.0:
        return 0.0
    power = math.floor(1.4426950408889634 * x + 0.5)
    x = x - power * 6.93145751953125e-1
    x = x - power * 1.42860682030941723212e-6
    square = x * x
    odd = x * ((1.26177193074810590878e-4 * square + 3.02994407707441961300e-2) * square + 1.0)
    even = (
        (3.00198505138664455042e-6 * square + 2.52448340349684104192e-3) * square + 2.27265548208155028766e-1
    ) * square + 2.0
    ratio = odd / (even - odd)
    return (1.0 + 2.0 * ratio) * _power_of_two(int(power))


@compiled
def log_(x: float) -> float:
    """Natural logarithm, within one unit in the last place; −infinity at 0, NaN below and for NaN."""
    if x != x or x < 0.0:
        return math.nan
    if x == 0.0:
        return -math.inf
    if x == math.inf:
        return x
    fraction, power = _split(x)
    low = fraction < 0.70710678118654752440  # no branch: which side it is cannot be foreseen
    power -= low
    fraction += fraction if low else 0.0
    z = fraction - 1.0
    top = (
        (((1.01875663804580931796e-4 * z + 4.97494994976747001425e-1) * z + 4.70579119878881725854) * z
         + 1.44989225341610930846e1) * z + 1.79368678507819816313e1
    ) * z + 7.70838733755885391666
    bottom = (
        (((z + 1.12873587189167450590e1) * z + 4.52279145837532221105e1) * z + 8.29875266912776603211e1) * z
        + 7.11544750618563894466e1
    ) * z + 2.31251620126765340583e1
    square = z * z
    tail = z * (square * top / bottom) - power * 2.121944400546905827679e-4 - 0.5 * square
    return (z + tail) + power * 0.693359375


@compiled
def power_(base: float, exponent: float) -> float:
    """Base to the exponent for base ≥ 0, through `exp_` and `log_`; NaN stays NaN."""
    if base == 0.0:
        return 0.0 if exponent > 0.0 else (1.0 if exponent == 0.0 else -math.inf * exponent)
    return exp_(exponent * log_(base))


@compiled
def gumbel_(uniform: float) -> float:
    """Standard Gumbel draw from a uniform."""
    return -log_(-log_(uniform))


@compiled
def laplace_(uniform: float) -> float:
    """Laplace draw with standard deviation 1 from a uniform."""
    if uniform < 0.5:
        return log_(2.0 * uniform) * 0.70710678118654752440
    return -log_(2.0 * (1.0 - uniform)) * 0.70710678118654752440


@compiled
def normal_(uniform: float) -> float:
    """Standard normal draw from a uniform (inverse distribution function)."""
    q = uniform - 0.5
    if abs(q) <= 0.425:
        r = 0.180625 - q * q
        return q * _near_top(r) / _near_bottom(r)
    r = math.sqrt(-log_(uniform if q < 0.0 else 1.0 - uniform))
    value = _far(r - 1.6) if r <= 5.0 else _tail(r - 5.0)
    return -value if q < 0.0 else value


@compiled
def normal_share_(x: float) -> float:
    """Share of a standard normal below x (distribution function), to 1e-15; NaN stays NaN."""
    if x != x:
        return x
    if x < -8.0 or x > 8.0:
        return 0.0 if x < 0.0 else 1.0
    sum_, before, term, n = x, 0.0, x, 1.0
    while sum_ != before:
        n += 2.0
        term *= x * x / n
        before = sum_
        sum_ += term
    return 0.5 + sum_ * exp_(-0.5 * x * x) * 0.39894228040143267794


@compiled
def _near_top(r: float) -> float:
    high = ((2.5090809287301226727e3 * r + 3.3430575583588128105e4) * r + 6.7265770927008700853e4) * r
    high = ((high + 4.5921953931549871457e4) * r + 1.3731693765509461125e4) * r
    return ((high + 1.9715909503065514427e3) * r + 1.3314166789178437745e2) * r + 3.3871328727963666080


@compiled
def _near_bottom(r: float) -> float:
    high = ((5.2264952788528545610e3 * r + 2.8729085735721942674e4) * r + 3.9307895800092710610e4) * r
    high = ((high + 2.1213794301586595867e4) * r + 5.3941960214247511077e3) * r
    return ((high + 6.8718700749205790830e2) * r + 4.2313330701600911252e1) * r + 1.0


@compiled
def _far(r: float) -> float:
    top = ((7.74545014278341407640e-4 * r + 2.27238449892691845833e-2) * r + 2.41780725177450611770e-1) * r
    top = ((top + 1.27045825245236838258) * r + 3.64784832476320460504) * r
    top = ((top + 5.76949722146069140550) * r + 4.63033784615654529590) * r + 1.42343711074968357734
    low = ((1.05075007164441684324e-9 * r + 5.47593808499534494600e-4) * r + 1.51986665636164571966e-2) * r
    low = ((low + 1.48103976427480074590e-1) * r + 6.89767334985100004550e-1) * r
    return top / (((low + 1.67638483018380384940) * r + 2.05319162663775882187) * r + 1.0)


@compiled
def _tail(r: float) -> float:
    top = ((2.01033439929228813265e-7 * r + 2.71155556874348757815e-5) * r + 1.24266094738807843860e-3) * r
    top = ((top + 2.65321895265761230930e-2) * r + 2.96560571828504891230e-1) * r
    top = ((top + 1.78482653991729133580) * r + 5.46378491116411436990) * r + 6.65790464350110377720
    low = ((2.04426310338993978564e-15 * r + 1.42151175831644588870e-7) * r + 1.84631831751005468180e-5) * r
    low = ((low + 7.86869131145613259100e-4) * r + 1.48753612908506148525e-2) * r
    return top / (((low + 1.36929880922735805310e-1) * r + 5.99832206555887937690e-1) * r + 1.0)


key = ufunc(key_, "uint64", "uint64", "uint64")
uniform = ufunc(uniform_, "float64", "uint64", "uint64", "uint64", "uint64")
exp = ufunc(exp_, "float64", "float64")
log = ufunc(log_, "float64", "float64")
power = ufunc(power_, "float64", "float64", "float64")
gumbel = ufunc(gumbel_, "float64", "float64")
laplace = ufunc(laplace_, "float64", "float64")
normal = ufunc(normal_, "float64", "float64")
normal_share = ufunc(normal_share_, "float64", "float64")


def _row_sum(row, total):  # type: ignore[no-untyped-def]
    """Add up a row from left to right."""
    total[0] = row[0]
    for column in range(1, len(row)):
        total[0] += row[column]


_row_sums = row_ufunc(_row_sum, "void(float64[:], float64[:])", "(n)->()")


def row_sum(table: Floats) -> Floats:
    """Add up the last axis from left to right; shape (…, columns) -> (…)."""
    total: Floats = _row_sums(table)
    return total


def sum_by(group: Ints, values: Floats | Ints, groups: int) -> Floats:
    """Add up `values` within each group, in row order; groups −1 and −2 are left out; shape (groups,)."""
    total = np.zeros(groups)
    _add_by(group, values, total)
    return total


def count_by(group: Ints, groups: int) -> Ints:
    """Count the rows of each group; groups −1 and −2 are left out; shape (groups,)."""
    counts = np.zeros(groups, dtype=np.int64)
    _count_by(group, counts)
    return counts


@compiled
def _add_by(group, values, total):  # type: ignore[no-untyped-def]
    """Add each value to the total of its group; a number without a sign needs no look from the end."""
    for row in range(len(group)):
        if group[row] >= 0:
            total[np.uint64(group[row])] += values[row]


@compiled
def _count_by(group, counts):  # type: ignore[no-untyped-def]
    """Count each row in its group."""
    for row in range(len(group)):
        if group[row] >= 0:
            counts[np.uint64(group[row])] += 1


def cents(usd: Floats) -> Ints:
    """Round dollars to whole cents, halves up: money is rounded once, at the flow."""
    return np.floor(usd * 100.0 + 0.5).astype(np.int64)


def usd(cents_: Ints) -> Floats:
    """Whole cents as dollars."""
    return cents_ / 100.0
