"""Numbers come back as they were written, or are asked about."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from growthsheet.sources.problem_list import ProblemList
from growthsheet.sources.tables.columns import TableColumn
from growthsheet.sources.tables.numbers import numbers, read_number

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
    return numbers(column, findings, **options).values, [problem.code for problem in findings.errors]


@given(st.lists(amounts, min_size=1), st.sampled_from(STYLES), st.sampled_from(["", "$", "€ ", "CHF ", "US$"]))
def test_styles(values, style, sign):
    """Any column of amounts with two decimals comes back exactly, in each style and with each sign."""
    assert (values, []) == read(*(sign + written(value, *style) for value in values))


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
    numbers(TableColumn("t.csv", "Pay", [2, 3, 4], ["7", "1,5", "2.5"]), findings, secret=True)
    assert [problem.found for problem in findings.errors] == ["the decimal mark is ',' in row 3 and '.' in row 4"]


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
        "٣",
        "$",
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
def test_secret_columns_tell_no_amount(text):
    """Whatever stands in a column of pay, no problem repeats it."""
    findings = ProblemList("t.csv")
    numbers(TableColumn("t.csv", "Pay", [2], [text]), findings, secret=True)
    kinds = {"a negative number", "too large a number", "not a number", "thousands or decimals?"}
    assert {problem.found for problem in findings.errors} <= kinds
