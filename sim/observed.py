"""What an owner can see when sitting down to decide: lagged, noisy, and all that a strategy receives.

Rows are the firms that decide this month. Candidates are, in this order: the tool families of the catalogue, a plain
expansion of each of the nine stages, a process improvement at each of the nine stages. Capacities, equipment, demand
and process quality are the owner's picture of them, blurred by noise that assessment and a good owner reduce; hours,
prices, cash and quotes are known from the books and the offers on the table.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

from sim.arrays import Bools, Floats, Ints

MARKET_FORCES = ("rivals", "entrants", "suppliers", "customers", "substitutes")
"""Porter's five, as columns of `Observed.forces`."""


@dataclass(frozen=True)
class Forecast:
    """Present value per candidate, USD, shape (firms, candidates): contribution, wages saved, cost quoted."""

    sales_usd: Floats
    labour_usd: Floats
    cost_usd: Floats

    @property
    def gain_usd(self) -> Floats:
        """What the candidate would earn, net of its cost."""
        return self.sales_usd + self.labour_usd - self.cost_usd


@dataclass(frozen=True)
class Observed:
    """The owner's picture; shapes (firms,), (firms, stages) or (firms, candidates)."""

    hands_orders: Floats          # (firms, stages) orders/month people alone could do
    tools_orders: Floats          # (firms, stages) orders/month installed tools take over
    equipment_orders: Floats      # (firms, stages) orders/month equipment allows
    process_quality: Floats       # (firms, stages) index 0-1
    slips_found: Floats           # (firms, stages) share of slips that installed machines find
    errors_found: Floats          # (firms, stages) share of systematic errors that they find
    hours_order: Floats           # (firms, stages) hours per order by hand
    chain: Bools                  # (firms, stages) stages an order passes
    demand_orders: Floats         # (firms,) orders/month customers want
    price_usd: Floats             # (firms,)
    materials_usd_order: Floats   # (firms,)
    wage_usd_hour: Floats         # (firms,)
    takes_over: Floats            # (firms, candidates, stages) orders/month it is rated to take over
    adds_equipment: Floats        # (firms, candidates, stages) share added to the equipment limit
    mends_quality: Floats         # (firms, candidates, stages) part of missing process quality closed
    finds_slips: Floats           # (firms, candidates, stages) share of slips it finds
    finds_errors: Floats          # (firms, candidates, stages) share of systematic errors it finds
    brings_orders: Floats         # (firms, candidates) share of more orders that is claimed
    fee_share: Floats             # (firms, candidates) share of order value paid per use
    one_off_usd: Floats           # (firms, candidates)
    running_usd_month: Floats     # (firms, candidates)
    months: Floats                # (firms, candidates) until it works
    main_stage: Ints              # (firms, candidates)
    open_to_buy: Bools            # (firms, candidates) on offer, not yet owned, room for it, payable
    brings_second: Floats         # (firms, candidates) what customers of the second kind gain, claimed
    weights: Floats               # (firms, objectives) what the owner wants, sums to 1; all 0: money
    forces: Floats                # (firms, forces) pressure of the market over what is usual, 1: usual
    talked_about: Floats          # (firms, candidates) index 0-1
    taste: Floats                 # (firms, candidates) private draw in (0, 1)
    coin: Floats                  # (firms,) private draw in (0, 1)
    planned: Ints                 # (firms,) candidate the plan names for this month, −1 none
    automatable_cap: Floats       # (firms,)
    rho: Floats                   # (firms,)
    rules: Rules

    def only(self, here: Bools) -> Observed:
        """The same picture for some of the firms."""
        parts = {f.name: getattr(self, f.name) for f in fields(self) if f.name != "rules"}
        rules = {f.name: getattr(self.rules, f.name)[here] for f in fields(self.rules)}
        return Observed(**{name: part[here] for name, part in parts.items()}, rules=Rules(**rules))


@dataclass(frozen=True)
class Rules:
    """How the owner reckons; every value (firms,), the same for every strategy."""

    window_months: Floats
    discount_month: Floats
    optimism: Floats
    hurdle: Floats
    absorbed_share: Floats
    demand_limited_below: Floats
    hype_spread: Floats
    hesitation: Floats
    redone_share: Floats
    refund_share: Floats
    systematic: Floats
    caught: Floats
    slip: Floats
    copied: Floats
    error_weight: Floats          # (firms, stages)
