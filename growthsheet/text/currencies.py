"""The currencies that signs and codes stand for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from growthsheet.storage.shipped_words import listed, shipped_words

_CURRENCIES = "currencies.yaml"


@cache
def codes() -> frozenset[str]:
    """Return the ISO 4217 codes that are recognised inside a header or a cell; a currency column takes all of them."""
    return frozenset(shipped_words(_CURRENCIES)["codes"].split())


@cache
def iso_4217() -> frozenset[str]:
    """Return the codes of money that people can be paid in, those given up lately too."""
    return codes() | frozenset(shipped_words(_CURRENCIES)["other codes"].split())


@cache
def signs() -> Mapping[str, tuple[str, ...]]:
    """Return the currencies that each sign can stand for, the most common first."""
    return {sign: tuple(found.split()) for sign, found in shipped_words(_CURRENCIES)["signs"].items()}


@cache
def _words() -> Mapping[str, tuple[str, ...]]:
    words = shipped_words(_CURRENCIES)["words"].items()
    return {word.upper(): (code,) for code, names in words for word in listed(names)}


def candidates(sign: str) -> tuple[str, ...]:
    """Return the currencies that a sign or a code can stand for; none if it is neither.

    >>> candidates("€"), candidates("chf"), candidates("¥"), candidates("bananas")
    (('EUR',), ('CHF',), ('CNY', 'JPY'), ())
    """
    code = sign.strip().upper()
    return signs().get(sign.strip()) or ((code,) if code in codes() else _words().get(" ".join(code.split()), ()))


def sign_of(code: str) -> str:
    """Return the shortest sign that stands for a currency first of all; the code if there is none.

    >>> sign_of("EUR"), sign_of("USD"), sign_of("SEK")
    ('€', '$', 'SEK')
    """
    return min((sign for sign, found in signs().items() if found[0] == code), key=len, default=code)


def named_in(header: str) -> str:
    """Return the currency that a header names, or "" if it names none or several.

    >>> named_in("Salary (EUR)"), named_in("Gehalt in €"), named_in("Annual Salary"), named_in("Pay $")
    ('EUR', 'EUR', '', '')
    """
    words = re.split(r"[\s()\[\]/,;:_-]+", header)
    named = {candidates(word) for word in words if word != "R" and (word.isupper() or word in signs())}
    found = {one[0] for one in named if len(one) == 1}
    return found.pop() if len(found) == 1 else ""
