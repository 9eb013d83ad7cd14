"""The third reading of a tree: Python source, compiled once and run for many rows."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import Any


class PythonSource:
    """What the source of one function needs around it.

    ``fixed`` names the parameters that are the same in every row; names of ours begin with an underscore, for those of
    parameters do not.
    """

    def __init__(self, fixed: Collection[str] = ()) -> None:
        self._fixed_names = frozenset(fixed)
        self._first: dict[str, str] = {}
        self._around: dict[str, Any] = {"_zip": zip}

    def name(self, thing: Any) -> str:
        """A name for a function of ours."""
        for name, known in self._around.items():
            if known is thing:
                return name
        name = f"_{len(self._around)}"
        self._around[name] = thing
        return name

    def once(self, source: str) -> str:
        """A name for what is worked out before all rows; it must be something that never fails."""
        return self._first.setdefault(source, f"_once{len(self._first)}")

    def fixed(self, columns: Iterable[str]) -> bool:
        """Whether the columns of these names are the same in every row."""
        return self._fixed_names.issuperset(columns)

    def function(self, name: str, parameters: Iterable[str], result: str) -> Callable[..., Any]:
        """The function: of the parameters, and of ``_translate``, which translates words."""
        lines = [f"def {name}({', '.join([*parameters, '_translate=str'])}):"]
        lines += [f"    {kept} = {source}" for source, kept in self._first.items()]
        text = "\n".join([*lines, f"    return {result}"])
        made: dict[str, Any] = {}
        exec(compile(text, f"<{name}>", "exec"), self._around, made)  # of our own trees, never of data
        return made[name]  # type: ignore[no-any-return]
