"""On which kind of file system a store would lie, and why that matters.

Write-ahead logging needs memory that all who have the file open share; two computers cannot. SQLite's own advice is
not to use it, nor to trust file locks, on a network file system (sqlite.org/wal.html, sqlite.org/howtocorrupt.html).
"""

from __future__ import annotations

import re
from pathlib import Path

MOUNTS = Path("/proc/self/mountinfo")  # Linux; elsewhere nothing is known and nothing refused
NETWORK = frozenset({
    "9p", "afs", "beegfs", "ceph", "cifs", "fhgfs", "fuse.ceph", "fuse.gcsfuse", "fuse.glusterfs", "fuse.rclone",
    "fuse.s3fs", "fuse.sshfs", "glusterfs", "gpfs", "lustre", "ncpfs", "nfs", "nfs4", "panfs", "pvfs2", "smb3", "smbfs",
    "wekafs",
})  # fmt: skip


def network_file_system(file: Path, mounts: Path = MOUNTS) -> str | None:
    """Return the kind of network file system that a file lies, or would lie, on; None if it is a local one."""
    if not mounts.is_file():
        return None
    place = file.resolve()
    holding = [(len(point.parts), order, kind) for order, (point, kind) in enumerate(_mounted(mounts.read_text()))
               if place.is_relative_to(point)]
    kind = max(holding)[2] if holding else ""
    return kind if kind in NETWORK else None


def _mounted(text: str) -> list[tuple[Path, str]]:
    """Mount points and kinds of file system, in the order of mounting; odd characters are written in octal."""
    found = []
    for line in text.splitlines():
        before, _, after = line.partition(" - ")
        point = re.sub(r"\\(\d{3})", lambda match: chr(int(match[1], 8)), before.split()[4])
        found.append((Path(point), after.split()[0]))
    return found
