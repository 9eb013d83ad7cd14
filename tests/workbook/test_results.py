"""Tables for notebooks: always the same columns and types, to be put under one another, with the workbook's numbers."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from random import Random
from typing import Any

import duckdb
import narwhals
import pandas
import polars
import pyarrow
import pytest

import growthsheet as gs
from growthsheet.expr import Measure
from growthsheet.measures import budget, career, organization, ratings, responses, team
from growthsheet.model import Answers, Rating, Source
from growthsheet.model.answers import scales
from growthsheet.returns.collected import Collected
from growthsheet.storage.package_data import template_folder
from growthsheet.workbook.results import schema
from tests.making import family, person, roster, small_catalog, standing, this_cycle, told_before
from tests.proof.engines import libreoffice_recalculated, require, same

DATA = tomllib.loads((template_folder() / "tables.toml").read_text("utf-8"))
MEASURES = {
    each.name: each.words.partition("\n")[0]
    for module in (budget, career, organization, ratings, responses, team)
    for each in vars(module).values()
    if isinstance(each, Measure)
}


def tables(made: gs.Roster) -> Iterator[gs.Results]:
    """A table of each kind that a roster, its people and teams, and answers give."""
    plan, mine, company = made.person("A"), made.team("M"), made.organization()
    yield from (plan.gaps(), plan.budget(), plan.progress())
    yield from (mine.gaps(), mine.coverage(), mine.mentors(), mine.agenda(), mine.bench(), mine.budget())
    yield from (company.gaps(), company.gaps(by="person"), company.coverage(), company.bench(), company.people())
    yield company.budget()
    collected = Collected(made.answers, responded=made.responses())
    yield from (collected.ratings(), collected.responses())


# -- columns and types -----------------------------------------------------------------------------------------------


def test_the_same_columns_whether_anything_is_rated_or_not() -> None:
    """Each table has the same columns of the same types in all libraries, full or empty."""
    rated = family(told_before(), share=True)
    bare = roster([person("M", role="lead"), person("A", manager="M")])
    for full, empty in zip(tables(rated), tables(bare), strict=True):
        assert full.schema == empty.schema
        assert len(full) >= 1
        assert full.to_polars().schema == empty.to_polars().schema == full[:0].to_polars().schema
        assert full.to_arrow().schema == empty.to_arrow().schema == full[:0].to_arrow().schema
        assert list(full.to_pandas().dtypes) == list(empty.to_pandas().dtypes) == list(full[:0].to_pandas().dtypes)
        assert {type(cell) for name in full.columns for cell in full[name]} <= {str, float, int, type(None)}


def test_a_name_means_one_thing() -> None:
    """Each column has one type, and each that is explained is in a table."""
    names = [name for columns in DATA["columns"].values() for name in columns]
    assert len(names) == len({*names})
    assert {name for table in DATA["tables"] for name in schema(table).columns} == {*names}


def test_the_docs_show_the_columns() -> None:
    """The page about tables lists each table with its columns, and each column with its type and meaning."""
    page = (Path(__file__).parents[2] / "docs" / "tables.md").read_text("utf-8")
    assert page[page.index("## Tables") :] == page_of_tables()


def page_of_tables() -> str:
    """The part of the page that is made of tables.toml; where that has no meaning, the measure's words stand."""
    lines = ["## Tables", "", "| table | a row is | columns |", "|---|---|---|"]
    for name, table in DATA["tables"].items():
        lines.append(f"| {name} | {table['row']} | {', '.join(f'`{each}`' for each in schema(name).columns)} |")
    lines += ["", "## Columns", "", "| column | type | meaning |", "|---|---|---|"]
    for of, columns in DATA["columns"].items():
        lines += [f"| `{name}` | {of} | {words or MEASURES[name]} |" for name, words in columns.items()]
    return "\n".join(lines) + "\n"


