"""Every message of growthsheet, heard while every kind of workbook, page and letter is made."""

from __future__ import annotations

import ast
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import growthsheet
from growthsheet import sheets
from growthsheet.html.page import page
from growthsheet.model import Answers, BudgetPolicy, ExchangeRates
from growthsheet.model.answers import scales
from growthsheet.sources.translations.gettext_files import DIFFERENT, TAB
from growthsheet.tasks.demo import sample, typed_in
from growthsheet.tasks.letters import agendas, write_invitations
from growthsheet.text.language import Language
from growthsheet.workbook.blocks import Book
from growthsheet.workbook.tables import TableData
from growthsheet.xlsx.writer.write import to_bytes
from tests.making import AS_OF, large
from tests.proof.parts import Book as File
from tests.text.making import books, greeks

PACKAGE = Path(growthsheet.__file__).parent
TEMPLATES = Path(__file__).parents[2] / "templates"
READ_BACK = ("assessment", "items", "lines")
"""The tables whose columns may have to be found by their headers."""

CHOSEN = ("item_statuses", "line_statuses", "categories")
"""The lists that people choose from."""

WRITTEN_FORMS = {
    "yyyy-mm-dd": "The order of a date: yyyy, mm and dd stay as they are, between them are - . / or a space.",
    "1,234.5%": "A number with your language's marks for thousands and decimals, and what is before the percent sign.",
}
"""What translators are to know of the forms of dates and numbers."""

_ROOM = {"promptTitle": 32, "prompt": 255, "errorTitle": 32, "error": 255}


class Ear(dict[str, str]):
    """Words that are the English ones, and a memory of where each was asked for."""

    def __init__(self) -> None:
        super().__init__(all="all of them")
        self.heard: defaultdict[str, set[str]] = defaultdict(set)

    def get(self, text: str, default: object = None) -> str:  # type: ignore[override]
        """The text itself."""
        frame = sys._getframe(2)  # past Language
        if frame.f_code.co_qualname == "OwnWords.__call__" and frame.f_back:
            frame = frame.f_back
        module = frame.f_globals.get("__name__", "")
        self.heard[text].add(module if module.startswith("growthsheet.") else "growthsheet.expr.leaves")
        return text


def heard(folder: Path) -> tuple[dict[str, set[str]], list[tuple[Book, bytes]]]:
    """Each message with the modules that say it, and the books and workbooks that were made to hear them."""
    ear = Ear()
    language = Language("en", ear)
    rates = BudgetPolicy(exchange_rates=ExchangeRates(into="USD", date=AS_OF, rates={"EUR": Decimal(1)}))
    calibrated = large(("USD", "EUR"), rates).with_options(language=language).organization().book()
    made = [(book, to_bytes(book)) for book in (*books(language).values(), calibrated)]
    for book, _ in made:
        page(book)
    for roster in (greeks(), typed_in(sample(), language), replace(sample(), answers=Answers())):
        roster = roster.with_options(language=language)
        agendas(roster)
        write_invitations(roster, folder)
    tabs = [module.name for module in walk_packages(sheets.__path__, "growthsheet.sheets.")]
    for module in ("growthsheet.model.code_words", *tabs):
        for name, words in vars(import_module(module)).items():
            for entry in words.values() if name.endswith("_WORDS") else ():
                for text in [entry] if isinstance(entry, str) else entry:
                    ear.heard[text].add(module)
    for words in scales().values():
        for text in (words.header, words.question):  # the catalogs heard here have names of their own
            ear.heard[text].add("growthsheet.model.ratings")
    for module, text in literals():
        ear.heard[text].add(f"growthsheet.{module.replace('/', '.').removesuffix('.py')}")
    return ear.heard, made


def remarks(made: list[tuple[Book, bytes]]) -> dict[str, set[str]]:
    """What translators are to know of each message."""
    told: defaultdict[str, set[str]] = defaultdict(set)
    for book, data in made:
        for sheet in book.sheets:
            told[sheet.name] |= {TAB, _most(31), f"the tabs of a {book.kind}'s workbook"}
        for name, rows in book.tables.items():
            for text in _different(name, rows):
                told[text].add(f"the {'choices' if name in CHOSEN else 'headers'} of {name}")
            for text in _different(name, rows) if name in CHOSEN else ():
                told[text].add(_most(80))
        file = File(data)
        for each in file.sheets:
            for item in file.rest(each).iterfind(".//{*}dataValidation"):
                for kind, most in _ROOM.items():
                    told[item.get(kind, "")].add(_most(most))
    return told


def _different(name: str, rows: TableData) -> list[str]:
    """The texts of a table that must differ from one another."""
    if name in CHOSEN:
        return [str(row["label"]) for row in rows.rows]
    return [column.header for column in rows.table.columns if column.header] if name in READ_BACK else []


def _most(characters: int) -> str:
    return f"At most {characters} characters."


def pot(folder: Path) -> str:
    """The template for translators, as it should be."""
    said, made = heard(folder)
    told = remarks(made)
    lines = ['msgid ""', 'msgstr ""', '"Content-Type: text/plain; charset=UTF-8\\n"', '"Language: \\n"']
    for text in sorted(filter(None, said)):
        here = told[text] | ({_most(255)} if "growthsheet.expr.leaves" in said[text] else set())
        most = sorted((each for each in here if each.startswith("At most")), key=len)[:1]
        groups = sorted(each for each in here if each.startswith("the "))
        form = [WRITTEN_FORMS[text]] if text in WRITTEN_FORMS else []
        lines += ["", *(f"#. {each}" for each in (*form, *sorted(here & {TAB}), *most))]
        lines += [f"#. {DIFFERENT}{', '.join(groups)}."] if groups else []
        lines += [f"#: {module}" for module in sorted(said[text])]
        lines += ["#, python-brace-format"] if "{" in text else []
        lines += [f"msgid {_quoted(text)}", 'msgstr ""']
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    def one(line: str) -> str:
        return '"' + line.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'

    lines = text.splitlines(keepends=True)
    return one(text) if len(lines) < 2 else "\n".join(['""', *map(one, lines)])


def literals() -> Iterator[tuple[str, str]]:
    """Module and text of every literal that the package or a template asks somebody to say."""
    for path in sorted(PACKAGE.rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        kept = {
            t.id: n.value
            for n in ast.walk(tree)
            if isinstance(n, ast.Assign)
            for t in n.targets
            if isinstance(t, ast.Name)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute) and node.args:
                name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
                text = kept.get(node.args[0].id) if isinstance(node.args[0], ast.Name) else node.args[0]
                said = name in ("translate", "_translate", "said") or (
                    name == "told" and path.parent.name == "measures"
                )
                if said and isinstance(text, ast.Constant) and text.value:
                    yield path.relative_to(PACKAGE).as_posix(), str(text.value)
    for path in sorted(TEMPLATES.rglob("*.*")):
        if path.suffix in (".txt", ".md", ".html"):
            for text in re.findall(r'translate\("([^"]+)"', path.read_text("utf-8")):
                yield "text/templates.py", text
