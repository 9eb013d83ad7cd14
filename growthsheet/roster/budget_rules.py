"""Rules for the rates of training budgets, as they apply to the people of a roster."""

from __future__ import annotations

from collections.abc import Iterator

from growthsheet.errors import InputError, Problem
from growthsheet.model import BudgetPolicy, Catalog
from growthsheet.sources.rosters.read_roster import RosterReading
from growthsheet.sources.rosters.titles import Titles


def rules_of_roster(policy: BudgetPolicy, reading: RosterReading, catalog: Catalog) -> BudgetPolicy:
    """Return a policy with roles by id, and with the rates that the roster itself gives to people, which come first.

    Raises
    ------
    InputError
        With every rule that is about nobody, because it is for a person, role or country that there is not.
    """
    if not policy.rates and not reading.rates:
        return policy
    titles = Titles(catalog.roles)
    rates: dict[str, float] = {}
    problems = list(_about_nobody(policy, reading, titles))
    for rule, rate in policy.rates.items():
        kind, _, of = rule.partition(":")
        if kind == "role" and (match := titles.match(of)):
            rule = f"role:{match.role.casefold()}"
        if rates.setdefault(rule, rate) != rate:
            found, expected = "two rates for one role", "one rate for each role"
            problems.append(Problem("budget-rule", f"rates: {rule}", found, expected, "take one of them out"))
    if problems:
        raise InputError(problems)
    own = {f"person:{id}": rate for id, rate in reading.rates.items()}
    return policy.model_copy(update={"rates": rates | own})


def _about_nobody(policy: BudgetPolicy, reading: RosterReading, titles: Titles) -> Iterator[Problem]:
    people = (*reading.people, *reading.leavers)
    ids, countries = {*reading.absent, *(who.id for who in people)}, {who.country.casefold() for who in people} - {""}
    for rule in policy.rates:
        kind, _, of = rule.partition(":")
        found, expected, hint = "", "", "correct it, or take it out"
        if kind == "person" and of not in ids:
            found, expected = "nobody on the roster has this id", "the id of a person on the roster"
        elif kind == "role" and not titles.match(of):
            found, expected = "no such role", "a role of the catalog, by id or name"
            hint = titles.suggestion(of) or hint
        elif kind == "country" and of not in countries:
            found = "nobody on the roster is in this country" if countries else "the roster gives nobody's country"
            expected = f"one of {', '.join(sorted(countries))}" if countries else "a column country"
            hint = hint if countries else 'name its column with --map country="...", or take the rule out'
        if found:
            yield Problem("budget-rule", f"rates: {rule}", found, expected, hint)
