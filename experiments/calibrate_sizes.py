"""Fit how uneven sizes are in each trade to its published size classes.

    python experiments/calibrate_sizes.py

Sizes are lognormal around the published mean, so one number is left: the spread under `parameters.setup` in the
sector's file. It is the one whose worst class is nearest to the published share.
"""

from __future__ import annotations

import numpy as np

from sim.arrays import Floats
from sim.formulas.population import size_at
from sim.scenario.files import find, shipped_names

CLASSES = ("under_5", "5_to_9", "10_to_19", "20_to_99")
UPTO = (5.0, 10.0, 20.0)
RANKS = (np.arange(20_000) + 0.5) / 20_000
SPREADS = np.arange(0.4, 2.0, 0.01)


def classes(mean: float, spread: float) -> Floats:
    """Shares of firms by size class."""
    people = size_at(RANKS, *(np.full(len(RANKS), one) for one in (mean, spread, 1.0)))
    counts = np.bincount(np.searchsorted(UPTO, people, side="right"), minlength=len(CLASSES))
    return np.asarray(counts / len(RANKS))


def main() -> None:
    """Fit every sector that has size classes."""
    for trade in shipped_names("sectors"):
        numbers = find(trade, "sectors").data
        if "firm_share_under_5" not in numbers:
            print(f"{trade}: no size classes")
            continue
        published = np.array([numbers[f"firm_share_{name}"]["value"] for name in CLASSES])
        mean = numbers["employees_mean_under_100"]["value"]
        worst = [float(np.abs(classes(mean, spread) - published).max()) for spread in SPREADS]
        best = float(SPREADS[int(np.argmin(worst))])
        pairs = zip(classes(mean, best), published, strict=True)
        told = ", ".join(f"{found:.3f} ({fact:.3f})" for found, fact in pairs)
        print(f"{trade}: size_spread {best:.2f}; classes (published) {told}")


if __name__ == "__main__":
    main()
