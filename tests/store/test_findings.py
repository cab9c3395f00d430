"""Whatever changes a store behind its back is found and named."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.errors import InputError
from sim.store import Store
from tests.store.samples import asked, result


@pytest.fixture
def kept(store: Store) -> Store:
    """A store with one run done and one to do."""
    store.register([asked(0), asked(1)])
    store.write([result(asked(0).id)])
    return store


@pytest.mark.parametrize(("change", "said"), [
    ("UPDATE parameter SET content = '{}'", "The parameter text"),
    ("UPDATE arm SET content = '{}'", "The arm text"),
    ("UPDATE provenance SET content = '{}'", "The provenance text"),
    ("UPDATE run SET replicate = 7 WHERE status = 'done'", "what decides its outcome no longer gives that name"),
    ("UPDATE series SET content = x'00'", "The series cash_usd"),
    ("UPDATE series SET length = 2, content = substr(content, 1, 16)", "The series cash_usd"),
    ("UPDATE series SET every_months = 2", "The series cash_usd"),
    ("UPDATE series SET codec = 'zip'", "The series cash_usd"),
    ("DELETE FROM arm", "A row of run refers to a row of arm that is not there"),
    ("UPDATE run SET status = 'registered'", "is not done, but results are stored of it"),
    ("UPDATE run SET status = 'done'", "is called done, but nothing is stored of it"),
])  # fmt: skip
def test_a_change_by_hand_is_found(kept: Store, change: str, said: str) -> None:
    assert kept.findings() == []
    with kept._engine.execution_options(begin=None).connect() as connection:
        connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
        connection.exec_driver_sql(change)

    assert any(said in sentence for sentence in kept.findings())


def test_a_page_that_was_overwritten_is_found(kept: Store, place: Path) -> None:
    kept.close()
    content = bytearray(place.read_bytes())
    for page in range(2, len(content) // 4096):
        content[page * 4096 + 4000 : page * 4096 + 4096] = b"\xff" * 96
    place.write_bytes(content)

    try:
        with Store.open(place, read_only=True) as damaged:
            found = " ".join(damaged.findings())
    except InputError as error:
        found = str(error)
    assert "malformed" in found or "damaged" in found


def test_many_findings_are_counted_not_listed(store: Store) -> None:
    store.register([asked(number) for number in range(30)])
    with store._engine.execution_options(begin="BEGIN IMMEDIATE").begin() as connection:
        connection.exec_driver_sql("UPDATE run SET seed = seed + 1")

    assert len(store.findings()) == 21
    assert store.findings()[-1] == "There are 10 more findings like these."
