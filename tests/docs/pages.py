"""The pages of docs/ that are made from the code itself; ``python -m tests.docs.pages`` writes them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import click

from growthsheet import measures
from growthsheet.cli.commands import COMMANDS, cli
from growthsheet.expr.measure import Measure
from growthsheet.sheets.books import organization_book, person_book, team_book
from growthsheet.tasks.demo import sample
from growthsheet.tasks.explain import by_subject
from growthsheet.workbook.blocks import Book, NamedCells
from growthsheet.workbook.tables import TableData

DOCS = Path(__file__).parents[2] / "docs"

COMMANDS_PAGE = """\
# Commands

`growthsheet COMMAND --help` shows the same. Options can also be set once for all in [growthsheet.toml](settings.md)
or in the environment (`GROWTHSHEET_AS_OF` is `--as-of`). Options on the command line win.

Results go to standard output, everything else to standard error. A command ends with 0 if all is well, also with notes;
with 1 if anything was printed as an error; with 2 if it cannot begin, because something was typed wrong or cannot be
read; with 130 if it was interrupted. `NO_COLOR` turns colours off, and `GROWTHSHEET_DEBUG=1` shows the trace of a
failure.
Every command has `--json`; [JSON](json.md) lists the keys.
"""

NUMBERS_PAGE = """\
# Every number

Each number in a workbook is said once, and that is read as the formula of the cell and as the value in Python. Here is
each of them with its formula. A name in a formula stands for a cell of the same row, a single cell, or a whole column;
in a workbook click on a cell to see which. A formula that begins with `IF(COUNT(...)=...` is blank where something that
it needs is missing. The tab How it is worked out tells the numbers of one workbook in the same words.

Below a formula stands where it is shown, as tab and heading; without that, other numbers are made from it.
"""

PROBLEMS_PAGE = """\
# Problem codes

Every problem ends with its code in brackets, as in `[no-name]`. `growthsheet explain CODE` shows the same text.
A problem is an error, and nothing is done until it is put right, unless its text says that it is a note.
Amounts of pay are never repeated in a problem.
"""

MANY = 5
"""An option that so many commands have, with the same words, is told once."""


def commands_page() -> str:
    """Every command with its arguments and options, as ``--help`` has them."""
    every = list(leaves(cli))
    times = Counter(line for _, command in every for line in options(command))
    shared = [line for line, number in times.items() if number >= MANY]
    lines = [COMMANDS_PAGE]
    for name, command in every:
        arguments = "".join(f" {p.make_metavar(click.Context(command))}" for p in command.params if is_argument(p))
        lines += [f"## {name}\n", f"```text\ngrowthsheet {name} [OPTIONS]{arguments}\n```\n", words(command.help or "")]
        lines += ["\n".join(line for line in options(command) if line not in shared), ""]
        if common := [re.findall(r"--[\w-]+", line)[0] for line in options(command) if line in shared]:
            told = ", ".join(f"`{name}`" for name in common)
            lines.append(f"Also, as in [many commands](#options-that-many-commands-have): {told}.\n")
    heading = "## Options that many commands have\n\nEach command has those that make sense for it.\n"
    return "\n".join([*lines, heading, *shared]) + "\n"


def leaves(group: click.Group, before: str = "") -> Iterator[tuple[str, click.Command]]:
    """Each command that does something, with the words that call it."""
    for name in COMMANDS if group is cli else group.commands:
        command = group.commands[name]
        if isinstance(command, click.Group):
            yield from leaves(command, f"{before}{name} ")
        else:
            yield f"{before}{name}", command


def options(command: click.Command) -> list[str]:
    """A line for each option of a command, but for ``--json``, which all have."""
    context = click.Context(command)
    found = (p.get_help_record(context) for p in command.params if not is_argument(p) and "--json" not in p.opts)
    return [f"- `{record[0]}`: {re.sub('<(?=[a-z])', '&lt;', record[1])}" for record in found if record]


def is_argument(parameter: click.Parameter) -> bool:
    """Whether a parameter has no name."""
    return isinstance(parameter, click.Argument)


def words(text: str) -> str:
    """The paragraphs of a help text, in Markdown."""
    return "\n\n".join(" ".join(part.split()) for part in text.replace("\b", "").split("\n\n")) + "\n"


def problems_page() -> str:
    """Every problem code with its explanation, subject by subject."""
    lines = [PROBLEMS_PAGE]
    for about, found in by_subject().items():
        lines.append(f"## {about}\n")
        for each in found:
            lines.append(f"### `{each.code}`\n\n{each.means}\n")
            lines.append(f"- Why it matters: {each.why}\n- What to do: {each.do}\n- For example:\n")
            lines.append("".join(f"        {line}\n" for line in each.example.splitlines()))
    return "\n".join(lines)


def numbers_page() -> str:
    """Every measure with its words, its formula, and where it is shown."""
    shown, lines = places(), [NUMBERS_PAGE]
    for found in iter_modules(measures.__path__):
        module = import_module(f"growthsheet.measures.{found.name}")
        own = [each for name, each in vars(module).items() if isinstance(each, Measure) and each.name == name]
        lines.append(f"## {found.name.capitalize()}\n\n{words(module.__doc__ or '')}")
        for each in own:
            formula = each.excel({parameter.name: parameter.name for parameter in each.parameters})
            lines.append(f"### `{each.name}`\n\n{each.words}\n\n```text\n{formula}\n```\n")
            if each.name in shown:
                lines.append("".join(f"- {place}\n" for place in shown[each.name]))
    return "\n".join(lines)


def books() -> list[Book]:
    """A book of each kind."""
    roster = sample()
    people = [person_book(next(iter(roster.plans())).view), team_book(next(iter(roster.teams())).view)]
    return [*people, organization_book(roster.organization().view)]


def places() -> dict[str, list[str]]:
    """Where each measure is shown: the workbook, the tab, and the headings."""
    found: defaultdict[str, dict[str, list[str]]] = defaultdict(dict)
    for book in books():
        for sheet in book.sheets:
            for block in () if sheet.hidden else sheet.blocks:
                heads: list[tuple[Measure | None, str, bool]] = []
                if isinstance(block, TableData):
                    heads = [(c.measure, "each person" if c.of else c.header, c.hidden) for c in block.table.columns]
                elif isinstance(block, NamedCells):
                    heads = [(c.measure, c.label, c.hidden) for c in block.cells]
                for measure, head, hidden in heads:
                    if measure and head and not hidden:
                        there = found[measure.name].setdefault(f"{book.kind.capitalize()}, {sheet.name}", [])
                        there += [head] if head not in there else []
    return {name: [f"{tab}: {', '.join(heads)}" for tab, heads in tabs.items()] for name, tabs in found.items()}


PAGES: dict[str, Callable[[], str]] = {
    "commands.md": commands_page,
    "numbers.md": numbers_page,
    "problems.md": problems_page,
}

if __name__ == "__main__":
    for page, make in PAGES.items():
        (DOCS / page).write_text(make(), "utf-8", newline="\n")
