from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from enum import Enum
from itertools import pairwise, zip_longest
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, SelectChoice, StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from blogreview.assignments.locks import Lock
from blogreview.assignments.setup import DEADLINE_FIELDS, QuestionText, Setup, changed
from blogreview.domain.calendar import DayOff, day_off
from blogreview.domain.phases import is_open
from blogreview.domain.terms import Deadline, GradingScale, ReadingOpens
from blogreview.phrases import DEADLINES, GRADING_SCALES, READING_OPENS, word
from blogreview.web.fields import ChoiceField, MomentField, TextsField, WholeNumberField, complain
from blogreview.web.i18n import local, when
from blogreview.web.typed import counter, line, text

MAX_QUESTIONS, MAX_QUESTION_LENGTH = 10, 300
MAX_REVIEWS, MAX_POINTS = 10, 1000
USUAL_REVIEWS = ("2", "3", "4")
OTHER = "other"
NAMED, ANONYMOUS = "named", "anonymous"
USUAL_POINTS = 100
#: Fields whose data is the setup's own value.
AS_TYPED = (
    "title", "introduction", "reading_opens", "grading_scale", "late_publishing", *DEADLINE_FIELDS,
)
NOTHING: Mapping[str, Lock] = {}
#: A field that is locked together with another.
COMPANIONS = {"questions": "question_ids", "reviews_per_student": "other_reviews"}


