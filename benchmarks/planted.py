"""Faults planted in the code, one at a time: the tests of that code have to fail.

A fault is a small change of one expression: a comparison, a sum, a number, a condition. It is planted when a process of
its own imports the module; that then runs the tests, and no file is changed.
"""

from __future__ import annotations

import ast
import contextlib
import importlib.util
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.machinery import ModuleSpec, SourceFileLoader
from pathlib import Path
from random import Random
from types import CodeType
from typing import Any

ROOT = Path(__file__).parents[1]

TARGETS: dict[str, tuple[str, tuple[str, ...]]] = {
    "guard": ("growthsheet.xlsx.reader.checks", ("tests/xlsx/reader/test_guard.py",)),
    "merge": ("growthsheet.returns.merge", ("tests/returns/test_merge.py", "tests/returns/test_collect.py")),
    "reconcile": ("growthsheet.returns.reconcile", ("tests/returns/test_merge.py", "tests/returns/test_collect.py")),
    "carry-over": (
        "growthsheet.returns.carry_over",
        ("tests/batch/test_update.py", "tests/returns/test_next_cycle.py"),
    ),
    "personal data": (
        "growthsheet.tasks.personal_data",
        ("tests/tasks/test_forget.py", "tests/cli/test_command_person.py"),
    ),
    "suppression": (
        "growthsheet.views.suppression",
        ("tests/views/test_suppression.py", "tests/views/test_privacy.py"),
    ),
    "budget": (
        "growthsheet.measures.budget",
        ("tests/measures/test_exact_budgets.py", "tests/measures/test_measures.py"),
    ),
}
"""The module of each name, and the tests that have to catch what is planted there."""

SECONDS = 240
"""A fault that lets the tests run longer than this is caught, too: something goes on without end."""

OTHER: dict[type[ast.AST], type[Any]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.BitOr: ast.BitAnd,
}


@dataclass(frozen=True)
class Fault:
    """A place in a module that can be changed."""

    module: str
    number: int
    line: int
    what: str


class Planter(ast.NodeTransformer):
    """Counts the places of a module that can be changed, and changes one of them."""

    def __init__(self, at: int = -1) -> None:
        self.at, self.places = at, list[tuple[int, str]]()

    def _here(self, node: ast.expr, what: str) -> bool:
        self.places.append((node.lineno, what))
        return len(self.places) - 1 == self.at

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        """Leave types alone."""
        if node.value:
            node.value = self.visit(node.value)
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        """Leave types and decorators alone."""
        node.body = [self.visit(each) for each in node.body]
        return node

    def visit_If(self, node: ast.If) -> ast.AST:
        """A condition becomes its opposite."""
        return self._turned(node)

    def visit_IfExp(self, node: ast.IfExp) -> ast.AST:
        """The same of an expression."""
        return self._turned(node)

    def _turned(self, node: Any) -> Any:
        if not (isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING") and self._here(
            node.test, f"not ({ast.unparse(node.test)})"
        ):
            node.test = ast.UnaryOp(ast.Not(), node.test)
        return self.generic_visit(node)

    def visit_Compare(self, node: ast.Compare) -> ast.AST:
        """A comparison becomes its neighbour."""
        for n, operator in enumerate(node.ops):
            if type(operator) in OTHER and self._here(node, f"{ast.unparse(node)}: {OTHER[type(operator)].__name__}"):
                node.ops[n] = OTHER[type(operator)]()
        return self.generic_visit(node)

    def _other(self, node: Any) -> Any:
        kind = OTHER.get(type(node.op))
        if kind and self._here(node, f"{ast.unparse(node)[:80]}: {kind.__name__}"):
            node.op = kind()
        return self.generic_visit(node)

    visit_BoolOp = visit_BinOp = _other

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        """A number becomes the next one."""
        if type(node.value) in (int, float) and self._here(node, f"{node.value} + 1"):
            return ast.copy_location(ast.Constant(node.value + 1), node)
        return node


def places(module: str) -> list[Fault]:
    """Every fault that can be planted in a module."""
    planter = Planter()
    planter.visit(ast.parse(source_of(module).read_text("utf-8")))
    return [Fault(module, number, line, what) for number, (line, what) in enumerate(planter.places)]


def source_of(module: str) -> Path:
    """The file of a module."""
    return ROOT.joinpath(*module.split(".")).with_suffix(".py")


class Loader(SourceFileLoader):
    """Loads a module with a fault in it."""

    fault: Fault

    def get_code(self, fullname: str) -> CodeType:
        """The changed code."""
        tree = Planter(self.fault.number).visit(ast.parse(Path(self.path).read_text("utf-8")))
        return compile(ast.fix_missing_locations(tree), self.path, "exec", dont_inherit=True)


class Finder:
    """Finds the one module that has a fault."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault

    def find_spec(self, name: str, path: object = None, target: object = None) -> ModuleSpec | None:
        """The module, if it is the one."""
        if name != self.fault.module:
            return None
        path = str(source_of(name))
        loader = Loader(name, path)
        loader.fault = self.fault
        return importlib.util.spec_from_file_location(name, path, loader=loader)


def caught(fault: Fault | None, tests: Sequence[str]) -> bool:
    """Whether the tests fail, in a process of their own, with a fault or without any."""
    sys.stdout.flush()
    child = os.fork()
    if not child:
        with contextlib.suppress(BaseException):
            _run(fault, tests)
        os._exit(3)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != 0


def _run(fault: Fault | None, tests: Sequence[str]) -> None:
    import pytest

    signal.alarm(SECONDS)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(nowhere, stream)
    os.chdir(ROOT)
    if fault:
        sys.meta_path.insert(0, Finder(fault))  # type: ignore[arg-type]  # it has all that importing needs
    options = ["-x", "-q", "-p", "no:cacheprovider", "-m", "not engines"]
    os._exit(int(pytest.main([*options, *tests])))


def planted(
    number: int, first: int = 0, only: Sequence[str] = tuple(TARGETS)
) -> Iterator[tuple[str, int, list[Fault]]]:
    """Plant so many faults in each module, the same with the same ``first``: name, how many, and those not caught."""
    import openpyxl
    import pydantic
    import pytest
    import xlsxwriter

    del openpyxl, pydantic, pytest, xlsxwriter  # imported once, before all these processes begin
    for name in only:
        module, tests = TARGETS[name]
        if caught(None, tests):
            raise SystemExit(f"the tests of {name} fail without a fault: {' '.join(tests)}")
        every = places(module)
        chosen = Random(first).sample(every, min(number, len(every)))
        left = [fault for fault in sorted(chosen, key=lambda each: each.line) if not caught(fault, tests)]
        print(f"{name}: {len(chosen)} of {len(every)} places, {len(chosen) - len(left)} caught", flush=True)
        for fault in left:
            print(f"  not caught: {module}:{fault.line}: {fault.what}", flush=True)
        yield name, len(chosen), left
