"""Tables in docs/ say what the code says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sim import pages
from sim.params import groups
from sim.params.base import meanings
from sim.schedule import MONTH

PAGES = sorted(pages.DOCS.rglob("*.md"))
# `group.parameter` or `module.step` in the text of a page; a file's name has an ending instead.
NAMED = re.compile(r"`([a-z_]+)\.([a-z_]+)`")
ENDINGS = ("py", "md", "toml", "bib", "sqlite", "html", "svg", "csv")


def known_names() -> set[str]:
    """Parameters as group.name and steps as module.name."""
    return {f"{name}.{key}" for name, group in groups().items() for key in meanings(group)} | {
        step.name for step in MONTH
    }


def test_no_page_is_behind_the_code() -> None:
    assert list(pages.behind()) == [], "run `python -m sim.pages`"


def test_every_table_stands_on_a_page() -> None:
    shown = {name for page in PAGES for _, name, _ in pages.MARKED.findall(page.read_text(encoding="utf-8"))}

    assert shown == set(pages.TABLES)


def test_a_page_that_says_something_else_is_behind(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("before\n<!-- table: stages -->\n| old |\n<!-- end of table -->\nafter\n", encoding="utf-8")

    page.write_text(pages.behind(tmp_path)[page], encoding="utf-8")

    assert page.read_text(encoding="utf-8").startswith("before\n<!-- table: stages -->\n\n|  | stage |")
    assert "old" not in page.read_text(encoding="utf-8")
    assert pages.behind(tmp_path) == {}


def test_a_mark_that_names_no_table_is_refused() -> None:
    with pytest.raises(ValueError, match="no table is called 'moon'"):
        pages.fresh("<!-- table: moon -->\n<!-- end of table -->\n")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_names_only_parameters_and_steps_that_exist(page: Path) -> None:
    named = {".".join(pair) for pair in NAMED.findall(page.read_text(encoding="utf-8")) if pair[1] not in ENDINGS}

    assert named <= known_names()


def test_the_description_names_every_mechanism_of_the_month() -> None:
    text = (pages.DOCS / "model.md").read_text(encoding="utf-8")

    assert {step.name.partition(".")[0] for step in MONTH} <= set(re.findall(r"`(?:\S*/)?(\w+)\.py`", text))
