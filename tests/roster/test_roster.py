"""Rosters in Python: people and teams are found, numbers are tables, objects stay as they are."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pandas
import polars
import pyarrow
import pytest
from pydantic import ValidationError

import growthsheet as gs
from growthsheet.errors import InputError
from growthsheet.sheets.books import person_book, team_book
from growthsheet.views.team import TeamPay
from tests.making import computed, family, person, rating, roster, salary, small_catalog

AS_OF = date(2026, 3, 1)
PEOPLE = [
    {"ID": "M", "Name": "Mia Boss", "E-mail": "mia@x.example", "Title": "Lead", "Manager": "", "Annual salary": 200000},
    {"ID": "A", "Name": "Ana Ruiz", "E-mail": "ana@x.example", "Title": "Product manager", "Manager": "M",
     "Annual salary": 120000},
    {"ID": "B", "Name": "Bo Lee", "E-mail": "bo@x.example", "Title": "Product manager", "Manager": "Mia Boss",
     "Annual salary": None},
    {"ID": "ana ruiz", "Name": "Cy Kim", "E-mail": "", "Title": "Product manager", "Manager": "mia@x.example",
     "Annual salary": 90000},
]  # fmt: skip


@pytest.fixture(scope="module")
def loaded() -> gs.Roster:
    """A roster from a list of dictionaries."""
    return gs.load_roster(PEOPLE, catalog=small_catalog(), currency="USD", as_of=AS_OF)


# -- loading ---------------------------------------------------------------------------------------------------------


def as_csv(folder: Path) -> Path:
    """The same people in a file."""
    path = folder / "people.csv"
    pandas.DataFrame(PEOPLE).to_csv(path, index=False)
    return path


@pytest.mark.slow
@pytest.mark.parametrize(
    "source",
    [
        as_csv,
        lambda folder: str(as_csv(folder)),
        lambda folder: pandas.DataFrame(PEOPLE),
        lambda folder: polars.DataFrame(PEOPLE),
        lambda folder: pyarrow.Table.from_pylist(PEOPLE),
    ],
    ids=["path", "text", "pandas", "polars", "arrow"],
)
def test_every_source_gives_the_same(source: Callable[[Path], Any], tmp_path: Path, loaded: gs.Roster) -> None:
    """A file, a list of dictionaries and any frame give the same people, and the same workbooks."""
    other = gs.load_roster(source(tmp_path), catalog=small_catalog(), currency="USD", as_of=AS_OF)
    assert other.people == loaded.people
    assert [plan.to_bytes() for plan in other.plans()] == [plan.to_bytes() for plan in loaded.plans()]
    assert [team.to_bytes() for team in other.teams()] == [team.to_bytes() for team in loaded.teams()]


def test_frames_are_not_changed() -> None:
    """A frame that was read is as it was."""
    frame = pandas.DataFrame(PEOPLE)
    before = frame.copy(deep=True)
    gs.load_roster(frame, catalog=small_catalog(), currency="USD", as_of=AS_OF).person("A").to_bytes()
    pandas.testing.assert_frame_equal(frame, before)


def test_defaults() -> None:
    """Catalog, cycle and day are the built-in one, the year's and the cycle's, else today's."""
    people = [{"id": "1", "name": "Ana", "title": "Product Manager"}]
    before = date.today()
    plain = gs.load_roster(people)
    assert plain.catalog.id == "product-management"
    assert before <= plain.as_of <= date.today()
    assert plain.cycle.id == str(plain.as_of.year)
    cycle = gs.Cycle(id="spring", label="Spring", date=date(2025, 4, 1))
    dated = gs.load_roster(people, cycle=cycle)
    assert (dated.as_of, dated.cycle) == (date(2025, 4, 1), cycle)
    assert gs.load_roster(people, cycle=cycle, as_of=AS_OF).as_of == AS_OF
    assert plain.currency == ""


def test_the_only_currency_is_the_report_currency() -> None:
    """Where everybody is paid in one currency, it is the report's; where they are not, none is until it is named."""
    people = [
        {"id": n, "name": f"P {n}", "title": "Lead", "annual salary": 9000, "currency": c} for n, c in enumerate("ab")
    ]
    for row, code in zip(people, ("EUR", "EUR"), strict=True):
        row["currency"] = code
    assert gs.load_roster(people, catalog=small_catalog(), as_of=AS_OF).currency == "EUR"
    people[1]["currency"] = "JPY"
    mixed = gs.load_roster(people, catalog=small_catalog(), as_of=AS_OF)
    assert mixed.currency == ""
    assert [plan.budget().records()[0]["currency"] for plan in mixed.plans()] == ["EUR", "JPY"]


