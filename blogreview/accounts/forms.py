from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import PasswordField
from wtforms.validators import InputRequired

from blogreview.web.new_password import new_password_field


class ChoosePasswordForm(FlaskForm):  # type: ignore[misc]
    new_password = new_password_field(_l("Nytt passord"))


class ChangePasswordForm(ChoosePasswordForm):
    password = PasswordField(_l("Passordet du har nå"), validators=[InputRequired(_l("Skriv passordet du har nå."))])
