"""Begin a session in the visitor's browser."""

from __future__ import annotations

from flask import current_app, g, session
from flask_login import login_user


def start(token: str) -> None:
    """Carry a session that has just begun in a cookie of its own."""
    session.clear()
    g.pop("csrf_token", None)  # Flask-WTF keeps the cleared session's for the page this request may yet show
    login_user(current_app.extensions["find_visitor"](token))
    session.permanent = True
