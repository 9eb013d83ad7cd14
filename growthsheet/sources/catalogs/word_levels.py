"""The levels of other people's frameworks: numbers, words of a ladder, both; and the skill scale that they make."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

from growthsheet.model.catalog_parts import USUAL_SCALES, highest_thresholds
from growthsheet.model.columns import ANCHOR
from growthsheet.storage.shipped_words import framework_words, listed
from growthsheet.text.folding import folded_words

HIGHEST = 10
"""The highest level of a scale that nobody has given: with 0 it has the eleven points that a scale may have."""

LADDERS: Mapping[str, tuple[tuple[str, ...], ...]] = {
    name: tuple(tuple(step.split("|")) for step in listed(steps))
    for name, steps in framework_words()["ladders"].items()
}
"""Words for levels as published frameworks use them: by name, the lowest step first, each with its spellings."""

NO_LEVEL = frozenset(listed(framework_words()["no level"], "|"))
"""What stands for no level; it says nothing about what is expected."""

ALL_ROLES = frozenset(listed(framework_words()["all roles"]))
"""What stands for every role, in the place of one."""

_BEFORE = "|".join(listed(framework_words()["before level"]))
_NOTED = re.compile(
    rf"(?:(?:{_BEFORE})[\s.:_-]*)?(?P<n>\d{{1,3}}(?:[.,]\d+)?)(?:\s*(?:/|of|von|sur|de|out of)\s*(?P<top>\d{{1,2}}))?"
    r"(?:(?:\s*[-\u2013\u2014:.)=]\s*|(?P<gap>\s+)|\s*\()(?P<label>[^\W\d].*?)\)?)?",
    re.IGNORECASE | re.DOTALL,
)
_LABEL_FIRST = re.compile(r"(?P<label>[^\W\d][^\d]*?)\s*(?:[-\u2013\u2014:=]\s*|\()(?P<n>\d{1,2})\)?")
_PREFIXED = re.compile(r"([^\W\d][^\d]{0,11}?)[\s.-]*(\d{1,2})")
"""A level after a word or letter that all of them have, such as "NVQ 2" and "P3"."""
_THOUSANDS = re.compile(r"\b\d{1,3}[.,]\d{3}\b")
"""What may be over a thousand, and no level; a scale that is given tells."""
_STARS = re.compile(r"([★●⬤■*])\1*[☆○□]*")


def plain(text: str) -> str:
    """Return a word as it is compared: without case, accents, signs and what stands in brackets.

    >>> plain("Débutant(e)"), plain("Ensure, advise"), plain("✓")
    ('debutant', 'ensure advise', '✓')
    """
    return " ".join(folded_words(re.sub(r"\([^)]*\)", " ", text))) or text.strip()


_STEP_OF = {
    name: {plain(spelling): n for n, step in enumerate(steps, 1) for spelling in step}
    for name, steps in LADDERS.items()
}
LADDER_WORDS = frozenset(word for step_of in _STEP_OF.values() for word in step_of)
"""Every word of every ladder, as :func:`plain` gives it."""
TICKS = frozenset(_STEP_OF["ticked"])


@dataclass(frozen=True)
class Noted:
    """A level that is written with a number: its value, the word beside it, and the highest value where it says so."""

    value: float
    label: str = ""
    top: int = 0


def noted(text: str) -> Noted | None:
    """Return what a text says as a number with or without a word; None when it is no such thing.

    >>> [noted(text).value for text in ("L2", "Stufe 3", "2,5", "1 - Novice", "Novice (1)", "3/5", "★★☆")]
    [2.0, 3.0, 2.5, 1.0, 1.0, 3.0, 2.0]
    >>> noted("1 - Novice").label, noted("Novice (1)").label, noted("3/5").top, noted("★★☆").top
    ('Novice', 'Novice', 5, 3)
    >>> noted("80%"), noted("2026-01-31"), noted("Wizard")
    (None, None, None)
    """
    if _STARS.fullmatch(text):
        return Noted(float(sum(c in "★●⬤■*" for c in text)), "", len(text) if set(text) & set("☆○□") else 0)
    if found := _LABEL_FIRST.fullmatch(text):
        return Noted(float(found["n"]), found["label"].strip())
    if found := _NOTED.fullmatch(text):
        if found["label"] and found["gap"] and (len(found["label"]) > 25 or re.search(r"\d", found["label"])):
            return None  # a sentence that begins with a number, or a choice of two
        return Noted(float(found["n"].replace(",", ".")), found["label"] or "", int(found["top"] or 0))
    return None


@dataclass(frozen=True)
class Steps:
    """The points of a skill scale, the lowest first: value, label and what it means."""

    points: tuple[tuple[int, str, str], ...]

    @cached_property
    def by_word(self) -> Mapping[str, float]:
        """The value that each label stands for."""
        return {plain(label): float(value) for value, label, _ in self.points}

    def scales(self) -> list[Mapping[str, Any]]:
        """Return the usual scales with these points in the place of those for skill."""
        skill = [{"value": value, "label": label, "anchor": anchor} for value, label, anchor in self.points]
        others = [scale.model_dump() for scale in USUAL_SCALES if scale.id != "skill"]
        return [{"id": "skill", "name": "Skill", "points": skill}, *others]

    def thresholds(self) -> dict[str, int]:
        """Return from which point on a level counts as working, as covering, as the top: the three highest."""
        return highest_thresholds(value for value, _, _ in self.points)

    def __str__(self) -> str:
        return ", ".join(f"{value} = {label}" for value, label, _ in self.points)


def ladder_steps(words: Sequence[str]) -> Steps:
    """Return words as the points from 1 on, above "Not yet"."""
    return Steps(((0, "Not yet", ""), *((n, word, "") for n, word in enumerate(words, 1))))


def numbered_steps(labels: Mapping[int, str], top: int, bottom: int = 0) -> Steps:
    """Return a point for each whole number; those without a label of their own have a neutral one."""
    return Steps(tuple((n, labels.get(n, f"{ANCHOR}{n}"), "") for n in range(bottom, top + 1)))


def named_ladder(text: str) -> tuple[str, ...]:
    """Return a ladder that somebody named, or whose words they listed, the lowest first; () for neither.

    >>> named_ladder("Watched, Helped, Did"), named_ladder("dreyfus")[:2], named_ladder("wizards")
    (('Watched', 'Helped', 'Did'), ('Novice', 'Advanced beginner'), ())
    """
    words = tuple(" ".join(word.split()) for word in re.split("[,;>\n]", text) if word.strip())
    if len(words) == 1:
        steps = LADDERS.get(words[0].casefold(), ())
        return tuple(step[0][:1].upper() + step[0][1:] for step in steps)
    return words


def known_ladder(words: Iterable[str]) -> tuple[tuple[str, ...], dict[str, int]]:
    """Return the ladder that most of some words are of, as they are written, and the step of each word that is of it.

    Of ladders that have as many of them, the shortest is taken.

    >>> known_ladder(["Expert", "Working"])
    (('Awareness', 'Working', 'Practitioner', 'Expert'), {'Expert': 4, 'Working': 2})
    >>> known_ladder(["debutant", "Expert", "Magicien"])[1]
    {'debutant': 1, 'Expert': 4}
    """
    folded = {word: plain(word) for word in words}
    best: tuple[tuple[str, ...], dict[str, int]] = ((), {})
    for name, steps in LADDERS.items():
        found = {word: _STEP_OF[name][key] for word, key in folded.items() if key in _STEP_OF[name]}
        if (len(found), -len(steps)) > (len(best[1]), -len(best[0])) and found:
            written = {n: word for word, n in reversed(found.items())}
            names = [written.get(n, step[0]) for n, step in enumerate(steps, 1)]
            best = tuple(name[:1].upper() + name[1:] for name in names), found
    return best


@dataclass(frozen=True)
class Reading:
    """What the words for levels came to: the scale, each word's value (None: no level), and the words that are none."""

    steps: Steps
    values: Mapping[str, float | None]
    strangers: tuple[str, ...]
    kind: str
    """How they were read: ``given``, ``words`` or ``numbers``."""


