"""What a factor does: from a level to changed numbers, a changed arm or another sector.

A target is checked by the shape of the file in which it usually stands, so that ranges, units and names are said once:
parameters and tools by a scenario's, strategy factors by a strategy's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from sim.design.design_file import FactorFile, Level
from sim.errors import InputError, nearest_name
from sim.params import groups
from sim.params.base import meanings
from sim.scenario.arms_list import parse_arm
from sim.scenario.changes import COUNTED, TOOL_NUMBERS
from sim.scenario.fields import number
from sim.scenario.files import shipped_names
from sim.scenario.scenario import Scenario
from sim.scenario.scenario_file import Changes, StrategyFile
from sim.scenario.sentences import complaints, shown
from sim.strategies.arms import Arm

WORDS_OF_AN_ARM = ("name", "label", "line", "purchases")
STRATEGY_FACTORS = tuple(f.name for f in fields(Arm) if f.name not in WORDS_OF_AN_ARM)
MODIFIERS, SECTOR = "arm.modifiers", "sector"
DIGITS = 6

Setting = Mapping[str, Level]


@dataclass(frozen=True)
class Factor:
    """A factor as points use it: named levels, or a range; each level is a table of targets and values."""

    name: str
    settings: Mapping[str, Setting]
    low: float
    high: float
    log: bool
    target: str
    arms: tuple[str, ...]

    @classmethod
    def of(cls, file: FactorFile, arms: list[str]) -> Factor:
        """The factor that a file declares; `arms` are all arms, the reference first."""
        if file.dial:
            settings: Mapping[str, Setting] = file.dial
        else:
            levels = file.levels or [file.low, file.high]
            settings = {level_name(level): {file.vary: fitted(file.vary, level)} for level in levels}
        low, high = float(file.low or 0.0), float(file.high or 0.0)
        return cls(file.name, settings, low, high, file.log, file.vary or "", tuple(file.arms or arms[1:]))

    def at(self, share: float) -> tuple[str, Setting]:
        """Level at a share of the way, 0 to 1; values of a range are given to six digits, the same on every machine."""
        if self.low == self.high:
            names = list(self.settings)
            name = names[min(int(share * len(names)), len(names) - 1)]
            return name, self.settings[name]
        between = self.low * (self.high / self.low) ** share if self.log else self.low + share * (self.high - self.low)
        value = round(between) if is_counted(self.target) else float(f"{between:.{DIGITS}g}")
        return level_name(value), {self.target: value}


def level_name(level: Level) -> str:
    """A level as it stands in the name of a point."""
    return level.lstrip("+") or "as it is" if isinstance(level, str) else number(level).replace(",", "")


def fitted(target: str, value: Level) -> Level:
    """A whole number as such where the target is counted; anything else as it is."""
    return int(value) if is_counted(target) and isinstance(value, float) and value.is_integer() else value


def is_counted(target: str) -> bool:
    """Whether a target takes whole numbers only."""
    group, _, name = target.partition(".")
    return group in groups() and name in meanings(groups()[group]) and meanings(groups()[group])[name].unit in COUNTED


def no_such(target: str, scenario: Scenario) -> str:
    """A sentence if nothing of this name can be varied in a scenario, else an empty text."""
    first, _, rest = target.partition(".")
    family, _, key = rest.partition(".")
    if target in (MODIFIERS, SECTOR):
        return ""
    if first == "tools" and family not in scenario.offered:
        return f"{shown(family)} is not on offer in {scenario.name}{_instead(family, scenario.offered)}"
    known: list[str] = []
    if first == "tools":
        first, rest, known = f"tools.{family}", key, list(TOOL_NUMBERS)
    elif first == "strategy":
        known = list(STRATEGY_FACTORS)
    elif first in groups():
        known = list(meanings(groups()[first]))
    if not known:
        choice = [*groups(), "tools", "strategy", MODIFIERS, SECTOR]
        return f"nothing that can be varied is called {shown(target)}{_instead(first, choice)}"
    return "" if rest in known else f"{first} has no {shown(rest)}{_instead(rest, known)}"


def _instead(name: str, choice: Iterable[str]) -> str:
    return nearest_name(name, choice) or f"; there are {', '.join(choice)}"


def wrong_with(target: str, value: Level, scenario: Scenario, arms: tuple[str, ...]) -> list[str]:
    """Sentences on what is wrong with a value of a target that there is; none if it can be set."""
    if target == SECTOR:
        return [] if value in shipped_names("sectors") else [f"no sector is called {shown(value)}"]
    if target == MODIFIERS:
        return _wrong_modifiers(value, scenario, arms)
    if target.startswith("strategy."):
        words = {"label": "-", "line": "-", "score": "none", target.partition(".")[2]: value}
        return [sentence for _, sentence in complaints(StrategyFile, words)]
    return [sentence for _, sentence in complaints(Changes, _as_changes({target: value}))]


def _wrong_modifiers(value: Level, scenario: Scenario, arms: tuple[str, ...]) -> list[str]:
    if not isinstance(value, str):
        return [f'{shown(value)} does not change an arm; write "+fix", "+assess2" or ""']
    try:
        for arm in arms:
            parse_arm(arm + value, scenario)
    except InputError as error:
        return [problem.sentence for problem in error.problems]
    return []


def _as_changes(setting: Setting) -> dict[str, Any]:
    """The targets of a setting as a scenario file would state them."""
    tables: dict[str, Any] = {}
    for target, value in setting.items():
        path = target.split(".")
        table = tables if path[0] in ("setup", "focal", "tools") else tables.setdefault("parameters", {})
        for part in path[:-1]:
            table = table.setdefault(part, {})
        table[path[-1]] = fitted(target, value)
    return tables


def world_changes(setting: Setting) -> Changes:
    """The part of a setting that changes the world."""
    return Changes.model_validate(_as_changes({t: v for t, v in setting.items() if not _of_arm(t) and t != SECTOR}))


def changed_arm(arm: str, setting: Setting, scenario: Scenario) -> Arm:
    """The arm at an address with the strategy's part of a setting applied; it keeps its name."""
    changed = parse_arm(arm + str(setting.get(MODIFIERS, "")), scenario)
    factors = {t.partition(".")[2]: value for t, value in setting.items() if t.startswith("strategy.")}
    return replace(changed, name=arm, **{name: _number(value) for name, value in factors.items()})


def _number(value: Level) -> Level:
    return float(value) if isinstance(value, int) else value


def _of_arm(target: str) -> bool:
    return target == MODIFIERS or target.startswith("strategy.")
