"""`smbsim scenarios`: what there is to run."""

from __future__ import annotations

import json
import textwrap

from sim.scenario.files import find, shipped_names


def scenarios() -> list[dict[str, str]]:
    """Name, title and why of every shipped scenario."""
    tables = [{"name": name, **find(name).data} for name in shipped_names()]
    return [{key: str(table[key]) for key in ("name", "title", "why")} for table in tables]


def listing(as_json: bool) -> str:
    """The scenarios as a list for people, or as JSON."""
    if as_json:
        return json.dumps(scenarios(), indent=2)
    indent = " " * 2
    return "\n\n".join(
        f"{entry['name']}\n" + textwrap.indent(f"{entry['title']}\n{textwrap.fill(entry['why'], 98)}", indent)
        for entry in scenarios()
    )
