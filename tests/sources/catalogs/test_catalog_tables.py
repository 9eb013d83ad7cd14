"""Catalogs of other shapes: tidy tables and statements, invented ones and those that others have published."""

from __future__ import annotations

import os
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import growthsheet as gs
from growthsheet.sources.catalogs.document import read_mapping
from growthsheet.sources.catalogs.from_statements import STATEMENT_KEYS, is_statements, read_statements
from growthsheet.sources.catalogs.load import holds_catalog
from growthsheet.sources.catalogs.yaml12 import read_yaml
from tests.strategies import steady

DATA = os.environ.get("GROWTHSHEET_DATA", "")
published = pytest.mark.skipif(not DATA, reason="GROWTHSHEET_DATA names no folder with published catalogs")
FOLDER = Path(DATA, "catalogs")

TABLE = """\
Role,Skill,Expected Level,Skill area,Description,Level description
Analyst,Modelling,2,Data,Builds models,Alone
Lead analyst,Modelling,3.5,Data,Builds models,
Lead analyst,Talking,1,People,,Listens
Trainee,Talking,n/a,People,,
"""


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """A tidy table."""
    path = tmp_path / "skills.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def wrong(path: Path, **more: object) -> list[str]:
    """Everything that is wrong with a catalog."""
    with pytest.raises(gs.InputError) as raised:
        gs.read_catalog(path, name="it", **more)
    return [f"{problem.place} [{problem.code}]" for problem in raised.value.problems]


def test_a_tidy_table(table: Path) -> None:
    """Roles, activities, areas, levels and anchors come from the rows; a row without a level is left out and told."""
    catalog, notes = gs.read_catalog(table)
    assert {role.id: dict(role.expected) for role in catalog.roles} == {
        "analyst": {"modelling": 2.0},
        "lead-analyst": {"modelling": 3.5, "talking": 1.0},
    }
    assert {a.id: (a.area, a.description, dict(a.anchors)) for a in catalog.activities} == {
        "modelling": ("data", "Builds models", {2: "Alone"}),
        "talking": ("people", "", {1: "Listens"}),
    }
    assert [note.code for note in notes] == ["scale-taken", "levels-left-out"]
    assert catalog.id == "skills"


def test_the_same_table_in_a_workbook(table: Path, tmp_path: Path) -> None:
    """A table on a tab gives the same catalog."""
    book = openpyxl.Workbook()
    for line in TABLE.splitlines():
        book.active.append([float(cell) if cell.replace(".", "").isdigit() else cell for cell in line.split(",")])
    book.save(tmp_path / "skills.xlsx")
    one, other = gs.load_catalog(tmp_path / "skills.xlsx"), gs.load_catalog(table)
    assert one.model_copy(update={"source": ""}) == other.model_copy(update={"source": ""})


def test_columns_may_be_named(tmp_path: Path) -> None:
    """A mapping finds columns that do not say what they are; a wrong one is told."""
    path = tmp_path / "t.csv"
    path.write_text("Job code,Thing to do,Stage\nA,Modelling,2\nB,Modelling,3\n")
    mapping = {"role": "Job code", "activity": "Thing to do", "level": "Stage"}
    catalog, _ = gs.read_catalog(path, mapping=mapping)
    assert [role.name for role in catalog.roles] == ["A", "B"]
    assert wrong(path, mapping=mapping | {"area": "Gone", "colour": "x"}) == [
        "it [unknown-field]",
        "it [missing-column]",
        "it [missing-column]",
    ]


@pytest.mark.parametrize(
    ("rows", "problems"),
    [
        ("A,Modelling,Wizard", ["it, row 2, column level [unknown-levels]"]),
        ("A,Modelling,2\nA,Modelling,3", ["it, row 3, column level [several-levels]"]),
        (
            ",Modelling,2\nA,,3",
            ["it, row 2, column role [missing-field]", "it, row 3, column activity [missing-field]"],
        ),
        ("A,Modelling,2\nA,Modelling", ["it, row 3 [ragged-row]"]),
    ],
)
def test_faults_of_a_table(tmp_path: Path, rows: str, problems: list[str]) -> None:
    """Everything that is wrong is told with its row."""
    path = tmp_path / "t.csv"
    path.write_text(f"role,activity,level\n{rows}\n")
    assert wrong(path) == problems


def test_levels_off_every_scale(tmp_path: Path) -> None:
    """A level of 40 is no level: told with its row."""
    path = tmp_path / "t.csv"
    path.write_text("role,activity,level\nA,Modelling,40\nA,Talking,3\n")
    assert wrong(path) == ["it, row 2, column level [level-off-scale]"]


def test_names_that_meet_and_names_that_are_long(tmp_path: Path) -> None:
    """Ids and names stay apart where texts meet; a long name is cut at a word and kept whole in the description."""
    path, long = tmp_path / "t.csv", "Explains " + "very " * 20 + "well"
    path.write_text(f'role,activity,level\nA & B,{long},1\n"A, B",{long} indeed,1\n山,Été,1\n', encoding="utf-8")
    catalog = gs.load_catalog(path)
    assert [role.id for role in catalog.roles][:2] == ["a-and-b", "a-b"]
    assert [len(activity.name) <= 80 for activity in catalog.activities] == [True] * 3
    assert catalog.activities[0].description == long
    assert catalog.activities[2].id == "ete"


STATEMENTS = """\
name: Guild
summary: Of the guild
levels:
  - id: junior
    name: Junior
  - id: senior
    name: Senior
themes:
  - id: craft
    name: Craft
competencies:
  - id: c1
    level: junior
    theme: craft
    proficiency: Awareness
    summary: Knows the tools
    examples: [Names them, Cleans them]
  - id: c2
    level: senior
    theme: craft
    proficiency: Expert
    summary: Makes the tools
"""


