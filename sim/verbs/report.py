"""`smbsim report` and `smbsim figures`: everything a finished study has to show, from the store alone.

Nothing is computed: the runs are looked up under the names that scenario, strategies, luck and version give them, so
a report can never mix runs of another scenario or version into it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from sim.analysis.comparison import Comparison
from sim.analysis.figures.style import save
from sim.analysis.pictures import PICTURES
from sim.analysis.results import SHOWN, Results
from sim.analysis.stored import of_comparison, of_design
from sim.design.design import design_of
from sim.errors import InputError
from sim.experiment import Question, read_back
from sim.scenario.files import find
from sim.store import Store
from sim.verbs.compare import (
    DEFAULT_STORE,
    CompareRequest,
    flipped,
    loaded,
    question,
    setting,
    sides,
    with_claims,
    with_sides,
    write_report,
)
from sim.verbs.places import made


@dataclass(frozen=True)
class FiguresRequest:
    """Which study's pictures, of which metric, in which format, and where they go."""

    compare: CompareRequest
    metric: str = SHOWN[0]
    form: str = "svg"


def report(request: CompareRequest) -> str:
    """Rebuild a comparison's report; returns where it is. InputError if the store lacks it."""
    folder = _folder(request, loaded(request).name)
    comparison = _compared(request)
    with made(folder):
        page = write_report(comparison, folder)
    return f"futures: {comparison.worlds}\nreport: {page}"


def figures(request: FiguresRequest) -> str:
    """Draw every picture that a study has the data for; returns where they are and what was left out, and why."""
    results, name = _results(request.compare)
    results.frame(request.metric)
    folder = _folder(request.compare, name) / "figures"
    drawn, left_out = [], []
    with made(folder):
        for picture in PICTURES:
            try:
                figure = results.figure(picture, request.metric)
            except InputError as error:
                left_out.append(f"  {picture}: {error}")
                continue
            save(figure, folder / f"{picture}.{request.form}", results.title)
            drawn.append(picture)
    lines = [f"{len(drawn)} pictures in {folder}: {', '.join(drawn)}"]
    return "\n".join(lines + (["left out:", *left_out] if left_out else []))


def _results(request: CompareRequest) -> tuple[Results, str]:
    """The stored results of a scenario or a design, and its name."""
    document = find(request.scenario)
    if "design" not in document.data:
        return of_comparison(_compared(request)), loaded(request).name
    design = design_of(document)
    place = request.store or f"results/{design.name}.sqlite"
    with _reading(place) as store:
        worlds = _worlds(store, design.study, design.file.arms)
        return of_design(design, design.runs(0, worlds), store), design.name


def _compared(request: CompareRequest) -> Comparison:
    """The comparison that the request describes, as far as the store has it; all its futures if none are said."""
    scenario = loaded(request)
    asked = question(request, scenario)
    with _reading(request.store or DEFAULT_STORE) as store:
        if not request.worlds:
            asked = replace(asked, worlds=_worlds(store, asked.study, [arm.name for arm in asked.arms]))
        request = replace(request, worlds=asked.worlds)
        beside = _stored(request, flipped(asked), store) if request.flip else None
        comparison = with_claims(_stored(request, asked, store), scenario, beside)
        found = {}
        for name, side in sides(asked, comparison.main.name, request.marginal).items():
            with suppress(InputError):
                found[name] = _stored(request, side, store)
        return with_sides(comparison, found)


def _stored(request: CompareRequest, asked: Question, store: Store) -> Comparison:
    """One comparison out of the store; InputError where no future of it is complete."""
    runs = asked.runs()
    seen = list(read_back(store, runs))
    if not seen:
        raise InputError(
            f"The store has runs of “{asked.study}”, but not with the numbers and strategies that the files and this "
            f"version of the program give; run it again: {replace(request, store=None).command()}"
        )
    return Comparison.from_observations(seen, setting(request, asked))


def _worlds(store: Store, study: str, arms: list[str]) -> int:
    """How many futures the store holds of a study; InputError if there are none."""
    runs = store.runs(study)
    done = runs[(runs["status"] == "done") & runs["arm"].isin(arms)]
    if done.empty:
        others = sorted(set(store.runs()["study"]))[:9]
        known = f"it holds {'; '.join(others)}" if others else "it is empty"
        raise InputError(f"The store holds no finished run of “{study}”: {known}.")
    return int(done["replicate"].max()) + 1


@contextmanager
def _reading(place: str) -> Iterator[Store]:
    """A store that nothing will change."""
    with Store.open(place, create=False, read_only=True) as store:
        yield store


def _folder(request: CompareRequest, name: str) -> Path:
    return Path(request.out) if request.out else Path("results") / name