def test_rows_columns_and_parts() -> None:
    """A table gives a row by number, a column by name, rows by a slice; a wrong name is told the right ones."""
    table = family().team("M").gaps()
    assert table[0] == table.records()[0] == next(iter(table))
    assert table[-1]["person"] == "Di Woo"
    assert table["activity_id"] == [row["activity_id"] for row in table]
    assert (len(table[3:5]), table[3:5][0], table[:0]["gap"]) == (2, table[3], [])
    with pytest.raises(KeyError, match="gaps has no column skill, only person_id, person"):
        table["skill"]
    with pytest.raises(IndexError):
        table[len(table)]


# -- other libraries -------------------------------------------------------------------------------------------------


def test_tables_of_people_and_teams_under_one_another() -> None:
    """The plans of all people and the gaps of all teams become one table in each library, with no row lost."""
    made = family(share=True)
    parts = [*(plan.gaps() for plan in made.plans()), *(each.gaps() for each in made.teams())]
    wanted = list(chain.from_iterable(part.records() for part in parts))
    assert polars.concat([part.to_polars() for part in parts]).to_dicts() == wanted
    assert pyarrow.concat_tables([part.to_arrow() for part in parts]).to_pylist() == wanted
    frame = pandas.concat([part.to_pandas() for part in parts], ignore_index=True)
    assert list(frame.dtypes.astype(str)) == list(parts[0].to_pandas().dtypes.astype(str))
    assert [{k: None if pandas.isna(v) else v for k, v in row.items()} for row in frame.to_dict("records")] == wanted


@pytest.mark.parametrize(
    "take",
    [polars.DataFrame, pyarrow.table, lambda table: narwhals.from_arrow(table, backend="polars").to_native()],
    ids=["polars", "pyarrow", "narwhals"],
)
def test_libraries_take_a_table_as_it_is(take: Callable[[gs.Results], Any]) -> None:
    """A table is an Arrow stream, so libraries need nobody to convert it."""
    table = family().team("M").gaps()
    frame = take(table)
    rows = frame.to_dicts() if isinstance(frame, polars.DataFrame) else frame.to_pylist()
    assert rows == table.records()


def test_a_table_is_queried_by_its_name() -> None:
    """SQL of duckdb names a table as the script does."""
    gaps = family().team("M").gaps()
    assert duckdb.sql("select * from gaps").fetchall() == [*gaps.rows]
    found = duckdb.sql("select person, sum(gap) from gaps where status = 'rated' group by person order by person")
    assert found.fetchall()[0] == (
        "Ana Ruiz",
        sum(row["gap"] for row in gaps if row["person"] == "Ana Ruiz" and row["gap"]),
    )


def test_a_table_is_no_frame() -> None:
    """What a frame would take, such as a list of columns, is refused with what a table takes."""
    with pytest.raises(TypeError, match=r"^gaps is a table: take a column by name or rows by number"):
        family().team("M").gaps()[["person", "gap"]]  # type: ignore[call-overload]


