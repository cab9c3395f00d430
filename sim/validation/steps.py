"""Known answers of single steps that the economy at large would hardly show: fines, inspection, versions."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sim import population, schedule
from sim.arrays import Bools
from sim.mechanisms import incidents, inspection
from sim.params import STAGES, Params
from sim.scenario.presets import catalogue, tools
from sim.validation.bench import Bench, baseline
from sim.validation.check import Check, Found, near, none_of
from sim.validation.common_state import grown, street
from sim.world import World

WORLDS, QUICK_WORLDS, FINE_MONTHS, RENEWAL_MONTHS = 40, 10, 120, 12
FINES_YEAR, PREVENTED, LOOKED_AT = 0.5, 0.8, 0.5
EXPECTED_FINES = 12.0 * (1.0 - np.exp(-FINES_YEAR * (1.0 - PREVENTED * LOOKED_AT) / 12.0))
CAMERA, FOUND = "production_kitchen_equipment", 0.5


def under_rules() -> Params:
    """Bakeries that rules reach fully."""
    rules = {"fine_year": FINES_YEAR, "oversight_effect": PREVENTED}
    return baseline("bakery").changed(sector={"regulation": 1.0}, incidents=rules)


def fines_a_year(bench: Bench) -> Found:
    """Fines a firm and year where machines decide on every order and a person looks at half of them."""
    seeds = [bench.world_seed(number) for number in range(QUICK_WORLDS if bench.quick else WORLDS)]
    world = population.create([under_rules()] * len(seeds), seeds)
    world.firms.machine_decided[:], world.firms.oversight[:] = 1.0, LOOKED_AT
    fined = 0
    for _ in range(FINE_MONTHS):
        incidents.face_the_rules(world)
        fined += int(world.firms.fined.sum())
        world.month += 1
    years = float(world.firms.open.sum()) * FINE_MONTHS / 12.0
    return near(fined / years, float(EXPECTED_FINES), 0.0, float(np.sqrt(max(fined, 1))) / years, f"{fined} fines")


def looked_over(machines: int) -> World:
    """A bakery with so many machines at making, each of which looks at every order."""
    base = baseline("bakery")
    numbers = {CAMERA: {"slips_found": FOUND, "errors_found": FOUND}}
    world = population.create([replace(base, catalogue=catalogue([CAMERA], numbers))], [1])
    firms, slots = world.firms, slice(0, machines)
    firms.tool_family[0, slots], firms.tool_units[0, slots] = list(tools()).index(CAMERA), 1_000.0
    firms.tool_skill[0, slots] = firms.tool_usage[0, slots] = firms.tool_strength[0, slots] = 1.0
    inspection.inspect(world)
    return world


def errors_found(bench: Bench) -> Found:
    """Largest gap from the share that no, one or two machines in a row find, up to their stage and after it."""
    upstream = np.arange(len(STAGES)) <= STAGES.index("operations")
    gaps = []
    for machines in range(3):
        firms = looked_over(machines).firms
        expected = np.where(upstream, 1.0 - (1.0 - FOUND) ** machines, 0.0)
        gaps += [np.abs(found[0] - expected).max() for found in (firms.slips_found, firms.errors_found)]
    return near(float(max(gaps)), 0.0, 1e-12)


def two_versions(bench: Bench) -> Found:
    """Months in which a firm has two versions of a tool at work, in a trade whose versions age."""
    world = grown([street(restless=True)], range(4 * bench.seed, 4 * bench.seed + 4))
    twice = 0
    for _ in range(RENEWAL_MONTHS):
        schedule.step(world)
        twice += int(_doubled(world).sum())
    renewed = sum(len(note.rows) for note in world.journal if note.kind == "renew")
    found = none_of(twice, f"{renewed} newer versions went live")
    return found if renewed else replace(found, status="fail")


def _doubled(world: World) -> Bools:
    """Firms in which one family is at work in two places, (firms,)."""
    ordered = np.sort(np.where(world.tools_at_work, world.firms.tool_family, -1), axis=1)
    return np.asarray(((ordered[:, 1:] == ordered[:, :-1]) & (ordered[:, 1:] >= 0)).any(axis=1))


def checks() -> list[Check]:
    """Fines, inspection, versions."""
    return [
        Check("K26", "known", "Under full rules, with machines deciding on every order and a person looking at half, "
              f"firms are fined at the rate of {FINES_YEAR:g} a year less what looking prevents.",
              f"{EXPECTED_FINES:.3f} within three standard errors", "fines a year", fines_a_year),
        Check("K27", "known", "A machine finds its share of the errors made up to its stage and none made later; two "
              "in a row find what one would miss.", "0 ± 1e-12", "share", errors_found),
        Check("K28", "known", "A newer version of a tool takes the place of the old one.", "0", "firm-months with two",
              two_versions),
    ]
