"""The choices that a plan is held against: doing nothing, other ways to carry it out, and what else could be done.

How a choice is carried out is a modifier of the list of arms (`plan+phased`); this module only names them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sim.errors import InputError, Problem, nearest_name
from sim.params.sector import STAGE_LABELS, STAGES
from sim.scenario.arms_list import parse_arm
from sim.scenario.plan.file import EXPAND, FIX, AlternativeFile, PlanFile, RolloutFile
from sim.scenario.plan.quotes import item, listed, step_of
from sim.scenario.scenario import Scenario
from sim.scenario.scenario_file import MOST_PURCHASES
from sim.scenario.sentences import shown
from sim.scenario.toml_file import Document, refuse
from sim.strategies.arms import Arm, Purchase

NOTHING, PLAN, FIX_FIRST, WAIT, PROPOSAL = "none", "plan", "fix_first", "wait_6", "proposal"
OTHER_WAY = {"big_bang": ("plan_phased", ["phased"], "The plan, a pilot first"),
             "phased": ("plan_at_once", [], "The plan, all at once")}
RESERVED = {NOTHING, PLAN, FIX_FIRST, WAIT, PROPOSAL, "plan_phased", "plan_at_once"}
WAIT_MONTHS = 6
# What a plan says about how it is carried out -> the modifier of an arm.
MODIFIERS = {
    ("mode", "phased"): "phased", ("joined_up", True): "edges", ("training", True): "train",
    ("involvement", True): "involve",
    ("freed_hours", "redeploy"): "redeploy", ("freed_hours", "lay_off"): "layoff",
}
DO_NOTHING = Arm(NOTHING, "Do nothing", "Keep working as today and buy nothing.")
LOOK_AROUND = Arm(
    PROPOSAL, "What a look at the whole firm proposes",
    "Look at every step for two months before each decision, then buy what widens the step that holds the firm back.",
    score="aligned", assessment_months=2.0,
)


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


@dataclass(frozen=True)
class Way:
    """How the plan's purchases are carried out, and what people call them."""

    scenario: Scenario
    titles: Mapping[str, str]
    modifiers: Sequence[str]

    def arm(self, name: str, label: str, bought: Sequence[Purchase]) -> Arm:
        """The arm that buys these things in this way."""
        when = [f"{_title(purchase.item, self.titles)} in month {purchase.month + 1}" for purchase in bought]
        first = ", first in a small part" if "phased" in self.modifiers else ""
        arm = Arm(name, label, f"Buy: {', '.join(when)}{first}.", "planned", purchases=tuple(bought))
        carried_out = parse_arm("+".join([name, *self.modifiers]), replace(self.scenario, arms={name: arm}))
        return replace(carried_out, name=name, label=label)


def choices(document: Document, file: PlanFile, scenario: Scenario) -> tuple[Arm, ...]:
    """Every choice, doing nothing and the plan first; InputError for alternatives that cannot be."""
    way = Way(scenario, _titles(file, scenario), modifiers(file.rollout))
    bought = [Purchase(item(project), project.buy_in_month - 1) for project in file.project]
    arms = [DO_NOTHING, way.arm(PLAN, "The plan", bought), *_other_way(file, way, bought),
            *_mended_first(file, way, bought)]
    if max(purchase.month for purchase in bought) + WAIT_MONTHS < file.months:
        arms.append(way.arm(WAIT, "The plan, six months later", _later(bought, WAIT_MONTHS)))
    if len(file.project) > 1:
        arms += [way.arm(f"only_{project.name}", f"{project.title} alone", [purchase])
                 for project, purchase in zip(file.project, bought, strict=True)]
    return (*arms, LOOK_AROUND, *_alternatives(document, file, way, bought))


def _titles(file: PlanFile, scenario: Scenario) -> dict[str, str]:
    """What people call the items of the catalogue and of the plan."""
    return {**scenario.families, **{item(project): project.title for project in file.project}}


