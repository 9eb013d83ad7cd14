"""``growthsheet catalog``: list, show, make, convert and compare catalogs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from growthsheet.cli import output
from growthsheet.cli.groups import Commands
from growthsheet.cli.options import added, as_json
from growthsheet.text.counts import plural
from growthsheet.text.quoting import one_line

if TYPE_CHECKING:
    from growthsheet.errors import Problem
    from growthsheet.model import Catalog


@click.group(cls=Commands)
def catalog() -> None:
    """Make, list, show, convert and compare catalogs of roles and activities."""


@catalog.command("list")
@as_json
def list_(as_json: bool) -> None:
    """List the catalogs that come with growthsheet."""
    import growthsheet as gs

    head = ("name", "title", "version", "roles", "activities")
    found = ((name, gs.load_catalog(name)) for name in gs.builtin_names())
    rows = [(name, each.name, each.version, len(each.roles), len(each.activities)) for name, each in found]
    if as_json:
        output.emit([dict(zip(head, row, strict=True)) for row in rows])
    else:
        click.echo(output.format_table([head, *rows]))


@catalog.command()
@click.argument("name")
@as_json
def show(name: str, as_json: bool) -> None:
    """Show the catalog NAME: a built-in name, or a file (.xlsx, .yaml, .json, or tables)."""
    import growthsheet as gs

    found, notes = gs.read_catalog(name)
    output.show_problems(notes)
    if as_json:
        output.emit(found.model_dump(mode="json"))
    else:
        click.echo(_told(found))


@catalog.command()
@click.argument("file")
@as_json
def new(file: str, as_json: bool) -> None:
    """Write a small catalog to start from into FILE (.xlsx for spreadsheets, or .yaml, .json).

    To start from a built-in one: growthsheet catalog convert product-management FILE.
    """
    import growthsheet as gs

    _written(gs.new_catalog(file), file, as_json)


@catalog.command()
@click.argument("source", metavar="IN")
@click.argument("target", metavar="OUT")
@added("convert", "framework")
def convert(
    source: str, target: str, map: dict[str, str], ladder: str | None, scale: str | None, as_json: bool
) -> None:
    """Write the catalog IN into the file OUT (.xlsx, .yaml, .json), without loss.

    IN is a built-in name or a file: .xlsx, .yaml or .json, or tables as in public frameworks (.csv, .tsv, .xlsx,
    .md): a row for each role and activity, or a matrix of activities and roles, with levels or texts in its cells.
    """
    import growthsheet as gs

    found, notes = gs.convert_catalog(source, target, map, ladder, scale)
    _written(found, target, as_json, notes)


@catalog.command()
@click.argument("old")
@click.argument("new")
@as_json
def diff(old: str, new: str, as_json: bool) -> None:
    """Show what becomes of each activity of the catalog OLD in the catalog NEW (built-in names or files).

    An activity is kept, renamed, moved, split, merged, retired or new, by its id and by what NEW says it replaces. All
    other changes follow: scales, thresholds, roles, expected levels, importance, texts.
    """
    import growthsheet as gs

    found = gs.diff(gs.load_catalog(old), gs.load_catalog(new))
    if as_json:
        two = {"old": found.old, "new": found.new}
        told = {name: {"id": each.id, "version": each.version} for name, each in two.items()}
        tables = {"changes": found.table().records(), "edits": found.edit_table().records()}
        output.emit({**told, "counts": found.counts, **tables})
        return
    click.echo(found.summary)
    changed = [(c.kind, c.activity, c.name, c.told or "-") for c in found.changes if c.kind != "kept"]
    if changed:
        click.echo("\n" + output.format_table([("change", "activity", "name", "what became of it"), *changed]))
    if found.edits:
        rows = [(e.kind, e.where, one_line(e.before), one_line(e.now)) for e in found.edits]
        click.echo("\n" + output.format_table([("what", "where", "before", "now"), *rows]))


@catalog.command()
@as_json
def schema(as_json: bool) -> None:
    """Print the JSON Schema of catalog files, for editors that check while you type."""
    import growthsheet as gs

    output.emit(gs.Catalog.model_json_schema())


def _written(found: Catalog, file: str, as_json: bool, notes: Sequence[Problem] = ()) -> None:
    if as_json:
        told = {"file": file, "roles": len(found.roles), "activities": len(found.activities)}
        output.emit({**told, "notes": notes})
    output.show_problems(notes)
    output.print_line(f"Wrote {plural(found.roles, 'role')} and {plural(found.activities, 'activity')} to {file}")


def _told(catalog: Catalog) -> str:
    """Return a catalog as a page of text: its name, scales, areas and roles."""
    scales = (f"{s.name} {s.values[0]}-{s.values[-1]}" for s in catalog.scales)
    count = {area.id: sum(a.area == area.id for a in catalog.current) for area in catalog.areas}
    retired = len(catalog.activities) - len(catalog.current)
    counts = (plural(catalog.roles, "role"), plural(catalog.areas, "area"), plural(catalog.current, "activity"))
    head = (f"{catalog.name} ({catalog.id} {catalog.version})", f"{', '.join(counts)}, {retired} retired")
    roles = [
        (r.id, r.name, r.path, r.rank, len(r.expected), len(r.core), ", ".join(r.next) or "-") for r in catalog.roles
    ]
    areas = [(area.id, area.name, count[area.id]) for area in catalog.areas]
    of_roles = output.format_table([("role", "name", "path", "rank", "expects", "core", "next"), *roles])
    of_areas = output.format_table([("area", "name", "activities"), *areas])
    return "\n".join((*head, f"Scales: {', '.join(scales)}", "", of_roles, "", of_areas))
