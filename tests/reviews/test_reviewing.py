"""What a review lacks, and how a quoted passage is found."""

from __future__ import annotations

import pytest

from blogreview.domain.reviewing import Gap, Judgement, ReviewLack, Said, as_json, comparable, gaps, lost_places
from blogreview.domain.rubric import Rubric, RubricCriterion, RubricLevel
from blogreview.domain.terms import CommentKind, ReviewKind

RUBRIC = Rubric(
    (RubricCriterion(7, 1, "goals"), RubricCriterion(8, 2, "examples")),
    tuple(RubricLevel(n, n) for n in (1, 2, 3)),
)
STRENGTH, CHANGE = CommentKind.STRENGTH, CommentKind.CHANGE
TEXT = "Vi vil nå ti tusen.\nOg så måler vi."
WHOLE = (
    Judgement(7, 2, (Said(CHANGE, "Si når."),)),
    Judgement(8, 3, (Said(STRENGTH, "Godt valgt."),)),
)


def lacking(*content, kind=ReviewKind.PEER):
    return gaps(content, RUBRIC, TEXT, kind)


def test_a_level_and_a_change_each_are_enough_and_at_the_top_level_a_strength_instead():
    assert lacking(*WHOLE) == ()


def test_an_empty_review_lacks_a_level_and_a_change_on_each_criterion():
    assert lacking(Judgement(7), Judgement(8)) == (
        Gap(7, ReviewLack.LEVEL), Gap(7, ReviewLack.CHANGE, CHANGE),
        Gap(8, ReviewLack.LEVEL), Gap(8, ReviewLack.CHANGE, CHANGE),
    )


def test_at_the_top_level_a_change_does_not_do_for_a_strength():
    assert lacking(Judgement(7, 3, (Said(CHANGE, "Enda kortere."),))) == (Gap(7, ReviewLack.STRENGTH, STRENGTH),)


def test_below_it_a_strength_does_not_do_for_a_change():
    assert lacking(Judgement(7, 1, (Said(STRENGTH, "Fint."),))) == (Gap(7, ReviewLack.CHANGE, CHANGE),)


def test_a_teachers_own_marks_may_leave_everything_out():
    assert lacking(Judgement(7), Judgement(8, 1), kind=ReviewKind.TEACHER) == ()


@pytest.mark.parametrize("kind", tuple(ReviewKind))
def test_a_quote_must_stand_in_the_text_and_have_words_of_its_own(kind):
    found, elsewhere = Said(CHANGE, "Når?", "ti tusen"), Said(CHANGE, "Hva?", "hundre", row=1)
    content = Judgement(7, 2, (found, elsewhere, Said(CHANGE, "", "måler", row=3)))
    assert lacking(content, kind=kind) == (
        Gap(7, ReviewLack.PLACE, CHANGE, 1), Gap(7, ReviewLack.TEXT, CHANGE, 3),
    )


@pytest.mark.parametrize(
    "quote",
    ("ti tusen", "«ti tusen»", "  ti \n tusen ", "ti\u00a0tusen", "ti tu\u00adsen", "tusen. Og så", "ma\u030aler"),
)
def test_white_space_quotation_marks_and_invisible_characters_do_not_matter(quote):
    assert comparable(quote) in comparable(TEXT)


def test_quotes_that_stood_in_an_earlier_text_only_are_lost_each_named_once():
    content = (Judgement(7, 2, (Said(CHANGE, "a", "ti tusen"), Said(CHANGE, "b", "fem"), Said(STRENGTH, "c", "fem"),
                                Said(CHANGE, "d", "aldri skrevet"), Said(CHANGE, "e"))),)
    assert lost_places(content, TEXT, "Vi vil nå ti tusen og fem.") == ("fem",)


def test_a_snapshot_holds_levels_and_comments_in_order():
    assert as_json((Judgement(7, 2, (Said(CHANGE, "Si når.", "nå", "ab12", 4),)), Judgement(8))) == [
        {"criterion": 7, "level": 2, "comments": [{"id": "ab12", "kind": "change", "text": "Si når.", "quote": "nå"}]},
        {"criterion": 8, "level": None, "comments": []},
    ]
