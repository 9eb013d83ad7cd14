"""Tabs of an organization's own, made of the usual blocks; and the example that shows all that one can add."""

from __future__ import annotations

import runpy
from dataclasses import replace
from math import inf, nan
from pathlib import Path
from typing import Any

import numpy
import openpyxl
import pandas
import pytest

import growthsheet as gs
from growthsheet.expr import divided, larger, total
from growthsheet.roster.plans import Plan, Team
from growthsheet.roster.roster import Roster
from growthsheet.workbook.values import Values
from tests.making import family, prove

EXAMPLE = Path(__file__).parents[2] / "examples" / "own_tab.py"


@gs.measure
def cost(days: gs.Node, price: gs.Node) -> gs.Node:
    """Days by price."""
    return days * price


@gs.measure
def all_costs(cost: gs.WholeColumn) -> gs.Node:
    """The sum of all courses."""
    return total(cost)


@gs.measure
def gap_by_hours(gap: gs.WholeColumn, hours: gs.WholeColumn) -> gs.Node:
    """All gaps, by the hours that are asked for."""
    return divided(total(gap), larger(total(hours), 1))


OFFERED = gs.ExtraTable(
    [{"Course": "Pricing", "Days": 2, "Price": 500.5}, {"Course": "Talks", "Days": 1, "Price": None}],
    measures={"Cost": cost},
)
BLOCKS = [
    gs.Heading("What we offer"),
    gs.Paragraphs(("Ask Tom.",)),
    gs.Figures({"By": "Tom", "All": all_costs}),
    OFFERED,
]


def ours() -> Roster:
    """Mia's and Zoe's people, with a tab for each kind of workbook."""
    figures = gs.Figures({"Gap by hours": gap_by_hours}, cards=True)
    sheets = [
        gs.ExtraSheet("Courses", [*BLOCKS, figures], purpose="Courses of this year"),
        gs.ExtraSheet("Courses", [figures], on="team"),
        gs.ExtraSheet("Courses", BLOCKS, on="organization"),
    ]
    columns = [gs.ExtraColumn("Hours", asked="number")]
    return family().with_options(extra_columns=columns, extra_sheets=sheets)


def figures_of(made: Plan | Team | gs.Organization) -> dict[str, Any]:
    """The single cells of the tab by their labels, as Python works them out."""
    book = made.book()
    return {cell.label: Values(book).fact(name) for name, cell in book.named_cells.items() if name.startswith("own_")}


@pytest.mark.engines
def test_each_kind_of_workbook_has_its_tab() -> None:
    """Tables and figures stand there, worked out from the tab itself and from the ratings; the engines agree."""
    plan, team, company = ours().person("A"), ours().team("M"), ours().organization()
    assert figures_of(plan) == {"By": "Tom", "All": 1001, "Gap by hours": 4.5}
    assert figures_of(team).keys() == {"Gap by hours"}
    assert figures_of(company) == {"By": "Tom", "All": 1001}
    for made in (plan, team, company):
        prove(made.to_bytes())


def test_it_is_linked_explained_and_shown_on_the_page(tmp_path: Path) -> None:
    """The first tab links to it, its measures are explained, a page has it; read back, it is no unknown tab."""
    plan = ours().person("A")
    book = openpyxl.load_workbook(plan.save(tmp_path / "ana.xlsx"))
    links = {cell.hyperlink.location for row in book.worksheets[0] for cell in row if cell.hyperlink}
    assert ("'Courses'!A1" in links, book["Courses"]["B2"].value) == (True, "Courses of this year")
    told = {row["number"]: row["words"] for row in plan.book().tables["method"].rows}
    assert (told["Cost"], told["All"]) == ("Days by price.", "The sum of all courses.")
    assert "What we offer" in plan.to_html()
    problems = gs.collect(tmp_path, roster=ours()).problems
    assert {problem.code for problem in problems} == {"nothing-came"}


