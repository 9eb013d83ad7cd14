"""Frameworks as matrices of activities and roles, as outlines, in Markdown and in front matter: invented small ones."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

import growthsheet as gs
from tests.sources.catalogs.test_framework_tables import labels, levels, read, wrong

SQL = {"Junior": {"SQL": 2}, "Senior": {"SQL": 4}}


@pytest.mark.parametrize(
    "text",
    [
        "Skill,Junior,Senior\nSQL,2,4\n",
        ",Junior,Senior\nSQL,2,4\nR,,1\n",
        "Capability of ours;Junior;Senior\nSQL;L2;L4\nR;;L1\n",
        "Our skills\n\nSkill,Junior,Senior\nSQL,2,4\n",
        "Role,SQL\nJunior,2\nSenior,4\n",
        "Kompetenz;Junior;Senior;Bemerkung\nSQL;2;4;wichtig\n",
        "Skill,Junior,Senior\nSQL,2 - can join tables,4 - designs stores\n",
    ],
)
def test_a_matrix_of_skills_and_roles(tmp_path: Path, text: str) -> None:
    """A row for each skill and a column for each role, or the other way round, with levels in the cells."""
    catalog, _ = read(tmp_path, text)
    found = {role: {skill: n for skill, n in of.items() if skill == "SQL"} for role, of in levels(catalog).items()}
    assert found == SQL


def test_bands_of_areas(tmp_path: Path) -> None:
    """Rows with a name alone are the areas of the rows below, and told; with a column of areas they are not."""
    catalog, notes = read(tmp_path, "Skill,Junior,Senior\nData,,\nSQL,2,4\nPeople,,\nTalking,,1\n")
    assert {activity.name: catalog.area_by_id[activity.area].name for activity in catalog.activities} == {
        "SQL": "Data",
        "Talking": "People",
    }
    assert "Data (row 2), People (row 4)" in notes["rows-as-areas"].found
    catalog, notes = read(tmp_path, "Area,Skill,Junior,Senior\nData,SQL,2,4\n,R,1,2\nPeople,Talking,,1\n,Hiring,,\n")
    assert [(a.name, a.area) for a in catalog.activities] == [("SQL", "data"), ("R", "data"), ("Talking", "people")]
    assert "rows-as-areas" not in notes


def test_areas_beside_and_numbered_rows(tmp_path: Path) -> None:
    """A first column without a header holds the areas; numbers there are none."""
    catalog, _ = read(tmp_path, ",Skill,Junior,Senior\nData,SQL,2,4\n,R,1,2\n")
    assert [area.name for area in catalog.areas] == ["Data"]
    catalog, _ = read(tmp_path, ",Skill,Junior,Senior\n1,SQL,2,4\n2,R,1,2\n")
    assert [area.name for area in catalog.areas] == ["Activities"]


def test_texts_in_the_cells(tmp_path: Path) -> None:
    """Where the cells say what good looks like, each column is a role and a level, and the texts are the anchors."""
    text = "Skill,Junior,Senior,Lead\nSQL,Writes simple queries,Writes queries others build on,Designs the stores\n"
    catalog, notes = read(tmp_path, f"{text}Hiring,,Interviews with others,Hires for the whole team\n")
    assert levels(catalog) == {"Junior": {"SQL": 1}, "Senior": {"SQL": 2, "Hiring": 2}, "Lead": {"SQL": 3, "Hiring": 3}}
    assert labels(catalog)[1:] == ["1 Junior", "2 Senior", "3 Lead"]
    assert catalog.activities[1].anchors == {2: "Interviews with others", 3: "Hires for the whole team"}
    assert "1 = Junior, 2 = Senior, 3 = Lead" in notes["texts-as-levels"].found


def test_a_corner_that_says_level(tmp_path: Path) -> None:
    """Texts below the names of roles are a matrix, whatever stands in the corner; it is told that this was guessed."""
    text = "Level,IC1,IC2\nTesting,Writes the tests that others have thought of,Decides what has to be tested first\n"
    catalog, notes = read(tmp_path, text)
    assert levels(catalog) == {"IC1": {"Testing": 1}, "IC2": {"Testing": 2}}
    assert {"columns-guessed", "texts-as-levels"} <= set(notes)


def test_short_words_of_no_ladder_are_asked_about(tmp_path: Path) -> None:
    """Single words in the cells are levels, not texts: those of no ladder are told, and read once they are named."""
    text = "Skill,Junior,Senior\nSQL,Wren,Owl\nR,Owl,Owl\n"
    assert "unknown-levels" in wrong(tmp_path, text)[0]
    assert levels(read(tmp_path, text, ladder="Wren, Owl")[0]) == {
        "Junior": {"SQL": 1, "R": 2},
        "Senior": {"SQL": 2, "R": 2},
    }


def test_two_rows_of_headers(tmp_path: Path) -> None:
    """Groups of roles above their roles, merged over them: the role's name is made of both."""
    text = "Skill,Engineer,,Designer,\n,Junior,Senior,Junior,Senior\nSQL,1,2,,1\nFigma,,1,3,4\n"
    assert levels(read(tmp_path, text)[0]) == {
        "Engineer Junior": {"SQL": 1},
        "Engineer Senior": {"SQL": 2, "Figma": 1},
        "Designer Junior": {"Figma": 3},
        "Designer Senior": {"SQL": 1, "Figma": 4},
    }


