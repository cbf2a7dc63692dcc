from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import (
    EmailField,
    Field,
    HiddenField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, Length, ValidationError

from blogreview.domain.classlist import MAX_LENGTH, Draft, is_email
from blogreview.domain.tables import clean, without_national_ids
from blogreview.domain.terms import Role
from blogreview.phrases import ROLES
from blogreview.teams.class_import import Press, unpack
from blogreview.web.fields import PickField
from blogreview.web.new_password import new_password_field
from blogreview.web.typed import counter, line, text

EDITABLE = ("name", "email", "team")
MAX_NAME = MAX_LENGTH["name"]


def whole_address(_form: FlaskForm, field: Field) -> None:
    if not is_email(field.data):
        raise ValidationError(_("E-postadressen er ikke hel. Skriv for eksempel navn@stud.fjordvik.no."))


def role_choices(*roles: Role) -> list[SelectChoice]:
    return [SelectChoice(role.value, ROLES[role]) for role in roles]


class ListForm(FlaskForm):  # type: ignore[misc]
    """A class list, pasted or as a file. How long it may be, the parser says."""

    text = TextAreaField(_l("Lim inn fra regneark eller LMS"), filters=[text])
    file = FileField(_l("Velg en fil"))

    def content(self) -> bytes | str:
        """What was sent; the file, if there is one. The form keeps the text without national identity numbers."""
        pasted, self.text.data = self.text.data, without_national_ids(self.text.data)
        sent: bytes | str = self.file.data.read() if self.file.data else pasted
        return sent


class RowsForm(FlaskForm):  # type: ignore[misc]
    """The rows of a list that is not added yet. ``rows`` carries them all; what can be put right has fields too,
    named as in ``email-14``."""

    rows = HiddenField()
    #: The button: "check", "add", or a Press and a row, as in "use-14".
    do = StringField(filters=[line])
    #: Rows of members whom the teacher lets change team.
    move = SelectMultipleField(coerce=counter, validate_choice=False)

    def drafts(self) -> list[Draft]:
        """:raise ValueError: the rows are not those we sent."""
        return [replace(draft, **self._typed(draft.number)) for draft in unpack(self.rows.data or "")]

    def _typed(self, number: int) -> dict[str, Any]:
        typed = {name: request.form.get(f"{name}-{number}") for name in EDITABLE}
        return {name: value for name, value in typed.items() if value is not None}

    @property
    def adds(self) -> bool:
        return bool(self.do.data == "add")

    def press(self) -> tuple[Press, int] | None:
        """Which button beside a row was pressed, if one was."""
        verb, _dash, number = self.do.data.rpartition("-")
        return (Press(verb), counter(number)) if verb in set(Press) else None


class TeamForm(FlaskForm):  # type: ignore[misc]
    name = StringField(
        _l("Teamets navn"),
        filters=[line, clean],
        validators=[
            DataRequired(_l("Skriv hva teamet heter.")),
            Length(max=MAX_LENGTH["team"], message=_l("Navnet kan ha %(max)d tegn.")),
        ],
    )


class StaffForm(FlaskForm):  # type: ignore[misc]
    name = StringField(
        _l("Navn"),
        filters=[line, clean],
        validators=[DataRequired(_l("Skriv navnet.")), Length(max=MAX_NAME, message=_l("Navnet kan ha %(max)d tegn."))],
    )
    email = EmailField(
        _l("E-post"), filters=[line, clean], validators=[DataRequired(_l("Skriv e-postadressen.")), whole_address]
    )
    role = PickField(_l("Rolle"), choices=role_choices(Role.ASSISTANT, Role.TEACHER))


class RoleForm(FlaskForm):  # type: ignore[misc]
    role = PickField(_l("Rolle"), choices=role_choices(*Role))


class CodeForm(FlaskForm):  # type: ignore[misc]
    code = StringField(
        _l("Koden"),
        filters=[line],
        validators=[DataRequired(_l("Skriv koden du har fått.")), Length(max=20, message=_l("Koden har åtte tegn."))],
    )


class ChooseTeamForm(FlaskForm):  # type: ignore[misc]
    """For somebody who is signed in, when the code was right."""

    code = HiddenField(filters=[line])
    team = SelectField(_l("Team"), validate_choice=False)

    def offer(self, teams: Iterable[tuple[str, str]]) -> None:
        """:param teams: slug and name of each."""
        self.team.choices = [SelectChoice("", _("Jeg vet ikke ennå")), *(SelectChoice(*team) for team in teams)]


class JoinForm(ChooseTeamForm):
    name = StringField(
        _l("Navn"),
        filters=[line, clean],
        validators=[
            DataRequired(_l("Skriv navnet ditt.")),
            Length(max=MAX_NAME, message=_l("Navnet kan ha %(max)d tegn.")),
        ],
    )
    email = EmailField(
        _l("E-post"), filters=[line, clean], validators=[DataRequired(_l("Skriv e-postadressen din.")), whole_address]
    )
    new_password = new_password_field(_l("Velg et passord"))
