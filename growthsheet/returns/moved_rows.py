"""Find the rows of a table that people extend which were moved without their hidden ids, by their earlier content."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Mapping, Sequence

from growthsheet.model.answers import AnswerKey
from growthsheet.returns.reference import Reference
from growthsheet.workbook.forms import InputTable

NEW = ""
"""The id of a row that is a new one."""


def contents_before(
    table: InputTable, now: Collection[str], written: Mapping[str, str], known: Reference, keys: Mapping[str, AnswerKey]
) -> dict[str, str]:
    """Return the content of each id before: as the file was written, if it is there now, else as answered earlier.

    ``keys`` are those of the earlier answers, by id.
    """
    before = {id: content for id, content in written.items() if content in now}
    for id in keys.keys() - before.keys():
        answer = known.said(keys[id])
        activity = known.catalog.activity_by_id.get(answer.get("activity", ""))
        before[id] = table.protected_values({**answer, "activity": activity.name if activity else ""})
    return before


def rightful_ids(
    ids: Sequence[str], contents: Sequence[Hashable], earlier: Mapping[str, Hashable]
) -> dict[int, str | None]:
    """Return the ids of the rows whose own ids are wrong, by their numbers; None where nothing decides.

    ``ids`` and ``contents`` are those of the rows, and ``earlier`` has the content of each id before. A row with the
    earlier content of another id is that one's, unless that one has it still; people may change any row in its place.

    >>> earlier = {"i1": "Shadow sales", "i2": "Ten talks"}
    >>> rightful_ids(["i1", "i2", "3"], ["Ten talks", "Shadow sales", None], earlier)
    {0: 'i2', 1: 'i1'}
    >>> rightful_ids(["i1", "i2", "3"], ["New", "Ten talks", "Shadow sales"], earlier)
    {2: 'i1', 0: ''}
    >>> rightful_ids(["i1", "i2"], ["Ten talks", "Shadow teams"], earlier)
    {0: 'i2', 1: None}
    >>> rightful_ids(["i1", "i2"], ["Shadow teams", "Ten talks"], earlier)
    {}
    """
    times = Counter(earlier.values())
    owners = {content: id for id, content in earlier.items() if content and times[content] == 1}
    at_home = {id for id, content in zip(ids, contents, strict=True) if content and earlier.get(id) == content}
    found: dict[int, str | None] = {
        n: owners[content] for n, content in enumerate(contents) if content in owners and owners[content] not in at_home
    }
    taken = at_home | set(found.values())
    displaced = [n for n, id in enumerate(ids) if n not in found and id in taken - at_home and contents[n]]
    in_place = {id for n, id in enumerate(ids) if n not in found and n not in displaced and contents[n]}
    is_open = bool(earlier.keys() - taken - in_place)
    return found | dict.fromkeys(displaced, None if is_open else NEW)
