"""Overview: the team on one page."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from growthsheet.analysis.standings import readiness
from growthsheet.expr import Measure
from growthsheet.measures import budget, lookups, progress, ratings, team
from growthsheet.measures import overview as summary
from growthsheet.model.code_words import FLAG_WORDS
from growthsheet.sheets.shared.lists import FLAGS, words
from growthsheet.sheets.team.skill_matrix import on_matrix, people, returning
from growthsheet.sheets.team.training_budget import on_totals
from growthsheet.text.labels import IN_TITLES, labels
from growthsheet.views.team import Member, TeamView
from growthsheet.workbook.blocks import Chart, Charts, Facts, Heading, Sheet, chart_size
from growthsheet.workbook.tables import Column, Ref, Rows, Table, fact, given, hidden, measured, worked_out

OVERVIEW = "Overview"
TOP_COUNT = 8


def each(view: TeamView) -> Table:
    """One row, a column a person: what is worked out of a person's columns of the matrix."""
    read: dict[str, Any] = {"priorities": on_matrix("priority"), "worths": on_matrix("worth"), "gaps": on_matrix("gap")}
    named = people(view)
    return Table(
        "each",
        (
            given("key"),
            *(given("who", label, of=code) for code, label in named),
            *(given("expected_count", label, "count", of=code) for code, label in named),
            *(measured(ratings.rated_count, label, of=code, gaps=on_matrix("gap")) for code, label in named),
            *(measured(ratings.completeness, label, of=code) for code, label in named),
            *(measured(ratings.readiness, label, of=code, **read) for code, label in named),
            *(measured(team.gap_count, label, of=code, gaps=on_matrix("gap")) for code, label in named),
            *(
                measured(
                    team.largest_gap, label, of=code, priorities=on_matrix("priority"), activities=on_matrix("activity")
                )
                for code, label in named
            ),
        ),
    )


def each_rows(view: TeamView) -> Rows:
    """That one row."""
    code = view.codes
    row: dict[str, object] = {"key": "k:each"}
    for member in view.present:
        of = code[member.person.id]
        row |= {f"who@{of}": of, f"expected_count@{of}": len(view.occasion.expected(member.role))}
    return Rows(each(view), [row])


def _of_each(name: str) -> Ref:
    return Ref("each", name)


def _of_person(measure: Measure, header: str, style: str) -> Column:
    """What that one row holds for the person."""
    name = measure.name
    return measured(lookups.found_across, header, style, name=name, row=_of_each(name), note=measure.words)


@lru_cache(maxsize=2)
def people_table(returning: bool) -> Table:
    """A row a person; ``returning`` says whether somebody was there in an earlier cycle."""
    change = measured(
        progress.change,
        "Since last cycle",
        "points",
        now="readiness",
        then="readiness_then",
        note="How much readiness changed since the last cycle, in points of a hundred.",
    )
    then = hidden(given("readiness_then", "", "percent"))
    return Table(
        "people",
        (
            given("key"),
            given("name", "Name", "name"),
            given("role", "Role", "name"),
            _of_person(ratings.expected_count, "Expected", "count"),
            _of_person(ratings.rated_count, "Rated", "tally"),
            _of_person(ratings.completeness, "Complete", "complete"),
            _of_person(ratings.readiness, "Readiness", "percent"),
            *((change, then) if returning else ()),
            _of_person(team.gap_count, "Gaps", "count"),
            measured(
                lookups.found_text_across,
                "Highest priority",
                "long",
                name="largest_gap",
                row=_of_each("largest_gap"),
                note=team.largest_gap.words,
            ),
            given("who", hidden=True),
            measured(lookups.across_at, name="at", key="who", keys=_of_each("who"), hidden=True),
            measured(summary.plotted, name="plot", value="readiness", hidden=True),
            hidden(given("short")),
        ),
        lines=2,
    )


TOP_GAPS = Table(
    "top_gaps",
    (
        given("key"),
        measured(
            lookups.found_text,
            "Activity",
            "name",
            name="activity",
            column=on_matrix("activity"),
            note="The activities with the largest gaps.",
        ),
        measured(
            lookups.word,
            "Flag",
            "flag",
            name="flag",
            code="flag_code",
            codes=FLAGS["code"],
            labels=FLAGS["label"],
            look="flag_code",
            note=team.flag.words,
        ),
        measured(
            lookups.found,
            "People short",
            "count",
            name="people_short",
            column=on_matrix("people_short"),
            note=team.people_short.words,
        ),
        measured(
            lookups.found,
            "Sum of gaps",
            "count",
            name="total_gap",
            column=on_matrix("total_gap"),
            note=team.total_gap.words,
        ),
        given("n", hidden=True),
        measured(lookups.at_rank, name="at", ranks=on_matrix("team_rank"), hidden=True),
        measured(lookups.found_text, name="flag_code", hidden=True, column=on_matrix("flag")),
    ),
    lines=2,
)

