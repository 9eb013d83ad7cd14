"""The currencies that signs and codes stand for."""

from __future__ import annotations

import re

_CODES = """
AED ARS AUD BDT BGN BHD BRL CAD CHF CLP CNY COP CRC CZK DKK DZD EGP EUR GBP GEL GHS HKD HUF IDR ILS INR ISK JOD JPY KES
KRW KWD KZT LKR MAD MXN MYR NGN NOK NZD OMR PEN PHP PKR PLN QAR RON RSD RUB SAR SEK SGD THB TND TRY TWD TZS UAH UGX USD
UYU VND XAF XOF ZAR ZMW
"""
CODES = frozenset(_CODES.split())
"""The ISO 4217 codes that are recognised inside a header or a cell; the currency column takes all of ISO 4217."""

_OTHER_CODES = """
AFN ALL AMD ANG AOA AWG AZN BAM BBD BIF BMD BND BOB BOV BSD BTN BWP BYN BZD CDF CHE CHW CLF COU CUC CUP CVE DJF DOP ERN
ETB FJD FKP GIP GMD GNF GTQ GYD HNL HRK HTG IQD IRR JMD KGS KHR KMF KPW KYD LAK LBP LRD LSL LYD MDL MGA MKD MMK MNT MOP
MRU MUR MVR MWK MXV MZN NAD NIO NPR PAB PGK PYG RWF SBD SCR SDG SHP SLE SLL SOS SRD SSP STN SVC SYP SZL TJS TMT TOP TTD
UYI UYW UZS VED VES VUV WST XCD XPF YER ZWG ZWL
"""
ISO_4217 = CODES | frozenset(_OTHER_CODES.split())
"""The codes of money that people can be paid in, those given up lately too."""

_SIGNS = """
€ EUR, £ GBP, US$ USD, A$ AUD, AU$ AUD, C$ CAD, CA$ CAD, NZ$ NZD, HK$ HKD, S$ SGD, R$ BRL, MX$ MXN, ¥ CNY JPY, ₹ INR,
₩ KRW, ₺ TRY, ₽ RUB, ₴ UAH, ₪ ILS, ₫ VND, ₦ NGN, ₱ PHP, ฿ THB, zł PLN, Kč CZK, Ft HUF, lei RON, Fr. CHF, SFr. CHF,
Rs INR LKR MUR NPR PKR SCR, Rs. INR LKR MUR NPR PKR SCR, ₨ INR LKR MUR NPR PKR SCR, R ZAR, kr DKK ISK NOK SEK,
kr. DKK ISK NOK SEK, $ USD ARS AUD BBD BMD BND BSD BZD CAD CLP COP DOP FJD GYD HKD JMD KYD LRD MXN NAD NZD SBD SGD SRD
TTD TWD UYU XCD
"""
_WORDS = """
EURO EUR, EUROS EUR, 円 JPY, 元 CNY, 원 KRW, US_DOLLAR USD, US_DOLLARS USD, U.S._DOLLAR USD, UNITED_STATES_DOLLAR USD,
AMERICAN_DOLLAR USD, CANADIAN_DOLLAR CAD, AUSTRALIAN_DOLLAR AUD, NEW_ZEALAND_DOLLAR NZD, SINGAPORE_DOLLAR SGD,
HONG_KONG_DOLLAR HKD, POUND_STERLING GBP, POUNDS_STERLING GBP, BRITISH_POUND GBP, BRITISH_POUNDS GBP, STERLING GBP,
SWISS_FRANC CHF, SWISS_FRANCS CHF, FRANKEN CHF, SCHWEIZER_FRANKEN CHF, YEN JPY, JAPANESE_YEN JPY, SWEDISH_KRONA SEK,
NORWEGIAN_KRONE NOK, DANISH_KRONE DKK, ZLOTY PLN, POLISH_ZLOTY PLN, CZECH_KORUNA CZK, FORINT HUF, INDIAN_RUPEE INR,
INDIAN_RUPEES INR, BRAZILIAN_REAL BRL, MEXICAN_PESO MXN, YUAN CNY, RENMINBI CNY, RMB CNY, TURKISH_LIRA TRY,
SOUTH_AFRICAN_RAND ZAR, RAND ZAR, SHEKEL ILS, ROMANIAN_LEU RON
"""


def _meanings(text: str) -> dict[str, tuple[str, ...]]:
    return {sign: tuple(codes) for sign, *codes in map(str.split, text.split(","))}


SIGNS = _meanings(_SIGNS)
"""The currencies that each sign can stand for, the most common first."""
_WORD_SIGNS = _meanings(_WORDS)
"""The currencies of words in the place of a sign."""


def candidates(sign: str) -> tuple[str, ...]:
    """Return the currencies that a sign or a code can stand for; none if it is neither.

    >>> candidates("€"), candidates("chf"), candidates("¥"), candidates("bananas")
    (('EUR',), ('CHF',), ('CNY', 'JPY'), ())
    """
    code = sign.strip().upper()
    return SIGNS.get(sign.strip()) or ((code,) if code in CODES else _WORD_SIGNS.get("_".join(code.split()), ()))


def sign_of(code: str) -> str:
    """Return the shortest sign that stands for a currency first of all; the code if there is none.

    >>> sign_of("EUR"), sign_of("USD"), sign_of("SEK")
    ('€', '$', 'SEK')
    """
    return min((sign for sign, codes in SIGNS.items() if codes[0] == code), key=len, default=code)


def named_in(header: str) -> str:
    """Return the currency that a header names, or "" if it names none or several.

    >>> named_in("Salary (EUR)"), named_in("Gehalt in €"), named_in("Annual Salary"), named_in("Pay $")
    ('EUR', 'EUR', '', '')
    """
    words = re.split(r"[\s()\[\]/,;:_-]+", header)
    found = set()
    for word in words:
        codes = candidates(word) if word.isupper() or word in SIGNS else ()
        if len(codes) == 1 and word != "R":
            found.add(codes[0])
    return found.pop() if len(found) == 1 else ""
