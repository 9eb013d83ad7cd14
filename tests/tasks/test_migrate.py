"""A catalog's next version: every activity is accounted for, and no rating is dropped."""

from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from growthsheet.model import Activity, Answers, Area, Catalog, Point, Rating, Scale
from growthsheet.model.excel_limits import MAX_TEXT
from growthsheet.tasks.migrate import diff, migrate
from tests.making import activity, builtin, item, line, rating, small_catalog, small_scales, this_cycle


def catalog(version: str, *activities: Activity, **more: Any) -> Catalog:
    """A catalog with these activities and one role."""
    areas = (Area(id="discover", name="Discover"), Area(id="deliver", name="Deliver"))
    role = {"id": "pm", "name": "PM", "expected": {activities[0].id: 2}}
    about: dict[str, Any] = {"scales": small_scales(), "areas": areas, "roles": (role,)}
    return Catalog(id="c", version=version, name="C", activities=activities, **about | more).checked()


@cache
def old_catalog() -> Catalog:
    """The catalog before."""
    return catalog(
        "1",
        activity("talks", "Talks"),
        activity("pricing", "Pricing"),
        activity("data", "Data"),
        activity("plan", "Plan"),
        activity("launch", "Launch"),
        activity("press", "Press"),
        activity("faxes", "Faxes"),
        activity("telex", "Telex"),
        activity("hire", "Hire"),
        activity("coach", "Coach"),
        activity("code", "Code"),
    )


@cache
def new_catalog() -> Catalog:
    """The catalog after."""
    return catalog(
        "2",
        activity("talks", "Talks", description="another"),
        activity("pricing", "Price and offer"),
        activity("data", "Data", "deliver"),
        activity("roadmap", "Roadmap", replaces=("plan",)),
        activity("market", "Go to market", replaces=("launch", "press")),
        activity("faxes", "Faxes", retired_in="2"),
        activity("hire", "Hire", replaces=("coach",)),
        activity("review", "Review code", replaces=("code",)),
        activity("write", "Write code", replaces=("code",)),
        activity("vision", "Vision"),
    )


def rated() -> tuple[Rating, ...]:
    """A rating of each activity of the catalog before."""
    return tuple(rating("A", a.id, n % 5, 1, 2, evidence=f"saw {a.id}") for n, a in enumerate(old_catalog().activities))


def all_answers() -> Answers:
    """Answers that rate each activity of the catalog before."""
    return Answers(cycles=(this_cycle(),), ratings=rated())


def skills(answers: Answers) -> dict[str, Any]:
    """Ana's own skill by activity."""
    return {r.activity: r.skill for r in answers.ratings}


def by_id(answers: Answers) -> dict[str, Rating]:
    """Ana's own ratings by activity."""
    return {r.activity: r for r in answers.ratings}


# -- what became of the activities -----------------------------------------------------------------------------------


def test_every_activity_has_one_fate() -> None:
    """Each activity of the old catalog is kept, renamed, moved, split, merged or retired; the others are new."""
    found = diff(old_catalog(), new_catalog())
    assert {change.activity: change.kind for change in found.changes} == {
        "talks": "kept",
        "pricing": "renamed",
        "data": "moved",
        "plan": "renamed",
        "launch": "merged",
        "press": "merged",
        "faxes": "retired",
        "telex": "retired",
        "hire": "merged",
        "coach": "merged",
        "code": "split",
        "vision": "new",
    }
    assert found.counts == {"kept": 1, "renamed": 2, "moved": 1, "split": 1, "merged": 4, "retired": 2, "new": 1}
    assert sum(found.counts.values()) - found.counts["new"] == len(old_catalog().activities)
    assert repr(found) == "<Diff of c 1 and 2: 1 kept, 2 renamed, 1 moved, 1 split, 4 merged, 2 retired, 1 new>"


def test_what_is_told_of_a_change() -> None:
    """Each change says in words what became of the activity."""
    told = {change.activity: change.told for change in diff(old_catalog(), new_catalog()).changes}
    assert told["pricing"] == "now Price and offer"
    assert told["data"] == "from Discover to Deliver"
    assert told["code"] == "now Review code and Write code"
    assert told["press"] == "now part of Go to market"
    assert (told["faxes"], told["telex"]) == ("retired in 2", "no longer in the catalog")
    assert {row["activity_id"]: row["becomes"] for row in diff(old_catalog(), new_catalog()).table()}[
        "code"
    ] == "review, write"
    assert "<td>Go to market</td>" not in diff(old_catalog(), new_catalog())._repr_html_()


