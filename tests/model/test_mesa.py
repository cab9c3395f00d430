"""What those who know Mesa may expect of a model, under every version of it that is supported."""

from __future__ import annotations

import inspect
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import mesa
import numpy as np
import pytest
from mesa.batchrunner import batch_run

from sim import SmbModel
from sim.errors import InputError
from sim.model import LargeCompetitor, SmallFirm
from sim.run import simulate

pytestmark = [
    pytest.mark.filterwarnings(f"error::{kind}")
    for kind in ("UserWarning", "DeprecationWarning", "PendingDeprecationWarning", "FutureWarning")
]


def births(model: SmbModel) -> list[int]:
    """Order of birth of the firms in business."""
    return sorted(model.world.firms.birth[model.world.firms.open].tolist())


def test_every_parameter_is_a_keyword_with_a_default() -> None:
    parameters = list(inspect.signature(SmbModel.__init__).parameters.values())[1:]

    assert [parameter.name for parameter in parameters] == [
        "scenario", "arm", "assignment", "replicate", "months", "seed",
    ]
    assert all(parameter.default is not inspect.Parameter.empty for parameter in parameters)


def test_numbers_may_come_as_text(lively: str) -> None:
    typed = SmbModel(lively, replicate="2", months="3", seed="5")

    assert typed.job.world_seed == SmbModel(lively, replicate=2, months=3, seed=5).job.world_seed
    assert typed.job.months == 3


@pytest.mark.parametrize(("parameter", "value", "sentence"), [
    ("months", "many", "months is 'many'; allowed: whole numbers from 1 to 600"),
    ("months", 0, "months is 0; allowed: whole numbers from 1 to 600"),
    ("seed", -1, "seed is -1; allowed: whole numbers from 0 to 2,147,483,647"),
    ("replicate", None, "replicate is None; allowed: whole numbers from 0 to 2,147,483,647"),
    ("seed", float("inf"), "seed is inf; allowed: whole numbers from 0 to 2,147,483,647"),
    ("assignment", "hole", "assignment is 'hole'; allowed: focal, whole, mixed, chosen (did you mean 'whole'?)"),
    ("arm", "none,aligned", "one run follows one arm, and 'none,aligned' names 2; `smbsim compare` plays several"),
])
def test_a_parameter_that_cannot_be_is_refused_in_a_sentence(parameter: str, value: Any, sentence: str) -> None:
    with pytest.raises(InputError) as refused:
        SmbModel(**{parameter: value})

    assert str(refused.value) == sentence


def test_running_turns_false_at_the_horizon_and_nothing_happens_after_it(lively: str) -> None:
    model = SmbModel(lively, months=4)
    ran = []
    for _ in range(6):
        model.step()
        ran.append(model.running)

    assert ran == [True, True, True, False, False, False]
    assert model.month == 4
    assert len(model.observation().series["cash_usd"]) == 4


def test_months_are_counted_whatever_becomes_of_mesas_own_counter(lively: str) -> None:
    model = SmbModel(lively, months=3)
    model.step()
    model.steps = 99

    assert model.month == 1
    model.run_model()
    assert model.month == 3


def test_every_firm_in_business_and_no_other_has_an_agent(lively: str) -> None:
    model = SmbModel(lively, months=30)
    came, went = 0, 0

    while model.running:
        before = set(births(model))
        model.step()
        assert sorted(firm.birth for firm in model.agents) == births(model)
        came += len(set(births(model)) - before)
        went += len(before - set(births(model)))

    assert came > 2
    assert went > 2
    assert [firm.unique_id for firm in model.agents] == [birth + 1 for birth in births(model)]


def test_agents_know_small_firms_from_large_competitors(lively: str) -> None:
    model = SmbModel(lively)

    assert {kind: len(agents) for kind, agents in model.agents_by_type.items()} == {SmallFirm: 6, LargeCompetitor: 1}
    assert model.focal in model.agents_by_type[SmallFirm]


def test_a_firm_shows_its_row(lively: str) -> None:
    model = SmbModel(lively, "quote", months=6)
    model.run_model()
    firms, people = model.world.firms, model.world.people

    for firm in model.agents:
        row = int(np.nonzero(firms.birth == firm.birth)[0][0])
        assert (firm.row, firm.open) == (row, True)
        assert firm.cash_usd == firms.cash_cents[row] / 100
        assert firm.price_usd == firms.price_usd[row]
        assert firm.orders_served == firms.orders_served[row]
        assert firm.employees == (people.employer == row).sum()
    assert model.focal is not None
    assert model.focal.strategy == "planned"
    assert model.focal.tools == ("online_ordering",)
    assert model.focal.employees == model.latest("employees")
    assert model.focal.cash_usd == model.latest("cash_usd")


