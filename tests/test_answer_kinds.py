"""A scale and a kind of answer that are only declared go the whole way: out, filled in, back, kept, moved, forgotten.

The declarations, a tab and its form are all that is said of them here; no module that collects, merges, carries over,
saves, loads, exports, erases or migrates knows their names.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any

import pytest

import growthsheet as gs
from growthsheet.expr import serial
from growthsheet.model.answers import KINDS, AnswerKind
from growthsheet.model.parts import Id, Key, Part, Text
from growthsheet.model.ratings import RatingValue, ScaleWords
from growthsheet.roster.roster import Roster
from growthsheet.sheets import books, forms
from growthsheet.views.person import PersonView
from growthsheet.workbook.blocks import Sheet
from growthsheet.workbook.forms import InputTable, answer_row
from growthsheet.workbook.tables import KEY, Table, TableData, data_column, input_column
from growthsheet.xlsx.reader.returned_workbook import read_returned_workbook
from tests.making import family, scale, small_catalog, this_cycle, where
from tests.proof.hands import Hands

ANA, BO = "people/Ana-Ruiz-A.xlsx", "people/Bo-Lee-B.xlsx"
HEARD, WENT = "Heard by Bo Lee:\ntwo calls", date(2026, 2, 14)


class Rating(gs.Rating):
    """A rating on a fourth scale, too."""

    confidence: Annotated[
        RatingValue, ScaleWords("Confidence", "How sure are you?", "Confidence: how sure are you?")
    ] = None


class OfActivity(Part):
    """What was fed back about a person in an activity."""

    cycle: Id
    person: Key
    activity: Id
    words: Text = ""
    hours: RatingValue = None
    day: date | None = None


class OfRow(Part):
    """The same, any number of times."""

    id: Text = ""
    person: Key
    activity: str = ""
    words: Text = ""
    hours: RatingValue = None
    day: date | None = None


CHOICES = {"activity": "activities"}
BY_ACTIVITY = AnswerKind("feedback", OfActivity, "feedback.csv", ("cycle", "person", "activity"), "feedback {activity}")
BY_ROW = AnswerKind("feedback", OfRow, "feedback.csv", ("person", "id"), "feedback {id}", choices=CHOICES)
COLUMNS = (
    input_column("words", "Words", "note"),
    input_column("hours", "Hours", "rating"),
    input_column("day", "Day", "date"),
)
TABLES = {
    BY_ACTIVITY: Table("feedback", (data_column("key"), *COLUMNS)),
    BY_ROW: Table("feedback", (data_column("key"), input_column("activity", "For", "name"), *COLUMNS)),
}
ROWS = {BY_ACTIVITY: "talks", BY_ROW: "1"}
"""The key of the row that people type into."""


@pytest.fixture(params=(BY_ACTIVITY, BY_ROW), ids=("by activity", "by row"))
def kind(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> AnswerKind:
    """The kind of answer: declared, with its tab and its form, and beside it a rating with four scales."""
    small_catalog()  # made, and kept, before a fourth scale is declared, which it lacks
    declared: AnswerKind = request.param
    table, of_rows = TABLES[declared], declared is BY_ROW

    def tab(view: PersonView) -> Sheet:
        there = view.answers.get("feedback", ())
        by_key = {each.id if of_rows else each.activity: each for each in there}
        keys = dict.fromkeys([*by_key, "1", "2", "3"] if of_rows else view.activities)
        names = {"activities": {activity.id: activity.name for activity in small_catalog().activities}}
        cells = {key: answer_row(table, declared, answer, names) for key, answer in by_key.items()}
        rows = [{"key": KEY + key, **cells.get(key, {})} for key in keys]
        return Sheet("Feedback", "What others told you.", (TableData(table, rows),), main="feedback")

    monkeypatch.setitem(KINDS, "ratings", replace(KINDS["ratings"], model=Rating))
    monkeypatch.setitem(KINDS, "feedback", declared)
    form = forms.person_form()  # made anew, with the fourth scale
    more = InputTable("feedback", (table,), extended=of_rows)
    monkeypatch.setitem(forms.FORMS, "person", replace(form, tables=(*form.tables, more)))
    monkeypatch.setattr(books, "PERSON_TABS", (*books.PERSON_TABS, (tab, "")))
    return declared


def catalog(*points: int, **changes: Any) -> gs.Catalog:
    """The small catalog with a fourth scale, which has to be declared first."""
    fields = {name: getattr(small_catalog(), name) for name in gs.Catalog.model_fields}
    return gs.Catalog(
        **fields | {"scales": (*small_catalog().scales, scale("confidence", *points))} | changes
    ).checked()


def nobody(**options: Any) -> Roster:
    """Mia's and Zoe's people, of whom nobody has said anything yet."""
    return replace(family(gs.Answers(cycles=(this_cycle(),)), **options), catalog=catalog(0, 1, 2))


def fill(path: Path, roster: Roster, id: str, typed: Mapping[tuple[str, str, str], Any]) -> None:
    """Type into a person's workbook: (table, key of the row, column) -> value."""
    hands, book = Hands(path.read_bytes()), roster.person(id).book()
    for (table, key, column), value in typed.items():
        hands.cell(*where(book, table, KEY + key, column)).type(value)
    path.write_bytes(hands.save())


