"""Who has answered: the state of each person in a review cycle, and of the manager's part about each person."""
# Longer than 300 lines: the responses of people and of managers are counted, judged and put into words alike.

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar

from growthsheet.measures import responses as m
from growthsheet.model import NOT_APPLICABLE, Person, Rating, Role
from growthsheet.model.answers import scales
from growthsheet.model.code_words import REFUSED_WORDS, RESPONSE_WORDS
from growthsheet.text.counts import plural
from growthsheet.text.language import Translate, fill_in, titled
from growthsheet.views.context import BuildContext, Ratings
from growthsheet.views.organization import OrganizationView
from growthsheet.views.returned import ReceivedWorkbook, ReturnedBy
from growthsheet.views.team import TeamView
from growthsheet.workbook.results import Results, schema

OUTDATED = ("older-answers", "cycle-is-over")
"""The codes of files that change nothing and ask nobody for anything where all is answered."""

COLUMNS = (
    *("cycle", "person_id", "person", "team", "manager_id", "manager", "email", "state", "answered", "expected"),
    *("not_applicable", "answered_on", "refused", "manager_state", "manager_answered", "manager_refused"),
)
"""The columns of a table of responses."""

BEFORE_LATER = "; "
"""The sign between the state that counts and the words about a later file that was refused."""

_UNANSWERED = ("missing", "blank", "refused", "unconfirmed")
_ALWAYS_TOLD = ("complete", "partial", "blank", "missing")
"""The states that are told of also if nobody is in them."""


@dataclass(frozen=True, slots=True)
class Response:
    """The state of one person in a review cycle."""

    cycle: str
    person: Person
    manager: str
    """The manager's name; blank if the person reports to nobody on the roster."""
    state: str
    """missing, blank, refused, unconfirmed, partial or complete: answers that came before count, a file does not."""
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
    without_skill: int = 0
    """How many of the expected activities have an experience, an interest or another rating, but no skill."""
    skill_only: bool = False
    """True if the person gave points for skills, and nothing on the other scales."""

    @property
    def unanswered(self) -> bool:
        """True if the person has not answered anything, or has not confirmed what was prefilled."""
        return self.state in _UNANSWERED

    @property
    def finished(self) -> bool:
        """True if the person is complete, and just that."""
        return self.shown == "complete" and not self.refused

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
    def shown(self) -> str:
        """The state as people read it, a key of :data:`RESPONSE_WORDS`: it tells of skills alone, or none of them."""
        if self.without_skill and self.state in ("missing", "blank"):
            return "no_skill"
        return "skill_only" if self.skill_only and self.state == "complete" else self.state

    @property
    def words(self) -> str:
        """The state in words, with numbers and with what became of a file, such as "31 of 36 answered"."""
        state = [] if self.state == "partial" else [RESPONSE_WORDS[self.shown]]
        told = ", ".join((*state, *self._counts("{answered} of {expected} answered", str), *self._without_skill(str)))
        return with_refusal(told, self.state, self.refused, str)

    def missing(self, translate: Translate) -> str:
        """Return what the state alone does not say: the numbers, and what became of a file."""
        counts = self._counts("{answered} of {expected}", translate)
        refused = _beside_state(self.state, self.refused, translate)
        return ", ".join(filter(None, (*counts, *self._without_skill(translate), refused)))

    def _counts(self, answered: str, translate: Translate) -> Iterator[str]:
        if self.state in ("partial", "unconfirmed") or (self.not_applicable and self.state == "complete"):
            yield fill_in(translate(answered), answered=self.answered, expected=self.expected)
        if self.not_applicable:
            yield fill_in(translate("{number} of them n/a"), number=self.not_applicable)

    def _without_skill(self, translate: Translate) -> Iterator[str]:
        if self.without_skill:
            of_all = self.shown == "no_skill"
            rows = translate("rows: {number}") if of_all else translate("rows without skill: {number}")
            yield fill_in(rows, number=self.without_skill)

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


