"""A year with LibreOffice: filled in and rearranged there, collected, merged, and carried into the next cycle."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from growthsheet.model import Answers, Cycle
from growthsheet.returns.collect import collect
from growthsheet.roster.roster import Roster
from growthsheet.sheets.books import person_book, team_book
from growthsheet.sources.answers import load_answers
from growthsheet.workbook.blocks import Book
from growthsheet.workbook.extra_columns import ExtraColumn
from tests.making import family, small_catalog, this_cycle, where
from tests.proof.engines import require
from tests.proof.sorting import libreoffice_edit

OWN = (
    ExtraColumn("How sure?", asked=["Low", "High"]),
    ExtraColumn("Support", asked="text", of="manager", on="reviews"),
)
"""Columns of an organization's own."""

pytestmark = [pytest.mark.engines, pytest.mark.slow]


def typed(book: Book, *cells: tuple[str, str, str, Any]) -> list[dict[str, Any]]:
    """Edits that type into cells: table, id of the row, column, value."""
    return [{"set": [*where(book, table, f"k:{key}", column), value]} for table, key, column, value in cells]


def test_a_year_in_libreoffice(tmp_path: Path) -> None:
    """What was typed in LibreOffice stands in the team's workbook and in the next cycle's, whatever was moved."""
    require("libreoffice")
    roster = family(Answers(cycles=(this_cycle(),))).with_options(extra_columns=OWN)
    ana, mia = roster.person("A"), roster.team("M")
    own, team = person_book(ana.view), team_book(mia.view)
    in_hers = [
        *typed(
            own,
            ("assessment", "talks", "skill", 2),
            ("assessment", "talks", "interest", "n/a"),
            ("assessment", "talks", "own_how_sure", "High"),
            ("assessment", "pricing", "skill", "0"),
            ("assessment", "pricing", "evidence", "+1 for Cy?\nAsk Cy"),
            ("items", "1", "activity", "Pricing"),
            ("items", "1", "action", "Shadow sales"),
            ("lines", "new-1", "title", "Course"),
            ("lines", "new-1", "category", "Training"),
            ("lines", "new-1", "estimate", 499.9),
        ),
        {"sort": ["Assessment", "A10:AZ15", 2, False, False]},
        {"insert_rows": ["Plan", 3, 2]},
        {"insert_columns": ["Assessment", "F", 1]},
        {"rename": ["Training budget", "Geld"]},
        {"via_ods": True},
    ]
    votes = [
        ("reviews", "A:talks", "manager", 1),
        ("reviews", "A:pricing", "agreed", 1),
        ("reviews", "A:talks", "note", "=1+1"),
        ("reviews", "A:talks", "own_support", "Ask Cy"),
    ]
    in_teams = [
        *typed(team, *votes),
        {"insert_columns": ["Reviews", "F", 1]},
        {"sort": ["Reviews", "A6:AZ19", 2, False, False]},
        {"insert_rows": ["Reviews", 12, 2]},
        {"rename": ["Reviews", "My team"]},
        {"via_ods": True},
    ]
    out = tmp_path / "out"
    out.mkdir()
    (out / "ana.xlsx").write_bytes(libreoffice_edit(ana.to_bytes(), in_hers))
    (out / "team.xlsx").write_bytes(libreoffice_edit(mia.to_bytes(), in_teams))

    collected = collect(out, roster=roster)
    collected.save(tmp_path / "answers")

    assert {(p.code, p.severity) for p in collected.problems} == {("nothing-came", "note"), ("read-as-number", "note")}
    answers = load_answers(tmp_path / "answers")
    assert {(r.activity, str(r.source)): (r.skill, r.interest) for r in answers.ratings} == {
        ("talks", "self"): (2, "n/a"),
        ("pricing", "self"): (0, None),
        ("talks", "manager"): (1, None),
        ("pricing", "agreed"): (1, None),
    }
    own_answers = {(each.cycle, str(each.source), each.column, each.value) for each in answers.own_answers}
    assert own_answers == {("2026", "self", "how_sure", "High"), ("2026", "manager", "support", "Ask Cy")}
    merged = team_book(family(answers).with_options(extra_columns=OWN).team("M").view)
    row = next(row for row in merged.tables["reviews"].rows if row["key"] == "k:A:talks")
    assert (row["skill"], row["manager"], row["own_how_sure"], row["own_support"]) == (2, 1, "High", "Ask Cy")
    assert merged.tables["lines"].rows[0]["title"] == "Course"

    next_year = Cycle(id="2027", label="Spring 2027", date=date(2027, 3, 1))
    later = Roster(small_catalog(), roster.reading, next_year, roster.policy, next_year.date, "USD", answers=answers)
    later = later.with_options(extra_columns=OWN)
    rows = {row["key"]: row for row in person_book(later.person("A").view).tables["assessment"].rows}
    empty = {(row["skill"], row["interest"], row["evidence"], row.get("own_how_sure")) for row in rows.values()}
    assert empty == {(None, None, "", None)}
    assert (rows["k:talks"]["last_time"], rows["k:pricing"]["last_time"]) == (2, 0)  # what was agreed is not shared
