from __future__ import annotations

from flask_wtf import FlaskForm


def errors_of(form: FlaskForm) -> list[tuple[str, str]]:
    """What components/errors.html asks for: where each mistake is, and what to do about it."""
    return [(f"#{field.id}", str(error)) for field in form for error in field.errors]
