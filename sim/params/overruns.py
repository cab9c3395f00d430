"""Numbers of overruns of cost and time (M6)."""

from dataclasses import dataclass

from sim.arrays import Floats
from sim.params.base import par


@dataclass(frozen=True)
class Overruns:
    """Final cost over the quote: a body around it and a fat tail, more or less likely by kind of project."""

    body_log_mean: Floats = par(0.05, "log of the median final cost over the quote",
        unit="log points", low=-0.5, high=0.5, kind="assumed", source="assumption A-body of M6")
    body_log_spread: Floats = par(0.25, "log standard deviation of final cost over the quote, without the tail",
        unit="log points", low=0.01, high=1.0, kind="assumed", source="assumption A-body of M6")
    tail_start: Floats = par(1.5, "final cost over the quote at which the body ends and the tail begins",
        unit="ratio", low=1.01, high=5.0, kind="measured", source="fact F27: overruns by more than half")
    tail_exponent: Floats = par(1.378, "Pareto exponent of the tail; lower is fatter",
        unit="exponent", low=1.05, high=10.0, kind="measured",
        source="fact F27: those over by more than half are over by 447% on average")
    most: Floats = par(20.0, "largest final cost over the quote",
        unit="ratio", low=2.0, high=1000.0, kind="assumed", source="assumption: nobody sends a bill beyond it")
    tail_subscription: Floats = par(0.03, "chance of the tail for packaged software that is rented",
        unit="probability", low=0.0, high=1.0, kind="assumed",
        source="assumption: gives the mean overrun that the catalogue assumes for such tools")
    tail_equipment: Floats = par(0.10, "chance of the tail for machines and for plain expansions",
        unit="probability", low=0.0, high=1.0, kind="assumed",
        source="assumption: gives the mean overrun that the catalogue assumes for such tools")
    tail_integration: Floats = par(0.18, "chance of the tail for work that joins systems or data",
        unit="probability", low=0.0, high=1.0, kind="measured",
        source="fact F27: IT projects at large; that small firms' are like them is an assumption")
    delay_per_overrun: Floats = par(1.0, "months late over months planned, per share of cost over the quote",
        unit="ratio", low=0.0, high=5.0, kind="assumed", source="assumption: people cost by the month")
    reconsider_above: Floats = par(0.5, "extra bill over the quote above which the owner asks whether to go on",
        unit="share of price", low=0.0, high=10.0, kind="assumed",
        source="assumption: where the tail begins; smaller bills are paid as part of the game")
