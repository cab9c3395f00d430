"""`smbsim schema`: the shape of a file as JSON Schema, so that an editor completes keys and marks mistakes."""

from __future__ import annotations

import json

from pydantic import BaseModel

from sim.design.design_file import DesignFile
from sim.scenario.firm_file import FirmFile
from sim.scenario.plan.file import PlanFile
from sim.scenario.scenario_file import ScenarioFile, StrategyFile

SHAPES: dict[str, type[BaseModel]] = {
    "design": DesignFile, "scenario": ScenarioFile, "strategy": StrategyFile, "firm": FirmFile,
    "plan": PlanFile,
}
DRAFT = "https://json-schema.org/draft/2020-12/schema"


def schema_of(shape: str) -> str:
    """JSON Schema of a kind of file, one of SHAPES."""
    return json.dumps({"$schema": DRAFT, **SHAPES[shape].model_json_schema()}, indent=2)
