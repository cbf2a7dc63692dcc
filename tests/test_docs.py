"""The papers say what the code has: every setting, command, room and address of a file."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.test_architecture import ROOMS

ROOT = Path(__file__).parent.parent
OPERATIONS = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")


def read_from_environment() -> set[str]:
    """Every name that config.py and gunicorn.conf.py ask the environment for."""
    names = set()
    for path in (ROOT / "blogreview" / "config.py", ROOT / "gunicorn.conf.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in ("env.get", "os.environ.get"):
                names.add(ast.literal_eval(node.args[0]))
    return names


def test_every_setting_is_described_and_nothing_else():
    described = set(re.findall(r"^\| `([A-Z_]+)` \|", OPERATIONS, re.MULTILINE))
    assert described == read_from_environment()


def test_every_command_is_described(app):
    ours = {name for name, command in app.cli.commands.items() if command.callback.__module__ == "blogreview.cli"}
    assert ours == set(re.findall(r"^\| `(?!flask)([a-z-]+)", OPERATIONS.partition("## Commands")[2], re.MULTILINE))


def test_every_room_is_on_the_map_in_order():
    assert tuple(re.findall(r"^\| ([a-z]+) \|", ARCHITECTURE, re.MULTILINE)) == ROOMS


def test_every_target_is_explained():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = set(re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE).group(1).split())
    assert set(re.findall(r"^([a-z-]+):.*##", makefile, re.MULTILINE)) == phony


@pytest.mark.parametrize("paper", ["README.md", "docs/architecture.md", "docs/operations.md"])
def test_every_file_a_paper_names_is_there(paper):
    text = (ROOT / paper).read_text(encoding="utf-8")
    named = re.findall(r"`((?:blogreview|docs|tests|templates|static|translations|migrations)/[\w./-]*)`", text)
    named += re.findall(r"\]\((?!https?:)([\w./-]+)\)", text)
    assert [name for name in named if not (ROOT / name).exists()] == []
