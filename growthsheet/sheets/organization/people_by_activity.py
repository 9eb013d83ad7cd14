"""People x activities: a row for each person, plain data to filter, sort and copy out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from growthsheet.analysis.responses import Response
from growthsheet.analysis.survey import PersonStanding, Survey
from growthsheet.measures import ratings, responses, team
from growthsheet.sheets.shared.snapshot import dated
from growthsheet.workbook.blocks import Sheet
from growthsheet.workbook.tables import Table, TableData, data_column, keyed_table

PEOPLE_BY_ACTIVITY = "People x activities"
NAME = "everybody"


def people_by_activity(survey: Survey, states: tuple[Response, ...]) -> Sheet:
    """Return the tab."""
    context, on_page = (
        survey.view.context,
        "Everybody's skill in each activity: the agreed rating or, without one, the person's own.",
    )
    return Sheet(
        PEOPLE_BY_ACTIVITY,
        dated(context, on_page + " Filter it by its headers."),
        (TableData(_table(survey), People(survey, states)),),
        main=NAME,
        freeze="name",
        on_page=dated(context, on_page),
    )


def _table(survey: Survey) -> Table:
    return keyed_table(
        NAME,
        data_column("name", "Name", "whole_name"),
        data_column("role", "Role", "choice"),
        data_column("readiness", "Readiness", "percent", note=ratings.readiness.words),
        data_column("gap_count", "Gaps", "count", note=team.gap_count.words),
        *(
            data_column("used", survey.activities[place].name, "mark", of=survey.activities[place].id)
            for place in _places(survey)
        ),
        data_column("team", "Team", "choice"),
        *(data_column("kept", name, "choice", of=f"c{n}") for n, name in enumerate(survey.view.kept)),
        data_column("completeness", "Complete", "complete", note=ratings.completeness.words),
        data_column("answered", "Answered", "count", note=responses.answered_of.words),
        data_column("by_manager", "By the manager", "count", note="How many of them the manager has answered."),
        data_column("email", "E-mail", "choice"),
        data_column("id", "Id", "key"),
    )


def _places(survey: Survey) -> list[int]:
    shown = survey.view.activities
    return [place for place, activity in enumerate(survey.activities) if activity.id in shown]


class People(Sequence[dict[str, Any]]):
    """The rows, each made when it is read: there may be 50,000."""

    def __init__(self, survey: Survey, states: tuple[Response, ...]) -> None:
        self._survey, self._states = survey, states
        self._used = [(place, f"used@{survey.activities[place].id}") for place in _places(survey)]

    def __len__(self) -> int:
        return len(self._survey.stands)

    def __getitem__(self, place: Any) -> Any:
        if isinstance(place, slice):
            return [*map(self._row, self._survey.stands[place], self._states[place])]
        return self._row(self._survey.stands[place], self._states[place])

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return map(self._row, self._survey.stands, self._states)

    def _row(self, stand: PersonStanding, state: Response) -> dict[str, Any]:
        person, role, teams = state.person, stand.colleague.role, self._survey.view.teams
        context = self._survey.view.context
        told = partial(responses.answered_of.function, expected_count=state.expected, _translate=context.translate)
        return {
            "key": f"k:{person.id}",
            "id": person.id,
            "name": person.name,
            "role": role.name,
            "team": teams.get(person.manager) or teams[""],
            **{f"kept@c{n}": text for n, (_, text) in enumerate(person.kept)},
            "readiness": stand.readiness,
            "completeness": stand.completeness,
            "gap_count": stand.gap_count,
            "answered": told(state.answered),
            "by_manager": told(state.manager_answered) if state.manager else None,
            "email": person.email,
            **{name: stand.used[place] for place, name in self._used},
        }
