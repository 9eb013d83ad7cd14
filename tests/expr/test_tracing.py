"""Tracing a measure: what is refused while it is said, and how its formula is spelled."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from growthsheet.errors import ExpressionError
from growthsheet.expr import (
    BLANK,
    ColumnValues,
    Node,
    RatingCell,
    RowValues,
    TextCell,
    all_numbers,
    both,
    chosen,
    count_where,
    divided,
    either,
    equal,
    filled,
    is_number,
    joined,
    larger,
    lower_median,
    measure,
    negate,
    number,
    number_text,
    or_else,
    parameter,
    pick,
    place,
    rounded,
    same,
    sentence,
    serial,
    sum_where,
    text,
    total,
    when,
    whole,
)
from growthsheet.expr import node as constant
from growthsheet.expr.tree import add, define_word, multiply
from tests.expr.asking import value_of

A, B, C = (parameter(name, "number", False) for name in "abc")
T = parameter("t", "text", False)
R = parameter("r", "rating", True)
COLUMN = parameter("column", "column", False)
NAMES = {"a": "$A1", "b": "$B1", "c": "$C1", "t": "$T1", "r": "$R1", "column": "$X$1:$X$9"}


def spelled(made: Node) -> str:
    """A tree's formula, of single letters."""
    return made.excel(NAMES)


