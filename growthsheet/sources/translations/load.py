"""Load a user's translation from a folder of gettext files, and check it, so that it cannot break a workbook."""

from __future__ import annotations

import gettext
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path
from unicodedata import category

from growthsheet.errors import InputError, Problem, refusal
from growthsheet.model.excel_limits import units
from growthsheet.model.parts import unfit
from growthsheet.sources.translations.gettext_files import Message, read_messages, template
from growthsheet.storage.file_names import UNSEEN
from growthsheet.storage.package_data import template_folder
from growthsheet.storage.read_file import as_utf8, read_up_to
from growthsheet.text.arguments import strict
from growthsheet.text.counts import plural
from growthsheet.text.folding import without_case
from growthsheet.text.language import ENGLISH, WRITTEN_FORMS, Language
from growthsheet.text.problem_list import ProblemList
from growthsheet.text.quoting import one_line, quote
from growthsheet.xlsx.markers import IDENTITY_SHEET

DOMAIN = "growthsheet"
MAX_TRANSLATION_BYTES = 5_000_000
_CODE = re.compile(r"[A-Za-z]{2,3}([_-][A-Za-z0-9]{1,8}){0,3}(@[a-z]{1,12})?", re.ASCII)
_PLACE = re.compile(r"\{\w+\}")
_NOT_IN_TABS = re.compile(rf"[\[\]:*?/\\\n\t]|^'|'$|^(history|{IDENTITY_SHEET})$", re.IGNORECASE)
MAX_TRANSLATION = 1_000
"""The greatest length of a translation that has no limit of its own, such as a header or a paragraph."""


@strict
def load_language(code: str | os.PathLike[str], folder: str | os.PathLike[str] | None = None) -> Language:
    """Return a language for workbooks: one that ships with growthsheet, or a translation of yours.

    Yours is ``FOLDER/CODE/LC_MESSAGES/growthsheet.mo``, or ``.po`` beside it, and is taken before the one that ships.
    ``CATALOG.po`` in the same folder, named by a catalog's id, translates that catalog. Texts without translation stay
    English; the language's ``notes`` give their number.

    Parameters
    ----------
    code
        Such as ``de`` or ``pt_BR``; ``pt`` is used if there is no ``pt_BR``. Or a translation's file, such as
        ``de.po``: it is called like the code, or lies in such a folder.
    folder
        The folder of your translations.

    Raises
    ------
    InputError
        With everything that would break a workbook: lost placeholders of numbers and names, tabs with names that Excel
        refuses, choices that cannot be told apart.

    >>> load_language("en")
    Language(code='en')
    """
    file = Path(code) if Path(code).suffix in (".mo", ".po") else None
    code = str(code) if file is None else file.parent.parent.name if file.parent.name == "LC_MESSAGES" else file.stem
    if not _CODE.fullmatch(code):
        raise refusal("bad-language", "language", f"{quote(code)}", "a code such as de or pt_BR", "correct it")
    if file:
        return read_language(file, code)
    home = None if folder is None else os.fspath(folder)
    if home is not None and (path := _find(code, home)):
        found = read_language(path, path.parent.parent.name)
    elif path := _find(code, template_folder() / "locale"):
        found = _shipped(path)
    elif code == ENGLISH.code:
        found = ENGLISH
    else:
        raise _no_translation(code, home)
    return found if home is None else replace(found, folder=home)


def language_for(locale: str, build: Language) -> Language | None:
    """Return the language of a person's workbook in a build; None if there is no translation into it.

    >>> language_for("en_GB", ENGLISH).code, language_for("", ENGLISH).code, language_for("tlh", ENGLISH)
    ('en', 'en', None)
    """
    wanted = _plain(locale)
    if not locale or wanted == _plain(build.code):
        return build
    if wanted == ENGLISH.code:
        return ENGLISH
    try:
        return load_language(locale, build.folder)
    except InputError as error:
        if any(problem.code != "no-translation" for problem in error.problems):
            raise
        return None


def shipped_languages() -> tuple[str, ...]:
    """Return the codes of the languages that come with growthsheet."""
    homes = (template_folder() / "locale").glob(f"*/LC_MESSAGES/{DOMAIN}.po")
    return (ENGLISH.code, *sorted(path.parent.parent.name for path in homes))


@cache
def _shipped(path: Path) -> Language:
    return read_language(path, path.parent.parent.name)


def _plain(code: str) -> str:
    """Return a language without its region."""
    return re.split("[_@-]", code)[0].lower()


def _no_translation(code: str, folder: str | None) -> InputError:
    if folder is None:
        hint = "name its folder with --locale-folder, or locale_folder in growthsheet.toml"
        expected = f"one of {', '.join(shipped_languages())}, or a translation of yours"
        return refusal("no-translation", "language", code, expected, hint)
    place = one_line(str(Path(folder) / code / "LC_MESSAGES" / f"{DOMAIN}.mo"), 200)
    return refusal("no-translation", place, "there is no such file", "a translation", "correct the code or the folder")


