"""Parts of the model."""

from datetime import date
from decimal import Decimal

import numpy
import pytest

from growthsheet.errors import InputError
from growthsheet.model import Activity, BudgetItem, BudgetPolicy, Pay, Person, PlanItem, Rating, Role
from growthsheet.model.parts import Part, in_order, lean

PARTS = [
    Rating(cycle="2026", person="A", activity="talks", source="self", skill=3, interest="n/a", note="Ten more"),
    PlanItem(id="i1", person="A", activity="talks", due=date(2026, 5, 4)),
    BudgetItem(id="l1", title="Course", person="A", category="training", estimate=Decimal("12.50"), currency="EUR"),
    Person(id="A", name="Ana Ruiz", role="pm", start=date(2025, 4, 1), fte=0.8),
    Pay(person="A", amount=Decimal("90000.50"), currency="EUR", basis="annual"),
]


@pytest.mark.parametrize("part", PARTS, ids=lambda part: type(part).__name__)
def test_lean(part: Part) -> None:
    """A lean part is the same in every respect: equal, hashed, copied, dumped and read as what it is made of."""
    small = lean(part)
    assert part == small
    assert hash(part) == hash(small)
    assert repr(part) == repr(small)
    assert part.model_dump_json() == small.model_dump_json()
    changed = {next(iter(type(part).model_fields)): "B"}
    assert part.model_copy(update=changed) == small.model_copy(update=changed)
    assert type(part).model_validate_json(small.model_dump_json()) == small


def test_in_order() -> None:
    """The first field counts most, and what is equal in all of them keeps its order."""
    said = [("B", "x", "one"), ("A", "y", "one"), ("A", "x", "two"), ("B", "x", "three"), ("A", "x", "one")]
    items = [PlanItem(person=person, id=id, activity="talks", action=action) for person, id, action in said]
    expected = sorted(items, key=lambda item: (item.person, item.id))
    assert in_order(items, "person", "id") == expected


@pytest.mark.parametrize(
    ("kind", "fields", "place"),
    [
        (Rating, {"cycle": "2026", "person": "A", "activity": "talks", "skill": True}, "skill"),
        (Person, {"id": "A", "name": "Ana", "role": "pm", "fte": True}, "fte"),
        (Pay, {"person": "A", "amount": True, "currency": "EUR", "basis": "annual"}, "amount"),
        (BudgetItem, {"id": "l1", "title": "Course", "person": "A", "category": "fees", "estimate": False}, "estimate"),
        (BudgetPolicy, {"rates": {"role:pm": True}}, 'rates["role:pm"]'),
        (BudgetPolicy, {"carry_over": numpy.True_}, "carry_over"),
        (Role, {"name": "Lead", "expected": {"talks": True}}, 'expected["talks"]'),
        (Activity, {"name": "Talks", "importance": True}, "importance"),
    ],
    ids=lambda given: given.__name__ if isinstance(given, type) else "",
)
def test_truth_values_are_no_numbers(kind: type[Part], fields: dict[str, object], place: str) -> None:
    """True and False are refused where a number belongs, and not taken for 1 and 0."""
    with pytest.raises(InputError) as refused:
        kind(**fields)
    assert [("not-a-number", f"{kind.__name__}: {place}")] == [(p.code, p.place) for p in refused.value.problems]


def test_true_is_no_month() -> None:
    """A fiscal year does not start in the month True."""
    with pytest.raises(InputError, match="is not a month and a day"):
        BudgetPolicy(fiscal_year_start=(True, 1))
