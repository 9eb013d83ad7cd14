"""Round trips: workbooks are filled in and rearranged at random, and every rating has to come back as it was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, partial
from random import Random
from time import perf_counter
from typing import Any

from benchmarks import sample
from growthsheet import load_catalog

PEOPLE = 12
SPELLINGS = ("{}", "{}", "{}", "{}.0", " {} ", "{},0")
"""Of a point that was typed as a text."""

Ratings = dict[tuple[str, str, str], dict[str, Any]]
"""Person, activity and source: what is said."""


@dataclass(frozen=True)
class Sent:
    """A workbook that went out: its file, and where each rating stands (tab, row, column) in it."""

    data: bytes
    table: str
    places: Mapping[tuple[tuple[str, str, str], str], tuple[str, int, int]]


@cache
def sent() -> tuple[Sent, ...]:
    """Everybody's workbooks, answered, and their managers'."""
    from growthsheet.xlsx.writer.layout import Layout

    roster = sample.roster(PEOPLE, PEOPLE // 2)
    found = []
    for one in (*roster.plans(), *roster.teams()):
        book = one.book()
        layout, who, own = Layout(book), book.identity["id"], book.kind == "person"
        table = "assessment" if own else "reviews"
        place = layout.tables[table]
        places = {}
        for number, row in enumerate(book.tables[table].rows):
            whose, _, activity = str(row["key"]).removeprefix("k:").rpartition(":")
            for column in book.tables[table].table.columns:
                if column.role == "input" and column.style in ("rating", "vote"):
                    key = (whose or who, activity, "self" if own else column.key)
                    at = (place.sheet, place.first + number + 1, place.columns[column.key] + 1)
                    places[key, column.key if own else "skill"] = at
        found.append(Sent(one.to_bytes(), table, places))
    return tuple(found)


@cache
def known() -> Any:
    """What they are read against."""
    from growthsheet.returns.reference import Reference

    return Reference(load_catalog("product-management"))


def trip(number: int) -> tuple[int, list[str]]:
    """One trip: how many ratings came back as they were, and what else came or did not."""
    from growthsheet.returns.merge import ReturnedFile, merge
    from growthsheet.sheets.forms import FORMS
    from growthsheet.xlsx.reader.returned_workbook import read_returned_workbook
    from tests.proof.hands import Hands

    random, catalog = Random(number), known().catalog
    out = random.choice(sent())
    scales = {scale.id: scale.values for scale in catalog.scales}
    hands, wanted = Hands(out.data), Ratings()
    for (key, name), (tab, row, column) in out.places.items():
        value = random.choice([None, "n/a", *scales[name]])
        spelled = value
        if isinstance(value, int) and random.random() < 0.5:
            spelled = random.choice([float(value), random.choice(SPELLINGS).format(value)])
        hands.tabs[tab].cells[row, column].type(spelled)
        if value is not None:
            wanted.setdefault(key, {})[name] = value
    rearranged(hands, out, random)
    read = partial(read_returned_workbook, hands.save(), "book.xlsx", FORMS, scales)
    merged = merge([ReturnedFile("book.xlsx", "digest", 0, read)], known())
    found = {
        (r.person, r.activity, str(r.source)): {n: value for n in scales if (value := getattr(r, n)) is not None}
        for r in merged.answers.ratings
    }
    found = {key: said for key, said in found.items() if said}
    wrong = sorted(key for key in wanted.keys() | found.keys() if wanted.get(key) != found.get(key))
    return sum(map(len, wanted.values())), [f"trip {number}: {' '.join(key)}" for key in wrong]


def rearranged(hands: Any, out: Sent, random: Random) -> None:
    """Sort the table, insert rows and columns, rename the tab, or none of it."""
    tab = hands.tabs[next(iter(out.places.values()))[0]]
    rows = sorted({row for _, row, _ in out.places.values()})
    if random.random() < 0.5:
        hands.sort_rows(tab, dict(zip(rows, random.sample(rows, len(rows)), strict=True)))
    if random.random() < 0.3:
        hands.insert_rows(tab, random.randint(1, rows[-1]), random.randint(1, 3))
    if random.random() < 0.3:
        hands.insert_columns(tab, random.randint(1, 9), random.randint(1, 2))
    if random.random() < 0.2:
        hands.move_column(tab, random.randint(2, 12), random.randint(2, 12))
    if random.random() < 0.3:
        hands.rename(tab, f"My {random.randint(1, 9)} & more")


def trips(number: int, first: int = 0) -> list[str]:
    """So many trips; gives what was lost, changed or invented, and prints the sum."""
    start = perf_counter()
    ratings, wrong = 0, list[str]()
    for told, faults in map(trip, range(first, first + number)):
        ratings += told
        wrong += faults
    print("\n".join((*wrong[:20], f"{number:,} round trips, {ratings:,} ratings, {len(wrong)} lost or changed")))
    print(f"{perf_counter() - start:,.0f} s")
    return wrong