def test_merged_cells_and_outlines(tmp_path: Path) -> None:
    """A role that was merged over its rows, and headings of an outline, belong to the rows below; both are told."""
    catalog, notes = read(tmp_path, "Role,Skill,Level\nJunior,SQL,2\n,R,1\nSenior,SQL,4\n")
    assert levels(catalog) == {"Junior": {"SQL": 2, "R": 1}, "Senior": {"SQL": 4}}
    assert "1 row without a role" in notes["roles-filled-down"].found
    catalog, _ = read(
        tmp_path,
        "Area,Role,Skill,Level\nData,,,\n,Junior,,\n,,SQL,2\n,Senior,,\n,,SQL,4\nPeople,,,\n,Lead,,\n,,Talk,1\n",
    )
    assert levels(catalog) == SQL | {"Lead": {"Talk": 1}}
    assert [area.name for area in catalog.areas] == ["Data", "People"]
    assert "missing-field" in wrong(tmp_path, "Role,Skill,Level\n,SQL,2\n")[0]


def test_ticks_are_a_level(tmp_path: Path) -> None:
    """A cross in a cell says that the skill is expected."""
    catalog, _ = read(tmp_path, "Skill,Junior,Senior\nSQL,x,x\nHiring,,x\n")
    assert levels(catalog) == {"Junior": {"SQL": 1}, "Senior": {"SQL": 1, "Hiring": 1}}


def test_a_matrix_in_a_workbook(tmp_path: Path) -> None:
    """Tabs of one framework are read together, each as an area; columns that are no roles are told."""
    book = openpyxl.Workbook()
    for title, skill in (("Data", "SQL"), ("People", "Talking")):
        tab = book.create_sheet(title)
        for row in (["Skill", "Junior", "Senior", "Why"], [skill, 2, 4.5, "we always did it"]):
            tab.append(row)
    book.save(tmp_path / "matrix.xlsx")
    catalog, notes = gs.read_catalog(tmp_path / "matrix.xlsx", scale="0-5")
    assert levels(catalog) == {"Junior": {"SQL": 2, "Talking": 2}, "Senior": {"SQL": 4.5, "Talking": 4.5}}
    assert [area.name for area in catalog.areas] == ["Data", "People"]
    assert ["Why" in note.found for note in notes if note.code == "columns-not-read"] == [True, True]


MARKDOWN = """\
# Guild

## Data

| Skill | Junior | **Senior** |
|-------|:------:|-----------:|
| [SQL](https://example.org) | 2 | 4 |
| `R` \\| stats | 1 |  |

Some words | and a bar.

## People

Skill | Junior | Senior
--- | --- | ---
Talking | | Wizard
"""


