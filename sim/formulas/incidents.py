"""How likely an incident is within a month, and what it costs: mostly little, rarely very much."""

from __future__ import annotations

from sim import numerics
from sim.arrays import Floats

MONTHS_YEAR = 12.0


def chance_month(events_year: Floats) -> Floats:
    """Chance that something that happens so often a year happens within a month; (rows,)."""
    return 1.0 - numerics.exp(-events_year / MONTHS_YEAR)


def prevented(level: Floats, effect: Floats) -> Floats:
    """What is left of a hazard at a level of care of which the full one prevents a part."""
    return 1.0 - effect * level


def heavy_cost(draw: Floats, mean_usd: Floats, spread: Floats) -> Floats:
    """Lognormal cost with this mean and log standard deviation, USD; (rows,)."""
    return mean_usd * numerics.exp(spread * numerics.normal(draw) - 0.5 * spread * spread)


def days_out(draw: Floats, mean_days: Floats) -> Floats:
    """Length of a stop, exponential with this mean, days."""
    return -mean_days * numerics.log(1.0 - draw)


def reached_by_rules(regulation: Floats, above: Floats) -> Floats:
    """How far rules reach what machines decide: 0 up to a threshold of regulation, 1 where it is full."""
    beyond = (regulation - above) / (1.0 - above)
    return beyond * (beyond > 0.0)
