"""Carry over answers from workbooks that were filled in in the output folder into those that replace them."""

# Longer than 300 lines: which files count, what fits into which workbook and what is told belong together.

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import product
from pathlib import Path, PurePosixPath
from typing import Any

from growthsheet.errors import InputError, OutputError, Problem, refusal
from growthsheet.model import Answers
from growthsheet.model.answers import KINDS, OWN_ANSWERS, AnswerKey, AnswerKind
from growthsheet.returns.collect import make_reader, reference_for
from growthsheet.returns.collected import combine
from growthsheet.returns.find_files import ReadFile
from growthsheet.returns.merge import Merged, ReturnedFile, merge
from growthsheet.returns.reconcile import Fields, with_ids
from growthsheet.returns.reference import Reference
from growthsheet.returns.waiting import WAITING, load_waiting, only
from growthsheet.roster.roster import Roster
from growthsheet.sheets.forms import FORMS
from growthsheet.sheets.own_columns import typed_columns
from growthsheet.storage import manifest
from growthsheet.storage.atomic import fingerprint, inside
from growthsheet.text.counts import first_of
from growthsheet.text.quoting import one_line, quote
from growthsheet.views.person import PersonView
from growthsheet.views.returned import ReceivedWorkbook, ReturnedBy
from growthsheet.xlsx.reader.returned import Returned

Owner = tuple[str, str]
"""The kind of a workbook, and the id of the person or manager it is for."""

MOST_NAMED = 10
"""The most answers that a note names one by one."""


@dataclass(frozen=True)
class Carried:
    """A roster with everything that was filled in, and the files that may be replaced because of it."""

    roster: Roster
    replaces: Mapping[str, str] = field(default_factory=dict)
    """Path of a workbook to be made -> hash of the file whose content it takes over."""
    former: Mapping[str, str] = field(default_factory=dict)
    """Path of a workbook to be made -> path of that file, if it differs because its owner had another name."""
    leaving_out: frozenset[str] = frozenset()
    """Paths of the workbooks that have no place for some of that content."""
    fed: frozenset[Owner] = frozenset()
    """The owners whose workbooks will hold what was filled in: in their own file, or in another and in no answers."""
    refusals: Mapping[str, Problem] = field(default_factory=dict)
    """Path -> the reason why the content of the file cannot be carried over."""
    problems: tuple[Problem, ...] = ()
    waiting: Answers = field(default_factory=Answers)
    """The answers that leave the workbook they were typed into."""
    awaited: Mapping[AnswerKey, frozenset[str]] = field(default_factory=dict)
    """The paths of the workbooks that will show each of them; blank for one that is not made now."""


@dataclass(frozen=True)
class FilledFile:
    """A file in which somebody filled in something."""

    path: str
    owner: Owner
    digest: str
    """The hash of its content; blank if it could not be read."""
    changed: bool
    """True if it was changed since it was written; else it holds what was carried over before."""
    target: str
    """The path of the workbook that takes its place; blank where none does."""


