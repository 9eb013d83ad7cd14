"""Guide: how to fill the workbook in, what the scales mean, who sees this file."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from growthsheet.model import Catalog, Scale
from growthsheet.model.code_words import ROUTE_WORDS
from growthsheet.views.context import Occasion, for_all
from growthsheet.workbook.blocks import Block, Heading, Legend, Links, Prose, Sheet
from growthsheet.workbook.tables import Rows, Table, given

GUIDE = "Guide"

QUESTIONS = {
    "skill": "Skill: how well can you do it now?",
    "experience": "Experience: how much have you really done it?",
    "interest": "Interest: do you want to do more of it?",
}


@cache
def _scale_table(scale: str) -> Table:
    return Table(
        f"guide_{scale}",
        (given("key"), given("level", "Level", "area"), given("anchor", "What it means", "meaning")),
    )


ROUTES_SHOWN = Table(
    "guide_routes",
    (
        given("key"),
        given("label", "Route", "area"),
        given("meaning", "What it means", "meaning"),
        given("money", "Money usually goes to", "label"),
    ),
)


def guide(
    occasion: Occasion,
    title: str,
    purpose: str,
    steps: Iterable[str],
    seen_by: Iterable[str],
    links: tuple[tuple[str, str], ...],
    identity: str,
) -> Sheet:
    """The tab; ``identity`` is the line that says whose file this is."""
    say = occasion.say
    blocks: tuple[Block, ...] = (
        Links(links),
        Prose((identity,)),
        Heading(say("What to do")),
        Prose(tuple(f"{n}. {say(step)}" for n, step in enumerate(steps, 1)), steps=True),
        Heading(say("Who sees this file")),
        Prose(tuple(say(line) for line in seen_by)),
        *_explained(occasion),
    )
    return Sheet(GUIDE, purpose, blocks, title=title, colour="guide", one_page=True, portrait=True, looked_up=True)


@for_all
def _explained(occasion: Occasion) -> tuple[Block, ...]:
    """What cells, scales and routes mean."""
    say, catalog = occasion.say, occasion.catalog
    blocks: list[Block] = [
        Heading(say("What the cells look like")),
        Legend(),
        Heading(say("Blank, n/a and 0 are three answers")),
        Prose((say("Blank: not rated yet. n/a: not part of my job. 0: not yet; only this one counts as 0."),)),
    ]
    for scale in (catalog.scale(name) for name in QUESTIONS):
        blocks += [Heading(say(QUESTIONS[scale.id])), Rows(_scale_table(scale.id), _points(scale))]
    blocks += [Heading(say("Routes: what to do about an activity")), Rows(ROUTES_SHOWN, _routes(occasion))]
    blocks += [Prose((say("The scales, levels and routes are your organisation's own agreement, not a standard."),))]
    return tuple(blocks)


def _points(scale: Scale) -> list[dict[str, object]]:
    return [{"key": f"k:{p.value}", "level": f"{p.value} {p.label}", "anchor": p.anchor} for p in scale.points]


def _routes(occasion: Occasion) -> list[dict[str, object]]:
    say = occasion.say
    return [
        {"key": f"k:{code}", "label": say(label), "meaning": say(meaning), "money": say(money)}
        for code, (label, meaning, money) in ROUTE_WORDS.items()
    ]


def versions(catalog: Catalog) -> str:
    """The catalog as it is named on tabs and footers."""
    return f"{catalog.name} {catalog.version} ({catalog.id})"
