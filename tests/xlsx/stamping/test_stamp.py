"""What is stamped is what would have been written: the same bytes, whoever it is for and whatever they typed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from growthsheet.errors import WorkbookError
from growthsheet.expr import Node, measure
from growthsheet.model import Answers
from growthsheet.roster.roster import Roster
from growthsheet.sheets.books import person_book
from growthsheet.workbook.blocks import Book, Chart, Charts, Heading, Paragraphs, Sheet
from growthsheet.workbook.tables import Table, TableData, calculated_column, input_column
from growthsheet.workbook.tables import data_column as cell
from growthsheet.workbook.values import Values
from growthsheet.xlsx.stamping import cache as press
from growthsheet.xlsx.stamping import fill as gaps
from growthsheet.xlsx.stamping.cache import LayoutCache, stamped
from growthsheet.xlsx.stamping.compiled_layout import CompiledLayout, _opened
from growthsheet.xlsx.stamping.layout_match import Differences, differing_cells
from growthsheet.xlsx.stamping.placeholders import cut
from growthsheet.xlsx.writer.write import to_bytes
from tests.making import family, item, line, person, prove, rating, roster, this_cycle, typed
from tests.sheets.test_hostile_text import TEXTS
from tests.strategies import filled_in, rosters, steady

RATED = [("assessment", name) for name in ("skill", "experience", "interest")]
CHOSEN = [("items", "status"), ("items", "activity"), ("lines", "status"), ("lines", "category")]
TOLD = [("assessment", "evidence"), ("items", "action"), ("lines", "title"), ("lines", "provider")]


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[Book]:
    """The books that a press did not stamp but wrote."""
    books: list[Book] = []

    def write(book: Book) -> bytes:
        books.append(book)
        return to_bytes(book)

    monkeypatch.setattr(press.write, "to_bytes", write)
    return books


@pytest.mark.slow
@steady(4)
@given(rosters(sizes=(1, 3)), st.data())
def test_stamped_is_written(made: Roster, data: st.DataObject) -> None:
    """Random people of random catalogs and options, and what they typed: every workbook is the same, byte for byte."""
    books = [person_book(plan.view) for plan in made.plans()]
    books += [data.draw(filled_in(book, RATED, CHOSEN)).book for book in books]
    ours = LayoutCache()
    assert [book.title for book in books if ours.bytes(book) != to_bytes(book)] == []


@pytest.mark.slow
def test_hostile_texts(written: list[Book]) -> None:
    """Whatever people are called or type stays what it is, and is stamped all the same."""
    ours, different = LayoutCache(), []
    for text in ("plain", *TEXTS.values(), "plain"):
        cells = {(table, n, column): text for table, column in (*CHOSEN, *TOLD, *RATED) for n in (0, 1)}
        book = typed(person_book(roster([person("A", text.strip() or "x")]).person("A").view), cells)
        if ours.bytes(book) != to_bytes(book):
            different.append(text)
    assert different == []
    assert [book.title for book in written] == ["Professional Growth Plan: plain"]


@pytest.mark.slow
def test_the_second_of_a_layout_is_stamped(written: list[Book]) -> None:
    """One of each layout is written: every role, and every number of rows, is one of its own."""
    people = [person(f"p{n}", f"Person {n}", "pm" if n % 2 else "lead") for n in range(8)]
    books = [person_book(plan.view) for plan in roster(people).plans()]
    ours = LayoutCache()
    assert [ours.bytes(book) for book in books] == [to_bytes(book) for book in books]
    assert [book.identity["id"] for book in written] == ["p0", "p1"]


@pytest.mark.slow
def test_a_layout_is_compiled_anew_where_more_differs(written: list[Book]) -> None:
    """What was the same in all until now and then is not is put into a gap from then on."""
    plain = person_book(family().person("B").view)
    told = [replace(sheet, title=sheet.title and f"{sheet.title}!") for sheet in plain.sheets]
    later = replace(plain, sheets=tuple(told))
    ours = LayoutCache()
    assert [ours.bytes(book) == to_bytes(book) for book in (plain, plain, later, plain)] == [True] * 4
    assert len(written) == 1


@pytest.mark.slow
def test_odd_values(written: list[Book]) -> None:
    """What no cell holds is refused as ever, by the ordinary way."""
    book = person_book(family().person("B").view)
    ours = LayoutCache()
    ours.bytes(book)
    for value, refused in ((float("nan"), TypeError), ("x" * 40_000, WorkbookError)):
        with pytest.raises(refused):
            ours.bytes(typed(book, {("items", 0, "action"): value}))
    assert len(written) == 3


@measure
def doubled(a) -> Node:
    """Twice as much."""
    return a * 2


TABLE = Table(
    "t", (cell("key"), cell("long", "Long", "long"), input_column("a", "A"), calculated_column(doubled, "B", name="b"))
)


def small(*rows: Any, labels: str = "key", text: str = "A text", purpose: str = "For tests") -> Book:
    """A book of one table and a chart of it; a row is what stands in it."""
    table = TableData(TABLE, [{"key": f"k{n}", "long": "A text", **row} for n, row in enumerate(rows)])
    chart = Chart("bar", "C", "A chart", "t", labels, ("b", "B"), (0, 9))
    sheet = Sheet("Tab", purpose, (Heading("Head"), Paragraphs((text,)), table, Charts((chart,))), title="Title")
    return Book("person", "Small", (sheet,), {"id": "1"})


def test_points_of_charts(written: list[Book]) -> None:
    """A chart holds the points of its own book, also where there are none."""
    books = [small({"a": n}, {"a": None}) for n in (1, 2.5, None, 4)]
    ours = LayoutCache()
    assert [ours.bytes(book) == to_bytes(book) for book in books] == [True] * 4
    assert len(written) == 1


def test_people_with_different_answers_share_a_layout(written: list[Book]) -> None:
    """Of people of one role, who rated, planned and spent differently, only the first one's workbook is written."""
    people = [person(f"p{n}", f"Person {n}") for n in range(8)]
    answers = Answers(
        cycles=(this_cycle(),),
        ratings=tuple(rating(each.id, "talks", n % 5, n % 4, evidence="Ten" * n) for n, each in enumerate(people)),
        plan_items=tuple(item(each.id, "talks", action=f"Do {n}") for n, each in enumerate(people)),
        budget_items=tuple(line(f"l{n}", person=each.id, estimate=n) for n, each in enumerate(people)),
    )
    ours, books = LayoutCache(), [person_book(plan.view) for plan in roster(people, answers=answers).plans()]
    assert [book.title for book in books if ours.bytes(book) != to_bytes(book)] == []
    assert len(written) == 1


