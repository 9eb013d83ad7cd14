"""Columns of an organization's own go the whole way: out, filled in, back, kept, moved, forgotten."""

from __future__ import annotations

import pickle
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from math import inf
from pathlib import Path
from typing import Any

import pytest

import growthsheet as gs
from growthsheet.expr import Node, divided, larger, measure, when
from growthsheet.roster.plans import Plan, Team
from growthsheet.roster.roster import Roster
from growthsheet.workbook.values import Values
from tests.making import family, prove, rating, small_catalog, this_cycle, where
from tests.proof.hands import Hands

ANA, BO, MIA = "people/Ana-Ruiz-A.xlsx", "people/Bo-Lee-B.xlsx", "teams/Mia-Boss-M.xlsx"


@measure
def hours_a_level(hours: Node, gap: Node) -> Node:
    """The hours for each level that is missing."""
    return divided(hours, larger(gap, 1))


@measure
def long_way(hours_a_level: Node) -> Node:
    """Says so where a level takes more than ten hours."""
    return when(hours_a_level > 10, 1, 0)


GIVEN: dict[Any, Any] = {"pricing": "Pricing basics", ("A", "talks"): "Interviewing", ("Z", "roadmap"): "Not Mia's"}
COURSE = gs.ExtraColumn("Course", values=GIVEN)
SURE = gs.ExtraColumn("How sure?", asked=["Low", "High"], note="How sure are you?")
HOURS = gs.ExtraColumn("Hours", asked="number")
SUPPORT = gs.ExtraColumn("Support", asked="text", of="manager", on="reviews")
MEASURED = gs.ExtraColumn("Hours a level", measure=hours_a_level), gs.ExtraColumn("Long way", measure=long_way)
COLUMNS = (COURSE, SURE, HOURS, SUPPORT, *MEASURED)


def ours(answers: gs.Answers | None = None, columns: Sequence[gs.ExtraColumn] = COLUMNS, **options: Any) -> Roster:
    """Mia's and Zoe's people, who have rated nothing, with the columns."""
    nothing = gs.Answers(cycles=(this_cycle(),))
    return family(answers or nothing).with_options(extra_columns=columns, **options)


def of_row(made: Plan | Team, key: str) -> dict[str, Any]:
    """The extra cells in a row, as Python works them out."""
    book = made.book()
    rows = book.tables["assessment" if isinstance(made, Plan) else "reviews"]
    at = [row["key"] for row in rows.rows].index(key)
    columns = [column.key for column in rows.table.columns if column.key.startswith("own_")]
    return {key.removeprefix("own_"): Values(book).column(rows.table.name, key)[at] for key in columns}


def fill(path: Path, made: Plan | Team, typed: Mapping[tuple[str, str], Any]) -> None:
    """Type into a workbook: (key of the row, column) -> value."""
    hands, book = Hands(path.read_bytes()), made.book()
    table = "assessment" if isinstance(made, Plan) else "reviews"
    for (key, column), value in typed.items():
        hands.cell(*where(book, table, key, f"own_{column}")).type(value)
    path.write_bytes(hands.save())


def filled(folder: Path) -> Path:
    """Workbooks in which Ana, Bo and Mia typed."""
    roster = ours()
    gs.build(roster, folder)
    fill(folder / ANA, roster.person("A"), {("k:talks", "how_sure"): "high", ("k:talks", "hours"): 12.5})
    fill(folder / BO, roster.person("B"), {("k:talks", "how_sure"): "Low"})
    fill(folder / MIA, roster.team("M"), {("k:A:talks", "support"): "Takes Ana along; Bo Lee, too"})
    return folder


OWN = {
    ("A", "talks", "self", "how_sure"): "High",
    ("A", "talks", "self", "hours"): "12.5",
    ("A", "talks", "manager", "support"): "Takes Ana along; Bo Lee, too",
    ("B", "talks", "self", "how_sure"): "Low",
}


def own(answers: gs.Answers) -> dict[tuple[str, ...], str]:
    """What was typed, by person, activity, source and column."""
    return {(each.person, each.activity, str(each.source), each.column): each.value for each in answers.own_answers}


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    """A folder with the answers that came back."""
    result = gs.collect(filled(tmp_path / "out"), catalog=small_catalog())  # no roster: the workbooks tell of them
    assert [problem for problem in result.problems if problem.severity == "error"] == []
    assert result.own_answers().columns == ("cycle", "person_id", "activity_id", "source", "column", "value", "number")
    assert (own(result.answers), {*result.own_answers()["number"]}) == (OWN, {None, 12.5})
    result.save(tmp_path / "answers")
    return tmp_path / "answers"


