"""A person's hands in a workbook's file: type, insert, delete, sort, move, copy, rename, as spreadsheet programs do it.

No program is needed, so thousands of workbooks can be edited in a test. Cells keep being the same objects wherever they
are moved, and defined names follow rows, columns and tabs as they do in Excel. What nobody reads back (validations,
merges, formulas' references) is left as it was.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape, unescape
from zipfile import ZIP_DEFLATED, ZipFile

from tests.proof.parts import row_and_column

_CELL = re.compile(r'<c r="([A-Z]+\d+)"(?: s="(\d+)")?((?: t="\w+")?)(?:/>|>(.*?)</c>)', re.DOTALL)
_SHEET = re.compile(r'<sheet name="([^"]*)" sheetId="(\d+)"( state="\w+")? r:id="(\w+)"/>')
_NAME = re.compile(r"(<definedName name=\"[^\"]*\"[^>]*>)([^<]*)(</definedName>)")
_AREA = re.compile(r"('(?:[^']|'')+'|[^'!,]+)!\$([A-Z]+)\$(\d+)(?::\$([A-Z]+)\$(\d+))?")

Move = Callable[[int], int]


@dataclass(eq=False)
class Cell:
    """A cell, wherever it stands: its style, its type and what is inside its element."""

    style: str = "0"
    kind: str = ""
    inside: str = ""

    def xml(self, ref: str) -> str:
        """The cell's element."""
        return f'<c r="{ref}" s="{self.style}"{self.kind}>{self.inside}</c>'

    def put(self, inside: str, kind: str = "") -> None:
        """Put something in; the style stays."""
        self.inside, self.kind = inside, f' t="{kind}"' if kind else ""

    def type(self, value: Any) -> None:
        """Type a number, a truth value or a text; None clears the cell."""
        if value is None:
            self.put("")
        elif isinstance(value, bool):
            self.put(f"<v>{int(value)}</v>", "b")
        elif isinstance(value, str):
            said = re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", value)
            self.put(f'<is><t xml:space="preserve">{escape(said)}</t></is>', "inlineStr")
        else:
            self.put(f"<v>{value}</v>")

    def copy(self) -> Cell:
        """Another cell that says the same."""
        return Cell(self.style, self.kind, self.inside)


@dataclass(eq=False)
class Tab:
    """A tab and its part; it is looked into when its cells are first asked for."""

    name: str
    part: str
    written: str

    @cached_property
    def cells(self) -> dict[tuple[int, int], Cell]:
        """The cells by row and column, both from 1."""
        found = _CELL.findall(self.written.partition("<sheetData>")[2].partition("</sheetData>")[0])
        return {row_and_column(ref): Cell(style or "0", kind, inside) for ref, style, kind, inside in found}

    def where(self, cell: Cell) -> tuple[int, int]:
        """The row and column at which a cell stands now."""
        return next(at for at, each in self.cells.items() if each is cell)

    def xml(self) -> str:
        """The tab's part."""
        if "cells" not in self.__dict__:
            return self.written
        rows: dict[int, list[str]] = {}
        for (row, column), cell in sorted(self.cells.items()):
            rows.setdefault(row, []).append(cell.xml(f"{letters(column)}{row}"))
        data = "".join(f'<row r="{row}">{"".join(cells)}</row>' for row, cells in rows.items())
        head, *_, tail = re.split("<sheetData/?>|</sheetData>", self.written)
        return f"{head}<sheetData>{data}</sheetData>{tail}"


