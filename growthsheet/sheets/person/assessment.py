"""Assessment: a row an activity, where a person rates skill, experience and interest."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from growthsheet.measures import ratings as m
from growthsheet.model import Activity, Rating, Scale
from growthsheet.sheets.person import next_roles as roles_ahead
from growthsheet.sheets.shared.lists import ROUTES, words
from growthsheet.text.labels import short
from growthsheet.text.language import filled
from growthsheet.views.person import PersonView, alike
from growthsheet.workbook.blocks import Facts, Sheet
from growthsheet.workbook.scales import POINTS, SCALES
from growthsheet.workbook.tables import Ref, Rows, Table, asked, given, hidden, measured, worked_out

ASSESSMENT = "Assessment"
NAME = "assessment"


ASKED = (
    asked("skill", "Skill", "rating", choices=SCALES["skill"]["value"], prompt=("How well can you do it?", "")),
    asked(
        "experience",
        "Experience",
        "rating",
        choices=SCALES["experience"]["value"],
        prompt=("How much experience?", ""),
    ),
    asked(
        "interest",
        "Interest",
        "rating",
        choices=SCALES["interest"]["value"],
        prompt=("How much interest?", ""),
    ),
    asked("evidence", "Evidence and notes", "note"),
)
"""What a person fills in; the same in every kind of assessment."""


STANDING = Facts(
    (
        worked_out(m.rated_line, "Rated", "told", note=""),
        worked_out(
            m.readiness,
            "Readiness for your role",
            "percent",
            priorities=Ref(NAME, "priority"),
            worths=Ref(NAME, "worth"),
            gaps=Ref(NAME, "gap"),
        ),
        worked_out(m.off_scale_warning, "Check", "alarm", note=""),
    )
)

COUNTS = (
    worked_out(m.expected_count, "Expected activities", "count", expected_here=Ref(NAME, "expected_here")),
    worked_out(m.rated_count, "Rated", "count", gaps=Ref(NAME, "gap")),
    worked_out(m.not_applicable, "n/a", "count", skills=Ref(NAME, "skill"), expected_here=Ref(NAME, "expected_here")),
    worked_out(m.not_yet, "Not yet (0)", "count", skills=Ref(NAME, "used"), expected_here=Ref(NAME, "expected_here")),
    worked_out(m.completeness, "Completeness", "percent"),
    worked_out(m.off_scale_count, "Not on the scale", "count", off_scales=Ref(NAME, "off_scale")),
)
"""How much is rated, as cells of the hidden tab."""


@lru_cache(maxsize=64)
def table(
    blind: bool, shared: bool, levels: tuple[tuple[int, str], ...], slots: tuple[str, ...], choices: int
) -> Table:
    """The columns; ``levels`` are (point, header) where there are anchors, ``slots`` and ``choices`` roles ahead."""
    expected = (
        [
            measured(m.revealed, "Expected", "level", name="expected"),
            hidden(given("target", "", "level")),
        ]
        if blind
        else [given("expected", "Expected", "level", note="The skill that your role expects.")]
    )
    managers = [given("manager", "Manager", "level", note="What your manager thinks.")] if shared else []
    return Table(
        NAME,
        (
            given("key"),
            given("area", "Area", "area"),
            given("activity", "Activity", "name"),
            given("description", "What good looks like", "long"),
            *expected,
            *ASKED,
            *managers,
            given("importance", "Importance", "importance", note="How much it matters in your role: 3 most, 1 least."),
            measured(m.gap, "Gap", "gap"),
            measured(m.priority, "Priority", "priority"),
            measured(m.rank, "Rank", "rank", priorities="priority", wishes="wish", gaps="gap", orders="order"),
            words(ROUTES, "route", "route", "route_code", header="Route", note=m.route.words),
            measured(m.check, "Check", "check"),
            *(given("anchor", header, "anchor", of=str(level)) for level, header in levels),
            hidden(given("order", "", "whole")),
            hidden(given("area_key")),
            hidden(given("expected_here", "", "whole")),
            hidden(given("worth", "", "level")),
            hidden(given("agreed", "", "level")),
            measured(m.used, hidden=True, skill_points=POINTS["skill_points"]),
            measured(m.off_scale, hidden=True, **POINTS),
            measured(m.wish, hidden=True, interest_points=POINTS["interest_points"]),
            measured(
                m.route,
                name="route_code",
                hidden=True,
                experience_points=POINTS["experience_points"],
                interest_points=POINTS["interest_points"],
            ),
            *roles_ahead.assessment_columns(slots, choices),
        ),
    )


@alike
def _sizes(view: PersonView) -> tuple[tuple[tuple[int, str], ...], tuple[str, ...], int]:
    """What decides the columns: the skill points that have anchors, the roles ahead, how many can be chosen."""
    catalog, say = view.occasion.catalog, view.occasion.say
    anchored = [v for v in catalog.scale("skill").values if any(v in a.anchors for a in catalog.current)]
    levels = tuple((n, filled(say("Level {level}"), level=n)) for n in anchored)
    return levels, roles_ahead.slots(view), len(roles_ahead.choices(view))


def assessment(view: PersonView) -> Sheet:
    """The tab."""
    say = view.occasion.say
    columns = table(view.occasion.blind, view.shared, *_sizes(view))
    rows = [{**row, **_said(view, activity)} for activity, row in _unsaid(view).items()]
    purpose = say(
        "Rate each activity: skill first, then experience and interest. Choose n/a where it is not part of your job."
    )
    return Sheet(
        ASSESSMENT,
        purpose,
        (
            STANDING,
            Rows(columns, rows),
        ),
        title=f"{say(ASSESSMENT)}: {view.called}, {short(view.role.name)}",
        main=NAME,
        freeze="activity",
        print_to="check",
        colour="fill",
    )


@alike
def _unsaid(view: PersonView) -> dict[str, dict[str, Any]]:
    """By activity, its row before anything is said about the person."""
    expected, order = view.occasion.expected(view.role), view.occasion.order(view.role)
    return {name: _row(view, each, name in expected, order[name]) for name, each in view.activities.items()}


def _row(view: PersonView, activity: Activity, expected: bool, order: int) -> dict[str, Any]:
    catalog, role = view.occasion.catalog, view.role
    return {
        "key": f"k:{activity.id}",
        "area": catalog.area_by_id[activity.area].name,
        "area_key": f"a:{activity.area}",
        "activity": activity.name,
        "description": activity.description,
        "target" if view.occasion.blind else "expected": role.expected[activity.id] if expected else None,
        "importance": catalog.importance(role, activity) if expected else None,
        "order": order,
        "expected_here": 1 if expected else None,
        "worth": view.occasion.worth(role, activity) if expected else None,
        "title_skill": activity.name,
        "prompt_skill": "\n".join(f"{level}: {text}" for level, text in sorted(activity.anchors.items()))
        or meaning(catalog.scale("skill")),
        "prompt_experience": meaning(catalog.scale("experience")),
        "prompt_interest": meaning(catalog.scale("interest")),
        **{f"anchor@{level}": text for level, text in activity.anchors.items()},
        **roles_ahead.assessment_cells(view, activity.id),
    }


def _said(view: PersonView, activity: str) -> dict[str, Any]:
    """What is said about the person, in an activity's row."""
    own, agreed = view.said.own.get(activity), view.said.agreed.get(activity)
    manager = view.said.manager.get(activity) if view.shared else None
    return {
        "skill": own.skill if own else None,
        "experience": own.experience if own else None,
        "interest": own.interest if own else None,
        "evidence": _notes(own),
        "manager": manager.skill if manager else None,
        "agreed": agreed.skill if agreed and view.shared else None,
    }


def meaning(scale: Scale) -> str:
    """A line for each point of a scale, with what it means."""
    return "\n".join(f"{point.value}: {point.label}{point.anchor and f', {point.anchor}'}" for point in scale.points)


def _notes(rating: Rating | None) -> str:
    return "\n".join(filter(None, (rating.evidence, rating.note))) if rating else ""
