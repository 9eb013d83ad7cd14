from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import cache
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from growthsheet.sheets.books import person_book, team_book
from growthsheet.sheets.forms import FORMS
from growthsheet.xlsx.reader import xml_stream as markup
from growthsheet.xlsx.reader.cells import StoredCell
from growthsheet.xlsx.reader.identity import TABS
from growthsheet.xlsx.reader.returned_workbook import Returned, read_returned_workbook
from growthsheet.xlsx.reader.take_cell import as_label, take_cell
from growthsheet.xlsx.reader.workbook import ref
from growthsheet.xlsx.writer.layout import Layout
from growthsheet.xlsx.writer.write import to_bytes
from tests.making import family, typed
from tests.proof.engines import require
from tests.proof.sorting import libreoffice_edit
from tests.xlsx.reader.hostile import HARMLESS, TOLD, at, edited, genuine, made, sheet_part, team, with_cell

POINTS = {"skill": range(5), "experience": range(5), "interest": range(4)}
Values = Mapping[str, Mapping[str, Mapping[str, Any]]]


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Time for a slow machine: what is asked here is what is said, not how soon."""
    monkeypatch.setattr(markup, "SECONDS", 60)


def read(data: bytes) -> Returned:
    """A workbook read back."""
    return read_returned_workbook(data, "ana.xlsx", FORMS, POINTS)


def values(book: Returned) -> Values:
    """Table, key and field: what stands there."""
    return {
        name: {row.key: {field: cell.value for field, cell in row.cells.items()} for row in rows}
        for name, rows in book.tables.items()
    }


def codes(book: Returned) -> list[str]:
    """The codes of all problems."""
    return [problem.code for problem in (*book.problems, *book.cell_problems)]


def adds_up(book: Returned) -> bool:
    """Whether every input cell is accounted for, once."""
    count = book.count
    cells = sum(len(row.cells) for rows in book.tables.values() for row in rows) + len(book.facts)
    return cells == count.cells and count.adds_up


# -- openpyxl as the oracle ------------------------------------------------------------------------------------------


def by_openpyxl(data: bytes, book: Returned) -> list[str]:
    """Every cell of a returned workbook in which openpyxl finds something else."""
    workbook = openpyxl.load_workbook(BytesIO(data), data_only=True)
    cells = [cell for rows in book.tables.values() for row in rows for cell in row.cells.values()]
    told = []
    for cell in (*cells, *book.facts.values()):
        found = workbook[cell.sheet][cell.ref].value
        found = found.date() if isinstance(found, datetime) else found
        if found != cell.value and not (found in (None, "") and cell.value is None):
            told.append(f"{cell.sheet}!{cell.ref}: {cell.value!r} read, {found!r} by openpyxl")
    return told


def agreed(data: bytes) -> Returned:
    """A workbook read back, with nothing to tell and as openpyxl reads it."""
    book = read(data)
    assert codes(book) == []
    assert adds_up(book)
    assert by_openpyxl(data, book) == []
    return book


def filled(data: bytes, edits: Mapping[tuple[str, str], Any]) -> bytes:
    """A workbook filled in and saved with openpyxl, which loses every cached value."""
    workbook = openpyxl.load_workbook(BytesIO(data))
    for (tab, cell), value in edits.items():
        workbook[tab][cell] = value
    out = BytesIO()
    workbook.save(out)
    return out.getvalue()


def action() -> tuple[str, str]:
    """Where an action of the plan is typed."""
    return at("items", 3, "action")


def due() -> tuple[str, str]:
    """Where the day that it is due is typed."""
    return at("items", 3, "due")


@cache
def all_typed() -> dict[tuple[str, str], Any]:
    """What is typed into Ana's workbook, by tab and cell."""
    return {
        ("Assessment", "E4"): 4,
        ("Assessment", "F5"): "n/a",
        ("Assessment", "G6"): 0,
        ("Assessment", "K6"): "Wrote the plan,\nasked “why”; 3 € & <b>",
        at("items", 3, "activity"): "Launch",
        action(): "=not a formula",
        due(): date(2026, 5, 4),
        at("lines", 4, "title"): "Course",
        at("lines", 4, "estimate"): 123.45,
    }


