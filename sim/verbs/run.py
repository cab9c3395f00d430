"""`smbsim run`: one possible future of a scenario, told in short, or whole as JSON."""

from __future__ import annotations

import json
import math
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from sim.errors import InputError
from sim.model import SmbModel
from sim.observe import census
from sim.observe.events import item_name
from sim.observe.metrics import METRICS, SERIES
from sim.observe.observation import Event, Observation
from sim.params.sector import STAGE_LABELS
from sim.scenario.resolve import load
from sim.scenario.scenario import Scenario
from sim.verbs.profile import print_profile, profile

QUIET_SECONDS = 2.0
LIMITS = ("demand", "labour", "equipment", "finance")


@dataclass(frozen=True)
class RunRequest:
    """What the command line asked for; see `smbsim run --help`."""

    scenario: str
    arm: str = "aligned"
    months: int | None = None
    seed: int = 1
    store: str | None = None
    as_json: bool = False
    profile: bool = False


def run(request: RunRequest) -> str:
    """Live through one future, keep it if asked to; returns what belongs on standard output.

    Raises InputError for anything wrong with the request, and for a world that outgrows its places for firms.
    """
    scenario = load(request.scenario)
    model = SmbModel(request.scenario, request.arm, months=request.months or scenario.months, seed=request.seed)
    if request.profile:
        SmbModel(request.scenario, request.arm, seed=request.seed).step()  # compiles, so that only work is timed
        model.world.seconds = {}
    start = census.told(model.world)
    try:
        observation = _kept(request.store, scenario, model) if request.store else _lived(model)
    except RuntimeError as error:
        raise InputError(str(error)) from error
    times = profile(model.world.seconds or {}, model.month)
    if request.as_json:
        told = as_json(scenario.name, model, observation)
        told |= {"profile": [asdict(time) for time in times]} if request.profile else {}
        return json.dumps(told, indent=2, allow_nan=False)
    if request.profile:
        print_profile(times, Console(stderr=True))
    lines = [*_summary(scenario.title, model, observation, start), "", *_happened(observation.events)]
    return "\n".join([*lines, "", f"store: {request.store}"] if request.store else lines)


def as_json(scenario: str, model: SmbModel, observation: Observation) -> dict[str, Any]:
    """The run as plain dictionaries and lists; months count from 0, and what is not a number is None."""
    job = model.job
    return {
        "scenario": scenario, "arm": job.arm.name, "assignment": job.assignment, "seed": job.seed, "months": job.months,
        "scalars": {
            name: {"unit": METRICS[name].unit, "value": _finite(value)} for name, value in observation.scalars.items()
        },
        "series": {
            name: {"unit": SERIES[name].unit, "values": [_finite(value) for value in values.tolist()]}
            for name, values in observation.series.items()
        },
        "events": [asdict(event) for event in observation.events],
    }


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None


def _lived(model: SmbModel) -> Observation:
    """Live to the last month; on a terminal, past two seconds, a bar says how much time is left."""
    console, begin = Console(stderr=True), time.monotonic()
    columns = (TextColumn("months"), BarColumn(), TextColumn("{task.completed:.0f} of {task.total:.0f}"))
    progress = Progress(*columns, TimeRemainingColumn(), console=console, transient=True)
    months = progress.add_task("months", total=model.job.months)
    try:
        while model.running:
            model.step()
            progress.advance(months)
            if console.is_terminal and time.monotonic() - begin > QUIET_SECONDS:
                progress.start()
    finally:
        if progress.live.is_started:
            progress.stop()
    return model.observation()


def _kept(place: str, scenario: Scenario, model: SmbModel) -> Observation:
    """Live to the last month and keep the run in a store: registered first, and as a failure if it fails."""
    from sim.execute import described, result_of
    from sim.experiment import Question
    from sim.store import Store

    job = model.job
    question = Question(scenario, [job.arm], job.background, job.assignment, 1, job.months, job.seed)
    row = question.runs()[0][0]
    with Store.open(place) as store:
        store.describe_metrics(described())
        store.register([row])
        try:
            observation = _lived(model)
        except Exception as error:
            store.fail(row.id, "simulate", error)
            raise
        store.write([result_of(row.id, observation)])
    return observation


def _summary(title: str, model: SmbModel, observation: Observation, start: str) -> list[str]:
    """Where the firm in focus ended up, in a few lines."""
    job, scalars, series = model.job, observation.scalars, observation.series
    lowest = int(series["cash_usd"].argmin())
    closed = scalars["closed_month"]
    about = f"{job.arm.label} ({job.arm.name}), {job.months} months, seed {job.seed}"
    ending = "In the end" if math.isnan(closed) else f"Closed in month {closed + 1:.0f}"
    facts = {
        "cash": f"{_usd(series['cash_usd'][-1])}; lowest {_usd(series['cash_usd'][lowest])} in month {lowest + 1}",
        "sales": f"{_usd(scalars['revenue_last_year_usd'])} in the last year, "
                 f"{scalars['orders_served_month']:,.0f} orders a month",
        "people": f"{scalars['employees_end']:.0f}; {scalars['quits']:.0f} left and {scalars['hires']:.0f} came",
        "limited by": _limits(observation),
        "bought": _bought(model, closed),
        "its market": _market(scalars),
        "": start,
    }
    return [title, about, "", ending, *(f"  {name:<12}{fact}" for name, fact in facts.items())]


def _usd(value: float) -> str:
    return f"{'−' if round(value) < 0 else ''}${abs(value):,.0f}"


def _limits(observation: Observation) -> str:
    """What limited sales, and in how many months, the most frequent first."""
    names = (*STAGE_LABELS, "demand")
    counted = Counter(names[int(code)] for code in observation.series["bottleneck"] if code >= 0)
    return ", ".join(f"{name} ({months} month{'s' * (months > 1)})" for name, months in counted.most_common())


def _market(scalars: Mapping[str, float]) -> str:
    """What limited the small firms of the market before much had changed."""
    shares = {words: scalars[f"limited_by_{words}_start"] for words in LIMITS}
    told = ", ".join(f"{share:.0%} by {words}" for words, share in shares.items())
    return f"small firms in the first year: limited {told}"


def _bought(model: SmbModel, closed: float) -> str:
    """What the firm in focus bought and when; its row may have gone to another firm once it had closed."""
    titles = list(model.job.families.values())
    items = [
        f"{item_name(int(item), titles)} (month {note.month + 1})"
        for note in model.world.journal if note.kind == "start" and not note.month > closed
        for row, item in zip(note.rows, note.details["item"], strict=True) if row == 0
    ]
    return ", ".join(items) or "nothing"


def _happened(events: tuple[Event, ...]) -> list[str]:
    """The dated events, one per line."""
    return ["What happened", *(f"  month {event.month + 1:<4}{event.text}" for event in events)]
