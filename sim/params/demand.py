"""Numbers of demand (M11): who looks around, at whom, and what they value."""

from dataclasses import dataclass

from sim.arrays import Floats
from sim.params.base import par


@dataclass(frozen=True)
class Demand:
    """Customers look around now and then and take what they value most among the few they see."""

    attention_month: Floats = par(0.0612, "customers who look around in a month, where as satisfied as others",
        unit="share/month", low=0.0, high=1.0, kind="calibrated",
        source="55% kept over a year, fact F15: .55 ± .01; python experiments/calibrate_demand.py")
    looks: Floats = par(3.0, "other firms a customer sees when looking around",
        unit="firms", low=1.0, high=10.0, kind="assumed", source="assumption: small consideration sets")
    price_sensitivity: Floats = par(3.08, "utility lost per log point of price",
        unit="utility", low=0.0, high=10.0, kind="calibrated",
        source="price elasticity in the twelfth month near −2.4, fact F16: −2.4 ± .1; "
        "python experiments/calibrate_demand.py")
    price_sensitivity_spread: Floats = par(0.3, "log standard deviation of price sensitivity over customers",
        unit="log points", low=0.0, high=1.0, kind="assumed", source="assumption")
    wait_weight: Floats = par(0.25, "utility lost per log point of (1 + wait over normal work time)",
        unit="utility", low=0.0, high=3.0, kind="assumed", source="assumption: doubling the wait is worth 6% of price")
    quality_weight: Floats = par(4.0, "utility lost per share of orders delivered faulty",
        unit="utility", low=0.0, high=30.0, kind="assumed",
        source="assumption: 1 point of faults is worth 1.3% of price")
    experience_memory_month: Floats = par(0.7, "weight of the past in what the market thinks of wait and quality",
        unit="share/month", low=0.0, high=0.99, kind="assumed", source="assumption: impressions are a few months old")
    awareness_small: Floats = par(0.5, "chance that a customer who comes across a small firm takes it into account",
        unit="probability", low=0.01, high=1.0, kind="assumed", source="assumption")
    awareness_large: Floats = par(0.9, "the same for a large firm",
        unit="probability", low=0.01, high=1.0, kind="assumed", source="assumption: known by name")
    outside_share: Floats = par(0.10, "customers that buy from none of the firms at month 0",
        unit="share", low=0.01, high=0.9, kind="assumed", source="assumption: supermarkets and home baking")
    appeal_memory_month: Floats = par(0.95, "persistence of a firm's own appeal shock",
        unit="share/month", low=0.0, high=0.999, kind="assumed", source="assumption: half-life about a year")
    appeal_shock: Floats = par(0.05, "standard deviation of the monthly appeal shock (Laplace)",
        unit="utility", low=0.0, high=0.5, kind="assumed",
        source="assumption; to be fitted to the spread of growth, fact F08")
    footfall_memory_month: Floats = par(0.6, "persistence of a firm's own footfall shock",
        unit="share/month", low=0.0, high=0.999, kind="assumed", source="assumption: works in the street, weather")
    footfall_shock: Floats = par(0.05, "standard deviation of the monthly footfall shock (Laplace)",
        unit="log points", low=0.0, high=0.5, kind="assumed",
        source="assumption; to be fitted to the spread of growth, fact F08")
    trend_year: Floats = par(0.0, "growth of what customers buy",
        unit="log points/year", low=-0.3, high=0.3, kind="assumed", source="assumption: a mature trade")
