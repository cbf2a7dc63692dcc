"""Whatever is written, what comes out parses strictly and holds nothing but what is listed here."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

import html5lib
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from blogreview.domain.markup import MAX_SOURCE, Picture, escaped, plain_text, referenced_images, render, word_count

HASH = "a" * 64
PICTURES = {HASH: Picture(HASH, ((480, 320), (960, 640)))}
MEDIA = rf"/media/{HASH}/(480|960)\.webp"
NUMBER = r"\d+"
ANYTHING = r"(?s:.*)"
OWN = r"a-fn\d+"
ALIGNED = {"class": "align-(left|center|right)"}
PLAIN = {
    *("p", "br", "hr", "h3", "h4", "h5", "h6", "blockquote", "pre", "ul", "figure", "figcaption"),
    *("strong", "em", "del", "mark", "code", "table", "thead", "tbody", "tr"),
}
ALLOWED: dict[str, dict[str, str]] = {
    "a": {
        "href": rf"(?is:https?://.+|mailto:.+)|#{OWN}",
        "title": ANYTHING,
        "rel": "nofollow noopener noreferrer",
        "class": "elsewhere|footnote-ref|footnote-backref",
        "role": "doc-noteref|doc-backlink",
    },
    "div": {"class": "footnote|scrollx", "tabindex": "0", "role": "group", "aria-label": ANYTHING},
    "img": {
        "src": MEDIA,
        "srcset": f"{MEDIA} 480w, {MEDIA} 960w",
        "sizes": re.escape("(max-width: 48rem) 100vw, 640px"),
        "width": NUMBER,
        "height": NUMBER,
        "alt": ANYTHING,
        "title": ANYTHING,
        "loading": "lazy",
        "decoding": "async",
    },
    "li": {"id": OWN},
    "ol": {"start": NUMBER},
    "span": {"class": "elsewhere"},
    "sup": {"id": OWN},
    "td": ALIGNED,
    "th": ALIGNED,
}


def assert_safe(html: str) -> Element:
    """The parsed fragment, once everything in it is known to be allowed."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    root = parser.parseFragment(html)
    for element in root.iter():
        if element is root:
            continue
        allowed = {} if element.tag in PLAIN else ALLOWED[element.tag]
        assert [name for name in element.attrib if not re.fullmatch(allowed[name], element.attrib[name])] == []
    ids = [element.attrib["id"] for element in root.iter() if "id" in element.attrib]
    assert len(ids) == len(set(ids))
    targets = [link.get("href", "") for link in root.iter("a")]
    assert {target[1:] for target in targets if target.startswith("#")} <= set(ids)
    return root


def rendered(source: str) -> str:
    return render(source, pictures=PICTURES, prefix="a-")


@pytest.mark.parametrize(
    "raw",
    [
        "<script>alert(1)</script>",
        "<b onclick=alert(1)>fet</b>",
        '<p style="position:fixed">x</p>',
        "<svg onload=alert(1)><path/></svg>",
        "<img src=x onerror=alert(1)>",
        "<!-- [if gte mso 9]><xml></xml><![endif] -->",
        "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
        "</div></body><iframe src=https://ond.no>",
        "<a href='javascript:alert(1)'>x</a>",
        "<?php echo 1 ?>",
        "<![CDATA[x]]>",
    ],
)
def test_raw_html_is_shown_as_the_text_it_is(raw: str) -> None:
    assert "".join(assert_safe(rendered(raw)).itertext()) == raw


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\tscript:alert(1)",
        "&#106;avascript:alert(1)",
        "javascript&colon;alert(1)",
        "\x01javascript:alert(1)",
        "data:text/html;base64,PHNjcmlwdD4=",
        "vbscript:x",
        "file:///etc/passwd",
        "<javascript:alert(1)>",
        "http:javascript:alert(1)",
        'https://a" onmouseover="alert(1)',
    ],
)
@pytest.mark.parametrize("shape", ["[x]({})", "![x]({})", "[x][r]\n\n[r]: {}", "<{}>", "[x]({} 'title')"])
def test_no_address_runs_anything(address: str, shape: str) -> None:
    root = assert_safe(rendered(shape.format(address)))
    assert {link.get("href") for link in root.iter("a")} <= {"https://a"}


@pytest.mark.parametrize("title", ['" onerror="x', "'><script>", "</figcaption><script>alert(1)</script>"])
def test_no_title_or_alternative_text_breaks_out(title: str) -> None:
    root = assert_safe(rendered(f"![{title}](image:{HASH} \"{title}\")\n\n[{title}](https://a.no '{title}')"))
    assert [element.tag for element in root.iter()].count("script") == 0


