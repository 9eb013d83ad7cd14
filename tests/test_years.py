"""Three review cycles, played against a plain dictionary of what was said, by whom, and when."""

from __future__ import annotations

import atexit
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

import growthsheet as gs
from growthsheet.model import Catalog, Cycle
from growthsheet.model.code_words import ITEM_STATUS_WORDS
from tests.filling import cells_of, fill
from tests.making import activity, small_catalog
from tests.strategies import steady

pytestmark = pytest.mark.slow

CYCLES = tuple(
    Cycle(id=id, label=label, date=day)
    for id, label, day in (
        ("2026-h1", "Spring 2026", date(2026, 3, 1)),
        ("2026-h2", "Autumn 2026", date(2026, 9, 1)),
        ("2027-h1", "Spring 2027", date(2027, 3, 1)),
    )
)
WORDS = dict(ITEM_STATUS_WORDS)
MANAGERS = ("M", "Z")

ACTS = (
    *("rate", "rate", "rate", "review", "review", "plan", "plan"),
    *("starter", "leaver", "mover", "mover", "other_facts"),
    *("make", "make", "keep_a_copy", "collect", "collect", "next_cycle", "next_cycle"),
)
"""What happens, as often as it stands here."""

Key = tuple[str, str, str, str]
"""Person, activity, source and field."""

Box = tuple[str, str]
"""The kind of a workbook, and whose it is."""


def hired(id: str, name: str, manager: str) -> dict[str, Any]:
    """The row of somebody on the roster."""
    title = "Lead" if id in MANAGERS else "Product manager"
    return {
        "id": id,
        "name": name,
        "email": f"{id.lower()}@example.com",
        "title": title,
        "manager id": manager,
        "annual salary": 100_000,
        "fte": "1",
        "start": "2020-01-01",
        "end": "",
    }


STAFF = [
    hired(id, name, manager)
    for id, name, manager in (
        ("M", "Mia Boss", ""),
        ("Z", "Zoe Top", "M"),
        ("A", "Ana Ruiz", "M"),
        ("B", "Bo Lee", "Z"),
    )
]
LOADING: dict[str, Any] = {"basis": "annual", "currency": "USD", "hours": 40}


@dataclass
class Sheet:
    """What stands in a workbook: ratings, and the activity and status of plan items by their action."""

    ratings: dict[Key, Any] = field(default_factory=dict)
    items: dict[str, tuple[str, str]] = field(default_factory=dict)

    def copy(self) -> Sheet:
        """The same, to be kept."""
        return Sheet(dict(self.ratings), dict(self.items))

    def lines(self) -> set[Any]:
        """Everything that it says."""
        return {*self.ratings.items(), *self.items.items()}


def first_catalog() -> Catalog:
    """A catalog of four activities, all of which a product manager is expected to do."""
    made = small_catalog()
    kept = ("talks", "pricing", "roadmap", "launch")
    roles = tuple(role.model_copy(update={"expected": dict.fromkeys(kept, 2), "next": ()}) for role in made.roles)
    roles = tuple(role.model_copy(update={"importance": {}, "core": ()}) for role in roles)
    return anew(made, activities=tuple(each for each in made.activities if each.id in kept), roles=roles)


def anew(catalog: Catalog, **changes: Any) -> Catalog:
    """A catalog with some fields changed."""
    return Catalog(**{name: getattr(catalog, name) for name in Catalog.model_fields} | changes).checked()


def changed(catalog: Catalog, how: str, version: str) -> Catalog:
    """The catalog with an activity added, dropped or renamed."""
    there = {each.id: each for each in catalog.activities}
    if how == "add":
        there["data"] = activity("data", "Usage data")
    elif how == "drop":
        there.pop("launch", None)
    elif how == "rename" and "pricing" in there:
        there = {k: v for k, v in there.items() if k != "pricing"}
        there["prices"] = activity("prices", "Prices", replaces=("pricing",))
    roles = tuple(role.model_copy(update={"expected": dict.fromkeys(there, 2)}) for role in catalog.roles)
    return anew(catalog, version=version, activities=tuple(there.values()), roles=roles)


