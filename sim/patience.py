"""Ctrl-C, heard at a moment that suits: what is running is finished first; a second Ctrl-C stops at once."""

from __future__ import annotations

import signal
import sys
import threading
from types import FrameType, TracebackType
from typing import Any, Self


class Patience:
    """While inside, the first Ctrl-C only makes `over` true; outside the main thread nothing is changed."""

    def __init__(self) -> None:
        self.over = False
        self._before: Any = None

    def __enter__(self) -> Self:
        if threading.current_thread() is threading.main_thread():
            self._before = signal.signal(signal.SIGINT, self._hear)
        return self

    def _hear(self, number: int, frame: FrameType | None) -> None:
        """Remember the first, and leave the next to whoever listened before."""
        self.over = True
        signal.signal(signal.SIGINT, self._before)
        print("finishing what is running; Ctrl-C again stops at once", file=sys.stderr, flush=True)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        if self._before is not None:
            signal.signal(signal.SIGINT, self._before)
