"""Every problem code has an explanation, and every explanation a code."""

from __future__ import annotations

import ast
import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner

import growthsheet
from growthsheet.cli.commands import cli
from growthsheet.storage.shipped_words import shipped_words
from growthsheet.tasks.explain import explanations

PACKAGE = Path(growthsheet.__file__).parent

TELLERS = {"Problem", "ProblemList", "refusal", "CellReading", "Unfit"}
"""A module that imports or makes one of these may tell problems; in others no text is taken for a code."""

CODE = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
WORDS = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)+")

NO_CODES = re.compile(r"utf-(8|16).*|us-ascii|quoted-printable|yyyy-mm-dd|(custom|core)-properties|product-management")
"""Texts that look like codes: encodings, the form of dates, a kind of part of a workbook, the built-in catalog."""

SPELLED = {
    "unknown-{}": ("unknown-area", "unknown-activity", "unknown-role"),
    "repeated-{}": ("repeated-id", "repeated-name"),
    "{}-in-rating": ("truth-in-rating", "error-in-rating", "date-in-rating"),
}
"""Codes that are put together, and what comes out."""


def trees() -> Mapping[str, ast.Module]:
    """The modules that may tell problems, by their paths in the package."""
    found = {p.relative_to(PACKAGE).as_posix(): ast.parse(p.read_text("utf-8")) for p in PACKAGE.rglob("*.py")}
    return {path: tree for path, tree in found.items() if TELLERS & set(names(tree))}


def names(tree: ast.Module) -> Iterator[str]:
    """What a module imports by name, and the classes that it makes."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ClassDef):
            yield node.name


def places(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """What is called with a code, and in which place the code stands."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            fields = [part.target.id for part in node.body if isinstance(part, ast.AnnAssign)]
            if "code" in fields:
                yield node.name, fields.index("code")
        elif isinstance(node, ast.FunctionDef):
            arguments = [argument.arg for argument in node.args.args if argument.arg not in ("self", "cls")]
            if "code" in arguments:
                yield node.name, arguments.index("code")


@cache
def codes() -> frozenset[str]:
    """Every code in the source: texts of several words, and single words that stand in a code's place in a call.

    The codes of what a model finds wrong stand in a table of their own.
    """
    found = trees()
    everywhere: dict[str, set[int]] = defaultdict(set)
    for tree in found.values():
        for name, place in places(tree):
            everywhere[name].add(place)
    return frozenset(
        text
        for tree in found.values()
        for node in ast.walk(tree)
        for text in (*texts(node), *words(node, everywhere))
        if not NO_CODES.fullmatch(text)
    ) | frozenset(shipped_words("model-problems.yaml"))


def texts(node: ast.AST) -> Iterator[str]:
    """A text that looks like a code, or the codes that one with holes stands for."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and WORDS.fullmatch(node.value):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        said = "".join(part.value if isinstance(part, ast.Constant) else "{}" for part in node.values)
        if re.fullmatch(r"(\{\}-)?[a-z]+(-[a-z]+)*(-\{\})?", said) and "{}" in said:
            yield from SPELLED.get(said, (said,))


def words(node: ast.AST, everywhere: Mapping[str, set[int]]) -> Iterator[str]:
    """The codes of one word in a call; where functions of one name differ, both places are looked at."""
    if isinstance(node, ast.Call):
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        for place in everywhere.get(name, ()):
            argument = node.args[place] if place < len(node.args) else None
            if (
                isinstance(argument, ast.Constant)
                and isinstance(argument.value, str)
                and CODE.fullmatch(argument.value)
            ):
                yield argument.value


@pytest.mark.slow
def test_every_code_is_explained_and_every_explanation_has_a_code() -> None:
    """The codes in the source are the codes in templates/problems.yaml."""
    there, told = codes(), set(explanations())
    assert sorted(there - told) == [], "explain these in templates/problems.yaml"
    assert sorted(told - there) == [], "no problem has these codes any more"


@pytest.mark.slow
def test_codes_are_found_in_every_way_they_are_told() -> None:
    """A code is found in a call, a table, an assignment, a single word, and a text with a hole."""
    ways = {"no-name", "text-length", "own-manager", "conflict", "date-in-rating", "leavers-kept", "off-scale"}
    assert ways <= codes()
    assert [text for text in codes() if "{" in text] == []


@pytest.mark.slow
def test_every_code_is_provoked() -> None:
    """Whatever anybody may be told, some test brings about."""
    tests = "\n".join(path.read_text("utf-8") for path in Path(__file__).parents[1].rglob("*.py"))
    assert sorted(codes() - set(re.findall(r"[\w-]+", tests))) == []


def test_an_explanation_is_a_few_short_sentences() -> None:
    """Each explanation says something in every field, in sentences, and names no option that does not exist."""
    options = {name for command in cli.commands.values() for name in long_options(command)}
    for each in explanations().values():
        assert CODE.fullmatch(each.code)
        for said in (each.means, each.why, each.do):
            assert not said[0].islower() or said.startswith("growthsheet"), each
            assert said.endswith("."), each
            assert len(said) < 250, each
        assert each.example, each
        assert set(re.findall(r"--[a-z][a-z-]+", f"{each.means} {each.do} {each.example}")) <= options, each


def long_options(command: object) -> Iterator[str]:
    """The long options of a command and of the commands below it."""
    for parameter in getattr(command, "params", ()):
        yield from (name for name in parameter.opts if name.startswith("--"))
    for inner in getattr(command, "commands", {}).values():
        yield from long_options(inner)


@pytest.mark.parametrize("code", ["no-name", "[no-name]", "NO-NAME"])
def test_explain_tells_what_a_code_means(code: str) -> None:
    """The command explains a code, with or without brackets and in any case."""
    result = CliRunner().invoke(cli, ["explain", code])
    assert result.exit_code == 0
    assert "Somebody has no name." in result.stdout
    assert "What to do: Fill it in." in result.stdout


def test_explain_alone_lists_all_codes() -> None:
    """Without a code, the command lists every code, one a line."""
    result = CliRunner().invoke(cli, ["explain"])
    assert result.exit_code == 0
    listed = {line.split()[0] for line in result.stdout.splitlines() if line.startswith("  ")}
    assert listed == set(explanations())
    assert max(map(len, result.stdout.splitlines())) <= 110


def test_explain_in_json_has_stable_keys() -> None:
    """One code is an object and all of them a list of the same objects."""
    one = json.loads(CliRunner().invoke(cli, ["explain", "no-name", "--json"]).stdout)
    every = json.loads(CliRunner().invoke(cli, ["explain", "--json"]).stdout)
    assert list(one) == ["code", "about", "means", "why", "do", "example"]
    assert one in every
    assert len(every) == len(explanations())


def test_explain_asks_back_about_an_unknown_code() -> None:
    """A misspelled code ends with 2 and the code that was meant."""
    result = CliRunner().invoke(cli, ["explain", "no-nme"])
    assert result.exit_code == 2
    assert "did you mean 'no-name'?" in result.stderr
