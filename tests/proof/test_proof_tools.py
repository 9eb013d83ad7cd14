"""The proof tools see what is wrong, and only that."""

from __future__ import annotations

import doctest
import importlib
from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest

from tests.proof import dump as dumping
from tests.proof.dump import dump, golden
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
from tests.proof.lint import lint, units
from tests.proof.making import edited, sheet, workbook
from tests.proof.names import Names, Place
from tests.proof.parts import Book, Cell, Error, cells
from tests.proof.pictures import pictures
from tests.proof.sorting import libreoffice_edit

SHEET = "xl/worksheets/sheet1.xml"
CHART = "xl/charts/chart1.xml"


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

    @pytest.mark.slow
    @pytest.mark.engines
    def test_nothing_wrong(self, differences: Callable[[bytes], list[Difference]]) -> None:
        """A workbook with right cached values has no differences."""
        assert differences(CORRECT) == []

    @pytest.mark.slow
    @pytest.mark.engines
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

    @pytest.mark.slow
    @pytest.mark.engines
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

    @pytest.mark.slow
    @pytest.mark.engines
    def test_batch(self) -> None:
        """LibreOffice tells several workbooks apart."""
        require("libreoffice")
        wrong = edited(CORRECT, SHEET, "<v>4</v>", "<v>5</v>")
        found = libreoffice_differences([CORRECT, wrong, CORRECT])
        assert [[str(each) for each in one] for one in found] == [
            [],
            ["Assessment!B1 =A1+A1: the file says 5.0, libreoffice says 4.0"],
            [],
        ]

    @pytest.mark.slow
    @pytest.mark.engines
    def test_broken_file(self) -> None:
        """A file that LibreOffice cannot open is an error, and the next one is taken all the same."""
        require("libreoffice")
        with pytest.raises(RuntimeError, match=r"cannot open before\.xlsx"):
            libreoffice_differences([CORRECT, b"PK\x03\x04 not a workbook"])
        assert libreoffice_differences([CORRECT]) == [[]]

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


@pytest.mark.engines
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


@pytest.mark.engines
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


def rated(formula: str = "=1", name: str = "Assessment") -> bytes:
    """A workbook with a table, a name, a second tab, and one formula to look at."""

    def fill(book: Any) -> None:
        tab = book.add_worksheet(name)
        tab.add_table("A1:B4", {"name": "rated", "columns": [{"header": "Skill"}, {"header": "Area"}]})
        book.add_worksheet("Team's lists").write_string("A1", "k:1")
        book.define_name("points", "='Team''s lists'!$A$1:$A$5")
        book.define_name("as_of", "='Team''s lists'!$B$1")
        tab.write_formula("D2", formula, None, 0)

    return workbook(fill)


def drawn(book: Any, tab: Any) -> None:
    """A chart of numbers, a formula's value, a missing value and a blank cell."""
    tab.write_column("B1", ["Discovery", "Delivery", "Data"])
    tab.write_column("C1", [3, 0.5])
    tab.write_formula("C3", "=NA()", None, "#N/A")
    chart = book.add_chart({"type": "radar"})
    chart.add_series({"name": "Gap", "categories": "=Assessment!$B$1:$B$4", "values": "=Assessment!$C$1:$C$4"})
    chart.set_title({"name": "Skill and interest"})
    tab.insert_chart("F1", chart, {"description": "Skill by area"})


