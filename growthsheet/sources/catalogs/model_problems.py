"""What pydantic says is wrong with a value, as problems that a person can act on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from difflib import get_close_matches
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from growthsheet.errors import InputError, Problem
from growthsheet.model import Catalog
from growthsheet.model.answers import scales
from growthsheet.model.catalog import THRESHOLD_SCALES
from growthsheet.sources.catalogs.document import Document, read_mapping
from growthsheet.text.numbers import CLEAR_HINT, CLEAR_NUMBER
from growthsheet.text.quoting import quote

# Our code, what to do, and for each thing that is wanted the kinds of pydantic's errors (its docs: Validation Errors).
_KINDS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "not-text": ("put it in quotes", {"text": "string_type string_unicode"}),
    "text-length": (
        "change it",
        {"{min_length} or more characters": "string_too_short", "at most {max_length} characters": "string_too_long"},
    ),
    "bad-id": (
        "change it, and wherever it is used",
        {"at most 64 letters, digits, '-', '_' and '.', a letter or digit first": "string_pattern_mismatch"},
    ),
    "not-a-number": (
        "write it in digits",
        {
            "a whole number": "int_type int_parsing int_parsing_size int_from_float",
            "a number": "float_type float_parsing decimal_type decimal_parsing finite_number",
        },
    ),
    "out-of-range": (
        "change it",
        {
            "{ge} or more": "greater_than_equal",
            "at most {le}": "less_than_equal",
            "a share from 0 to 1, such as 0.03 or 3%": "share",
        },
    ),
    "list-length": (
        "add or take out entries",
        {"{min_length} or more entries": "too_short", "at most {max_length} entries": "too_long"},
    ),
    "decimal-mark-unclear": (CLEAR_HINT, {CLEAR_NUMBER: "decimal_mark"}),
    "not-a-choice": ("choose one of them", {"{expected}": "literal_error enum"}),
    "not-a-list": ("write [first, second], or a line '- entry' for each", {"a list": "tuple_type"}),
    "not-a-mapping": (
        "see how the built-in catalog is written",
        {
            "a mapping (a line 'key: value' for each entry)": "dict_type mapping_type",
            "a mapping with {fields}": "model_type",
        },
    ),
}
_WANTED = {
    kind: (code, wanted) for code, (_, of) in _KINDS.items() for wanted, kinds in of.items() for kind in kinds.split()
}


M = TypeVar("M", bound=BaseModel)


def validated(model: type[M], values: Mapping[str, object], name: str) -> M:
    """An object of a model from its fields by name; ``name`` is what problems call them all.

    Raises
    ------
    InputError
        With everything that is wrong, each thing with its key.
    """
    document = read_mapping(values, name)
    try:
        return model.model_validate(document.value)
    except ValidationError as error:
        raise InputError(problem for _, problem in model_problems(error, model, document)) from None


def model_problems(error: ValidationError, model: type[BaseModel], document: Document) -> Iterator[tuple[str, Problem]]:
    """Each thing that keeps a document from being a model, as (path, problem).

    A misspelled field is one problem, although it is also a missing one.

    >>> from growthsheet.model import Area
    >>> document = Document("areas.yaml", {"id": "in sight", "nam": "Insight"}, {"id": (1, 1), "nam": (2, 1)})
    >>> try:
    ...     Area.model_validate(document.value)
    ... except ValidationError as error:
    ...     for _, problem in model_problems(error, Area, document):
    ...         print(problem)  # doctest: +ELLIPSIS
    areas.yaml, line 1, column 1: id: 'in sight'; wanted: at most 64 letters, ... [bad-id]
    areas.yaml, line 2, column 1: nam: an unknown field; wanted: one of id, name; did you mean 'name'? [unknown-field]
    """
    details = _details(error)
    unknown = [detail["loc"] for detail in details if detail["type"] == "extra_forbidden"]
    meant = {loc: _meant(str(loc[-1]), _fields(model, loc[:-1])) for loc in unknown}
    misspelled = {(*loc[:-1], field) for loc, field in meant.items() if field}
    for detail in details:
        loc, kind = detail["loc"], detail["type"]
        if kind == "missing" and loc in misspelled:
            continue
        path = ".".join(str(step) for step in loc if step != "[key]")
        place = document.place(path)
        if kind == "extra_forbidden":
            expected = f"one of {', '.join(_fields(model, loc[:-1]))}"
            hint = f"did you mean '{meant[loc]}'?" if meant[loc] else "take it out"
            yield path, Problem("unknown-field", place, "an unknown field", expected, hint)
        elif kind == "missing":
            yield path, Problem("missing-field", place, "not there", f"the field '{loc[-1]}'", "add it")
        elif kind == "value_error":
            yield path, Problem("bad-value", place, str(detail["ctx"]["error"]), hint="change it")
        else:
            code, expected = _WANTED.get(kind, ("bad-value", "another kind of value"))
            limits = {name: f"{n:g}" if isinstance(n, float) else n for name, n in detail.get("ctx", {}).items()}
            limits |= {"msg": detail["msg"], "fields": ", ".join(_fields(model, loc))}
            found = quote(loc[-2] if loc[-1:] == ("[key]",) else detail["input"])
            yield path, Problem(code, place, found, expected.format(**limits), _hint(code, detail["input"]))


def _details(error: ValidationError) -> list[Any]:
    """What pydantic says; it counts only the sound entries of a list, and calls one short whose entries are wrong."""
    details: list[Any] = list(error.errors(include_url=False))
    unsound = {detail["loc"][:depth] for detail in details for depth in range(len(detail["loc"]))}
    return [detail for detail in details if detail["type"] != "too_short" or detail["loc"] not in unsound]


def sound_rest(value: object, error: ValidationError, model: type[Catalog]) -> tuple[Catalog | None, Taken]:
    """Return what is left when all that is wrong in shape is taken out, so that the rest can be judged too; and that.

    None where nothing sound is left. What must be there is filled with something that fits.
    """
    draft, taken = deepcopy(value), Taken()
    if not isinstance(draft, dict):
        return None, taken
    for _ in range(6):  # a value, what holds it, and what holds that
        for number, detail in enumerate(_details(error)):
            _take_out(draft, detail["loc"], detail["type"], taken, number)
        try:
            rest = model.model_validate(draft)
        except ValidationError as left:
            error = left
            continue
        touched = [path.split(".")[1:2] for path in taken.paths if path.startswith("scales")]
        taken.scales = {scale.id for n, scale in enumerate(rest.scales) if [str(n)] in touched or [] in touched}
        return rest, taken
    return None, taken


class Taken:
    """The paths of what was taken out of a document, and the texts that stood there."""

    def __init__(self) -> None:
        self.paths: set[str] = set()
        self.texts: set[str] = set()
        self.scales: set[str] = set()

    def explains(self, code: str, path: str, found: str) -> bool:
        """Return whether a fault may come of something that was taken out, and not of the document."""
        inside = any(f"{path}.".startswith(f"{taken}.") or f"{taken}.".startswith(f"{path}.") for taken in self.paths)
        of_scale = code.endswith("off-scale") and THRESHOLD_SCALES.get(path.rpartition(".")[2], "skill") in self.scales
        unread = code.startswith("unknown-") and any(
            taken.startswith(code[8:-1]) and taken.count(".") < 2 for taken in self.paths
        )
        return inside or of_scale or unread or found in self.texts


def _take_out(draft: Any, loc: tuple[int | str, ...], kind: str, taken: Taken, number: int) -> None:
    *around, last = [step for step in loc if step != "[key]"] or [""]
    taken.paths.add(".".join(map(str, [*around, last])))
    for step in around:
        draft = draft.get(step, draft.get(str(step))) if isinstance(draft, Mapping) else draft[step]
    if isinstance(draft, list):
        draft[int(last)] = _FILLERS.get(str(around[-1]), f"leftout{number}")
        return
    if not isinstance(draft, dict):
        return
    key = last if last in draft else next((key for key in draft if str(key) == str(last)), last)
    old = draft.pop(key, None)
    taken.texts |= {old} if isinstance(old, str) else {str(key)} if "[key]" in loc else set()
    if kind == "missing":
        draft[key] = deepcopy(_FILLERS.get(str(key), f"leftout{number}"))


_POINTS = [{"value": 0, "label": "a"}, {"value": 1, "label": "b"}]
_FILLERS: Mapping[str, Any] = {
    "areas": [{"id": "leftout", "name": "Left out"}],
    "activities": [{"id": "leftout", "name": "Left out", "area": "leftout"}],
    "roles": [{"id": "leftout", "name": "Left out", "expected": {}}],
    "scales": [{"id": id, "name": id, "points": _POINTS} for id in scales()],
    "points": _POINTS,
    "expected": {},
    "value": 1000,
}
"""What stands in for a field that must be there and was taken out; a name of its own for any other."""


def _hint(code: str, value: object) -> str:
    hint, _ = _KINDS.get(code, ("change it", {}))
    return "write a value, or leave the whole line out" if value is None else hint


def _meant(found: str, fields: tuple[str, ...]) -> str:
    return next(iter(get_close_matches(found.lower(), fields, n=1)), "")


def _fields(model: type[BaseModel], loc: tuple[int | str, ...]) -> tuple[str, ...]:
    """The fields of the model that stands at a place inside a model."""
    for step in loc:
        if field := model.model_fields.get(str(step)):
            inner: tuple[Any, ...] = (field.annotation, *get_args(field.annotation))
            model = next((part for part in inner if isinstance(part, type) and issubclass(part, BaseModel)), model)
    return tuple(model.model_fields)
