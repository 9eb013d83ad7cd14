"""No file tells a reader what others earn: not in any part, not in any spelling, not by division."""

from __future__ import annotations

import os
import pickle
import re
import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

import growthsheet as gs
from growthsheet.errors import GrowthsheetError
from growthsheet.model import Answers
from growthsheet.roster.plans import Organization
from growthsheet.roster.roster import Roster
from growthsheet.sheets.books import SEEN_BY_PERSON, person_book, team_book
from growthsheet.views.team import TeamPay
from growthsheet.xlsx.writer.write import to_bytes
from tests.making import line, person, roster, said, salary

CANARIES = {
    # amounts that no other number of a workbook looks like
    "M": "217391.73",
    "A": "123457.61",
    "B": "98713.57",
    "C": "154321.91",
    "N": "187963.41",
    "X": "91837.43",
    "Y": "73951.87",
    "L": "65431.39",
}


def everybody(**options: Any) -> Roster:
    """Mia with three people and one who left, Nick with two, and what each of them earns."""
    people = [
        person("M", "Mia Boss", "lead"),
        *(person(id, f"Under Mia {id}", manager="M") for id in "ABC"),
        person("N", "Nick Boss", "lead"),
        *(person(id, f"Under Nick {id}", manager="N") for id in "XY"),
    ]
    gone = [person("L", "Lu Gone", manager="M", end="2026-02-20")]
    pay = [salary(id, amount) for id, amount in CANARIES.items()]
    lines = (*said().budget_items, line("l9", person="X", activity="talks", status="spent", actual=123))
    answers = said().model_copy(update={"budget_items": lines})
    return roster(people, pay, leavers=gone, currency="USD", answers=answers, **options)


def spellings(amount: Decimal) -> Iterator[str]:
    """A number as it may stand in a file: with or without its cents, in other notations, grouped or not."""
    plain = f"{amount.normalize():f}"
    whole, _, cents = plain.partition(".")
    for digits in {plain, f"{amount:.2f}"}:
        yield digits
        yield digits.replace(".", ",")
    grouped = f"{int(whole):,}"
    for mark in (",", ".", " ", "'", "\u00a0", "\u202f", "\u2019"):
        yield grouped.replace(",", mark)
    yield f"{float(amount):e}".rstrip("0").partition("e")[0].rstrip("0")
    yield f"{whole}{cents}"
    if len(whole) > 4:
        yield whole


@cache
def secrets(ids: str, divided: bool = True) -> frozenset[str]:
    """Every spelling of what these people earn, a month and a year, and of the 3 % that tells it."""
    found: set[str] = set()
    for id in ids:
        amount = Decimal(CANARIES[id])
        numbers = [amount]
        if divided:
            share = amount * Decimal("0.03")
            numbers += [amount / 12, share, share.quantize(Decimal("0.01"))]
        for number in numbers:
            found.update(spellings(number.quantize(Decimal("0.0001"))))
    return frozenset(text for text in found if len(re.sub(r"\D", "", text)) >= 4)


def inflated(data: bytes) -> str:
    """Every part of a workbook, one after the other."""
    with ZipFile(BytesIO(data)) as file:
        return "\n".join(f"{name}\n{file.read(name).decode('utf-8', 'replace')}" for name in file.namelist())


def told(text: str, wanted: frozenset[str]) -> list[str]:
    """The secrets that stand in a text as numbers of their own."""
    there = [each for each in wanted if each in text]
    return sorted(each for each in there if re.search(rf"(?<![\d.,]){re.escape(each)}(?!\d)", text))


@pytest.mark.slow
def test_the_search_finds_what_is_there() -> None:
    """The search itself: a manager's own file holds each salary of the team, found in its parts."""
    text = inflated(everybody().team("M").to_bytes())
    for id in "ABC":
        assert told(text, secrets(id, divided=False)) != []
        assert told(text, secrets(id)) != told(text, secrets(id, divided=False)), "the 3 % is not found"
    for id in "ABCXYMNL":
        assert told(f'<v>{CANARIES[id]}</v> "{Decimal(CANARIES[id]):,.2f}"', secrets(id)) != []


@pytest.mark.slow
@pytest.mark.parametrize("id", sorted(CANARIES.keys() - {"L"}))
def test_a_person_file_holds_no_salary(id: str) -> None:
    """A person's file holds nobody's salary, not even their own, and of allocations only their own."""
    text = inflated(everybody().person(id).to_bytes())
    assert told(text, secrets(id, divided=False)) == []
    assert told(text, secrets("".join(sorted(CANARIES.keys() - {id})))) == []
    assert str((Decimal(CANARIES[id]) * Decimal("0.03")).quantize(Decimal("0.01"))).rstrip("0") in text


@pytest.mark.parametrize("id", "AMX")
def test_person_pay_none(id: str) -> None:
    """With --person-pay none a person's file does not hold their own allocation either."""
    assert told(inflated(everybody(person_pay="none").person(id).to_bytes()), secrets("".join(CANARIES))) == []


