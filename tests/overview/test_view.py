"""The address decides which rows are shown, in which order, with which figure."""

from __future__ import annotations

import pytest

from blogreview.domain.remarks import Matter, Remark
from blogreview.domain.terms import GradeState, GradingScale
from blogreview.overview.rows import Cell, TeamRow
from blogreview.overview.view import Filter, View, kept_by


def row(name: str, **changes) -> TeamRow:
    values = {
        "slug": name.lower(), "name": name, "title": "Tittel", "hidden": False, "sent": 3, "wanted": 3,
        "cells": (Cell((0, 1, 2, 0), mean=2.7, estimate=2.5),), "suggestions": 4, "remarks": (), "grade": None,
        "state": None,
    }
    return TeamRow(**(values | changes))


ROWS = [
    row("Ørn", sent=2, remarks=(Remark(Matter.MISSING, count=1),), suggestions=9),
    row("Bjørk", grade="C", state=GradeState.READY, cells=(Cell((1, 0, 0, 0), mean=1.0, estimate=2.9),)),
    row("Alm", title=None, sent=0, wanted=0, remarks=(Remark(Matter.NOT_PUBLISHED),), cells=(Cell((0, 0, 0, 0)),)),
    row("Selje", grade="A", state=GradeState.DRAFT, suggestions=1),
]


def names(**asked: str) -> list[str]:
    view = View.of(asked, criteria=1)
    return [row.name for row in view.rows(ROWS, GradingScale.LETTERS)]


def test_everything_is_shown_by_name_unless_asked():
    assert names() == ["Alm", "Bjørk", "Selje", "Ørn"]


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ("all", ["Alm", "Bjørk", "Selje", "Ørn"]),
        ("look", ["Alm", "Ørn"]),
        ("missing", ["Ørn"]),
        ("ungraded", ["Alm", "Ørn"]),
    ],
)
def test_a_filter_keeps_as_many_as_it_says(chosen, expected):
    assert names(filter=chosen) == expected
    assert kept_by(Filter(chosen), ROWS) == len(expected)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"sort": "team", "down": "1"}, ["Ørn", "Selje", "Bjørk", "Alm"]),
        ({"sort": "readers"}, ["Alm", "Ørn", "Bjørk", "Selje"]),
        ({"sort": "suggestions", "down": "1"}, ["Ørn", "Alm", "Bjørk", "Selje"]),
        ({"sort": "1"}, ["Selje", "Ørn", "Bjørk", "Alm"]),
        ({"sort": "1", "down": "1"}, ["Bjørk", "Selje", "Ørn", "Alm"]),
        ({"sort": "1", "mean": "1"}, ["Bjørk", "Selje", "Ørn", "Alm"]),
        ({"sort": "grade"}, ["Bjørk", "Selje", "Alm", "Ørn"]),
        ({"sort": "grade", "down": "1"}, ["Selje", "Bjørk", "Alm", "Ørn"]),
    ],
)
def test_rows_sort_by_what_is_shown_and_those_without_come_last(asked, expected):
    assert names(**asked) == expected


@pytest.mark.parametrize("asked", [{"filter": "x"}, {"sort": "2"}, {"sort": "0"}, {"down": "yes"}, {"find": "   "}])
def test_what_the_address_cannot_mean_is_the_default(asked):
    assert View.of(asked, criteria=1) == View()


def test_a_view_says_only_what_is_not_the_default():
    view = View.of({"filter": "look", "find": "ål & ørn", "sort": "1", "down": "1", "mean": "1"}, criteria=1)

    assert view.changed() == "?filter=look&find=%C3%A5l+%26+%C3%B8rn&sort=1&down=1&mean=1"
    assert view.changed(filter=Filter.ALL, find="", mean=False) == "?sort=1&down=1"


def test_a_second_press_on_a_heading_turns_the_order():
    assert View().sorted_by("1") == "?sort=1"
    assert View(sort="1").sorted_by("1") == "?sort=1&down=1"
    assert View(sort="1", down=True).sorted_by("1") == "?sort=1"
    assert View().sorted_by("suggestions") == "?sort=suggestions&down=1"
