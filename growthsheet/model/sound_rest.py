"""What is left of a catalog when all that is wrong in shape is taken out."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from growthsheet.model.answers import scales
from growthsheet.model.catalog_parts import THRESHOLD_SCALES
from growthsheet.model.part_problems import details

C = TypeVar("C", bound=BaseModel)


def sound_rest(value: object, error: ValidationError, model: type[C]) -> tuple[C | None, Taken]:
    """Return what is left when all that is wrong in shape is taken out, so that the rest can be judged too; and that.

    None where nothing sound is left. What must be there is filled with something that fits.
    """
    draft, taken = deepcopy(value), Taken()
    if not isinstance(draft, dict):
        return None, taken
    for _ in range(6):  # a value, what holds it, and what holds that
        for number, detail in enumerate(details(error)):
            _take_out(draft, detail["loc"], detail["type"], taken, number)
        try:
            rest = model.__pydantic_validator__.validate_python(draft)
        except ValidationError as left:
            error = left
            continue
        touched = [path.split(".")[1:2] for path in taken.paths if path.startswith("scales")]
        taken.scales = {
            scale.id for n, scale in enumerate(getattr(rest, "scales", ())) if [str(n)] in touched or [] in touched
        }
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
        filler = _FILLERS.get(str(around[-1]), f"leftout{number}")
        draft[int(last)] = deepcopy(filler[0]) if isinstance(filler, list) else filler
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
