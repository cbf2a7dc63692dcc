from __future__ import annotations

import csv

import pytest

from blogreview.domain.csv_text import csv_text


def test_a_spreadsheet_gets_semicolons_and_a_byte_order_mark():
    assert csv_text([["Team", 3, None], ["A;B", 'si "hei"', "1,5"]]) == '\ufeffTeam;3;\r\n"A;B";"si ""hei""";1,5\r\n'


@pytest.mark.parametrize("text", ["=1+1", "+47 123", "-2", "@navn", "\tx", "\rx"])
def test_text_never_becomes_a_formula(text):
    line, = csv.reader(csv_text([[text]]).removeprefix("\ufeff").splitlines(keepends=True), delimiter=";")

    assert line == [f"'{text}"]


def test_numbers_keep_their_sign():
    assert csv_text([[-2, 0.5]]) == "\ufeff-2;0.5\r\n"
