"""build --update: workbooks that people filled in are made again where they lie, and nothing typed is lost."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import replace
from datetime import date
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import openpyxl
import pytest

import growthsheet as gs
from growthsheet.errors import OutputError
from growthsheet.model import Answers, Cycle
from growthsheet.returns import carry_over
from growthsheet.returns.waiting import WAITING, load_waiting, save_waiting
from growthsheet.roster.roster import Roster, Team
from growthsheet.sheets.forms import FORMS
from growthsheet.storage import manifest
from growthsheet.storage.atomic import sha256
from growthsheet.xlsx.reader.returned_workbook import read_returned_workbook
from growthsheet.xlsx.writer.layout import Layout
from tests.making import family, person, rating, said, salary, this_cycle, where
from tests.proof.hands import Cell, Hands
from tests.returns.test_collect import fill

pytestmark = pytest.mark.slow

ANA, BO, CY, TEAM = "people/Ana-Ruiz-A.xlsx", "people/Bo-Lee-B.xlsx", "people/Cy-Kim-C.xlsx", "teams/Mia-Boss-M.xlsx"

BY_ANA = (
    ("assessment", "talks", "skill", 2),
    ("assessment", "talks", "interest", "n/a"),
    ("assessment", "data", "skill", 3),
    ("assessment", "data", "evidence", "Built the =dashboards"),
    ("items", "1", "activity", "Pricing"),
    ("items", "1", "action", "Shadow sales"),
    ("items", "1", "due", date(2026, 9, 1)),
    ("items", "1", "status", "Open"),
    ("lines", "new-1", "title", "Course"),
    ("lines", "new-1", "category", "Training"),
    ("lines", "new-1", "status", "Requested"),
    ("lines", "new-1", "estimate", 499.9),
)
BY_MIA = (
    ("reviews", "A:talks", "manager", 1),
    ("reviews", "A:data", "agreed", 2),
    ("reviews", "A:data", "note", "Shown in June"),
    ("lines", "new-1", "title", "Offsite"),
    ("lines", "new-1", "status", "Approved"),
    ("lines", "new-1", "actual", 1000),
)


def nobody(**options: Any) -> Roster:
    """Mia's and Zoe's people, of whom nobody has said anything yet."""
    return family(Answers(cycles=(this_cycle(),)), **options)


def changed(roster: Roster, id: str, **changes: Any) -> Roster:
    """The roster with somebody changed."""
    people = tuple(p.model_copy(update=changes) if p.id == id else p for p in roster.reading.people)
    return replace(roster, reading=replace(roster.reading, people=people))


def filled_anew(folder: Path, roster: Roster) -> Path:
    """A folder of workbooks in which Ana and her manager typed something."""
    gs.build(roster, folder)
    fill(folder / ANA, roster.person("A"), BY_ANA)
    fill(folder / TEAM, roster.team("M"), BY_MIA)
    return folder


@cache
def workbooks() -> Mapping[str, bytes]:
    """The files of such a folder, by their paths."""
    with TemporaryDirectory() as folder:
        files = [path for path in filled_anew(Path(folder), nobody()).rglob("*") if path.is_file()]
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def filled(folder: Path) -> Path:
    """A copy of such a folder."""
    for name, data in workbooks().items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def contents(folder: Path) -> dict[str, str]:
    """The hash of every file below a folder."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): sha256(path.read_bytes()) for path in files}


def typed(path: Path) -> dict[tuple[str, str, str], Any]:
    """What stands in a workbook's input cells, by table, key of the row, and column."""
    book = read_returned_workbook(path, path.name, FORMS)
    return {
        (table, row.key.removeprefix("k:"), column): cell.value
        for table, rows in book.tables.items()
        for row in rows
        for column, cell in row.cells.items()
        if cell.value not in (None, "")
    }


def said_in(path: Path) -> dict[tuple[str, str], list[Any]]:
    """The same without the keys: rows that were added have got one."""
    found: dict[tuple[str, str], list[Any]] = {}
    for (table, _, column), value in sorted(typed(path).items()):
        found.setdefault((table, column), []).append(value)
    return found


