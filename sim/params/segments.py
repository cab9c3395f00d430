"""Numbers of customers' segments: usual customers, and a second kind that a scenario may add."""

from dataclasses import dataclass

from sim.arrays import Floats
from sim.params.base import par


@dataclass(frozen=True)
class Segments:
    """A second kind of customer, such as catering: fewer, larger, keener on reliability. None by default."""

    second_share: Floats = par(0.0, "customers of the second kind",
        unit="share of customers", low=0.0, high=1.0, kind="assumed", source="assumption of a scenario")
    second_order_size: Floats = par(5.0, "orders of such a customer over a usual one's",
        unit="ratio", low=0.1, high=100.0, kind="assumed", source="assumption: an office or a canteen, not a household")
    second_care: Floats = par(3.0, "weight of waits and faults for such a customer over a usual one's",
        unit="ratio", low=0.0, high=20.0, kind="assumed", source="assumption: it answers for others' lunch")
    second_price_weight: Floats = par(0.7, "price sensitivity of such a customer over a usual one's",
        unit="ratio", low=0.0, high=5.0, kind="assumed", source="assumption: somebody else pays")
