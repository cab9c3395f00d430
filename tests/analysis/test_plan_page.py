"""The plan's page and everything beside it: whole, self-contained, the same every time, one number everywhere."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from io import BytesIO, StringIO

import numpy as np
import openpyxl
import pytest
from plans import gaining, noise, seeing, study, with_comparison
from reader import Reader, Tables, numbers
from rich.console import Console

from sim.analysis.amounts import MINUS, level
from sim.analysis.comparison import Assumption
from sim.analysis.plan import as_json, plan_files, print_plan, tables
from sim.analysis.plan.breaks import LOSES, Corner, Limit
from sim.analysis.plan.figures import corner_map
from sim.analysis.plan.findings import findings
from sim.analysis.plan.sheets import HIGH, LOW
from sim.analysis.plan.workbook import workbook

SECTIONS = (
    "choices", "cash", "ruin", "payback", "earns", "decides", "breaks", "watch", "case", "people", "customers", "story",
    "assumptions", "limits", "reproduce",
)  # fmt: skip
ON_THE_PAGE = {
    "first_page", "gains", "regret", "worst_months", "payback", "returns", "what_decides", "where_it_breaks",
    "signposts", "business_case", "risks", "people", "customers", "assumptions",
}  # fmt: skip
WORD_JOINER = "\N{WORD JOINER}"
LAB_WORDS = ("arm", "arms", "replicate", "replicates", "treatment", "counterfactual", "scenario", "metric")


def telling():
    """A study in which every part of the page has something to say."""
    made = study(worlds=300)
    bad = ((made.drawn["delay"] > 5) & (made.drawn["trend"] < 0)).to_numpy()
    cash = made.comparison.series["plan"]["cash_usd"].copy()
    cash[:, 3:6] = np.where(bad, 5_000.0, 9_000.0)[:, None] + noise(made, 800)[:, None]
    return seeing(gaining(made, np.where(bad, -6_000.0, 5_000.0) + noise(made, 500)), "cash_usd", cash)


@pytest.fixture(scope="module")
def made():
    return telling()


@pytest.fixture(scope="module")
def files(made):
    return plan_files(made)


@pytest.fixture(scope="module")
def page(files):
    return files["report.html"]


@pytest.fixture(scope="module")
def book(made):
    return openpyxl.load_workbook(BytesIO(workbook(made)))


def test_equal_studies_give_equal_bytes(made, files):
    again = telling()
    assert again is not made
    assert plan_files(again) == files
    assert workbook(again) == workbook(made)
    assert as_json(again) == as_json(made)


def test_nothing_is_loaded_from_anywhere(page):
    assert Reader(page).loads == ["data:,"]
    assert not re.search(r"url\((?!#)", page)
    addresses = set(re.findall(r"https?://[^\s\"'<)]+", page))
    assert addresses <= {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}


def test_the_first_page_answers_the_four_questions_before_anything_else(page):
    questions = ("Should I?", "When is it paid back?", "Can I survive the worst months?", "What do I watch?")
    places = [page.index(f'<p class="question">{question}</p>') for question in questions]
    assert places == sorted(places)
    assert places[-1] < page.index("<section")


def test_every_section_is_there_in_order_with_a_heading(page):
    found = re.findall(r'<section id="(\w+)">\s*<h2>[^<]+</h2>', page.replace(' class="newpage"', ""))
    assert tuple(found) == SECTIONS


def test_every_picture_has_a_name_a_caption_and_its_numbers(page, files):
    shown = re.findall(r"<figure>.*?</figure>", page, flags=re.DOTALL)
    assert len(shown) == len(files) - 1 == 11
    for figure in shown:
        assert 'role="img" aria-label="' in figure
        assert "<figcaption>" in figure
        assert "<table" in figure
    ids = Reader(page).ids
    assert len(ids) == len(set(ids))


def test_the_words_are_those_of_people(page):
    text = " ".join(Reader(page).text).lower()
    assert not [word for word in LAB_WORDS if re.search(rf"\b{word}\b", text)]


def raw(sheet, row, place):
    """A raw number as it is shown: a share as so many of 100 ("under 1", "over 99"), a percentage as one."""
    unit = sheet.unit(row, place)
    if unit == "futures" and not sheet.columns[place].head.endswith((LOW, HIGH)):
        return np.clip(100 * row[place], 1, 99) if 0 < row[place] < 1 else 100 * row[place]
    return 100 * row[place] if unit == "futures" or unit.startswith("share") else row[place]


def test_every_number_in_the_tables_of_the_page_is_the_one_in_the_files(made, page):
    shown = Tables(page).found
    assert set(shown) == ON_THE_PAGE
    compared = 0
    for name in ON_THE_PAGE - {"assumptions"}:
        sheet = findings(made).sheets[name]
        heads = shown[name][0]
        rows = [row for row in shown[name] if len(row) > 1 and row != heads]
        assert len(rows) == len(sheet.rows)
        for written, row in zip(rows, sheet.rows, strict=True):
            read = [number for cell in written[1:] for piece in cell for number in numbers(piece)]
            kept = [
                raw(sheet, row, place) for place, cell in enumerate(row) if place and isinstance(cell, float | int)
                and np.isfinite(cell)
            ]  # fmt: skip
            words = [number for cell in row[1:] if isinstance(cell, str) for number in numbers(cell)]
            if name in ("where_it_breaks", "signposts"):
                read = [number for number in read if number not in words]
                kept = [number for number in kept if number not in words]
            assert read == pytest.approx(kept, rel=0.006, abs=0.51 if name != "people" else 0.06), (name, row[0])
            compared += len(kept)
    assert compared > 200


def test_files_workbook_and_json_hold_the_same_numbers(made, book):
    told = json.loads(json.dumps(as_json(made), allow_nan=False))["tables"]
    assert list(told) == list(tables(made)) == book.sheetnames[1:]
    for name, frame in tables(made).items():
        kept = frame.astype(object).where(frame.notna(), None).to_numpy().tolist()
        assert told[name]["rows"] == kept
        inside = [[cell.value for cell in row] for row in book[name].iter_rows(min_row=3)]
        for there, here in zip(inside, kept, strict=True):
            assert [cell or None for cell in there] == [pytest.approx(cell) if cell else None for cell in here]


def test_a_table_survives_its_file(made):
    for name, frame in tables(made).items():
        text = frame.to_csv(index=False)
        assert text.count("\n") >= len(frame) + 1, name
        assert "inf" not in text.split("\n", 1)[1].split(",")


def test_the_sentence_is_the_same_on_page_terminal_workbook_and_json(made, page, book):
    told, text = as_json(made), " ".join(Reader(page).text).replace("\N{WORD JOINER}", "")
    console = Console(width=100_000, record=True, file=StringIO())
    print_plan(made, console)
    seen = console.export_text()
    cells = [cell.value for row in book["answer"].iter_rows() for cell in row]
    for card in told["answers"]:
        for words in (card["question"], card["headline"], card["text"]):
            assert words in text
            assert words in seen
            assert words in cells
    assert told["sentence"].split(". ")[0] in text


def test_the_sentences_say_the_numbers_of_the_table(made):
    sheet = findings(made).sheets["first_page"]
    kept = {row[0]: [raw(sheet, row, place) for place in range(2, 6)] for row in sheet.rows}
    should, back, survive, _ = (card["text"] for card in as_json(made)["answers"])
    for text, pattern, expected in (
        (should, r"in (\d+) of 100 \((\d+)–(\d+)\); doing nothing: (\d+)\.", kept["Meets the goal"]),
        (back, r"in (\d+) of 100 futures \((\d+)–(\d+)\); in", kept["Paid back"][:3]),
        (back, r"; in (\d+) it is not", kept["Never paid back"][:1]),
        (survive, r"within your credit in (\d+) of 100 futures \((\d+)–(\d+)\)", kept["Within the credit line"][:3]),
        (should, r"better off in (\d+) of 100", kept["Better off than doing nothing"][:1]),
        (should, r"worse off in (\d+)", kept["Worse off than doing nothing"][:1]),
    ):
        read = [float(digits) for digits in re.search(pattern, text).groups()]
        assert read == pytest.approx(expected, abs=0.51), pattern
    lowest = kept["Lowest point of the till, middle future"][0]
    assert numbers(survive.split("the till falls to ")[1])[0] == pytest.approx(lowest, rel=0.006)
    assert numbers(should.split("leaves you ")[1])[0] == pytest.approx(
        kept["Gain over doing nothing, on average"][0], rel=0.006
    )


def test_numbers_in_pictures_are_those_of_their_tables(made, files):
    for name, sheet, column in (("regret", "regret", 1), ("decides", "what_decides", -2)):
        drawn = " ".join(re.findall(r">([^<>]+)</text>", files[f"{name}.svg"])).replace("\N{WORD JOINER}", "")
        for row in findings(made).sheets[sheet].rows:
            size = abs(row[column])
            assert any(abs(abs(number) - size) <= 0.006 * size + 0.5 for number in numbers(drawn)), (name, row[0])


def test_the_workbook_says_units_and_shows_numbers_in_them(made, book):
    assert book.sheetnames[0] == "answer"
    heads = [cell.value for cell in book["regret"][2]]
    assert heads[1] == "Regret, on average (USD)"
    assert heads[5] == "Best, or nearly (share of futures)"
    assert book["regret"]["B3"].number_format.startswith('"$"')
    assert book["regret"]["F3"].number_format == "0%"
    assert book["regret"].freeze_panes == "B3"


def test_who_said_what_is_told(page):
    said = {cell[-1][0] for cell in Tables(page).found["assumptions"][1:]}
    assert {"you", "the vendor", "the preset"} <= said


def test_words_of_others_cannot_break_the_page(made):
    hostile = with_comparison(made, title="<script>alert(1)</script>", why="a & b")
    page = plan_files(replace(hostile, firm=(("<b>", "</table>"),)))["report.html"]
    assert "<script>" not in page
    assert "a &amp; b" in page
    assert "&lt;/table&gt;" in page


def test_a_plan_that_changes_nothing_makes_a_page_and_says_so():
    twin = study(worlds=40)
    for name, values in twin.comparison.series["none"].items():
        twin = seeing(twin, name, values)
    scalars = twin.comparison.scalars.copy()
    for name in scalars["none"]:
        scalars[("plan", name)] = scalars[("none", name)]
    page = plan_files(with_comparison(twin, scalars=scalars))["report.html"]
    assert "No: in none of these futures could you pay for it." in page
    assert "Nothing was bought." in page
    assert "No early number tells good futures from bad ones." in page
    assert "nothing was bought, so there is nothing else to watch." in page
    assert "Means of the last year, the share of the market in the last month." in page


def test_numbers_of_the_model_itself_are_folded_away(made):
    inner = Assumption("how near the chain is to its slowest step (throughput.rho)", "-10 exponent", "assumed", "A-rho")
    page = plan_files(with_comparison(made, assumptions=(inner,)))["report.html"]
    section = page[page.index('<section id="assumptions">') : page.index('<section id="limits">')]
    shown, folded = section.split("<details><summary>Numbers of the model itself</summary>")
    assert "throughput.rho" not in shown
    assert "throughput.rho" in folded
    assert f"{MINUS}\N{WORD JOINER}10 exponent" in folded
    assert "the vendor" in shown
    assert "the vendor" not in folded


def test_no_name_in_a_picture_is_cut_off(made):
    long = "How much of what the makers of the new ordering channel promise in their quote comes true, " * 2
    things = tuple(replace(thing, label=f"{long}{thing.name}") for thing in made.unsure)
    pictures = {name: file for name, file in plan_files(replace(made, unsure=things)).items() if name.endswith(".svg")}
    assert not [name for name, picture in pictures.items() if "…" in picture]
    for name in ("decides", "loses"):
        words = " ".join(re.findall(r">([^<>]+)</text>", pictures[f"{name}.svg"]))
        assert "comes true, delay" in words


def test_pictures_of_where_it_breaks_say_what_fails(made):
    worse = made.gain_usd < 0
    found = Corner((Limit(made.unsure[0], True, 5.0),), None, None, 0.5)
    axes = corner_map(made, worse, found, LOSES).axes[0]
    assert axes.get_ylabel() == "Worse off than doing nothing,\nof 100 futures"
    assert axes.get_xlabel() == "Months until it works"
    ranges = [line.get_ydata() for line in axes.lines]
    assert len(ranges) == len([bar for bar in axes.patches if bar.get_height() >= 0]) - 1 == 10
    assert all(high > low for low, high in ranges)
    both = replace(found, limits=(*found.limits, Limit(made.unsure[1], False, 0.0)))
    said = [text.get_text() for text in corner_map(made, worse, both, LOSES).axes[0].texts]
    assert {"worse off", "not worse off"} <= set(said)


def test_the_lowest_point_is_said_to_be_that_of_half_of_the_futures_at_any_time(made, page, files):
    lowest = level(float(np.median(findings(made).till.lowest_usd)), "USD")
    drawn = " ".join(re.findall(r">([^<>]+)</text>", files["cash.svg"]))
    assert f"half of the futures fall to {lowest} or less at some time" in drawn
    assert f"In half of the futures the till falls to {lowest} or less at some time" in page.replace(WORD_JOINER, "")


def test_a_few_short_futures_with_nothing_unsure_still_make_everything():
    few = study(worlds=3, months=6)
    few = replace(few, unsure=(), drawn=few.drawn[[]])
    assert "There are too few futures to say how much of the spread is luck." in plan_files(few)["report.html"]
    assert workbook(few)
    json.dumps(as_json(few), allow_nan=False)
