"""Answers in a folder: what is written is what is read, whatever people wrote, and faults are told all at once."""

import csv
import io
import os
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from growthsheet.errors import InputError, OutputError, Problem
from growthsheet.model import Answers, BudgetItem, Cycle, PlanItem, Rating, Source
from growthsheet.sources.answers import answer_file_names, load_answers, save_answers
from growthsheet.sources.tables.write_csv import LINES_AT_ONCE, csv_blocks, csv_bytes, neutral, original

SPRING = Cycle(id="2026", label="Spring 2026", date=date(2026, 3, 1))
FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "'=1", "''", "\uff1d1", "\uff20x")

unfit = st.characters(blacklist_categories=["Cc", "Cs"], blacklist_characters="\ufffe\uffff") | st.sampled_from(
    "\t\n\r"
)
texts = st.text(unfit, max_size=30) | st.sampled_from(FORMULAS)
keys = st.text(unfit, min_size=1, max_size=10).map(str.strip).filter(bool)
ids = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,20}", fullmatch=True)
values = st.none() | st.just("n/a") | st.integers(-100, 1000)
days = st.none() | st.dates()
money = st.none() | st.decimals(0, 10**12, allow_nan=False, allow_infinity=False, places=3)
ratings = st.builds(
    Rating,
    cycle=st.just("2026"),
    person=keys,
    activity=ids,
    source=st.sampled_from(Source),
    skill=values,
    experience=values,
    interest=values,
    note=texts,
    evidence=texts,
)
plan_items = st.builds(
    PlanItem, person=keys, activity=ids, id=texts, cycle=texts, action=texts, measure=texts, due=days, helper=texts
)
budget_items = st.builds(
    BudgetItem,
    id=keys,
    person=texts,
    team=texts,
    category=texts,
    title=texts,
    activity=texts,
    provider=texts,
    estimate=money,
    actual=money,
    travel=money,
    currency=st.none() | st.just("EUR"),
    cycle=texts,
    start=days,
)


def alone(*fields: str) -> Any:
    """What makes an object one of its kind."""
    return lambda part: tuple(getattr(part, name) for name in fields)


answers = st.builds(
    Answers,
    cycles=st.just((SPRING,)),
    ratings=st.lists(ratings, max_size=4, unique_by=alone("cycle", "person", "activity", "source")).map(tuple),
    plan_items=st.lists(plan_items, max_size=3, unique_by=alone("person", "id")).map(tuple),
    budget_items=st.lists(budget_items, max_size=3, unique_by=alone("id")).map(tuple),
)


def as_set(answers: Answers) -> set[Any]:
    """Answers without their order."""
    return {part for name in Answers.model_fields for part in getattr(answers, name)}


def written(folder: Path, **files: str) -> Path:
    """A folder with these files; ``plan_items`` is ``plan-items.csv``."""
    for name, text in files.items():
        Path(folder, f"{name.replace('_', '-')}.csv").write_text(text, encoding="utf-8", newline="")
    return folder


def problems(path: Path) -> list[Problem]:
    """What is wrong with the answers there."""
    with pytest.raises(InputError) as caught:
        load_answers(path)
    return list(caught.value.problems)


@pytest.mark.slow
@given(answers)
@settings(max_examples=37, deadline=None)
def test_every_answer_comes_back(said: Answers) -> None:
    """Whatever was said, the files give back exactly that."""
    with TemporaryDirectory() as folder:
        save_answers(said, folder)
        assert as_set(load_answers(folder)) == as_set(said)


@pytest.mark.slow
@given(st.builds(Answers, ratings=st.lists(ratings), plan_items=st.lists(plan_items)))
@settings(max_examples=16, deadline=None)
def test_rows_are_sorted(said: Answers) -> None:
    """Rows stand in the order of their texts, the first column counting most, those that repeat one another too."""
    dated = said.model_copy(update={"cycles": (SPRING,)})
    with TemporaryDirectory() as folder:
        save_answers(dated, folder)
        for name in ("answers.csv", "plan-items.csv"):
            text = Path(folder, name).read_bytes().decode("utf-8-sig")
            rows = [list(map(original, row)) for row in csv.reader(io.StringIO(text, newline=""))][1:]
            assert sorted(rows) == rows