def shown(path: Path, team: Team, key: str, column: str) -> Any:
    """What a cell of a team's reviews shows."""
    sheet, ref = where(team.book(), "reviews", f"k:{key}", column)
    return openpyxl.load_workbook(path, data_only=True)[sheet][ref].value


def backups(folder: Path) -> list[str]:
    """The hashes of all backups."""
    return sorted(sha256(path.read_bytes()) for path in folder.rglob("*.backup-*.xlsx"))


def codes(report: gs.Report) -> list[str]:
    """The codes of a run's problems and notes."""
    return [problem.code for problem in (*report.problems, *report.notes)]


def test_everything_typed_is_carried_over(tmp_path: Path) -> None:
    """Ratings, evidence, plan items and lines stand in the new workbook as in the old one, which is kept."""
    folder = filled(tmp_path)
    before = {path: (sha256((folder / path).read_bytes()), said_in(folder / path)) for path in (ANA, TEAM)}
    report = gs.build(nobody(blind=True), folder, update=True)
    assert report.counts == {"unchanged": 1, "updated": 2, "written": 6}
    assert codes(report) == []
    assert said_in(folder / ANA) == before[ANA][1]
    assert backups(folder) == sorted(digest for digest, _ in before.values())
    after = said_in(folder / TEAM)
    assert {column: after[column] for column in before[TEAM][1] if column[0] == "reviews"} == {
        ("reviews", "manager"): [1],
        ("reviews", "agreed"): [2],
        ("reviews", "note"): ["Shown in June"],
    }
    assert (after["lines", "title"], after["lines", "person"]) == (["Offsite", "Course"], ["Ana Ruiz"])
    assert shown(folder / TEAM, nobody().team("M"), "A:talks", "skill") == 2


@pytest.mark.parametrize(
    "pool",
    [nullcontext, partial(ThreadPoolExecutor, 2), partial(ProcessPoolExecutor, 2)],
    ids=["here", "threads", "processes"],
)
def test_a_second_run_changes_nothing(tmp_path: Path, pool: Any) -> None:
    """What was carried over once is carried over again; where nothing else changes, not one byte does."""
    with pool() as executor:
        gs.build(nobody(), filled(tmp_path), update=True, executor=executor)
        before = contents(tmp_path)
        report = gs.build(nobody(), tmp_path, update=True, executor=executor)
    assert report.counts == {"unchanged": 9}
    assert contents(tmp_path) == before
    assert gs.build(nobody(), tmp_path).counts == {"refused": 2, "unchanged": 7}


def test_dry_run(tmp_path: Path) -> None:
    """A dry run tells what would be carried over, and writes nothing."""
    before = contents(filled(tmp_path))
    report = gs.build(nobody(), tmp_path, update=True, dry_run=True)
    assert report.counts == {"unchanged": 7, "updated": 2}
    assert report.summary().startswith("Would write 2 workbooks")
    assert contents(tmp_path) == before


# -- the year --------------------------------------------------------------------------------------------------------


def starter(roster: Roster) -> Roster:
    """Eve has come to Mia's team, before everybody else."""
    people = (person("0", "Eve New", manager="M"), *roster.reading.people)
    return replace(roster, reading=replace(roster.reading, people=people))


def leaver(roster: Roster) -> Roster:
    """Ana has left."""
    staying = tuple(p for p in roster.reading.people if p.id != "A")
    gone = (*roster.reading.leavers, roster.person("A").person.model_copy(update={"end": date(2026, 2, 28)}))
    return replace(roster, reading=replace(roster.reading, people=staying, leavers=gone))


def raised(roster: Roster) -> Roster:
    """Ana earns more from April on."""
    pay = (*roster.reading.pay, salary("A", 130_000, start=date(2026, 4, 1)))
    return replace(roster, reading=replace(roster.reading, pay=pay))


