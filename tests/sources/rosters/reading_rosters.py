"""What the tests of rosters share: a small catalog, and how a roster is read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from growthsheet.errors import InputError
from growthsheet.model import Activity, Area, Catalog, Point, Role, Scale
from growthsheet.sources.rosters.options import RosterOptions
from growthsheet.sources.rosters.read_roster import RosterReading, read_roster

TODAY = date(2026, 6, 30)
Read = Callable[..., RosterReading]
Wrong = Callable[..., list[str]]


def tiny() -> Catalog:
    """Three roles and nothing else of interest."""
    points = (Point(value=0, label="no"), Point(value=1, label="yes"))
    return Catalog(
        id="tiny",
        version="1",
        name="Tiny",
        scales=tuple(Scale(id=name, name=name, points=points) for name in ("skill", "experience", "interest")),
        areas=(Area(id="a", name="Area"),),
        activities=(Activity(id="talk", name="Talk", area="a"),),
        roles=(
            Role(id="product-manager", name="Product manager", expected={"talk": 1}, aliases=("Owner",)),
            Role(id="senior-pm", name="Senior Product Manager", expected={"talk": 1}),
            Role(id="vp", name="Vice President of Product", expected={"talk": 1}),
        ),
    )


@pytest.fixture(scope="session", name="catalog")
def catalog_fixture() -> Catalog:
    """Three roles and nothing else of interest."""
    return tiny()


@pytest.fixture(name="read")
def read_fixture(tmp_path: Path, catalog: Catalog) -> Read:
    """Read a roster from CSV text, or from whatever else is given."""

    def reading(source: Any, **options: Any) -> RosterReading:
        if isinstance(source, str | bytes):
            path = tmp_path / "people.csv"
            path.write_bytes(source.encode() if isinstance(source, str) else source)
            source = path
        return read_roster(source, catalog=catalog, as_of=TODAY, options=RosterOptions(**options))

    return reading


@pytest.fixture(name="wrong")
def wrong_fixture(read: Read) -> Wrong:
    """Everything that is wrong with a roster, as printed."""

    def problems(source: Any, **options: Any) -> list[str]:
        with pytest.raises(InputError) as caught:
            read(source, **options)
        return [str(problem) for problem in caught.value.problems]

    return problems