def test_everything_wrong_at_once() -> None:
    """All problems of a roster come together, each with its code."""
    people = [
        {"id": "1", "name": "", "title": "Product manager"},
        {"id": "2", "name": "Bo", "title": "Astronaut"},
        {"id": "3", "name": "Cy", "title": "Lead", "manager": "9"},
    ]
    with pytest.raises(InputError) as caught:
        gs.load_roster(people, catalog=small_catalog(), as_of=AS_OF)
    assert {problem.code for problem in caught.value.problems} == {"no-name", "unknown-role", "unknown-manager"}


def test_a_catalog_is_checked() -> None:
    """A catalog that was made in Python is checked like one that was read: no name may stand for two activities."""
    twice = small_catalog().model_dump()
    twice["activities"][1]["name"] = "customer TALKS"
    with pytest.raises(InputError) as caught:
        gs.load_roster(PEOPLE, catalog=gs.Catalog.model_validate(twice), currency="USD", as_of=AS_OF)
    assert [problem.code for problem in caught.value.problems] == ["repeated-name"]


def test_a_leaver_whose_role_is_not_known() -> None:
    """Somebody who left with a title that matches no role keeps a budget row, and stops nobody's workbook."""
    people = [*PEOPLE, {"ID": "L", "Name": "Lu Gone", "Title": "Astronaut", "Manager": "M", "Annual salary": 60000}]
    for row in people:
        row.setdefault("End date", "2026-02-01" if row["ID"] == "L" else None)
    made = gs.load_roster([{**row} for row in people], catalog=small_catalog(), currency="USD", as_of=AS_OF)
    records = made.team("M").budget().records()
    assert [row["person_id"] for row in records if row["base"]] == ["A", "ana ruiz", "L"]
    assert made.team("M").to_bytes()
    assert "L" not in [row["person_id"] for row in made.team("M").gaps()]


# -- finding people --------------------------------------------------------------------------------------------------


def test_people_are_found(loaded: gs.Roster) -> None:
    """A person is found by id, e-mail or name; an id comes before somebody else's name."""
    for who in ("A", "ana@x.example", "ANA@X.EXAMPLE", " Ana Ruiz "):
        assert loaded.person(who).person.id == "A"
    assert loaded.person("ana ruiz").person.id == "ana ruiz"
    for who in ("M", "mia@x.example", "mia boss"):
        assert loaded.team(who).manager.id == "M"


@pytest.mark.parametrize("who", ["", "Nobody", "a", "Ana", "mia@x", "*"])
def test_people_that_are_not_there(loaded: gs.Roster, who: str) -> None:
    """Who is not there is told, with the name that may be meant; blank names and patterns find nobody."""
    with pytest.raises(InputError) as caught:
        loaded.person(who)
    assert [problem.code for problem in caught.value.problems] == ["unknown-person"]
    with pytest.raises(InputError, match="did you mean 'Ana Ruiz'"):
        loaded.person("Ana Ruis")


def test_managers_that_are_none(loaded: gs.Roster) -> None:
    """All names that are no manager's are told at once, each with the managers who may be meant."""
    with pytest.raises(InputError) as caught:
        list(loaded.teams(["M", "mia bos", "Ana Ruiz", "mia bos"]))
    assert list(map(str, caught.value.problems)) == [
        "roster: 'mia bos'; wanted: one of 1 manager; did you mean 'Mia Boss'? [unknown-person]",
        "roster: 'Ana Ruiz'; wanted: one of 1 manager; use an id, an e-mail address or a full name [unknown-person]",
    ]
    twins = roster([person("1", "Ana Ruiz"), person("2", "Ana Ruis"), person("3", "Bo")])
    with pytest.raises(InputError, match="did you mean 'Ana Ruiz' or 'Ana Ruis'"):
        twins.person("ANA RUIZZ")


def test_a_name_that_several_people_have() -> None:
    """A name that several people have is refused with their ids."""
    twins = roster([person("1", "Ana"), person("2", "ana"), person("3", "Bo")])
    with pytest.raises(InputError, match="1, 2") as caught:
        twins.person("Ana")
    assert caught.value.problems[0].code == "ambiguous-person"
    assert twins.person("2").person.id == "2"


