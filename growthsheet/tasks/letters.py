"""Write an agenda for each one-to-one, and an invitation for each person, as files; nothing is sent.

They use templates (``text/agenda.md``, ``text/invitation.txt``, ``text/team-invitation.txt``), which the user can
override in another folder.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from email.message import EmailMessage
from email.policy import SMTP
from functools import partial
from pathlib import Path
from typing import Any

from growthsheet.batch.build import cycle_built
from growthsheet.batch.job import Job
from growthsheet.batch.run import Report, run
from growthsheet.errors import InputError, Problem, refusal
from growthsheet.model import Person
from growthsheet.roster.roster import Roster
from growthsheet.storage import manifest
from growthsheet.storage.atomic import PathLike, fingerprint, inside, open_plain, sha256
from growthsheet.storage.file_names import file_names
from growthsheet.tasks.agenda_files import AgendaFormat, agenda_file, check_format
from growthsheet.tasks.agenda_values import agenda_values
from growthsheet.tasks.recipients import LETTER_KINDS, LetterBook, readers, reminders, seen_by
from growthsheet.text.arguments import as_day, strict
from growthsheet.text.counts import plural
from growthsheet.text.quoting import one_line, quote
from growthsheet.text.templates import render
from growthsheet.version import __version__
from growthsheet.views.context import BuildContext

XLSX = ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet")
_ADDRESS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})+", re.ASCII)


@strict
def agendas(roster: Roster, managers: Iterable[str] = (), templates: PathLike | None = None) -> dict[str, str]:
    """Return an agenda in Markdown for each one-to-one, by the person's id.

    First come ratings that are two levels or more apart, then n/a if it is more than a quarter of the answers, then
    priorities, then strengths with high interest, then open plan items.

    Parameters
    ----------
    managers
        Limits the agendas to these managers' people (id, e-mail or unique name).
    templates
        A folder whose ``text/agenda.md`` is used instead of the shipped one.

    >>> from growthsheet.tasks.demo import sample
    >>> print(agendas(sample())["E003"].splitlines()[0])
    # 1:1 with Hana Kobayashi
    """
    return {person: text for person, text, _ in _agendas(roster, managers, templates)}


def _agendas(
    roster: Roster, managers: Iterable[str], templates: PathLike | None
) -> Iterator[tuple[str, str, BuildContext]]:
    """Yield each person's id, the agenda in Markdown, and what else it depends on, such as the language."""
    for team in roster.teams(managers):
        context = roster.context_for(team.manager)
        for person, values in agenda_values(roster, team):
            yield person, render("text/agenda.md", values, templates, context.translate), context


@strict
def write_agendas(
    roster: Roster,
    folder: PathLike,
    managers: Iterable[str] = (),
    *,
    format: AgendaFormat = "md",
    templates: PathLike | None = None,
    force: bool = False,
    dry_run: bool = False,
) -> Report:
    """Write the agendas into ``agendas/`` in a folder; one that somebody changed is left alone, as in a build.

    Parameters
    ----------
    format
        ``md`` for Markdown, ``html`` for HTML pages, ``docx`` for Word documents, which need the extra ``docx``.
    templates
        A folder whose ``text/agenda.md`` is used instead of the shipped one, in all formats.
    """
    check_format(format)
    found = {person: (text, context) for person, text, context in _agendas(roster, managers, templates)}
    jobs = [
        Job(path, "agenda", person, sha256(repr(parts).encode()), partial(agenda_file, format, text, person, context))
        for person, path in _paths(roster, "agendas", f".{format}", found)
        for text, context in [found[person]]
        for parts in [(format, text, context.as_of, context.language.code, context.theme, __version__)]
    ]
    return replace(run(jobs, Path(folder), force=force, dry_run=dry_run), noun="agenda")


