"""What does not add up is met by a sentence that says so, at its place, all of it at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.errors import InputError, Problem
from sim.scenario.plan.plan import load_plan
from sim.verbs.check import check
from tests.plan.conftest import Write

STEPS = "[firm.hours_week_by_step]\ninbound = 20\noperations = 130\noutbound = 30\nmarketing_sales = 90\n\n[goal]"


def problems(path: Path) -> tuple[Problem, ...]:
    with pytest.raises(InputError) as refused:
        load_plan(str(path))
    return refused.value.problems


@pytest.mark.parametrize(("old", "new", "said"), [
    ("staff = 9", "staff = -3", "firm.staff is -3; allowed: 1 to 500 people"),
    ("staff = 9", "paid_hours_week = 100\nhours_per_order = 0.4", "950 orders a week at 0.4 hours each need 380 hours"),
    ("orders_week = 950", "orders_week = 9500", "These hours cannot make the orders, unless you say hours_per_order"),
    ("cash_usd = 26000", "cash_usd = 0", "do not pay the first week's wages"),
    ("cash_usd = 26000", "cash_usd = 26000\ncash_days = 10", "cash is said twice"),
    ("hours_saved_week = 20", "hours_saved_week = 400", "the whole wage bill"),
    ("hours_saved_week = 20", 'hours_saved_week = 90\nstep = "taking orders"', "where only 60 are worked"),
    ("buy_in_month = 3", "buy_in_month = 30", "month 30 is after the end; the plan looks 18 months ahead"),
    ("buy_in_month = 3", "buy_in_month = 17", "it would not work before the end, month 18"),
    ("by_month = 12", "by_month = 24", "month 24 is after the end"),
    ("low = 30", "low = 130", "low is 130 and high is 110; low must not be above high"),
    ("high = 5", "high = 50", "high is 50; allowed for demand_growth_percent_year: -25 to 30 percent/year"),
    ('about = "works_percent"', 'about = "works_percnt"', "did you mean 'works_percent'?"),
    ('about = "works_percent"\nproject = "online"', 'about = "works_percent"', 'add project = "online"'),
    ('project = "online"', 'project = "onlin"', "did you mean 'online'?"),
    ('about = "works_percent"', 'about = "price_usd"', "price_usd is 3,800 USD above, which is not between 30 and 110"),
    ('what = "online_ordering"', 'what = "online_order"', "did you mean 'online_ordering'?"),
    ('what = "profit_usd_month"', 'what = "profits"', "did you mean 'profit_usd_month'?"),
    ('based_on = "bakery"', 'based_on = "bakry"', "did you mean 'bakery'?"),
    ('what = "online_ordering"', 'what = "expand"', "expand needs a step"),
    ('name = "online"', 'name = "crm"', "crm is a tool of the catalogue; call your project something else"),
    ('name = "online"', 'name = "only_online"', "only_online has a meaning already"),
    ("[goal]", "[[goal]]", "a plan has one goal; compare the second in a plan of its own"),
    ("[[project]]", '[goal]\nwhat = "cash_usd"\n\n[[project]]', "a plan has one goal; compare the second in a plan"),
    ("26000", "26.000,00", "write numbers plainly: 31000 or 31_000"),
    ("26000", "26,000", "write numbers plainly: 31000 or 31_000"),
    ("26000", "$26000", "write numbers plainly: 31000 or 31_000"),
    ("26000", "26000 26", "this is not valid TOML: Expected newline or end of document after a statement"),
    ('based_on = "bakery"', 'based_on = "hair_salon"', "a salon health_practice, a repair shop light_manufacturing"),
    ('kind = "plan"', 'kind = "firm"', 'a plan file says kind = "plan"'),
    ("[goal]", STEPS.replace("operations = 130\n", ""), "passes making (operations), and nobody works there"),
    ("[goal]", STEPS.replace("130", "800"), "the steps add up to 940 hours a week; your staff and you can work 800"),
])
def test_one_thing_that_does_not_add_up(write: Write, old: str, new: str, said: str) -> None:
    found = problems(write((old, new)))
    assert any(said in problem.sentence for problem in found), [problem.sentence for problem in found]
    assert all(problem.line for problem in found)


def test_more_of_mending_than_it_can_give_is_refused(write: Write) -> None:
    mend = '[[project]]\nname = "mend"\ntitle = "Mend"\nwhat = "fix"\nstep = "operations"\nprice_usd = 100\n'
    (problem,) = problems(write(more=mend))
    assert "mending is paid for in hours of staff and owner" in problem.sentence
    assert problem.source_line == "price_usd = 100"


def test_every_problem_is_said_at_once_in_the_order_of_the_file(write: Write) -> None:
    found = problems(write(("cash_usd = 26000", "cash_usd = 0"), ("by_month = 12", "by_month = 99"),
                           ("buy_in_month = 3", "buy_in_month = 99"), ("low = -5", "low = 9")))
    assert len(found) == 4
    assert [problem.line for problem in found] == sorted(problem.line for problem in found)
    assert all(" " * (problem.column - 1) + "^" in str(problem) for problem in found)


def test_an_alternative_that_cannot_be_is_refused_with_the_nearest_name(write: Write) -> None:
    table = '[[alternative]]\nname = "x"\nlabel = "X"\npurchases = [{{ item = "{}", month = 3 }}]\n'
    assert "did you mean 'online'?" in problems(write(more=table.format("onlin")))[0].sentence
    assert "did you mean 'operations'?" in problems(write(more=table.format("expand:operation")))[0].sentence


BOOKS = """month,orders,revenue_usd,cash_usd
2025-01,4000,56000,20000
2025-02,4100,57400,21000
2025-03,4200,58800,-500
"""


def with_books(write: Write, text: str, *changes: tuple[str, str]) -> Path:
    path = write(("months = 18", 'months = 18\nmonths_csv = "books.csv"'), *changes)
    (path.parent / "books.csv").write_text(text, encoding="utf-8")
    return path


def test_the_months_fix_orders_mean_order_and_cash(write: Write) -> None:
    bare = ("orders_week = 950\nmean_order_usd = 14\ncash_usd = 26000", "credit_line_usd = 20000")
    plan = load_plan(str(with_books(write, BOOKS, bare)))
    assert plan.file.firm.orders_week == pytest.approx(4100 * 12 / 52, rel=1e-3)
    assert plan.file.firm.mean_order_usd == 14
    assert plan.file.firm.cash_usd == 0
    assert {"your own months"} == {d.source for d in plan.defaults if d.kind == "measured" and d.source[0] == "y"}


def test_growth_and_season_are_told_where_the_months_reach_far_enough(write: Write) -> None:
    rows = [f"20{24 + i // 12}-{i % 12 + 1:02},{4000 + 400 * (i // 12) + 800 * (i % 12 == 11)},56000,26000"
            for i in range(24)]
    text = "month,orders,revenue_usd,cash_usd\n" + "\n".join(rows)
    plan = load_plan(str(with_books(write, text)))
    assert plan.books is not None
    assert plan.books.growth_percent_year == pytest.approx(100 * (53_600 / 48_800 - 1))
    assert any("2025-12 was +16%" in line for line in plan.books.sentences())


@pytest.mark.parametrize(("old", "new", "said"), [
    ("2025-02", "2025-04", "the month after 2025-01 is missing"),
    ("4100", "-4100", "orders is -4100; it must be above zero"),
    ("57400", "", "revenue_usd is empty; every month needs a number"),
    ("57400", "57,400", "has 5 cells instead of 4; write numbers as 57400"),
    ("57400", "many", "revenue_usd is 'many'; a plain number is needed"),
    ("57400", "nan", "a finite number is needed"),
    ("revenue_usd", "revenue", "the column revenue_usd is missing (is it 'revenue'?)"),
    ("2025-01", "January", "month is 'January'; write it as 2025-01"),
    (BOOKS.split("2025-02")[1], "", "has 2 months; 3 to 240 are needed"),
    (BOOKS, "", "is empty"),
])
def test_months_with_holes_negative_numbers_or_wrong_columns_are_refused(
    write: Write, old: str, new: str, said: str
) -> None:
    text = BOOKS.replace(old, new)
    found = [problem.sentence for problem in problems(with_books(write, text))]
    assert any(said in sentence for sentence in found), found


def test_months_that_contradict_the_owner_are_refused(write: Write) -> None:
    found = problems(with_books(write, BOOKS.replace("-500", "26000"), ("orders_week = 950", "orders_week = 500")))
    assert "orders_week is 500, but the months in books.csv say 946.15" in found[0].sentence


def test_a_file_of_months_that_is_not_there_is_a_sentence(write: Write) -> None:
    path = write(("months = 18", 'months = 18\nmonths_csv = "book.csv"'))
    (path.parent / "books.csv").write_text(BOOKS)
    assert "did you mean 'books.csv'?" in problems(path)[0].sentence


FIRM = "cash_usd = 26000"


@pytest.mark.parametrize(("old", "new", "said"), [
    ("price_usd = 3800", "price_usd = 60000", "60,000 USD is more than cash and credit, 46,000 USD; it waits"),
    ("price_usd = 3800", "price_usd = 30000", "Online ordering: 30,000 USD is more than the cash, 26,000 USD"),
    ("by_month = 12", "by_month = 2", "The goal is wanted by month 2, but nothing is bought before month 3"),
    ("hours_saved_week = 20", "hours_saved_week = 150", "are paid: more than half of all work"),
    ("hours_saved_week = 20", "hours_saved_week = 99", "99 hours a week are promised; at its steps tools can save 65"),
    (FIRM, f"{FIRM}\nrent_and_other_usd_month = 40000", "the firm loses 21,124 USD in a normal month"),
])
def test_what_can_be_but_does_not_add_up_is_said_before_it_is_played(
    write: Write, old: str, new: str, said: str
) -> None:
    credit = (FIRM, f"{FIRM}\ncredit_line_usd = 20000")
    path = write((old, new), credit)
    assert any(said in doubt for doubt in load_plan(str(path)).doubts), load_plan(str(path)).doubts
    told = check(str(path))
    assert "What does not add up:" in told.text()
    assert said in told.text()
    assert "nothing is wrong" not in told.text()


def test_a_plan_that_adds_up_is_told_so(write: Write) -> None:
    assert load_plan(str(write())).doubts == ()
    assert "nothing is wrong with this plan file" in check(str(write())).text()


def test_a_price_that_no_sales_could_pay_is_refused(write: Write) -> None:
    (problem,) = problems(write(("price_usd = 3800", "price_usd = 9000000"),
                                (FIRM, f"{FIRM}\ncredit_line_usd = 20000")))
    assert "9,000,000 USD is more than cash and credit, 46,000 USD" in problem.sentence
    assert problem.source_line == "price_usd = 9000000"


def test_a_project_named_like_a_tool_is_offered_another_name(write: Write) -> None:
    found = problems(write(('name = "online"', 'name = "crm"')))
    assert any(problem.sentence.endswith("something else, such as my_crm") for problem in found)


def test_hours_by_step_that_nobody_gave_are_said_once(write: Write) -> None:
    (problem,) = problems(write(("[goal]", "[firm.hours_week_by_step]\n\n[goal]")))
    assert "making (operations) and " in problem.sentence
    assert "nobody works there; give it hours" in problem.sentence


def test_an_item_that_is_not_on_offer_is_named_and_every_other_stands_once(write: Write) -> None:
    table = '[[alternative]]\nname = "x"\nlabel = "X"\npurchases = [{ item = "zzzz", month = 3 }]\n'
    (problem,) = problems(write(more=table))
    assert problem.sentence.startswith("'zzzz' is no project of the plan and no tool on offer; there are online, crm, ")
    named = problem.sentence.split("there are ")[1].split(", ")
    assert len(named) == len(set(named))


def test_a_number_that_is_plain_is_not_told_to_be_plainer(write: Write) -> None:
    (problem,) = problems(write(("cash_usd = 26000", "cash_usd = 26000 26")))
    assert "write numbers plainly" not in problem.sentence


@pytest.mark.parametrize("text", ["", "[goal]\nnumber = 3\n", 'title = "Mine"\n'])
def test_a_file_whose_kind_cannot_be_told_is_met_by_the_same_sentence_everywhere(tmp_path: Path, text: str) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(text, encoding="utf-8")
    said = 'this is not a plan; a plan file says kind = "plan"'
    for verb in (check, load_plan):
        with pytest.raises(InputError) as refused:
            verb(str(path))
        assert [problem.sentence for problem in refused.value.problems] == [said]
