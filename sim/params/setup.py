"""The size of a world and how its firms differ at month 0."""

from dataclasses import dataclass

from sim.arrays import Floats
from sim.params.base import par


@dataclass(frozen=True)
class Setup:
    """How many of whom; worlds that run in one batch agree on the counts."""

    small_firms: Floats = par(10, "small firms at month 0",
        unit="firms", low=1, high=100000, kind="assumed", source="assumption: a neighbourhood")
    large_firms: Floats = par(2, "large competitors",
        unit="firms", low=0, high=1000, kind="assumed", source="assumption: one or two chains")
    spare_slots: Floats = par(16, "places for entrants",
        unit="firms", low=0, high=100000, kind="assumed",
        source="assumption: more entrants than this are an error, said aloud")
    customers: Floats = par(1500, "customers, each of whom stands for a group of households that move together",
        unit="customers", low=10, high=50000000, kind="assumed", source="assumption: a neighbourhood")
    size_spread: Floats = par(1.11, "log standard deviation of small firms' size, other trades' in their files",
        unit="log points", low=0.0, high=2.0, kind="calibrated",
        source="size classes of bakeries, Census SUSB 2017; python experiments/calibrate_sizes.py")
    smallest_people: Floats = par(2.0, "people whom the smallest firm employs beside its owner",
        unit="people", low=1.0, high=20.0, kind="assumed",
        source="assumption: of firms with one, 84 to 98% closed within five years (decision 0143)")
    output_spread: Floats = par(0.05, "log standard deviation of what an hour of work yields",
        unit="log points", low=0.0, high=0.6, kind="assumed",
        source="assumption: margins then spread as wide as their published range, fact F14")
    wage_spread: Floats = par(0.05, "log standard deviation of what a firm pays for an hour of the same work",
        unit="log points", low=0.0, high=0.4, kind="assumed",
        source="assumption: low and high in the sectors' files are 20% away, work of other kinds included")
    overhead_spread: Floats = par(0.10, "log standard deviation of overhead for the same sales",
        unit="log points", low=0.0, high=0.6, kind="assumed",
        source="assumption: rents in the sectors' files differ by half, other overhead less")
    alive_1_year: Floats = par(0.796, "firms still there a year after they opened",
        unit="share", low=0.5, high=1.0, kind="measured", source="BLS Business Employment Dynamics, fact F01")
    alive_3_years: Floats = par(0.614, "firms still there after three years",
        unit="share", low=0.3, high=1.0, kind="measured", source="BLS Business Employment Dynamics, fact F01")
    alive_5_years: Floats = par(0.502, "firms still there after five years",
        unit="share", low=0.2, high=1.0, kind="measured", source="BLS Business Employment Dynamics, fact F01")
    alive_10_years: Floats = par(0.347, "firms still there after ten years",
        unit="share", low=0.1, high=1.0, kind="measured", source="BLS Business Employment Dynamics, fact F01")
    oldest_years: Floats = par(50.0, "age that no firm in the market exceeds at month 0",
        unit="years", low=10.0, high=200.0, kind="assumed", source="assumption: two owners' working lives")
    large_size: Floats = par(3.0, "size of a large competitor's branch over the mean small firm",
        unit="ratio", low=0.5, high=1000.0, kind="assumed", source="assumption: a branch, not the chain")
    large_unit_cost: Floats = par(0.9, "unit cost of a large competitor over a small firm's",
        unit="ratio", low=0.3, high=1.5, kind="assumed", source="assumption: scale advantage in buying")
    bottleneck_stage: Floats = par(-1, "stage whose equipment is the tightest in small firms; −1: drawn by firm",
        unit="stage number", low=-1, high=8, kind="assumed", source="assumption of a scenario")


@dataclass(frozen=True)
class Focal:
    """What is known about the firm in focus (the first one); −1 leaves it to the sector and to luck."""

    employees: Floats = par(-1, "people employed at month 0",
        unit="people", low=-1, high=100000, kind="assumed", source="the owner, or drawn")
    orders_month: Floats = par(-1, "orders in a normal month",
        unit="orders/month", low=-1, high=1e8, kind="assumed", source="the owner, or from the number of people")
    price_usd: Floats = par(-1, "price of a mean order",
        unit="USD", low=-1, high=1e7, kind="assumed", source="the owner, or the sector's")
    materials_share: Floats = par(-1, "materials over revenue",
        unit="share", low=-1, high=0.95, kind="assumed", source="the owner, or the sector's")
    wage_usd_hour: Floats = par(-1, "labour cost of an hour, on-costs included",
        unit="USD/hour", low=-1, high=1000, kind="assumed", source="the owner, or the sector's")
    cash_days: Floats = par(-1, "days of outflow in cash at month 0",
        unit="days", low=-1, high=2000, kind="assumed", source="the owner, or drawn")
    cash_usd: Floats = par(-1, "cash at month 0, instead of days of outflow",
        unit="USD", low=-1, high=1e8, kind="assumed", source="the owner, or from the days of outflow")
    overhead_usd_month: Floats = par(-1, "rent and other costs that do not move with orders",
        unit="USD/month", low=-1, high=1e8, kind="assumed", source="the owner, or what leaves the sector's margin")
    credit_usd: Floats = par(-1, "how far below zero the bank lets the account go",
        unit="USD", low=-1, high=1e8, kind="assumed", source="the owner, or the usual days of outflow")
    faulty_share: Floats = par(-1, "orders made with an error, redone or not",
        unit="share of orders", low=-1, high=0.5, kind="assumed", source="the owner, or drawn")
    bottleneck_stage: Floats = par(-1, "stage whose equipment is the tightest",
        unit="stage number", low=-1, high=8, kind="assumed", source="the owner, or as in the other firms")
    equipment_utilisation: Floats = par(-1, "normal demand over the limit of that equipment",
        unit="share", low=-1, high=1.5, kind="assumed", source="the owner, or as in the other firms")
    advertising: Floats = par(-1, "advertising over what keeps it as known as it is",
        unit="ratio", low=-1, high=20, kind="assumed", source="the owner, or as usual")
    owner_quality: Floats = par(-100, "management quality of the owner; −100: drawn",
        unit="standard deviations", low=-100, high=3, kind="assumed", source="the owner, or drawn")