def test_characters_that_html_cannot_hold_are_dropped() -> None:
    assert rendered("a\x00b\x0b\x7f\x85c\ufffed\U0001ffff\ud800e &#1;&#x7f;&#xFFFE;&#0;f\u202e") == (
        "<p>abcde \ufffdf\u202e</p>"
    )


def test_the_placeholders_of_the_library_cannot_be_forged() -> None:
    assert rendered("\x02wzxhzdk:0\x03 \x02klzzwxh:0000\x03 &amp;") == "<p>wzxhzdk:0 klzzwxh:0000 &amp;</p>"


def test_an_address_that_would_be_multiplied_is_refused() -> None:
    with pytest.raises(ValueError, match="too long"):
        rendered("[a]: http://x.no/" + "y" * 30_000 + "\n\n" + "[a]" * 9_000)


@pytest.mark.parametrize("nested", ["> " * 60 + "x", "".join("    " * depth + "- x\n" for depth in range(40))])
def test_nesting_within_reason_is_rendered(nested: str) -> None:
    assert_safe(rendered(nested))


@pytest.mark.parametrize(
    "trap", ["[" * MAX_SOURCE, "* * *" * 12_000, "](" * 30_000, "\n" * MAX_SOURCE, "\xa0\n" * 30_000, "<" * MAX_SOURCE]
)
def test_what_does_not_parse_markdown_is_linear(trap: str) -> None:
    html = escaped(trap)
    assert len(html) <= 9 * len(trap) + 7
    assert (word_count(trap), referenced_images(trap)) == (0, ())
    assert plain_text(html).count("[") == trap.count("[")


PIECES = st.sampled_from(
    [
        *(
            "*",
            "**",
            "_",
            "`",
            "```",
            "~~",
            "==",
            "~",
            "#",
            "##",
            "> ",
            "- ",
            "1. ",
            "+ ",
            "***",
            "---",
            "===",
            "|",
            "-|-",
        ),
        *(
            "[",
            "]",
            "(",
            ")",
            "![",
            "](",
            "[^1]",
            "[^1]: ",
            "[^a b]",
            "[r]: ",
            "[r]",
            "<",
            ">",
            '"',
            "'",
            "&",
            ";",
            "\\",
        ),
        *(
            "\n",
            "\n\n",
            "\n    ",
            "\t",
            " ",
            "\xa0",
            "\r\n",
            "\x00",
            "\x02",
            "\x03",
            "\u202e",
            "\ufffe",
            "👩‍👧",
            "مرحبا",
            "å",
        ),
        *(
            "https://a.no",
            "//a.no",
            "www.a.no",
            "a@b.no",
            "javascript:alert(1)",
            "data:text/html,x",
            "&#106;",
            "&colon;",
        ),
        *(
            "<script>",
            "</p>",
            "<svg onload=x>",
            "<!--",
            "-->",
            "<b style=x>",
            "<a href=x>",
            "<![CDATA[",
            "&nbsp;",
            "&#1;",
        ),
        *(f"image:{HASH}", f"![alt](image:{HASH} 'tekst')", f"![](image:{HASH}#decoration)", "![x](https://ond.no/x)"),
        *("a|b\n:-|-:\n1|2", "///Footnotes Go Here///", "klzzwxh:0000", "wzxhzdk:0", "ord", "7"),
    ]
)
SOURCES = st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=120)


@settings(max_examples=400)
@given(SOURCES)
@example("[a [b](http://c.no) ![c](http://d.no)](http://e.no)")
@example("[^1]\n\n[^1]: [^1] [x](#fn:1)\n\n    a|b\n    -|-")
def test_whatever_is_written_the_html_is_safe(source: str) -> None:
    html = rendered(source)
    assert_safe(html)
    assert rendered(source) == html


@settings(max_examples=200)
@given(SOURCES)
def test_whatever_is_written_the_escaped_text_is_safe_and_whole(source: str) -> None:
    root = assert_safe(escaped(source))
    assert {element.tag for element in root.iter()} <= {root.tag, "p", "br"}
    kept = re.sub(r"[\x00-\x1f\x7f-\x9f\ufffe\uffff\ufeff\ud800-\udfff\ufdd0-\ufdef]", " ", source)
    assert "".join("".join(root.itertext()).split()) == "".join(kept.split())
