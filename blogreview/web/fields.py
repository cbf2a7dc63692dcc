"""Form fields whose answers WTForms does not know how to read, or says no to in no language of ours."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, IntegerField, RadioField, SelectField, StringField

from blogreview.domain.wall_clock import moment_at
from blogreview.web.i18n import language, local, zone

#: The first is what nb and nn are shown, the second what en is; all are read, whatever the language.
MOMENT_FORMATS = (
    "%d.%m.%Y %H.%M", "%d/%m/%Y %H:%M", "%d.%m.%Y %H:%M", "%d/%m/%Y %H.%M", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M",
)
NOT_OFFERED = _l("Velg én av mulighetene.")
#: Further away it is a slip of the finger.
YEARS = range(2000, 2100)


def read_wall(text: str) -> datetime | None:
    """What the clock on the wall shows then; None where the text is no such date and clock."""
    for pattern in MOMENT_FORMATS:
        try:
            wall = datetime.strptime(" ".join(text.split()), pattern)
        except ValueError:
            continue
        return wall if wall.year in YEARS else None
    return None


class MomentField(StringField):  # type: ignore[misc]
    """Date and clock as people type them, in the course's zone; ``data`` is an aware moment."""

    data: Any

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        self.data = None
        wall = read_wall(valuelist[0]) if valuelist else None
        if wall is None:
            raise ValueError(_("Skriv dato og klokkeslett slik: %(example)s.", example=example_moment()))
        self.data = moment_at(wall, zone())

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return local(self.data).strftime(_pattern()) if self.data else ""


def _pattern() -> str:
    return MOMENT_FORMATS[1] if language() == "en" else MOMENT_FORMATS[0]


def example_moment() -> str:
    """How a moment may be typed, in the reader's language."""
    return datetime(2026, 11, 13, 23, 59).strftime(_pattern())


class WholeNumberField(IntegerField):  # type: ignore[misc]
    """A number, or nothing."""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        typed = valuelist[0].strip() if valuelist else ""
        self.data = None
        if typed and not (typed.isascii() and typed.isdigit() and len(typed) < 10):
            raise ValueError(_("Skriv et helt tall."))
        self.data = int(typed) if typed else None


class PickField(SelectField):  # type: ignore[misc]
    """One of many, in a menu; it says no in the reader's language."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, invalid_choice_message=NOT_OFFERED, invalid_value_message=NOT_OFFERED, **more)


class ChoiceField(PickField, RadioField):  # type: ignore[misc]
    """One of a few, all in sight."""


class TextsField(Field):  # type: ignore[misc]
    """Every text sent under this one name, in order, as a list."""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        self.data = [text.strip() for text in valuelist]


def complain(field: Field, sentence: str) -> None:
    """Say on the field what is wrong with it, where its form knows and the field alone does not."""
    field.errors = [*field.errors, sentence]
