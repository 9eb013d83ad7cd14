"""Catalogs from files: a built-in one by its name, YAML, JSON, a workbook, or a mapping; and back to YAML and JSON."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from growthsheet.errors import InputError, Problem, refusal
from growthsheet.model import Catalog
from growthsheet.model.catalog import doubts, judged
from growthsheet.sources.catalogs.document import Document, read_json, read_mapping
from growthsheet.sources.catalogs.from_statements import is_statements, read_statements
from growthsheet.sources.catalogs.from_table import TABLES, is_rows, is_table, read_catalog_table
from growthsheet.sources.catalogs.from_workbook import is_catalog, read_catalog_workbook
from growthsheet.sources.catalogs.given_scale import given_scale
from growthsheet.sources.catalogs.yaml12 import read_yaml, write_yaml
from growthsheet.storage.file_names import names_beside
from growthsheet.storage.package_data import template_folder
from growthsheet.storage.read_file import as_utf8, read_up_to
from growthsheet.storage.shipped_words import framework_words, listed
from growthsheet.text.arguments import strict
from growthsheet.text.counts import first_of, plural
from growthsheet.text.problem_list import ProblemList
from growthsheet.text.quoting import did_you_mean, nearest, one_line

if TYPE_CHECKING:
    from growthsheet.xlsx.reader.user_tables import UserTab

MAX_CATALOG_BYTES = 5_000_000
"""How large a catalog file may be; the built-in one has 39,000 bytes."""

CatalogSource = str | os.PathLike[str] | Mapping[str, object] | Sequence[Mapping[str, object]] | Any
NO_MAPPING: Mapping[str, str] = MappingProxyType({})


def builtin_names() -> tuple[str, ...]:
    """Return the names of the catalogs that come with growthsheet.

    >>> builtin_names()
    ('product-management',)
    """
    return tuple(sorted(path.stem for path in (template_folder() / "catalogs").glob("*.yaml")))


@strict
def load_catalog(source: CatalogSource, *, name: str | None = None) -> Catalog:
    """Return a catalog, read and checked.

    Parameters
    ----------
    source
        The name of a built-in catalog; a ``.yaml``, ``.yml``, ``.json`` or ``.xlsx`` file; tables of roles and
        activities (``.csv``, ``.tsv``, ``.xlsx``, ``.md``, a list of dictionaries, a DataFrame); or a mapping.
    name
        What problems call the source; the file name as it was given where left out.

    Raises
    ------
    InputError
        With everything that is wrong, each thing with its line and column.

    >>> catalog = load_catalog("product-management")
    >>> len(catalog.activities), catalog.role_by_id["product-manager"].expected["pricing"]
    (45, 2.0)
    >>> load_catalog("product-managment")
    Traceback (most recent call last):
    growthsheet.errors.InputError: product-managment: no such built-in catalog; wanted: one of product-management, \
or a file name; did you mean 'product-management'? [unknown-catalog]
    """
    return read_catalog(source, name=name)[0]


@strict
def read_catalog(
    source: CatalogSource,
    *,
    name: str | None = None,
    mapping: Mapping[str, str] = NO_MAPPING,
    ladder: str | Sequence[str] | None = None,
    scale: str | os.PathLike[str] | None = None,
) -> tuple[Catalog, tuple[Problem, ...]]:
    """Return a catalog as :func:`load_catalog` does, and notes on what was left out, derived from words, or looks odd.

    Parameters
    ----------
    mapping
        Field to column, for a table whose headers do not name the fields: role, activity, level, area, family,
        description, anchor, label, activity_id, role_id.
    ladder
        The words that the levels of a table are, the lowest first, or the name of a known ladder.
    scale
        The skill scale of a table: its lowest and highest level ("0-7"), or a file with value, label and meaning.
    """
    given = given_scale(ladder, scale)
    if isinstance(source, Mapping):
        return _catalog(read_mapping(source, name or "catalog"))
    if not isinstance(source, str | os.PathLike):
        document = read_catalog_table(source, name or "catalog", mapping, given)
    else:
        path, suffix = _found(source)
        name = one_line(name or os.fspath(source), 200)
        tabs = _tabs(path, name)
        if suffix in TABLES and not is_catalog(tabs):
            document = read_catalog_table(path, name, mapping, given)
        elif suffix in TABLES:
            document = read_catalog_workbook(tabs, name)
        else:
            document = _READERS[suffix](as_utf8(read_up_to(path, name, MAX_CATALOG_BYTES), name), name)
            if is_statements(document):
                document = read_statements(document, given)
            elif is_rows(document.value, mapping):
                if document.faults:
                    raise InputError(problem for _, problem in document.faults)
                document = read_catalog_table(document.value, name, mapping, given)
    return _catalog(document)


def to_yaml(catalog: Catalog) -> str:
    """A catalog as YAML text that :func:`load_catalog` reads back as the same catalog; defaults are left out.

    >>> to_yaml(load_catalog("product-management")).splitlines()[:3]
    ['id: product-management', "version: '1.0'", 'name: Product management']
    """
    return write_yaml(catalog.model_dump(exclude_defaults=True))


def to_json(catalog: Catalog) -> str:
    """A catalog as JSON text; defaults are left out."""
    return json.dumps(catalog.model_dump(mode="json", exclude_defaults=True), indent=2, ensure_ascii=False) + "\n"


def _catalog(document: Document) -> tuple[Catalog, tuple[Problem, ...]]:
    """The catalog in a document and what is odd about it; or everything that is wrong with it, the gravest first."""
    # While a text is being read nothing has a name yet.
    wrong = [(path, replace(p, place=_named(p.place, path, document))) for path, p in document.faults]
    _refuse_foreign(document)
    found, problems = judged(document.value, document.place_of)
    # Where a value could not be read as it was meant, its shape tells nothing.
    wrong += [(path, problem) for path, problem in problems if not document.is_faulty(path)]
    if found and not wrong:
        notes = [
            Problem(code, document.place(path), said, hint=hint, severity="note")
            for code, path, said, hint in doubts(found)
        ]
        return found, (*document.notes, *notes)
    wrong.sort(key=lambda pair: (pair[1].code not in GRAVEST, document.mark(pair[0]) or ()))
    raise InputError(ProblemList(document.name, _by_cause(wrong)).all)


def _refuse_foreign(document: Document) -> None:
    """Refuse a document that is no catalog: another program's file, or a shape that is not read."""
    value = document.value
    first = value[0] if isinstance(value, list) and value else value
    keys = [one_line(key, 30) for key in first] if isinstance(first, Mapping) else []
    lower = [key.lower() for key in keys]  # misspelled fields are those of a catalog still
    parts = [name for name in ("scales", "areas", "activities", "roles") if nearest(name, lower, 0.8)]
    own = set(keys) <= set(Catalog.model_fields) and not set(keys) <= {"name", "version", "roles"}
    if not keys or (isinstance(value, Mapping) and (len(parts) > 1 or own)):
        return
    programs = framework_words()["programs"].items()
    program = next((name for name, fields in programs if set(listed(fields)) <= set(keys)), "")
    kind = f"a list of {plural(value, 'item')}" if isinstance(value, list) else "a text"
    found = f"{kind} with the fields {first_of(keys, 8)}" + (f": it looks like {program}" if program else "")
    fields = ", ".join(Catalog.model_fields)
    expected = f"a catalog, with {fields}; rows with a role, an activity and a level; or levels, themes, competencies"
    hint = "docs/frameworks.md shows which shapes are read, and how to turn others into a table"
    raise refusal("not-a-catalog", document.name, found, expected, hint)


