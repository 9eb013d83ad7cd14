"""Faults planted in the code, one at a time: the tests of that code have to fail.

A fault is a small change of one expression: a comparison, a sum, a number, a condition. Or it is of a kind that was
found before, and stands in ``benchmarks/faults``. It is planted when a process of its own imports the module; that then
runs the tests, and no file is changed.
"""
# Longer than 300 lines: a fault is described, planted, and looked for in one place.

from __future__ import annotations

import ast
import contextlib
import importlib.util
import os
import signal
import sys
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.machinery import ModuleSpec, SourceFileLoader
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from types import CodeType
from typing import Any

from benchmarks.covering import First, Recorder

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

OPTIONS = ("-x", "-q", "-p", "no:cacheprovider", "-m", "not engines", "-W", "ignore::pytest.PytestAssertRewriteWarning")
"""How the tests run; the warning is that hypothesis is imported already."""

CAUGHT = (1, -signal.SIGALRM)
"""How tests end that see a fault: one fails, or goes on without end. Anything else tells of a fault that is none."""

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

    def planted(self, source: str) -> ast.AST:
        """Return the source of the module with the fault in it."""
        return ast.fix_missing_locations(Planter(self.number).visit(ast.parse(source)))


@dataclass(frozen=True)
class Known:
    """A fault of a kind that was found before: other text in a file, and the tests that have to see it."""

    what: str
    file: str
    before: str
    after: str
    tests: tuple[str, ...]

    @property
    def module(self) -> str:
        """The module that has it."""
        return self.file.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    def planted(self, source: str) -> ast.AST:
        """Return the source of the module with the fault in it."""
        if source.count(self.before) != 1:
            raise SystemExit(f"{self.file} must hold this once, and holds it {source.count(self.before)} times: {self}")
        return ast.parse(source.replace(self.before, self.after))


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
    path = ROOT.joinpath(*module.split("."))
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


class Loader(SourceFileLoader):
    """Loads a module with a fault in it."""

    fault: Fault | Known

    def get_code(self, fullname: str) -> CodeType:
        """The changed code."""
        tree: Any = self.fault.planted(Path(self.path).read_text("utf-8"))
        return compile(tree, self.path, "exec", dont_inherit=True)


class Finder:
    """Finds the one module that has a fault."""

    def __init__(self, fault: Fault | Known) -> None:
        self.fault = fault

    def find_spec(self, name: str, path: object = None, target: object = None) -> ModuleSpec | None:
        """The module, if it is the one."""
        if name != self.fault.module:
            return None
        path = str(source_of(name))
        loader = Loader(name, path)
        loader.fault = self.fault
        return importlib.util.spec_from_file_location(name, path, loader=loader)


def outcome(fault: Fault | Known | None, tests: Sequence[str], *plugins: object) -> int:
    """Return how the tests end, in a process of their own, with a fault or without any: 0 if none fails, 1 if one does.

    Other numbers say that they did not run to a result.
    """
    sys.stdout.flush()
    child = os.fork()
    if not child:
        with contextlib.suppress(BaseException):
            _run(fault, tests, plugins)
        os._exit(3)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _run(fault: Fault | Known | None, tests: Sequence[str], plugins: Sequence[object]) -> None:
    import pytest

    signal.alarm(SECONDS if fault else 0)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(nowhere, stream)
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"  # no test needs one; they take time
    os.chdir(ROOT)
    if fault:
        _forget(fault.module.partition(".")[0], "tests")
        sys.meta_path.insert(0, Finder(fault))  # type: ignore[arg-type]  # it has all that importing needs
    os._exit(int(pytest.main([*OPTIONS, *tests], plugins)))


def _forget(*packages: str) -> None:
    """Let all modules be imported again: one that this process has imported already would stay as it is."""
    for name in [each for each in sys.modules if each.partition(".")[0] in packages]:
        del sys.modules[name]


def _prepare() -> None:
    """Import what is not ours and takes long once, before all these processes begin."""
    import hypothesis
    import openpyxl
    import pydantic
    import pytest
    import xlsxwriter

    del hypothesis, openpyxl, pydantic, pytest, xlsxwriter


def planted(
    number: int, first: int = 0, only: Sequence[str] = tuple(TARGETS)
) -> Iterator[tuple[str, int, list[Fault]]]:
    """Plant so many faults in each module, the same with the same ``first``: name, how many, and those not caught."""
    _prepare()
    for name in only:
        module, tests = TARGETS[name]
        every = places(module)
        chosen = sorted(Random(first).sample(every, min(number, len(every))), key=lambda each: each.line)
        with TemporaryDirectory() as folder:
            notes = Path(folder, "tests.json")
            if outcome(None, tests, Recorder(source_of(module), notes)):
                raise SystemExit(f"the tests of {name} fail without a fault: {' '.join(tests)}")
            left = [fault for fault in chosen if not outcome(fault, tests, First(notes, fault.line))]
        print(f"{name}: {len(chosen)} of {len(every)} places, {len(chosen) - len(left)} caught", flush=True)
        for fault in left:
            print(f"  not caught: {module}:{fault.line}: {fault.what}", flush=True)
        yield name, len(chosen), left


def known_faults(folder: Path = ROOT / "benchmarks" / "faults") -> list[Known]:
    """Return every fault of the data files: the tables ``[[fault]]`` of each."""
    tables = [
        table for path in sorted(folder.glob("*.toml")) for table in tomllib.loads(path.read_text("utf-8"))["fault"]
    ]
    return [Known(**{**table, "tests": tuple(table["tests"])}) for table in tables]


def known(step: int) -> tuple[int, list[str]]:
    """Plant every fault that is known, or every so many; each of its tests has to fail."""
    return unseen(known_faults()[::step])


def unseen(faults: Sequence[Known]) -> tuple[int, list[str]]:
    """Plant these faults; return how many times tests ran with one, and where a test did not fail."""
    _prepare()
    tests = sorted({test for fault in faults for test in fault.tests})
    if outcome(None, tests):
        raise SystemExit(f"tests fail without a fault: {' '.join(tests)}")
    tried = [(fault, test) for fault in faults for test in fault.tests]
    left = [f"{fault.file}: {fault.what}: {test}" for fault, test in tried if outcome(fault, [test]) not in CAUGHT]
    print("".join(f"  not caught: {each}\n" for each in left), end="", flush=True)
    return len(tried), left