def test_statements(tmp_path: Path) -> None:
    """Levels are roles, themes are areas, and each statement is an activity that one level expects."""
    path = tmp_path / "guild.yml"
    path.write_text(STATEMENTS)
    catalog = gs.load_catalog(path)
    assert {role.id: dict(role.expected) for role in catalog.roles} == {"junior": {"c1": 1.0}, "senior": {"c2": 4.0}}
    assert catalog.activity_by_id["c1"].description == "Knows the tools\n- Names them\n- Cleans them"
    assert [point.label for point in catalog.scale("skill").points][1:] == [
        "Awareness",
        "Working",
        "Practitioner",
        "Expert",
    ]


def test_faults_of_statements(tmp_path: Path) -> None:
    """What does not fit is told with its line."""

    def line(text: str) -> int:
        return STATEMENTS[: STATEMENTS.index(text)].count("\n") + 1

    path = tmp_path / "guild.yml"
    path.write_text(STATEMENTS.replace("level: senior", "level: master"))
    assert wrong(path) == [f"it, line {line('level: senior')}, column 5: competency 'c2', level [unknown-role]"]
    path.write_text(STATEMENTS.replace("theme: craft\n    proficiency: Expert", "theme: art\n    proficiency: Wizard"))
    expected = f"it, line {line('proficiency: Expert')}, column 5: competency 'c2', proficiency [unknown-levels]"
    assert wrong(path)[0] == expected
    path.write_text(STATEMENTS.replace("theme: craft", "theme: art", 1))
    assert wrong(path) == [f"it, line {line('theme: craft')}, column 5: activity 'c1', area [unknown-area]"]


@steady(20)
@given(st.data())
def test_no_shape_is_too_strange(data: st.DataObject) -> None:
    """Whatever stands in place of a value of statements it is a catalog or an InputError."""
    strange = st.sampled_from([None, True, 3, 1e300, "", " ", "x" * 600, [], [None], {}, {"a": 1}])
    statements: Any = read_yaml(STATEMENTS, "it").value
    part = data.draw(st.sampled_from([statements, *(each for key in STATEMENT_KEYS for each in statements[key])]))
    part[data.draw(st.sampled_from([*part, "examples", "supportingUrls"]))] = data.draw(strange)
    with suppress(gs.InputError):
        document = read_mapping(statements, "it")
        gs.load_catalog(read_statements(document).value if is_statements(document) else statements)


def test_a_roster_is_no_catalog(tmp_path: Path, table: Path) -> None:
    """A table of people is told from a table of roles by its headers."""
    (tmp_path / "people.csv").write_text("id,name,title,level\n1,Ana,Analyst,3\n")
    assert (holds_catalog(table), holds_catalog(tmp_path / "people.csv"), holds_catalog(tmp_path / "no.csv")) == (
        True,
        False,
        False,
    )


@pytest.mark.slow
@published
def test_the_uk_governments_framework(tmp_path: Path) -> None:
    """roles.csv is read as it is published; what is left out or stands twice is told; also by way of a workbook."""
    catalog, notes = gs.read_catalog(FOLDER / "gov-uk-gdad" / "roles.csv")
    assert (len(catalog.roles), len(catalog.activities), len(catalog.areas)) == (201, 166, 7)
    told = Counter(note.code for note in notes)
    assert told == {
        "columns-not-read": 1,
        "levels-of-words": 1,
        "levels-left-out": 1,
        "areas-of-families": 1,
        "repeated-rows": 13,
    }
    (left,) = (note.found for note in notes if note.code == "levels-left-out")
    assert "28 rows" in left
    assert "4 roles (Chief data officer" in left  # 201 + 4 = the 205 role levels of the file
    assert sum(len(role.expected) for role in catalog.roles) == 1825 - 28 - 16  # without a level; standing twice
    assert gs.load_catalog(gs.save_catalog(catalog, tmp_path / "gov.xlsx")) == catalog


@published
@pytest.mark.parametrize(("name", "roles", "activities"), [("engineering", 8, 72), ("engineering-v1", 4, 101)])
def test_the_financial_times_progression(name: str, roles: int, activities: int) -> None:
    """Both versions are read with no mapping, and workbooks can be made from them."""
    catalog = gs.load_catalog(FOLDER / "ft" / f"{name}.yml")
    assert (len(catalog.roles), len(catalog.activities)) == (roles, activities)
    people = [{"id": "1", "name": "Ana", "title": catalog.roles[1].name}]
    assert len(gs.load_roster(people, catalog=catalog).person("1").gaps()) == len(catalog.roles[1].expected)


@published
def test_a_version_that_shares_nothing() -> None:
    """From the old to the new progression everything is retired or new; ratings stay, and are counted."""
    old, new = (gs.load_catalog(FOLDER / "ft" / f"{name}.yml") for name in ("engineering-v1", "engineering"))
    changes = gs.diff(old, new)
    assert {kind: n for kind, n in changes.counts.items() if n} == {"retired": 101, "new": 72}
    assert "no activity is in both and none replaces another" in changes.summary
    ratings = tuple(gs.Rating(cycle="1", person="p", activity=a.id, skill=3) for a in old.activities)
    moved, report = gs.migrate(gs.Answers(ratings=ratings), old, new)
    assert (report.before, report.after, report.added, report.counts["retired"]) == (101, 101, 0, 101)
    assert set(moved.ratings) == set(ratings)
