"""Who has answered: the state of each person in a review cycle, and of the manager's part about each person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from growthsheet.measures import responses as m
from growthsheet.model import NOT_APPLICABLE, Person, Rating, Role
from growthsheet.text.counts import plural
from growthsheet.views.context import BuildContext, Ratings
from growthsheet.views.organization import OrganizationView
from growthsheet.views.returned import ReceivedWorkbook, ReturnedBy
from growthsheet.workbook.results import Results, schema

RESPONSE_WORDS = {
    "missing": "not returned",
    "blank": "came back blank",
    "refused": "returned and refused",
    "unconfirmed": "prefilled and not confirmed",
    "partial": "not complete",
    "complete": "complete",
}
"""The states of a response, with their words."""

OUTDATED = ("older-answers", "cycle-is-over")
"""The codes of files that change nothing and ask nobody for anything where all is answered."""

COLUMNS = (
    *("cycle", "person_id", "person", "team", "manager_id", "manager", "email", "state", "answered", "expected"),
    *("not_applicable", "answered_on", "refused", "manager_state", "manager_answered", "manager_refused"),
)
"""The columns of a table of responses."""


@dataclass(frozen=True, slots=True)
class Response:
    """The state of one person in a review cycle."""

    cycle: str
    person: Person
    manager: str
    """The manager's name; blank if the person reports to nobody on the roster."""
    state: str
    """A key of :data:`RESPONSE_WORDS`; answers that came before count, a file alone does not."""
    answered: int
    expected: int
    manager_state: str
    """The same for what the manager rated about the person; blank if there is no manager."""
    manager_answered: int
    not_applicable: int = 0
    """How many of the answers are n/a."""
    answered_on: date | None = None
    """The day on which the workbook with the last answer was saved, if it came back and tells that."""
    said: tuple[int, int] = (0, 0)
    """The numbers of activities that the person and the manager rated, expected ones or not; notes alone are none."""
    refused: str = ""
    """The code for which the person's file was refused, or how many of its cells were; blank if nothing was."""
    manager_refused: str = ""
    """The same for the manager's file."""

    @property
    def unanswered(self) -> bool:
        """True if the person has not answered anything, or has not confirmed what was prefilled."""
        return self.state in ("missing", "blank", "refused", "unconfirmed")

    def judged(self, returned: ReturnedBy) -> Response:
        """Return the response with the states that follow from what came back."""
        own, led = returned.people.get(self.person.id), returned.teams.get(self.person.manager)
        state = _state(self.answered, self.expected, self.said[0], own)
        of_manager = _state(self.manager_answered, self.expected, self.said[1], led) if self.manager else ""
        day = own.saved if own and state not in ("blank", "refused") else None
        found = replace(self, state=state, answered_on=day, refused=_refused(state, own))
        refused = _refused(of_manager, led) if self.manager else ""
        return replace(found, manager_state=of_manager, manager_refused=refused)

    @property
    def words(self) -> str:
        """The state in words, such as "31 of 36 answered"."""
        if self.state == "partial":
            return f"{self.answered} of {self.expected} answered"
        cells = plural(int(self.refused), "cell") if self.refused.isdecimal() else self.refused
        return f"{RESPONSE_WORDS[self.state]} ({cells})" if self.state == "refused" else RESPONSE_WORDS[self.state]

    def record(self) -> dict[str, Any]:
        """Return the values of :data:`COLUMNS` by their names."""
        return dict(zip(COLUMNS, self.row, strict=True))

    @property
    def row(self) -> tuple[Any, ...]:
        """The values of :data:`COLUMNS`."""
        person = self.person
        who = (person.id, person.name, person.team, person.manager if self.manager else "", self.manager, person.email)
        day = self.answered_on.isoformat() if self.answered_on else ""
        told = (self.state, self.answered, self.expected, self.not_applicable, day, self.refused)
        return (self.cycle, *who, *told, self.manager_state, self.manager_answered, self.manager_refused)


def _refused(state: str, file: ReceivedWorkbook | None) -> str:
    """Return what was refused; blank if it is an earlier file than that of somebody who is complete."""
    return "" if file is None or (state == "complete" and file.refused in OUTDATED) else file.refused


def _state(answered: int, expected: int, said: int, file: ReceivedWorkbook | None) -> str:
    came = (1, int(file.unconfirmed), int(bool(file.refused))) if file else (0, 0, 0)
    state: str = m.response_state.function(answered, expected, said, *came)
    return state


def response_of(
    context: BuildContext, person: Person, role: Role, found: Ratings, manager: str, returned: ReturnedBy
) -> Response:
    """Return the state of one person."""
    (answered, not_applicable), (by_manager, _) = (_answered(context, role, of) for of in (found.own, found.manager))
    said = _rated(context, found.own.values()), _rated(context, found.manager.values())
    counts = answered, len(context.expected(role)), "", by_manager, not_applicable, None, said
    return Response(context.cycle.id, person, manager, "", *counts).judged(returned)


def organization_responses(view: OrganizationView) -> tuple[Response, ...]:
    """Return everybody's state, in the order of the view."""
    names, context = {manager.id: manager.name for manager in view.managers}, view.context
    return tuple(
        response_of(context, each.person, each.role, each.ratings, names.get(each.person.manager, ""), view.returned)
        for each in view.people
    )


def _answered(context: BuildContext, role: Role, found: Mapping[str, Rating]) -> tuple[int, int]:
    """Return how many of the expected activities are answered, and how many of them with n/a."""
    expected = [found[id] for id in context.expected(role) if id in found]
    return _rated(context, expected), [each.skill for each in expected].count(NOT_APPLICABLE)


def _rated(context: BuildContext, found: Iterable[Rating]) -> int:
    """Return how many ratings hold an answer; notes alone are none."""
    points = context.catalog.scale("skill").values
    return sum(1 for each in found if m.answered.function(each.skill, points))


def response_results(responses: Iterable[Response]) -> Results:
    """Return a row for each person."""
    return Results(schema("responses"), tuple(each.row for each in responses))


def summed_up(responses: Collection[Response]) -> str:
    """Return how many people are in each state, as a text."""
    found = Counter(each.state for each in responses)
    told = [state for state in reversed(RESPONSE_WORDS) if found[state] or state not in ("refused", "unconfirmed")]
    parts = [f"{found[state]:,} {RESPONSE_WORDS[state]}" for state in told]
    return f"{plural(responses, 'person')}: {', '.join(parts)}"
