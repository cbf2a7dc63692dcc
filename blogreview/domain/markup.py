"""Markdown as students write it -> HTML that is safe to put on a page, pure.

Markdown has slow corners: some short sources take minutes or overflow the stack. Call `render` where it
can be killed (``web/renderer.py``); `escaped` is what a page shows when it was.
"""

from __future__ import annotations

import html as entities
import re
from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

import nh3
from markdown import Markdown
from markdown.util import AMP_SUBSTITUTE

from blogreview.domain.sanitiser import printable, sanitised

SANITISER_VERSION = 1
"""Raised whenever `render` or `escaped` would give other HTML for a source; what is stored is made anew."""

MAX_SOURCE = 60_000
"""Characters of Markdown in one text. Forms refuse more; nothing here cuts."""

MAX_HTML = 1_000_000
"""Characters, tags aside, that a text may become: a long address behind many short references multiplies."""

_WORDS_A_MINUTE = 200

_EXTENSIONS = ("tables", "footnotes", "sane_lists", "pymdownx.tilde", "pymdownx.mark", "pymdownx.magiclink")
_OPTIONS = {
    "tables": {"use_align_attribute": True},
    # The arrow as text, not as a coloured picture.
    "footnotes": {"BACKLINK_TITLE": "", "BACKLINK_TEXT": "&#8617;&#65038;"},
    "pymdownx.tilde": {"subscript": False},
}

_PICTURE = re.compile(r"image:([0-9a-f]{64})(#decoration)?(?![0-9a-z])")
_OUTSIDE = re.compile(
    r"(?:https?://(?:[^/?#@\s]*@)?([\w-]+(?:\.[\w-]+)*\.?(?::\d{1,5})?)(?=[/?#]|$)|mailto:\S).*",
    re.IGNORECASE | re.DOTALL,
)
# How the library hides the letters of a mail address.
_MASKED = re.compile(re.escape(AMP_SUBSTITUTE) + r"#(\d+);")
# Word and a Mac's Option+Space leave no-break spaces where Markdown looks for a plain one.
_BLANK_LINE = re.compile(r"^[ \t\xa0]+$", re.MULTILINE)
_MARKER = re.compile(r"^( {0,12}(?:[-*+]|#{1,6}|\d{1,3}\.)) ?\xa0[ \xa0]*", re.MULTILINE)

_TARGET = re.compile(r"\]\([^\s)]*|^ {0,3}\[[^\]\n]{1,200}\]:[ \t]*\S+|https?://\S+", re.MULTILINE)
_WORD = re.compile(r"[^\W_]+(?:['\u2019.,-][^\W_]+)*")
_END_OF_BLOCK = re.compile(r"</(?:p|h[3-6]|li|t[dh]|figcaption|pre)>|<[bh]r>")

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_FOOTNOTE_ROLES = {"footnote-ref": "doc-noteref", "footnote-backref": "doc-backlink"}
_SIZES = "(max-width: 48rem) 100vw, 640px"
_MIDDLE_WIDTH = 960


@dataclass(frozen=True, slots=True)
class Picture:
    """An uploaded image that may be shown.

    :param hash: sha256 of its largest variant, 64 lower-case hexadecimal digits.
    :param sizes: (width, height) of every variant in pixels, ascending, at least one.
    """

    hash: str
    sizes: tuple[tuple[int, int], ...]

    def address(self, width: int) -> str:
        """Where the variant of this width is served."""
        return f"/media/{self.hash}/{width}.webp"


def referenced_images(source: str) -> tuple[str, ...]:
    """The hashes of the uploaded images a Markdown source names, each once, in order of first appearance."""
    return tuple(dict.fromkeys(match[1] for match in _PICTURE.finditer(source)))


def render(source: str, *, pictures: Mapping[str, Picture], prefix: str) -> str:
    """Turn Markdown into sanitised HTML for a page whose own headings are h1 and h2.

    Raw HTML in the source is shown as text. Links keep http, https and mailto only. An uploaded image is
    written ``![alt](image:<hash> "caption")``, or ``![](image:<hash>#decoration)`` where it carries no
    meaning; alone in its paragraph it becomes a figure. An image not in ``pictures`` becomes its words in
    ``class="elsewhere"``.

    :param source: at most MAX_SOURCE characters; longer is only slower.
    :param pictures: hash -> picture, for every image that may be shown.
    :param prefix: starts every id, so that two texts can share a page; a letter, then letters, digits, ``-``.
    :raise ValueError: the HTML would hold more than MAX_HTML characters.
    :raise RecursionError: the source is nested too deeply. (It may also take very long.)
    """
    markdown = Markdown(extensions=_EXTENSIONS, extension_configs=_OPTIONS)
    markdown.preprocessors.deregister("html_block")
    markdown.inlinePatterns.deregister("html")
    serialise = markdown.serializer

    def arrange_and_serialise(root: Element) -> str:
        if _length(root) > MAX_HTML:
            raise ValueError("the HTML is too long")
        _arrange(root, pictures, prefix)
        return str(serialise(root))

    markdown.serializer = arrange_and_serialise
    return sanitised(markdown.convert(_tidied(source)), prefix)


def escaped(source: str) -> str:
    """The source itself as paragraphs of escaped text, line breaks kept. Linear in its length."""
    paragraphs = (part.strip("\n") for part in _tidied(source).split("\n\n"))
    return "\n".join(
        "<p>" + entities.escape(part).replace("\n", "<br>\n") + "</p>" for part in paragraphs if part.strip()
    )


