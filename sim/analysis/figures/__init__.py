"""Pictures of a comparison, one function each, all in the style of `style.py`; `svg` writes one down."""

from sim.analysis.figures.earned import earned_dots
from sim.analysis.figures.golive import go_live
from sim.analysis.figures.money import bridge_steps, cash_fan, worth_effects
from sim.analysis.figures.people import hours_bars
from sim.analysis.figures.style import save, svg
from sim.analysis.figures.time import bottleneck_shares, open_firms, payback_bars

__all__ = [
    "bottleneck_shares",
    "bridge_steps",
    "cash_fan",
    "earned_dots",
    "go_live",
    "hours_bars",
    "open_firms",
    "payback_bars",
    "save",
    "svg",
    "worth_effects",
]
