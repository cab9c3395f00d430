"""Progress of something long, on standard error: a bar on a terminal, a line per tenth elsewhere, nothing if short."""

from __future__ import annotations

import sys
import time

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

QUIET_SECONDS = 2.0


class Bar:
    """Call it with (done, total); it starts to show once two seconds have passed."""

    def __init__(self, what: str = "runs") -> None:
        self._what = what
        self._started = time.monotonic()
        self._tenth = 0
        self._live: Progress | None = None

    def __call__(self, done: int, total: int) -> None:
        """Show that so many of so many runs are done."""
        if done == 0:
            self.__init__(self._what)  # type: ignore[misc]
            return
        if sys.stderr.isatty():
            self._draw(done, total)
        elif time.monotonic() - self._started > QUIET_SECONDS and done * 10 // total > self._tenth:
            self._tenth = done * 10 // total
            left = (time.monotonic() - self._started) * (total - done) / done
            print(f"{done} of {total} {self._what}, about {left:.0f} s left", file=sys.stderr, flush=True)

    def _draw(self, done: int, total: int) -> None:
        if self._live is None:
            columns = (TextColumn(self._what), BarColumn(), TextColumn("{task.completed:.0f} of {task.total:.0f}"),
                       TimeRemainingColumn())
            self._live = Progress(*columns, console=Console(stderr=True), transient=True)
            self._live.add_task(self._what, total=total)
            self._live.start()
        self._live.update(self._live.task_ids[0], completed=done)
        if done >= total:
            self._live.stop()
            self._live = None


def bar(done: int, total: int) -> None:
    """Progress for one comparison after another."""
    _BAR(done, total)


_BAR = Bar()
