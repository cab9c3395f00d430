"""What becomes of the worked examples: claims, what was found, and why some do not come true.

    python experiments/examples.py                       all of them
    python experiments/examples.py retail_inventory      one, or several by name

Writes experiments/examples/<example>.md, and README.md there, from the checks of `smbsim validate --only examples`.
A new example needs a scenario file with its claims and nothing here; why a claim does not come true stands in
sim/validation/examples.py.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from sim.analysis.amounts import NONE, change, change_range, lowered, unit_words
from sim.scenario.files import shipped_names
from sim.scenario.resolve import load
from sim.scenario.scenario import Claim
from sim.validation.bench import WORLDS, Bench
from sim.validation.check import Finding
from sim.validation.examples import ENOUGH, EXPLAINED, checks, claims_of
from sim.verbs.claims import measure

FOLDER = Path(__file__).parent / "examples"
TOLD = re.compile(r"Of (\d+) claims: (.*)\.\n")
COUNTED = {
    "comes true": ("comes true", "come true"), "does not come true": ("does not come true", "do not come true"),
    "open": ("is open", "are open"),
}
VERDICTS = {"pass": "comes true", "contradicted": "does not come true", "fail": "does not come true", "open": "open"}


def page(name: str, findings: list[Finding], bench: Bench) -> str:
    """One example as Markdown: why, what came of each claim, and what is to be said about it."""
    scenario, claims = load(name), claims_of(load(name))
    counted = Counter(VERDICTS[finding.found.status] for finding in findings)
    told = ", ".join(f"{counted[words]} {COUNTED[words][counted[words] > 1]}" for words in COUNTED if counted[words])
    command = f"python experiments/examples.py {name}{' --quick' if bench.quick else ''} --seed {bench.seed}"
    reversed_ = [f"*Reversed:* {scenario.falsifier.why}", ""] if scenario.falsifier else []
    rows = [row(finding, *claims[finding.check.id][::2], worlds_of(finding.check.id, bench)) for finding in findings]
    reasons = [f"- *{claims[finding.check.id][2].statement}* {EXPLAINED[finding.check.id]}" for finding in findings
               if finding.found.status != "pass" and finding.check.id in EXPLAINED]
    return "\n".join([
        f"# {scenario.title}", "",
        f"`{command}`, {datetime.now(UTC):%Y-%m-%d}. Of {len(findings)} claims: {told}.", "",
        scenario.why, "", *reversed_,
        "| claim | measured | expected | found (95% interval) | worlds | |", "| --- | --- | --- | ---: | ---: | --- |",
        *rows, *([""] if reasons else []), *reasons, "",
    ])


def worlds_of(check: str, bench: Bench) -> int:
    """Paired worlds that a claim was judged on."""
    in_full = ENOUGH.get(check, WORLDS)
    return min(bench.worlds, in_full) if bench.quick else in_full


def row(finding: Finding, of: str, claim: Claim, worlds: int) -> str:
    """One claim as a row of the table."""
    found, metric, where = finding.found, measure(claim), "Reversed: " if of == "falsifier" else ""
    ends = change_range(*found.interval, metric.unit)
    value = f"{change(found.value, metric.unit)} ({ends})" if ends != NONE else change(found.value, metric.unit)
    statement = f"{where}{claim.statement} (`{claim.a}` against `{claim.b}`)"
    measured = f"{lowered(metric.label)}, {unit_words(metric.unit)}{months(claim)}"
    return f"| {statement} | {measured} | {finding.check.expected} | {value} | {worlds} | {VERDICTS[found.status]} |"


def months(claim: Claim) -> str:
    """Which months a claim speaks of, where not of all; people count them from 1."""
    return "" if claim.months is None else f", months {claim.months[0] + 1} to {claim.months[1]}"


def index() -> str:
    """All pages there are, each with what came of its claims."""
    rows = []
    for name in shipped_names():
        path = FOLDER / f"{name}.md"
        if path.exists():
            text = path.read_text(encoding="utf-8")
            title, told = text.partition("\n")[0].removeprefix("# "), TOLD.search(text)
            rows.append(f"| [{title}]({path.name}) | {told[1] if told else ''} | {told[2] if told else ''} |")
    return "\n".join([
        "# Worked examples", "",
        "What became of the claims of each example and of its falsifier, by `python experiments/examples.py`.", "",
        "| example | claims | |", "| --- | ---: | --- |", *rows, "",
    ])


def main() -> None:
    """Write the pages asked for, and the list of all."""
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
        (FOLDER / "README.md").write_text(index(), encoding="utf-8")
        print(path.name, *(finding.found.status for finding in findings))


if __name__ == "__main__":
    main()