@strict
def write_invitations(
    roster: Roster,
    folder: PathLike,
    managers: Iterable[str] = (),
    *,
    books: Sequence[LetterBook] = ("people",),
    missing: bool = False,
    deadline: date | str | None = None,
    return_to: str = "",
    contact: str = "",
    sender: str = "",
    workbooks: PathLike | None = None,
    templates: PathLike | None = None,
    force: bool = False,
    dry_run: bool = False,
) -> Report:
    """Write an e-mail for each person, or each manager, into a folder, as drafts that mail programs open.

    Those to people are in ``invitations/``, those to managers about their team in ``team-invitations/``.

    Parameters
    ----------
    managers
        Limits the invitations to these managers' people (id, e-mail or unique name).
    books
        Whom to write to: ``people`` about their own workbook, ``teams`` to managers about their team's.
    missing
        True to remind only those who have not answered everything, by the roster's answers.
    deadline, return_to, contact
        The day by which the file is sent back, the address for it, and whom to ask; each is left out if not given.
    sender
        The address that the e-mails are from; if it is blank, the mail program sets it.
    workbooks
        The folder that :func:`growthsheet.build` wrote; the workbook of each is attached.
    templates
        A folder whose ``text/invitation.txt`` is used instead of the shipped one.

    Returns
    -------
    Report
        Its problems name the people who get none: those without an address, and those whose workbook is missing or
        was changed since it was built.
    """
    for place, address in (("sender", sender), ("return_to", return_to)):
        if address and not _ADDRESS.fullmatch(address):
            raise InputError([_bad_address(place, address)])
    attached = {book: _workbooks(Path(workbooks), LETTER_KINDS[book].book) for book in books} if workbooks else {}
    roster = _in_their_cycle(roster, Path(workbooks)) if workbooks else roster
    until = as_day(deadline, "--deadline") if deadline else None
    sealed = workbooks is not None and any(entry.sealed for entry in manifest.load(Path(workbooks)).values())
    told = {"return_to": return_to, "contact": one_line(contact), "sealed": sealed}
    problems, jobs = list[Problem](), list[Job]()
    for book in books:
        kind, reader = LETTER_KINDS[book], readers(roster, book, list(managers))
        waiting = reminders(roster, book, roster.responses()) if missing else dict.fromkeys((p.id for p in reader), "")
        drafts = {
            person.id: _draft(context, person, sender, attached.get(book, {}).get(person.id), values, text)
            for person in _reached(reader, waiting, attached.get(book), problems)
            for context in [roster.context_for(person)]
            for text in [partial(render, kind.template, folder=templates, translate=context.translate)]
            for seen, day in [(seen_by(roster, book, context.translate), context.day(until) if until else "")]
            for values in [told | {"reminder": waiting[person.id], "seen_by": seen, "deadline": day}]
        }
        jobs += [
            Job(path, "invitation", person, drafts[person].spec, drafts[person].mail)
            for person, path in _paths(roster, kind.home, ".eml", drafts)
        ]
    report = run(jobs, Path(folder), force=force, dry_run=dry_run)
    problems += roster.cycle_notes if workbooks else ()
    return replace(report, noun="invitation", problems=(*report.problems, *problems))


