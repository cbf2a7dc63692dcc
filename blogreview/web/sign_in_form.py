from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import EmailField, HiddenField, PasswordField
from wtforms.validators import InputRequired, Length


class SignInForm(FlaskForm):  # type: ignore[misc]
    email = EmailField(_l("E-post"), validators=[InputRequired(_l("Skriv e-postadressen din.")), Length(max=254)])
    password = PasswordField(_l("Passord"), validators=[InputRequired(_l("Skriv passordet ditt.")), Length(max=200)])
    next = HiddenField()
    kept = HiddenField()
