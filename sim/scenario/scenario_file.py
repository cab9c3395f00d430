"""The shape of a scenario file: a title, a why, and only what differs from the baseline."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from sim.params.goal import GOAL_METRICS
from sim.params.sector import STAGES
from sim.scenario.changes import Focal, Parameters, Setup, ToolChange, given
from sim.scenario.events import LISTED, MOST_EVENTS, ScenarioEvent
from sim.scenario.fields import Family, SectorName, Strict, known_name, quantity, words
from sim.scenario.presets import tools
from sim.strategies.arms import OBJECTIVES, SCORES

MOST_PURCHASES = 6
LONGEST_MONTHS = 600

ArmName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
Month = Annotated[int, Field(ge=0, le=LONGEST_MONTHS)]
GoalMetric = Annotated[str, AfterValidator(lambda name: known_name(name, GOAL_METRICS, "metric for a goal"))]
Score = Annotated[str, AfterValidator(lambda name: known_name(name, SCORES, "score"))]


def known_item(item: str) -> str:
    """The item itself if it is a tool family, "expand:<stage>" or "fix:<stage>"; otherwise an error."""
    what, _, stage = item.rpartition(":")
    if what in ("expand", "fix"):
        known_name(stage, STAGES, "stage")
    else:
        known_name(item, tools(), "tool")
    return item


Item = Annotated[str, AfterValidator(known_item)]


class PurchaseFile(Strict):
    """An item of a plan."""

    item: Item = Field(description='a tool, "expand:<stage>" or "fix:<stage>"')
    month: int = quantity("month in which it is bought", unit="months", low=0, high=LONGEST_MONTHS)


class ObjectivesFile(Strict):
    """What the owner wants, and how much of each; weights count relative to one another."""

    cost: float = quantity("fewer hours for the same work", unit="index", low=0, high=1, default=0.0)
    growth: float = quantity("more orders", unit="index", low=0, high=1, default=0.0)
    quality: float = quantity("fewer faulty orders", unit="index", low=0, high=1, default=0.0)
    retention: float = quantity("customers that stay", unit="index", low=0, high=1, default=0.0)
    new_segment: float = quantity("more customers of the second kind", unit="index", low=0, high=1, default=0.0)


class UntilFile(Strict):
    """When an objective is reached, as a change on the first year; 0: never."""

    cost: float = quantity("hours for an order", unit="share", low=-1, high=0, default=0.0)
    growth: float = quantity("orders", unit="share", low=0, high=10, default=0.0)
    quality: float = quantity("share of faulty orders", unit="share", low=-1, high=0, default=0.0)
    retention: float = quantity("share of customers that stay", unit="share", low=0, high=1, default=0.0)
    new_segment: float = quantity("orders of the second kind", unit="share", low=0, high=10, default=0.0)


class StrategyFile(Strict):
    """A strategy: words for people, and its factors."""

    kind: Literal["strategy"] = "strategy"
    label: str = words("what people call the strategy", longest=80)
    line: str = words("one line that says what its owner does")
    score: Score = Field(description="how projects are chosen")
    assessment_months: float = quantity(
        "assessment before each decision", unit="months", low=0, high=24, default=0.0)
    fix_first: float = quantity(
        "1: a poor process is mended before it is automated", unit="0 or 1", low=0, high=1, default=0.0)
    integrate: float = quantity(
        "1: a new tool is joined to the stages it exchanges data with", unit="0 or 1", low=0, high=1, default=0.0)
    phased: float = quantity(
        "1: a tool is tried in part of the firm first", unit="0 or 1", low=0, high=1, default=0.0)
    later_months: int = quantity(
        "months by which every decision is put off", unit="months", low=0, high=LONGEST_MONTHS, default=0)
    training: float = quantity("training that users of a tool are given", unit="index", low=0, high=1, default=0.0)
    involvement: float = quantity("say that people have in what is bought", unit="index", low=0, high=1, default=0.0)
    layoff: float = quantity(
        "surplus posts that are cut at once after automating", unit="share", low=0, high=1, default=0.0)
    redeploy: float = quantity(
        "how far people that tools free are retrained", unit="index", low=0, high=1, default=0.0)
    objectives: ObjectivesFile = Field(
        ObjectivesFile(), description="what the owner wants, for the score aligned; nothing: the owner's money")
    until_reached: UntilFile = Field(
        UntilFile(), description="change on the first year at which an objective gives its weight to the others")
    vague: float = quantity(
        "how vague the objectives are; 1: drawn anew at each decision", unit="share", low=0, high=1, default=0.0)
    measurement: float = quantity(
        "how closely work is measured every month", unit="index", low=0, high=1, default=0.0)
    upkeep: float = quantity(
        "effort to keep processes up and better them", unit="index", low=0, high=1, default=0.0)
    modular: float = quantity(
        "how far new tools stand behind open interfaces", unit="index", low=0, high=1, default=0.0)
    dynamic: float = quantity(
        "1: what was bought is looked over again, and replaced or stopped", unit="0 or 1", low=0, high=1, default=0.0)
    security: float = quantity("effort to keep attackers out", unit="index", low=0, high=1, default=0.0)
    oversight: float = quantity(
        "automated decisions that a person looks at", unit="share", low=0, high=1, default=0.0)
    consent: float = quantity(
        "how far customers are told and asked about their data", unit="index", low=0, high=1, default=0.0)
    explore: float = quantity("part of the project fund for new offers", unit="share", low=0, high=1, default=0.0)
    partners: float = quantity(
        "how far outside skill is hired to plan and put in tools", unit="index", low=0, high=1, default=0.0)
    most_projects: int = quantity(
        "projects after which the owner stops looking; 0: as many as seem to pay", unit="projects", low=0, high=99,
        default=0)
    placebo: float = quantity(
        "1: what is bought does nothing and costs nothing, to see what luck alone does", unit="0 or 1", low=0, high=1,
        default=0.0)
    purchases: list[PurchaseFile] = Field(
        [], max_length=MOST_PURCHASES, description="the plan, for the score planned",
        json_schema_extra={"allowed": f"a list of at most {MOST_PURCHASES} purchases"})

    @property
    def weights(self) -> tuple[float, ...]:
        """Weight of each objective."""
        return tuple(float(getattr(self.objectives, name)) for name in OBJECTIVES)

    @property
    def targets(self) -> tuple[float, ...]:
        """Change at which each objective is reached."""
        return tuple(float(getattr(self.until_reached, name)) for name in OBJECTIVES)

    @model_validator(mode="after")
    def _targets_of_objectives(self) -> StrategyFile:
        idle = [name for name, weight, target in zip(OBJECTIVES, self.weights, self.targets, strict=True)
                if target and not weight]
        if idle:
            raise ValueError(f"until_reached names {', '.join(idle)}, which objectives give no weight")
        return self

    @model_validator(mode="after")
    def _plan_where_planned(self) -> StrategyFile:
        if bool(self.purchases) != (self.score == "planned"):
            raise ValueError("purchases are for the score planned, and that score needs them")
        return self


class ClaimFile(Strict):
    """A statement about two arms in the same worlds that a run can prove wrong."""

    statement: str = words("the claim in words")
    metric: str = words("what is measured")
    a: str = words("the arm the claim is about")
    b: str = words("the arm it is compared with")
    expect: Literal["more", "less", "same"] = Field(description="a against b")
    smallest: float = quantity("smallest difference that counts", unit="the metric's", low=0, high=1e9)
    relative: bool = Field(False, description="whether `smallest` is a share of b's mean")
    months: list[Month] | None = Field(
        None, min_length=2, max_length=2,
        description="first month and the month after the last, over which a monthly metric is averaged",
        json_schema_extra={"allowed": "two months: the first, and the one after the last"})

    @model_validator(mode="after")
    def _months_in_order(self) -> ClaimFile:
        if self.months is not None and self.months[0] >= self.months[1]:
            raise ValueError("months: the first must come before the second")
        return self


class GoalFile(Strict):
    """What the owner of the firm in focus can be held to."""

    metric: GoalMetric = Field(description="a monthly metric, see docs/metrics.md")
    change: float = quantity(
        "change from the first year to the year before the deadline", unit="share", low=-0.99, high=10)
    deadline_month: int = quantity("month it is due", unit="months", low=24, high=LONGEST_MONTHS)


class Changes(Strict):
    """What differs from the baseline."""

    parameters: Parameters = Field(Parameters(), description="numbers of the mechanisms")
    setup: Setup = Field(Setup(), description="the size of the world")
    focal: Focal = Field(Focal(), description="the firm in focus")
    tools: dict[Family, ToolChange] = Field({}, description="numbers of tools on offer")
    signature: list[ClaimFile] = Field([], description="claims about the scenario")
    event: list[ScenarioEvent] = Field([], max_length=MOST_EVENTS, description="what comes over the whole market",
                                   json_schema_extra=LISTED)

    def parameter_changes(self) -> dict[str, dict[str, float]]:
        """Changed parameters by group."""
        return {**given(self.parameters), "setup": given(self.setup), "focal": given(self.focal)}

    def tool_changes(self) -> dict[str, dict[str, float]]:
        """Changed numbers by tool family."""
        return {family: given(change) for family, change in self.tools.items()}


class FalsifierFile(Changes):
    """The same scenario with the one condition reversed on which the signature hangs."""

    why: str = words("what is reversed, and why the signature must go")


class ScenarioFile(Changes):
    """A scenario."""

    kind: Literal["scenario"] = "scenario"
    title: str = words("what the scenario is called", longest=120)
    why: str = words("what it is meant to show", longest=2000)
    sector: SectorName = Field(description="a preset in scenarios/sectors/")
    months: int = quantity("length of a run", unit="months", low=1, high=LONGEST_MONTHS, default=60)
    catalogue: list[Family] = Field(description="tools on offer, by their names in scenarios/tools.toml")
    background: str = words("strategy of the other small firms when one is in focus", "none")
    goal: GoalFile | None = Field(None, description="what the owner can be held to: metric, change, deadline")
    arms: dict[ArmName, StrategyFile] = Field({}, description="strategies that only this scenario has")
    falsifier: FalsifierFile | None = Field(None, description="where the signature must fail")
