"""What checks run on: how many worlds, which luck, and comparisons that several checks share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sim import luck, numerics
from sim.execute import Progress, silent
from sim.params import Params
from sim.run import Assignment, Job
from sim.scenario.arms_list import parse_arms
from sim.scenario.scenario import Scenario
from sim.scenario.trades import market
from sim.strategies.arms import Arm
from sim.validation.economy import Economy, lived
from sim.verbs.compare import Answer, CompareRequest, study

WORLDS, QUICK_WORLDS = 120, 24
ECONOMY_WORLDS, QUICK_ECONOMY_WORLDS = 64, 12
MONTHS = 60
NOTHING_HAPPENS = frozenset({
    "environment.turn_the_calendar", "environment.surprise_firms", "environment.move_the_talk",
    "staffing.let_people_quit", "staffing.fill_posts", "prices.adapt_markups", "entry.open_new_firms",
    "finance.close_firms",
})


def baseline(sector_name: str) -> Params:
    """A neighbourhood of the sector in which no tool is on offer."""
    return market(sector_name, [])


@dataclass
class Bench:
    """Seed, effort and progress, and the runs made so far."""

    seed: int = 1
    quick: bool = False
    workers: int | None = None
    progress: Progress = silent
    studies: dict[tuple[str, str, Assignment, int, bool], Answer] = field(default_factory=dict)
    economies: dict[str, Economy] = field(default_factory=dict)

    @property
    def worlds(self) -> int:
        """Paired worlds of a comparison."""
        return QUICK_WORLDS if self.quick else WORLDS

    @property
    def effort(self) -> str:
        """How many worlds stand behind a finding, said aloud where they are few."""
        return self.effort_of(WORLDS)

    def effort_of(self, in_full: int) -> str:
        """The same for a finding that rests on so many worlds unless it must be quick."""
        return f"{self.worlds} paired worlds only, for --quick; {in_full} in full" if self.quick else (
            f"{in_full} paired worlds")

    def world_seed(self, replicate: int) -> int:
        """Seed of the n-th world."""
        return int(numerics.key(luck.world_key(self.seed), replicate)) >> 1

    def study(
        self, scenario: Scenario, arms: str, assignment: Assignment = "focal", in_full: int = WORLDS,
        flip: bool = True,
    ) -> Answer:
        """The scenario, and its falsifier if it has one unless that is not asked for; computed once."""
        worlds = min(self.worlds, in_full) if self.quick else in_full
        flip = flip and scenario.falsifier is not None and assignment == "focal"
        key = (scenario.name, arms, assignment, worlds, flip)
        if key not in self.studies:
            self.studies[key] = study(CompareRequest(
                scenario.name, arms, worlds, seed=self.seed, assignment=assignment, flip=flip, store=":memory:",
                workers=self.workers,
            ), self.progress)
        return self.studies[key]

    def economy(self, sector_name: str) -> Economy:
        """Five years of the sector in which nobody automates; computed once."""
        if sector_name not in self.economies:
            worlds = QUICK_ECONOMY_WORLDS if self.quick else ECONOMY_WORLDS
            seeds = [self.world_seed(replicate) for replicate in range(worlds)]
            self.economies[sector_name] = lived(baseline(sector_name), seeds, MONTHS)
        return self.economies[sector_name]

    def jobs(self, scenario: Scenario, arms: str, worlds: int, months: int) -> list[Job]:
        """Jobs of a few arms in the same worlds, arm by arm."""
        return [
            self.job(scenario, arm, replicate, months)
            for arm in parse_arms(arms, scenario) for replicate in range(worlds)
        ]

    def job(self, scenario: Scenario, arm: Arm, replicate: int, months: int) -> Job:
        """One run of the firm in focus."""
        others = parse_arms(scenario.background, scenario)[0]
        return Job(scenario.params, scenario.families, arm, others, "focal", self.seed, replicate, months,
                   goal=scenario.goal)


def names_of(arms: Sequence[str]) -> str:
    """Arms as one address, each once."""
    return ",".join(dict.fromkeys(arms))
