"""Career: how near a person is to the roles ahead, live, and what is new in a role of their choice."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from growthsheet.measures import career as m
from growthsheet.measures import lookups, ratings
from growthsheet.model import Role
from growthsheet.sheets.person.next_roles import CHOSEN, ahead, choices, slots
from growthsheet.sheets.person.plan import on_assessment
from growthsheet.sheets.shared.lists import ROLES, labels
from growthsheet.text.labels import labels as unique
from growthsheet.text.labels import short
from growthsheet.views.person import PersonView, alike
from growthsheet.workbook.blocks import Facts, Heading, Prose, Sheet
from growthsheet.workbook.tables import Column, Ref, Rows, Table, fact, given, hidden, measured, worked_out

CAREER = "Career"
PATHS = {"product": "Product", "people": "People", "any": "Any"}
SHIFT_AT_MOST = 12


_LISTED = (
    ("role", lookups.found_text, "label"),
    ("path", lookups.found_text, "path"),
    ("role_count", lookups.found, "expected_count"),
)


def each(codes: tuple[str, ...]) -> Table:
    """One row, a column a role: what is worked out of the role's columns of the assessment."""
    fixed = codes[:-1]
    gaps: dict[str, Any] = {"gaps": on_assessment("role_gap")}
    read: dict[str, Any] = {"priorities": on_assessment("role_priority"), "worths": on_assessment("role_worth"), **gaps}
    columns = [given("key")]
    for name, found, listed in _LISTED:
        columns += [given(name, name, of=slot) for slot in fixed]
        columns += [measured(found, name=name, of=CHOSEN, at="chosen_at", column=ROLES[listed])]
    columns += [measured(ratings.rated_count, of=slot, **gaps) for slot in codes]
    columns += [measured(ratings.completeness, of=slot, expected_count="role_count") for slot in codes]
    columns += [measured(ratings.readiness, of=slot, **read) for slot in codes]
    columns += [measured(measure, of=slot, **gaps) for measure in (m.met, m.one_short, m.more_short) for slot in codes]
    columns += [measured(m.not_rated, of=slot) for slot in codes]
    new: dict[str, Any] = {
        "expectations": on_assessment("role_expected"),
        "expected_here": on_assessment("expected_here"),
    }
    columns += [measured(m.new_count, of=slot, **new) for slot in codes]
    return Table("career_each", tuple(columns))


@alike
def each_rows(view: PersonView) -> Rows:
    """That one row."""
    say = view.occasion.say
    row: dict[str, Any] = {"key": "k:each"}
    for slot, role in zip(slots(view), ahead(view), strict=False):
        row |= {
            f"role@{slot}": role.name,
            f"path@{slot}": say(PATHS[role.path]),
            f"role_count@{slot}": _count(view, role),
        }
    return Rows(each(slots(view)), [row])


@alike
def role_rows(view: PersonView) -> Rows:
    """The roles that can be chosen."""
    say, offered = view.occasion.say, _offered(view)
    return Rows(
        ROLES,
        [
            {
                "code": role.id,
                "label": offered[role.id],
                "number": n,
                "path": say(PATHS[role.path]),
                "expected_count": _count(view, role),
            }
            for n, role in enumerate(choices(view), 1)
        ],
    )


def _offered(view: PersonView) -> dict[str, str]:
    """The roles that can be chosen, as the drop-down calls them."""
    return unique({role.id: role.name for role in choices(view)})


def _count(view: PersonView, role: Role) -> int:
    return len(view.occasion.expected(role))


def _of_each(name: str) -> Ref:
    return Ref("career_each", name)


def _across(name: str, header: str, style: str, note: str) -> Column:
    return measured(lookups.found_across, header, style, name=name, at="n", row=_of_each(name), note=note)


ROLES_AHEAD = Table(
    "career",
    (
        given("key"),
        measured(lookups.found_text_across, "Role", "name", name="role", at="n", row=_of_each("role"), note=""),
        measured(
            lookups.found_text_across,
            "Path",
            "choice",
            name="path",
            at="n",
            row=_of_each("path"),
            note="Product: grow in the work. People: grow others.",
        ),
        _across("readiness", "Readiness", "percent", ratings.readiness.words),
        _across("completeness", "Complete", "complete", ratings.completeness.words),
        _across("met", "Met", "count", m.met.words),
        _across("one_short", "One short", "count", m.one_short.words),
        _across("more_short", "More short", "count", m.more_short.words),
        _across("not_rated", "Not rated", "count", m.not_rated.words),
        _across("new_count", "New to you", "tally", m.new_count.words),
        hidden(given("n", "", "whole")),
    ),
)

