"""Random trees over the whole vocabulary: Python and the spreadsheets must compute the same.

Each workbook of the fuzz holds at least one tree under every word. Where a tree could show nothing but a difference
between the spreadsheets themselves, and no measure of the product does so, it is not built; each such place says why.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import date
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from growthsheet import expr
from growthsheet.expr import BLANK, Node, RowValues, node, parameter, text, when
from growthsheet.expr.tree import Word
from tests.expr.asking import Asking, Blank, everyday_differences, office_differences
from tests.proof.engines import formualizer_differences, require

EXAMPLES = int(os.environ.get("GROWTHSHEET_FUZZ", "0"))
"""How many random workbooks to try; 0 tries the same few in every run."""

DEPTH = 3

# What trees read; every column has the same number of rows, as COUNTIFS demands.
NUMBERS, RATINGS, TEXTS, DAYS = ("n1", "n2", "n3"), ("r1", "r2", "r3", "r4"), ("t1", "t2"), ("d1", "d2")
MIXED, ACROSS = ("mixed1", "mixed2"), ("across1",)
FULL, SPARSE, CODES, WORDS, POINTS = "full", "sparse", "codes", "words", "points"

_numbers = st.one_of(
    st.integers(-9, 9), st.integers(-100_000, 100_000), st.integers(-9999, 9999).map(lambda cents: cents / 100)
)
# Criteria and keys are codes of ours: a text that looks like a number, a pattern or a sign would match otherwise, in
# each spreadsheet in its own way; so people's texts never become a key or a criterion. One engine compares accented
# letters with regard to case; labels come from drop-downs, in the case they have there.
_codes = st.sampled_from(["planned", "Planned", "gap", "nogap", "k:a.1", "k:B-2", "n/a", "É1"])
# People's texts meet only = and &.
_texts = st.one_of(_codes, st.sampled_from(['say "hi"', "3", "=1+1", "a*", "~", ">5", " ", "'", "0", "TRUE", "日本"]))
_blanks = st.sampled_from([Blank.EMPTY, Blank.FORMULA])
_ratings = st.one_of(st.integers(0, 5), _numbers, _texts, st.just("n/a"), _blanks, st.just(Blank.NOTHING))
_days = st.dates(date(1900, 3, 1), date(9999, 1, 1)).map(expr.serial) | st.dates(
    date(2023, 12, 1), date(2028, 3, 1)
).map(expr.serial)


@st.composite
def surroundings(draw: st.DrawFn, truths: bool) -> dict[str, Any]:
    """Everything that the trees of one workbook read; ``truths`` lets cells that may hold anything hold TRUE."""
    size = draw(st.integers(1, 6))

    def column(cells: st.SearchStrategy[Any], unique: Callable[[Any], Any] | None = None) -> list[Any]:
        return draw(st.lists(cells, min_size=size, max_size=size, unique_by=unique))

    # COUNTIFS with 3 counts a text "3" in some spreadsheets, so columns hold other texts.
    truth = st.booleans() if truths else st.nothing()
    mixed = st.one_of(st.integers(0, 4), _numbers, _codes, _blanks, truth)
    return {
        **{name: draw(_numbers) for name in NUMBERS},
        **{name: draw(_ratings | truth) for name in RATINGS},
        **{name: draw(_texts) for name in TEXTS},
        **{name: draw(_days) for name in DAYS},
        **{name: column(mixed) for name in MIXED},
        **{name: RowValues(column(mixed)) for name in ACROSS},
        FULL: column(_numbers),
        SPARSE: column(st.one_of(_numbers, st.just("n/a"), _blanks)),  # no truths: no cell of the product shows one
        CODES: column(_codes, str.casefold),
        WORDS: column(_texts, str.casefold),
        POINTS: [*range(draw(st.integers(0, 1)), size + 1), "n/a"],
    }


class Trees:
    """Builds random trees, well-typed and guarded as measures build them."""

    def __init__(self, draw: st.DrawFn, size: int) -> None:
        self.draw, self.size = draw, size

    def any(self, *choices: Callable[[], Node]) -> Node:
        """One of several trees."""
        return self.draw(st.sampled_from(choices))()

    def leaf(self, names: tuple[str, ...], kind: str, blank: bool = False) -> Node:
        """A parameter."""
        return parameter(self.draw(st.sampled_from(names)), kind, blank)

    # -- kinds -------------------------------------------------------------------------------------------------------

    def of(self, kind: str, depth: int) -> Node:
        """A tree of a kind that is never blank."""
        words = [name for name, (result, _) in MAKERS.items() if result == kind] if depth else []
        # When hypothesis makes a case smaller it takes the first choice: a leaf.
        name = self.draw(st.sampled_from(["leaf", "leaf", *words]))
        return self.leaf_of(kind) if name == "leaf" else MAKERS[name][1](self, depth - 1)

    def leaf_of(self, kind: str) -> Node:
        """A parameter or a constant of a kind."""
        match kind:
            case "number":
                return self.any(lambda: self.leaf(NUMBERS, "number"), lambda: node(self.draw(_numbers)))
            case "text":
                return self.any(
                    lambda: self.leaf(TEXTS, "text"),
                    lambda: node(self.draw(_texts)),
                    lambda: text(self.draw(st.sampled_from(["No money", 'The "word"']))),
                )
            case "truth":
                return expr.filled(self.rating())
        raise AssertionError(kind)

    def number(self, depth: int) -> Node:
        """A number."""
        return self.of("number", depth)

    def text(self, depth: int) -> Node:
        """A text."""
        return self.of("text", depth)

    def truth(self, depth: int) -> Node:
        """A truth."""
        return self.of("truth", depth)

    def exact(self, depth: int) -> Node:
        """A number of two decimals.

        Sums of floats that should be equal are not, in each spreadsheet otherwise; whatever measures compare is
        rounded first.
        """
        return self.any(
            lambda: self.leaf_of("number"),
            lambda: expr.rounded(self.number(depth), 2),
            lambda: expr.count(self.column()),
        )

    def rating(self) -> Node:
        """A cell that may hold anything."""
        return self.leaf(RATINGS, "rating", blank=True)

    def column(self) -> Node:
        """A column or row that may hold anything."""
        return self.leaf((*MIXED, FULL, *ACROSS), "column")

    def day(self) -> Node:
        """A whole day: what is no whole number, or before March 1900, is no date in the product."""
        return self.any(
            lambda: self.leaf(DAYS, "number"), lambda: self.leaf(DAYS, "number") + self.draw(st.integers(0, 400))
        )

    def inside(self) -> Node:
        """A place within a column: measures ask for none but found ones."""
        return self.any(
            lambda: node(self.draw(st.integers(1, self.size))),
            lambda: expr.or_else(expr.position(self.key(), parameter(CODES, "column", False)), 1),
        )

    def key(self) -> Node:
        """A code of ours."""
        return node(self.draw(_codes))

    def maybe(self, depth: int) -> Node:
        """Anything that may be blank."""
        return self.any(
            self.rating,
            lambda: expr.lower_median(self.column()),
            lambda: expr.position(self.key(), parameter(CODES, "column", False)),
            lambda: expr.place_of(self.exact(depth), self.column()),
            lambda: self.pick(SPARSE, expr.pick),
            lambda: when(self.truth(depth), self.number(depth), BLANK),
            lambda: when(self.truth(depth), BLANK, self.text(depth)),
        )

    def condition(self, depth: int) -> tuple[Node, str, Node]:
        """A condition of COUNTIFS and SUMIFS."""
        if self.draw(st.booleans()):
            return self.leaf((*MIXED, CODES), "column"), "=", self.key()
        return (
            self.leaf((*MIXED, FULL), "column"),
            self.draw(st.sampled_from(["=", ">", ">=", "<=", "<"])),
            self.exact(depth),
        )

    def conditions(self, depth: int) -> list[tuple[Node, str, Node]]:
        """One to three conditions."""
        return [self.condition(depth) for _ in range(self.draw(st.integers(1, 3)))]

    def pick(self, column: str, pick: Word) -> Node:
        """What stands in a row."""
        return pick(parameter(column, "column", False), self.inside())


def _some(make: Callable[[int], Node], depth: int, draw: st.DrawFn) -> list[Node]:
    return [make(depth) for _ in range(draw(st.integers(1, 3)))]


def _column(name: str) -> Node:
    return parameter(name, "column", False)


def _looked_up(t: Trees, depth: int) -> Node:
    key = t.any(t.key, lambda: t.exact(depth))
    return expr.looked_up(key, t.leaf((CODES, *MIXED, FULL), "column"), _column(WORDS))


def _place(t: Trees, depth: int) -> Node:
    keys = [(">", t.exact(depth), t.leaf((*MIXED, FULL), "column")) for _ in range(t.draw(st.integers(0, 2)))]
    return expr.place(*keys, ("<", t.exact(depth), _column(FULL)))


# word: the kind it is used as, and how to build a tree under it
MAKERS: dict[str, tuple[str, Callable[[Trees, int], Node]]] = {
    "add": ("number", lambda t, d: t.number(d) + t.number(d)),
    "subtract": ("number", lambda t, d: t.number(d) - t.number(d)),
    "multiply": ("number", lambda t, d: t.number(d) * t.number(d)),
    # measures divide by what cannot be 0
    "divided": ("number", lambda t, d: expr.divided(t.number(d), expr.larger(t.number(d), 1))),
    "less": ("truth", lambda t, d: t.exact(d) < t.exact(d)),
    "at_most": ("truth", lambda t, d: t.exact(d) <= t.exact(d)),
    "more": ("truth", lambda t, d: t.exact(d) > t.exact(d)),
    "at_least": ("truth", lambda t, d: t.exact(d) >= t.exact(d)),
    "equal": ("truth", lambda t, d: expr.equal(t.exact(d), t.exact(d))),
    "when": ("number", lambda t, d: when(t.truth(d), t.number(d), t.number(d))),
    "both": ("truth", lambda t, d: expr.both(*_some(t.truth, d, t.draw))),
    "either": ("truth", lambda t, d: expr.either(*_some(t.truth, d, t.draw))),
    "negate": ("truth", lambda t, d: expr.negate(t.truth(d))),
    "larger": ("number", lambda t, d: expr.larger(t.number(d), t.number(d))),
    "smaller": ("number", lambda t, d: expr.smaller(t.number(d), t.number(d))),
    "rounded": ("number", lambda t, d: expr.rounded(t.number(d), t.draw(st.integers(0, 4)))),
    "year": ("number", lambda t, d: expr.year(t.day())),
    "month": ("number", lambda t, d: expr.month(t.day())),
    "day_of_month": ("number", lambda t, d: expr.day_of_month(t.day())),
    "is_number": ("truth", lambda t, d: expr.is_number(t.maybe(d))),
    "filled": ("truth", lambda t, d: expr.filled(t.maybe(d))),
    # COUNT takes a text of digits for a number when it is handed over directly; only cells are
    "all_numbers": ("truth", lambda t, d: expr.all_numbers(*(t.rating() for _ in range(t.draw(st.integers(1, 3)))))),
    "number": ("number", lambda t, d: _guarded(t.rating(), t.number(d))),
    "or_else": ("number", lambda t, d: expr.or_else(t.maybe(d), t.number(d))),
    "on_scale": ("truth", lambda t, d: expr.on_scale(t.rating(), _column(POINTS))),
    "same": ("truth", lambda t, d: expr.same(t.text(d), t.text(d))),
    "reads": ("truth", lambda t, d: expr.reads(t.maybe(d), t.text(d))),
    # halves go up or to the even number, in each spreadsheet otherwise, and one loses the sign; only counts are spelled
    "whole": ("text", lambda t, d: expr.whole(expr.larger(expr.rounded(t.number(d), 0), 0))),
    "joined": ("text", lambda t, d: expr.joined(*_some(t.text, d, t.draw))),
    "total": ("number", lambda t, d: expr.total(t.column())),
    "count": ("number", lambda t, d: expr.count(t.column())),
    "kth_largest": ("number", lambda t, d: expr.kth_largest(_column(FULL), t.draw(st.integers(1, t.size)))),
    "lower_median": ("blank number", lambda t, d: expr.lower_median(t.column())),
    "position": ("blank number", lambda t, d: expr.position(t.key(), t.leaf((CODES, *MIXED), "column"))),
    "place_of": ("blank number", lambda t, d: expr.place_of(t.exact(d), t.column())),
    # a blank key finds 0 in one spreadsheet; measures look nothing up without a key, nor a code without words
    "looked_up": ("blank text", _looked_up),
    "chosen": ("number", lambda t, d: expr.chosen(t.text(d), t.leaf((WORDS, CODES), "column"), _column(FULL))),
    "pick": ("blank number", lambda t, d: t.pick(SPARSE, expr.pick)),
    "pick_text": ("blank text", lambda t, d: t.pick(t.draw(st.sampled_from([WORDS, CODES])), expr.pick_text)),
    "count_where": ("number", lambda t, d: expr.count_where(*t.conditions(d))),
    "sum_where": ("number", lambda t, d: expr.sum_where(t.leaf((*MIXED, FULL), "column"), *t.conditions(d))),
    "place": ("number", _place),
    # an error spreads through whatever reads it; it stands only in cells that only charts read
    "not_available": ("error", lambda t, d: when(t.truth(d), t.number(d), expr.not_available())),
}  # fmt: skip


def _guarded(cell: Node, otherwise: Node) -> Node:
    return when(expr.is_number(cell), expr.number(cell) + 1, otherwise)


def shown(made: Node) -> Node:
    """A tree as a cell of the product shows it: never a bare truth."""
    return when(made, "yes", "no") if made.kind == "truth" else made


class Drawn:
    """What there is to read, and trees, each with the word it stands for."""

    def __init__(self, around: dict[str, Any], trees: list[tuple[str, Node]]) -> None:
        self.around, self.trees = around, trees

    def __repr__(self) -> str:
        return "<the workbook whose differences stand above>"

    def bytes(self) -> bytes:
        """The workbook."""
        asking = Asking(translated, self.around)
        for _, made in self.trees:
            asking.add(made)
        return asking.bytes()


@st.composite
def workbooks(draw: st.DrawFn, truths: bool = True) -> Drawn:
    """A workbook with a tree under every word."""
    around = draw(surroundings(truths))
    trees = Trees(draw, len(around[FULL]))
    return Drawn(around, [(name, shown(make(trees, DEPTH))) for name, (_, make) in MAKERS.items()])


def translated(text: str) -> str:
    """Another language."""
    return f"«{text}»"


def words_of(made: Any) -> Iterator[Word]:
    """The words of a tree."""
    if isinstance(made, Node):
        yield made.word
        for arg in made.args:
            yield from words_of(arg)


FUZZ = settings(
    deadline=None,
    database=None,
    # not made smaller: a difference names its formula, and making whole workbooks smaller takes minutes
    phases=[Phase.generate],
    derandomize=not EXAMPLES,
    # one example is a whole workbook
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)


@pytest.mark.slow
@pytest.mark.engines
@settings(FUZZ, max_examples=EXAMPLES or 12)
@given(workbooks())
def test_engines_agree_with_python(drawn: Drawn) -> None:
    """Whatever the vocabulary can say, formualizer and IronCalc compute what Python computes."""
    assert everyday_differences(drawn.bytes()) == []


@pytest.mark.slow
@pytest.mark.engines
def test_libreoffice_agrees_with_python() -> None:
    """Whatever the vocabulary can say, LibreOffice computes what Python computes."""
    require("libreoffice")
    batch: list[bytes] = []

    @settings(FUZZ, max_examples=EXAMPLES or 7)
    @given(workbooks(truths=False))  # TRUE is the number 1 in LibreOffice, which has no truths in cells
    def draw(drawn: Drawn) -> None:
        batch.append(drawn.bytes())

    draw()
    assert office_differences(batch) == []


def _words() -> Iterator[tuple[str, Word]]:
    """Every word there is, by its name, wherever it is defined."""
    for module in iter_modules(expr.__path__):
        for name, each in vars(import_module(f"growthsheet.expr.{module.name}")).items():
            if isinstance(each, Word) and not name.startswith("_"):
                yield name, each


def test_fuzz_covers_the_vocabulary() -> None:
    """A new word is not in the fuzz by itself; this fails until it is."""
    assert {name for name, _ in _words()} | {"place"} == set(MAKERS)


@pytest.mark.slow
@settings(FUZZ, max_examples=5)
@given(workbooks())
def test_every_word_is_really_used(drawn: Drawn) -> None:
    """The tree under a word holds that word."""
    wrong = [name for name, made in drawn.trees if name != "place" and name not in {w.name for w in words_of(made)}]
    assert wrong == []


def _spoilt(body: Callable[..., Any]) -> Callable[..., Any]:
    """A body that is wrong by a little."""

    def spoilt(*args: Any) -> Any:
        value = body(*args)
        if value is expr.NOT_AVAILABLE:
            return 0
        if isinstance(value, bool):
            return not value
        return value + "x" if isinstance(value, str) else 7 if value is None else value + 1

    return spoilt


@pytest.mark.slow
@pytest.mark.engines
def test_a_wrong_body_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whichever word computes something else in Python than in a cell, the fuzz tells it."""
    require("formualizer")
    bodies = {name: each for name, each in _words() if name in MAKERS and hasattr(each, "body")}
    caught: set[str] = set()

    @settings(FUZZ, max_examples=4)
    @given(workbooks())
    def plant(drawn: Drawn) -> None:
        for name, planted in bodies.items():
            if name in caught:
                continue
            with monkeypatch.context() as patch:
                patch.setattr(planted, "body", _spoilt(planted.body))
                patch.setattr(planted, "python", "")  # what is written in place of a call of the body
                data = Drawn(drawn.around, [pair for pair in drawn.trees if pair[0] == name]).bytes()
            if formualizer_differences(data):
                caught.add(name)

    plant()
    assert set(bodies) - caught == set()
