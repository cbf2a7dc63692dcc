"""What was typed into a form that could not be answered: nobody writes it twice."""

from __future__ import annotations

import json

from flask import request
from werkzeug.exceptions import RequestEntityTooLarge

from blogreview.domain.sanitiser import printable
from blogreview.web.guard import visitor

#: Never sent back to the page: they belong to the request that failed.
NOT_KEPT = frozenset({"csrf_token", "password", "new_password", "kept", "next"})
#: So much is read of what is too large, to find the words that came with the file.
READ_ANYWAY = 100 * 1024 * 1024


def kept_pairs() -> list[tuple[str, str]]:
    """Name and value of every field that was typed in."""
    return [(name, value) for name, value in request.form.items(multi=True) if name not in NOT_KEPT]


def kept_fields() -> str:
    """The same as text, so that it can wait in a field itself."""
    return json.dumps(kept_pairs(), ensure_ascii=False)


def read_kept(text: str) -> list[tuple[str, str]]:
    """The pairs of ``kept_fields`` again; none where somebody has changed the text."""
    try:
        return [(printable(name), printable(value)) for name, value in json.loads(text)]
    except (ValueError, TypeError, RecursionError):
        return []


def typed_words() -> list[str]:
    """What was typed and is more than a word, to be shown where nothing else can be done with it."""
    try:
        return [value for _name, value in kept_pairs() if len(value.split()) > 1]
    except RequestEntityTooLarge:
        if visitor() is None or request.max_content_length == READ_ANYWAY:
            return []
        request.max_content_length = READ_ANYWAY
        return typed_words()
