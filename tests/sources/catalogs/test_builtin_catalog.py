"""The catalog that comes with growthsheet."""

import csv
import os
from pathlib import Path

import pytest

from growthsheet.model import Catalog
from growthsheet.sources.catalogs.load import builtin_names, load_catalog
from growthsheet.storage.package_data import template_folder


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    """The built-in catalog."""
    return load_catalog("product-management")


def test_builtin_equals_the_draft(catalog: Catalog) -> None:
    """Areas, activities, roles and every expected level are those of the draft, cell for cell."""
    data = os.environ.get("GROWTHSHEET_DATA")
    if not data:
        pytest.skip("GROWTHSHEET_DATA is not set")
    with open(Path(data) / "product-management-draft.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    said = [
        {
            "area_id": activity.area,
            "area": catalog.area_by_id[activity.area].name,
            "activity_id": activity.id,
            "activity": activity.name,
            **{
                role.id: f"{role.expected[activity.id]:g}" if activity.id in role.expected else ""
                for role in catalog.roles
            },
        }
        for activity in catalog.activities
    ]
    assert rows == said


def test_builtin_size(catalog: Catalog) -> None:
    """The catalog has nine areas, 45 activities and eight roles, and fits together."""
    assert (len(catalog.areas), len(catalog.activities), len(catalog.roles)) == (9, 45, 8)
    assert catalog.checked() is catalog


def test_builtin_activities_are_told_in_full(catalog: Catalog) -> None:
    """Each activity has a one-sentence description, four anchors and an evidence hint."""
    for activity in catalog.activities:
        assert 60 <= len(activity.description) <= 140, activity.id
        assert activity.description.endswith(".")
        assert list(activity.anchors) == [1, 2, 3, 4], activity.id
        assert activity.evidence


def test_builtin_anchors_fit_an_input_message(catalog: Catalog) -> None:
    """Each anchor has at most 55 characters, because Excel shows at most 255 for all four."""
    too_long = [anchor for activity in catalog.activities for anchor in activity.anchors.values() if len(anchor) > 55]
    assert too_long == []
    assert max(sum(len(f"{n} {text}\n") for n, text in a.anchors.items()) for a in catalog.activities) <= 255


def test_builtin_texts_are_written_for_their_activity(catalog: Catalog) -> None:
    """No description, anchor or evidence hint stands twice."""
    texts = [t for a in catalog.activities for t in (a.description, a.evidence, *a.anchors.values())]
    assert len(texts) == len(set(texts))


def test_builtin_scales(catalog: Catalog) -> None:
    """Skill and experience go from 0 to 4 and interest from 0 to 3, with the labels of the scales' table."""
    labels = {scale.id: [point.label for point in scale.points] for scale in catalog.scales}
    assert labels == {
        "skill": ["Not yet", "Aware", "Working", "Skilled", "Authority"],
        "experience": ["Never", "Helped", "Once or twice", "Regularly", "Widely"],
        "interest": ["Rather not", "Willing", "Interested", "Keen"],
    }
    assert [scale.values for scale in catalog.scales] == [(0, 1, 2, 3, 4), (0, 1, 2, 3, 4), (0, 1, 2, 3)]


def test_builtin_core_rounds(catalog: Catalog) -> None:
    """Each role's short round has 15 expected activities; from director up, leading takes the place of making."""
    for role in catalog.roles:
        assert len(set(role.core)) == len(role.core) == 15, role.id
        assert set(role.core) <= set(role.expected), role.id
    maker, leader = (set(catalog.role_by_id[role].core) for role in ("product-manager", "director"))
    assert {"requirements", "experiments", "backlog", "usage-data", "segments"} == maker - leader
    assert {"coaching", "hiring", "growth-planning", "portfolio", "executives"} == leader - maker
    assert set(catalog.role_by_id["vp"].core) == set(catalog.role_by_id["cpo"].core) == leader


def test_builtin_importance(catalog: Catalog) -> None:
    """What matters most is the same four activities for everyone, and a few more for some roles."""
    everyone = {"problem-framing", "prioritising", "outcome-goals", "alignment"}
    people = {"vision", "coaching", "growth-planning"}
    more = {
        "technical-pm": {"requirements"},
        "product-marketing-manager": {"positioning", "launch-plan"},
        "principal-pm": {"vision"},
        **dict.fromkeys(("group-pm", "director", "vp", "cpo"), people),
    }
    for role in catalog.roles:
        expected = [catalog.activity_by_id[activity] for activity in role.expected]
        most = {activity.id for activity in expected if catalog.importance(role, activity) == 3}
        assert everyone | more.get(role.id, set()) == most, role.id
        assert set(role.importance) <= set(role.expected), role.id


def test_builtin_career(catalog: Catalog) -> None:
    """Two paths lead upwards, and one may change from one to the other in the middle."""
    assert {role.id: role.next for role in catalog.roles} == {
        "technical-pm": ("product-manager", "principal-pm", "group-pm"),
        "product-manager": ("principal-pm", "group-pm"),
        "product-marketing-manager": ("product-manager", "principal-pm", "group-pm"),
        "principal-pm": ("group-pm", "director"),
        "group-pm": ("director", "principal-pm"),
        "director": ("vp",),
        "vp": ("cpo",),
        "cpo": (),
    }
    for role in catalog.roles:
        assert all(catalog.role_by_id[later].rank >= role.rank for later in role.next), role.id


def test_builtin_aliases_belong_to_one_role(catalog: Catalog) -> None:
    """No title leads to two roles."""
    titles = [title.casefold() for role in catalog.roles for title in (role.name, *role.aliases)]
    assert len(titles) == len(set(titles))
    assert "Head of Product" in catalog.role_by_id["director"].aliases


def test_builtin_files_are_found() -> None:
    """Every shipped catalog has a name, loads, and has that name as its id."""
    assert "product-management" in builtin_names()
    for name in builtin_names():
        assert name == load_catalog(name).id == load_catalog(template_folder() / "catalogs" / f"{name}.yaml").id