@pytest.mark.parametrize("name", ["pandas", "polars", "pyarrow"])
def test_a_library_that_is_not_installed(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The message names what to install."""
    monkeypatch.setitem(__import__("sys").modules, name, None)
    table = family().person("A").gaps()
    call = {"pandas": table.to_pandas, "polars": table.to_polars, "pyarrow": table.__arrow_c_stream__}[name]
    with pytest.raises(gs.GrowthsheetError, match=f"^{name} is not installed: install it with pip install {name}$"):
        call()


# -- the organization ------------------------------------------------------------------------------------------------


def test_gaps_of_everybody() -> None:
    """The organization has the rows of all teams and of those who report to nobody, once each."""
    made = family()
    found = made.organization().gaps(by="person").records()
    assert [row for row in found if row["team_id"] == "M"] == made.team("M").gaps().records()
    assert {row["person_id"] for row in found} == {each.id for each in made.people}
    with pytest.raises(gs.InputError, match="'role'; wanted: 'team' or 'person'"):
        made.organization().gaps(by="role")  # type: ignore[arg-type]


def test_no_more_is_told_of_a_blind_or_unshared_round() -> None:
    """A plan tells a level only once it is rated in a blind round, and others' ratings only where they are shared."""
    blind = {row["activity_id"]: row["expected"] for row in family(blind=True).person("B").gaps()}
    assert (blind["talks"], blind["data"], blind["launch"]) == (2, None, None)
    for shared in (False, True):
        found = {row["activity_id"]: row for row in family(share=shared).person("A").gaps()}
        assert (found["talks"]["manager"], found["roadmap"]["used"]) == ((2, 1) if shared else (None, 2))


# -- the workbook ----------------------------------------------------------------------------------------------------

OF_A_PERSON = {name: name for name in ("expected", "manager", "agreed", "used", "gap", "priority", "rank")}
OF_A_PERSON |= {**{each: each for each in scales()}, "importance": "importance", "route": "route_code", "self": "skill"}
OF_A_TEAM = {name: name for name in OF_A_PERSON if name not in ("rank", "route", "skill")} | {"self": "skill"}


def filled(seed: int) -> gs.Roster:
    """A team of five whose ratings of all sources are chosen at random: a point, n/a, or blank."""
    chance, people = Random(seed), [person("M", role="lead"), *(person(id, manager="M") for id in "ABCD")]
    people.append(person("E", role="lead", manager="M"))
    found = [
        Rating(
            cycle=this_cycle().id,
            person=each.id,
            activity=activity.id,
            source=source,
            **{scale: chance.choice([None, "n/a", *small_catalog().scale(scale).values]) for scale in asked},
        )
        for each in people[1:]
        for activity in small_catalog().current
        for source, asked in ((Source.SELF, [*scales()]), (Source.MANAGER, ["skill"]), (Source.AGREED, ["skill"]))
        if chance.random() < (0.9 if source is Source.SELF else 0.4)
    ]
    return roster(people, answers=Answers(cycles=(this_cycle(),), ratings=tuple(found)), share=True)


@pytest.mark.slow
@pytest.mark.engines
def test_every_cell_is_that_of_the_recalculated_workbook() -> None:
    """Gaps of a team and its people, and the coverage, hold what LibreOffice finds; n/a is None, and in the status."""
    require("libreoffice")
    made = filled(5)
    mine, plans = made.team("M"), [made.person(each) for each in "ABCDE"]
    files = libreoffice_recalculated([each.to_bytes() for each in (mine, *plans)])
    of_team, *of_plans = (standing(each.book(), data) for each, data in zip((mine, *plans), files, strict=True))
    wanted = [(row, of_team["reviews"][f"k:{row['person_id']}:{row['activity_id']}"], OF_A_TEAM) for row in mine.gaps()]
    for plan, found in zip(plans, of_plans, strict=True):
        wanted += [(row, found["assessment"][f"k:{row['activity_id']}"], OF_A_PERSON) for row in plan.gaps()]
    names = [*("area", "activity", "top_importance", "expected_people", "rated_people", "needed", "covered")]
    in_cells = {name: name for name in (*names, "working", "team_level")} | {"flag": "flag_code"}
    wanted += [(row, of_team["coverage"][f"k:{row['activity_id']}"], in_cells) for row in mine.coverage()]
    unlike = [
        (row, name, cells[key])
        for row, cells, columns in wanted
        for name, key in columns.items()
        if name in row and not same(row[name], None if cells[key] == "n/a" else cells[key])
    ]
    assert unlike == []
    assert {row["status"] for row in mine.gaps()} == {"rated", "not rated", "n/a"}
    for row, cells, columns in wanted:
        if "status" in row and row["status"] == "n/a":
            assert row["used"] is None
            assert "n/a" in (cells[columns["self"]], cells[columns["agreed"]])
