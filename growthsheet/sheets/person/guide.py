"""Guide: instructions for filling in the workbook, the meaning of the scales, the readers of the file."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from growthsheet.model import Catalog, Scale
from growthsheet.model.answers import scales
from growthsheet.model.code_words import ROUTE_WORDS
from growthsheet.text.language import fill_in
from growthsheet.views.context import BuildContext, cached, has_own_name
from growthsheet.workbook.blocks import Block, Heading, Legend, Links, Paragraphs, Sheet
from growthsheet.workbook.tables import Table, TableData, data_column, keyed_table

GUIDE = "Guide"


@cache
def _scale_table(scale: str, question: str) -> Table:
    return keyed_table(
        f"guide_{scale}",
        data_column("level", question, "area", of=scale),
        data_column("anchor", "What it means", "point"),
    )


ROUTES_SHOWN = keyed_table(
    "guide_routes", data_column("label", "Route", "area"), data_column("meaning", "What it means", "point")
)


def guide(
    context: BuildContext,
    title: str,
    purpose: str,
    steps: Iterable[str],
    seen_by: Iterable[str],
    links: Iterable[tuple[str, str]],
    identity: str,
) -> Sheet:
    """Return the tab; ``identity`` is the line that names the owner of the file."""
    translate = context.translate
    blocks: tuple[Block, ...] = (
        Heading(translate("How to use this workbook")),
        Paragraphs(tuple(f"{n}. {translate(step)}" for n, step in enumerate(steps, 1)), steps=True),
        Links(tuple((tab, translate(purpose)) for tab, purpose in links)),
        Heading(translate("Who sees this file")),
        Paragraphs(tuple(translate(line) for line in seen_by)),
        *_explained(context),
        Paragraphs((identity,)),
    )
    return Sheet(GUIDE, purpose, blocks, title=title, colour="guide", one_page=True, portrait=True, looked_up=True)


@cached
def _explained(context: BuildContext) -> tuple[Block, ...]:
    """Return the explanations of cells, scales and routes."""
    translate, catalog = context.translate, context.catalog
    lowest = catalog.scale("skill").points[0]
    point = f"{lowest.value} {lowest.label}"
    blocks: list[Block] = [
        Heading(translate("What the cells look like")),
        Legend(),
        Heading(translate("Blank, n/a and the lowest point mean three different things")),
        Paragraphs(
            (fill_in(translate("Blank: not rated yet. n/a: not part of my job. {point}: a rating."), point=point),)
        ),
    ]
    for n, (name, words) in enumerate(scales().items()):
        scale = catalog.scale(name)
        # A scale with a name of its own may ask something else.
        question = scale.name if has_own_name(scale, context.language) else translate(words.question)
        blocks.append(TableData(_scale_table(name, question), _points(scale), beside=n > 0))
    blocks += [Heading(translate("Routes: what to do about an activity")), TableData(ROUTES_SHOWN, _routes(context))]
    blocks += [
        Paragraphs((translate("The scales, levels and routes are your organisation's own agreement, not a standard."),))
    ]
    return tuple(blocks)


def _points(scale: Scale) -> list[dict[str, object]]:
    return [
        {"key": f"k:{p.value}", f"level@{scale.id}": f"{p.value} {p.label}", "anchor": p.anchor} for p in scale.points
    ]


def _routes(context: BuildContext) -> list[dict[str, object]]:
    translate = context.translate
    return [
        {"key": f"k:{code}", "label": translate(label), "meaning": translate(meaning)}
        for code, (label, meaning, _) in ROUTE_WORDS.items()
    ]


def versions(catalog: Catalog) -> str:
    """Return the catalog's name as tabs and footers show it."""
    return f"{catalog.name} {catalog.version} ({catalog.id})"
