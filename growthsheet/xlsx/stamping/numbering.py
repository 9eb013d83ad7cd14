"""Shared texts, numbered in the order of writing: a layout's, and between them those of a book's own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from growthsheet.xlsx.stamping.placeholders import Spot
from growthsheet.xlsx.writer.worksheet import MAX_TEXT
from growthsheet.xlsx.writer.zip_parts import shared


class Odd(Exception):
    """Something that only the ordinary way can write, or refuse."""


class Numbered(NamedTuple):
    """What follows a cell's look for each text of the layout, and for those of the book; and all texts as listed."""

    tails: list[bytes]
    told: dict[str, bytes]
    listed: list[bytes]


class Numbering:
    """The texts of a layout, where ``own`` numbers the cells that hold a book's own."""

    def __init__(self, order: Iterable[tuple[Spot, str]], own: Mapping[Spot, int]) -> None:
        self.places: dict[str, int] = {}
        """Each text of the layout, and how many of them are written before it."""
        self._own: list[tuple[int, int]] = []  # the number of a book's own cell, and how many are written before it
        for spot, text in order:
            if spot in own:
                self._own.append((own[spot], len(self.places)))
            else:
                self.places.setdefault(text, len(self.places))
        self._listed = [shared(text).encode() for text in self.places]
        self._tails = [b' t="s"><v>%d</v></c>' % n for n in range(len(self.places) + len(own))]

    def of(self, cells: Sequence[Any]) -> Numbered:
        """The texts of a book that holds these cells of its own.

        Raises
        ------
        Odd
            When a text may be too long for a cell.
        """
        tails, told, listed = list[bytes](), dict[str, bytes](), list[bytes]()
        early: dict[int, bytes] = {}  # texts of the layout that the book has written before

        def up_to(end: int) -> None:
            for stop in (*sorted(place for place in early if len(tails) <= place < end), end):
                more = self._listed[len(tails) : stop]
                tails.extend(self._tails[len(listed) : len(listed) + len(more)])
                listed.extend(more)
                if stop < end:
                    tails.append(early[stop])

        for n, before in self._own:
            text = cells[n]
            if type(text) is not str or text in told:
                continue
            if len(text) * 2 > MAX_TEXT:
                raise Odd
            if before > len(tails):
                up_to(before)
            place = self.places.get(text, before)
            if place < before:
                told[text] = tails[place]
                continue
            told[text] = self._tails[len(listed)]
            listed.append(shared(text).encode())
            if text in self.places:
                early[place] = told[text]
        up_to(len(self.places))
        return Numbered(tails, told, listed)
