"""Formulas taken apart, and what a formula may hold so that every program computes the same."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from openpyxl.formula.tokenizer import Token, Tokenizer, TokenizerError

_FUNCTIONS = """
    IF AND OR NOT IFERROR ISBLANK ISNUMBER ISTEXT ISERROR NA N T
    SUM COUNT COUNTA COUNTBLANK MIN MAX AVERAGE MEDIAN LARGE SMALL RANK PERCENTILE QUARTILE SUBTOTAL
    SUMIF SUMIFS COUNTIF COUNTIFS AVERAGEIF AVERAGEIFS SUMPRODUCT
    INDEX MATCH VLOOKUP HLOOKUP CHOOSE ROW ROWS COLUMN COLUMNS
    ROUND ROUNDUP ROUNDDOWN INT TRUNC MOD ABS SIGN
    DATE YEAR MONTH DAY WEEKDAY EDATE EOMONTH NETWORKDAYS YEARFRAC DATEDIF
    CONCATENATE REPT LEFT RIGHT MID LEN FIND SEARCH SUBSTITUTE TRIM UPPER LOWER TEXT
"""
FUNCTIONS = frozenset(_FUNCTIONS.split())
"""The functions that Excel 2016, LibreOffice 7.4 and Google Sheets all have."""


def _each(names: str, at: Callable[[int], bool]) -> dict[str, Callable[[int], bool]]:
    return dict.fromkeys(names.split(), at)


# Which arguments (from 0) take a range whole; everywhere else a range meets a single value.
_RANGES: dict[str, Callable[[int], bool]] = {
    **_each("SUM COUNT COUNTA COUNTBLANK MIN MAX AVERAGE MEDIAN AND OR SUMPRODUCT ROWS COLUMNS", lambda at: True),
    **_each("LARGE SMALL PERCENTILE QUARTILE INDEX COUNTIF", lambda at: at == 0),
    **_each("RANK MATCH VLOOKUP HLOOKUP", lambda at: at == 1),
    **_each("SUMIF AVERAGEIF", lambda at: at in {0, 2}),
    **_each("SUMIFS AVERAGEIFS", lambda at: at == 0 or at % 2 == 1),
    **_each("COUNTIFS", lambda at: at % 2 == 0),
    **_each("SUBTOTAL", lambda at: at > 0),
    **_each("NETWORKDAYS", lambda at: at == 2),
}
# Which arguments are compared as patterns.
_CRITERIA: dict[str, Callable[[int], bool]] = {
    **_each("MATCH VLOOKUP HLOOKUP SEARCH", lambda at: at == 0),
    **_each("COUNTIF SUMIF AVERAGEIF", lambda at: at == 1),
    **_each("SUMIFS AVERAGEIFS", lambda at: at > 0 and at % 2 == 0),
    **_each("COUNTIFS", lambda at: at % 2 == 1),
}
_DATEDIF_UNITS = frozenset(["d", "m", "y", "ym", "yd"])  # "md" is wrong in Excel itself, and differs
_IN_SUMPRODUCT = frozenset(["=", "<>", "<", ">", "<=", ">=", "*", "+", "-"])

_CELL = r"\$?[A-Z]{1,3}\$?[0-9]{1,7}"
_TAB = r"(?:(?P<tab>'(?:[^']|'')+'|[^'!\[\]\s]+)!)?"
_REFERENCE = re.compile(rf"{_TAB}(?P<first>{_CELL})(?::(?P<last>{_CELL}))?")
_WHOLE = re.compile(rf"{_TAB}(\$?[A-Z]{{1,3}}:\$?[A-Z]{{1,3}}|\$?[0-9]+:\$?[0-9]+)")
_COLUMN_OF_TABLE = re.compile(r"(?P<table>[^\W\d][\w.]*)\[(?P<column>[^\[\]#@']+)\]")
_THIS_ROW = re.compile(r"(?P<table>[^\W\d][\w.]*)\[\[#This Row\],\[(?P<column>[^\[\]#@']+)\]\]")
_NAME = re.compile(r"[^\W\d][\w.]*")
_ROW = re.compile(r"(?<![\w.])(\$?[A-Z]{1,3}\$?)(\d{1,7})(?![\w.(\[])")


@dataclass(frozen=True, slots=True)
class Call:
    """A function with its arguments; a bare pair of parentheses is a function without a name."""

    name: str
    arguments: list[Items]


Items = list["Token | Call"]


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference of the plain A1 kind."""

    tab: str
    first: str
    last: str

    @property
    def is_range(self) -> bool:
        """Whether it holds more than one cell."""
        return self.first.replace("$", "") != self.last.replace("$", "")

    @property
    def is_absolute(self) -> bool:
        """Whether it stays where it is when it is copied."""
        return all(re.fullmatch(r"\$[A-Z]+\$\d+", corner) for corner in (self.first, self.last))

    @property
    def follows_its_row(self) -> bool:
        """Whether it moves when the formula is copied down or sorted."""
        return not all(re.search(r"\$\d", corner) for corner in (self.first, self.last))


