"""Dashboard: a person's plan on one page."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any

from growthsheet.measures import overview, ratings, team
from growthsheet.model import Catalog, Scale
from growthsheet.sheets.person.assessment import ASSESSMENT, EXPECTED_AND_GAPS, given_column
from growthsheet.sheets.person.plan import PLAN, on_assessment
from growthsheet.sheets.shared.lists import ROUTES, found_by_rank, found_column, numbered_rows, word_column
from growthsheet.text.labels import short
from growthsheet.views.person import PersonView, cached_by_role
from growthsheet.workbook.blocks import Cards, Heading, NamedCells, Paragraphs, Sheet, TopLink
from growthsheet.workbook.tables import Table, TableData, calculated_column, data_column, keyed_table, named_formula

DASHBOARD = "Dashboard"
PRIORITIES_SHOWN = 5
OWN_COUNT = (
    "Readiness counts your own ratings; the workbooks of managers and the organization count agreed ratings first."
)
AGREED_COUNT = "Agreed ratings count before your own, as in your manager's and the organization's workbooks."
"""The sentences on whose ratings count in a person's workbook, without and with those that are shared."""

_IN_AREA: dict[str, Any] = {"area": "key", "areas": on_assessment("area_key")}

AREAS_REACHED = keyed_table(
    "areas",
    data_column("area", "Area", "area_line"),
    calculated_column(
        overview.area_expected, "Expected", "count", expected_here=on_assessment("expected_here"), **_IN_AREA
    ),
    calculated_column(overview.area_rated, "Rated", "tally", gaps=on_assessment("gap"), **_IN_AREA),
    calculated_column(
        overview.reached, "Reached", "percent", priorities=on_assessment("priority"), **EXPECTED_AND_GAPS, **_IN_AREA
    ),
    calculated_column(team.sort_key, value="reached", hidden=True),
    calculated_column(team.worst_first, number="order", sort_keys="sort_key", numbers="order", hidden=True),
    hidden=["order"],
)
"""The numbers of each area, in hidden rows."""

AREAS_SORTED = keyed_table(
    "areas_sorted",
    found_column(AREAS_REACHED["area"], "Area", "area_line", "The areas, the least reached first.", text=True),
    found_column(AREAS_REACHED["reached"], "Reached", "bar", overview.reached.words),
    found_column(AREAS_REACHED["area_rated"], "Rated", "level", overview.area_rated.words),
    found_column(AREAS_REACHED["area_expected"], "Expected", "level", overview.area_expected.words),
    *found_by_rank(AREAS_REACHED["worst_first"]),
)

DASHBOARD_TOP = keyed_table(
    "dashboard_top",
    calculated_column(
        overview.priority_or_hint,
        "Top priorities",
        "activity_line",
        name="activity",
        note="The gaps in their order of priority.",
        column=on_assessment("activity"),
    ),
    found_column(on_assessment("gap"), "Gap", "gap", ratings.gap.words),
    word_column(ROUTES, "route_line", "route", "route_code", header="What to do", note=ratings.route.words),
    *found_by_rank(on_assessment("rank")),
    found_column(on_assessment("route_code"), text=True),
    shown_by="activity",
)

CARDS = Cards(
    (
        named_formula(
            overview.repeated,
            "Readiness for your role",
            "percent",
            name="readiness_shown",
            value="readiness",
            note=ratings.readiness.words,
        ),
        named_formula(overview.answered_so_far, "Activities answered", "figure", name="answered"),
        named_formula(overview.repeated, "Open plan items", "whole", name="open_shown", value="open_items", note=""),
        named_formula(overview.repeated, "Budget left", "left", name="available_shown", value="available", note=""),
    ),
    {
        "readiness_shown": named_formula(
            overview.repeated, "", "percent", name="readiness_bar", value="readiness", note=""
        ),
        "answered": named_formula(overview.repeated, "", "percent", name="answered_bar", value="completeness", note=""),
    },
)
NEXT_STEP = named_formula(overview.next_step, "What to do next", "told")


@lru_cache(maxsize=16)
def grid(interests: tuple[int, ...], interest: str) -> Table:
    """Return the table of skill by interest: a row for each skill point, a column for each interest point.

    ``interest`` is the column of the assessment with the interest that counts.
    """
    read: dict[str, Any] = {
        "skills": on_assessment("used"),
        "interests": on_assessment(interest),
        "expected_here": on_assessment("expected_here"),
    }
    return keyed_table(
        "grid",
        data_column("skill", "Skill / interest", "name"),
        *(
            calculated_column(overview.activities_at, str(point), "spot", of=f"i{n}", **read)
            for n, point in enumerate(interests)
        ),
        *(data_column("interest_point", of=f"i{n}", hidden=True) for n, _ in enumerate(interests)),
        hidden=["skill_point"],
    )


@cached_by_role
def dashboard(view: PersonView) -> Sheet:
    """Return the tab."""
    translate, catalog = view.context.translate, view.context.catalog
    found = {activity.area for activity in view.context.expected(view.role).values()}
    areas = [area for area in catalog.areas if area.id in found]
    rows = [{"key": f"a:{area.id}", "area": area.name, "order": n} for n, area in enumerate(areas, 1)]
    nothing = Paragraphs((translate("Your role expects no activity of this catalog."),))
    return Sheet(
        DASHBOARD,
        f"{short(view.role.name)}, {view.context.cycle.label}. {translate(AGREED_COUNT if view.shared else OWN_COUNT)}",
        (
            CARDS,
            NamedCells((NEXT_STEP,)),
            *((numbered_rows(AREAS_SORTED, len(areas)),) if areas else (nothing,)),
            replace(numbered_rows(DASHBOARD_TOP, PRIORITIES_SHOWN), beside=bool(areas)),
            Heading(translate("Skill against interest: how many activities")),
            Paragraphs((" · ".join(_labels(catalog.scale("interest"))),)),
            _grid(catalog, given_column(view.context.prefill, "interest")),
            *((TableData(AREAS_REACHED, rows, hidden=True),) if areas else ()),
        ),
        colour="guide",
        one_page=True,
        links=tuple(TopLink(translate(tab)) for tab in (ASSESSMENT, PLAN)),
    )


def _grid(catalog: Catalog, interest: str) -> TableData:
    skill, points = catalog.scale("skill"), catalog.scale("interest").values
    columns = {f"interest_point@i{n}": point for n, point in enumerate(points)}
    rows = [
        {"key": f"k:{point}", "skill": label, "skill_point": point, **columns}
        for point, label in zip(skill.values, _labels(skill), strict=True)
    ]
    return TableData(grid(tuple(points), interest), rows[::-1])


def _labels(scale: Scale) -> list[str]:
    return [f"{point.value} {point.label}" for point in scale.points]
