from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import Length, ValidationError

from blogreview.domain.grading import CHOICES, read_points
from blogreview.domain.terms import GradingScale
from blogreview.web.typed import counter, line, text

COMMENT_LENGTH = 10_000


class GradeForm(FlaskForm):  # type: ignore[misc]
    """A grade on the assignment's scale; ``decided`` is what to store, once the form has been found valid."""

    version = HiddenField(filters=[counter])
    value = StringField(_l("Karakter"), filters=[line])
    comment = TextAreaField(
        _l("Kommentar til teamet"),
        filters=[text],
        validators=[Length(max=COMMENT_LENGTH, message=_l("Kommentaren kan ha høyst %(max)d tegn."))],
    )

    def __init__(self, scale: GradingScale, highest: int | None, *, must_decide: bool = False, **kwargs: Any) -> None:
        """:param must_decide: a grade must be given; a draft need not have one."""
        super().__init__(**kwargs)
        self.scale, self.highest, self.must_decide = scale, highest, must_decide
        self.decided: str | None = None

    def validate_value(self, field: StringField) -> None:
        typed = field.data
        if self.scale is GradingScale.NONE:
            self.decided = "" if self.must_decide else None
        elif typed:
            self.decided = self._read(typed)
        elif self.must_decide:
            raise ValidationError(_("Velg en karakter, eller lagre som utkast."))

    def validate_comment(self, field: TextAreaField) -> None:
        if self.scale is GradingScale.NONE and self.must_decide and not field.data.strip():
            raise ValidationError(_("Skriv en kommentar, eller lagre som utkast."))

    def _read(self, typed: str) -> str:
        if self.scale is not GradingScale.POINTS:
            if typed not in CHOICES[self.scale]:
                raise ValidationError(_("Velg en av karakterene på skalaen."))
            return typed
        try:
            return read_points(typed, self.highest)
        except ValueError:
            raise ValidationError(self._points_wanted()) from None

    def _points_wanted(self) -> str:
        if self.highest is None:
            return str(_("Skriv et tall fra 0 og opp, med høyst to desimaler."))
        return str(_("Skriv et tall fra 0 til %(highest)d, med høyst to desimaler.", highest=self.highest))