def test_only_managers_have_teams(loaded: gs.Roster) -> None:
    """Who leads nobody has no team; who leads somebody has just the people who report to them."""
    with pytest.raises(InputError):
        loaded.team("A")
    assert [manager.id for manager in loaded.managers] == ["M"]
    assert [each.id for each in loaded.team("M").people] == ["A", "B", "ana ruiz"]
    assert [team.manager.id for team in family().teams()] == ["M", "Z"]
    assert [each.id for each in family().team("Z").people] == ["X"]


# -- options, copies, immutability -----------------------------------------------------------------------------------


@pytest.mark.slow
def test_options_give_copies() -> None:
    """Changed options and answers give a changed copy; what there was stays as it was."""
    made = family()
    before = made.person("A").to_bytes(), made.team("M").to_bytes()
    blind = made.with_options(blind=True)
    assert (made.options.blind, blind.options.blind) == (False, True)
    assert blind.with_options(core=True).options == gs.Options(blind=True, core=True)
    answered = made.with_answers(gs.Answers())
    assert answered.person("A").to_bytes() != before[0]
    assert blind.person("A").to_bytes() != before[0]
    assert (made.person("A").to_bytes(), made.team("M").to_bytes()) == before
    with pytest.raises(TypeError):
        made.with_options(blnd=True)
    assert made.with_options(pay="none").options.pay is TeamPay.NONE


def test_answers_of_another_catalog_are_told() -> None:
    """Ratings that no workbook can show are counted in a note; those of the catalog are not."""
    known = (rating("A", "talks", 1), rating("A", "faxes", 2))
    strange = (rating("A", "juggling", 2), rating("B", "juggling", 3))
    assert family(gs.Answers(ratings=known)).problems == ()
    [note] = family(gs.Answers(ratings=(*known, *strange))).problems
    assert (note.code, note.severity) == ("answers-not-shown", "note")
    assert note.found == "ratings of activities that small 1.0 does not have, so not shown: 2"


def test_answers_of_people_who_are_not_on_the_roster_are_told() -> None:
    """Answers of ids that the roster does not have are told, each with the nearest id that has no answers."""
    rows = [
        {"id": id, "name": name, "title": "Product manager"} for id, name in (("7", "Ana"), ("E003", "Bo"), ("x", "Cy"))
    ]
    rows.append({"id": "old", "name": "Di", "title": "Product manager", "end": "2020-01-31"})
    roster = gs.load_roster(rows, catalog=small_catalog(), as_of=date(2026, 3, 1), default_role="pm")
    answers = gs.Answers(ratings=[rating(id, "talks", 1) for id in ("0007", "e003", "gone-long-ago", "old", "x")])
    [note] = [each for each in roster.with_answers(answers).problems if each.code == "answers-of-nobody"]
    assert note.found == (
        "answers of 3 people not on the roster, so not shown: '0007' (is it '7'?), 'e003' (is it 'E003'?), "
        "'gone-long-ago'"
    )
    known = gs.Answers(ratings=[rating(id, "talks", 1) for id in ("7", "old", "x")])
    assert "answers-of-nobody" not in {each.code for each in roster.with_answers(known).problems}


def test_objects_cannot_be_changed() -> None:
    """No public object can be assigned to."""
    made = family()
    plan = made.person("A")
    for each, name in ((made, "as_of"), (plan, "view"), (made.team("M"), "view"),
                       (plan.gaps(), "rows"), (plan.view, "allocation")):  # fmt: skip
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(each, name, None)
    for model, name in (
        (made.options, "blind"),
        (made.people[0], "name"),
        (made.policy, "rate"),
        (made.catalog, "version"),
        (made.cycle, "label"),
    ):
        with pytest.raises(ValidationError):
            setattr(model, name, None)


def test_reprs_are_one_line() -> None:
    """Each object shows itself in one line that tells whose it is."""
    made = family()
    assert repr(made) == "<Roster of 7 people, 2 teams, cycle 2026>"
    assert repr(made.person("A")) == "<Plan of Ana Ruiz (A), Product manager>"
    assert repr(made.team("M")) == "<Team of Mia Boss (M), 4 people>"
    assert repr(made.person("A").gaps()) == "<gaps: 6 rows x 20 columns>"


# -- numbers ---------------------------------------------------------------------------------------------------------


