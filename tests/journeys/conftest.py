"""A served app, a clock the test sets, and Chromium."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from flask_migrate import upgrade
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from sqlalchemy import create_engine, text
from werkzeug.serving import make_server

from blogreview import create_app
from blogreview.config import Settings
from blogreview.db import db
from tests.chromium import find

SHOTS = Path(__file__).parent.parent.parent / "build" / "shots"
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]
#: How long to wait for words, in ms: a machine may be busy.
PATIENCE = 20_000
expect.set_options(timeout=PATIENCE)
PHONE, LAPTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 860}
#: Axe's rules, by tag; and those that a change of colour scheme can break.
ALL_RULES = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
COLOUR_RULES = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
AXE = Axe().axe_script
RUN_AXE = """async rules => {
  const found = await axe.run({runOnly: rules, resultTypes: ["violations"]});
  return found.violations.map(rule => `${rule.id}: ${rule.nodes[0].html.slice(0, 120)}`);
}"""



class Served:
    """An app on a port of its own, with a database of its own; ``moment`` is the time it believes in."""

    def __init__(self, url: str, *, demo: bool) -> None:
        self.moment = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
        with socket.create_server(("127.0.0.1", 0)) as listener:
            self.address = f"http://127.0.0.1:{listener.getsockname()[1]}"
            self.app: Flask = create_app(
                Settings(secret_key="served", database_url=url, demo=demo, public_url=self.address),
                time=lambda: self.moment,
            )
            with self.app.app_context():
                upgrade()
            self.server = make_server("127.0.0.1", 0, self.answer, threaded=True, fd=listener.fileno())
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    def answer(self, environ: dict[str, object], start_response: Callable[..., object]) -> list[bytes]:
        """The app's, read to its end: werkzeug's server leaves a file open when a browser hangs up."""
        with closing(self.app(environ, start_response)) as body:
            return list(body)

    def run(self, *arguments: str) -> str:
        """What ``flask --app app …`` prints."""
        result = self.app.test_cli_runner().invoke(args=list(arguments))
        assert result.exit_code == 0, result.output
        return result.output

    def close(self) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()
        with self.app.app_context():
            db.engine.dispose()


@contextmanager
def serving(database_url: str, folder: Path, *, demo: bool) -> Iterator[Served]:
    if database_url.startswith("sqlite"):
        url = f"sqlite:///{folder / 'served.sqlite'}"
    else:
        url = second_database(database_url)
    served = Served(url, demo=demo)
    yield served
    served.close()


def second_database(url: str) -> str:
    server = create_engine(url, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text("DROP DATABASE IF EXISTS served"))
        connection.execute(text("CREATE DATABASE served"))
    server.dispose()
    return server.url.set(database="served").render_as_string(hide_password=False)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(), args=FLAGS)
        yield browser
        browser.close()


class Visitor:
    """One person at a browser: pages load only from the app, scripts raise nothing, and axe finds nothing."""

    def __init__(self, context: BrowserContext, served: Served) -> None:
        self.served, self.context = served, context
        self.strange: list[str] = []
        context.on("request", lambda request: self._note_request(request.url))
        context.on("console", lambda message: self._note(message.text) if message.type == "error" else None)
        context.on("weberror", lambda error: self._note(str(error.error)))
        context.set_default_timeout(PATIENCE)
        self.page: Page = context.new_page()

    def _note_request(self, url: str) -> None:
        if not url.startswith((self.served.address, "data:", "blob:")):
            self.strange.append(f"request to {url}")

    def _note(self, words: str) -> None:
        if not re.search(r"status of (4\d\d)", words):
            self.strange.append(words)

    def open(self, path: str) -> Page:
        self.page.goto(self.served.address + path)
        return self.page

    def shoot(self, name: str) -> None:
        """Hold the page to what every page promises, and leave a picture of it."""
        assert self.strange == []
        assert faults(self.page) == []
        picture(self.page, name)


def picture(page: Page, name: str) -> None:
    """From the top of the page, so that what sticks to the window stands where the page begins."""
    page.evaluate("scrollTo(0, 0)")
    SHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SHOTS / f"{name}.png", full_page=True)


def faults(page: Page, rules: dict[str, object] = ALL_RULES) -> list[str]:
    """What axe finds, and whether the page is wider than the window."""
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(AXE)
    return [*page.evaluate(RUN_AXE, rules), *too_wide(page)]


def too_wide(page: Page) -> list[str]:
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [f"{overflow}px too wide"] if overflow > 0 else []


@pytest.fixture
def visitor_to(chromium: Browser) -> Iterator[Callable[..., Visitor]]:
    contexts: list[BrowserContext] = []

    def new(
        served: Served, *, viewport: dict[str, int] = LAPTOP, scheme: str = "light", language: str = "nb-NO",
        **more: object,
    ) -> Visitor:
        contexts.append(chromium.new_context(viewport=viewport, color_scheme=scheme, locale=language, **more))
        return Visitor(contexts[-1], served)

    yield new
    for context in contexts:
        context.close()
