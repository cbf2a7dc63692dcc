"""What keeps a draft from being published."""

from __future__ import annotations

import pytest

from blogreview.domain.publishing import Finding, Lack, findings

HASH = "0f" * 32


def test_a_draft_with_everything_has_no_findings():
    assert findings("Tittel", {1: "Fordi.", 2: f"![Et brød](image:{HASH})"}) == ()


def test_what_is_missing_comes_in_the_order_of_the_page():
    assert findings(" \n", {7: "", 3: "Mål.", 5: f"![](image:{HASH})"}) == (
        Finding(Lack.TITLE), Finding(Lack.ANSWER, 7), Finding(Lack.DESCRIPTION, 5),
    )


@pytest.mark.parametrize(
    "body", (f"![](image:{HASH})", f"![ \t](image:{HASH})", f'x ![](image:{HASH} "Dagens") y', f"![](<image:{HASH}>)")
)
def test_a_picture_without_words_lacks_a_description(body):
    assert findings("Tittel", {1: body}) == (Finding(Lack.DESCRIPTION, 1),)


@pytest.mark.parametrize(
    "body",
    (f"![](image:{HASH}#decoration)", f"![a](image:{HASH})", "![](https://example.org/x.png)", f"image:{HASH}"),
)
def test_decoration_words_and_what_is_no_picture_of_ours_lack_nothing(body):
    assert findings("Tittel", {1: body}) == ()
