"""Collecting: workbooks go out, are filled in, come back, and start the next cycle with nothing lost."""

import csv
import os
import re
import shutil
import socket
import zipfile
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from itertools import permutations
from pathlib import Path
from random import Random
from typing import Any

import pytest

from growthsheet.analysis.responses import COLUMNS, Response
from growthsheet.batch.build import build
from growthsheet.errors import InputError
from growthsheet.model import Answers, Cycle, Point
from growthsheet.model.translated import in_language
from growthsheet.returns.collect import collect
from growthsheet.returns.collected import Collected, nothing_came, with_folder
from growthsheet.roster.roster import Plan, Roster, Team
from growthsheet.sheets.books import person_book, team_book
from growthsheet.sources.answers import answer_file_names, load_answers
from growthsheet.sources.translations.load import load_language
from growthsheet.storage.atomic import sha256
from growthsheet.views.returned import ReceivedWorkbook, ReturnedBy
from growthsheet.workbook.values import Values
from tests.making import builtin, family, line, person, rating, roster, small_catalog, this_cycle, where
from tests.proof.hands import Hands

CASES = 4
"""How many random round trips an ordinary test run makes."""


def nobody_said() -> Answers:
    """A cycle in which nobody said anything."""
    return Answers(cycles=(this_cycle(),))


def fill(path: Path, of: Plan | Team, typed: Iterable[tuple[str, str, str, Any]]) -> Path:
    """Type into a workbook as a person does: (table, key of the row, column, value)."""
    laid_out, hands = of.book(), Hands(path.read_bytes())
    for table, key, column, value in typed:
        cell = hands.cell(*where(laid_out, table, f"k:{key}", column))
        cell.type((value - date(1899, 12, 30)).days if isinstance(value, date) else value)
    path.write_bytes(hands.save())
    return path


def given_out(roster: Roster, folder: Path, *people: str, managers: Iterable[str] = ()) -> dict[str, tuple[Path, Any]]:
    """Workbooks in a folder, by whom they are for."""
    folder.mkdir(parents=True, exist_ok=True)
    made: dict[str, tuple[Path, Any]] = {}
    for who in people:
        made[who] = (roster.person(who).save(folder / f"{who}.xlsx"), roster.person(who))
    for who in managers:
        made[f"team {who}"] = (roster.team(who).save(folder / f"team-{who}.xlsx"), roster.team(who))
    return made


def contents(folder: Path) -> dict[str, str]:
    """The hash of every file of a folder."""
    return {path.name: sha256(path.read_bytes()) for path in sorted(folder.iterdir()) if path.is_file()}


def codes(collected: Collected, but: str = "nothing-came") -> list[str]:
    """The codes of the problems, but for one."""
    return [problem.code for problem in collected.problems if problem.code != but]


