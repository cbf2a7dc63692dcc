"""Nothing that is sent gives a 500: every address and method, by a teacher, an author and a reviewer.

Forms are sent as their pages draw them, but with hostile values in some of the fields; the same ones every run.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterator
from html import unescape
from typing import Any
from urllib.parse import urlencode

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.pages import Browser
from tests.test_access_matrix import address, ruled, things  # noqa: F401

NASTY: tuple[str | bytes, ...] = (
    "", " ", "\0", b"\xff\xed\xa0\x80", "-1", "1", "2", "0.5", "1e308", "9" * 20, "9" * 5000, "²", "٣", "[[[",
    '[["a", "\\ud800"]]', '{"a": 1}', "=1+1\r\nX-Injected: 1", "//evil.example", "/\\evil", "%s{{ 7*7 }}%(num)d%",
    "<script>\u202e\ufffe", "a" * 20_000, "31.02.2027 25.61", "31.10.2027 02.30", "x\0@y.no", "e" * 240 + "@y.no",
    "team-\0", "person-x",
)  # fmt: skip
ASKED = (
    "next", "code", "team", "post", "move", "moved", "find", "sort", "filter", "released", "added", "aside", "more",
    "revision", "saved", "published", "page",
)  # fmt: skip
BODIES: tuple[tuple[str, bytes], ...] = (
    ("application/json", b'{"a": [1, null]}'),
    ("text/plain", b"\xff\0"),
    ("application/x-www-form-urlencoded", b"%00=%ff&" * 300),
    ("multipart/form-data", b"no boundary"),
    ("multipart/form-data; boundary=b", b"--b--"),
    (
        "multipart/form-data; boundary=b",
        b'--b\r\nContent-Disposition: form-data; name="file"; filename="../\0\xff"\r\n\r\nPK\3\r\n--b--',
    ),
)
#: What ends a session or removes somebody, last.
ENDS = ("/sign-out", "/account", "/remove", "/role", "/delete")


class Sender:
    """One person, who has looked at every page before sending anything."""

    def __init__(self, browser: Browser, pages: list[str], seed: int) -> None:
        self.browser, self.random = browser, random.Random(seed)
        self.fields: dict[str, dict[str, str]] = defaultdict(dict)
        for page in pages:
            self.note(page, browser.client.get(page).get_data(as_text=True))

    def note(self, page: str, html: str) -> None:
        """Which fields the forms of a page send, and where."""
        named = dict(re.findall(r'name="([^"]+)"(?:[^<>]*?value="([^"]*)")?', html))
        for target in (page, *re.findall(r'action="([^"]+)"', html)):
            self.fields[unescape(target)] |= {unescape(name): unescape(value) for name, value in named.items()}

    def body(self, url: str, hostile: float) -> bytes:
        values: dict[str, Any] = {
            name: self.random.choice(NASTY) if self.random.random() < hostile else value
            for name, value in self.fields[url].items()
        }
        return urlencode(values | {"csrf_token": self.browser.csrf_token}).encode()

    def sends(self, url: str) -> Iterator[TestResponse]:
        for hostile in (1.0, 0.5, 0.5, 0.1):
            yield self.send(url, "application/x-www-form-urlencoded", self.body(url, hostile))
        kind, body = self.random.choice(BODIES)
        yield self.send(url, kind, body, {"X-CSRFToken": self.browser.csrf_token})

    def send(self, url: str, kind: str, body: bytes, headers: dict[str, str] | None = None) -> TestResponse:
        answer = self.browser.client.post(url, data=body, content_type=kind, headers=headers)
        self.note(url, answer.get_data(as_text=True))
        return answer

    def asks(self, url: str) -> Iterator[TestResponse]:
        yield self.browser.client.get(url)
        yield self.browser.client.get(f"{url}?{urlencode({name: self.random.choice(NASTY) for name in ASKED})}")


def faults(answer: TestResponse) -> str | None:
    """What is wrong with the answer, whatever it was an answer to."""
    if answer.status_code >= 500:
        return f"{answer.request.method} {answer.request.path}: {answer.status_code}"
    if "evil" in answer.headers.get("Location", "").partition("next=")[0] or "X-Injected" in answer.headers:
        return f"{answer.request.method} {answer.request.path}: {answer.headers}"
    unreadable = answer.mimetype == "text/html" and re.search("[\0\ufffe]", answer.get_data(as_text=True))
    return f"{answer.request.method} {answer.request.path}: a page that cannot be read" if unreadable else None


def addresses(app: Flask, things: dict[str, Any], method: str) -> list[str]:  # noqa: F811
    found = {address(app, rule, things) for what, rule in ruled(app).items() if what.startswith(method)}
    return sorted(found, key=lambda url: (url.endswith(ENDS) or url.startswith(ENDS), url))


@pytest.mark.parametrize("person", ("kari", "nils", "tone"))
def test_no_form_and_no_address_gives_a_500(app, as_, world, things, person):  # noqa: F811
    gets, posts = addresses(app, things, "GET"), addresses(app, things, "POST")
    sender = Sender(as_(getattr(world, person)), gets, seed=7)

    answers = [answer for url in gets for answer in sender.asks(url)]
    answers += [answer for url in posts for answer in sender.sends(url)]
    assert sorted({fault for fault in map(faults, answers) if fault}) == []


@pytest.mark.parametrize("method", ("HEAD", "OPTIONS", "PUT", "PATCH", "DELETE"))
def test_a_method_nobody_uses_is_answered_too(app, as_, world, things, method):  # noqa: F811
    teacher = as_(world.tone)
    answered = {url: teacher.client.open(url, method=method).status_code for url in addresses(app, things, "GET")}

    assert {url: status for url, status in answered.items() if status >= 500} == {}


NOWHERE = (
    "/%00", "/%ff", "/courses/%00/", "/courses/%ff%fe/assignments/1/", "//evil.example/x", "/media/%00/1.webp",
    "/courses/a/assignments/99999999999999999999/", "/" + "a" * 9000,
)  # fmt: skip


@pytest.mark.parametrize("path", NOWHERE, ids=lambda path: path[:20])
def test_an_address_nobody_has_is_not_found(as_, world, path):
    answer = as_(world.kari).client.get(path, headers={"Host": "evil.example\\@x", "Accept-Language": "\xff;q=x,,*"})

    assert answer.status_code in (308, 400, 404)
