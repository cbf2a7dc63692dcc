from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import PasswordField
from wtforms.validators import InputRequired, Length

from blogreview.accounts.passwords import MAX_LENGTH, MIN_LENGTH

LENGTH = Length(
    MIN_LENGTH,
    MAX_LENGTH,
    _l("Velg et passord på minst ti tegn. Tre–fire tilfeldige ord er lett å huske."),
)


class ChoosePasswordForm(FlaskForm):  # type: ignore[misc]
    new_password = PasswordField(_l("Nytt passord"), validators=[InputRequired(_l("Velg et passord.")), LENGTH])


class ChangePasswordForm(ChoosePasswordForm):
    password = PasswordField(_l("Passordet du har nå"), validators=[InputRequired(_l("Skriv passordet du har nå."))])