class TestLintOfFormulas:
    """What a formula must not hold."""

    @pytest.mark.parametrize(
        "formula",
        [
            "=MAX($E2-$F2,0)",
            '=IF(COUNT(A2,B2)=2,A2-B2,"")',
            "=AND(ISNUMBER(A2),ISNUMBER(MATCH(A2,points,0)))",
            "=SMALL(A2:A4,INT((COUNT(A2:A4)+1)/2))",
            "=SUMPRODUCT(('Team''s lists'!$A$1:$A$5=A2)*('Team''s lists'!$B$1:$B$5))",
            "=SUMPRODUCT(--(rated[Skill]>=MAX(rated[Skill])),(A2:A4+1))",
            '=RANK(A2,$A$2:$A$4)+COUNTIFS($A$2:$A$4,A2,$B$2:$B$4,"<"&B2)',
            '=COUNTIFS(rated[Area],rated[[#This Row],[Area]],rated[Skill],">="&as_of)',
            '=COUNTIF(A2:A4,"<>")+COUNTIF(A2:A4,"<>3")+SUMIF(B2:B4,"k:1",A2:A4)',
            "=INDEX('Team''s lists'!$A$1:$A$5,MATCH($A2,points,0))",
            '=TEXT(A2,"#,##0.00")&" "&TEXT(A2,"+0;-0;0")&TEXT(A2,"0"" days""")',
            '=IFERROR(DATEDIF(A2,B2,"m"),NA())',
            "=((A2))*-10%",
            "=ROW()+ROW(A2)+ROWS(A2:A4)",
            "=VLOOKUP(A2,A2:B4,2,FALSE)",
            "=SUBTOTAL(9,A2:A4)",
            '="history! [a]:{1,2}; A:A"',
        ],
    )
    def test_allowed(self, formula: str) -> None:
        """What every program computes alike is let through."""
        assert lint(rated(formula)) == []

    @pytest.mark.parametrize(
        ("formula", "expected"),
        [
            ("=TODAY()", "uses TODAY"),
            ("=OFFSET(A1,1,1)", "uses OFFSET"),
            ('=INDIRECT("A1")', "uses INDIRECT"),
            ("=_xlfn.MAXIFS(A1:A3,B1:B3,1)", "uses _XLFN.MAXIFS"),
            ("=IF(1,IFS(A1>1,2),3)", "uses IFS"),
            ("=AGGREGATE(14,6,A1:A3,1)", "uses AGGREGATE"),
            ("=[@Skill]*2", "spells [@Skill]"),
            ("=ROWS(rated[#All])", "spells rated[#All]"),
            ("=rated[[#This Row],Skill]", "spells rated[[#This Row],Skill]"),
            ("=SUM(rated[[Skill]:[Area]])", "spells rated[[Skill]:[Area]]"),
            ("=SUM(rated[Nothing])", "names a table column that is not there: rated[Nothing]"),
            ("=SUM(other[Skill])", "names a table column that is not there: other[Skill]"),
            ("=SUM(rated)", "takes the whole table rated"),
            ("=nothing+1", "has a name that is not defined: nothing"),
            ("=SUM('Assessment:Team''s lists'!A1)", "reaches through several tabs"),
            ("=SUM('[1]Plan'!A1)", "reaches into another workbook"),
            ("=Gone!$A$1", "names a tab that is not there: Gone!$A$1"),
            ("=MATCH(1,{1,2},0)", "holds an array constant"),
            ("=Assessment!A2*2", "names its own tab in Assessment!A2"),
            ("='Team''s lists'!$A2", "takes another tab's row by its address"),
            ("=SUM(A:A)", "takes whole columns or rows: A:A"),
            ("=SUM($1:$3)", "takes whole columns or rows: $1:$3"),
            ("=SUM((A1,B1))", "joins references with ','"),
            ("=SUM(A1:B2 B1:C3)", "cannot be read (two operands"),
            ("=SUM(A1:INDEX(A1:A3,2))", "uses A1:INDEX"),
            ("=#REF!+1", "holds #REF!"),
            ("=1+", "cannot be read"),
            ("=SUM(A1", "cannot be read"),
            ("=SUMPRODUCT((A1:A3>1)/2)", "has / inside SUMPRODUCT"),
            ('=SUMPRODUCT((B1:B3="k:"&A1)*1)', "has & inside SUMPRODUCT"),
            ("=SUMPRODUCT(ISNUMBER(A1:A3)*1)", "sets the range A1:A3 where a single value is wanted"),
            ("=SUMPRODUCT((LEN(rated[Area])>2)*1)", "sets the range rated[Area] where"),
            ('=SUMPRODUCT((B1:B3="x")*ROW(B1:B3))', "sets the range B1:B3 where"),
            ("=A1:A3", "sets the range A1:A3 where"),
            ("=points*2", "sets the range points where"),
            ("=IF(rated[Skill]>1,1,0)", "sets the range rated[Skill] where"),
            ("=AND(A1:A3>0)", "sets the range A1:A3 where"),
            ("=MATCH(A1:A3,B1:B3,0)", "sets the range A1:A3 where"),
            ("=MATCH(A1,B1:B3)", "has MATCH without 0 or 1"),
            ("=MATCH(A1,B1:B3,-1)", "has MATCH without 0 or 1"),
            ("=VLOOKUP(A1,A1:B3,2)", "has VLOOKUP without its fourth argument"),
            ("=SUM(INDEX(A1:B3,0,1))", "has INDEX for a whole row or column"),
            ("=NETWORKDAYS(A1,A2,B1:B3)", "has NETWORKDAYS with holidays"),
            ('=DATEDIF(A1,A2,"md")', "has DATEDIF without one of"),
            ('=TEXT(A1,"yyyy-mm-dd")', "has TEXT with something else"),
            ('=TEXT(A1,"General")', "has TEXT with something else"),
            ('=TEXT(A1,"0.##")', "has TEXT with something else"),
            ("=TEXT(A1,B1)", "has TEXT with something else"),
            ('=COUNTIF(B1:B3,"k:*")', "has a pattern in COUNTIF: 'k:*'"),
            ('=SUMIFS(A1:A3,B1:B3,"a?c")', "has a pattern in SUMIFS: 'a?c'"),
            ('=COUNTIF(B1:B3,"<>k:1")', "has '<>k:1' in COUNTIF"),
            ('=COUNTIF(B1:B3,"=")', "has '=' in COUNTIF"),
            (f'=LEN("{"x" * 256}")', "holds a text of more than 255 characters"),
            ("=" + "+".join(["A1"] * 2731), "is 8193 characters long, more than 8192"),
        ],
    )
    def test_refused(self, formula: str, expected: str) -> None:
        """A formula that some program lacks or computes differently is named with its cell, and nothing else is."""
        [found] = lint(rated(formula))
        assert found.startswith(f"Assessment!D2: {expected}")

    def test_array(self) -> None:
        """Array formulas, old and new, are refused."""

        def fill(book: Any, tab: Any) -> None:
            tab.write_array_formula("A1:A2", "{=SUM(C1:C2)}", None, 0)
            tab.write_dynamic_array_formula("B1:B2", "=SUM(C1:C2)", None, 0)

        found = lint(sheet(fill))
        assert [each for each in found if "array or shared formula" in each] == [
            "Assessment!A1: an array or shared formula (array): =SUM(C1:C2)",
            "Assessment!B1: an array or shared formula (dynamic): =SUM(C1:C2)",
        ]

    @pytest.mark.parametrize(
        ("plant", "expected"),
        [
            (
                lambda book, tab: tab.conditional_format("A1:A3", {"type": "formula", "criteria": "=TODAY()>A1"}),
                "Assessment!A1:A3: conditional format: uses TODAY",
            ),
            (
                lambda book, tab: tab.conditional_format("A1", {"type": "cell", "criteria": ">", "value": "=SUM(C:C)"}),
                "Assessment!A1: conditional format: takes whole columns",
            ),
            (
                lambda book, tab: tab.data_validation("A1", {"validate": "custom", "value": "=SUM(rated[Skill])>1"}),
                "Assessment!A1: validation: names the table column rated[Skill] outside a cell",
            ),
            (
                lambda book, tab: tab.data_validation("A1", {"validate": "list", "source": "=OFFSET($C$1,0,0,3)"}),
                "Assessment!A1: validation: uses OFFSET",
            ),
            (
                lambda book, tab: tab.add_table("F1:G3", {"name": "sums", "columns": [{"formula": "=[@Column2]"}, {}]}),
                "table sums, column 'Column1': spells",
            ),
            (
                lambda book, tab: tab.add_table(
                    "F1:G3", {"name": "sums", "total_row": True, "columns": [{}, {"total_function": "sum"}]}
                ),
                "table sums, column 'Column2': a total row's function is lost",
            ),
            (lambda book, tab: book.define_name("rate", "=0.03"), "name rate: stands for 0.03, not for cells"),
            (lambda book, tab: book.define_name("all", "=SUM(Assessment!$A$1:$A$2)"), "name all: stands for SUM"),
            (lambda book, tab: book.define_name("here", "=Assessment!A1"), "name here: stands for Assessment!A1"),
            (lambda book, tab: book.define_name("rated", "=Assessment!$A$1"), "name rated: stands twice"),
            (
                lambda book, tab: tab.add_sparkline("J1", {"range": "Gone!A1:E1"}),
                "Assessment: sparkline: points at Gone!A1:E1",
            ),
            (lambda book, tab: tab.write_url("J1", "internal:'Gone'!A1"), "Assessment!J1: links to 'Gone'!A1"),
            (lambda book, tab: tab.write_number("J1", 1234567890123456), "Assessment!J1: a number with more than 15"),
            (
                lambda book, tab: tab.write_number("J1", 60, book.add_format({"num_format": "dd/mm/yyyy"})),
                "Assessment!J1: a date before 1 March 1900 (60)",
            ),
            (
                lambda book, tab: tab.write_number("J1", 1, book.add_format({"num_format": 14})),
                "Assessment!J1: a date before 1 March 1900 (1)",
            ),
        ],
    )
    def test_elsewhere(self, plant: Callable[[Any, Any], object], expected: str) -> None:
        """Faults outside the formulas of cells are found too."""

        def fill(book: Any, tab: Any) -> None:
            tab.add_table("A1:B4", {"name": "rated", "columns": [{"header": "Skill"}, {"header": "Area"}]})
            plant(book, tab)

        found = lint(sheet(fill))
        assert any(each.startswith(expected) for each in found), found

    def test_right_elsewhere(self) -> None:
        """Drop-downs from ranges, formula rules, print titles, links, charts and sparklines are let through."""

        def fill(book: Any, tab: Any) -> None:
            day = book.add_format({"num_format": "yyyy-mm-dd"})
            euros = book.add_format({"num_format": '#,##0 "days";[Red]-#,##0'})
            book.define_name("points", "=Assessment!$C$1:$C$5")
            tab.data_validation("A1", {"validate": "list", "source": "=points"})
            tab.data_validation("A2", {"validate": "list", "source": "=$C$1:$C$5", "input_message": "x" * 255})
            tab.data_validation("A3", {"validate": "list", "source": ["yes, no", "x" * 240]})
            tab.data_validation("A4", {"validate": "integer", "criteria": "between", "minimum": 0, "maximum": 4})
            tab.conditional_format("B1:B5", {"type": "formula", "criteria": "=AND(ISNUMBER($B1),$B1>=2)"})
            tab.conditional_format("B1:B5", {"type": "data_bar", "data_bar_2010": True, "min_value": 0})
            tab.repeat_rows(0, 3)
            tab.autofilter("A1:C5")
            tab.print_area("A1:C5")
            tab.write_url("D1", "internal:'Assessment'!A1")
            tab.write_url("D2", "https://example.org/#here")
            tab.write_datetime("D3", date(1990, 1, 1), day)
            tab.write_number("D4", 12, euros)
            tab.add_sparkline("E1", {"range": "Assessment!$C$1:$C$5"})
            chart = book.add_chart({"type": "line"})
            chart.add_series({"values": "=Assessment!$C$1:$C$5", "name": "Gap"})
            tab.insert_chart("F1", chart)

        assert lint(sheet(fill)) == []

    def test_chart(self) -> None:
        """A chart points at cells of a tab that is there."""
        wrong = edited(sheet(drawn), CHART, "Assessment!$C$1:$C$4", "OFFSET(Assessment!$C$1,0,0,5)")
        assert lint(wrong) == [f"{CHART}: points at OFFSET(Assessment!$C$1,0,0,5), not at cells of a tab"]

    def test_points_of_a_chart(self) -> None:
        """The points that a chart carries along are those of its cells; the library writes 0 for #N/A."""
        data = sheet(drawn)
        assert lint(data) == [
            f"{CHART}, Assessment!$C$1:$C$4: carries '0' for row 3, where the cell holds '#N/A'",
        ]
        right = edited(data, CHART, '<c:pt idx="2"><c:v>0</c:v></c:pt>', "")
        assert lint(right) == []
        assert lint(edited(right, CHART, "<c:v>0.5</c:v>", "<c:v>0.6</c:v>")) == [
            f"{CHART}, Assessment!$C$1:$C$4: carries '0.6' for row 2, where the cell holds 0.5",
        ]
        assert lint(edited(right, CHART, "<c:v>Discovery</c:v>", "<c:v>Delivery</c:v>")) == [
            f"{CHART}, Assessment!$B$1:$B$4: carries 'Delivery' for row 1, where the cell holds 'Discovery'",
        ]


