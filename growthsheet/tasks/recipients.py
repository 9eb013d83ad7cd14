"""Who gets which letter about a workbook, and who still has to answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from growthsheet.analysis.responses import Response, refused_why
from growthsheet.model import Person
from growthsheet.roster.roster import Roster
from growthsheet.sheets.books import SEEN_BY_MANAGER, SEEN_BY_PERSON
from growthsheet.text.language import Translate, fill_in
from growthsheet.text.quoting import one_line

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


def reminders(roster: Roster, book: LetterBook, responses: Collection[Response]) -> dict[str, str]:
    """Return by id those who have not answered everything, each with what to remind of."""
    cycle = one_line(roster.cycle.label)
    if book == "people":
        waiting = [response for response in responses if response.state != "complete"]
        return {each.person.id: _remind(each, cycle, roster.context_for(each.person).translate) for each in waiting}
    counts = Counter(r.person.manager for r in responses if r.manager and r.manager_state != "complete")
    asked = [manager for manager in roster.managers if counts[manager.id]]
    refused = {r.person.manager: r.manager_refused for r in responses}
    told = {}
    for who in asked:
        translate = roster.context_for(who).translate
        unrated = fill_in(translate("People whom you have not rated completely: {number}."), number=counts[who.id])
        told[who.id] = " ".join((unrated, *_refused(refused[who.id], cycle, translate)))
    return told


def _remind(response: Response, cycle: str, translate: Translate) -> str:
    """Return what a person is reminded of: how much is answered, and what became of the file that came back."""
    answered = translate("Activities answered so far: {answered} of {expected}.")
    told = [fill_in(answered, answered=response.answered, expected=response.expected)]
    if response.state == "blank":
        told.insert(0, translate("Your file came back without an answer."))
    if response.without_skill:
        text = translate("Rows without a skill, which do not count as answered: {number}.")
        told.append(fill_in(text, number=response.without_skill))
    if response.state == "unconfirmed":
        text = translate(
            "Your answers from last time are not confirmed: look through them, and choose Yes at the top of {tab}."
        )
        told.append(fill_in(text, tab=translate("Assessment")))
    return " ".join([*told, *_refused(response.refused, cycle, translate)])


def _refused(refused: str, cycle: str, translate: Translate) -> Iterator[str]:
    """Yield a sentence on the file that came back, if it or cells of it were refused."""
    if refused.isdecimal():
        text = translate("Cells of the file you sent that were not taken: {number}. Choose values from their lists.")
        yield fill_in(text, number=refused)
    elif refused:
        text = translate(
            "The file you sent could not be taken ({reason}). Please send your workbook for {cycle} as one .xlsx file."
        )
        yield fill_in(text, reason=refused_why(refused, translate), cycle=cycle)


def seen_by(roster: Roster, book: LetterBook, translate: Translate) -> str:
    """Return the sentences on who sees the workbook, as on its tab Guide."""
    return " ".join(map(translate, SEEN_BY_PERSON if book == "people" else (SEEN_BY_MANAGER[roster.options.pay],)))
