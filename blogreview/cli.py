"""``flask --app app …``: what is done outside a request. Each command commits once."""

from __future__ import annotations

from flask import Flask


def init_app(app: Flask) -> None: ...
