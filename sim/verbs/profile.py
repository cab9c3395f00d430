"""Where a run's time goes: milliseconds a month for each step of the schedule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table

from sim.run import Job, prepare
from sim.schedule import MONTH, step


@dataclass(frozen=True)
class StepTime:
    """A step of the month, its milliseconds a month and its share of all steps."""

    step: str
    ms_month: float
    share: float


def profile(seconds: Mapping[str, float], months: int) -> list[StepTime]:
    """Time of every step in the order of the schedule; `seconds` over all months, by the step's name."""
    total = sum(seconds.values())
    taken = {mechanism.name: seconds.get(mechanism.name, 0.0) for mechanism in MONTH}
    return [
        StepTime(name, 1000.0 * spent / max(months, 1), spent / total if total > 0.0 else 0.0)
        for name, spent in taken.items()
    ]


def batch_profile(jobs: Sequence[Job]) -> list[StepTime]:
    """Time of every step in one batch of these jobs, lived through for this alone; ValueError if they do not fit."""
    world = prepare(jobs)
    world.seconds = {}
    for _ in range(jobs[0].months):
        step(world)
    return profile(world.seconds, world.month)


def print_profile(times: list[StepTime], console: Console) -> None:
    """The times as a table, all steps together in the last line."""
    table = Table("step", "ms a month", "share")
    for column in table.columns[1:]:
        column.justify = "right"
    for time in times:
        table.add_row(time.step, f"{time.ms_month:.3f}", f"{time.share:.1%}")
    table.add_section()
    table.add_row("all steps", f"{sum(time.ms_month for time in times):.3f}", "")
    console.print(table)