@pytest.mark.slow
def test_fresh() -> None:
    """A fresh workbook reads back as it was written."""
    for data, kind, tables in (
        (genuine(), "person", {"assessment": 6, "items": 7, "lines": 16}),
        (team(), "team", {"reviews": 19, "lines": 18}),
    ):
        book = agreed(data)
        assert (kind, tables) == (book.kind, {name: len(rows) for name, rows in book.tables.items()})
    assert values(book)["reviews"]["k:A:roadmap"]["agreed"] == 1
    assert {name: cell.value for name, cell in book.facts.items()} == {"rate": 0.03, "floor": None, "cap": None}


def test_everything_asked_is_read() -> None:
    """Each cell that a workbook asks a person to fill in is read back: the tables and the reader cannot drift apart."""
    roster = family()
    for plan, data in ((person_book(roster.person("A").view), genuine()), (team_book(roster.team("M").view), team())):
        layout, book = Layout(plan), read(data)
        assert {sheet.name for sheet in plan.sheets} <= TABS
        asked = {
            (place.sheet, ref(row + 1, place.columns[column.key] + 1))
            for name, place in layout.tables.items()
            for column in plan.tables[name].table.columns
            if column.role == "input"
            for row in range(place.first, place.last + 1)
        }
        facts = {name for name, fact in plan.named_cells.items() if fact.role == "input"}
        asked |= {(*_fact(layout, name),) for name in facts - {"chosen_role"}}  # which only changes what Career shows
        cells = [cell for rows in book.tables.values() for row in rows for cell in row.cells.values()]
        assert asked == {(cell.sheet, cell.ref) for cell in (*cells, *book.facts.values())}


def _fact(layout: Layout, name: str) -> tuple[str, str]:
    sheet, row, column = layout.facts[name]
    return sheet, ref(row + 1, column + 1)


def test_identity() -> None:
    """Whose workbook it is stands in it three times; any one of them will do."""
    expected = {"id": "A", "name": "Ana Ruiz", "cycle": "2026", "catalog": "small", "catalog_version": "1.0"}
    for case in ("as it was", "no properties", "no hidden sheet"):
        identity = read(made(case)).identity
        assert expected == {key: identity[key] for key in expected}


@pytest.mark.slow
def test_saved_by_openpyxl() -> None:
    """A workbook filled in with openpyxl reads back, though every cached value is gone."""
    book = agreed(filled(genuine(), all_typed() | {action(): "'=not a formula"}))
    found = values(book)
    assert (
        found["assessment"]["k:talks"]["skill"],
        found["assessment"]["k:pricing"]["experience"],
        found["assessment"]["k:data"]["interest"],
    ) == (4, "n/a", 0)
    assert date(2026, 5, 4) == found["items"]["k:1"]["due"]


OFFICE: dict[str, list[dict[str, Any]]] = {
    "saved": [],
    "sorted": [{"sort": ["Assessment", "A4:AZ9", 2, False, False]}],
    "rows inserted": [{"insert_rows": ["Assessment", 6, 2]}, {"insert_rows": ["Plan", 3, 1]}],
    "a row inserted below the header": [{"insert_rows": ["Assessment", 4, 1]}],
    "columns inserted": [{"insert_columns": ["Assessment", "F", 2]}, {"insert_columns": ["Plan", "A", 1]}],
    "tabs renamed": [{"rename": ["Assessment", "Ana's ratings!"]}, {"rename": ["Training budget", "Geld"]}],
    "saved as ods": [{"via_ods": True}],
    "all of it": [
        {"sort": ["Assessment", "A4:AZ9", 2, False, False]},
        {"insert_columns": ["Assessment", "C", 1]},
        {"via_ods": True},
        {"rename": ["Assessment", "Meine 'Einschätzung'"]},
        {"insert_rows": ["Training budget", 2, 3]},
    ],
}


