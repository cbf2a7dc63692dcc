from __future__ import annotations

from collections.abc import Iterable

from flask_babel import LazyString, force_locale
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import HiddenField

from blogreview import phrases
from blogreview.assignments.rubric_text import MAX_NAME, MAX_TEXT, CriterionText, LevelText, RubricText
from blogreview.domain.rubric import MAX_LEVELS, MIN_LEVELS, Rubric, RubricCriterion, RubricLevel
from blogreview.errors import NotFound
from blogreview.web.i18n import LANGUAGES
from blogreview.web.typed import line


class RubricForm(FlaskForm):  # type: ignore[misc]
    """The lock counter; the grid itself is read by ``read_rubric``, since its size is the teacher's to choose."""

    version = HiddenField()


def in_words(rubric: Rubric) -> RubricText:
    """The rubric in the reader's language."""
    return RubricText(
        tuple(
            CriterionText(
                str(row.id),
                phrases.criterion_name(row),
                phrases.guidance(row),
                tuple(phrases.descriptor(row, level) for level in rubric.levels),
            )
            for row in rubric.criteria
        ),
        tuple(LevelText(str(level.id), phrases.level_name(level)) for level in rubric.levels),
    )


def read_rubric(sent: MultiDict[str, str]) -> RubricText:
    """The grid as it was sent: parallel lists, descriptors row by row; what is missing is empty."""
    levels = tuple(LevelText(id, name) for id, name in _paired(sent, "level_id", "level_name"))
    wide, descriptors = len(levels), [line(one) for one in sent.getlist("descriptor")]
    rows = _paired(sent, "criterion_id", "criterion_name", "criterion_guidance")
    return RubricText(
        tuple(
            CriterionText(id, name, guidance, _filled(descriptors[n * wide : (n + 1) * wide], wide))
            for n, (id, name, guidance) in enumerate(rows)
        ),
        levels,
    )


def faults_of(typed: RubricText) -> list[tuple[str, str]]:
    """What must be put right, for components/errors.html."""
    faults = []
    if not typed.criteria:
        faults.append(("#add-criterion", _("Oppgaven trenger minst ett kriterium.")))
    if not MIN_LEVELS <= len(typed.levels) <= MAX_LEVELS:
        faults.append(("#add-level", _("Det må være fra to til seks nivåer.")))
    for n, level in enumerate(typed.levels, 1):
        faults += _name_faults(f"#level-{n}", level.name, _("Gi nivå %(number)d et navn.", number=n))
    for n, row in enumerate(typed.criteria, 1):
        faults += _name_faults(f"#criterion-{n}", row.name, _("Gi kriterium %(number)d et navn.", number=n))
        faults += [fault for m, text in enumerate((row.guidance, *row.descriptors)) for fault in _long(n, m, text)]
    return faults


def to_store(typed: RubricText, stored: Rubric) -> Rubric:
    """The typed rubric with its keys; a word that is the default's own, in any language, is left out (None).

    :raise NotFound: a row is said to be made from one the assignment does not have.
    """
    level_keys = _keys((level.id, level.key) for level in stored.levels)
    keys = _keys((row.id, row.key) for row in stored.criteria)
    levels = tuple(
        RubricLevel(int(level.id or 0), number, key, own_words(phrases.LEVELS.get(key or ""), level.name))
        for number, level in enumerate(typed.levels, 1)
        for key in [_key(level_keys, level.id)]
    )
    return Rubric(
        tuple(
            _criterion(row, position, _key(keys, row.id), levels) for position, row in enumerate(typed.criteria, 1)
        ),
        levels,
    )


def own_words(default: LazyString | None, typed: str) -> str | None:
    """What a teacher has written; None where it is the default's text in one of our languages, or both are empty."""
    return None if typed in _in_every_language(default) else typed


def _criterion(row: CriterionText, position: int, key: str | None, levels: tuple[RubricLevel, ...]) -> RubricCriterion:
    own = {
        level.number: own_words(phrases.DESCRIPTORS.get((key or "", level.key or "")), text)
        for level, text in zip(levels, row.descriptors, strict=True)
    }
    return RubricCriterion(
        int(row.id or 0), position, key,
        own_words(phrases.CRITERIA.get(key or ""), row.name),
        own_words(phrases.GUIDANCE.get(key or ""), row.guidance),
        {number: text for number, text in own.items() if text is not None},
    )


def _in_every_language(default: LazyString | None) -> set[str]:
    if default is None:
        return {""}
    words = set()
    for code in LANGUAGES:
        with force_locale(code):
            words.add(line(str(default)))
    return words


def _keys(rows: Iterable[tuple[int, str | None]]) -> dict[str, str | None]:
    """Id, as the form has it -> key."""
    return {str(id): key for id, key in rows}


def _key(keys: dict[str, str | None], id: str) -> str | None:
    """The key of the row made from that one, which no other row can be made from; a new row has none."""
    if id and id not in keys:
        raise NotFound(f"rubric row {id}")
    return keys.pop(id, None)


def _paired(sent: MultiDict[str, str], first: str, *names: str) -> Iterable[tuple[str, ...]]:
    columns = [[line(one) for one in sent.getlist(name)] for name in (first, *names)]
    high = len(columns[0])
    return zip(*(_filled(column[:high], high) for column in columns), strict=True)


def _filled(row: list[str], wide: int) -> tuple[str, ...]:
    return (*row, *[""] * (wide - len(row)))


def _name_faults(href: str, name: str, sentence: str) -> list[tuple[str, str]]:
    if len(name) > MAX_NAME:
        return [(href, _("Et navn kan ha høyst %(num)d tegn.", num=MAX_NAME))]
    return [] if name else [(href, sentence)]


def _long(row: int, place: int, text: str) -> list[tuple[str, str]]:
    href = f"#descriptor-{row}-{place}" if place else f"#guidance-{row}"
    return [(href, _("En beskrivelse kan ha høyst %(num)d tegn.", num=MAX_TEXT))] if len(text) > MAX_TEXT else []