# -- the whole trip --------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_year(tmp_path: Path) -> None:
    """What a person and a manager typed stands in the team's workbook, and is history in the next cycle."""
    roster = family(nobody_said())
    made = given_out(roster, tmp_path / "out", "A", "B", managers=["M"])
    fill(
        *made["A"],
        [
            ("assessment", "talks", "skill", 2),
            ("assessment", "talks", "interest", "n/a"),
            ("assessment", "pricing", "skill", 0),
            ("assessment", "pricing", "evidence", "+1 for Cy?\nAsk Cy"),
            ("items", "1", "activity", "Pricing"),
            ("items", "1", "action", "Shadow sales"),
            ("items", "1", "due", date(2026, 9, 1)),
            ("lines", "new-1", "title", "Course"),
            ("lines", "new-1", "activity", "Pricing"),
            ("lines", "new-1", "category", "Training"),
            ("lines", "new-1", "status", "Requested"),
            ("lines", "new-1", "estimate", 499.9),
        ],
    )
    fill(*made["team M"], [("reviews", "A:talks", "manager", 1), ("reviews", "A:pricing", "agreed", 1)])
    before = contents(tmp_path / "out")

    collected = collect(tmp_path / "out", roster=roster)

    assert contents(tmp_path / "out") == before  # the originals are as they were
    said = {(r.person, r.activity, str(r.source)): (r.skill, r.interest) for r in collected.answers.ratings}
    assert said == {
        ("A", "talks", "self"): (2, "n/a"),
        ("A", "pricing", "self"): (0, None),
        ("A", "talks", "manager"): (1, None),
        ("A", "pricing", "agreed"): (1, None),
    }
    assert [person.id for person in collected.missing] == ["M", "B", "C", "D", "Z", "X"]
    told = {row["person_id"]: (row["state"], row["answered"], row["expected_count"]) for row in collected.responses()}
    assert [told[id] for id in "ABC"] == [("partial", 2, 5), ("blank", 0, 5), ("missing", 0, 4)]
    assert {row["manager_state"] for row in collected.responses() if row["person_id"] == "A"} == {"partial"}
    assert codes(collected) == []
    assert collected.counts["files"] == collected.counts["accepted"] == 3

    next_year = Cycle(id="2027", label="Spring 2027", date=date(2027, 3, 1))
    saved = collected.save(tmp_path / "answers")
    assert [path.name for path in saved] == [*answer_file_names(), "responses.csv"]
    later = family(load_answers(tmp_path / "answers"))
    later = Roster(
        small_catalog(), later.reading, next_year, later.policy, next_year.date, "USD", answers=later.answers
    )
    book = person_book(later.person("A").view)
    rows = {row["key"]: row for row in book.tables["assessment"].rows}
    assert [rows["k:talks"][name] for name in ("last_time", "skill", "interest")] == [2, None, None]
    assert (rows["k:pricing"]["last_time"], rows["k:pricing"]["evidence"]) == (0, "")
    assert [row.get("action") for row in book.tables["items"].rows][:2] == ["Shadow sales", None]
    assert book.tables["lines"].rows[0]["estimate"] == 499.9
    team = team_book(later.team("M").view)
    ana = next(row for row in team.tables["reviews"].rows if row["key"] == "k:A:talks")
    assert (ana["last_time"], ana["skill"], ana["manager"]) == (2, None, None)
    assert team.tables["lines"].rows[0]["person"] == "Ana Ruiz"

    made = given_out(later, tmp_path / "next", "A", managers=["M"])
    again = collect(tmp_path / "next", roster=later)
    assert codes(again) == []
    assert again.answers.ratings == collected.answers.ratings  # nobody has answered in the next cycle
    assert again.answers.plan_items == collected.answers.plan_items
    assert again.answers.budget_items == collected.answers.budget_items


def test_who_has_not_answered_can_be_asked() -> None:
    """Who has not answered is told by name and id, with the manager and the address."""
    made = roster([person("M", "Mia Boss", role="lead"), person("A", "Ana Ruiz", manager="M", email="ana@example.org")])
    assert [(told.place, told.found) for told in nothing_came(made.responses())] == [
        ("Mia Boss (M)", "not returned"),
        ("Ana Ruiz (A)", "not returned; manager: Mia Boss; ana@example.org"),
    ]


@pytest.mark.slow
def test_untouched_workbooks_change_nothing(tmp_path: Path) -> None:
    """Prefilled workbooks that come back as they went out give back exactly what they were made from."""
    roster = family()
    given_out(roster, tmp_path / "out", "A", "C", managers=["M"])
    collected = collect(tmp_path / "out", roster=roster)
    assert set(map(repr, collected.answers.ratings)) == set(map(repr, roster.answers.ratings))
    assert set(map(repr, collected.answers.plan_items)) == set(map(repr, roster.answers.plan_items))
    assert set(map(repr, collected.answers.budget_items)) == set(map(repr, roster.answers.budget_items))
    assert codes(collected) == []


def test_workbooks_in_the_folder_of_a_build_are_not_returned(tmp_path: Path) -> None:
    """A workbook that is as it was built did not come back, unless it holds answers; the same file elsewhere did."""
    here, out = roster([person(id) for id in "ABC"]), tmp_path / "out"
    given = here.with_answers(Answers(cycles=(this_cycle(),), ratings=(rating("B", "talks", 2),)))
    build(given, out, books=("people",))
    fill(out / "people" / "Person-C-C.xlsx", given.person("C"), [("assessment", "talks", "skill", 1)])
    for paths in (out, list((out / "people").iterdir())):
        assert [each.state for each in collect(paths, roster=here).responded] == ["missing", "partial", "partial"]
    (tmp_path / "back").mkdir()
    shutil.copy(out / "people" / "Person-A-A.xlsx", tmp_path / "back")
    assert [each.state for each in collect(tmp_path / "back", roster=here).responded] == ["blank", "missing", "missing"]


