"""Numbers come back as they were written, or are asked about."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from growthsheet.errors import InputError
from growthsheet.sources.answers import load_answers
from growthsheet.sources.tables.columns import TableColumn
from growthsheet.sources.tables.numbers import numbers
from growthsheet.tasks.settings import read_settings
from growthsheet.text.numbers import read_number, written_plainly
from growthsheet.text.problem_list import ProblemList
from growthsheet.xlsx.reader.cells import StoredCell
from growthsheet.xlsx.reader.take_cell import take_cell

# (decimal mark, thousands mark), as in London, Berlin, Paris, Zurich, SI.
STYLES = [(".", ","), (",", "."), (",", "\u202f"), (",", "\u00a0"), (".", "'"), (".", "\u2019"), (".", " "), (",", "")]

amounts = st.decimals(min_value=0, max_value=10**12, places=2, allow_nan=False, allow_infinity=False)


def written(value, decimal, thousands):
    """A number in one of the styles."""
    return f"{value:,.2f}".translate(str.maketrans({".": decimal, ",": thousands}))


def read(*cells, **options):
    """A column's values and the codes of what is wrong with it."""
    findings = ProblemList("t.csv")
    column = TableColumn("t.csv", "Pay", range(2, len(cells) + 2), cells)
    return numbers(column, findings, **options).values, [problem.code for problem in findings.all]


@pytest.mark.slow
@given(st.lists(amounts, min_size=1), st.sampled_from(STYLES), st.sampled_from(["", "$", "€ ", "CHF ", "US$"]))
def test_styles(values, style, sign):
    """Any column of amounts with two decimals comes back exactly, in each style and with each sign."""
    assert (values, []) == read(*(sign + written(value, *style) for value in values))


@pytest.mark.slow
@given(st.lists(amounts, min_size=1), st.sampled_from(STYLES), st.sampled_from([" €", " EUR", " kr", " zł"]))
def test_signs_behind(values, style, sign):
    """A currency behind the number changes nothing."""
    assert (values, []) == read(*(written(value, *style) + sign for value in values))


@given(st.integers(0, 10**12), st.integers(0, 10**9))
def test_plain_digits(one, other):
    """Whole numbers without marks read in one way only."""
    assert ([one, other], []) == read(str(one), str(other))


@given(st.lists(st.integers(1000, 999_999), min_size=1), st.sampled_from(",."))
def test_thousands_only_are_asked_about(values, mark):
    """A column in which every number may be thousands or decimals is asked about, never guessed."""
    cells = [f"{value:,}".replace(",", mark) for value in values]
    assert ([None] * len(values), ["decimal-mark-unclear"]) == read(*cells)


@pytest.mark.parametrize("decides", ["1,234,567", "12.50", "12.5", "0.125", "1'000.5", ".5"])
def test_one_number_decides_for_the_column(decides):
    """Two groups, decimals that are not three digits, a leading zero: any of them decides what 1,234 is."""
    values, codes = read("1,234", decides)
    assert (codes, values[0]) == ([], 1234)


def test_the_other_mark_decides_too():
    """The same text means something else beside German numbers."""
    assert ([Decimal("1.234"), Decimal("1234.5")], []) == read("1,234", "1.234,50")


def test_marks_that_clash():
    """A column with both decimal marks is refused, with a row for each."""
    findings = ProblemList("t.csv")
    numbers(TableColumn("t.csv", "Pay", [2, 3, 4], ["7", "1,5", "2.5"]), findings)
    assert [problem.found for problem in findings.all] == ["the decimal mark is ',' in row 3 and '.' in row 4"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("(1,200.00)", "-1200.00"),
        ("-$1,200.50", "-1200.50"),
        ("$-1,200.50", "-1200.50"),
        ("1,200.50-", "-1200.50"),
        ("1,23,456.00", "123456.00"),
        ("$65,000.00 USD", "65000.00"),
        ("Fr.500.50", "500.50"),
        (".5", "0.5"),
        ("\u22125.25", "-5.25"),
    ],
)
def test_spellings(text, value):
    """Accountants' brackets, signs in front and behind, lakhs, abbreviations with a dot."""
    assert Decimal(value) == read_number(text).values["."]


def test_swiss_and_german_dash():
    """A dash stands for no cents."""
    assert Decimal(1200) == read_number("1.200,-").values[","]


@pytest.mark.parametrize(
    "text",
    [
        "1e5",
        "NaN",
        "inf",
        "12 34",
        "1,,000",
        "0x10",
        "1_000",
        "--5",
        "(5",
        "5)",
        "-(5)",
        "5%",
        "12 bananas",
        "$",
        "²",
        "½",
        "€ 5 USD",
        "5 % €",
        "1.000 000",
        "1" * 61,
    ],
)
def test_not_numbers(text):
    """What only looks like a number to a programmer is none."""
    assert read(text) == ([None], ["not-a-number"])


@pytest.mark.parametrize("text", ["-5", "(1,200.00)", "1000000000001", "99999999999999999999"])
def test_out_of_range(text):
    """Negative and absurd amounts are told apart from text."""
    assert read(text) == ([None], ["number-out-of-range"])


def test_typed_cells():
    """Numbers from frames and workbooks are never ambiguous."""
    assert ([Decimal("1.234"), Decimal(5), None, Decimal("2.50")], []) == read(1.234, 5, None, Decimal("2.50"))