class TestLintOfLimits:
    """What the writing library lets through and Excel does not."""

    @pytest.mark.parametrize(
        ("name", "expected"),
        [
            ("x" * 32, f"tab '{'x' * 32}': a name has 1 to 31 characters, not 32"),
            ("🎯" * 16, f"tab '{'🎯' * 16}': a name has 1 to 31 characters, not 32"),
            ("a/b", "tab 'a/b': a name cannot hold /"),
            ("'a", 'tab "\'a": a name neither begins nor ends with an apostrophe'),
            ("History", "tab 'History': Excel keeps this name for itself"),
            ("TEAM", "tab 'team': stands twice (upper and lower case are the same)"),
        ],
    )
    def test_tabs(self, name: str, expected: str) -> None:
        """A tab has a legal name of its own."""
        data = workbook(lambda book: (book.add_worksheet("Team"), book.add_worksheet("Other")))
        assert lint(edited(data, "xl/workbook.xml", 'name="Other"', f'name="{name}"')) == [expected]

    @pytest.mark.parametrize("name", ["AB12", "R1C1", "r", "C", "RC5", "a b", "1st", "x" * 256])
    def test_names(self, name: str) -> None:
        """A defined name does not look like a cell."""

        def fill(book: Any, tab: Any) -> None:
            book.define_name("fine", "=Assessment!$A$1")

        [found] = lint(edited(sheet(fill), "xl/workbook.xml", 'name="fine"', f'name="{name}"'))
        assert found.startswith(f"name {name}: not a legal name")

    def test_table_headers(self) -> None:
        """A table's headers differ in more than upper and lower case."""
        data = edited(rated(), "xl/tables/table1.xml", 'name="Area"', 'name="SKILL"')
        assert lint(data) == ["table rated: the header 'skill' stands twice (upper and lower case are the same)"]

    @pytest.mark.parametrize(
        ("key", "old", "most"), [("promptTitle", "title", 32), ("prompt", "message", 255), ("error", "wrong", 255)]
    )
    def test_validation_texts(self, key: str, old: str, most: int) -> None:
        """A message at an input is not longer than Excel takes."""

        def fill(book: Any, tab: Any) -> None:
            messages = {"input_title": "title", "input_message": "message", "error_message": "wrong"}
            tab.data_validation("A1", {"validate": "integer", "criteria": ">", "value": 0, **messages})

        longer = edited(sheet(fill), SHEET, f'{key}="{old}"', f'{key}="{"x" * (most + 1)}"')
        assert lint(longer) == [f"Assessment!A1: validation: {key} has at most {most} characters, not {most + 1}"]

    def test_inline_list(self) -> None:
        """A list within the cell is not longer than Excel takes."""

        def fill(book: Any, tab: Any) -> None:
            tab.data_validation("A1", {"validate": "list", "source": ["yes", "no"]})

        longer = edited(sheet(fill), SHEET, '"yes,no"', f'"{"x" * 256}"')
        assert lint(longer) == ["Assessment!A1: validation: a list within the cell has at most 255 characters, not 256"]

    def test_long_texts(self) -> None:
        """Cells, footers and properties hold what Excel takes, counted as Excel counts."""

        def fill(book: Any, tab: Any) -> None:
            tab.write_string("A1", "cell")
            tab.set_footer("footer")
            book.set_custom_property("key", "property")

        data = sheet(fill)
        for part, old, new in (
            ("xl/sharedStrings.xml", "cell", "🎯" * 16384),
            (SHEET, "footer<", "x" * 256 + "<"),
            ("docProps/custom.xml", ">property<", f">{'x' * 256}<"),
        ):
            data = edited(data, part, old, new)
        assert lint(data) == [
            "docProps/custom.xml: a property has at most 255 characters, not 256",
            "Assessment: oddFooter has at most 255 characters, not 256",
            "Assessment!A1: a text has at most 32767 characters, not 32768",
        ]

    @pytest.mark.slow
    def test_links(self) -> None:
        """A tab has at most 65,530 links."""

        def fill(book: Any, tab: Any) -> None:
            tab.write_url("A1", "internal:'Assessment'!A1")

        link = '<hyperlink ref="A1" location="\'Assessment\'!A1" display="\'Assessment\'!A1"/>'
        assert lint(edited(sheet(fill), SHEET, link, link * 65531)) == [
            "Assessment: a tab has at most 65530 links, not 65531"
        ]

    def test_other_workbooks(self) -> None:
        """A part that reaches into another workbook is found."""
        out = BytesIO(CORRECT)
        with ZipFile(out, "a") as target:
            target.writestr("xl/externalLinks/externalLink1.xml", "<externalLink/>")
        assert lint(out.getvalue()) == ["xl/externalLinks/externalLink1.xml: reaches into another workbook"]

    def test_units(self) -> None:
        """Excel counts an emoji as two characters."""
        assert units("a🎯") == 3


