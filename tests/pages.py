"""A browser for tests: signed in as somebody, its token sent along, every HTML page it gets inspected."""

from __future__ import annotations

import secrets
import warnings
from collections import Counter
from html import unescape
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from werkzeug.test import TestResponse

warnings.filterwarnings("ignore", module="html5lib")

INPUTS_WITHOUT_LABEL = {"hidden", "submit", "button", "reset", "image"}


class Browser:
    """``Browser(app, token).post(url, {...})``: CSRF is on, as in production; the browser carries the token."""

    def __init__(self, app: Any, token: str | None = None) -> None:
        self.client: FlaskClient = app.test_client()
        raw = secrets.token_hex(16)
        self.csrf_token = URLSafeTimedSerializer(app.secret_key, salt="wtf-csrf-token").dumps(raw)
        with self.client.session_transaction() as session:
            session["csrf_token"] = raw
            if token is not None:
                session["_user_id"] = token
                session["_fresh"] = True

    def get(self, url: str, **kwargs: Any) -> TestResponse:
        return inspected(self.client.get(url, **kwargs))

    def post(self, url: str, data: dict[str, Any] | None = None, **kwargs: Any) -> TestResponse:
        return inspected(self.client.post(url, data={"csrf_token": self.csrf_token} | (data or {}), **kwargs))

    def open(self, url: str, method: str) -> TestResponse:
        return self.get(url) if method == "GET" else self.post(url)


def inspected(response: TestResponse) -> TestResponse:
    """Hold every page to what no page may lack."""
    if response.mimetype == "text/html" and response.status_code // 100 != 3:
        faults = page_faults(response.get_data(as_text=True))
        assert not faults, f"{response.request.path}: {faults}"
        assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    return response


def page_faults(html: str) -> list[str]:
    """What is wrong with the page, in words; an empty list when nothing is."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    page = parser.parse(html)
    return [*_parse_faults(parser), *_frame_faults(page), *_id_faults(page), *_form_faults(page), *_inline_faults(page)]


def _parse_faults(parser: html5lib.HTMLParser) -> list[str]:
    return [f"{code} at {position}" for position, code, _ in parser.errors]


def _frame_faults(page: Element) -> list[str]:
    faults = []
    if len(page.findall(".//h1")) != 1:
        faults.append(f"{len(page.findall('.//h1'))} h1")
    title = page.find("./head/title")
    if title is None or not (title.text or "").strip(" –").removesuffix("Medleser").strip(" –"):
        faults.append("no title")
    if page.get("lang") not in ("nb", "nn", "en"):
        faults.append(f"lang {page.get('lang')}")
    if len(page.findall(".//main")) != 1:
        faults.append("not one main")
    return faults


def _id_faults(page: Element) -> list[str]:
    counted = Counter(node.get("id") for node in page.iter() if node.get("id"))
    faults = [f"id {name} stands {n} times" for name, n in counted.items() if n > 1]
    for node in page.iter():
        for attribute in ("for", "aria-describedby", "aria-labelledby"):
            named = (node.get(attribute) or "").split()
            faults += [f"{attribute} leads nowhere: {name}" for name in named if name not in counted]
    return faults


def _form_faults(page: Element) -> list[str]:
    faults = []
    for form in page.iter("form"):
        names = {node.get("name") for node in form.iter("input")}
        if (form.get("method") or "get").lower() == "post" and "csrf_token" not in names:
            faults.append(f"no token in the form to {form.get('action')}")
    labelled = {node.get("for") for node in page.iter("label")} | {
        control.get("id") for label in page.iter("label") for control in label.iter() if control.get("id")
    }
    wrapped = {id(control) for label in page.iter("label") for control in label.iter()}
    for tag in ("input", "textarea", "select"):
        for node in page.iter(tag):
            if node.get("type") in INPUTS_WITHOUT_LABEL or node.get("aria-label") or node.get("aria-labelledby"):
                continue
            if node.get("id") not in labelled and id(node) not in wrapped:
                faults.append(f"no label for {tag} {node.get('name')}")
    return faults


def _inline_faults(page: Element) -> list[str]:
    """The policy forbids what is inline: it would silently not work."""
    faults = [f"style attribute on {node.tag}" for node in page.iter() if node.get("style")]
    faults += ["inline style" for _ in page.iter("style")]
    faults += ["inline script" for node in page.iter("script") if not node.get("src")]
    faults += [f"{name} on {node.tag}" for node in page.iter() for name in node.attrib if str(name).startswith("on")]
    return faults


def text_of(response: TestResponse) -> str:
    """The page's words, entities resolved; a space that holds a date together reads as a space."""
    return unescape(response.get_data(as_text=True)).replace("\N{NO-BREAK SPACE}", " ")