DETAIL = Table(
    "career_detail",
    (
        given("key"),
        given("activity", "Activity", "name"),
        measured(m.newness, "New", "key", name="newness", there="there", here="here"),
        measured(lookups.found, "Skill", "level", name="used", column=on_assessment("used"), note=ratings.used.words),
        measured(
            lookups.found,
            "Gap there",
            "gap",
            name="gap_there",
            column=Ref("assessment", "role_gap", CHOSEN),
            note=ratings.gap.words,
        ),
        measured(m.evidence_given, "Evidence", "count", there="there", evidence="evidence"),
        measured(lookups.at, hidden=True, keys=on_assessment("key")),
        measured(lookups.found, name="there", hidden=True, column=Ref("assessment", "role_expected", CHOSEN)),
        measured(lookups.found, name="here", hidden=True, column=on_assessment("expected_here")),
        measured(lookups.found_text, name="evidence", hidden=True, column=on_assessment("evidence")),
    ),
)

SHIFT = Table(
    "career_shift",
    (
        given("key"),
        given("activity", "Activity", "name"),
        given("change", "Change", "key"),
        given("there", "Expected there", "level"),
        given("here", "Expected now", "level"),
    ),
)


CHOSEN_AT = worked_out(
    lookups.choice,
    "Chosen role",
    "whole",
    name="chosen_at",
    label="chosen_role",
    labels=ROLES["label"],
    numbers=ROLES["number"],
)
"""The chosen role as a number, for the hidden tab."""


def career(view: PersonView) -> Sheet:
    """The tab."""
    return replace(_career(view), title=f"{view.occasion.say(CAREER)}: {view.called}")


@alike
def _career(view: PersonView) -> Sheet:
    say = view.occasion.say
    codes = slots(view)
    rows = [{"key": f"k:{code}", "n": n} for n, code in enumerate(codes, 1)]
    detail = [{"key": f"k:{a.id}", "activity": a.name} for a in view.activities.values()]
    people = next((role for role in ahead(view)[1:] if role.path == "people"), None)
    shift = _shift(view, people) if people and view.role.path == "product" and not view.occasion.blind else []
    near = ahead(view)
    first = next((role for role in choices(view) if role not in near), choices(view)[0])
    return Sheet(
        CAREER,
        say("A help for talks about what comes next. It is not a checklist for promotion."),
        (
            Facts(
                (
                    fact(
                        "chosen_role",
                        "A role of your choice",
                        _offered(view)[first.id],
                        "choice",
                        role="asked",
                        choices=labels(ROLES),
                        note="Choose another one from the list.",
                    ),
                )
            ),
            Heading(say("How near you are, by what you have rated")),
            Rows(ROLES_AHEAD, rows),
            *(
                (
                    Heading(say("What changes when you lead people") + f": {short(people.name)}"),
                    Prose((say("The step is from doing the work to growing those who do it."),)),
                    Rows(SHIFT, shift),
                )
                if shift and people
                else ()
            ),
            Heading(say("The role of your choice, activity by activity")),
            Rows(DETAIL, detail),
        ),
        colour="work",
        portrait=True,
    )


def _shift(view: PersonView, there: Role) -> list[dict[str, Any]]:
    """What a people role expects more than the current one, most first."""
    say, here = view.occasion.say, view.role.expected
    lowest = view.occasion.catalog.scale("skill").values[0]
    rises = {
        a.id: there.expected[a.id] - here.get(a.id, lowest)
        for a in view.occasion.catalog.current
        if a.id in there.expected
    }
    most = sorted((a for a, rise in rises.items() if rise > 0), key=lambda a: (a in here, -rises[a]))[:SHIFT_AT_MOST]
    names = view.occasion.catalog.activity_by_id
    return [
        {
            "key": f"k:{a}",
            "activity": names[a].name,
            "change": say("New") if a not in here else f"+{rises[a]:g}",
            "there": there.expected[a],
            "here": here.get(a),
        }
        for a in most
    ]
