from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectChoice
from wtforms.validators import DataRequired

from blogreview.domain.phases import Deadlines, is_open
from blogreview.domain.terms import Deadline
from blogreview.phrases import DEADLINES
from blogreview.web.fields import ChoiceField, MomentField, PickField, complain, example_moment
from blogreview.web.i18n import when

#: Who has one of their own: a team any of these, a student only the second.
GIVEN = (Deadline.PUBLISH, Deadline.REVIEW, Deadline.IMPROVE)
TEAM, STUDENT = "team", "student"
Named = Sequence[tuple[int, str]]


class ExtensionForm(FlaskForm):  # type: ignore[misc]
    """A deadline of one team's, or one reader's, own."""

    who = PickField(_l("Hvem"), validators=[DataRequired(_l("Velg team eller student."))])
    deadline = ChoiceField(
        _l("Frist"), coerce=Deadline, choices=[SelectChoice(one.value, DEADLINES[one]) for one in GIVEN]
    )
    until = MomentField(_l("Til og med"))

    def __init__(self, teams: Named, students: Named, *, ours: Deadlines, now: datetime, **more: Any) -> None:
        """:param ours: the deadlines of the whole class."""
        super().__init__(**more)
        self.ours, self.now = ours, now
        self.who.choices = [
            SelectChoice("", _("Velg")),
            *_group(_("Team"), TEAM, teams),
            *_group(_("Studenter, bare for å vurdere"), STUDENT, students),
        ]

    def is_fine(self) -> bool:
        if not self.validate():
            return False
        kind, _space, _id = self.who.data.partition(" ")
        if kind == STUDENT and self.deadline.data is not Deadline.REVIEW:
            complain(self.deadline, _("En student alene kan bare få utsatt frist til å vurdere. Velg teamet."))
        ours = getattr(self.ours, self.deadline.data)
        if not is_open(self.until.data, self.now):
            complain(self.until, _("Fristen har alt vært: %(when)s. Velg en som kommer.", when=when(self.until.data)))
        elif self.until.data <= ours:
            complain(self.until, _("Må være etter klassens frist, %(when)s.", when=when(ours)))
        return not self.errors

    def example(self) -> str:
        return example_moment()

    def holder(self) -> tuple[int | None, int | None]:
        """The team's id, or the student's."""
        kind, _space, id = self.who.data.partition(" ")
        return (int(id), None) if kind == TEAM else (None, int(id))


def _group(label: str, kind: str, named: Named) -> list[SelectChoice]:
    return [SelectChoice(f"{kind} {id}", name, optgroup=label) for id, name in named]
