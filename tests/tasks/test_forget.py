"""One person's data: all of it is handed over, all of it is erased, and nobody else's is touched."""

import os
import shutil
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from growthsheet import load_roster
from growthsheet.batch.build import build
from growthsheet.errors import InputError, OutputError, Problem
from growthsheet.model import Answers
from growthsheet.returns.collect import collect
from growthsheet.returns.collected import Collected
from growthsheet.roster.roster import Roster
from growthsheet.sources.answers import answer_file_names, load_answers, read_problems, save_answers
from growthsheet.storage.atomic import fingerprint
from growthsheet.storage.lock import LOCK, FolderLock
from growthsheet.storage.manifest import MANIFEST, load
from growthsheet.tasks import find_personal_data as finding
from growthsheet.tasks import personal_data as privacy
from growthsheet.tasks.letters import write_agendas
from growthsheet.tasks.personal_data import export_person, forget_person
from tests.making import family, item, line, rating, this_cycle


@cache
def answers() -> Answers:
    """What Ana, Bo and their manager said."""
    return Answers(
        cycles=(this_cycle(),),
        ratings=(
            rating("A", "talks", 2, evidence="Ten talks"),
            rating("A", "talks", 1, source="manager"),
            rating("B", "data", 3),
        ),
        plan_items=(item("A", "talks", id="i1"), item("B", "data", id="i1", helper="Ana Ruiz")),
        budget_items=(line("l1", person="A"), line("l2", person="B"), line("l3", team="M")),
    )


@pytest.fixture
def folder(tmp_path: Path, made: Path) -> Path:
    """Built workbooks, a returned copy of Ana's under another name, a backup, and answers below."""
    return shutil.copytree(made, tmp_path / "cycle")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that each test has a copy of."""
    top = tmp_path_factory.mktemp("made")
    roster = family(answers())
    build(roster, top)
    shutil.copy(top / "people" / "Ana-Ruiz-A.xlsx", top / "from mail.xlsx")
    shutil.copy(top / "people" / "Ana-Ruiz-A.xlsx", top / "people" / "Ana-Ruiz-A.backup-0123abcd.xlsx")
    told = [
        Problem("unknown-label", "Ana-Ruiz-A.xlsx, Plan!B7"),
        Problem("nothing-came", "Ana Ruiz (A)"),
        Problem("nothing-came", "Bo Lee (B)"),
    ]
    save_answers(answers(), top / "answers", told)
    return top


def state(folder: Path) -> dict[str, str]:
    """The hash of every file, by its path."""
    return {p.relative_to(folder).as_posix(): fingerprint(p) for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.mark.slow
def test_everything_of_one_person_is_handed_over(folder: Path, tmp_path: Path) -> None:
    """Ana gets her answers, those about her, and her workbooks; nothing of anybody else, and nothing changes."""
    before = state(folder)
    touched = export_person(folder, "A", tmp_path / "out")
    assert state(folder) == before
    assert set(state(tmp_path / "out")) == {
        *(f"answers/{name}" for name in answer_file_names()),
        "from mail.xlsx",
        "people/Ana-Ruiz-A.backup-0123abcd.xlsx",
        "people/Ana-Ruiz-A.xlsx",
    }
    theirs = load_answers(tmp_path / "out" / "answers")
    assert {repr(r) for r in theirs.ratings} == {repr(r) for r in answers().ratings[:2]}
    assert (theirs.plan_items, theirs.budget_items, theirs.cycles) == (
        answers().plan_items[:1],
        answers().budget_items[:1],
        (this_cycle(),),
    )
    assert touched.files[0] == "answers/answers.csv: 4 rows copied"
    assert len(touched.files) == 4


@pytest.mark.slow
def test_one_person_is_erased_and_nobody_else(folder: Path) -> None:
    """Ana's rows, workbooks, manifest lines and problems are gone; every other file is as it was."""
    before = state(folder)
    touched = forget_person(folder, "A")
    after = state(folder)
    gone = {"from mail.xlsx", "people/Ana-Ruiz-A.backup-0123abcd.xlsx", "people/Ana-Ruiz-A.xlsx"}
    assert before.keys() - after.keys() == gone
    changed = {name for name in after if before.get(name) != after[name]}
    answers = {"answers/answers.csv", "answers/plan-items.csv", "answers/budget-items.csv", "answers/problems.csv"}
    assert changed - {LOCK} == {MANIFEST, *answers}
    left = load_answers(folder / "answers")
    assert {one.person for one in (*left.ratings, *left.plan_items, *left.budget_items)} == {"B", ""}
    assert [problem.place for problem in read_problems(folder / "answers")] == ["Bo Lee (B)"]
    assert {entry.subject for entry in load(folder).values() if entry.kind == "person"} == set("MBCDZX")
    assert b"Ana" not in (folder / MANIFEST).read_bytes()
    assert touched.files == (
        "answers/answers.csv: 4 rows erased",
        "answers/problems.csv: 2 rows erased",
        "manifest.json: 1 line erased",
        *(f"{name}: erased" for name in sorted(gone)),
    )


