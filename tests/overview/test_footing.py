"""The overview, its file, the sheet and the student's page never disagree."""

from __future__ import annotations

import csv
import re
from random import Random

import pytest
from flask import Flask

from blogreview.db import db
from blogreview.domain.terms import GradeState
from blogreview.models import Assignment
from tests.grades.scene import comment, grade, read_by
from tests.world import NOW, World


@pytest.fixture(params=range(4))
def course(app: Flask, world: World, request) -> World:
    """A generated class: partial, missing, hidden and lone reviews; comments of every kind; grades of every state."""
    chance = Random(request.param)
    with app.app_context():
        for team in ("safa", "nordlys"):
            levels = [[chance.choice((1, 2, 3, 4, None)) for _ in range(3)] + [chance.randint(1, 4)]
                      for _ in range(chance.randint(0, 6))]
            for row in read_by(world, team, *levels):
                for _ in range(chance.randint(0, 3)):
                    comment(
                        row, world.criteria["goals"], "Vis et tall.", praise_only=chance.random() < 0.3,
                        hidden_at=NOW if chance.random() < 0.2 else None,
                    )
                row.hidden_at = NOW if chance.random() < 0.15 else None
        grade(world.posts["safa"], "B", GradeState.RELEASED, world.tone, released_at=NOW, released_by_id=world.tone)
        grade(world.posts["nordlys"], "C", chance.choice((GradeState.DRAFT, GradeState.READY)), world.tone)
        db.session.commit()
    return world


def cells(row: str) -> list[tuple[str, str]]:
    """The counts and the figure of each criterion."""
    found = []
    for cell in re.findall(r"<td data-s=[^>]*>(.*?)</td>", row, re.DOTALL):
        counts = re.search(r'aria-label="([\d, ]+)"', cell)
        found.append((counts[1] if counts else "0, 0, 0, 0", re.sub(r"<svg.*?</svg>", "", cell)))
    return found


def page_rows(page: str) -> dict[str, dict[str, object]]:
    found = {}
    for row in re.findall(r"<tr[ >].*?</tr>", page.partition("<tbody>")[2], re.DOTALL):
        name = re.search(r"<th[^>]*>(?:<a[^>]*>)?([^<]+)", row)[1]
        counts = re.findall(r"<td class=\"?cnt\"?[^>]*>(.*?)</td>", row, re.DOTALL)
        plain = [re.sub(r"<[^>]*>", "", count) for count in counts]
        found[name] = {
            "readers": plain[0],
            "cells": cells(row),
            "suggestions": plain[1],
            "remarks": re.sub(r"<[^>]*>", "", re.search(r"<td class=\"?flag\"?>(.*?)</td>", row, re.DOTALL)[1]),
            "grade": " ".join(re.findall(r"<b>(.*?)</b> (\w+)", row)[0]) if "<b>" in row else "",
        }
    return found


def file_rows(text: str, figure: int) -> dict[str, dict[str, object]]:
    """The same from the file; ``figure`` is 0 for the estimates and 1 for the plain means."""
    _, *lines = csv.reader(text.removeprefix("\ufeff").splitlines(), delimiter=";")
    found = {}
    for name, _title, sent, wanted, *rest in lines:
        *criteria, suggestions, remarks, value, state = rest
        parts = [criteria[start : start + 6] for start in range(0, 24, 6)]
        found[name] = {
            "readers": f"{sent} av {wanted}",
            "cells": [(", ".join(part[:4]), part[4 + figure] or "–") for part in parts],
            "suggestions": suggestions,
            "remarks": remarks,
            "grade": f"{value} {state}".strip(),
        }
    return found


@pytest.mark.parametrize(("query", "figure"), [("", 0), ("?mean=1", 1), ("?filter=look&sort=1&down=1", 0)])
def test_the_file_is_the_page_cell_by_cell(as_, course, query, figure):
    browser = as_(course.tone)
    page = page_rows(browser.get(f"{course.at}/overview{query}").text)
    file = file_rows(browser.get(f"{course.at}/overview.csv{query}").text, figure)

    assert list(file.items()) == list(page.items())


@pytest.mark.parametrize("team", ["safa", "nordlys", "makrell"])
def test_the_sheet_is_the_teams_row(as_, course, team):
    browser = as_(course.tone)
    by_estimate = page_rows(browser.get(f"{course.at}/overview").text)
    by_mean = page_rows(browser.get(f"{course.at}/overview?mean=1").text)
    name = {"safa": "SAFA", "nordlys": "Nordlys", "makrell": "Makrell"}[team]
    sheet = browser.get(f"{course.at}/teams/{team}").text

    readers = re.search(r"(\d+) av (\d+) lesere", sheet)
    assert f"{readers[1]} av {readers[2]}" == by_estimate[name]["readers"]
    assert re.search(r"(\d+) forslag\.", sheet)[1] == by_estimate[name]["suggestions"]
    found = []
    for part in re.findall(r'<section id="criterion-.*?</section>', sheet, re.DOTALL):
        counts = ", ".join(re.findall(r"<li><b>(\d+)</b>", part))
        estimate, mean = re.search(r"Anslag (\d,\d)", part), re.search(r"[Rr]ent snitt (\d,\d|–)", part)
        found.append((counts, estimate[1] if estimate else "–", mean[1] if mean else "–"))
    expected = [
        (counts, estimate, mean)
        for (counts, estimate), (_, mean) in zip(by_estimate[name]["cells"], by_mean[name]["cells"], strict=True)
    ]
    assert found == expected


def test_the_students_page_is_the_row_of_plain_means(app, as_, course, clock):
    with app.app_context():
        clock.moment = db.session.get_one(Assignment, course.assignment).review_by.replace(hour=13)
    row = page_rows(as_(course.tone).get(f"{course.at}/overview?mean=1").text)["SAFA"]["cells"]
    side = as_(course.kari).get(f"{course.at}/grade").text.partition("<aside")[2]

    found = []
    for part in re.findall(r"<li>(.*?)</li>", side):
        counts, mean = re.search(r': ([\d, ]+)"', part), re.search(r"</svg> ([\d,]+)", part)
        found.append((counts[1] if counts else "0, 0, 0, 0", mean[1] if mean else "–"))
    assert found == row


def test_the_class_row_is_the_sum_of_the_rows(as_, course):
    found = page_rows(as_(course.tone).get(f"{course.at}/overview?mean=1").text)
    whole = found.pop("Hele klassen")

    for place in range(4):
        counts = [[int(n) for n in row["cells"][place][0].split(", ")] for row in found.values()]
        assert whole["cells"][place][0] == ", ".join(str(sum(level)) for level in zip(*counts, strict=True))
    assert int(whole["suggestions"]) == sum(int(row["suggestions"]) for row in found.values())
