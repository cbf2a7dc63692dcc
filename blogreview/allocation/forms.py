from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectField, ValidationError
from wtforms.validators import DataRequired

from blogreview.web.fields import PickField
from blogreview.web.typed import counter

TEAM, PERSON = "team", "person"


class MoveForm(FlaskForm):  # type: ignore[misc]
    """The command knows what fits the reader; the menu only offers it."""

    post = SelectField(_l("Nytt innlegg"), validate_choice=False)

    @property
    def post_id(self) -> int | None:
        return counter(self.post.data) or None


class ApartForm(FlaskForm):  # type: ignore[misc]
    person = PickField(_l("Student"), validators=[DataRequired(_l("Velg en student."))])
    other = PickField(_l("Skal holdes fra"), validators=[DataRequired(_l("Velg et team eller en annen student."))])

    def offer(self, students: list[tuple[int, str]], teams: list[tuple[int, str]]) -> None:
        """Fill the menus with the class."""
        blank = ("", _("Velg …"))
        self.person.choices = [blank, *((f"{PERSON}-{key}", name) for key, name in students)]
        self.other.choices = {
            "–": [blank],
            _("Team"): [(f"{TEAM}-{key}", name) for key, name in teams],
            _("Studenter"): [(f"{PERSON}-{key}", name) for key, name in students],
        }

    def validate_other(self, field: SelectField) -> None:
        if field.data == self.person.data:
            raise ValidationError(_("Velg to ulike."))

    @property
    def user_id(self) -> int:
        return int(self.person.data.removeprefix(f"{PERSON}-"))

    @property
    def other_id(self) -> int | None:
        return self._id(PERSON)

    @property
    def team_id(self) -> int | None:
        return self._id(TEAM)

    def _id(self, kind: str) -> int | None:
        chosen, _dash, key = self.other.data.partition("-")
        return int(key) if chosen == kind else None
