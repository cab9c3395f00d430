"""Numbers of management (M28): the owner's quality and hours."""

from dataclasses import dataclass

from sim.arrays import Floats
from sim.params.base import par


@dataclass(frozen=True)
class Management:
    """The owner's hours are spent once; the owner's quality shows in process, hiring and figures."""

    owner_hours_month: Floats = par(190.0, "hours the owner has in a month",
        unit="hours/month", low=80.0, high=320.0, kind="assumed", source="assumption: 160 to 220 hours")
    hands_on_share: Floats = par(0.5, "owner's hours that go to work at a stage when nothing else claims them",
        unit="share", low=0.0, high=1.0, kind="assumed", source="assumption: the other half runs the firm")
    supervision_hours_month: Floats = par(15.0, "owner's hours for a project under way",
        unit="hours/month", low=0.0, high=100.0, kind="assumed", source="assumption: half a day a week")
    process_effect: Floats = par(0.06, "process quality at month 0 per standard deviation of owner quality",
        unit="index", low=0.0, high=0.3, kind="assumed", source="direction: Bloom and Van Reenen 2007; size assumed")
    upkeep_effect: Floats = par(0.5, "erosion of process quality avoided per standard deviation of owner quality",
        unit="log points", low=0.0, high=2.0, kind="assumed",
        source="direction: Bloom and Van Reenen 2007; size assumed")
    hiring_effect: Floats = par(0.2, "log odds-free speed of hiring per standard deviation of owner quality",
        unit="log points", low=0.0, high=1.0, kind="assumed",
        source="direction: Bloom and Van Reenen 2007; size assumed")
    accuracy_effect: Floats = par(0.2, "log reduction of the noise in the owner's figures per standard deviation",
        unit="log points", low=0.0, high=1.0, kind="assumed",
        source="direction: Bloom and Van Reenen 2007; size assumed")
