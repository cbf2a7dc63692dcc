"""Every word of the interface, in all three languages: nothing missing, fuzzy, left over or not compiled."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "translations"
METHODS = [("blogreview/**.py", "python"), ("templates/**.html", "jinja2")]
OPTIONS = {"templates/**.html": {"trim_blocks": "true", "lstrip_blocks": "true"}}
KEYWORDS = {"_": None, "_l": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2)}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")


def catalog(language: str) -> Catalog:
    return read_po(io.BytesIO((FOLDER / language / "LC_MESSAGES" / "messages.po").read_bytes()), locale=language)


@pytest.fixture(scope="module")
def source() -> set[object]:
    """Every message the code and the templates use; one with a plural is a pair."""
    found = extract_from_dir(str(ROOT), METHODS, OPTIONS, KEYWORDS)
    return {message for _, _, message, _, _ in found if message}


def texts(message: object) -> tuple[str, ...]:
    return tuple(message) if isinstance(message, (tuple, list)) else (str(message),)


@pytest.mark.parametrize("language", ["nn", "en"])
def test_nothing_is_missing_fuzzy_or_left_over(language, source):
    known = {message.id: message for message in catalog(language) if message.id}
    assert {texts(key)[0] for key in known} == {texts(key)[0] for key in source}
    assert [key for key, message in known.items() if message.fuzzy or not all(texts(message.string))] == []


@pytest.mark.parametrize("language", ["nn", "en"])
def test_placeholders_are_the_same_in_every_language(language):
    for message in catalog(language):
        wanted = {name for text in texts(message.id) for name in PLACEHOLDER.findall(text)}
        for text in texts(message.string):
            assert set(PLACEHOLDER.findall(text)) <= wanted, message.id
            if not message.pluralizable:
                assert set(PLACEHOLDER.findall(text)) == wanted, message.id


@pytest.mark.parametrize("language", ["nn", "en"])
def test_the_compiled_words_are_the_written_ones(language):
    compiled = read_mo(io.BytesIO((FOLDER / language / "LC_MESSAGES" / "messages.mo").read_bytes()))
    written = {texts(m.id)[0]: texts(m.string) for m in catalog(language) if m.id and all(texts(m.string))}
    assert {texts(m.id)[0]: texts(m.string) for m in compiled if m.id} == written
