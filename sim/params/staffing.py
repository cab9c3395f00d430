"""Numbers of staffing: quits, vacancies, hires (M10 without morale)."""

from dataclasses import dataclass

from sim.arrays import Floats
from sim.params.base import par


@dataclass(frozen=True)
class Staffing:
    """Who leaves, how long a post stays empty, what hiring costs."""

    overload_quits: Floats = par(2.0, "log hazard of quitting per unit of overload",
        unit="log points", low=0.0, high=20.0, kind="assumed",
        source="assumption: 10% overload raises quits by a fifth, by a third once morale follows")
    fill_month: Floats = par(0.7, "chance that an open post is filled in a month by an average owner",
        unit="probability/month", low=0.0, high=1.0, kind="assumed", source="assumption: six weeks to fill a post")
    hire_cost_years: Floats = par(0.05, "cash cost of a hire over an annual wage",
        unit="years of wage", low=0.0, high=0.5, kind="assumed", source="assumption; with the ramp about 0.2 in all")
    ramp_months: Floats = par(4.0, "months until a new hire works at full speed, starting from half",
        unit="months", low=0.0, high=24.0, kind="assumed", source="assumption")
    load_memory_month: Floats = par(0.7, "weight of the past in the load that posts are planned for",
        unit="share/month", low=0.0, high=0.99, kind="assumed", source="assumption: a season is not a reason to hire")
    jobseekers_share: Floats = par(0.3, "people looking for work in the trade over those employed at month 0",
        unit="share", low=0.0, high=2.0, kind="assumed", source="assumption: includes those who would change trade")
