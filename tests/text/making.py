"""Rosters whose own words are Greek, and every kind of workbook of them: Latin letters in those are growthsheet's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from functools import cache
from typing import Any

from growthsheet.model import Answers, Catalog
from growthsheet.model.parts import Part
from growthsheet.roster.roster import Roster
from growthsheet.text.language import ENGLISH, Language
from growthsheet.views.returned import ReceivedWorkbook, ReturnedBy
from growthsheet.workbook.blocks import Book
from tests.making import family, small_catalog, this_cycle, told_before

_SPOKEN = frozenset(
    ("name", "label", "anchor", "anchors", "description", "evidence", "note", "action", "measure", "helper", "title")
)
"""Fields that hold words; the others hold ids and codes."""

_GREEK = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", "αβκδεφγηιζκλμνοπκρστυβωξυζΑΒΚΔΕΦΓΗΙΖΚΛΜΝΟΠΚΡΣΤΥΒΩΞΥΖ"
)


def greek(value: Any, field: str = "") -> Any:
    """The same with every word that people read in Greek letters."""
    if isinstance(value, Part):
        return type(value).model_validate(greek(value.model_dump()))
    if isinstance(value, Mapping):
        return {key: greek(entry, key if isinstance(key, str) else field) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(greek(entry, field) for entry in value)
    return value.translate(_GREEK) if isinstance(value, str) and field in _SPOKEN else value


@cache
def greeks(full: bool = True) -> Roster:
    """Mia's and Zoe's people with Greek names and a Greek catalog; ``full`` says whether they rated anything."""
    made = family()
    people = tuple(
        person.model_copy(update={"name": greek(person.name, "name"), "team": "Ω"}) for person in made.people
    )
    leavers = tuple(p.model_copy(update={"name": greek(p.name, "name")}) for p in made.reading.leavers)
    return replace(
        made,
        catalog=_catalog(),
        reading=replace(made.reading, people=people, leavers=leavers),
        cycle=greek(this_cycle()),
        answers=greek(made.answers) if full else Answers(),
    )


def _catalog() -> Catalog:
    """The small catalog in Greek; its lead is on the other path, and its id is too short to be a word."""
    small = greek(small_catalog())
    paths = {"pm": "product", "lead": "people"}
    roles = tuple(role.model_copy(update={"path": paths[role.id]}) for role in small.roles)
    return small.model_copy(update={"id": "g", "roles": roles}).checked()


KINDS = (
    "person",
    "person, empty",
    "person, returning",
    "person, blind",
    "person, core",
    "person, shared",
    "person without pay",
    "team",
    "team, returning",
    "team, empty",
    "team, allowance",
    "team, pooled",
    "organization",
    "organization, empty",
    "team, own rules",
    "person, fixed amount",
    "team without pay",
    "team, blind",
)
"""The names of the workbooks that :func:`books` makes."""


def books(language: Language = ENGLISH) -> dict[str, Book]:
    """Every kind of workbook, full and empty, by a name for it."""
    full, empty = (greeks(rated).with_options(language=language) for rated in (True, False))
    returned = ReturnedBy(full.cycle.id, {"A": ReceivedWorkbook(unconfirmed=True)})
    returning = replace(full.with_answers(greek(told_before())), returned=returned)
    earlier = tuple(each for each in told_before().ratings if each.cycle != this_cycle().id)
    before = greek(told_before().model_copy(update={"ratings": earlier}))
    prefilled = full.with_answers(before).with_options(prefill=True)
    ruled = replace(full, reading=replace(full.reading, allocations={"A": Decimal(900)}))
    made = {
        "person": full.person("A"),
        "person, empty": empty.person("A"),
        "person, returning": prefilled.person("A"),
        "person, blind": full.with_options(blind=True).person("A"),
        "person, core": full.with_options(core=True).person("A"),
        "person, shared": full.with_options(share=True).person("A"),
        "person without pay": full.with_options(person_pay="none").person("D"),
        "team": full.team("M"),
        "team, returning": returning.team("M"),
        "team, empty": empty.team("M"),
        "team, allowance": full.with_options(pay="allowance").team("M"),
        "team, pooled": full.with_options(pay="pooled").team("M"),
        "organization": returning.organization(),
        "organization, empty": empty.organization(),
        "team, own rules": ruled.team("M"),
        "person, fixed amount": ruled.person("A"),
        "team without pay": full.with_options(pay="none").team("Z"),
        "team, blind": full.with_options(blind_manager=True).team("M"),
    }
    assert tuple(made) == KINDS
    return {name: each.book() for name, each in made.items()}
