"""A picture as a line of Markdown, and published HTML cut at its pictures."""

from __future__ import annotations

from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from blogreview.domain.markup import Picture, render
from blogreview.posts.drafts import picture_line, with_line
from blogreview.posts.pieces import Piece, Veil, pieces

ONE, TWO = "a" * 64, "b" * 64
PICTURES = {name: Picture(name, ((480, 300), (960, 600))) for name in (ONE, TWO)}
LINE = st.text(st.characters(categories=("L", "N", "P", "S", "Zs"), exclude_characters="\xad")).map(
    lambda text: " ".join(text.split())
)


def drawn(line):
    return render(line, pictures=PICTURES, prefix="a-")


def test_a_picture_without_words_is_decoration():
    assert picture_line(ONE, "", "") == f"![](image:{ONE}#decoration)"
    assert 'alt=""' in drawn(picture_line(ONE, "", ""))


@given(LINE, LINE)
def test_the_words_of_a_picture_come_out_as_they_were_typed(alt, caption):
    html = drawn(picture_line(ONE, alt, caption))

    assert html.startswith("<figure><img")
    assert unescape(html.partition(' alt="')[2].partition('"')[0]) == alt
    if caption:
        assert unescape(html.partition("<figcaption>")[2].partition("</figcaption>")[0]) == caption


def test_the_line_is_a_paragraph_of_its_own():
    assert with_line("", "![]") == "![]\n"
    assert with_line("Tekst  \n\n", "![]") == "Tekst\n\n![]\n"


def test_html_is_cut_where_a_picture_is_veiled_and_nowhere_else():
    html = drawn(f'![a > "b"](image:{ONE})\n\nOrd ![c](image:{TWO}) ord\n\n![d](image:{ONE} "e")')
    first, rest = html.split("<img", 1)
    image, rest = rest.split('width="960">', 1)

    assert pieces(html, {}) == (Piece(html),)
    shown = pieces(html, {ONE: Veil.MARKED})
    assert [piece.veil for piece in shown] == [Veil.MARKED, Veil.MARKED, None]
    assert "".join(piece.html for piece in shown) == html
    assert shown[0].html == f'{first}<img{image}width="960">'
    gone = pieces(html, {ONE: Veil.WITHDRAWN, TWO: Veil.HIDDEN})
    assert [piece.veil for piece in gone] == [Veil.WITHDRAWN, Veil.HIDDEN, Veil.WITHDRAWN, None]
    assert "".join(piece.html for piece in gone) == (
        "<figure></figure>\n<p>Ord  ord</p>\n<figure><figcaption>e</figcaption></figure>"
    )
