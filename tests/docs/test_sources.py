"""Every source that is cited is listed, and every source that is listed is cited."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
AUTHOR = r"[A-Z][\w.]+"
# "Bloom and Van Reenen 2007", "(Steele, Lea and Flood 2014)", "Kay and others 2016", "Sakasegawa's 1977 form".
CITED = re.compile(rf"(?:{AUTHOR}(?:, | and | & | )(?:(?:others|et al\.) )?)+(?:\()?((?:19|20)\d\d)\b")
CODE = re.compile(r"\b[EF]\d\d[a-z]?\b")


def told(*patterns: str) -> str:
    """All text of the files that match, without possessives, brackets around years and line ends."""
    paths = [path for pattern in patterns for path in sorted(ROOT.glob(pattern))]
    text = " ".join(path.read_text(encoding="utf-8") for path in paths)
    return " ".join(text.replace("'s ", " ").replace("(", "").replace("#", "").split())


def listed() -> list[dict[str, str]]:
    """Entries of sources.bib: their key and plain fields."""
    entries = re.split(r"^@\w+\{", (ROOT / "docs/sources.bib").read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    return [
        {"key": entry.split(",")[0], **dict(re.findall(r"(\w+) = \{(.*?)\},?\s", entry))} for entry in entries
    ]


def test_every_listed_source_is_cited() -> None:
    text = told("sim/**/*.py", "scenarios/**/*.toml", "docs/*.md", "docs/decisions/*.md")

    assert [entry["key"] for entry in listed() if entry["shorthand"] not in text] == []


def test_every_work_cited_in_code_is_listed() -> None:
    text = told("sim/**/*.py")
    cited = {match[0] for match in CITED.finditer(text)}
    known = [entry["shorthand"] for entry in listed()]

    assert cited, "the pattern finds nothing"
    assert {found for found in cited if not any(found in name or name in found for name in known)} == set()


def test_keys_are_not_used_twice() -> None:
    keys = [entry["key"] for entry in listed()]

    assert sorted(set(keys)) == sorted(keys)


def test_every_fact_cited_by_number_is_explained() -> None:
    explained = set(CODE.findall((ROOT / "docs/facts.md").read_text(encoding="utf-8")))

    assert set(CODE.findall(told("sim/params/*.py", "scenarios/**/*.toml"))) <= explained
