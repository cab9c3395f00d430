"""The headline figures as outputs: how many projects fall short, and how many times as likely growth is.

    python experiments/headline.py                   everything, about forty minutes on two cores
    python experiments/headline.py --pages           pages and pictures alone, from what was kept in results/headline
    python experiments/headline.py --futures 6       a quick look
    python experiments/headline.py alignment_growth  these designs alone, then the pages

Plays the designs alignment*.toml, headline_settings*.toml and spillover*.toml of this folder, and fills in the tables
and pictures of headline.md, alignment.md and spillover.md; every number with its interval stands in headline/*.csv.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import pandas as pd
from headline_runs import DESIGNS, played
from headline_tables import pages

KEPT = Path("results/headline")


def main() -> None:
    """Play what is asked for, keep one row per run, and write the pages."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("designs", nargs="*", metavar="design", help=f"all where none is named: {', '.join(DESIGNS)}")
    parser.add_argument("--futures", type=int, help="instead of what the design says")
    parser.add_argument("--seed", type=int, help="instead of what the design says")
    parser.add_argument("--workers", type=int)
    parser.add_argument("--pages", action="store_true", help="play nothing")
    asked = parser.parse_args()
    KEPT.mkdir(parents=True, exist_ok=True)
    for name in [] if asked.pages else asked.designs or DESIGNS:
        print(name, flush=True)
        played(name, asked.futures, asked.seed, asked.workers).to_csv(KEPT / f"{name}.csv", index=False)
    pages({name: pd.read_csv(KEPT / f"{name}.csv") for name in DESIGNS})


if __name__ == "__main__":
    main()