def _title(name: str, titles: Mapping[str, str]) -> str:
    """What people call an item."""
    if name in titles:
        return titles[name]
    what, _, stage = name.rpartition(":")
    return f"{'mend' if what == FIX else 'more equipment for'} {STAGE_LABELS[STAGES.index(stage)]}"


def _later(bought: Sequence[Purchase], months: int) -> list[Purchase]:
    return [replace(purchase, month=purchase.month + months) for purchase in bought]


def _other_way(file: PlanFile, way: Way, bought: Sequence[Purchase]) -> list[Arm]:
    """The plan with a pilot first, or, where it has one, without."""
    if not built("phased"):
        return []
    name, more, label = OTHER_WAY[file.rollout.mode]
    kept = [modifier for modifier in way.modifiers if modifier != "phased"]
    return [replace(way, modifiers=[*kept, *more]).arm(name, label, bought)]


def _mended_first(file: PlanFile, way: Way, bought: Sequence[Purchase]) -> list[Arm]:
    """The plan after the process of every step it touches was mended, one step after another."""
    chain, months = way.scenario.params.sector.chain, int(way.scenario.params.rework.fix_months) + 1
    planned = {purchase.item for purchase in bought}
    steps = dict.fromkeys(step_of(project) for project in file.project if chain[step_of(project)])
    mends = [name for name in (f"{FIX}:{STAGES[step]}" for step in steps) if name not in planned]
    mends = mends[: MOST_PURCHASES - len(bought)]
    if not mends:
        return []
    start = min(purchase.month for purchase in bought)
    first = [Purchase(name, start + months * place) for place, name in enumerate(mends)]
    then = _later(bought, months * len(mends))
    return [way.arm(FIX_FIRST, "Mend the process first, then the plan", [*first, *then])]


def _alternatives(document: Document, file: PlanFile, way: Way, bought: Sequence[Purchase]) -> list[Arm]:
    """The choices that the owner names."""
    problems: list[Problem] = []
    arms = []
    for place, alternative in enumerate(file.alternative):
        try:
            arms.append(_alternative(alternative, file, way, bought))
        except InputError as error:
            problems += [document.problem(("alternative", place), one.sentence) for one in error.problems]
        except ValueError as error:  # a name that is not known, with the nearest one
            problems.append(document.problem(("alternative", place, "purchases"), str(error)))
    refuse(problems)
    return arms


def _alternative(alternative: AlternativeFile, file: PlanFile, way: Way, bought: Sequence[Purchase]) -> Arm:
    """One choice that the owner names."""
    items = {project.name: item(project) for project in file.project}
    own = [Purchase(_known(one.item, items, way.scenario), one.month - 1) for one in alternative.purchases]
    changed = replace(way, modifiers=alternative.modifiers) if alternative.modifiers else way
    changed = replace(changed, titles=_priced(changed, {one.item for one in own} - set(items.values())))
    return changed.arm(alternative.name, alternative.label, own or bought)


def _priced(way: Way, names: Iterable[str]) -> dict[str, str]:
    """What people call the items, with the price once of those that no quote of the plan is about."""
    params, families = way.scenario.params, list(way.scenario.families)
    told = {name: f"{_title(name, way.titles)} ({listed(params, families, name)[0]:,.0f} USD once)" for name in names}
    return {**way.titles, **told}


def _known(name: str, items: Mapping[str, str], scenario: Scenario) -> str:
    """The item of a project's name, a tool on offer, "expand:<step>" or "fix:<step>"; otherwise an error."""
    what, _, stage = name.rpartition(":")
    if what in (EXPAND, FIX):
        return f"{what}:{_one_of(stage, STAGES, 'step')}"
    choice = list(dict.fromkeys([*items, *scenario.offered]))
    return items.get(name, _one_of(name, choice, "project of the plan and no tool on offer"))


def _one_of(name: str, choice: Sequence[str], what: str) -> str:
    """The name itself if it is there; otherwise an error that says it, with the nearest one or all."""
    if name not in choice:
        hint = nearest_name(name, choice) or f"; there are {', '.join(choice)}"
        raise ValueError(f"{shown(name)} is no {what}{hint}")
    return name