@dataclass(frozen=True)
class Surroundings:
    """What a formula can point at: the workbook's tabs, tables with their columns, and names."""

    tabs: frozenset[str]
    tables: dict[str, frozenset[str]]
    names: dict[str, str]
    """What each name stands for, by its name in lower case."""
    sound: set[tuple[str, str]] = field(default_factory=set)
    """The tab and the shape of each formula in which no fault was found."""


def reference(text: str) -> Reference | None:
    """A plain reference such as ``'My tab'!$A$1:$B$3``, or nothing when the text is something else."""
    found = _REFERENCE.fullmatch(text)
    if not found:
        return None
    tab = found["tab"] or ""
    if tab.startswith("'"):
        tab = tab[1:-1].replace("''", "'")
    return Reference(tab, found["first"], found["last"] or found["first"])


def parse(formula: str) -> Items:
    """A formula as a tree of calls and tokens; ``ValueError`` when it cannot be read."""
    try:
        tokens = Tokenizer(formula).items
    except (TokenizerError, IndexError) as error:
        raise ValueError(f"cannot be read ({error})") from None
    top = Call("", [[]])
    stack = [top]
    for token in tokens:
        if token.type == Token.WSPACE:
            continue
        if token.type == Token.ARRAY:
            raise ValueError("holds an array constant")
        if token.subtype == Token.OPEN and token.type in {Token.FUNC, Token.PAREN}:
            call = Call(token.value[:-1].upper(), [[]])
            stack[-1].arguments[-1].append(call)
            stack.append(call)
        elif token.subtype == Token.CLOSE and token.type in {Token.FUNC, Token.PAREN}:
            stack.pop()
        elif token.type == Token.SEP and token.subtype == Token.ARG:
            stack[-1].arguments.append([])
        else:
            stack[-1].arguments[-1].append(token)
        if not stack:
            raise ValueError("cannot be read (parentheses)")
    if len(stack) > 1:
        raise ValueError("cannot be read (parentheses)")
    return top.arguments[0]


def shape(formula: str) -> str:
    """The formula with its rows numbered in the order in which they appear: only whether rows are equal matters.

    >>> shape("=IF(F7>$D$2,F7-G8,0)")
    '=IF(F#0>$D$#1,F#0-G#2,0)'
    """
    rows: dict[str, int] = {}
    return _ROW.sub(lambda found: f"{found[1]}#{rows.setdefault(found[2], len(rows))}", formula)


def faults(
    formula: str, around: Surroundings, tab: str = "", *, takes_range: bool = False, tables: bool = True
) -> list[str]:
    """What is wrong with a formula (with its ``=``) in a cell of ``tab``, in words without a place.

    Outside cells, ``tab`` is blank, ``takes_range`` says that a whole range is wanted, ``tables`` whether the
    columns of a table may be named.
    """
    found = []
    if len(formula) > 8192:
        found.append(f"is {len(formula)} characters long, more than 8192")
    try:
        items = parse(formula)
    except ValueError as error:
        return [*found, str(error)]
    return [*found, *_Walk(around, tab, tables).items(items, takes_range=takes_range)]