@pytest.mark.parametrize(
    "change",
    [
        starter,
        raised,
        lambda roster: changed(roster, "A", fte=0.5),
        lambda roster: changed(roster, "A", target_role=""),
        lambda roster: changed(roster, "B", role="lead"),
    ],
    ids=["starter", "raise", "part-time", "target", "another's role"],
)
def test_changes_in_mid_year(tmp_path: Path, change: Any) -> None:
    """Somebody starts, earns more, works less, or takes another role: nothing that was typed is lost."""
    folder = filled(tmp_path)
    mine, team = said_in(folder / ANA), said_in(folder / TEAM)
    report = gs.build(change(nobody()), folder, update=True)
    assert (codes(report), report.counts["updated"]) == ([], 2)
    assert said_in(folder / ANA) == mine
    after = said_in(folder / TEAM)
    assert all(after[column] == values for column, values in team.items() if column[0] == "reviews")
    assert "Offsite" in after["lines", "title"]
    gs.build(change(nobody()), tmp_path / "fresh")
    assert (folder / "people/Xi-Far-X.xlsx").read_bytes() == (tmp_path / "fresh/people/Xi-Far-X.xlsx").read_bytes()


def test_a_role_change(tmp_path: Path) -> None:
    """Ratings of what the new role does not ask for are told and stay in the backup; the rest is carried over."""
    folder = filled(tmp_path)
    original = sha256((folder / ANA).read_bytes())
    before = said_in(folder / ANA)
    promoted = changed(nobody(), "A", role="lead")
    report = gs.build(promoted, folder, update=True)
    assert "data" not in promoted.person("A").view.activities
    assert [(note.code, note.place) for note in report.notes] == [("left-out", ANA), ("left-out", TEAM)]
    assert "data (A, self)" in report.notes[0].found
    assert "data (A, agreed), data (A, manager)" in report.notes[1].found
    assert original in backups(folder)
    assert said_in(folder / ANA) == {
        **{column: values for column, values in before.items() if column[0] != "assessment"},
        ("assessment", "skill"): [2],
        ("assessment", "interest"): ["n/a"],
    }
    assert said_in(folder / TEAM)["reviews", "manager"] == [1]
    assert ("reviews", "agreed") not in said_in(folder / TEAM)
    again = contents(folder)
    assert gs.build(promoted, folder, update=True).counts == {"unchanged": 9}
    assert contents(folder) == again


def test_a_role_change_after_an_update(tmp_path: Path) -> None:
    """What has no place any more is kept in a backup, even if the file itself was not touched since."""
    folder = filled(tmp_path)
    gs.build(nobody(), folder, update=True)
    carried = sha256((folder / ANA).read_bytes())
    assert carried not in backups(folder)
    report = gs.build(changed(nobody(), "A", role="lead"), folder, update=True)
    assert [note.code for note in report.notes] == ["left-out", "left-out"]
    assert carried in backups(folder)


def test_a_leaver(tmp_path: Path) -> None:
    """Who has left gets no workbook; the old one stays, and its lines keep their place in the team's budget."""
    folder = filled(tmp_path)
    before = (folder / ANA).read_bytes()
    report = gs.build(leaver(nobody()), folder, update=True)
    assert (folder / ANA).read_bytes() == before
    after = said_in(folder / TEAM)
    assert (after["lines", "title"], after["lines", "person"]) == (["Offsite", "Course"], ["Ana Ruiz"])
    assert [note.place for note in report.notes if note.code == "left-out"] == [TEAM]
    assert gs.build(leaver(nobody()), folder, update=True).counts == {"unchanged": 8}


def test_another_manager(tmp_path: Path) -> None:
    """What the former manager typed about somebody stands in the workbook of the new one."""
    folder = filled(tmp_path)
    moved = changed(nobody(), "A", manager="Z")
    report = gs.build(moved, folder, update=True)
    assert [note.code for note in report.notes] == []
    after = said_in(folder / "teams/Zoe-Top-Z.xlsx")
    assert (after["reviews", "manager"], after["reviews", "agreed"]) == ([1], [2])
    assert after["lines", "title"] == ["Course"]
    again = contents(folder)
    gs.build(moved, folder, update=True)
    assert contents(folder) == again


