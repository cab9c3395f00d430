"""The choices that a plan is held against: doing nothing, other ways to carry it out, and what else could be done.

How a choice is carried out is a modifier of the list of arms (`plan+phased`); this module only names them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sim.errors import InputError, Problem
from sim.params.sector import STAGE_LABELS, STAGES
from sim.scenario.arms_list import parse_arm
from sim.scenario.fields import known_name
from sim.scenario.plan.file import FIX, AlternativeFile, PlanFile, ProjectFile, RolloutFile
from sim.scenario.plan.quotes import item, step_of
from sim.scenario.scenario import Scenario
from sim.scenario.scenario_file import MOST_PURCHASES
from sim.scenario.toml_file import Document, refuse
from sim.strategies.arms import Arm, Purchase

NOTHING, PLAN, FIX_FIRST, WAIT, PROPOSAL = "none", "plan", "fix_first", "wait_6", "proposal"
OTHER_WAY = {"big_bang": ("plan_phased", "phased", "The plan, a pilot first"),
             "phased": ("plan_at_once", "", "The plan, all at once")}
RESERVED = {NOTHING, PLAN, FIX_FIRST, WAIT, PROPOSAL, "plan_phased", "plan_at_once"}
WAIT_MONTHS = 6
ALIGNED_SCORE, ALIGNED_MONTHS = "aligned", 2.0
# What a plan says about how it is carried out -> the modifier of an arm.
MODIFIERS = {
    ("mode", "phased"): "phased", ("training", True): "train", ("involvement", True): "involve",
    ("freed_hours", "redeploy"): "redeploy", ("freed_hours", "lay_off"): "layoff",
}


def modifiers(rollout: RolloutFile) -> list[str]:
    """The modifiers that a rollout comes to."""
    said = rollout.model_dump()
    return [modifier for (key, value), modifier in MODIFIERS.items() if said[key] == value]


def built(modifier: str) -> bool:
    """Whether arms can be changed in this way."""
    try:
        parse_arm(f"none+{modifier}")
    except InputError:
        return False
    return True


def choices(document: Document, file: PlanFile, scenario: Scenario) -> tuple[Arm, ...]:
    """Every choice, doing nothing and the plan first; InputError for alternatives that cannot be."""
    ways = modifiers(file.rollout)
    bought = [Purchase(item(project), project.buy_in_month - 1) for project in file.project]
    plan = _carried_out(PLAN, "The plan", bought, ways, scenario)
    arms = [Arm(NOTHING, "Do nothing", "Keep working as today and buy nothing."), plan]
    name, way, label = OTHER_WAY[file.rollout.mode]
    if built("phased"):
        others = [other for other in ways if other != "phased"]
        arms.append(_carried_out(name, label, bought, [*others, *([way] if way else [])], scenario))
    arms += _mended_first(file, bought, ways, scenario)
    if max(purchase.month for purchase in bought) + WAIT_MONTHS < file.months:
        later = [replace(purchase, month=purchase.month + WAIT_MONTHS) for purchase in bought]
        arms.append(_carried_out(WAIT, "The plan, six months later", later, ways, scenario))
    if len(file.project) > 1:
        arms += [
            _carried_out(f"only_{project.name}", f"{project.title} alone", [purchase], ways, scenario)
            for project, purchase in zip(file.project, bought, strict=True)
        ]
    arms.append(Arm(
        PROPOSAL, "What a look at the whole firm proposes", "Looks at every step for two months before each decision, "
        "then buys whatever widens the step that holds the firm back.", ALIGNED_SCORE, ALIGNED_MONTHS,
    ))
    return (*arms, *_alternatives(document, file, bought, scenario))


def _carried_out(name: str, label: str, bought: Sequence[Purchase], ways: Sequence[str], scenario: Scenario) -> Arm:
    """An arm that buys these things in this way."""
    when = [f"{_title(purchase.item, scenario)} in month {purchase.month + 1}" for purchase in bought]
    arm = Arm(name, label, f"Buys {', '.join(when)}.", "planned", purchases=tuple(bought))
    known = replace(scenario, arms={name: arm})
    return replace(parse_arm("+".join([name, *ways]), known), name=name, label=label)


def _title(item_name: str, scenario: Scenario) -> str:
    """What people call an item."""
    what, _, stage = item_name.rpartition(":")
    if not what:
        return scenario.families[item_name]
    verb = "a mended process at" if what == FIX else "more equipment for"
    return f"{verb} {STAGE_LABELS[STAGES.index(stage)]}"


def _mended_first(file: PlanFile, bought: Sequence[Purchase], ways: Sequence[str], scenario: Scenario) -> list[Arm]:
    """The plan after the process of every step it touches was mended, one step after another."""
    chain, months = scenario.params.sector.chain, int(scenario.params.rework.fix_months) + 1
    planned = {purchase.item for purchase in bought}
    steps = dict.fromkeys(step_of(project) for project in file.project if chain[step_of(project)])
    mends = [name for name in (f"{FIX}:{STAGES[step]}" for step in steps) if name not in planned]
    mends = mends[: MOST_PURCHASES - len(bought)]
    if not mends:
        return []
    start = min(purchase.month for purchase in bought)
    first = [Purchase(name, start + months * place) for place, name in enumerate(mends)]
    then = [replace(purchase, month=purchase.month + months * len(mends)) for purchase in bought]
    return [_carried_out(FIX_FIRST, "Mend the process first, then the plan", [*first, *then], ways, scenario)]


def _alternatives(
    document: Document, file: PlanFile, bought: Sequence[Purchase], scenario: Scenario
) -> Iterator[Arm]:
    """The choices that the owner names."""
    problems: list[Problem] = []
    arms = []
    for place, alternative in enumerate(file.alternative):
        try:
            arms.append(_alternative(alternative, file.project, bought, scenario))
        except InputError as error:
            problems += [document.problem(("alternative", place), one.sentence) for one in error.problems]
        except ValueError as error:
            problems.append(document.problem(("alternative", place), str(error)))
    refuse(problems)
    return iter(arms)


def _alternative(
    alternative: AlternativeFile, projects: Sequence[ProjectFile], bought: Sequence[Purchase], scenario: Scenario
) -> Arm:
    """One choice that the owner names."""
    items = {project.name: item(project) for project in projects}
    own = [Purchase(_known(one.item, items, scenario), one.month - 1) for one in alternative.purchases]
    return _carried_out(alternative.name, alternative.label, own or bought, alternative.modifiers, scenario)


def _known(name: str, items: dict[str, str], scenario: Scenario) -> str:
    """The item of a project's name, a tool on offer, "expand:<step>" or "fix:<step>"; otherwise an error."""
    what, _, stage = name.rpartition(":")
    if what in ("expand", "fix"):
        known_name(stage, STAGES, "step")
        return name
    known_name(name, [*items, *scenario.offered], "project or tool on offer")
    return items.get(name, name)