def carry(
    roster: Roster,
    folder: Path,
    expected: Mapping[str, Owner],
    among: Collection[str] | None = None,
    password: str = "",
) -> Carried:
    """Read what was filled in in a folder's workbooks, and return the roster with it.

    Parameters
    ----------
    roster
        Its answers count as the earlier ones: a different value in a file replaces them, a blank changes nothing.
    folder
        The folder of the workbooks. Nothing is written there.
    expected
        The workbooks that will be made: path -> owner.
    among
        The ids of those whose files are read; everybody's where it is None.
    password
        Opens those files that have one.
    """
    known = reference_for(roster, cycle=roster.cycle, language=roster.options.language)
    read = make_reader(known, password, roster.options.language)
    files = {file.path: file for file in _filled(folder, expected, among, known)}
    # Files that nobody has touched since, and files that are not replaced, are older: the changed ones build on them.
    before = [file for file in files.values() if not (file.changed and file.target)]
    since = [file for file in files.values() if file.changed and file.target]
    waiting = load_waiting(folder)
    merged = Merged(combine(roster.answers, waiting))
    parts = []
    for stage in filter(None, (before, since)):
        coming = [_incoming(file, folder, read) for file in stage]
        merged = merge(coming, replace(known, earlier=merged.answers), cycles=[roster.cycle])
        parts.append(merged)
    problems = [problem for part in parts for problem in part.problems]
    taken = [file_answers for part in parts for file_answers in part.answers_of_files]
    emptied = {each.owner[1]: frozenset(each.emptied) for each in taken if each.emptied}
    waits = {each.owner: bool(each.count.unconfirmed) for each in taken if each.owner[0] == "person"}
    in_no_answer = {owner for owner, yes in waits.items() if yes or owner[1] in emptied}
    found = {file_answers.name: _filled_in(file_answers.said) for file_answers in taken}
    lost = {count.name for part in parts for count in part.counts if count.status == "rejected"}
    lost |= {problem.place for problem in problems if problem.code == "clash"}
    kept = [file for file in files.values() if file.target and file.path not in lost]
    kept_said = {file.path: found.get(file.path, {}) for file in kept}
    earlier: dict[AnswerKey, Fields] = {key: {} for key in waiting.by_key()}
    shown, now = _Shown(roster.with_answers(merged.answers), set(expected.values())), merged.answers
    roster, left_out, fed = _fitting(roster, now, shown, {WAITING: earlier, **kept_said})
    homes = {owner: path for path, owner in expected.items()}
    awaited = {
        key: frozenset(homes.get(owner, "") for owner in shown.owners(key, everywhere=True))
        for path, keys in {WAITING: earlier, **kept_said}.items()
        for key in keys
        if path == WAITING or files[path].owner not in shown.owners(key)
    }
    refusals = {file.target: _refusal(file, problems) for file in files.values() if file.target and file.path in lost}
    return Carried(
        replace(roster, emptied=emptied, returned=_returned(roster, waits)),
        {file.target: file.digest for file in kept},
        {file.target: file.path for file in kept if file.path != file.target},
        frozenset(file.target for file in kept if left_out.get(file.path)),
        fed | {file.owner for file in kept if kept_said[file.path] or file.owner in in_no_answer},
        refusals,
        (
            *(
                _softened(problem, files, refusals)
                for problem in problems
                if replace(problem, severity="error") not in refusals.values()
            ),
            *(_left_out(path, keys) for path, keys in left_out.items() if keys),
            *_overruled(known, {path: keys for path, keys in kept_said.items() if files[path].changed}),
        ),
        only(now, awaited.keys()),
        awaited,
    )


def _returned(roster: Roster, waits: Mapping[Owner, bool]) -> ReturnedBy:
    """Return whose workbooks came back, together with those that hold prefilled ratings and that somebody changed.

    ``waits`` tells for each person's file whether such a rating is not confirmed.
    """
    before = roster.returned if roster.returned.cycle == roster.cycle.id else ReturnedBy(roster.cycle.id)
    people = {id: ReceivedWorkbook(unconfirmed=yes) for (_, id), yes in waits.items() if yes or id in before.people}
    return ReturnedBy(roster.cycle.id, people).after(before)


# -- which files -----------------------------------------------------------------------------------------------------


def _filled(
    folder: Path, wanted: Mapping[str, Owner], among: Collection[str] | None, known: Reference
) -> Iterator[FilledFile]:
    """Yield the files in which somebody filled in something; files of people who have left stay as they are."""
    entries = manifest.load(folder)
    homes = {owner: path for path, owner in wanted.items()}
    owners = {path: (entry.kind, entry.subject) for path, entry in entries.items()} | dict(wanted)
    for path, owner in sorted(owners.items()):
        if owner[0] not in ("person", "team") or not known.knows(owner[1]):
            continue
        if among is not None and owner[1] not in among:
            continue
        digest, entry = _digest(folder, path), entries.get(path)
        if digest == "" or (entry and digest == entry.on_disk and not entry.updated):
            continue
        home = homes.get(owner, "")
        target = home if path == home or (home and not _digest(folder, home)) else ""
        yield FilledFile(path, owner, digest or "", entry is None or digest != entry.on_disk, target)


