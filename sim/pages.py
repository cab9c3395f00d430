"""The tables of docs/ that repeat what the code says are made from the code, so the two cannot disagree.

A page marks where a table stands:

    <!-- table: month -->
    <!-- end of table -->

`python -m sim.pages` rewrites what is between such marks in docs/*.md; a test fails where a page is behind.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

from sim.file_tables import (
    design_keys,
    event_keys,
    event_kinds,
    firm_numbers,
    firm_terms,
    plan_goals,
    plan_numbers,
    plan_terms,
    table,
)
from sim.mechanisms import entry
from sim.observe.metrics import CHOICES, METRICS, SERIES, THEMES, Metric
from sim.params import groups
from sim.params.base import Meaning, meanings
from sim.params.sector import STAGE_LABELS, STAGES, Catalogue, Sector
from sim.scenario.fields import number
from sim.scenario.files import CATALOGUE, catalogue_document, facts_document, find, shipped_names
from sim.schedule import MONTH
from sim.state import Customers, Firms, People, Strategies, Worlds
from sim.store.tables import METADATA
from sim.strategies.scores import RULES
from sim.validation import GROUPS, registry
from sim.world import Mechanism

DOCS = Path(__file__).parents[1] / "docs"
MARKED = re.compile(r"(<!-- table: (\w+) -->\n).*?(<!-- end of table -->)", re.DOTALL)
STATE = {
    "worlds": Worlds, "strategies": Strategies, "firms": Firms, "people": People, "customers": Customers,
}
MOST_COLUMNS_NAMED = 14
BETTER = {1: "more", -1: "less", 0: "neither"}


def _code(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def first_line(thing: Any) -> str:
    """First line of a docstring."""
    return str(thing.__doc__).strip().splitlines()[0]


def month() -> str:
    """The steps of the month in their order."""
    return table(
        ("", "step", "what it does", "writes", "switched off it is"),
        (
            (place, f"`{step.name}`", step.source, _written(step), step.neutral_text or "always on")
            for place, step in enumerate(MONTH, start=1)
        ),
    )


def _written(step: Mechanism) -> str:
    """Columns a step writes, by table; only their number where there are many."""
    parts = []
    for name in STATE:
        columns = sorted(column.partition(".")[2] for column in step.writes if column.startswith(f"{name}."))
        if len(columns) > MOST_COLUMNS_NAMED:
            parts.append(f"{name}: {len(columns)} columns")
        elif columns:
            parts.append(f"{name}: {_code(columns)}")
    return "; ".join(parts)


def scores() -> str:
    """The scores by which owners choose."""
    return table(("score", "what it does"), ((f"`{name}`", first_line(rule)) for name, rule in RULES.items()))


def stages() -> str:
    """The stages of the value chain."""
    rows = ((place, f"`{name}`", STAGE_LABELS[place]) for place, name in enumerate(STAGES))
    return table(("", "stage", "in words"), rows)


def state() -> str:
    """The columns of every table with unit, meaning and who writes them."""
    parts = []
    for name, kind in STATE.items():
        rows = [
            (f"`{f.name}`", *(f.metadata[key] for key in ("kind", "width", "unit", "meaning")),
             _writers(f"{name}.{f.name}"))
            for f in fields(kind)
        ]
        head = ("column", "type", "one per", "unit", "meaning", "written by")
        parts.append(f"### {name}\n\n{first_line(kind)}\n\n{table(head, rows)}")
    return "\n".join(parts)


def _writers(column: str) -> str:
    """The steps that write a column; a founding fills a firm's whole row and is named where it is alone."""
    steps = [step.name for step in MONTH if column in step.writes and step is not entry.open_new_firms]
    alone = "birth" if column in entry.open_new_firms.writes else "month 0"
    return ", ".join(steps) or alone


def parameters() -> str:
    """Every parameter of every group."""
    parts = []
    for name, group in groups().items():
        rows = [
            (f"`{key}`", number(m.default), m.unit, _range(m), m.kind, m.text, m.source)
            for key, m in meanings(group).items()
        ]
        head = ("name", "value", "unit", "allowed", "kind", "meaning", "source")
        parts.append(f"### {name}\n\n{first_line(group)}\n\n{table(head, rows)}")
    return "\n".join(parts)


def _range(meaning: Meaning) -> str:
    return f"{number(meaning.low)} to {number(meaning.high)}"


