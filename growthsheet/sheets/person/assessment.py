"""Assessment: a row for each activity, where a person rates skill, experience and interest."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from growthsheet.expr import Measure
from growthsheet.measures import ratings as m
from growthsheet.model import Activity, Rating, Scale
from growthsheet.model.answers import scales
from growthsheet.model.ratings import ScaleWords
from growthsheet.sheets.person import next_roles as roles_ahead
from growthsheet.sheets.shared.lists import CONFIRMATIONS, ROUTES, prefilled_cell, word_column
from growthsheet.text.language import fill_in
from growthsheet.views.person import PersonView, cached_by_role
from growthsheet.workbook.blocks import NamedCells, Sheet, TopLink
from growthsheet.workbook.scales import offered, points
from growthsheet.workbook.tables import (
    NamedCell,
    Ref,
    Table,
    TableData,
    calculated_column,
    data_column,
    input_column,
    keyed_table,
    named_formula,
    named_value,
)

ASSESSMENT = "Assessment"
NAME = "assessment"

LAST_TIME = "What counted in the cycle before. It is history, and does not count in this cycle."

EXPECTED_AND_GAPS: dict[str, Any] = {
    "weighted_expectations": Ref(NAME, "weighted_expectation"),
    "gaps": Ref(NAME, "gap"),
}
"""The columns that measures of readiness read, by the names of their parameters."""

CONFIRM = "I have looked through all prefilled answers"

PROGRESS_LINE = named_formula(m.progress_line, "Answered", "head", note="")

TO_CONFIRM = named_value(
    "confirmed",
    CONFIRM,
    None,
    "choice",
    role="input",
    choices=CONFIRMATIONS["label"],
    prompt=("Prefilled answers", "Choose Yes when all of it is as it is now. Until then only what you changed counts."),
)
"""The cell by which a person confirms what was prefilled."""

UNCONFIRMED_COUNT = named_formula(
    m.unconfirmed_count, "Not confirmed", "tally", unconfirmed_rows=Ref(NAME, "unconfirmed")
)
"""The number of rows that wait for it, as a cell of the hidden tab."""


def given_column(prefill: bool, scale: str) -> str:
    """Return the column with the ratings of a scale that count as given."""
    return f"given_{scale}" if prefill else scale


def count_cells(prefill: bool) -> tuple[NamedCell, ...]:
    """Return the numbers of ratings, as cells of the hidden tab."""
    return (
        named_formula(m.expected_count, "Expected activities", "count", expected_here=Ref(NAME, "expected_here")),
        named_formula(m.rated_count, "Rated", "count", gaps=Ref(NAME, "gap")),
        named_formula(
            m.not_applicable,
            "n/a",
            "count",
            skills=Ref(NAME, given_column(prefill, "skill")),
            agreeds=Ref(NAME, "agreed"),
            **EXPECTED_AND_GAPS,
        ),
        named_formula(m.completeness, "Completeness", "percent"),
        named_formula(m.off_scale_count, "Not on the scale", "count", off_scales=Ref(NAME, "off_scale")),
        named_formula(m.readiness, "Readiness", "percent", priorities=Ref(NAME, "priority"), **EXPECTED_AND_GAPS),
        named_formula(m.off_scale_warning, "Check", note=""),
    )


@lru_cache(maxsize=64)
def table(
    blind: bool,
    shared: bool,
    rated: tuple[tuple[str, ScaleWords], ...],
    levels: tuple[tuple[int, str], ...] = (),
    slots: tuple[str, ...] = (),
    choices: int = 0,
    last_time: bool = True,
    prefill: bool = False,
) -> Table:
    """Return the table with its columns.

    ``rated`` are the scales with their words; ``levels`` are (point, header) of the points that have anchors;
    ``slots`` and ``choices`` describe the roles ahead; ``last_time`` is true if there is an earlier cycle;
    ``prefill`` is true if its ratings stand in the cells of this one until they are confirmed.
    """
    said = {scale: given_column(prefill, scale) for scale, _ in rated} if prefill else {}

    def bound(measure: Measure) -> dict[str, Any]:
        return points(measure) | {p.name: said[p.name] for p in measure.parameters if p.name in said}

    expected = (
        (calculated_column(m.revealed, "Expected", "level", name="expected"), data_column("target", hidden=True))
        if blind
        else (data_column("expected", "Expected", "level", note="The skill that your role expects."),)
    )
    shared_columns = (
        data_column("manager", "Manager", "level", note="What your manager thinks."),
        data_column("agreed", "Agreed", "level", note="What you and your manager agreed on. It counts first."),
        calculated_column(m.rating_that_counts, "Counts", "level", **bound(m.rating_that_counts)),
    )
    unseen = (*(() if shared else ("agreed",)), *(f"suggested_{scale}" for scale in said))
    return keyed_table(
        NAME,
        data_column("area", "Area", "area_beside"),
        data_column("activity", "Activity", "activity"),
        *expected,
        *([data_column("last_time", "Last time", "level", note=LAST_TIME)] if last_time else ()),
        *(
            input_column(scale, words.header, "rating", choices=offered(scale), prompt=(words.prompt, ""))
            for scale, words in rated
        ),
        calculated_column(m.gap, "Gap", "gap"),
        calculated_column(m.priority, "Priority", "priority"),
        word_column(ROUTES, "route", "route", "route_code", header="What to do", note=m.route.words),
        *(shared_columns if shared else ()),
        input_column("evidence", "Evidence and notes", "note"),
        calculated_column(m.rating_check, "Check", "check"),
        data_column(
            "importance", "Importance", "importance", note="How much it matters in your role: 3 is most, 1 is least."
        ),
        calculated_column(
            m.rank,
            "Rank",
            "rank",
            priorities="priority",
            interests_or_default="interest_or_default",
            gaps="gap",
            orders="order",
        ),
        data_column("description", "What good looks like", "anchor", outlined=True),
        *(data_column("anchor", header, "anchor", of=str(level), outlined=True) for level, header in levels),
        *(
            calculated_column(m.given, name=name, hidden=True, answer=scale, suggested=f"suggested_{scale}")
            for scale, name in said.items()
        ),
        *([calculated_column(m.unconfirmed, hidden=True)] if prefill else ()),
        calculated_column(m.used, hidden=True, **bound(m.used)),
        calculated_column(m.off_scale, hidden=True, **points(m.off_scale)),
        calculated_column(m.interest_or_default, hidden=True, **bound(m.interest_or_default)),
        calculated_column(m.route, name="route_code", hidden=True, **bound(m.route)),
        *roles_ahead.assessment_columns(slots, choices),
        hidden=("order", "area_key", "expected_here", "weighted_expectation", *unseen),
        lines=2,
    )


@cached_by_role
def _sizes(
    view: PersonView,
) -> tuple[tuple[tuple[str, ScaleWords], ...], tuple[tuple[int, str], ...], tuple[str, ...], int]:
    """Return the arguments of :func:`table`: scales, points with anchors, roles ahead, the number of choices."""
    catalog, translate = view.context.catalog, view.context.translate
    anchored = [v for v in catalog.scale("skill").values if any(v in a.anchors for a in catalog.current)]
    levels = tuple((n, fill_in(translate("Level {level}"), level=n)) for n in anchored)
    return tuple(scales().items()), levels, roles_ahead.slots(view), len(roles_ahead.choices(view))


def assessment(view: PersonView) -> Sheet:
    """Return the tab."""
    translate = view.context.translate
    columns = table(view.context.blind, view.shared, *_sizes(view), bool(view.history), view.context.prefill)
    rows = [{**row, **_said(view, activity)} for activity, row in _unsaid(view).items()]
    purpose = translate(
        "Rate skill, then experience and interest; choose n/a where it is not part of your job. What each level looks"
        " like is on the right."
    )
    on_page = translate("What is rated, beside what the role expects.")
    if view.history:
        last_time = " " + fill_in(translate("Last time: {cycle}."), cycle=view.history[-1].dated(view.context))
        purpose, on_page = purpose + last_time, on_page + last_time
        if is_prefilled(view):
            purpose += " " + translate("The cells hold what you answered then: change what is different now.")
    return Sheet(
        ASSESSMENT,
        purpose,
        (
            NamedCells((PROGRESS_LINE,), "skill", in_title=True),
            *((NamedCells((TO_CONFIRM,), "skill"),) if is_prefilled(view) else ()),
            TableData(columns, rows),
        ),
        main=NAME,
        freeze="activity",
        print_to="rating_check",
        links=(
            TopLink(text=translate("About the levels"), at="route", to="description"),
            TopLink(text=translate("Skill"), at="description", to="skill"),
        ),
        on_page=on_page,
        colour="fill",
    )


@cached_by_role
def _unsaid(view: PersonView) -> dict[str, dict[str, Any]]:
    """Return by activity its row without the person's ratings."""
    expected, order = view.context.expected(view.role), view.context.order(view.role)
    return {name: _row(view, each, name in expected, order[name]) for name, each in view.activities.items()}


