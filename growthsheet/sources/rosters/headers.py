"""What a column of a roster is, by its name; and which columns are never read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from functools import cache, lru_cache

from growthsheet.model import Basis
from growthsheet.sources.rosters.words import column_names, pattern, words
from growthsheet.text.currencies import candidates, codes
from growthsheet.text.folding import folded_words

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_POSSESSIVE = re.compile(r"['\u2019]s\b", re.IGNORECASE)
_NUMBER_WORDS = dict.fromkeys(("n", "nr", "nro", "num", "number", "numero", "nummer"), "no")


@lru_cache(maxsize=256)  # a header is asked for its words about ten times, one after the other
def header_words(text: str) -> tuple[str, ...]:
    """Return the words of a header: camelCase split, without accents, punctuation and case.

    >>> header_words("EmployeeID"), header_words("Employee #"), header_words("Prénom"), header_words("E-Mail")
    (('employee', 'id'), ('employee', 'no'), ('prenom',), ('e', 'mail'))
    """
    plain = unicodedata.normalize("NFKC", _POSSESSIVE.sub("", _CAMEL.sub(" ", text))).replace("#", " number ")
    return tuple(_NUMBER_WORDS.get(word, word) for word in folded_words(plain))


def says(subject: str, text: str) -> bool:
    """Return whether a header or a cell has a word of a subject of the word lists."""
    return bool(pattern(subject).search(" ".join(header_words(text))))


LONGEST_HEADER = 200
"""The most characters of a header in which brackets are looked for."""


def without_brackets(header: str) -> str:
    """Return a header without what stands in brackets.

    >>> without_brackets("Salary (EUR)")
    'Salary  '
    """
    short = len(header) <= LONGEST_HEADER  # the search takes minutes in a cell of thousands of brackets
    return _BRACKETS.sub(" ", header) if short else header


_BRACKETS = re.compile(r"[(\[\uff08](.*?)[)\]\uff09]")


def header_key(text: str) -> str:
    """Return a header as it is looked up; two headers with one key have one meaning.

    >>> header_key("Personal-Nr.") == header_key("Personalnummer") == header_key("PersonalNr")
    True
    """
    return re.sub(r"(?:nummer|number|nr)$", "no", "".join(header_words(text)))


UNITS: Mapping[str, Decimal | int] = {
    "hundreds": 100,
    "thousands": 1000,
    "ten thousands": 10_000,
    "lakhs": 100_000,
    "millions": 1_000_000,
    "hundredths": Decimal("0.01"),
}
"""What amounts of pay may be counted in, by the subject of the words that say so."""
_BESIDE_SIGN = re.compile(r"\b([TtKkM])\s?(?=[\u20ac$\u00a3])|(?<=[\u20ac$\u00a3])\s?(M)\b")


def _spelled_units(header: str) -> str:
    """Return a header with words for the letters beside the sign of a currency: T€ are thousands, M€ millions."""
    return _BESIDE_SIGN.sub(lambda letter: " mio" if "M" in letter[0] else " k", header)


def unit_of(header: str) -> str:
    """Return the unit that a column's name says its amounts are counted in; "" for full amounts.

    >>> unit_of("Salary (k EUR)"), unit_of("Salary (M€)"), unit_of("Salary")
    ('thousands', 'millions', '')
    """
    return next((unit for unit in UNITS if says(unit, _spelled_units(header))), "")


MANAGER_KINDS = ("manager_id", "manager_email", "manager_name")
"""The columns that say who somebody's manager is, the surest first."""


def asked_as(field: str) -> str:
    """Return what ``--map`` calls a field: the three kinds of columns about the manager have one name there."""
    return "manager" if field in MANAGER_KINDS else field


_FIELDS = """
id name first_name name_prefix last_name second_surname preferred_name email title role target_role manager team salary
currency basis payments fte hours start end pay_from status worker_type carry_in country rate allocation locale
"""
ROSTER_FIELDS = tuple(_FIELDS.split())
"""What ``--map`` takes on its left side."""


@cache
def _by_key() -> Mapping[str, str]:
    return {header_key(name): field for field, names in column_names().items() for name in names}


@cache
def _names_of_pay() -> tuple[frozenset[str], re.Pattern[str]]:
    """Return the keys of what pay is called, and the pattern of compounds such as Bruttojahresgehalt."""
    parts, ends = ("|".join(words(f"pay_compound_{each}")) for each in ("parts", "ends"))
    return frozenset(map(header_key, words("pay"))), re.compile(f"(?:{parts})*(?:{ends})")


def field_of(header: str) -> str:
    """Return the field that a column's name stands for, "" when it is not known.

    ``manager`` comes as one of :data:`MANAGER_KINDS`.

    >>> field_of("Employee #"), field_of("Reporting to"), field_of("Vorgesetzte/r"), field_of("Annual Salary (EUR)")
    ('id', 'manager_name', 'manager_name', 'salary')
    >>> field_of("Hire Date (MM/DD/YYYY)"), field_of("Shoe size"), field_of("Bruttojahresgehalt")
    ('start', '', 'salary')
    """
    if never_read(header):
        return ""
    plain = without_brackets(header)
    short = "".join(word for word in header_words(plain) if word not in words("whose"))
    for name in (header_key(header), header_key(plain), header_key(short)):
        if field := _by_key().get(name) or _by_key().get(name.removesuffix("s")):
            return field
    if _CURRENCY.search(" ".join(header_words(header))):
        return "currency"
    return "salary" if _is_pay(header) else ""