def test_another_manager_whose_team_is_not_made(tmp_path: Path) -> None:
    """Where only the former team is made, what it has no place for any more is told."""
    folder = filled(tmp_path)
    report = gs.build(changed(nobody(), "A", manager="Z"), folder, update=True, managers=["M"])
    assert [(note.code, note.place) for note in report.notes] == [("left-out", TEAM)]
    assert report.counts["updated"] == 1  # Ana's own is not among them


def test_another_manager_whose_file_cannot_be_read_once(tmp_path: Path) -> None:
    """What the former manager typed waits in tables, told by each run, until the new manager's workbook can be made."""
    folder, moved = filled(tmp_path), changed(nobody(), "A", manager="Z")
    target = folder / "teams/Zoe-Top-Z.xlsx"
    good = target.read_bytes()
    target.write_bytes(b"PK\3\4 no workbook")
    for _ in range(2):
        report = gs.build(moved, folder, update=True)
        assert [problem.place for problem in report.problems] == ["teams/Zoe-Top-Z.xlsx"]
        assert "waiting" in [note.code for note in report.notes]
    target.write_bytes(good)
    report = gs.build(moved, folder, update=True)
    assert (codes(report), (folder / WAITING).exists()) == ([], False)
    assert said_in(target)["reviews", "manager"] == [1]


def test_another_manager_whose_team_is_made_later(tmp_path: Path) -> None:
    """Where the teams are made one after the other, what was typed waits for the second one."""
    folder, moved = filled(tmp_path), changed(nobody(), "A", manager="Z")
    gs.build(moved, folder, update=True, managers=["M"])
    assert codes(gs.build(moved, folder, update=True, managers=["M"])) == ["waiting"]
    assert codes(gs.build(moved, folder, update=True)) == []
    assert said_in(folder / "teams/Zoe-Top-Z.xlsx")["reviews", "manager"] == [1]


@pytest.mark.parametrize("dry_run", [True, False])
def test_another_name_and_a_file_that_cannot_be_read(tmp_path: Path, dry_run: bool) -> None:
    """No blank workbook appears under the new name while the filled one cannot be read; that is told as an error."""
    folder = filled(tmp_path)
    (folder / ANA).write_bytes(b"PK\3\4 no workbook")
    renamed, new = changed(nobody(), "A", name="Ana Lopez"), folder / "people/Ana-Lopez-A.xlsx"
    report = gs.build(renamed, folder, update=True, dry_run=dry_run)
    assert [(problem.code, problem.place) for problem in report.problems] == [("damaged-zip", ANA)]
    assert (new.exists(), report.counts["refused"]) == (False, 1)
    report = gs.build(renamed, folder, update=True, dry_run=dry_run, force=True)
    assert [(note.code, note.place) for note in report.notes] == [("damaged-zip", ANA), ("former-file", ANA)]
    assert (new.exists(), (folder / ANA).read_bytes()) == (not dry_run, b"PK\3\4 no workbook")


def test_another_name_and_a_file_that_cannot_be_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that cannot be looked at is not one that is not there; the next run finds everything in it."""
    folder, renamed = filled(tmp_path), changed(nobody(), "A", name="Ana Lopez")
    before, new = said_in(folder / ANA), folder / "people/Ana-Lopez-A.xlsx"
    real = carry_over.fingerprint

    def failing(path: Path) -> str:
        if path == folder / ANA:
            raise OutputError("busy")
        return real(path)

    with monkeypatch.context() as patch:
        patch.setattr(carry_over, "fingerprint", failing)
        report = gs.build(renamed, folder, update=True)
    assert [(problem.code, problem.place) for problem in report.problems] == [("not-readable", ANA)]
    assert ((folder / ANA).exists(), new.exists()) == (True, False)
    assert gs.build(renamed, folder, update=True).problems == ()
    assert ((folder / ANA).exists(), said_in(new)) == (False, before)


def test_saved_without_typing(tmp_path: Path) -> None:
    """A workbook that somebody only opened and saved holds nothing that a later build would have to leave alone."""
    gs.build(nobody(), tmp_path)
    fill(tmp_path / BO, nobody().person("B"), ())
    assert gs.build(nobody(), tmp_path, update=True).counts == {"unchanged": 8, "updated": 1}
    assert manifest.load(tmp_path)[BO].updated is False


def test_what_waits_is_deleted_all_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run that is killed while it deletes the tables leaves none of them."""
    save_waiting(tmp_path, said())
    assert load_waiting(tmp_path).ratings != ()

    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(shutil, "rmtree", killed)
        with pytest.raises(KeyboardInterrupt):
            save_waiting(tmp_path, Answers())
    assert load_waiting(tmp_path) == Answers()
    assert not (tmp_path / WAITING).exists()


