"""The plan as an Excel workbook: the answer first, then a tab for every table, with units in the heads.

Equal studies give equal bytes: the date of making is left out of the file and of the archive it is.
"""

from __future__ import annotations

import re
from datetime import datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from sim.analysis.plan.cards import cards
from sim.analysis.plan.findings import findings
from sim.analysis.plan.sheets import Sheet, plain
from sim.analysis.plan.study import PlanStudy

EPOCH = datetime(2000, 1, 1)
STAMP = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
HEAD, WASH = Font(bold=True), PatternFill("solid", fgColor="E8EEF3")
FORMATS = {"USD": '"$"#,##0;[Red]\N{MINUS SIGN}"$"#,##0', "futures": "0%", "share": "0.0%"}
PLAIN = "#,##0.##"
WIDEST, NARROWEST, LINE = 60, 11, 90
DATE = (1980, 1, 1, 0, 0, 0)


def workbook(study: PlanStudy) -> bytes:
    """The workbook as the content of an .xlsx file."""
    found = findings(study)
    book = Workbook()
    book.properties.created = EPOCH
    book.properties.creator = "smbsim"
    first = book.active
    assert isinstance(first, Worksheet)
    _answers(first, study)
    for sheet in found.sheets.values():
        _tab(book.create_sheet(sheet.name), sheet)
    return _undated(book)


def _answers(tab: Worksheet, study: PlanStudy) -> None:
    """The first tab: questions and answers, and how to make the file again."""
    comparison = study.comparison
    tab.title = "answer"
    tab.column_dimensions["A"].width = 34
    tab.column_dimensions["B"].width = LINE
    tab.append([comparison.title])
    tab["A1"].font = Font(bold=True, size=14)
    for card in cards(study, findings(study)):
        tab.append([card.question, card.headline])
        tab.cell(tab.max_row, 1).font = tab.cell(tab.max_row, 2).font = HEAD
        tab.append([None, card.text])
    for name, value in (
        ("Futures", comparison.worlds), ("Months", comparison.months), ("Seed", comparison.seed),
        ("Version", comparison.version), ("Again", comparison.command),
    ):  # fmt: skip
        tab.append([name, value])
    for row in tab.iter_rows(min_row=2):
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top", horizontal="left")


def _tab(tab: Worksheet, sheet: Sheet) -> None:
    """One table: title, heads with units, rows with number formats, columns as wide as their words."""
    tab.append([sheet.title])
    tab["A1"].font = Font(bold=True, size=13)
    tab.append([column.head_with_unit for column in sheet.columns])
    for cell in tab[2]:
        cell.font, cell.fill, cell.alignment = HEAD, WASH, Alignment(wrap_text=True, vertical="top")
    for row in sheet.rows:
        tab.append([plain(value) for value in row])
        for place, cell in enumerate(tab[tab.max_row]):
            _formatted(cell, sheet.unit(row, place))
    tab.freeze_panes = "B3"
    for place in range(1, len(sheet.columns) + 1):
        words = [len(str(row[place - 1])) for row in sheet.rows if isinstance(row[place - 1], str)]
        tab.column_dimensions[get_column_letter(place)].width = min(max([NARROWEST, *words]) + 2, WIDEST)


def _formatted(cell: Cell | MergedCell, unit: str) -> None:
    """Show a number in its unit and wrap words."""
    if isinstance(cell.value, str):
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    else:
        cell.number_format = FORMATS.get(unit.split("/")[0], PLAIN)


def _undated(book: Workbook) -> bytes:
    """The file without the time it was made at."""
    made, clean = BytesIO(), BytesIO()
    book.save(made)
    with ZipFile(made) as dated, ZipFile(clean, "w", ZIP_DEFLATED) as undated:
        for name in dated.namelist():
            content = STAMP.sub(rb"\g<1>" + EPOCH.strftime("%Y-%m-%dT00:00:00Z").encode(), dated.read(name))
            undated.writestr(ZipInfo(name, DATE), content, ZIP_DEFLATED)
    return clean.getvalue()
