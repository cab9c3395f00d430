"""How far each study is, read beside the process that writes it and without holding it up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, func, select

from sim.store.tables import RUN, STUDY_RUN

WINDOW = timedelta(minutes=10)


@dataclass(frozen=True)
class StudyProgress:
    """Runs of a study by fate, how many a minute of late, and when the last one ended (UTC; None before the first)."""

    study: str
    registered: int
    done: int
    failed: int
    runs_minute: float
    last_utc: datetime | None

    @property
    def minutes_left(self) -> float | None:
        """Minutes until nothing is left at the rate of late; None where the rate is not known."""
        if not self.registered:
            return 0.0
        return self.registered / self.runs_minute if self.runs_minute else None


def progress(connection: Connection) -> list[StudyProgress]:
    """Return the progress of every study, in alphabetical order; a run that two studies share counts in both."""
    counted = {
        (study, status): number for study, status, number in connection.execute(
            select(STUDY_RUN.c.study, RUN.c.status, func.count(RUN.c.id.distinct()))
            .join(RUN).group_by(STUDY_RUN.c.study, RUN.c.status)
        )
    }
    found = []
    for study in sorted({study for study, _ in counted}):
        registered, done, failed = (counted.get((study, status), 0) for status in ("registered", "done", "failed"))
        found.append(StudyProgress(study, registered, done, failed, *_rate(connection, study)))
    return found


def _rate(connection: Connection, study: str) -> tuple[float, datetime | None]:
    """Runs a minute over the last minutes in which runs ended, and when the last one did.

    Runs end in batches, each at one moment, so the first moment of the window only opens it.
    """
    ended = (
        select(RUN.c.finished_utc.label("at"), func.count(RUN.c.id.distinct()).label("runs"))
        .join(STUDY_RUN).where(STUDY_RUN.c.study == study, RUN.c.finished_utc.is_not(None))
        .group_by(RUN.c.finished_utc).order_by(RUN.c.finished_utc)
    )
    moments = [(at, runs) for at, runs in connection.execute(ended)]
    if not moments:
        return 0.0, None
    last = moments[-1][0]
    late = [(at, runs) for at, runs in moments if at >= last - WINDOW]
    minutes = (last - late[0][0]).total_seconds() / 60
    return sum(runs for _, runs in late[1:]) / minutes if minutes else 0.0, last
