"""The plan in the terminal: the four answers, then every choice in one table."""

from __future__ import annotations

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from sim.analysis.amounts import NONE
from sim.analysis.plan.cards import cards, luck_words
from sim.analysis.plan.findings import findings
from sim.analysis.plan.sheets import Sheet
from sim.analysis.plan.study import PlanStudy

TITLE = "Every choice, dollars of today; the least regretted first"
GAINS = ("Gain, on average", "Better off, of 100", "Worse off, of 100")
REGRETS = ("Regret, on average", "Meets the goal, of 100")


def print_plan(study: PlanStudy, console: Console) -> None:
    """Print the questions with their answers, and what each choice leaves and would be regretted."""
    found = findings(study)
    for card in cards(study, found):
        console.print(Text.assemble((f"{card.question} ", "bold cyan"), (card.headline, "bold")), highlight=False)
        console.print(Text(card.text), highlight=False)
        console.print()
    console.print(choices_table(found.sheets["gains"], found.sheets["regret"]))
    console.print(luck_words(found), highlight=False)


def choices_table(gains: Sheet, regrets: Sheet) -> Table:
    """What each choice leaves, how often, how much it would be regretted, how often it meets the goal."""
    table = Table(title=TITLE, title_justify="left", title_style="bold", box=SIMPLE_HEAD, pad_edge=False)
    gained, regretted = (_by_choice(sheet) for sheet in (gains, regrets))
    table.add_column("Choice", max_width=22)
    for head in (*GAINS, *REGRETS):
        cells = (row.get(head, NONE) for row in (gained if head in GAINS else regretted).values())
        table.add_column(head, justify="right", min_width=max(map(len, cells)))
    for choice, cells in regretted.items():
        left = gained.get(choice, {})
        table.add_row(choice, *(left.get(head, NONE) for head in GAINS), *(cells[head] for head in REGRETS))
    return table


def _by_choice(sheet: Sheet) -> dict[str, dict[str, str]]:
    """Written cells without their ranges, by choice and head."""
    written = sheet.written()
    return {
        row[0]: {head: cell.split("\n")[0] for head, cell in zip(written.heads, row, strict=True)}
        for row in written.rows
    }
