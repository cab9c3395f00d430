"""However a sweep is carried out, its store holds the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.recompute import chosen, differences
from sim.store import Store
from tests.store.sweep import Runs, asked, sweep


def digest(place: Path) -> str:
    """The name of the content of a sound store."""
    with Store.open(place, read_only=True) as store:
        assert store.findings() == []
        return store.digest()


@pytest.mark.slow
def test_serial_pool_shards_and_resumed_sweeps_give_the_same_content(tmp_path: Path) -> None:
    runs = asked(worlds=5)
    serial, pool, merged, resumed = (tmp_path / f"{name}.sqlite" for name in ("serial", "pool", "merged", "resumed"))
    sweep(serial, runs)
    sweep(pool, runs, workers=2)
    sweep(resumed, runs[3:5])
    sweep(resumed, runs[::-1])
    with Store.open(merged) as store:
        for number in range(3):
            place = tmp_path / f"shard{number}.sqlite"
            sweep(place, runs[number::3])
            with Store.open(place, read_only=True) as shard:
                store.merge(shard)

    assert digest(serial) == digest(pool) == digest(merged) == digest(resumed)


def test_runs_are_computed_again_from_what_is_stored_of_them(tmp_path: Path) -> None:
    runs: Runs = asked(worlds=3)
    sweep(tmp_path / "a.sqlite", runs)
    with Store.open(tmp_path / "a.sqlite") as store:
        rows = chosen(store, 4)
        assert len(rows) == 4
        assert [found for _, found in differences(store, rows)] == [[]]

        changes = ("UPDATE scalar SET value = value + 1e-9 WHERE metric = 'owner_value_usd' AND run_id = ?",
                   "UPDATE series SET content = zeroblob(length(content)) WHERE metric = 'cash_usd' AND run_id = ?",
                   "UPDATE event SET month = month + 1 WHERE run_id = ?")
        telling = [row for row in rows if store.events(row.id)]
        with store._engine.execution_options(begin="BEGIN IMMEDIATE").begin() as connection:
            for change, row in zip(changes, [*rows[:2], *telling[-1:]], strict=True):
                connection.exec_driver_sql(change, (row.id,))
        (_, found), = differences(store, rows)

    assert len(found) == len({rows[0].id, rows[1].id, telling[-1].id})
    said = " ".join(found)
    assert f"Run {rows[0].id}: owner_value_usd is" in said
    assert f"Run {rows[1].id}: the series cash_usd differs" in said