@pytest.mark.slow
@pytest.mark.parametrize("pay", TeamPay)
@pytest.mark.parametrize(("manager", "people", "others"), [("M", "ABCL", "MNXY"), ("N", "XY", "MNABCL")])
def test_a_team_file_holds_that_team_only(pay: TeamPay, manager: str, people: str, others: str) -> None:
    """A manager's file holds nothing of anybody else's people, nor the manager's own pay."""
    text = inflated(everybody(pay=pay).team(manager).to_bytes())
    assert told(text, secrets(others)) == []
    names = {person.id: person.name for person in (*everybody().people, *everybody().reading.leavers)}
    assert [names[id] for id in others if id != manager and names[id] in text] == []


@pytest.mark.slow
@pytest.mark.parametrize("pay", [TeamPay.ALLOWANCE, TeamPay.POOLED, TeamPay.NONE])
@pytest.mark.parametrize(("manager", "people"), [("M", "ABCL"), ("N", "XY")])
def test_less_pay(pay: TeamPay, manager: str, people: str) -> None:
    """With --pay allowance a team's file holds no salary; with pooled and none it holds nobody's allocation either."""
    text = inflated(everybody(pay=pay).team(manager).to_bytes())
    assert told(text, secrets(people, divided=pay is not TeamPay.ALLOWANCE)) == []


def test_pools() -> None:
    """A pooled sum is shown over three shares and more, in one currency, and a share of nothing is none."""

    def total(made: Roster) -> Any:
        return Roster.team(made, "M").view.pools

    assert total(everybody(pay=TeamPay.POOLED))["USD"] > 10_000
    assert everybody(pay=TeamPay.POOLED).team("N").view.pools == {}
    people = [person("M", role="lead"), *(person(id, manager="M") for id in "ABC")]
    nothing = [salary("A", 100_000), salary("B", 0), salary("C", 0)]
    assert total(roster(people, nothing, pay=TeamPay.POOLED)) == {}
    mixed = [salary("A", 100_000), salary("B", 90_000), salary("C", 80_000, "EUR")]
    assert total(roster(people, mixed, pay=TeamPay.POOLED)) == {}


@pytest.mark.slow
def test_pay_by_its_name() -> None:
    """The kinds of pay are told by their names, too; a name that is none is refused."""
    for pay in TeamPay:
        assert everybody(pay=pay.value).team("M").to_bytes() == everybody(pay=pay).team("M").to_bytes()
    with pytest.raises(gs.InputError, match="salaries"):
        everybody(pay="salaries")


def everything_said(made: Roster) -> Iterator[str]:
    """How every public object shows itself."""
    plan, team = made.person("A"), made.team("M")
    objects = [made, plan, team, made.reading, made.options, made.context, made.policy, made.answers, made.people]
    objects += [plan.view, team.view, *team.view.members, *made.reading.pay, plan.budget(), team.budget(), team.gaps()]
    objects += [team.coverage(), team.mentors(), team.agenda(), team.bench(), plan.gaps(), team.book().identity]
    objects += [person_book(plan.view).identity, gs.build]
    for each in objects:
        yield repr(each)
        yield str(each)
        yield f"{each}"
    yield made.reading.pay[0].__repr_str__(", ")


def test_no_repr_shows_pay() -> None:
    """No object shows pay, an allocation or a base in its repr or str."""
    for pay in TeamPay:
        text = "\n".join(everything_said(everybody(pay=pay)))
        assert told(text, secrets("".join(CANARIES))) == []