@dataclass(frozen=True)
class _Walk:
    around: Surroundings
    tab: str
    tables: bool

    def items(self, items: Items, *, takes_range: bool = False, product: bool = False) -> Iterator[str]:
        """The faults of one argument (or a whole formula)."""
        if not items:
            return
        if not _alternate(items):
            yield "cannot be read (two operands or operators side by side)"
            return
        alone = len(items) == 1
        for item in items:
            if isinstance(item, Call):
                yield from self.call(item, takes_range=takes_range and alone, product=product)
            elif item.type == Token.OPERAND:
                yield from self.operand(item, whole=product or (takes_range and alone))
            elif product and item.value not in _IN_SUMPRODUCT:
                yield f"has {item.value} inside SUMPRODUCT, where only comparisons and * + - are the same everywhere"
            elif item.value in {":", ","}:
                yield f"joins references with {item.value!r}"

    def call(self, call: Call, *, takes_range: bool, product: bool) -> Iterator[str]:
        """The faults of a function and all that stands in it."""
        if not call.name:
            yield from self.items(call.arguments[0], takes_range=takes_range, product=product)
            return
        if call.name not in FUNCTIONS:
            yield f"uses {call.name}, which is not among the functions that every program has"
        yield from _special(call)
        ranges = _RANGES.get(call.name, lambda at: call.name not in FUNCTIONS)
        for at, argument in enumerate(call.arguments):
            is_product = call.name == "SUMPRODUCT"
            yield from self.items(argument, takes_range=ranges(at), product=is_product)

    def operand(self, token: Token, *, whole: bool) -> Iterator[str]:
        """The faults of a literal or a reference; ``whole`` where a range may stand."""
        text = token.value
        if token.subtype == Token.TEXT:
            if len(_literal(text)) > 255:
                yield "holds a text of more than 255 characters"
        elif token.subtype == Token.ERROR:
            yield f"holds {text}"
        elif token.subtype == Token.RANGE:
            yield from self.pointer(text, whole=whole)

    def pointer(self, text: str, *, whole: bool) -> Iterator[str]:
        """The faults of a reference, a table's column or a name."""
        is_range = False
        if plain := reference(text):
            is_range = plain.is_range
            yield from self.plain(text, plain)
        elif _WHOLE.fullmatch(text):
            yield f"takes whole columns or rows: {text}"
        elif named := _COLUMN_OF_TABLE.fullmatch(text) or _THIS_ROW.fullmatch(text):
            is_range = "#This Row" not in text
            columns = self.around.tables.get(named["table"].lower())
            if not self.tables:
                yield f"names the table column {text} outside a cell"
            elif columns is None or named["column"].lower() not in columns:
                yield f"names a table column that is not there: {text}"
        elif "[" in text:
            yield f"spells {text}; only tbl[Col] and tbl[[#This Row],[Col]] are read everywhere"
        elif not _NAME.fullmatch(text):
            yield f"has a reference that cannot be read: {text}"
        elif text.lower() in self.around.tables:
            yield f"takes the whole table {text}"
        elif text.lower() not in self.around.names:
            yield f"has a name that is not defined: {text}"
        else:
            target = reference(self.around.names[text.lower()])
            is_range = target is not None and target.is_range
        if is_range and not whole:
            yield f"sets the range {text} where a single value is wanted"

    def plain(self, text: str, plain: Reference) -> Iterator[str]:
        """The faults of a reference of the A1 kind."""
        if ":" in plain.tab:
            yield f"reaches through several tabs: {text}"
        elif "[" in plain.tab:
            yield f"reaches into another workbook: {text}"
        elif plain.tab and plain.tab.lower() not in self.around.tabs:
            yield f"names a tab that is not there: {text}"
        elif self.tab and plain.tab and plain.follows_its_row:
            if plain.tab.lower() == self.tab.lower():
                yield f"names its own tab in {text}, which a sort would not carry along"
            else:
                yield f"takes another tab's row by its address, not by its key: {text}"


def _special(call: Call) -> Iterator[str]:
    """The faults of one function's own arguments."""
    count = len(call.arguments) if call.arguments != [[]] else 0
    criteria = _CRITERIA.get(call.name, lambda at: False)
    for at, argument in enumerate(call.arguments):
        text = _literal_argument(argument)
        if text is None or not criteria(at):
            continue
        if re.search(r"[*?~]", text):
            yield f"has a pattern in {call.name}: {text!r}"
        elif call.name.endswith(("IF", "IFS")) and (text == "=" or re.match(r"<>(?!-?[\d.]*$)", text)):
            yield f"has {text!r} in {call.name}, which programs count differently"
    match call.name:
        case "MATCH" if count != 3 or _number(call.arguments[2]) not in {"0", "1"}:
            yield "has MATCH without 0 or 1 as its third argument"
        case "VLOOKUP" | "HLOOKUP" if count != 4:
            yield f"has {call.name} without its fourth argument"
        case "NETWORKDAYS" if count > 2:
            yield "has NETWORKDAYS with holidays"
        case "ROW" | "COLUMN" if count > 1:
            yield f"has {call.name} with {count} arguments"
        case "INDEX" if any(_number(argument) == "0" or not argument for argument in call.arguments[1:]):
            yield "has INDEX for a whole row or column"
        case "DATEDIF" if count != 3 or _literal_argument(call.arguments[2]) not in _DATEDIF_UNITS:
            yield "has DATEDIF without one of d, m, y, ym, yd"
        case "TEXT" if count != 2 or not _is_number_code(_literal_argument(call.arguments[1])):
            yield "has TEXT with something else than a plain number code"


def _is_number_code(code: str | None) -> bool:
    """Whether a code means the same in every language: digits, signs and quoted words, no optional decimals."""
    if code is None:
        return False
    return bool(re.fullmatch(r'(?:[0#,.%;()+ -]|"[^"]*")+', code)) and ".#" not in re.sub(r'"[^"]*"', "", code)


def _literal_argument(argument: Items) -> str | None:
    """The text of an argument that begins with a text: ``">="&A1`` is one too."""
    first = argument[0] if argument else None
    if isinstance(first, Token) and first.subtype == Token.TEXT:
        return _literal(first.value)
    return None


def _literal(quoted: str) -> str:
    return quoted[1:-1].replace('""', '"')


def _number(argument: Items) -> str | None:
    if len(argument) == 1 and isinstance(argument[0], Token) and argument[0].subtype == Token.NUMBER:
        return str(argument[0].value)
    return None


def _alternate(items: Items) -> bool:
    """Whether operands and the operators between them take turns, beginning and ending with an operand."""
    turns = [
        isinstance(item, Call) or item.type == Token.OPERAND
        for item in items
        if isinstance(item, Call) or item.type in {Token.OPERAND, Token.OP_IN}
    ]
    return turns == [at % 2 == 0 for at in range(len(turns))] and len(turns) % 2 == 1