@given(st.text(max_size=30))
def test_no_amount_is_told(text):
    """Whatever stands in a column of numbers, no problem repeats it."""
    findings = ProblemList("t.csv")
    numbers(TableColumn("t.csv", "Pay", [2], [text]), findings)
    kinds = {"a negative number", "too large a number", "not a number", "thousands or decimals?"}
    assert {problem.found for problem in findings.all} <= kinds


LOCALES = {
    "en": ("{:,}", ".", ","),
    "en, plain": ("{}", ".", ""),
    "de": ("{:,}", ",", "."),
    "de-AT": ("{:,}", ",", "\u00a0"),
    "de-CH": ("{:,}", ".", "\u2019"),
    "fr": ("{:,}", ",", "\u202f"),
    "fr-CH": ("{:,}", ".", "\u2009"),
    "es, plain": ("{}", ",", ""),
    "ar": ("{:,}", "\u066b", "\u066c"),
    "ja, full-width": ("{:,}", "\uff0e", "\uff0c"),
}
"""How numbers are printed: the shape, the decimal mark, the thousands mark."""

DIGITS = {"ar": "\u0660", "ja, full-width": "\uff10"}
"""The zero of locales with digits of their own."""

PRINTED = ["{}", " {} ", "{}\u00a0€", "€{}", "EUR {}", "{} EUR", "+{}", "\u200f{}"]
NEGATIVE = ["-{}", "\u2212{}", "{}-", "{}\u2212", "({})", "-{} €", "(EUR {})", "\u200e-{}"]


def printed(value, locale):
    """A number as a locale has it."""
    shape, decimal, thousands = LOCALES[locale]
    text = shape.format(value).translate(str.maketrans({".": decimal, ",": thousands}))
    zero = ord(DIGITS.get(locale, "0"))
    return "".join(chr(zero + int(c)) if c in "0123456789" else c for c in text)


@given(
    st.integers(0, 4).flatmap(lambda places: st.decimals(0, 10**12, allow_nan=False, places=places)),
    st.sampled_from(sorted(LOCALES)),
    st.sampled_from(PRINTED),
    st.sampled_from(NEGATIVE),
)
def test_what_a_locale_prints_is_read_or_asked_about(value, locale, shape, negative):
    """What any locale prints is among the meanings, and is asked about where there are two; minus stays minus."""
    for text, wanted in ((shape, value), (negative, -value)):
        found = read_number(text.format(printed(value, locale)))
        assert wanted in found.values.values()
        if len(set(found.values.values())) > 1:
            digits = printed(value, "en, plain").partition(".")
            assert len(digits[2]) == 3 or (not digits[2] and value >= 1000)


def test_lakhs():
    """Indian groups are read, with the sign in front."""
    assert ({Decimal(100_000)}, "Rs") == (read_number("Rs 1,00,000").meanings(), read_number("Rs 1,00,000").sign)


ASKED, REFUSED = "decimal-mark-unclear", "refused"

TYPED = {
    "1,5": "1.5",
    "1 234,50": "1234.50",
    "1\u202f234,50": "1234.50",
    "1'000.-": "1000",
    "1.000,00": "1000",
    "1,00,000": "100000",
    "１２３４": "1234",  # noqa: RUF001 - full-width digits
    "\u0661\u0662\u0663\u0664\u066b\u0665\u0660": "1234.50",
    "0.125": "0.125",
    "1.000": ASKED,
    "1,000": ASKED,
    "12.500": ASKED,
    "(500)": REFUSED,
    "\u2212500": REFUSED,
    "500-": REFUSED,
    "5%": REFUSED,
    "1e5": REFUSED,
    "5.000.00": REFUSED,
}
"""What people type for an amount, and what it is to every reader."""


def of_roster(text):
    """The amount, or the code of what is wrong, where a roster has it."""
    [value], problems = read(text)
    return value if value is not None else ASKED if ASKED in problems else REFUSED


def of_workbook(text):
    """The same where somebody typed it into a returned workbook."""
    taken = take_cell(StoredCell("text", text), "amount")
    return Decimal(str(taken.value)) if taken.value is not None else ASKED if taken.code == ASKED else REFUSED


def of_settings(text):
    """The same of a key of growthsheet.toml."""
    try:
        return read_settings({"cap": text}).cap
    except InputError as error:
        return ASKED if error.problems[0].code == ASKED else REFUSED


def of_answers(text, folder):
    """The same of a cell in a file of answers."""
    (folder / "budget-items.csv").write_text(f'id,category,title,estimate\n1,books,A book,"{text}"\n', "utf-8")
    try:
        return load_answers(folder).budget_items[0].estimate
    except InputError as error:
        return ASKED if error.problems[0].code == ASKED else REFUSED


@pytest.mark.parametrize("text", TYPED)
def test_every_reader_understands_the_same(text, tmp_path):
    """A text is the same amount in a roster, a returned workbook, answers and settings; none guesses."""
    wanted = TYPED[text] if TYPED[text] in (ASKED, REFUSED) else Decimal(TYPED[text])
    assert (wanted, wanted, wanted) == (of_roster(text), of_workbook(text), of_answers(text, tmp_path))
    # A settings file follows TOML, where 1e5 is a number; negative ones are refused by the key's own limit.
    assert of_settings(text) == (Decimal(100_000) if text == "1e5" else wanted)


@given(st.decimals(0, 10**12, allow_nan=False, places=3) | st.decimals(0, 10**12, allow_nan=False))
def test_written_plainly(value):
    """What answers are written as has one meaning: the amount."""
    text = written_plainly(value)
    if len(text) <= 60:
        assert {value} == read_number(text).meanings()