def test_renamed_and_moved_at_once() -> None:
    """A new name in a new area counts as renamed, and tells both."""
    (change,) = diff(catalog("1", activity("a", "A")), catalog("2", activity("a", "B", "deliver"))).changes
    assert (change.kind, change.told) == ("renamed", "now B; from Discover to Deliver")


def test_an_activity_that_stays_and_gives_off_a_part_is_split() -> None:
    """When an activity goes on beside one that replaces it in part, it was split."""
    (change,) = diff(
        catalog("1", activity("a", "A")), catalog("2", activity("a", "A"), activity("b", "B", replaces=("a",)))
    ).changes
    assert (change.kind, change.becomes) == ("split", ("a", "b"))


def test_two_versions_at_once() -> None:
    """What replaced an activity for a while, and was replaced itself, leads on to what stands today."""
    newest = catalog(
        "3",
        activity("c", "C", replaces=("b",)),
        activity("b", "B", retired_in="3", replaces=("a",)),
        activity("d", "D"),
    )
    changes = diff(catalog("1", activity("a", "A")), newest).changes
    assert [(c.kind, c.activity, c.becomes) for c in changes] == [("renamed", "a", ("c",)), ("new", "d", ("d",))]


def test_activities_that_replace_each_other_end() -> None:
    """Activities that replace each other in a circle are followed once."""
    new = catalog(
        "2", activity("x", "X"), activity("a", "A", retired_in="2", replaces=("b",)),
        activity("b", "B", retired_in="2", replaces=("a",)),
    )  # fmt: skip
    assert [change.kind for change in diff(catalog("1", activity("a", "A")), new).changes] == ["retired", "new"]


def test_the_same_catalog_keeps_everything() -> None:
    """Between a catalog and itself nothing changes, and neither do the answers."""
    assert set(diff(builtin(), builtin()).counts.values()) == {0, len(builtin().activities)}
    same, report = migrate(
        Answers(cycles=(this_cycle(),), ratings=(rating("A", "talks", 1),)), small_catalog(), small_catalog()
    )
    assert same.ratings == (rating("A", "talks", 1),)
    assert (report.before, report.after, report.added, report.problems) == (1, 1, 0, ())


# -- what became of the answers --------------------------------------------------------------------------------------


def test_ratings_go_along() -> None:
    """Renamed ratings move, split ones are copied, merged ones give their lower median, all others stay."""
    moved, report = migrate(all_answers(), old_catalog(), new_catalog())
    assert skills(moved) == {
        "talks": 0,
        "pricing": 1,
        "data": 2,
        "roadmap": 3,  # was plan
        "launch": 4,
        "press": 0,
        "market": 0,  # the lower median of 4 and 0
        "faxes": 1,
        "telex": 2,
        "hire": 3,  # the lower median of its own 3 and coach's 4
        "coach": 4,
        "code": 0,
        "review": 0,
        "write": 0,
    }
    assert (report.before, report.after, report.added) == (11, 14, 3)
    assert report.counts == diff(old_catalog(), new_catalog()).counts | {"new": 0, "unknown": 0}


def test_what_was_made_is_marked() -> None:
    """What stands for split or merged activities says so in its note, with the values it was made from."""
    made = by_id(migrate(all_answers(), old_catalog(), new_catalog())[0])
    assert made["review"].note == "Re-check (c 2): from Code (0, 1, 2)"
    assert made["market"].note == "Re-check (c 2): from Launch (4, 1, 2), Press (0, 1, 2)"
    assert made["market"].evidence == "saw launch\nsaw press"
    assert made["hire"].note == "Re-check (c 2): from Hire (3, 1, 2), Coach (4, 1, 2)"
    assert (made["code"], made["talks"], made["faxes"]) == (rated()[10], rated()[0], rated()[6])
    assert made["roadmap"].note == ""


def test_the_lower_median_of_what_was_rated() -> None:
    """Blanks do not count, n/a counts only where nobody gave a number, and each source is by itself."""
    said = (
        rating("A", "launch", None, "n/a", 1),
        rating("A", "press", 2, None, 3),
        rating("A", "press", 1, source="manager"),
        rating("B", "launch", "n/a"),
    )
    moved, _ = migrate(Answers(ratings=said), old_catalog(), new_catalog())
    made = {
        (r.person, str(r.source)): (r.skill, r.experience, r.interest) for r in moved.ratings if r.activity == "market"
    }
    assert made == {("A", "self"): (2, "n/a", 1), ("A", "manager"): (1, None, None), ("B", "self"): ("n/a", None, None)}


