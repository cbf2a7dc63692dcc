"""Filters for what people type into a form: as the database can hold it, and with one kind of line end."""

from __future__ import annotations

from blogreview.domain.sanitiser import printable


def text(typed: str | None) -> str:
    """Several lines. Without NUL and half characters, which PostgreSQL refuses."""
    return printable((typed or "").replace("\r\n", "\n").replace("\r", "\n"))


def line(typed: str | None) -> str:
    """One line, no space at its ends or twice in a row."""
    return " ".join(text(typed).split())


def counter(typed: str | None) -> int:
    """A small whole number; 0 for whatever is none."""
    return int(typed) if typed and typed.isascii() and typed.isdigit() and len(typed) < 10 else 0
