"""Numbers of diffusion (M16): how adopters, elsewhere and in the own market, make others talk and buy."""

from dataclasses import dataclass

from sim.arrays import Floats
from sim.params.base import par


@dataclass(frozen=True)
class Diffusion:
    """Talk about a tool rises with those who have it; by default it only wanders around the catalogue's level."""

    contagion: Floats = par(0.0, "talk that a tool gains as firms of the own market own it, from none to all",
        unit="index", low=0.0, high=2.0, kind="assumed", source="off unless a scenario asks for it")
    elsewhere: Floats = par(0.0, "talk that a tool gains as firms elsewhere own it, from none to all",
        unit="index", low=0.0, high=2.0, kind="assumed", source="off unless a scenario asks for it")
    innovation_year: Floats = par(0.03, "firms elsewhere that take a tool up by themselves",
        unit="share/year", low=0.0, high=1.0, kind="assumed",
        source="Sultan, Farley and Lehmann 1990, mean over many products; that it holds for these tools is assumed")
    imitation_year: Floats = par(0.38, "firms elsewhere that take it up where all others have it",
        unit="share/year", low=0.0, high=5.0, kind="assumed",
        source="Sultan, Farley and Lehmann 1990, mean over many products; that it holds for these tools is assumed")
    started_share: Floats = par(0.1, "firms elsewhere that own a tool at month 0",
        unit="share", low=0.0, high=1.0, kind="assumed", source="assumption: early days")
    hesitation: Floats = par(0.0, "how far the level of talk decides whether who follows it buys at all",
        unit="index 0-1", low=0.0, high=1.0, kind="assumed",
        source="assumption: at 0 who follows the talk buys whenever deciding, at 1 with a chance equal to the talk")
