"""The last step to HTML: what may stand on a page. Everything not listed here is taken out.

The Content-Security-Policy forbids styles and scripts in a page, and no page asks another host for
anything: so no ``style``, and no image but our own.
"""

from __future__ import annotations

import re

import nh3

# Control characters, halves of surrogate pairs, code points that are no characters.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff"
    + "".join(chr(plane * 0x10000 + last) for plane in range(1, 17) for last in (0xFFFE, 0xFFFF))
    + "]"
)

_BLOCKS = {"p", "br", "hr", "h3", "h4", "h5", "h6", "blockquote", "pre", "ul", "ol", "li", "div"}
_WORDS = {"strong", "em", "del", "mark", "sup", "code", "a", "span"}
_THINGS = {"img", "figure", "figcaption", "table", "thead", "tbody", "tr", "th", "td"}
_ATTRIBUTES = {
    "a": {"href", "title"},
    "div": {"aria-label"},
    "img": {"src", "srcset", "sizes", "width", "height", "alt", "title"},
    "li": {"id"},
    "ol": {"start"},
    "sup": {"id"},
}
_ATTRIBUTE_VALUES = {
    "a": {"role": {"doc-noteref", "doc-backlink"}},
    "div": {"role": {"group"}, "tabindex": {"0"}},
    "img": {"loading": {"lazy"}, "decoding": {"async"}},
}
_ALIGNMENTS = {"align-left", "align-center", "align-right"}
_CLASSES = {
    "a": {"elsewhere", "footnote-ref", "footnote-backref"},
    "div": {"footnote", "scrollx"},
    "span": {"elsewhere"},
    "td": _ALIGNMENTS,
    "th": _ALIGNMENTS,
}
_MEDIA = r"/media/[0-9a-f]{64}/\d+\.webp"


def sanitised(html: str, prefix: str) -> str:
    """Take out of HTML every tag, attribute and value that this module does not list.

    :param prefix: how every id, and every link within the page, must start.
    """
    own = re.escape(prefix) + r"fn\d+"
    rules = {
        "id": re.compile(own),
        "href": re.compile(rf"(?i:https?://|mailto:).+|#{own}", re.DOTALL),
        "src": re.compile(_MEDIA),
        "srcset": re.compile(rf"{_MEDIA} \d+w(?:, {_MEDIA} \d+w)*"),
    }

    def kept(_tag: str, attribute: str, value: str) -> str | None:
        rule = rules.get(attribute)
        return value if rule is None or rule.fullmatch(value) else None

    clean = nh3.clean(
        html,
        tags=_BLOCKS | _WORDS | _THINGS,
        attributes=_ATTRIBUTES,
        attribute_filter=kept,
        link_rel="nofollow noopener noreferrer",
        generic_attribute_prefixes=set(),
        tag_attribute_values=_ATTRIBUTE_VALUES,
        url_schemes={"http", "https", "mailto"},
        allowed_classes=_CLASSES,
    )
    # An entity such as &#1; has become the character by now.
    return printable(clean)


def printable(text: str) -> str:
    """Drop the code points that HTML cannot hold."""
    return _UNPRINTABLE.sub("", text)
