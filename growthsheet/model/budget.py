"""The training budget: its policy, its lines, and the annual pay that it is computed from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from growthsheet.model.parts import NUMBER, Key, Label, Number, Part, Text
from growthsheet.model.people import Basis, Currency, Pay, Person
from growthsheet.text.arguments import as_day, iso_day, strict

if TYPE_CHECKING:  # pydantic makes decimals of them
    Money = Decimal | int
else:
    Money = Annotated[Decimal, NUMBER, Field(ge=0, le=Decimal(10) ** 12, allow_inf_nan=False)]

# ISO 4217, list one: the currencies whose minor unit is not a hundredth.
_WHOLE = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"
_MINOR_UNITS = {
    **dict.fromkeys(_WHOLE.split(), 0),
    **dict.fromkeys(["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"], 3),
    **dict.fromkeys(["CLF", "UYW"], 4),
}


def minor_units(currency: str) -> int:
    """Return the number of decimals of amounts in a currency (ISO 4217).

    >>> minor_units("USD"), minor_units("JPY"), minor_units("KWD")
    (2, 0, 3)
    """
    return _MINOR_UNITS.get(currency, 2)


class Status(StrEnum):
    """The status of a budget line."""

    PLANNED = "planned"
    REQUESTED = "requested"
    APPROVED = "approved"
    BOOKED = "booked"
    SPENT = "spent"
    REJECTED = "rejected"
    CANCELLED = "cancelled"


class Proration(StrEnum):
    """The unit in which the employed share of a fiscal year is counted."""

    MONTHS = "months"
    """A month counts when the person is employed on its 15th."""
    DAYS = "days"
    NONE = "none"


if TYPE_CHECKING:  # pydantic makes the enums of the words
    StatusWord = Status | Literal["planned", "requested", "approved", "booked", "spent", "rejected", "cancelled"]
    ProrationWord = Proration | Literal["months", "days", "none"]
else:
    StatusWord, ProrationWord = Status, Proration

DEFAULT_CATEGORIES = (
    ("training", "Training"),
    ("coaching", "Coaching"),
    ("conferences", "Conferences"),
    ("books", "Books and subscriptions"),
    ("certification", "Certification"),
    ("other", "Other"),
)


def _check_unlike(what: str, texts: Iterable[str], key: Callable[[str], str]) -> None:
    first: dict[str, str] = {}
    for text in texts:
        if key(text) in first:
            raise ValueError(f"'{first[key(text)]}' and '{text}' are one {what}; each needs its own")
        first[key(text)] = text


def check_categories(categories: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """Return the categories if their codes and labels are unique; spreadsheets compare without regard to case.

    >>> check_categories((("books", "Books"), ("Books", "Fairs")))
    Traceback (most recent call last):
    ValueError: 'books' and 'Books' are one code; each needs its own
    """
    if not categories:
        raise ValueError("needs one or more entries, each with a code and a label")
    for what, texts in zip(("code", "label"), zip(*categories, strict=True), strict=True):
        _check_unlike(what, texts, str.casefold)
    return categories


def _month_day(value: object) -> tuple[int, int]:
    text = "{!s:0>2}-{!s:0>2}".format(*value) if isinstance(value, tuple) and len(value) == 2 else value
    day = iso_day(f"2001-{text}")  # no leap year: the fiscal year has to start in every year
    if not day:
        raise ValueError("is not a month and a day of every year, such as 04-06")
    return day.month, day.day


MonthDay = Annotated[tuple[int, int], BeforeValidator(_month_day)]
"""A month and a day; also as a text such as ``04-06``."""


class ExchangeRates(Part):
    """The exchange rates of a day into one currency; amounts are converted with no other rates.

    >>> ExchangeRates(into="USD", date="2026-03-01", rates={"EUR": "1.08"}).rate("EUR")
    1.08
    """

    into: Currency
    """The currency of all totals."""
    date: date
    rates: Mapping[Currency, Annotated[Decimal, NUMBER, Field(gt=0, le=Decimal(10) ** 9, allow_inf_nan=False)]] = {}
    """The value of one unit of each currency, in the currency ``into``."""

    @model_validator(mode="after")
    def _into_another(self) -> ExchangeRates:
        if self.into in self.rates:
            raise ValueError(f"the rates are into {self.into}, so {self.into} itself needs none")
        return self

    @strict
    def rate(self, currency: str) -> float | None:
        """Return the value of one unit of a currency, or None if no rate is known."""
        found = Decimal(1) if currency == self.into else self.rates.get(currency)
        return None if found is None else float(found)


def _rule(text: str) -> str:
    """Return a rule in the one spelling in which it is looked up."""
    kind, _, of = (part.strip() for part in text.partition(":"))
    if kind.casefold() not in ("person", "role", "country") or not of:
        raise ValueError(f"'{text}' is not a rule; rules are person:ID, role:ROLE and country:COUNTRY")
    return f"person:{of}" if kind.casefold() == "person" else f"{kind}:{of}".casefold()


def check_rates(rates: Mapping[str, float]) -> Mapping[str, float]:
    """Return the rates by rule, if each rule is one and none stands there in two spellings."""
    _check_unlike("rule", rates, _rule)
    return {_rule(rule): rate for rule, rate in rates.items()}


class BudgetPolicy(Part):
    """The rules by which a training budget is computed: by default, 3 % of salary.

    >>> policy = BudgetPolicy(rates={"country:DE": 0.05, "role:director": 0.02})
    >>> policy.rate_of(Person(id="1", name="Ana", role="director", country="DE"))
    0.02
    """

    rate: Number = Field(default=0.03, ge=0, le=1)
    rates: Annotated[Mapping[str, Annotated[Number, Field(ge=0, le=1)]], AfterValidator(check_rates)] = {}
    """Other rates by rule: ``person:ID`` comes before ``role:ROLE``, and that before ``country:COUNTRY``."""
    fiscal_year_start: MonthDay = (1, 1)
    """The month and day on which the fiscal year starts."""
    prorate: ProrationWord = Proration.MONTHS
    floor: Money | None = None
    cap: Money | None = None
    carry_over: Number = Field(default=0, ge=0, le=1)
    """The share of the money left at the end of a fiscal year that is added to the next one."""
    categories: Annotated[tuple[tuple[str, Label], ...], AfterValidator(check_categories)] = DEFAULT_CATEGORIES
    """The code and label of each category, in the order of the tab."""
    exchange_rates: ExchangeRates | None = None
    """The rates with which budgets are added up when people are paid in several currencies."""

    @model_validator(mode="after")
    def _in_order(self) -> BudgetPolicy:
        if self.floor is not None and self.cap is not None and self.floor > self.cap:
            raise ValueError("the floor is above the cap")
        return self

    def rate_of(self, person: Person) -> float:
        """Return a person's rate: that of the first rule that applies, otherwise the general one."""
        rules = (f"person:{person.id}", f"role:{person.role.casefold()}", f"country:{person.country.casefold()}")
        return next((self.rates[rule] for rule in rules if rule in self.rates), self.rate) if self.rates else self.rate

    def fiscal_year(self, day: date | str) -> tuple[date, date]:
        """Return the first and the last day of the fiscal year that contains a day.

        >>> BudgetPolicy(fiscal_year_start=(4, 6)).fiscal_year(date(2026, 2, 1))
        (datetime.date(2025, 4, 6), datetime.date(2026, 4, 5))
        """
        day = as_day(day, "fiscal_year: day")
        start = date(day.year, *self.fiscal_year_start)
        if start > day:
            start = date(day.year - 1, *self.fiscal_year_start)
        return start, date(start.year + 1, *self.fiscal_year_start) - timedelta(days=1)


