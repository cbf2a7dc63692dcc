"""Every page of the demo, for each of its people: at both widths, in both schemes, and at 320 px."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from tests.journeys.conftest import LAPTOP, PHONE, SHOTS, faults

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("demo")]

PEOPLE = ("maja", "sindre", "hilde")
#: One page of each kind is enough: these parts of an address only say which one.
SAME_KIND = (r"/posts/(?!review)[^/]+", r"/teams/[^/]+", r"\?.*$")
#: Not a page, or a way out.
LEFT_OUT = (r"\.csv", r"/media/", r"/static/", r"/sign-out", r"/welcome")


@pytest.fixture(scope="module")
def demo(served):
    served.run("demo", "--reset")
    return served


def kind(path: str) -> str:
    for pattern in SAME_KIND:
        path = re.sub(pattern, lambda match: match.group(0).split("/")[1] if "/" in match.group(0) else "", path)
    return path


def links(page, address: str) -> Iterator[str]:
    for url in page.eval_on_selector_all("a[href]", "all => all.map(a => a.href)"):
        parts = urlsplit(url)
        if url.startswith(address) and not any(re.search(pattern, url) for pattern in LEFT_OUT):
            yield parts.path + (f"?{parts.query}" if parts.query else "")


def crawl(one, start: str) -> dict[str, str]:
    """Every kind of page that links lead to: kind -> one address of it."""
    seen: dict[str, str] = {}
    waiting = [start]
    while waiting:
        path = waiting.pop(0)
        if kind(path) in seen:
            continue
        response = one.page.goto(one.served.address + path)
        seen[kind(path)] = path
        assert response.status in (200, 403), f"{path} answered {response.status}"
        waiting += links(one.page, one.served.address)
    return seen


def become(one, person: str) -> str:
    one.open("/welcome")
    one.page.locator(f"button[value={person}]").click()
    return urlsplit(one.page.url).path


@pytest.mark.parametrize("person", PEOPLE)
def test_every_page_holds_in_both_widths_and_schemes(demo, visitor, person):
    wide = visitor(viewport=LAPTOP)
    found = crawl(wide, become(wide, person))
    wrong = []
    for width, scheme in ((LAPTOP, "light"), (LAPTOP, "dark"), (PHONE, "light"), (PHONE, "dark")):
        wide.page.set_viewport_size(width)
        wide.page.emulate_media(color_scheme=scheme)
        for name, path in found.items():
            wide.open(path)
            wrong += [f"{path} {width['width']} {scheme}: {fault}" for fault in faults(wide.page)]
            shot = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "front"
            wide.page.screenshot(path=SHOTS / f"{person}-{shot}-{width['width']}-{scheme}.png", full_page=True)
    assert (wrong, wide.strange) == ([], [])


@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.parametrize("language", ["nn-NO", "en-GB"])
def test_every_page_fits_a_narrow_phone_in_every_language(demo, visitor, person, language):
    narrow = visitor(viewport={"width": 320, "height": 640}, language=language)
    found = crawl(narrow, become(narrow, person))
    too_wide = {}
    for path in found.values():
        narrow.open(path)
        overflow = narrow.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        if overflow > 0:
            too_wide[path] = overflow
    assert too_wide == {}