@pytest.mark.slow
def test_a_build_goes_on_after_it(folder: Path) -> None:
    """The manifest is still one: a later build keeps the other files and makes only what is missing."""
    forget_person(folder, "A")
    report = build(family(answers()), folder)
    assert (report.counts["written"], report.counts["unchanged"]) == (1, 8)


@pytest.mark.slow
def test_what_is_left_is_listed(folder: Path) -> None:
    """Others' workbooks and words that name the person, and files nobody can read, are told."""
    (folder / "people" / "broken.xlsx").write_bytes(b"PK")
    touched = forget_person(folder, "A")
    assert {(p.code, p.place) for p in touched.left} == {
        ("whose-unknown", "people/broken.xlsx"),
        ("named-elsewhere", "teams/Mia-Boss-M.xlsx"),
        ("named-elsewhere", "people/Bo-Lee-B.xlsx"),  # names her as a helper
        ("named-elsewhere", "answers/plan-items.csv: helper of an entry of B"),
    }
    assert {p.severity for p in touched.left} == {"note"}


@pytest.mark.slow
def test_a_short_id_is_not_looked_for_in_every_number(tmp_path: Path) -> None:
    """Person 2 is found in the manager's workbook, and not wherever a 2 or a part of the name stands."""
    people = [
        {"id": "1", "name": "Ana Ruiz", "title": "Group Product Manager", "manager": ""},
        {"id": "2", "name": "Bo Lee", "title": "Product Manager", "manager": "1"},
        {"id": "3", "name": "Cy Fox", "title": "Product Manager", "manager": "1"},
    ]
    build(load_roster(people, as_of=this_cycle().date), tmp_path, books=("people", "teams", "organization"))
    written = [
        item("3", "vision", id="1", cycle="2026", action="Read Turbo Leerings"),
        item("3", "vision", id="2", cycle="2026", action="Take over bo lee's roadmap"),
    ]
    keep = [
        Problem("skipped", "mail.xlsx (2)", "no workbook", severity="note"),
        Problem("unknown-label", "Cy-Fox-3.xlsx, Plan!B7", "'2'", "one of 3 statuses"),
    ]
    gone = [
        Problem("nothing-came", "Bo Lee (2)"),
        Problem("nothing-came", "Bo Li (2)"),
        Problem("unknown-person", "Ana-Ruiz-1.xlsx, Reviews!H9", "'2'", "somebody on the roster"),
        Problem("activity-gone", "plan item 4 of 2", "split"),
    ]
    save_answers(Answers(cycles=(this_cycle(),), plan_items=tuple(written)), tmp_path / "answers", [*keep, *gone])
    touched = forget_person(tmp_path, "2")
    assert [p.place for p in touched.left] == [
        "organization.xlsx",
        "teams/Ana-Ruiz-1.xlsx",
        "answers/plan-items.csv: action of an entry of 3",
    ]
    assert read_problems(tmp_path / "answers") == keep
    # Whose own workbook is gone has no name here any more: others' tell the id.
    (tmp_path / "people" / "Cy-Fox-3.xlsx").unlink()
    assert [p.place for p in forget_person(tmp_path, "3").left] == ["organization.xlsx", "teams/Ana-Ruiz-1.xlsx"]