@cache
def sent_out() -> Path:
    """The workbooks of the first cycle, before anybody has typed; a folder that is there as long as the tests run."""
    home = Path(mkdtemp())
    atexit.register(shutil.rmtree, home)
    folder = home / "first"
    gs.build(gs.load_roster(STAFF, catalog=first_catalog(), cycle=CYCLES[0], **LOADING), folder)
    return folder


class Years(RuleBasedStateMachine):
    """HR, two managers and their people."""

    def __init__(self) -> None:
        super().__init__()
        self.home = TemporaryDirectory()
        self.top = Path(self.home.name)
        self.catalog, self.number, self.day = first_catalog(), 0, CYCLES[0].date
        self.rows = {row["id"]: dict(row) for row in STAFF}
        self.sheets: dict[Box, Sheet] = {}
        self.called: dict[Box, str] = {}
        self.copies: dict[str, Sheet] = {}
        self.stored: dict[tuple[str, *Key], Any] = {}
        self.items: dict[str, tuple[str, str, str]] = {}
        self.closed: frozenset[str] = frozenset()
        self.written = 0
        shutil.copytree(sent_out(), self.folder)
        self.make()

    # -- the world -------------------------------------------------------------------------------------------------

    @property
    def cycle(self) -> Cycle:
        """The cycle that goes on."""
        return CYCLES[self.number]

    @property
    def folder(self) -> Path:
        """Where its workbooks lie."""
        return self.top / self.cycle.id

    @property
    def answers(self) -> Path:
        """Where its answers lie: those by a changed catalog lie in another folder."""
        return self.top / f"answers-{self.number}"

    def here(self) -> list[str]:
        """The ids of those who have not left."""
        return [id for id, row in self.rows.items() if not row["end"]]

    def roster(self) -> gs.Roster:
        """The roster of today, with the answers so far."""
        found = gs.load_roster(
            list(self.rows.values()), catalog=self.catalog, cycle=self.cycle, as_of=self.day, **LOADING
        )
        return found.with_answers(gs.load_answers(self.answers)) if self.answers.exists() else found

    def path(self, box: Box) -> Path:
        """The file of a workbook; it is called as its owner was when it was made."""
        name = f"{self.called[box].replace(' ', '-')}-{box[1]}.xlsx"
        return self.folder / {"person": "people", "team": "teams"}[box[0]] / name

    def team(self, manager: str) -> list[str]:
        """Who reports to a manager."""
        return [id for id in self.here() if self.rows[id]["manager id"] == manager]

    def boxes(self) -> list[Box]:
        """The workbooks that are made of today's roster."""
        return [*(("person", id) for id in self.here()), *(("team", m) for m in MANAGERS if self.team(m))]

    @rule(data=st.data(), what=st.sampled_from(ACTS))
    def happens(self, data: st.DataObject, what: str) -> None:
        """Anything of it; one rule, so that no example leaves out all the typing."""
        getattr(self, what)(data)

    # -- what HR does ----------------------------------------------------------------------------------------------

    def starter(self, data: st.DataObject) -> None:
        """Somebody starts, unless there are many already."""
        if len(self.rows) > 6:
            return
        manager = data.draw(st.sampled_from(MANAGERS))
        id = f"N{len(self.rows)}"
        self.rows[id] = hired(id, f"New {id}", manager)

    def leaver(self, data: st.DataObject) -> None:
        """Somebody leaves."""
        if among := sorted(set(self.here()) - {*MANAGERS}):
            self.rows[data.draw(st.sampled_from(among))]["end"] = self.day.isoformat()
            self.day += timedelta(days=1)

    def mover(self, data: st.DataObject) -> None:
        """Somebody gets another manager."""
        if among := sorted(set(self.here()) - {*MANAGERS}):
            row = self.rows[data.draw(st.sampled_from(among))]
            row["manager id"] = "Z" if row["manager id"] == "M" else "M"

    def other_facts(self, data: st.DataObject) -> None:
        """Somebody has another name and address, earns more, or works less."""
        what = data.draw(st.sampled_from(["name", "raise", "part-time"]))
        row = self.rows[data.draw(st.sampled_from(self.here()))]
        if what == "name":
            row["name"], row["email"] = f"{row['name']} Lopez", f"new.{row['email']}"
        elif what == "raise":
            row["annual salary"] += 5_000
        else:
            row["fte"] = "0.5"

    def make(self, data: st.DataObject | None = None) -> None:
        """Build the workbooks with what was typed."""
        roster = self.roster()
        report = gs.build(roster, self.folder, update=True)
        assert [str(problem) for problem in report.problems] == []
        typed = {key: value for sheet in self.sheets.values() for key, value in sheet.ratings.items()}
        now = {key[1:]: value for key, value in self.stored.items() if key[0] == self.cycle.id} | typed
        for box in self.boxes():
            sheet, id = Sheet(), box[1]
            self.called[box] = self.rows[id]["name"]
            if box[0] == "person":
                sheet.ratings = {key: value for key, value in now.items() if key[0] == id and key[2] == "self"}
                sheet.items = {a: (of, how) for a, (who, of, how) in self.items.items() if who == id and self.shown(a)}
                sheet.items |= self.sheets.get(box, Sheet()).items
            else:
                of_team = {key: value for key, value in now.items() if key[0] in self.team(id) and key[2] != "self"}
                sheet.ratings = of_team
            there = {each.id for each in self.catalog.activities}
            sheet.ratings = {key: value for key, value in sheet.ratings.items() if key[1] in there}
            self.sheets[box] = sheet
            items = {a: (of if of in there else "", how) for a, (of, how) in sheet.items.items()}
            assert found_in(self.path(box), id, self.catalog) == Sheet(sheet.ratings, items)

    def shown(self, action: str) -> bool:
        """Whether a workbook shows a plan item that was stored: an open one, or one that was closed in this cycle."""
        return self.items[action][2] == "open" or action in self.closed

    def somebody(self, data: st.DataObject) -> Box:
        """The workbook of one of those who are here."""
        return data.draw(st.sampled_from(sorted(b for b in self.sheets if b[0] == "person" and b[1] in self.here())))

    # -- what people type ------------------------------------------------------------------------------------------

    def rate(self, data: st.DataObject) -> None:
        """A person answers some of it, or takes something back."""
        box = self.somebody(data)
        fields = st.sampled_from(["skill", "experience", "interest", "evidence"])
        typed = {}
        for _ in range(data.draw(st.integers(1, 4))):
            name, of = data.draw(fields), data.draw(st.sampled_from([each.id for each in self.catalog.activities]))
            value = data.draw(st.sampled_from([None, "n/a", 0, 1, 2, 3]))
            typed["assessment", of, name] = f"Said {value}" if value is not None and name == "evidence" else value
            self.put(box, (box[1], of, "self", name), typed["assessment", of, name])
        fill(self.path(box), typed)

    def put(self, box: Box, key: Key, value: Any) -> None:
        """Note what stands in a cell now."""
        self.sheets[box].ratings.pop(key, None)
        if value is not None:
            self.sheets[box].ratings[key] = value

    def review(self, data: st.DataObject) -> None:
        """A manager rates, agrees and notes."""
        boxes = [box for box in self.sheets if box in self.boxes() and box[0] == "team"]
        box = data.draw(st.sampled_from(sorted(boxes)))
        people = sorted({who for who, *_ in reviewed(self.path(box))} & set(self.here()))
        typed = {}
        for _ in range(data.draw(st.integers(1, 3))):
            who, of = (
                data.draw(st.sampled_from(people)),
                data.draw(st.sampled_from([each.id for each in self.catalog.activities])),
            )
            column, value = data.draw(st.sampled_from(["manager", "agreed", "note"])), data.draw(st.integers(0, 4))
            source, name = ("manager", "note") if column == "note" else (column, "skill")
            typed["reviews", f"{who}:{of}", column] = said = f"Note {value}" if name == "note" else value
            self.put(box, (who, of, source, name), said)
        fill(self.path(box), typed)

    def plan(self, data: st.DataObject) -> None:
        """A person plans something, or says that it is done."""
        new = data.draw(st.booleans())
        box = self.somebody(data)
        items, path = self.sheets[box].items, self.path(box)
        rows = item_rows(path)
        if new and len(items) < 4:
            self.written += 1
            action, of = f"Item {self.written}", data.draw(st.sampled_from(self.catalog.activities))
            key = next(key for key, values in rows.items() if not any(values.values()))
            items[action] = (of.id, "open")
            fill(path, {("items", key, "activity"): of.name, ("items", key, "action"): action})
        elif items:
            action, how = data.draw(st.sampled_from(sorted(items))), data.draw(st.sampled_from(sorted(WORDS)))
            key = next(key for key, values in rows.items() if values["action"] == action)
            items[action] = (items[action][0], how)
            fill(path, {("items", key, "status"): WORDS[how]})

    # -- what comes back -------------------------------------------------------------------------------------------

    def keep_a_copy(self, data: st.DataObject) -> None:
        """A person sends a copy by mail."""
        (self.top / "mail").mkdir(exist_ok=True)
        box = data.draw(st.sampled_from(sorted(box for box in self.sheets if box[0] == "person")))
        shutil.copy(self.path(box), self.top / "mail" / f"{box[1]}.xlsx")
        self.copies[box[1]] = self.sheets[box].copy()

    def collect(self, data: st.DataObject) -> None:
        """Collect what came back: some files are lost, some came twice."""
        lost = data.draw(st.sets(st.sampled_from(sorted(self.sheets)), max_size=2))
        self.take(lost)

    def take(self, lost: set[Box]) -> None:
        """Collect all files but those, and compare all answers."""
        came = self.top / "came"
        shutil.rmtree(came, ignore_errors=True)
        shutil.copytree(self.folder, came / "folder")
        for box in lost:
            (came / "folder" / self.path(box).relative_to(self.folder)).unlink()
        if (self.top / "mail").exists():
            shutil.copytree(self.top / "mail", came / "mail")
        found = gs.collect(came, roster=self.roster())
        found.save(self.answers)
        self.expect(lost, found)
        self.compare()

    def expect(self, lost: set[Box], found: gs.Collected) -> None:
        """Put what is to be stored into the dictionary."""
        taken: dict[Key, list[Any]] = {}
        for box in self.sheets:
            those = [] if box in lost else [self.sheets[box]]
            those += [self.copies[box[1]]] if box[0] == "person" and box[1] in self.copies else []
            sheet = the_one(those)
            if sheet is None:
                assert not those or "conflict" in {problem.code for problem in found.problems}
                continue
            for key, value in sheet.ratings.items():
                taken.setdefault(key, []).append(value)
            for action, (of, how) in sheet.items.items():
                before = self.items.get(action, ("", "", "open"))[2]
                self.items[action] = (box[1], of, how)
                if before == "open" and how != "open":
                    self.closed |= {action}
        new = {key: {v for v in values if v != self.stored.get((self.cycle.id, *key))} for key, values in taken.items()}
        clashing = {key[:3] for key, values in new.items() if len(values) > 1}
        assert bool(clashing) == ("clash" in {problem.code for problem in found.problems})
        for key, values in new.items():
            if values and key[:3] not in clashing:
                self.stored[self.cycle.id, *key] = values.pop()

    def compare(self) -> None:
        """Everybody's answers are those of the dictionary, of every cycle, and so is who has answered."""
        found = gs.load_answers(self.answers)
        assert {
            (r.cycle, r.person, r.activity, str(r.source), name): value
            for r in found.ratings
            for name in ("skill", "experience", "interest", "evidence", "note")
            if (value := getattr(r, name)) not in (None, "")
        } == self.stored
        assert {each.action: (each.person, each.activity, str(each.status)) for each in found.plan_items} == self.items
        said = {key[1] for key in self.stored if key[0] == self.cycle.id and key[3:] == ("self", "skill")}
        responses = self.roster().responses()
        assert {each.person.id for each in responses if not each.unanswered} == said & set(self.here())

    def next_cycle(self, data: st.DataObject) -> None:
        """The cycle ends: everything is collected, the catalog changes, and new workbooks go out."""
        if self.number == 2:
            return
        change = data.draw(st.sampled_from(["add", "drop", "rename", ""]))
        self.take(set())
        before, old = self.answers, self.catalog
        self.number += 1
        self.day, self.closed = max(self.day, self.cycle.date), frozenset()
        self.sheets, self.copies = {}, {}
        shutil.rmtree(self.top / "mail", ignore_errors=True)
        if not change:
            shutil.copytree(before, self.answers)
        else:
            self.catalog = changed(old, change, f"1.{self.number}")
            moved, _ = gs.migrate(gs.load_answers(before), old, self.catalog)
            gs.save_answers(moved, self.answers)
            if change == "rename":
                new = {"pricing": "prices"}
                self.stored = {
                    (c, p, new.get(of, of), *rest): value for (c, p, of, *rest), value in self.stored.items()
                }
                self.items = {action: (who, new.get(of, of), how) for action, (who, of, how) in self.items.items()}
        self.make()

    def teardown(self) -> None:
        """In the end all of it is collected."""
        self.take(set())
        self.home.cleanup()