def test_a_long_file_comes_in_blocks() -> None:
    """However many rows there are, the blocks hold so many lines each, and together they are the file."""
    rows = [[str(number), "Zoë"] for number in range(2 * LINES_AT_ONCE)]
    blocks = list(csv_blocks(["id", "name"], rows))
    assert [block.count(b"\r\n") for block in blocks] == [LINES_AT_ONCE, LINES_AT_ONCE, 1]
    assert csv_bytes(["id", "name"], rows) == b"".join(blocks)
    assert list(csv.reader(io.StringIO(b"".join(blocks).decode("utf-8-sig"), newline="")))[1:] == rows


@given(texts)
@example("'")
def test_one_apostrophe_on_and_off(text: str) -> None:
    """Neutralising adds nothing but apostrophes, and reading takes exactly those off."""
    assert original(neutral(text)) == text
    assert neutral(text).replace("'", "") == text.replace("'", "")


@given(st.text("a=+-@'\"\t\r\n,;| ", max_size=12))
@example('x;"=1+1"')
@settings(max_examples=125)
def test_no_cell_is_a_formula_whichever_separator(text: str) -> None:
    """However a spreadsheet splits the lines, no cell begins like a formula, and the text comes back."""
    blocks = csv_bytes(["id", "note", "last"], [["1", text, "z"]]).decode("utf-8-sig")
    assert original(next(csv.reader(io.StringIO(blocks.partition("\r\n")[2], newline="")))[1]) == text
    for separator in ",;\t|":
        for row in csv.reader(io.StringIO(blocks, newline=""), delimiter=separator):
            assert not [cell for cell in row if cell[:1] in set("=+-@\t\r\n")]


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_starts_a_formula(text: str) -> None:
    """A text that a spreadsheet would run is written behind an apostrophe."""
    written = csv_bytes(["note"], [[text]]).decode("utf-8-sig")
    cell = list(csv.reader(io.StringIO(written, newline="")))[1][0]
    assert (cell[0], original(cell)) == ("'", text)


def rating(**more: Any) -> Rating:
    """A rating."""
    return Rating(**{"cycle": "2026", "person": "007", "activity": "roadmap", "skill": 3} | more)


def test_same_answers_same_bytes(tmp_path: Path) -> None:
    """The order of the answers does not show, and neither does a second run."""
    parts = (rating(), rating(person="1e5"), rating(source="agreed"))
    for name, order in {"one": parts, "two": parts[::-1]}.items():
        save_answers(Answers(cycles=(SPRING,), ratings=order), tmp_path / name)
        save_answers(Answers(cycles=(SPRING,), ratings=order), tmp_path / name)
    names = answer_file_names()
    one, two = ({file: (tmp_path / name / file).read_bytes() for file in names} for name in ("one", "two"))
    assert one == two
    assert one["answers.csv"].startswith(b'\xef\xbb\xbf"cycle","person","activity","source","skill"')


@pytest.mark.parametrize("held", answer_file_names())
def test_all_tables_or_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, held: str) -> None:
    """Where a program holds one of the tables, all of them stay as they were."""
    save_answers(Answers(cycles=(SPRING,), ratings=(rating(),)), tmp_path)
    before, real = {path: path.read_bytes() for path in tmp_path.iterdir()}, os.replace

    def replace(source: Path, target: Path) -> None:
        if Path(target).name == held:
            raise PermissionError(13, "Permission denied")
        real(source, target)

    monkeypatch.setattr(os, "replace", replace)
    more = Answers(cycles=(), plan_items=(PlanItem(person="1", activity="x"),))
    with pytest.raises(OutputError, match=held):
        save_answers(more, tmp_path, [Problem("nothing-came", "Bo Lee (B)")])
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_files_are_the_owners_only(tmp_path: Path) -> None:
    """Candid answers are readable by their owner only."""
    save_answers(Answers(cycles=(SPRING,), ratings=(rating(),)), tmp_path / "new")
    assert {file.stat().st_mode & 0o777 for file in (tmp_path / "new").iterdir()} == {0o600}
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o700


