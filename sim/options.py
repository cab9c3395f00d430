"""Options that several verbs share, and what they take."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection
from typing import Annotated, Any

import typer

from sim.errors import nearest_name

WHO = ("focal", "whole", "mixed", "chosen")
FAILED, BAD_INPUT, INTERRUPTED = 1, 2, 130


def whole(low: int, high: int, unit: str) -> Callable[[Any], int]:
    """A parser of whole numbers in a range."""

    def parse(text: Any) -> int:
        try:
            value = int(str(text))
        except ValueError:
            value = low - 1
        if not low <= value <= high:
            allowed = f"{low:,} to {high:,} {unit}, whole numbers"
            raise typer.BadParameter(f"{text!s:.40} is not allowed; allowed: {allowed}")
        return value

    return parse


def one_of(allowed: Collection[str]) -> Callable[[Any], str]:
    """A parser of words out of a list."""

    def parse(text: Any) -> str:
        if text not in allowed:
            hint = nearest_name(str(text), allowed)
            raise typer.BadParameter(f"{text!s:.40} is not allowed; allowed: {', '.join(allowed)}{hint}")
        return str(text)

    return parse


def share(text: Any) -> float:
    """A share of firms between 0 and 1, neither of them."""
    try:
        value = float(str(text))
    except ValueError:
        value = math.nan
    if not 0.0 < value < 1.0:
        raise typer.BadParameter(f"{text!s:.40} is not allowed; allowed: a share of firms, more than 0 and less than 1")
    return value


ScenarioArgument = Annotated[str, typer.Argument(
    metavar="SCENARIO", help="A name (see `smbsim scenarios`), or the path of a scenario or firm file.")]
Months = Annotated[int | None, typer.Option(
    parser=whole(1, 600, "months"), metavar="N", help="Length of a run; the scenario's own if left out.")]
Seed = Annotated[int, typer.Option(
    parser=whole(0, 2**31 - 1, "(any of them)"), metavar="N", help="Same seed, same luck, same result.")]
Saturation = Annotated[float | None, typer.Option(
    parser=share, metavar="Q",
    help="With mixed and chosen: share of small firms that follow the second strategy. [default: 0.5]")]
Store = Annotated[str | None, typer.Option(
    metavar="URL", help="Where runs are kept: a file or a database URL. [default: results/smbsim.sqlite]")]
Json = Annotated[bool, typer.Option("--json", help="Write JSON, and nothing else, to standard output.")]
