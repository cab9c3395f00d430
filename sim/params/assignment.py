"""Who follows the strategy in question where not all firms do, and not one alone."""

from dataclasses import dataclass

from sim.arrays import Floats
from sim.params.base import par


@dataclass(frozen=True)
class Assignment:
    """Used where strategies are mixed by lot or chosen by owners; a run of one firm, or of all, asks neither."""

    saturation: Floats = par(0.5, "small firms that follow the strategy in question, where it is mixed or chosen",
        unit="share", low=0.0, high=1.0, kind="assumed", source="assumption: half, the sharpest contrast")
    choice_correlation: Floats = par(0.5, "correlation of an owner's quality with the wish to follow it, where chosen",
        unit="correlation", low=0.0, high=0.95, kind="assumed",
        source="assumption; 0.8 makes a survey ratio of three out of nothing (check K21)")
