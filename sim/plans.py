"""The plans that come with the program, stress-tested for the docs: for each its answers, a picture and its page.

`python -m sim.plans` makes docs/plans anew with 1,000 futures of every plan, `python -m sim.plans 200` with so many;
tests do the same with a few.
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from sim.analysis.plan import PlanStudy, as_json, plan_files
from sim.execute import silent
from sim.scenario.files import shipped_names
from sim.scenario.plan.plan import load_plan
from sim.verbs.plan import PlanRequest, stress_test

DOCS = Path(__file__).parents[1] / "docs/plans"
WORLDS = 1000
HEAD = """# Plans, stress-tested

The plans that come with the program, each with what `smbsim plan` answers.
A picture shows how much less a choice leaves than the best one of the same future.
The page beside it (download it and open it in a browser) holds all the rest.
Your own plan: [how to write it](../plan-file.md).

Everything here is made by one command, `python -m sim.plans {worlds}`.
"""
PLAN = """
## {title}

**{should} {should_answer}.** {should_text}

![How much less than the best choice of the same future each choice leaves: {title}]({name}.svg)

- **{back} {back_answer}.** {back_text}
- **{till} {till_answer}.** {till_text}
- **{watch} {watch_answer}.** {watch_text}

[The whole page]({name}.html) · [the plan](../../scenarios/plans/{name}.toml) · `{command}`
"""


def documents(worlds: int = WORLDS, workers: int | None = None) -> dict[str, str]:
    """File name -> content of docs/plans."""
    files, told = {}, HEAD.format(worlds=worlds)
    for name in shipped_names("plans"):
        study = _tested(name, worlds, workers)
        made = plan_files(study)
        files[f"{name}.html"], files[f"{name}.svg"] = (str(made[file]) for file in ("report.html", "regret.svg"))
        told += _told(name, study)
    return files | {"README.md": told}


def _tested(name: str, worlds: int, workers: int | None) -> PlanStudy:
    """One plan after all its futures."""
    with TemporaryDirectory() as folder:
        request = PlanRequest(name, worlds=worlds, store=f"{folder}/runs.sqlite", workers=workers)
        return stress_test(request, load_plan(name, None), silent).study


def _told(name: str, study: PlanStudy) -> str:
    """The four answers about a plan."""
    words: dict[str, str] = {}
    for key, card in zip(("should", "back", "till", "watch"), as_json(study)["answers"], strict=True):
        words |= {key: card["question"], f"{key}_answer": card["headline"].rstrip("."), f"{key}_text": card["text"]}
    return PLAN.format(title=study.comparison.title, name=name, command=study.comparison.command, **words)


def main(worlds: int = WORLDS) -> None:
    """Write docs/plans anew."""
    DOCS.mkdir(exist_ok=True)
    for name, content in documents(worlds).items():
        (DOCS / name).write_text(content, encoding="utf-8")
        print(DOCS / name)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
