"""Overview: the organization on one page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from growthsheet.analysis.responses import Response, by_state, in_states, managers_responses, unfinished
from growthsheet.analysis.survey import PersonStanding, Survey
from growthsheet.analysis.team_coverage import ActivityCoverage, AreaCoverage, TeamCoverage
from growthsheet.measures import organization, ratings, team
from growthsheet.model.code_words import SHOWN_WORDS
from growthsheet.sheets.organization.coverage import FLAGGED
from growthsheet.sheets.shared.snapshot import cycle_and_day
from growthsheet.sheets.team.overview import (
    AGREED_FIRST,
    ANSWERED_ENOUGH,
    GAPS_SHOWN,
    HAVE_BEGUN,
    MANY_PEOPLE,
    NAMES_LINES,
    OVERVIEW,
    UNFINISHED,
    UNFINISHED_NOTE,
    told_lines,
)
from growthsheet.text.labels import IN_BARS, IN_CHARTS, short, unique_labels
from growthsheet.text.language import Translate, fill_in, titled
from growthsheet.workbook.blocks import Block, Cards, Chart, Charts, Heading, NamedCells, Paragraphs, Sheet, chart_size
from growthsheet.workbook.tables import NamedCell, Table, TableData, data_column, keyed_table, named_value

AREA_SUMMARY = keyed_table(
    "org_areas",
    data_column("area", "Area", "long"),
    data_column("met", "Met", "met", note=organization.share_met.words),
    data_column("rated", "Rated", "complete", note=organization.share_rated.words),
    data_column("level", "Level", "level", note=team.team_level.words),
    hidden=["short"],
)
ROLE_SUMMARY = keyed_table(
    "org_roles",
    data_column("role", "Role", "long"),
    data_column("met", "Met", "met", note=organization.share_met.words),
    data_column("people", "People", "count"),
    data_column("enough", "Rated enough", "tally", note="How many people have rated enough for a readiness."),
    data_column(
        "readiness",
        "Readiness",
        "percent",
        note="The readiness that at least half of those who have rated enough reach.",
    ),
    hidden=["short"],
)
ORGANIZATION_GAPS = keyed_table(
    "org_top_gaps",
    data_column("activity", "Largest gaps", "activity_line", note="The activities with the largest gaps."),
    data_column("share_short", "Share short", "bar", note=team.share_short.words),
    data_column("people_short", "People short", "count", note=team.people_short.words),
    data_column("teams", "Teams with a gap", "flagged", note=FLAGGED["teamgap"][1]),
)
STATES_IN_LINE = 4
"""The most states that are told in a line, so that it fits on the page."""
STATE_NOTE_WORDS = {
    "refused": "No answer could be taken from their files; the reasons are below.",
    "unconfirmed": "Ratings that nobody has changed or confirmed do not count.",
}


def organization_overview(survey: Survey, work: TeamCoverage, states: Sequence[Response], title: str) -> Sheet:
    """Return the tab."""
    view, translate = survey.view, survey.view.context.translate
    areas, roles = _areas(survey, work.everybody), _roles(survey)
    cards, next_step, answers = _figures(survey, work, states)
    gaps = _top_gaps(survey, work.coverage)
    charts: Block = Paragraphs((translate("Charts appear once half of what roles expect is rated."),))
    if any(row["met"] is not None for row in areas):
        charts = _charts(areas, roles, translate)
    return Sheet(
        OVERVIEW,
        f"{translate('Where the organization stands, on one page.')} {cycle_and_day(view.context)}."
        f" {translate(AGREED_FIRST)}",
        (
            cards,
            next_step,
            *((TableData(ORGANIZATION_GAPS, gaps),) if gaps else ()),
            answers,
            charts,
            Heading(translate("Areas")),
            TableData(AREA_SUMMARY, areas),
            Heading(translate("Roles")),
            TableData(ROLE_SUMMARY, roles),
        ),
        title=title,
        main=AREA_SUMMARY.name,
        colour="guide",
        one_page=True,
        portrait=True,
    )


def _figures(survey: Survey, work: TeamCoverage, states: Sequence[Response]) -> tuple[Cards, NamedCells, NamedCells]:
    """Return the main figures, what to do next, and who has not answered."""
    translate, people = survey.view.context.translate, len(survey.stands)
    rated = team.people_rated.function([stand.completeness for stand in survey.stands])
    next_step = organization.organization_next_step.function(people, rated, _translate=translate)
    answered = team.people_answered.function([each.answered for each in states])
    marks = [ratings.many_not_applicable.function(each.not_applicable, each.expected) for each in states]
    many = team.many_not_applicable_count.function(marks)
    told = [(each, each.person.name) for each in unfinished(states)]
    met = _met([(each.rated, each.met_count, each.expected) for each in work.everybody.values()])
    share = team.share_answered.function(answered, people)
    cards = Cards(
        (
            named_value("people", "People", people, "whole"),
            named_value("people_answered", HAVE_BEGUN, answered, "tally", note=team.people_answered.words),
            named_value("met", "Expectations met", met, "percent", note=organization.share_met.words),
            named_value("teams", "Teams", sum(bool(id) for id in survey.teams), "whole"),
        ),
        {
            "people_answered": named_value("share_answered", "", share, "percent"),
            "met": named_value("share_met", "", met, "percent"),
        },
    )
    facts = (
        *(
            named_value(state, SHOWN_WORDS[state], count, "tally", note=STATE_NOTE_WORDS.get(state, ""))
            for state, count in by_state([each.shown for each in states]).items()
        ),
        *told_lines("unfinished", UNFINISHED, told, translate, UNFINISHED_NOTE),
        *_managers(states, translate),
        named_value("people_rated", ANSWERED_ENOUGH, rated, "tally", note=team.people_rated.words),
        named_value("people_not_applicable", MANY_PEOPLE[0], many, "tally", note=MANY_PEOPLE[1]),
    )
    return cards, NamedCells((named_value("next", "What to do next", next_step, "told"),)), NamedCells(facts)


def _managers(states: Sequence[Response], translate: Translate) -> Iterator[NamedCell]:
    """Yield how many managers are in each state, and who of them has not finished, and why."""
    if managers := managers_responses(states):
        counts = in_states([each.state for each in managers], translate)
        for n in range(0, len(counts), STATES_IN_LINE):
            line = ", ".join(counts[n : n + STATES_IN_LINE])
            yield named_value(f"managers_{n}", "" if n else "The managers' part", line, "told")
        told = [(each, each.name) for each in unfinished(managers)]
        yield from told_lines("unrated", "Managers who have not finished", told, translate, most=NAMES_LINES // 2)


def _met(counts: Iterable[tuple[int, int, int]]) -> float | None:
    """Return the share of expectations met, from the numbers rated, met and expected of several groups."""
    rated, met, expected = map(sum, zip((0, 0, 0), *counts, strict=True))
    share: float | None = organization.share_met.function(met, rated, expected)
    return share


def _lowest_first(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(rows, key=lambda row: 2 if row["met"] is None else row["met"])


def _charts(areas: Sequence[Any], roles: Sequence[Any], translate: Translate) -> Charts:
    about = translate(
        "A bar for each, lowest first: the share of what is expected and rated that is met, in percent, from 0 to 100."
    )

    def bars(title: str, table: Table, rows: Sequence[Any], beside: Sequence[Any]) -> Chart:
        size = chart_size(len(rows), len(beside))
        rated = [row["short"] for row in rows if row["met"] is not None]
        lowest = [fill_in(translate("Lowest when this workbook was built: {name}."), name=rated[0])] if rated else []
        words = " ".join([about, *lowest])
        return Chart("bar", title, words, table.name, "short", ("met", "Met"), (0, 1), "0%", size)

    return Charts(
        (
            bars(translate("Expectations met in each area"), AREA_SUMMARY, areas, roles),
            bars(translate("Expectations met in each role"), ROLE_SUMMARY, roles, areas),
        )
    )


def _areas(survey: Survey, found: Mapping[str, AreaCoverage]) -> list[dict[str, Any]]:
    catalog = survey.view.context.catalog
    names = unique_labels({area.id: area.name for area in catalog.areas}, IN_BARS)
    return _lowest_first(
        {
            "key": f"k:{area.id}",
            "area": area.name,
            "short": names[area.id],
            "rated": organization.share_rated.function(at.rated, at.expected),
            "met": at.met,
            "level": at.level,
        }
        for area in catalog.areas
        if (at := found.get(area.id))
    )


def _roles(survey: Survey) -> list[dict[str, Any]]:
    held: dict[str, list[PersonStanding]] = {}
    for stand in survey.stands:
        held.setdefault(stand.colleague.role.id, []).append(stand)
    roles = survey.view.context.catalog.roles
    names = unique_labels({role.id: role.name for role in roles}, IN_BARS)
    rows = _lowest_first(
        {
            "key": f"k:{role.id}",
            "role": role.name,
            "short": names[role.id],
            "met": _met(_counts(stand, survey.ruler(role.id).places) for stand in held[role.id]),
            "people": len(held[role.id]),
            "enough": sum(stand.readiness is not None for stand in held[role.id]),
            "readiness": team.team_readiness.function([stand.readiness for stand in held[role.id]]),
        }
        for role in roles
        if role.id in held
    )
    translate = survey.view.context.translate
    reason = translate("few ratings")
    return [
        row | ({"short": titled(translate, short(row["short"], IN_CHARTS), reason)} if row["met"] is None else {})
        for row in rows
    ]


def _counts(stand: PersonStanding, places: Sequence[int]) -> tuple[int, int, int]:
    """Return how many of a person's expected activities are rated, are met, and are expected."""
    rated = sum(isinstance(stand.used[place], int | float) for place in places)
    return rated, rated - (stand.gap_count or 0), len(places)


def _top_gaps(survey: Survey, covered: Sequence[ActivityCoverage]) -> list[dict[str, Any]]:
    shares = {each.place: team.share_short.function(each.short, each.rated) for each in covered if each.short}
    short = [each for each in covered if each.place in shares]
    largest = sorted(short, key=lambda each: (-shares[each.place], -(each.total_gap or 0)))
    return [
        {
            "key": f"k:{survey.activities[each.place].id}",
            "activity": survey.activities[each.place].name,
            "share_short": shares[each.place],
            "people_short": each.short,
            "teams": each.flags["teamgap"],
        }
        for each in largest[:GAPS_SHOWN]
    ]
