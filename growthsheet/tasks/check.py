"""Check a file that growthsheet reads: a catalog, a roster, settings, a translation or a workbook."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from growthsheet.errors import InputError, Problem, refusal
from growthsheet.model import Catalog
from growthsheet.returns.collect import collect
from growthsheet.sources.catalogs.grids import MARKDOWN
from growthsheet.sources.catalogs.load import NO_MAPPING, holds_catalog, load_catalog, read_catalog
from growthsheet.sources.catalogs.table_headers import FIELDS
from growthsheet.sources.tables.read_table import TEXTS, WORKBOOKS
from growthsheet.sources.translations.load import read_language
from growthsheet.tasks.find_personal_data import identity_of
from growthsheet.tasks.settings import Settings, load_settings
from growthsheet.text.counts import plural
from growthsheet.text.quoting import one_line

FILE_KINDS: Mapping[str, str] = {
    **dict.fromkeys((".yaml", ".yml", ".json"), "catalog"),
    **dict.fromkeys((*TEXTS, *WORKBOOKS), "roster"),
    ".toml": "settings",
    **dict.fromkeys((".po", ".mo"), "translation"),
    **dict.fromkeys((".ods", ".xlsb", ".xls", ".numbers"), "workbook"),
}
"""The kind of a file by the ending of its name; the content of a table may decide otherwise."""


FRAMEWORK_ONLY = frozenset(FIELDS) - {"role"}
"""Fields that only tables of frameworks have, and rosters have not."""


@dataclass(frozen=True)
class Checked:
    """The result of checking a file: its kind, its content in brief, errors and notes."""

    file: str
    kind: str
    holds: str
    """A phrase such as "12 people, 2 teams"; blank if the file has errors."""
    problems: tuple[Problem, ...]

    @property
    def summary(self) -> str:
        """Return a phrase: the content of the file, or the number of its problems."""
        counts = [plural(n, noun) for n, noun in ((self.errors, "error"), (self.notes, "note")) if n]
        return ", ".join(filter(None, (self.holds, *counts)))

    @property
    def errors(self) -> int:
        """Return the number of problems that have to be corrected."""
        return sum(problem.severity == "error" for problem in self.problems)

    @property
    def notes(self) -> int:
        """Return the number of problems that are only notes."""
        return len(self.problems) - self.errors


def kind_of(path: str | os.PathLike[str], mapping: Mapping[str, str] = NO_MAPPING) -> str:
    """Return whether a file is a catalog, a roster, settings, a translation, or a workbook that was filled in.

    The name decides, and if it is ambiguous, the content and the fields of ``mapping``; the result is "" if none does.

    >>> kind_of("people.csv"), kind_of("growthsheet.toml"), kind_of("notes.md")
    ('roster', 'settings', '')
    """
    kind = FILE_KINDS.get(Path(path).suffix.lower(), "")
    if Path(path).suffix.lower() in MARKDOWN and holds_catalog(path):
        return "catalog"
    if kind != "roster":
        return kind
    if Path(path).suffix.lower() in WORKBOOKS and identity_of(Path(path)):
        return "workbook"
    return "catalog" if mapping.keys() & FRAMEWORK_ONLY or holds_catalog(path) else kind


def check(
    path: str | os.PathLike[str],
    settings: Settings | None = None,
    data: bytes | None = None,
    *,
    mapping: Mapping[str, str] = NO_MAPPING,
    ladder: str | None = None,
    scale: str | None = None,
) -> Checked:
    """Check a file of any kind of :func:`kind_of`, or a roster as text, and return everything that is wrong with it.

    The settings are for rosters and workbooks; ``mapping``, ``ladder`` and ``scale`` for catalogs that are tables.
    """
    name, kind = one_line(os.fspath(path), 200), "roster" if data else kind_of(path, mapping)
    as_catalog = partial(read_catalog, Path(path), mapping=mapping, ladder=ladder, scale=scale)
    try:
        holds, notes = _read(kind, Path(path) if data is None else data, settings or Settings(), as_catalog)
    except InputError as error:
        problems = error.problems
        if kind == "roster" and any(problem.code == "no-header" for problem in problems):
            try:  # what keeps the table from being a framework, too
                as_catalog()
            except InputError as other:
                problems += other.problems
        return Checked(name, kind, "", problems)
    return Checked(name, kind, holds, notes)


def _read(
    kind: str, source: Path | bytes, settings: Settings, as_catalog: Callable[[], tuple[Catalog, tuple[Problem, ...]]]
) -> tuple[str, tuple[Problem, ...]]:
    """Return what a file holds, in brief, and the notes on it; raise InputError with its errors."""
    if kind == "catalog":
        catalog, notes = as_catalog()
        return f"{plural(catalog.roles, 'role')}, {plural(catalog.activities, 'activity')}", notes
    if kind == "roster":
        roster = settings.roster(source, name=None if isinstance(source, Path) else "stdin")
        return f"{plural(roster.people, 'person')}, {plural(roster.managers, 'team')}", roster.problems
    assert isinstance(source, Path)
    if kind == "workbook":
        found = collect(source, catalog=settings.catalog, language=settings.spoken)
        if found.counts["rejected"]:
            raise InputError(found.problems)
        return f"{found.counts['taken']:,} of {plural(found.counts['cells'], 'cell')} filled in", found.problems
    if kind == "settings":
        read = load_settings(source)
        catalog = load_catalog(read.catalog)
        holds = f"{plural(read.model_fields_set, 'setting')}, catalog {catalog.id} {catalog.version}"
        return holds, read.spoken.notes
    if kind == "translation":
        language = read_language(source, "")
        return plural(language.words, "message"), language.notes
    found_name, expected = (
        f"a name that ends in '{one_line(source.suffix)}'",
        f"one that ends in {', '.join(FILE_KINDS)}",
    )
    raise refusal("unknown-file-kind", one_line(str(source), 200), found_name, expected, "export it as one of these")
