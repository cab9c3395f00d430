"""What must be true of the model, and what was found: known answers, nulls, examples, hypotheses, facts.

A check computes its finding through the model's own formulas and runs; what is expected stands in the check and
nowhere else. A miss is listed, never averaged away.
"""

from sim.validation.check import GROUPS, Check, Finding, Found
from sim.validation.registry import registry, selected

__all__ = ["GROUPS", "Check", "Finding", "Found", "registry", "selected"]
