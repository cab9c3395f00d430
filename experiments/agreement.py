"""How often do two ways of choosing pick the same thing, on 1,000 identical snapshots per sector?

    python experiments/agreement.py

Writes experiments/agreement.md: one table of pairs per sector, and how far the lenses' orders agree.
"""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd

from sim.scenario.files import shipped_names
from sim.validation.agreement import agreement, choices, first, market, rank_correlation, snapshots
from sim.validation.bench import Bench

PAGE = Path(__file__).with_suffix(".md")
SNAPSHOTS, PER_WORLD = 1000, 8
LIMIT = 0.6


def written(table: pd.DataFrame, form: str) -> str:
    """A square table in Markdown, its lower half."""
    names = list(table)
    lines = [f"| | {' | '.join(f'`{name}`' for name in names[:-1])} |", "| --- |" + " ---: |" * (len(names) - 1)]
    for place, name in enumerate(names[1:], start=1):
        cells = [form.format(table[name][other]) if other in names[:place] else "" for other in names[:-1]]
        lines.append(f"| `{name}` | {' | '.join(cells)} |")
    return "\n".join(lines)


def sector_part(name: str, count: int) -> tuple[str, float]:
    """The section of one sector, and how often `tactical` and `aligned` agree."""
    bench = Bench()
    seeds = [bench.world_seed(replicate) for replicate in range(count // PER_WORLD + 1)]
    seen = first(snapshots(market(name), seeds), count)
    picked = choices(seen)
    bought = ", ".join(f"`{score}` {(found >= 0).mean():.0%}" for score, found in picked.items())
    table = agreement(picked)
    text = (
        f"## {name.replace('_', ' ').capitalize()}\n\n"
        f"Bought something: {bought}.\n\n{written(table, '{:.0%}')}\n\n"
        f"Rank correlation of the lenses' orders:\n\n{written(rank_correlation(seen), '{:.2f}')}\n"
    )
    return text, float(table["tactical"]["aligned"])


def main() -> None:
    """Write the page, and say the one number that has a limit."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--snapshots", type=int, default=SNAPSHOTS)
    count = parser.parse_args().snapshots
    parts = {name: sector_part(name, count) for name in shipped_names("sectors")}
    limit = "\n".join(f"| {name.replace('_', ' ')} | {share:.0%} |" for name, (_, share) in parts.items())
    head = (
        "# How often do two ways of choosing agree?\n\n"
        f"`python experiments/agreement.py`, {datetime.now(UTC):%Y-%m-%d}, {count:,} snapshots per sector.\n\n"
        "A snapshot is a small firm in month 18 of a neighbourhood where nobody has bought and every tool is on offer. "
        "All ways of choosing get the same picture of it: same offers, prices, optimism, noise and draws, two months "
        "of assessment. Two agree where they pick the same candidate, out of the snapshots in which at least one of "
        f"them buys. `tactical` and `aligned` must agree in fewer than {LIMIT:.0%}:\n\n"
        f"| sector | `tactical` and `aligned` agree |\n| --- | ---: |\n{limit}\n\n"
        "Rank correlations are over the candidates that clear the hurdle, mean over snapshots with three or more.\n\n"
    )
    PAGE.write_text(head + "\n".join(text for text, _ in parts.values()), encoding="utf-8")
    for name, (_, share) in parts.items():
        print(f"{name}: tactical and aligned agree in {share:.0%}")


if __name__ == "__main__":
    main()
