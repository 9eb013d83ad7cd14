"""A catalog of statements: competencies that each belong to a level of seniority and a theme, in YAML.

This is the shape in which the Financial Times publishes its engineering progression: ``levels`` are roles, ``themes``
are areas, and each of the ``competencies`` is an activity that one level expects.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from growthsheet.errors import Problem
from growthsheet.sources.catalogs.document import Document, Mark
from growthsheet.sources.catalogs.framework_levels import framework_levels
from growthsheet.sources.catalogs.word_levels import Steps
from growthsheet.text.ids import Names, id_of
from growthsheet.text.problem_list import ProblemList
from growthsheet.text.quoting import quote

STATEMENT_KEYS = ("levels", "themes", "competencies")
STATEMENT_LISTS = ("examples", "supportingUrls")


def is_statements(document: Document) -> bool:
    """Whether a document has this shape."""
    value = document.value if isinstance(document.value, Mapping) else {}
    return "roles" not in value and all(isinstance(value.get(key), list) for key in STATEMENT_KEYS)


def read_statements(document: Document, given: Steps | None = None) -> Document:
    """The same as a catalog; problems still tell the lines of the file."""
    value: Any = document.value
    levels, themes, competencies = ([p for p in value[key] if isinstance(p, Mapping)] for key in STATEMENT_KEYS)
    faults: list[tuple[str, Problem]] = []

    def fault(part: str, path: str, code: str, found: object, expected: str, hint: str = "change it") -> None:
        faults.append((part, Problem(code, document.place(path), quote(found), expected, hint)))

    for path, part in ((f"{key}.{n}", part) for key in STATEMENT_KEYS for n, part in enumerate(value[key])):
        if not isinstance(part, Mapping):
            fault(path, path, "bad-value", part, "a mapping")
    words = [str(part.get("proficiency", "")) for part in competencies]
    findings = ProblemList(document.name)
    first = {word: document.place(f"competencies.{n}.proficiency") for n, word in reversed([*enumerate(words)])}
    reading = framework_levels(Counter(words), first, (), "", given, findings)
    faults += [("competencies", problem) for problem in findings.all if problem.severity == "error"]
    expected: dict[str, dict[str, float]] = {str(level.get("id")): {} for level in levels}
    names, activities = Names(), []
    marks: dict[str, Mark] = dict(document.marks)
    for n, part in enumerate(competencies):
        path = f"competencies.{n}"
        activities.append(_activity(part, names))
        for new, old in (("", ""), (".id", ".id"), (".name", ".summary"), (".area", ".theme")):
            if mark := document.mark(path + old):
                marks[f"activities.{n}{new}"] = mark
        for key in STATEMENT_LISTS:
            if not isinstance(part.get(key, []), list):
                fault(path, f"{path}.{key}", "bad-value", part[key], "a list")
        level, step = str(part.get("level")), reading.values.get(words[n])
        if level in expected and step is not None:
            expected[level][str(part.get("id"))] = step
        elif level not in expected:
            wanted = f"one of {', '.join(expected)}"
            fault(path, f"{path}.level", "unknown-role", level, wanted, "correct it, or add the level")
    marks |= {f"roles.{n}": mark for n in range(len(levels)) if (mark := document.mark(f"levels.{n}"))}
    name = str(value.get("name") or "Catalog")
    catalog = {
        "id": id_of(name),
        "version": str(value.get("version") or "1"),
        "name": name,
        "source": " ".join(str(value.get("summary") or "").split()),
        "scales": reading.steps.scales(),
        "thresholds": reading.steps.thresholds(),
        "areas": [{"id": theme.get("id"), "name": theme.get("name")} for theme in themes],
        "activities": activities,
        "roles": [
            {"id": level.get("id"), "name": level.get("name"), "rank": n, "expected": expected[str(level.get("id"))]}
            for n, level in enumerate(levels, 1)
        ],
    }
    return Document(document.name, catalog, marks, (*document.faults, *faults), document.where, findings.notes)


def _activity(part: Mapping[str, Any], names: Names) -> dict[str, Any]:
    summary = str(part.get("summary") or "")
    examples, links = (found if isinstance(found := part.get(key), list) else [] for key in STATEMENT_LISTS)
    lines = [" ".join(summary.split()), *(f"- {text}" for text in examples)]
    return {
        "id": part.get("id"),
        "name": names.short(summary) or None,
        "area": part.get("theme"),
        "description": "\n".join(lines),
        "resources": [f"{link.get('label', '')}: {link.get('url', '')}" for link in links if isinstance(link, Mapping)],
    }
