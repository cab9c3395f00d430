"""The plan's numbers for machines and for other programs: one JSON object, and a table for every file."""

from __future__ import annotations

import math
from dataclasses import asdict
from typing import Any

import pandas as pd

from sim.analysis.plan.breaks import corner_words
from sim.analysis.plan.cards import cards, luck_words
from sim.analysis.plan.findings import findings
from sim.analysis.plan.sheets import Sheet, plain
from sim.analysis.plan.study import PlanStudy


def tables(study: PlanStudy) -> dict[str, pd.DataFrame]:
    """Every table as raw numbers under heads with units, by the name of its file."""
    return {name: sheet.frame() for name, sheet in findings(study).sheets.items()}


def as_json(study: PlanStudy) -> dict[str, Any]:
    """Plain dictionaries, lists, strings and finite numbers; what is no number is None, a month that never comes
    "never"."""
    comparison, found = study.comparison, findings(study)
    luck = found.drivers.luck_share
    return {
        "plan": comparison.scenario,
        "title": comparison.title,
        "command": comparison.command,
        "version": comparison.version,
        "fingerprint": comparison.fingerprint,
        "seed": comparison.seed,
        "worlds": comparison.worlds,
        "months": comparison.months,
        "goal": {name: value for name, value in asdict(study.goal).items() if name != "name"},
        "verdict": found.answer.kind,
        "sentence": str(found.answer),
        "answers": [
            {"question": card.question, "headline": card.headline, "text": card.text} for card in cards(study, found)
        ],
        "better_choice": found.better[0].name if found.better else None,
        "luck": {"share": luck if math.isfinite(luck) else None, "sentence": luck_words(found)},
        "where_it_breaks": [corner_words(corner, fails) for fails, corner in found.corners.items()],
        "tables": {name: _table(sheet) for name, sheet in found.sheets.items()},
    }  # fmt: skip


def _table(sheet: Sheet) -> dict[str, Any]:
    """A table: its title, its columns with units and its rows."""
    return {
        "title": sheet.title,
        "columns": [{"name": column.head, "unit": column.unit} for column in sheet.columns],
        "rows": [[plain(cell) for cell in row] for row in sheet.rows],
    }
