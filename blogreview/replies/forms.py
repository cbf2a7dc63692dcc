from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, TextAreaField
from wtforms.validators import DataRequired, Length

from blogreview.web.typed import text

MAX_REPLY = 5_000


class ReplyForm(FlaskForm):  # type: ignore[misc]
    """``parent`` is the public id of the reply that is answered; empty: the post itself."""

    text = TextAreaField(
        _l("Svar teamet"),
        filters=[text, str.strip],
        validators=[
            DataRequired(_l("Skriv noe før du publiserer svaret.")),
            Length(max=MAX_REPLY, message=_l("Svaret er for langt: det kan ha opptil %(max)d tegn.")),
        ],
    )
    parent = HiddenField()
