"""The state of each person, and of each manager, in the words of ``growthsheet status``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from growthsheet.analysis.responses import Response
from growthsheet.model import Answers, Rating
from growthsheet.model.code_words import REFUSED_WORDS
from growthsheet.tasks.explain import explanations
from growthsheet.tasks.status import unanswered, unrated
from growthsheet.views.returned import ReceivedWorkbook, ReturnedBy
from tests.making import earlier_cycles, family, rating, this_cycle

EXPECTED = ("talks", "pricing", "data", "roadmap", "launch")


def no_skill() -> list[Rating]:
    """Everything is answered but skill."""
    return [rating("A", id, None, 2, 1) for id in EXPECTED]


def skill_only() -> list[Rating]:
    """Nothing is answered but skill."""
    return [rating("A", id, 2) for id in EXPECTED]


def responses(
    ratings: Iterable[Rating], came: dict[str, ReceivedWorkbook], teams: dict[str, ReceivedWorkbook] | None = None
) -> tuple[Response, ...]:
    """Everybody's response, with what came back by the person's id, and teams' by the manager's."""
    made = family(Answers(cycles=(this_cycle(),), ratings=tuple(ratings)))
    return replace(made, returned=ReturnedBy(made.cycle.id, came, teams or {})).responses()


def told(ratings: Iterable[Rating], came: ReceivedWorkbook | None = None) -> str:
    """What is told of Ana."""
    return responses(ratings, {"A": came} if came else {})[1].words


def test_what_is_answered_beside_skill_is_told() -> None:
    """Nobody who filled in cells is told as blank, and nobody without experience and interest as just complete."""
    blank = ReceivedWorkbook()
    assert told(no_skill(), blank) == told(no_skill()) == "answered without skill, rows: 5"
    assert told([*no_skill()[1:], *skill_only()[:1]], blank) == "1 of 5 answered, rows without skill: 4"
    assert (told([]), told([], blank)) == ("not returned", "returned blank")
    assert told(skill_only(), blank) == "complete without experience and interest"
    assert told([rating("A", id, 2, 1, 1) for id in EXPECTED], blank) == "complete"
    assert told([rating("A", id, "n/a") for id in EXPECTED], blank) == "complete, 5 of 5 answered, 5 of them n/a"
    assert told([rating("A", "talks", "n/a")]) == "1 of 5 answered, 1 of them n/a"
    (first,), *rows = unanswered(responses(skill_only(), {}))
    assert first.startswith("7 people: 0 complete, 1 complete without experience and interest, 0 not complete")
    assert rows[-1][:2] == ("  Ana Ruiz (A)", "complete without experience and interest")


def test_a_refused_file_does_not_hide_how_far_somebody_is() -> None:
    """Who has answered in part, or all, and then sent a file that was refused, is told both."""
    ods = ReceivedWorkbook(refused="opendocument")
    assert told([], ods) == "returned and refused: saved as .ods"
    assert told(skill_only()[:2], ods) == "2 of 5 answered; a later file was refused: saved as .ods"
    assert told(skill_only()[:2], ReceivedWorkbook(refused="3")) == "2 of 5 answered; cells that were not taken: 3"
    three = ReceivedWorkbook(unconfirmed=True)
    assert told(skill_only()[:3], three) == "prefilled and not confirmed, 3 of 5 answered"
    assert told([], ReceivedWorkbook(refused="ill-formed-part")) == "returned and refused: cannot be read"


def test_who_is_complete_with_some_that_are_not_applicable_is_named_last() -> None:
    """Of those who are complete, the ones with n/a are told, after everybody who has not finished."""
    of_bo = [rating("B", id, "n/a" if id == "talks" else 2, 1, 1) for id in EXPECTED]
    complete = [rating("A", id, 2, 1, 1) for id in EXPECTED]
    _, *rows = unanswered(responses([*of_bo, *complete], {}))
    assert [row[1] for row in rows] == ["not returned"] * 5 + ["complete, 5 of 5 answered, 1 of them n/a"]


def test_the_managers_part_is_told() -> None:
    """Of each manager who has not rated everybody is told how far, and why a file was refused."""
    rated = [rating(person, id, 2, source="manager") for person, ids in (("A", 5), ("B", 1)) for id in EXPECTED[:ids]]
    damaged = {"Z": ReceivedWorkbook(refused="damaged-zip")}
    assert [*unrated(responses(rated, {}, damaged))] == [
        ("2 managers: 0 complete, 1 not complete, 1 returned and refused, 0 returned blank, 0 not returned",),
        ("  Zoe Top (Z)", "returned and refused: damaged", ""),
        ("  Mia Boss (M)", "1 of 4 rated completely, 1 in part", ""),
    ]
    assert [*unrated(responses(rated[5:], {}))][2][1] == "0 of 4 rated completely, 1 in part"
    assert [*unrated([each for each in responses([], {}) if not each.manager])] == []


def test_what_nobody_answered_in_an_earlier_cycle_was_not_asked() -> None:
    """An activity that is new in the catalog does not make a cycle incomplete that is over; the newest may be so."""
    past = earlier_cycles()[1]
    then = [rating("A", id, 2, 1, 1, cycle=past) for id in EXPECTED[:4]]
    some = rating("B", "talks", 2, 1, 1, cycle=past)
    made = family(Answers(cycles=(past, this_cycle()), ratings=(*then, some, rating("A", "talks", 2))), cycle=past)
    ana, bo = made.responses()[1:3]
    assert [(each.state, each.answered, each.expected) for each in (ana, bo)] == [("complete", 4, 4), ("partial", 1, 4)]
    assert replace(made, cycle=this_cycle()).responses()[1].expected == 5
    newest = family(Answers(cycles=(past,), ratings=(*then, some)), cycle=past)
    assert newest.responses()[1].words == "4 of 5 answered"
    few = replace(made, answers=made.answers.model_copy(update={"ratings": (some, rating("A", "talks", 2))}))
    assert few.responses()[2].words == "1 of 5 answered"  # so few answers do not show what was asked


def test_words_are_those_of_codes() -> None:
    """Each code of a refused file that has words is one that problems have."""
    assert {*REFUSED_WORDS} - {""} <= {*explanations()}