def the_one(those: list[Sheet]) -> Sheet | None:
    """The file of a person that counts; None if they contradict each other."""
    if len(those) == 2:
        first, second = (sheet.lines() for sheet in those)
        if first <= second:
            return those[1]
        return those[0] if second <= first else None
    return those[0] if those else None


def item_rows(path: Path) -> dict[str, dict[str, Any]]:
    """The plan items of a workbook, by the keys of their rows."""
    found: dict[str, dict[str, Any]] = {}
    for (table, key, column), cell in cells_of(path).items():
        if table == "items":
            found.setdefault(key, {})[column] = cell.value
    return found


def reviewed(path: Path) -> Iterator[tuple[str, str]]:
    """The people and activities that a team's workbook asks about."""
    for table, key, _ in cells_of(path):
        if table == "reviews":
            who, _, of = key.rpartition(":")
            yield who, of


def found_in(path: Path, id: str, catalog: Catalog) -> Sheet:
    """What stands in a workbook."""
    found = Sheet()
    names = {each.name: each.id for each in catalog.activities}
    codes = {word: code for code, word in WORDS.items()}
    for (table, key, column), cell in cells_of(path).items():
        if cell.value in (None, "") or table not in ("assessment", "reviews"):
            continue
        who, _, of = key.rpartition(":") if table == "reviews" else (id, "", key)
        source, name = {
            "manager": ("manager", "skill"),
            "agreed": ("agreed", "skill"),
            "note": ("manager", "note"),
        }.get(column, ("self", column))
        found.ratings[who, of, source, name] = cell.value
    for values in item_rows(path).values() if "people" in path.parts else ():
        if any(values.values()):
            found.items[values["action"]] = (
                names.get(values["activity"], ""),
                codes.get(values["status"] or "Open", ""),
            )
    return found


def test_three_cycles() -> None:
    """Whatever happens in three cycles, everybody's answers are what the dictionary says."""
    run_state_machine_as_test(Years, settings=steady(3, stateful_step_count=15))