def filled(folder: Path, kind: AnswerKind) -> Path:
    """Workbooks in which Ana and Bo typed a rating on the fourth scale and some feedback."""
    roster, row = nobody(), ROWS[kind]
    gs.build(roster, folder, books=("people",))
    for path, id, level in ((ANA, "A", 2), (BO, "B", 0)):
        typed = {("assessment", "talks", "confidence"): level, ("assessment", "talks", "skill"): 3}
        typed |= {("feedback", row, "words"): HEARD, ("feedback", row, "hours"): level}
        typed |= {("feedback", row, "day"): serial(WENT)}
        typed |= {("feedback", row, "activity"): "Customer talks"} if kind is BY_ROW else {}
        fill(folder / path, roster, id, typed)
    return folder


_FILLED: dict[bool, Mapping[str, bytes]] = {}


def given_out(folder: Path, kind: AnswerKind) -> Path:
    """Such a folder, which is made once for each kind."""
    if (by_row := kind is BY_ROW) not in _FILLED:
        with TemporaryDirectory() as name:
            files = [path for path in filled(Path(name), kind).rglob("*") if path.is_file()]
            _FILLED[by_row] = {path.relative_to(name).as_posix(): path.read_bytes() for path in files}
    for name, data in _FILLED[by_row].items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def said(answers: gs.Answers) -> dict[str, tuple[Any, ...]]:
    """Person -> the confidence in talks, and what the feedback says."""
    found: dict[str, tuple[Any, ...]] = {
        each.person: (each.confidence,)  # type: ignore[attr-defined]
        for each in answers.ratings
        if each.confidence is not None  # type: ignore[attr-defined]
    }
    for each in answers.of(KINDS["feedback"]):
        found[each.person] = (*found.get(each.person, ()), each.activity, each.words, each.hours, each.day)
    return found


def standing(path: Path) -> list[Any]:
    """What stands in a workbook's cells for confidence and feedback."""
    tables = read_returned_workbook(path, path.name, forms.FORMS).tables
    cells: Iterable[Any] = (
        cell.value
        for table in ("assessment", "feedback")
        for row in tables[table]
        for column, cell in row.cells.items()
        if table == "feedback" or column == "confidence"
    )
    return [value for value in cells if value is not None]


OF_ANA, OF_BO = (2, "talks", HEARD, 2, WENT), (0, "talks", HEARD, 0, WENT)


def collected(tmp_path: Path, kind: AnswerKind) -> Path:
    """A folder with the answers that came back."""
    result = gs.collect(given_out(tmp_path / "out", kind) / "people", roster=nobody())
    assert [problem for problem in result.problems if problem.code != "nothing-came"] == []
    assert said(result.answers) == {"A": OF_ANA, "B": OF_BO}
    result.save(tmp_path / "answers")
    return tmp_path / "answers"


def in_workbook(kind: AnswerKind) -> list[Any]:
    """What should stand in Ana's workbook."""
    return [2, *(["Customer talks"] if kind is BY_ROW else []), HEARD, 2, WENT]


def test_they_are_collected_saved_and_loaded(tmp_path: Path, kind: AnswerKind) -> None:
    """What two people typed comes back, and a folder of answers gives it again, without a problem."""
    assert said(gs.load_answers(collected(tmp_path, kind))) == {"A": OF_ANA, "B": OF_BO}


def test_they_stand_in_the_next_workbook(tmp_path: Path, kind: AnswerKind) -> None:
    """A workbook that is built with the answers shows them in its cells, and gives them back when it is collected."""
    roster = nobody().with_answers(gs.load_answers(collected(tmp_path, kind)))
    gs.build(roster, tmp_path / "again", books=("people",))
    assert standing(tmp_path / "again" / ANA) == in_workbook(kind)
    again = gs.collect(tmp_path / "again" / ANA, roster=roster)
    assert (again.answers, again.counts["accepted"]) == (roster.answers, 1)


