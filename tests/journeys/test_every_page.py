"""Every page of the demo, for each of its people: at both widths, in both schemes, and at 320 px in every language."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from urllib.parse import urlsplit

import pytest

from tests.journeys.conftest import ALL_RULES, COLOUR_RULES, LAPTOP, PHONE, faults, picture, serving, too_wide

pytestmark = pytest.mark.browser

PEOPLE = ("maja", "sindre", "hilde")
NARROW = {"width": 320, "height": 640}
VIEWS = (
    (LAPTOP, "light", ALL_RULES), (PHONE, "light", ALL_RULES), (PHONE, "dark", COLOUR_RULES),
    (LAPTOP, "dark", COLOUR_RULES),
)
#: One page of each kind is enough: these parts of an address only say which one.
SAME_KIND = (
    (r"\?.*$", ""), (r"/posts/[^/]+", "/posts/x"), (r"/teams/[^/]+", "/teams/x"), (r"/members/\d+", "/members/x"),
)
#: Not a page, or a way out.
LEFT_OUT = (r"\.csv", r"/media/", r"/static/", r"/sign-out", r"/welcome")
#: The same for everybody, so looked at by the teacher only.
OUTSIDE_COURSES = r"/(accessibility|privacy|help|account)$"


@pytest.fixture(scope="module")
def demo(database_url, tmp_path_factory):
    with serving(database_url, tmp_path_factory.mktemp("demo"), demo=True) as served:
        served.run("demo", "--reset")
        yield served


def kind(path: str) -> str:
    for pattern, name in SAME_KIND:
        path = re.sub(pattern, name, path)
    return path


def links(page, address: str, left_out: Sequence[str]) -> Iterator[str]:
    for url in page.eval_on_selector_all("a[href]", "all => all.map(a => a.href)"):
        parts = urlsplit(url)
        if url.startswith(address) and not any(re.search(pattern, url) for pattern in left_out):
            yield parts.path + (f"?{parts.query}" if parts.query else "")


def crawl(one, person: str, look: Callable[[str], None]) -> None:
    """Look once at every kind of page that links lead this person to."""
    start = become(one, person)
    left_out = LEFT_OUT if person == "hilde" else (*LEFT_OUT, OUTSIDE_COURSES)
    waiting, seen = [start], set()
    while waiting:
        path = waiting.pop(0)
        if kind(path) in seen:
            continue
        response = one.page.goto(one.served.address + path)
        assert response.status in (200, 403), f"{path} answered {response.status}"
        arrived = kind(urlsplit(one.page.url).path)
        waiting += links(one.page, one.served.address, left_out)
        if arrived not in seen:
            look(arrived)
        seen |= {kind(path), arrived}


def become(one, person: str) -> str:
    one.open("/welcome")
    one.page.locator(f"button[value={person}]").click()
    return urlsplit(one.page.url).path


@pytest.mark.parametrize("person", PEOPLE)
def test_every_page_holds_in_both_widths_and_schemes(demo, visitor_to, person):
    one = visitor_to(demo)
    wrong = []

    def look(name: str) -> None:
        shot = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "front"
        for width, scheme, rules in VIEWS:
            one.page.set_viewport_size(width)
            one.page.emulate_media(color_scheme=scheme)
            where = f"{shot}-{width['width']}-{scheme}"
            wrong.extend(f"{where}: {fault}" for fault in faults(one.page, rules))
            picture(one.page, f"demo/{person}-{where}")

    crawl(one, person, look)
    assert (wrong, one.strange) == ([], [])


@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.parametrize("language", ["nb-NO", "nn-NO", "en-GB"])
def test_every_page_fits_a_narrow_phone_in_every_language(demo, visitor_to, person, language):
    one = visitor_to(demo, viewport=NARROW, language=language)
    wrong = []
    crawl(one, person, lambda name: wrong.extend(f"{name}: {fault}" for fault in too_wide(one.page)))
    assert wrong == []
