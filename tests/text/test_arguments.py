"""Public functions refuse what is not of their types, and speak of Python's arguments."""

from __future__ import annotations

import inspect
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
from growthsheet.tasks.settings import Settings
from growthsheet.text.arguments import COMMAND_LINE, in_python
from tests.making import family

FUNCTIONS = [name for name in gs.__all__ if inspect.isfunction(getattr(gs, name)) and name != "builtin_names"]
METHODS = ["with_options", "with_answers", "person", "team", "teams"]


def refused(make: Callable[[], object]) -> list[str]:
    """The problems with which something is refused."""
    with pytest.raises(gs.InputError) as caught:
        make()
    return [f"{p.place}: {p.found} ({p.expected})" for p in caught.value.problems]


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_public_function_is_strict(name: str) -> None:
    """No public function takes a word for a flag or a text for a list, and each has a type for all that it takes."""
    function = getattr(gs, name)
    hints = get_type_hints(function)
    assert hasattr(function, "__wrapped__")
    for parameter in inspect.signature(function).parameters.values():
        assert parameter.kind is not parameter.VAR_KEYWORD
        if hints[parameter.name] is bool:
            needed = {
                p.name: Path("x") for p in inspect.signature(function).parameters.values() if p.default is p.empty
            }
            assert f"{name}: {parameter.name}: 'no' (True or False)" in refused(
                lambda: function(**needed | {parameter.name: "no"})  # noqa: B023
            )
    assert all(hasattr(getattr(gs.Roster, method), "__wrapped__") for method in METHODS)


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
        | {"cycle_label", "cycle_date", "locale_folder", "budget"}  # [budget.rates] is policy.rates
    )
    assert Settings.model_fields.keys() <= python


def kind_words(kind: Any) -> list[str]:
    """The words of an enum."""
    return [str(word) for word in getattr(kind, "__members__", {}).values()]