def test_ids_stay_text(tmp_path: Path) -> None:
    """The ids 007, 1e5 and NA are texts, and blank, n/a and 0 are three things."""
    said = (rating(person="007", skill=None), rating(person="1e5", skill="n/a"), rating(person="NA", skill=0))
    save_answers(Answers(cycles=(SPRING,), ratings=said), tmp_path)
    assert {r.person: r.skill for r in load_answers(tmp_path).ratings} == {"007": None, "1e5": "n/a", "NA": 0}


def test_answers_csv_finds_its_companions(tmp_path: Path) -> None:
    """The file answers.csv may be named instead of its folder."""
    save_answers(
        Answers(cycles=(SPRING,), ratings=(rating(),), plan_items=(PlanItem(person="1", activity="x"),)), tmp_path
    )
    assert load_answers(tmp_path / "answers.csv") == load_answers(tmp_path)


def test_only_what_is_needed(tmp_path: Path) -> None:
    """By hand, three columns and the cycle's date are enough, in any order and with semicolons."""
    written(tmp_path, cycles="id;date\n2026;2026-03-01\n", answers="Skill;person;activity;cycle\n3;7;roadmap;2026\n")
    assert load_answers(tmp_path).ratings == (rating(person="7"),)
    assert load_answers(tmp_path).cycles[0].label == "2026"


def test_amounts_are_exact(tmp_path: Path) -> None:
    """An amount is a decimal number, never a float."""
    line = BudgetItem(id="l1", category="books", title="", estimate="1200.10", actual=Decimal("1E+3"))
    save_answers(Answers(budget_items=(line,)), tmp_path)
    found = load_answers(tmp_path).budget_items[0]
    assert (str(found.estimate), str(found.actual)) == ("1200.10", "1000")


def test_all_faults_at_once(tmp_path: Path) -> None:
    """Every fault in every file is told, with its row and column, and candid cells are not repeated."""
    written(
        tmp_path,
        answers="cycle,person,activity,source,skill,note\n"
        "2026,7,roadmap,self,high,secret\n2026,7,road map,boss,3,\n2026,7,x\n2026,7,a,self,1,\n2026,7,a,self,2,\n",
        cycles="id,label,date\n2026,Spring,1.3.2026\n",
        plan_items="id,person,activity,due,status\n1,7,roadmap,soon,late\n",
        budget_items="id,category,title,estimate,colour\nl1,books,A,12.5.1,red\n",
    )
    found = problems(tmp_path)
    assert [(p.code, p.place) for p in found] == [
        ("bad-cell", "cycles.csv, row 2, column date"),
        ("bad-cell", "answers.csv, row 2, column skill"),
        ("bad-cell", "answers.csv, row 3, column activity"),
        ("bad-cell", "answers.csv, row 3, column source"),
        ("ragged-row", "answers.csv, row 4"),
        ("repeated-row", "answers.csv, row 6"),
        ("bad-cell", "plan-items.csv, row 2, column due"),
        ("bad-cell", "plan-items.csv, row 2, column status"),
        ("unknown-column", "budget-items.csv, row 1"),
    ]
    assert not any("high" in str(problem) or "secret" in str(problem) for problem in found)
    assert "'boss'" in str(found[3])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("cycle,person\n2026,7\n", "missing-column"),
        ("cycle,person,activity,person\n2026,7,a,8\n", "repeated-column"),
        ('cycle,person,activity\n2026,"7,a\n', "csv-quotes"),
        ("", "empty-file"),
    ],
)
def test_strict(tmp_path: Path, text: str, code: str) -> None:
    """Missing and repeated columns and open quotes are refused: they would lose people silently."""
    assert code in {problem.code for problem in problems(written(tmp_path, answers=text))}


