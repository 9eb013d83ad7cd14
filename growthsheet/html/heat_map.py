"""The heat map of a team's gaps: people by activities, for notebooks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from growthsheet.model.html_table import Cell, html_table
from growthsheet.text.counts import plural
from growthsheet.views.team import TeamView
from growthsheet.workbook.results import Results, library, tint
from growthsheet.workbook.styles import CellColors, colors_of

PEOPLE_IN_NOTEBOOK, ACTIVITIES_IN_NOTEBOOK = 12, 25
"""The most people and activities that a notebook shows."""

NOT_RATED = "-"
CAPTION = (
    f"Gaps: how many levels a rating is below what the role expects ({NOT_RATED} is not rated, blank not expected)"
)


@dataclass(frozen=True, repr=False)
class HeatMap:
    """The gap of each person in each activity that the role expects."""

    people: Mapping[str, str]
    """A unique name by the person's id."""
    activities: Mapping[str, tuple[str, str]]
    """Area and name by the activity's id, in the order of the catalog."""
    gaps: Mapping[tuple[str, str], float | str]
    """By activity and person a gap, ``n/a`` or the sign for what is not rated; nothing where it is not expected."""

    def __repr__(self) -> str:
        return f"<heat map of {plural(self.people, 'person')} and {plural(self.activities, 'activity')}>"

    def _repr_html_(self) -> str:
        head = ("Area", "Activity", *self.people.values())
        return html_table(head, (self._row(each, self.people) for each in self.activities), CAPTION, most=None)

    def html(self) -> str:
        """Return a table for a notebook; of a large team, those activities and people with the most to grow."""
        people = self._largest(self.people, 1, PEOPLE_IN_NOTEBOOK)
        activities = self._largest(self.activities, 0, ACTIVITIES_IN_NOTEBOOK)
        body = (self._row(activity, people) for activity in activities)
        parts = ((people, self.people, "person"), (activities, self.activities, "activity"))
        cut = [f"{len(shown)} of {plural(there, noun)}" for shown, there, noun in parts if len(shown) < len(there)]
        below = f"<p>Shown: {', '.join(cut)}, those with the largest gaps. All are in gaps() and in heatmap().</p>"
        head = ("Area", "Activity", *(self.people[each] for each in people))
        return html_table(head, body, CAPTION) + (below if cut else "")

    def great_table(self) -> Any:
        """Return it as a table of great_tables, with everybody and all activities."""
        tables, polars = library("great_tables"), library("polars")
        cells = {person: [self._cell(activity, person) for activity in self.activities] for person in self.people}
        columns = {f"p{n}": person for n, person in enumerate(cells)}
        areas, names = zip(*self.activities.values(), strict=True) if self.activities else ((), ())
        frame: dict[str, Any] = {"area": areas, "activity": names}
        frame |= {column: [text for text, _ in cells[person]] for column, person in columns.items()}
        made = tables.GT(polars.DataFrame(frame), rowname_col="activity", groupname_col="area").tab_header(CAPTION)
        made = made.cols_label({column: self.people[person] for column, person in columns.items()})
        # A dark notebook paints the rows of a table, and the rest of this one is dark on white.
        made = made.tab_style(tables.style.fill("#FFFFFF"), tables.loc.body())
        for column, person in columns.items():
            for paint in dict.fromkeys(paint for _, paint in cells[person] if paint):
                style = [tables.style.fill(f"#{paint.fill}"), tables.style.text(color=f"#{paint.font}")]
                rows = [n for n, (_, found) in enumerate(cells[person]) if found == paint]
                made = made.tab_style(style, tables.loc.body(columns=column, rows=rows))
        return made

    def _largest(self, keys: Iterable[str], place: int, most: int) -> list[str]:
        """Return the keys with the largest sums of gaps, in their order."""
        sums = dict.fromkeys(keys, 0.0)
        for at, gap in self.gaps.items():
            sums[at[place]] += gap if isinstance(gap, float) else 0
        kept = {*sorted(sums, key=lambda key: -sums[key])[:most]}
        return [key for key in sums if key in kept]

    def _row(self, activity: str, people: Iterable[str]) -> Iterator[Cell]:
        yield from self.activities[activity]
        for person in people:
            text, paint = self._cell(activity, person)
            yield text, tint(paint)

    def _cell(self, activity: str, person: str) -> tuple[str, CellColors | None]:
        gap = self.gaps.get((activity, person), "")
        return gap if isinstance(gap, str) else f"{gap:g}", colors_of("gap", gap)


def heat_map(view: TeamView, gaps: Results) -> HeatMap:
    """Return the heat map of a team, from its table of gaps."""
    words = {"n/a": "n/a", "not rated": NOT_RATED}
    areas, present = view.context.catalog.area_by_id, [member.person.id for member in view.present]
    return HeatMap(
        {id: view.headers[id] for id in present},
        {id: (areas[activity.area].name, activity.name) for id, activity in view.activities.items()},
        {
            (row["activity_id"], row["person_id"]): row["gap"] if row["status"] == "rated" else words[row["status"]]
            for row in gaps
        },
    )