def test_another_name(tmp_path: Path) -> None:
    """A workbook under a former name is moved, and goes on under the new one."""
    folder = filled(tmp_path)
    before, original = said_in(folder / ANA), sha256((folder / ANA).read_bytes())
    renamed = changed(nobody(), "A", name="Ana Lopez")
    assert gs.build(renamed, folder, update=True, dry_run=True).counts["updated"] == 2
    assert (folder / ANA).exists()
    report = gs.build(renamed, folder, update=True)
    assert (codes(report), report.counts["updated"]) == ([], 2)
    assert not (folder / ANA).exists()
    assert said_in(folder / "people/Ana-Lopez-A.xlsx") == before
    assert original in backups(folder)
    again = contents(folder)
    assert gs.build(renamed, folder, update=True).counts == {"unchanged": 9}
    assert contents(folder) == again


@pytest.mark.parametrize("update", [True, False])
def test_former_files_are_told(tmp_path: Path, update: bool) -> None:
    """An untouched workbook under a former name, and one of a team that is no more, are told until they are deleted."""
    folder, later = filled(tmp_path), changed(changed(nobody(), "B", name="Bo Li"), "X", manager="M")
    for dry_run in (True, False, False):
        report = gs.build(later, folder, update=update, dry_run=dry_run)
        former = [(note.place, note.found) for note in report.notes if note.code == "former-file"]
        wanted = [(BO, "it is now people/Bo-Li-B.xlsx"), ("teams/Zoe-Top-Z.xlsx", "its owner leads nobody any more")]
        assert former == wanted
    for place, _ in former:
        (folder / place).unlink()
    assert "former-file" not in codes(gs.build(later, folder, update=update))


def test_a_line_keeps_its_person(tmp_path: Path) -> None:
    """What a manager planned for somebody stays that person's, who is renamed or moves, and without a roster, too."""
    gs.build(nobody(), tmp_path)
    mias = [("lines", "new-1", "title", "Course"), ("lines", "new-1", "person", "Ana Ruiz")]
    fill(tmp_path / TEAM, nobody().team("M"), [*mias, ("lines", "new-1", "status", "Approved")])
    rosters = (nobody(), changed(nobody(), "A", name="Ana Lopez"), changed(nobody(), "A", manager="Z"))
    found = [gs.collect(tmp_path / TEAM, roster=roster) for roster in rosters]
    found.append(gs.collect(tmp_path / TEAM, catalog=nobody().catalog))
    lines = [[(line.title, line.person, line.team) for line in each.answers.budget_items] for each in found]
    assert lines == [[("Course", "A", "")]] * 4
    for roster, team, name in ((rosters[1], TEAM, "Ana Lopez"), (rosters[2], "teams/Zoe-Top-Z.xlsx", "Ana Ruiz")):
        gs.build(roster, tmp_path, update=True)
        assert said_in(tmp_path / team)["lines", "person"] == [name]


# -- what cannot be carried over -------------------------------------------------------------------------------------


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    """A file that cannot be read safely is left alone and told; the others are carried over; force replaces it."""
    folder = filled(tmp_path)
    (folder / BO).write_bytes(b"PK\3\4 no workbook")
    for _ in range(2):
        report = gs.build(nobody(), folder, update=True)
        assert [(problem.code, problem.place) for problem in report.problems] == [("damaged-zip", BO)]
        assert (folder / BO).read_bytes() == b"PK\3\4 no workbook"
    assert said_in(folder / ANA)["assessment", "skill"] == [3, 2]
    assert gs.build(nobody(), folder, update=True, force=True).counts["replaced"] == 1
    assert sha256(b"PK\3\4 no workbook") in backups(folder)