def test_gaps_of_a_person() -> None:
    """The table of gaps holds what the assessment shows."""
    found = {row["activity_id"]: row for row in family().person("A").gaps()}
    assert found["pricing"] == {
        "person_id": "A",
        "person": "Ana Ruiz",
        "role": "Product manager",
        "team_id": "M",
        "area": "Discover",
        "activity_id": "pricing",
        "activity": "Pricing",
        "expected": 2.5,
        "self": 0,
        "manager": None,
        "agreed": None,
        "experience": 0,
        "interest": 2,
        "used": 0,
        "importance": 3,
        "gap": 2.5,
        "priority": 7.5,
        "rank": 1,
        "route": "train",
        "status": "rated",
    }
    assert [found["launch"][name] for name in ("self", "gap", "route", "status")] == [None, None, None, "n/a"]
    assert (found["coaching"]["expected"], found["coaching"]["status"]) == (None, "not expected")  # the next role's


def test_budget_of_a_person() -> None:
    """The budget is one row, with the currency; carried-in money counts, and rejected lines do not."""
    [row] = family().person("A").budget().records()
    assert row == {
        "person_id": "A",
        "person": "Ana Ruiz",
        "team_id": "M",
        "currency": "USD",
        "base": None,
        "proration": None,
        "allocation": 3600,
        "carry_in": 250,
        "planned": 300,
        "committed": 480,
        "spent": 99.99,
        "available": 3270.01,
    }
    assert family().person("D").budget().records()[0]["allocation"] is None


def test_tables_of_a_team() -> None:
    """Gaps, coverage and budget of a team hold what its tabs show."""
    team = family().team("M")
    gaps = {(row["person_id"], row["activity_id"]): row for row in team.gaps()}
    assert gaps["A", "roadmap"] == {
        "person_id": "A",
        "person": "Ana Ruiz",
        "activity_id": "roadmap",
        "activity": "Roadmap",
        "role": "Product manager",
        "team_id": "M",
        "area": "Deliver",
        "expected": 3,
        "self": 2,
        "manager": None,
        "agreed": 1,
        "used": 1,
        "experience": 3,
        "interest": 1,
        "importance": 3,
        "gap": 2,
        "priority": 6,
        "rank": 2,
        "route": "talk",
        "status": "rated",
    }
    assert [gaps["A", name]["status"] for name in ("launch", "talks")] == ["n/a", "rated"]
    assert (gaps["D", "talks"]["status"], gaps["A", "talks"]["manager"]) == ("not rated", 2)
    assert ("B", "coaching") not in gaps  # not expected is no row
    assert gaps["B", "pricing"]["used"] is None  # 7 is not on the scale
    coverage = {row["activity_id"]: row for row in team.coverage()}
    assert coverage["roadmap"]["expected_people"] == 4
    assert (coverage["roadmap"]["rated_people"], coverage["roadmap"]["covered"]) == (3, 2)
    assert (coverage["launch"]["covered"], coverage["launch"]["flag"]) == (None, None)
    budget = {row["person_id"]: row for row in team.budget()}
    assert list(budget) == ["A", "B", "C", "D", "L", ""]
    assert (budget["A"]["allocation"], budget["B"]["proration"], budget["L"]["allocation"]) == (3600, 0.5, 150)
    assert budget["B"]["base"] == 84_000.25
    assert budget[""]["planned"] == 2000


@pytest.mark.parametrize("pay", TeamPay)
def test_team_budget_holds_what_may_be_shown(pay: TeamPay) -> None:
    """The table of a team's budget holds no more about pay than the file may hold; the columns are the same."""
    table = family(pay=pay).team("M").budget()
    assert any(table["base"]) is (pay is TeamPay.SALARY)
    assert any(table["allocation"]) is any(table["available"]) is (pay in (TeamPay.SALARY, TeamPay.ALLOWANCE))


TABLES = {
    "plan gaps": lambda: family().person("A").gaps(),
    "plan budget": lambda: family().person("A").budget(),
    "team gaps": lambda: family().team("M").gaps(),
    "team coverage": lambda: family().team("M").coverage(),
    "team budget": lambda: family().team("M").budget(),
    "unrated": lambda: roster([person("A")], [salary("A", 1)]).person("A").gaps(),
}


@pytest.mark.parametrize("make", TABLES.values(), ids=TABLES)
def test_tables_become_frames(make: Callable[[], gs.Results]) -> None:
    """A table becomes a pandas, polars or pyarrow frame with the same columns, rows and blanks."""
    table = make()
    records = table.records()
    assert list(table) == records
    assert table.to_dict() == {name: [row[name] for row in records] for name in table.columns}
    frame = table.to_pandas()
    assert list(frame.columns) == list(table.columns)
    assert len(frame) == len(table) == len(records)
    for name in table.columns:
        found = [None if pandas.isna(value) else value for value in frame[name]]
        assert found == [row[name] for row in records]
    wide, arrow = table.to_polars(), table.to_arrow()
    assert wide.columns == arrow.column_names == list(table.columns)
    assert wide.height == arrow.num_rows == len(table)
    for name, cells in table.to_dict().items():
        assert wide[name].to_list() == arrow[name].to_pylist() == table[name] == cells


