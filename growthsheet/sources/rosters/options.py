"""The options by which a roster is read."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import partial
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from growthsheet.model import Basis
from growthsheet.model.parts import Line, Number, Part
from growthsheet.sources.rosters.headers import ROSTER_FIELDS
from growthsheet.text.currencies import iso_4217
from growthsheet.text.numbers import read_number
from growthsheet.text.quoting import did_you_mean

_ACCEPTABLE = """
basis-conflict currency-conflict few-hours no-surname odd-name pay-all-zero pay-far-apart pay-not-yet pay-unit
spoiled-id status-contradicts-end unknown-manager
"""
ACCEPTABLE = tuple(_ACCEPTABLE.split())
"""The questions whose answer may be that all is right."""


def as_table(value: object) -> object:
    """Refuse what is no mapping, in the words of the settings file."""
    if not isinstance(value, Mapping):
        raise ValueError("is not a table of 'key = value' lines")
    return value


def as_number(value: object, sign: str = "") -> object:
    """Return the number that a text means, where it is one, with no sign beside it but one that is allowed.

    >>> as_number("38,5"), as_number("3 %"), as_number("3 %", "%"), as_number(40), as_number("many")
    (Decimal('38.5'), '3 %', Decimal('0.03'), 40, 'many')
    """
    written = read_number(value) if isinstance(value, str) else None
    if not written or written.sign not in ("", sign):
        return value
    if len(meanings := set(written.values.values())) > 1:
        raise PydanticCustomError("decimal_mark", "thousands or decimals?")
    return meanings.pop() / (100 if written.sign else 1)


def _field(name: str) -> str:
    if name not in ROSTER_FIELDS:
        meant = did_you_mean(name, ROSTER_FIELDS, f"there are {', '.join(ROSTER_FIELDS)}")
        raise ValueError(f"is not a field of a roster; {meant}")
    return name


def _currency(value: str) -> str:
    if not re.fullmatch(r"[A-Za-z]{3}", value, re.ASCII):
        raise ValueError("is not a code of three letters, such as EUR")
    if value.upper() not in iso_4217():
        raise ValueError("is not a currency of ISO 4217, such as EUR")
    return value.upper()


def _question(code: str) -> str:
    if code not in ACCEPTABLE:
        raise ValueError(f"is not a problem that can be accepted; these can be: {', '.join(ACCEPTABLE)}")
    return code


def as_toml(options: RosterOptions) -> str:
    """Return the options that were said, as lines of growthsheet.toml.

    >>> print(as_toml(RosterOptions(basis="annual", ignore=["Shoe size"], map={"id": "Staff code"})))
    basis = "annual"
    ignore = ["Shoe size"]
    <BLANKLINE>
    [map]
    id = "Staff code"
    <BLANKLINE>
    """
    found = options.model_dump(mode="json", include=options.model_fields_set & RosterOptions.model_fields.keys())
    written = partial(json.dumps, ensure_ascii=False)
    lines = [f"{key} = {written(value)}" for key, value in found.items() if not isinstance(value, dict)]
    for key, table in found.items():
        if isinstance(table, dict):
            rows = (
                f"{n if re.fullmatch('[a-z_]+', n) else written(n)} = {written(value)}" for n, value in table.items()
            )
            lines += ["", f"[{key}]", *rows]
    return "\n".join(lines) + "\n"


RosterField = Annotated[str, AfterValidator(_field)]


class RosterOptions(Part):
    """What the user says about a roster, where it does not say it itself.

    Each field is also a keyword of :func:`growthsheet.load_roster`, a key of the settings (which inherit it) and, with
    dashes for underscores, an option of the commands that read rosters.

    >>> RosterOptions(currency="eur", basis="monthly").currency
    'EUR'
    """

    map: Annotated[Mapping[RosterField, Line], BeforeValidator(as_table)] = {}
    """Field to column, where the columns' names do not say it or say it twice; see :data:`headers.FIELDS`."""
    default_role: Line | None = None
    """The role of people whose title matches none; without it they are errors."""
    basis: Basis | None = None
    currency: Annotated[str, AfterValidator(_currency)] | None = None
    hours: Annotated[Number, BeforeValidator(as_number)] = Field(default=40.0, ge=1, le=100)
    """The weekly hours of full time; half as many again, for one person, still fit a week."""
    encoding: Line | None = None
    """Of a text file; by default UTF-8 if it is valid UTF-8, else Windows-1252."""
    ignore: tuple[Line, ...] = ()
    """Columns that are left out; without it a column that may decide something is asked about."""
    keep: tuple[Line, ...] = ()
    """Columns that are kept as they are: they stand on People x activities, and people can be grouped by them."""
    sheet: Line | None = None
    """The tab of a workbook, where several may be meant."""
    date_order: Literal["dmy", "mdy", "ymd"] | None = None
    """The order of day, month and year, where dates do not show it; with it years may have two digits."""
    decimal: Literal[".", ","] | None = None
    """The decimal mark, where numbers do not show it."""
    status: Annotated[Mapping[Line, Literal["employed", "left"]], BeforeValidator(as_table)] = {}
    """What words of the status column mean."""
    acting: Annotated[Mapping[Line, Line], BeforeValidator(as_table)] = {}
    """Who stands in for managers who are not here, by id, e-mail or name of both; else their own managers do."""
    accept: tuple[Annotated[str, AfterValidator(_question)], ...] = ()
    """Codes of questions that were looked into: all is right as it is."""
