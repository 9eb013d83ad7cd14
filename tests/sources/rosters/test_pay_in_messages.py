"""No message about a roster repeats an amount of pay, in whatever column it stands."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from growthsheet.errors import InputError
from growthsheet.sources.rosters.headers import ROSTER_FIELDS
from growthsheet.sources.rosters.options import RosterOptions
from growthsheet.sources.rosters.read_roster import read_roster
from tests.making import small_catalog

CANARY = "73131"
SPELLINGS = [
    CANARY,
    "73,131.00",
    "73.131,00 €",
    "$73'131",
    "73 131 EUR",
    "EUR 73131 a year",
    "about 73,131",
    "73131-73131",
    "-73131",
    "\uff17\uff13\uff11\uff13\uff11",
    "73k to 131k",
    73131,
    73131.5,
]

TITLE = "Product manager"
USUAL: dict[str, object] = {"id": "1", "name": "Ana", "title": TITLE, "salary": 5, "currency": "EUR", "basis": "annual"}


def told(field: str, cell: object, others: dict[str, object]) -> str:
    """Everything that is said of a roster in which everybody has a cell in a field, without marks and spaces."""
    rows: list[dict[str, Any]] = [
        {**USUAL, **others, "id": number, field: cell} for number in ("1", "2", "3" if others else "1")
    ]
    options = RosterOptions(map={name: name for name in rows[0]})
    try:
        found = read_roster(rows, catalog=small_catalog(), options=options, as_of=date(2026, 6, 30)).notes
    except InputError as error:
        found = error.problems
    assert found
    return re.sub(r"[.,'\s]", "", " ".join(map(str, found)))


@pytest.mark.parametrize("field", ROSTER_FIELDS)
@pytest.mark.parametrize("cell", SPELLINGS, ids=str)
def test_an_amount_is_never_repeated(field: str, cell: object) -> None:
    """An amount in any column, alone or in a text, is in no problem and no note."""
    for others in ({}, {"first_name": "Ana", "manager": "Ana"}, {"status": "left", "end": "2026-05-01"}):
        text = told(field, cell, others)
        assert not re.search("73k?(to)?131|\uff17\uff13", text), text


def test_what_is_no_amount_is_repeated() -> None:
    """Words, dates and the small numbers of titles stay in messages: by them the cell is found."""
    assert "PM2(2people)" in told("title", "PM 2", {})
    assert "31/02/2026" in told("start", "31/02/2026", {})
    assert "paused" in told("status", "paused", {"team": "A"})
