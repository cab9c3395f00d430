"""Every number of the model, one group per mechanism."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any

from sim.arrays import Ints
from sim.params.acceptance import Acceptance
from sim.params.assignment import Assignment
from sim.params.base import Meaning, changed, meanings, par, stacked
from sim.params.choosing import Choosing
from sim.params.data import Data
from sim.params.demand import Demand
from sim.params.diffusion import Diffusion
from sim.params.disruption import Disruption
from sim.params.environment import Environment
from sim.params.errors import Errors
from sim.params.events import Events
from sim.params.explore import Explore
from sim.params.fairness import Fairness
from sim.params.finance import Finance
from sim.params.forces import Forces
from sim.params.frontier import Frontier
from sim.params.incidents import Incidents
from sim.params.integration import Integration
from sim.params.management import Management
from sim.params.morale import Morale
from sim.params.overruns import Overruns
from sim.params.phasing import Phasing
from sim.params.practices import Practices
from sim.params.prices import Prices
from sim.params.projects import Projects
from sim.params.reconfigure import Reconfigure
from sim.params.reputation import Reputation
from sim.params.rework import Rework
from sim.params.rivals import Rivals
from sim.params.satisfaction import Satisfaction
from sim.params.sector import STAGE_COUNT, STAGE_LABELS, STAGES, Catalogue, Sector
from sim.params.segments import Segments
from sim.params.setup import Focal, Setup
from sim.params.skill import Skill
from sim.params.staffing import Staffing
from sim.params.suppliers import Partners, Suppliers
from sim.params.throughput import Throughput
from sim.params.wages import Wages
from sim.params.waiting import Waiting

__all__ = [
    "STAGES", "STAGE_COUNT", "STAGE_LABELS", "Acceptance", "Assignment", "Catalogue", "Choosing", "Data", "Demand",
    "Diffusion", "Disruption", "Environment", "Errors", "Events", "Explore", "Fairness", "Finance", "Focal", "Forces",
    "Frontier", "Incidents", "Integration", "Management", "Meaning", "Morale", "Overruns", "Params", "Partners",
    "Phasing", "Practices", "Prices", "Projects", "Reconfigure", "Reputation", "Rework", "Rivals", "Satisfaction",
    "Sector", "Segments", "Setup", "Skill", "Staffing", "Suppliers", "Throughput", "Wages", "Waiting", "changed",
    "meanings", "par", "rows_of", "stack_params",
]


@dataclass(frozen=True)
class Params:
    """All parameters of a scenario, or, once stacked, of a batch of worlds."""

    sector: Sector
    catalogue: Catalogue
    events: Events = Events()  # no group of numbers that a scenario changes one by one
    setup: Setup = field(default_factory=Setup)
    focal: Focal = field(default_factory=Focal)
    assignment: Assignment = field(default_factory=Assignment)
    throughput: Throughput = field(default_factory=Throughput)
    waiting: Waiting = field(default_factory=Waiting)
    errors: Errors = field(default_factory=Errors)
    rework: Rework = field(default_factory=Rework)
    environment: Environment = field(default_factory=Environment)
    demand: Demand = field(default_factory=Demand)
    segments: Segments = field(default_factory=Segments)
    satisfaction: Satisfaction = field(default_factory=Satisfaction)
    reputation: Reputation = field(default_factory=Reputation)
    prices: Prices = field(default_factory=Prices)
    rivals: Rivals = field(default_factory=Rivals)
    staffing: Staffing = field(default_factory=Staffing)
    management: Management = field(default_factory=Management)
    practices: Practices = field(default_factory=Practices)
    choosing: Choosing = field(default_factory=Choosing)
    forces: Forces = field(default_factory=Forces)
    diffusion: Diffusion = field(default_factory=Diffusion)
    projects: Projects = field(default_factory=Projects)
    reconfigure: Reconfigure = field(default_factory=Reconfigure)
    disruption: Disruption = field(default_factory=Disruption)
    overruns: Overruns = field(default_factory=Overruns)
    integration: Integration = field(default_factory=Integration)
    explore: Explore = field(default_factory=Explore)
    frontier: Frontier = field(default_factory=Frontier)
    phasing: Phasing = field(default_factory=Phasing)
    finance: Finance = field(default_factory=Finance)
    skill: Skill = field(default_factory=Skill)
    acceptance: Acceptance = field(default_factory=Acceptance)
    morale: Morale = field(default_factory=Morale)
    wages: Wages = field(default_factory=Wages)
    incidents: Incidents = field(default_factory=Incidents)
    fairness: Fairness = field(default_factory=Fairness)
    data: Data = field(default_factory=Data)
    suppliers: Suppliers = field(default_factory=Suppliers)
    partners: Partners = field(default_factory=Partners)

    def changed(self, **groups: Mapping[str, Any]) -> Params:
        """The same parameters but for some numbers, by group and name; TypeError for a name there is not."""
        return replace(self, **{name: changed(getattr(self, name), dict(new)) for name, new in groups.items()})


def groups() -> dict[str, Any]:
    """The parameter groups that a scenario may change, by name, with their defaults."""
    return {f.name: f.default_factory() for f in fields(Params) if callable(f.default_factory)}


def rows_of(stacked_params: Params, rows: Ints) -> Params:
    """The stacked parameters of some of the worlds, in this order; one may stand more than once."""
    each = {}
    for group in fields(Params):
        numbers = getattr(stacked_params, group.name)
        each[group.name] = replace(numbers, **{f.name: getattr(numbers, f.name)[rows] for f in fields(numbers)})
    return Params(**each)


def stack_params(scenarios: Sequence[Params]) -> Params:
    """Stack the parameters of several worlds: every number gets a leading axis (worlds,)."""
    return Params(**{f.name: stacked([getattr(s, f.name) for s in scenarios]) for f in fields(Params)})
