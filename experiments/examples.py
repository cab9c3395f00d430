"""What becomes of the worked examples: claims, what was found, and why some do not come true.

    python experiments/examples.py                       all of them
    python experiments/examples.py retail_inventory      one, or several by name

Writes experiments/examples/<example>.md from the same checks as `smbsim validate --only examples`. A new example needs
a scenario file with its claims and nothing here; why a claim does not come true stands in sim/validation/examples.py.
"""

from __future__ import annotations

import argparse
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from sim.scenario.files import shipped_names
from sim.scenario.resolve import load
from sim.scenario.scenario import Claim
from sim.validation.bench import Bench
from sim.validation.check import Finding
from sim.validation.examples import checks, claims_of
from sim.validation.page import amount, interval

FOLDER = Path(__file__).parent / "examples"
VERDICTS = {"pass": "comes true", "contradicted": "does not come true", "fail": "does not come true", "open": "open"}


def page(name: str, findings: list[Finding], bench: Bench) -> str:
    """One example as Markdown: why, what came of each claim, and what is to be said about it."""
    scenario, claims = load(name), claims_of(load(name))
    counted = Counter(VERDICTS[finding.found.status] for finding in findings)
    told = ", ".join(f"{number} {words}" for words, number in counted.items())
    command = f"python experiments/examples.py {name}{' --quick' if bench.quick else ''} --seed {bench.seed}"
    reversed_ = [f"*Reversed:* {scenario.falsifier.why}", ""] if scenario.falsifier else []
    rows = [row(finding, *claims[finding.check.id][::2]) for finding in findings]
    remarks = [f"- *{claims[finding.check.id][2].statement}* {finding.found.remark}" for finding in findings]
    return "\n".join([
        f"# {scenario.title}", "",
        f"`{command}`, {datetime.now(UTC):%Y-%m-%d}. Of {len(findings)} claims: {told}.", "",
        scenario.why, "", *reversed_,
        "| claim | measured | expected | found (95% interval) | |", "| --- | --- | --- | ---: | --- |",
        *rows, "", *remarks, "",
    ])


def row(finding: Finding, of: str, claim: Claim) -> str:
    """One claim as a row of the table."""
    found, where = finding.found, "Reversed: " if of == "falsifier" else ""
    ends = interval(found)
    value = f"{amount(found)} ({ends})" if ends else amount(found)
    statement = f"{where}{claim.statement} (`{claim.a}` against `{claim.b}`)"
    return f"| {statement} | `{claim.metric}` | {finding.check.expected} | {value} | {VERDICTS[found.status]} |"


def main() -> None:
    """Write the pages asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="example", help="all where none is named")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--quick", action="store_true", help="few worlds")
    parser.add_argument("--workers", type=int)
    asked = parser.parse_args()
    FOLDER.mkdir(exist_ok=True)
    listed = checks()
    for name in asked.names or shipped_names():
        bench = Bench(seed=asked.seed, quick=asked.quick, workers=asked.workers)
        findings = [check.run(bench) for check in listed if check.id.startswith(f"E-{name}-")]
        path = FOLDER / f"{name}.md"
        path.write_text(page(name, findings, bench), encoding="utf-8")
        print(path.name, *(finding.found.status for finding in findings))


if __name__ == "__main__":
    main()
