"""Check a file that growthsheet reads: a catalog, a roster, settings, a translation or a workbook."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from growthsheet.errors import InputError, Problem, refusal
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
    """Check a file, and return everything that is wrong with it.

    Parameters
    ----------
    path
        A catalog, a roster, settings, a translation or a workbook that was filled in; see :func:`kind_of`.
    settings
        The settings for reading a roster or a workbook; by default those of growthsheet.
    data
        A roster as text, in place of a file.
    mapping, ladder, scale
        How a catalog that is a table is to be read; see :func:`growthsheet.read_catalog`.
    """
    name, kind = one_line(os.fspath(path), 200), "roster" if data else kind_of(path, mapping)
    read = partial(_catalog, Path(path), mapping, ladder, scale)
    try:
        if data is not None:
            holds, notes = _roster(data, settings or Settings())
        elif kind == "catalog":
            holds, notes = read()
        else:
            holds, notes = _READERS[kind](Path(path), settings or Settings())
    except InputError as error:
        problems = error.problems
        if kind == "roster" and any(problem.code == "no-header" for problem in problems):
            try:  # what keeps the table from being a framework, too
                read()
            except InputError as other:
                problems += other.problems
        return Checked(name, kind, "", problems)
    return Checked(name, kind, holds, notes)


_Reading = tuple[str, tuple[Problem, ...]]


def _catalog(path: Path, mapping: Mapping[str, str], ladder: str | None, scale: str | None) -> _Reading:
    catalog, notes = read_catalog(path, mapping=mapping, ladder=ladder, scale=scale)
    return f"{plural(catalog.roles, 'role')}, {plural(catalog.activities, 'activity')}", notes


def _roster(source: Path | bytes, settings: Settings) -> _Reading:
    roster = settings.roster(source, name=None if isinstance(source, Path) else "stdin")
    return f"{plural(roster.people, 'person')}, {plural(roster.managers, 'team')}", roster.problems


def _workbook(path: Path, settings: Settings) -> _Reading:
    found = collect(path, catalog=settings.catalog, language=settings.spoken)
    counts = found.counts
    if counts["rejected"]:
        raise InputError(found.problems)
    return f"{counts['taken']:,} of {plural(counts['cells'], 'cell')} filled in", found.problems


def _settings(path: Path, settings: Settings) -> _Reading:
    read = load_settings(path)
    catalog = load_catalog(read.catalog)
    holds = f"{plural(read.model_fields_set, 'setting')}, catalog {catalog.id} {catalog.version}"
    return holds, read.spoken.notes


def _translation(path: Path, settings: Settings) -> _Reading:
    language = read_language(path, "")
    return plural(language.words, "message"), language.notes


def _unknown(path: Path, settings: Settings) -> _Reading:
    found, expected = f"a name that ends in '{one_line(path.suffix)}'", f"one that ends in {', '.join(FILE_KINDS)}"
    raise refusal("unknown-file-kind", one_line(str(path), 200), found, expected, "export it as one of these")


_READERS: Mapping[str, Callable[[Path, Settings], _Reading]] = {
    "roster": _roster,
    "workbook": _workbook,
    "settings": _settings,
    "translation": _translation,
    "": _unknown,
}
