"""Codes that are read aloud and typed by hand."""

from __future__ import annotations

import random

import pytest

from blogreview.domain.join_codes import ALPHABET, make_code, normal_code


def test_a_code_has_eight_characters_that_do_not_look_alike() -> None:
    assert set(ALPHABET) & set("01OIL") == set()
    assert make_code(random.Random(1).choice) == "6MWUT4A5"


@pytest.mark.parametrize("typed", ("h7k3m2px", " H7K3 M2PX ", "h7k3-m2px", "H7K3\u00a0M2PX"))
def test_case_and_spaces_do_not_matter(typed: str) -> None:
    assert normal_code(typed) == "H7K3M2PX"
