"""Mechanisms keep their word: they write what they declare, nothing else, and are nothing when switched off."""

from __future__ import annotations

import ast
import io
import tokenize
from collections import defaultdict
from collections.abc import Callable
from dataclasses import fields
from hashlib import blake2b
from pathlib import Path

import numpy as np
import pytest

import sim
from sim import population
from sim.mechanisms import entry
from sim.schedule import MONTH
from sim.state import FLOW, OUTSIDE, columns
from sim.world import Mechanism, World
from tests.worlds import FAMILIES, TABLES, Columns, arm, busy, everybody, live, make, planned, snapshot

PACKAGE = Path(sim.__file__).parent
SWITCHES = [mechanism for mechanism in MONTH if mechanism.neutral is not None]
MONTHS = 24
# Written, but with the value that stands there already: who looks for work has no tenure.
ALREADY_SO = {"staffing.fill_posts": {"people.tenure"}}


def marks(world: World) -> dict[str, bytes]:
    """A fingerprint of every column."""
    return {
        f"{table}.{name}": blake2b(column, digest_size=16).digest()
        for table in TABLES for name, column in columns(getattr(world, table)).items()
    }


def numbers(world: World) -> bytes:
    """A fingerprint of all parameters."""
    mark = blake2b()
    for group in fields(world.params):
        for f in fields(getattr(world.params, group.name)):
            mark.update(np.ascontiguousarray(getattr(getattr(world.params, group.name), f.name)))
    return mark.digest()


def written(world: World, months: int) -> dict[str, set[str]]:
    """Columns that changed in each mechanism over some months."""
    found: dict[str, set[str]] = defaultdict(set)
    before = marks(world)
    for _ in range(months):
        for mechanism in MONTH:
            month, told, given = world.month, len(world.journal), numbers(world)
            mechanism(world)
            after = marks(world)
            found[mechanism.name] |= {name for name in after if after[name] != before[name]}
            before = after
            assert (world.month, numbers(world)) == (month, given), mechanism.name
            assert all(note.month == month for note in world.journal[told:]), mechanism.name
        world.month += 1
    return found


def runs() -> list[World]:
    """Streets that between them do everything a month can bring."""
    plan = planned(("online_ordering", 1), ("expand:operations", 4), ("fix:operations", 7), ("crm", 10))
    poor = busy(choosing={"fund_share": 0.002}, finance={"loan_share": 0.9, "loan_months": 6.0})
    worlds = [
        make(busy(), [1, 2], plan),
        everybody(make(busy(demand={"trend_year": 0.05}), [3, 4]), arm("npv", assessment_months=2.0)),
        everybody(make(poor, [5, 6]), arm("own_sake")),
        everybody(make(busy(choosing={"fund_share": 0.1}), [7, 8]), arm("aligned", fix_first=1.0)),
    ]
    return worlds


@pytest.fixture(scope="module")
def changes() -> dict[str, set[str]]:
    """Columns that each mechanism was seen to change."""
    found: dict[str, set[str]] = defaultdict(set)
    for world in runs():
        for name, columns_ in written(world, MONTHS).items():
            found[name] |= columns_
    return found


@pytest.mark.parametrize("mechanism", MONTH, ids=lambda m: m.name)
def test_a_mechanism_changes_no_column_that_it_does_not_declare(
    mechanism: Mechanism, changes: dict[str, set[str]]
) -> None:
    assert changes[mechanism.name] - mechanism.writes == set()


@pytest.mark.parametrize("mechanism", [m for m in MONTH if m.name != "entry.open_new_firms"], ids=lambda m: m.name)
def test_a_mechanism_changes_every_column_that_it_declares(
    mechanism: Mechanism, changes: dict[str, set[str]]
) -> None:
    assert mechanism.writes - changes[mechanism.name] == ALREADY_SO.get(mechanism.name, set())


def test_a_founding_writes_every_column_that_entry_declares_whatever_stood_in_the_slot() -> None:
    """And what it writes does not depend on who had the slot before."""
    fresh, used = (live(make(busy(finance={"entry_year": 1.0}), range(8)), 2) for _ in range(2))
    free = np.nonzero(~used.firms.open)[0]
    for name, column in columns(used.firms).items():
        if name not in ("world", "birth", "open"):
            column[free] = ~column[free] if column.dtype == np.bool_ else 77
    before = snapshot(used)
    for world in (fresh, used):
        world.month += 1
        entry.open_new_firms(world)
    new = np.nonzero(used.firms.open & ~before["firms.open"])[0]
    after = snapshot(used)

    assert len(new) > 1
    changed = {name for name in after if not np.array_equal(after[name], before[name])}
    assert entry.open_new_firms.writes - changed == set()
    for name, column in columns(fresh.firms).items():
        assert column[new].tobytes() == getattr(used.firms, name)[new].tobytes(), name


@pytest.mark.parametrize("mechanism", SWITCHES, ids=lambda m: m.name)
def test_a_mechanism_switched_off_still_writes_only_what_it_declares(mechanism: Mechanism) -> None:
    world = everybody(make(busy(), [11, 12]), arm("npv"))
    world.ablated = frozenset({mechanism.name})

    assert written(world, 6)[mechanism.name] - mechanism.writes == set()