CENT = Decimal("0.01")


class BudgetItem(Part):
    """One line of a training budget: planned, then requested, approved, booked, spent; or rejected, cancelled.

    ``cycle`` is the review cycle in which it began, or was approved or rejected; its amount belongs to the fiscal year
    of that cycle.
    """

    confidential: ClassVar[bool] = True
    id: Key
    person: str = ""
    team: str = ""
    category: str
    title: Text
    activity: str = ""
    provider: Text = ""
    status: StatusWord = Status.PLANNED
    estimate: Money | None = None
    actual: Money | None = None
    travel: Money | None = None
    """The part of the amount that pays for travel."""
    currency: Currency | None = None
    cycle: str = ""
    start: date | None = None


def annual(pay: Pay, person: Person) -> Decimal:
    """Return the pay for a whole year; part-time work is taken into account exactly once.

    >>> ana = Person(id="1", name="Ana", role="pm", fte=0.6)
    >>> annual(Pay(person="1", amount=90000, currency="USD", basis="annual_fte"), ana)
    Decimal('54000.0')
    >>> annual(Pay(person="1", amount=90000, currency="USD", basis="annual"), ana)
    Decimal('90000')
    """
    share = Decimal(str(person.fte if pay.fte is None else pay.fte))
    match Basis(pay.basis):
        case Basis.ANNUAL:
            return pay.amount
        case Basis.ANNUAL_FTE:
            return pay.amount * share
        case Basis.MONTHLY:
            return pay.amount * 12
        case Basis.MONTHLY_FTE:
            return pay.amount * 12 * share
        case Basis.HOURLY:
            return pay.amount * Decimal(str(pay.hours)) * 52