class AssignmentForm(FlaskForm):  # type: ignore[misc]
    """One assignment. Its fields are named as those of ``Setup``; a locked one is absent and stays as it is stored."""

    version = HiddenField()
    title = StringField(
        _l("Tittel"),
        filters=[line],
        validators=[
            DataRequired(_l("Gi oppgaven en tittel.")),
            Length(max=200, message=_l("Tittelen kan ha høyst 200 tegn.")),
        ],
    )
    introduction = TextAreaField(
        _l("Innledning"),
        filters=[text],
        validators=[Length(max=10000, message=_l("Innledningen kan ha høyst 10 000 tegn."))],
    )
    questions = TextsField(_l("Spørsmål"), filters=[lambda typed: [line(one) for one in typed or []]])
    question_ids = TextsField()
    publish_by = MomentField(DEADLINES[Deadline.PUBLISH])
    review_by = MomentField(DEADLINES[Deadline.REVIEW])
    improve_by = MomentField(DEADLINES[Deadline.IMPROVE])
    grades_by = MomentField(DEADLINES[Deadline.GRADES])
    reviews_per_student = ChoiceField(
        _l("Innlegg hver student vurderer"),
        choices=[*map(SelectChoice, USUAL_REVIEWS), SelectChoice(OTHER, _l("Et annet antall"))],
    )
    other_reviews = WholeNumberField(_l("Et annet antall, 0–10"))
    reviewers_named = ChoiceField(
        _l("Anonymitet"),
        choices=[
            SelectChoice(ANONYMOUS, _l("Leserne er anonyme for teamet")),
            SelectChoice(NAMED, _l("Alle ser alle")),
        ],
    )
    reading_opens = ChoiceField(
        _l("Når kan klassen lese innleggene?"),
        coerce=ReadingOpens,
        choices=[SelectChoice(rule.value, words) for rule, words in READING_OPENS.items()],
    )
    grading_scale = ChoiceField(
        _l("Skala"),
        coerce=GradingScale,
        choices=[SelectChoice(scale.value, words) for scale, words in GRADING_SCALES.items()],
    )
    max_points = WholeNumberField(_l("Høyeste poengsum"))
    late_publishing = BooleanField(
        _l("Team som er for sent ute, kan publisere mens de andre vurderer. Innlegget merkes «for sent».")
    )

    def __init__(
        self, stored: Setup, *, now: datetime, opened: bool = False, locked: Mapping[str, Lock] = NOTHING, **more: Any
    ) -> None:
        """:param stored: what the fields are filled with, and what a locked field stays at."""
        super().__init__(data=_filled(stored), **more)
        self.stored, self.opened, self.now = stored, opened, now
        for name in locked:
            for part in (name, COMPANIONS.get(name)):
                if part in self:
                    del self[part]

    def is_fine(self, *, to_open: bool, answered: frozenset[int] = frozenset()) -> bool:
        """Whether all of it can be saved; else every field says what to do.

        :param to_open: the students will see it from now on.
        :param answered: questions somebody has begun to answer.
        """
        self.validate()
        self._check_questions(answered)
        self._check_numbers()
        self._check_order()
        if to_open or self.opened:
            self._check_future()
        return not self.errors

    def setup(self) -> Setup:
        """What is stored, with what has been typed."""
        typed = {name: self[name].data for name in AS_TYPED if name in self}
        if "questions" in self:
            typed["questions"] = tuple(question for question in self._questions() if question.text)
        if "reviews_per_student" in self:
            typed["reviews_per_student"] = self.reviews()
        if "reviewers_named" in self:
            typed["reviewers_named"] = self.reviewers_named.data == NAMED
        if "max_points" in self:
            typed["max_points"] = self.max_points.data if typed["grading_scale"] is GradingScale.POINTS else None
        return replace(self.stored, **typed)

    def add_question(self) -> None:
        self.questions.data = [*self.questions.data, ""]

    def moment(self, name: str) -> datetime | None:
        """The deadline as typed, or as it stays; None where it cannot be read."""
        found: datetime | None = self[name].data if name in self else getattr(self.stored, name)
        return found

    def reviews(self) -> int:
        """The reviews each student is asked for; 0 where that cannot be read."""
        if "reviews_per_student" not in self:
            return self.stored.reviews_per_student
        usual = self.reviews_per_student.data
        return min(self.other_reviews.data or 0, MAX_REVIEWS) if usual == OTHER else counter(usual)

    def days_off(self) -> list[tuple[datetime, DayOff]]:
        """The deadlines that fall on a day few people work, by the course's calendar."""
        moments = filter(None, map(self.moment, DEADLINE_FIELDS))
        found = ((moment, day_off(local(moment).date())) for moment in moments)
        return [(moment, why) for moment, why in found if why]

    def stored_instead(self) -> list[tuple[str, str]]:
        """Label and value of every field that was saved otherwise by someone else meanwhile."""
        names = changed(self.stored, self.setup())
        return [(str(self[name].label.text), _said(getattr(self.stored, name))) for name in names if name in self]

    def _questions(self) -> Iterator[QuestionText]:
        """Each text with the row it was made from; a removed row's id means a new question."""
        known = {str(question.id): question.id for question in self.stored.questions}
        for one, typed_id in zip_longest(self.questions.data, self.question_ids.data[: len(self.questions.data)]):
            yield QuestionText(known.pop(typed_id, None), one)

    def _check_questions(self, answered: frozenset[int]) -> None:
        if "questions" not in self:
            return
        typed = [question for question in self._questions() if question.text]
        kept = {question.id for question in typed}
        lost = [n for n, question in enumerate(self.stored.questions, 1) if question.id in answered - kept]
        if not typed:
            complain(self.questions, _("Still minst ett spørsmål."))
        if len(typed) > MAX_QUESTIONS:
            complain(self.questions, _("Still høyst %(num)d spørsmål.", num=MAX_QUESTIONS))
        if any(len(question.text) > MAX_QUESTION_LENGTH for question in typed):
            complain(self.questions, _("Et spørsmål kan ha høyst %(num)d tegn.", num=MAX_QUESTION_LENGTH))
        for n in lost:
            begun = _("Noen har begynt å svare på spørsmål %(number)d. Det kan endres, men ikke fjernes.", number=n)
            complain(self.questions, begun)

    def _check_numbers(self) -> None:
        other = "other_reviews" in self and self.reviews_per_student.data == OTHER
        if other and self.other_reviews.data not in range(MAX_REVIEWS + 1):
            complain(self.other_reviews, _("Skriv et tall fra 0 til %(most)d.", most=MAX_REVIEWS))
        points = "max_points" in self and self.grading_scale.data is GradingScale.POINTS
        if points and self.max_points.data not in range(1, MAX_POINTS + 1):
            complain(self.max_points, _("Skriv høyeste poengsum, fra 1 til %(most)d.", most=MAX_POINTS))

    def _check_order(self) -> None:
        for earlier, later in pairwise(DEADLINE_FIELDS):
            first, second = self.moment(earlier), self.moment(later)
            movable = [self[name] for name in (later, earlier) if name in self]
            if first and second and second <= first and movable:
                complain(movable[0], _order(earlier, first))

    def _check_future(self) -> None:
        """An open assignment's deadlines that have passed may stay where they are; none is put there."""
        for name in DEADLINE_FIELDS:
            moment = self[name].data if name in self else None
            stays = self.opened and moment == getattr(self.stored, name)
            if moment and not stays and not is_open(moment, self.now):
                complain(self[name], _("Fristen har alt vært: %(when)s. Velg en som kommer.", when=when(moment)))


def _filled(stored: Setup) -> dict[str, Any]:
    """What the fields of the form start with."""
    reviews = str(stored.reviews_per_student)
    return stored.columns() | {
        "questions": [question.text for question in stored.questions],
        "question_ids": [str(question.id or "") for question in stored.questions],
        "reviews_per_student": reviews if reviews in USUAL_REVIEWS else OTHER,
        "other_reviews": None if reviews in USUAL_REVIEWS else stored.reviews_per_student,
        "reviewers_named": NAMED if stored.reviewers_named else ANONYMOUS,
        "max_points": stored.max_points or USUAL_POINTS,
    }


def _order(earlier: str, first: datetime) -> str:
    label = str(DEADLINES[DEADLINE_FIELDS[earlier]]).lower()
    return str(_("Må være etter fristen for å %(earlier)s, %(when)s.", earlier=label, when=when(first)))


def _said(value: Any) -> str:
    """A value of ``Setup`` in words."""
    if isinstance(value, tuple):
        return "\n".join(question.text for question in value)
    if isinstance(value, datetime):
        return when(value)
    if isinstance(value, bool):
        return str(_("ja") if value else _("nei"))
    return word(value) if isinstance(value, Enum) else str(value)
