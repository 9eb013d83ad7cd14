"""The hidden tab that drop-downs and words come from: scales, and codes with their words in the book's language."""

from __future__ import annotations

from collections.abc import Iterable

from growthsheet.measures import lookups as m
from growthsheet.model.budget import BudgetPolicy
from growthsheet.model.code_words import ROUTE_WORDS
from growthsheet.text.language import Translate
from growthsheet.workbook.blocks import Block, Facts, Sheet
from growthsheet.workbook.tables import Column, Fact, Ref, Rows, Table, given, measured

LISTS = "Lists"


def _coded(name: str, *more: Column) -> Table:
    return Table(name, (given("code", "Code"), given("label", "Label"), given("number", "Number", "whole"), *more))


ROUTES = _coded("routes", given("meaning", "Meaning"), given("money", "Money usually goes to"))
FLAGS = _coded("flags")
STATES = _coded("states")
TIES = _coded("ties")
ITEM_STATUSES = _coded("item_statuses")
LINE_STATUSES = _coded("line_statuses")
CATEGORIES = _coded("categories")
ROLES = _coded("roles", given("path", "Path"), given("expected_count", "Activities", "whole"))
PEOPLE_LIST = _coded("people_list", given("currency", "Currency"), given("minor", "Decimals", "whole"))


def words(table: Table, style: str, name: str, code: str, header: str = "", note: str = "") -> Column:
    """A column that shows the words for the code beside it, and looks as that code does."""
    read = {"code": code, "codes": table["code"], "labels": table["label"]}
    return measured(m.word, header, style, name=name, look=code, note=note, **read)


def chosen(name: str, label: str, table: Table) -> Column:
    """A hidden column with the number of the entry that was chosen in a drop-down."""
    return measured(m.choice, name=name, label=label, labels=table["label"], numbers=table["number"], hidden=True)


def chosen_row(asked: str, labels: Ref, numbers: Ref) -> tuple[Column, Column]:
    """Hidden columns with the row, in another table, of the label that was chosen.

    The row is found by its number, which travels with it: that table may have been sorted.
    """
    choice = f"{asked}_choice"
    return (
        measured(m.choice, name=choice, label=asked, labels=labels, numbers=numbers, hidden=True),
        measured(m.at_rank, name="at", n=choice, ranks=numbers, hidden=True),
    )


def labels(table: Table) -> Ref:
    """What a drop-down of a list offers."""
    return table["label"]


def coded_rows(table: Table, entries: Iterable[tuple[str, str]]) -> Rows:
    """A list's rows, numbered from 1."""
    return Rows(table, [{"code": code, "label": label, "number": n} for n, (code, label) in enumerate(entries, 1)])


def route_rows(say: Translate) -> Rows:
    """The routes in the book's language."""
    return Rows(
        ROUTES,
        [
            {"code": code, "label": say(label), "number": n, "meaning": say(meaning), "money": say(money)}
            for n, (code, (label, meaning, money)) in enumerate(ROUTE_WORDS.items(), 1)
        ],
    )


def said_rows(table: Table, said: dict[str, str], say: Translate) -> Rows:
    """A list of words in the book's language."""
    return coded_rows(table, [(code, say(label)) for code, label in said.items()])


def category_rows(policy: BudgetPolicy, say: Translate) -> Rows:
    """The budget categories."""
    return coded_rows(CATEGORIES, [(code, say(label)) for code, label in policy.categories])


def lists(facts: Iterable[Fact], tables: Iterable[Rows], say: Translate) -> Sheet:
    """The hidden tab."""
    blocks: tuple[Block, ...] = (Facts(tuple(facts)), *tables)
    return Sheet(
        LISTS, say("What drop-downs and formulas read; nothing to fill in here."), blocks, colour="about", hidden=True
    )
