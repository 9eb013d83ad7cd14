"""A catalog in one tidy table, a row for each role and activity, as public frameworks are published."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

from growthsheet.errors import InputError, Problem
from growthsheet.sources.catalogs.document import Document, Mark
from growthsheet.sources.catalogs.word_levels import UniqueNames, known_ladder, numbered, scales_from_labels, thresholds
from growthsheet.sources.tables.columns import SourceTable
from growthsheet.sources.tables.read_table import read_table
from growthsheet.text.counts import plural
from growthsheet.text.numbers import read_number
from growthsheet.text.problem_list import ProblemList
from growthsheet.text.quoting import one_line, quote

TABLE_FIELDS: Mapping[str, tuple[str, ...]] = {
    "role": ("role level", "role", "role name", "job title", "job", "position"),
    "activity": ("activity", "activity name", "skill name", "skill", "competency", "competence", "capability"),
    "level": ("expected level", "expected", "skill level", "required level", "target level", "level", "proficiency"),
    "area": ("area", "skill area", "skill group", "skill category", "category", "theme", "domain"),
    "family": ("role family", "job family"),
    "description": ("activity description", "skill description", "competency description", "description"),
    "anchor": ("skill level description", "level description", "anchor", "what it means"),
}
"""What a column is for, and the headers that say so, the surest first."""

NEEDED_FIELDS = ("role", "activity", "level")
NO_LEVEL = frozenset(["not in use", "n/a", "na", "-", "none", "not applicable"])
"""What stands for no level; such a row says nothing about what is expected."""

_HIGHEST = 99
"""The highest level that is taken for a number."""


def known(mapping: Mapping[str, str], header: str) -> bool:
    """Whether a header says what its column is for."""
    return _plain(header) in _HEADERS or header in mapping.values()


def is_table(path: Path) -> bool:
    """Whether a file holds such a table: its header names roles, activities and levels."""
    try:
        return set(NEEDED_FIELDS) <= set(_columns(read_table(path, partial(known, {}), ProblemList("")), {}))
    except InputError:  # whoever reads it as something else says why
        return False


def read_catalog_table(path: Path, name: str, mapping: Mapping[str, str]) -> tuple[Document, tuple[Problem, ...]]:
    """The catalog in a table (.csv, .tsv, .xlsx), and what was left out or made of its words.

    Parameters
    ----------
    mapping
        Field to column, where the headers do not say it; see :data:`TABLE_FIELDS`.
    """
    findings = ProblemList(name)
    table = read_table(path, partial(known, mapping), findings)
    return _Reading(table, mapping, findings, path.stem).document()


@dataclass(frozen=True)
class _Entry:
    """A row: what it says by field, and its number."""

    row: int
    said: Mapping[str, str]

    def __getitem__(self, field: str) -> str:
        return self.said.get(field, "")


class _Reading:
    def __init__(self, table: SourceTable, mapping: Mapping[str, str], findings: ProblemList, stem: str) -> None:
        self.table, self.findings, self.stem = table, findings, stem
        self.columns = _columns(table, mapping)
        for field in set(mapping) - set(TABLE_FIELDS):
            findings.error(
                "unknown-field", findings.place, quote(field), ", ".join(TABLE_FIELDS), "correct the field's name"
            )
        for field, column in mapping.items():
            if column not in table.header:
                hint = "correct the column's name"
                findings.error("missing-column", findings.place, f"no column {quote(column)}", f"for {field}", hint)
        for field in NEEDED_FIELDS:
            if field not in self.columns:
                expected = f"one of {', '.join(TABLE_FIELDS[field])}"
                hint = f'name it, as in --map {field}="..."'
                findings.error("missing-column", findings.place, f"no column for '{field}'", expected, hint)
        findings.refuse()
        self.marks: dict[str, Mark] = {}

    def document(self) -> tuple[Document, tuple[Problem, ...]]:
        entries = self._entries()
        labels, values = self._levels(entries)
        self.findings.refuse()
        areas, area_of = self._areas(entries)
        ids, names = UniqueNames(), UniqueNames()
        activities: dict[str, dict[str, Any]] = {}
        roles: dict[str, dict[str, Any]] = {}
        role_ids, role_names = UniqueNames(), UniqueNames()
        for entry in entries:
            found, value = entry["activity"], values[entry["level"].casefold()]
            if found not in activities:
                self._mark(f"activities.{len(activities)}", entry, "activity")
                name = names.short(found)
                whole = "" if name == found else found
                told_of = "\n".join(filter(None, (whole, entry["description"])))
                activities[found] = {"id": ids.id(found), "name": name, "area": area_of[found], "description": told_of}
            if entry["role"] not in roles:
                self._mark(f"roles.{len(roles)}", entry, "role")
                role = entry["role"]
                roles[role] = {"id": role_ids.id(role), "name": role_names.short(role), "expected": {}}
            if entry["anchor"] and float(value).is_integer():
                activities[found].setdefault("anchors", {}).setdefault(int(value), entry["anchor"])
            self._expect(roles[entry["role"]], activities[found]["id"], value, entry, list(roles).index(entry["role"]))
        self.findings.refuse()
        catalog = {
            "id": UniqueNames().id(self.stem),
            "version": "1",
            "name": self.stem,
            "source": self.table.name,
            "scales": scales_from_labels(labels),
            "thresholds": thresholds(len(labels) or 4),
            "areas": areas,
            "activities": list(activities.values()),
            "roles": list(roles.values()),
        }
        where = partial(_where, self.table.header)
        return Document(self.table.name, catalog, self.marks, (), where), self.findings.notes

    def _entries(self) -> list[_Entry]:
        """The rows that expect something; others are counted, or are faults."""
        entries, without = [], Counter[str]()
        for row, cells in zip(self.table.rows, self.table.cells, strict=True):
            found = {field: _text(cells[column]) for field, column in self.columns.items()}
            if found["level"].casefold() in NO_LEVEL | {""}:
                without[found["level"] or "nothing"] += 1
                continue
            for field in ("role", "activity"):
                if not found[field]:
                    place = f"{self.table.name}, row {row}, column {one_line(self.table.header[self.columns[field]])}"
                    self.findings.error("missing-field", place, "nothing", f"the {field}", "fill it in")
            entries.append(_Entry(row, found))
        for word, count in without.items():
            said_of = f"{plural(count, 'row')} left out: the level {quote(word)} expects nothing"
            self.findings.note("levels-left-out", self._place("level"), said_of)
        return entries

    def _levels(self, entries: Sequence[_Entry]) -> tuple[list[str], dict[str, float]]:
        """The labels of the skill scale (none for the usual one), and the value of each level as it is written."""
        words = dict.fromkeys(entry["level"] for entry in entries)
        numbers = {word: float(level) for word in words if (level := _level(word)) is not None}
        if words and len(numbers) == len(words):
            highest = max(numbers.values())
            return ([] if highest <= 4 else numbered(min(-int(-highest // 1), 10))), numbers
        steps = known_ladder(words)
        if not steps:
            expected = "numbers, or words of one known ladder (such as Awareness, Working, Practitioner, Expert)"
            found = ", ".join(list(words)[:12]) or "no levels"
            self.findings.error("unknown-levels", self._place("level"), quote(found), expected, "write numbers")
        points = {step.casefold(): float(number) for number, step in enumerate(steps, 1)}
        told_of = ", ".join(f"{step} = {number}" for number, step in enumerate(steps, 1))
        self.findings.note("levels-of-words", self._place("level"), f"levels are words: {told_of}")
        return list(steps), {word.casefold(): points.get(" ".join(word.split()).casefold(), 0.0) for word in words}

    def _areas(self, entries: Sequence[_Entry]) -> tuple[list[dict[str, str]], dict[str, str]]:
        """The areas, and each activity's: its own, else the family of most roles that expect it."""
        field = next((field for field in ("area", "family") if field in self.columns), "")
        found: dict[str, Counter[str]] = {}
        for entry in entries:
            found.setdefault(entry["activity"], Counter())[entry[field] or "Activities"] += 1
        if field == "family":
            said = "there is no column of areas; each activity is put into the family of most roles that expect it"
            self.findings.note("areas-of-families", self.table.name, said)
        chosen = {activity: max(counts, key=lambda area: counts[area]) for activity, counts in found.items()}
        names = UniqueNames()
        ids = {area: names.id(area) for area in dict.fromkeys(chosen.values())}
        return [{"id": id, "name": area} for area, id in ids.items()], {a: ids[area] for a, area in chosen.items()}

    def _expect(self, role: dict[str, Any], activity: str, value: float, entry: _Entry, n: int) -> None:
        if role["expected"].setdefault(activity, value) != value:
            place = f"{self.table.name}, row {entry.row}"
            found = f"{quote(entry['role'])} is to have {value:g} in {quote(entry['activity'])}"
            expected = f"{role['expected'][activity]:g}, as in a row above, or one row only"
            self.findings.error("several-levels", place, found, expected, "take one of the rows out")
        self._mark(f"roles.{n}.expected.{activity}", entry, "level")

    def _mark(self, path: str, entry: _Entry, field: str) -> None:
        self.marks.setdefault(path, (entry.row, self.columns[field]))

    def _place(self, field: str) -> str:
        return f"{self.table.name}, column {one_line(self.table.header[self.columns[field]])}"


_HEADERS = {header for headers in TABLE_FIELDS.values() for header in headers}


def _columns(table: SourceTable, mapping: Mapping[str, str]) -> dict[str, int]:
    """The column of each field: the one that was named, else the surest header."""
    plain = [_plain(header) for header in table.header]
    found: dict[str, int] = {}
    for field, headers in TABLE_FIELDS.items():
        if field in mapping:
            there = [at for at, header in enumerate(table.header) if header == mapping[field]]
        else:
            there = [plain.index(header) for header in headers if header in plain]
        if there:
            found[field] = there[0]
    return found


def _plain(header: str) -> str:
    return " ".join(re.sub(r"[^a-z0-9]+", " ", header.casefold()).split())


def _level(word: str) -> Decimal | None:
    """The number that a level is written as; None where it is a word."""
    written = read_number(word)
    meanings = written.meanings(most=_HIGHEST) if written and not written.sign else set()
    return meanings.pop() if len(meanings) == 1 else None


def _text(cell: object) -> str:
    return "" if cell is None else f"{cell:g}" if isinstance(cell, float) else str(cell).strip()


def _where(header: Sequence[str], mark: Mark) -> str:
    return f"row {mark[0]}, column {one_line(header[mark[1]])}"