class TestRefused:
    """What cannot be said fails while it is said, not in somebody's cell."""

    def test_truth_value(self) -> None:
        """A Python if on a node is an error that names when()."""
        with pytest.raises(ExpressionError, match=r"use when\(\)"):
            bool(A > 1)

    @pytest.mark.parametrize(
        ("formula", "told"),
        [
            (lambda gap: 6 / gap, r"<lambda>\(\): unsupported operand .* such as divided\(\)"),
            (lambda gap: round(gap), r"<lambda>\(\): type Node doesn't define __round__ method; a measure uses"),
            (lambda *gaps: 1, r"<lambda>\(\*gaps\): name each cell that the measure reads"),
            (len, "measure: <built-in function len> is no function of a script"),
            (5, "measure: 5 is no function of a script"),
        ],
    )
    def test_what_cannot_be_traced(self, formula: Any, told: str) -> None:
        """What Python refuses is told as what a measure may use."""
        with pytest.raises(ExpressionError, match=told):
            measure(formula)

    def test_chained_comparison(self) -> None:
        """0 < a < 3 would silently be a < 3."""
        with pytest.raises(ExpressionError, match="no truth value"):
            0 < A < 3  # noqa: B015  # its truth value is what is tested

    def test_python_max(self) -> None:
        """The built-in max compares, so it is refused."""
        with pytest.raises(ExpressionError, match="no truth value"):
            max(A, B)

    @pytest.mark.parametrize(
        "translate",
        [
            lambda: number(R) + lower_median(COLUMN),
            lambda: larger(pick(COLUMN, A), 0),
            lambda: when(A > 0, B, BLANK) * 2,
            lambda: joined(when(A > 0, "x", BLANK), "y"),
            lambda: add(parameter("maybe", "number", True), 1),
        ],
    )
    def test_blank_operands(self, translate) -> None:
        """What may be blank must be guarded before arithmetic or a text touches it."""
        with pytest.raises(ExpressionError, match="may be blank; guard it first"):
            translate()

    @pytest.mark.parametrize(
        ("translate", "told"),
        [
            (lambda: A + T, r"add\(\): operand 2 is a text, not a number"),
            (lambda: A + "x", r"add\(\): operand 2 is a text, not a number"),
            (lambda: 1 - T, r"subtract\(\): operand 2 is a text, not a number"),
            (lambda: same(T, A), r"same\(\): operand 2 is a number, not a text"),
            (lambda: T < T, r"less\(\): operand 1 is a text, not a number"),
            (lambda: both(A, A > 1), r"both\(\): operand 1 is a number, not a truth"),
            (lambda: total(A), r"total\(\): operand 1 is a number, not a column"),
            (lambda: COLUMN + 1, r"add\(\): operand 1 is a column, not a number"),
            (lambda: R * 2, r"multiply\(\): operand 1 is a rating, not a number"),
            (lambda: larger(BLANK, 0), r"larger\(\): operand 1 is a blank, not a number"),
        ],
    )
    def test_kinds(self, translate, told) -> None:
        """An operand of another kind is refused, with its place and both kinds."""
        with pytest.raises(ExpressionError, match=told):
            translate()

    @pytest.mark.parametrize(
        ("translate", "told"),
        [
            (lambda: larger(A), r"larger\(\) takes 2 operands, not 1"),
            (lambda: rounded(A), r"rounded\(\) takes 2 operands, not 1"),
            (lambda: chosen(T, COLUMN), r"chosen\(\) takes 3 operands, not 2"),
        ],
    )
    def test_how_many(self, translate, told) -> None:
        """Too few operands are refused."""
        with pytest.raises(ExpressionError, match=told):
            translate()

    @pytest.mark.parametrize("constant", [None, True, [1], 1 + 2j])
    def test_constants(self, constant) -> None:
        """A formula holds numbers and texts, nothing else; a truth value is none."""
        with pytest.raises(ExpressionError, match="cannot hold the constant"):
            add(A, constant)

    def test_branches_of_two_kinds(self) -> None:
        """A cell is a number or a text, not sometimes this and sometimes that."""
        with pytest.raises(ExpressionError, match="two branches of one kind"):
            when(A > 1, 1, "x")

    def test_test_that_is_none(self) -> None:
        """A condition must be a truth."""
        with pytest.raises(ExpressionError, match="when\\(\\) needs a truth"):
            when(A, 1, 0)

    @pytest.mark.parametrize(
        "condition", [(A, "=", 1), (COLUMN, "<>", 1), (COLUMN, "==", 1), (COLUMN, "=", lower_median(COLUMN))]
    )
    def test_conditions(self, condition) -> None:
        """A condition is a column, a known sign, and something that is never blank."""
        with pytest.raises(ExpressionError, match="a condition is"):
            count_where(condition)
        with pytest.raises(ExpressionError, match="a condition is"):
            sum_where(COLUMN, condition)

    def test_annotations(self) -> None:
        """A parameter's annotation is one of the four that are known."""
        with pytest.raises(ExpressionError, match=r"wrong\(a\): annotate with"):

            @measure
            def wrong(a: int) -> Node:
                return a

    def test_defaults(self) -> None:
        """A default other than None would be a number that no cell shows."""
        with pytest.raises(ExpressionError, match=r"wrong\(a\): annotate with"):

            @measure
            def wrong(a=0) -> Node:
                return a

    def test_calling_a_measure(self) -> None:
        """A measure is bound to columns; inside another one it would hide what that one reads."""
        with pytest.raises(ExpressionError, match="is a measure; bind it"):
            difference(A, B)

    def test_words_of_unknown_kinds(self) -> None:
        """A word without types cannot be declared."""
        with pytest.raises(KeyError):

            @define_word("FOO({0})")
            def foo(a: bytes) -> float:
                return 0.0


@measure
def difference(a, b) -> Node:
    """How much is missing."""
    return a - b


