"""From what validation found to sentences people can act on: key, what was found, what is allowed."""

from __future__ import annotations

from collections.abc import Mapping
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from sim.errors import InputError, Problem, nearest_name
from sim.scenario.fields import number
from sim.scenario.positions import KeyPath
from sim.scenario.toml_file import Document

MOST_PROBLEMS = 20
EXPECTED = {
    "string": "a text in quotes", "bool": "true or false", "float": "a number", "int": "a whole number",
    "finite": "a finite number", "list": "a list in [ ]", "dict": "a table", "model": "a table",
}

Shape = TypeVar("Shape", bound=BaseModel)


def validated(shape: type[Shape], document: Document) -> Shape:
    """The document's data in this shape; InputError with every problem found, each at its place."""
    try:
        return shape.model_validate(document.data)
    except ValidationError as error:
        found, more = _found(shape, error), error.error_count() - MOST_PROBLEMS
    problems = sorted((document.problem(*one) for one in found), key=lambda p: p.line)
    if more > 0:
        problems.append(Problem(f"and {number(more)} more problems", document.name))
    raise InputError(problems)


def complaints(shape: type[BaseModel], data: Mapping[str, Any]) -> list[tuple[KeyPath, str]]:
    """What is wrong with data that stand elsewhere than in a file of this shape: path and sentence, one each."""
    try:
        shape.model_validate(data)
    except ValidationError as error:
        return [(path, sentence) for path, sentence, _ in _found(shape, error)]
    return []


def _found(shape: type[BaseModel], error: ValidationError) -> list[tuple[KeyPath, str, bool]]:
    """Path, sentence and whether the key itself is at fault, for what validation found first."""
    found = []
    for one in error.errors(include_url=False)[:MOST_PROBLEMS]:
        at_key = "[key]" in one["loc"] or one["type"] == "extra_forbidden"
        path: KeyPath = tuple(part for part in one["loc"] if part != "[key]")
        found.append((path, _sentence(shape, path, one), at_key))
    return found


def _sentence(shape: type[BaseModel], path: KeyPath, error: Any) -> str:
    """What is wrong at a path, and what would be right."""
    table, field = _walked(shape, path)
    match error["type"]:
        case "extra_forbidden":
            names = list(table.model_fields)
            hint = nearest_name(str(path[-1]), names) or f"; allowed: {', '.join(names)}"
            return f"unknown key {shown(path[-1])}{f' in {dotted(path[:-1])}' if path[1:] else ''}{hint}"
        case "missing":
            what = f": {field.description}" if field and field.description else ""
            return f"{dotted(path)} is missing{what}"
        case "unknown_name":
            return f"{dotted(path)} is {shown(error['input'])}: {error['ctx']['sentence']}"
        case "value_error":
            return f"{dotted(path)}{': ' if path else ''}{error['ctx']['error']}"
        case "literal_error" if field:
            choice = [str(word) for word in get_args(field.annotation)]
            near = nearest_name(str(error["input"]), choice)
            return f"{dotted(path)} is {shown(error['input'])}; allowed: {', '.join(choice)}{near}"
    return f"{dotted(path)} is {shown(error['input'])}; allowed: {_allowed(field, error)}"


def _allowed(field: FieldInfo | None, error: Any) -> str:
    """What may stand in a field, in words."""
    extra = field.json_schema_extra if field else None
    if not isinstance(extra, dict):
        return EXPECTED.get(error["type"].split("_")[0], error["msg"])
    whole = "a whole number from " if error["type"].startswith("int") else ""
    return f"{whole}{extra['allowed']}"


def _walked(shape: Any, path: KeyPath) -> tuple[Any, FieldInfo | None]:
    """The table that holds the last part of a path, and that part's declared field."""
    table, inside, field = None, shape, None
    for part in path:
        table, field = inside, None
        if isinstance(table, type) and issubclass(table, BaseModel):
            field = table.model_fields.get(str(part))
            inside = _bare(field.annotation) if field else None
        else:
            inside = _bare(get_args(table)[-1])
    return table, field


def _bare(annotation: Any) -> Any:
    """The type itself, out of an optional."""
    if get_origin(annotation) in (Union, UnionType):
        return next(arg for arg in get_args(annotation) if arg is not type(None))
    return annotation


def dotted(path: KeyPath) -> str:
    """A path as people write it, list positions counted from one: arms.quote.purchases[2].month."""
    text = ""
    for part in path:
        text += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def shown(value: object) -> str:
    """A value short enough for a message, whatever it is."""
    match value:
        case dict():
            return "a table"
        case list():
            return "a list"
        case bool():
            return "true" if value else "false"
        case float():
            return repr(value)
        case int():
            return number(value)
    text = str(value)
    return repr(text if len(text) <= 40 else f"{text[:37]}…")
