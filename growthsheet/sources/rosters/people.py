"""From rows to people: roles, managers, currencies are found, and each person is made once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from operator import attrgetter

from pydantic import ValidationError

from growthsheet.model import Person
from growthsheet.model.part_problems import model_problems
from growthsheet.model.parts import lean
from growthsheet.sources.rosters.employment import Employment
from growthsheet.sources.rosters.managers import managers
from growthsheet.sources.rosters.names import has_letter
from growthsheet.sources.rosters.rows import PersonRow
from growthsheet.sources.rosters.titles import Titles, roles_of
from growthsheet.sources.tables.columns import FieldColumns, quoted
from growthsheet.text.problem_list import ProblemList

_AS_THEY_ARE = ("id", "name", "team", "email", "start", "end", "breaks", "country", "kept", "fte", "locale")
"""The fields of people that are those of their rows."""
_values = attrgetter(*_AS_THEY_ARE)


def make_people(
    presence: Employment,
    columns: FieldColumns,
    titles: Titles,
    default_role: str,
    currency_of: Mapping[str, str],
    acting: Mapping[str, str],
    findings: ProblemList,
) -> tuple[tuple[Person, ...], tuple[Person, ...]]:
    """Return those who are here and those who left within the fiscal year.

    A leaver's title or manager that cannot be found stays blank: no workbook depends on it.
    """
    staff, leavers = presence.staff, presence.leavers
    column = columns.get("title") or columns.get("role")
    found = [(entry.role, entry.title) for entry in staff]
    roles = roles_of(found, titles, default_role, findings, column.place if column else findings.place)
    former = [match.role if (match := titles.match(entry.role or entry.title)) else default_role for entry in leavers]
    targets = _targets(staff, titles, columns, findings)
    manager_of = managers(presence, acting, findings)
    made = partial(_person, targets=targets, manager_of=manager_of, currency_of=currency_of, findings=findings)
    return tuple(filter(None, map(made, staff, roles))), tuple(filter(None, map(made, leavers, former)))


def _targets(
    staff: Sequence[PersonRow], titles: Titles, columns: FieldColumns, findings: ProblemList
) -> dict[str, str]:
    """Return the role that each person aims at, where the roster says one."""
    targets = {}
    for entry in staff:
        if not entry.target_role:
            continue
        if match := titles.match(entry.target_role):
            targets[entry.id] = match.role
        else:
            place = entry.place(findings, columns["target_role"].name)
            found, hint = f"{quoted(entry.target_role)}", titles.suggestion(entry.target_role) or "leave it blank"
            findings.error("unknown-role", place, found, "a role of the catalog, by id, name or alias", hint)
    return targets


def _person(
    entry: PersonRow,
    role: str,
    targets: Mapping[str, str],
    manager_of: Mapping[str, str],
    currency_of: Mapping[str, str],
    findings: ProblemList,
) -> Person | None:
    if entry.ends_before_start or not has_letter(entry.name):  # told when it was read
        return None
    fields = dict(zip(_AS_THEY_ARE, _values(entry), strict=True)) | {"role": role, "title": entry.title or entry.role}
    for name, of in (("target_role", targets), ("manager", manager_of), ("currency", currency_of)):
        fields[name] = of.get(entry.id, "")
    try:
        found: Person = Person.__pydantic_validator__.validate_python(fields)
        return lean(found)
    except ValidationError as error:
        # Pay is not among a person's fields; still, the value is not shown.
        for path, problem in model_problems(error, Person, str, shown=False):
            findings.add(replace(problem, place=entry.place(findings, path)))
        return None