@pytest.mark.slow
@pytest.mark.engines
@pytest.mark.parametrize("case", OFFICE)
def test_saved_by_libreoffice(case: str) -> None:
    """What people do to a workbook in LibreOffice changes no answer."""
    require("libreoffice")
    typed = [
        {"set": [tab, cell, value]}
        for (tab, cell), value in all_typed().items()
        if isinstance(value, str | int | float)
    ]
    data = libreoffice_edit(
        genuine(), [edit for edit in typed if not str(edit["set"][2]).startswith("=")] + OFFICE[case]
    )
    book = agreed(data)
    found = values(book)
    expected = values(read(filled(genuine(), {k: v for k, v in all_typed().items() if k not in (action(), due())})))
    assert expected == found


@pytest.mark.slow
@pytest.mark.engines
def test_team_saved_by_libreoffice() -> None:
    """A manager's ratings follow their people when columns move and rows are sorted."""
    require("libreoffice")
    mias = family().team("M")
    tab, rated = at("reviews", 1, "manager", mias)
    first, last = (at("reviews", row, "key", mias)[1] for row in (0, len(mias.book().tables["reviews"].rows) - 1))
    edits = [
        {"set": [tab, rated, 2]},
        {"insert_columns": [tab, "F", 1]},
        {"sort": [tab, f"{first}:{last.replace('A', 'AZ')}", 2, False, False]},
        {"rename": [tab, "My team"]},
        {"via_ods": True},
    ]
    found = values(agreed(libreoffice_edit(team(), edits)))["reviews"]
    assert [found[key]["manager"] for key in ("k:A:pricing", "k:A:talks", "k:C:talks")] == [2, 2, 0]


RATING = st.sampled_from([None, "n/a", 0, 1, 2, 3])
WORDS = st.text(
    st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff") | st.just("\n"), max_size=60
)


@pytest.mark.slow
@settings(max_examples=7, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.dictionaries(st.tuples(st.integers(0, 5), st.sampled_from(["skill", "experience", "interest"])), RATING), WORDS
)
def test_round_trip(ratings: dict[tuple[int, str], Any], words: str) -> None:
    """What is typed is what is read: every rating and every character of a text."""
    plan = person_book(family().person("A").view)
    inputs = {("assessment", row, field): value for (row, field), value in ratings.items()}
    data = to_bytes(typed(plan, {**inputs, ("items", 4, "action"): words}))
    book = read(data)
    rows = book.tables["assessment"]
    assert {at: rows[at[0]].cells[at[1]].value for at in ratings} == ratings
    assert book.tables["items"][4].cells["action"].value == (words if words.strip() else None)
    assert codes(book) == []


# -- odd and broken files --------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("case", HARMLESS)
def test_harmless(case: str) -> None:
    """What looks odd and says the same reads the same."""
    book = read(made(case))
    assert codes(book) == []
    assert values(read(genuine())) == values(book)
    assert adds_up(book)


@pytest.mark.slow
@pytest.mark.parametrize("case", TOLD)
def test_told(case: str) -> None:
    """One bad cell is one problem with its place; everything else is read."""
    expected = TOLD[case][1]
    book = read(made(case))
    told = [p for p in (*book.problems, *book.cell_problems) if p.code == expected]
    assert told
    assert all(problem.place.startswith("ana.xlsx") and problem.found for problem in told)
    assert {expected} == set(codes(book)) - {"unknown-tab", "changed-cells"} or expected == "unknown-tab"
    assert adds_up(book)
    assert values(read(genuine()))["items"] == values(book)["items"]


