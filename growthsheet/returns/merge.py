"""Merge many returned workbooks into one set of answers: nothing lost, nothing guessed, everything counted."""
# Longer than 300 lines: the outcome of each file is decided and told in one place.

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from growthsheet.errors import InputError, Problem, refusal
from growthsheet.model import Answers, Cycle
from growthsheet.model.answers import AnswerKey
from growthsheet.returns.cell_ledger import FileAnswers, cells_of
from growthsheet.returns.cell_values import is_blank
from growthsheet.returns.earlier_answers import compared
from growthsheet.returns.file_answers import read_answers
from growthsheet.returns.reconcile import Conflict, Fields, merge_answers, reconcile, with_ids
from growthsheet.returns.reference import Reference, cycle_of
from growthsheet.roster.cycles import as_in_files
from growthsheet.text.counts import first_of, plural
from growthsheet.text.quoting import quote
from growthsheet.views.shown_answers import points_of
from growthsheet.xlsx.reader.returned import Count, Returned

OnConflict = Literal["refuse", "newest"]
MOST_TOLD = 5
"""The most differing cells of one conflict that are reported."""
MOST_RIVALS = 5
"""The most files of one conflict that are named; each is read again for it."""


@dataclass(frozen=True, slots=True)
class ReturnedFile:
    """A returned file: its name, the hash of its bytes, the time it was changed, and the function that reads it.

    The time is the file's own only where the workbook does not say when it was saved: a copy out of a mail is younger
    than what it holds.
    """

    name: str
    digest: str
    modified: float
    read: Callable[[], Returned]
    named: bool = True
    """False if it was found in a folder: workbooks that nobody fills in are skipped then."""
    untouched: bool = False
    """True if it is as growthsheet wrote it, in the folder where it did: nobody has returned it."""


@dataclass(frozen=True)
class Merged:
    """The merged answers, the problems found, and the outcome of each file."""

    answers: Answers
    problems: tuple[Problem, ...] = ()
    counts: tuple[Count, ...] = ()
    answers_of_files: tuple[FileAnswers, ...] = field(default=(), repr=False)
    """The answers of each file that counts."""
    refused: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """By kind of workbook and whose it is, the code for which a file was rejected where none was taken."""
    unread: Mapping[str, str] = field(default_factory=dict)
    """By name, the code for which a file could not be read: nothing in it tells whose it is."""


def merge(
    files: Iterable[ReturnedFile],
    known: Reference,
    *,
    on_conflict: OnConflict = "refuse",
    cycles: Iterable[Cycle] = (),
) -> Merged:
    """Return the answers of all files together with the earlier ones.

    Parameters
    ----------
    files
        They are read one at a time, and a second time only to find where two of them differ.
    known
        The reference they are checked against.
    on_conflict
        For two different files of one person (or two files that disagree about a line): refuse both, or take the
        one that was saved last.
    cycles
        Cycles whose label is known, where files do not hold it.
    """
    if on_conflict not in ("refuse", "newest"):
        raise refusal("unknown-choice", "on_conflict", quote(on_conflict), "'refuse' or 'newest'", "choose one")
    return _Merge(replace(known, earlier=with_ids(known.earlier)), on_conflict).run(files, cycles)


