"""Numbers of reputation and awareness (M13)."""

from dataclasses import dataclass

from sim.arrays import Floats
from sim.params.base import par


@dataclass(frozen=True)
class Reputation:
    """Two stocks that are fed and fade (Nerlove and Arrow 1962): what people say of a firm, and who has heard of it."""

    stars_satisfaction: Floats = par(2.0, "stars above the usual rating per unit of satisfaction above the market's",
        unit="stars/utility", low=0.0, high=10.0, kind="assumed",
        source="assumption: ratings of firms then differ by a third of a star")
    fading_month: Floats = par(0.10, "part of a reputation that is replaced by this month's ratings",
        unit="share/month", low=0.0, high=1.0, kind="assumed", source="assumption: ratings of the last year count")
    most_stars: Floats = par(2.0, "most that a rating departs from the usual one",
        unit="stars", low=0.0, high=4.0, kind="assumed", source="assumption: five stars, three of them usual")
    star_weight: Floats = par(0.28, "utility of a star of a small firm",
        unit="utility/star", low=0.0, high=1.0, kind="calibrated",
        source="one star is 5 to 9% of revenue (Luca 2016, fact F36); tests/validation/test_stars_and_advertising.py")
    star_weight_large: Floats = par(0.0, "utility of a star of a large firm",
        unit="utility/star", low=0.0, high=1.0, kind="measured", source="no effect on chains (Luca 2016, fact F36)")
    forgetting_month: Floats = par(0.15, "part of awareness that fades and that advertising puts back",
        unit="share/month", low=0.0, high=1.0, kind="assumed", source="assumption: half-life of four months")
    advertising_effect: Floats = par(1.3, "elasticity of the awareness that is kept up with respect to advertising",
        unit="ratio", low=0.0, high=2.0, kind="calibrated",
        source="sales elasticity .12 in the first year (Sethuraman, Tellis and Briesch 2011); "
        "tests/validation/test_stars_and_advertising.py")
    advertising_share: Floats = par(0.02, "advertising that keeps a firm as known as it is, part of its overhead",
        unit="share of normal revenue", low=0.0, high=0.3, kind="assumed", source="assumption: usual in small retail")
    entrant_awareness: Floats = par(0.5, "awareness of a firm on its first day over that of a firm of its kind",
        unit="share", low=0.0, high=1.0, kind="assumed", source="assumption: neighbours saw the shop being fitted out")