def test_somebody_elses_workbook(tmp_path: Path) -> None:
    """A workbook that lies where another person's should is neither read nor replaced."""
    folder = filled(tmp_path)
    (folder / BO).write_bytes((folder / ANA).read_bytes())
    before = (folder / BO).read_bytes()
    report = gs.build(nobody(), folder, update=True)
    assert [(problem.code, problem.place) for problem in report.problems] == [("other-subject", BO)]
    assert (folder / BO).read_bytes() == before


def test_another_cycle(tmp_path: Path) -> None:
    """The workbooks of one cycle are not carried into the next by an update; that is what collect is for."""
    folder = filled(tmp_path)
    before = (folder / ANA).read_bytes()
    later = replace(nobody(), cycle=Cycle(id="2027", label="2027", date=date(2027, 3, 1)))
    report = gs.build(later, folder, update=True)
    assert [problem.code for problem in report.problems] == ["other-cycle"] * 2
    assert "collect" in report.problems[0].hint
    assert (folder / ANA).read_bytes() == before


def test_bad_cells_and_unknown_tabs(tmp_path: Path) -> None:
    """A cell that cannot be taken and a tab that nobody knows are told, and stay in the backup."""
    folder = filled(tmp_path)
    fill(folder / ANA, nobody().person("A"), [("assessment", "launch", "skill", "very good")])
    book = openpyxl.load_workbook(folder / ANA)
    book.create_sheet("My notes")
    book.save(folder / ANA)
    original = sha256((folder / ANA).read_bytes())
    report = gs.build(nobody(), folder, update=True)
    assert codes(report) == ["text-in-rating", "unknown-tab"]
    assert original in backups(folder)
    assert said_in(folder / ANA)["assessment", "skill"] == [3, 2]


def test_added_columns_are_told(tmp_path: Path) -> None:
    """Columns that somebody added are told with their headings, once, and with the backup that keeps them."""
    folder = filled(tmp_path)
    ana, team = nobody().person("A").book(), nobody().team("M").book()
    for path, book, table in ((ANA, ana, "assessment"), (ANA, ana, "items"), (TEAM, team, "reviews")):
        hands, place = Hands((folder / path).read_bytes()), Layout(book).tables[table]
        cells = hands.tabs[place.sheet].cells
        for n, (heading, text) in enumerate((("My notes", "Ask Bo"), (None, 7), ("Empty", None))):
            column = max(place.columns.values()) + 3 + n
            for row, value in ((place.first, heading), (place.first + 2, text)):
                cells.setdefault((row, column), Cell()).type(value)
        (folder / path).write_bytes(hands.save())
    kept = {path: (folder / path).read_bytes() for path in (ANA, TEAM)}
    assert [n.code for n in gs.collect(folder / ANA, roster=nobody()).problems if n.place.startswith("Ana")] == [
        "added-columns",
        "added-columns",
    ]
    report = gs.build(nobody(), folder, update=True)
    assert [(note.code, note.place) for note in report.notes] == [
        ("added-columns", f"{ANA}, Assessment"),
        ("added-columns", f"{ANA}, Plan"),
        ("added-columns", f"{TEAM}, Reviews"),
    ]
    for note in report.notes:
        assert "not read: My notes, " in note.found
        assert "Empty" not in note.found
        backup = note.hint.removeprefix("from now on it is in ").removesuffix(" only")
        assert (folder / backup).read_bytes() == kept[note.place.partition(",")[0]]
    assert codes(gs.build(nobody(), folder, update=True)) == []