def test_a_chart_of_what_people_typed_is_written(written: list[Book]) -> None:
    """Where the labels of a chart vary the whole layout goes the ordinary way."""
    ours = LayoutCache()
    books = [small({"a": name}, labels="a") for name in (1, 2, 3)]
    assert [ours.bytes(book) == to_bytes(book) for book in books] == [True] * 3
    assert len(written) == 3


@pytest.mark.parametrize(
    "other",
    [
        small({"a": 1}, {"a": 2}),
        small({"a": 1, "long": "A long text in a column that makes its row higher"}),
        small({"a": 1, "prompt_a": "A message of its own"}),
        small({"a": 1, "currency": "EUR"}),
        small({"a": 1}, purpose="For others"),
    ],
    ids=["a row more", "a higher row", "another message", "another currency", "another purpose"],
)
def test_another_layout_is_written(other: Book, written: list[Book]) -> None:
    """What differs in more than the values of cells is a layout of its own."""
    ours = LayoutCache()
    assert [ours.bytes(book) == to_bytes(book) for book in (small({"a": 1}), other)] == [True] * 2
    assert len(written) == 2


def test_texts_that_are_not_there(written: list[Book]) -> None:
    """Where one book has a text that another one has not, the one without goes the ordinary way."""
    ours = LayoutCache()
    books = [small({"a": 1}, text=text) for text in ("One", "Two", "", "Three", "Two")]
    assert [ours.bytes(book) == to_bytes(book) for book in books] == [True] * 5
    assert [book.sheets[0].blocks[1] for book in written] == [Paragraphs(("One",)), Paragraphs(("",))]


