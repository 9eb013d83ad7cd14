"""The sample: believable, complete, and the same bytes every time."""

import csv
from collections import Counter
from pathlib import Path

import pytest

import growthsheet as gs
from growthsheet.model import Source
from growthsheet.model.budget import Status
from growthsheet.tasks import demo


@pytest.fixture(scope="module")
def roster():
    """The sample."""
    return demo.sample()


def files(folder):
    """Every file with its bytes."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_teams(roster):
    """Two managers with five and six people; one person has left and keeps a budget row."""
    assert [len(team.people) for team in roster.teams()] == [6, 5]
    assert [person.name for person in roster.reading.leavers] == ["Erik Lindqvist"]


def test_pay(roster):
    """Two people have a history of pay, two are part-time, and all pay is in one currency."""
    steps = Counter(pay.person for pay in roster.reading.pay)
    assert [count for count in steps.values() if count > 1] == [2, 2]
    assert [person.fte for person in roster.people if person.fte < 1] == [0.8, 0.6]
    assert {"USD"} == {pay.currency for pay in roster.reading.pay}


def test_ratings(roster):
    """There are ratings of all three sources, and blanks, n/a and zeros among them."""
    own = {(r.person, r.activity): r.skill for r in roster.answers.ratings if r.source is Source.SELF}
    assert {0, 1, 2, 3, 4, "n/a"} == set(own.values())
    assert set(Source) == {rating.source for rating in roster.answers.ratings}
    expected = sum(len(roster.catalog.role_by_id[person.role].expected) for person in roster.people)
    assert (
        0.7
        < sum(roster.catalog.role_by_id[p.role].expected.get(a) is not None for p, a in _keys(roster, own)) / expected
        < 1
    )


def _keys(roster, own):
    people = {person.id: person for person in roster.people}
    return [(people[person], activity) for person, activity in own]


def test_one_has_not_begun(roster):
    """One person has rated nothing yet, and so has no plan."""
    began = {rating.person for rating in roster.answers.ratings}
    assert [person.name for person in roster.people if person.id not in began] == ["Grace Mbeki"]


def test_ratings_are_on_the_scales(roster):
    """Every number is a point of its scale."""
    points = {name: {*roster.catalog.scale(name).values, None, "n/a"} for name in ("skill", "experience", "interest")}
    for rating in roster.answers.ratings:
        assert all(getattr(rating, name) in values for name, values in points.items())


def test_plans(roster):
    """Nobody has more than four open items; each item is about something that the role expects."""
    items = roster.answers.plan_items
    assert max(Counter(item.person for item in items if item.status == "open").values()) <= 4
    assert {"open", "done"} == {item.status for item in items}
    people = {person.id: person for person in roster.people}
    assert all(item.activity in roster.catalog.role_by_id[people[item.person].role].expected for item in items)


def test_budget(roster):
    """Budget lines have every status, for people and for whole teams, and name real people and activities."""
    items = roster.answers.budget_items
    assert set(Status) == {item.status for item in items}
    assert {"E001", "E002"} == {item.team for item in items if item.team}
    known = {person.id for person in (*roster.people, *roster.reading.leavers)}
    assert {item.person for item in items if item.person} <= known
    assert {item.activity for item in items if item.activity} <= roster.catalog.activity_by_id.keys()
    assert {item.category for item in items} <= {code for code, _ in roster.policy.categories}


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """A folder of the sample."""
    folder = tmp_path_factory.mktemp("written")
    demo.write(folder)
    return folder


@pytest.mark.slow
def test_the_same_bytes(written, tmp_path):
    """Two runs write the same bytes, and nothing but the roster, the workbooks, the manifest and its lock."""
    report = demo.write(tmp_path)
    assert (report.counts["written"], len(report.names)) == (15, 15)
    assert (first := files(written)) == files(tmp_path)
    assert {"roster.csv", "manifest.json", ".growthsheet.lock", *report.names} == first.keys()


@pytest.mark.slow
def test_the_roster_is_of_use(written):
    """The roster beside the workbooks builds by itself; what it says is what the sample holds."""
    read = gs.load_roster(written / "roster.csv", as_of=demo.sample().as_of)
    assert read.people == demo.sample().people
    with (written / "roster.csv").open(encoding="utf-8-sig", newline="") as file:
        assert all("@example.com" in row["Email"] for row in csv.DictReader(file))


def test_another_roster_is_left_alone(tmp_path):
    """A roster.csv that is somebody's own is never written over, and nothing else is written."""
    Path(tmp_path, "roster.csv").write_text("mine")
    with pytest.raises(gs.OutputError, match="is not the sample"):
        demo.write(tmp_path)
    assert files(tmp_path) == {"roster.csv": b"mine"}


@pytest.mark.parametrize("code", ["de", "fr", "es"])
def test_people_write_in_the_language(code):
    """All that people typed is translated where the sample is made in a language that comes along."""

    def typed(roster):
        parts = ((part, names) for field, names in demo.TYPED.items() for part in getattr(roster.answers, field))
        return [text for part, names in parts for name in names if (text := getattr(part, name))]

    english, made = demo.sample(), demo.typed_in(demo.sample(), gs.load_language(code))
    assert len(typed(english)) > 100
    assert [one for one, other in zip(typed(english), typed(made), strict=True) if one == other] == []
    assert made.cycle.label != english.cycle.label
    assert demo.typed_in(english, gs.load_language("en")).answers == english.answers
