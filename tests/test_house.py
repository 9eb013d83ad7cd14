"""The house rules: what may import what, where formulas and coordinates may stand, what colours can be told apart."""

from __future__ import annotations

import ast
import colorsys
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from pkgutil import walk_packages

import pytest

import growthsheet
from growthsheet import sheets
from growthsheet.model import code_words
from growthsheet.workbook import styles as theme
from growthsheet.workbook.styles import CellColors, ColorRule

PACKAGE = Path(growthsheet.__file__).parent


@dataclass(frozen=True)
class Module:
    """One module of the package: its path inside it, and its source."""

    path: str
    source: str

    @cached_property
    def tree(self) -> ast.Module:
        """Its syntax tree."""
        return ast.parse(self.source)

    @property
    def room(self) -> str:
        """The folder, or the module at the top, that it belongs to."""
        return self.path.partition("/")[0].removesuffix(".py")

    @property
    def name(self) -> str:
        """Its dotted name inside the package; a folder's ``__init__`` has the folder's."""
        return self.path.removesuffix(".py").replace("/", ".").removesuffix(".__init__")

    @cached_property
    def texts(self) -> list[tuple[int, str]]:
        """Its texts with their lines, but for docstrings."""
        bare = {id(node.value) for node in ast.walk(self.tree) if isinstance(node, ast.Expr)}
        return [
            (node.lineno, node.value)
            for node in ast.walk(self.tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in bare
        ]

    @cached_property
    def calls(self) -> list[tuple[int, str, int]]:
        """The methods that it calls: line, name, how many arguments stand in places of their own."""
        return [
            (node.lineno, node.func.attr, len(node.args))
            for node in ast.walk(self.tree)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        ]

    def imports(self, late: bool = True) -> Iterator[tuple[int, str]]:
        """What it imports with the lines, as dotted names; ``late`` says whether also within functions."""
        for node in self._statements(self.tree, late):
            if isinstance(node, ast.Import):
                yield from ((node.lineno, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                home = [] if not node.level else ["growthsheet", *self.path.split("/")[:-1]]
                home = home[: len(home) - node.level + 1] if node.level else home
                yield from ((node.lineno, ".".join([*home, *_dotted(node.module), a.name])) for a in node.names)

    def ours(self, late: bool = True) -> Iterator[tuple[int, str]]:
        """What it imports of this package, as dotted names inside it."""
        for line, name in self.imports(late):
            if name.startswith("growthsheet."):
                yield line, name.removeprefix("growthsheet.")

    def _statements(self, node: ast.AST, late: bool) -> Iterator[ast.AST]:
        for child in ast.iter_child_nodes(node):
            is_late = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
            for_types = isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test)
            if late or not (is_late or for_types):
                yield child
                yield from self._statements(child, late)


def _dotted(name: str | None) -> list[str]:
    return name.split(".") if name else []


HOUSE = tuple(
    Module(path.relative_to(PACKAGE).as_posix(), path.read_text("utf-8")) for path in sorted(PACKAGE.rglob("*.py"))
)

# -- imports point one way -------------------------------------------------------------------------------------------

ROOMS = (
    *("errors", "version", "storage", "text", "model", "expr", "measures", "workbook", "views", "analysis", "html"),
    *("xlsx", "xlsx.reader", "xlsx.writer", "xlsx.stamping"),
    *("sheets.shared", "sheets.person", "sheets.team", "sheets.organization", "sheets"),
    *("sources.tables", "sources.translations", "sources.rosters", "sources.catalogs"),
    "sources",
    *("roster", "returns", "batch", "tasks", "cli", "__init__", "__main__"),
)
"""The packages and the modules at the top, from the bottom up: each may import those before it, and itself."""

AT_THE_TOP = {"__init__", "__main__", "errors", "version"}
"""The modules that stand in no package."""

BELOW_THE_LIBRARY = ("expr", "measures", "workbook", "views", "analysis", "html", "xlsx", "sheets")
"""What the command line never imports: each command is a call of the library."""


def room_of(name: str) -> str:
    """The package of a module, by its dotted name: the longest that ROOMS names; a module at the top is its own."""
    while name and name not in ROOMS:
        name = name.rpartition(".")[0]
    return name or "__init__"


def downward(house: Iterable[Module]) -> Iterator[str]:
    """Imports point one way, also those for types and those within functions."""
    for module in house:
        room = room_of(module.name)
        for line, name in module.ours():
            used = room_of(name)
            if ROOMS.index(used) > ROOMS.index(room):
                yield f"{module.path}:{line}: {room} imports {name}"
            if module.room == "cli" and used.partition(".")[0] in BELOW_THE_LIBRARY:
                yield f"{module.path}:{line}: the command line imports {name}"


def no_circles(house: Iterable[Module]) -> Iterator[str]:
    """No two modules need each other, be it for types only or within a function."""
    modules = {module.name: module for module in house}
    needs = {name: {_module_of(used, modules) for _, used in m.ours()} for name, m in modules.items()}
    done: set[str] = set()

    def visit(name: str, path: list[str]) -> Iterator[str]:
        if name in path:
            yield f"a circle: {' -> '.join([*path[path.index(name) :], name])}"
        elif name not in done:
            for needed in sorted(needs[name] - {"", name}):
                yield from visit(needed, [*path, name])
            done.add(name)

    for name in modules:
        yield from visit(name, [])


def _module_of(dotted: str, modules: dict[str, Module]) -> str:
    """The module that an imported name lives in: the name may be a module itself, or stand in one."""
    return dotted if dotted in modules else dotted.rpartition(".")[0] if dotted.rpartition(".")[0] in modules else ""


# -- names -----------------------------------------------------------------------------------------------------------


def named_packages(house: Iterable[Module]) -> Iterator[str]:
    """Only the named modules stand at the top, and no package or module there hides a public name of growthsheet."""
    public = set(growthsheet.__all__)
    for module in house:
        if "/" not in module.path and module.room not in AT_THE_TOP:
            yield f"{module.path}: another module at the top"
        if module.path.count("/") < 2 and module.path.endswith("/__init__.py") and module.room in public:
            yield f"{module.path}: the package hides the public name {module.room}"


def tabs_named_alike(house: Iterable[Module]) -> Iterator[str]:
    """A file that makes a tab is called like the tab: "People x activities" stands in people_by_activity.py."""
    for module in house:
        if module.room == "sheets" and module.path != "sheets/catalog.py":  # the whole book of a catalog
            for line, tab in _tabs(module):
                words = re.findall("[a-z]+", tab.lower().replace(" x ", " by ").replace("activities", "activity"))
                stem = module.name.rpartition(".")[2]
                if "_".join(words).removesuffix("s") != stem.removesuffix("s"):
                    yield f"{module.path}:{line}: makes the tab {tab!r}"


def _tabs(module: Module) -> Iterator[tuple[int, str]]:
    """The names of the tabs that a module makes: texts, or constants of the module or of another one's."""
    for node in ast.walk(module.tree):
        makes = (
            isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("Sheet", "table_tab")
        )
        if makes and node.args:
            name = node.args[0]
            if isinstance(name, ast.Constant):
                yield node.lineno, str(name.value)
            elif isinstance(name, ast.Name):
                found = [*_constants(module, name.id), *(c for m in HOUSE for c in _constants(m, name.id))]
                if found:
                    yield node.lineno, found[0]


def _constants(module: Module, name: str) -> Iterator[str]:
    for node in module.tree.body:
        targets = node.targets if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant) else ()
        if any(isinstance(target, ast.Name) and target.id == name for target in targets):
            yield str(node.value.value)


OF_EACH_TAB = {"NAME", "TABLE", "table"}
"""What modules of tabs call the key of their main table, that table, and the function that makes its columns."""


def one_meaning(house: Iterable[Module]) -> Iterator[str]:
    """A public name of a module means one thing: no other module has the same one.

    A command of the command line is called like the function of the library that it calls.
    """
    homes: dict[str, str] = {}
    for module in house:
        if module.room in ("cli", "__init__"):
            continue
        for line, name in _public_names(module):
            if name in OF_EACH_TAB and module.room == "sheets":
                continue
            if homes.setdefault(name, module.path) != module.path:
                yield f"{module.path}:{line}: {name} stands in {homes[name]}, too"


def _public_names(module: Module) -> Iterator[tuple[int, str]]:
    for node in module.tree.body:
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        names = [x.id for target in targets if target for x in ast.walk(target) if isinstance(x, ast.Name)]
        names += [node.name] if isinstance(node, ast.FunctionDef | ast.ClassDef) else []
        yield from ((node.lineno, name) for name in names if not name.startswith("_"))


# -- libraries -------------------------------------------------------------------------------------------------------

HOMES: dict[str, tuple[str, ...]] = {
    "xlsxwriter": ("xlsx",),
    "openpyxl": ("xlsx",),
    "jinja2": ("text",),
    "yaml": ("sources", "storage"),
    "click": ("cli",),
    "narwhals": ("sources",),
    "msoffcrypto": ("xlsx",),
    "docx": ("tasks",),
}
"""Which rooms know a library."""

ONLY_LATE = {"narwhals", "msoffcrypto", "docx", "pandas", "polars", "pyarrow"}
"""Libraries that are imported when they are needed; the first two seconds of a program are its user's."""


def libraries_at_home(house: Iterable[Module]) -> Iterator[str]:
    """Each library is known to one room."""
    for module in house:
        for line, name in module.imports():
            library = name.partition(".")[0]
            if library in HOMES and module.room not in HOMES[library]:
                yield f"{module.path}:{line}: {library} belongs to {', '.join(HOMES[library])}"
        for line, name in module.imports(late=False):
            if name.partition(".")[0] in ONLY_LATE:
                yield f"{module.path}:{line}: import {name} where it is used"


# -- what may stand where --------------------------------------------------------------------------------------------


def typed_writes(house: Iterable[Module]) -> Iterator[str]:
    """Cells are written by the typed writers of CheckedSheet only."""
    for module in house:
        if module.room != "xlsx":
            continue
        for line, name, arguments in module.calls:
            # a file's write() takes one argument, a worksheet's a place and a value
            untyped = name in ("write_row", "write_column", "add_table") or (name == "write" and arguments > 1)
            unchecked = name.startswith("write_") or name in ("data_validation", "conditional_format")
            if untyped or (unchecked and module.path != "xlsx/writer/checked_sheet.py"):
                yield f"{module.path}:{line}: {name}() instead of CheckedSheet"


def formulas_at_home(house: Iterable[Module]) -> Iterator[str]:
    """Formula text is written in growthsheet/expr and growthsheet/xlsx only."""
    for module in house:
        if module.room not in ("expr", "xlsx"):
            for line, text in module.texts:
                if re.match(r"=[A-Za-z]", text) or "IF(" in text:
                    yield f"{module.path}:{line}: formula text {text!r}"


def no_coordinates(house: Iterable[Module]) -> Iterator[str]:
    """A recipe of a tab names columns, never cells."""
    for module in house:
        if module.room in ("sheets", "measures", "workbook") and module.path != "workbook/styles.py":  # colours
            for line, text in module.texts:
                if re.fullmatch(r"[A-Z]{1,3}[1-9]\d*(:[A-Z]{1,3}[1-9]\d*)?", text) or re.search(r"\$[A-Z]+\$?\d", text):
                    yield f"{module.path}:{line}: the coordinate {text!r}"


_NOUNS = "people|(activitie|area|cell|column|error|file|item|line|message|note|rating|role|row|setting|team|value)s"


def counted_nouns(house: Iterable[Module]) -> Iterator[str]:
    """A number stands with its noun by growthsheet.text.counts alone: nobody reads "1 files"; a constant is no 1."""
    for module in house:
        for node in ast.walk(module.tree):
            for hole, rest in pairwise(node.values) if isinstance(node, ast.JoinedStr) else ():
                noun = re.match(rf" ({_NOUNS})\b", rest.value) if isinstance(rest, ast.Constant) else None
                if noun and isinstance(hole, ast.FormattedValue) and not ast.unparse(hole.value).isupper():
                    yield f"{module.path}:{hole.lineno}: a number before '{noun[1]}' instead of counted()"


LONGEST = 300
REASON = "# Longer than 300 lines: "
"""How a module that is longer says why, on a line of its own below its docstring."""


def lengths(house: Iterable[Module]) -> Iterator[str]:
    """A module has at most 300 lines, or says why it is longer."""
    for module in house:
        lines = module.source.splitlines()
        reasons = [line for line in lines[:40] if line.startswith(REASON) and len(line) > len(REASON) + 10]
        if len(lines) > LONGEST and not reasons:
            yield f"{module.path}: {len(lines)} lines; split it, or say '{REASON}why' at its top"
        if len(lines) <= LONGEST and reasons:
            yield f"{module.path}: {len(lines)} lines; it need no longer say '{reasons[0]}'"


RULES: tuple[Callable[[Iterable[Module]], Iterator[str]], ...] = (
    downward,
    no_circles,
    named_packages,
    tabs_named_alike,
    one_meaning,
    libraries_at_home,
    typed_writes,
    formulas_at_home,
    no_coordinates,
    counted_nouns,
    lengths,
)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_rule(rule: Callable[[Iterable[Module]], Iterator[str]]) -> None:
    """The house keeps its rule."""
    assert list(rule(HOUSE)) == []


FAULTS = [
    (downward, "errors.py", "from growthsheet.model import Person"),
    (downward, "model/people.py", "from growthsheet.expr import serial"),
    (downward, "expr/tree.py", "def late():\n    from growthsheet.measures.plan import planned"),
    (downward, "text/labels.py", "if TYPE_CHECKING:\n    from growthsheet.expr import Node"),
    (downward, "measures/plan.py", "from growthsheet.workbook.tables import Table"),
    (downward, "workbook/values.py", "import growthsheet.sheets.books"),
    (downward, "views/person.py", "from growthsheet.analysis.bench import Prospect"),
    (downward, "xlsx/reader/returned_workbook.py", "from growthsheet.sheets.person import plan"),
    (downward, "xlsx/reader/cells.py", "from growthsheet.xlsx.writer.layout import Layout"),
    (downward, "sheets/person/plan.py", "from growthsheet.sheets.team.skill_matrix import NAME"),
    (downward, "sheets/shared/lists.py", "from growthsheet.sheets.person.plan import plan"),
    (downward, "sources/tables/dates.py", "from growthsheet.roster.roster import Roster"),
    (downward, "sources/tables/dates.py", "from growthsheet.sources.rosters.pay import read_pay"),
    (downward, "roster/roster.py", "from growthsheet.returns.collect import collect"),
    (downward, "batch/build.py", "from growthsheet import load_roster"),
    (downward, "cli/build.py", "from growthsheet.xlsx.writer.write import to_bytes"),
    (named_packages, "letters.py", "x = 1"),
    (named_packages, "build/__init__.py", "x = 1"),
    (named_packages, "report/__init__.py", "x = 1"),
    (tabs_named_alike, "sheets/person/goals.py", "GOALS = 'Plan'\nx = Sheet(GOALS, purpose, blocks)"),
    (tabs_named_alike, "sheets/team/nearness.py", "x = Sheet('Mentors', purpose, blocks)"),
    (tabs_named_alike, "sheets/team/nearness.py", "x = table_tab('Mentors', view, purpose, rows)"),
    (libraries_at_home, "sheets/books.py", "import xlsxwriter"),
    (libraries_at_home, "sources/tables/read_table.py", "from openpyxl import load_workbook"),
    (libraries_at_home, "sheets/books.py", "from jinja2 import Environment"),
    (libraries_at_home, "tasks/settings.py", "def late():\n    import yaml"),
    (libraries_at_home, "sheets/books.py", "import click"),
    (libraries_at_home, "workbook/results.py", "import pandas.api"),
    (libraries_at_home, "sources/tables/dataframes.py", "import narwhals as nw"),
    (typed_writes, "xlsx/writer/write.py", "out.raw.write(0, 0, name)"),
    (typed_writes, "xlsx/writer/write.py", "out.raw.write('A1', name)"),
    (typed_writes, "xlsx/writer/charts.py", "sheet.write_row(0, 0, names)"),
    (typed_writes, "xlsx/writer/checked_sheet.py", "self.raw.write_column(0, 0, names)"),
    (typed_writes, "xlsx/writer/write.py", "out.raw.add_table(0, 0, 1, 1)"),
    (typed_writes, "xlsx/writer/write.py", "out.raw.write_formula(0, 0, text)"),
    (typed_writes, "xlsx/writer/validation.py", "out.raw.data_validation(0, 0, 0, 0, {})"),
    (formulas_at_home, "sheets/person/plan.py", "x = '=SUM(A:A)'"),
    (formulas_at_home, "measures/plan.py", "x = f'=MAX({a},0)'"),
    (formulas_at_home, "workbook/tables.py", "x = 'IF(A1,2,3)'"),
    (no_coordinates, "sheets/person/plan.py", "x = 'B7'"),
    (no_coordinates, "sheets/person/plan.py", "x = 'B7:C12'"),
    (no_coordinates, "sheets/person/plan.py", "x = f'=$B${row}' + '$C$3'"),
    (counted_nouns, "cli/collect.py", "x = f'Read {n} files'"),
    (counted_nouns, "tasks/letters.py", "x = f'of {len(people):,} people'"),
    (lengths, "sheets/person/plan.py", "x = 1\n" * 301),
    (lengths, "sheets/person/plan.py", REASON + "\n" + "x = 1\n" * 301),
    (lengths, "sheets/person/plan.py", REASON + "it was once.\n" + "x = 1\n" * 20),
]


@pytest.mark.parametrize(("rule", "path", "source"), FAULTS, ids=[f"{r.__name__}-{s[:40]}" for r, _, s in FAULTS])
def test_planted_faults(rule: Callable[[Iterable[Module]], Iterator[str]], path: str, source: str) -> None:
    """A planted fault is told, with its place."""
    told = list(rule([Module(path, source)]))
    assert len(told) == 1
    assert told[0].startswith(path)


FINE = [
    (downward, "sheets/person/plan.py", "from growthsheet.workbook.blocks import Sheet\nimport re"),
    (downward, "sheets/team/overview.py", "from growthsheet.sheets.shared.lists import word_column"),
    (downward, "tasks/check.py", "def late():\n    from growthsheet.sources.rosters.pay import read_pay"),
    (named_packages, "returns/collect.py", "x = 1"),
    (tabs_named_alike, "sheets/organization/people_by_activity.py", "x = Sheet('People x activities', '', ())"),
    (libraries_at_home, "workbook/results.py", "def frame():\n    import pandas"),
    (libraries_at_home, "workbook/results.py", "if TYPE_CHECKING:\n    import pandas"),
    (typed_writes, "xlsx/reader/workbook.py", "stream.write(data)"),
    (typed_writes, "batch/run.py", "file.write_bytes(data)"),
    (formulas_at_home, "workbook/tables.py", '"""A docstring may show =SUM(A1) and IF(x)."""'),
    (formulas_at_home, "workbook/tables.py", "x = 'a = b'"),
    (no_coordinates, "sheets/person/plan.py", "x = ('Q', 'n/a', 'Over 3 %', 'A1 notes')"),
    (counted_nouns, "sources/catalogs/load.py", "x = f'at most {MOST_ROWS:,} rows'"),
    (counted_nouns, "storage/atomic.py", "x = f'{name} rowsets, {n} times'"),
    (lengths, "sheets/person/plan.py", REASON + "the two halves need each other.\n" + "x = 1\n" * 301),
]


@pytest.mark.parametrize(("rule", "path", "source"), FINE, ids=[f"{r.__name__}-{s[:40]}" for r, _, s in FINE])
def test_nothing_else_is_told(rule: Callable[[Iterable[Module]], Iterator[str]], path: str, source: str) -> None:
    """What is fine is not told."""
    assert list(rule([Module(path, source)])) == []


def test_planted_circle() -> None:
    """A circle of modules is told with all of them, also where one of the imports is within a function."""
    house = [
        Module("a.py", "from growthsheet.b import x"),
        Module("b.py", "from growthsheet import c"),
        Module("c.py", "def late():\n    from growthsheet.a import y"),
    ]
    assert list(no_circles(house)) == ["a circle: a -> b -> c -> a"]
    assert list(no_circles(house[:2])) == []


def test_planted_second_meaning() -> None:
    """A public name that stands in two modules is told; what tabs have in common is not, nor what is private."""
    house = [
        Module("model/people.py", "def joined(): ..."),
        Module("text/labels.py", "joined: str = ''\n_own = 1"),
        Module("text/quoting.py", "_own = 2"),
        Module("sheets/person/plan.py", "NAME = 'plan'"),
        Module("sheets/team/mentors.py", "NAME = 'mentors'"),
    ]
    assert list(one_meaning(house)) == ["text/labels.py:1: joined stands in model/people.py, too"]


# -- colours ---------------------------------------------------------------------------------------------------------

WHITE = "FFFFFF"

# Machado, Oliveira and Fernandes (2009), table 1, severity 1.0; they apply to linear light.
VISIONS: dict[str, tuple[tuple[float, float, float], ...]] = {
    "full": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.01182, 0.04294, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.3039)),
}
STEP = 5
"""The least difference (CIE 1976) of two neighbouring fills; about 2.3 can just be noticed side by side."""


