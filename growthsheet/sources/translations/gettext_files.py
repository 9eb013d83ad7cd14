"""Read gettext files as text (.pot and .po): messages, their translations, and the remarks for translators."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache

from growthsheet.storage.package_data import template_folder
from growthsheet.text.problem_list import ProblemList
from growthsheet.text.quoting import quote

TEMPLATE = "locale/growthsheet.pot"

TAB, DIFFERENT = "The name of a tab.", "Different from every other of: "
_MOST = re.compile(r"At most (\d+) characters\.")
_STRINGS = re.compile(r'"(?:[^"\\\n]|\\[nrt"\\])*"')


@dataclass(frozen=True)
class Message:
    """An English text with its translation; ``told`` are the remarks for translators."""

    text: str
    said: str = ""
    told: tuple[str, ...] = ()
    line: int = 0

    @property
    def is_tab(self) -> bool:
        """Return whether the message names a tab."""
        return TAB in self.told

    @property
    def most(self) -> int | None:
        """Return the limit of characters; None if there is no limit."""
        return next((int(found[1]) for remark in self.told if (found := _MOST.fullmatch(remark))), None)

    @property
    def groups(self) -> tuple[str, ...]:
        """Return the lists in which no other entry may have the same name."""
        lists = [remark.removeprefix(DIFFERENT) for remark in self.told if remark.startswith(DIFFERENT)]
        return tuple(lists[0].rstrip(".").split(", ")) if lists else ()


@cache
def template() -> tuple[Message, ...]:
    """Return every message of growthsheet, from the template that ships with it."""
    return tuple(read_messages((template_folder() / TEMPLATE).read_text("utf-8"), TEMPLATE))


def read_messages(text: str, name: str) -> list[Message]:
    r"""Return the messages of a .po or .pot file, without fuzzy, obsolete and plural ones and without the header.

    Raise InputError with each line that does not belong in such a file, and each message that is there twice.

    >>> read_messages('#. The name of a tab.\nmsgid "Plan"\nmsgstr "Vor"\n"haben"\n', "de.po")
    [Message(text='Plan', said='Vorhaben', told=('The name of a tab.',), line=2)]
    """
    findings = ProblemList(name)
    found = list(_messages(text, findings))
    lines: dict[str, int] = {}
    for message in found:
        if (first := lines.setdefault(message.text, message.line)) != message.line:
            told = f"{quote(message.text)}, which is also in line {first}"
            place = f"{name}, line {message.line}"
            findings.error("doubled-message", place, told, "each msgid once", "keep one of them")
    findings.refuse()
    return found


def _messages(text: str, findings: ProblemList) -> Iterator[Message]:
    parts: dict[str, str] = {}
    told, fuzzy, first, part = list[str](), False, 0, ""
    for number, line in enumerate([*text.split("\n"), "# the end"], 1):
        line = line.strip()
        keyword, _, rest = line.partition(" ")
        if "msgstr" in parts and (line.startswith("#") or keyword in ("msgctxt", "msgid")):
            if parts.get("msgid") and parts.keys() == {"msgid", "msgstr"} and not fuzzy:
                yield Message(parts["msgid"], parts["msgstr"], tuple(told), first)
            parts, told, fuzzy, first = {}, [], False, 0
        if line.startswith("#. "):
            told.append(line[3:])
        elif line.startswith("#,"):
            fuzzy = "fuzzy" in line
        elif line and not line.startswith("#"):
            if re.fullmatch(r"msgctxt|msgid|msgid_plural|msgstr(\[\d\])?", keyword):
                part, line = keyword, rest.strip()
                parts[part], first = "", first or number
            string = None
            with suppress(ValueError, SyntaxError):
                string = ast.literal_eval(line) if _STRINGS.fullmatch(line) else None
            if not part or string is None:
                hint = "correct it there, or check the file with msgfmt"
                place = f"{findings.place}, line {number}"
                findings.error("broken-translation", place, "", "a gettext file", hint)
            else:
                parts[part] += string
