"""The English labels of codes: routes, flags, due states, budget links, statuses, responses and refused files."""

from __future__ import annotations

from growthsheet.model.budget import Status

ROUTE_WORDS = {
    # code: (label, what it means, what money usually goes to)
    "train": ("Train", "Train, then a first safe assignment", "Training"),
    "pair": ("Pair or reassign", "Shadow somebody first; ask who should own it", "None"),
    "coach": ("Coach", "Often done, not yet well: get coaching", "Coaching"),
    "talk": ("Talk", "Coach, or hand over", "Coaching or none"),
    "stretch": ("Stretch", "A bigger assignment", "None, or a conference"),
    "keep": ("Keep warm", "Nothing to do now", "None"),
    "mentor": ("Mentor others", "Mentor others, speak outside", "A conference"),
    "rotate": ("Rotate", "Pass it on; check what depends on one person", "None"),
}


FLAG_WORDS = {"teamgap": "Team gap", "single": "Depends on one person", "thin": "Thin", "covered": "Covered"}


STATE_WORDS = {
    "done": "✓ Done",
    "dropped": "Dropped",
    "track": "On track",
    "soon": "Due soon",
    "overdue": "! Overdue",
    "nodate": "No date",
}


LINK_WORDS = {"gap": "Closes a gap", "nogap": "No gap now", "unrated": "Not rated yet", "noactivity": "No activity"}


ITEM_STATUS_WORDS = {"open": "Open", "done": "Done", "dropped": "Dropped"}


LINE_STATUS_WORDS = {status.value: status.value.capitalize() for status in Status}


CONFIRMATION_WORDS = {"yes": "Yes"}


RESPONSE_WORDS = {
    "missing": "not returned",
    "blank": "returned blank",
    "no_skill": "answered without skill",
    "refused": "returned and refused",
    "unconfirmed": "prefilled and not confirmed",
    "partial": "not complete",
    "skill_only": "complete without experience and interest",
    "complete": "complete",
}
SHOWN_WORDS = {state: text.capitalize() for state, text in RESPONSE_WORDS.items()}
"""The same at the beginning of a line."""


REFUSED_WORDS = {
    "": "cannot be read",  # for any code that is not below
    "apple-numbers": "saved as .numbers",
    "binary-workbook": "saved as .xlsb",
    "conflict": "two different files",
    "cycle-is-over": "of a cycle that is over",
    "damaged-part": "damaged",
    "damaged-zip": "damaged",
    "empty-file": "empty",
    "identity-disagrees": "put together from two workbooks",
    "macros": "saved as .xlsm",
    "missing-column": "a column is missing",
    "missing-table": "a tab cannot be read",
    "old-excel": "saved as .xls",
    "older-answers": "older than the file before",
    "opendocument": "saved as .ods",
    "other-catalog": "made with another catalog",
    "other-cycle": "another cycle's workbook",
    "password-protected": "has a password",
    "several-cycles": "came with files of other cycles",
    "text-table": "saved as .csv",
    "too-large": "too large",
    "unknown-tab": "filled in on a copy of a tab",
    "wrong-password": "has another password",
    "xml-spreadsheet": "saved as .xml",
}


STATUSES = {"item_statuses": ITEM_STATUS_WORDS, "line_statuses": LINE_STATUS_WORDS, "confirmations": CONFIRMATION_WORDS}
"""The labels of statuses and of what people confirm, by the name of their list in workbooks."""
