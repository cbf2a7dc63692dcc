"""Images in Markdown: ours are shown, nobody else's."""

from __future__ import annotations

import pytest

from blogreview.domain.markup import Picture, referenced_images, render

A, B = "a" * 64, "0b" * 32
PICTURES = {A: Picture(A, ((480, 320), (960, 640), (1600, 1067))), B: Picture(B, ((1100, 1),))}
REL = 'rel="nofollow noopener noreferrer"'


def rendered(source: str) -> str:
    return render(source, pictures=PICTURES, prefix="a-")


def image(alt: str, title: str = "") -> str:
    return (
        f'<img alt="{alt}" decoding="async" height="640" loading="lazy" '
        f'sizes="(max-width: 48rem) 100vw, 640px" src="/media/{A}/960.webp" '
        f'srcset="/media/{A}/480.webp 480w, /media/{A}/960.webp 960w, /media/{A}/1600.webp 1600w"{title} width="960">'
    )


@pytest.mark.parametrize(
    ("source", "html"),
    [
        (f"![Kaia](image:{A})", f"<figure>{image('Kaia')}</figure>"),
        (
            f'![Kaia](image:{A} "Sett fra *sør*")',
            f"<figure>{image('Kaia')}<figcaption>Sett fra *sør*</figcaption></figure>",
        ),
        (f"![](image:{A}#decoration)", f"<figure>{image('')}</figure>"),
        (f'![x](image:{A}#decoration "Pynt")', f"<figure>{image('')}<figcaption>Pynt</figcaption></figure>"),
        (f'![Kaia][k]\n\n[k]: image:{A} "Sør"', f"<figure>{image('Kaia')}<figcaption>Sør</figcaption></figure>"),
        (f'![a "b" & <c>](image:{A})', f"<figure>{image('a &quot;b&quot; &amp; &lt;c&gt;')}</figure>"),
    ],
)
def test_an_image_alone_in_its_paragraph_is_a_figure(source: str, html: str) -> None:
    assert rendered(source) == html


def test_an_image_among_words_stays_among_them() -> None:
    title = ' title="Sør"'
    assert rendered(f'Se ![Kaia](image:{A} "Sør") her') == f"<p>Se {image('Kaia', title)} her</p>"


def test_a_picture_with_one_width_is_shown_in_it() -> None:
    assert f'height="1" loading="lazy" sizes="(max-width: 48rem) 100vw, 640px" src="/media/{B}/1100.webp"' in rendered(
        f"![x](image:{B})"
    )


@pytest.mark.parametrize(
    ("source", "html"),
    [
        (f"![Borte](image:{'c' * 64})", '<span class="elsewhere">Borte</span>'),
        (f'![](image:{"c" * 64} "Teksten")', '<span class="elsewhere">Teksten</span>'),
        (f"![Kort](image:{A[:63]})", '<span class="elsewhere">Kort</span>'),
        (f"![Stor](image:{A.upper()})", '<span class="elsewhere">Stor</span>'),
        ("![Katt](https://ond.no/k.png)", f'<a class="elsewhere" href="https://ond.no/k.png" {REL}>Katt</a>'),
        ("![](http://u@ond.no:80/k.png)", f'<a class="elsewhere" href="http://u@ond.no:80/k.png" {REL}>ond.no:80</a>'),
        ("![x](//ond.no/k.png)", '<span class="elsewhere">x</span>'),
        ("![x](data:image/png;base64,AAAA)", '<span class="elsewhere">x</span>'),
        ("![x](javascript:alert(1))", '<span class="elsewhere">x</span>'),
        (f"![x](/media/{A}/480.webp)", '<span class="elsewhere">x</span>'),
    ],
)
def test_an_image_that_is_not_ours_never_becomes_one(source: str, html: str) -> None:
    assert rendered(source) == f"<p>{html}</p>"


def test_an_image_elsewhere_inside_a_link_is_words_of_that_link() -> None:
    assert rendered("[![Katt](https://ond.no/k.png)](https://vg.no)") == (
        f'<p><a href="https://vg.no" {REL}><span class="elsewhere">Katt</span></a></p>'
    )


def test_a_link_round_a_nameless_image_is_named_by_its_address() -> None:
    assert rendered(f"[![](image:{A})](https://vg.no)") == (
        f'<p><a href="https://vg.no" {REL}>https://vg.no{image("")}</a></p>'
    )


def test_the_images_a_source_refers_to_are_named_once_in_order() -> None:
    source = f"![b](image:{B}) ![a][1] `image:{A}` image:{B}#decoration image:{A}0 image:{'C' * 64}\n\n[1]: image:{A}"
    assert referenced_images(source) == (B, A)