def test_tables_in_markdown(tmp_path: Path) -> None:
    """Tables between pipes are read, each with the heading above it as the area; problems tell the line."""
    catalog, _ = read(tmp_path, MARKDOWN.replace("Wizard", "3"), "guild.md")
    assert levels(catalog) == {"Junior": {"SQL": 2, "R | stats": 1}, "Senior": {"SQL": 4, "Talking": 3}}
    assert [area.name for area in catalog.areas] == ["Data", "People"]
    assert "guild.md, People, line 16, column Senior: 'Wizard'" in wrong(tmp_path, MARKDOWN, "guild.md")[0]


def test_repeated_rows_are_told(tmp_path: Path) -> None:
    """The same pair with the same level is read once and told with its rows; with two levels it is an error."""
    table = "Role,Skill,Level,What it means\nA,SQL,2,joins\nA,SQL,2,sorts\n"
    _, notes = read(tmp_path, table)
    assert "are in rows 2, 3 with the same level, with different texts" in notes["repeated-rows"].found
    assert "[several-levels]" in wrong(tmp_path, f"{table}A,SQL,3,\n")[0]


@pytest.mark.parametrize(
    "text", ["Category 1,Thing,Stage\nA,Modelling,2\n", "\n\n", "a\nb\n", "Skill\nSQL\n", "Skill,Level\n"]
)
def test_what_is_no_framework(tmp_path: Path, text: str) -> None:
    """A table that says nothing of roles and levels is told what it says, what is read, and where to look."""
    told = wrong(tmp_path, text)
    assert "[no-framework]" in told[0]
    assert 'map={"activity":' in told[0]
    assert "Category 1" in told[0] or "Category" not in text
    assert "[empty-file]" in wrong(tmp_path, "")[0]


def test_a_role_that_heads_two_columns(tmp_path: Path) -> None:
    """The row above may say whose the columns are; they are never made one role."""
    text = ",Engineering,Engineering,Design,Design\nSkill,Junior,Senior,Junior,Senior\nSketching,,,2,4\nCode,2,4,,\n"
    [problem] = wrong(tmp_path, text)
    assert "repeated-column" in problem
    assert "'Junior'" in problem


def test_columns_that_are_called_by_levels(tmp_path: Path) -> None:
    """A header such as "Level 2" gives the value, also beside a level that is blank; a code is no role."""
    text = (
        "Skill,Code,Overall description,Level 1,Level 2,Level 3\n"
        "Planning,PLAN,Planning of all the work,,Plans a week with the team,Plans a quarter with the guild\n"
    )
    catalog, _ = read(tmp_path, text)
    [activity] = catalog.activities
    assert activity.anchors == {2: "Plans a week with the team", 3: "Plans a quarter with the guild"}
    assert activity.description == "Planning of all the work"
    assert {role.name: role.expected for role in catalog.roles} == {
        "Level 2": {activity.id: 2},
        "Level 3": {activity.id: 3},
    }


@pytest.mark.parametrize(
    ("header", "rows", "found"),
    [
        ("L1,L2,L3", "Tests,Writes tests,Plans tests,\nTalks,Listens,,Persuades", {"L1": 1, "L2": 2, "L3": 3}),
        ("IC1,IC2,M1", "Plans,day,week,year\nTalks,listens,asks,persuades", {"IC1": 1, "IC2": 2, "M1": 3}),
        ("Junior,Senior", "Tests,Writes tests,Plans tests\nTalks,Listens to all,Sums up", {"Junior": 1, "Senior": 2}),
    ],
)
def test_statements_of_a_few_words(tmp_path: Path, header: str, rows: str, found: dict[str, int]) -> None:
    """Short texts that differ from cell to cell are texts, below the names of levels even single words."""
    catalog, notes = read(tmp_path, f"Skill,{header}\n{rows}\n")
    assert {role.name: level for role in catalog.roles for level in role.expected.values()} == found
    assert "texts-as-levels" in notes
    assert catalog.activities[1].anchors[1].lower().startswith("listens")