def test_labels_of_points_are_read_in_the_language_of_a_workbook(tmp_path: Path) -> None:
    """Who types the label of a point, in the workbook's language or in English, has given that point."""
    catalog = builtin()
    here = roster([person("A", role=catalog.roles[0].id)], catalog=catalog)
    german = in_language(catalog, load_language("de")).scale("skill").points[3].label
    english = catalog.scale("skill").points[2].label
    assert german != catalog.scale("skill").points[3].label
    plan = here.with_options(language="de").person("A")
    first, second, third = [*plan.view.activities][:3]
    typed = (first, f"3 {german}"), (second, english), (third, f"1 {german}")
    path = fill(plan.save(tmp_path / "A.xlsx"), plan, [("assessment", id, "skill", text) for id, text in typed])
    found = collect(path, roster=here)
    assert {each.activity: each.skill for each in found.answers.ratings} == {first: 3, second: 2}
    assert sorted(codes(found)) == ["read-as-number", "read-as-number", "text-in-rating"]


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(CASES))
def test_random_ratings_come_back(tmp_path: Path, seed: int) -> None:
    """Whatever was rated, whichever spelling a program gave it, is what is collected."""
    random = Random(seed)
    roster = family(nobody_said())
    ((path, plan),) = given_out(roster, tmp_path / "out", "A").values()
    wanted: dict[str, tuple[Any, ...]] = {}
    typed: list[tuple[str, str, str, Any]] = []
    for activity in plan.view.activities:
        said = [random.choice([None, "n/a", *range(4)]) for _ in range(3)]
        for column, value in zip(("skill", "experience", "interest"), said, strict=True):
            spelled = (
                random.choice([value, float(value), str(value), f" {value} "]) if isinstance(value, int) else value
            )
            typed.append(("assessment", activity, column, spelled))
        if any(value is not None for value in said):
            wanted[activity] = tuple(said)
    collected = collect(fill(path, plan, typed), roster=roster)
    found = {r.activity: (r.skill, r.experience, r.interest) for r in collected.answers.ratings}
    assert found == wanted
    assert {problem.severity for problem in collected.problems} <= {"note"}


@pytest.mark.slow
def test_order_and_repetition_do_not_matter(tmp_path: Path) -> None:
    """The same files in another order, or collected twice into one folder, give the same bytes."""
    roster = family()
    files = [path for path, _ in given_out(roster, tmp_path / "out", "A", "B", managers=["M"]).values()]
    written = []
    for n, order in enumerate(permutations(files)):
        folder = tmp_path / f"answers-{n % 3}"  # two of them are collected into what is there already
        collect(order, roster=roster).save(folder)
        written.append(contents(folder))
    assert all(one == written[0] for one in written)


def test_earlier_answers_in_the_folder_stay(tmp_path: Path) -> None:
    """Saving into a folder that holds answers of others loses none of them."""
    past = Cycle(id="2025", label="Last", date=date(2025, 3, 1))
    old = Answers(cycles=(past,), ratings=(rating("Z", "talks", 4).model_copy(update={"cycle": "2025"}),))
    Collected(old.model_copy(update={"budget_items": (line("l1", title="Old", provider="Acme"),)})).save(tmp_path)
    new = Answers(cycles=(this_cycle(),), ratings=(rating("A", "talks", 1),), budget_items=(line("l1", title="New"),))
    Collected(new).save(tmp_path)
    found = load_answers(tmp_path)
    assert [(r.cycle, r.person) for r in found.ratings] == [("2025", "Z"), ("2026", "A")]
    assert [(b.title, b.provider) for b in found.budget_items] == [("New", "Acme")]
    assert [cycle.id for cycle in found.cycles] == ["2025", "2026"]


# -- files and folders -----------------------------------------------------------------------------------------------


def test_what_is_passed_over_is_said(tmp_path: Path) -> None:
    """In a folder only workbooks are read; what is skipped is counted and told, and one broken file loses itself."""
    roster = family(nobody_said())
    given_out(roster, tmp_path / "in" / "deep", "A")
    folder = tmp_path / "in"
    shutil.copy(folder / "deep" / "A.xlsx", folder / "A.backup-0123abcd.xlsx")
    shutil.copy(folder / "deep" / "A.xlsx", folder / "Z copy.xlsx")
    for name in ("~$A.xlsx", "manifest.json", "answers.csv", "notes.txt", ".growthsheet.lock"):
        (folder / name).write_bytes(b"x")
    (folder / "broken.xlsx").write_bytes(b"PK\3\4 no")
    (folder / "macros.xlsm").write_bytes(b"")
    collected = collect(folder, roster=roster)
    assert {count.name: count.status for count in collected.files} == {
        ".growthsheet.lock": "skipped",
        "A.backup-0123abcd.xlsx": "skipped",
        "Z copy.xlsx": "accepted",
        "answers.csv": "skipped",
        "broken.xlsx": "rejected",
        "deep/A.xlsx": "skipped",
        "macros.xlsm": "rejected",
        "manifest.json": "skipped",
        "notes.txt": "skipped",
        "~$A.xlsx": "skipped",
    }
    told = {problem.place.split(",")[0]: problem for problem in collected.problems}
    assert {count.name for count in collected.files if count.status != "accepted"} <= set(told)
    assert told["deep/A.xlsx"].code == "same-bytes"


