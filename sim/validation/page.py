"""Findings as one self-contained page and as a table in the terminal; equal findings give equal bytes."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from sim import __version__
from sim.analysis.amounts import MINUS
from sim.analysis.inner import true_minus
from sim.validation.check import GROUPS, STATUS_MEANS, Finding, Found, Status

ERRORS = re.compile(",? (and|within) three standard errors$")
MARKS = {"pass": "✓ pass", "fail": "✗ fail", "contradicted": "✗ contradicted", "open": "○ open"}
COLOURS = {"pass": "green", "fail": "bold red", "contradicted": "yellow", "open": "cyan"}


def page(findings: Sequence[Finding], command: str) -> str:
    """The findings as one HTML page; `command` is the command that made them."""
    environment = Environment(
        loader=ChoiceLoader([PackageLoader("sim.validation"), PackageLoader("sim.analysis")]), autoescape=True,
        trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined,
    )
    environment.filters |= {"amount": amount, "interval": interval, "briefly": briefly, "minus": true_minus}
    groups = {
        words: [finding for finding in findings if finding.check.group == group] for group, words in GROUPS.items()
    }
    return environment.get_template("validation.html.j2").render(
        verdict=verdict(findings), groups={words: rows for words, rows in groups.items() if rows}, marks=MARKS,
        means=STATUS_MEANS, missed=[finding for finding in findings if finding.found.status != "pass"],
        command=command, version=__version__,
    )


def verdict(findings: Sequence[Finding]) -> str:
    """How many checks passed and what became of the others, in a sentence."""
    counted = Counter(finding.found.status for finding in findings)
    words: dict[Status, str] = {"fail": "failed", "contradicted": "contradicted, with the reason", "open": "open"}
    others = [f"{counted[status]} {word}" for status, word in words.items() if counted[status]]
    return f"{counted['pass']} of {len(findings)} checks passed{''.join(f', {other}' for other in others)}."


def print_findings(findings: Sequence[Finding], console: Console) -> None:
    """The findings as a table, and the sentence that sums them up."""
    table = Table("check", "what must be true", "expected", "found (95% interval)", "")
    for finding in findings:
        check, found = finding.check, finding.found
        remark = f"\n[dim]{escape(found.remark)}[/dim]" if found.remark else ""
        table.add_row(
            check.id, f"{check.statement}{remark}", check.expected,
            f"{amount(found)} {check.unit}\n{interval(found)}".strip(),
            f"[{COLOURS[found.status]}]{MARKS[found.status]}[/]",
        )
    console.print(table)
    console.print(verdict(findings))


def amount(found: Found) -> str:
    """The value with four digits, or a dash."""
    return _number(found.value) if math.isfinite(found.value) else "–"


def briefly(expected: str) -> str:
    """What is expected, without what the page says once of every "±"."""
    return ERRORS.sub("", expected) if "±" in expected else expected


def interval(found: Found) -> str:
    """The interval, or nothing where there is none."""
    low, high = found.interval
    return f"{_number(low)} to {_number(high)}" if math.isfinite(low) and low != high else ""


def _number(value: float) -> str:
    return (f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}").replace("-", MINUS)
