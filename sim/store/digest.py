"""One name for all that a store holds, so that two stores can be compared without laying them side by side.

What counts is what was asked, what came of it and what was decided; when, where and in which order it was computed
does not.
"""

from __future__ import annotations

from hashlib import blake2b

from sqlalchemy import ColumnElement, Connection, Select, Table, literal, select

from sim.store.records import DECIDES_A_RUN, HASH_BYTES
from sim.store.tables import EVENT, LOOK, RUN, SCALAR, SERIES, STUDY_RUN

IN_ONE_GO = 10_000
FATE = ("id", *DECIDES_A_RUN, "status", "stage", "error_type")


def digest(connection: Connection, study: str | None) -> str:
    """Return the name of the content of a store or of one of its studies: 32 hexadecimal digits."""
    found = blake2b(digest_size=HASH_BYTES)
    options = {"yield_per": IN_ONE_GO}
    for query in _content(study):
        for row in connection.execute(query, execution_options=options):
            values = tuple(row)
            last = values[-1]
            found.update(repr(values[:-1]).encode())
            found.update(last if isinstance(last, bytes) else repr(last).encode())
    return found.hexdigest()


def _content(study: str | None) -> list[Select[tuple[object, ...]]]:
    """Everything that counts, each part in the order of its key."""
    runs = select(*(RUN.c[name] for name in FATE)).order_by(RUN.c.id)
    parts = [runs] + [_whole(table) for table in (STUDY_RUN, SCALAR, SERIES, EVENT, LOOK)]
    return parts if study is None else [part.where(_within(part, study)) for part in parts]


def _whole(table: Table) -> Select[tuple[object, ...]]:
    """Every column under the name of the table, a blob last: to be hashed as it is, for it is most of a store."""
    columns = sorted(table.c, key=lambda column: column.type.python_type is bytes)
    return select(literal(table.name), *columns).order_by(*table.primary_key)


def _within(part: Select[tuple[object, ...]], study: str) -> ColumnElement[bool]:
    """The condition that a part belongs to a study."""
    table = part.get_final_froms()[0]
    if "study" in table.c:
        return table.c.study == study
    key = table.c.id if "id" in table.c else table.c.run_id
    return key.in_(select(STUDY_RUN.c.run_id).where(STUDY_RUN.c.study == study))