def _named(place: str, path: str, document: Document) -> str:
    return place.removesuffix(path) + document.called(path) if path and place.endswith(f" {path}") else place


GRAVEST = frozenset(["missing-tab", "no-header", "missing-column", "no-scale"])
"""What is told first: it may be why other things are wrong."""

_ONE_CAUSE = re.compile("unknown-(area|activity|role)|bad-id|anchor-off-scale")


def _by_cause(wrong: Iterable[tuple[str, Problem]]) -> Iterator[Problem]:
    """One problem for each cause: an id that does not fit is told once, however often it stands there."""
    alike: dict[object, list[Problem]] = {}
    for _, problem in wrong:
        alike.setdefault(problem.found if _ONE_CAUSE.fullmatch(problem.code) else problem, []).append(problem)
    for first, *others in alike.values():
        others = [problem for problem in others if problem != first]
        yield replace(first, found=f"{first.found} (and in {plural(others, 'more place')})") if others else first


def _found(source: str | os.PathLike[str]) -> tuple[Path, str]:
    """The file that is meant, and how its name ends."""
    if isinstance(source, str) and source in builtin_names():
        return template_folder() / "catalogs" / f"{source}.yaml", ".yaml"
    path, found = Path(source), one_line(os.fspath(source), 200) or "no name"
    # os.path answers for names that no file can have, too long or with a zero in them; Path raises.
    if not os.path.exists(path):
        if isinstance(source, str) and not path.suffix and path.name == source:
            expected = f"one of {', '.join(builtin_names())}, or a file name"
            hint = did_you_mean(source.lower(), builtin_names(), "correct the name")
            raise refusal("unknown-catalog", found, "no such built-in catalog", expected, hint)
        beside = [name for name in names_beside(path) if name.lower().endswith(CATALOG_KINDS)]
        hint = did_you_mean(path.name.lower(), beside, "correct the name")
        raise refusal("no-such-file", found, "no such file", "a catalog file", hint)
    if not os.path.isfile(path):  # a folder; or a pipe, which could keep us waiting for ever
        raise refusal("unreadable-file", found, "not a file", "a catalog file", "correct the name")
    if path.suffix.lower() not in CATALOG_KINDS:
        kinds = f"a name that ends in {', '.join(CATALOG_KINDS)}, or a built-in name"
        raise refusal("unknown-file-kind", found, f"a name that ends in '{path.suffix}'", kinds, "convert it")
    return path, path.suffix.lower()


def holds_catalog(path: str | os.PathLike[str]) -> bool:
    """Whether a workbook or a table holds a catalog: by its tabs, or by its headers."""
    try:
        return is_catalog(_tabs(Path(path), "")) or is_table(Path(path))
    except (InputError, OSError):
        return False


def _tabs(path: Path, name: str) -> list[UserTab]:
    """The tabs of a workbook that may be a catalog; none of another file."""
    from growthsheet.xlsx.reader.user_tables import read_user_tabs

    return read_user_tabs(path, name) if path.suffix.lower() == ".xlsx" else []


_READERS: Mapping[str, Callable[[str, str], Document]] = {".yaml": read_yaml, ".yml": read_yaml, ".json": read_json}


CATALOG_KINDS = tuple(dict.fromkeys((*_READERS, ".xlsx", *TABLES)))
"""How the names of files end that may hold a catalog."""

DEFAULT_CATALOG = "product-management"