CONTENTS = """\
property title: Growth plan
property creator: growthsheet
property lastModifiedBy: growthsheet
property created: 2026-01-15T00:00:00Z
property modified: 2026-01-15T00:00:00Z
custom property growthsheet_id: 7
name _xlnm._FilterDatabase on Assessment = Assessment!$A$10:$C$15
name points = Assessment!$H$1:$H$5

== Assessment
table rated A20:B21
  column Skill
  column Gap =4-rated[[#This Row],[Skill]]
validation F7:F20: list =$H$1:$H$5 (warning)
  promptTitle: 'Skill'
  prompt: 'Choose a level'
validation F21: whole =0 and =4
format G1:G9: expression ={level.G[+0]}>2 -> fill 0E2F56, font FFFFFF, bold, number "▲ "0; stop
format H1:H9: dataBar -> num 0 num 5
sparkline level.J of Assessment!C1:C5
link 'Back' -> #'Assessment'!A1
link 'https://example.org/a' -> https://example.org/a
note D3: 'A note'
chart 'Skill and interest': radarChart, alt text 'Skill by area'
  series tx 'Gap'; cat Assessment!$B$1:$B$4 [Discovery Delivery Data]; val Assessment!$C$1:$C$4 [3 0.5 0]
level.label: 'Discovery'
level: 3
level.help [font theme 10, underlined]: 'Back'
B: 'Delivery' | C: 0.5 | D [font theme 10, underlined]: 'https://example.org/a'
B: 'Data' | C = NA() -> #N/A
F [asked]: blank
F [asked]: 2
F [asked] = 1>2 -> FALSE
F = IF(TRUE,"") -> ''
F = H99 -> nothing
rated header
rated.skill 'Skill': no cell
rated.gap 'Gap' = 4-rated[[#This Row],[Skill]] -> 0

== _growthsheet
A: "it's\\none line"
"""

