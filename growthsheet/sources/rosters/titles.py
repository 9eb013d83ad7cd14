"""From job titles to the catalog's roles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from growthsheet.model import Role
from growthsheet.sources.rosters.headers import header_words
from growthsheet.sources.rosters.words import words
from growthsheet.sources.tables.columns import quoted
from growthsheet.text.counts import first_of, plural
from growthsheet.text.folding import by_text
from growthsheet.text.problem_list import ProblemList
from growthsheet.text.quoting import did_you_mean

_ROLE = "a role of the catalog, by id, name or alias"
MOST_TITLES = 10
"""How many titles that match no role are a problem of their own; the others are one."""
_SILENT = {"of", "the", "and", "for"}


def _plain(title: str) -> str:
    return " ".join(header_words(title))


def _spelled_out(title: str) -> str:
    """Return a title in full words, without the small ones: 'Sr. PM' is 'senior product manager'."""
    return " ".join(_abbreviations().get(word, word) for word in header_words(title) if word not in _SILENT)


@cache
def _abbreviations() -> Mapping[str, str]:
    return {short: long for short, _, long in (each.partition(" ") for each in words("abbreviations"))}


@dataclass(frozen=True, slots=True)
class RoleMatch:
    """A role's id, and whether it was found only by spelling out an abbreviation."""

    role: str
    guess: bool = False


class Titles:
    """Finds roles by id, name and alias; remembers each title, for there are few among many people.

    >>> from growthsheet.model import Role
    >>> titles = Titles([Role(id="vp", name="Vice President of Product", expected={})])
    >>> titles.match("VICE PRESIDENT OF PRODUCT"), titles.match("VP, Product"), titles.match("Buyer")
    (RoleMatch(role='vp', guess=False), RoleMatch(role='vp', guess=True), None)
    """

    def __init__(self, roles: Iterable[Role]) -> None:
        roles = list(roles)
        self._plain: dict[str, str] = {}
        ids, names = by_text(roles, lambda role: [_plain(role.id)]), by_text(roles, lambda role: [_plain(role.name)])
        # A name is surer than an alias, and an id than that; where two roles share one, it means neither.
        for called in (by_text(roles, lambda role: map(_plain, role.aliases)), names, ids):
            self._plain |= {text: those[0].id for text, those in called.items() if len(those) == 1}
        self._long = by_text(roles, lambda role: map(_spelled_out, (role.id, role.name, *role.aliases)))
        self._names = {_spelled_out(role.name): role.name for role in roles}
        self._matches: dict[str, RoleMatch | None] = {}

    def match(self, title: str) -> RoleMatch | None:
        """Return the role that a title means; None when it means none, or more than one."""
        if title not in self._matches:
            exact = self._plain.get(_plain(title))
            roles = self._long.get(_spelled_out(title), [])
            guess = RoleMatch(roles[0].id, guess=True) if len(roles) == 1 else None
            self._matches[title] = RoleMatch(exact) if exact else guess
        return self._matches[title]

    def suggestion(self, title: str) -> str:
        """Return the hint for a title that matches nothing: the nearest role, if one is near."""
        return did_you_mean(_spelled_out(title), self._names, "", 0.75, self._names)


def roles_of(
    said: Sequence[tuple[str, str]], titles: Titles, default: str, findings: ProblemList, place: str
) -> list[str]:
    """Return the role id of each person from what their role and title columns say; ``default`` where neither matches.

    What matches nothing is one problem for each distinct title (one note in all when there is a default), with the
    count of people who have it.
    """
    found: list[str] = []
    missed: Counter[str] = Counter()
    guessed: Counter[tuple[str, str]] = Counter()
    for role, title in said:
        by_role = titles.match(role) if role else None
        match = by_role or titles.match(title)
        if match is None:
            missed[role or title] += 1
        elif match.guess or (role and not by_role):
            guessed[role or title, match.role] += 1
        found.append(match.role if match else default)
    for (title, role), count in guessed.items():
        findings.note("title-guess", place, f"{quoted(title)} is taken as {role} ({plural(count, 'person')})")
    if missed and default:
        titled = first_of([quoted(title) if title else "blank" for title in missed], MOST_TITLES)
        told = f"{titled}: no role of the catalog; {plural(missed.total(), 'person')} taken as {default}"
        findings.note("default-role", place, told)
    rare = sorted(missed, key=lambda title: -missed[title])[MOST_TITLES:] if len(missed) > MOST_TITLES + 1 else []
    for title, count in ({} if default else missed).items():
        if title not in rare:
            hint = titles.suggestion(title) or "name the role with --map role=COLUMN or --default-role"
            named = f"{quoted(title)}" if title else "blank"
            findings.error("unknown-role", place, f"{named} ({plural(count, 'person')})", _ROLE, hint)
    if rare and not default:
        told = first_of([f"{quoted(title)}" for title in rare], MOST_TITLES)
        summed = f"{len(rare):,} more ({plural(sum(missed[title] for title in rare), 'person')}): {told}"
        findings.error("unknown-role", place, summed, _ROLE, "name the role with --map role=COLUMN or --default-role")
    return found
