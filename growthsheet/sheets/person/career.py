"""Career: a person's readiness for the roles ahead, live, and the new expectations of a role of their choice."""

from __future__ import annotations

from typing import Any

from growthsheet.analysis.standings import OF_ROLE
from growthsheet.expr import Measure
from growthsheet.measures import career as m
from growthsheet.measures import lookups, ratings
from growthsheet.model import Role
from growthsheet.sheets.person.assessment import given_column
from growthsheet.sheets.person.next_roles import CHOSEN, choices, roles_ahead, slots
from growthsheet.sheets.person.plan import on_assessment
from growthsheet.sheets.shared.lists import ROLES, found_by_rank, found_column, numbered_rows
from growthsheet.text.labels import MAX_LABEL, short
from growthsheet.text.labels import unique_labels as unique
from growthsheet.text.language import fill_in, titled
from growthsheet.views.person import PersonView, cached_by_role
from growthsheet.workbook.blocks import Heading, NamedCells, Paragraphs, Sheet
from growthsheet.workbook.tables import (
    Column,
    Ref,
    Table,
    TableData,
    calculated_column,
    data_column,
    keyed_table,
    named_formula,
    named_value,
)

CAREER = "Career"
PATHS = {"product": "Product", "people": "People management", "any": "Any"}
PATH_NOTE = "Product: grow in the work. People management: grow others."
SHIFT_AT_MOST = 12


_LISTED = (
    ("role", lookups.found_text, "label"),
    ("path", lookups.found_text, "path"),
    ("role_count", lookups.found, "expected_count"),
)
ROLE_NUMBERS = {
    "readiness": ("Readiness", "percent", ratings.readiness.words),
    "completeness": ("Complete", "complete", ratings.completeness.words),
    "met": ("Met", "count", m.met.words),
    "one_short": ("1 level below", "count", m.one_short.words),
    "more_short": ("2 or more below", "count", m.more_short.words),
    "not_rated": ("Not rated", "count", m.not_rated.words),
}
"""The columns with the numbers of a person for a role, by name: header, style and note."""


def each_role(codes: tuple[str, ...], prefill: bool) -> Table:
    """Return a table of one row, with a column for each role, calculated from the role's columns of the assessment."""
    read: dict[str, Any] = {
        "expected_count": "role_count",
        "gaps": on_assessment("role_gap"),
        "priorities": on_assessment("role_priority"),
        "weighted_expectations": on_assessment("role_weighted_expectation"),
        "skills": on_assessment(given_column(prefill, "skill")),
        "agreeds": on_assessment("agreed"),
        "expectations": on_assessment("role_expected"),
        "expected_here": on_assessment("expected_here"),
    }
    columns = [data_column("key")]
    for name, found, listed in _LISTED:
        columns += [data_column(name, name, of=slot) for slot in codes[:-1]]
        columns += [calculated_column(found, name=name, of=CHOSEN, at="chosen_at", column=ROLES[listed])]
    for measure in (*OF_ROLE, m.new_count):
        bound = {p.name: read[p.name] for p in measure.parameters if p.name in read}
        columns += [calculated_column(measure, of=slot, **bound) for slot in codes]
    return Table("career_each", tuple(columns))


@cached_by_role
def each_role_rows(view: PersonView) -> TableData:
    """Return that row."""
    translate = view.context.translate
    row: dict[str, Any] = {"key": "k:each"}
    for slot, role in zip(slots(view), roles_ahead(view), strict=False):
        row |= {
            f"role@{slot}": role.name,
            f"path@{slot}": translate(PATHS[role.path]),
            f"role_count@{slot}": _count(view, role),
        }
    return TableData(each_role(slots(view), view.context.prefill), [row])


@cached_by_role
def role_rows(view: PersonView) -> TableData:
    """Return the table of the roles that can be chosen."""
    translate, offered = view.context.translate, _offered(view)
    return TableData(
        ROLES,
        [
            {
                "code": role.id,
                "label": offered[role.id],
                "number": n,
                "path": translate(PATHS[role.path]),
                "expected_count": _count(view, role),
            }
            for n, role in enumerate(choices(view), 1)
        ],
    )


def _offered(view: PersonView) -> dict[str, str]:
    """Return the names of the roles that can be chosen, as in the drop-down."""
    return unique({role.id: role.name for role in choices(view)})


def _count(view: PersonView, role: Role) -> int:
    return len(view.context.expected(role))


def _across(name: str, header: str, style: str, note: str, measure: Measure = lookups.found_across) -> Column:
    return calculated_column(measure, header, style, name=name, at="n", row=Ref("career_each", name), note=note)


