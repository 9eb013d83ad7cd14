"""Reviews: a row for each person and expected activity, where the manager's and the agreed ratings are typed.

All that is calculated from a rating is in the same row, which moves along when the table is sorted; other tabs find the
row by its key, in which a short code stands for the person's id.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from growthsheet.measures import budget, coaching, responses, team
from growthsheet.measures import ratings as m
from growthsheet.model import Activity
from growthsheet.model.answers import scales
from growthsheet.model.ratings import ScaleWords
from growthsheet.sheets.person.assessment import LAST_TIME
from growthsheet.sheets.shared.snapshot import table_tab
from growthsheet.views.team import Member, TeamView
from growthsheet.workbook.blocks import Sheet
from growthsheet.workbook.scales import offered, points
from growthsheet.workbook.tables import (
    KEY,
    Column,
    Ref,
    Table,
    TableData,
    calculated_column,
    data_column,
    input_column,
    keyed_table,
)

REVIEWS = "Reviews"
NAME = "reviews"


def on_reviews(column: str) -> Ref:
    """Return a column of the reviews."""
    return Ref(NAME, column)


@lru_cache(maxsize=8)
def table(rated: tuple[tuple[str, ScaleWords], ...], returning: bool = True, blind: bool = False) -> Table:
    """Return the table; ``rated`` are the scales with their words, ``returning`` is true after a first cycle.

    If it is ``blind``, what a person says is in hidden columns, and shows once the manager has rated.
    """

    def of_person(name: str, header: str, style: str, note: str = "") -> Column:
        if not blind:
            return data_column(name, header, style, note=note)
        more = {"note": coaching.after_manager.words} if note else {"note": ""}
        read = points(coaching.after_manager)
        return calculated_column(coaching.after_manager, header, style, name=name, own=f"own_{name}", **read, **more)

    choices: dict[str, Any] = {"choices": offered("skill")}
    own = [f"own_{name}" for name in (*(scale for scale, _ in rated), "evidence") if blind]
    shown, unseen = _since() if returning else ((), ())
    return keyed_table(
        NAME,
        data_column("person", "Person", "who"),
        data_column("activity", "Activity", "activity"),
        data_column("expected", "Expected", "vote", note="The skill that the role expects."),
        of_person("skill", "Self", "vote", "What the person says."),
        *(of_person(scale, words.header, "vote") for scale, words in rated if scale != "skill"),
        of_person("evidence", "Evidence and notes", "evidence"),
        *shown[:1],
        input_column("manager", "Manager", "vote", note="Your own rating of the person.", **choices),
        input_column("agreed", "Agreed", "vote", note="What you agreed on. It counts before Self.", **choices),
        calculated_column(coaching.difference, "Difference", "difference", **points(coaching.difference)),
        calculated_column(m.gap, "Gap", "gap"),
        input_column("note", "Note", "remark", prompt=("Note", "Your note about this activity.")),
        *shown[1:],
        calculated_column(m.used, hidden=True, **points(m.used)),
        calculated_column(m.priority, hidden=True),
        calculated_column(team.priority_of_person, hidden=True),
        _answered("self_answered", "own_skill" if blind else "skill"),
        _answered("manager_answered", "manager"),
        *unseen,
        hidden=("find", "who", "area_key", "number", "order", "importance", "weighted_expectation", *own),
    )


def _answered(name: str, rating: str) -> Column:
    return calculated_column(responses.answered, name=name, rating=rating, hidden=True, **points(responses.answered))


def _since() -> tuple[tuple[Column, ...], tuple[Column, ...]]:
    """Return the columns of the last cycle: those that are shown, and those with the outcome of each gap of then."""
    read: dict[str, Any] = {
        "then": "last_time",
        "whose": Ref("lines", "person_code"),
        "activities": Ref("lines", "activity_choice"),
        "amounts": Ref("lines", "counted"),
    }
    return (
        (
            data_column("last_time", "Last time", "vote", note=LAST_TIME),
            data_column("last_cycle", "Last cycle", "choice"),
        ),
        (data_column("paid", hidden=True), calculated_column(budget.outcome, hidden=True, **read)),
    )


def returning(view: TeamView) -> bool:
    """Return whether a member of the team took part in an earlier cycle."""
    return any(member.history for member in view.present)


def row_key(who: str, activity: str) -> str:
    """Return the key of the row of a person, by id or code, and an activity."""
    return f"{KEY}{who}:{activity}"


def reviews(view: TeamView) -> Sheet:
    """Return the tab."""
    translate, numbers = view.context.translate, {id: n for n, id in enumerate(view.activities, 1)}
    rows = [
        _row(view, number, member, activity) | {"order": numbers[activity.id]}
        for number, member in enumerate(view.present, 1)
        for activity in view.context.expected(member.role).values()
    ]
    purpose = "Filter by person; type your own and the agreed ratings. An agreed rating counts first."
    if view.context.blind_manager:
        purpose = "Filter by person, and type your own ratings. People's own ratings appear where you have rated."
    return table_tab(
        REVIEWS,
        translate(purpose),
        TableData(table(tuple(scales().items()), returning(view), view.context.blind_manager), rows),
        print_to="note",
        portrait=True,
        colour="fill",
        on_page=translate("What people and their manager rated. An agreed rating counts first."),
    )


def _row(view: TeamView, number: int, member: Member, activity: Activity) -> dict[str, Any]:
    context, id = view.context, member.person.id
    row: dict[str, Any] = {
        "key": row_key(id, activity.id),
        "find": row_key(view.codes[id], activity.id),
        "who": view.codes[id],
        "area_key": f"a:{activity.area}",
        "number": number,
        "person": view.labels[id],
        "activity": activity.name,
        "expected": member.role.expected[activity.id],
        "importance": context.catalog.importance(member.role, activity),
        "weighted_expectation": context.weighted_expectation(member.role, activity),
    }
    if member.history:
        said = member.history[-1].said(activity.id, context.catalog)
        row |= {"last_time": said, "last_cycle": None if said is None else member.history[-1].dated(context)}
        row |= {"paid": 1 if activity.id in member.paid else None}
    own, manager, agreed = (
        found.get(activity.id) for found in (member.answered, member.ratings.manager, member.ratings.agreed)
    )
    hidden = "own_" if context.blind_manager else ""
    return row | {
        **{f"{hidden}{scale}": getattr(own, scale, None) for scale in scales()},
        f"{hidden}evidence": own.evidence if own else "",
        "manager": manager.skill if manager else None,
        "agreed": agreed.skill if agreed else None,
        "note": manager.note if manager else "",
    }
