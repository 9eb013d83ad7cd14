"""The bench: how ready each person of a team is for the roles that may come next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from growthsheet.analysis.standings import role_readiness
from growthsheet.model import Role
from growthsheet.views.organization import OrganizationMember
from growthsheet.views.team import Member, TeamView
from growthsheet.workbook.results import Results, schema


@dataclass(frozen=True, slots=True)
class Prospect:
    """A person and a role that may come next, with the numbers of :func:`.standings.role_readiness`."""

    member: Member
    role: Role
    numbers: Mapping[str, Any]


def next_roles(who: Member | OrganizationMember, roles: Mapping[str, Role]) -> Iterator[Role]:
    """Yield the next roles on both paths and the target role of a person."""
    for name in dict.fromkeys((*who.role.next, who.person.target_role)):
        if name in roles and name != who.role.id:
            yield roles[name]


def prospects(view: TeamView) -> list[Prospect]:
    """Return each person with each next role and target role, role by role, those with most readiness first."""
    roles = view.context.catalog.role_by_id
    place = {name: number for number, name in enumerate(roles)}
    found = [
        Prospect(member, role, role_readiness(view.context, role, member.ratings))
        for member in view.present
        for role in next_roles(member, roles)
    ]
    return sorted(found, key=lambda p: (p.role.rank, place[p.role.id], *_nearness(p)))


def bench_results(view: TeamView) -> Results:
    """Return a row for each person and each role that may come next; readiness is blank until 80% is rated."""
    return schema("bench").table(
        {
            "person_id": each.member.person.id,
            "person": each.member.person.name,
            "role": each.member.role.name,
            "next_role_id": each.role.id,
            "next_role": each.role.name,
            "path": each.role.path,
            **each.numbers,
        }
        for each in prospects(view)
    )


def _nearness(prospect: Prospect) -> tuple[bool, float, float, str, str]:
    """Return a sort key: by readiness from the highest down, then those who have not rated enough."""
    ready, complete = prospect.numbers["readiness"], prospect.numbers["completeness"]
    person = prospect.member.person
    return (ready is None, -(ready or 0), -(complete or 0), person.name.casefold(), person.id)