PLACES = """\
== Assessment (visible)
tab colour 1F3A5F
view: no grid lines, zoom 90, frozen before C5
columns: A hidden, B:D 20.7109
rows: 1:2 30, 9 hidden
Print_Titles: Assessment!$1:$4
pageSetup: fitToHeight 0, orientation landscape
pageMargins: left 0.7, right 0.7, top 0.75, bottom 0.75, header 0.3, footer 0.3
oddFooter: '&LCatalog 3&R&P'
filter: A10:C15
table rated: header in row 20, 1 rows; A skill gap
single cells by row: level 1
drawn at F1: 'Skill by area'
other cells: B2:B3, C2:C3, D2, F7:F11

== _growthsheet (veryHidden)
pageMargins: left 0.7, right 0.7, top 0.75, bottom 0.75, header 0.3, footer 0.3
other cells: A1
"""


def everything(book: Any) -> None:
    """A bit of all that a dump tells."""
    tab = book.add_worksheet("Assessment")
    asked = book.add_format({"bg_color": "#FFF8E1", "border": 1})
    strong = {"bg_color": "#0E2F56", "font_color": "#FFFFFF", "bold": True, "num_format": '"▲ "0'}
    book.set_properties({"title": "Growth plan", "author": "growthsheet", "created": datetime(2026, 1, 15)})
    book.set_custom_property("growthsheet_id", "7")
    book.define_name("points", "=Assessment!$H$1:$H$5")
    tab.freeze_panes(4, 2)
    tab.set_column("A:A", 12, None, {"hidden": True})
    tab.set_column("B:D", 20)
    tab.set_row(0, 30)
    tab.set_row(1, 30)
    tab.set_row(8, None, None, {"hidden": True})
    tab.set_tab_color("#1F3A5F")
    tab.hide_gridlines(2)
    tab.set_zoom(90)
    tab.set_landscape()
    tab.fit_to_pages(1, 0)
    tab.repeat_rows(0, 3)
    tab.set_footer("&LCatalog 3&R&P")
    tab.autofilter("A10:C15")
    gap = {"header": "Gap", "formula": "=4-rated[[#This Row],[Skill]]"}
    tab.add_table("A20:B21", {"name": "rated", "columns": [{"header": "Skill"}, gap]})
    prompt = {"input_title": "Skill", "input_message": "Choose a level", "error_type": "warning"}
    tab.data_validation("F7:F20", {"validate": "list", "source": "=$H$1:$H$5", **prompt})
    tab.data_validation("F21", {"validate": "integer", "criteria": "between", "minimum": 0, "maximum": 4})
    rule = {"type": "formula", "criteria": "=$G1>2", "format": book.add_format(strong), "stop_if_true": True}
    tab.conditional_format("G1:G9", rule)
    bar = {"type": "data_bar", "min_type": "num", "min_value": 0, "max_type": "num", "max_value": 5}
    tab.conditional_format("H1:H9", bar)
    tab.add_sparkline("J1", {"range": "Assessment!C1:C5"})
    tab.write_url("D1", "internal:'Assessment'!A1", None, "Back")
    tab.write_url("D2", "https://example.org/a")
    tab.write_comment("D3", "A note")
    drawn(book, tab)
    tab.write_blank("F7", None, asked)
    tab.write_number("F8", 2, asked)
    tab.write_formula("F9", "=1>2", asked, False)
    tab.write_formula("F10", '=IF(TRUE,"")', None, "?")
    tab.write_formula("F11", "=H99", None, "")
    hidden = book.add_worksheet("_growthsheet")
    hidden.very_hidden()
    hidden.write_string("A1", "it's\none line")