def test_a_firm_is_looked_at_and_not_written_to(lively: str) -> None:
    firm = SmbModel(lively).focal
    assert firm is not None

    with pytest.raises(AttributeError):
        firm.cash_usd = 1e6
    firm.look_up("process_quality")[:] = 0.0
    assert firm.look_up("process_quality").any()


def test_a_view_of_a_firm_that_is_gone_never_shows_the_firm_that_took_its_place(lively: str) -> None:
    model = SmbModel(lively, months=30)
    views = list(model.agents)
    model.run_model()
    firms = model.world.firms

    closed = [firm for firm in views if not firm.open]
    replaced = [firm for firm in closed if firm.birth not in firms.birth]
    assert replaced
    for firm in replaced:
        with pytest.raises(LookupError, match="another firm has taken its place"):
            _ = firm.cash_usd
    assert all(firm.cash_usd == 0.0 for firm in closed if firm not in replaced)


def test_there_is_no_firm_in_focus_once_it_has_closed(hopeless: str) -> None:
    model = SmbModel(hopeless, months=3)
    assert isinstance(model.focal, SmallFirm)

    model.run_model()

    assert model.focal is None
    assert list(model.agents_by_type[SmallFirm]) == []


def test_people_and_customers_point_to_the_agents_of_their_firms(street: Callable[..., str]) -> None:
    model = SmbModel(street(), months=6)
    model.run_model()

    employers = [person.employer for person in model.people()]
    suppliers = [customer.supplier for customer in model.customers()]

    assert {firm: employers.count(firm) for firm in model.agents} == {firm: firm.employees for firm in model.agents}
    assert len(suppliers) == 150
    assert set(suppliers) - {None} <= set(model.agents)
    assert None in employers
    worker = next(person for person in model.people() if person.employer)
    assert model.person(worker.row).tenure_months == model.world.people.tenure[worker.row]
    assert sum(worker.time_share.values()) == pytest.approx(1.0)


def test_a_person_or_customer_that_does_not_exist_is_refused(lively: str) -> None:
    model = SmbModel(lively)

    with pytest.raises(IndexError):
        model.customer(150)
    with pytest.raises(IndexError):
        model.person(10_000)


def test_agent_sets_select_aggregate_and_group_firms(lively: str) -> None:
    model = SmbModel(lively)
    firms = model.agents

    large = firms.select(agent_type=LargeCompetitor)

    assert firms.agg("orders_served", sum) == sum(firms.get("orders_served"))
    assert large.get("employees") == [max(firms.get("employees"))]
    assert firms.groupby("strategy").count() == {"none": 6, "aligned": 1}


def test_a_metric_that_does_not_exist_has_no_value(lively: str) -> None:
    with pytest.raises(KeyError, match="cash"):
        SmbModel(lively).latest("cash")


def test_mesas_own_scenario_never_stands_in_for_the_parameter(lively: str) -> None:
    # Mesa 3.5's page passes `model.scenario`, rebuilt, as `scenario` on reset wherever the model has one.
    assert SmbModel(lively).scenario is None


def test_mesas_batch_runner_gives_the_numbers_of_the_batch(lively: str) -> None:
    parameters = {"scenario": lively, "arm": ["none", "quote"], "replicate": range(2), "months": 5}

    rows = batch_run(SmbModel, parameters, display_progress=False)

    assert [(row["arm"], row["replicate"]) for row in rows] == [("none", 0), ("none", 1), ("quote", 0), ("quote", 1)]
    for row in rows:
        job = SmbModel(lively, row["arm"], replicate=row["replicate"], months=5).job
        assert row["cash_usd"] == simulate([job])[0].series["cash_usd"][-1]
        assert row["orders_served"] == simulate([job])[0].series["orders_served"][-1]


def test_mesas_batch_runner_may_choose_the_seed(lively: str) -> None:
    by_rng = "rng" in inspect.signature(batch_run).parameters
    seeds: dict[str, Any] = {"rng": [4, 5]} if by_rng else {}
    parameters = {"scenario": lively, "months": 3} | ({} if by_rng else {"seed": [4, 5]})

    rows = batch_run(SmbModel, parameters, display_progress=False, data_collection_period=1, **seeds)

    for seed in (4, 5):
        expected = simulate([SmbModel(lively, months=3, seed=seed).job])[0].series["cash_usd"]
        assert [row["cash_usd"] for row in rows if row["seed"] == seed][-1] == expected[-1]


def test_importing_and_running_the_model_warns_of_nothing() -> None:
    lines = "from sim import SmbModel; model = SmbModel(months=2); model.run_model(); print(model.month)"

    outcome = subprocess.run(
        [sys.executable, "-W", "error", "-c", lines], capture_output=True, text=True, check=False,
    )

    assert (outcome.stdout, outcome.stderr) == ("2\n", ""), mesa.__version__
