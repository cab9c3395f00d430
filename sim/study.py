"""A question in three lines of a notebook: `Study.from_file("bakery_ordering").run(worlds=50).compare()`.

It stands on the same parts as the command and shares its store, so what the command computed is found here, and
the other way round. A file is a scenario, a firm or a design.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from sim.analysis.comparison import Comparison
from sim.analysis.results import Results
from sim.analysis.shapley import shapley_table, subsets
from sim.analysis.stored import of_comparison, of_design
from sim.arrays import Floats
from sim.design import Design
from sim.design.design import design_of
from sim.errors import InputError, nearest_name
from sim.execute import execute
from sim.experiment import Question, answer
from sim.observe.metrics import METRICS
from sim.run import Assignment, batches
from sim.scenario.files import find
from sim.scenario.resolve import load
from sim.schedule import MONTH
from sim.store import Store
from sim.verbs.compare import DEFAULT_STORE, CompareRequest, question, setting, with_claims
from sim.verbs.places import opened
from sim.verbs.progress import bar
from sim.workers import local_pool

SWITCHES = tuple(step.name for step in MONTH if step.neutral is not None)


@dataclass(frozen=True)
class Study:
    """A question that can be run; `design` is there where the file is a design, which then says everything."""

    request: CompareRequest
    design: Design | None = None

    @classmethod
    def from_file(
        cls, reference: str, arms: str | Sequence[str] | None = None, months: int | None = None, seed: int = 1,
        assignment: Assignment = "focal",
    ) -> Study:
        """The study of a scenario's name, or of a scenario, firm or design file by its path.

        Arms are strategies as for `smbsim compare`; months are the scenario's own if left out. Raises InputError with
        everything that is wrong with the file, and where something is given that a design says itself.
        """
        names = arms if arms is None or isinstance(arms, str) else ",".join(arms)
        request = CompareRequest(reference, arms=names, months=months, seed=seed, assignment=assignment)
        document = find(reference)
        if "design" not in document.data:
            question(request, load(reference))
            return cls(request)
        if request != CompareRequest(reference):
            raise InputError(f"{reference} is a design: its arms, months, seed and assignment stand in the file.")
        return cls(request, design_of(document))

    @property
    def store(self) -> str:
        """Where the command keeps the runs of this study."""
        return f"results/{self.design.name}.sqlite" if self.design else DEFAULT_STORE

    def run(self, worlds: int | None = None, store: str | None = None, workers: int = 1) -> Results:
        """Compute what the store lacks and return everything; 200 worlds, or the design's own number, if left out.

        With more than one worker, processes are started; in a script this needs the usual `if __name__ == "__main__"`.
        """
        with opened(store or self.store) as place:
            if self.design is not None:
                return _swept(self.design, worlds, place, workers)
            asked = self.question(worlds or self.request.worlds)
            seen, _ = answer(asked, place, workers, bar)
            request = replace(self.request, worlds=asked.worlds)
            comparison = Comparison.from_observations(seen, setting(request, asked))
            return of_comparison(with_claims(comparison, asked.scenario))

    def question(self, worlds: int) -> Question:
        """The question of a scenario, over so many worlds."""
        scenario = load(self.request.scenario)
        return question(replace(self.request, worlds=worlds), scenario)

    def decompose(
        self, arm: str, switches: Sequence[str], worlds: int = 50, metric: str = "owner_value_usd",
        store: str | None = None,
    ) -> pd.DataFrame:
        """Which mechanisms the effect of an arm comes from: a Shapley split over those that can be switched off.

        Runs every subset of the switches in the same worlds, so 2 to the power of their number times the runs of a
        comparison. Raises InputError for an unknown switch or metric, and for a design.
        """
        for name, there in ((metric, tuple(METRICS)), *((switch, SWITCHES) for switch in switches)):
            if name not in there:
                hint = nearest_name(name, there) or f"; there are {', '.join(there)}"
                raise InputError(f"{name!r} is not known{hint}.")
        if self.design is not None:
            raise InputError("An effect is split in one scenario, not over a design.")
        asked = Study.from_file(
            self.request.scenario, ["none", arm], self.request.months, self.request.seed, self.request.assignment,
        ).question(worlds)
        with opened(store or self.store) as place:
            effects = {off: _gap(replace(asked, switched_off=off), metric, place) for off in subsets(list(switches))}
        return shapley_table(effects, list(switches))


def _gap(asked: Question, metric: str, store: Store) -> Floats:
    """The second arm less the first in each world, (worlds,)."""
    seen, _ = answer(asked, store, 1, bar)
    values = {(run.arm, run.replicate): run.scalars[metric] for run in seen}
    first, second = (arm.name for arm in asked.arms)
    return np.array([values[second, world] - values[first, world] for world in range(asked.worlds)])


def _swept(design: Design, worlds: int | None, store: Store, workers: int) -> Results:
    """The design's runs, computed or found."""
    runs = design.runs(0, worlds or design.file.replicates)
    with local_pool(workers, len(list(batches([job for _, job in runs])))) as pool:
        execute(runs, store, pool, bar, design.log)
    return of_design(design, runs, store)
