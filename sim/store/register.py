"""Runs are registered before the first one starts, so that a study knows what it still lacks.

Registering the same run again changes nothing. A study that now means something else under the same names is
refused: its old and new results must not be mixed in one report.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, func, select

from sim.errors import InputError
from sim.store.insert import insert_rows, upsert
from sim.store.records import DECIDES_A_RUN, RunRow, canonical_json
from sim.store.tables import ARM, PARAMETER, RUN, STUDY_RUN

Row = Mapping[str, Any]
Place = tuple[str, str, str, str]
SAME_IN_A_STUDY = tuple(field for field in DECIDES_A_RUN if field != "replicate")


def register(connection: Connection, runs: Sequence[RunRow]) -> int:
    """Register runs; return how many were new. Raises InputError if a study would change its meaning."""
    insert_rows(connection, PARAMETER, _texts((run.parameters_hash, run.parameters) for run in runs))
    insert_rows(connection, ARM, _texts((run.arm_hash, run.arm_definition) for run in runs))
    _refuse_changes(connection, runs)
    before = _count(connection)
    _insert_runs(connection, runs)
    insert_rows(connection, STUDY_RUN, [(run.study, run.scenario, run.arm, run.id) for run in runs])
    return _count(connection) - before


def _insert_runs(connection: Connection, runs: Sequence[RunRow]) -> None:
    """Insert the runs that are new; only SQLAlchemy writes times the way it reads them."""
    now = datetime.now(UTC).replace(tzinfo=None)
    rows = [{"id": run.id, "status": "registered", "registered_utc": now, **_identity(run)} for run in runs]
    if rows:
        connection.execute(upsert(connection, RUN).on_conflict_do_nothing(), rows)


def _count(connection: Connection) -> int:
    return connection.scalars(select(func.count()).select_from(RUN)).one()


def _texts(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return list(dict(pairs).items())


def _refuse_changes(connection: Connection, runs: Sequence[RunRow]) -> None:
    """Whatever its replicate, a run of an arm in a scenario means the same throughout a study."""
    known = _known(connection, {run.study for run in runs})
    for run in runs:
        asked = _identity(run)
        found = known.setdefault((run.study, run.scenario, run.arm, run.assignment), asked)
        changed = [field for field in SAME_IN_A_STUDY if found[field] != asked[field]]
        if changed:
            raise InputError(
                f"Study {run.study!r} already holds runs of {run.arm!r} in {run.scenario!r} with "
                f"{_difference(connection, changed[0], found, run)}; "
                "answer the new question into another results file."
            )


def _identity(run: RunRow) -> Row:
    return {field: getattr(run, field) for field in DECIDES_A_RUN}


def _known(connection: Connection, studies: set[str]) -> dict[Place, Row]:
    """Return what already decides the runs of the studies, whatever their replicate, by the names they go by."""
    names = (STUDY_RUN.c.study, STUDY_RUN.c.scenario, STUDY_RUN.c.arm)
    query = select(*names, *(RUN.c[field] for field in SAME_IN_A_STUDY))
    rows = connection.execute(query.join(RUN).where(STUDY_RUN.c.study.in_(studies)).distinct()).mappings()
    return {(row["study"], row["scenario"], row["arm"], row["assignment"]): dict(row) for row in rows}


def _difference(connection: Connection, field: str, found: Row, run: RunRow) -> str:
    texts = {
        "parameters_hash": ("scenario", PARAMETER, run.parameters),
        "arm_hash": ("arm", ARM, run.arm_definition),
    }
    if field not in texts:
        return f"{field} {found[field]!r}, now {getattr(run, field)!r}"
    label, table, asked = texts[field]
    stored = connection.scalars(select(table.c.content).where(table.c.hash == found[field])).one()
    return first_difference({label: json.loads(stored)}, {label: json.loads(asked)})


def first_difference(stored: Row, asked: Row, prefix: str = "") -> str:
    """Return "key old, now new" for the first key, in alphabetical order, whose JSON differs; one has to."""
    name = min(name for name in stored.keys() | asked.keys() if _value(stored, name) != _value(asked, name))
    old, new = stored.get(name), asked.get(name)
    if isinstance(old, dict) and isinstance(new, dict):
        return first_difference(old, new, f"{prefix}{name}.")
    return f"{prefix}{name} {_value(stored, name)}, now {_value(asked, name)}"


def _value(content: Row, name: str) -> str:
    return canonical_json(content[name]) if name in content else "nothing"
