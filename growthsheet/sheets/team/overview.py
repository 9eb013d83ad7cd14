"""Overview: the team on one page."""

# Longer than 300 lines: the Overview of an organization lists people by its functions, too.

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from growthsheet.analysis.responses import (
    ManagerResponse,
    Response,
    managers_responses,
    refused_later,
    team_responses,
    unfinished,
)
from growthsheet.measures import budget, lookups, ratings, responses, team
from growthsheet.measures import overview as summary
from growthsheet.model.code_words import FLAG_WORDS, SHOWN_WORDS
from growthsheet.sheets.shared.lists import FLAGS, found_by_rank, found_column, numbered_rows, word_column
from growthsheet.sheets.shared.snapshot import cycle_and_day
from growthsheet.sheets.team.people_summary import person_rows
from growthsheet.sheets.team.reviews import on_reviews
from growthsheet.sheets.team.skill_matrix import on_matrix
from growthsheet.sheets.team.training_budget import on_totals
from growthsheet.text.labels import IN_BARS, unique_labels
from growthsheet.text.language import Translate, fill_in, titled
from growthsheet.views.team import TeamPay, TeamView
from growthsheet.workbook.blocks import Block, Cards, Chart, Charts, Heading, NamedCells, Paragraphs, Sheet, chart_size
from growthsheet.workbook.tables import (
    NamedCell,
    Ref,
    Table,
    TableData,
    calculated_column,
    data_column,
    keyed_table,
    named_formula,
    named_value,
)

OVERVIEW = "Overview"
GAPS_SHOWN, BARS_SHOWN, NAMES_LINES, NAMES_WIDTH = 6, 20, 8, 96
"""The most gaps, people's bars, lines of a list of names, and letters of such a line, so that it fits on the page."""
UNLESS_RATED = "your_part_unless_rated"
"""The cell that holds what is told of the manager's part while nobody is rated."""
ANSWERED_ENOUGH = "Answered 80% or more, n/a included"
SEEN_ENOUGH = ("Rated by both, 80% or more", "How many people there are of whose answers you see 80% or more.")
"""The label in place of that where a manager sees only what is rated by both, and its note."""
NOBODY_RATED = "Nobody has answered yet. Collect people's workbooks, or rate people on the tab Reviews."
MANY_PEOPLE = (
    "People with more than a quarter n/a",
    "How many people answered n/a to more than a quarter of their activities: something to talk about.",
)
MANY_ACTIVITIES = (
    "Activities with more than a quarter n/a",
    "To how many activities more than a quarter of the people answered n/a: something to talk about.",
)
HAVE_BEGUN, UNFINISHED = "Have begun", "Who has not finished"
AGREED_FIRST = "Agreed ratings count first; in people's own workbooks they count only if they are shared."
UNFINISHED_NOTE = "Who is not complete, and why. Prefilled ratings that nobody confirmed or changed do not count."


TOP_GAPS = keyed_table(
    "top_gaps",
    found_column(
        on_matrix("activity"), "Largest gaps", "activity_line", "The activities with the largest gaps.", text=True
    ),
    word_column(FLAGS, "flag", "flag", "flag_code", header="Flag", note=team.flag.words),
    found_column(on_matrix("share_short"), "Share short", "bar", team.share_short.words),
    found_column(on_matrix("people_short"), "People short", "count", team.people_short.words),
    *found_by_rank(on_matrix("team_rank")),
    found_column(on_matrix("flag"), name="flag_code", text=True),
    shown_by="activity",
)

BY_FLAG = keyed_table(
    "by_flag",
    replace(word_column(FLAGS, "flag", "flag", "code", header="Coverage", note=""), look="flag_carried"),
    calculated_column(team.flags_counted, "Activities", "tally", flags=on_matrix("flag")),
    calculated_column(team.flag_carried, hidden=True),
    hidden=["code"],
)

MONEY = keyed_table(
    "money",
    data_column("currency", "Training budget in", "name"),
    found_column(on_totals("allocation"), "Allocation", "sum", budget.allocation.words),
    found_column(on_totals("committed"), "Committed", "sum", budget.committed.words),
    found_column(on_totals("spent"), "Spent", "sum", budget.spent.words),
    found_column(on_totals("available"), "Available", "left", budget.available.words),
    calculated_column(lookups.at, key="currency", keys=on_totals("currency"), hidden=True),
)


AREAS_MET = keyed_table(
    "team_areas",
    data_column("area", "Area"),
    calculated_column(team.area_met, area="key", areas=on_reviews("area_key"), gaps=on_reviews("gap")),
    data_column("number", "Number", "whole"),
    calculated_column(team.sort_key, value="area_met"),
    calculated_column(team.worst_first, sort_keys="sort_key", numbers="number"),
)


