"""Running worlds: jobs in, observations out. Pure: no files, no database, no Mesa.

Jobs that agree in size, length and assignment run side by side in one batch; a job's result does not depend on which.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from traceback import format_exception
from typing import Literal

import numpy as np

from sim import luck, numerics, oracle, population
from sim.arrays import Floats, Ints
from sim.errors import InputError
from sim.following import following_count, least_reluctant
from sim.observe.events import from_journal, from_series
from sim.observe.ledger import Ledger
from sim.observe.metrics import SERIES
from sim.observe.observation import Observation, Wanted
from sim.observe.panel import Panel
from sim.observe.record import month_row, scalars_of, watch
from sim.params import Params
from sim.params.goal import Goal
from sim.schedule import step
from sim.strategies.arms import Arm
from sim.world import World

Assignment = Literal["focal", "whole", "mixed", "chosen"]
SPLIT = ("mixed", "chosen")
"""Where part of the small firms of a world follow the strategy in question: by lot, or by their owners' choice."""
Outcome = Observation | Exception
# Two hundred standard worlds of 60 months: two seconds of work. Half as many at a time cost 1.1 times as much each,
# twice as many 0.93 times, and what is under way when a sweep is stopped has to be waited for.
ROW_MONTHS_BATCH = 20_800_000
MOST_WORLDS_BATCH = 512


@dataclass(frozen=True, eq=False)
class Job:
    """One run: a scenario's numbers, who follows which strategy, which luck, how long, and which mechanisms are off.

    Where firms are split, those that follow the arm are watched, or, with `others`, those that follow the background.
    `panel` names what is noted of every firm (see `sim.observe.panel`), `books` says whether every project is reckoned
    (see `sim.observe.ledger`); they decide nothing.
    """

    params: Params
    families: Mapping[str, str]
    arm: Arm
    background: Arm
    assignment: Assignment
    seed: int
    replicate: int
    months: int
    switched_off: frozenset[str] = frozenset()
    goal: Goal | None = None
    panel: frozenset[str] = frozenset()
    books: bool = True
    others: bool = False

    def __post_init__(self) -> None:
        """Raise InputError where an oracle is asked to look into more than one firm's futures."""
        if "oracle" in (self.arm.score, self.background.score) and (
            self.assignment != "focal" or self.background.score == "oracle"
        ):
            raise InputError("the score oracle tries out the futures of one firm: it goes with --assignment focal")

    @property
    def watched_arm(self) -> Arm:
        """The strategy of the firms that the run tells of."""
        return self.background if self.others else self.arm

    @property
    def world_seed(self) -> int:
        """Seed of the world: the same for every arm of a replicate."""
        mixed = numerics.key(numerics.key(luck.label("replicate"), np.uint64(self.seed)), np.uint64(self.replicate))
        return int(mixed) >> 1

    @property
    def watched_firms(self) -> int:
        """How many firms of each world the question is about."""
        small = int(self.params.setup.small_firms)
        if self.assignment not in SPLIT:
            return 1 if self.assignment == "focal" else small
        following = following_count(small, float(self.params.assignment.saturation))
        return small - following if self.others else following


def followings(arms: Sequence[Arm], background: Arm, assignment: Assignment) -> list[tuple[Arm, Arm, bool]]:
    """The arm, the background and whether the others are watched, for each of the arms that are compared.

    Where firms are split, the first of two arms is that of the firms which do not follow the second.
    """
    if assignment in SPLIT:
        first, second = arms
        return [(second, first, True), (second, first, False)]
    return [(arm, background, False) for arm in arms]


