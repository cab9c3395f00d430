"""What the results store holds, table by table.

A run is what was computed, known by the hash of everything that decides its outcome; `study_run` says which
study asked for it and by what names, so two studies, or two arms of the same definition, share one run. Texts
that repeat from run to run (resolved scenario, arm definition, provenance) are stored once, under their hash.
A series is one blob per run and metric: one value per month, or that of the last of every few; a column of the firm
panel is a series with a value per firm slot. A look is what a
study saw, and decided, before all of its worlds were in. Every constraint is named, because a migration can only
change what has a name.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    DateTime,
    Double,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _texts_by_hash(name: str, row: str) -> Table:
    """Declare a table of JSON texts, each stored once under the hash of its content; `row` says what one is."""
    return Table(
        name,
        METADATA,
        Column("hash", String(32), primary_key=True),
        Column("content", Text, nullable=False),
        info={"row": f"{row}; JSON, stored once under its hash"},
    )


PARAMETER = _texts_by_hash("parameter", "every number of a resolved scenario or design point")
ARM = _texts_by_hash("arm", "what a strategy does, and what the other firms do")
PROVENANCE = _texts_by_hash("provenance", "where runs were computed: Python, processor, packages")

RUN = Table(
    "run",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("assignment", String, nullable=False),
    Column("replicate", Integer, nullable=False),
    Column("seed", BigInteger, nullable=False),
    Column("months", Integer, nullable=False),
    Column("model_version", String, nullable=False),
    Column("parameters_hash", ForeignKey("parameter.hash"), nullable=False),
    Column("arm_hash", ForeignKey("arm.hash"), nullable=False),
    Column("status", String, nullable=False),
    Column("registered_utc", DateTime, nullable=False),
    Column("finished_utc", DateTime),
    Column("provenance_hash", ForeignKey("provenance.hash")),
    Column("stage", String),
    Column("error_type", String),
    Column("traceback", Text),
    CheckConstraint("status IN ('registered', 'done', 'failed')", name="status"),
    info={"row": "what was computed, or will be: all that decides its outcome, and what became of it"},
)

STUDY_RUN = Table(
    "study_run",
    METADATA,
    Column("study", String, primary_key=True),
    Column("scenario", String, primary_key=True),
    Column("arm", String, primary_key=True),
    Column("run_id", ForeignKey("run.id"), primary_key=True, index=True),
    info={"row": "a place of a run in a study, with the names it goes by there"},
)

METRIC = Table(
    "metric",
    METADATA,
    Column("name", String, primary_key=True),
    Column("unit", String, nullable=False),
    Column("label", String, nullable=False),
    Column("definition", Text, nullable=False),
    info={"row": "what a number measures, with its unit"},
)

SCALAR = Table(
    "scalar",
    METADATA,
    Column("run_id", ForeignKey("run.id"), primary_key=True),
    Column("metric", ForeignKey("metric.name"), primary_key=True),
    Column("value", Double),
    sqlite_with_rowid=False,
    info={"row": "one number of a run; null where it does not exist"},
)

SERIES = Table(
    "series",
    METADATA,
    Column("run_id", ForeignKey("run.id"), primary_key=True),
    Column("metric", ForeignKey("metric.name"), primary_key=True),
    Column("codec", String, nullable=False),
    Column("length", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("every_months", Integer, nullable=False, server_default="1"),
    info={"row": "a measure of a run over time: little-endian 64-bit floats, one for each month or every few; "
          "of the firm panel (firm.…) one for each firm slot in each"},
)

EVENT = Table(
    "event",
    METADATA,
    Column("run_id", ForeignKey("run.id"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("month", Integer, nullable=False),
    Column("kind", String, nullable=False),
    Column("text", Text, nullable=False),
    info={"row": "something that happened in a run, in a sentence"},
)

LOOK = Table(
    "look",
    METADATA,
    Column("study", String, primary_key=True),
    Column("scenario", String, primary_key=True),
    Column("metric", ForeignKey("metric.name"), primary_key=True),
    Column("arm_a", String, primary_key=True),
    Column("arm_b", String, primary_key=True),
    Column("worlds", Integer, primary_key=True, autoincrement=False),
    Column("mean", Double),
    Column("low", Double),
    Column("high", Double),
    Column("p_value", Double),
    Column("level", Double, nullable=False),
    Column("decision", String, nullable=False),
    CheckConstraint("decision IN ('continue', 'stop')", name="decision"),
    info={"row": "what was seen of a difference before all worlds were in, and whether to go on"},
)
