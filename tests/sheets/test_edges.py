"""Books at the edges: nothing is cut, wrong, red or alarming that a manager would not want to show."""

from __future__ import annotations

import re
import textwrap

import pytest

from growthsheet.expr import NOT_AVAILABLE
from growthsheet.text.labels import MAX_LABEL
from growthsheet.workbook import styles as theme
from growthsheet.workbook.blocks import Book, Chart, Charts, Links, NamedCells
from growthsheet.workbook.tables import Column, TableData
from growthsheet.workbook.values import Values
from growthsheet.xlsx.writer.layout import LABEL, Layout
from growthsheet.xlsx.writer.text_size import across, is_turned, shown_columns, turned_text
from tests.edges import EDGES, LONG, books, files
from tests.making import prove, visible
from tests.proof.engines import audit, libreoffice_differences, require
from tests.proof.parts import Error, opened, row_and_column

EVERY = pytest.mark.parametrize("edge", EDGES, scope="module")  # all tests of an edge, before those of the next one
BIG = ("fifty people", "120 activities", "210 teams")
ODD = ("nothing rated", "long names", "right to left", "emoji", "several currencies", "nine roles")
ODDEST = ("right to left", "several currencies", "long names")


@pytest.mark.slow
@EVERY
def test_no_error_is_shown(edge: str) -> None:
    """No cell that is shown holds an error value."""
    for data in files(edge):
        assert [cell for cell in visible(data) if isinstance(cell[2], Error)] == []


@pytest.mark.slow
@pytest.mark.engines
@pytest.mark.parametrize("edge", [edge for edge in EDGES if edge not in BIG], scope="module")
def test_engines_agree(edge: str) -> None:
    """Two engines find every cached value right, and the lint finds nothing; each edge has one workbook, in turns."""
    prove(files(edge)[list(EDGES).index(edge) % 3])


@pytest.mark.slow
@pytest.mark.engines
def test_libreoffice_agrees() -> None:
    """LibreOffice finds every cached value of the oddest ones right; each has one workbook, in turns."""
    require("libreoffice")
    found = libreoffice_differences([files(edge)[n] for n, edge in enumerate(ODDEST)])
    assert [str(each) for differences in found for each in differences] == []


@pytest.mark.slow
@pytest.mark.engines
@pytest.mark.parametrize("edge", ODD, scope="module")
def test_nothing_to_repair(edge: str) -> None:
    """The workbooks at the odd edges pass the audit; each edge has one workbook, in turns."""
    require("audit")
    assert audit(files(edge)[ODD.index(edge) % 3]) == []


@EVERY
def test_charts_have_something_to_draw(edge: str) -> None:
    """Each chart has points, labels that do not push it aside, and in a workbook of one day its finding in words."""
    for book in books(edge):
        values = Values(book)
        for chart in charts(book):
            labels = values.column(chart.table, chart.labels)
            assert max(len(str(label)) for label in labels) <= 40
            drawn = values.column(chart.table, chart.series[0])
            assert len(drawn) == len(labels)
            said = any(point is not NOT_AVAILABLE and point is not None for point in drawn)
            assert said or book.kind == "team" or len(labels) < 3
            if book.kind == "organization":
                least = min(point for point in drawn if isinstance(point, float))
                assert f": {labels[drawn.index(least)]}." in chart.about


def charts(book: Book) -> list[Chart]:
    """The charts of a book."""
    blocks = [block for sheet in book.sheets for block in sheet.blocks]
    return [chart for block in blocks if isinstance(block, Charts) for chart in block.charts]


@EVERY
def test_drop_downs_offer_short_labels_of_their_own(edge: str) -> None:
    """What a drop-down offers has at most 80 letters, and no two entries are alike."""
    for book in books(edge):
        asked = [c for rows in book.tables.values() for c in rows.table.columns if c.choices]
        for each in (*asked, *(fact for fact in book.named_cells.values() if fact.choices)):
            offered = [str(v) for v in Values(book).column(each.choices.table, each.choices.column)]
            assert max(map(len, offered), default=0) <= MAX_LABEL
            assert len({label.casefold() for label in offered}) == len(offered)