class TestBlankRule:
    """Blank in, blank out: said once, for all measures."""

    def test_needed_number(self) -> None:
        """Without a needed number there is nothing; with all of them there is a number, 0 too."""
        assert difference.excel(NAMES) == '=IF(COUNT($A1,$B1)=2,$A1-$B1,"")'
        assert [value_of(difference.tree, {"a": a, "b": 1}) for a in (3, 0, 1, None, "n/a", "3", True)] == [
            2,
            -1,
            0,
            None,
            None,
            None,
            None,
        ]

    def test_needed_text(self) -> None:
        """A needed text must be filled in; numbers and texts are tested together."""

        @measure
        def told(a, t: TextCell) -> Node:
            """A word and how many."""
            return joined(t, whole(a))

        assert told.excel(NAMES) == '=IF(AND(COUNT($A1)=1,$T1<>""),$T1&TEXT($A1,"0"),"")'
        assert [value_of(told.tree, {"a": a, "t": t}) for a, t in ((2, "x"), (None, "x"), (2, None))] == [
            "x2",
            None,
            None,
        ]

    def test_optional(self) -> None:
        """What may be blank does not blank the result, and must be guarded."""

        @measure
        def left(a, r=None) -> Node:
            """What is left."""
            return a - or_else(r, 0)

        assert left.excel(NAMES) == '=IF(COUNT($A1)=1,$A1-IF(ISNUMBER($R1),$R1,0),"")'
        assert [value_of(left.tree, {"a": 5, "r": r}) for r in (2, None, "n/a")] == [3, 5, 5]

    def test_ratings_and_columns_are_never_needed(self) -> None:
        """A rating or a column that holds nothing is for the measure to judge."""

        @measure
        def judged(r: RatingCell, column: ColumnValues, row: RowValues) -> Node:
            """How many numbers there are, with one's own."""
            return total(column) + total(row) + when(is_number(r), 1, 0)

        assert judged.excel({"r": "A1", "column": "B:B", "row": "1:1"}) == "=SUM(B:B)+SUM(1:1)+IF(ISNUMBER(A1),1,0)"
        assert value_of(judged.tree, {"r": None, "column": [None, "n/a", 2], "row": RowValues((1, None))}) == 3
        assert [(p.kind, p.across, p.needed) for p in judged.parameters] == [
            ("rating", False, False),
            ("column", False, True),
            ("column", True, True),
        ]

    def test_only_the_branch_taken_is_computed(self) -> None:
        """The test of a when() guards its branches in Python as it does in a cell."""
        tree = when(B > 0, divided(A, B), 0)
        assert value_of(tree, {"a": 1, "b": 0}) == 0

    def test_words_for_users(self) -> None:
        """A measure's words are its docstring, its name the function's."""
        assert (difference.name, difference.words) == ("difference", "How much is missing.")