def test_results_equal_the_workbook() -> None:
    """Numbers in Python are those that stand in the workbook's cells."""
    team = family().team("M")
    read = openpyxl.load_workbook(BytesIO(team.to_bytes()), data_only=True)["Coverage"]
    header = next(row for row in read.iter_rows() if any(cell.value == "Covered" for cell in row))
    names = {cell.value: cell.column for cell in header if cell.value}
    shown = {
        read.cell(row, names["Activity"]).value: read.cell(row, names["Covered"]).value or None
        for row in range(header[0].row + 1, read.max_row + 1)
    }
    assert {row["activity"]: row["covered"] or None for row in team.coverage()} == shown
    assert computed(team_book(team.view))["coverage"]["k:roadmap"]["covered"] == shown["Roadmap"]


def test_notebooks_show_tables() -> None:
    """A notebook shows a table of gaps, coloured, with every name escaped."""
    made = roster([person("A", "<b>&", manager="M"), person("M", role="lead")])
    for each in (made.person("A"), made.team("M"), made.team("M").gaps()):
        html = each._repr_html_()
        assert "<b>&" not in html
        assert "<table" in html or "<svg" in html
    coloured = family().person("A").gaps()._repr_html_()
    assert "background:rgba(" in coloured


# -- files -----------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_save(tmp_path: Path) -> None:
    """A workbook is saved under the name that is given, whole, for its owner only, over an older one."""
    plan = family().person("A")
    for target in (tmp_path / "ana.xlsx", str(tmp_path / "again.xlsx")):
        for _ in range(2):
            path = plan.save(target)
            assert path == Path(target)
            assert path.read_bytes() == plan.to_bytes()
            assert path.stat().st_mode & 0o077 == 0
    assert family().team("M").save(tmp_path / "mia.xlsx").read_bytes() == family().team("M").to_bytes()
    assert sorted(each.name for each in tmp_path.iterdir()) == ["again.xlsx", "ana.xlsx", "mia.xlsx"]


def test_earlier_cycles() -> None:
    """No answer of another cycle counts; earlier cycles are history, the oldest first, and later ones are not."""
    cycles = [gs.Cycle(id=id, label=id, date=date(year, 1, 1)) for id, year in (("a", 2024), ("b", 2025), ("z", 2027))]
    said = [
        rating("A", "talks", level).model_copy(update={"cycle": id}) for level, id in ((3, "z"), (2, "b"), (1, "a"))
    ]
    said.append(rating("A", "data", 0).model_copy(update={"cycle": "a"}))
    made = roster([person("A")], answers=gs.Answers(cycles=cycles, ratings=said))
    assert {row["self"] for row in made.person("A").gaps()} == {None}
    past = [(each.cycle.id, each.used("talks", made.catalog)) for each in made.person("A").view.history]
    assert past == [("a", 1), ("b", 2)]


def test_views_are_of_one_person() -> None:
    """A plan's items and lines are those of its person; a team's lines are those of its people and its own."""
    made = family()
    assert [item.id for item in made.person("A").view.plan_items] == ["i1", "i2", "i3"]
    assert [line.id for line in made.person("C").view.budget_items] == ["l5"]
    assert made.person("X").view.budget_items == ()
    assert [line.id for line in made.team("M").view.budget_items] == ["l1", "l2", "l3", "l4", "l5", "l6"]
    assert made.team("Z").view.budget_items == ()
    assert person_book(made.person("X").view).identity["id"] == "X"


def test_a_line_in_another_currency_is_refused() -> None:
    """A budget line in yen is not counted as dollars: it is told, with both currencies."""
    people = [{"id": "A", "name": "Ana", "title": "Product Manager", "annual salary": 120000}]
    loaded = gs.load_roster(people, currency="USD", as_of=date(2026, 3, 1))
    line = gs.BudgetItem(id="b1", person="A", category="training", title="Course", estimate=1000, currency="JPY")
    with pytest.raises(gs.InputError, match="budget line b1: JPY; wanted: USD"):
        loaded.with_answers(gs.Answers(budget_items=(line,)))