def test_long_names_are_shortened_in_different_ways() -> None:
    """Names that only their ends tell apart stay apart in drop-downs and headers; the whole name stands in the list."""
    _, team, _ = books("long names")
    headers = [c.header for c in team.tables["gap_map"].table.columns if c.of]
    assert len({turned_text(header, theme.STYLES["cell"]) for header in headers}) == len(headers) == 3
    assert max(map(len, headers)) < 40
    assert team.tables["people"].rows[0]["name"] == f"{LONG.format('0')} 0"


@pytest.mark.slow
@EVERY
def test_texts_have_room(edge: str) -> None:
    """Each row is as high as the texts of catalog and roster in it, wrapped word by word; each header, too."""
    for book, data in zip(books(edge), files(edge), strict=True):
        layout, values, file = Layout(book), Values(book), opened(data)
        heights = {
            (sheet.name, int(row.attrib["r"])): float(row.get("ht", 18))
            for sheet in file.sheets
            for row in file.rest(sheet).iterfind("{*}sheetData/{*}row")
        }
        for sheet in (each for each in book.sheets if not each.hidden):
            widths = across(book, sheet)
            for rows in (block for block in sheet.blocks if hasattr(block, "table") and hasattr(block, "rows")):
                if rows.hidden:
                    continue
                place = layout.tables[rows.table.name]
                for column in shown_columns(rows.table):
                    wide = widths[place.columns[column.key] - LABEL]
                    header = column.header if column.of else book.translate(column.header)
                    needed = points([header], wide - 1)
                    if is_turned(column):  # a letter takes 4 points, on two lines, or on three where there is room
                        turned = turned_text(header, theme.STYLES[column.style])
                        needed = [len(turned) * 4 / (3 if wide > 6 else 2)]
                    assert needed[0] <= heights[book.tab(sheet), place.header + 1], (sheet.name, column.header)
                    if fits(column):
                        texts = [str(v or "") for v in values.column(rows.table.name, column.key)]
                        small = theme.STYLES[column.style].size / 11
                        for n, high in enumerate(high * small for high in points(texts, wide / small)):
                            assert high <= min(409, heights[book.tab(sheet), place.first + n + 1]), (
                                sheet.name,
                                texts[n],
                            )


@EVERY
def test_words_have_room(edge: str) -> None:
    """Labels, links, words of lists and of headers stand on one line, unbroken."""
    for book in books(edge):
        values, layout = Values(book), Layout(book)
        for sheet in (each for each in book.sheets if not each.hidden):
            widths = across(book, sheet)
            for block in sheet.blocks:
                if isinstance(block, Links) or (isinstance(block, NamedCells) and not block.column):
                    said = block.sheets if isinstance(block, Links) else [(fact.label, "") for fact in block.cells]
                    assert max(len(book.translate(label)) for label, _ in said) < widths[0], sheet.name
                if (
                    isinstance(block, TableData)
                    and not block.hidden
                    and block.table.name in (sheet.main or block.table.name)
                ):
                    for column in shown_columns(block.table):
                        wide = widths[layout.tables[block.table.name].columns[column.key] - LABEL]
                        head = column.header.rpartition(": ")[2] if column.of else book.translate(column.header)
                        assert (column.of and ": " not in column.header) or max(map(len, head.split())) < wide, head
                        if "labels" in column.bind and not theme.STYLES[column.style].wrap:
                            listed = column.bind["labels"]
                            assert max(map(len, values.column(listed.table, listed.column))) < wide, head


def fits(column: Column) -> bool:
    """Whether what a column holds is known when the workbook is made."""
    return theme.STYLES[column.style].lines and column.role != "input"


def points(texts: list[str], wide: float) -> list[float]:
    """The height that each text takes in a column; letters are narrower than digits, Chinese ones twice as wide."""
    plain = [re.sub("[\u200d\ufe0f\U0001f3fb-\U0001f3ff]", "", text) for text in texts]
    doubled = ["".join(letter + "_" * (ord(letter) > 0x2E80) for letter in text) for text in plain]
    return [15.0 * len(textwrap.wrap(text, int(wide * 1.06)) or [""]) for text in doubled]


