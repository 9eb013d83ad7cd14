"""A catalog in Python: written with names, changed by copies, and checked as a whole each time."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from typing import Any

import pytest

import growthsheet as gs
from growthsheet.model.catalog_parts import USUAL_SCALES
from growthsheet.storage.package_data import template_folder

BUILT_IN = gs.load_catalog("product-management")


def support(**others: Any) -> gs.Catalog:
    """A catalog in names."""
    given: dict[str, Any] = {
        "name": "Support",
        "activities": {"Tickets": ["Solve a ticket", "Write a help page"], "People": ["Coach a colleague"]},
        "roles": {"Agent": {"Solve a ticket": 3}, "Lead": {"Solve a ticket": 3, "Coach a colleague": 3}},
    }
    return gs.Catalog(**given | others)


def refused(make: Callable[[], object]) -> list[str]:
    """The problems with which something is refused: place and code."""
    with pytest.raises(gs.InputError) as caught:
        make()
    return [f"{problem.place} [{problem.code}]" for problem in caught.value.problems]


def test_names_are_enough() -> None:
    """Ids and version follow from names; the same catalog is made of exact objects."""
    exact = gs.Catalog(
        id="support",
        version="1",
        name="Support",
        areas=[gs.Area(id="tickets", name="Tickets"), gs.Area(id="people", name="People")],
        activities=[
            gs.Activity(id="solve-a-ticket", name="Solve a ticket", area="tickets"),
            gs.Activity(name="Write a help page", area="tickets"),
            gs.Activity(name="Coach a colleague", area="people"),
        ],
        roles=[
            gs.Role(name="Agent", expected={"solve-a-ticket": 3}),
            gs.Role(id="lead", name="Lead", expected={"solve-a-ticket": 3, "coach-a-colleague": 3}),
        ],
    )
    assert exact == support()
    starter = gs.load_catalog(template_folder() / "starter" / "catalog.yaml")
    assert starter.scales == USUAL_SCALES == exact.scales


def test_ids_follow_from_names_alone() -> None:
    """An activity has the same id wherever it stands and whatever stands beside it."""
    moved = support(
        activities={"People": ["Coach a colleague"], "All": ["Tidy up", "Solve a ticket", "Write a help page"]}
    )
    assert {each.name: each.id for each in support().activities}.items() <= {
        each.name: each.id for each in moved.activities
    }.items()


def test_everything_wrong_is_told_with_its_path() -> None:
    """Unknown names, levels off the scale and other kinds of values are told at once, as Python writes their places."""
    activities = {"Tickets": [gs.Activity(name="Solve a ticket"), {"name": "Chat", "importance": 9}], "People": "Coach"}
    assert refused(
        lambda: support(activities=activities, roles={"Lead": {"Solv a ticket": 1, "Solve a ticket": 9}, "Agent": 3})
    ) == [
        'Catalog: activities["People"] [not-a-list]',
        'Catalog: roles["lead"].expected["Solv a ticket"] [unknown-activity]',
        'Catalog: activities["chat"].importance [out-of-range]',
        "Catalog: roles[1] [not-a-mapping]",
        'Catalog: roles["lead"].expected["solve-a-ticket"] [level-off-scale]',
    ]
    twice = {"Solve a ticket": 1, "solve-a-ticket": 2}
    assert refused(lambda: support(roles={"Lead": twice})) == [
        'Catalog: roles["lead"].expected["solve-a-ticket"] [repeated-key]'
    ]
    assert refused(lambda: support().with_levels("lead", twice)) == ["Catalog: activities [repeated-key]"]
    with pytest.raises(gs.InputError, match="did you mean 'Solve a ticket'"):
        support(roles={"Lead": {"Solv a ticket": 1}})


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (lambda: gs.Activity(name="", importance=9), ["Activity: name [text-length]", "Activity: importance [out-of-range]"]),  # noqa: E501
        (lambda: gs.Scale(id="skil", points=["a"]), ["Scale: id [not-a-choice]", "Scale: points [list-length]"]),
        (lambda: gs.Person(id="1", name="Ana", role="pm", nam="x"), ["Person: nam [unknown-field]"]),
        (lambda: BUILT_IN.without("winloss", "pricng"), ["Catalog: activities [unknown-activity]"] * 2),
        (lambda: BUILT_IN.renamed("pricing", BUILT_IN.activities[0].name), ['Catalog: activities["pricing"].name [repeated-name]']),  # noqa: E501
        (lambda: BUILT_IN.with_activity("Talk"), ['Catalog: activities["talk"].area [missing-field]']),
        (lambda: BUILT_IN.with_levels("directr", {}), ["Catalog: roles [unknown-role]"]),
        (lambda: BUILT_IN.without("pricing", of="things"), ["without: of [not-a-choice]"]),  # type: ignore[arg-type]
        (lambda: BUILT_IN.roles[0].model_copy(update={"rank": 100}), ["Role: rank [out-of-range]"]),
    ],
)  # fmt: skip
def test_faults_are_told_where_they_are_made(make: Callable[[], object], expected: list[str]) -> None:
    """Each object refuses what is wrong with an InputError that names the place."""
    assert refused(make) == expected


def test_what_is_confidential_is_not_told() -> None:
    """A refused amount of pay is not in the message."""
    with pytest.raises(gs.InputError) as caught:
        gs.Pay(person="1", amount=-98765, currency="EUR", basis="annual")
    assert "98765" not in str(caught.value)


def test_a_chain_of_changes() -> None:
    """Each change gives a new catalog, in which nothing of the old one is left."""
    for name in ("activity_by_id", "role_by_id", "current"):
        getattr(BUILT_IN, name)  # caches them
    ours = (
        BUILT_IN.without("win-loss")
        .renamed("Talk with users and buyers every month", "Talk with users")
        .with_activity("Run an incident", area="delivery", expected={"product-manager": 2})
        .with_levels("director", {"coaching": 4, "pricing": None})
        .with_role("Junior", like="product-manager", shift=-1, expected={"roadmap": 0})
    )
    assert "win-loss" not in ours.activity_by_id.keys() | {id for role in ours.roles for id in role.expected}
    assert ours.activity_by_id["customer-talks"].name == "Talk with users"
    assert ours.role_by_id["product-manager"].expected["run-an-incident"] == 2
    assert "run-an-incident" in {each.id for each in ours.current}
    assert ours.role_by_id["director"].expected["coaching"] == 4
    assert "pricing" not in ours.role_by_id["director"].expected
    like, junior = ours.role_by_id["product-manager"], ours.role_by_id["junior"]
    assert {id: max(level - 1, 0) for id, level in like.expected.items()} | {"roadmap": 0} == junior.expected
    assert gs.load_catalog("product-management") == BUILT_IN


def test_areas_and_roles_go_with_what_is_in_them() -> None:
    """Without an area its activities are gone, also from roles; without a role no other one leads to it."""
    smaller = BUILT_IN.without("Launch and market readiness", of="areas")
    assert "launch" not in smaller.area_by_id.keys() | {each.area for each in smaller.activities}
    fewer = BUILT_IN.without("product-manager", of="roles")
    assert "product-manager" not in fewer.role_by_id.keys() | {id for role in fewer.roles for id in role.next}
    assert BUILT_IN.renamed("director", "Head", of="roles").role_by_id["director"].name == "Head"


def test_another_scale_brings_its_thresholds() -> None:
    """The three highest points of a new skill scale are the thresholds; levels that are off it are refused."""
    scale = gs.Scale(id="skill", points={1: "Learns", 2: "Helps", 3: "Does", 4: "Leads", 5: "Shapes", 6: "Invents"})
    ours = support().with_scale(scale)
    assert (ours.thresholds.working, ours.thresholds.covered, ours.thresholds.top) == (4, 5, 6)
    assert support(scales=[scale]) == ours
    assert refused(lambda: support().with_scale(gs.Scale(id="skill", points=["No", "Yes"])))


@pytest.mark.parametrize("same", [copy.copy, copy.deepcopy, lambda c: pickle.loads(pickle.dumps(c)), lambda c: c])
def test_nothing_cached_survives(same: Callable[[gs.Catalog], gs.Catalog]) -> None:
    """After a copy of any kind a changed field is what look-ups find, and an inconsistent change is refused."""
    known = support()
    assert known.activity_by_id["solve-a-ticket"].name == "Solve a ticket"
    changed = same(known).model_copy(
        update={"activities": [a.model_copy(update={"name": a.id}) for a in known.activities]}
    )
    assert changed.activity_by_id["solve-a-ticket"].name == "solve-a-ticket"
    assert refused(lambda: same(known).model_copy(update={"activities": known.activities[1:]})) == [
        'Catalog: roles["agent"].expected["solve-a-ticket"] [unknown-activity]',
        'Catalog: roles["lead"].expected["solve-a-ticket"] [unknown-activity]',
    ]
