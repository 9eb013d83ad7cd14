"""Overview: the team on one page."""

from __future__ import annotations

from typing import Any

from ..blocks import Facts, Heading, Sheet
from ..measures import budget, lookups, ratings, team
from ..tables import Ref, Rows, Table, fact, given, measured, worked_out
from ..views import TeamView
from .lists import FLAG_WORDS, FLAGS, words
from .matrix import on_matrix, people
from .team_budget import on_totals

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


PEOPLE = Table(
    "people",
    (
        given("key"),
        given("name", "Name", "name"),
        given("role", "Role", "name"),
        measured(
            lookups.found_across,
            "Expected",
            "count",
            name="expected_count",
            row=_of_each("expected_count"),
            note=ratings.expected_count.words,
        ),
        measured(
            lookups.found_across,
            "Rated",
            "tally",
            name="rated_count",
            row=_of_each("rated_count"),
            note=ratings.rated_count.words,
        ),
        measured(
            lookups.found_across,
            "Complete",
            "complete",
            name="completeness",
            row=_of_each("completeness"),
            note=ratings.completeness.words,
        ),
        measured(
            lookups.found_across,
            "Readiness",
            "percent",
            name="readiness",
            row=_of_each("readiness"),
            note=ratings.readiness.words,
        ),
        measured(
            lookups.found_across,
            "Gaps",
            "count",
            name="gap_count",
            row=_of_each("gap_count"),
            note=team.gap_count.words,
        ),
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


def overview(view: TeamView, currencies: list[str]) -> Sheet:
    """The tab."""
    say, code = view.occasion.say, view.codes
    members = [
        {"key": f"k:{m.person.id}", "name": m.person.name, "role": m.role.name, "who": code[m.person.id]}
        for m in view.present
    ]
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
            Heading(say("People")),
            Rows(PEOPLE, members),
            Heading(say("Largest gaps")),
            Rows(TOP_GAPS, [{"key": f"k:{n}", "n": n} for n in range(1, TOP_COUNT + 1)]),
            Heading(say("Coverage")),
            Rows(BY_FLAG, [{"key": f"k:{flag}", "code": flag} for flag in FLAG_WORDS]),
            Heading(say("Training budget")),
            Rows(MONEY, [{"key": f"k:{currency}", "currency": currency} for currency in currencies]),
        ),
        title=f"{say('Team')}: {view.called}",
        main="people",
        colour="guide",
        one_page=True,
    )
