"""Public functions refuse what is not of their types, and speak of Python's arguments."""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any, get_args, get_type_hints

import click
import numpy
import pytest

import growthsheet as gs
from growthsheet.cli.commands import cli
from growthsheet.errors import Problem
from growthsheet.model.parts import Part
from growthsheet.tasks.settings import Settings
from growthsheet.text.arguments import COMMAND_LINE, in_python
from tests.making import family, small_catalog

NOT_JUDGED = {
    "Answers.of": "takes one of growthsheet's own declarations",
    "Answers.with_each": "hands each kind of answer to a function",
    "BudgetPolicy.rate_of": "called for every person",
    "Catalog.checked": "its place is only shown",
    "Catalog.importance": "called for every person and activity",
    "Collected.put": "called by save, in a folder that is locked",
    "Roster.context_for": "called for every reader",
    **dict.fromkeys(
        ("ExtraColumn", "ExtraSheet", "ExtraTable", "Figures", "Theme"),
        "made and checked as a whole; growthsheet alone calls its methods",
    ),
    **dict.fromkeys(("Measure", "Node", "WholeColumn", "measure"), "traced once, and refused by an ExpressionError"),
}
"""The public names whose arguments nobody judges, each with the reason."""


def public_callables() -> Iterator[tuple[str, Callable[..., Any], set[str]]]:
    """Every public function and method that takes something, with its parameters that are not of any type."""
    for name in gs.__all__:
        home = getattr(gs, name)
        members = inspect.getmembers(home, inspect.isfunction) if inspect.isclass(home) else [("", home)]
        for method, function in members:
            path = f"{name}.{method}".rstrip(".")
            ours = inspect.isfunction(function) and function.__module__.startswith("growthsheet.")
            takes = ours and inspect.signature(function).parameters.keys() - {"self"}
            if takes and method[:1] != "_" and method != "model_copy" and not {name, path} & NOT_JUDGED.keys():
                hints = get_type_hints(function)
                yield (
                    path,
                    function,
                    {each for each, hint in hints.items() if each != "return" and Any not in (hint, *get_args(hint))},
                )


def refused(make: Callable[[], object]) -> list[str]:
    """The problems with which something is refused."""
    with pytest.raises(gs.InputError) as caught:
        make()
    return [f"{p.place}: {p.found} ({p.expected})" for p in caught.value.problems]


def test_every_public_argument_is_judged() -> None:
    """What is of no type at all is refused, by the name of the function and of the argument, wherever it is given."""
    wrong, odd = [], object()
    owners: dict[str, object] = {"BudgetPolicy": gs.BudgetPolicy(), "Catalog": small_catalog()}
    for path, function, parameters in public_callables():
        there = dict(inspect.signature(function).parameters)
        owner = [owners.get(path.partition(".")[0], odd)] if there.pop("self", None) else []
        several = {name for name, each in there.items() if each.kind is each.VAR_POSITIONAL}
        needed = {name for name, each in there.items() if each.default is each.empty} - several
        for name in parameters:
            try:
                function(*owner, *[odd] * (name in several), **dict.fromkeys(needed | ({name} - several), odd))
                wrong.append(f"{path}: {name} is taken")
            except gs.InputError as error:
                if not any(re.search(rf"\b{name}$", problem.place) for problem in error.problems):
                    wrong.append(f"{path}: {name} is not named in {[problem.place for problem in error.problems]}")
    assert wrong == []


@pytest.mark.parametrize("value", [None, 5, "x", {"id": 7, "nam": ""}, {1: 2}])
def test_models_raise_no_error_of_another_library(value: Any) -> None:
    """What pydantic's methods refuse is told as everything else is, in Python and in JSON."""
    for name in gs.__all__:
        kind = getattr(gs, name)
        if inspect.isclass(kind) and issubclass(kind, Part) and (kind is not gs.Options or value is None):
            assert refused(lambda: kind.model_validate(value))  # noqa: B023
            assert refused(lambda: kind.model_validate_json(json.dumps(value)))  # noqa: B023
            assert refused(lambda: kind.model_validate_json("{"))  # noqa: B023


def test_a_language_is_a_code_or_a_file(tmp_path: Path) -> None:
    """As on the command line, a language is named by its code and a folder; or by its file alone."""
    home = tmp_path / "words" / "de" / "LC_MESSAGES"
    home.mkdir(parents=True)
    text = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "Gap"\nmsgstr "Lücke"\n'
    for path in (home / "growthsheet.po", tmp_path / "de.po"):
        path.write_text(text, "utf-8")
    spoken = gs.load_language("de", tmp_path / "words")
    roster = family().with_options(language="de", locale_folder=tmp_path / "words")
    assert spoken == roster.options.language
    for file in (home / "growthsheet.po", str(tmp_path / "de.po")):
        found = family().with_options(language=file).options.language
        assert found == gs.load_language(file)
        assert ("de", spoken.words, {}) == (found.code, found.words, found.catalogs)
    assert refused(lambda: family().with_options(language="tlh"))
    assert refused(lambda: family().with_options(language="German"))


def test_all_faults_at_once() -> None:
    """Flags, words, lists and numbers of another type are refused together."""
    assert refused(
        lambda: gs.build(family(), "out", managers="Mia Boss", dry_run="no", books=["tems"], workers="2")  # type: ignore[arg-type,list-item]
    ) == [
        "build: books: 'tems' ('people' or 'teams' or 'organization' or 'groups')",
        "build: managers: 'Mia Boss' (a list, such as ['Mia Boss'])",
        "build: workers: '2' (a whole number)",
        "build: dry_run: 'no' (True or False)",
    ]