def _row(view: PersonView, activity: Activity, expected: bool, order: int) -> dict[str, Any]:
    catalog, role = view.context.catalog, view.role
    return {
        "key": f"k:{activity.id}",
        "area": catalog.area_by_id[activity.area].name,
        "area_key": f"a:{activity.area}",
        "activity": activity.name,
        "description": activity.description,
        "target" if view.context.blind else "expected": role.expected[activity.id] if expected else None,
        "importance": catalog.importance(role, activity) if expected else None,
        "order": order,
        "expected_here": 1 if expected else None,
        "weighted_expectation": view.context.weighted_expectation(role, activity) if expected else None,
        **{f"prompt_{scale}": meaning(catalog.scale(scale)) for scale in scales()},
        **{f"anchor@{level}": text for level, text in activity.anchors.items()},
        **roles_ahead.assessment_cells(view, activity.id),
    }


def _said(view: PersonView, activity: str) -> dict[str, Any]:
    """Return the cells with the person's ratings in an activity's row."""
    own, agreed = view.ratings.own.get(activity), view.ratings.agreed.get(activity)
    suggested = suggestions(view, activity)
    manager = view.ratings.manager.get(activity) if view.shared else None
    return {
        "last_time": view.history[-1].said(activity, view.context.catalog) if view.history else None,
        **{scale: getattr(own, scale, None) for scale in scales()},
        **{scale: value for scale, value in suggested.items() if prefilled_cell(scale, activity) not in view.emptied},
        **{f"suggested_{scale}": value for scale, value in suggested.items()},
        "evidence": _notes(own),
        "manager": manager.skill if manager else None,
        "agreed": agreed.skill if agreed and view.shared else None,
    }


def suggestions(view: PersonView, activity: str) -> dict[str, int | str]:
    """Return the prefilled ratings of an activity by scale: those of the last cycle that are not given in this one."""
    own, before = view.ratings.own.get(activity), view.suggested.get(activity)
    found = {scale: getattr(before, scale, None) for scale in scales() if getattr(own, scale, None) is None}
    return {scale: value for scale, value in found.items() if value is not None}


def is_prefilled(view: PersonView) -> bool:
    """Return whether there is a prefilled rating to confirm."""
    return any(suggestions(view, id) for id in view.activities)


def meaning(scale: Scale) -> str:
    """Return a line for each point of a scale, with its meaning."""
    return "\n".join(f"{point.value}: {point.label}{point.anchor and f', {point.anchor}'}" for point in scale.points)


def _notes(rating: Rating | None) -> str:
    return "\n".join(filter(None, (rating.evidence, rating.note))) if rating else ""
