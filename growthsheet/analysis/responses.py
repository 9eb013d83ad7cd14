"""Who has answered: the state of each person in a review cycle, and of the manager's part about each person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from growthsheet.measures import responses as m
from growthsheet.model import Person, Rating, Role
from growthsheet.text.counts import plural
from growthsheet.views.context import BuildContext, Ratings
from growthsheet.workbook.results import Results, schema

RESPONSE_WORDS = {
    "missing": "not returned",
    "blank": "returned without an answer",
    "partial": "not complete",
    "complete": "complete",
}
"""The states of a response, with their words."""

COLUMNS = (
    *("cycle", "person_id", "person", "manager_id", "manager", "email", "state", "answered", "expected"),
    *("manager_state", "manager_answered"),
)
"""The columns of a table of responses."""


@dataclass(frozen=True, slots=True)
class ReturnedBy:
    """The ids of the people whose own workbook came back, and of the managers whose team's did."""

    people: Collection[str] = ()
    teams: Collection[str] = ()


NONE_RETURNED = ReturnedBy()


@dataclass(frozen=True, slots=True)
class Response:
    """The state of one person in a review cycle."""

    cycle: str
    person: Person
    manager: str
    """The manager's name; blank if the person reports to nobody on the roster."""
    state: str
    """``missing``, ``blank``, ``partial`` or ``complete``; answers that came before count, a file alone does not."""
    answered: int
    expected: int
    manager_state: str
    """The same for what the manager rated about the person; blank if there is no manager."""
    manager_answered: int

    @property
    def unanswered(self) -> bool:
        """True if the person has not answered anything."""
        return self.state in ("missing", "blank")

    @property
    def words(self) -> str:
        """The state in words, such as "31 of 36 answered"."""
        return f"{self.answered} of {self.expected} answered" if self.state == "partial" else RESPONSE_WORDS[self.state]

    def record(self) -> dict[str, Any]:
        """Return the values of :data:`COLUMNS` by their names."""
        return dict(zip(COLUMNS, self.row, strict=True))

    @property
    def row(self) -> tuple[Any, ...]:
        """The values of :data:`COLUMNS`."""
        person = self.person
        who = (person.id, person.name, person.manager if self.manager else "", self.manager, person.email)
        return (self.cycle, *who, self.state, self.answered, self.expected, self.manager_state, self.manager_answered)


def response_of(
    context: BuildContext, person: Person, role: Role, found: Ratings, manager: str, returned: ReturnedBy
) -> Response:
    """Return the state of one person."""
    answered, expected = _answered(context, role, found.own), len(context.expected(role))
    state: str = m.response_state.function(answered, expected, len(found.own), int(person.id in returned.people))
    by_manager = _answered(context, role, found.manager)
    came = int(person.manager in returned.teams)
    manager_state: str = m.response_state.function(by_manager, expected, len(found.manager), came) if manager else ""
    return Response(context.cycle.id, person, manager, state, answered, expected, manager_state, by_manager)


def _answered(context: BuildContext, role: Role, found: Mapping[str, Rating]) -> int:
    points = context.catalog.scale("skill").values
    return sum(1 for id in context.expected(role) if id in found and m.answered.function(found[id].skill, points))


def response_results(responses: Iterable[Response]) -> Results:
    """Return a row for each person."""
    return Results(schema("responses"), tuple(each.row for each in responses))


def summed_up(responses: Collection[Response]) -> str:
    """Return how many people are in each state, as a text."""
    found = Counter(each.state for each in responses)
    parts = [f"{found[state]:,} {words}" for state, words in reversed(RESPONSE_WORDS.items())]
    return f"{plural(responses, 'person')}: {', '.join(parts)}"