@pytest.mark.parametrize("given", [True, False, "None", "all", 1])
def test_no_other_word_shows_pay(given: Any) -> None:
    """What a person's file may hold about pay is said in one of two words; nothing else is taken for one."""
    assert refused(lambda: family().with_options(person_pay=given))
    assert refused(lambda: gs.Options(person_pay=given))
    hidden = family().with_options(person_pay="none").person("A")
    assert hidden.view.allocation is None


def test_days_and_ids_as_people_have_them() -> None:
    """A day may be a text, a cycle its id, and the id of a person a number of any kind."""
    people = [{"id": 1, "name": "Ana Ruiz", "title": "Product Manager"}]
    roster = gs.load_roster(people, as_of="2026-08-01", cycle="2026-h2")
    assert roster == gs.load_roster(people, as_of=datetime(2026, 8, 1, 9), cycle="2026-h2")
    assert (roster.as_of, roster.cycle.id, roster.cycle_named) == (date(2026, 8, 1), "2026-h2", {"id"})
    assert roster.person(1).person == roster.person(numpy.int64(1)).person  # type: ignore[arg-type]
    assert gs.Cycle(id="2026", date="2026-08-01") == gs.Cycle(id="2026", label="2026", date=date(2026, 8, 1))
    assert refused(lambda: gs.load_roster(people, as_of="1 August")) == [
        "load_roster: as_of: 1 August (a date such as 2026-03-01)"
    ]


def test_what_makes_no_sense_is_refused_where_it_is_made() -> None:
    """Rules of a budget that contradict each other, and other files than workbooks, are refused."""
    assert refused(lambda: gs.BudgetPolicy(floor=5000, cap=1000))
    assert refused(lambda: gs.BudgetPolicy().model_copy(update={"floor": 5000, "cap": 1000}))
    assert refused(lambda: gs.BudgetPolicy(fiscal_year_start=(2, 30)))
    assert gs.BudgetPolicy(fiscal_year_start=(4, 6)) == gs.BudgetPolicy(fiscal_year_start="04-06")  # type: ignore[arg-type]
    assert refused(lambda: family().team("M").save("team.csv"))


def test_messages_speak_of_arguments() -> None:
    """A script reads of basis="annual", a command of --basis annual."""
    people = [{"id": "1", "name": "Ana Ruiz", "title": "Product Manager", "salary": 1000}]
    with pytest.raises(gs.InputError, match='as in basis="annual"') as caught:
        gs.load_roster(people, currency="EUR")
    assert "--" not in str(caught.value)
    token = COMMAND_LINE.set(True)
    try:
        with pytest.raises(gs.InputError, match="as in --basis annual"):
            gs.load_roster(people, currency="EUR")
    finally:
        COMMAND_LINE.reset(token)


@pytest.mark.parametrize(
    ("option", "argument"),
    [
        ('--map salary="Pay, net" or --map salary=Pay', 'map={"salary": "Pay, net"} or map={"salary": "Pay"}'),
        ('--status "On leave=left"', 'status={"On leave": "left"}'),
        ("--accept pay-far-apart", 'accept=["pay-far-apart"]'),
        ('--ignore "Shoe size" and --currency EUR', 'ignore=["Shoe size"] and currency="EUR"'),
        ("--hours 40 if", "hours=40 if"),
        ("--hours 38.5 if", "hours=38.5 if"),
        ('choose with --sheet "2026"', 'choose with sheet="2026"'),
        ('--ignore "2026"', 'ignore=["2026"]'),
        ("--scale 0-5 if", 'scale="0-5" if'),
        ("--decimal . or --decimal , or", 'decimal="." or decimal="," or'),
    ],
)
def test_options_as_arguments(option: str, argument: str) -> None:
    """Each form in which messages name an option has its twin in Python."""
    assert in_python(Problem("x", "p", hint=option)).hint == argument


def options() -> Iterator[tuple[str, click.Parameter]]:
    """Every option of the command line, with its command."""
    for name, command in cli.commands.items():
        yield from ((name, each) for each in command.params if isinstance(each, click.Option))


def test_the_words_of_the_command_are_those_of_python() -> None:
    """An option of build with fixed words is an argument, or a field of the rules, with the same words."""
    taken = {
        **get_type_hints(gs.load_roster.__wrapped__),  # type: ignore[attr-defined]
        **get_type_hints(gs.Roster.with_options.__wrapped__),  # type: ignore[attr-defined]
    }
    checked = []
    for _, option in options():
        if isinstance(option.type, click.Choice) and option.name in taken:
            words = {str(w) for kind in get_args(taken[option.name]) for w in (get_args(kind) or kind_words(kind))}
            assert words == set(option.type.choices), option.name
            checked.append(option.name)
    assert {"pay", "person_pay", "basis", "date_order", "decimal"} <= set(checked)
    build = get_type_hints(gs.build.__wrapped__)  # type: ignore[attr-defined]
    python = (
        taken.keys()
        | build.keys()
        | gs.BudgetPolicy.model_fields.keys()
        | {"cycle_label", "cycle_date", "budget"}  # [budget.rates] is policy.rates
    )
    assert Settings.model_fields.keys() <= python


def kind_words(kind: Any) -> list[str]:
    """The words of an enum."""
    return [str(word) for word in getattr(kind, "__members__", {}).values()]