def base_pay(person: Person, history: Iterable[Pay], policy: BudgetPolicy, day: date) -> Decimal | None:
    """Return annual pay, averaged over the employed part of the fiscal year that contains ``day``; None without pay.

    Each month counts with the pay that applies on its 15th; with ``prorate="days"``, each day counts.

    >>> ana = Person(id="1", name="Ana", role="pm")
    >>> old = Pay(person="1", amount=80000, currency="USD", basis="annual")
    >>> new = Pay(person="1", amount=88000, currency="USD", basis="annual", start=date(2026, 4, 1))
    >>> base_pay(ana, [old, new], BudgetPolicy(), date(2026, 6, 1))
    Decimal('86000.00')
    """
    steps = sorted(history, key=_since)
    if len(steps) < 2:
        return annual(steps[0], person).quantize(CENT) if steps else None
    first, last = policy.fiscal_year(day)
    first, last = max(first, person.start or first), min(last, person.end or last)
    since = {_since(pay): pay for pay in reversed(steps)}  # of two that start on one day the first counts
    starts = sorted(since)
    ends = [*(start - timedelta(days=1) for start in starts[1:]), last]
    spans = zip([first, *starts[1:]], ends, starts, strict=True)
    parts = [
        (_counted(a := max(first, begin), b := min(last, end), policy) - _away(person, a, b, policy), since[start])
        for begin, end, start in spans
    ]
    if not (counted := sum(count for count, _ in parts)):
        return annual(steps[-1], person).quantize(CENT)
    return (sum((annual(pay, person) * count for count, pay in parts), Decimal(0)) / counted).quantize(CENT)


def away(person: Person, policy: BudgetPolicy, day: date) -> int:
    """Return how many days, or months by their 15th, somebody is away between two spells of employment.

    Only those count that are in the fiscal year that contains ``day``.
    """
    return _away(person, *policy.fiscal_year(day), policy)


def _away(person: Person, first: date, last: date, policy: BudgetPolicy) -> int:
    return sum(_counted(max(first, since), min(last, until), policy) for since, until in person.breaks)


def _counted(first: date, last: date, policy: BudgetPolicy) -> int:
    """Return the number of days from first to last, or of months whose 15th is among them."""
    if last < first:
        return 0
    if policy.prorate == Proration.DAYS:
        return (last - first).days + 1
    return 12 * (last.year - first.year) + last.month - first.month + (last.day >= 15) - (first.day > 15)


def _since(pay: Pay) -> date:
    return pay.start or date.min
