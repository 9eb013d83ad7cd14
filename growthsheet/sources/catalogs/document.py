"""A text of mappings, lists and scalars, with the line of everything in it; JSON and Python mappings as such a text."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from growthsheet.errors import InputError, Problem
from growthsheet.text.quoting import one_line, quote

MAX_DEPTH = 20
"""How deep lists and mappings may stand in each other; a catalog needs six."""

MAX_NODES = 200_000
"""How many values one document may hold; a catalog of 200 roles with 100 activities each needs about 25,000."""

_SINGULAR = {"activities": "activity", "aliases": "alias", "competencies": "competency"}

Mark = tuple[int, ...]
"""A line and a column, both from 1; where there are tabs, the tab before them."""


def in_text(mark: Mark) -> str:
    """Where a mark in a text is."""
    return f"line {mark[0]}, column {mark[1]}"


@dataclass(frozen=True)
class Document:
    """What a text says, where it says it, and what is wrong with how it says it.

    ``marks`` and ``faults`` go by the dotted path of a value, such as ``roles.2.expected.pricing``;
    ``where`` tells where a mark is; ``notes`` what was left out or taken for something.

    >>> document = Document("my.yaml", {"roles": [{"rank": "x"}]}, {"roles.0": (2, 3), "roles.0.rank": (2, 5)})
    >>> document.place("roles.0.rank")
    'my.yaml, line 2, column 5: role 1, rank'
    >>> document.place("roles.0.id")
    'my.yaml, line 2, column 3: role 1, id'
    """

    name: str
    value: object
    marks: Mapping[str, Mark] = field(default_factory=dict)
    faults: tuple[tuple[str, Problem], ...] = ()
    where: Callable[[Mark], str] = in_text
    notes: tuple[Problem, ...] = ()

    def mark(self, path: str) -> Mark | None:
        """Where a value stands; for a value that is not there, where the nearest one around it stands."""
        while path not in self.marks and path:
            path = path.rpartition(".")[0]
        return self.marks.get(path)

    def place(self, path: str) -> str:
        """A value's place, for a :class:`~growthsheet.errors.Problem`."""
        mark = self.mark(path)
        where = f"{self.name}, {self.where(mark)}" if mark else self.name
        return f"{where}: {one_line(self.called(path), 200)}" if path else where

    def place_of(self, loc: tuple[int | str, ...]) -> str:
        """A value's place, by the steps to it."""
        return self.place(".".join(map(str, loc)))

    def called(self, path: str) -> str:
        """Return a path as people say it: each entry of a list by its id or name instead of its number."""
        value, words, steps = self.value, [], path.split(".")
        while steps:
            entries = value.get(steps[0]) if isinstance(value, Mapping) else None
            if isinstance(entries, list) and steps[1:] and steps[1].isdigit() and int(steps[1]) < len(entries):
                value = entries[int(steps[1])]
                names = map(value.get, ("id", "label", "name")) if isinstance(value, Mapping) else [value]
                name = next((quote(name) for name in names if isinstance(name, str) and name), str(int(steps[1]) + 1))
                words.append(f"{_SINGULAR.get(steps[0], steps[0].removesuffix('s'))} {name}")
                steps = steps[2:]
            elif isinstance(value, Mapping) and steps[0] in value:
                value = value[steps[0]]
                words.append(steps.pop(0))
            else:  # what is not there, or a key with a dot in it
                words.append(".".join(steps))
                break
        return ", ".join(words) if any(" " in word for word in words) else path

    def is_faulty(self, path: str) -> bool:
        """Whether a value, or one that holds it, could not be read as it was meant."""
        while path and path not in self._misread:
            path = path.rpartition(".")[0]
        return path in self._misread

    @cached_property
    def _misread(self) -> frozenset[str]:
        # Of a key that stands twice the first value was read, and what is wrong with that one may be told.
        return frozenset(path for path, problem in self.faults if problem.code != "repeated-key")


def nested_too_deep(place: str) -> InputError:
    """The error for a document that is nested deeper than any honest one."""
    return InputError([Problem("too-deep", place, "nested too deep", f"at most {MAX_DEPTH} levels", "flatten it")])


def too_many_values(place: str) -> InputError:
    """The error for a document that holds more values than any honest one."""
    hint = "split it into several catalogs"
    return InputError([Problem("too-many-values", place, "too many values", f"at most {MAX_NODES:,}", hint)])


def read_json(text: str, name: str) -> Document:
    """A JSON text as a document, whose values have paths but no lines; raise InputError if it is not JSON.

    >>> read_json('{"id": "mine", "areas": []}', "my.json").value
    {'id': 'mine', 'areas': []}
    """
    repeated: list[str] = []

    def once(pairs: list[tuple[str, object]]) -> dict[str, object]:
        there: dict[str, object] = {}
        for key, item in pairs:
            if key in there:
                repeated.append(key)
            there.setdefault(key, item)
        return there

    hint = "correct it there; most editors show where a bracket, a comma or a quote is missing"
    try:
        value = json.loads(text, object_pairs_hook=once)
    except json.JSONDecodeError as error:
        place = f"{name}, line {error.lineno}, column {error.colno}"
        raise InputError([Problem("broken-json", place, error.msg, "JSON", hint)]) from None
    except RecursionError:
        raise nested_too_deep(name) from None
    except ValueError:  # Python refuses to read an integer of more than 4,300 digits
        raise InputError([Problem("broken-json", name, "a number with thousands of digits", "JSON", hint)]) from None
    document = read_mapping(value, name)
    return Document(name, document.value, faults=(*document.faults, *(("", repeated_key(name, k)) for k in repeated)))


def read_mapping(value: object, name: str) -> Document:
    """A Python mapping, with mappings and lists in it, as a document.

    >>> read_mapping({"areas": ({"id": 1},)}, "catalog").value
    {'areas': [{'id': 1}]}
    """
    count = 0
    faults: list[tuple[str, Problem]] = []

    def plain(value: object, path: str, depth: int) -> object:
        nonlocal count
        count += 1
        if depth > MAX_DEPTH:
            raise nested_too_deep(Document(name, None).place(path))
        if count > MAX_NODES:
            raise too_many_values(name)
        match value:
            case Mapping():
                return dict(entries(value, path, depth))
            case list() | tuple():
                return [plain(item, child_path(path, number), depth + 1) for number, item in enumerate(value)]
            case bool():
                # Nothing in the model is a yes or a no, and pydantic would take True for the number 1.
                return str(value).lower()
            case _:
                return value

    def entries(mapping: Mapping[object, object], path: str, depth: int) -> Iterator[tuple[str, object]]:
        seen: set[str] = set()
        for key, item in mapping.items():
            text = str(key) if isinstance(key, str | int) else quote(key)
            inside = child_path(path, text)
            if text in seen:
                faults.append((inside, repeated_key(Document(name, None).place(inside), text)))
                continue
            seen.add(text)
            yield text, plain(item, inside, depth + 1)

    return Document(name, plain(value, "", 0), faults=tuple(faults))


def child_path(path: str, step: str | int) -> str:
    """The path of something inside the value at a path."""
    return f"{path}.{step}" if path else str(step)


def repeated_key(place: str, key: str) -> Problem:
    """The problem of a key that stands twice in one mapping."""
    found = f"the key {quote(key)} a second time"
    return Problem("repeated-key", place, found, "each key once", "take one of them out")
