"""Everything there is to say about a plan, worked out once: page, files, workbook, terminal and JSON all read this."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from sim.analysis.comparison import ArmInfo, Assumption, Comparison
from sim.analysis.effects import Effects, effects
from sim.analysis.plan import case
from sim.analysis.plan.answer import WORTH, Answer, answer
from sim.analysis.plan.assumed import assumptions_sheet
from sim.analysis.plan.breaks import LOSES, MISSES, Corner, corner, corners_sheet
from sim.analysis.plan.cash import months_sheet, worst_sheet
from sim.analysis.plan.drivers import Drivers, drivers, drivers_sheet
from sim.analysis.plan.first import first_sheet
from sim.analysis.plan.money import Payback, gains_sheet, payback, payback_sheet, returns_sheet
from sim.analysis.plan.regret import Regret, better_choice, regret_sheet, regrets
from sim.analysis.plan.sheets import Sheet
from sim.analysis.plan.signposts import Signposts, signposts, signposts_sheet
from sim.analysis.plan.study import NOTHING, PLAN, PlanStudy
from sim.analysis.till import Till, till

MEASURED = (WORTH, *case.STAFF, *case.CUSTOMERS)
NUMBERS = frozenset({*MEASURED, "automation_cost_usd"})  # the only scalars that are read, with that of the goal


@dataclass(frozen=True)
class Findings:
    """What was found; `pair` is the plan beside doing nothing alone, `corners` are where it breaks by what that
    means, `better` is the choice that clearly beats it."""

    pair: Comparison
    effects: Effects
    answer: Answer
    payback: Payback
    till: Till
    till_without: Till
    regrets: tuple[Regret, ...]
    better: tuple[ArmInfo, float, float] | None
    drivers: Drivers
    corners: dict[str, Corner]
    signposts: Signposts
    sheets: dict[str, Sheet]


@lru_cache(maxsize=1)
def findings(study: PlanStudy) -> Findings:
    """Work it all out; asked again about the same study, the same object comes back."""
    comparison = study.comparison
    assumed = assumptions_sheet(study)
    stated = tuple(Assumption(*map(str, row)) for row in assumed.rows)
    pair = replace(comparison, arms=comparison.arms[:2], assumptions=stated)
    found, regret = effects(pair, MEASURED), regrets(study)
    decides, posts = drivers(study), signposts(study)
    corners = {LOSES: corner(study, study.gain_usd < 0), MISSES: corner(study, ~study.reached(PLAN))}
    sheets = (
        first_sheet(study), gains_sheet(study), regret_sheet(regret), worst_sheet(study), months_sheet(study),
        payback_sheet(study), returns_sheet(study), drivers_sheet(decides), corners_sheet(corners),
        signposts_sheet(posts), case.case_sheet(study, regret), case.risks_sheet(study),
        case.measures_sheet(found, case.STAFF, "People"), case.measures_sheet(found, case.CUSTOMERS, "Customers"),
        assumed,
    )  # fmt: skip
    return Findings(
        pair=pair, effects=found, answer=answer(study), payback=payback(study), till=till(comparison, PLAN),
        till_without=till(comparison, NOTHING), regrets=regret, better=better_choice(study), drivers=decides,
        corners=corners, signposts=posts,
        sheets={sheet.name: sheet for sheet in sheets},
    )  # fmt: skip
