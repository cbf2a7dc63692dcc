"""Rendering that can be killed, by a real worker process."""

from __future__ import annotations

import multiprocessing
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from blogreview.domain.markup import SANITISER_VERSION, Picture
from blogreview.web import renderer
from blogreview.web.renderer import UNSETTLED, Rendered, render_safely

SLOW = "[" * 5_000
DU = Rendered("<p><strong>du</strong></p>", SANITISER_VERSION)


def du() -> Rendered:
    return render_safely("**du**", {}, "a-")


def test_a_text_is_rendered_with_its_pictures_and_prefix() -> None:
    picture = Picture("a" * 64, ((480, 320),))
    rendered = render_safely(f"![x](image:{picture.hash})[^1]\n\n[^1]: n", {picture.hash: picture}, "a7-")
    assert rendered.version == SANITISER_VERSION
    assert rendered.html.startswith('<p><img alt="x" decoding="async" height="320" loading="lazy"')
    assert '<sup id="a7-fn1">' in rendered.html


def test_a_text_that_takes_too_long_is_shown_as_it_is_and_others_still_render() -> None:
    du()
    started = time.monotonic()
    with ThreadPoolExecutor() as callers:
        slow, quick = callers.submit(render_safely, SLOW, {}, "a-"), callers.submit(du)
        assert (slow.result(), quick.result()) == (Rendered(f"<p>{SLOW}</p>", SANITISER_VERSION), DU)
    assert time.monotonic() - started < renderer.TIME_LIMIT + 8


@pytest.mark.parametrize("source", ["1. " * 3_000, "[a]: http://x/" + "y" * 30_000 + "\n\n" + "[a]" * 9_000])
def test_a_text_too_deep_or_too_long_is_shown_as_it_is(source: str) -> None:
    rendered = render_safely(source, {}, "a-")
    assert rendered.version == SANITISER_VERSION
    assert rendered.html.startswith(f"<p>{source[:20].strip()}")
    assert du() == DU


def test_a_text_whose_worker_dies_is_worth_another_try() -> None:
    du()
    with ThreadPoolExecutor() as callers:
        slow = callers.submit(render_safely, SLOW, {}, "a-")
        time.sleep(0.5)
        for worker in multiprocessing.active_children():
            worker.kill()
        assert slow.result() == Rendered(f"<p>{SLOW}</p>", UNSETTLED)
    assert du() == DU


def test_a_text_that_gets_no_turn_is_worth_another_try(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(renderer, "PATIENCE", 0.0)
    assert du() == Rendered("<p>**du**</p>", UNSETTLED)
    monkeypatch.undo()
    assert du() == DU


def test_the_worker_starts_again_after_it_was_stopped() -> None:
    du()
    renderer.stop()
    renderer.stop()
    assert du() == DU


def test_a_program_that_has_rendered_ends_without_a_word() -> None:
    code = "from blogreview.web.renderer import render_safely\nprint(render_safely('a', {}, 'a-').html)"
    assert run(code) == (0, "<p>a</p>\n", "")


def test_a_program_that_forks_after_it_has_rendered_renders_on_both_sides() -> None:
    code = """
import os, sys
from blogreview.web.renderer import render_safely
print(render_safely("først", {}, "a-").html, flush=True)
child = os.fork()
print(render_safely("etter", {}, "a-").html, flush=True)
if child:
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""
    assert run(code) == (0, "<p>først</p>\n<p>etter</p>\n<p>etter</p>\n0\n", "")


def run(code: str) -> tuple[int, str, str]:
    command = [sys.executable, "-W", "error", "-c", code]
    ended = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=60, check=False)
    return ended.returncode, ended.stdout, ended.stderr