@dataclass
class _Merge:
    known: Reference
    on_conflict: OnConflict
    counts: dict[str, Count] = field(default_factory=dict)
    problems: dict[str, list[Problem]] = field(default_factory=dict)
    """Problems by file; those that concern no single file are under the empty name."""
    refused: dict[tuple[str, str], str] = field(default_factory=dict)
    unread: dict[str, str] = field(default_factory=dict)
    days: dict[tuple[str, str], date] = field(default_factory=dict)
    """By owner, the day of the cycle of a file that is of another one than what is collected."""

    def run(self, files: Iterable[ReturnedFile], cycles: Iterable[Cycle]) -> Merged:
        received: dict[tuple[str, str], list[tuple[ReturnedFile, FileAnswers]]] = {}
        first_with: dict[str, str] = {}
        told: dict[str, list[Cycle]] = {}
        for file in sorted(files, key=lambda file: file.name):
            twin = first_with.setdefault(file.digest, file.name)
            if twin != file.name:
                self._skip(file.name, "same-bytes", f"the same bytes as {twin}; counted once")
            elif (book := self._admitted(file)) is not None:
                identity = book.identity
                told.setdefault(identity["cycle"], []).append(cycle_of(identity))
                saved = replace(file, modified=book.modified or file.modified)
                received.setdefault((book.kind, identity["id"]), []).append((saved, self._taken(file, book)))
        self._check_cycles(told, received)
        ones = filter(None, map(self._one_of, filter(None, received.values())))
        accepted = [one for one in ones if self._fits_earlier(one[1])]
        answers = self._answers(accepted, self._cycles(told, cycles))
        for name, count in self.counts.items():
            if count.status == "accepted" and self.problems.get(name):
                count.status = "noted"
        rest = self.problems.pop("", [])
        told_of = [problem for name in sorted(self.problems) for problem in self.problems[name]]
        counts = tuple(self.counts[name] for name in sorted(self.counts))
        files_taken = tuple(file_answers for _, file_answers in accepted)
        taken = {file_answers.owner for file_answers in files_taken}
        ids = {*told, self.known.cycle}
        reached = max((each.date for each in self._cycles(told, cycles) if each.id in ids), default=None)
        later = {owner for owner, day in self.days.items() if reached and day > reached}  # no file of this cycle
        refused = {owner: code for owner, code in self.refused.items() if owner not in taken | later}
        answers = answers.model_copy(update={"points": points_of(self.known.catalog)})
        return Merged(answers, (*told_of, *rest), counts, files_taken, refused, self.unread)

    # -- one file --------------------------------------------------------------------------------------------------

    def _admitted(self, file: ReturnedFile) -> Returned | None:
        """Return a file's workbook if it may be merged; else reject it with the reason."""
        count = self.counts[file.name] = Count(file.name)
        try:
            book = file.read()
        except InputError as error:
            if not file.named and [problem.code for problem in error.problems] == ["organization-workbook"]:
                self._skip(file.name, "own-file", "the organization's workbook, which nobody fills in")
                return None
            self.problems[file.name] = list(error.problems)
            self.unread[file.name] = error.problems[0].code
            count.status = "rejected"
            return None
        fault = self.known.fault(book, file.name)
        if fault is None:
            return book
        self.problems[file.name] = list(dict.fromkeys((*book.problems, fault)))
        owner = (book.kind, book.identity.get("id", ""))
        self.refused[owner] = fault.code
        if fault.code == "other-cycle":
            self.days[owner] = cycle_of(book.identity).date
        cells = cells_of(book)
        count.status, count.cells, count.blank = "rejected", len(cells), sum(map(is_blank, cells))
        count.rejected = count.cells - count.blank
        return None

    def _taken(self, file: ReturnedFile, book: Returned) -> FileAnswers:
        file_answers = read_answers(book, file.name, self.known)
        file_answers.untouched = file.untouched
        self.counts[file.name] = file_answers.count
        self.problems[file.name] = file_answers.problems
        if not file_answers.count.adds_up:  # pragma: no cover - it would be a bug; better reported than trusted
            file_answers.problems.append(Problem("cells-unaccounted", file.name, "not every cell was accounted for"))
        return file_answers

    def _skip(self, name: str, code: str, found: str) -> None:
        self.counts[name] = Count(name, "skipped")
        self._note(name, code, name, found)

    def _reject(self, file_answers: FileAnswers, code: str) -> None:
        self.refused[file_answers.owner] = code
        file_answers.count.move(file_answers.count.taken)
        file_answers.count.status = "rejected"

    # -- several files ---------------------------------------------------------------------------------------------

    def _check_cycles(
        self, told: dict[str, list[Cycle]], received: dict[tuple[str, str], list[tuple[ReturnedFile, FileAnswers]]]
    ) -> None:
        """Take the files of the newest cycle when there are files of several and none was named; reject the others.

        If two cycles begin on the same day, nothing decides between them, and all files are rejected.
        """
        if len(told) < 2:
            return
        days = {id: max(cycle.date for cycle in cycles) for id, cycles in told.items()}
        *_, last, newest = sorted(told, key=lambda id: (days[id], id))
        decided = days[last] < days[newest]
        counts = ", ".join(f"{plural(told[id], 'file')} of {quote(id)}" for id in sorted(told))
        code, expected = "several-cycles", f"one cycle, not {counts}"
        if decided:
            code, expected = "other-cycle", f"the cycle {quote(newest)}, the newest of these files"
        for owner, group in received.items():
            received[owner] = [one for one in group if decided and one[1].cycle == newest]
            for file, file_answers in group:
                if not decided or file_answers.cycle != newest:
                    hint = f"collect it by itself, with --cycle {quote(file_answers.cycle)}"
                    self._error(file.name, code, f"the cycle {quote(file_answers.cycle)}", expected, hint)
                    self._reject(file_answers, code)
        for id in told.keys() - ({newest} if decided or self.known.people is not None else set()):
            del told[id]

    def _one_of(self, group: Sequence[tuple[ReturnedFile, FileAnswers]]) -> tuple[ReturnedFile, FileAnswers] | None:
        """Return the file of a person (or team) that counts; None where they differ and nothing decides."""
        first, *others = group
        differing = [one for one in others if one[1].said != first[1].said]
        for file, _ in (one for one in others if one not in differing):
            self._skip(file.name, "same-answers", f"the same answers as {first[0].name}; counted once")
        if not differing:
            return first
        rivals = self._without_poorer([first, *differing])
        if len(rivals) == 1:
            return rivals[0]
        first, *differing = rivals
        last = max(file.modified for file, _ in rivals)
        newest = [one for one in rivals if one[0].modified == last]
        if self.on_conflict == "newest" and len(newest) == 1:
            for file, _ in rivals:
                if file is not newest[0][0]:
                    self._skip(file.name, "older-file", f"{newest[0][0].name} was saved later, and is taken instead")
            return newest[0]
        hint = "keep the one that counts"
        hint += ", or take the one that was saved last with --on-conflict newest" if len(newest) == 1 else ""
        names = ", ".join(file.name for file, _ in rivals) + " are files of one person"
        for file, file_answers in differing:
            found = f"{names} and differ in {self._differences(first[0], file)}"
            about = self._subject(first[1], file_answers)
            self._error(file.name, "conflict", found, "one file of a person", hint, about)
            self._reject(file_answers, "conflict")
        self._error(first[0].name, "conflict", names, "one file of a person", hint, about)
        self._reject(first[1], "conflict")
        return None

    def _fits_earlier(self, file_answers: FileAnswers) -> bool:
        """Return whether a file can be read, and taken after what was collected before; what it changes is told."""
        newest = self.on_conflict == "newest"
        if (code := file_answers.unread) and not any(file_answers.said.values()):
            self._reject(file_answers, code)
            return False
        problem = compared(file_answers, self.known, newest)
        if problem and problem.severity == "error":
            if newest:
                self._skip(file_answers.name, "older-file", f"{problem.found}; the earlier answers stay")
                return False
            self._reject(file_answers, problem.code)
        file_answers.problems += [problem] if problem else []
        return file_answers.count.status != "rejected"

    def _without_poorer(
        self, group: Sequence[tuple[ReturnedFile, FileAnswers]]
    ) -> list[tuple[ReturnedFile, FileAnswers]]:
        """Return the files of one person without those that only lack answers of another one, which are skipped."""
        said = [file_answers.said for _, file_answers in group] if len(group) > 1 else []
        # Of files that are in one another, the first stays.
        richer = {
            n: m
            for n, one in enumerate(said)
            for m, other in enumerate(said)
            if n != m and _is_in(one, other) and not (n < m and _is_in(other, one))
        }
        for n, m in richer.items():
            while m in richer:
                m = richer[m]
            self._skip(group[n][0].name, "fewer-answers", f"it has no answer that {group[m][0].name} does not have")
        return [one for n, one in enumerate(group) if n not in richer]

    def _answers(self, accepted: Sequence[tuple[ReturnedFile, FileAnswers]], cycles: Iterable[Cycle]) -> Answers:
        answers_of_files = [file_answers for _, file_answers in accepted]
        conflicts: list[Conflict] = []
        newest = {file.name: file.modified for file, _ in accepted} if self.on_conflict == "newest" else None
        reconciled = reconcile(answers_of_files, self.known, conflicts, newest)
        answers = merge_answers(self.known.earlier, reconciled, cycles)
        by_name = {file.name: file for file, _ in accepted}
        for conflict in sorted(conflicts, key=lambda conflict: conflict.decided):
            found, place = f"the files disagree: {self._where(conflict, by_name)}", conflict.answers_of_files[0].name
            about = self.known.about(conflict.key, " and ".join(conflict.fields))
            if conflict.decided:
                self._note("", "newest-taken", place, f"{found}; the one that was saved last counts", about)
                continue
            hint = "make the files agree, or take the one that was saved last with --on-conflict newest"
            found += "; the earlier answer is kept"
            clash = Problem("clash", place, found, "the same in all files", hint, about=about)
            self.problems.setdefault("", []).append(clash)
            for file_answers in conflict.answers_of_files:
                file_answers.count.move(file_answers.taken(conflict.key))
                self._note(file_answers.name, "clash", file_answers.name, "another file differs from it", about)
        return answers

    def _cycles(self, told: Mapping[str, list[Cycle]], cycles: Iterable[Cycle]) -> list[Cycle]:
        """Return every cycle as its files tell of it, the earliest date first; a description adds what they do not."""
        described = {cycle.id: cycle for cycle in cycles}
        found = {id: min(those, key=lambda each: (each.label == id, each.date)) for id, those in told.items()}
        found = {id: each.model_copy(update={"date": min(e.date for e in told[id])}) for id, each in found.items()}
        named = {id: as_in_files(described.get(id, each), ["id"], [each])[0] for id, each in found.items()}
        return list((named | {cycle.id: cycle for cycle in self.known.earlier.cycles}).values())

    # -- reporting -------------------------------------------------------------------------------------------------

    def _with_places(self, file: ReturnedFile) -> FileAnswers:
        """Return the answers of a file with the place of each, for which it is read again."""
        return read_answers(file.read(), file.name, self.known, with_places=True)

    def _differences(self, one: ReturnedFile, other: ReturnedFile) -> str:
        """Return the cells in which two files differ, as a text; both where the row is another one."""
        taken = [*map(self._with_places, (one, other))]
        found, places = [each.said for each in taken], [each.places for each in taken]
        cells = [
            " / ".join(dict.fromkeys(at[key][name] for at in places if name in at.get(key, {})))
            for key in sorted(found[0].keys() | found[1].keys())
            for name in sorted(found[0].get(key, {}).keys() | found[1].get(key, {}).keys())
            if found[0].get(key, {}).get(name) != found[1].get(key, {}).get(name)
        ]
        return f"{plural(cells, 'cell')}: {first_of(cells, MOST_TOLD)}"

    def _subject(self, one: FileAnswers, other: FileAnswers) -> str:
        """Return the first answer in which two files differ, as a text: whose it is, and what it is about."""
        a, b = one.said, other.said
        key = min(key for key in a.keys() | b.keys() if a.get(key) != b.get(key))
        fields = (a.get(key, {}).items() ^ b.get(key, {}).items()) or {("", "")}
        return self.known.about(key, min(name for name, _ in fields))

    def _where(self, conflict: Conflict, files: Mapping[str, ReturnedFile]) -> str:
        """Return the places of a conflict in each file, as a text."""
        found = []
        for file_answers in conflict.answers_of_files[:MOST_RIVALS]:
            at = self._with_places(files[file_answers.name]).places.get(conflict.key, {})
            found += [f"{file_answers.name}, {at[name]}" for name in conflict.fields if name in at]
        more = len(conflict.answers_of_files) - MOST_RIVALS
        return "; ".join(found) + (f"; and {plural(more, 'file')} more" if more > 0 else "")

    def _error(self, name: str, code: str, found: str, expected: str, hint: str, about: str = "") -> None:
        self.problems.setdefault(name, []).append(Problem(code, name, found, expected, hint, about=about))

    def _note(self, told_under: str, code: str, place: str, found: str, about: str = "") -> None:
        self.problems.setdefault(told_under, []).append(Problem(code, place, found, severity="note", about=about))


def _is_in(one: Mapping[AnswerKey, Fields], other: Mapping[AnswerKey, Fields]) -> bool:
    """Return whether every answer of one file is in the other."""
    return all(fields.items() <= other.get(key, {}).items() for key, fields in one.items())
