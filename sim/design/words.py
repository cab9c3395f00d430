"""A design restated in sentences, so that its author sees what was understood."""

from __future__ import annotations

from sim.design.design import Design
from sim.design.design_file import FactorFile
from sim.design.fractional import by_generators, by_resolution, resolution
from sim.scenario.fields import number
from sim.scenario.words import counted

LAYOUTS = {
    "full_factorial": "every level of every factor with every other",
    "fractional": "a fraction of the corners",
    "latin_hypercube": "a Latin hypercube: every factor is spread evenly over its range",
    "sobol": "a Sobol sequence: more points later keep the first ones",
    "one_at_a_time": "the scenario as it is, then each factor alone at each of its levels",
    "star": "all factors in the middle, then each alone at its other levels",
}


def design_restated(design: Design) -> list[str]:
    """What a design says, one sentence or line per entry."""
    file = design.file
    scenarios = ", ".join(scenario.title for scenario in design.scenarios)
    labels = {arm.name: arm.label for arm in design.cells[0].arms}
    others = ", ".join(f'"{labels[arm]}"' for arm in file.arms[1:])
    runs = len(design.cells) * len(file.arms) * len(file.assignments) * file.replicates
    return [
        f"{file.title}. {file.question}",
        f"Played in: {scenarios}.",
        *(_factor(factor) for factor in file.factor),
        f"{counted(len(design.points), 'point')}: {LAYOUTS[file.design.kind]}{_apart(design)}.",
        f'At every point {others} against "{labels[design.reference]}", who follows: {", ".join(file.assignments)}.',
        f"{counted(file.replicates, 'future')} each, with the same luck at every point and for every arm: "
        f"{number(runs)} runs.",
    ]


def _factor(factor: FactorFile) -> str:
    """A factor and what it takes."""
    if factor.dial:
        return f"Varied: {factor.name}, a dial with the positions {', '.join(factor.dial)}."
    if factor.levels:
        taken = ", ".join(str(level) if isinstance(level, str) else number(level) for level in factor.levels)
    else:
        even = " (even in ratios)" if factor.log else ""
        taken = f"{number(factor.low or 0.0)} to {number(factor.high or 0.0)}{even}"
    return f"Varied: {factor.name} ({factor.vary}): {taken}."


def _apart(design: Design) -> str:
    """The resolution of a fraction."""
    plan, names = design.file.design, [factor.name for factor in design.file.factor]
    if plan.kind != "fractional":
        return ""
    masks = by_resolution(len(names), plan.resolution) if plan.resolution else by_generators(names, plan.generators)
    found = resolution(masks)
    return f" of resolution {found}" if found else ", which are all of them"