def test_what_somebody_said_already_stands() -> None:
    """A rating that was given for the new activity is not replaced by one made from old ones."""
    said = (rating("A", "launch", 4), rating("A", "market", 1), rating("A", "plan", 2), rating("A", "roadmap", 3))
    moved, report = migrate(Answers(ratings=said), old_catalog(), new_catalog())
    assert {repr(r) for r in moved.ratings} == {repr(r) for r in said}
    assert (report.counts["new"], report.added) == (2, 0)


def test_evidence_that_is_too_long_stays_where_it_was() -> None:
    """Where one cell cannot hold all evidence, the rest is still at the rating that it came from."""
    long = "x" * (MAX_TEXT - 5)
    said = (rating("A", "launch", 4, evidence=long), rating("A", "press", 1, evidence="more than five"))
    made = by_id(migrate(Answers(ratings=said), old_catalog(), new_catalog())[0])
    assert made["market"].evidence == long
    assert made["press"].evidence == "more than five"


def test_plans_and_budgets_go_along() -> None:
    """Items and lines follow their activity where one stands for it; where a person has to choose, that is told."""
    said = Answers(
        plan_items=tuple(item("A", id, id=id) for id in ("plan", "press", "code", "faxes", "talks")),
        budget_items=(
            line("l1", activity="plan"),
            line("l2", activity="telex"),
            line("l3"),
            line("l4", activity="odd"),
        ),
    )
    moved, report = migrate(said, old_catalog(), new_catalog())
    assert [one.activity for one in moved.plan_items] == ["roadmap", "market", "code", "faxes", "talks"]
    assert [one.activity for one in moved.budget_items] == ["roadmap", "telex", "", "odd"]
    assert [(p.code, p.place) for p in report.problems] == [
        ("activity-gone", "plan item code of A"),
        ("activity-gone", "plan item faxes of A"),
        ("activity-gone", "budget line l2"),
    ]


def rescaled(*labels: str, lowest: int = 1) -> Catalog:
    """The catalog with a skill scale of these labels."""
    points = tuple(Point(value=n, label=label) for n, label in enumerate(labels, lowest))
    scales = (Scale(id="skill", name="Skill", points=points), *small_scales()[1:])
    return catalog("2" if lowest else "1", *old_catalog().activities, scales=scales)


LABELS = ("Not yet", "Aware", "Working", "Skilled", "Authority")


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (("Not yet", "aware", "WORKING", " Skilled", "Authority"), [1, 2, 3, 4, 5]),
        (("Authority", "Skilled", "Working", "Aware", "Not yet"), [5, 4, 3, 2, 1]),
        (("Not yet", "Aware", "Basic", "Skilled", "Authority"), [1, 2, None, 4, 5]),
    ],
)
def test_ratings_move_with_their_labels(labels: tuple[str, ...], expected: list[int | None]) -> None:
    """Where a scale is renumbered or turned round a value keeps its label; one whose label is gone is blank, marked."""
    said = Answers(ratings=tuple(rating("A", a.id, n, 1) for n, a in enumerate(old_catalog().activities[:5])))
    moved, report = migrate(said, rescaled(*LABELS, lowest=0), rescaled(*labels))
    assert list(skills(moved).values()) == [expected[n] for n in (2, 4, 3, 1, 0)]  # in the order of their ids
    marks = {r.note for r in moved.ratings if r.note}
    assert marks == ({"Re-check (c 2): skill was 2 (Working)"} if None in expected else set())
    moves = [now for n, now in enumerate(expected) if now not in (n, None)]
    assert (report.unplaced, report.renumbered) == (expected.count(None), len(moves))