def linear(colour: str) -> list[float]:
    """The light of an sRGB colour."""
    parts = [int(colour[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def luminance(colour: str) -> float:
    """The relative luminance of WCAG 2.1."""
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear(colour), strict=True))


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2.1, from 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def lab(colour: str, vision: str) -> list[float]:
    """A colour as somebody sees it, in CIE L*a*b* under daylight (D65)."""
    light = linear(colour)
    seen = [min(max(sum(a * b for a, b in zip(row, light, strict=True)), 0), 1) for row in VISIONS[vision]]
    rows = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
    x, y, z = (
        _root(sum(a * b for a, b in zip(row, seen, strict=True)) / white)
        for row, white in zip(rows, (0.9505, 1, 1.089), strict=True)
    )
    return [116 * y - 16, 500 * (x - y), 200 * (y - z)]


def _root(value: float) -> float:
    return value ** (1 / 3) if value > 216 / 24389 else (24389 / 27 * value + 16) / 116


def apart(one: str, other: str) -> float:
    """How far two colours are apart for whoever sees the least difference (CIE 1976)."""
    return min(
        sum((a - b) ** 2 for a, b in zip(lab(one, vision), lab(other, vision), strict=True)) ** 0.5
        for vision in VISIONS
    )


def hue(colour: str) -> str:
    """``red``, ``green`` or neither, for what is colourful enough to be called so."""
    degrees, lightness, saturation = colorsys.rgb_to_hls(*(int(colour[n : n + 2], 16) / 255 for n in (0, 2, 4)))
    if saturation < 0.25 or not 0.1 < lightness < 0.95:
        return ""
    angle = degrees * 360
    return "red" if angle < 18 or angle > 342 else "green" if 75 < angle < 160 else ""


def red_against_green(colours: Iterable[str]) -> bool:
    """Whether some colours are told apart as red and green."""
    return {"red", "green"} <= {hue(colour) for colour in colours}


PAINTS = {name: value for name, value in vars(theme).items() if isinstance(value, CellColors)} | {
    f"{ramp} {number}": rule.colors for ramp, rules in theme.COLOR_SCALES.items() for number, rule in enumerate(rules)
}


@pytest.mark.parametrize("name", PAINTS)
def test_contrast(name: str) -> None:
    """Text can be read on its fill: at least 4.5 to 1 (WCAG 2.1, AA)."""
    assert contrast(PAINTS[name].fill, PAINTS[name].font) >= 4.5


@pytest.mark.parametrize("ink", ["INK", "MUTED", "LINK"])
def test_contrast_on_white(ink: str) -> None:
    """Text outside of cells with a fill can be read, too."""
    assert contrast(getattr(theme, ink), WHITE) >= 4.5


def numbers(rules: Iterable[ColorRule]) -> list[ColorRule]:
    """The rules for numbers, in their order."""
    return [rule for rule in rules if not rule.code]


@pytest.mark.parametrize("ramp", [name for name, rules in theme.COLOR_SCALES.items() if len(numbers(rules)) > 1])
def test_neighbouring_steps(ramp: str) -> None:
    """Neighbouring steps of a ramp can be told apart with any colour vision."""
    fills = [rule.colors.fill for rule in numbers(theme.COLOR_SCALES[ramp])]
    assert [pair for pair in pairwise(fills) if apart(*pair) < STEP] == []


@pytest.mark.parametrize("ramp", [name for name, rules in theme.COLOR_SCALES.items() if len(numbers(rules)) > 1])
def test_steps_exclude_each_other(ramp: str) -> None:
    """The steps of a ramp follow one another without a hole: each number has one look."""
    rules = numbers(theme.COLOR_SCALES[ramp])
    assert [rule.high for rule in rules[:-1]] == [rule.low for rule in rules[1:]]


def words() -> list[dict[str, str]]:
    """The lists of words for codes that the tabs know."""
    modules = [import_module(module.name) for module in walk_packages(sheets.__path__, "growthsheet.sheets.")]
    return [value for each in (code_words, *modules) for name, value in vars(each).items() if name.endswith("_WORDS")]


@pytest.mark.parametrize(
    "ramp", [name for name, rules in theme.COLOR_SCALES.items() if any(rule.code for rule in rules)]
)
def test_never_colour_alone(ramp: str) -> None:
    """Every coloured code has a word of its own in the cell."""
    codes = {rule.code for rule in theme.COLOR_SCALES[ramp]} - {"", "*"}
    told = next((each for each in words() if codes <= set(each)), {})
    assert codes <= set(told)
    assert len(set(told.values())) == len(told)


@pytest.mark.parametrize("ramp", theme.COLOR_SCALES)
def test_no_red_against_green(ramp: str) -> None:
    """No ramp tells red from green."""
    assert not red_against_green(rule.colors.fill for rule in theme.COLOR_SCALES[ramp])


def test_charts() -> None:
    """The bars and lines of a chart can be told from the paper with any colour vision."""
    assert apart(theme.CHART_COLOUR, WHITE) >= 2 * STEP


def test_styles() -> None:
    """Every style names a ramp that there is."""
    assert {style.color_scale for style in theme.STYLES.values()} - {""} <= set(theme.COLOR_SCALES)


def test_colour_rules_catch_faults() -> None:
    """Grey on white, traffic lights, and colours that one in twelve men cannot tell apart are caught."""
    assert contrast("000000", WHITE) == pytest.approx(21)
    assert contrast("999999", WHITE) < 4.5
    assert red_against_green(["C00000", "FFD978", "00B050"])
    assert not red_against_green(["8C3B00", "BBD7F0"])
    assert apart("C05040", "808020") < apart("2463A6", "F29544")
    assert apart("A0A0A0", "A4A4A4") < STEP
    assert apart("000000", WHITE) == pytest.approx(100, abs=0.1)