def test_every_declared_column_exists() -> None:
    every = set(marks(make(busy(), [1])))

    assert {name for mechanism in MONTH for name in mechanism.writes} <= every


Before, After = Columns, Columns
Neutral = Callable[[World, Before, After], bool]


def of_open(world: World, name: str) -> np.ndarray:  # type: ignore[type-arg]
    """A column of the open firms."""
    return getattr(world.firms, name)[world.firms.open]  # type: ignore[no-any-return]


def same(*names: str) -> Neutral:
    """The columns stay bit for bit what they were in the month before."""
    return lambda world, before, after: all(before[n].tobytes() == after[n].tobytes() for n in names)


def zero(*names: str) -> Neutral:
    """The firms' columns are 0."""
    return lambda world, before, after: not any(getattr(world.firms, n).any() for n in names)


def nobody_in_the_journal(*kinds: str) -> Neutral:
    """Nothing of these kinds was written down."""
    return lambda world, before, after: not any(note.kind in kinds for note in world.journal)


def colleagues_keep_their_time(world: World, before: Columns, after: Columns) -> bool:
    """Whoever stays with a firm divides the time as before."""
    stayed = (before["people.employer"] == after["people.employer"]) & (after["people.tenure"] > 0)
    return np.array_equal(before["people.time_share"][stayed], after["people.time_share"][stayed])


def customers_stay(world: World, before: Columns, after: Columns) -> bool:
    """Nobody changes supplier, except away from a firm that closed."""
    moved = before["customers.supplier"] != after["customers.supplier"]
    return bool((after["customers.supplier"][moved] < 0).all())


def all_good(world: World, before: Columns, after: Columns) -> bool:
    """Nothing faulty is delivered, and nothing redone takes up capacity."""
    came = after["firms.orders_new"] + before["firms.orders_backlog"]
    possible = np.minimum(came, np.floor(after["firms.throughput"]))
    return not after["firms.orders_faulty"].any() and np.array_equal(after["firms.orders_served"], possible)


def owners_have_all_their_hours(world: World, before: Columns, after: Columns) -> bool:
    """Projects under way take nothing; deciding and mending itself still may."""
    idle = world.firms.open & (world.firms.assessment_months == 0.0) & (before["firms.projects"] == after["firms.projects"])
    under_way = (world.firms.tool_countdown > 0).any(axis=1)
    hours = world.params.management.owner_hours_month[world.firms.world]
    return np.array_equal(world.firms.owner_hours[idle & under_way], hours[idle & under_way])


def only_projects_mend(world: World, before: Columns, after: Columns) -> bool:
    """Without erosion process quality never falls."""
    old = before["firms.open"] & after["firms.open"] & (before["firms.birth"] == after["firms.birth"])
    return bool((after["firms.process_quality"][old] >= before["firms.process_quality"][old]).all())


def prices_of_old_firms_stay(world: World, before: Columns, after: Columns) -> bool:
    """Only a new firm brings a new price."""
    old = before["firms.birth"] == after["firms.birth"]
    return np.array_equal(before["firms.price_usd"][old], after["firms.price_usd"][old])


def old_firms_have_no_shocks(world: World, before: Columns, after: Columns) -> bool:
    """A new firm may start with the appeal of the new; nothing else happens to anybody."""
    old = before["firms.birth"] == after["firms.birth"]
    return not after["firms.appeal"][old].any() and not after["firms.footfall"].any()


def owners_take_nothing(world: World, before: Columns, after: Columns) -> bool:
    """Only owners that open or close a firm move money."""
    lasting = before["firms.open"] & after["firms.open"] & (before["firms.birth"] == after["firms.birth"])
    return not after["firms.flow_cents"][lasting, FLOW["owner"]].any()


HOLDS: dict[str, Neutral] = {
    "choosing.decide": nobody_in_the_journal("start", "declined", "live"),
    "demand.choose_suppliers": customers_stay,
    "entry.open_new_firms": same("worlds.births", "firms.birth", "firms.luck"),
    "environment.turn_the_calendar": lambda world, before, after: bool(
        (world.worlds.season == 1.0).all() and (world.worlds.growth == 1.0).all()),
    "environment.surprise_firms": old_firms_have_no_shocks,
    "environment.move_the_talk": lambda world, before, after: np.array_equal(
        world.worlds.hype, world.params.catalogue.hype),
    "errors.make_errors": zero("fault_share", "orders_faulty"),
    "finance.pay_the_owner": owners_take_nothing,
    "finance.close_firms": nobody_in_the_journal("close"),
    "management.plan_the_owners_month": owners_have_all_their_hours,
    "management.wear_down_processes": only_projects_mend,
    "prices.reset_prices": prices_of_old_firms_stay,
    "projects.put_tools_to_work": zero("tool_orders", "equipment_bonus", "convenience", "automated_share"),
    "rework.deliver": all_good,
    "staffing.let_people_quit": zero("quits"),
    "staffing.fill_posts": zero("hires"),
    "staffing.shift_time": colleagues_keep_their_time,
    "throughput.share_people": lambda world, before, after: np.array_equal(
        of_open(world, "hours"), of_open(world, "people_hours")),
    "waiting.queue_orders": zero("wait_ratio"),
}