def test_what_has_no_label_on_the_new_scale_is_listed() -> None:
    """Each rating that is blank now is told with its person, activity, cycle, old value and label."""
    said = Answers(
        ratings=(rating("E1", "talks", 2, 3, note="Ask Bo"), rating("E2", "data", 4), rating("E2", "plan", 9))
    )
    labels = ("Not yet", "Aware", "Basic", "Skilled", "Authority")
    moved, report = migrate(said, rescaled(*LABELS, lowest=0), rescaled(*labels))
    assert [(p.code, p.place, p.found) for p in report.problems] == [
        ("scale-renumbered", "catalog c 2", "1 value of skill moved with their labels: 4 (Authority) is 5"),
        (
            "off-new-scale",
            "talks (E1, self), cycle 2026",
            "skill 2 (Working) is not on the new scale; left blank and marked",
        ),
        ("off-new-scale", "plan (E2, self), cycle 2026", "skill 9 is not on the new scale; left blank and marked"),
    ]
    one = by_id(moved)["talks"]
    assert (one.skill, one.experience, one.note) == (None, 3, "Ask Bo\nRe-check (c 2): skill was 2 (Working)")


def test_a_scale_and_an_activity_change_at_once() -> None:
    """What is made from split activities is made from the new values, and from what is to be looked at as well."""
    new = new_catalog().model_copy(update={"scales": rescaled(*LABELS[:2], "Basic", *LABELS[3:]).scales})
    said = Answers(ratings=(rating("A", "code", 2, 1), rating("A", "launch", 3), rating("A", "press", 0)))
    moved, report = migrate(said, rescaled(*LABELS, lowest=0), new)
    assert {id: r.skill for id, r in by_id(moved).items()} == {
        "code": None, "review": None, "write": None, "launch": 4, "press": 1, "market": 1,
    }  # fmt: skip
    marked = "Re-check (c 2): skill was 2 (Working)\nRe-check (c 2): from Code (-, 1, -)"
    assert by_id(moved)["review"].note == marked
    assert report.added == 3


@st.composite
def catalogs(draw: st.DrawFn) -> tuple[Catalog, Catalog]:
    """Any two versions of a small catalog."""
    ids = list("abcdef")
    old = draw(st.lists(st.sampled_from(ids), min_size=1, unique=True))
    new = draw(st.lists(st.sampled_from(ids), min_size=1, unique=True))
    made = []
    for id in new:
        replaces = tuple(
            draw(st.lists(st.sampled_from([other for other in ids if other != id]), max_size=3, unique=True))
        )
        made.append(activity(id, f"N{id}", replaces=replaces, retired_in=draw(st.sampled_from(["", "", "2"]))))
    return catalog("1", *(activity(id, f"N{id}") for id in old)), catalog("2", *made)


values = st.none() | st.just("n/a") | st.integers(0, 3)
said = st.lists(
    st.builds(lambda a, s, v, w: rating("A", a, v, w, source=s), st.sampled_from("abcdefg"),
              st.sampled_from(["self", "agreed"]), values, values),
    unique_by=lambda r: (r.activity, r.source),
)  # fmt: skip


@pytest.mark.slow
@given(catalogs(), said)
@settings(max_examples=75, deadline=None)
def test_nothing_is_dropped(versions: tuple[Catalog, Catalog], ratings: list[Rating]) -> None:
    """Whatever changes, the counts add up, every value is still said, and a second time changes nothing."""
    old, new = versions
    changes = diff(old, new)
    assert sum(changes.counts.values()) - changes.counts["new"] == len(old.activities)
    assert {id for change in changes.changes for id in change.becomes} == {a.id for a in new.current}
    answers = Answers(cycles=(this_cycle(),), ratings=tuple(ratings))
    moved, report = migrate(answers, old, new)
    assert report.before == sum(report.counts.values()) == len(ratings)
    assert report.after == report.before + report.added == len(moved.ratings)
    found = by_source(moved)
    for one in ratings:
        there = [other for other in moved.ratings if other.source == one.source]
        said = (one.skill, one.experience, one.interest)
        told = ", ".join("-" if value is None else str(value) for value in said)
        kept = found.get((one.activity, str(one.source)))
        assert (kept and (kept.skill, kept.experience) == said[:2]) or any(
            (other.skill, other.experience) == said[:2] or told in other.note for other in there
        )
    assert migrate(moved, old, new)[0] == moved


def by_source(answers: Answers) -> dict[tuple[str, str], Rating]:
    """Ratings by activity and source."""
    return {(r.activity, str(r.source)): r for r in answers.ratings}


@pytest.mark.parametrize("kind", ["self", "manager", "agreed"])
def test_sources_stay_apart(kind: str) -> None:
    """A manager's rating becomes a manager's rating."""
    moved, _ = migrate(Answers(ratings=(rating("A", "code", 3, source=kind),)), old_catalog(), new_catalog())
    assert {str(r.source) for r in moved.ratings} == {kind}
