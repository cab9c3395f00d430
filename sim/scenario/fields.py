"""What may stand in a file: strict fields with range and unit, and names that must exist."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from sim.errors import nearest_name
from sim.params.sector import STAGE_LABELS, STAGES
from sim.scenario.files import catalogue_document, shipped_names

DRAWN = "drawn"
DRAWN_STAGE = -1


class Strict(BaseModel):
    """A table in which every key is known, every number finite and nothing is guessed."""

    model_config = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False, frozen=True)


def quantity(text: str, *, unit: str, low: float, high: float, default: Any = ...) -> Any:
    """A number from `low` to `high`; the field's type says whether it must be whole."""
    allowed = f"{number(low)} to {number(high)} {unit}"
    extra: dict[str, Any] = {"unit": unit, "allowed": allowed}
    return Field(default, ge=low, le=high, description=text, json_schema_extra=extra)


def stage(text: str) -> Any:
    """A stage given by a word, or left out; its type is `StageNumber`."""
    return Field(None, description=text)


def words(text: str, default: Any = ..., longest: int = 500) -> Any:
    """A text for people, not empty."""
    extra: dict[str, Any] = {"allowed": f"a text of 1 to {longest} characters"}
    return Field(
        default, min_length=1, max_length=longest, pattern=r"\S", description=text, json_schema_extra=extra
    )


def number(value: float) -> str:
    """A number with thousands separated and no more digits than it needs."""
    return "a huge number" if isinstance(value, int) and abs(value) >= 10**15 else f"{value:,.10g}"


def known_name(name: str, allowed: Iterable[str], what: str) -> str:
    """The name itself if it is allowed; otherwise an error with the nearest name, or all of them."""
    choice = list(allowed)
    if name not in choice:
        hint = nearest_name(name, choice) or f"; there are {', '.join(choice)}"
        raise PydanticCustomError("unknown_name", "{sentence}", {"sentence": f"no {what} of this name{hint}"})
    return name


def stage_number(word: object) -> int:
    """Position of a stage given by its name, or by the words people use for it; -1 for "drawn"."""
    if word in STAGE_LABELS:
        return STAGE_LABELS.index(str(word))
    name = known_name(str(word), (*STAGES, DRAWN), "stage")
    return DRAWN_STAGE if name == DRAWN else STAGES.index(name)


StageNumber = Annotated[int, BeforeValidator(stage_number)]
StageName = Annotated[str, AfterValidator(lambda name: known_name(name, STAGES, "stage"))]
Family = Annotated[str, AfterValidator(lambda name: known_name(name, catalogue_document().data, "tool"))]
SectorName = Annotated[str, AfterValidator(lambda name: known_name(name, shipped_names("sectors"), "sector"))]