def test_what_nobody_fills_in(tmp_path: Path) -> None:
    """What growthsheet and a Mac leave in a folder is no fault; named itself, the organization's workbook is one."""
    roster = family(nobody_said())
    given_out(roster, tmp_path, "A")
    roster.organization().save(tmp_path / "organization.xlsx")
    for name in ("._A.xlsx", ".DS_Store", "manifest.json", "__MACOSX/A.xlsx", ".growthsheet-erasing-6b.json"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    collected = collect(tmp_path, roster=roster)
    assert (collected.counts["accepted"], collected.counts["skipped"], set(codes(collected))) == (1, 6, {"own-file"})
    assert codes(collect(tmp_path / "organization.xlsx", roster=roster)) == ["organization-workbook"]


def test_a_zip_of_workbooks(tmp_path: Path) -> None:
    """The workbooks in a zip are read as if they stood in a folder of its name; one broken one loses itself."""
    roster = family(nobody_said())
    made = given_out(roster, tmp_path / "out", "A", "B", managers=["M"])
    fill(*made["A"], [("assessment", "talks", "skill", 2)])
    with zipfile.ZipFile(tmp_path / "all.zip", "w", zipfile.ZIP_DEFLATED) as file:
        for path, _ in made.values():
            file.write(path, f"back/{path.name}")
        file.writestr("back/", b"")
        file.writestr("__MACOSX/back/._A.xlsx", b"x")
        file.writestr("back/broken.xlsx", b"PK\3\4 no")
        file.writestr("back/readme.txt", b"Hello")
    expected = collect(tmp_path / "out", roster=roster)
    for given in (tmp_path / "all.zip", [tmp_path / "all.zip", tmp_path / "out" / "A.xlsx"]):
        collected = collect(given, roster=roster)
        assert collected.answers == expected.answers
        assert [c.name for c in collected.files if c.status == "rejected"] == ["all.zip/back/broken.xlsx"]
    assert codes(collected).count("same-bytes") == 1


@pytest.mark.skipif(os.name == "nt", reason="links and sockets are other things there")
def test_links_and_devices_are_not_followed(tmp_path: Path) -> None:
    """A link, in a folder or named itself, is not followed; a socket does not hold the run up."""
    roster = family(nobody_said())
    given_out(roster, tmp_path / "real", "A")
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "link.xlsx").symlink_to(tmp_path / "real" / "A.xlsx")
    (folder / "linked").symlink_to(tmp_path / "real")
    place = os.getcwd()
    os.chdir(folder)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("pipe.xlsx")
        os.chdir(place)
        collected = collect(folder, roster=roster)
    assert {count.name: count.status for count in collected.files} == {
        "link.xlsx": "skipped",
        "linked": "skipped",
        "pipe.xlsx": "rejected",
    }
    named = collect(folder / "link.xlsx", roster=roster)
    assert (codes(named), named.answers.ratings) == (["not-a-regular-file"], ())


def test_each_file_once_however_it_is_named(tmp_path: Path) -> None:
    """A file that is named and stands in a named folder as well is one file."""
    roster = family()
    given_out(roster, tmp_path / "out", "A")
    collected = collect([tmp_path / "out", tmp_path / "out" / "A.xlsx", f"{tmp_path}/out/../out"], roster=roster)
    assert [(count.name, count.status) for count in collected.files] == [("A.xlsx", "accepted")]


