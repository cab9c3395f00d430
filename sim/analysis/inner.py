"""Which assumptions are numbers of the model itself, that only its makers and critics can judge."""

from __future__ import annotations

import re

from sim.analysis.amounts import MINUS

NAMED = re.compile(r"\([a-z_]+\.[a-z0-9_]+\)$")
NEGATIVE = re.compile(r"(?<![\w-])-(?=[\d.$])")


def of_the_model(text: str) -> bool:
    """Whether the words of an assumption end with the name of a parameter: "… (throughput.rho)"."""
    return bool(NAMED.search(text))


def true_minus(text: str) -> str:
    """The text with a true minus sign before negative numbers; hyphens in words, dates and options stay."""
    return NEGATIVE.sub(MINUS, text)
