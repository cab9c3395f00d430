"""The plan in the terminal: the four answers, then every choice in one table."""

from __future__ import annotations

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from sim.analysis.plan.cards import cards, luck_words
from sim.analysis.plan.findings import findings
from sim.analysis.plan.sheets import Sheet
from sim.analysis.plan.study import PlanStudy


def print_plan(study: PlanStudy, console: Console) -> None:
    """Print the questions with their answers, and what each choice leaves and would be regretted."""
    found = findings(study)
    for card in cards(study, found):
        console.print(Text.assemble((f"{card.question} ", "bold cyan"), (card.headline, "bold")), highlight=False)
        console.print(Text(card.text), highlight=False)
        console.print()
    for name in ("gains", "regret"):
        console.print(_table(found.sheets[name]))
    console.print(luck_words(found), highlight=False)


def _table(sheet: Sheet) -> Table:
    """A sheet as the terminal shows it."""
    written = sheet.written()
    table = Table(title=sheet.title, title_justify="left", title_style="bold", box=SIMPLE_HEAD, pad_edge=False)
    for place, head in enumerate(written.heads):
        table.add_column(head, justify="right" if place else "left")
    for row in written.rows:
        table.add_row(*row)
    return table
