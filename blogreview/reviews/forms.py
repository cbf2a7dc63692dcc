"""The reviewer's form, made from the rubric: per criterion a level and comments of two kinds, as many as wanted."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import FieldList, Form, FormField, HiddenField, StringField, SubmitField, TextAreaField
from wtforms.validators import AnyOf, Length, Optional, ValidationError

from blogreview.domain.reviewing import MAX_COMMENT, MAX_QUOTE, Content, Judgement, Said
from blogreview.domain.rubric import Rubric
from blogreview.domain.terms import CommentKind
from blogreview.web.typed import counter, text

#: Fields that belong to the press of a button, not to what was written.
NOT_WRITTEN = frozenset({"csrf_token", "version", "send", "more", "newest"})
ROWS = {CommentKind.STRENGTH: "strengths", CommentKind.CHANGE: "changes"}

Typed = tuple[tuple[str, str], ...]


def tidied(typed: str | None) -> str:
    return text(typed).strip()


class Rows(FieldList):  # type: ignore[misc]
    """A list whose numbers are plain ones, whatever a forged field is called."""

    def _extract_indices(self, prefix: str, formdata: Iterable[str]) -> Iterator[int]:
        named = re.compile(re.escape(prefix) + r"-([0-9]{1,3})-")
        return (int(match[1]) for match in map(named.match, formdata) if match)


class CommentForm(Form):  # type: ignore[misc]
    #: The stored comment this is; empty for a new one.
    comment = HiddenField()
    text = TextAreaField(
        filters=[tidied],
        validators=[Length(max=MAX_COMMENT, message=_l("Kommentaren er over 4000 tegn. Kort den ned, eller del den."))],
    )
    quote = TextAreaField(
        filters=[tidied],
        validators=[Length(max=MAX_QUOTE, message=_l("Stedet er over 1000 tegn. Velg en kortere del av teksten."))],
    )


class ReviewForm(FlaskForm):  # type: ignore[misc]
    """What every review's form has; ``review_form`` adds the criteria, as ``c<id>``."""

    version = HiddenField(filters=[counter])
    send = SubmitField()
    newest = SubmitField()
    #: The name of a list to give one more empty field.
    more = StringField()

    @property
    def lists(self) -> tuple[str, ...]:
        """The names of the lists of comments."""
        parts = (field.name for field in self if isinstance(field, FormField))
        return tuple(f"{part}-{name}" for part in parts for name in ROWS.values())


def review_form(rubric: Rubric, known: Container[str]) -> type[ReviewForm]:
    """The form of this rubric.

    :param known: the public ids of the review's comments: no other may be named.
    """
    numbers = [str(level.number) for level in rubric.levels]

    class KnownComment(CommentForm):
        def validate_comment(self, field: HiddenField) -> None:
            if field.data and field.data not in known:
                raise ValidationError(_("Kommentaren hører ikke hjemme her. Send én gang til, så lagres den som ny."))

    class CriterionForm(Form):  # type: ignore[misc]
        level = StringField(validators=[Optional(), AnyOf(numbers, message=_l("Velg et av nivåene som står her."))])
        strengths = Rows(FormField(KnownComment), min_entries=1)
        changes = Rows(FormField(KnownComment), min_entries=1)

    criteria = {field_name(criterion.id): FormField(CriterionForm) for criterion in rubric.criteria}
    return type("RubricForm", (ReviewForm,), criteria)


def field_name(criterion_id: int) -> str:
    return f"c{criterion_id}"


def filled_with(form_class: type[ReviewForm], content: Content, version: int) -> ReviewForm:
    """The form holding what is saved."""
    return form_class(formdata=None, data={"version": str(version)} | {
        field_name(judgement.criterion_id): {
            "level": str(judgement.level or ""),
            **{name: [_row(said) for said in judgement.of(kind)] for kind, name in ROWS.items()},
        }
        for judgement in content
    })


def filled_again(form_class: type[ReviewForm], typed: Typed, version: int) -> ReviewForm:
    """The form holding what was typed before, word for word."""
    return form_class(formdata=MultiDict([*typed, ("version", str(version))]))


def content_of(form: ReviewForm, rubric: Rubric) -> Content:
    """What the form says; a level that does not exist is none."""
    numbers = {str(level.number): level.number for level in rubric.levels}
    return tuple(
        Judgement(criterion.id, numbers.get(part.level.data), tuple(_comments(part)))
        for criterion in rubric.criteria
        for part in [form[field_name(criterion.id)]]
    )


def typed_in(fields: MultiDict[str, str]) -> Typed:
    """Every field that was written in, word for word."""
    return tuple(
        (text(name), text(value)) for name, value in fields.items(multi=True) if name not in NOT_WRITTEN
    )


def strayed(typed: Typed, rubric: Rubric) -> tuple[str, ...]:
    """What was written on criteria the assignment does not have: forged, or removed since the page was opened."""
    own = {field_name(criterion.id) for criterion in rubric.criteria}
    named = ((re.match("c[0-9]+(?=-)", name), value.strip()) for name, value in typed)
    return tuple(value for match, value in named if match and match[0] not in own and value)


def add_row(form: ReviewForm, wanted: str) -> None:
    """One more empty field in the list of that name; nothing where there is none."""
    if wanted in form.lists:
        criterion, _dash, name = wanted.partition("-")
        form[criterion][name].append_entry()


def forget_unknown(form: ReviewForm, rubric: Rubric, known: Container[str]) -> None:
    """Let comments that are not the review's be new ones the next time the form is sent."""
    for criterion in rubric.criteria:
        for name in ROWS.values():
            for row in form[field_name(criterion.id)][name]:
                row.comment.data = row.comment.data if row.comment.data in known else ""


def field_errors(form: ReviewForm, rubric: Rubric) -> dict[str, str]:
    """Field id -> what is wrong with it, in the form's order."""
    return {
        field.id: " ".join(map(str, field.errors))
        for criterion in rubric.criteria
        for field in _leaves(form[field_name(criterion.id)])
        if field.errors
    }


def _leaves(field: Any) -> Iterator[Any]:
    if isinstance(field, FieldList | FormField):
        for inner in field:
            yield from _leaves(inner)
    else:
        yield field


def _row(said: Said) -> dict[str, str]:
    return {"comment": said.public_id or "", "text": said.text, "quote": said.quote or ""}


def _comments(part: Any) -> Iterator[Said]:
    for kind, name in ROWS.items():
        for row, entry in enumerate(part[name]):
            if entry.text.data or entry.quote.data:
                yield Said(kind, entry.text.data, entry.quote.data or None, entry.comment.data or None, row)