@dataclass(frozen=True, slots=True)
class ManagerResponse:
    """The state of a manager's part in a review cycle: what the manager rated about the people of the team."""

    id: str
    name: str
    email: str
    team: tuple[Response, ...]

    @property
    def state(self) -> str:
        """The state that all of the team are in; partial if some are rated, completely or in part."""
        found = {each.manager_state for each in self.team}
        return "partial" if len(found) > 1 and found & {"complete", "partial"} else self.team[0].manager_state

    @property
    def refused(self) -> str:
        """The code for which the manager's file was refused, or how many of its cells were; blank if nothing was."""
        return self.team[0].manager_refused

    @property
    def unanswered(self) -> bool:
        """True if the manager has not rated anybody."""
        return self.state in _UNANSWERED

    @property
    def finished(self) -> bool:
        """True if the manager has rated everybody completely, and sent no later file that was refused."""
        return self.state == "complete" and not self.refused

    @property
    def shown(self) -> str:
        """The state as people read it, a key of :data:`RESPONSE_WORDS`."""
        return self.state

    def told(self, translate: Translate) -> str:
        """Return the state in the words of a language: how many people are rated, and what became of a file."""
        return with_refusal(self._rated(translate), self.state, self.refused, translate)

    def missing(self, translate: Translate) -> str:
        """Return what the state alone does not say: how many people are rated, and what became of a file."""
        rated = self._rated(translate) if self.state == "partial" else ""
        return ", ".join(filter(None, (rated, _beside_state(self.state, self.refused, translate))))

    def _rated(self, translate: Translate) -> str:
        states = [each.manager_state for each in self.team]
        whole = [1 if state == "complete" else None for state in states]
        begun = [int(state in ("complete", "partial")) for state in states]
        unless = translate(RESPONSE_WORDS[self.state])
        told: str = m.part_of_manager.function(whole, begun, len(states), unless, _translate=translate)
        return told

    def unless_rated(self, translate: Translate) -> str:
        """Return what is told while nobody of the team is rated."""
        return self.told(translate) if self.unanswered else translate(RESPONSE_WORDS["partial"])


def _refused(state: str, file: ReceivedWorkbook | None) -> str:
    """Return what was refused; blank if it is an earlier file than that of somebody who is complete."""
    return "" if file is None or (state == "complete" and file.refused in OUTDATED) else file.refused


def _state(answered: int, expected: int, said: int, file: ReceivedWorkbook | None) -> str:
    came = (1, int(file.unconfirmed), int(bool(file.refused))) if file else (0, 0, 0)
    state: str = m.response_state.function(answered, expected, said, *came)
    return state


def refused_why(refused: str, translate: Translate) -> str:
    """Return why a file was refused, or how many of its cells were, in words."""
    if refused.isdecimal():
        return fill_in(translate("cells that were not taken: {number}"), number=refused)
    return translate(REFUSED_WORDS.get(refused, REFUSED_WORDS[""]))


def _beside_state(state: str, refused: str, translate: Translate) -> str:
    """Return what was refused, to be said after the state; blank if nothing was."""
    return refused and (refused_why if state == "refused" else refused_later)(refused, translate)


def with_refusal(told: str, state: str, refused: str, translate: Translate) -> str:
    """Return a state's words with what was refused: instead of all answers, or after those that count."""
    why = _beside_state(state, refused, translate)
    if not why:
        return told
    return titled(translate, told, why) if state == "refused" else told + BEFORE_LATER + why


def refused_later(refused: str, translate: Translate) -> str:
    """Return why a file was refused that came after answers that count, or how many of its cells were."""
    reason = refused_why(refused, translate)
    return reason if refused.isdecimal() else fill_in(translate("a later file was refused: {reason}"), reason=reason)


_R = TypeVar("_R", Response, ManagerResponse)


