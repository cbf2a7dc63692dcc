"""A page's form as a browser would send it, with a few fields typed over."""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element

import html5lib
from werkzeug.test import TestResponse


def filled(page: TestResponse, **typed: Any) -> dict[str, Any]:
    """Every field of the form that says most, by name; a name that stands several times has a list."""
    root = html5lib.parse(page.get_data(as_text=True), namespaceHTMLElements=False)
    form = max(root.iter("form"), key=lambda form: sum(1 for _ in form.iter("input")))
    sent: dict[str, list[str]] = {}
    for node in form.iter():
        if node.tag in ("input", "textarea", "select") and _is_sent(node):
            sent.setdefault(node.get("name", ""), []).append(_value(node))
    sent.pop("csrf_token")
    return {name: values if len(values) > 1 else values[0] for name, values in sent.items()} | typed


def _is_sent(node: Element) -> bool:
    return node.get("type") not in ("radio", "checkbox") or node.get("checked") is not None


def _value(node: Element) -> str:
    if node.tag == "textarea":
        return node.text or ""
    if node.tag == "select":
        chosen = (option for option in node.iter("option") if option.get("selected") is not None)
        return next((option.get("value", "") for option in chosen), "")
    return node.get("value", "on" if node.get("type") == "checkbox" else "")
