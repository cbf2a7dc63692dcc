"""Column kinds several tables share."""

from __future__ import annotations

import secrets
from datetime import datetime
from enum import StrEnum
from typing import Annotated

from sqlalchemy import Enum, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from blogreview.db import UtcDateTime

Key = Annotated[int, mapped_column(primary_key=True)]
Moment = Annotated[datetime, mapped_column(UtcDateTime())]
Short = Annotated[str, mapped_column(String(200))]
Long = Annotated[str, mapped_column(Text)]


def term(vocabulary: type[StrEnum]) -> Enum:
    """A closed vocabulary, stored as its words and held by a CHECK on both engines."""
    return Enum(
        vocabulary,
        name=vocabulary.__name__.lower(),
        native_enum=False,
        create_constraint=True,
        length=24,
        values_callable=lambda words: [word.value for word in words],
    )


def public_id() -> str:
    """A random name for a row whose number could tell when, and so by whom, it was made."""
    return secrets.token_hex(8)


class Hideable:
    """Something a teacher can take out of sight: kept for the case, undoable."""

    hidden_at: Mapped[datetime | None] = mapped_column(UtcDateTime())

    @declared_attr
    def hidden_by_id(cls) -> Mapped[int | None]:
        return mapped_column(ForeignKey("user.id"))

    @property
    def hidden(self) -> bool:
        return self.hidden_at is not None
