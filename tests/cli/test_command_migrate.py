"""growthsheet catalog diff and growthsheet migrate: what a new version of a catalog does to answers."""

from pathlib import Path

import pytest

import growthsheet as gs
from growthsheet.returns.collected import combine
from growthsheet.sources.catalogs.load import to_yaml
from growthsheet.views.shown_answers import points_of

OLD = gs.load_catalog("product-management")


@pytest.fixture
def new(folder):
    """A next version: pricing has another id, outcome-review is gone, and there is one more."""
    activities = []
    for activity in OLD.activities:
        if activity.id == "pricing":
            activity = activity.model_copy(update={"id": "prices", "replaces": ("pricing",)})
        if activity.id != "outcome-review":
            activities.append(activity)
    activities.append(activities[0].model_copy(update={"id": "extra", "name": "Something new"}))
    names = {"pricing": "prices"}
    roles = [
        role.model_copy(
            update={
                "expected": {names.get(a, a): n for a, n in role.expected.items() if a != "outcome-review"},
                "importance": {names.get(a, a): n for a, n in role.importance.items() if a != "outcome-review"},
                "core": tuple(names.get(a, a) for a in role.core if a != "outcome-review"),
            }
        )
        for role in OLD.roles
    ]
    changed = {"version": "2.0", "activities": tuple(activities), "roles": tuple(roles)}
    path = folder / "next.yaml"
    path.write_text(to_yaml(OLD.model_copy(update=changed)), encoding="utf-8")
    return path


@pytest.fixture
def answers(folder):
    """A rating of each kind of activity."""
    rows = [f"spring,1,{name},self,{n}" for n, name in enumerate(("pricing", "outcome-review", "roadmap"))]
    (folder / "answers").mkdir()
    (folder / "answers" / "answers.csv").write_text("\n".join(["cycle,person,activity,source,skill", *rows]))
    (folder / "answers" / "cycles.csv").write_text("id,date\nspring,2026-03-01\n")
    return folder / "answers"


def test_diff_counts_and_lists(run, new):
    """What is not kept is listed with what became of it; below stands what else changed."""
    told = run("catalog", "diff", "product-management", new)
    assert told.code == 0
    assert told.out.startswith(
        "product-management 1.0 -> product-management 2.0: 43 kept, 1 renamed, 1 retired, 1 new; "
        "changed: level 8, core 8\n"
    )
    lines = [line.split()[:2] for line in told.out.splitlines()[3:6]]
    assert lines == [["renamed", "pricing"], ["retired", "outcome-review"], ["new", "extra"]]


def test_diff_in_json(run, new):
    """The counts together are the activities; each change has its row."""
    told = run("catalog", "diff", "product-management", new, "--json").json
    assert told["old"] == {"id": "product-management", "version": "1.0"}
    assert {kind: n for kind, n in told["counts"].items() if n} == {"kept": 43, "renamed": 1, "retired": 1, "new": 1}
    assert len(told["changes"]) == 46


def test_nothing_in_common_is_said_plainly(run, folder, new):
    """Two catalogs that share no activity: everything is retired and everything is new."""
    other = OLD.activities[0].model_copy(update={"id": "other"})
    role = gs.Role(id="r", name="R", expected={"other": 1})
    text = to_yaml(OLD.model_copy(update={"id": "b", "activities": (other,), "roles": (role,)}))
    (folder / "b.yaml").write_text(text)
    told = run("catalog", "diff", "product-management", "b.yaml")
    assert "no activity is in both and none replaces another; 45 retired, 1 new" in told.out


def test_answers_are_moved_and_counted(run, new, answers):
    """The renamed rating moves, the retired one stays; the sums are told, and the old answers are as they were."""
    before = (answers / "answers.csv").read_bytes()
    told = run("migrate", answers, "--from", "product-management", "--to", new, "--out", "moved")
    assert (told.code, told.out) == (0, "")
    assert (
        told.err
        == "Moved 3 ratings (1 kept, 1 renamed, 1 retired) to moved/: 3 now, 0 of them added to be re-checked\n"
    )
    moved = gs.load_answers("moved")
    assert {r.activity: r.skill for r in moved.ratings} == {"prices": 0, "outcome-review": 1, "roadmap": 2}
    assert (answers / "answers.csv").read_bytes() == before


def test_migrating_in_json(run, new, answers):
    """The counts add up to what was there before."""
    told = run("migrate", answers, "--from", "product-management", "--to", new, "--out", "moved", "--json").json
    assert (told["before"], told["after"], told["added"]) == (3, 3, 0)
    assert sum(told["counts"].values()) == 3


def test_answers_are_never_migrated_over_others(run, new, answers):
    """A folder that holds answers is refused."""
    told = run("migrate", answers, "--from", "product-management", "--to", new, "--out", answers)
    assert told.code == 1
    assert "holds answers already" in told.err


@pytest.mark.parametrize("wrong", ["--from", "--to"])
def test_an_unknown_catalog(run, new, answers, wrong):
    """A catalog that is not there ends with 2, and nothing is written."""
    catalogs = {"--from": "product-management", "--to": str(new)} | {wrong: "nowhere.yaml"}
    told = run("migrate", answers, *(word for pair in catalogs.items() for word in pair), "--out", "moved")
    assert (told.code, Path("moved").exists()) == (2, False)


def test_answers_are_renumbered_once(run, folder, answers):
    """On a renumbered scale values move with their labels; what was moved is not moved again, however often asked."""
    first, *others = OLD.scales
    points = tuple(point.model_copy(update={"value": point.value + 1}) for point in first.points)
    roles = tuple(r.model_copy(update={"expected": {a: n + 1 for a, n in r.expected.items()}}) for r in OLD.roles)
    activities = tuple(a.model_copy(update={"anchors": {}}) for a in OLD.activities)
    scales = (first.model_copy(update={"points": points}), *others)
    new = OLD.model_copy(update={"version": "2.0", "scales": scales, "roles": roles, "activities": activities})
    (folder / "next.yaml").write_text(to_yaml(new), encoding="utf-8")
    catalogs = ("--from", "product-management", "--to", "next.yaml")
    told = run("migrate", answers, *catalogs, "--out", "moved")
    assert told.code == 0
    assert "3 values renumbered, and 0 left blank to be re-checked, by the labels of the scales" in told.err
    assert {r.activity: r.skill for r in gs.load_answers("moved").ratings} == {
        "pricing": 1, "outcome-review": 2, "roadmap": 3,
    }  # fmt: skip
    again = run("migrate", "moved", *catalogs, "--out", "twice")
    assert (again.code, Path("twice").exists()) == (2, False)
    assert "scales.csv: skill: 'Not yet' is 1 in the answers, and 0 in the catalog; 4 labels more" in again.err
    people = [{"id": "E1", "name": "Ana Ruiz", "title": "Product Manager"}]
    assert gs.load_roster(people, catalog=new).with_answers(gs.load_answers("moved")).answers.ratings
    with pytest.raises(gs.InputError) as caught:
        gs.load_roster(people, catalog=OLD).with_answers(gs.load_answers("moved"))
    assert [problem.code for problem in caught.value.problems] == ["other-scales"]
    for mix in (
        lambda: gs.collect("moved", catalog=OLD, earlier="moved"),
        lambda: combine(gs.load_answers("moved"), gs.Answers(points=points_of(OLD))),
    ):
        with pytest.raises(gs.InputError) as caught:
            mix()
        assert [problem.code for problem in caught.value.problems] == ["other-scales"]
