"""Addresses of static files carry the hash of their bytes, so that a browser may keep them for a year."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from flask import Flask, Response, request

A_YEAR = "public, max-age=31536000, immutable"


def init_app(app: Flask) -> None:
    folder = Path(str(app.static_folder))

    @app.url_defaults
    def add_version(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == "static" and "v" not in values:
            values["v"] = version(folder / values["filename"])

    app.after_request(keep_long)


@cache
def version(path: Path) -> str | None:
    return sha256(path.read_bytes()).hexdigest()[:8] if path.is_file() else None


def keep_long(response: Response) -> Response:
    if request.endpoint == "static" and response.status_code == 200:
        named_by_content = "v" in request.args or request.path.endswith(".woff2")
        response.headers["Cache-Control"] = A_YEAR if named_by_content else "public, max-age=3600"
    return response
