"""Workbooks go out, people do what people do to them, they come back: nothing is lost untold, nothing is invented."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from growthsheet.model import Answers
from growthsheet.model.code_words import ITEM_STATUS_WORDS, LINE_STATUS_WORDS
from growthsheet.returns.collect import collect
from growthsheet.returns.collected import Collected
from growthsheet.roster.roster import Roster
from growthsheet.sheets.books import person_book, team_book
from growthsheet.xlsx.writer.layout import Layout
from tests.making import family, small_catalog, this_cycle
from tests.proof.hands import Cell, Hands, Tab, letters
from tests.strategies import steady

pytestmark = pytest.mark.slow

TOLD = "told"
"""Stands for a value that nobody can take: a problem has to name its cell."""


@dataclass(frozen=True)
class Typed:
    """What is typed into a cell, and what it is to come back as; a formula has a text and the value it had."""

    value: Any
    back: Any
    formula: str = ""

    def into(self, cell: Cell) -> None:
        """Type it."""
        if self.formula:
            kind = "e" if str(self.value).startswith("#") else "str" if isinstance(self.value, str) else ""
            cell.put(f"<f>{self.formula}</f><v>{self.value}</v>", kind)
        else:
            cell.type(self.value)


BLANK = Typed(None, None)
WORDS = st.text(
    st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff") | st.just("\n"), max_size=20
)
ERROR = Typed("#N/A", TOLD, "NA()")


def rating(top: int) -> st.SearchStrategy[Typed]:
    """What people type as a rating, on a scale from 0 to ``top``."""
    point = st.integers(0, top)
    good = [
        st.builds(lambda n, spelled: Typed(spelled(n), n), point, st.sampled_from([int, float, str])),
        st.builds(lambda n, spelled: Typed(spelled.format(n), n), point, st.sampled_from([" {} ", "{}.0", "{},0"])),
        st.sampled_from([Typed("n/a", "n/a"), Typed(" N/A", "n/a"), Typed("  ", None), BLANK]),
    ]
    bad = [Typed(value, TOLD) for value in (top + 1, -1, 2.5, "good", "3 of 4", True)]
    return st.one_of(*good, st.sampled_from([*bad, ERROR, Typed(2, TOLD, "1+1")]))


TEXT = st.one_of(
    WORDS.map(lambda text: Typed(text, text.strip() or None)),
    st.sampled_from(["=1+1", "+3", "n/a", "007", "_x0041_", "<b>&amp;", "'", "a\tb", "k:talks", "None"]).map(
        lambda text: Typed(text, text)
    ),
    st.sampled_from([Typed(2026, "2026"), Typed(True, "TRUE"), Typed("two", "two", "A1"), Typed(0, "0"), ERROR, BLANK]),
)
AMOUNT = st.one_of(
    st.integers(0, 10**6).map(lambda n: Typed(n, Decimal(n))),
    st.sampled_from([Typed(99.5, Decimal("99.5")), Typed(" 120 ", Decimal(120)), Typed(7, Decimal(7), "3+4")]),
    st.sampled_from([Typed(value, TOLD) for value in (-1, "1,200", "EUR 5", True)] + [ERROR, BLANK]),
)
DAY = st.sampled_from(
    [Typed("2026-05-01", date(2026, 5, 1)), Typed(46_100, date(2026, 3, 19)), Typed("soon", TOLD), ERROR, BLANK]
)


def chosen(words: dict[str, str]) -> st.SearchStrategy[Typed]:
    """What people choose from a list, or type in other capitals."""
    spelled = [Typed(spell(text), code) for code, text in words.items() for spell in (str, str.upper, " {} ".format)]
    return st.sampled_from([*spelled, ERROR, BLANK])


CATEGORIES = {"training": "Training", "books": "Books and subscriptions"}


@cache
def typed_fields() -> dict[str, dict[str, st.SearchStrategy[Typed]]]:
    """What people type, by table and column."""
    activities = {activity.id: activity.name for activity in small_catalog().activities}
    return {
        "assessment": {"skill": rating(4), "experience": rating(4), "interest": rating(3), "evidence": TEXT},
        "items": {
            "activity": chosen(activities),
            **dict.fromkeys(("action", "measure", "helper"), TEXT),
            "due": DAY,
            "status": chosen(dict(ITEM_STATUS_WORDS)),
        },
        "lines": {
            "title": TEXT,
            "activity": chosen(activities),
            "category": chosen(CATEGORIES),
            "provider": TEXT,
            "status": chosen(dict(LINE_STATUS_WORDS)),
            **dict.fromkeys(("estimate", "actual", "travel"), AMOUNT),
            "start": DAY,
        },
    }


PEOPLE = {"A": "Ana Ruiz", "B": "Bo Lee", "C": "Cy Kim", "D": "Di Woo"}
DEFAULTS = {"items": {"activity": "unknown", "status": "open"}, "lines": {"status": "planned"}}


@dataclass(eq=False)
class Row:
    """A row of a table: its id, the cells that are asked for, and what was typed into them."""

    key: str
    cells: dict[str, Cell]
    typed: dict[str, Typed] = field(default_factory=dict)

    def said(self) -> dict[str, Any]:
        """What is to come back."""
        return {name: typed.back for name, typed in self.typed.items() if typed.back not in (None, TOLD)}


@dataclass
class Table:
    """A table of a workbook: its tab, its key column's cells and its rows."""

    name: str
    tab: Tab
    header: Cell
    heads: dict[str, Cell]
    rows: list[Row]

    @property
    def extended(self) -> bool:
        """Whether people add rows to it."""
        return self.name in DEFAULTS

    def at(self, row: Row) -> int:
        """Where a row stands now."""
        return self.tab.where(next(iter(row.cells.values())))[0]

    def column(self, name: str) -> int:
        """Where a column stands now."""
        return self.tab.where(self.heads[name])[1]

    def bottom(self) -> int:
        """The last row of the table."""
        return max(map(self.at, self.rows))


