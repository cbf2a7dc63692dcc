"""The house rules of imports, held by a test. docs/architecture.md draws the same picture."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "blogreview"

#: A ladder: a later room may use an earlier one.
ROOMS = (
    "audit", "accounts", "courses", "teams", "assignments", "posts", "replies", "allocation", "reviews", "feedback",
    "grades", "overview", "upkeep", "home", "demo", "site",
)

#: part -> what it may import from the package. "=" is its own room's, "<" an earlier room's file of that kind.
MAY_IMPORT: dict[str, set[str]] = {
    "domain": {"domain"},
    "errors": set(),
    "config": set(),
    "policy": {"domain"},
    "phrases": {"domain", "errors"},
    "complaints": {"domain"},
    "db": set(),
    "models": {"models", "db", "domain"},
    "web": {"web", "db", "policy", "errors", "domain", "config"},
    "queries": {"db", "models", "policy", "errors", "domain", "config", "=queries", "<queries", "=pure"},
    "commands": {
        "db", "models", "policy", "errors", "domain", "=queries", "<queries",
        "=commands", "<commands", "=pure", "<pure",
    },
    "forms": {"domain", "errors", "phrases", "web", "=forms", "=pure"},
    "pure": {"domain", "errors", "=pure"},
    "routes": {
        "web", "db", "policy", "errors", "domain", "phrases", "complaints", "models", "config",
        "=routes", "=queries", "=commands", "=forms", "=pure", "<queries", "<commands", "<pure",
    },
}

#: Files of a room that are not called after their kind.
KINDS = {
    "accounts.session": "routes",
    "site.chrome": "routes",
}
PURE_THIRD_PARTY = {"markdown", "nh3", "numpy", "pymdownx"}
OUTSIDE_HELPERS = {"argon2", "openpyxl", "defusedxml", "PIL", "pebble"}


def modules() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        names = path.relative_to(PACKAGE).with_suffix("").parts
        yield ".".join(name for name in names if name != "__init__"), ast.parse(path.read_text(encoding="utf-8"))


MODULES = dict(modules())


def imports(tree: ast.Module) -> Iterator[tuple[str, str | None]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, None) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, "say where it comes from: absolute imports only"
            yield from ((node.module or "", alias.name) for alias in node.names)


def inner(module: str, name: str | None) -> str:
    """The module of ours behind ``from module import name``."""
    full = f"{module}.{name}".removeprefix("blogreview").strip(".")
    return full if full in MODULES else module.removeprefix("blogreview").strip(".")


def kind(module: str) -> str:
    """queries, commands, forms, routes or pure for a room's file; the top-level name for the rest."""
    head, _, tail = module.partition(".")
    if head not in ROOMS:
        return head
    if module in KINDS:
        return KINDS[module]
    return next((k for k in ("queries", "commands", "forms", "routes") if tail == k or tail.endswith(f"_{k}")), "pure")


def allowed(source: str, target: str) -> bool:
    rules, mine, theirs = MAY_IMPORT[kind(source)], source.split(".")[0], target.split(".")[0]
    if theirs not in ROOMS:
        return theirs in rules
    if theirs == mine:
        return f"={kind(target)}" in rules
    return f"<{kind(target)}" in rules and ROOMS.index(theirs) < ROOMS.index(mine)


def edges() -> Iterator[tuple[str, str]]:
    for source, tree in MODULES.items():
        for module, name in imports(tree):
            if module.split(".")[0] == "blogreview":
                yield source, inner(module, name)


def is_composition(module: str) -> bool:
    """The root, the command line and each room's ``__init__`` put parts together."""
    return module in ("", "cli") or module in ROOMS


INNER_EDGES = sorted({edge for edge in edges() if not is_composition(edge[0])})


@pytest.mark.parametrize(("source", "target"), INNER_EDGES, ids=lambda v: str(v))
def test_import_is_allowed(source: str, target: str) -> None:
    assert allowed(source, target), f"{source} may not import {target}"


def test_no_cycles() -> None:
    graph: dict[str, set[str]] = {}
    for source, target in edges():
        graph.setdefault(source, set()).add(target)
    try:
        TopologicalSorter({source: targets - {source} for source, targets in graph.items()}).prepare()
    except CycleError as error:
        pytest.fail(" -> ".join(error.args[1]))


@pytest.mark.parametrize("module", MODULES)
def test_imports_stand_at_the_top(module: str) -> None:
    top = {id(node) for node in MODULES[module].body}
    inside = [node for node in ast.walk(MODULES[module]) if isinstance(node, ast.Import | ast.ImportFrom)]
    assert [ast.unparse(node) for node in inside if id(node) not in top] == []


@pytest.mark.parametrize("module", MODULES)
def test_outside_imports(module: str) -> None:
    outside = {name.split(".")[0] for name, _ in imports(MODULES[module])} - sys.stdlib_module_names - {"blogreview"}
    flask = {name for name in outside if name.startswith("flask") or name in ("werkzeug", "wtforms")}
    if kind(module) in ("domain", "policy", "errors", "config"):
        assert outside <= PURE_THIRD_PARTY
    elif kind(module) in ("queries", "commands", "models", "pure"):
        assert not flask, f"{module} must run without a request"
    if kind(module) == "pure":
        assert outside <= OUTSIDE_HELPERS | PURE_THIRD_PARTY


@pytest.mark.parametrize("module", MODULES)
def test_sql_has_one_home(module: str) -> None:
    if kind(module) in ("queries", "db"):
        return
    for node in ast.walk(MODULES[module]):
        if isinstance(node, ast.ImportFrom) and node.module == "sqlalchemy":
            assert not {alias.name for alias in node.names} & {"select", "text", "insert", "update", "delete"}


@pytest.mark.parametrize("module", MODULES)
def test_only_the_request_cycle_and_the_command_line_commit(module: str) -> None:
    calls = [node.func for node in ast.walk(MODULES[module]) if isinstance(node, ast.Call)]
    commits = [call for call in calls if isinstance(call, ast.Attribute) and call.attr == "commit"]
    assert not commits or module in ("web.request_cycle", "cli")


ROUTE_FILES = [module for module in MODULES if kind(module) == "routes" and not module.endswith(("session", "chrome"))]


def is_route(node: ast.stmt) -> bool:
    return isinstance(node, ast.FunctionDef) and any(
        ast.unparse(decorator).partition("(")[0].endswith((".get", ".post", ".route"))
        for decorator in node.decorator_list
    )


@pytest.mark.parametrize("module", ROUTE_FILES)
def test_every_route_asks_the_policy(module: str) -> None:
    for function in filter(is_route, MODULES[module].body):
        called = {ast.unparse(node.func) for node in ast.walk(function) if isinstance(node, ast.Call)}
        assert "authorize" in called, f"{module} never asks: {ast.unparse(function)[:80]}"