@pytest.mark.skipif(os.name == "nt", reason="such names and rights are Unix's")
def test_odd_names_and_closed_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two names that are told alike are two files, and a folder that cannot be opened is an error."""
    given_out(family(), tmp_path / "out", "A", "C")
    (tmp_path / "out" / "A.xlsx").rename(tmp_path / "out" / "x\n.xlsx")
    (tmp_path / "out" / "C.xlsx").rename(tmp_path / "out" / "x\\n.xlsx")
    closed = tmp_path / "out" / "closed"
    closed.mkdir()
    scan = os.scandir

    def scandir(path: Any = ".") -> Any:
        if os.fspath(path) == os.fspath(closed):
            raise PermissionError(13, "Permission denied", os.fspath(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", scandir)
    collected = collect(tmp_path / "out", roster=family())
    assert {count.name: count.status for count in collected.files} == {
        "closed": "skipped",
        "x\\n.xlsx": "accepted",
        "x\\n.xlsx (2)": "accepted",
    }
    told = next(problem for problem in collected.problems if problem.place == "closed")
    assert (told.severity, "cannot be opened: Permission denied" in told.found) == ("error", True)


def test_a_path_that_is_not_there(tmp_path: Path) -> None:
    """Paths that do not exist are all told, before anything is read."""
    with pytest.raises(InputError) as caught:
        collect([tmp_path / "a", tmp_path, tmp_path / "b.xlsx"])
    assert [problem.code for problem in caught.value.problems] == ["no-such-file"] * 2


def test_whose_file_could_not_be_read(tmp_path: Path) -> None:
    """Whoever returned a file that cannot be read is told so, and not as somebody who returned nothing."""
    roster, back = family(nobody_said()), tmp_path / "back"
    for name in ("people/Ana-Ruiz-A.ods", "people/Bo-Lee-B (1).xlsx", "people/Mia-Boss-M.xlsx", "Cy-Kim-C.xlsx"):
        (back / name).parent.mkdir(parents=True, exist_ok=True)
        (back / name).write_bytes(b"PK\3\4 " + name.encode())
    given_out(roster, back, "C")
    collected = collect(back, roster=roster)
    assert {each.person.id: each.words for each in collected.responded} == {
        "A": "returned and refused: damaged",
        "B": "returned and refused: damaged",
        "C": "returned blank",
        "M": "returned and refused: damaged",
        **dict.fromkeys("DXZ", "not returned"),
    }
    assert {each.manager_state for each in collected.responded} == {"", "missing"}
    alone = collect(back / "people", roster=roster)
    assert next(each.refused for each in alone.responded if each.person.id == "M") == "damaged-zip"


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Bo Lee plan FINAL.xlsx", ["B"]),  # the whole name, and more
        ("bo.xlsx", ["B"]),  # nobody else is called that
        ("Bo Lee and Ana Ruiz.xlsx", []),
        ("scan.xlsx", []),
        ("Mia-Boss-M.xlsx", []),  # her own workbook or her team's
        ("team Mia.xlsx", ["team M"]),
    ],
)
def test_a_name_that_fits_one_person(tmp_path: Path, name: str, told: list[str]) -> None:
    """A file that cannot be read is of the one person, or team, whose name fits; else that it is nobody's is told."""
    roster = family(nobody_said())
    (tmp_path / name).write_bytes(b"PK\3\4")
    collected = collect(tmp_path, roster=roster)
    assert [*collected.returned.people, *(f"team {id}" for id in collected.returned.teams)] == told
    assert collected.untied == (() if told else (name,))


def test_a_workbook_saved_as_text(tmp_path: Path) -> None:
    """A text file called like a workbook is somebody's answer that cannot be read; any other is passed over."""
    roster = family(nobody_said())
    for name in ("Bo-Lee-B-Assessment.csv", "people.csv", "Bo-Lee-B.eml"):
        (tmp_path / name).write_text("a,b\n1,2\n")
    collected = collect(tmp_path, roster=roster)
    assert [(each.person.id, each.words) for each in collected.responded if each.state != "missing"] == [
        ("B", "returned and refused: saved as .csv")
    ]
    assert {count.name for count in collected.files if count.status == "skipped"} == {"people.csv", "Bo-Lee-B.eml"}


def test_a_managers_other_workbook(tmp_path: Path) -> None:
    """Of a manager's two workbooks in one folder, the one that cannot be read is the other one."""
    roster = family(nobody_said())
    roster.person("M").save(tmp_path / "Mia-Boss-M.xlsx")
    (tmp_path / "Mia-Boss-M (1).xlsx").write_bytes(b"PK\3\4")
    assert collect(tmp_path, roster=roster).returned.teams["M"].refused == "damaged-zip"