ROLES_AHEAD = keyed_table(
    "career",
    _across("role", "Role", "name", "", lookups.found_text_across),
    _across("path", "Path", "choice", PATH_NOTE, lookups.found_text_across),
    *(_across(name, *shown) for name, shown in ROLE_NUMBERS.items()),
    _across("new_count", "New to you", "tally", m.new_count.words),
    calculated_column(m.place_ahead, name="n", hidden=True),
    hidden=("slot", "near"),
    shown_by="role",
)
"""The roles ahead, and below them the chosen role, unless it is one of them."""

DETAIL = keyed_table(
    "career_detail",
    found_column(on_assessment("activity"), "Activity", "activity", "The largest gaps first.", text=True),
    calculated_column(m.newness, "New", "key", name="newness", there="there", here="expected_here"),
    found_column(on_assessment("used"), "Skill", "level", ratings.used.words),
    found_column(Ref("assessment", "role_gap", CHOSEN), "Gap there", "gap", ratings.gap.words, name="gap_there"),
    calculated_column(m.evidence_given, "Evidence", "count", there="there", evidence="evidence"),
    *found_by_rank(Ref("assessment", "role_place", CHOSEN)),
    found_column(Ref("assessment", "role_expected", CHOSEN), name="there"),
    found_column(on_assessment("expected_here")),
    found_column(on_assessment("evidence"), text=True),
    shown_by="activity",
)
"""The activities that the chosen role expects."""

SHIFT = keyed_table(
    "career_shift",
    data_column("activity", "Activity", "name"),
    data_column("change", "Change", "key"),
    data_column("there", "Expected there", "level"),
    data_column("here", "Expected now", "level"),
)


CHOSEN_AT = named_formula(
    lookups.choice,
    "Chosen role",
    "whole",
    name="chosen_at",
    label="chosen_role",
    labels=ROLES["label"],
    numbers=ROLES["number"],
)
"""The chosen role as a number, for the hidden tab."""

CHOSEN_NAME = named_formula(m.chosen_name, "Chosen role", "told", label="chosen_role", note="", hidden=True)


@cached_by_role
def career(view: PersonView) -> Sheet:
    """Return the tab."""
    translate = view.context.translate
    codes = slots(view)
    rows = [{"key": f"k:{code}", "slot": n, "near": len(codes) - 1} for n, code in enumerate(codes, 1)]
    people = next((role for role in roles_ahead(view)[1:] if role.path == "people"), None)
    shift = _shift(view, people) if people and view.role.path == "product" and not view.context.blind else []
    offered, number = choices(view), len(view.context.catalog.roles)
    told = translate(
        "{offered} of {number} roles are offered: the ones ahead of you, then the nearest in path and rank."
    )
    left_out = [fill_in(told, offered=len(offered), number=number)] if len(offered) < number else []
    return Sheet(
        CAREER,
        translate("For conversations about what comes next. It is not a checklist for promotion."),
        (
            NamedCells(
                (
                    named_value(
                        "chosen_role",
                        "A role of your choice",
                        _offered(view).get(view.person.target_role),
                        "choice",
                        role="input",
                        choices=ROLES["label"],
                        prompt=("A role of your choice", "Choose a role: the tables below show how close you are."),
                    ),
                )
            ),
            # Below the cell, not beside it: a long name needs the room.
            Paragraphs(
                (translate("Choose a role from the list: the tables below show how close you are."), *left_out),
                steps=not left_out,
            ),
            Heading(translate("How close you are, by what you have rated")),
            TableData(ROLES_AHEAD, rows),
            *(
                (
                    Heading(
                        titled(translate, translate("What changes when you lead people"), short(people.name, MAX_LABEL))
                    ),
                    Paragraphs((translate("The step is from doing the work to growing those who do it."),)),
                    TableData(SHIFT, shift),
                )
                if shift and people
                else ()
            ),
            Heading(translate("The role of your choice, activity by activity")),
            NamedCells((CHOSEN_NAME,)),
            numbered_rows(DETAIL, len(view.activities)),
        ),
        colour="work",
        portrait=True,
        one_page=True,  # else the rows that wait for a role to be chosen print blank pages
    )


def _shift(view: PersonView, there: Role) -> list[dict[str, Any]]:
    """Return the activities in which a people role expects more than the current one, largest difference first."""
    translate, here = view.context.translate, view.role.expected
    lowest = view.context.catalog.scale("skill").values[0]
    rises = {
        a.id: there.expected[a.id] - here.get(a.id, lowest)
        for a in view.context.catalog.current
        if a.id in there.expected
    }
    most = sorted((a for a, rise in rises.items() if rise > 0), key=lambda a: (a in here, -rises[a]))[:SHIFT_AT_MOST]
    names = view.context.catalog.activity_by_id
    return [
        {
            "key": f"k:{a}",
            "activity": names[a].name,
            "change": translate("New") if a not in here else f"+{rises[a]:g}",
            "there": there.expected[a],
            "here": here.get(a),
        }
        for a in most
    ]
