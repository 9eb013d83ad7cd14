"""The options of a roster are the same in Python, in the settings and on the command line."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click
import pytest

import growthsheet as gs
from growthsheet.cli.commands import cli
from growthsheet.roster import load
from growthsheet.sources.rosters.options import RosterOptions
from growthsheet.tasks.settings import load_settings, read_options
from tests.making import small_catalog

TITLE = "Product manager"

TYPED: Mapping[str, tuple[str, object]] = {
    "map": ('{ id = "Code" }', {"id": "Code"}),
    "default_role": ('"pm"', "pm"),
    "basis": ('"monthly"', "monthly"),
    "currency": ('"CHF"', "CHF"),
    "hours": ("38.5", 38.5),
    "encoding": ('"cp1250"', "cp1250"),
    "ignore": ('["Shoe size"]', ["Shoe size"]),
    "keep": ('["Office"]', ["Office"]),
    "sheet": ('"2026"', "2026"),
    "date_order": ('"dmy"', "dmy"),
    "decimal": ('","', ","),
    "status": ('{ Z9 = "left" }', {"Z9": "left"}),
    "acting": ('{ "Maya Lind" = "2" }', {"Maya Lind": "2"}),
    "accept": ('["pay-far-apart"]', ["pay-far-apart"]),
}
"""Each option as the settings have it, and its value; none of them is the default."""


def commands(command: click.Command, path: str = "") -> Iterator[tuple[str, set[str]]]:
    """Each command with the names of its options."""
    for name, inner in getattr(command, "commands", {}).items():
        yield from commands(inner, f"{path} {name}".strip())
    yield path, {name for parameter in command.params for name in parameter.opts}


READING = {path: options for path, options in commands(cli) if "--basis" in options}


@pytest.fixture
def received(monkeypatch: pytest.MonkeyPatch) -> list[RosterOptions]:
    """What the reader of rosters gets."""
    found: list[RosterOptions] = []
    read = load.read_roster

    def reading(source: Any, *, options: RosterOptions, **rest: Any) -> Any:
        found.append(options)
        return read(source, options=RosterOptions(), **rest)

    monkeypatch.setattr(load, "read_roster", reading)
    return found


PEOPLE = [{"id": "1", "name": "Ana Ruiz", "title": TITLE}]


@pytest.mark.parametrize("option", RosterOptions.model_fields)
def test_an_option_is_a_keyword_a_key_and_an_option(option: str, received: list[RosterOptions], tmp_path: Path) -> None:
    """Each option reaches the reader from Python, from growthsheet.toml and from the command line, spelled alike."""
    line, value = TYPED[option]
    wanted = RosterOptions.model_validate({option: value})
    gs.load_roster(PEOPLE, catalog=small_catalog(), **{option: value})
    path = tmp_path / "growthsheet.toml"
    path.write_text(f"{option} = {line}\n", "utf-8")
    assert wanted != RosterOptions()
    for settings in (load_settings(path), read_options({option: value})):
        settings.roster(PEOPLE)
    assert received == [wanted] * 3
    spelled = "--" + option.replace("_", "-")
    assert [command for command, options in READING.items() if spelled not in options] == []


def test_the_commands_that_read_rosters() -> None:
    """Whatever command reads a roster has its options."""
    told = {"build", "carry-over", "check", "collect", "status", "agenda", "invite", "report", "roster show"}
    assert told == set(READING)


def test_python_knows_no_other_option() -> None:
    """What load_roster takes beside the options is no matter of the roster alone."""
    rest = {"source", "catalog", "cycle", "policy", "as_of", "name"}
    assert set(inspect.signature(gs.load_roster).parameters) == rest | set(RosterOptions.model_fields)


def test_options_that_cannot_be_are_refused_together() -> None:
    """A script hears of every wrong option at once, by the names of its keywords."""
    with pytest.raises(gs.InputError) as caught:
        gs.load_roster(PEOPLE, basis="weekly", currency="euros", hours=0, map={"salery": "Pay"})
    assert [str(problem) for problem in caught.value.problems] == [
        "load_roster: map.salery: is not a field of a roster; did you mean 'salary'?; change it [bad-value]",
        "load_roster: basis: 'weekly'; wanted: 'annual', 'annual_fte', 'monthly', 'monthly_fte' or 'hourly'; "
        "choose one of them [not-a-choice]",
        "load_roster: currency: is not a code of three letters, such as EUR; change it [bad-value]",
        "load_roster: hours: 0; wanted: 1 or more; change it [out-of-range]",
    ]