def read_levels(words: Counter[str], given: Steps | None, labels: Mapping[str, str]) -> Reading:
    """Return what all the words for levels of one framework mean together, each with the number of its places.

    ``given``: the scale that somebody named; without it the words are taken as numbers, or as those of a known ladder;
    ``labels``: what a column says that a level is called.
    """
    values: dict[str, float | None] = {word: None for word in words if word.casefold() in NO_LEVEL}
    rest = [word for word in words if word not in values]
    numbers = {word: found for word in rest if (found := noted(word)) and (given or not _THOUSANDS.search(word))}
    if given:
        values |= {word: given.by_word[plain(word)] for word in rest if plain(word) in given.by_word}
        values |= {w: given.by_word.get(plain(n.label), n.value) for w, n in numbers.items() if w not in values}
        return Reading(given, values, tuple(word for word in rest if word not in values), "given")
    ladder, step_of = known_ladder(word for word in rest if word not in numbers)
    prefixed = {word: _PREFIXED.fullmatch(word) for word in rest}
    if not numbers and not step_of and len({found and found[1].casefold() for found in prefixed.values()}) == 1:
        numbers = {word: Noted(float(found[2])) for word, found in prefixed.items() if found}
    if len(step_of) > len(numbers):
        strangers = tuple(word for word in rest if word not in step_of)
        values |= {word: float(n) for word, n in step_of.items()}
        return Reading(ladder_steps(ladder), values, strangers, "words")
    values |= {word: found.value for word, found in numbers.items()}
    whole = [found for found in numbers.values() if found.value <= HIGHEST]
    top = max([1, *(-int(-found.value // 1) for found in whole), *(min(found.top, HIGHEST) for found in whole)])
    beside = {word: found.label or labels.get(word, "") for word, found in numbers.items()}
    called = _called({(int(numbers[word].value), label) for word, label in beside.items() if label})
    tops = {found.top for found in numbers.values() if found.top}
    odd = {word for word, found in numbers.items() if found.top and (found.top != max(tops))}
    odd |= set(numbers) if falls(called) else set()
    strangers = tuple(word for word in rest if word not in values or word in odd)
    return Reading(numbered_steps(called, top), values, strangers, "numbers")


def falls(called: Mapping[int, str]) -> bool:
    """Return whether the words of a known ladder stand beside numbers from the highest to the lowest."""
    step_of = known_ladder(called.values())[1]
    steps = [step_of[called[value]] for value in sorted(called) if called[value] in step_of]
    return len(steps) > 1 and all(one > other for one, other in pairwise(steps))


def _called(labels: set[tuple[int, str]]) -> dict[int, str]:
    """What each value is called: of several words for one value none is its name, they tell of one activity each."""
    counts = Counter(value for value, _ in labels)
    found = {value: label for value, label in labels if counts[value] == 1 and len(label) <= 40}
    return found if len({label.casefold() for label in found.values()}) == len(found) else {}
