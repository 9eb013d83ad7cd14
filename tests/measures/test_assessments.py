"""Whole assessments at random: the numbers of the tables are those of a few lines of plain Python."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from growthsheet.measures import ratings as m
from growthsheet.workbook.blocks import Book, NamedCells, Sheet
from growthsheet.workbook.tables import Table, TableData, calculated_column, input_column, named_formula
from growthsheet.workbook.tables import data_column as told
from growthsheet.workbook.values import Values
from growthsheet.xlsx.writer.write import to_bytes
from tests.expr.asking import everyday_differences

pytestmark = pytest.mark.slow

POINTS = Table("scale", (told("value", "Point"),))
WISHES = Table("interests_or_default", (told("value", "Point"),))
ROWS = Table(
    "rows",
    (
        told("key"),
        told("expected", "Expected"),
        told("importance", "Importance"),
        told("agreed", "Agreed"),
        input_column("skill", "Skill"),
        input_column("interest", "Interest"),
        told("order", "Order"),
        told("weighted_expectation", "Worth"),
        told("expected_here", "Here", hidden=True),
        calculated_column(m.used, "Used", skill_points=POINTS["value"]),
        calculated_column(m.interest_or_default, "Wish", interest_points=WISHES["value"]),
        calculated_column(m.gap, "Gap"),
        calculated_column(m.priority, "Priority"),
        calculated_column(
            m.rank,
            "Rank",
            priorities="priority",
            interests_or_default="interest_or_default",
            gaps="gap",
            orders="order",
        ),
    ),
)
FACTS = (
    named_formula(m.expected_count, "", expected_here=ROWS["expected_here"]),
    named_formula(m.rated_count, "", gaps=ROWS["gap"]),
    named_formula(
        m.not_applicable,
        "",
        skills=ROWS["skill"],
        agreeds=ROWS["agreed"],
        weighted_expectations=ROWS["weighted_expectation"],
        gaps=ROWS["gap"],
    ),
    named_formula(m.completeness, ""),
    named_formula(
        m.readiness,
        "",
        priorities=ROWS["priority"],
        weighted_expectations=ROWS["weighted_expectation"],
        gaps=ROWS["gap"],
    ),
)

answers = st.one_of(st.integers(0, 5), st.sampled_from([None, "n/a", 7, 2.5, "3"]))


@st.composite
def assessments(draw: st.DrawFn) -> tuple[int, list[dict[str, Any]]]:
    """The lowest point of the scale, and rows that a person has filled in."""
    lowest = draw(st.integers(0, 1))
    rows = []
    for number in range(draw(st.integers(1, 8))):
        level = draw(st.none() | st.integers(100 * lowest, 400).map(lambda cents: cents / 100) | st.integers(lowest, 4))
        importance = None if level is None else draw(st.integers(1, 3))
        row = {"key": f"k:{number}", "expected": level, "importance": importance, "order": number}
        row |= {"agreed": draw(st.none() | answers), "skill": draw(answers), "interest": draw(answers)}
        row |= {"expected_here": None if level is None else 1}
        row |= {"weighted_expectation": None if level is None else round(importance * (level - lowest), 2)}
        rows.append(row)
    return lowest, rows


def book(lowest: int, rows: list[dict[str, Any]]) -> Book:
    """The rows as a table, with what sums them up."""
    points = [{"value": point} for point in (*range(lowest, 5), "n/a")]
    interests_or_default = [{"value": point} for point in (0, 1, 2, 3, "n/a")]
    blocks = (
        NamedCells(FACTS),
        TableData(POINTS, points),
        TableData(WISHES, interests_or_default),
        TableData(ROWS, rows),
    )
    return Book("demo", "Demo", (Sheet("Assessment", "", blocks),), {})


def exact(number: float) -> Fraction:
    """A number of two decimals."""
    return Fraction(round(number * 100), 100)


def rating(value: Any, lowest: int, highest: int = 4) -> int | None:
    """A point of a scale, or nothing."""
    return value if isinstance(value, int) and lowest <= value <= highest else None


def numbers(lowest: int, rows: list[dict[str, Any]]) -> dict[str, Any]:
    """What the numbers are, said once more."""
    used = [
        next((r for r in (rating(row["agreed"], lowest), rating(row["skill"], lowest)) if r is not None), None)
        for row in rows
    ]
    gaps = [
        None if u is None or row["expected"] is None else max(exact(row["expected"]) - u, Fraction(0))
        for u, row in zip(used, rows, strict=True)
    ]
    rated = [n for n, gap in enumerate(gaps) if gap is not None]
    interests_or_default = [1 if rating(row["interest"], 0, 3) is None else row["interest"] for row in rows]
    # importance is the next key, but equals in priority and gap are equals in importance
    short = [n for n in rated if gaps[n] > 0]
    ranked = sorted(short, key=lambda n: (-rows[n]["importance"] * gaps[n], -interests_or_default[n], -gaps[n], n))
    reached = sum(rows[n]["importance"] * (min(used[n], exact(rows[n]["expected"])) - lowest) for n in rated)
    wanted = sum(rows[n]["importance"] * (exact(rows[n]["expected"]) - lowest) for n in rated)
    expected = sum(row["expected"] is not None for row in rows)
    none = sum(gaps[n] is None and row["expected"] is not None and "n/a" in (row["skill"], row["agreed"])
               for n, row in enumerate(rows))  # fmt: skip
    shown = len(rated) + none >= Fraction(4, 5) * expected and 2 * len(rated) >= expected and wanted > 0
    return {
        "used": used,
        "gap": [None if gap is None else float(gap) for gap in gaps],
        "rank": [ranked.index(n) + 1 if n in ranked else None for n in range(len(rows))],
        "rated_count": len(rated),
        "expected_count": expected,
        "not_applicable": none,
        "readiness": float(reached / wanted) if shown else None,
    }


@settings(max_examples=37, deadline=None, derandomize=True)
@given(assessments())
def test_numbers(drawn: tuple[int, list[dict[str, Any]]]) -> None:
    """Used, gap, rank and readiness are what the definitions say, whatever was typed."""
    wanted, values = numbers(*drawn), Values(book(*drawn))
    found: dict[str, Any] = {name: list(values.column("rows", name)) for name in ("used", "gap", "rank")}
    found |= {name: values.fact(name) for name in ("rated_count", "expected_count", "not_applicable", "readiness")}
    near, shown = wanted.pop("readiness"), found.pop("readiness")
    assert wanted == found
    assert (near is None) == (shown is None)
    assert near is None or abs(near - shown) <= 0.00005 + 1e-12


@pytest.mark.engines
@settings(max_examples=7, deadline=None, derandomize=True)
@given(assessments())
def test_recalculated(drawn: tuple[int, list[dict[str, Any]]]) -> None:
    """Formualizer and IronCalc find the same numbers in the workbook."""
    assert everyday_differences(to_bytes(book(*drawn))) == []
