"""What the editor sends and what rendering gives back, as plain data; and a picture as a line of Markdown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from blogreview.domain.markup import Picture

_IN_ALT = str.maketrans({sign: f"\\{sign}" for sign in "\\[]`"})
_IN_CAPTION = str.maketrans({sign: f"&#{ord(sign)};" for sign in '\\"`'})


@dataclass(frozen=True, slots=True)
class Typed:
    """One text as it was sent, and the version of the text it was made from. No question: the title."""

    question_id: int | None
    body: str
    version: int


class Rendered(Protocol):
    """Safe HTML, and the version of the sanitiser that made it."""

    @property
    def html(self) -> str: ...

    @property
    def version(self) -> int: ...


#: source, the pictures it may show, the prefix of its ids -> HTML; see ``web/renderer.py``.
Render = Callable[[str, Mapping[str, Picture], str], Rendered]


def id_prefix(post_id: int, number: int) -> str:
    """How the ids in one answer of one post start, so that several can share a page."""
    return f"p{post_id}-{number}-"


def picture_line(media_hash: str, alt: str, caption: str) -> str:
    """The Markdown of one uploaded picture. No alt text: it is only decoration."""
    address = f"image:{media_hash}" if alt else f"image:{media_hash}#decoration"
    title = f' "{caption.translate(_IN_CAPTION)}"' if caption else ""
    return f"![{alt.translate(_IN_ALT)}]({address}{title})"


def with_line(body: str, line: str) -> str:
    """The text with one more paragraph at its end."""
    return f"{body.rstrip()}\n\n{line}\n".lstrip()
