"""Docstrings as the site needs them: an example is a section of its own, and each argument has its own type."""

from __future__ import annotations

import re
from typing import Any

from griffe import Class, Extension, Object

EXAMPLE = re.compile(r"(?:\A|\n)\n*(?=>>> )")
"""Where the first example begins."""
TOGETHER = re.compile(r"^((?:\w+, )+\w+)\n((?:(?:    .*)?(?:\n|\Z))+)", re.MULTILINE)
"""Arguments that one paragraph is about."""


def each(found: re.Match[str]) -> str:
    """Write the paragraph once for each argument."""
    return "".join(f"{name}\n{found[2]}" for name in found[1].split(", "))


class Docstrings(Extension):
    """Writes docstrings in the longer form by which griffe tells examples from text, and one argument from another."""

    def on_instance(self, *, obj: Object, **_: Any) -> None:
        """Change the docstring of what was read."""
        if obj.docstring:
            text = TOGETHER.sub(each, obj.docstring.value)
            obj.docstring.value = EXAMPLE.sub("\n\nExamples\n--------\n", text, count=1)

    def on_class_members(self, *, cls: Class, **_: Any) -> None:
        """Call what a class takes its attributes where it has no signature that tells their types."""
        if cls.docstring and not cls.decorators and "__init__" not in cls.members:
            text = cls.docstring.value
            cls.docstring.value = text.replace("Parameters\n----------", "Attributes\n----------")