def test_translated() -> None:
    """A workbook whose headers are other words is read by its names."""
    data = genuine()
    for word in ("Skill", "Experience", "Interest", "Evidence and notes", "Activity", "Status", "Estimate"):
        data = edited("xl/sharedStrings.xml", f"<t>{word}</t>", f"<t>Wort {word}</t>", data)
    assert values(read(genuine())) == values(agreed(data))


def test_team_without_names() -> None:
    """Without defined names the reviews are found by their headers, and their rows by their ids."""
    data = edited("xl/workbook.xml", "<definedNames>.*</definedNames>", "", team())
    book = read(data)
    assert codes(book) == []
    assert values(read(team())) == values(book)
    assert book.facts["rate"].value == 0.03


def test_rows_below_the_end() -> None:
    """Rows typed below a table are read until twenty blank ones; without an id they are new."""
    _, last = at("lines", 17, "title", family().team("M"))
    numbers = [int(last[1:]) + below for below in (1, 18, 43)]
    cells = (f'<c r="B{n}" t="inlineStr"><is><t>Line {n}</t></is></c><c r="H{n}"><v>{n}</v></c>' for n in numbers)
    added = [row for row in read(_below(zip(numbers, cells, strict=True))).tables["lines"] if not row.key]
    assert [(r.cells["title"].value, r.cells["estimate"].value) for r in added] == [
        (f"Line {n}", n) for n in numbers[:2]
    ]


def _below(rows: Iterable[tuple[int, str]]) -> bytes:
    """Mia's workbook with rows below its budget lines: their numbers and cells."""
    more = "".join(f'<row r="{n}">{cells}</row>' for n, cells in rows)
    return edited(sheet_part("Training budget", team()), "</sheetData>", more + "</sheetData>", team())


@pytest.mark.parametrize("names", [True, False])
def test_table_below(names: bool) -> None:
    """Of what is typed below the plan's items, the row above the next heading is read, and nothing of that table."""
    tab, last = at("items", 6, "action")
    cell = f"E{int(last[1:]) + 1}"
    data = genuine() if names else edited("xl/workbook.xml", "<definedNames>.*</definedNames>", "")
    before = values(read(data))["items"]
    book = read(filled(data, {(tab, cell): "Ask twice"}))
    new = [row for row in book.tables["items"] if not row.key]
    assert [(row.cells["action"].value, row.cells["activity"].value) for row in new] == [("Ask twice", None)]
    assert before == {key: row for key, row in values(book)["items"].items() if key}


def test_digits_without_sense() -> None:
    """Thousands of cells whose digits make no number are told as damaged, and soon."""
    _, last = at("lines", 17, "title", family().team("M"))
    first = int(last[1:]) + 1
    cells = ((n, f'<c r="H{n}"><v>{"1" * 800}x</v></c>') for n in range(first, first + 4_800))
    assert {"damaged-cell"} == set(codes(read(_below(cells))))


def test_copied_line() -> None:
    """A copied budget line may be meant as a new one: a note names both rows, and both are given."""
    (tab, first), (_, second) = at("lines", 0, "key"), at("lines", 1, "key")
    book = read(with_cell(f'<c r="{second}" t="inlineStr"><is><t>k:l1</t></is></c>', second, tab))
    [problem] = book.problems
    assert (
        problem.code,
        problem.severity,
        problem.place,
    ) == ("repeated-row-id", "note", f"ana.xlsx, {tab}!{second}")
    assert first in problem.found
    assert [row.key for row in book.tables["lines"]].count("k:l1") == 2


def test_1904() -> None:
    """Days count from 1904 where the workbook says so."""
    book = read(edited("xl/workbook.xml", "<workbookPr ", '<workbookPr date1904="1" '))
    assert date(2030, 2, 2) == values(book)["items"]["k:i1"]["due"]


def test_many_of_a_kind() -> None:
    """Of a thousand bad cells the first fifty are told in full."""
    _, last = at("lines", 17, "title", family().team("M"))
    first = int(last[1:]) + 1
    book = read(_below((n, f'<c r="H{n}" t="b"><v>1</v></c>') for n in range(first, first + 1_000)))
    assert len(book.cell_problems) == 51
    assert book.cell_problems[-1].found == "950 more of the same"
    assert book.count.rejected == 1_000