def test_other_encodings_are_refused(tmp_path: Path) -> None:
    """A file that was saved in another encoding has lost letters perhaps; it is not guessed at."""
    (tmp_path / "answers.csv").write_bytes("cycle,person,activity\n2026,Zoë,a\n".encode("cp1252"))
    (told,) = problems(tmp_path)
    assert (told.code, told.hint) == ("not-decodable", "open it where it was saved, and save it as 'CSV UTF-8'")


def test_unicode_text_of_excel(tmp_path: Path) -> None:
    """A file that Excel saved as Unicode text says its encoding itself, and is read."""
    written(tmp_path, cycles="id,label,date\n2026,Spring,2026-03-01\n")
    (tmp_path / "answers.csv").write_bytes("cycle\tperson\tactivity\tskill\n2026\tZoë\ta\t1\n".encode("utf-16"))
    assert [(one.person, one.skill) for one in load_answers(tmp_path).ratings] == [("Zoë", 1)]


def test_a_cycle_has_a_nearest(tmp_path: Path) -> None:
    """A cycle that has no date is told with the nearest that has one."""
    written(
        tmp_path, cycles="id,label,date\n2026-h1,Spring,2026-03-01\n", answers="cycle,person,activity\n2026-hl,7,a\n"
    )
    assert problems(tmp_path)[0].hint.startswith("did you mean '2026-h1'?")


@pytest.mark.parametrize("scale", ["skill", "experience", "interest"])
def test_no_scale_is_missing(tmp_path: Path, scale: str) -> None:
    """A file of which the column of one scale was taken out is refused: all of these ratings would be gone."""
    columns = [name for name in ("cycle", "person", "activity", "skill", "experience", "interest") if name != scale]
    (told,) = problems(written(tmp_path, answers=",".join(columns) + "\n"))
    assert (told.code, told.found) == ("missing-column", f"no column '{scale}'")


def test_a_cycle_has_a_date(tmp_path: Path) -> None:
    """A rating of a cycle without a date is refused: nobody could tell whether it is the newest."""
    with pytest.raises(InputError, match="undated-cycle"):
        save_answers(Answers(ratings=(rating(),)), tmp_path / "out")
    assert not (tmp_path / "out").exists()
    told = problems(written(tmp_path, answers="cycle,person,activity\n2025,7,a\n"))
    assert [(p.code, p.found) for p in told] == [("undated-cycle", "'2025'")]


def test_nothing_there(tmp_path: Path) -> None:
    """A folder without answers is told, not read as empty."""
    assert [problem.code for problem in problems(tmp_path)] == ["no-answers"]
    assert [problem.code for problem in problems(tmp_path / "answers.csv")] == ["no-answers"]


def test_problems_are_written_in_order(tmp_path: Path) -> None:
    """The problems stand in problems.csv, neutralised and in the order in which they were found."""
    save_answers(Answers(), tmp_path, [Problem("b", "=cmd()", severity="note"), Problem("a", "x.xlsx")])
    rows = list(csv.DictReader(io.StringIO((tmp_path / "problems.csv").read_text("utf-8-sig"), newline="")))
    assert [(row["code"], row["place"], row["severity"]) for row in rows] == [
        ("b", "'=cmd()", "note"),
        ("a", "x.xlsx", "error"),
    ]


@pytest.mark.skipif(os.name == "nt", reason="a link needs a right there")
def test_a_link_is_not_written_through(tmp_path: Path) -> None:
    """A link in the place of a file is refused, and what it points to stays as it is."""
    (tmp_path / "elsewhere").write_text("mine")
    (tmp_path / "answers.csv").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(Exception, match="link"):
        save_answers(Answers(), tmp_path)
    assert (tmp_path / "elsewhere").read_text() == "mine"