def read_language(path: Path, code: str) -> Language:
    """Return a language from a gettext file, .mo or .po, after checking it."""
    name = one_line(str(path), 200)
    found = _read(path, name)
    messages = template()
    words = {text: found[text].said for message in messages if (text := message.text) in found}
    places = {
        text: f"{name}, line {message.line}, {quote(text)}" if message.line else f"{name}, {quote(text)}"
        for text, message in ({each.text: Message(each.text) for each in messages} | found).items()
    }
    ProblemList(name, (*_broken(messages, words, places), *_alike(messages, words, places))).refuse()
    left = len(messages) - len(words)
    told = f"left in English: {left} of {plural(messages, 'message')}"
    notes = [Problem("untranslated", name, told, hint="add them", severity="note")] if left else []
    return Language(code, words, tuple(notes), _catalogs(path.parent))


def _catalogs(folder: Path) -> dict[str, dict[str, str]]:
    """Return the translated texts of each catalog that has a file in the folder of a language."""
    others = [path for path in sorted(folder.glob("*.po")) if path.stem != DOMAIN and folder.name == "LC_MESSAGES"]
    read = {path.stem: _read(path, one_line(str(path), 200)) for path in others}
    return {catalog: {text: each.said for text, each in found.items()} for catalog, found in read.items()}


def _find(code: str, folder: str | Path) -> Path | None:
    """Return the file of a language, or of the language without its region; None if there is none."""
    homes = dict.fromkeys((code, code.replace("-", "_"), re.split("[_@-]", code)[0]))
    paths = [Path(folder, home, "LC_MESSAGES", DOMAIN + suffix) for home in homes for suffix in (".mo", ".po")]
    return next(filter(Path.is_file, paths), None)


def _read(path: Path, name: str) -> dict[str, Message]:
    """Return a file's translated messages, by their English texts."""
    data = read_up_to(path, name, MAX_TRANSLATION_BYTES)
    try:
        if path.suffix == ".po":
            return {message.text: message for message in read_messages(as_utf8(data, name), name) if message.said}
        spoken = gettext.GNUTranslations(BytesIO(data))
        found = {message.text: spoken.gettext(message.text) for message in template()}
    except InputError:
        raise
    except Exception as error:  # gettext raises many kinds of exceptions for broken files
        hint = "make it again with msgfmt"
        raise refusal("broken-translation", name, type(error).__name__, "a gettext file", hint) from None
    return {text: Message(text, said) for text, said in found.items() if said != text}


def _broken(messages: Iterable[Message], words: Mapping[str, str], places: Mapping[str, str]) -> Iterator[Problem]:
    """Yield a problem for each translation that cannot be used in its place."""
    for message in messages:
        found = words.get(message.text)
        if found is None:
            continue
        place, most = places[message.text], message.most or MAX_TRANSLATION
        if _braces(found) != _braces(message.text):
            expected = ", ".join(_PLACE.findall(message.text)) or "no {place}"
            yield Problem("lost-place", place, one_line(found), expected, "keep the text in braces as it is")
        if (length := units(found)) > most:
            yield Problem("too-long", place, f"{length:,} characters", f"at most {most:,}", "shorten it")
        if message.is_tab and (_NOT_IN_TABS.search(found) or _unseen(found)):
            expected = f"visible, none of []:*?/\\, no apostrophe at its ends, not History or {IDENTITY_SHEET}"
            yield Problem("bad-tab-name", place, one_line(found), expected, "choose another name")
        if message.text in WRITTEN_FORMS and not WRITTEN_FORMS[message.text].fullmatch(found):
            yield Problem("bad-form", place, one_line(found), message.told[0], "leave it out to keep the English form")
        if unfit(found) or ("\n" in found and "\n" not in message.text) or not found.strip():
            hint = "write it without invisible characters"
            yield Problem("bad-text", place, one_line(found), "text on one line", hint)


def _unseen(name: str) -> bool:
    """Return whether a name holds marks of direction or zero-width characters; an emoji's selector may stay."""
    return any(category(c) == "Cf" for c in name) or bool(UNSEEN.search(name.replace("\ufe0f", "")))


def _braces(text: str) -> list[str]:
    """Return the places of a text, such as ``{day}``, and every other brace."""
    return sorted(re.findall(r"\{\w+\}|[{}]", text))


def _alike(messages: Iterable[Message], words: Mapping[str, str], places: Mapping[str, str]) -> Iterator[Problem]:
    """Yield a problem for entries of a list that have the same name."""
    seen: dict[tuple[str, str], str] = {}
    for message in messages:
        found = without_case(words.get(message.text, message.text))
        for group in message.groups:
            other = seen.setdefault((group, found), message.text)
            if other != message.text:
                here, there = (message.text, other) if message.text in words else (other, message.text)
                told = f"{quote(found)}, as for {quote(there)}"
                yield Problem("said-twice", places[here], told, f"{group} that differ")
