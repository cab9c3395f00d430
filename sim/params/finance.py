"""Numbers of finance, exit and entry (M17)."""

from dataclasses import dataclass

from sim.arrays import Floats
from sim.params.base import par


@dataclass(frozen=True)
class Finance:
    """Cash buffers, payouts, credit, and when a firm closes or opens."""

    buffer_spread: Floats = par(1.15, "log standard deviation of cash buffer days over firms",
        unit="log points", low=0.0, high=2.0, kind="measured",
        source="quartiles 13 and 62 days, JPMorgan Chase Institute 2016, fact F13")
    payout_share: Floats = par(0.9, "cash above the buffer that the owner takes out each month",
        unit="share/month", low=0.0, high=1.0, kind="assumed",
        source="assumption, held by hand to median cash, fact F13: at .5 it lay above; smbsim validate --only facts")
    overdraft_days: Floats = par(15.0, "days of outflow a bank lets a firm run below zero",
        unit="days", low=0.0, high=120.0, kind="assumed", source="assumption")
    interest_month: Floats = par(0.008, "interest on overdraft and loans",
        unit="share/month", low=0.0, high=0.05, kind="assumed", source="assumption: about 10% a year")
    loan_share: Floats = par(0.7, "part of a project's price that a bank lends once it lends",
        unit="share", low=0.0, high=1.0, kind="assumed", source="assumption")
    loan_months: Floats = par(36.0, "months of equal repayment",
        unit="months", low=6.0, high=120.0, kind="assumed", source="assumption")
    loan_chance_micro: Floats = par(0.25, "chance of a loan, revenue under 0.1 million dollars a year",
        unit="probability", low=0.0, high=1.0, kind="measured",
        source="small business credit surveys by revenue band, recalled")
    loan_chance_small: Floats = par(0.36, "chance of a loan, revenue of 0.1 to 1 million",
        unit="probability", low=0.0, high=1.0, kind="measured",
        source="small business credit surveys by revenue band, recalled")
    loan_chance_medium: Floats = par(0.60, "chance of a loan, revenue of 1 to 10 million",
        unit="probability", low=0.0, high=1.0, kind="measured",
        source="small business credit surveys by revenue band, recalled")
    loan_chance_large: Floats = par(0.70, "chance of a loan, revenue above 10 million",
        unit="probability", low=0.0, high=1.0, kind="measured",
        source="small business credit surveys by revenue band, recalled")
    profit_memory_month: Floats = par(0.9, "weight of the past in the profit an owner goes by",
        unit="share/month", low=0.0, high=0.99, kind="assumed", source="assumption: about a year")
    outside_option: Floats = par(-0.045, "profit over revenue below which an owner would rather do something else",
        unit="share of revenue", low=-1.0, high=1.0, kind="calibrated",
        source="closures a year of bakeries near 8.5%, fact F04; python experiments/calibrate_entry.py")
    patience_months: Floats = par(6.0, "months below the outside option until the owner closes",
        unit="months", low=1.0, high=60.0, kind="assumed", source="assumption")
    entry_year: Floats = par(0.08, "entrants per year over small firms at month 0",
        unit="share/year", low=0.0, high=1.0, kind="measured",
        source="Census Business Dynamics Statistics, fact F04, recalled")
    entry_deterrence: Floats = par(0.0, "log drop in entrants where tools do all the work of the small firms there are",
        unit="log points", low=0.0, high=10.0, kind="assumed",
        source="assumption: off; what incumbents have invested deters entrants, decision 0154")
    entrant_size: Floats = par(0.6, "size of an entrant over the mean small firm",
        unit="ratio", low=0.1, high=2.0, kind="assumed", source="assumption: entrants start small")
    entrant_cash_days: Floats = par(105.0, "median days of normal outflow an entrant brings in cash",
        unit="days", low=0.0, high=1000.0, kind="calibrated",
        source="closures by age, fact F01; python experiments/calibrate_entry.py")
    entrant_cash_spread: Floats = par(1.0, "log standard deviation of that cash over entrants",
        unit="log points", low=0.0, high=2.0, kind="assumed",
        source="assumption: nearly as uneven as the cash of firms, fact F13")
    entrant_idea_spread: Floats = par(0.45, "standard deviation over entrants of their lasting appeal",
        unit="utility", low=0.0, high=2.0, kind="calibrated",
        source="closures by age, fact F01; python experiments/calibrate_entry.py")
    entrant_start_share: Floats = par(0.6, "part of normal orders an entrant plans its first posts for",
        unit="share", low=0.0, high=1.0, kind="assumed", source="assumption: staff comes as customers come")
    entrant_novelty: Floats = par(2.9, "passing appeal of a newly opened firm",
        unit="utility", low=0.0, high=6.0, kind="calibrated",
        source="people try a new place; closures by age, fact F01; python experiments/calibrate_entry.py")
    startup_months: Floats = par(30.0, "months an owner gives a new firm before asking whether it pays",
        unit="months", low=0.0, high=120.0, kind="assumed",
        source="assumption; checked against closures by age, fact F01")
    startup_overhead: Floats = par(1.0, "overhead that a firm pays in those months, over the usual",
        unit="share", low=0.0, high=2.0, kind="assumed",
        source="assumption: the usual; trades that can be begun at home have less of it")
    entrant_quality: Floats = par(-0.10, "process quality of an entrant against the mean",
        unit="index", low=-0.5, high=0.5, kind="assumed", source="assumption: entrants are still learning")