def _paths(roster: Roster, home: str, suffix: str, wanted: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield each person's id and the path of their letter; names are chosen among everybody, as for workbooks."""
    for person, name in file_names([(person.name, person.id) for person in roster.people]).items():
        if person in wanted:
            yield person, f"{home}/{Path(name).with_suffix(suffix)}"


# -- invitations -------------------------------------------------------------------------------------------------------


def _place(person: Person) -> str:
    return f"{one_line(person.name)} ({one_line(person.id)})"


def _reached(
    people: list[Person], waiting: Collection[str], attached: Mapping[str, Path] | None, problems: list[Problem]
) -> Iterator[Person]:
    """Yield those of the people who are waited for and can be written to; report the others."""
    unreachable = {problem.place: problem for problem in _unreachable(people)}
    for person in people:
        if person.id not in waiting:
            continue
        if problem := unreachable.get(_place(person)):
            problems += [problem] if problem not in problems else []
        elif attached is not None and person.id not in attached:
            hint = "build it again, or collect its answers first"
            problems.append(Problem("no-workbook", _place(person), "no workbook as it was built", hint=hint))
        else:
            yield person


def _unreachable(people: Iterable[Person]) -> Iterator[Problem]:
    """Yield a problem for each person without an address of their own: a letter must reach nobody else."""
    people = list(people)
    times = Counter(person.email.strip().casefold() for person in people)
    for person in people:
        address = person.email.strip()
        if not address:
            hint = "add it to the roster, or invite them in another way"
            yield Problem("no-email", _place(person), "no e-mail address; nothing was written", "", hint, "note")
        elif not _ADDRESS.fullmatch(address):
            yield _bad_address(_place(person), address)
        elif times[address.casefold()] > 1:
            found = f"{quote(address)} is the address of {plural(times[address.casefold()], 'person')}"
            yield Problem("shared-email", _place(person), found, "one each", "correct the roster")


def _bad_address(place: str, address: str) -> Problem:
    return Problem("bad-email", place, quote(address), "one plain address such as ana@example.com", "correct it")


def _in_their_cycle(roster: Roster, folder: Path) -> Roster:
    """Return the roster in the cycle of the workbooks in a folder, from which comes what is not named of it."""
    built = cycle_built(folder)
    found = replace(roster, cycle_notes=()).of_cycles([built] if built else [], "manifest.json")
    if built and found.cycle.id != built.id:
        hint = "leave --cycle out, or name the folder with the workbooks of that cycle"
        raise refusal("other-cycle", quote(str(folder)), quote(built.id), f"the cycle {quote(found.cycle.id)}", hint)
    return found


def _workbooks(folder: Path, kind: str) -> dict[str, Path]:
    """Return the workbooks of a kind in a folder that are unchanged since they were built, so that they are certain."""
    entries = manifest.load(folder)
    if not entries:
        hint = "name the folder that growthsheet build wrote"
        raise InputError([Problem("no-manifest", quote(str(folder)), "no workbooks that growthsheet built", "", hint)])
    found = {}
    for path, entry in entries.items():
        if entry.kind == kind and fingerprint(inside(folder, path)) == entry.on_disk != "":
            found[entry.subject] = inside(folder, path)
    return found


@dataclass(frozen=True)
class Draft:
    """The content of an e-mail."""

    to: str
    sender: str
    subject: str
    body: str
    workbook: Path | None

    @property
    def spec(self) -> str:
        """Return a hash of everything that goes into the e-mail."""
        parts = (self.to, self.sender, self.subject, self.body, fingerprint(self.workbook) if self.workbook else "")
        return sha256("\0".join(parts).encode())

    def mail(self) -> bytes:
        """Return the bytes of the e-mail; without a date, which it gets when it is sent."""
        message = EmailMessage(policy=SMTP)
        message["Subject"], message["To"] = self.subject, self.to
        if self.sender:
            message["From"] = self.sender
        message["X-Unsent"] = "1"  # mail programs open it as a draft
        message.set_content(self.body, cte="quoted-printable")
        if self.workbook:
            with open_plain(self.workbook) as file:
                message.add_attachment(file.read(), *XLSX, filename=self.workbook.name)
            message.set_boundary(f"=_{self.spec[:32]}")  # else it is drawn at random; "=_" stands in no encoded text
        return message.as_bytes()


def _draft(
    context: BuildContext,
    person: Person,
    sender: str,
    workbook: Path | None,
    told: Mapping[str, object],
    text: Callable[[Mapping[str, Any]], str],
) -> Draft:
    values = {
        "name": " ".join(person.name.split()),
        "cycle": " ".join(context.cycle.label.split()),
        "as_of": context.day(context.as_of),
        "attached": workbook is not None,
        **told,
    }
    subject, _, body = text(values).partition("\n")
    subject = " ".join(subject.removeprefix("Subject:").split())
    return Draft(person.email.strip(), sender, subject, body.lstrip("\n"), workbook)
