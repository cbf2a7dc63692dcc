"""Times, lists and numbers as each language writes them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from blogreview.grades.routes import short_day
from blogreview.phrases import grade, listed
from blogreview.web.i18n import language, when

MOMENT = datetime(2026, 11, 27, 22, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("wanted", "written"),
    [
        ("nb-NO,en", ("nb", "fredag 27.\xa0november kl.\xa023.59", "27. nov.", "Ada, Bo og Cat", "7,5")),
        ("nn-NO", ("nn", "fredag 27.\xa0november kl.\xa023.59", "27. nov.", "Ada, Bo og Cat", "7,5")),
        ("en-US", ("en", "Friday 27\xa0November at\xa023:59", "27 Nov", "Ada, Bo and Cat", "7.5")),
    ],
)
def test_each_language_writes_times_lists_and_numbers_its_own_way(app, wanted, written):
    with app.test_request_context(headers={"Accept-Language": wanted}):
        assert (language(), when(MOMENT), short_day(MOMENT), listed(["Ada", "Bo", "Cat"]), grade("7.5")) == written
