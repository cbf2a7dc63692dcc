"""What an address may hold: only what the database can look up, so that anything else is simply not found."""

from __future__ import annotations

from typing import Any

from flask import Flask
from werkzeug.routing import IntegerConverter, Map, UnicodeConverter

#: The largest number that fits every integer column on both engines.
LARGEST = 2**31 - 1


class Number(IntegerConverter):
    def __init__(self, map: Map, **options: Any) -> None:
        super().__init__(map, **({"max": LARGEST} | options))


class Word(UnicodeConverter):
    """Without NUL, which PostgreSQL refuses."""

    def __init__(self, map: Map, **options: Any) -> None:
        super().__init__(map, **options)
        self.regex = self.regex.replace("[^/]", r"[^/\0]")


def init_app(app: Flask) -> None:
    app.url_map.converters |= {"int": Number, "string": Word, "default": Word}