def _bars(name: str, table: str, label: str, share: str) -> Table:
    """Return the table of a chart's bars: the rows of another table, worst first."""
    return keyed_table(
        name,
        *found_by_rank(Ref(table, "worst_first")),
        found_column(Ref(table, label), name="label", text=True),
        found_column(Ref(table, share), name="share"),
        calculated_column(summary.plotted, name="plot", value="share"),
    )


PEOPLE_BARS = _bars("people_bars", "people", "bar_label", "readiness")
AREA_BARS = _bars("area_bars", "team_areas", "area", "area_met")


ABOUT_PEOPLE_BARS = (
    "A bar for each person, lowest first: readiness for the current role in percent, from 0 to 100."
    " People without one come last."
)
ABOUT_AREA_BARS = (
    "A bar for each area, lowest first: the share of what is expected and rated that is met, in percent, from 0 to 100."
)


def bar_rows(view: TeamView) -> tuple[TableData, ...]:
    """Return the tables that charts show, for the hidden tab."""
    found = {activity.area for activity in view.activities.values()}
    names = unique_labels({area.id: area.name for area in view.context.catalog.areas if area.id in found}, IN_BARS)
    areas = [{"key": f"a:{id}", "area": name, "number": n} for n, (id, name) in enumerate(names.items(), 1)]
    return (
        TableData(AREAS_MET, areas),
        numbered_rows(AREA_BARS, len(areas)),
        numbered_rows(PEOPLE_BARS, min(len(view.present), BARS_SHOWN)),
    )


def _charts(view: TeamView) -> Charts | Paragraphs:
    """Return the charts; a sentence while there is nothing to draw."""
    translate = view.context.translate
    given = (rating for m in view.present for said in (m.answered, m.ratings.agreed) for rating in said.values())
    if not any(isinstance(rating.skill, int | float) for rating in given):
        return Paragraphs((translate(NOBODY_RATED),))
    people, areas = len(view.present), len({activity.area for activity in view.activities.values()})
    title = translate("Readiness of each person")
    if people > BARS_SHOWN:
        people, title = BARS_SHOWN, fill_in(translate("The {count} people with the lowest readiness"), count=BARS_SHOWN)

    def bars(table: Table, title: str, about: str, series: str, *sizes: int) -> Chart:
        words, size = translate(about), chart_size(*sizes)
        return Chart("bar", title, words, table.name, "label", ("plot", series), (0, 1), "0%", size)

    return Charts(
        (
            bars(PEOPLE_BARS, title, ABOUT_PEOPLE_BARS, "Readiness", people, areas),
            bars(AREA_BARS, translate("Expectations met in each area"), ABOUT_AREA_BARS, "Met", areas, people),
        )
    )


def _cards(view: TeamView, currencies: list[str]) -> Cards:
    """Return the main figures, of money only where it is in one currency."""
    note = "What is left of the team's allocations, also of people who left in this fiscal year."
    read: dict[str, Any] = {"column": on_totals("available"), "note": note}
    left = named_formula(budget.sum_of, "Budget left", "left", name="budget_left", **read)
    answered = named_formula(team.people_answered, HAVE_BEGUN, "tally", answered=Ref("people", "self_answered"))
    ready = named_formula(
        team.team_readiness, "Readiness of the team", "percent", readinesses=Ref("people", "readiness")
    )
    return Cards(
        (
            named_value("people", "People", len(view.present), "whole"),
            answered,
            ready,
            *((left,) if len(currencies) == 1 and currencies[0] and view.pay is not TeamPay.NONE else ()),
        ),
        {
            answered.name: named_formula(team.share_answered, "", "percent", note=""),
            ready.name: named_formula(summary.repeated, "", "percent", value=ready.name, note=""),
        },
    )


def told_lines(
    name: str,
    label: str,
    told: Iterable[tuple[Response | ManagerResponse, str]],
    translate: Translate,
    note: str = "",
    most: int = NAMES_LINES,
) -> Iterator[NamedCell]:
    """Yield lines with a state and the names of the people in it, each with what is missing; none for nobody.

    ``told`` are people's states and names, in the order of the lines.
    """
    groups: dict[str, list[str]] = {}
    for each, who in told:
        missing = each.missing(translate)
        groups.setdefault(translate(SHOWN_WORDS[each.shown]), []).append(f"{who} ({missing})" if missing else who)
    states = [_lines([titled(translate, state, first), *others]) for state, (first, *others) in groups.items()]
    found = [[line for of in states for line in _cut(of, of_each)] for of_each in range(most, 0, -1)]
    fitting = next((lines for lines in found if len(lines) <= most), [*found[-1][: most - 1], "…"])
    for n, line in enumerate(fitting, 1):
        yield named_value(f"{name}_{n}", label if n == 1 else "", line, "told", note=note if n == 1 else "")