@pytest.mark.slow
def test_a_manager_leaves_the_teams_lines(folder: Path) -> None:
    """What belongs to a manager's team stays when the manager is erased, and is told."""
    touched = forget_person(folder, "M")
    assert "l3" in {one.id for one in load_answers(folder / "answers").budget_items}
    places = {problem.place for problem in touched.left}
    assert {"teams/Mia-Boss-M.xlsx", "answers/budget-items.csv: team of an entry of a team"} <= places


@pytest.mark.slow
def test_erased_is_not_collected_again(folder: Path) -> None:
    """After an erasure the folder gives no answers of that person any more."""
    forget_person(folder, "A")
    collected = collect(folder / "people", roster=family())
    assert "A" not in {one.person for one in collected.answers.ratings if one not in family().answers.ratings}
    assert all("Ana" not in count.name for count in collected.files)


@pytest.mark.slow
@pytest.mark.parametrize("act", ["export", "forget"])
def test_nobody_of_that_id(folder: Path, tmp_path: Path, act: str) -> None:
    """An id that nobody has is an error, and nothing is touched: it may be misspelled."""
    before = state(folder)
    with pytest.raises(InputError, match="nothing-about"):
        forget_person(folder, "a") if act == "forget" else export_person(folder, "a", tmp_path / "out")
    assert {name: digest for name, digest in state(folder).items() if name != LOCK} == {
        name: digest for name, digest in before.items() if name != LOCK
    }
    assert not (tmp_path / "out").exists()


def test_a_folder_that_is_none(tmp_path: Path) -> None:
    """A path that is no folder is told."""
    with pytest.raises(InputError, match="no-such-file"):
        forget_person(tmp_path / "none", "A")


@pytest.mark.slow
def test_faulty_answers_stop_it(folder: Path) -> None:
    """Where answers cannot be read nothing is erased at all."""
    (folder / "answers" / "answers.csv").write_text("cycle,person\n2026,A\n")
    before = state(folder)
    with pytest.raises(InputError, match="missing-column"):
        forget_person(folder, "A")
    assert state(folder) == before


@pytest.mark.slow
def test_no_copy_into_a_folder_in_use(folder: Path, tmp_path: Path) -> None:
    """A copy is not put among other files: not into the folder itself, and not into somebody else's copy."""
    export_person(folder, "B", tmp_path / "out")
    for target in (folder, tmp_path / "out", tmp_path):
        with pytest.raises(OutputError, match="already exists"):
            export_person(folder, "A", target)


@pytest.mark.slow
def test_not_while_another_run_writes(folder: Path) -> None:
    """While a build holds the folder nothing is erased."""
    with FolderLock(folder), pytest.raises(OutputError, match="another run"):
        forget_person(folder.parent, "A")
    assert "from mail.xlsx" in state(folder)


