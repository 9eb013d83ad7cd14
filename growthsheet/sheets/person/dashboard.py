"""Dashboard: a person's plan on one page."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any, Literal

from growthsheet.measures import lookups, overview, ratings
from growthsheet.sheets.person.plan import on_assessment
from growthsheet.sheets.shared.lists import ROUTES, words
from growthsheet.text.labels import IN_CHARTS, labels, short
from growthsheet.text.language import Translate
from growthsheet.views.person import PersonView, alike
from growthsheet.workbook.blocks import Block, Chart, Facts, Heading, Prose, Sheet
from growthsheet.workbook.tables import Rows, Table, given, hidden, measured, worked_out

DASHBOARD = "Dashboard"
TOP_COUNT = 5

AREAS = Table(
    "areas",
    (
        given("key"),
        given("area", "Area", "name"),
        measured(
            overview.area_expected,
            "Expected",
            "count",
            area="key",
            areas=on_assessment("area_key"),
            expected_here=on_assessment("expected_here"),
        ),
        measured(
            overview.area_rated,
            "Rated",
            "tally",
            area="key",
            areas=on_assessment("area_key"),
            gaps=on_assessment("gap"),
        ),
        measured(
            overview.reached,
            "Reached",
            "percent",
            area="key",
            areas=on_assessment("area_key"),
            priorities=on_assessment("priority"),
            worths=on_assessment("worth"),
            gaps=on_assessment("gap"),
        ),
        measured(overview.plotted, name="plot", value="reached", hidden=True),
        hidden(given("ring", "", "whole")),
        hidden(given("short")),
    ),
)

TOP = Table(
    "dashboard_top",
    (
        given("key"),
        measured(
            lookups.found_text,
            "Activity",
            "name",
            name="activity",
            column=on_assessment("activity"),
            note="The gaps in their order of priority.",
        ),
        measured(lookups.found, "Gap", "gap", name="gap", column=on_assessment("gap"), note=ratings.gap.words),
        measured(
            lookups.found,
            "Priority",
            "priority",
            name="priority",
            column=on_assessment("priority"),
            note=ratings.priority.words,
        ),
        words(ROUTES, "route", "route", "route_code", header="Route", note=ratings.route.words),
        given("n", hidden=True),
        measured(lookups.at_rank, name="at", ranks=on_assessment("rank"), hidden=True),
        measured(lookups.found_text, name="route_code", column=on_assessment("route_code"), hidden=True),
    ),
    lines=2,
)


@lru_cache(maxsize=16)
def grid(interests: tuple[tuple[int, str], ...]) -> Table:
    """Skill by interest: a row a skill point, a column an interest point."""
    read: dict[str, Any] = {
        "skills": on_assessment("used"),
        "interests": on_assessment("interest"),
        "expected_here": on_assessment("expected_here"),
    }
    return Table(
        "grid",
        (
            given("key"),
            given("skill", "Skill / interest", "name"),
            *(
                measured(overview.activities_at, label, "spot", of=f"i{n}", **read)
                for n, (_, label) in enumerate(interests)
            ),
            hidden(given("skill_point", "", "whole")),
            *(hidden(given("interest_point", "", "whole", of=f"i{n}")) for n, _ in enumerate(interests)),
        ),
    )


def dashboard(view: PersonView) -> Sheet:
    """The tab."""
    return replace(_dashboard(view), title=f"{view.occasion.say(DASHBOARD)}: {view.called}")


@alike
def _dashboard(view: PersonView) -> Sheet:
    say, catalog = view.occasion.say, view.occasion.catalog
    found = {activity.area for activity in view.occasion.expected(view.role).values()}
    corners = labels({area.id: area.name for area in catalog.areas}, IN_CHARTS)
    areas = [
        {"key": f"a:{area.id}", "area": area.name, "short": corners[area.id], "ring": 1}
        for area in catalog.areas
        if area.id in found
    ]
    return Sheet(
        DASHBOARD,
        f"{short(view.role.name)}, {view.occasion.cycle.label}",
        (
            Facts(
                (
                    worked_out(ratings.rated_line, "Rated", "told", name="rated_line_shown", note=""),
                    worked_out(
                        overview.repeated,
                        "Readiness for your role",
                        "percent",
                        name="readiness_shown",
                        value="readiness",
                        note="Blank until 80 % is rated.",
                    ),
                    worked_out(
                        overview.repeated,
                        "Training budget left",
                        "left",
                        name="available_shown",
                        value="available",
                        note="",
                    ),
                    worked_out(overview.next_step, "What to do next", "told"),
                )
            ),
            Heading(say("What is reached, area by area")),
            *_areas(areas, say),
            Heading(say("Top priorities")),
            Rows(TOP, [{"key": f"k:{n}", "n": n} for n in range(1, TOP_COUNT + 1)]),
            Heading(say("Skill against interest: how many activities")),
            _grid(view, say),
        ),
        colour="guide",
        one_page=True,
        portrait=True,
    )


def _areas(areas: list[dict[str, Any]], say: Translate) -> tuple[Block, ...]:
    """The areas with their chart; a radar takes three corners."""
    if not areas:
        return (Prose((say("Your role expects no activity of this catalog."),)),)
    kind: Literal["bar", "radar"] = "bar" if len(areas) < 3 else "radar"
    about = say("For each area, the share of the expectation that is reached, inside a ring of 100 %.")
    series = (("plot", "Reached"), ("ring", "Expected"))[: 1 if kind == "bar" else 2]
    chart = Chart(kind, say("Reached and expected"), about, "areas", "short", series, (0, 1), "0%")
    return Rows(AREAS, areas), chart


def _grid(view: PersonView, say: Translate) -> Rows:
    skill, interest = view.occasion.catalog.scale("skill"), view.occasion.catalog.scale("interest")
    table = grid(tuple((p.value, f"{p.value} {p.label}") for p in interest.points))
    columns = {f"interest_point@i{n}": p.value for n, p in enumerate(interest.points)}
    rows = [
        {"key": f"k:{p.value}", "skill": f"{p.value} {p.label}", "skill_point": p.value, **columns}
        for p in reversed(skill.points)
    ]
    return Rows(table, rows)