def test_a_second_collection_loses_nothing(tmp_path: Path, kind: AnswerKind) -> None:
    """Only Bo's file comes again, with one cell changed and the others blank: all else stays as it was."""
    answers = collected(tmp_path, kind)
    gs.build(nobody(), tmp_path / "later", books=("people",))
    new = {("assessment", "talks", "confidence"): 1, ("feedback", ROWS[kind], "hours"): 4}
    fill(tmp_path / "later" / BO, nobody(), "B", new)
    expected = {"A": OF_ANA, "B": (1, "talks", HEARD, 4, WENT)}
    knowing = nobody().with_answers(gs.load_answers(answers))
    assert said(gs.collect(tmp_path / "later" / BO, roster=knowing).answers) == expected
    gs.collect(tmp_path / "later" / BO, roster=nobody()).save(answers)
    assert said(gs.load_answers(answers)) == expected


def test_an_untouched_workbook_changes_nothing(tmp_path: Path, kind: AnswerKind) -> None:
    """Feedback that was written by hand, its row numbered like a spare one, is the same answer when it comes back."""
    own = {"id": "1"} if kind is BY_ROW else {"cycle": this_cycle().id}
    answer = kind.model(person="A", activity="talks", words=HEARD, **own)
    roster = nobody().with_answers(gs.Answers(cycles=(this_cycle(),), feedback=(answer,)))
    gs.build(roster, tmp_path, books=("people",))
    assert gs.collect(tmp_path / ANA, roster=roster).answers.of(kind) == (answer,)


def test_files_that_differ_are_told(tmp_path: Path, kind: AnswerKind) -> None:
    """Two files of one person with different feedback are a conflict, and what was said before stays."""
    earlier = gs.load_answers(collected(tmp_path, kind))
    out, roster = tmp_path / "out", nobody()
    (tmp_path / "out" / "people" / "copy.xlsx").write_bytes((out / ANA).read_bytes())
    fill(out / "people" / "copy.xlsx", roster, "A", {("feedback", ROWS[kind], "hours"): 4})
    found = gs.collect(out / "people", roster=roster.with_answers(earlier))
    conflicts = [problem.found for problem in found.problems if problem.code == "conflict"]
    assert any("Feedback!" in told for told in conflicts)
    assert said(found.answers) == {"A": OF_ANA, "B": OF_BO}


def test_they_are_carried_over(tmp_path: Path, kind: AnswerKind) -> None:
    """``--update`` makes the workbook again where it lies; what was typed stands in the new one."""
    folder = given_out(tmp_path / "out", kind)
    report = gs.build(nobody(blind=True), folder, books=("people",), update=True)
    assert (report.counts["updated"], report.problems, report.notes) == (2, (), ())
    assert standing(folder / ANA) == in_workbook(kind)


def test_one_persons_are_handed_over_and_erased(tmp_path: Path, kind: AnswerKind) -> None:
    """Export gives Ana's alone; erasing takes Ana's alone, and tells where Bo's words name a person."""
    answers = collected(tmp_path, kind)
    gs.export_person(answers, "A", tmp_path / "hers")
    assert said(gs.load_answers(tmp_path / "hers")) == {"A": OF_ANA}
    touched = gs.forget_person(answers, "A")
    assert touched.files == ("responses.csv: erased", "answers.csv: 2 rows erased")
    assert said(gs.load_answers(answers)) == {"B": OF_BO}


def test_words_that_name_somebody_are_told(tmp_path: Path, kind: AnswerKind) -> None:
    """When Bo is erased, the feedback of others that names Bo is listed for somebody to decide."""
    collected(tmp_path, kind)
    places = {problem.place for problem in gs.forget_person(tmp_path, "B").left}
    assert "answers/feedback.csv: words of an entry of A" in places


def test_they_move_with_a_renamed_activity(tmp_path: Path, kind: AnswerKind) -> None:
    """A renamed activity takes them along; a value that is not on the new scale is told, and stands in the note."""
    answers = gs.load_answers(collected(tmp_path, kind))
    renamed = small_catalog().activities[0].model_copy(update={"id": "hearing", "replaces": ("talks",)})
    roles = [
        role.model_copy(update={"expected": {"hearing": 2}, "importance": {}, "core": ()})
        for role in small_catalog().roles
    ]
    new = catalog(0, 1, version="2.0", activities=(renamed, *small_catalog().activities[1:]), roles=tuple(roles))
    moved, report = gs.migrate(answers, catalog(0, 1, 2), new)
    assert said(moved) == {"A": ("hearing", *OF_ANA[2:]), "B": (0, "hearing", *OF_BO[2:])}
    assert [problem.found for problem in report.problems] == [
        "confidence 2 (Point 2) is not on the new scale; left blank and marked"
    ]
