"""The house stays small: one screen of schedule, short files, short functions, no mechanism that knows another."""

from __future__ import annotations

import ast
import io
import tokenize
from pathlib import Path

import sim
from sim.schedule import MONTH

PACKAGE = Path(sim.__file__).parent
MOST_LINES_FILE, MOST_LINES_FUNCTION = 300, 25
SOURCES = [path for path in sorted(PACKAGE.rglob("*.py")) if "migrations" not in path.parts]


def test_the_schedule_is_one_screen_of_verbs_without_arithmetic() -> None:
    source = (PACKAGE / "schedule.py").read_text(encoding="utf-8")
    tree = ast.parse(source)
    sums = [node for node in ast.walk(tree) if isinstance(node, ast.BinOp | ast.AugAssign | ast.UnaryOp | ast.Compare)]
    allowed = {"world.month += 1", "__name__ == '__main__'"}

    assert len(source.splitlines()) <= 110
    assert {ast.unparse(node) for node in sums} <= allowed


def test_every_step_of_the_month_stands_in_the_schedule_once_under_its_own_name() -> None:
    names = [mechanism.name for mechanism in MONTH]
    declared = {
        f"{path.stem}.{node.name}"
        for path in (PACKAGE / "mechanisms").glob("*.py")
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef) and any("mechanism(" in ast.unparse(d) for d in node.decorator_list)
    }

    assert len(names) == len(set(names))
    assert set(names) == declared


def test_no_mechanism_imports_another() -> None:
    for path in (PACKAGE / "mechanisms").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom | ast.Import):
                assert "mechanisms" not in ast.unparse(node), f"{path.name}: {ast.unparse(node)}"


def reasons(text: str) -> set[int]:
    """Lines that hold a comment to people, not to a tool."""
    return {
        token.start[0] for token in tokenize.generate_tokens(io.StringIO(text).readline)
        if token.type == tokenize.COMMENT and not token.string.startswith(("# noqa", "# type:"))
    }


def long_functions(path: Path) -> list[str]:
    """Functions over the limit, docstring left out, unless a comment above or in their head says why."""
    text = path.read_text(encoding="utf-8")
    said, found = reasons(text), []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
            words = node.body[0] if ast.get_docstring(node) is not None else None
            docstring = words.end_lineno - words.lineno + 1 if words and words.end_lineno else 0
            length = (node.end_lineno or node.lineno) - node.lineno + 1 - docstring
            head = range(first - 1, node.body[0].lineno + docstring + 1)
            if length > MOST_LINES_FUNCTION and not said & set(head):
                found.append(f"{path.relative_to(PACKAGE)}:{node.lineno} {node.name} has {length} lines")
    return found


def test_files_are_short() -> None:
    lengths = {str(path.relative_to(PACKAGE)): len(path.read_text(encoding="utf-8").splitlines()) for path in SOURCES}

    assert {name: length for name, length in lengths.items() if length > MOST_LINES_FILE} == {}


def test_functions_are_short_or_say_why_not() -> None:
    assert [line for path in SOURCES for line in long_functions(path)] == []