def test_texts_that_make_rows_higher(written: list[Book]) -> None:
    """What a drop-down offers decides how high the rows are that it is in: another layout, even on a hidden tab."""
    options = Table("o", (cell("key"), cell("label", "Label", "count")))
    rated = Table("r", (cell("key"), input_column("choice", "Choice", "label", choices=options["label"])))

    def offering(label: str) -> Book:
        rows = (TableData(options, [{"key": "k1", "label": label}]), TableData(rated, [{"key": "k1"}]))
        return Book("person", "Small", (Sheet("Tab", "For tests", rows, title="Title"),), {"id": "1"})

    ours = LayoutCache()
    books = [offering(label) for label in ("short", "a label of many words that takes several lines", "short")]
    assert [ours.bytes(book) == to_bytes(book) for book in books] == [True] * 3
    assert written == books[:2]


@pytest.mark.parametrize("fault", ["lost", "twice"])
def test_a_mark_that_is_lost_is_found(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A layout whose marks do not all turn up, each once, makes no workbook at all."""

    def wrong(text: str) -> tuple[list[str], list[int]]:
        pieces, (mark, *marks) = cut(text)
        return pieces, marks if fault == "lost" else [mark, mark, *marks]

    monkeypatch.setattr(gaps, "cut", wrong)
    with pytest.raises(WorkbookError, match="cannot be compiled: a mark"):
        CompiledLayout(small({"a": 1}), Differences(frozenset({("t", "a")})))


def test_a_text_that_is_no_more_once_is_found() -> None:
    """What is to be cut out of a part must stand there, and once."""
    assert _opened("<a>x</a><b>y</b>", ["x", "y"]) == ["<a>", "</a><b>", "</b>"]
    for text in ("<a></a>", "<a>xx</a>"):
        with pytest.raises(WorkbookError, match="is missing, or stands twice"):
            _opened(text, ["x"])


def test_values_of_another_book() -> None:
    """The values of a book that take over what cannot differ are the book's values."""
    one = person_book(family(share=True).person("A").view)
    other = typed(one, {("assessment", n, "skill"): n for n in range(4)})
    values, again = Values(one), Values(other)
    changed = differing_cells(one, other).cells
    taken = values.of_others(changed)(other)
    columns = [(name, column.key) for name, rows in other.tables.items() for column in rows.table.columns]
    assert [(at, again.column(*at)) for at in columns] == [(at, taken.column(*at)) for at in columns]
    assert {name: again.fact(name) for name in other.named_cells} == {
        name: taken.fact(name) for name in other.named_cells
    }
    assert ("assessment", "rank") in values.depending(changed)
    assert ("assessment", "weighted_expectation") not in values.depending(changed)


@pytest.mark.slow
def test_threads() -> None:
    """Threads do not share a stamp."""
    books = [person_book(family().person(who).view) for who in "AB"]
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(stamped, books * 4)) == list(map(to_bytes, books)) * 4


@pytest.mark.slow
@pytest.mark.engines
def test_engines_agree() -> None:
    """The engines find every value of a stamped workbook right."""
    books = [person_book(family().person(who).view) for who in ("B", "D")]
    ours = LayoutCache()
    *_, last = [ours.bytes(typed(book, {("assessment", 1, "skill"): 1})) for book in (*books, *books)]
    prove(last)
