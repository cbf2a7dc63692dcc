from __future__ import annotations

from functools import cache
from zoneinfo import available_timezones

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import DataRequired, Length

from blogreview.web.fields import PickField
from blogreview.web.i18n import HOME_ZONE
from blogreview.web.typed import line


@cache
def zones() -> tuple[str, ...]:
    """Every place with a clock of its own; not the names kept for old programs, such as GMT+0."""
    return tuple(sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/")))


class CourseForm(FlaskForm):  # type: ignore[misc]
    code = StringField(
        _l("Emnekode"),
        filters=[line],
        validators=[
            DataRequired(_l("Skriv emnekoden, for eksempel MRK2104.")),
            Length(max=40, message=_l("Emnekoden kan ha 40 tegn.")),
        ],
    )
    title = StringField(
        _l("Emnets navn"),
        filters=[line],
        validators=[
            DataRequired(_l("Skriv hva emnet heter.")),
            Length(max=200, message=_l("Navnet kan ha 200 tegn.")),
        ],
    )
    term = StringField(
        _l("Semester"),
        filters=[line],
        validators=[
            DataRequired(_l("Skriv semesteret, for eksempel høst 2026.")),
            Length(max=40, message=_l("Semesteret kan ha 40 tegn.")),
        ],
    )
    timezone = PickField(_l("Tidssone"), default=HOME_ZONE, choices=zones)
