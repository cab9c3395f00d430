"""Processes on this machine: spawned afresh, deaf to Ctrl-C, and gone when the process that started them is.

One thread each: processes times threads would fight for the same cores. Ctrl-C reaches every process of a terminal;
the parent alone answers it. A parent killed outright cannot say goodbye, so each worker waits for its end.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context, parent_process
from threading import Thread


@contextmanager
def local_pool(workers: int | None, most: int) -> Iterator[Executor | None]:
    """A process pool for at most so many tasks at once, or None where a plain loop does as well.

    `workers` is the number of processes; as many as there are cores where it is None.
    """
    count = min(workers or os.cpu_count() or 1, most)
    if count <= 1:
        yield None
        return
    with ProcessPoolExecutor(count, mp_context=get_context("spawn"), initializer=_as_worker) as pool:
        yield pool


def _as_worker() -> None:
    """Leave Ctrl-C to the parent, and end with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