def test_they_stand_where_people_type() -> None:
    """A person's tab and the manager's hold what is given and asked, each after the last column to type into."""
    plan, team = ours().person("A"), ours().team("M")
    blank = {"how_sure": None, "hours": None, "hours_a_level": None, "long_way": None}
    assert of_row(plan, "k:talks") == {"course": "Interviewing", **blank}
    assert of_row(plan, "k:pricing") == {"course": "Pricing basics", **blank}
    assert of_row(team, "k:A:talks") == {"course": "Interviewing", **blank, "support": None}
    assert "Not Mia's" not in str([*plan.book().tables.values(), *team.book().tables.values()])
    columns = [column.key for column in plan.book().tables["assessment"].table.columns]
    assert columns[columns.index("evidence") + 1] == "own_course"


@pytest.mark.engines
def test_measures_are_proven_in_engines(answers: Path) -> None:
    """A measured column reads asked and measured ones; the engines find the same as Python."""
    roster = ours().with_answers(gs.load_answers(answers))
    assert of_row(roster.person("A"), "k:talks")["hours_a_level"] is None  # no gap without a rating
    rated = {"ratings": (rating("A", "talks", 1, 2, 3),), "cycles": (this_cycle(),)}
    both = gs.load_answers(answers).model_copy(update=rated)
    for made, key in ((ours(both).person("A"), "k:talks"), (ours(both).team("M"), "k:A:talks")):
        row = of_row(made, key)
        assert (row["how_sure"], row["hours"], row["hours_a_level"], row["long_way"]) == ("High", 12.5, 12.5, 1)
        prove(made.to_bytes())
    words = {row["number"]: row["words"] for row in ours().person("A").book().tables["method"].rows}
    assert words["Hours a level"] == "The hours for each level that is missing."


def test_the_manager_sees_what_the_person_typed(answers: Path) -> None:
    """A workbook that is made again shows what was typed in the cycle, and gives it back; the person's not all."""
    roster = ours().with_answers(gs.load_answers(answers))
    assert of_row(roster.person("A"), "k:talks")["how_sure"] == "High"
    seen = of_row(roster.team("M"), "k:A:talks")
    assert (seen["how_sure"], seen["hours"], seen["support"]) == ("High", 12.5, "Takes Ana along; Bo Lee, too")
    assert "Takes Ana along" not in str(roster.person("A").book().tables)
    gs.build(roster, answers.parent / "again")
    assert own(gs.collect(answers.parent / "again", roster=roster).answers) == OWN


def test_the_next_cycle_asks_anew(answers: Path, tmp_path: Path) -> None:
    """An answer of an earlier cycle is not shown as one of this, and stays beside it in the files."""
    later = gs.Cycle(id="2027", date=date(2027, 3, 1))
    roster = replace(ours().with_answers(gs.load_answers(answers)), cycle=later)
    made = roster.person("A")
    assert (of_row(made, "k:talks")["how_sure"], of_row(roster.team("M"), "k:A:talks")["support"]) == (None, None)
    gs.build(roster, tmp_path / "next")
    fill(tmp_path / "next" / ANA, made, {("k:talks", "how_sure"): "Low"})
    found = gs.collect(tmp_path / "next" / ANA, roster=roster)
    assert "kept-earlier" not in {problem.code for problem in found.problems}
    found.save(answers)
    own = gs.load_answers(answers).own_answers
    said = [(each.cycle, each.value) for each in own if (each.person, each.column) == ("A", "how_sure")]
    assert said == [("2026", "High"), ("2027", "Low")]


def test_they_are_carried_over(tmp_path: Path) -> None:
    """``update`` makes the workbooks again where they lie; a roster without a column says what it leaves out."""
    folder = filled(tmp_path)
    report = gs.build(ours(core=True), folder, update=True)
    assert (report.counts["updated"], report.problems, report.notes) == (3, (), ())
    assert own(gs.collect(folder, roster=ours()).answers) == OWN
    left = gs.build(ours(columns=[HOURS]), folder, update=True).notes
    assert any("how_sure of talks (A, self)" in note.found for note in left)


def test_one_persons_are_handed_over_and_erased(answers: Path, tmp_path: Path) -> None:
    """Export gives Ana's alone; erasing takes Ana's alone, and a manager's words that name Bo are told."""
    gs.export_person(answers, "A", tmp_path / "hers")
    assert own(gs.load_answers(tmp_path / "hers")) == {key: value for key, value in OWN.items() if key[0] == "A"}
    places = {problem.place for problem in gs.forget_person(tmp_path, "B").left}
    assert "answers/own-answers.csv: value of an entry of A" in places
    gs.forget_person(answers, "A")
    assert own(gs.load_answers(answers)) == {}


