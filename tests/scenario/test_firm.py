"""An owner's numbers become the parameters that the documented table says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sim.errors import InputError
from sim.params.sector import STAGES
from sim.scenario.files import shipped_names
from sim.scenario.presets import row_numbers
from sim.scenario.resolve import load
from sim.scenario.scenario import Scenario
from sim.scenario.templates import firm_template
from sim.scenario.words import changes, restated


def firm(tmp_path: Path, numbers: str, tool: str = "") -> Scenario:
    path = tmp_path / "firm.toml"
    path.write_text(f'kind = "firm"\nbased_on = "bakery_ordering"\n[firm]\n{numbers}\n{tool}')
    return load(str(path))


def test_every_number_of_the_owner_reaches_the_model(tmp_path: Path) -> None:
    scenario = firm(tmp_path, """
        orders_week = 600
        mean_order_usd = 20
        materials_usd_per_100_sales = 30
        wage_usd_hour = 22
        paid_hours_week = 290
        redone_per_100 = 3
        cash_days = 20
        tightest_step = "taking orders"
        tightest_step_full_percent = 95
    """)
    focal, base = scenario.params.focal, load("bakery_ordering").params
    assert focal.orders_month == pytest.approx(2600)
    assert focal.price_usd == 20
    assert focal.materials_share == pytest.approx(0.3)
    assert focal.wage_usd_hour == 22
    assert focal.employees == pytest.approx(290 * 52 / 12 / float(base.sector.hours_person_month))
    assert focal.faulty_share == pytest.approx(0.03 / base.rework.redone_share)
    assert focal.cash_days == 20
    assert STAGES[int(focal.bottleneck_stage)] == "marketing_sales"
    assert focal.equipment_utilisation == pytest.approx(0.95)
    assert all("(focal." in line for line in changes(scenario.params, base))


def test_staff_or_work_per_order_stand_in_for_paid_hours(tmp_path: Path) -> None:
    assert firm(tmp_path, "staff = 7").params.focal.employees == 7
    params = firm(tmp_path, "orders_week = 600\nhours_per_order = 0.25").params
    weekly = float(params.sector.hours_person_month) * 12 / 52
    assert params.focal.employees == pytest.approx(150 / params.throughput.normal_utilisation / weekly)


def test_a_quote_becomes_a_strategy_at_its_own_price(tmp_path: Path) -> None:
    scenario = firm(tmp_path, "", """[tool]
        family = "chat_ticket_service"
        price_usd = 900
        subscription_usd_month = 80
        months_until_it_works = 2
        buy_in_month = 3
    """)
    base = load("bakery_ordering")
    row = list(base.families).index("chat_ticket_service")
    before, after = (row_numbers(s.params.catalogue, row) for s in (base, scenario))
    assert {key: after[key] for key in after if after[key] != before[key]} == {
        "one_off": 900, "subscription": 80, "implementation_months": 2}
    assert set(scenario.offered) == {*base.offered, "chat_ticket_service"}
    assert (scenario.arms["quote"].score, scenario.arms["quote"].purchases[0].month) == ("planned", 3)


@pytest.mark.parametrize(("numbers", "said"), [
    ("staff = -2", "firm.staff is -2; allowed: 1 to 500 people"),
    ("staff = 3.5", "firm.staff is 3.5; allowed: a whole number from 1 to 500 people"),
    ("staff = 9\norders_week = 930\nhours_per_order = 0.5",
     "930 orders a week at 0.5 hours each need 465 hours, but only 251 are paid"),
    ("paid_hours_week = 200\norders_week = 500\nhours_per_order = 0.5", "need 250 hours, but only 200"),
    ("staff = 2\npaid_hours_week = 400", "400 paid hours a week for 2 people are 200 each; at most 80"),
    ("paid_hours_week = 10", "this is work for 0.36 people"),
    ('tightest_step = "administration"', "orders do not pass office work one by one"),
    ("redone_per_100 = 40", "firm.redone_per_100 is 40; allowed: 0 to 25 of 100 orders"),
    ("cash_days = inf", "firm.cash_days is inf"),
    ("ordersweek = 4", "unknown key 'ordersweek' in firm (did you mean 'orders_week'?)"),
])
def test_nonsense_is_refused_with_a_sentence(tmp_path: Path, numbers: str, said: str) -> None:
    with pytest.raises(InputError, match=re.escape(said)):
        firm(tmp_path, numbers)


@pytest.mark.parametrize("name", shipped_names())
def test_an_untouched_template_is_the_scenario_itself(tmp_path: Path, name: str) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(firm_template(load(name), "mine"), encoding="utf-8")
    assert load(str(path)).fingerprint() == load(name).fingerprint()


@pytest.mark.parametrize("name", shipped_names())
def test_a_template_with_every_line_in_use_is_a_mean_firm(tmp_path: Path, name: str) -> None:
    text = re.sub(r"^# (\w+ = |\[tool\])", r"\1", firm_template(load(name), "mine"), flags=re.MULTILINE)
    path = tmp_path / "mine.toml"
    path.write_text(text, encoding="utf-8")
    scenario, base = load(str(path)), load(name)
    people_mean = round(float(base.params.sector.employees_mean))
    assert scenario.params.focal.employees == pytest.approx(people_mean, rel=0.03)
    assert scenario.params.catalogue.one_off_usd.tolist() == base.params.catalogue.one_off_usd.tolist()
    people = f"In a normal month {scenario.params.focal.employees:.1f} people"
    assert any(people in line for line in restated(scenario))
