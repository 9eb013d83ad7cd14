"""YAML as people mean it: what looks like text stays text, every value has its line, nothing is hidden.

PyYAML follows YAML 1.1, where ``no`` is false and ``1:30`` is 90. Here a scalar is always text (or nothing), as it
was typed: the model turns it into a number where it wants a number, so that ``007``, ``1e5``, ``no`` and
``2026-01-31`` stay what they are where it wants text.

Refused, with their lines: aliases and anchors (341 bytes of them can expand to 48 million values), merge keys, tags,
repeated keys, several documents in one file.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import yaml

from growthsheet.errors import InputError, Problem
from growthsheet.sources.catalogs.document import (
    MAX_DEPTH,
    MAX_NODES,
    Document,
    Mark,
    child_path,
    nested_too_deep,
    repeated_key,
    too_many_values,
)
from growthsheet.text.quoting import one_line

# The parser of libyaml is about ten times as fast; both are tested.
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

# What YAML does not allow, and the three line ends of YAML 1.1 that no editor counts as lines.
_UNFIT = re.compile("[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NOTHING = frozenset({"", "~", "null", "Null", "NULL"})


def read_yaml(text: str, name: str) -> Document:
    r"""A YAML text as a document; raise InputError if it is not YAML, or empty, nested too deep or too long.

    What can be read in spite of a fault is read, and the fault is in :attr:`Document.faults`.

    >>> document = read_yaml("id: 007\nroles:\n  - {rank: 1, next: }\n", "my.yaml")
    >>> document.value
    {'id': '007', 'roles': [{'rank': '1', 'next': None}]}
    >>> document.place("roles.0.rank")
    'my.yaml, line 3, column 6: role 1, rank'
    """
    if unfit := _UNFIT.search(text):
        before = re.split(r"\r\n|\r|\n", text[: unfit.start()])
        place = f"{name}, line {len(before)}, column {len(before[-1]) + 1}"
        found = f"the character U+{ord(unfit.group()):04X}"
        raise InputError([Problem("unfit-character", place, found, "printable text", "take it out")])
    try:
        return _Reader(text, name).document()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = f"{name}, line {mark.line + 1}, column {mark.column + 1}" if mark else name
        found = ", ".join(part for part in (error.problem, error.context) if part)
        hint = "check the indentation (spaces, never tabs), and put text that holds ': ' or ' #' in quotes"
        raise InputError([Problem("broken-yaml", place, found, "YAML", hint)]) from None


class _Reader:
    """Builds plain values from the parser's events, so that depth and number are limited before anything grows."""

    def __init__(self, text: str, name: str) -> None:
        self.name = name
        self.events = yaml.parse(text, Loader=LOADER)
        self.count = 0
        self.marks: dict[str, Mark] = {}
        self.faults: list[tuple[str, Problem]] = []

    def document(self) -> Document:
        next(self.events)  # the start of the stream
        if isinstance(next(self.events), yaml.StreamEndEvent):
            raise InputError([Problem("empty-file", self.name, "nothing", "a catalog", "see the built-in one")])
        value = self.value(next(self.events), "", 0)
        next(self.events)  # the end of the document
        after = next(self.events)
        if not isinstance(after, yaml.StreamEndEvent):
            self.fault("", "several-documents", after, "a second document", "one in a file", "take out the '---'")
        return Document(self.name, value, self.marks, tuple(self.faults))

    def value(self, event: Any, path: str, depth: int) -> object:
        self.count += 1
        if depth > MAX_DEPTH:
            raise nested_too_deep(self.at(event, path))
        if self.count > MAX_NODES:
            raise too_many_values(self.at(event, path))
        # Of a key that stands twice, the first is kept, so its places are kept.
        self.marks.setdefault(path, _mark(event))
        if isinstance(event, yaml.AliasEvent):
            found = f"the alias *{event.anchor}"
            self.fault(path, "yaml-alias", event, found, "the value itself", "write it out")
            return None
        if event.anchor:
            found = f"the anchor &{event.anchor}"
            self.fault(path, "yaml-alias", event, found, "a value without an anchor", "take it out")
        if event.tag:
            self.fault(path, "yaml-tag", event, f"the tag {event.tag}", "a value without a tag", "take it out")
        if isinstance(event, yaml.ScalarEvent):
            plain = event.implicit[0]
            return None if plain and event.value in _NOTHING else event.value
        if isinstance(event, yaml.SequenceStartEvent):
            return self.list(path, depth)
        return self.mapping(path, depth)

    def list(self, path: str, depth: int) -> list[object]:
        values: list[object] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            values.append(self.value(event, child_path(path, len(values)), depth + 1))
        return values

    def mapping(self, path: str, depth: int) -> dict[str, object]:
        values: dict[str, object] = {}
        while not isinstance(key := next(self.events), yaml.MappingEndEvent):
            if not isinstance(key, yaml.ScalarEvent) or key.anchor or key.tag:
                place = self.at(key, path)
                raise InputError([Problem("key-not-text", place, "a key that is not plain text", "text", "reword it")])
            inside = child_path(path, key.value)
            merge = key.value == "<<" and key.implicit[0]
            if merge:
                found, expected = "the merge key '<<'", "the values themselves"
                self.fault(path, "yaml-merge", key, found, expected, "write them out")
            elif key.value in values:
                self.faults.append((inside, repeated_key(self.at(key, inside), key.value)))
            else:
                self.marks[inside] = _mark(key)
            value = self.value(next(self.events), inside, depth + 1)
            if not merge:
                values.setdefault(key.value, value)
        return values

    def fault(self, path: str, code: str, event: Any, found: str, expected: str, hint: str) -> None:
        self.faults.append((path, Problem(code, self.at(event, path), one_line(found), expected, hint)))

    def at(self, event: Any, path: str) -> str:
        return Document(self.name, None, {path: _mark(event)}).place(path)


def _mark(event: Any) -> Mark:
    return event.start_mark.line + 1, event.start_mark.column + 1


class _Dumper(yaml.SafeDumper):
    """Writes every value out, and every line end that an editor would not count as an escape."""

    def ignore_aliases(self, data: object) -> bool:
        return True

    def represent_text(self, text: str) -> yaml.ScalarNode:
        return self.represent_scalar("tag:yaml.org,2002:str", text, style='"' if _UNFIT.search(text) else None)

    def represent_level(self, level: float) -> yaml.ScalarNode:
        return self.represent_int(int(level)) if level.is_integer() else self.represent_float(level)


_Dumper.add_representer(str, _Dumper.represent_text)
_Dumper.add_representer(float, _Dumper.represent_level)


def write_yaml(value: Mapping[str, object]) -> str:
    """A mapping as YAML text that :func:`read_yaml` reads back.

    >>> print(write_yaml({"id": "007", "expected": {"pricing": 2.0, "finance": 2.5}}), end="")
    id: '007'
    expected:
      pricing: 2
      finance: 2.5
    """
    return yaml.dump(dict(value), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=110)
