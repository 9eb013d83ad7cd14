"""A year as docs/cycle.md tells it: its commands as they stand there, and people who answer, start, move and leave."""

from __future__ import annotations

import csv
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import growthsheet as gs
from tests.docs.test_docs_true import PAGES, blocks, run
from tests.filling import cells_of, fill
from tests.making import small_catalog

(PAGE,) = (page for page in PAGES if page.name == "cycle.md")
pytestmark = pytest.mark.slow

HEAD = "id,name,email,title,manager,annual salary,currency,start,end\n"
MIA, ZOE = (
    "M,Mia Boss,mia@example.com,Group Product Manager,,152000,USD,2020-01-01,\n",
    "Z,Zoe Top,zoe@example.com,Group Product Manager,M,148000,USD,2020-01-01,\n",
)
ANA = "A,Ana Ruiz,ana@example.com,Product manager,{},120000,USD,2020-01-01,\n"
BO = "B,Bo Lee,bo@example.com,Product manager,M,100000,USD,2020-01-01,{}\n"
CY = "C,Cy Kim,cy@example.com,Product manager,Z,90000,USD,2026-03-01,\n"


def commands() -> Iterator[str]:
    """The commands of the page, in their order."""
    for language, _, text in blocks(PAGE):
        if language == "sh":
            yield from (line for line in text.splitlines() if line.startswith("growthsheet "))


def ratings(out: str, who: str, value: int | str) -> dict[str, Any]:
    """Rate everything that is asked in a person's workbook; give what was typed by activity."""
    (path,) = Path(out, "people").glob(f"*-{who}.xlsx")
    asked = [key for table, key, column in cells_of(path) if (table, column) == ("assessment", "skill")]
    fill(path, {("assessment", key, "skill"): value for key in asked})
    return dict.fromkeys(asked, value)


def reviewed(out: str, manager: str) -> dict[str, Any]:
    """What stands in a manager's reviews, by person and activity."""
    (path,) = Path(out, "teams").glob(f"*-{manager}.xlsx")
    cells = cells_of(path)
    return {key: cells[t, key, column].value for t, key, column in cells if (t, column) == ("reviews", "manager")}


def said(cycle: str, source: str = "self") -> dict[str, set[Any]]:
    """Who answered what in a cycle, by the answers that were collected."""
    found: dict[str, set[Any]] = {}
    for each in gs.load_answers("answers").ratings:
        if (each.cycle, each.source) == (cycle, source):
            found.setdefault(each.person, set()).add(each.skill)
    return found


def test_the_year_of_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody's answer is lost or given to another cycle, whoever starts, moves or leaves; money is carried over."""
    monkeypatch.chdir(tmp_path)
    catalog = small_catalog().model_dump_json(exclude_defaults=True).replace('"Lead"', '"Group Product Manager"')
    Path("small.json").write_text(catalog, "utf-8")
    Path("growthsheet.toml").write_text('catalog = "small.json"\ncarry_over = 1\n', "utf-8")
    Path("people.csv").write_text(HEAD + MIA + ZOE + ANA.format("M") + BO.format(""), "utf-8")
    lines = commands()

    def do(*words: str) -> str:
        """Run the next command of the page, which has these words."""
        line = next(lines)
        assert set(words) <= set(shlex.split(line)), line
        result = run(line, tmp_path)
        assert result.exit_code == 0, f"{line}\n{result.output}"
        return result.output

    do("build", "--out", "spring")
    ratings("spring", "A", 2)
    ratings("spring", "B", "n/a")
    fill(
        Path("spring/people/Ana-Ruiz-A.xlsx"),
        {("items", "1", "activity"): "Pricing", ("items", "1", "action"): "Shadow sales"},
    )
    fill(
        Path("spring/teams/Mia-Boss-M.xlsx"),
        {("reviews", "A:talks", "manager"): 1, ("reviews", "B:talks", "manager"): 3},
    )

    # Bo has left, Cy starts, Ana has another manager
    Path("people.csv").write_text(HEAD + MIA + ZOE + ANA.format("Z") + BO.format("2026-02-28") + CY, "utf-8")
    told = do("build", "--update")
    assert "left-out" in told  # what Mia said about Bo, who left, is told by name
    assert "talks (B, manager)" in told
    assert reviewed("spring", "Z")["A:talks"] == 1
    assert Path("spring/people/Bo-Lee-B.xlsx").exists()
    ratings("spring", "C", 0)

    do("collect", "spring")
    assert said("2026-h1") == {"A": {2}, "B": {"n/a"}, "C": {0}}
    assert said("2026-h1", "manager") == {"A": {1}}
    told = do("status").replace("Ana Ruiz (A)  complete without", "").replace("Cy Kim (C)    complete without", "")
    assert [name in told for name in ("Mia Boss (M)", "Zoe Top (Z)", "Ana Ruiz", "Cy Kim")] == [
        True,
        True,
        False,
        False,
    ]
    do("invite", "--missing")
    assert sorted(path.name for path in Path("reminders").rglob("*.eml")) == ["Mia-Boss-M.eml", "Zoe-Top-Z.eml"]

    do("build", "--out", "autumn")
    assert sorted(path.name for path in Path("autumn/people").iterdir()) == [
        "Ana-Ruiz-A.xlsx",
        "Cy-Kim-C.xlsx",
        "Mia-Boss-M.xlsx",
        "Zoe-Top-Z.xlsx",
    ]
    cells = cells_of(Path("autumn/people/Ana-Ruiz-A.xlsx"))
    assert {cell.value for (table, _, _), cell in cells.items() if table == "assessment"} == {None}
    assert "Shadow sales" in {cell.value for (table, _, column), cell in cells.items() if column == "action"}
    ratings("autumn", "C", 3)
    fill(
        Path("autumn/people/Cy-Kim-C.xlsx"),
        {
            ("lines", "new-1", "title"): "Course",
            ("lines", "new-1", "status"): "Spent",
            ("lines", "new-1", "actual"): 250,
        },
    )

    do("build", "--prefill")
    cells = cells_of(Path("prefilled/people/Ana-Ruiz-A.xlsx"))
    assert {cells[at].value for at in cells if (at[0], at[2]) == ("assessment", "skill")} == {2}

    do("collect", "autumn")
    assert said("2026-h1") == {"A": {2}, "B": {"n/a"}, "C": {0}}
    assert said("2026-h2") == {"C": {3}}
    do("carry-over")
    with Path("carry-in.csv").open(encoding="utf-8-sig") as file:
        brought = {row["id"]: row["carry_in"] for row in csv.DictReader(file)}
    assert brought == {"M": "4560", "Z": "4440", "A": "3600", "C": "2000"}
    do("build", "--carry-in")
    (cy,) = (openpyxl.load_workbook(path, data_only=True) for path in Path("next-spring/people").glob("Cy*"))
    assert 2000 in {cell.value for row in cy["Training budget"].iter_rows() for cell in row}
    assert next(lines, "") == ""
    for language, _, text in blocks(PAGE):
        if language == "python":
            exec(compile(text, PAGE.name, "exec"), {})
    assert len([*Path("autumn-plans/people").iterdir()]) == 4