def unfinished(responses: Iterable[_R]) -> list[_R]:
    """Return those who are not complete, or not just that: first those who have not answered."""
    found = [each for each in responses if not each.finished]
    return sorted(found, key=lambda each: (not each.unanswered, each.state == "complete"))


def response_of(
    context: BuildContext, person: Person, role: Role, found: Ratings, manager: str, returned: ReturnedBy
) -> Response:
    """Return the state of one person."""
    own, by_manager = ([of[id] for id in context.expected(role) if id in of] for of in (found.own, found.manager))
    said = _rated(context, found.own.values()), _rated(context, found.manager.values())
    not_applicable = [each.skill for each in own].count(NOT_APPLICABLE)
    counts = _rated(context, own), len(context.expected(role)), "", _rated(context, by_manager), not_applicable
    others = [name for name in scales() if name != "skill"]
    more = [any(getattr(each, name) is not None for name in others) for each in own]
    without_skill = sum(each.skill is None and beside for each, beside in zip(own, more, strict=True))
    skill_only = not any(more) and any(each.skill not in (None, NOT_APPLICABLE) for each in own)
    response = Response(context.cycle.id, person, manager, "", *counts, said=said)
    return replace(response, without_skill=without_skill, skill_only=skill_only).judged(returned)


def organization_responses(view: OrganizationView) -> tuple[Response, ...]:
    """Return everybody's state, in the order of the view."""
    names, context = {manager.id: manager.name for manager in view.managers}, view.context
    return tuple(
        response_of(context, each.person, each.role, each.ratings, names.get(each.person.manager, ""), view.returned)
        for each in view.people
    )


def team_responses(view: TeamView) -> tuple[Response, ...]:
    """Return the state of everybody who is present in a team, in the order of the view.

    A manager who rates blind learns how much is answered, and not how much of it is n/a.
    """
    came = {member.person.id: member.returned for member in view.present if member.returned}
    returned = ReturnedBy(people=came, teams={view.manager.id: view.returned} if view.returned else {})
    context, name = view.context, view.manager.name
    found = (
        response_of(context, each.person, each.role, replace(each.ratings, own=each.answered), name, returned)
        for each in view.present
    )
    return tuple(replace(each, not_applicable=0) if context.blind_manager else each for each in found)


def managers_responses(responses: Iterable[Response]) -> tuple[ManagerResponse, ...]:
    """Return the state of each manager's part, in the order of their first people."""
    teams: dict[str, list[Response]] = {}
    emails: dict[str, str] = {}
    for each in responses:
        emails[each.person.id] = each.person.email
        if each.manager:
            teams.setdefault(each.person.manager, []).append(each)
    return tuple(ManagerResponse(id, of[0].manager, emails.get(id, ""), tuple(of)) for id, of in teams.items())


def _rated(context: BuildContext, found: Iterable[Rating]) -> int:
    """Return how many ratings hold an answer; notes alone are none."""
    points = context.catalog.scale("skill").values
    return sum(1 for each in found if m.answered.function(each.skill, points))


def response_results(responses: Iterable[Response]) -> Results:
    """Return a row for each person."""
    return Results(schema("responses"), tuple(each.row for each in responses))


def by_state(states: Iterable[str]) -> dict[str, int]:
    """Return how many people are in each state; most states are left out if nobody is in them."""
    found = Counter(states)
    return {state: found[state] for state in reversed(RESPONSE_WORDS) if found[state] or state in _ALWAYS_TOLD}


def summed_up(states: Collection[str], noun: str) -> str:
    """Return how many people there are, and how many are in each state, as a text."""
    return f"{plural(states, noun)}: {', '.join(in_states(states, str))}"


def in_states(states: Iterable[str], translate: Translate) -> list[str]:
    """Return how many are in each state, in the words of a language."""
    return [f"{count:,} {translate(RESPONSE_WORDS[state])}" for state, count in by_state(states).items()]