def test_nothing_candid_is_told() -> None:
    """A problem tells what kind of thing stands in a cell, not the thing; neither does a repr."""
    book = read(with_cell('<c r="E4" t="inlineStr"><is><t>SECRET 7</t></is></c>'))
    assert codes(book) == ["text-in-rating"]
    assert "SECRET" not in repr(book) + repr(book.tables) + str(book.cell_problems[0])


# -- values ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "wanted", "value", "code"),
    [
        (StoredCell("number", 3), "rating", 3, ""),
        (StoredCell("text", "3"), "rating", 3, "read-as-number"),
        (StoredCell("text", "\u00a03 "), "rating", 3, "read-as-number"),
        (StoredCell("text", "3.0"), "rating", 3, "read-as-number"),
        (StoredCell("text", "3,0"), "rating", 3, "read-as-number"),
        (StoredCell("text", "n/a"), "rating", "n/a", ""),
        (StoredCell("text", " N/A"), "rating", "n/a", "read-as-not-applicable"),
        (StoredCell("text", "  "), "rating", None, ""),
        (StoredCell("text", "3.5"), "rating", None, "text-in-rating"),
        (StoredCell("text", "٣"), "rating", None, "text-in-rating"),
        (StoredCell("text", "9"), "rating", None, "off-scale"),
        (StoredCell("number", 99.5), "amount", 99.5, ""),
        (StoredCell("number", 100, formula=True), "amount", 100, "formula-value-taken"),
        (StoredCell("blank", None, formula=True), "amount", None, "formula-without-value"),
        (StoredCell("text", "1200.50"), "amount", 1200.5, "read-as-number"),
        (StoredCell("text", "1,200"), "amount", None, "decimal-mark-unclear"),
        (StoredCell("text", "1.000"), "amount", None, "decimal-mark-unclear"),
        (StoredCell("text", "1.000,00"), "amount", 1000, "read-as-number"),
        (StoredCell("text", "1,5"), "amount", 1.5, "read-as-number"),
        (StoredCell("text", "1\u202f234,50"), "amount", 1234.5, "read-as-number"),
        (StoredCell("text", "１２００"), "amount", 1200, "read-as-number"),  # noqa: RUF001 - full-width digits
        (StoredCell("text", "1e3"), "amount", None, "not-an-amount"),
        (StoredCell("text", "(500)"), "amount", None, "not-an-amount"),
        (StoredCell("text", "500\u2212"), "amount", None, "not-an-amount"),
        (StoredCell("text", "50%"), "amount", None, "not-an-amount"),
        (StoredCell("text", "€ 500"), "amount", None, "not-an-amount"),
        (StoredCell("text", "123456789012.34567"), "amount", None, "not-an-amount"),
        (StoredCell("text", "3,5%"), "share", 0.035, "read-as-number"),
        (StoredCell("text", "0.500"), "share", 0.5, "read-as-number"),
        (StoredCell("number", -1), "amount", None, "not-an-amount"),
        (StoredCell("number", 1e13), "amount", None, "not-an-amount"),
        (StoredCell("date", date(2026, 1, 1)), "amount", None, "not-an-amount"),
        (StoredCell("truth", True), "amount", None, "not-an-amount"),
        (StoredCell("number", 0.035), "share", 0.035, ""),
        (StoredCell("number", 3), "share", None, "not-a-rate"),
        (StoredCell("date", date(2026, 1, 2)), "date", date(2026, 1, 2), ""),
        (StoredCell("text", "2026-01-02"), "date", date(2026, 1, 2), "read-as-date"),
        (StoredCell("text", "1/2/26"), "date", None, "not-a-date"),
        (StoredCell("number", 46000), "date", None, "not-a-date"),
        (StoredCell("error", "#REF!"), "date", None, "not-a-date"),
        (StoredCell("text", "a\r\nb"), "text", "a\nb", ""),
        (StoredCell("number", 2026), "text", "2026", "read-as-text"),
        (StoredCell("truth", True), "text", "TRUE", "read-as-text"),
        (StoredCell("date", date(2026, 1, 2)), "text", "2026-01-02", "read-as-text"),
        (StoredCell("error", "#NAME?"), "text", None, "not-a-text"),
        (StoredCell("text", "😀" * 16_384), "text", None, "text-too-long"),
    ],
)
def test_taken(cell: StoredCell, wanted: Any, value: Any, code: str) -> None:
    """A cell is taken for what its column asks for, with a note where it was written otherwise, or not at all."""
    taken = take_cell(cell, wanted, range(5))
    assert (value, code) == (taken.value, taken.code)
    assert type(value) is type(taken.value)
    assert (taken.said == "a negative number") is (cell.value == -1)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *[("3 Skilled", 3), ("skilled", 3), ("3 - Skilled", 3), ("3: SKILLED", 3), ("3) Fortgeschritten", 3)],
        *[("n. a.", "n/a"), ("n.a.", "n/a"), ("N/A", "n/a"), ("Löst\u00a0es  selbst", 2), ("Lost es selbst", 2)],
        *[("2 Skilled", None), ("3-4", None), ("2 (with help)", None), ("Skilled?", None), ("3 3 Skilled", None)],
        *[("", None), ("3 -", None), ("k. A.", None)],
    ],
)
def test_a_label_typed_as_a_rating(text: str, value: Any) -> None:
    """A label of the scale, alone or after its number, is taken with a note; anything more is refused."""
    labels = {as_label(label): of for label, of in (("Skilled", 3), ("Fortgeschritten", 3), ("Löst es selbst", 2))}
    taken = take_cell(StoredCell("text", text), "rating", range(5), labels=labels)
    assert (value, bool(text) and value is None) == (taken.value, taken.refused)
    assert taken.code == ("" if not text else "text-in-rating" if value is None else taken.code)
    assert taken.note is (value is not None)