@pytest.mark.parametrize("levels_named", ["L1,L2,L3", "Beginner,Intermediate,Advanced"])
def test_a_tick_in_the_column_of_the_level(tmp_path: Path, levels_named: str) -> None:
    """With a column of roles and one tick in each row, the columns are levels and not roles."""
    text = f"Role,Skill,{levels_named}\nEngineer,SQL,,x,\n,R,x,,\nLead,SQL,,,x\n"
    assert levels(read(tmp_path, text)[0]) == {"Engineer": {"SQL": 2, "R": 1}, "Lead": {"SQL": 3}}


@pytest.mark.parametrize("header", ["Role,Skill,L1,L2", "Role,Skill,Basic,Advanced", "Aim,Skill,Basic,Advanced"])
def test_ticks_that_tell_no_level_are_refused(tmp_path: Path, header: str) -> None:
    """Two ticks in a row, or levels without a role, make no roles of the levels; "no" is no tick."""
    text = f"{header}\nLead,SQL,x,x\nLead,R,,x\n"
    assert any(
        "[several-levels]" in problem and "several ticks in row 2" in problem for problem in wrong(tmp_path, text)
    )
    assert "no column of roles" in wrong(tmp_path, "Skill,Basic,Advanced\nSQL,x,\nR,,x\n")[0]
    catalog, _ = read(tmp_path, "Role,Skill,Basic,Advanced\nLead,SQL,no,yes\nLead,R,yes,no\n")
    assert levels(catalog) == {"Lead": {"SQL": 3, "R": 1}}


def test_totals_of_a_matrix_are_no_roles_and_no_skills(tmp_path: Path) -> None:
    """A column such as Average or Importance is no role, a row Total no skill; both are told."""
    text = "Skill,Importance,Junior,Senior,Average,Max\nSQL,3,2,4,3,5\nR,1,1,2,1.5,5\nTotal,4,3,6,4.5,10\n"
    catalog, notes = read(tmp_path, text)
    assert levels(catalog) == {"Junior": {"SQL": 2, "R": 1}, "Senior": {"SQL": 4, "R": 2}}
    assert "Importance, Average, Max" in notes["columns-not-read"].found
    assert "row 4" in notes["levels-left-out"].place


def test_people_and_their_ratings_are_no_matrix(tmp_path: Path) -> None:
    """A row for each employee makes no skills of people; a column of levels beside roles is told."""
    assert "[no-framework]" in wrong(tmp_path, "Employee,SQL,R\nAnn,2,3\nBo,1,2\n")[0]
    assert "Level" in read(tmp_path, "Skill,Level,Junior,Senior\nSQL,2,1,2\n")[1]["columns-not-read"].found


def test_a_matrix_for_each_group_of_roles(tmp_path: Path) -> None:
    """A matrix may have a column of roles besides its columns: the same column is another role in each of them."""
    text = "Role,Skill,Junior,Senior\nEngineer,SQL,1,2\n,R,1,3\nDesigner,SQL,0,1\n"
    assert levels(read(tmp_path, text)[0]) == {
        "Junior (Engineer)": {"SQL": 1, "R": 1},
        "Senior (Engineer)": {"SQL": 2, "R": 3},
        "Junior (Designer)": {"SQL": 0},
        "Senior (Designer)": {"SQL": 1},
    }


def test_one_column_of_levels_is_asked_about(tmp_path: Path) -> None:
    """One column of levels is no role where another column may say whose they are; alone it is one, which is told."""
    text = "Zunft;Kompetenz;Wie gut\nBäcker;Kneten;2\nMüller;Mahlen;3\n"
    assert wrong(tmp_path, text) == [
        "skills.csv: one column of levels, 'Wie gut', and nothing says that 'Zunft' holds the roles; wanted: "
        'columns for role, activity and level; name them, as in map={"role": "Zunft"} map={"level": "Wie gut"}; or '
        "take a column out [missing-column]"
    ]
    catalog, _ = read(tmp_path, text, mapping={"role": "Zunft", "level": "Wie gut"})
    assert levels(catalog) == {"Bäcker": {"Kneten": 2}, "Müller": {"Mahlen": 3}}
    _, notes = read(tmp_path, "Skill,Required\nSQL,2\nR,1\n")
    assert notes["columns-guessed"].found == "one column of levels, whose header 'Required' is read as a role"