def test_a_fault_of_the_reader_loses_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a reader dies of, the other files are collected, and nothing of the file is repeated."""
    from growthsheet.xlsx.reader import returned_workbook as read

    roster = family()
    given_out(roster, tmp_path / "out", "A", "C")
    honest = read.read_returned_workbook

    def failing(source: Any, name: str, *more: Any) -> Any:
        if name == "A.xlsx":
            raise ZeroDivisionError("120000")
        return honest(source, name, *more)

    monkeypatch.setattr(read, "read_returned_workbook", failing)
    collected = collect(tmp_path / "out", roster=roster)
    assert {count.name: count.status for count in collected.files} == {"A.xlsx": "rejected", "C.xlsx": "accepted"}
    assert codes(collected) == ["unreadable-file"]
    assert "120000" not in str(collected.problems)


# -- against what ----------------------------------------------------------------------------------------------------


def test_a_scale_was_changed_within_a_version(tmp_path: Path) -> None:
    """A workbook whose labels stand at other points than the catalog's is refused, although the version is the same."""
    given_out(family(), tmp_path / "out", "A")
    catalog = small_catalog()
    skill, *others = catalog.scales
    labels = [point.label for point in skill.points]
    turned = [p.model_copy(update={"label": label}) for p, label in zip(skill.points, labels[::-1], strict=True)]
    renumbered = [p.model_copy(update={"value": p.value + 1}) for p in skill.points]
    longer = [*skill.points, Point(value=5, label="Beyond")]
    for points, expected in ((turned, ["other-catalog"]), (renumbered, ["other-catalog"]), (longer, [])):
        scales = (skill.model_copy(update={"points": tuple(points)}), *others)
        found = collect(tmp_path / "out", catalog=catalog.model_copy(update={"scales": scales}))
        assert (codes(found), bool(found.answers.ratings)) == (expected, not expected)


def test_without_a_roster(tmp_path: Path) -> None:
    """Without a roster the catalog is named, the files tell the cycle, and nobody can be missing."""
    given_out(family(), tmp_path / "out", "A")
    collected = collect(tmp_path / "out", catalog=small_catalog())
    assert {r.person for r in collected.answers.ratings} == {"A"}
    assert collected.missing == ()
    assert collected.answers.cycles == (this_cycle(),)
    assert codes(collect(tmp_path / "out")) == ["other-catalog"]


@pytest.mark.parametrize("same_day", [False, True])
def test_files_of_several_cycles(same_day: bool, tmp_path: Path) -> None:
    """Those of the newest cycle are taken, and what is known of another stays; if nothing decides, all are refused."""
    spring = replace(family(nobody_said()), cycle_named=frozenset())
    later = Cycle(id="2027", label="x", date=spring.cycle.date if same_day else date(2027, 1, 1))
    autumn = Roster(small_catalog(), spring.reading, later, spring.policy, later.date)
    given_out(spring, tmp_path / "out", "A")
    autumn.person("B").save(tmp_path / "out" / "B.xlsx")
    answers = tmp_path / "answers"
    collect(tmp_path / "out" / "A.xlsx", roster=spring).save(answers)
    before = (answers / "responses.csv").read_bytes()
    collected = collect(tmp_path / "out", roster=spring, earlier=answers)
    collected.save(answers)
    assert [code for code in codes(collected) if code != "nothing-came"] == (
        ["several-cycles"] * 2 if same_day else ["other-cycle"]
    )
    assert (answers / "responses.csv").read_bytes().startswith(before)
    told = {each.person.id: each.words for each in with_folder(spring, answers).responses() if each.cycle == "2027"}
    mixed = "returned and refused: came with files of other cycles"
    newest = ["returned and refused: another cycle's workbook", "returned blank"]
    assert [told[id] for id in "ABC"] == [*([mixed] * 2 if same_day else newest), "not returned"]
    assert collect(tmp_path / "out", catalog=small_catalog()).answers.cycles == (() if same_day else (later,))
    late = collect(tmp_path / "out", roster=spring, cycle=spring.cycle.id)
    other = "returned and refused: another cycle's workbook" if same_day else "not returned"  # a later one is no answer
    told = {each.person.id: each.words for each in late.responded}
    assert [told[id] for id in "ABC"] == ["returned blank", other, "not returned"]


def test_another_cycle_only_when_told(tmp_path: Path) -> None:
    """A workbook of another cycle than the roster's is rejected, unless that cycle is named."""
    roster = family()
    given_out(roster, tmp_path / "out", "A")
    later = Roster(
        small_catalog(),
        roster.reading,
        Cycle(id="2027", label="x", date=date(2027, 1, 1)),
        roster.policy,
        date(2027, 1, 1),
    )
    assert codes(collect(tmp_path / "out", roster=later)) == ["other-cycle"]
    assert codes(collect(tmp_path / "out", roster=later, cycle="2026")) == []


