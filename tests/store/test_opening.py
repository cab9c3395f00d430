"""Opening a store says in one sentence what is wrong, and touches nothing that is not ours."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from sim.errors import InputError
from sim.store import Store
from tests.store.samples import asked


def refusal(place: str | Path, **options: bool) -> str:
    """Return the sentence with which opening is refused."""
    with pytest.raises(InputError) as refused:
        Store.open(place, **options)
    sentence = str(refused.value)
    assert "\n" not in sentence
    assert sentence.endswith(".")
    return sentence


def test_a_text_file_is_refused_and_left_alone(tmp_path: Path) -> None:
    notes = tmp_path / "notes.txt"
    notes.write_text("Flour, water, salt.\n" * 100)

    assert "file is not a database" in refusal(notes)
    assert notes.read_text() == "Flour, water, salt.\n" * 100


def test_the_database_of_another_program_is_refused_and_left_alone(tmp_path: Path) -> None:
    foreign = tmp_path / "recipes.sqlite"
    with closing(sqlite3.connect(foreign)) as connection:
        connection.execute("CREATE TABLE recipe (name)")
    before = foreign.read_bytes()

    assert "another program (it holds recipe)" in refusal(foreign)
    assert "another program (it holds recipe)" in refusal(foreign, read_only=True)
    assert foreign.read_bytes() == before


def test_a_store_of_a_newer_version_is_refused(store: Store, place: Path) -> None:
    with store._engine.execution_options(begin="BEGIN IMMEDIATE").begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")

    assert "newer version" in refusal(place)


def test_a_place_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    assert "is not a folder" in refusal(tmp_path / "file" / "results.sqlite")
    assert "is not a folder" in refusal(tmp_path / "nowhere" / "results.sqlite")
    assert "is a folder" in refusal(tmp_path)


def test_a_missing_store_is_not_made_where_it_may_not_be(place: Path) -> None:
    assert "There is no results store at" in refusal(place, create=False)
    assert "There is no results store at" in refusal(f"sqlite:///{place}", read_only=True)
    assert not place.exists()


def test_an_empty_file_becomes_a_store_only_for_writing(place: Path) -> None:
    place.touch()

    assert "open it once for writing" in refusal(place, read_only=True)
    with Store.open(place, create=False) as store:
        assert store.register([asked()]) == 1


def test_a_store_opened_for_reading_cannot_be_changed(store: Store, place: Path) -> None:
    with Store.open(place, read_only=True) as reading, pytest.raises(InputError, match="readonly"):
        reading.register([asked()])


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("mysql://host/results", "lives in sqlite or postgresql; found 'mysql'"),
        ("://", "is not a database address"),
        ("postgresql+telepathy://host/results", "a driver nobody knows: postgresql+telepathy"),
    ],
)
def test_an_address_of_an_unknown_kind_is_refused(address: str, said: str) -> None:
    assert said in refusal(address)


def test_a_password_is_never_shown() -> None:
    assert "secret" not in refusal("postgresql://owner:secret@localhost:1/results")


def test_odd_characters_in_a_path_do_no_harm(tmp_path: Path) -> None:
    place = tmp_path / "what if? 100% #1.sqlite"
    with Store.open(place) as store:
        store.register([asked()])

    with Store.open(place, read_only=True) as reading:
        assert reading.counts()["registered"] == 1