BY_FLAG = Table(
    "by_flag",
    (
        given("key"),
        words(FLAGS, "flag", "flag", "code", header="Flag", note=""),
        measured(team.flags_counted, "Activities", "tally", flags=on_matrix("flag")),
        given("code", hidden=True),
    ),
)

MONEY = Table(
    "money",
    (
        given("key"),
        given("currency", "Training budget in", "name"),
        measured(
            lookups.found,
            "Allocation",
            "sum",
            name="allocation",
            column=on_totals("allocation"),
            note=budget.allocation.words,
        ),
        measured(
            lookups.found,
            "Committed",
            "sum",
            name="committed",
            column=on_totals("committed"),
            note=budget.committed.words,
        ),
        measured(lookups.found, "Spent", "sum", name="spent", column=on_totals("spent"), note=budget.spent.words),
        measured(
            lookups.found,
            "Available",
            "left",
            name="available",
            column=on_totals("available"),
            note=budget.available.words,
        ),
        measured(lookups.at, key="currency", keys=on_totals("currency"), hidden=True),
    ),
)


AREAS = Table(
    "team_areas",
    (
        given("key"),
        given("area", "Area"),
        measured(team.area_gap, area="key", areas=on_matrix("area_key"), total_gaps=on_matrix("total_gap")),
        measured(summary.plotted, name="plot", value="area_gap"),
    ),
)


def area_rows(view: TeamView) -> Rows:
    """The gaps of each area, for the hidden tab: a chart draws them."""
    found = {activity.area for activity in view.activities.values()}
    names = labels({area.id: area.name for area in view.occasion.catalog.areas if area.id in found}, IN_TITLES)
    return Rows(AREAS, [{"key": f"a:{id}", "area": name} for id, name in names.items()])


def people_rows(view: TeamView) -> Rows:
    """A row a person."""
    code, names = view.codes, labels({m.person.id: m.person.name for m in view.present}, IN_TITLES)
    rows = [
        {"key": f"k:{id}", "name": m.person.name, "short": names[id], "role": m.role.name, "who": code[id]}
        | {"readiness_then": _readiness_then(view, m)}
        for m in view.present
        for id in (m.person.id,)
    ]
    return Rows(people_table(returning(view)), rows)


def _readiness_then(view: TeamView, member: Member) -> Any:
    if not member.history:
        return None
    return readiness(view.occasion, member.role, member.history[-1].said)["readiness"]


def _charts(view: TeamView) -> Charts:
    say = view.occasion.say
    people, areas = len(view.present), len(area_rows(view).rows)
    return Charts(
        (
            Chart(
                "bar",
                say("Readiness of each person"),
                say("For each person, the readiness for the role of today; nothing where less than 80 % is rated."),
                "people",
                "short",
                (("plot", "Readiness"),),
                (0, 1),
                "0%",
                chart_size(people, areas),
            ),
            Chart(
                "bar",
                say("Gaps in each area"),
                say("For each area, the sum of the gaps of all people."),
                AREAS.name,
                "area",
                (("plot", "Sum of gaps"),),
                (0, None),
                "0",
                chart_size(areas, people),
            ),
        )
    )


def overview(view: TeamView, currencies: list[str]) -> Sheet:
    """The tab."""
    say = view.occasion.say
    return Sheet(
        OVERVIEW,
        f"{view.occasion.cycle.label}, {view.occasion.as_of.isoformat()}",
        (
            Facts(
                (
                    fact("people", "People", len(view.present), "whole"),
                    worked_out(
                        team.people_rated, "Rated to 80 % or more", "tally", shares=Ref("people", "completeness")
                    ),
                    worked_out(team.next_step, "What to do next", "told"),
                )
            ),
            _charts(view),
            Heading(say("Largest gaps")),
            Rows(TOP_GAPS, [{"key": f"k:{n}", "n": n} for n in range(1, TOP_COUNT + 1)]),
            Heading(say("Coverage")),
            Rows(BY_FLAG, [{"key": f"k:{flag}", "code": flag} for flag in FLAG_WORDS]),
            Heading(say("Training budget")),
            Rows(MONEY, [{"key": f"k:{currency}", "currency": currency} for currency in currencies]),
            Heading(say("People")),
            people_rows(view),
        ),
        title=f"{say('Team')}: {view.called}",
        main="people",
        colour="guide",
        one_page=True,
        portrait=True,
    )
