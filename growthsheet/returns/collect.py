"""Collect returned workbooks from files and folders into answers for the next cycle."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from functools import cache, partial
from pathlib import Path, PurePosixPath

from growthsheet.model import Answers, BudgetPolicy, Catalog, Cycle
from growthsheet.model.translated import in_language
from growthsheet.returns.collected import Collected, nothing_came, returned_before
from growthsheet.returns.earlier_answers import saved_on
from growthsheet.returns.find_files import ReadFile, ScalePoints, find_files, read_file
from growthsheet.returns.merge import Merged, OnConflict, merge
from growthsheet.returns.reference import Reference
from growthsheet.roster.cycles import PARTS, as_in_files
from growthsheet.roster.roster import Roster
from growthsheet.sources.answers import load_answers
from growthsheet.sources.catalogs.load import DEFAULT_CATALOG, load_catalog
from growthsheet.sources.translations.load import language_for
from growthsheet.storage.atomic import PathLike
from growthsheet.storage.file_names import file_names, fold
from growthsheet.text.arguments import strict
from growthsheet.text.language import ENGLISH, Language, Translate
from growthsheet.views.context import spelled
from growthsheet.views.returned import NONE_RETURNED, ReceivedWorkbook, ReturnedBy
from growthsheet.views.shown_answers import check_points, points_of
from growthsheet.xlsx.encryption import check_password as check_password
from growthsheet.xlsx.reader.returned import Count
from growthsheet.xlsx.reader.take_cell import as_label

COPY = re.compile(r"[ _]?\(\d+\)$")
"""The end that programs give to the name of a second copy of a file."""


@strict
def collect(
    paths: PathLike | Iterable[PathLike],
    *,
    roster: Roster | None = None,
    catalog: Catalog | PathLike | None = None,
    cycle: Cycle | str | None = None,
    policy: BudgetPolicy | None = None,
    earlier: Answers | PathLike | None = None,
    on_conflict: OnConflict = "refuse",
    language: Language | None = None,
    password: str = "",
) -> Collected:
    """Read returned workbooks and merge their answers; the files themselves are never changed.

    Parameters
    ----------
    paths
        Files and folders; folders are walked, links are not followed. Their order does not matter.
    roster
        The people who may answer, with the cycle, the catalog, the policy and the earlier answers.
    catalog
        The catalog the workbooks were made with, if not the roster's (without a roster: the built-in one).
    cycle
        The review cycle, if not the roster's; if none is named, the newest one of the files.
    policy, earlier
        The budget policy and the earlier answers, if not the roster's. A folder that ``collect`` wrote also shows
        when the workbooks of these answers were saved: an older one does not change them.
    on_conflict
        For different files of one person: ``refuse`` them, or take the one that was saved last (``newest``).
    language
        The workbooks' language, if not the roster's. It is needed only for workbooks in a language of your own that a
        program has stripped of their defined names: any other holds the meaning of its words.
    password
        Opens those files that have one; needs the extra ``encrypt``.

    Returns
    -------
    Collected
        The answers (the earlier ones among them), problems, counts, and the response of each person on the roster. A
        file that cannot be read or merged is rejected with its problem; it does not stop the others.

    Raises
    ------
    InputError
        When a path does not exist, or there is a password and the extra ``encrypt`` is not installed.

    >>> from tempfile import TemporaryDirectory
    >>> from growthsheet import load_roster
    >>> roster = load_roster([{"id": "1", "name": "Ana Ruiz", "title": "Product Manager"}])
    >>> with TemporaryDirectory() as folder:
    ...     _ = roster.person("1").save(f"{folder}/ana.xlsx")
    ...     collected = collect(folder, roster=roster)
    >>> collected.counts["accepted"], [each.words for each in collected.responded]
    (1, ['returned blank'])
    """
    given = [Path(paths)] if isinstance(paths, str | os.PathLike) else [Path(path) for path in paths]
    spoken = language or (roster.options.language if roster else ENGLISH)
    returned = partial(returned_before, earlier) if isinstance(earlier, str | os.PathLike) else _of(roster)
    answers = load_answers(earlier) if isinstance(earlier, str | os.PathLike) else earlier
    known = replace(reference_for(roster, catalog, cycle, policy, answers, spoken), returned=cache(returned))
    if roster and known.people is not None:  # who is not there on the day of the roster may have been in the cycle
        known = replace(known, people={**{id: id for id in roster.reading.absent}, **known.people})
    written = _written(roster) if roster else {}
    files, skipped = find_files(given, make_reader(known, password, spoken), written)
    named, parts = _named(roster, cycle)
    merged = merge(files, known, on_conflict=on_conflict, cycles=[named] if named else [])
    untied: tuple[str, ...] = ()
    if roster and merged.unread:
        tied, untied = _tied(roster, merged, given[0].name if len(given) == 1 else "")
        merged = replace(merged, refused={**tied, **merged.refused})
    told = as_in_files(named, parts, merged.answers.cycles)[1] if named and parts else ()
    counts = (*merged.counts, *(Count(problem.place, "skipped") for problem in skipped))
    answered = _answered(roster, merged) if roster else None
    responses = answered.responses() if answered else ()
    files_in_order = tuple(sorted(counts, key=lambda count: count.name))
    came = answered.returned if answered else _returned_by(merged, "")
    problems = (*merged.problems, *told, *skipped, *nothing_came(responses))
    return Collected(merged.answers, problems, files_in_order, responses, came, untied)


def _of(roster: Roster | None) -> Callable[[str], ReturnedBy]:
    """Return the function that tells whose workbooks came back in a cycle, as far as a roster knows."""
    return lambda cycle: roster.returned if roster and roster.returned.cycle == cycle else NONE_RETURNED


def make_reader(known: Reference, password: str = "", language: Language = ENGLISH) -> ReadFile:
    """Return the function that reads returned files, each in the language that it says it is in."""
    if password:
        check_password(password)

    @cache
    def translation(code: str) -> Translate:
        found = language_for(code, language) or language
        return spelled(found, in_language(known.catalog, found))

    @cache
    def labels(code: str) -> Mapping[str, Mapping[str, int]]:
        return _labels_of_points(known.catalog, in_language(known.catalog, language_for(code, language) or language))

    points: ScalePoints = {scale.id: scale.values for scale in known.catalog.scales}
    return partial(read_file, points=points, translation=translation, labels=labels, password=password)


def _labels_of_points(*catalogs: Catalog) -> dict[str, dict[str, int]]:
    """Return for each scale the points by their labels in some languages, without labels that mean several points."""
    found: dict[str, dict[str, set[int]]] = {}
    for scale in (scale for catalog in catalogs for scale in catalog.scales):
        for point in scale.points:
            found.setdefault(scale.id, {}).setdefault(as_label(point.label), set()).add(point.value)
    return {id: {label: min(at) for label, at in labels.items() if len(at) == 1} for id, labels in found.items()}


def reference_for(
    roster: Roster | None,
    catalog: Catalog | PathLike | None = None,
    cycle: Cycle | str | None = None,
    policy: BudgetPolicy | None = None,
    earlier: Answers | None = None,
    language: Language = ENGLISH,
) -> Reference:
    """Return the reference that returned files are checked against."""
    if catalog is None:
        catalog = roster.catalog if roster else DEFAULT_CATALOG
    found = catalog if isinstance(catalog, Catalog) else load_catalog(catalog)
    earlier = earlier if earlier is not None else (roster.answers if roster else Answers())
    check_points(earlier, points_of(found))
    return Reference(
        catalog=found,
        cycle=_cycle_id(roster, cycle),
        policy=policy or (roster.policy if roster else BudgetPolicy()),
        earlier=earlier,
        people={p.id: p.name for p in (*roster.people, *roster.reading.leavers)} if roster else None,
        labels=partial(_labels, roster) if roster else lambda manager: {},
        translate=spelled(language, in_language(found, language)),
    )


def _cycle_id(roster: Roster | None, cycle: Cycle | str | None) -> str:
    if cycle is None:
        return roster.cycle.id if roster and "id" in roster.cycle_named else ""
    return cycle.id if isinstance(cycle, Cycle) else cycle


def _named(roster: Roster | None, cycle: Cycle | str | None) -> tuple[Cycle | None, frozenset[str]]:
    """Return the cycle that is collected, and what was named of it; nothing if only its id is known."""
    if isinstance(cycle, Cycle):
        return cycle, PARTS if cycle.label != cycle.id else PARTS - {"label"}
    if roster is None or cycle not in (None, roster.cycle.id):
        return None, frozenset()
    return roster.cycle, roster.cycle_named


def _labels(roster: Roster, manager: str) -> dict[str, str]:
    """Return the labels of a manager's people, as that manager's workbook spells them."""
    known = {person.id for person in roster.managers}
    return roster.team(manager).view.labels if manager in known else {}


def _answered(roster: Roster, merged: Merged) -> Roster:
    """Return the roster with all answers, in the cycle of the files."""
    cycles = {file_answers.cycle for file_answers in merged.answers_of_files}
    known = [each for each in merged.answers.cycles if each.id in cycles]
    if not known:  # all files were refused
        newest = () if "id" in roster.cycle_named else merged.answers.cycles[-1:]
        known = [roster.cycle, *newest]
    returned = _returned_by(merged, known[-1].id)
    return replace(roster, answers=merged.answers, cycle=known[-1], returned=returned.after(roster.returned))


def _tied(roster: Roster, merged: Merged, top: str) -> tuple[dict[tuple[str, str], str], tuple[str, ...]]:
    """Return the owners of files that could not be read, as their names tell, with the code; and the other files.

    A manager's two workbooks have the same name; the folder tells which one it is, or that the other one is there.
    ``top`` is the name of the folder that was collected.
    """
    written = _written(roster)
    words_of, leading = {p.id: _words(p.name) for p in roster.people}, {each.id for each in roster.managers}
    there = {each.owner for each in merged.answers_of_files} | merged.refused.keys()
    found, untied = dict[tuple[str, str], str](), []
    for name, code in merged.unread.items():
        path = PurePosixPath(top, name)
        stem = COPY.sub("", path.stem)
        words = _words(stem)
        called = words - {"team"}
        fitting = [id for id, known in words_of.items() if known and (known <= words or (called and called <= known))]
        exact = written.get(fold(stem))
        ids = [exact] if exact else fitting
        owners = [(kind, id) for id in ids for kind in _kinds(path.parent.name, words, id in leading)]
        missing = [owner for owner in owners if owner not in there]
        if len(missing) == 1:
            found[missing[0]] = code
        elif missing or not owners:
            untied.append(name)
    return found, tuple(untied)


def _written(roster: Roster) -> dict[str, str]:
    """Return the ids of people by the names of their workbooks, without their ending."""
    names = file_names([(person.name, person.id) for person in roster.people])
    return {fold(PurePosixPath(name).stem): id for id, name in names.items()}


def _kinds(folder: str, words: Collection[str], leads: bool) -> tuple[str, ...]:
    """Return the kinds of workbook that somebody's file may be, by its folder and the words of its name."""
    if folder == "people" or not (leads or folder == "teams"):
        return ("person",)
    return ("team",) if folder == "teams" or "team" in words else ("person", "team")


def _words(text: str) -> set[str]:
    return set(re.findall(r"[^\W_]+", fold(text)))


def _returned_by(merged: Merged, cycle: str) -> ReturnedBy:
    """Return whose workbooks came back, with the day of saving where somebody saved it and there are answers."""
    found: dict[str, dict[str, ReceivedWorkbook]] = {"person": {}, "team": {}}
    for (kind, owner), code in merged.refused.items():
        found.get(kind, {})[owner] = ReceivedWorkbook(refused=code)
    for file in sorted(merged.answers_of_files, key=lambda file: file.owner):
        said = any(file.said.values())
        if file.untouched and not said:
            continue
        day = saved_on(file) if said else None
        # A cell of a team's file is about one of many people: it is told of all if nothing of the file was taken.
        refused = file.count.rejected if file.owner[0] == "person" or not said else 0
        refused += 0 if said else file.count.unknown
        why = str(refused) if refused else file.unread
        found[file.owner[0]][file.owner[1]] = ReceivedWorkbook(day, bool(file.count.unconfirmed), why)
    return ReturnedBy(cycle, found["person"], found["team"])