def plain_text(html: str) -> str:
    """The words of HTML made by `render` or `escaped`: a line per block, white space collapsed, no markup."""
    lines = nh3.clean(_END_OF_BLOCK.sub("\\g<0>\n", html.replace("\n", " ")), tags=set()).split("\n")
    return "\n".join(filter(None, (" ".join(entities.unescape(line).split()) for line in lines)))


def word_count(source: str) -> int:
    """How many words a Markdown source has; addresses and hashes are none."""
    return len(_WORD.findall(_TARGET.sub(" ", source)))


def reading_minutes(words: int) -> int:
    """Whole minutes, rounded up, to read so many words at 200 a minute.

    Silent reading of prose is 175 to 300 words a minute (Brysbaert 2019, Journal of Memory and Language 109).
    """
    return -(-words // _WORDS_A_MINUTE)


def _tidied(source: str) -> str:
    text = printable(source.replace("\r\n", "\n").replace("\r", "\n"))
    return _MARKER.sub(r"\1 ", _BLANK_LINE.sub("", text))


def _length(root: Element) -> int:
    return sum(
        len(text or "") for element in root.iter() for text in (element.text, element.tail, *element.attrib.values())
    )


def _arrange(root: Element, pictures: Mapping[str, Picture], prefix: str) -> None:
    """Turn Markdown's tree into ours, in place."""
    _name_footnotes(root, prefix)
    linked = {inner for link in root.iter("a") for inner in link.iter() if inner is not link}
    for image in list(root.iter("img")):
        _settle_image(image, pictures, linked=image in linked)
    for link in list(root.iter("a")):
        _settle_link(link, linked=link in linked)
    for paragraph in root.iter("p"):
        _make_figure(paragraph)
    for table in list(root.iter("table")):
        _settle_table(table)
    _settle_headings([element for element in root.iter() if element.tag in _HEADINGS])


def _name_footnotes(root: Element, prefix: str) -> None:
    """Number the ids, whose names are the writer's, and empty the links back to where nothing refers."""
    names: dict[str, str] = {}
    for number, target in enumerate(root.iterfind(".//*[@id]"), start=1):
        name = f"{prefix}fn{number}"
        names.setdefault("#" + target.attrib["id"], "#" + name)
        target.set("id", name)
    for link in root.iter("a"):
        if role := _FOOTNOTE_ROLES.get(link.get("class", "")):
            href = names.get(link.attrib["href"], "")
            link.text = link.text if href else ""
            link.attrib = {"class": link.attrib["class"], "role": role, "href": href}


def _settle_image(image: Element, pictures: Mapping[str, Picture], *, linked: bool) -> None:
    address, alt, caption = (image.get(name, "") for name in ("src", "alt", "title"))
    upload = _PICTURE.fullmatch(address)
    if upload and (picture := pictures.get(upload[1])):
        image.attrib = _shown(picture, alt="" if upload[2] else alt)
        if caption:
            image.set("title", caption)
        return
    outside = _OUTSIDE.fullmatch(address)
    image.text = alt or caption or (outside[1] if outside else "")
    image.attrib = {"class": "elsewhere"}
    image.tag = "span"
    if outside and not linked:
        image.tag = "a"
        image.set("href", address)


def _shown(picture: Picture, *, alt: str) -> dict[str, str]:
    moderate = [size for size in picture.sizes if size[0] <= _MIDDLE_WIDTH]
    width, height = moderate[-1] if moderate else picture.sizes[0]
    return {
        "src": picture.address(width),
        "srcset": ", ".join(f"{picture.address(width)} {width}w" for width, _ in picture.sizes),
        "sizes": _SIZES,
        "width": str(width),
        "height": str(height),
        "alt": alt,
        "loading": "lazy",
        "decoding": "async",
    }


def _settle_link(link: Element, *, linked: bool) -> None:
    """Keep a link that leads out or to a footnote and has a name; leave only the words of any other."""
    href = _MASKED.sub(lambda match: chr(int(match[1])), link.get("href", "")).strip()
    if linked or not (_OUTSIDE.fullmatch(href) or (href and "role" in link.attrib)):
        link.tag, link.attrib = "span", {}
        return
    link.set("href", href)
    if not _words(link) and not any(image.get("alt") for image in link.iter("img")):
        link.text = href


def _make_figure(paragraph: Element) -> None:
    """Where a shown image is all the paragraph holds."""
    if [child.tag for child in paragraph] != ["img"] or _words(paragraph):
        return
    paragraph.tag = "figure"
    if caption := paragraph[0].attrib.pop("title", None):
        SubElement(paragraph, "figcaption").text = caption


def _settle_table(table: Element) -> None:
    """Let a wide table scroll in a box that a keyboard reaches and that is named by the column headings."""
    inner = Element("table")
    inner.extend(table)
    for cell in inner.iter():
        if align := cell.attrib.pop("align", None):
            cell.set("class", f"align-{align}")
    name = ", ".join(filter(None, map(_words, inner.iter("th"))))
    table.tag, table.text, table[:] = "div", None, [inner]
    table.attrib = {"class": "scrollx", "tabindex": "0", "role": "group", "aria-label": name}


def _settle_headings(headings: list[Element]) -> None:
    """Start at h3, below the page's own, and never step down more than one level at a time."""
    levels = sorted({heading.tag for heading in headings})
    above = 2
    for heading in headings:
        above = min(above + 1, 3 + levels.index(heading.tag), 6)
        heading.tag = f"h{above}" if _words(heading) else "p"


def _words(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())