class Hands:
    """A workbook that somebody has opened."""

    def __init__(self, data: bytes) -> None:
        with ZipFile(BytesIO(data)) as file:
            self._parts = {name: file.read(name) for name in file.namelist()}
        self._book = self._parts["xl/workbook.xml"].decode()
        targets = re.findall(r'Id="(\w+)"[^>]*Target="([^"]*)"', self._parts["xl/_rels/workbook.xml.rels"].decode())
        parts = {id: f"xl/{target}" for id, target in targets}
        self.tabs: dict[str, Tab] = {}
        for name, _, _, relation in _SHEET.findall(self._book):
            name, part = unescape(name, {"&quot;": '"'}), parts[relation]
            self.tabs[name] = Tab(name, part, self._parts[part].decode())

    def cell(self, tab: str, ref: str) -> Cell:
        """A cell by where it stands; a blank one is made."""
        return self.tabs[tab].cells.setdefault(row_and_column(ref), Cell())

    # -- rows and columns ------------------------------------------------------------------------------------------

    def insert_rows(self, tab: Tab, above: int, count: int) -> None:
        """Insert blank rows."""
        self._move(tab, rows=lambda row: row + count if row >= above else row)

    def insert_columns(self, tab: Tab, before: int, count: int) -> None:
        """Insert blank columns."""
        self._move(tab, columns=lambda column: column + count if column >= before else column)

    def delete_row(self, tab: Tab, gone: int) -> None:
        """Delete a row; what stands below moves up."""
        tab.cells = {at: cell for at, cell in tab.cells.items() if at[0] != gone}
        self._move(
            tab, rows=lambda row: row - 1 if row > gone else row, last=lambda row: row - 1 if row >= gone else row
        )

    def delete_column(self, tab: Tab, gone: int) -> None:
        """Delete a column; what stands beside it moves to the left, and its defined names refer to nothing."""
        tab.cells = {at: cell for at, cell in tab.cells.items() if at[1] != gone}
        lost = re.compile(rf"{re.escape(escape(tab.name))}!\${letters(gone)}\$\d+:\${letters(gone)}\$\d+")
        self._rename(lambda text: lost.sub("#REF!", text))
        self._move(tab, columns=lambda column: column - 1 if column > gone else column)

    def move_column(self, tab: Tab, column: int, to: int) -> None:
        """Cut a column and insert it elsewhere; those between move by one."""
        step = 1 if to < column else -1
        between = range(min(column, to), max(column, to) + 1)
        self._move(tab, columns=lambda at: to if at == column else at + step if at in between else at)

    def sort_rows(self, tab: Tab, order: Mapping[int, int]) -> None:
        """Put rows in another order (row -> its new place); names stay where they are, as when sorting."""
        tab.cells = {(order.get(row, row), column): cell for (row, column), cell in tab.cells.items()}

    def copy_row(self, tab: Tab, row: int, to: int) -> dict[int, Cell]:
        """Copy a row over another one; gives the new cells by column."""
        copies = {column: cell.copy() for (at, column), cell in tab.cells.items() if at == row}
        tab.cells |= {(to, column): cell for column, cell in copies.items()}
        return copies

    def _move(self, tab: Tab, rows: Move = int, columns: Move = int, last: Move | None = None) -> None:
        tab.cells = {(rows(row), columns(column)): cell for (row, column), cell in tab.cells.items()}

        def moved(found: re.Match[str]) -> str:
            sheet, left, first, right, end = found.groups()
            if _unquoted(unescape(sheet)) != tab.name:
                return found[0]
            at, to = row_and_column(f"{left}{first}"), row_and_column(f"{right or left}{end or first}")
            top, bottom = rows(at[0]), (last or rows)(to[0])
            if bottom < top:
                return "#REF!"
            sides = (letters(columns(at[1])), letters(columns(to[1])))
            whole = "" if right is None else f":${sides[1]}${bottom}"
            return f"{sheet}!${sides[0]}${top}{whole}"

        self._rename(lambda text: _AREA.sub(moved, text))

    # -- tabs ------------------------------------------------------------------------------------------------------

    def rename(self, tab: Tab, name: str) -> None:
        """Give a tab another name."""
        old = tab.name
        quoted = "'" + name.replace("'", "''") + "'"

        def renamed(found: re.Match[str]) -> str:
            same = _unquoted(unescape(found[1])) == old
            return f"{escape(quoted)}!{found[0].rpartition('!')[2]}" if same else found[0]

        self._rename(lambda text: _AREA.sub(renamed, text))
        escaped = {"&": "&amp;", "<": "&lt;", '"': "&quot;"}
        before, after = (f'<sheet name="{"".join(escaped.get(c, c) for c in each)}"' for each in (old, name))
        self._book = self._book.replace(before, after)
        tab.name = name
        self.tabs = {each.name: each for each in self.tabs.values()}

    def add_tab(self, name: str, like: Tab | None = None) -> None:
        """Add a tab at the end, blank or a copy of another."""
        number = len(self.tabs) + 90
        part, relation = f"xl/worksheets/sheet{number}.xml", f"rId{number}"
        main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        tab = self.tabs[name] = Tab(name, part, f'<worksheet xmlns="{main}"><sheetData/></worksheet>')
        tab.cells.update(
            {at: cell.copy() for at, cell in like.cells.items()} if like else {(1, 1): Cell(inside="<v>7</v>")}
        )
        sheet = f'<sheet name="{escape(name)}" sheetId="{number}" r:id="{relation}"/></sheets>'
        self._book = self._book.replace("</sheets>", sheet)
        kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
        added = f'<Relationship Id="{relation}" Type="{kinds}" Target="worksheets/sheet{number}.xml"/></Relationships>'
        rels = "xl/_rels/workbook.xml.rels"
        self._parts[rels] = self._parts[rels].replace(b"</Relationships>", added.encode())

    def lose_names(self) -> None:
        """Drop all defined names, as some programs do."""
        self._book = re.sub("<definedNames>.*</definedNames>", "", self._book, flags=re.DOTALL)

    def _rename(self, how: Callable[[str], str]) -> None:
        self._book = _NAME.sub(lambda found: found[1] + how(found[2]) + found[3], self._book)

    def save(self) -> bytes:
        """The workbook's file as it is now."""
        sheets = {tab.part: tab.xml().encode() for tab in self.tabs.values()}
        out = BytesIO()
        with ZipFile(out, "w", ZIP_DEFLATED, compresslevel=1) as file:
            for name, data in {**self._parts, **sheets, "xl/workbook.xml": self._book.encode()}.items():
                file.writestr(name, data)
        return out.getvalue()


def letters(column: int) -> str:
    """The letters of a column.

    >>> letters(1), letters(28)
    ('A', 'AB')
    """
    found = ""
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(65 + rest) + found
    return found


def _unquoted(sheet: str) -> str:
    return sheet[1:-1].replace("''", "'") if sheet.startswith("'") else sheet