@cache
def given_out() -> Roster:
    """Everybody, before anybody has answered."""
    return family(Answers(cycles=(this_cycle(),)))


@cache
def files() -> dict[str, bytes]:
    """Ana's workbook and Mia's."""
    return {"person": given_out().person("A").to_bytes(), "team": given_out().team("M").to_bytes()}


class Trip(RuleBasedStateMachine):
    """Ana's workbook on its way."""

    kind, subject = "person", "A"
    tables_of: tuple[str, ...] = ("assessment", "items", "lines")

    def __init__(self) -> None:
        super().__init__()
        self.hands = Hands(files()[self.kind])
        self.named, self.steps = True, 0
        view = given_out().person("A").view if self.kind == "person" else given_out().team("M").view
        book = person_book(view) if self.kind == "person" else team_book(view)  # type: ignore[arg-type]
        layout = Layout(book)
        self.tables = {}
        for name in self.tables_of:
            place, tab = layout.tables[name], self.hands.tabs[layout.tables[name].sheet]
            asked = [column.key for column in book.tables[name].table.columns if column.role == "input"]

            def cell(row: int, key: str, place: Any = place, tab: Tab = tab) -> Cell:
                return tab.cells.setdefault((row + 1, place.columns[key] + 1), Cell())

            keys = [str(row["key"]) for row in book.tables[name].rows]
            rows = [Row(key, {one: cell(place.first + n, one) for one in asked}) for n, key in enumerate(keys)]
            heads = {one: cell(place.first - 1, one) for one in (*asked, "key")}
            self.tables[name] = Table(name, tab, heads["key"], heads, rows)

    def fields(self, table: Table) -> dict[str, st.SearchStrategy[Typed]]:
        """What may be typed into the columns of a table."""
        return typed_fields()[table.name]

    def _table(self, data: st.DataObject, *names: str) -> Table:
        return self.tables[data.draw(st.sampled_from(names or self.tables_of))]

    def _row(self, data: st.DataObject, table: Table) -> Row:
        return table.rows[data.draw(st.integers(0, len(table.rows) - 1))]

    def _type(self, data: st.DataObject, table: Table, row: Row, name: str) -> None:
        typed = data.draw(self.fields(table)[name])
        if name in ("due", "start") and typed.value == 46_100 and row.cells[name].style == "0":
            typed = Typed(46_100, TOLD)  # a number that no format shows as a date
        typed.into(row.cells[name])
        row.typed[name] = typed

    # -- what people do --------------------------------------------------------------------------------------------

    @rule(data=st.data())
    def fill_in_a_row(self, data: st.DataObject) -> None:
        """Type into several cells of a row."""
        table = self._table(data)
        row = self._row(data, table)
        for name in data.draw(st.lists(st.sampled_from(sorted(self.fields(table))), min_size=1, max_size=5)):
            self._type(data, table, row, name)

    @rule(data=st.data())
    def clear_a_row(self, data: st.DataObject) -> None:
        """Take everything back."""
        row = self._row(data, self._table(data))
        for name, cell in row.cells.items():
            BLANK.into(cell)
            row.typed[name] = BLANK

    @rule(data=st.data(), count=st.integers(1, 3))
    def insert_rows(self, data: st.DataObject, count: int) -> None:
        """Insert rows above, in or below a table."""
        table = self._table(data)
        self.hands.insert_rows(table.tab, data.draw(st.integers(1, table.bottom() + 2)), count)

    @rule(data=st.data(), count=st.integers(1, 2))
    def insert_columns(self, data: st.DataObject, count: int) -> None:
        """Insert columns anywhere."""
        table = self._table(data)
        last = max(map(table.column, table.heads))
        self.hands.insert_columns(table.tab, data.draw(st.integers(1, last + 1)), count)

    @rule(data=st.data())
    def move_a_column(self, data: st.DataObject) -> None:
        """Cut a column of a table and insert it elsewhere."""
        table = self._table(data)
        name = data.draw(st.sampled_from(sorted(table.heads)))
        self.hands.move_column(table.tab, table.column(name), data.draw(st.integers(1, 20)))

    @rule(data=st.data())
    def sort(self, data: st.DataObject) -> None:
        """Put a table's rows in another order."""
        table = self._table(data)
        places = [table.at(row) for row in table.rows]
        order = data.draw(st.permutations(places))
        self.hands.sort_rows(table.tab, dict(zip(places, order, strict=True)))

    @rule(data=st.data())
    def add_a_row(self, data: st.DataObject) -> None:
        """Type a row of one's own below a table."""
        table = self._table(data)
        at = table.bottom() + data.draw(st.integers(1, 3))
        if any(row == at for row, _ in table.tab.cells):
            return
        cells = {name: Cell() for name in table.heads if name != "key"}
        table.tab.cells |= {(at, table.column(name)): cell for name, cell in cells.items()}
        row = Row("", cells)
        table.rows.append(row)
        for name in data.draw(st.lists(st.sampled_from(sorted(self.fields(table))), min_size=1, max_size=4)):
            self._type(data, table, row, name)

    @rule(data=st.data())
    def copy_a_row(self, data: st.DataObject) -> None:
        """Insert a row and paste another one into it."""
        table = self._table(data)
        row = self._row(data, table)
        self.hands.insert_rows(table.tab, table.at(row) + 1, 1)
        copies = self.hands.copy_row(table.tab, table.at(row), table.at(row) + 1)
        cells = {name: copies.get(table.column(name)) or Cell() for name in row.cells}
        table.rows.append(Row(row.key, cells, dict(row.typed)))

    @rule(data=st.data())
    def delete_a_row(self, data: st.DataObject) -> None:
        """Delete a row with all that stands in it."""
        table = self._table(data)
        if len({row.key for row in table.rows} - {""}) > 2:
            row = self._row(data, table)
            self.hands.delete_row(table.tab, table.at(row))
            table.rows.remove(row)

    @rule(name=st.sampled_from(["Meine Sachen", "Ana's", "R&D <1>", "2026!", "Δ"]), data=st.data())
    def rename_a_tab(self, name: str, data: st.DataObject) -> None:
        """Call a tab something else."""
        if name not in self.hands.tabs:
            self.hands.rename(self._table(data).tab, name)

    @rule(data=st.data(), copied=st.booleans())
    @precondition(lambda self: self.named)
    def add_a_tab(self, data: st.DataObject, copied: bool) -> None:
        """Add a tab, or a copy of one."""
        self.hands.add_tab(f"Tab {len(self.hands.tabs)}", self._table(data).tab if copied else None)

    @rule()
    @precondition(lambda self: self.named and not any(name.startswith("Tab ") for name in self.hands.tabs))
    def lose_the_names(self) -> None:
        """Save it in a program that drops defined names."""
        self.hands.lose_names()
        self.named = False

    # -- what comes back -------------------------------------------------------------------------------------------

    @rule()
    def send_it_back(self) -> None:
        """Collect it, and compare."""
        with TemporaryDirectory() as folder:
            Path(folder, "book.xlsx").write_bytes(self.hands.save())
            self.compare(collect(folder, roster=given_out()))

    def teardown(self) -> None:
        """Whatever was done, it comes back in the end."""
        self.send_it_back()

    def compare(self, found: Collected) -> None:
        """Everything comes back or is told; nothing else does."""
        copied = any(problem.code == "unknown-tab" and problem.severity == "error" for problem in found.problems)
        assert [count.status for count in found.files] in (["accepted"], ["noted"], ["rejected"] * copied)
        assert not (copied and self.ratings())  # ratings on the copy alone are refused
        assert all(count.adds_up for count in found.files)
        told = [" ".join(re.findall(r"\b[A-Z]+[0-9]+\b", f"{each.place} {each.found}")) for each in found.problems]
        for table in self.tables.values():
            for at in self.lost(table):
                assert any(at in places.split() for places in told), (table.name, at, told)
        assert self.ratings() == {
            (r.person, r.activity, str(r.source)): {
                name: value
                for name in ("skill", "experience", "interest", "evidence", "note")
                if (value := getattr(r, name)) not in (None, "")
            }
            for r in found.answers.ratings
        }
        self.compare_rows("items", found.answers.plan_items)
        self.compare_rows("lines", found.answers.budget_items)

    def compare_rows(self, name: str, found: Any) -> None:
        """The rows of a table that people add to are those that were filled in."""
        wanted = (
            [DEFAULTS[name] | row.said() for row in self.tables[name].rows if row.said()] if name in self.tables else []
        )
        fields = typed_fields()[name].keys() | ({"person"} if self.kind == "team" else set())
        back = [{f: v for f in fields if (v := getattr(one, f)) not in (None, "")} for one in found]
        plain = [{f: str(v) for f, v in row.items()} for row in (*wanted, *back)]
        counted = [
            Counter(map(repr, (sorted(row.items()) for row in rows)))
            for rows in (plain[: len(wanted)], plain[len(wanted) :])
        ]
        assert counted[0] == counted[1]

    def lost(self, table: Table) -> Iterator[str]:
        """The cells of which a problem has to tell."""
        for row in table.rows:
            at = table.at(row)
            for name, typed in row.typed.items():
                if typed.back == TOLD:
                    yield f"{letters(table.column(name))}{at}"
            if not row.key and not table.extended and row.said():
                yield f"{letters(table.column('key'))}{at}"
        again = [at for copies in self.copies(table).values() for at in sorted(map(table.at, copies))[1:]]
        yield from (f"{letters(table.column('key'))}{at}" for at in sorted(again)[:5])  # more are counted

    def copies(self, table: Table) -> dict[str, list[Row]]:
        """The rows that stand there more than once."""
        by_key: defaultdict[str, list[Row]] = defaultdict(list)
        for row in table.rows:
            if row.key:
                by_key[row.key].append(row)
        return {key: rows for key, rows in by_key.items() if len(rows) > 1}

    def clear_rows(self, table: Table) -> Iterator[tuple[str, Row]]:
        """The rows of activities of which nobody doubts what they say."""
        copies = self.copies(table)
        for row in table.rows:
            same = [
                {name: typed.value for name, typed in each.typed.items() if typed.value is not None}
                for each in copies.get(row.key, [])
            ]
            if row.key and all(one == same[0] for one in same):
                yield row.key.removeprefix("k:"), row

    def ratings(self) -> dict[tuple[str, str, str], dict[str, Any]]:
        """The ratings that are to come back."""
        rows = self.clear_rows(self.tables["assessment"])
        return {("A", activity, "self"): row.said() for activity, row in rows if row.said()}


class TeamTrip(Trip):
    """Mia's workbook on its way."""

    kind, subject = "team", "M"
    tables_of = ("reviews", "lines")

    def fields(self, table: Table) -> dict[str, st.SearchStrategy[Typed]]:
        """The reviews have a column for each vote, and one for the manager's note."""
        if table.name == "reviews":
            return {"manager": rating(4), "agreed": rating(4), "note": TEXT}
        return typed_fields()["lines"] | {"person": chosen(PEOPLE)}

    def ratings(self) -> dict[tuple[str, str, str], dict[str, Any]]:
        """The manager's ratings and the agreed ones."""
        found: dict[tuple[str, str, str], dict[str, Any]] = {}
        for key, row in self.clear_rows(self.tables["reviews"]):
            person, _, activity = key.partition(":")
            for column, value in row.said().items():
                vote, field = ("manager", "note") if column == "note" else (column, "skill")
                found.setdefault((person, activity, vote), {})[field] = value
        return found


TestPersonTrip, TestTeamTrip = Trip.TestCase, TeamTrip.TestCase
TestPersonTrip.settings = TestTeamTrip.settings = steady(6, stateful_step_count=20)
