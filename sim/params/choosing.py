"""Numbers of choosing projects (M15): what an owner sees, spends and expects."""

from dataclasses import dataclass

from sim.arrays import Floats
from sim.params.base import par


@dataclass(frozen=True)
class Choosing:
    """The same for every arm: budget, decision months, optimism, noise and the price of less noise."""

    decision_month: Floats = par(0.17, "chance that an owner sits down to decide in a month",
        unit="probability/month", low=0.0, high=1.0, kind="assumed", source="assumption: twice a year")
    fund_share: Floats = par(0.015, "revenue put aside for projects",
        unit="share of revenue", low=0.0, high=0.2, kind="assumed",
        source="assumption; IT spending of small firms 7%, fact F38")
    fund_start_months: Floats = par(12.0, "months of that saving in hand at month 0",
        unit="months", low=0.0, high=60.0, kind="assumed", source="assumption")
    fund_cap_months: Floats = par(36.0, "months of saving at which the fund stops growing",
        unit="months", low=1.0, high=120.0, kind="assumed", source="assumption")
    cash_gate_days: Floats = par(5.0, "days of outflow that must remain in cash after paying for a project",
        unit="days", low=0.0, high=60.0, kind="assumed", source="assumption")
    noise: Floats = par(0.6, "log standard deviation of the owner's picture of a stage without assessment",
        unit="log points", low=0.0, high=3.0, kind="assumed",
        source="assumption A-sigma0; results shown as a function of it")
    demand_noise_share: Floats = par(0.25, "noise of the owner's picture of demand over that of a stage",
        unit="ratio", low=0.0, high=2.0, kind="assumed", source="assumption: sales are counted, stages are not")
    quality_noise_share: Floats = par(0.25, "noise of the owner's picture of process quality over that of a stage",
        unit="index per log point", low=0.0, high=2.0, kind="assumed", source="assumption")
    claimed_orders: Floats = par(1.0, "share of more orders a vendor claims per unit of convenience to customers",
        unit="share/utility", low=0.0, high=5.0, kind="assumed",
        source="assumption: near the long-run response of demand")
    informativeness: Floats = par(1.0, "how fast assessment reduces the variance of the picture",
        unit="per month", low=0.0, high=10.0, kind="assumed", source="assumption A-k: bounded, not known")
    assessment_usd_month: Floats = par(400.0, "cash cost of a month of assessment",
        unit="USD/month", low=0.0, high=10000.0, kind="assumed", source="assumption: some hours of outside help")
    assessment_hours_month: Floats = par(20.0, "owner's hours for a month of assessment",
        unit="hours/month", low=0.0, high=120.0, kind="assumed", source="assumption: a long day a week")
    optimism: Floats = par(0.15, "log bias of every forecast of benefits",
        unit="log points", low=-0.5, high=1.0, kind="assumed", source="assumption; the same for every arm")
    window_months: Floats = par(36.0, "months over which a project is judged",
        unit="months", low=6.0, high=120.0, kind="assumed", source="assumption: convention of the study")
    discount_month: Floats = par(0.01, "discount rate",
        unit="share/month", low=0.0, high=0.1, kind="assumed", source="assumption: 12% a year")
    hurdle: Floats = par(0.2, "return over the window that an owner wants before buying",
        unit="share of cost", low=0.0, high=3.0, kind="assumed", source="assumption; stored at purchase")
    absorbed_share: Floats = par(0.7, "saved hours that an owner expects to leave the wage bill",
        unit="share", low=0.0, high=1.0, kind="assumed", source="assumption: attrition takes a few months")
    demand_limited_below: Floats = par(0.85, "seen utilisation of the busiest stage under which demand is the limit",
        unit="share", low=0.3, high=1.2, kind="assumed", source="assumption: the normal utilisation")
    hype_spread: Floats = par(0.15, "spread of private taste over hype when buying what is talked about",
        unit="index", low=0.01, high=2.0, kind="assumed", source="assumption")
    hype_memory_month: Floats = par(0.9, "persistence of the hype of a tool family",
        unit="share/month", low=0.0, high=0.99, kind="assumed", source="assumption: a wave lasts about a year")
    hype_shock: Floats = par(0.05, "standard deviation of the monthly shock to hype",
        unit="index", low=0.0, high=0.5, kind="assumed", source="assumption")