@pytest.mark.slow
def test_a_run_that_was_cut_short_is_ended(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whichever step fails, running it again leaves what an uninterrupted run leaves."""
    whole = folder.parent / "whole"
    shutil.copytree(folder, whole)
    forget_person(whole, "A")
    erase = privacy.delete
    steps = iter(range(100))

    def failing(path: Path) -> None:
        if next(steps) < 3:
            raise OutputError("open in Excel")
        erase(path)

    monkeypatch.setattr(privacy, "delete", failing)
    for _ in range(3):
        with pytest.raises(OutputError):
            forget_person(folder, "A")
    forget_person(folder, "A")
    assert state(folder) == state(whole)


@pytest.mark.slow
def test_what_is_left_is_told_by_the_run_that_ends_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a run failed after the person's own files were gone, the next one still knows the person's name."""
    told = forget_person(folder, "A", dry_run=True)

    def failing(*_: object) -> None:
        raise OutputError("open in Excel")

    with monkeypatch.context() as patch:
        patch.setattr(privacy, "_save_manifest", failing)
        with pytest.raises(OutputError):
            forget_person(folder, "A")
    assert not [name for name in state(folder) if "Ana" in name]
    ended = forget_person(folder, "A")
    assert [problem for problem in ended.left if "helper" in problem.place] != []
    assert ended.left == told.left


@pytest.mark.slow
def test_after_a_crash_only_the_manifest_may_tell(folder: Path) -> None:
    """When all but the manifest's line is gone already, that line is erased."""
    (folder / "from mail.xlsx").unlink()
    for path in (folder / "people").glob("Ana*"):
        path.unlink()
    shutil.rmtree(folder / "answers")
    assert forget_person(folder, "A").files == ("manifest.json: 1 line erased",)


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="a link needs a right there")
def test_links_are_not_followed(folder: Path, tmp_path: Path) -> None:
    """A linked folder is not looked into, nothing behind it is erased, and it is told."""
    elsewhere = tmp_path / "elsewhere"
    shutil.copytree(folder, elsewhere)
    (folder / "linked").symlink_to(elsewhere)
    before = state(elsewhere)
    touched = forget_person(folder, "A")
    assert state(elsewhere) == before
    assert ("whose-unknown", "linked") in {(p.code, p.place) for p in touched.left}


def test_a_folder_without_answers(tmp_path: Path) -> None:
    """Workbooks alone are enough, and ids are compared exactly."""
    family().person("A").save(tmp_path / "one.xlsx")
    family().person("B").save(tmp_path / "two.xlsx")
    assert forget_person(tmp_path, "A").files == ("one.xlsx: erased",)
    assert (tmp_path / "two.xlsx").exists()


@pytest.mark.slow
def test_problems_that_are_none(folder: Path) -> None:
    """A spoiled problems.csv is told, and nothing is erased."""
    (folder / "answers" / "problems.csv").write_text("code,place\na,b,c\n")
    with pytest.raises(InputError, match="bad-problems"):
        forget_person(folder, "A")
    assert (folder / "from mail.xlsx").exists()


@pytest.mark.slow
def test_saved_again_after_erasing(folder: Path) -> None:
    """Collecting into the folder later does not bring the person back from what is there."""
    forget_person(folder, "A")
    Collected(Answers(cycles=(this_cycle(),), ratings=(rating("C", "talks", 1),))).save(folder / "answers")
    assert {one.person for one in load_answers(folder / "answers").ratings} == {"B", "C"}


@pytest.mark.slow
def test_letters_pages_and_leftovers_go(folder: Path) -> None:
    """Nothing that is called after the person is left, nor what killed runs left, wherever it lies."""
    write_page(family(answers()), folder / "page.html")
    write_agendas(family(answers()), folder / "agendas")
    (folder / "people" / ".growthsheet-0123456789abcdef.tmp").write_text("Ana")
    forget_person(folder, "A")
    assert not [name for name in state(folder) if "tmp" in name or "Ana" in name or "erasing" in name or "page" in name]


