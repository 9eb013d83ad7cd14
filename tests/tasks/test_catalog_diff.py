"""What changed from one catalog to the next besides its activities: scales, levels, importance, thresholds, texts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

import growthsheet as gs
from growthsheet.cli.commands import cli
from growthsheet.model import Catalog
from growthsheet.storage.package_data import template_folder

OLD = gs.load_catalog(template_folder() / "starter" / "catalog.yaml")


def changed(**changes: object) -> Catalog:
    """The catalog to begin with, some fields changed."""
    return Catalog.model_validate(OLD.model_copy(update={"version": "2", **changes}).model_dump())


def scale(**changes: object) -> tuple[object, ...]:
    """The scales, the second point of the first one changed."""
    first = OLD.scales[0]
    points = (first.points[0], first.points[1].model_copy(update=changes), *first.points[2:])
    return (first.model_copy(update={"points": points}), *OLD.scales[1:])


def activity(**changes: object) -> tuple[object, ...]:
    """The activities, the first one changed."""
    return (OLD.activities[0].model_copy(update=changes), *OLD.activities[1:])


def role(**changes: object) -> tuple[object, ...]:
    """The roles, the first one changed."""
    return (OLD.roles[0].model_copy(update=changes), *OLD.roles[1:])


ACTIVITY, ROLE = OLD.activities[0], OLD.roles[0]
LEVELS = dict(ROLE.expected)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"scales": scale(label="Seen")}, [("scale", "Skill 1", "Aware", "Seen")]),
        ({"scales": scale(anchor="saw it")}, [("scale text", "Skill 1", OLD.scales[0].points[1].anchor, "saw it")]),
        (
            {"thresholds": OLD.thresholds.model_copy(update={"interest_high": 3})},
            [("threshold", "interest high", "2", "3")],
        ),
        (
            {"roles": role(expected=LEVELS | {ACTIVITY.id: 3.25})},
            [("level", f"{ROLE.name}: {ACTIVITY.name}", f"{LEVELS[ACTIVITY.id]:g}", "3.25")],
        ),
        ({"roles": role(importance={ACTIVITY.id: 3})}, [("importance", f"{ROLE.name}: {ACTIVITY.name}", "-", "3")]),
        ({"roles": role(core=(ACTIVITY.id,))}, [("core", ROLE.name, ", ".join(ROLE.core), ACTIVITY.id)]),
        ({"roles": role(name="Else")}, [("role", ROLE.id, ROLE.name, "Else")]),
        ({"activities": activity(importance=1)}, [("importance", ACTIVITY.name, str(ACTIVITY.importance), "1")]),
        (
            {"activities": activity(anchors={1: "Now so"})},
            [
                ("anchor", f"{ACTIVITY.name}, level {level}", ACTIVITY.anchors.get(level) or "-", now)
                for level, now in ((1, "Now so"), (2, "-"), (3, "-"), (4, "-"))
            ],
        ),
    ],
)  # fmt: skip
def test_each_change_is_told_once(changes: dict[str, object], expected: list[tuple[str, str, str, str]]) -> None:
    """What changed, where, what it was and what it is; and nothing else."""
    found = gs.diff(OLD, changed(**changes))
    assert [(edit.kind, edit.where, edit.before, edit.now) for edit in found.edits] == expected
    assert ("changed: " in found.summary) == bool(expected)


def test_a_point_and_a_role_that_went(tmp_path: Path) -> None:
    """A scale's point and a role that are gone are told, on the command line and in JSON."""
    first = OLD.scales[0]
    scales = (first.model_copy(update={"points": first.points[:-1]}), *OLD.scales[1:])
    roles = tuple(
        each.model_copy(update={"next": (), "expected": {id: min(n, 3) for id, n in each.expected.items()}})
        for each in OLD.roles[:-1]
    )
    activities = tuple(
        each.model_copy(update={"anchors": {n: text for n, text in each.anchors.items() if n < 4}})
        for each in OLD.activities
    )
    thresholds = OLD.thresholds.model_copy(update={"top": 3})
    new = changed(scales=scales, roles=roles, activities=activities, thresholds=thresholds)
    paths = [gs.save_catalog(each, tmp_path / f"{each.version}.yaml") for each in (OLD, new)]
    result = CliRunner().invoke(cli, ["catalog", "diff", *map(str, paths)])
    assert "Skill 4" in result.stdout
    record = json.loads(CliRunner().invoke(cli, ["catalog", "diff", *map(str, paths), "--json"]).stdout)
    assert {"what": "role", "where": OLD.roles[-1].id, "before": OLD.roles[-1].name, "now": "-"} in record["edits"]
    assert {"what": "threshold", "where": "top", "before": "4", "now": "3"} in record["edits"]
