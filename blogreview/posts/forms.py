from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import BooleanField, Form, FormField, HiddenField, StringField, TextAreaField
from wtforms.validators import Length

from blogreview.domain.markup import MAX_SOURCE
from blogreview.domain.publishing import MAX_TITLE
from blogreview.posts.drafts import Typed
from blogreview.web.typed import counter, line, text

MAX_ALT, MAX_CAPTION = 500, 500


class AnswerForm(Form):  # type: ignore[misc]
    body = TextAreaField(
        filters=[text],
        validators=[Length(max=MAX_SOURCE, message=_l("Svaret er for langt: det kan ha opptil %(max)d tegn."))],
    )
    version = HiddenField(filters=[counter])
    image = FileField(_l("Bilde"))
    alt = StringField(
        _l("Hva viser bildet?"),
        filters=[line],
        validators=[Length(max=MAX_ALT, message=_l("Beskrivelsen er for lang: den kan ha opptil %(max)d tegn."))],
    )
    decoration = BooleanField(_l("Bare pynt"))
    caption = StringField(
        _l("Bildetekst"),
        filters=[line],
        validators=[Length(max=MAX_CAPTION, message=_l("Bildeteksten er for lang: den kan ha opptil %(max)d tegn."))],
    )


class DraftForm(FlaskForm):  # type: ignore[misc]
    """The title, and for each question an AnswerForm that ``for_questions`` adds."""

    title = TextAreaField(
        _l("Tittel"),
        filters=[line],
        validators=[Length(max=MAX_TITLE, message=_l("Tittelen er for lang: den kan ha opptil %(max)d tegn."))],
    )
    title_version = HiddenField(filters=[counter])

    @property
    def answers(self) -> dict[int, AnswerForm]:
        return {int(field.short_name[1:]): field.form for field in self if isinstance(field, FormField)}

    def texts(self) -> Iterator[Typed]:
        """What was sent and can be saved: a text that is too long, or was not in the form at all, is left out."""
        if self.title.raw_data and not self.title.errors:
            yield Typed(None, self.title.data, self.title_version.data)
        for question_id, answer in self.answers.items():
            if answer.body.raw_data and not answer.body.errors:
                yield Typed(question_id, answer.body.data, answer.version.data)


def for_questions(question_ids: Iterable[int], **options: Any) -> DraftForm:
    """The editor's form for these questions, in their order; each answer's fields start with ``q<id>-``."""
    fields = {f"q{question_id}": FormField(AnswerForm) for question_id in question_ids}
    return type("DraftForm", (DraftForm,), fields)(**options)  # type: ignore[no-any-return]


class ConfirmForm(FlaskForm):  # type: ignore[misc]
    """``stamp`` names the state of the draft that the page showed."""

    stamp = HiddenField()