def _digest(folder: Path, path: str) -> str | None:
    """Return the hash of a file, blank if there is none; None if it cannot be read."""
    try:
        return fingerprint(inside(folder, path))
    except OutputError:
        return None


def _incoming(file: FilledFile, folder: Path, read: ReadFile) -> ReturnedFile:
    # Two files with the same bytes are not merged into one here, because they should have different owners.
    return ReturnedFile(file.path, f"{file.path} {file.digest}", 0.0, partial(_read, file, folder, read))


def _read(file: FilledFile, folder: Path, read: ReadFile) -> Returned:
    """Return the content of a file; raise InputError if it belongs to another owner than expected."""
    book = read(inside(folder, file.path), file.path)
    if not file.digest:  # it can be read again, but whether somebody changes it right now is not known
        raise refusal("not-readable", file.path, "it could not be read the first time", "a file", "run again")
    if (found := (book.kind, book.identity.get("id", ""))) != file.owner:
        said, expected = (f"the {kind} workbook of {quote(id)}" for kind, id in (found, file.owner))
        hint = "put the right file back; if this one was returned, collect it from another folder"
        raise InputError([Problem("other-subject", file.path, said, expected, hint)])
    return book


def _filled_in(keys: Mapping[AnswerKey, Fields]) -> dict[AnswerKey, Fields]:
    return {key: fields for key, fields in keys.items() if fields}


# -- what fits -------------------------------------------------------------------------------------------------------


def _fitting(
    roster: Roster, answers: Answers, shown: _Shown, said: Mapping[str, Iterable[AnswerKey]]
) -> tuple[Roster, dict[str, list[AnswerKey]], frozenset[Owner]]:
    """Return the roster with the answers that fit, by file the keys of those left out, and the owners who get new ones.

    An answer is left out when no workbook has a place for it. It is left out everywhere: a later run, which no longer
    finds it, must have the same result.
    """
    left_out = {path: [key for key in keys if not shown.owners(key)] for path, keys in said.items()}
    gone = {key for keys in left_out.values() for key in keys}

    def fitting(kind: AnswerKind, found: tuple[Any, ...]) -> Iterator[Any]:
        yield from (answer for answer in found if kind.key_of(answer) not in gone)
        yield from (answer for answer in roster.answers.of(kind) if kind.key_of(answer) in gone)

    filled = roster.with_answers(answers.with_each(fitting) if gone else answers)
    there, now = with_ids(roster.answers).by_key(), filled.answers.by_key()
    fed = {owner for key, part in now.items() if there.get(key) != part for owner in shown.owners(key)}
    return filled, left_out, frozenset(fed)


