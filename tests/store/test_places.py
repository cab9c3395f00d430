"""A store is written only where it is safe, and can be read from anywhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.errors import InputError
from sim.store import Store, engine
from sim.store.places import network_file_system
from tests.store.samples import asked

MOUNTS = r"""
27 1 254:0 / / rw,relatime - ext4 /dev/vda rw
28 27 0:40 / /home rw,relatime shared:5 - nfs4 server:/home rw,vers=4.2
29 27 0:41 / /mnt/my\040disk rw - fuse.sshfs me@there: rw
30 28 0:42 / /home/local rw - xfs /dev/vdb rw
31 27 0:43 / /data rw - cifs //server/data rw
32 27 0:44 / /data rw - ext4 /dev/vdc rw
"""


@pytest.mark.parametrize(("file", "kind"), [
    ("/home/me/results.sqlite", "nfs4"),
    ("/mnt/my disk/results.sqlite", "fuse.sshfs"),
    ("/home/local/results.sqlite", None),
    ("/homes/results.sqlite", None),
    ("/data/results.sqlite", None),
    ("/tmp/results.sqlite", None),
])  # fmt: skip
def test_the_innermost_and_latest_mount_decides(tmp_path: Path, file: str, kind: str | None) -> None:
    mounts = tmp_path / "mountinfo"
    mounts.write_text(MOUNTS.lstrip())

    assert network_file_system(Path(file), mounts) == kind


def test_where_mounts_are_not_listed_nothing_is_refused(tmp_path: Path) -> None:
    assert network_file_system(Path("/home/me/results.sqlite"), tmp_path / "nothing") is None


def test_a_store_is_not_written_on_a_network_file_system_but_read_there(
    store: Store, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.register([asked()])
    store.close()
    monkeypatch.setattr(engine, "network_file_system", lambda file: "nfs4")

    with pytest.raises(InputError, match=r"network file system \(nfs4\).*local disk"):
        Store.open(place)
    with Store.open(place, read_only=True) as reading:
        assert reading.counts()["registered"] == 1


def test_a_store_in_use_is_not_read_over_a_network(
    store: Store, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.register([asked()])
    monkeypatch.setattr(engine, "network_file_system", lambda file: "nfs4")

    with pytest.raises(InputError, match="in use, or was not closed"):
        Store.open(place, read_only=True)
