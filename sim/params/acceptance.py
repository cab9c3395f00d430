"""Numbers of acceptance (M9): whether people use what was bought, and what they fear of it."""

from dataclasses import dataclass

from sim.arrays import Floats
from sim.params.base import par

SHAPE = "direction: Davis 1989, Venkatesh et al. 2003; size assumed"
LOOP = "loop: Repenning 2002; size assumed"


@dataclass(frozen=True)
class Acceptance:
    """Use is a share of the occasions on which a tool could be used; weights are log odds."""

    base: Floats = par(-2.2, "log odds of use by somebody who sees no reason for it",
        unit="log odds", low=-50.0, high=50.0, kind="assumed",
        source="assumption: an average shop gets through the first year, one that is set against it does not")
    usefulness_weight: Floats = par(3.5, "log odds of use for a tool that does all it is rated for",
        unit="log odds", low=0.0, high=20.0, kind="assumed", source=SHAPE)
    ease_weight: Floats = par(1.5, "log odds of use for somebody who knows the tool fully",
        unit="log odds", low=0.0, high=20.0, kind="assumed", source=SHAPE)
    peers_weight: Floats = par(2.5, "log odds of use where all colleagues use it",
        unit="log odds", low=0.0, high=20.0, kind="assumed", source=SHAPE)
    involvement_weight: Floats = par(0.5, "log odds of use by people who had a say in it",
        unit="log odds", low=0.0, high=10.0, kind="assumed", source="assumption")
    culture_weight: Floats = par(0.4, "log odds of use per standard deviation of the firm's openness to change",
        unit="log odds", low=0.0, high=10.0, kind="assumed", source="assumption")
    threat_weight: Floats = par(3.0, "log odds of use lost by somebody whose whole work is threatened",
        unit="log odds", low=0.0, high=20.0, kind="assumed", source="assumption")
    threshold: Floats = par(0.2, "wanted use below which people go back to the old way altogether",
        unit="share", low=0.0, high=1.0, kind="assumed", source=LOOP)
    habit_month: Floats = par(0.3, "part of the gap between use and wanted use that a month closes",
        unit="share/month", low=0.0, high=1.0, kind="assumed", source="assumption: habits take a season to change")
    noticing_month: Floats = par(0.1, "weight of this month's results in what a tool is thought to be worth",
        unit="share/month", low=0.0, high=1.0, kind="assumed", source=LOOP)
    promise: Floats = par(0.6, "what a tool is thought to be worth before anybody has used it",
        unit="share of rating", low=0.0, high=1.0, kind="assumed", source="assumption: people discount the vendor")
    first_use: Floats = par(0.5, "use in the month in which a tool goes live",
        unit="share", low=0.0, high=1.0, kind="assumed", source="assumption: half of the occasions, to try it")
    threat_size: Floats = par(1.0, "threat felt per part of one's work that an announced tool could take over",
        unit="index", low=0.0, high=5.0, kind="assumed", source="assumption: unit of the index")
    threat_half_life_months: Floats = par(6.0, "months after go-live in which half of the threat is forgotten",
        unit="months", low=0.5, high=60.0, kind="assumed", source="assumption")
    involvement_calms: Floats = par(0.5, "part of the threat that full involvement takes away",
        unit="share", low=0.0, high=1.0, kind="assumed", source="assumption")
    involvement_hours_month: Floats = par(10.0, "owner's hours that full involvement takes for a project under way",
        unit="hours/month", low=0.0, high=100.0, kind="assumed", source="assumption: a meeting a week, prepared")
    involvement_months: Floats = par(1.0, "months by which full involvement delays go-live",
        unit="months", low=0.0, high=12.0, kind="assumed", source="assumption: talking takes time")