def test_no_error_shows_pay(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever goes wrong with pay, the error does not repeat it."""
    canary = CANARIES["A"]
    said = []
    for wrong in (f"-{canary}", f"{canary}x", f"{canary}e99", f"1{canary.replace('.', '')}99999999"):
        with pytest.raises(gs.InputError, match="amount") as caught:
            salary("A", wrong)
        said.append(str(caught.value))
    people = [{"id": "1", "name": "Ana", "title": "Product manager", "Annual salary": f"{canary}?"}]
    with pytest.raises(GrowthsheetError) as refused:
        gs.load_roster(people, currency="USD")
    said += [str(refused.value), repr(refused.value)]
    with pytest.raises(GrowthsheetError) as unknown:
        everybody().person("Nobody")
    said.append(str(unknown.value))
    assert told("\n".join(said), secrets("A")) == []


def test_a_failing_workbook_tells_no_pay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When a workbook fails while it is made, neither the report nor the manifest tells what it was made from."""

    def fail(book: Any) -> bytes:
        raise RuntimeError(f"cannot write {CANARIES['A']} of {book!r}")

    for way in ("writer.write.to_bytes", "stamping.cache.stamped"):
        monkeypatch.setattr(f"growthsheet.xlsx.{way}", fail)
    report = gs.build(everybody(), tmp_path / "out")
    assert report.counts["failed"] == 9
    text = repr(report) + "\n".join(map(str, report.problems)) + (tmp_path / "out" / "manifest.json").read_text()
    assert told(text, secrets("".join(CANARIES))) == []


WATCHED = """
import os, sys, tempfile
from pathlib import Path
opened = []
def watch(event, arguments):
    if event == "open" and isinstance(arguments[0], (str, bytes)):
        mode, flags = arguments[1] or "", arguments[2] or 0
        if "w" in mode or "a" in mode or "x" in mode or flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            opened.append(os.fsdecode(arguments[0]))
    if event.startswith("tempfile."):
        opened.append(f"{event} {arguments[0]}")
from tests.views.test_privacy import everybody
import growthsheet as gs
import growthsheet.xlsx.writer.write, growthsheet.batch.workers, growthsheet.storage.lock
out = Path(sys.argv[1])
sys.addaudithook(watch)
gs.build(everybody(), out)
everybody().team("M").save(out / "mia.xlsx")
print("\\n".join(name for name in opened if not Path(name).is_relative_to(out)))
"""


def test_pages_hold_no_more_than_workbooks() -> None:
    """The printable pages keep to the same rules as the workbooks."""
    text = everybody().person("A").to_html()
    assert told(text, secrets("BCMNXYL")) == []
    assert told(text, secrets("A", divided=False)) == []
    for pay in TeamPay:
        text = everybody(pay=pay).team("M").to_html()
        assert told(text, secrets("MNXY")) == []
        if pay is not TeamPay.SALARY:
            assert told(text, secrets("ABCL", divided=pay is not TeamPay.ALLOWANCE)) == []


@pytest.mark.slow
def test_nothing_is_put_elsewhere(tmp_path: Path) -> None:
    """While workbooks are made nothing is written but the files of the folder: TMPDIR stays empty."""
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    out = tmp_path / "out"
    out.mkdir()
    environment = {**os.environ, "TMPDIR": str(temporary), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-c", WATCHED, str(out)]
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=True, cwd=Path.cwd())
    assert ran.stdout.split() == []
    assert list(temporary.iterdir()) == []
    assert {file.suffix for file in out.rglob("*") if file.is_file()} <= {".xlsx", ".json", ".lock", ""}
    for file in out.rglob("*"):
        assert file.stat().st_mode & 0o077 == 0


def test_views_hold_no_more_than_their_reader_may_have() -> None:
    """What goes to a worker that makes a file holds no pay that the file may not hold."""
    for pay in TeamPay:
        made = everybody(pay=pay)
        held = pickle.dumps((made.person("A").view, made.team("N").view), protocol=0).decode("latin-1")
        assert told(held, secrets("BCMNL")) == []
        assert CANARIES["A"] not in held
        for id in "XY":
            assert (CANARIES[id] in held) is (pay is TeamPay.SALARY)
    assert Answers.model_fields.keys() == {"cycles", "points", "ratings", "plan_items", "budget_items", "own_answers"}
    assert isinstance(to_bytes(team_book(everybody().team("N").view)), bytes)


def pools_of(made: Roster) -> Iterator[Any]:
    """Every pool that an organization's view holds."""
    money = made.organization().view.money
    yield from (*money.teams.values(), money.everybody, *money.categories.values())


def test_an_organization_file_holds_no_pay() -> None:
    """The organization's file, its page, view, reprs and tables hold nobody's salary and no share of it."""
    made = everybody()
    texts = [str(pool) for pool in pools_of(made)]
    for organization in (made.organization(), made.group("N")):
        texts += texts_of(organization)
    for text in texts:
        assert told(text, secrets("".join(CANARIES))) == []


def test_who_sees_a_file_is_true() -> None:
    """As the guide says, workbooks of the organization and groups name people with their skill, not their notes."""
    made = everybody()
    own, written = inflated(made.person("A").to_bytes()), ("Ten talks", "Shadow sales", "Ten more", "Line l1")
    assert [text for text in (*SEEN_BY_PERSON, *written) if text not in own] == []
    for organization in (made.organization(), made.group("M"), made.group("N")):
        book = inflated(organization.to_bytes())
        assert "Under Mia A" in book or "Under Nick X" in book
        assert [text for text in written if f">{text}<" in book] == []


def texts_of(organization: Organization) -> list[str]:
    """Everything in which an organization shows itself."""
    texts = [inflated(organization.to_bytes()), organization.to_html(), repr(organization), repr(organization.view)]
    texts += [pickle.dumps(organization.view, protocol=0).decode("latin-1"), str(organization.budget().records())]
    return texts + [str(table) for table in (organization.people(), organization.gaps())]


def test_an_organization_file_holds_pools_of_five_and_more_only() -> None:
    """Of two teams of four and three with one at the top, only everybody's sum is there; of fewer, not even that."""
    people, paid = everybody().reading.people, everybody().reading.pay
    money = everybody().organization().view.money
    assert {team: pool.money is None for team, pool in money.teams.items()} == {"M": True, "N": True, "": True}
    assert money.everybody.money is not None
    for count in range(1, len(people) + 1):
        few = roster(people[:count], [pay for pay in paid if pay.person in {p.id for p in people[:count]}])
        assert (few.organization().view.money.everybody.money is None) is (count < 5)
    nothing = [salary(p.id, 0 if p.id in "ABCXY" else 100_000) for p in people]
    assert {pool.money for pool in pools_of(roster(people, nothing))} == {None}
