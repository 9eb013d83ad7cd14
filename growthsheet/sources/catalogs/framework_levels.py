"""The levels of a framework, read together: the scale that they make is told, and what is no level is refused."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from growthsheet.model.columns import ANCHOR
from growthsheet.sources.catalogs.word_levels import HIGHEST, Reading, Steps, falls, numbered_steps, read_levels
from growthsheet.text.counts import first_of, plural
from growthsheet.text.problem_list import ProblemList
from growthsheet.text.quoting import quote

_HOW_TO_NAME = (
    'name the scale with --scale FILE (value, label, meaning) or 0-5, or its words with --ladder "lowest, ..., highest"'
)
_UNKNOWN_WORDS = "numbers, or words of a known ladder"
_RANGE = re.compile(r"(?<!\d)(\d{1,2})\s*(?:-|\u2013|to|bis|à|a|\.\.)\s*(\d{1,2})(?!\d)")
_CALLED = re.compile(r"(\d{1,2})\s*(?:=|:|is)\s*([^\W\d][^,;:=/()\d]*)")
"""What a header says that a level is called, as in "Level (1 = novice, 3 = expert)"."""


def framework_levels(
    words: Counter[str],
    first: Mapping[str, str],
    labels: Iterable[tuple[str, str]],
    headers: str,
    given: Steps | None,
    findings: ProblemList,
) -> Reading:
    """Return what all the words for levels mean together; what is none goes to ``findings``.

    ``words``: each with the number of its places; ``first``: the first place of each; ``labels``: words and what some
    rows say that they are called; ``headers``: they may tell the ends of the scale, and what its points are called;
    ``given``: the scale, where somebody named it.
    """
    called = {str(value): label for value, label in _called_in(headers, findings).items()}
    beside = Counter(word for word, _ in labels)
    called |= {word: label for word, label in labels if beside[word] == 1}
    reading = read_levels(words, given, called)
    unknown = dict.fromkeys(reading.strangers, "a number, as the other levels are")
    if reading.kind != "numbers":
        unknown = dict.fromkeys(unknown, str(reading.steps))
    if len(unknown) == len(words):
        unknown = dict.fromkeys(unknown, _UNKNOWN_WORDS)
    if len(unknown) == len(words) > 2:
        found = f"{plural(words, 'text')} where levels should be: {first_of([*map(quote, words)], 4)}"
        findings.error("unknown-levels", first[reading.strangers[0]], found, _UNKNOWN_WORDS, _HOW_TO_NAME)
        unknown = {}
    for word, expected in unknown.items():
        times = f" ({plural(words[word], 'time')})" if words[word] > 1 else ""
        findings.error("unknown-levels", first[word], quote(word) + times, expected, _HOW_TO_NAME)
    if not words:
        findings.error("unknown-levels", findings.place, "no level at all", "a level in some row", "fill them in")
    return _bounded(reading, first, headers, findings)


def _called_in(headers: str, findings: ProblemList) -> dict[int, str]:
    """Return what headers call the points of the scale; words that fall while the numbers rise are refused."""
    called = {int(value): label.strip() for value, label in _CALLED.findall(headers)}
    if not falls(called):
        return called
    found = f"the header says {', '.join(f'{value} = {label}' for value, label in called.items())}"
    hint = "reverse the numbers, so that the highest is the best"
    findings.error("scale-reversed", findings.place, found, "words that rise with the numbers", hint)
    return {}


def _bounded(reading: Reading, first: Mapping[str, str], headers: str, findings: ProblemList) -> Reading:
    """Return the reading with its scale from the bounds that headers give; told, and levels off it refused."""
    steps, kind = reading.steps, reading.kind
    ends = _RANGE.search(headers) if kind == "numbers" else None
    one, other = (int(ends[1]), int(ends[2])) if ends else (0, 0)
    if ends and other <= 1 < one <= HIGHEST:
        found, expected = f"the header says {ends[0]}", "which end is the highest level"
        hint = f"say --scale {other}-{one} if it is {one}; otherwise reverse the numbers"
        findings.error("scale-reversed", findings.place, found, expected, hint)
    elif one < other <= HIGHEST:
        steps = numbered_steps({value: label for value, label, _ in steps.points}, other, one)
    (low, *_), *_, (high, *_) = steps.points
    for word, value in reading.values.items():
        if value is not None and not low <= value <= high:
            findings.error("level-off-scale", first[word], quote(word), f"a level from {low} to {high}", _HOW_TO_NAME)
    if kind == "words":
        findings.note("levels-of-words", findings.place, f"levels are words: {steps}", "name others with --ladder")
    if kind == "numbers":
        nameless = any(label == f"{ANCHOR}{value}" for value, label, _ in steps.points if value)
        found = "nothing says what each level means; " * nameless + f"the skill scale is taken to be {steps}"
        findings.note("scale-taken", findings.place, found, _HOW_TO_NAME)
    return replace(reading, steps=steps)
