"""The form as the page draws it: every criterion with its words, fields, faults and what it lacks."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from blogreview.domain.reviewing import Content, Gap, Judgement, ReviewLack
from blogreview.domain.rubric import Rubric, RubricCriterion
from blogreview.phrases import (
    COMMENT_KINDS,
    REVIEW_LACK_ERRORS,
    REVIEW_LACK_HINTS,
    REVIEW_LACK_TAGS,
    REVIEW_LACKS,
    criterion_name,
    descriptor,
    guidance,
    inside,
    level_name,
)
from blogreview.reviews.forms import ROWS, ReviewForm, field_name


@dataclass(frozen=True, slots=True)
class LevelView:
    number: int
    name: str
    descriptor: str


@dataclass(frozen=True, slots=True)
class RowView:
    """One comment's fields; ``id`` begins their names."""

    id: str
    comment: str
    text: str
    quote: str
    text_fault: str | None
    quote_fault: str | None


@dataclass(frozen=True, slots=True)
class RowsView:
    """The comments of one kind; ``id`` is the name of their list, and ``label`` what it asks."""

    id: str
    label: str
    rows: tuple[RowView, ...]


@dataclass(frozen=True, slots=True)
class CriterionView:
    id: str
    name: str
    subject: str
    guidance: str
    levels: tuple[LevelView, ...]
    chosen: LevelView | None
    level_fault: str | None
    lists: tuple[RowsView, ...]
    open: bool
    done: bool
    #: What it lacks, in two words, once it has been begun.
    tag: str | None


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing the review lacks: where to mend it, said in the bar and among the errors."""

    href: str
    words: str
    error: str


@dataclass(frozen=True, slots=True)
class Difference:
    """A criterion on which two saves disagree, each as lines of text."""

    id: str
    name: str
    saved: tuple[str, ...]
    typed: tuple[str, ...]


def criterion_views(
    form: ReviewForm, rubric: Rubric, content: Content, gaps: Collection[Gap], faults: Mapping[str, str], first: str
) -> tuple[CriterionView, ...]:
    """The form's criteria, in order.

    :param faults: field id -> sentence.
    :param first: the field or list whose criterion is unfolded.
    """
    return tuple(
        _criterion(form, rubric, criterion, judgement, [gap for gap in gaps if gap.criterion_id == criterion.id],
                   faults, opened(first) == field_name(criterion.id))
        for criterion, judgement in zip(rubric.criteria, content, strict=True)
    )


def missing(gaps: Sequence[Gap], rubric: Rubric) -> tuple[Missing, ...]:
    names = {criterion.id: inside(criterion_name(criterion)) for criterion in rubric.criteria}
    return tuple(_missing(gap, {"criterion": names[gap.criterion_id]}) for gap in gaps)


def gap_faults(gaps: Sequence[Gap]) -> dict[str, str]:
    """Field id -> what to do there."""
    return {anchor(gap): str(REVIEW_LACK_HINTS[gap.lack]) for gap in gaps}


def anchor(gap: Gap) -> str:
    """The id of the field that mends it."""
    if gap.kind is None:
        return f"{field_name(gap.criterion_id)}-level"
    field = "quote" if gap.lack is ReviewLack.PLACE else "text"
    return f"{field_name(gap.criterion_id)}-{ROWS[gap.kind]}-{gap.row}-{field}"


def opened(field: str) -> str:
    """The criterion a field, or a link to one, belongs to."""
    return field.removeprefix("#").partition("-")[0]


def differences(saved: Content, typed: Content, rubric: Rubric) -> tuple[Difference, ...]:
    return tuple(
        Difference(field_name(criterion.id), criterion_name(criterion), _lines(before, rubric), _lines(after, rubric))
        for criterion, before, after in zip(rubric.criteria, saved, typed, strict=True)
        if before != after
    )


def _missing(gap: Gap, name: Mapping[str, str]) -> Missing:
    return Missing(f"#{anchor(gap)}", REVIEW_LACKS[gap.lack] % name, REVIEW_LACK_ERRORS[gap.lack] % name)


def _criterion(
    form: ReviewForm,
    rubric: Rubric,
    criterion: RubricCriterion,
    judgement: Judgement,
    lacking: Sequence[Gap],
    faults: Mapping[str, str],
    is_open: bool,
) -> CriterionView:
    part, levels, name = form[field_name(criterion.id)], _levels(rubric, criterion), criterion_name(criterion)
    return CriterionView(
        id=part.id,
        name=name,
        subject=inside(name),
        guidance=guidance(criterion),
        levels=levels,
        chosen=next((level for level in levels if level.number == judgement.level), None),
        level_fault=faults.get(part.level.id),
        lists=tuple(
            RowsView(part[rows].id, str(COMMENT_KINDS[kind]), tuple(_row(entry, faults) for entry in part[rows]))
            for kind, rows in ROWS.items()
        ),
        open=is_open,
        done=not lacking and judgement.begun,
        tag=str(REVIEW_LACK_TAGS[lacking[0].lack]) if lacking and judgement.begun else None,
    )


def _levels(rubric: Rubric, criterion: RubricCriterion) -> tuple[LevelView, ...]:
    return tuple(LevelView(level.number, level_name(level), descriptor(criterion, level)) for level in rubric.levels)


def _row(entry: object, faults: Mapping[str, str]) -> RowView:
    row: ReviewForm = entry.form  # type: ignore[attr-defined]
    text, quote = row["text"], row["quote"]
    return RowView(
        entry.id,  # type: ignore[attr-defined]
        row["comment"].data or "", text.data or "", quote.data or "", faults.get(text.id), faults.get(quote.id),
    )


def _lines(judgement: Judgement, rubric: Rubric) -> tuple[str, ...]:
    """What is said, each passage before what is said of it, and the level last."""
    said = (line for comment in judgement.comments for line in (_quoted(comment.quote), comment.text) if line)
    level = (_("Nivå: %(level)s", level=level_name(one)) for one in rubric.levels if one.number == judgement.level)
    return (*said, *level)


def _quoted(quote: str | None) -> str:
    return _("«%(quote)s»", quote=quote) if quote else ""