def _lines(entries: Iterable[str]) -> list[str]:
    """Return a sentence in lines that break between entries only, or, where one is too long, after its commas."""
    lines = [""]
    for entry in entries:
        parts = [f"{entry},"]
        if len(entry) >= NAMES_WIDTH:  # it begins on a line of its own
            parts = ["", *f"{entry},".replace(" (", "\n(").replace(", ", ",\n").split("\n")]
        for part in parts:
            if lines[-1] and part and len(lines[-1]) + len(part) < NAMES_WIDTH:
                lines[-1] += f" {part}"
            else:
                lines.append(part)
    return [*filter(None, lines[:-1]), f"{lines[-1][:-1]}."]


def _cut(lines: list[str], most: int) -> list[str]:
    return lines if len(lines) <= most else [*lines[: most - 1], f"{lines[most - 1]} …"]


def _not_finished(view: TeamView, states: Sequence[Response]) -> Iterator[NamedCell]:
    """Yield who has not finished, and how far the manager is."""
    told = [(each, view.labels[each.person.id]) for each in unfinished(states)]
    yield from told_lines("unfinished", UNFINISHED, told, view.context.translate, UNFINISHED_NOTE)
    yield from _part_of_manager(view, states)


def _counts(view: TeamView, states: Sequence[Response]) -> Iterator[NamedCell]:
    """Yield how many people have answered how much."""
    label, note = SEEN_ENOUGH if view.context.blind_manager else (ANSWERED_ENOUGH, team.people_rated.words)
    answered, waiting = Ref("people", "self_answered"), Ref("people", "waiting")
    yield named_formula(responses.no_answer, "No answer yet", "tally", answered=answered, waiting=waiting)
    if unconfirmed := sum(each.state == "unconfirmed" for each in states):
        yield named_value("unconfirmed", SHOWN_WORDS["unconfirmed"], unconfirmed, "tally")
    yield named_formula(team.people_rated, label, "tally", shares=Ref("people", "completeness"), note=note)
    for name, (label, note), table in (
        ("people_not_applicable", MANY_PEOPLE, "people"),
        ("activities_not_applicable", MANY_ACTIVITIES, "matrix"),
    ):
        marks = Ref(table, ratings.many_not_applicable.name)
        yield named_formula(team.many_not_applicable_count, label, "tally", name=name, marks=marks, note=note)


def _part_of_manager(view: TeamView, states: Sequence[Response]) -> Iterator[NamedCell]:
    """Yield how many people the manager has rated, and why a later file was refused if one was."""
    marks = {"whole": Ref("people", "wholly_rated"), "answered": Ref("people", "manager_answered")}
    for part in managers_responses(states):
        yield named_formula(
            responses.part_of_manager, "Your part", "told", name="your_part", unless_rated=UNLESS_RATED, **marks
        )
        if part.refused and not part.unanswered:
            yield named_value("your_file", "", refused_later(part.refused, view.context.translate), "told")


def part_before(view: TeamView) -> Iterator[NamedCell]:
    """Yield what is told of the manager's part while nobody is rated, for the hidden tab."""
    for part in managers_responses(team_responses(view)):
        yield named_value(UNLESS_RATED, "Your part", part.unless_rated(view.context.translate))


def _money(view: TeamView, currencies: list[str]) -> tuple[Heading, TableData]:
    rows = [{"key": f"k:{currency}", "currency": currency} for currency in currencies]
    return Heading(view.context.translate("Training budget")), TableData(MONEY, rows)


def team_overview(view: TeamView, currencies: list[str]) -> Sheet:
    """Return the tab."""
    translate, states = view.context.translate, team_responses(view)
    charts, told = _charts(view), (*_not_finished(view, states),)
    waited_for: tuple[Block, ...] = (NamedCells(told),) if told else ()
    gaps = (
        numbered_rows(TOP_GAPS, GAPS_SHOWN),
        TableData(BY_FLAG, [{"key": f"k:{flag}", "code": flag} for flag in FLAG_WORDS], beside=True),
    )
    return Sheet(
        OVERVIEW,
        f"{cycle_and_day(view.context)}. {translate(AGREED_FIRST)}",
        (
            _cards(view, currencies),
            NamedCells((named_formula(team.team_next_step, "What to do next", "told"),)),
            *(gaps + waited_for if isinstance(charts, Charts) else waited_for + gaps),
            charts,
            *(_money(view, currencies) if len(currencies) > 1 else ()),
            Heading(translate("People")),
            NamedCells((*_counts(view, states),)),
            person_rows(view, states),
        ),
        title=titled(translate, translate("Team"), view.called),
        main="people",
        colour="guide",
        one_page=True,
        portrait=True,
    )
