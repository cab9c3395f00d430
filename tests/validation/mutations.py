"""Would anybody notice? A slow command that replaces every step of the month and runs checks until one fails.

    python -m tests.validation.mutations [STEP …]

It writes results/validation/mutations.md and ends with exit code 1 if a replaced step went unnoticed. The checks of
`smbsim validate` that concern a step come first; the last word has the plain twin, which lives the same months in
another code.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from sim import __version__
from sim.validation.bench import Bench
from sim.validation.check import Check, Found, none_of
from sim.validation.mutations import KINDS, Mutation, noticed
from sim.validation.registry import registry
from tests.twin.test_twin import Lived
from tests.twin.worlds import eventful
from tests.worlds import arm

PAGE = Path("results/validation/mutations.md")
CONCERN = {
    "demand": ("K18", "K19"), "throughput": ("K19",), "rework": ("K19",), "inspection": ("K27",),
    "frontier": ("K28",), "incidents": ("K26",), "diffusion": ("K22",),
}
"""Cheap checks of `smbsim validate` by the mechanism they are about."""
SEEDS, TWIN_MONTHS = (11, 12, 13), 40


def as_the_twin(bench: Bench) -> Found:
    """Differences between the model and its plain twin, in small worlds in which everything happens."""
    lived = Lived(eventful(), list(SEEDS), [arm("random"), arm("aligned"), arm("tactical")])
    found = lived.differences(TWIN_MONTHS)
    return none_of(len(found), "; ".join(found[:1]))


TWIN = Check("twin", "known", "The model and its plain twin live the same months.", "0", "differences", as_the_twin)


def concerning(step: str) -> list[Check]:
    """The checks about a step's mechanism, the cheap ones first, and the twin."""
    every = registry()
    return [*(every[name] for name in CONCERN.get(step.split(".")[0], ())), TWIN]


def written(found: Sequence[Mutation], minutes: float) -> str:
    """The table as Markdown."""
    rows = [f"| {one.step} | {KINDS[one.kind]} | {one.noticed_by or '**nobody**'} | {one.found.replace('|', '/')} |"
            for one in found]
    missed = sum(one.noticed_by is None for one in found)
    return "\n".join([
        "# Would anybody notice?", "",
        f"Every step of the month was replaced, once by its neutral form (by nothing where it has none), once by one "
        f"number per column. smbsim {__version__}, {date.today():%d %B %Y}, {minutes:.0f} minutes of processor time. "
        f"{len(found) - missed} of {len(found)} replacements made a check fail.", "",
        "```", "python -m tests.validation.mutations", "```", "",
        "| step | replaced by | noticed by | what was found |", "| --- | --- | --- | --- |", *rows, "",
    ])


def main(steps: Sequence[str]) -> int:
    """Replace, look, write; how many went unnoticed."""
    begin = time.process_time()
    found = noticed(
        concerning, steps, lambda: Bench(quick=True, workers=1),
        lambda one: print(f"{one.step:32} {one.kind:9} {one.noticed_by or 'NOBODY'}: {one.found}", flush=True),
    )
    if not steps:
        PAGE.parent.mkdir(parents=True, exist_ok=True)
        PAGE.write_text(written(found, (time.process_time() - begin) / 60.0), encoding="utf-8")
    return sum(one.noticed_by is None for one in found)


if __name__ == "__main__":
    raise SystemExit(min(main(sys.argv[1:]), 1))