def test_folders_know_it(tmp_path: Path) -> None:
    """Workbooks of a folder have it, are left alone while it is the same, and are made anew with another text."""
    assert gs.build(ours(), tmp_path).counts["written"] == 9
    assert gs.build(ours(), tmp_path).counts["unchanged"] == 9
    sheet = gs.ExtraSheet("Courses", [gs.Paragraphs(("Ask Tim.",))])
    other = gs.build(replace(ours()).with_options(extra_sheets=[sheet]), tmp_path)
    assert other.counts["written"] == 9


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: gs.ExtraSheet("a/b", BLOCKS),
        lambda: gs.ExtraSheet("History", BLOCKS),
        lambda: gs.ExtraSheet("x" * 32, BLOCKS),
        lambda: gs.ExtraSheet("Courses", []),
        lambda: gs.ExtraSheet("Courses", ["text"]),  # type: ignore[list-item]
        lambda: gs.ExtraSheet("Courses", BLOCKS, on="people"),  # type: ignore[arg-type]
        lambda: gs.ExtraTable([]),
        lambda: gs.ExtraTable([{"A": True}]),
        lambda: gs.ExtraTable({"A": 1}),  # type: ignore[arg-type]
        lambda: gs.ExtraTable([{"Days": 1, "days": 2}]),
        lambda: gs.ExtraTable([{"A": 1}], measures={"B": len}),  # type: ignore[dict-item]
        lambda: gs.Figures(dict.fromkeys("ABCDE", 1), cards=True),
        lambda: gs.ExtraTable([{"A": inf}]),
        lambda: gs.Figures({"A": None}),  # type: ignore[dict-item]
        lambda: gs.Figures({"A": nan}),
        lambda: gs.ExtraSheet("Courses", [gs.Heading(5)]),  # type: ignore[arg-type]
        lambda: gs.ExtraSheet("Courses", [gs.Paragraphs("read letter by letter")]),  # type: ignore[arg-type]
    ],
)
def test_what_is_no_tab_is_refused(wrong: Any) -> None:
    """Each is one problem, told where it is made."""
    with pytest.raises(gs.InputError) as caught:
        wrong()
    assert len(caught.value.problems) == 1


def test_cells_of_frames_are_cells() -> None:
    """Numbers of numpy are numbers, and what frames have for a missing value is a blank cell."""
    table = gs.ExtraTable([{"A": numpy.int64(4), "B": nan, "C": pandas.NaT}, {"A": numpy.float32(0.5), "B": pandas.NA}])
    assert table.rows == ({"A": 4, "B": None, "C": None}, {"A": 0.5, "B": None})
    assert gs.Figures({"A": numpy.int64(4)}).cells == {"A": 4}


def test_tabs_that_do_not_fit_are_told_together() -> None:
    """The name of another tab, and a figure of a column that is nowhere, are told at once."""
    sheets = [gs.ExtraSheet("Plan", [gs.Heading("x")]), gs.ExtraSheet("Sums", [gs.Figures({"Sum": all_costs})])]
    with pytest.raises(gs.InputError) as caught:
        family().with_options(extra_sheets=sheets)
    places = [(problem.code, problem.place) for problem in caught.value.problems]
    assert places == [("extra-sheet", "extra_sheets: 'Plan'"), ("extra-sheet", "extra_sheets: 'Sums'")]


def test_the_example_builds_and_reads_back_what_was_typed(tmp_path: Path) -> None:
    """Ana types into the workbook of the example with openpyxl; the answers hold it, and the next workbook too."""
    example = runpy.run_path(str(EXAMPLE))
    path = example["main"](tmp_path)
    book = openpyxl.load_workbook(path)
    tab = book["Assessment"]
    header = next(row for row in tab.iter_rows() if "How sure?" in [cell.value for cell in row])
    at = {cell.value: cell.column for cell in header}
    row = next(row for row in range(header[0].row, tab.max_row) if tab.cell(row, 1).value == "k:pricing")
    tab.cell(row, at["How sure?"], "High")
    tab.cell(row, at["Hours"], 8)
    book.save(path)
    answers = example["read_back"](tmp_path)
    assert [(each.column, each.value) for each in answers.own_answers] == [("hours", "8"), ("how_sure", "High")]
    again = example["roster"]().with_answers(answers).person("E1")
    assert figures_of(again)["Hours you would like"] == 8
