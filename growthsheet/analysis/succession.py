"""The bench of an organization: for each role, the people for whom it may come next, and the readiest of them."""

from __future__ import annotations

from dataclasses import dataclass, field

from growthsheet.analysis.bench import next_roles
from growthsheet.analysis.survey import Survey
from growthsheet.model import Person, Role

NEAREST_NAMED = 10
"""The greatest number of people who are named for each role."""


@dataclass(slots=True)
class Succession:
    """A role, the number of people who hold it, and the readiness of everybody for whom it may come next."""

    role: Role
    holders: int = 0
    candidates: list[tuple[Person, float | None, float | None]] = field(default_factory=list)
    """Each person with readiness and completeness."""

    @property
    def nearest(self) -> list[tuple[Person, float | None, float | None]]:
        """The readiest ten of those who have rated enough."""
        rated = (each for each in self.candidates if each[1] is not None)
        return sorted(rated, key=lambda c: (-(c[1] or 0), -(c[2] or 0), c[0].name.casefold(), c[0].id))[:NEAREST_NAMED]

    def ready(self, least: float) -> int:
        """Return the number of candidates whose readiness is at least ``least``."""
        return sum(ready is not None and ready >= least for _, ready, _ in self.candidates)

    @property
    def rated(self) -> int:
        """The number of candidates who have rated enough to have a readiness."""
        return sum(ready is not None for _, ready, _ in self.candidates)


def successions(survey: Survey) -> list[Succession]:
    """Return an object for each role that somebody holds or that may come next, most senior first."""
    roles = survey.view.context.catalog.role_by_id
    found = {name: Succession(role) for name, role in roles.items()}
    for stand in survey.stands:
        found[stand.colleague.role.id].holders += 1
        for role in next_roles(stand.colleague, roles):
            completeness, readiness, _ = survey.ready(role, stand.used)
            found[role.id].candidates.append((stand.colleague.person, readiness, completeness))
    there = (each for each in found.values() if each.holders or each.candidates)
    return sorted(there, key=lambda each: -each.role.rank)
