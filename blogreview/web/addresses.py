"""Addresses to print or share: from the settings, never from the Host header, which the sender chooses."""

from __future__ import annotations

from typing import Any

from flask import current_app, url_for


def public_url(endpoint: str, **values: Any) -> str:
    return f"{current_app.extensions['settings'].public_url}{url_for(endpoint, **values)}"
