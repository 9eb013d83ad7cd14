"""The proof tools see what is wrong, and only that."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest

from tests.proof.engines import (
    Difference,
    audit,
    available,
    formualizer_differences,
    ironcalc_differences,
    libreoffice_differences,
    require,
    same,
)
from tests.proof.making import edited, sheet, workbook
from tests.proof.parts import Book, Cell, Error, cells

SHEET = "xl/worksheets/sheet1.xml"


def _libreoffice(data: bytes) -> list[Difference]:
    return libreoffice_differences([data])[0]


ENGINES: dict[str, Callable[[bytes], list[Difference]]] = {
    "formualizer": formualizer_differences,
    "ironcalc": ironcalc_differences,
    "libreoffice": _libreoffice,
}


@pytest.fixture(params=ENGINES)
def differences(request: pytest.FixtureRequest) -> Callable[[bytes], list[Difference]]:
    """One engine after the other."""
    require(request.param)
    return ENGINES[request.param]


def every_kind_of_value(book: Any, tab: Any) -> None:
    """Right cached values of every kind."""
    tab.write_number("A1", 2)
    tab.write_string("A2", "R & D <é>\n2")
    tab.write_boolean("A3", True)
    tab.write_datetime("A4", date(2026, 1, 15), book.add_format({"num_format": "yyyy-mm-dd"}))
    percent = book.add_format({"num_format": "0%"})
    tab.write_formula("B1", "=A1+A1", None, 4)
    tab.write_formula("B2", '=A2&"!"', None, "R & D <é>\n2!")
    tab.write_formula("B3", "=A1>1", None, True)
    tab.write_formula("B4", "=1/0", None, "#DIV/0!")
    tab.write_formula("B5", "=1/3", percent, 1 / 3)
    tab.write_formula("B6", "=A1>3", percent, False)
    tab.write_formula("B7", "=A9", None, 0)
    tab.write_formula("B8", '=IF(A1>1,"",7)', None, "?")


CORRECT = edited(sheet(every_kind_of_value), SHEET, "<v>?</v>", "<v></v>")


class TestCells:
    """The reader of cells."""

    def test_reads_every_kind_of_value(self) -> None:
        """Formula, value and kind of value come as the file has them, the blank text too."""
        found = {cell.ref: (cell.formula, cell.value) for cell in cells(CORRECT)}
        assert found == {
            "A1": (None, 2.0),
            "A2": (None, "R & D <é>\n2"),
            "A3": (None, True),
            "A4": (None, 46037.0),
            "B1": ("=A1+A1", 4.0),
            "B2": ('=A2&"!"', "R & D <é>\n2!"),
            "B3": ("=A1>1", True),
            "B4": ("=1/0", Error("#DIV/0!")),
            "B5": ("=1/3", 1 / 3),
            "B6": ("=A1>3", False),
            "B7": ("=A9", 0.0),
            "B8": ('=IF(A1>1,"",7)', ""),
        }
        assert isinstance(found["B4"][1], Error)

    def test_agrees_with_openpyxl(self) -> None:
        """The values are those that openpyxl reads."""
        other = openpyxl.load_workbook(BytesIO(CORRECT), data_only=True)["Assessment"]
        for cell in cells(CORRECT):
            if cell.ref not in {"A4", "B8"}:  # a date, and a blank text that openpyxl loses
                assert other[cell.ref].value == cell.value

    def test_reads_tabs_in_their_order(self) -> None:
        """A chart sheet between two tabs holds no cells, and rich text is joined."""

        def fill(book: Any) -> None:
            first = book.add_worksheet("Team's view")
            first.write_rich_string("A1", "a", book.add_format({"bold": True}), "b", "c")
            chart = book.add_chart({"type": "bar"})
            chart.add_series({"values": "='Team''s view'!$A$1"})
            book.add_chartsheet("Picture").set_chart(chart)
            hidden = book.add_worksheet("_growthsheet")
            hidden.very_hidden()
            hidden.write_string("B2", "a\tb\x01")

        data = workbook(fill)
        assert [(each.name, each.kind, each.state) for each in Book(data).sheets] == [
            ("Team's view", "worksheet", "visible"),
            ("Picture", "chartsheet", "visible"),
            ("_growthsheet", "worksheet", "veryHidden"),
        ]
        assert list(cells(data)) == [
            Cell("Team's view", "A1", None, "abc"),
            Cell("_growthsheet", "B2", None, "a\tb\x01"),
        ]


class TestEngines:
    """The engines that recalculate."""

    def test_nothing_wrong(self, differences: Callable[[bytes], list[Difference]]) -> None:
        """A workbook with right cached values has no differences."""
        assert differences(CORRECT) == []

    @pytest.mark.parametrize(
        ("old", "new", "cell", "cached", "right"),
        [
            ("<f>A1+A1</f><v>4</v>", "<f>A1+A1</f><v>5</v>", "B1", 5.0, 4.0),
            ("<f>A1+A1</f><v>4</v>", "<f>A1+A1</f><v>4.00001</v>", "B1", 4.00001, 4.0),
            ("2!</v>", "3!</v>", "B2", "R & D <é>\n3!", "R & D <é>\n2!"),
            ("<f>A1&gt;1</f><v>1</v>", "<f>A1&gt;1</f><v>0</v>", "B3", False, True),
            ('<c r="B4" t="e"><f>1/0</f><v>#DIV/0!</v>', '<c r="B4"><f>1/0</f><v>0</v>', "B4", 0.0, "#DIV/0!"),
            (
                '<c r="B8" t="str"><f>IF(A1&gt;1,"",7)</f><v></v>',
                '<c r="B8"><f>IF(A1&gt;1,"",7)</f><v>7</v>',
                "B8",
                7.0,
                "",
            ),
            ("<f>A9</f><v>0</v>", "<f>A9</f><v></v>", "B7", None, 0.0),
        ],
        ids=["number", "nearly", "text", "truth", "error", "blank", "zero"],
    )
    def test_planted(
        self,
        differences: Callable[[bytes], list[Difference]],
        old: str,
        new: str,
        cell: str,
        cached: object,
        right: object,
    ) -> None:
        """A wrong cached value is caught, with its cell and what it should be."""
        found = differences(edited(CORRECT, SHEET, old, new))
        assert [(each.cell, each.cached, each.computed) for each in found] == [(cell, cached, right)]

    def test_table_and_names(self, differences: Callable[[bytes], list[Difference]]) -> None:
        """Table columns and defined names are understood."""

        def fill(book: Any, tab: Any) -> None:
            tab.add_table("A1:B3", {"name": "rated", "columns": [{"header": "Skill"}, {"header": "Gap"}]})
            book.define_name("asked", "=Assessment!$A$2:$A$3")
            for row, skill in ((1, 1), (2, 3)):
                tab.write_number(row, 0, skill)
                tab.write_formula(row, 1, "=4-rated[[#This Row],[Skill]]", None, 4 - skill)
            tab.write_formula("D1", "=SUM(rated[Gap])+SUM(asked)", None, 8)

        assert differences(sheet(fill)) == []

    def test_batch(self) -> None:
        """LibreOffice takes several workbooks in one start and tells them apart."""
        require("libreoffice")
        wrong = edited(CORRECT, SHEET, "<v>4</v>", "<v>5</v>")
        found = libreoffice_differences([CORRECT, wrong, CORRECT])
        assert [[str(each) for each in one] for one in found] == [
            [],
            ["Assessment!B1 =A1+A1: the file says 5.0, libreoffice says 4.0"],
            [],
        ]

    def test_broken_file(self) -> None:
        """LibreOffice ends well even when it failed; a missing output is an error all the same."""
        require("libreoffice")
        with pytest.raises(RuntimeError, match=r"did not convert 00002\.xlsx"):
            libreoffice_differences([CORRECT, b"PK\x03\x04 not a workbook"])

    @pytest.mark.parametrize(
        ("cached", "computed", "expected"),
        [
            (0.1 + 0.2, 0.3, True),
            (1e12, 1e12 + 2000, False),
            ("", None, True),
            (None, 0.0, False),
            ("", 0.0, False),
            ("", False, False),
            (1.0, True, False),
            ("5", 5.0, False),
            ("#N/A", Error("#N/A"), False),
            (Error("#N/A"), Error("#N/A"), True),
            (Error("#N/A"), Error("#VALUE!"), False),
            (float("nan"), float("nan"), False),
        ],
    )
    def test_same(self, cached: Any, computed: Any, expected: bool) -> None:
        """Values are the same only where a reader sees the same."""
        assert same(cached, computed) is expected
        assert same(computed, cached) is expected


class TestRequire:
    """What happens where an engine is missing."""

    @pytest.fixture(autouse=True)
    def _nothing_installed(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("importlib.util.find_spec", lambda name: None)

    def test_skips(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A missing engine skips its test and says that nothing was proven."""
        monkeypatch.setenv("GROWTHSHEET_REQUIRE", "formualizer,audit")
        assert not available("ironcalc")
        with pytest.raises(pytest.skip.Exception, match="ironcalc is not installed: nothing was proven"):
            require("ironcalc")

    def test_fails(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A missing engine that GROWTHSHEET_REQUIRE names fails its test."""
        monkeypatch.setenv("GROWTHSHEET_REQUIRE", "formualizer, ironcalc")
        with pytest.raises(pytest.fail.Exception, match="GROWTHSHEET_REQUIRE names it"):
            require("ironcalc")


class TestAudit:
    """What would make Excel offer a repair."""

    @pytest.fixture(autouse=True)
    def _installed(self) -> None:
        require("audit")

    def test_nothing_wrong(self) -> None:
        """A workbook that is right passes."""
        assert audit(CORRECT) == []

    @pytest.mark.parametrize(
        ("old", "new", "expected"),
        [
            ("<v>4</v>", "<v>None</v>", "B1: 'None' is not a number"),
            ("<v>4</v>", "<v>nan</v>", "B1: 'nan' is not a number"),
            ("<v>4</v>", "", "B1: a formula without a cached value"),
            ('<c r="B8" t="str">', '<c r="B8">', "B8: a formula without a cached value"),
            ("<v>4</v>", "<v>\x01</v>", "sheet1.xml is not well-formed"),
            ("<sheetData>", "<mystery/><sheetData>", "mystery"),
        ],
    )
    def test_planted(self, old: str, new: str, expected: str) -> None:
        """A planted fault is told."""
        found = audit(edited(CORRECT, SHEET, old, new))
        assert any(expected in each for each in found), found

    def test_duplicate(self) -> None:
        """A part that stands twice in the file is told."""
        out = BytesIO(CORRECT)
        with ZipFile(out, "a") as target, pytest.warns(UserWarning, match="Duplicate name"):
            target.writestr(SHEET, "<a/>")
        assert audit(out.getvalue()) == [f"{SHEET} stands twice in the file"]
