"""The settings of a build: the keys of growthsheet.toml, which are also options of the command line."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, model_validator
from pydantic_core import PydanticCustomError

from growthsheet.errors import InputError, refusal
from growthsheet.model import BudgetPolicy, Cycle, ExchangeRates, Money
from growthsheet.model.budget import MonthDay, check_categories, check_rates
from growthsheet.model.parts import Id, Label, Line, Number, Part
from growthsheet.roster.load import LAST_YEAR, load_roster
from growthsheet.roster.roster import Roster
from growthsheet.sources.catalogs.load import DEFAULT_CATALOG
from growthsheet.sources.catalogs.model_problems import validated
from growthsheet.sources.rosters.options import RosterOptions, as_number, as_table
from growthsheet.sources.tables.dates import FIRST_YEAR
from growthsheet.sources.translations.load import load_language
from growthsheet.storage.read_file import as_utf8, read_up_to
from growthsheet.text.arguments import iso_day
from growthsheet.text.language import ENGLISH, Language
from growthsheet.text.quoting import one_line
from growthsheet.workbook.theme import THEME, Theme

_NO_SHARE = PydanticCustomError("share", "is not a share")


def _day(value: object) -> date:
    day = value if type(value) is date else iso_day(value)
    if not day or not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError("is not a date such as 2026-03-01")
    return day


def _at_most_all(value: float) -> float:
    if not 0 <= value <= 1:
        raise _NO_SHARE  # 3 may be meant as 3%, but is not taken for it
    return value


def _rates(value: object) -> object:
    if not isinstance(value, Mapping) or not isinstance(rates := value.get("rates"), Mapping):
        return value
    return {**value, "rates": {code: as_number(rate) for code, rate in rates.items()}}


def _told_apart(labels: Mapping[str, str]) -> Mapping[str, str]:
    return dict(check_categories(tuple(labels.items())))


Share = Annotated[Number, BeforeValidator(partial(as_number, sign="%")), AfterValidator(_at_most_all)]
"""A number from 0 to 1, or a percentage such as ``3%``."""
Day = Annotated[date, BeforeValidator(_day)]


class BudgetRules(Part):
    """The table ``budget``: rates of the training budget for some people, by rule."""

    rates: Annotated[Mapping[str, Share], BeforeValidator(as_table), AfterValidator(check_rates)] = {}


class Settings(RosterOptions):
    """The checked settings of a build, with their defaults.

    >>> Settings(rate="0.02", cycle_date="2026-03-01").policy.rate
    0.02
    """

    catalog: Line = DEFAULT_CATALOG
    cycle: Id | None = None
    cycle_label: Line | None = None
    cycle_date: Day | None = None
    as_of: Day | None = None
    rate: Share = 0.03
    fiscal_year_start: MonthDay = (1, 1)
    prorate: Literal["months", "days", "none"] = "months"
    floor: Annotated[Money | None, BeforeValidator(as_number)] = None
    cap: Annotated[Money | None, BeforeValidator(as_number)] = None
    budget: BudgetRules = BudgetRules()
    carry_over: Share = 0.0
    categories: Annotated[Mapping[Id, Label], BeforeValidator(as_table), AfterValidator(_told_apart)] | None = None
    exchange_rates: Annotated[ExchangeRates | None, BeforeValidator(_rates)] = None
    pay: Literal["salary", "allowance", "pooled", "none"] = "salary"
    person_pay: Literal["allowance", "none"] = "allowance"
    of: tuple[Line, ...] = ()
    """The managers whose whole organizations below them are groups."""
    by: Line | None = None
    """The kept roster column by which people are grouped."""
    language: Line = ENGLISH.code
    locale_folder: Line | None = None
    theme: Theme = THEME

    @model_validator(mode="after")
    def _in_order(self) -> Settings:
        if self.floor is not None and self.cap is not None and self.floor > self.cap:
            raise ValueError("the floor is above the cap")
        return self

    @property
    def policy(self) -> BudgetPolicy:
        """Return the rules for the size of the training budget."""
        names = ("rate", "fiscal_year_start", "prorate", "floor", "cap", "carry_over", "exchange_rates")
        rules: dict[str, Any] = {name: getattr(self, name) for name in names}
        rules["rates"] = self.budget.rates
        if self.categories:
            rules["categories"] = tuple(self.categories.items())
        return BudgetPolicy(**rules)

    @property
    def review_cycle(self) -> Cycle | None:
        """Return the review cycle, with defaults for what is not set; None if nothing of it is set."""
        if not self.cycle_named:
            return None
        day = self.cycle_date or self.as_of or date.today()
        name = self.cycle or str(day.year)
        return Cycle(id=name, label=self.cycle_label or name, date=day)

    @property
    def cycle_named(self) -> frozenset[str]:
        """Return the parts of the review cycle that are set."""
        parts = {"id": self.cycle, "label": self.cycle_label, "date": self.cycle_date}
        return frozenset(name for name, value in parts.items() if value)

    def over(self, others: Settings) -> Settings:
        """Return the other settings, overridden by those that are set here; tables of a roster's options are merged.

        >>> Settings(rate=0.02).over(Settings(rate=0.05, hours=38)).model_dump(include={"rate", "hours"})
        {'hours': 38.0, 'rate': 0.02}
        """
        here = {name: getattr(self, name) for name in self.model_fields_set}
        both = {
            key: {**getattr(others, key), **getattr(self, key)}
            for key in ("map", "status", "acting")
            if getattr(others, key) or getattr(self, key)
        }
        return others.model_copy(update=here | both)

    def roster(self, source: Any, *, name: str | None = None) -> Roster:
        """Return a roster, loaded with these settings; see :func:`growthsheet.load_roster`."""
        roster = load_roster(
            source,
            catalog=self.catalog,
            cycle=self.review_cycle,
            policy=self.policy,
            as_of=self.as_of,
            name=name,
            **{option: getattr(self, option) for option in self.model_fields_set & RosterOptions.model_fields.keys()}
            | ({"keep": (*self.keep, self.by)} if self.by else {}),
        )
        roster = replace(roster, cycle_named=self.cycle_named)
        return roster.with_options(language=self.spoken, pay=self.pay, person_pay=self.person_pay, theme=self.theme)

    @property
    def spoken(self) -> Language:
        """Return the language of workbooks, with its translation."""
        return load_language(self.language, self.locale_folder)


FILE_NAME = "growthsheet.toml"


MAX_SETTINGS_BYTES = 1_000_000


def read_settings(values: Mapping[str, object], name: str = FILE_NAME) -> Settings:
    """Return the settings in a mapping; raise InputError with everything that is wrong, each thing with its key.

    >>> read_settings({"ratee": 0.02, "hours": 400})  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    growthsheet.errors.InputError: growthsheet.toml: hours: 400; wanted: at most 100; change it [out-of-range]
    growthsheet.toml: ratee: an unknown field; wanted: one of map, ...; did you mean 'rate'? [unknown-field]
    """
    return validated(Settings, values, name)


def read_options(values: Mapping[str, object]) -> Settings:
    """Return the settings in options of the command line; problems name the option.

    >>> read_options({"cycle_date": "1 March"})
    Traceback (most recent call last):
    growthsheet.errors.InputError: --cycle-date: is not a date such as 2026-03-01; change it [bad-value]
    """
    try:
        return read_settings(values, "")
    except InputError as error:
        raise InputError(replace(problem, place=_option(problem.place)) for problem in error.problems) from None


def load_settings(path: str | os.PathLike[str]) -> Settings:
    """Return the settings in a TOML file; the files and folders that it names are relative to its folder."""
    name = one_line(os.fspath(path), 200)
    home, beside, values = Path(path).parent, {}, _toml(Path(path), name)
    look = values.get("theme")
    if isinstance(look, dict) and isinstance(look.get("logo"), str):
        look["logo"] = str(home / look["logo"])
    settings = read_settings(values, name)
    if Path(settings.catalog).suffix or Path(settings.catalog).name != settings.catalog:
        beside["catalog"] = str(home / settings.catalog)
    if settings.locale_folder:
        beside["locale_folder"] = str(home / settings.locale_folder)
    return settings.model_copy(update=beside)


def find_settings(folder: str | os.PathLike[str] = ".") -> Path | None:
    """Return the path of growthsheet.toml in a folder, if there is one."""
    path = Path(folder, FILE_NAME)
    return path if path.is_file() else None


def _option(place: str) -> str:
    """Return the option of the command line for a place such as ``: map.salary``."""
    field, _, rest = place.removeprefix(": ").partition(".")
    return f"--{field.replace('_', '-')} {rest}".rstrip()


def _toml(path: Path, name: str) -> dict[str, object]:
    try:
        return tomllib.loads(as_utf8(read_up_to(path, name, MAX_SETTINGS_BYTES), name))
    except RecursionError:
        raise refusal("too-deep", name, "nested too deep", "a key and a value on each line", "flatten it") from None
    except ValueError as error:
        message, _, at = str(error).rstrip(")").partition(" (at ")
        place, found = f"{name}, {at}" if at else name, one_line(message, 200)
        raise refusal("broken-toml", place, found, "TOML", "correct it there; texts need quotes") from None