def test_they_move_with_a_renamed_activity(answers: Path) -> None:
    """A renamed activity takes along what was typed about it."""
    new = small_catalog().renamed("talks", "Hearing customers").without("coaching")
    renamed = new.activities[0].model_copy(update={"id": "hearing", "replaces": ("talks",)})
    roles = [role.model_copy(update={"expected": {"hearing": 2}, "importance": {}, "core": ()}) for role in new.roles]
    changed = new.model_copy(update={"version": "2", "activities": (renamed, *new.activities[1:]), "roles": roles})
    moved, _ = gs.migrate(gs.load_answers(answers), small_catalog(), changed)
    assert {key[1] for key in own(moved)} == {"hearing"}


def test_what_cannot_be_read_is_told_with_its_cell(tmp_path: Path) -> None:
    """A word that is not in the list, and a text for a number, are problems; the rest is taken."""
    roster = ours()
    gs.build(roster, tmp_path)
    typed = {("k:talks", "how_sure"): "Middling", ("k:talks", "hours"): "many", ("k:pricing", "hours"): "1,5"}
    fill(tmp_path / ANA, roster.person("A"), typed)
    result = gs.collect(tmp_path / ANA, roster=roster)
    told = {(problem.code, problem.about) for problem in result.problems if problem.about}
    assert told >= {("unknown-label", "Ana Ruiz, Customer talks, how_sure")}
    assert "not-a-number" in {problem.code for problem in result.problems}
    assert own(result.answers) == {("A", "pricing", "self", "hours"): "1.5"}


def test_workbooks_of_one_layout_are_those_written_alone(tmp_path: Path) -> None:
    """Workbooks that are filled in by one layout have each person's own cells; workers make the same."""
    roster = ours()
    gs.build(roster, tmp_path / "one", workers=1)
    for path, id in ((ANA, "A"), (BO, "B")):
        assert (tmp_path / "one" / path).read_bytes() == roster.person(id).to_bytes()
    assert pickle.loads(pickle.dumps(roster.context)).extra_columns == COLUMNS
    again = gs.build(ours(), tmp_path / "one")
    other = gs.build(roster.with_options(extra_columns=[COURSE]), tmp_path / "one")
    assert (again.counts["unchanged"], other.counts["written"]) == (9, 9)


@pytest.mark.parametrize(
    "fields",
    [
        {"values": {"talks": 1}, "asked": "text"},
        {},
        {"asked": "date"},
        {"asked": ["Low", "low"]},
        {"asked": []},
        {"values": {1: "x"}},
        {"values": {"talks": True}},
        {"values": {"talks": inf}},
        {"values": ["talks"]},
        {"measure": len},
        {"measure": hours_a_level, "of": "manager"},
        {"asked": "text", "id": "2nd"},
        {"asked": "text", "on": "plan"},
    ],
)
def test_a_column_that_is_none_is_refused(fields: dict[str, Any]) -> None:
    """Each wrong column is one problem."""
    with pytest.raises(gs.InputError) as caught:
        gs.ExtraColumn("Hours", **fields)
    assert len(caught.value.problems) == 1


def test_columns_that_do_not_fit_are_told_together() -> None:
    """A header that is there, a measure of nothing, and an activity that the catalog lacks are told at once."""
    columns = [
        gs.ExtraColumn("Gap", asked="number"),
        gs.ExtraColumn("Level", measure=hours_a_level),
        gs.ExtraColumn("Course", values={"princing": "x"}),
    ]
    with pytest.raises(gs.InputError) as caught:
        family().with_options(extra_columns=columns)
    told = [(problem.code, problem.place, problem.hint) for problem in caught.value.problems]
    assert [code for code, _, _ in told] == ["extra-column", "extra-column", "unknown-activity"]
    assert told[2][1:] == ("extra_columns: 'Course'", "did you mean 'pricing'?")


def test_values_for_people_who_are_not_on_the_roster_are_told() -> None:
    """A note names each id that gets no value, with the nearest person who has none; a build tells it, too."""
    assert ours().problems == ()
    course = gs.ExtraColumn("Course", values={("A", "talks"): "x", ("a0", "talks"): "x", ("b", "talks"): "y"})
    [note] = ours(columns=[course]).problems
    assert (note.code, note.place, note.severity) == ("unknown-person", "extra_columns: 'Course'", "note")
    assert note.found == "values for 2 people not on the roster, so not shown: 'a0', 'b' (is it 'B'?)"
