"""Who gets which letter about a workbook, and who still has to answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from growthsheet.analysis.responses import Response
from growthsheet.model import Person
from growthsheet.roster.roster import Roster
from growthsheet.sheets.books import SEEN_BY_MANAGER, SEEN_BY_PERSON
from growthsheet.text.language import Translate, fill_in

LetterBook = Literal["people", "teams"]


@dataclass(frozen=True)
class LetterKind:
    """A kind of letter: the kind of workbook that it is about, its folder and its template."""

    book: str
    home: str
    template: str


LETTER_KINDS: Mapping[LetterBook, LetterKind] = {
    "people": LetterKind("person", "invitations", "text/invitation.txt"),
    "teams": LetterKind("team", "team-invitations", "text/team-invitation.txt"),
}


def readers(roster: Roster, book: LetterBook, managers: list[str]) -> list[Person]:
    """Return whom to write to: people about their own workbook, or managers who are there about their team's."""
    if book == "people":
        return [one for team in roster.teams(managers) for one in team.people] if managers else list(roster.people)
    present = {person.id for person in roster.people}
    return [team.manager for team in roster.teams(managers) if team.manager.id in present]


def reminders(roster: Roster, book: LetterBook, responses: Iterable[Response]) -> dict[str, str]:
    """Return by id those who have not answered everything, each with what to remind of."""
    if book == "people":
        waiting = [response for response in responses if response.state != "complete"]
        return {each.person.id: _remind(each, roster.context_for(each.person).translate) for each in waiting}
    text = "People whom you have not rated completely: {number}."
    counts = Counter(r.person.manager for r in responses if r.manager and r.manager_state != "complete")
    asked = [manager for manager in roster.managers if counts[manager.id]]
    return {who.id: fill_in(roster.context_for(who).translate(text), number=counts[who.id]) for who in asked}


def _remind(response: Response, translate: Translate) -> str:
    """Return what a person is reminded of: how much is answered, and what became of the file that came back."""
    answered = translate("So far, {answered} of {expected} activities are answered.")
    told = [fill_in(answered, answered=response.answered, expected=response.expected)]
    if response.state == "unconfirmed":
        text = translate(
            "Your answers of last time are not confirmed: look through them, and choose Yes on top of {tab}."
        )
        told.append(fill_in(text, tab=translate("Assessment")))
    if response.refused.isdecimal():
        text = translate("Cells of the file you sent that were not taken: {number}. Choose values from their lists.")
        told.append(fill_in(text, number=response.refused))
    elif response.refused:
        text = translate("The file you sent could not be taken ({reason}). Please send one file, saved as .xlsx.")
        told.append(fill_in(text, reason=response.refused))
    return " ".join(told)


def seen_by(roster: Roster, book: LetterBook) -> str:
    """Return the sentences on who sees the workbook, as on its tab Guide, in English."""
    return SEEN_BY_PERSON if book == "people" else SEEN_BY_MANAGER[roster.options.pay]
