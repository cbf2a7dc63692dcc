"""Published HTML, cut where a picture is withheld or marked: the page puts words there in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

# The sanitiser writes every attribute in double quotes, where ">" may stand as it is.
_OTHERS = r'(?: [a-z]+="[^"]*")*'
_IMAGE = re.compile(rf'<img{_OTHERS} src="/media/([0-9a-f]{{64}})/[^"]*"{_OTHERS}>')


class Veil(StrEnum):
    """What has been done to a picture."""

    HIDDEN = "hidden"
    #: Hidden from the class, and shown to someone who may still see it.
    MARKED = "marked"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some HTML, not always whole elements, and what to say after it."""

    html: str
    veil: Veil | None = None


def pieces(html: str, veils: Mapping[str, Veil]) -> tuple[Piece, ...]:
    """Cut HTML made by ``markup.render`` at the pictures (by hash) that have a veil; joined they are the whole."""
    return tuple(_pieces(html, veils))


def _pieces(html: str, veils: Mapping[str, Veil]) -> Iterator[Piece]:
    start = 0
    for image in _IMAGE.finditer(html):
        veil = veils.get(image[1])
        if veil is not None:
            yield Piece(html[start : image.end() if veil is Veil.MARKED else image.start()], veil)
            start = image.end()
    yield Piece(html[start:])