def saved_at(path: Path, time: str) -> None:
    """Let a workbook say that it was saved at a time; "" says nothing."""
    with zipfile.ZipFile(path) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    core = "docProps/core.xml"
    parts[core] = re.sub(rb"(?<=W3CDTF\">)[^<]*(?=</dcterms:modified)", time.encode(), parts[core])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("times", "expected"),
    [(("2026-04-02T09:00:00Z", "2026-04-02T08:59:59Z"), 4), (("2026-04-02T09:00:00Z", "2026-04-02T09:00:01Z"), 1)],
)
def test_the_newest_workbook_by_what_it_says(tmp_path: Path, times: tuple[str, str], expected: int) -> None:
    """With ``newest`` the workbook that was saved last counts, whenever its file was copied."""
    roster = family(nobody_said())
    ((path, plan),) = given_out(roster, tmp_path / "out", "A").values()
    other = Path(shutil.copy(path, tmp_path / "out" / "other.xlsx"))
    fill(path, plan, [("assessment", "talks", "skill", 4)])
    fill(other, plan, [("assessment", "talks", "skill", 1)])
    saved_at(path, times[0])
    saved_at(other, times[1])
    os.utime(path, (1_000_000_000, 1_000_000_000) if expected == 4 else None)
    newest = collect(tmp_path / "out", roster=roster, on_conflict="newest")
    assert [r.skill for r in newest.answers.ratings] == [expected]


def test_an_older_workbook_after_a_newer_one(tmp_path: Path) -> None:
    """A folder of answers remembers when each workbook was saved, also after an older one that changes nothing."""
    roster = family(nobody_said())
    made = given_out(roster, tmp_path / "out", "A")["A"]
    for day, skill, expected, told in ((3, 4, 4, []), (1, 4, 4, []), (2, 1, 4, ["older-answers"])):
        saved_at(fill(*made, [("assessment", "talks", "skill", skill)]), f"2026-04-0{day}T09:00:00Z")
        earlier = tmp_path / "answers"
        collected = collect(made[0], roster=roster, earlier=earlier if earlier.exists() else None)
        collected.save(earlier)
        assert ([r.skill for r in load_answers(earlier).ratings], codes(collected)) == ([expected], told)


@pytest.mark.parametrize(
    ("answered", "refused", "kept"),
    [(5, "older-answers", ""), (4, "older-answers", "older-answers"), (5, "damaged-zip", "damaged-zip"), (5, "2", "2")],
)
def test_an_older_file_of_somebody_complete_is_told_once(answered: int, refused: str, kept: str) -> None:
    """It is not kept as a refusal, as there is nothing left to do; another file that was refused is."""
    response = Response("2026", family().reading.people[1], "Mia", "", answered, 5, "", answered)
    people, teams = ({id: ReceivedWorkbook(refused=refused)} for id in (response.person.id, response.person.manager))
    judged = response.judged(ReturnedBy("2026", people, teams))
    assert (judged.refused, judged.manager_refused) == (kept, kept)


@pytest.mark.slow
def test_the_newest_file_by_its_date(tmp_path: Path) -> None:
    """With ``newest`` the file with the later modification time counts, if the workbooks do not say when."""
    roster = family(nobody_said())
    ((path, plan),) = given_out(roster, tmp_path / "out", "A").values()
    other = Path(shutil.copy(path, tmp_path / "out" / "earlier.xlsx"))
    fill(path, plan, [("assessment", "talks", "skill", 1)])
    fill(other, plan, [("assessment", "talks", "skill", 4)])
    saved_at(path, "")
    saved_at(other, "yesterday")
    os.utime(path, (2_000_000_000, 2_000_000_000))
    os.utime(other, (1_000_000_000, 1_000_000_000))
    assert codes(collect(tmp_path / "out", roster=roster)) == ["conflict", "conflict"]
    newest = collect(tmp_path / "out", roster=roster, on_conflict="newest")
    assert [r.skill for r in newest.answers.ratings] == [1]


def test_pay_stays_where_it_is(tmp_path: Path) -> None:
    """A team's workbook holds salaries; nothing of them is in the answers, the problems or a repr."""
    roster = family()
    given_out(roster, tmp_path / "out", managers=["M"])
    collected = collect(tmp_path / "out", roster=roster)
    collected.save(tmp_path / "answers")
    written = "".join((tmp_path / "answers" / name).read_text("utf-8-sig") for name in answer_file_names())
    for pay in ("120000", "80000", "100000"):
        assert pay not in written + repr(collected) + str(collected.problems)


