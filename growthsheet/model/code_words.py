"""The English labels of codes: routes, flags, due states, budget links and statuses."""

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
    "rotate": ("Rotate", "Hand it on; check what depends on one person", "None"),
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


STATUSES = {"item_statuses": ITEM_STATUS_WORDS, "line_statuses": LINE_STATUS_WORDS, "confirmations": CONFIRMATION_WORDS}
"""The labels of statuses and of what people confirm, by the name of their list in workbooks."""
