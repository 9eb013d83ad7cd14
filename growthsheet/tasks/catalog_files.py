"""Write catalogs into files: a workbook for HR, YAML or JSON for version control, all with the same content."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from growthsheet.errors import InputError, OutputError, Problem
from growthsheet.model import Catalog
from growthsheet.sheets.books import catalog_book
from growthsheet.sources.catalogs.load import NO_MAPPING, read_catalog, to_json, to_yaml
from growthsheet.storage.atomic import PathLike, is_there, make_folder, write_atomically
from growthsheet.storage.package_data import template_folder
from growthsheet.text.arguments import strict
from growthsheet.text.quoting import one_line, quote
from growthsheet.xlsx.writer.write import to_bytes

CATALOG_SUFFIXES = (".xlsx", ".yaml", ".yml", ".json")


@strict
def save_catalog(catalog: Catalog, path: PathLike) -> Path:
    """Write a catalog as .xlsx, .yaml or .json, whole or not at all; :func:`load_catalog` reads the same catalog back.

    An existing file is replaced. Returns the path.

    >>> from tempfile import TemporaryDirectory
    >>> from growthsheet import load_catalog
    >>> catalog = load_catalog("product-management")
    >>> with TemporaryDirectory() as folder:
    ...     load_catalog(save_catalog(catalog, f"{folder}/ours.xlsx")) == catalog
    True
    """
    target = Path(path)
    match target.suffix.lower():
        case ".xlsx":
            data = to_bytes(catalog_book(catalog))
        case ".yaml" | ".yml":
            data = to_yaml(catalog).encode()
        case ".json":
            data = to_json(catalog).encode()
        case suffix:
            found, expected = f"a name that ends in {quote(suffix)}", f"one that ends in {', '.join(CATALOG_SUFFIXES)}"
            raise InputError([Problem("unknown-file-kind", one_line(str(target), 200), found, expected, "rename it")])
    make_folder(target.parent)
    write_atomically(target, data)
    return target


@strict
def new_catalog(path: PathLike) -> Catalog:
    """Write a small starter catalog as .xlsx, .yaml or .json; never over an existing file."""
    return convert_catalog(template_folder() / "starter" / "catalog.yaml", path)[0]


@strict
def convert_catalog(
    source: PathLike,
    path: PathLike,
    mapping: Mapping[str, str] = NO_MAPPING,
    ladder: str | Sequence[str] | None = None,
    scale: PathLike | None = None,
) -> tuple[Catalog, tuple[Problem, ...]]:
    """Read a catalog in any format, and write it in another one; never over an existing file.

    Returns the catalog, and notes on what was left out, was derived from words, or looks odd. ``mapping``, ``ladder``
    and ``scale`` are for tables; see :func:`growthsheet.read_catalog`.

    Raises
    ------
    InputError
        With everything that is wrong with the source.
    OutputError
        When the file exists already.
    """
    catalog, notes = read_catalog(source, mapping=mapping, ladder=ladder, scale=scale)
    if is_there(Path(path)):
        raise OutputError(f"{path} already exists; name another file")
    save_catalog(catalog, path)
    return catalog, notes