def test_a_table_for_notebooks(tmp_path: Path) -> None:
    """The ratings come as a frame, with blanks as None."""
    given_out(family(), tmp_path / "out", "A")
    collected = collect(tmp_path / "out", roster=family())
    frame = collected.to_pandas()
    assert list(frame.columns)[:4] == ["cycle", "person_id", "activity_id", "source"]
    assert len(frame) == len(collected.answers.ratings)
    assert "<table>" in collected._repr_html_()
    assert repr(collected) == "<Collected from 1 file: 1 accepted>"


def test_the_same_responses_everywhere(tmp_path: Path) -> None:
    """The tab Responses, responses.csv and the table in Python tell the same of everybody, cell by cell."""
    roster = family(nobody_said())
    made = given_out(roster, tmp_path / "out", "A", "B")
    typed = [("assessment", "talks", "skill", 2), ("assessment", "data", "skill", "n/a")]
    saved_at(fill(*made["A"], typed), "2026-04-03T09:00:00Z")
    collected = collect(tmp_path / "out", roster=roster)
    *_, table = collected.save(tmp_path / "answers")
    wanted = [tuple(map(str, row)) for row in collected.responses().rows]
    ana = dict(zip(COLUMNS, wanted[1], strict=True))
    told = [ana[name] for name in ("person", "manager", "state", "answered", "expected", "not_applicable")]
    assert told == ["Ana Ruiz", "Mia Boss", "partial", "2", "5", "1"]
    assert ana["answered_on"] == "2026-04-03"
    assert [row[COLUMNS.index("answered_on")] for row in wanted[2:]] == [""] * 5  # Bo's returned blank
    with table.open(encoding="utf-8-sig", newline="") as file:
        assert [*csv.reader(file)][1:] == [[*row] for row in wanted]
    for told_of in (roster.with_answers(collected), with_folder(roster, tmp_path / "answers")):
        organization = told_of.organization()
        assert [tuple(map(str, row)) for row in organization.responses().rows] == wanted
        block = organization.book().tables["responses"]
        shown = [tuple("" if row[name] is None else str(row[name]) for name in COLUMNS) for row in block.rows]
        assert shown == wanted
        words = [row["state_words"] for row in block.rows]
        assert words == ["Not returned", "Not complete", "Returned blank", *["Not returned"] * 4]


def test_who_returned_a_file_that_was_refused(tmp_path: Path) -> None:
    """A refused file has a state and its reason, also after a later run; what was taken since counts."""
    roster, back = family(nobody_said()), tmp_path / "back"
    made = given_out(roster, back, "A", "B", "C", managers=["M"])
    path, plan = made["A"]
    (tmp_path / "back" / "second.xlsx").write_bytes(path.read_bytes())
    for number, file in enumerate((path, back / "second.xlsx")):
        fill(file, plan, [("assessment", "talks", "skill", number)])
    fill(*made["B"], [("assessment", "talks", "skill", 9), ("assessment", "data", "skill", 9)])
    fill(*made["C"], [("assessment", "talks", "skill", 9), ("assessment", "pricing", "skill", 1)])
    fill(*made["team M"], [("reviews", "A:talks", "manager", 9)])

    def told(of: Collected | Roster) -> dict[str, tuple[str, ...]]:
        rows = (row.record() for row in (of.responded if isinstance(of, Collected) else of.responses()))
        names = ("state", "refused", "manager_state", "manager_refused")
        return {row["person_id"]: tuple(row[name] for name in names) for row in rows if row["person_id"] in "ABC"}

    wanted = {
        "A": ("refused", "conflict", "refused", "1"),
        "B": ("refused", "2", "refused", "1"),
        "C": ("partial", "1", "refused", "1"),
    }
    collected = collect(back, roster=roster)
    assert told(collected) == wanted
    assert {p.id for p in collected.missing} >= {"A", "B"}
    words = [each.words for each in collected.responded if each.person.id in "AB"]
    assert words == [
        "returned and refused: two different files",
        "returned and refused: cells that were not taken: 2",
    ]
    assert collected.responded[0].cycle == this_cycle().id
    collected.save(tmp_path / "answers")
    answered = with_folder(roster, tmp_path / "answers")
    assert told(answered) == wanted
    shown = answered.organization().book().tables["responses"].rows
    assert [row["state_words"] for row in shown if row["refused"]][:2] == ["Returned and refused"] * 2
    assert Values(answered.organization().book()).fact("refused") == 2

    (back / "second.xlsx").unlink()
    collect(back, roster=roster).save(tmp_path / "answers")
    assert told(with_folder(roster, tmp_path / "answers")) == wanted | {"A": ("partial", "", "refused", "1")}
