"""Dates come back as they were written, or are asked about."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from growthsheet.sources.tables.columns import TableColumn
from growthsheet.sources.tables.dates import dates
from growthsheet.text.problem_list import ProblemList

days = st.dates(date(1900, 1, 2), date(2200, 12, 31)).filter(lambda day: day != date(1970, 1, 1))
CLEAR = [
    "%Y-%m-%d",
    "%Y/%m/%d",
    "%Y%m%d",
    "%d.%m.%Y",
    "%d %b %Y",
    "%B %d, %Y",
    "%d-%b-%Y",
    "%Y-%m-%dT%H:%M:%S",
    "%d. %B %Y",
]


def read(*cells):
    """A column's dates and the codes of what is wrong with it."""
    findings = ProblemList("t.csv")
    values = dates(TableColumn("t.csv", "Start", range(2, len(cells) + 2), cells), findings)
    return values, [problem.code for problem in findings.all]


@given(st.lists(days, min_size=1), st.sampled_from(CLEAR))
def test_clear_styles(values, style):
    """Any date comes back from each style that can be read in one way only."""
    assert (values, []) == read(*(day.strftime(style) for day in values))


@pytest.mark.slow
@given(st.lists(days, min_size=1), st.sampled_from(["%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y", "%m-%d-%Y"]))
def test_slashes(values, style):
    """A date with a part over 12 decides for the column; without one it is asked about, unless both ways agree."""
    found, codes = read(*(day.strftime(style) for day in values))
    if any(day.day > 12 for day in values) or all(day.day == day.month for day in values):
        assert (values, []) == (found, codes)
    else:
        assert ([None] * len(values), ["date-order-unclear"]) == (found, codes)


def test_orders_that_clash():
    """Day first in one row and month first in another is refused."""
    assert read("13/01/2026", "01/13/2026") == ([None, None], ["date-orders-mixed"])


def test_one_day_written_for_the_column():
    """Unpadded parts and a time behind change nothing."""
    assert ([date(2026, 3, 4), date(2026, 3, 31)], []) == read("3/4/2026 12:00:00 AM", "3/31/2026 00:00")


def test_typed_cells():
    """Dates from frames stay what they are; a blank stays blank."""
    assert ([date(2026, 3, 4), date(2026, 3, 5), None], []) == read(date(2026, 3, 4), datetime(2026, 3, 5, 10), None)


@pytest.mark.parametrize(
    "text", ["4/3/26", "31.02.2026", "2026-13-01", "2026-1", "soon", "46000", "1898-12-31", "Ma 4, 2026", "4 Foo 2026"]
)
def test_not_dates(text):
    """Two-digit years, days that do not exist, serial numbers and words are refused."""
    assert read(text) == ([None], ["not-a-date"])


@pytest.mark.parametrize(
    "cell",
    [
        "01/01/1900",
        "1.1.1900",
        "00/00/0000",
        "0000-00-00",
        "31/12/9999",
        "9999-12-31 00:00:00",
        "1/1/0001",
        date(1970, 1, 1),
    ],
)
def test_dates_that_stand_for_none(cell):
    """What systems write where there is no date is a blank, and that is told."""
    assert read(cell) == ([None], ["placeholder-date"])
