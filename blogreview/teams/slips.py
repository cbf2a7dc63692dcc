"""Personal links, to print or to paste into a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple, dataclass

from blogreview.domain.csv_text import BYTE_ORDER_MARK, csv_text


@dataclass(frozen=True, slots=True)
class Slip:
    """What one person is given."""

    name: str
    email: str
    link: str


def as_csv(slips: Iterable[Slip]) -> str:
    """A line per slip, for the clipboard: what marks the start of a file has no place there."""
    return csv_text(map(astuple, slips)).removeprefix(BYTE_ORDER_MARK)
