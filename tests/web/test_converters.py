"""An address that no database could look up is not found."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "address",
    (
        "/courses/some-h26/assignments/2147483648/posts/",
        f"/courses/some-h26/assignments/{'9' * 50}/posts/",
        f"/courses/some-h26/assignments/{'9' * 5000}/posts/",
        "/courses/some%00h26/assignments/1/posts/",
        "/courses/some-h26/assignments/1/posts/sa%00fa/",
        "/courses/some-h26/assignments/1/posts/%ED%A0%80/",
        "/courses/some-h26/assignments/0/posts/",
        "/courses/some-h26/assignments/-1/posts/",
    ),
)
def test_what_no_database_holds_is_not_found(as_, world, address):
    # Not inspected: the page repeats the address, NUL and all.
    assert as_(world.kari).client.get(address).status_code == 404


def test_the_largest_number_a_column_holds_is_looked_up(as_, world):
    assert as_(world.kari).get("/courses/some-h26/assignments/2147483647/posts/").status_code == 404
