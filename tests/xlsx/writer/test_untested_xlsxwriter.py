"""With a version of XlsxWriter that was not tested, workbooks are written the slow way, and hold the same."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given

from growthsheet.batch.build import make_workbook
from growthsheet.workbook.blocks import Book
from growthsheet.xlsx.writer import draw, fast_worksheet, long_tables, write
from growthsheet.xlsx.writer.xlsxwriter_version import TESTED, is_tested
from tests.making import family, large
from tests.proof.dump import dump
from tests.proof.parts import cells
from tests.strategies import Filled, organization_books, person_books, steady, team_books


def both_ways(make: Callable[[], bytes], monkeypatch: pytest.MonkeyPatch) -> tuple[bytes, bytes]:
    """A workbook made with the XlsxWriter that is installed, and made with it while it pretends to be another."""
    fast = make()
    with monkeypatch.context() as patch:
        patch.setattr(xlsxwriter, "__version__", "99.0")
        patch.setattr(fast_worksheet, "FastWorksheet", None)  # whoever uses it nevertheless fails
        return fast, make()


def same(fast: bytes, slow: bytes) -> bool:
    """Whether two workbooks hold the same cells, and the same of everything that is told of them by name."""
    return list(cells(fast)) == list(cells(slow)) and dump(fast) == dump(slow)


def test_people(monkeypatch: pytest.MonkeyPatch) -> None:
    """People's workbooks, which are stamped otherwise, are written one by one."""
    plans = [family().person(who) for who in ("B", "D")]
    assert [same(*both_ways(lambda plan=plan: make_workbook(plan), monkeypatch)) for plan in plans] == [True] * 2


@pytest.mark.parametrize("many", [2, 200], ids=["long tables", "short tables"])
def test_teams_and_organizations(many: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """A team's and an organization's workbook, their long tables included."""
    monkeypatch.setattr(long_tables, "MANY", many)
    roster = large()
    team, organization = roster.team("L1"), roster.organization()
    assert same(*both_ways(lambda: make_workbook(team), monkeypatch))
    assert same(*both_ways(lambda: make_workbook(organization), monkeypatch))


@steady(4)
@given(filled=team_books() | person_books() | organization_books())
def test_random_books(filled: Filled) -> None:
    """Random books, and what was typed into them."""
    with pytest.MonkeyPatch.context() as patch:
        assert same(*both_ways(lambda: write.to_bytes(filled.book), patch))


def test_a_cell_that_differs_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Were one value or formula another one in the slow way, it would be found."""
    book: Book = family().person("B").book()
    fast = write.to_bytes(book)
    ordinary = draw.CheckedSheet.formula

    def faulty(self: draw.CheckedSheet, row: int, col: int, formula: str, *rest: object) -> None:
        ordinary(self, row, col, formula.replace("$F", "$G", 1), *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(draw.CheckedSheet, "formula", faulty)
    assert not same(fast, write.plainly_written(book))


def test_nothing_private_is_loaded() -> None:
    """With another version, what needs XlsxWriter's private parts is not even imported."""
    script = (
        "import sys, xlsxwriter\n"
        "xlsxwriter.__version__ = '99.0'\n"
        "from growthsheet.batch.build import make_workbook\n"
        "from tests.making import family\n"
        "made = family()\n"
        "for each in (made.person('B'), made.team('M'), made.organization()):\n"
        "    make_workbook(each)\n"
        "private = ('fast_worksheet', 'long_tables', 'zip_parts', 'stamping')\n"
        "print([name for name in sys.modules if any(part in name for part in private)])\n"
    )
    run = [sys.executable, "-c", script]
    done = subprocess.run(run, capture_output=True, text=True, check=True, cwd=Path(__file__).parents[3])
    assert done.stdout == "[]\n"


def test_versions(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only versions that are listed count as tested: none that is newer, nor a development version of one."""
    for version in TESTED:
        monkeypatch.setattr(xlsxwriter, "__version__", version)
        assert is_tested()
        monkeypatch.setattr(xlsxwriter, "__version__", f"{version}.1")
        assert not is_tested()