_CURRENCY = re.compile(
    r"^(?!.*(?:bonus|report|variable|target|stock|equity|rate|conver|local currency))"
    r".*\b(?:pay|salary|wage|compensation|base|gehalt|salaire|salario)\b.*\b(?:currency|wahrung|devise|moneda|valuta)\b"
    r"|^currency (?:code|iso|iso code|name|symbol)$"
)


def _is_pay(header: str) -> bool:
    names, compound = _names_of_pay()
    for said in (header_words(header), header_words(without_brackets(header))):
        beside = words("about_pay") | words("payments")
        rest = "".join(w for w in said if w not in beside and w.upper() not in codes() and not _TOLD_TIMES.fullmatch(w))
        if "".join(said) in names or rest in names or compound.fullmatch(rest):
            return True
    return False


_DATE = re.compile(r"\b(?:(?:19|20)\d\d(?:[-/.]\d\d?){0,2}|\d\d?[-/.](?:\d\d?[-/.])?(?:19|20)\d\d)\b")
_KNOWN_BESIDE_PAY = ("beside_pay", "annual", "monthly", "hourly", "full_time", "part_time", *UNITS)


def unknown_beside_pay(header: str) -> str:
    """Return the words in brackets of which nobody knows what they say about amounts of pay.

    >>> unknown_beside_pay("Pay (gross, US$ k, 2026)"), unknown_beside_pay("Pay (dozens)")
    ('', 'dozens')
    """
    text = _spelled_units(_TIMES.sub(" ", _DATE.sub(" ", " ".join(_BRACKETS.findall(header[:LONGEST_HEADER])))))
    parts = [part for part in re.split(r"[\s/,;]+", text) if not candidates(part)]
    said = " ".join(header_words(" ".join(parts)))
    for subject in _KNOWN_BESIDE_PAY:
        said = re.sub(rf"\S*(?:{pattern(subject).pattern})\S*", " ", said)
    known = words("about_pay") | words("payments") | set(map(str.lower, codes()))
    return " ".join(word for word in said.split() if word not in known and not _TOLD_TIMES.fullmatch(word))


def likelihood(header: str) -> int:
    """Return the position of a known name in the list of names; the smaller, the likelier.

    >>> likelihood("Team") < likelihood("Department") < likelihood("Division")
    True
    """
    keys = list(_by_key())
    return keys.index(key) if (key := header_key(header)) in keys else len(keys)


KEPT_AS_IS = "kept: "
"""The beginning of the field of a column that is kept as it is."""


def never_read(header: str) -> bool:
    """Return whether a column holds what no growth plan needs: birth date, gender, ethnicity, national ids...

    >>> never_read("Date of Birth"), never_read("Geschlecht"), never_read("Hire Date"), never_read("Percentage")
    (True, True, False, False)
    """
    return says("never", header)


def basis_in(text: str) -> Basis | None:
    """Return the pay basis that a header or a cell names; None when it names none, or more than one.

    >>> basis_in("monthly_salary").value, basis_in("Gehalt (Jahr)").value, basis_in("Annual FTE salary").value
    ('monthly', 'annual', 'annual_fte')
    >>> basis_in("Salary"), basis_in("Pay Rate"), basis_in("Monthly or hourly pay")
    (None, None, None)
    """
    said = " ".join(header_words(text))
    found = [basis for basis in (Basis.ANNUAL, Basis.MONTHLY, Basis.HOURLY) if pattern(basis.value).search(said)]
    if len(found) != 1:
        return None
    return FOR_FULL_TIME.get(found[0], found[0]) if pattern("full_time").search(said) else found[0]


FOR_FULL_TIME = {Basis.ANNUAL: Basis.ANNUAL_FTE, Basis.MONTHLY: Basis.MONTHLY_FTE}
"""The bases that leave open whether part-time is counted in, each with the one that says it is not."""
_LETTERS = {"A": Basis.ANNUAL, "Y": Basis.ANNUAL, "M": Basis.MONTHLY, "H": Basis.HOURLY}
"""What payroll systems write into a column of periods."""
_PAYMENTS = re.compile(r"(1[2-6](?:[.,]\d\d?)?)")
_TOLD_TIMES = re.compile(rf"x|x?{_PAYMENTS.pattern}x?")
_TIMES = re.compile(rf"[x\u00d7*] ?{_PAYMENTS.pattern}\b|\b{_PAYMENTS.pattern} ?[x\u00d7]")

_NUMBER_OF = re.compile(rf"(?<!\d){_PAYMENTS.pattern}(?!\d)")


def period_of(text: str) -> Basis | None:
    """Return the pay basis that a cell about the period of pay names.

    >>> period_of("H").value, period_of("Annually").value, period_of("x 14").value
    ('hourly', 'annual', 'monthly')
    """
    return _LETTERS.get(text.upper()) or basis_in(text) or (Basis.MONTHLY if _TIMES.search(text.casefold()) else None)


def payments_in(text: str) -> Decimal | None:
    """Return how many monthly payments a year a header or a cell names.

    >>> payments_in("Gehalt (x 13,5)"), payments_in("Salario mensual, 14 pagas"), payments_in("Pay of months 2013")
    (Decimal('13.5'), Decimal('14'), None)
    """
    found = _TIMES.search(text.casefold()) or (_NUMBER_OF.search(text) if says("payments", text) else None)
    return Decimal(next(filter(None, found.groups())).replace(",", ".")) if found else None


def same_period(one: Basis, other: Basis) -> bool:
    """Return whether two bases are for one period; whether part-time is counted in makes no difference."""
    return one.value.removesuffix("_fte") == other.value.removesuffix("_fte")
