"""What an exported folder is, for machines: files, columns, units, and what computed them, as an RO-Crate.

RO-Crate 1.1 (researchobject.org/ro-crate): one JSON-LD file beside the data. Nothing in it depends on when it was
written.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from hashlib import file_digest
from pathlib import Path
from typing import Any

from sim.store.export import TABLES
from sim.store.store import Store

CONTEXT = "https://w3id.org/ro/crate/1.1/context"
FILE_NAME = "ro-crate-metadata.json"
FORMATS = {".csv": "text/csv", ".parquet": "application/vnd.apache.parquet"}
NO_LICENCE = "Not stated: ask whoever gave you these data."
Entity = dict[str, Any]


def crate(store: Store, study: str | None, files: Sequence[Path], version: str) -> str:
    """Return the metadata of exported files as JSON; `version` is that of the software."""
    metrics = [_metric(*row) for row in store.metrics().itertuples(index=False)]
    software = {"@id": "#smbsim", "@type": "SoftwareApplication", "name": "smbsim", "softwareVersion": version}
    actions = [_computation(name, place) for name, place in sorted(store.provenances().items())]
    data = [_file(file) for file in files]
    root = {
        "@id": "./", "@type": "Dataset", "name": study or "Results of smbsim",
        "description": "Runs of an agent-based model of small firms that automate, as tidy tables.",
        "datePublished": _newest(store, study), "license": NO_LICENCE, "hasPart": [_reference(one) for one in data],
        "mentions": [_reference(one) for one in actions], "variableMeasured": [_reference(one) for one in metrics],
    }
    about = {"@id": FILE_NAME, "@type": "CreativeWork", "about": {"@id": "./"},
             "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"}}
    graph = [about, root, *data, software, *actions, *metrics]
    return json.dumps({"@context": CONTEXT, "@graph": graph}, indent=2, ensure_ascii=False) + "\n"


def _reference(entity: Entity) -> Entity:
    return {"@id": entity["@id"]}


def _newest(store: Store, study: str | None) -> str:
    """The day of the newest result, so that the same store gives the same bytes."""
    finished = store.runs(study)["finished_utc"].dropna()
    return str(finished.max())[:10] if len(finished) else "1970-01-01"


def _file(file: Path) -> Entity:
    with file.open("rb") as content:
        name_of_content = file_digest(content, "sha256").hexdigest()
    return {
        "@id": file.name, "@type": "File", "name": file.name, "description": TABLES[file.stem],
        "encodingFormat": FORMATS[file.suffix], "contentSize": str(file.stat().st_size), "sha256": name_of_content,
    }


def _metric(name: str, unit: str, label: str, definition: str) -> Entity:
    return {"@id": f"#{name}", "@type": "PropertyValue", "name": name, "unitText": unit,
            "description": f"{label}: {definition}"}


def _computation(name: str, place: dict[str, Any]) -> Entity:
    """What computed some of the runs; `place` may be of an older version and hold less."""
    packages = ", ".join(f"{package} {version}" for package, version in sorted(place.get("packages", {}).items()))
    machine = " ".join(place.get(word, "") for word in ("implementation", "python", "system", "machine")).strip()
    return {
        "@id": f"#computation-{name}", "@type": "CreateAction", "name": f"Runs computed with {machine or 'unknown'}",
        "instrument": {"@id": "#smbsim"}, "result": {"@id": "./"}, "description": packages,
    }
