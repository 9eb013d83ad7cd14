"""People to measure with: a roster, what they rated, planned and want to spend; the same in every run."""

from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

from growthsheet import Answers, BudgetItem, Catalog, PlanItem, Rating, Roster, load_catalog, load_roster

AS_OF = date(2026, 3, 1)
CYCLE = "2026"
ACTIONS = ("Shadow an experienced colleague", "Lead one round", "Take a course", "Write down what was learned")
PURCHASES = (("Course", "training"), ("Coach", "coaching"), ("Conference", "conferences"), ("Books", "books"))


def rows(people: int, team: int = 10) -> list[dict[str, Any]]:
    """A roster's rows: teams of ``team`` people, each under a manager, all managers under one director."""
    titles = [role.name for role in load_catalog("product-management").roles[:4]]
    found = [_row("D1", "Director of Product", "", 0)]
    for number in range(people):
        if number % team == 0:
            manager = f"M{number // team + 1}"
            found.append(_row(manager, "Group Product Manager", "D1", number))
        found.append(_row(f"P{number + 1}", titles[number % len(titles)], manager, number))
    return found


def _row(who: str, title: str, manager: str, number: int) -> dict[str, Any]:
    return {
        "id": who,
        "name": f"Person {who}",
        "title": title,
        "manager id": manager,
        "annual salary": 60_000 + number * 137 % 90_000,
    }


def write_roster(path: Path, people: int, team: int = 10) -> None:
    """A roster file of so many people, managers among them."""
    found = rows(people, team)[:people]  # managers come before their people
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, found[0])
        writer.writeheader()
        writer.writerows(found)


def roster(people: int, team: int = 10, rated: bool = True) -> Roster:
    """Everybody, with answers; with plans and budgets only, if nobody has rated."""
    catalog = load_catalog("product-management")
    loaded = load_roster(rows(people, team), catalog=catalog, currency="EUR", as_of=AS_OF)
    return answered(loaded, rated)


def answered(loaded: Roster, rated: bool = True) -> Roster:
    """The same roster once everybody has answered."""
    random = Random(1)  # the same answers in every run
    ratings: list[Rating] = []
    plans: list[PlanItem] = []
    lines: list[BudgetItem] = []
    for person in loaded.people:
        activities = list(loaded.catalog.role_by_id[person.role].expected)
        if rated:
            ratings += [_rating(loaded.catalog, person.id, activity, random) for activity in activities]
        for number, (action, (title, category)) in enumerate(zip(ACTIONS, PURCHASES, strict=True)):
            activity = activities[number * len(activities) // len(ACTIONS)]
            due = date(2026, 6 + number, 15)
            plans.append(PlanItem(id=f"i{number}", person=person.id, activity=activity, action=action, due=due))
            lines.append(
                BudgetItem(
                    id=f"{person.id}-b{number}",
                    person=person.id,
                    activity=activity,
                    title=title,
                    category=category,
                    status=("planned", "approved", "booked", "spent")[number],
                    estimate=Decimal(150 * (number + 1)),
                    start=due,
                )
            )
    answers = Answers(
        cycles=(loaded.cycle,), ratings=tuple(ratings), plan_items=tuple(plans), budget_items=tuple(lines)
    )
    return loaded.with_answers(answers)


def _rating(catalog: Catalog, person: str, activity: str, random: Random) -> Rating:
    skill = "n/a" if random.random() < 0.05 else random.choice(catalog.scale("skill").values)
    return Rating(
        cycle=CYCLE,
        person=person,
        activity=activity,
        skill=skill,
        experience=random.choice(catalog.scale("experience").values),
        interest=random.choice(catalog.scale("interest").values),
        evidence="Led two rounds last year" if random.random() < 0.3 else "",
    )
