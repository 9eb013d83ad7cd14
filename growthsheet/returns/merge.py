"""Many returned workbooks into one set of answers: nothing lost, nothing guessed, everything counted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from growthsheet.errors import InputError, Problem
from growthsheet.model import Answers, Cycle
from growthsheet.model.answers import AnswerKey
from growthsheet.returns.cell_ledger import FileAnswers, cells_of
from growthsheet.returns.file_answers import read_answers
from growthsheet.returns.reconcile import Conflict, Conflicts, merge_answers, reconcile, with_ids
from growthsheet.returns.reference import Reference
from growthsheet.text.counts import first_of, plural
from growthsheet.text.quoting import quote
from growthsheet.xlsx.reader.returned import Count, Returned

OnConflict = Literal["refuse", "newest"]
MOST_TOLD = 20
"""How many differing cells of one conflict are told."""
MOST_RIVALS = 5
"""How many files are named that tell one thing differently; each is read again for it."""


@dataclass(frozen=True, slots=True)
class ReturnedFile:
    """A returned file: its name, the hash of its bytes, when it was changed, and how to read it."""

    name: str
    digest: str
    modified: float
    read: Callable[[], Returned]


@dataclass(frozen=True)
class Merged:
    """The answers, what is to be known about them, and what became of each file."""

    answers: Answers
    problems: tuple[Problem, ...] = ()
    counts: tuple[Count, ...] = ()
    came: frozenset[str] = frozenset()
    """Of whom a workbook of their own was taken."""
    intakes: tuple[FileAnswers, ...] = field(default=(), repr=False)
    """What each file that counts says."""


def merge(
    files: Iterable[ReturnedFile],
    known: Reference,
    *,
    on_conflict: OnConflict = "refuse",
    cycles: Iterable[Cycle] = (),
) -> Merged:
    """The answers of all files together with the earlier ones.

    Parameters
    ----------
    files
        Read one at a time, and a second time only to tell where two of them differ.
    known
        What they are read against.
    on_conflict
        Whether two different files of one person (or two files that tell a line differently) are refused, or the one
        that was changed last is taken.
    cycles
        Cycles whose label and date are known; others get the date that stands in the files.
    """
    if on_conflict not in ("refuse", "newest"):
        problem = Problem("unknown-choice", "on_conflict", quote(on_conflict), "'refuse' or 'newest'", "choose one")
        raise InputError([problem])
    return _Merge(replace(known, earlier=with_ids(known.earlier)), on_conflict).run(files, cycles)


@dataclass
class _Merge:
    known: Reference
    on_conflict: OnConflict
    counts: dict[str, Count] = field(default_factory=dict)
    problems: dict[str, list[Problem]] = field(default_factory=dict)
    """By file; what is about none of them alone, last, by the empty name."""

    def run(self, files: Iterable[ReturnedFile], cycles: Iterable[Cycle]) -> Merged:
        came: dict[tuple[str, str], list[tuple[ReturnedFile, FileAnswers]]] = {}
        first_with: dict[str, str] = {}
        dates: dict[str, set[date]] = {}
        for file in sorted(files, key=lambda file: file.name):
            twin = first_with.setdefault(file.digest, file.name)
            if twin != file.name:
                self._skip(file.name, "same-bytes", f"the same bytes as {twin}; taken once")
            elif (book := self._admitted(file)) is not None:
                identity = book.identity
                dates.setdefault(identity["cycle"], set()).add(date.fromisoformat(identity["cycle_date"]))
                came.setdefault((book.kind, identity["id"]), []).append((file, self._taken(file, book)))
        self._check_cycles(dates, came)
        accepted = [one for group in came.values() if (one := self._one_of(group)) is not None]
        answers = self._answers(accepted, self._cycles(dates, cycles))
        for name, count in self.counts.items():
            if count.status == "accepted" and self.problems.get(name):
                count.status = "noted"
        own = {id for (kind, id), group in came.items() if kind == "person" for one in group if one in accepted}
        rest = self.problems.pop("", [])
        told_of = [problem for name in sorted(self.problems) for problem in self.problems[name]]
        counts = tuple(self.counts[name] for name in sorted(self.counts))
        return Merged(answers, (*told_of, *rest), counts, frozenset(own), tuple(intake for _, intake in accepted))

    # -- one file --------------------------------------------------------------------------------------------------

    def _admitted(self, file: ReturnedFile) -> Returned | None:
        """A file's workbook if it may be merged at all; else it is rejected, and why is told."""
        count = self.counts[file.name] = Count(file.name)
        try:
            book = file.read()
        except InputError as error:
            self.problems[file.name] = list(error.problems)
            count.status = "rejected"
            return None
        fault = self.known.fault(book, file.name)
        if fault is None:
            return book
        self.problems[file.name] = list(dict.fromkeys((*book.problems, fault)))
        count.status, count.cells = "rejected", cells_of(book)
        count.rejected = count.cells
        return None

    def _taken(self, file: ReturnedFile, book: Returned) -> FileAnswers:
        intake = read_answers(book, file.name, self.known)
        self.counts[file.name] = intake.count
        self.problems[file.name] = intake.problems
        if not intake.count.adds_up:  # pragma: no cover - it would be a fault of ours; better told than trusted
            intake.problems.append(Problem("cells-unaccounted", file.name, "not every cell was accounted for"))
        return intake

    def _skip(self, name: str, code: str, found: str) -> None:
        self.counts[name] = Count(name, "skipped")
        self._note(name, code, name, found)

    def _reject(self, intake: FileAnswers) -> None:
        intake.count.move(intake.count.taken)
        intake.count.status = "rejected"

    # -- several files ---------------------------------------------------------------------------------------------

    def _check_cycles(
        self, dates: Mapping[str, set[date]], came: dict[tuple[str, str], list[tuple[ReturnedFile, FileAnswers]]]
    ) -> None:
        """Reject everything when files of several cycles came and nobody told which one is meant."""
        if len(dates) > 1:
            for group in came.values():
                for file, intake in group:
                    expected = f"one cycle; there are {', '.join(map(quote, sorted(dates)))}"
                    hint = "say which one with --cycle, or give the roster with it"
                    self._error(file.name, "several-cycles", f"the cycle {quote(intake.cycle)}", expected, hint)
                    self._reject(intake)
            came.clear()

    def _one_of(self, group: Sequence[tuple[ReturnedFile, FileAnswers]]) -> tuple[ReturnedFile, FileAnswers] | None:
        """The file of a person (or team) that counts; None where they differ and nothing decides."""
        first, *others = group
        differing = [one for one in others if one[1].said != first[1].said]
        for file, _ in (one for one in others if one not in differing):
            self._skip(file.name, "same-answers", f"the same answers as {first[0].name}; taken once")
        if not differing:
            return first
        rivals = [first, *differing]
        last = max(file.modified for file, _ in rivals)
        newest = [one for one in rivals if one[0].modified == last]
        if self.on_conflict == "newest" and len(newest) == 1:
            for file, _ in rivals:
                if file is not newest[0][0]:
                    self._skip(file.name, "older-file", f"{newest[0][0].name} was changed later, and is taken instead")
            return newest[0]
        hint = "keep the one that counts"
        hint += ", or take the one that was changed last with --on-conflict newest" if len(newest) == 1 else ""
        names = ", ".join(file.name for file, _ in rivals)
        for file, intake in differing:
            found = f"{names} are files of one person and differ: {self._differences(first[0], file)}"
            self._error(file.name, "conflict", found, "one file of a person", hint)
            self._reject(intake)
        self._error(first[0].name, "conflict", f"{names} are files of one person", "one file of a person", hint)
        self._reject(first[1])
        return None

    def _answers(self, accepted: Sequence[tuple[ReturnedFile, FileAnswers]], cycles: Iterable[Cycle]) -> Answers:
        modified = {file.name: file.modified for file, _ in accepted}
        intakes = [intake for _, intake in accepted]
        clashes = Conflicts()
        settled = reconcile(intakes, self.known, clashes, modified if self.on_conflict == "newest" else None)
        answers = merge_answers(self.known.earlier, settled, cycles)
        by_name = {file.name: file for file, _ in accepted}
        for clash in clashes.open:
            hint = "make the files agree, or take the one that was changed last with --on-conflict newest"
            found = f"told differently: {self._where(clash, by_name)}; what was said before stays"
            self._error(clash.intakes[0].name, "clash", found, "the same in all files", hint, within="")
            for intake in clash.intakes:
                intake.count.move(intake.taken(clash.key))
                self._note(intake.name, "clash", intake.name, "some of it is told differently elsewhere")
        for clash in clashes.decided:
            found = f"told differently: {self._where(clash, by_name)}; the file that was changed last counts"
            self._note("", "newest-taken", clash.intakes[0].name, found)
        return answers

    def _cycles(self, dates: Mapping[str, set[date]], cycles: Iterable[Cycle]) -> list[Cycle]:
        """Every cycle there is; one that nobody has described is dated as in the files, the first date first."""
        found = {id: Cycle(id=id, label=id, date=min(days)) for id, days in dates.items()}
        earlier = {cycle.id: cycle for cycle in self.known.earlier.cycles}
        described = {cycle.id: cycle for cycle in cycles if cycle.id in found}
        return list((found | described | earlier).values())

    # -- telling ---------------------------------------------------------------------------------------------------

    def _places(self, file: ReturnedFile) -> Mapping[AnswerKey, Mapping[str, str]]:
        """Where everything in a file stands; it is read again for that."""
        return read_answers(file.read(), file.name, self.known, with_places=True).places

    def _differences(self, one: ReturnedFile, other: ReturnedFile) -> str:
        """The cells in which two files differ."""
        taken = [read_answers(file.read(), file.name, self.known, with_places=True) for file in (one, other)]
        found = [intake.said for intake in taken]
        cells = [
            " / ".join(intake.places.get(key, {}).get(name, "nothing") for intake in taken)
            for key in sorted(found[0].keys() | found[1].keys())
            for name in sorted(found[0].get(key, {}).keys() | found[1].get(key, {}).keys())
            if found[0].get(key, {}).get(name) != found[1].get(key, {}).get(name)
        ]
        return first_of(cells, MOST_TOLD, "; ")

    def _where(self, clash: Conflict, files: Mapping[str, ReturnedFile]) -> str:
        """Where each file tells it."""
        found = []
        for intake in clash.intakes[:MOST_RIVALS]:
            at = self._places(files[intake.name]).get(clash.key, {})
            found += [f"{intake.name}, {at[name]}" for name in clash.fields if name in at]
        more = len(clash.intakes) - MOST_RIVALS
        return "; ".join(found) + (f"; and {plural(more, 'file')} more" if more > 0 else "")

    def _error(self, name: str, code: str, found: str, expected: str, hint: str, within: str | None = None) -> None:
        told_under = name if within is None else within
        self.problems.setdefault(told_under, []).append(Problem(code, name, found, expected, hint))

    def _note(self, told_under: str, code: str, place: str, found: str) -> None:
        self.problems.setdefault(told_under, []).append(Problem(code, place, found, severity="note"))
