"""`smbsim validate`: known answers, nulls, examples, hypotheses and facts, each found out anew."""

from __future__ import annotations

import json
import shlex
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from sim.errors import InputError
from sim.validation.bench import Bench
from sim.validation.check import Check, Finding
from sim.validation.page import page, print_findings
from sim.validation.registry import selected
from sim.verbs.progress import Bar


@dataclass(frozen=True)
class ValidateRequest:
    """What the command line asked for; see `smbsim validate --help`."""

    only: str | None = None
    ids: str | None = None
    quick: bool = False
    seed: int = 1
    out: str | None = None
    workers: int | None = None
    as_json: bool = False

    def command(self) -> str:
        """The command line that repeats these checks."""
        words = ["smbsim", "validate"]
        for option, value in (("--only", self.only), ("--id", self.ids), ("--seed", self.seed)):
            words += [option, str(value)] if value is not None else []
        return shlex.join(words + ["--quick"] * self.quick)


def validate(request: ValidateRequest) -> tuple[str, bool]:
    """Run the checks asked for; returns what belongs on standard output and whether none failed.

    Raises InputError for groups and ids that do not exist, and for a folder that cannot be written.
    """
    checks = selected(request.only, request.ids)
    folder = _folder(request)
    findings = found_out(checks, request)
    if folder is not None:
        (folder / "validation.html").write_text(page(findings, request.command()), encoding="utf-8")
    passed = all(finding.found.status != "fail" for finding in findings)
    if request.as_json:
        return json.dumps([finding.as_dict() for finding in findings], indent=2, allow_nan=False), passed
    print_findings(findings, Console(file=sys.stdout))
    return f"page: {folder / 'validation.html'}" if folder else "", passed


def found_out(checks: Sequence[Check], request: ValidateRequest) -> list[Finding]:
    """Run checks one after another, saying on standard error where it stands."""
    bench = Bench(request.seed, request.quick, request.workers)
    if request.quick:
        print(f"--quick: {bench.worlds} worlds for each comparison", file=sys.stderr)
    findings: list[Finding] = []
    bar = Bar("checks")
    for check in checks:
        bar(len(findings), len(checks))
        findings.append(check.run(bench))
    bar(len(findings), len(checks))
    return findings


def _folder(request: ValidateRequest) -> Path | None:
    """The folder of the page, made before anything is computed; None where JSON alone was asked for."""
    if request.as_json and request.out is None:
        return None
    folder = Path(request.out or "results/validation")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"--out {folder}: nothing can be written there ({error.strerror}).") from None
    return folder
