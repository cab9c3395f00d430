"""A design, resolved: every point of every scenario with its arms, and the registered runs they come to.

Pairing is structural: the luck of a world comes from the seed and the replicate alone, so every point, every arm and
every scenario of a replicate lives through the same luck (common random numbers), and differences are paired.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sim.design.design_file import ALL, DesignFile
from sim.design.factors import Factor
from sim.design.points import Point, laid_out
from sim.design.settle import Cell, factor_problems, settled
from sim.errors import InputError, Problem
from sim.execute import EVERYTHING, Asked, row_of
from sim.observe.metrics import SERIES
from sim.observe.panel import BIRTH
from sim.run import SPLIT, Job, followings
from sim.scenario.arms_list import parse_arm
from sim.scenario.files import find
from sim.scenario.positions import KeyPath
from sim.scenario.resolve import load
from sim.scenario.scenario import Scenario
from sim.scenario.sentences import validated
from sim.scenario.toml_file import Document, refuse
from sim.store import Log


@dataclass(frozen=True)
class Design:
    """What a design file comes to; `cells` are its points in each scenario, in the order of the file."""

    name: str
    file: DesignFile
    scenarios: tuple[Scenario, ...]
    points: tuple[Point, ...]
    cells: tuple[Cell, ...]

    @property
    def study(self) -> str:
        """Name under which the runs stand in the store."""
        months = f"{self.file.months} months" if self.file.months else "own length"
        return f"{self.name} · {months} · seed {self.file.seed}"

    @property
    def reference(self) -> str:
        """The arm that the others are compared with."""
        return self.file.arms[0]

    @property
    def log(self) -> Log:
        """What is kept of every run."""
        said = self.file.log
        series = frozenset(SERIES) if ALL in said.series else frozenset(said.series)
        panel = frozenset({*said.panel, BIRTH}) if said.panel else frozenset[str]()
        told = series == EVERYTHING.series and said.every_months == 1
        return Log(frozenset(said.scalars) or EVERYTHING.scalars, series, said.every_months, panel, told)

    def runs(self, first: int, last: int) -> list[Asked]:
        """The runs of replicates `first` up to `last`, not included: replicate by replicate, whole ones first."""
        return [
            (row_of(self.study, cell.place, cell.parameters, job), job)
            for replicate in range(first, last) for cell in self.cells for job in self._jobs(cell, replicate)
        ]

    def _jobs(self, cell: Cell, replicate: int) -> Iterator[Job]:
        """Every arm in one future of a cell, under every assignment."""
        for assignment in self.file.assignments:
            for arm, background, others in followings(cell.arms, cell.background, assignment):
                yield Job(
                    cell.scenario.params, cell.scenario.families, arm, background, assignment, self.file.seed,
                    replicate, self.file.months or cell.scenario.months, goal=cell.scenario.goal, panel=self.log.panel,
                    others=others,
                )


def load_design(reference: str) -> Design:
    """The design in a file; InputError with every problem found, each at its place."""
    return design_of(find(reference))


def design_of(document: Document) -> Design:
    """The design that a document describes; InputError with every problem found."""
    file = validated(DesignFile, document)
    scenarios = _scenarios(document, file)
    refuse([*_arm_problems(document, file, scenarios), *factor_problems(document, file, scenarios)])
    factors = [Factor.of(one, file.arms) for one in file.factor]
    try:
        points = laid_out(file.design, factors)
    except InputError as error:
        raise InputError([document.problem(("design",), one.sentence) for one in error.problems]) from None
    points = list({point.name: point for point in points}.values())  # drawn points may meet at the same levels
    cells = [settled(scenario, point, file, factors) for scenario in scenarios for point in points]
    return Design(Path(document.name).stem, file, tuple(scenarios), tuple(points), tuple(cells))


def _scenarios(document: Document, file: DesignFile) -> list[Scenario]:
    """The scenarios of the design; InputError with what is wrong with any of them."""
    found: list[Scenario] = []
    problems: list[Problem] = []
    for position, reference in enumerate(file.scenarios):
        try:
            found.append(load(reference))
        except InputError as error:
            problems += _placed(document, ("scenarios", position), error)
    names = [scenario.name for scenario in found]
    if len(set(names)) < len(names):
        problems.append(document.problem(("scenarios",), "two scenarios have the same name"))
    refuse(problems)
    return found


def _placed(document: Document, path: KeyPath, error: InputError) -> list[Problem]:
    """Problems with what a value names, at the value unless they have a line of their own."""
    return [one if one.line else document.problem(path, one.sentence) for one in error.problems]


def _arm_problems(document: Document, file: DesignFile, scenarios: Sequence[Scenario]) -> list[Problem]:
    """Arms that do not exist in a scenario, or stand twice; and a factor that names other arms."""
    problems = []
    split = [who for who in file.assignments if who in SPLIT]
    if split and len(file.arms) != 2:
        sentence = f"{split[0]} divides firms between two strategies, and there are {len(file.arms)}"
        problems.append(document.problem(("assignments",), sentence))
    for position, address in enumerate(file.arms):
        if address in file.arms[:position]:
            again = f"{address} stands twice; write {address}#2 to play it twice"
            problems.append(document.problem(("arms", position), again))
        for scenario in scenarios:
            try:
                parse_arm(address, scenario)
            except InputError as error:
                problems += _placed(document, ("arms", position), error)
    return problems