class TestDump:
    """A workbook as text."""

    def test_tells_everything(self) -> None:
        """Cells, asked or computed, and all that stands around them; what has coordinates stands apart."""
        data = edited(workbook(everything), SHEET, "<v>?</v>", "<v></v>")
        rated = Place("Assessment", 20, 21, {"skill": 1, "gap": 2})
        assert dump(data, {"rated": rated}, {"level": ("Assessment", 1, 3)}) == (CONTENTS, PLACES)

    def test_columns(self) -> None:
        """A column whose rows are alike is one line with its values; a row that differs gives each row a line."""
        table = {"rated": Place("Assessment", 3, 6, {"key": 1, "skill": 2, "gap": 3})}
        data = sheet(three_rows)
        contents = dump(data, table).contents
        assert "rated.gap 'Gap' = 4-{skill} -> 3 | 1 | 2\n" in contents
        assert "E = SUM({~rated.gap[+3]:~rated.gap[+5]}) -> 6\n" in contents
        other = dump(edited(data, SHEET, "<f>4-$B5</f>", "<f>4-$B4</f>"), table).contents
        assert "rated.gap[b] = 4-{skill} -> 3\nrated.gap[a] = 4-{rated.skill[-1]} -> 1\n" in other

    @pytest.mark.parametrize(
        ("formula", "expected"),
        [
            ("$B5", "{skill}"),
            ("B5", "{~skill}"),
            ("$B6", "{rated.skill[+1]}"),
            ("$B$5", "{rated.skill[a]}"),
            ("$B$3", "{rated.skill header}"),
            ("$B$4:$B$6", "{rated.skill}"),
            ("$B$4:$C$6", "{rated.skill:gap}"),
            ("$A$4:$C$6", "{rated}"),
            ("$A$3:$C$6", "{rated with header}"),
            ("$B$4:$B$5", "{rated.skill[b:a]}"),
            ("$B4:$B6", "{rated.skill[-1]:rated.skill[+1]}"),
            ("$B5:$C5", "{skill:gap}"),
            ("Assessment!$B5", "{Assessment!skill}"),
            ("$C$1", "{level}"),
            ("C1", "{~level[-4]}"),
            ("$B$1:$D$1", "{level.label:level.help}"),
            ("$G$1", "{level.G}"),
            ("$B$9", "$B$9"),
            ("Plan!$B$4:$B$6", "Plan!$B$4:$B$6"),
            ('COUNTIF($B$4:$B$6,"$B5")', 'COUNTIF({rated.skill},"$B5")'),
        ],
    )
    def test_names_of_references(self, formula: str, expected: str) -> None:
        """A reference is spelled by name, and two that differ are spelled in two ways."""
        cells_read = cells(sheet(three_rows))
        table = {"rated": Place("Assessment", 3, 6, {"key": 1, "skill": 2, "gap": 3})}
        assert expected == Names(table, {"level": ("Assessment", 1, 3)}, cells_read).formula(formula, "Assessment", 5)

    def test_names_of_rows(self) -> None:
        """A row without a key of its own is called by its number."""
        table = {"rated": Place("Assessment", 3, 7, {"key": 1, "skill": 2})}
        names = Names(table, {}, cells(edited(sheet(three_rows), "xl/sharedStrings.xml", "k:c", "k:a")))
        assert [names.label("rated", row) for row in (4, 5, 6, 7)] == ["b", "#2", "#3", "#4"]

    @pytest.mark.parametrize(
        ("part", "old", "new"),
        [
            (SHEET, "<f>1&gt;2</f>", "<f>1&gt;3</f>"),
            (SHEET, "<f>1&gt;2</f><v>0</v>", "<f>1&gt;2</f><v>1</v>"),
            (SHEET, '<c r="F8" s="2">', '<c r="F8">'),
            (SHEET, 'priority="2"', 'priority="3"'),
            (SHEET, "<formula>$G1&gt;2</formula>", "<formula>$G2&gt;2</formula>"),
            (SHEET, "<formula1>$H$1:$H$5</formula1>", "<formula1>$H$1:$H$4</formula1>"),
            (SHEET, 'prompt="Choose a level"', 'prompt="Choose"'),
            (SHEET, 'errorStyle="warning"', 'errorStyle="information"'),
            (SHEET, 'stopIfTrue="1"', 'stopIfTrue="0"'),
            (SHEET, '<row r="9"', '<row r="99"'),
            (SHEET, 'orientation="landscape"', 'orientation="portrait"'),
            (SHEET, '<autoFilter ref="A10:C15"/>', '<autoFilter ref="A10:C14"/>'),
            ("xl/styles.xml", 'rgb="FF0E2F56"', 'rgb="FF0E2F57"'),
            ("xl/styles.xml", 'rgb="FFFFF8E1"', 'rgb="FFFFFFFF"'),
            ("xl/workbook.xml", "Assessment!$H$1:$H$5", "Assessment!$H$1:$H$6"),
            ("xl/workbook.xml", "Assessment!$1:$4", "Assessment!$1:$3"),
            ("xl/comments1.xml", "A note", "No note"),
            ("xl/drawings/drawing1.xml", "<xdr:from><xdr:col>5</xdr:col>", "<xdr:from><xdr:col>6</xdr:col>"),
            (CHART, "<c:f>Assessment!$C$1:$C$4</c:f>", "<c:f>Assessment!$C$1:$C$3</c:f>"),
        ],
    )
    def test_sees_faults(self, part: str, old: str, new: str) -> None:
        """A fault anywhere in the file changes the text."""
        data = workbook(everything)
        assert dump(edited(data, part, old, new)) != dump(data)

    def test_golden(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A golden file is only ever written when asked, and then the test fails too."""
        monkeypatch.setattr(dumping, "GOLDEN", tmp_path / "golden")
        monkeypatch.delenv("GROWTHSHEET_GOLDEN", raising=False)
        with pytest.raises(pytest.fail.Exception, match="holds another workbook"):
            golden("person", "A1 2\n")
        assert list(tmp_path.iterdir()) == []
        monkeypatch.setenv("GROWTHSHEET_GOLDEN", "write")
        with pytest.raises(pytest.fail.Exception, match="was written"):
            golden("person", "A1 2\n")
        monkeypatch.delenv("GROWTHSHEET_GOLDEN")
        golden("person", "A1 2\n")
        with pytest.raises(pytest.fail.Exception, match=r"-A1 2\n\+A1 3"):
            golden("person", "A1 3\n")


def three_rows(book: Any, tab: Any) -> None:
    """A table whose rows a person sorts, a sum over it, and a lookup by key."""
    columns = [{"header": "Id"}, {"header": "Skill"}, {"header": "Gap"}]
    tab.add_table("A3:C6", {"name": "rated", "columns": columns})
    for row, (key, skill) in enumerate([("k:b", 1), ("k:a", 3), ("k:c", 2)], start=4):
        tab.write_string(f"A{row}", key)
        tab.write_number(f"B{row}", skill)
        tab.write_formula(f"C{row}", f"=4-$B{row}", None, 4 - skill)
    tab.write_formula("E1", "=SUM(C4:C6)", None, 6)
    tab.write_formula("E2", '=INDEX(B4:B6,MATCH("k:a",A4:A6,0))', None, 3)


@pytest.mark.slow
@pytest.mark.engines
class TestLibreOfficeEdit:
    """A person at work in LibreOffice."""

    @pytest.fixture(autouse=True)
    def _installed(self) -> None:
        require("libreoffice")

    def values(self, *edits: dict[str, Any]) -> dict[str, object]:
        """The values after the edits, by ``sheet!cell``."""
        return {f"{cell.sheet}!{cell.ref}": cell.value for cell in cells(libreoffice_edit(sheet(three_rows), edits))}

    def test_type(self) -> None:
        """A typed number moves what depends on it; text stays text, and a cleared cell is empty."""
        found = self.values(
            {"set": ["Assessment", "B4", 4]},
            {"set": ["Assessment", "B6", None]},
            {"set": ["Assessment", "G1", "=1+1"]},
            {"set": ["Assessment", "G2", True]},
            {"formula": ["Assessment", "G3", "=SUM(B4:B6)"]},
        )
        assert (found["Assessment!C4"], found["Assessment!E1"]) == (0, 5)
        assert "Assessment!B6" not in found
        assert (found["Assessment!G1"], found["Assessment!G2"], found["Assessment!G3"]) == ("=1+1", True, 7)

    def test_sort(self) -> None:
        """Rows that are sorted by a column move with all their cells, and a lookup by key still finds its row."""
        found = self.values({"sort": ["Assessment", "A3:C6", 0, True, True]})
        assert [found[f"Assessment!{ref}"] for ref in ("A3", "A4", "A5", "A6")] == ["Id", "k:a", "k:b", "k:c"]
        assert [found[f"Assessment!{ref}"] for ref in ("C4", "C5", "C6")] == [1, 3, 2]
        assert found["Assessment!E2"] == 3
        downwards = self.values({"sort": ["Assessment", "A4:C6", 1, False, False]})
        assert [downwards[f"Assessment!{ref}"] for ref in ("A4", "A5", "A6")] == ["k:a", "k:c", "k:b"]

    def test_move(self) -> None:
        """Rows and columns come and go, a tab gets another name, and a detour through ods loses nothing."""
        found = self.values(
            {"insert_rows": ["Assessment", 1, 3]},
            {"delete_rows": ["Assessment", 2, 1]},
            {"insert_columns": ["Assessment", "B", 1]},
            {"rename": ["Assessment", "My skills"]},
            {"via_ods": True},
            {"set": ["My skills", "C6", 0]},
        )
        assert (found["My skills!A6"], found["My skills!D6"], found["My skills!F3"]) == ("k:b", 4, 7)

    def test_impossible(self) -> None:
        """An edit that cannot be is an error with LibreOffice's own words."""
        with pytest.raises(RuntimeError, match="NoSuchElementException"):
            self.values({"set": ["Gone", "A1", 1]})


class TestPictures:
    """Pictures of the printed pages."""

    @pytest.mark.slow
    @pytest.mark.engines
    def test_pages(self, tmp_path: Path) -> None:
        """Every printed page becomes a picture, in order."""
        require("pictures")

        def fill(book: Any) -> None:
            for name in ("One", "Two"):
                book.add_worksheet(name).write_string("A1", name)

        found = pictures(workbook(fill), tmp_path / "out", dpi=20)
        assert [file.name for file in found] == ["page-1.png", "page-2.png"]
        assert all(file.read_bytes().startswith(b"\x89PNG") for file in found)


@pytest.mark.parametrize("module", ["engines", "lint", "dump", "names", "parts", "texts"])
def test_examples(module: str) -> None:
    """The examples in the docstrings of the proof tools run."""
    result = doctest.testmod(importlib.import_module(f"tests.proof.{module}"))
    assert (result.failed, result.attempted > 0) == (0, True)