def last_purchase_month(params: Params, months: int) -> int:
    """Last month in which projects may be started: one window before the end, half-way in short runs."""
    return months - min(int(params.choosing.window_months), months // 2)


def prepare(jobs: Sequence[Job]) -> World:
    """A batch at month 0 with strategies assigned; ValueError when the jobs do not fit one batch."""
    if len({(job.months, job.assignment, job.switched_off, job.panel, job.books) for job in jobs}) != 1:
        raise ValueError("jobs of one batch must agree on months, assignment, mechanisms that are off, panel and books")
    months = None if jobs[0].panel else jobs[0].months  # a panel shows every slot
    world = population.create([job.params for job in jobs], [job.world_seed for job in jobs], months)
    world.ablated = jobs[0].switched_off
    world.worlds.last_purchase_month[:] = [last_purchase_month(job.params, job.months) for job in jobs]
    _assign(world, jobs)
    return world


def _assign(world: World, jobs: Sequence[Job]) -> None:
    """Give the firms that follow it each arm, the other small firms the background, and tell entrants what to do."""
    alike: dict[tuple[int, int, tuple[str, ...]], list[int]] = {}
    for number, job in enumerate(jobs):
        alike.setdefault((id(job.arm), id(job.background), tuple(job.families)), []).append(number)
    for (_, _, families), numbers in alike.items():
        arm, background = jobs[numbers[0]].arm, jobs[numbers[0]].background
        shares, by_quality = np.array([_entrants(jobs[number]) for number in numbers]).T
        population.let_entrants_follow(world, np.array(numbers), (arm, background), shares, by_quality)
        following = np.concatenate([_following(world, number, jobs[number]) for number in numbers])
        small = np.concatenate([_small_firms(world, number, jobs[number]) for number in numbers])
        population.assign(world, np.setdiff1d(small, following), background, families)
        population.assign(world, following, arm, families)


def _entrants(job: Job) -> tuple[float, float]:
    """Probability that an entrant follows the arm, and the correlation of its owner's quality with that."""
    share = {"focal": 0.0, "whole": 1.0}.get(job.assignment, float(job.params.assignment.saturation))
    return share, float(job.params.assignment.choice_correlation) if job.assignment == "chosen" else 0.0


def _small_firms(world: World, number: int, job: Job) -> Ints:
    """Rows of the small firms of month 0 of one world."""
    return number * world.firm_slots + np.arange(int(job.params.setup.small_firms))


def _following(world: World, number: int, job: Job) -> Ints:
    """Rows of those of them that follow the arm."""
    small = _small_firms(world, number, job)
    if job.assignment not in SPLIT:
        return small[:1] if job.assignment == "focal" else small
    return least_reluctant(world, small, float(job.params.assignment.saturation))


def watched_rows(world: World, jobs: Sequence[Job]) -> Ints:
    """Rows of the firms that each job tells of, (worlds, firms); `world` is the jobs' batch at month 0."""
    rows = []
    for number, job in enumerate(jobs):
        following = _following(world, number, job)
        rows.append(np.setdiff1d(_small_firms(world, number, job), following) if job.others else following)
    return np.stack(rows)


def simulate(jobs: Sequence[Job]) -> list[Observation]:
    """Run a batch of jobs; RuntimeError where a world has no slot left for an entrant."""
    world = prepare(jobs)
    watched = watch(world, watched_rows(world, jobs))
    rows, ledger, panel = [], Ledger(watched), Panel(jobs[0].panel)
    for month in range(jobs[0].months):
        oracle.advise(world, jobs[0].months - month)
        step(world)
        rows.append(month_row(world, watched))
        if jobs[0].books:
            ledger.write(world)
        panel.write(world)
    seen = _observations(jobs, world, ledger, np.stack(rows))
    return [replace(one, panel=panel.of(number)) for number, one in enumerate(seen)]


def _observations(jobs: Sequence[Job], world: World, ledger: Ledger, table: Floats) -> list[Observation]:
    """Cut the table (months, metrics, worlds) into one observation per job."""
    series = dict(zip(SERIES, np.ascontiguousarray(table.transpose(1, 2, 0)), strict=True))
    rates = [float(job.params.choosing.discount_month) for job in jobs]
    values = scalars_of(series, rates, jobs[0].watched_firms, [job.goal for job in jobs])
    titles = [list(job.families.values()) for job in jobs]
    told = from_journal(world.journal, ledger.watched, titles)
    projects = ledger.closed(world, titles)
    out = []
    for number, job in enumerate(jobs):
        own = {name: months[number] for name, months in series.items()}
        events = told[number] + (from_series(own) if job.watched_firms == 1 else [])
        ordered = tuple(sorted(events, key=lambda event: event.month))
        out.append(Observation(
            job.watched_arm.name, job.replicate, values[number], own, ordered, projects[number], job.watched_firms))
    return out


def survive(jobs: Sequence[Job], wanted: Wanted) -> list[Outcome]:
    """Run a batch and hand back the numbers and series wanted; if it fails, run each job alone so that only the bad are
    lost."""
    try:
        return [one.only(wanted) for one in simulate(jobs)]
    except Exception as error:
        if len(jobs) == 1:
            error.add_note("".join(format_exception(error)))  # a traceback does not survive the way between processes
            return [error]
        return [outcome for job in jobs for outcome in survive([job], wanted)]


def batches(jobs: Sequence[Job]) -> Iterator[list[int]]:
    """Positions of jobs that may run side by side, as many as make a batch worth its while; arms of a world together.

    Batches of a kind are of one size, so that the last is no straggler.
    """
    groups: dict[tuple[object, ...], list[int]] = {}
    for position, job in enumerate(jobs):
        kind = (job.months, job.assignment, job.switched_off, job.watched_firms, job.panel, job.books)
        groups.setdefault((*kind, *population.sizes(job.params)), []).append(position)
    for positions in groups.values():
        positions.sort(key=lambda position: (jobs[position].replicate, position))
        count = -(-len(positions) // batch_size(jobs[positions[0]]))
        for number in range(count):
            yield positions[len(positions) * number // count : len(positions) * (number + 1) // count]


def batch_size(job: Job) -> int:
    """How many worlds like this job's run side by side: small ones share the cost of every step."""
    rows = sum(population.sizes(job.params)[:3])
    return min(max(ROW_MONTHS_BATCH // (rows * job.months), 1), MOST_WORLDS_BATCH)
