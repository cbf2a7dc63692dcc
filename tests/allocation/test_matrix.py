"""The grid's measures."""

from __future__ import annotations

from blogreview.allocation.matrix import Label, Matrix, Square, drawn

TWO = [(7, "Lyng"), (9, "Team med et svært langt navn")]


def test_a_small_grid_is_measured_out() -> None:
    assert drawn(TWO, filled={(7, 9), (9, 7)}, broken={(9, 7)}, chosen=9) == Matrix(
        view_box="-160 -160 640 200",
        wide=False,
        side=40,
        labels=(Label("Lyng", 14.5, False), Label("Team med et svært l…", 34.5, True)),
        own=(8.5, 28.5),
        squares=(Square(23, 3, "pick"), Square(3, 23, "bad")),
        column=20,
    )


def test_none_and_too_many_teams_are_not_drawn() -> None:
    many = [(n, f"T{n}") for n in range(61)]

    assert (drawn([], set(), set(), None), drawn(many, set(), set(), None)) == (None, None)


def test_what_is_not_among_the_teams_is_left_out() -> None:
    grid = drawn(TWO, filled={(7, 8), (8, 7)}, broken=set(), chosen=None)

    assert grid is not None
    assert (grid.squares, grid.column) == ((), None)


def test_a_large_grid_is_wider_than_the_page() -> None:
    grid = drawn([(n, f"T{n}") for n in range(40)], set(), set(), None)

    assert grid is not None
    assert (grid.wide, grid.view_box) == (True, "-41 -41 1241 841")
