"""What does each switch do? One month from common states, with every step of the month on and off.

    python -m tests.validation.switches

It writes results/validation/switches.md and ends with exit code 1 if a step that is switched off changes a column that
it does not declare, or none at all.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from pathlib import Path

from sim import __version__
from sim.file_tables import table
from sim.scenario.files import shipped_names
from sim.scenario.resolve import load
from sim.validation.common_state import AGE_MONTHS, WAYS, grown
from sim.validation.switches import Effect, common_state, effects, over
from sim.world import TABLES

PAGE = Path("results/validation/switches.md")
SEED, SEEDS = 1, (1, 2)
MOST_NAMED = 14


def states() -> Iterator[Sequence[Effect]]:
    """What every step does in the common state, and in two years of every worked example."""
    yield effects(common_state(SEED))
    for name in shipped_names():
        print(name, flush=True)
        yield effects(grown([load(name).params], SEEDS))


def by_table(names: Collection[str]) -> str:
    """Columns by the table they belong to; only their number where there are many."""
    of_table = defaultdict(list)
    for name in sorted(names):
        of_table[name.partition(".")[0]].append(f"`{name.partition('.')[2]}`")
    return "; ".join(
        f"{one}: {', '.join(of_table[one]) if len(of_table[one]) <= MOST_NAMED else f'{len(of_table[one])} columns'}"
        for one in TABLES if of_table[one]
    ) or "none"


def row(one: Effect) -> tuple[object, ...]:
    """A step as a row of the table."""
    off = one.step.neutral_text or "left out: it has no switch"
    return (f"`{one.step.name}`", off, f"{len(one.at_once)} of {len(one.step.writes)}", by_table(one.at_once),
            by_table(one.by_month_end - one.at_once), f"{one.seen} of {one.tried}")


def written(found: Sequence[Effect], minutes: float) -> str:
    """The page as Markdown."""
    beyond = [f"`{one.step.name}` ({by_table(one.undeclared)})" for one in found if one.undeclared]
    unseen = [f"`{one.step.name}`" for one in found if not one.at_once]
    examples = ", ".join(f"`{name}`" for name in shipped_names())
    head = ("step", "switched off it is", "of those declared", "columns that differ at the end of the step",
            "besides at the end of the month", "seen in")
    return "\n".join([
        "# What does each switch do?", "",
        f"One month from one common state, once with everything and once with a step of the month switched off; a step "
        f"without a switch is left out. smbsim {__version__}, {date.today():%d %B %Y}, {minutes:.1f} minutes of "
        "processor time.", "",
        f"- Columns that differ at the end of the step and that it does not declare: {', '.join(beyond) or 'none'}.",
        f"- Steps that make no difference in any state: {', '.join(unseen) or 'none'}.", "",
        "```", "python -m tests.validation.switches", "```", "",
        f"States: worlds that have lived {AGE_MONTHS} months, whose small firms all follow `{WAYS[0]}`, with a target "
        f"for growth, in one half and `{WAYS[1]}` in the other. The first is a street of bakeries in sixteen worlds, "
        "eight as usual, and eight in which everything happens: events of every kind, thefts, fines, outages, versions "
        f"that age, work and tastes that move. The others are the worked examples, four worlds each: {examples}.", "",
        "`smbsim validate --id K25a,K25b` looks at the first alone.", "",
        table(head, map(row, found)),
    ])


def main() -> int:
    """Look and write; how many steps do more than they declare, or nothing."""
    begin = time.process_time()
    found = over(states())
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(written(found, (time.process_time() - begin) / 60.0), encoding="utf-8")
    return sum(bool(one.undeclared) or not one.at_once for one in found)


if __name__ == "__main__":
    raise SystemExit(min(main(), 1))