@EVERY
def test_titles_are_not_cut_in_print(edge: str) -> None:
    """What is printed of a tab is as wide as its title and the sentence below."""
    for book in books(edge):
        for sheet in (each for each in book.sheets if not each.hidden):
            assert len(sheet.title) * 18 / 11 <= sum(across(book, sheet)) * 1.25, sheet.title
            assert len(sheet.purpose) <= sum(across(book, sheet)) * 1.15, sheet.purpose


@pytest.mark.slow
def test_nothing_rated_invites() -> None:
    """Where nothing is rated only counts and sums show a zero, and nothing is red; words tell what to do."""
    for edge in ("nothing rated", "blind"):
        for book, data in zip(books(edge), files(edge), strict=True):
            shown = zeros(data, given=book.kind == "organization")
            counted = ("Dashboard", "Responses")  # 0 of the activities expected in an area, or of a person, are rated
            assert [cell for cell in shown if cell[0] not in counted] == []
            assert not {"overdue", "teamgap", "single", "thin"} & set(codes(book))
            told = {value for _, _, value in visible(data) if isinstance(value, str)}
            assert any(text.startswith(("Rate your activities", "Collect people's ratings")) for text in told)


def zeros(data: bytes, given: bool) -> list[tuple[str, str]]:
    """The shown cells that show a zero: those of formulas, and those with ``given`` values."""
    file = opened(data)
    formulas = {(c.sheet, c.ref): file.styles[c.style].number_format for c in file.cells() if c.formula or given}
    found = [(tab, ref) for tab, ref, value in visible(data) if value == 0 and not isinstance(value, (str, bool))]
    return [(tab, ref) for tab, ref in found if (tab, ref) in formulas and formulas[tab, ref].count(";") < 2]


def codes(book: Book) -> list[object]:
    """What ratings, items and lines make of the looks of words."""
    looks = [
        (name, c.look)
        for name, rows in book.tables.items()
        for c in rows.table.columns
        if c.look and rows.table.column(c.look).measure
    ]
    return [code for table, column in looks for code in Values(book).column(table, column)]


@pytest.mark.slow
@EVERY
def test_sheets_begin_where_the_language_does(edge: str) -> None:
    """Sheets of a catalog in Arabic begin at the right, with text aligned there; those of others at the left."""
    for file in map(opened, files(edge)):
        views = [file.rest(s).find("{*}sheetViews/{*}sheetView") for s in file.sheets if s.state == "visible"]
        assert {view.get("rightToLeft", "0") for view in views} == {"1" if edge == "right to left" else "0"}


@pytest.mark.slow
def test_what_is_wide_or_long_prints_on_more_pages() -> None:
    """The tabs of a team of fifty print on as many pages as it takes to read them, with the first columns on each."""
    for edge, pages in (("one person", 1), ("fifty people", 2)):
        file = opened(files(edge)[1])
        for sheet in file.sheets:
            if sheet.name in ("Skill matrix", "Overview"):
                setup = file.rest(sheet).find("{*}pageSetup")
                wide = sheet.name == "Skill matrix"
                assert int(setup.get("fitToWidth", 1)) >= (pages if wide else 1)
                assert setup.get("fitToHeight") == ("0" if not wide and edge == "fifty people" else None)
        titles = [i.text for i in file.workbook.iterfind("{*}definedNames/{*}definedName") if "Titles" in i.get("name")]
        assert any(title.startswith("'Skill matrix'!$A:$C,") for title in titles)


@pytest.mark.slow
@pytest.mark.parametrize("edge", ["several currencies", "yen", "dinars"])
def test_money_in_its_own_format(edge: str) -> None:
    """Each amount shows its currency and as many decimals as it has."""
    wanted = {"several currencies": {"0.00", "0.000", "0"}, "yen": {"0"}, "dinars": {"0.000"}}[edge]
    place, file = Layout(books(edge)[1]).tables["budgets"], opened(files(edge)[1])
    left = place.columns["available"] + 1
    formats = {
        file.styles[cell.style].number_format
        for cell in file.cells()
        if cell.sheet == place.sheet
        and row_and_column(cell.ref)[1] == left
        and place.first < row_and_column(cell.ref)[0] <= place.last
    }
    assert {f.split("#,##")[1] for f in formats} == wanted