@pytest.mark.slow
def test_a_file_that_cannot_be_erased(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a failure the manifest still knows the letters: the next run erases them."""
    write_agendas(family(answers()), folder / "agendas")
    erase = privacy.delete

    def failing(path: Path) -> None:
        if path.name == "from mail.xlsx":
            raise OutputError("open in Excel")
        erase(path)

    with monkeypatch.context() as patch:
        patch.setattr(privacy, "delete", failing)
        with pytest.raises(OutputError):
            forget_person(folder, "A")
    forget_person(folder, "A")
    assert not [name for name in state(folder) if "Ana" in name or "mail" in name or "erasing" in name]


@pytest.mark.slow
@pytest.mark.parametrize("act", ["export", "forget"])
def test_a_folder_that_cannot_be_opened(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, act: str
) -> None:
    """Where nobody can tell what is in a folder, nothing is copied or erased: something of the person may be in it."""
    before, real = state(folder), os.scandir

    def refused(path: str) -> Any:
        if str(path).endswith("people"):
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    with monkeypatch.context() as patch:
        patch.setattr(os, "scandir", refused)
        with pytest.raises(InputError, match="not-readable"):
            forget_person(folder, "A") if act == "forget" else export_person(folder, "A", tmp_path / "out")
    assert (state(folder), (tmp_path / "out").exists()) == (before, False)


@pytest.mark.slow
def test_pages_and_letters(folder: Path) -> None:
    """A page about the person is erased wherever it is; others' pages and notes that name the person are told."""
    write_page(family(answers()), folder / "below" / "page.html")
    (folder / "team.html").write_text(family(answers()).team("M").to_html(), encoding="utf-8")
    (folder / "notes.txt").write_text("Ask Ana Ruiz", encoding="utf-8")
    (folder / "bo.md").write_text("Ask Bo", encoding="utf-8")
    touched = forget_person(folder, "A")
    assert "below/page.html: erased" in touched.files
    assert not (folder / "below" / "page.html").exists()
    assert {"team.html", "notes.txt"} <= {problem.place for problem in touched.left}
    assert "bo.md" not in {problem.place for problem in touched.left}


def write_page(roster: Roster, path: Path) -> None:
    """Ana's page, as ``growthsheet report`` writes it."""
    path.parent.mkdir(exist_ok=True)
    path.write_text(roster.person("A").to_html(), encoding="utf-8")


@pytest.mark.slow
def test_each_unchanged_workbook_is_known_by_the_manifest(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of 5,000 unchanged workbooks only the person's own, and those that may name the person, are read as workbooks."""
    opened: list[str] = []
    real = finding.identity_of
    monkeypatch.setattr(finding, "identity_of", lambda path: opened.append(path.name) or real(path))
    forget_person(folder, "A", dry_run=True)
    assert sorted(opened) == ["Ana-Ruiz-A.backup-0123abcd.xlsx", "Ana-Ruiz-A.xlsx", "from mail.xlsx"]


def test_an_export_that_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where one of the copies cannot be written, none is there, and the same export can be made afterwards."""
    save_answers(answers(), tmp_path / "cycle")
    real = os.replace

    def replace(source: Path, target: Path) -> None:
        if Path(target).name == "plan-items.csv":
            raise PermissionError(13, "Permission denied")
        real(source, target)

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", replace)
        with pytest.raises(OutputError, match="plan-items"):
            export_person(tmp_path / "cycle", "A", tmp_path / "out")
    assert not (tmp_path / "out").exists()
    export_person(tmp_path / "cycle", "A", tmp_path / "out")
    assert load_answers(tmp_path / "out").plan_items == (item("A", "talks", id="i1"),)


def test_responses_are_erased(tmp_path: Path) -> None:
    """The table of who has answered names the person and the manager; it goes, and collecting makes it anew."""
    save_answers(Answers(cycles=(this_cycle(),), ratings=(rating("A", "talks", 2),)), tmp_path)
    save_answers(Answers(cycles=(this_cycle(),)), tmp_path / "blank")  # a file of hers came back there, with no answer
    for home in (tmp_path, tmp_path / "blank"):
        (home / "responses.csv").write_text("cycle,person_id,person\n2026,A,Ana Ruiz\n", "utf-8")
    assert {"responses.csv: erased", "blank/responses.csv: erased"} <= {*forget_person(tmp_path, "A", True).files}
    assert (tmp_path / "responses.csv").exists()
    forget_person(tmp_path, "A")
    assert [*tmp_path.rglob("responses.csv")] == []