class TestSpelling:
    """One tree has one formula."""

    @pytest.mark.parametrize(
        ("wanted", "tree"),
        [
            ("$A1-$B1-$C1", A - B - C),
            ("$A1-($B1-$C1)", A - (B - C)),
            ("$A1-($B1+$C1)", A - (B + C)),
            ("$A1+$B1*$C1", A + B * C),
            ("($A1+$B1)*$C1", (A + B) * C),
            ("$A1*($B1+$C1)", A * (B + C)),
            ("$A1/($B1*$C1)", divided(A, B * C)),
            ("$A1*$B1/$C1", divided(A * B, C)),
            ("$A1*($B1/$C1)", A * divided(B, C)),
            ("$A1-$B1>$C1*2", (A - B) > C * 2),
            ("1-$A1", 1 - A),
            ("3*$A1+2", 3 * A + 2),
            ("MAX($A1-$B1,0)", larger(A - B, 0)),
            ("$T1&TEXT($A1+1,\"0\")", joined(T, whole(A + 1))),
            ("NOT($A1=$B1)", negate(equal(A, B))),
            ('IF($A1>1,"yes","no")', when(A > 1, "yes", "no")),
            ("AND(COUNT($R1)=1,$R1<>\"\")", both(all_numbers(R), filled(R))),
            ("OR($A1<1,$A1<=1,$A1>=1)", either(A < 1, A <= 1, A >= 1)),
            ("COUNTIFS($X$1:$X$9,$A1,$X$1:$X$9,\">=\"&$B1)", count_where((COLUMN, "=", A), (COLUMN, ">=", B))),
            ("SUMIFS($X$1:$X$9,$X$1:$X$9,\"<\"&$A1)", sum_where(COLUMN, (COLUMN, "<", A))),
            (
                "1+COUNTIFS($X$1:$X$9,\">\"&$A1)+COUNTIFS($X$1:$X$9,$A1,$X$1:$X$9,\"<\"&$B1)",
                place((">", A, COLUMN), ("<", B, COLUMN)),
            ),
        ],
    )  # fmt: skip
    def test_brackets(self, wanted, tree) -> None:
        """Brackets stand where they are needed and nowhere else."""
        assert spelled(tree) == wanted

    def test_a_criterion_is_bracketed_as_a_whole(self) -> None:
        """A sum as a criterion is joined to its sign after it was summed: & binds less tightly than +."""
        assert spelled(count_where((COLUMN, ">", A + B))) == 'COUNTIFS($X$1:$X$9,">"&$A1+$B1)'

    @pytest.mark.parametrize(
        ("wanted", "value"),
        [
            ("3", 3.0),
            ("0", -0.0),
            ("-2", -2),
            ("0.1", 0.1),
            ("0.0005", 0.0005),
            ("1000000000000", 1e12),
            ("1e+16", 1e16),
        ],
    )
    def test_canonical_numbers(self, wanted, value) -> None:
        """A number has one text: whole without a point, else the shortest exact one."""
        assert number_text(value) == wanted
        assert spelled(constant(value)) == wanted

    def test_quotes(self) -> None:
        """Quotes inside a text are doubled, other characters stay."""
        assert spelled(constant('say "hi" & go\n')) == '"say ""hi"" & go\n"'
        assert value_of(constant('say "hi"'), {}) == 'say "hi"'

    def test_said_is_translated(self) -> None:
        """A word for people is spelled in the workbook's language on both sides; a code is not."""
        tree = joined(text('the "gap"'), "gap")
        assert tree.excel({}, {'the "gap"': 'die "Lücke"'}.__getitem__) == '"die ""Lücke"""&"gap"'
        assert value_of(tree, {}, {'the "gap"': 'die "Lücke"'}.__getitem__) == 'die "Lücke"gap'

    def test_told_is_translated(self) -> None:
        """A sentence with numbers has them in the order of the workbook's language, on both sides."""
        tree = sentence("{done} of {all} done", done=constant(2), all=constant(3))
        assert (tree.excel({}), value_of(tree, {})) == ('TEXT(2,"0")&" of "&TEXT(3,"0")&" done"', "2 of 3 done")
        german = {"{done} of {all} done": 'Von {all} "sind" {done}'}.__getitem__
        assert tree.excel({}, german) == '"Von "&TEXT(3,"0")&" ""sind"" "&TEXT(2,"0")'
        assert value_of(tree, {}, german) == 'Von 3 "sind" 2'

    def test_blank(self) -> None:
        """Nothing is an empty text in a cell and None in Python."""
        assert (BLANK.excel({}), value_of(BLANK, {})) == ('""', None)

    def test_nodes_are_comparable(self) -> None:
        """Two trees said alike are one value: == is not overloaded."""
        assert larger(A - B, 0) == larger(A - B, 0)
        assert hash(larger(A, 0)) == hash(larger(A, 0))
        assert multiply(A, B) != multiply(B, A)


class TestArithmetic:
    """Python follows the spreadsheets' arithmetic where it differs from floats."""

    @pytest.mark.parametrize(
        ("wanted", "a", "digits"),
        [
            (0.43, 2.675 - 2.25, 2),
            (1.01, 1.005, 2),
            (-1.01, -1.005, 2),
            (3, 2.5, 0),
            (-3, -2.5, 0),
            (130, 125, -1),
            (0.3, 0.1 + 0.2, 15),
            (1814.79, 120000 * 0.03 * 184 / 365, 2),
        ],
    )
    def test_rounding(self, wanted, a, digits) -> None:
        """Halves go away from zero, on 15 significant digits."""
        assert value_of(rounded(A, digits), {"a": a}) == wanted

    @given(st.floats(-1e9, 1e9) | st.integers(-(10**9), 10**9).map(lambda n: n / 2000), st.integers(0, 9))
    def test_rounding_is_exact(self, a, digits) -> None:
        """Whatever is rounded, and however near a half: what is quick gives what 15 digits give."""
        wanted = Decimal(f"{a:.15g}").quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
        assert repr(value_of(rounded(A, digits), {"a": a})) == repr(float(wanted))

    def test_serial(self) -> None:
        """A date counts as spreadsheets count it, right from March 1900 on."""
        assert [serial(date(1900, 3, 1)), serial(date(2026, 1, 15))] == [61, 46037]