def test_every_switch_has_a_neutral_value_that_is_checked() -> None:
    assert set(HOLDS) == {mechanism.name for mechanism in SWITCHES}
    assert all(mechanism.neutral_text for mechanism in SWITCHES)


def violated(name: str, ablated: frozenset[str]) -> list[int]:
    """Months of a year in which the neutral value does not hold."""
    world = everybody(make(busy(choosing={"fund_share": 0.01}), [21, 22, 23]), arm("npv"))
    mending = planned(("fix:operations", 0), ("fix:outbound", 4))
    population.assign(world, np.arange(3) * world.firm_slots, mending, FAMILIES)
    world.ablated, after, broken = ablated, snapshot(world), []
    for month in range(12):
        before = after
        after = snapshot(live(world, 1))
        if not HOLDS[name](world, before, after):
            broken.append(month)
    return broken


@pytest.mark.parametrize("name", [mechanism.name for mechanism in SWITCHES])
def test_a_mechanism_switched_off_holds_its_neutral_value_for_a_year(name: str) -> None:
    assert violated(name, frozenset({name})) == []


@pytest.mark.parametrize("name", [mechanism.name for mechanism in SWITCHES])
def test_a_mechanism_switched_on_leaves_its_neutral_value(name: str) -> None:
    """Or the test above would hold whatever the switch does."""
    assert violated(name, frozenset()) != []


def test_a_world_with_every_switch_off_still_lives() -> None:
    world = make(busy(), [31])
    world.ablated = frozenset(mechanism.name for mechanism in SWITCHES)
    start = snapshot(world)
    live(world, 12)

    assert world.firms.orders_served.sum() > 0
    assert np.array_equal(world.people.employer, start["people.employer"])
    assert np.array_equal(world.customers.supplier, start["customers.supplier"])
    assert (world.customers.supplier == OUTSIDE).any()


def test_the_schedule_is_one_screen_of_verbs_without_arithmetic() -> None:
    source = (PACKAGE / "schedule.py").read_text(encoding="utf-8")
    tree = ast.parse(source)
    sums = [node for node in ast.walk(tree) if isinstance(node, ast.BinOp | ast.AugAssign | ast.UnaryOp | ast.Compare)]
    month_counter = "world.month += 1"

    assert len(source.splitlines()) <= 80
    assert [ast.unparse(node) for node in sums if ast.unparse(node) not in (month_counter, "__name__ == '__main__'")] == []


def test_every_step_of_the_month_stands_in_the_schedule_once_under_its_own_name() -> None:
    names = [mechanism.name for mechanism in MONTH]
    declared = {
        f"{path.stem}.{node.name}"
        for path in (PACKAGE / "mechanisms").glob("*.py")
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef) and any("mechanism(" in ast.unparse(d) for d in node.decorator_list)
    }

    assert len(names) == len(set(names))
    assert set(names) == declared


def test_no_mechanism_imports_another() -> None:
    for path in (PACKAGE / "mechanisms").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom | ast.Import):
                assert "mechanisms" not in ast.unparse(node), f"{path.name}: {ast.unparse(node)}"


MOST_LINES_FILE, MOST_LINES_FUNCTION = 300, 25
SOURCES = [path for path in sorted(PACKAGE.rglob("*.py")) if "migrations" not in path.parts]


def reasons(text: str) -> set[int]:
    """Lines that hold a comment to people, not to a tool."""
    comments = [token for token in tokenize.generate_tokens(io.StringIO(text).readline) if token.type == tokenize.COMMENT]
    return {token.start[0] for token in comments if not token.string.startswith(("# noqa", "# type:"))}


def long_functions(path: Path) -> list[str]:
    """Functions over the limit, docstring left out, unless a comment above or in their head says why."""
    text = path.read_text(encoding="utf-8")
    said, found = reasons(text), []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
            words = node.body[0] if ast.get_docstring(node) is not None else None
            docstring = words.end_lineno - words.lineno + 1 if words and words.end_lineno else 0
            length = (node.end_lineno or node.lineno) - node.lineno + 1 - docstring
            head = range(first - 1, node.body[0].lineno + docstring + 1)
            if length > MOST_LINES_FUNCTION and not said & set(head):
                found.append(f"{path.relative_to(PACKAGE)}:{node.lineno} {node.name} has {length} lines")
    return found


def test_files_are_short() -> None:
    lengths = {str(path.relative_to(PACKAGE)): len(path.read_text(encoding="utf-8").splitlines()) for path in SOURCES}

    assert {name: length for name, length in lengths.items() if length > MOST_LINES_FILE} == {}


def test_functions_are_short_or_say_why_not() -> None:
    assert [line for path in SOURCES for line in long_functions(path)] == []
