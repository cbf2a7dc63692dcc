"""What a password someone chooses must be, wherever they choose it."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from wtforms import PasswordField
from wtforms.validators import InputRequired, Length

MIN_LENGTH = 10
MAX_LENGTH = 200


def new_password_field(label: LazyString) -> PasswordField:
    advice = _l("Velg et passord på minst ti tegn. Tre–fire tilfeldige ord er lett å huske.")
    return PasswordField(
        label, validators=[InputRequired(_l("Velg et passord.")), Length(MIN_LENGTH, MAX_LENGTH, advice)]
    )