def presets() -> str:
    """What the model takes from the files of sectors and tools."""
    parts = []
    for title, kind in (("sector", Sector), ("catalogue", Catalogue)):
        rows = [(f"`{f.name}`", f.metadata["unit"], f.metadata["text"]) for f in fields(kind)]
        parts.append(f"### {title}\n\n{table(('name', 'unit', 'meaning'), rows)}")
    return "\n".join(parts)


def provenance() -> str:
    """How many numbers there are and where they come from, by file."""
    kinds = ("measured", "derived", "calibrated", "assumed")
    presets = {f"scenarios/sectors/{name}.toml": find(name, "sectors") for name in shipped_names("sectors")}
    declared = [str(m.kind) for group in groups().values() for m in meanings(group).values()]
    counts = {"sim/params/": Counter(declared)}
    for name, document in {**presets, f"scenarios/{CATALOGUE}.toml": catalogue_document()}.items():
        counts[name] = Counter(one["kind"] for one in _numbers(document.data))
    rows = [(f"`{name}`", count.total(), *(count[kind] for kind in kinds)) for name, count in counts.items()]
    return table(("file", "numbers", *kinds), rows)


def _numbers(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every entry with a value and its provenance, however deep."""
    for value in data.values():
        if isinstance(value, dict):
            yield from [value] if "value" in value else _numbers(value)


def metrics() -> str:
    """One value per run."""
    return _measured(METRICS.values())


def series() -> str:
    """One value per run and month."""
    return _measured(SERIES.values())


def choices() -> str:
    """One value per choice."""
    return _measured(CHOICES.values())


def _measured(listed: Iterable[Metric]) -> str:
    head = ("name", "about", "unit", "label", "in one line", "better")
    return table(head, (
        (f"`{m.name}`", THEMES[m.theme].lower(), m.unit, m.label, m.line, BETTER[m.better]) for m in listed
    ))


def checks() -> str:
    """Every check of `smbsim validate`."""
    parts = []
    for group, words in GROUPS.items():
        rows = [
            (f"`{check.id}`", check.statement, check.expected, check.unit)
            for check in registry().values() if check.group == group
        ]
        parts.append(f"### {words}\n\n{table(('check', 'what must be true', 'expected', 'unit'), rows)}")
    return "\n".join(parts)


def facts() -> str:
    """Every published fact that the project holds, fitted or kept for validation."""
    head = ("code", "what", "value", "unit", "population", "source", "seen", "role", "confidence")
    return table(head, (
        (f["id"], f["name"], _valued(f["value"]), *(f[key] for key in ("unit", "population", "source", "seen", "role")),
         f["confidence"])
        for f in facts_document().data["fact"]
    ))


def results_store() -> str:
    """What a results store holds, table by table."""
    return table(
        ("table", "a row is", "columns"),
        ((f"`{name}`", one.info["row"], _code(one.columns.keys())) for name, one in METADATA.tables.items()),
    )


def _valued(value: Any) -> str:
    """A number, a list of numbers, or numbers by name."""
    match value:
        case dict():
            return "; ".join(f"{name.replace('_', ' ')} {_valued(entry)}" for name, entry in value.items())
        case list():
            return ", ".join(_valued(entry) for entry in value)
    return number(value)


TABLES: dict[str, Callable[[], str]] = {
    made.__name__: made
    for made in (
        month, scores, stages, state, parameters, presets, provenance, metrics, series, choices, firm_terms,
        firm_numbers, plan_terms, plan_goals, plan_numbers, design_keys, event_keys, event_kinds,
        checks, facts, results_store,
    )
}


def fresh(text: str) -> str:
    """A page with every marked table made anew; ValueError for a mark that names no table."""

    def anew(match: re.Match[str]) -> str:
        name = match[2]
        if name not in TABLES:
            raise ValueError(f"no table is called {name!r}; there are {', '.join(TABLES)}")
        return f"{match[1]}\n{TABLES[name]()}\n{match[3]}"

    return MARKED.sub(anew, text)


def behind(folder: Path = DOCS) -> dict[Path, str]:
    """The pages that no longer say what the code says, with the text they should have."""
    texts = {page: page.read_text(encoding="utf-8") for page in sorted(folder.glob("*.md"))}
    return {page: fresh(text) for page, text in texts.items() if fresh(text) != text}


def main() -> None:
    """Rewrite the pages that are behind, and name them."""
    for page, text in behind().items():
        page.write_text(text, encoding="utf-8")
        print(page)


if __name__ == "__main__":
    main()