def test_both_sides_of_a_line(tmp_path: Path) -> None:
    """A line stands in two workbooks: what either changes counts; where both change it otherwise, both are left."""
    folder = filled(tmp_path)
    gs.build(nobody(), folder, update=True)
    key = next(row for table, row, column in typed(folder / ANA) if (table, column) == ("lines", "title"))
    mine, team = typed_again(folder, ANA, "person", "A"), typed_again(folder, TEAM, "team", "M")
    fill(folder / TEAM, team, [("lines", key, "status", "Approved")])
    assert gs.build(nobody(), folder, update=True).counts["updated"] == 2
    assert said_in(folder / ANA)["lines", "status"] == ["Approved"]

    before = contents(folder)
    fill(folder / TEAM, team, [("lines", key, "actual", 480)])
    fill(folder / ANA, mine, [("lines", key, "actual", 470)])
    there = {path: (folder / path).read_bytes() for path in (ANA, TEAM)}
    report = gs.build(nobody(), folder, update=True)
    assert [(problem.code, problem.place) for problem in report.problems] == [("clash", ANA), ("clash", TEAM)]
    assert {path: (folder / path).read_bytes() for path in (ANA, TEAM)} == there
    assert contents(folder).keys() == before.keys()


def typed_again(folder: Path, path: str, kind: str, id: str) -> Any:
    """What a workbook in the folder was made of, with all that was carried into it."""
    found = gs.collect(folder / path, roster=nobody()).answers
    roster = nobody().with_answers(found)
    return roster.person(id) if kind == "person" else roster.team(id)


# -- together with answers -------------------------------------------------------------------------------------------


def test_answers_and_workbooks(tmp_path: Path) -> None:
    """Answers fill in what a workbook leaves blank; where it says something else, it counts, and that is told."""
    folder = filled(tmp_path)
    given = (rating("A", "talks", 4, 3), rating("A", "roadmap", 1), rating("D", "talks", 2))
    roster = family(Answers(cycles=(this_cycle(),), ratings=given))
    report = gs.build(roster, folder, update=True)
    found = typed(folder / ANA)
    assert {row: found["assessment", row, "skill"] for row in ("talks", "data", "roadmap")} == {
        "talks": 2,
        "data": 3,
        "roadmap": 1,
    }
    assert found["assessment", "talks", "experience"] == 3
    kept, overruled = report.notes
    assert (kept.code, overruled.code, overruled.place) == ("kept-earlier", "answers-overruled", ANA)
    assert "talks (A, self)" in overruled.found
    assert gs.build(roster, folder, update=True).counts == {"unchanged": 9}


def test_collected_answers_hold_everything(tmp_path: Path) -> None:
    """After collecting, a plain build finds what it would write, and the same is in the answers as in the folder."""
    folder = filled(tmp_path / "out")
    gs.build(nobody(), folder, update=True)
    collected = gs.collect(folder, roster=nobody())
    before = contents(folder)
    report = gs.build(nobody().with_answers(collected.answers), folder)
    assert report.counts == {"unchanged": 9}
    assert {name: digest for name, digest in contents(folder).items() if name != "manifest.json"} == {
        name: digest for name, digest in before.items() if name != "manifest.json"
    }


def test_without_a_manifest(tmp_path: Path) -> None:
    """Files that no manifest knows are read all the same: they say themselves whose they are."""
    folder = filled(tmp_path)
    before = said_in(folder / ANA)
    (folder / "manifest.json").unlink()
    assert gs.build(nobody(), folder, update=True).counts == {"unchanged": 7, "updated": 2}
    assert said_in(folder / ANA) == before


def test_one_team(tmp_path: Path) -> None:
    """Where one team is made, the files of others are not even read."""
    folder = filled(tmp_path)
    (folder / "people/Xi-Far-X.xlsx").write_bytes(b"unreadable")
    assert codes(gs.build(nobody(), folder, update=True, managers=["M"])) == []


def test_what_was_said_before_is_no_input(tmp_path: Path) -> None:
    """What was typed in this cycle is carried over; what was said in an earlier one is in no cell to fill in."""
    past = Cycle(id="2025", label="2025", date=date(2025, 3, 1))
    old = rating("A", "talks", 4).model_copy(update={"cycle": "2025"})
    roster = family(Answers(cycles=(past, this_cycle()), ratings=(old,)))
    folder = filled_anew(tmp_path, roster)
    gs.build(roster, folder, update=True)
    assert said_in(folder / ANA)["assessment", "skill"] == [3, 2]
    (folder / ANA).unlink()
    gs.build(roster, folder)
    assert ("assessment", "skill") not in said_in(folder / ANA)
