"""Words for what holds a firm back: codes 0 to 8 are stages, 9 is demand, -1 a closed firm."""

from __future__ import annotations

from sim.params.sector import STAGE_LABELS

BINDING = dict(enumerate(STAGE_LABELS)) | {len(STAGE_LABELS): "too few customers", -1: "closed"}
