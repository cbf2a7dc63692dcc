"""Names as words of an address."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blogreview.domain.slugs import slugify, unique_slug


@pytest.mark.parametrize(
    ("name", "slug"),
    (
        ("Sju fjell", "sju-fjell"),
        ("Tyttebær & Ål", "tyttebaer-al"),
        ("  MRK2104 — høst 2026 ", "mrk2104-host-2026"),
        ("Ærø–Đặng, straße", "aero-dang-strasse"),
        ("فريق", ""),
        ("🎉🎉", ""),
        ("a" * 80, "a" * 60),
        ("a" * 59 + " b", "a" * 59),
    ),
)
def test_a_name_is_spelled_with_letters_digits_and_hyphens(name: str, slug: str) -> None:
    assert slugify(name) == slug


def test_a_slug_that_is_taken_gets_the_next_number() -> None:
    assert unique_slug("Lyng", {"lyng", "lyng-2"}, "team") == "lyng-3"


def test_a_name_that_gives_none_is_called_after_its_kind_and_its_place_among_the_others() -> None:
    assert unique_slug("فريق", {f"t{n}" for n in range(6)}, "team") == "team-7"
    assert unique_slug("🎉", {"team-2"}, "team") == "team-3"


@given(st.text(max_size=120), st.sets(st.sampled_from(("team-1", "team-2", "a", "a-2"))))
def test_every_name_gets_a_free_slug_that_fits_its_column(name: str, taken: set[str]) -> None:
    slug = unique_slug(name, taken, "team")
    assert re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", slug)
    assert slug not in taken
    assert len(slug) <= 80