@pytest.mark.parametrize(
    ("text", "dates", "day", "told"),
    [
        ("03/04/2026", "dd/mm/yyyy", date(2026, 4, 3), "dd/mm/yyyy"),
        (" 3.4.2026 ", "dd.mm.yyyy", date(2026, 4, 3), "dd.mm.yyyy"),
        ("2026-04-03", "dd.mm.yyyy", date(2026, 4, 3), "yyyy-mm-dd"),
        ("2026-4-3", "yyyy-mm-dd", date(2026, 4, 3), "yyyy-mm-dd"),
        ("03/04/2026", "yyyy-mm-dd", None, ""),
        ("03/04/2026", "dd.mm.yyyy", None, ""),
        ("03x04x2026", "dd.mm.yyyy", None, ""),
        ("31.02.2026", "dd.mm.yyyy", None, ""),
        ("04/31/2026", "dd/mm/yyyy", None, ""),
        ("03/04/26", "dd/mm/yyyy", None, ""),
    ],
)
def test_a_date_typed_as_text(text: str, dates: str, day: date | None, told: str) -> None:
    """A text is a date in the order of the workbook's language, which the note names; another order is not guessed."""
    taken = take_cell(StoredCell("text", text), "date", dates=dates)
    assert (taken.value, taken.code, taken.refused) == (day, "read-as-date" if day else "not-a-date", day is None)
    assert taken.hint == (f"it was read as a date, {told}" if day else "type it as 2026-03-31")


def test_a_cell_of_another_row() -> None:
    """A cell whose reference contradicts its row is named, and not read."""
    [problem] = read(with_cell('<c r="E5"><v>3</v></c>', "E4")).problems
    assert "1 cell in a place that no sheet has, or in another row's place: E5 in row 4; not read" in problem.found
