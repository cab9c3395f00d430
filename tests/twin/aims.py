"""Targets: figures of what an owner wants, year by year, and what of it has been reached."""

from __future__ import annotations

from tests.twin.agents import Firm, total


def look_back(firm: Firm) -> None:
    """Add this month to the year of an owner with targets; after twelve months the year is closed."""
    if not any(firm.targets):
        return
    now = month_of(firm)
    firm.aim_sum = [so_far + figure for so_far, figure in zip(firm.aim_sum, now, strict=True)]
    firm.aim_months += 1
    if firm.aim_months % 12 > 0:
        return
    firm.aim_last = [figure / 12 for figure in firm.aim_sum]
    if firm.aim_months == 12:
        firm.aim_first = firm.aim_last
    firm.aim_sum = [0.0] * len(now)


def month_of(firm: Firm) -> list[float]:
    """Hours for an order, orders, faulty orders among them, customers that stayed, orders of the second kind."""
    orders = max(firm.orders_served, 1)
    stayed = sum(firm.customers_kept) / max(sum(firm.customers_had), 1)
    return [
        total(firm.people_hours) / orders, float(firm.orders_new), firm.orders_faulty / orders, stayed,
        float(firm.orders_segment[1]),
    ]


def reached(firm: Firm, goal: int) -> bool:
    """Whether the last year has changed on the first as far as was wanted."""
    target, first, last = firm.targets[goal], firm.aim_first[goal], firm.aim_last[goal]
    if target == 0.0 or first <= 0.0:
        return False
    return last >= first * (1.0 + target) if target > 0.0 else last <= first * (1.0 + target)