class _Shown:
    """The answers that the workbooks to be made show in input cells."""

    def __init__(self, roster: Roster, made: Collection[Owner]) -> None:
        self._roster, self._made = roster, made
        people, teams = (("person", one.id) for one in roster.people), (("team", one.id) for one in roster.managers)
        self._everywhere: Collection[Owner] = {*people, *teams}
        of_nobody = ((kind, each) for kind, each in roster.answers.each() if "person" not in kind.key)
        self._answers = {kind.key_of(answer): answer for kind, answer in of_nobody}
        self._managers = {person.id: person.manager for person in (*roster.people, *roster.reading.leavers)}
        self._keys: dict[Owner, Collection[AnswerKey]] = {}

    def owners(self, key: AnswerKey, everywhere: bool = False) -> list[Owner]:
        """Return the owners of the workbooks that show an answer: of those that are made now, or of all."""
        among = self._everywhere if everywhere else self._made
        return [owner for owner in self._owners(key) if owner in among and key in self._of(owner)]

    def _owners(self, key: AnswerKey) -> Iterator[Owner]:
        """Yield the owners of the workbooks that may show it."""
        about = dict(self._answers.get(key, ())) | KINDS[key[0]].fields_of(key)
        person, source = about.get("person", ""), about.get("source", "")
        whose = {"person": person, "team": about.get("team") or self._managers.get(person, "")}
        for kind, form in FORMS.items():
            if any(source in table.sources_of(key[0]) for table in form.tables):
                yield kind, whose[kind]

    def _of(self, owner: Owner) -> Collection[AnswerKey]:
        if owner not in self._keys:
            self._keys[owner] = set(self._asked(*owner))
        return self._keys[owner]

    def _asked(self, book: str, id: str) -> Iterator[AnswerKey]:
        """Yield the keys of the answers that a workbook has rows for."""
        view = (self._roster.person(id) if book == "person" else self._roster.team(id)).view
        rows = [*product([id], view.activities)] if isinstance(view, PersonView) else view.reviewed
        for table in FORMS[book].tables:
            kind = KINDS[table.answers]
            if table.extended:
                yield from map(kind.key_of, view.answers.get(kind.name, ()))
                continue
            for person, activity in rows:
                about = {"cycle": self._roster.cycle.id, "person": person, "activity": activity}
                for source in table.sources or ("",):
                    yield kind.key_from(source=source, **about)
                for column in typed_columns(view.context, table):
                    yield KINDS[OWN_ANSWERS].key_from(source=table.own, column=column, **about)


# -- problems --------------------------------------------------------------------------------------------------------


def _refusal(file: FilledFile, problems: Iterable[Problem]) -> Problem:
    """Return the reason why a file is left as it is: the first error that was found in it."""
    about = [problem for problem in problems if problem.place.partition(",")[0] == file.path]
    first = min(about, key=lambda problem: problem.severity)
    return replace(first, severity="error")


def _softened(problem: Problem, files: Mapping[str, FilledFile], refusals: Collection[str]) -> Problem:
    """Return the problem with its severity or hint adapted to what happens to the file.

    In a file that stays where it is, nothing is prevented by it; in a file that is replaced, content that is not read
    remains only in the backup.
    """
    file = files.get(problem.place.partition(",")[0])
    if file and file.target and file.target not in refusals and problem.code in ("added-columns", "unknown-tab"):
        backup = PurePosixPath(file.target).with_suffix(f".backup-{file.digest[:8]}.xlsx")
        return replace(problem, hint=f"from now on it is in {backup} only")
    return problem if file is None or file.target else replace(problem, severity="note")


def waiting_note(keys: Iterable[AnswerKey]) -> Problem:
    """Return the note that these answers do not stand in a workbook yet."""
    found, hint = f"no workbook in place shows {_named(keys)} yet", "build with --update for all teams concerned"
    return Problem("waiting", WAITING, found, hint=hint, severity="note")


def _left_out(path: str, keys: Iterable[AnswerKey]) -> Problem:
    if path == WAITING:
        return waiting_note(keys)
    found = f"the new workbook has no place for {_named(keys)}"
    hint = "it stays in the backup beside it; collect the backup to have it among the answers"
    return Problem("left-out", path, found, hint=hint, severity="note")


def _overruled(known: Reference, said: Mapping[str, Mapping[AnswerKey, Fields]]) -> Iterator[Problem]:
    """Yield a note for each file that disagrees with the answers that were given."""
    for path, keys in said.items():
        differing = [
            key
            for key, fields in keys.items()
            for earlier in [known.said(key)]
            if any(earlier.get(name) not in (None, "", value) for name, value in fields.items())
        ]
        if differing:
            found = f"it differs from the answers about {_named(differing)}; the workbook counts"
            hint = "if the answers are right, correct the workbook and update again"
            yield Problem("answers-overruled", path, found, hint=hint, severity="note")


def _named(keys: Iterable[AnswerKey]) -> str:
    """Return a description of the answers' subjects, without their values."""
    names = sorted(one_line(KINDS[key[0]].describe(key)) for key in keys)
    return first_of(names, MOST_NAMED)
