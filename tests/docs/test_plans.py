"""The plans in the docs say what `smbsim plan` says of them."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sim.cli import app
from sim.plans import DOCS, documents
from sim.scenario.files import shipped_names
from sim.scenario.plan.plan import load_plan
from sim.store import content_hash

FUTURES = 20
MOST_BYTES = 300_000
PLANS = shipped_names("plans")
JOINER = "\u2060"  # keeps a range on one line


def plain(page: str) -> str:
    """The words of a page, without marks and breaks."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).replace(JOINER, "").split())


def shown(name: str) -> str:
    """A file of docs/plans as it stands in the repository."""
    return (DOCS / name).read_text(encoding="utf-8")


def part(readme: str, title: str) -> str:
    """What stands under the heading of a plan."""
    return readme.split(f"## {title}\n")[1].split("\n## ")[0]


@pytest.fixture(scope="module")
def made() -> dict[str, str]:
    """The documents with a few futures."""
    return documents(FUTURES, workers=1)


def test_the_documents_of_every_plan_are_made_and_none_other_is_kept(made: dict[str, str]) -> None:
    files = {"README.md", *(f"{name}.{kind}" for name in PLANS for kind in ("html", "svg"))}
    assert set(made) == files
    assert {path.name for path in DOCS.iterdir()} == files
    assert all(len(shown(name).encode()) < MOST_BYTES for name in files)


@pytest.mark.parametrize("name", PLANS)
def test_the_readme_says_what_the_verb_says(name: str, made: dict[str, str], tmp_path: Path) -> None:
    store = str(tmp_path / "runs.sqlite")
    asked = ["plan", name, "--worlds", str(FUTURES), "--seed", "1", "--workers", "1", "--store", store, "--json"]
    said = json.loads(CliRunner().invoke(app, asked).stdout)
    told = part(made["README.md"], said["title"])

    for card in said["answers"]:
        assert f"**{card['question']} {card['headline'].rstrip('.')}.** {card['text']}" in told
    assert f"`{said['command']}`" in told


@pytest.mark.parametrize("name", PLANS)
def test_what_stands_in_the_readme_stands_on_the_page_beside_it_and_both_are_of_the_plan_as_it_is(name: str) -> None:
    plan, page = load_plan(name, None), plain(shown(f"{name}.html"))
    told = part(shown("README.md"), plan.scenario.title)

    sentences = [answer.strip() for answer in re.findall(r"\*\*.*?\*\* (.*)", told)]
    assert len(sentences) == 4
    assert all(sentence in page for sentence in sentences)
    assert content_hash(plan.scenario.fingerprint()) in page, "made anew by: python -m sim.plans"
