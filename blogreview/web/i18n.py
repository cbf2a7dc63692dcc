"""Words and times as the reader expects them: nb (the source), nn, en; the course's own time zone."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_datetime
from babel.numbers import format_decimal
from flask import Flask, request
from flask_babel import Babel, get_locale, get_timezone, gettext

LANGUAGES = {"nb": "Bokmål", "nn": "Nynorsk", "en": "English"}
COOKIE = "language"
HOME_ZONE = "Europe/Oslo"
#: Plain English would be American: «Nov 27», and a comma before «and».
COUNTRIES = {"en": "en_GB"}
TIED = "\N{NO-BREAK SPACE}"


def init_app(app: Flask, *, zone: Callable[[], str]) -> None:
    app.config["BABEL_DEFAULT_LOCALE"] = "nb"
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = "../translations"
    Babel(app, locale_selector=choose_locale, timezone_selector=zone)
    app.jinja_env.filters.update(when=when, day=day, clock=clock, number=number)


def choose_locale() -> str:
    chosen = choose_language()
    return COUNTRIES.get(chosen, chosen)


def choose_language() -> str:
    chosen = request.cookies.get(COOKIE, "")
    return chosen if chosen in LANGUAGES else preferred(value for value, _ in request.accept_languages)


def preferred(wanted: Iterable[str]) -> str:
    """The first wanted language we speak, by primary subtag: ``nb-NO`` and ``no`` both mean nb."""
    for tag in wanted:
        primary = tag.partition("-")[0].lower()
        primary = "nb" if primary == "no" else primary
        if primary in LANGUAGES:
            return primary
    return "nb"


def language() -> str:
    return str(get_locale().language)


def zone() -> ZoneInfo:
    return ZoneInfo(str(get_timezone()))


def local(moment: datetime) -> datetime:
    return moment.astimezone(zone())


def when(moment: datetime) -> str:
    """Full date and clock, in the course's zone: «fredag 27. november kl. 23.59». No line ends after «kl.»."""
    hour = clock(moment)
    return str(gettext("%(day)s kl. %(clock)s", day=day(moment), clock=hour)).replace(f" {hour}", f"{TIED}{hour}")


def day(moment: datetime) -> str:
    pattern = f"EEEE d{TIED}MMMM" if language() == "en" else f"EEEE d.{TIED}MMMM"
    return format_datetime(local(moment), pattern, tzinfo=zone(), locale=get_locale())


def clock(moment: datetime) -> str:
    pattern = "HH:mm" if language() == "en" else "HH.mm"
    return format_datetime(local(moment), pattern, tzinfo=zone(), locale=get_locale())


def number(value: float | None, decimals: int = 1) -> str:
    """A number with the reader's decimal mark; an en dash for none."""
    if value is None:
        return "–"
    return str(format_decimal(value, f"0.{'0' * decimals}" if decimals else "0", locale=get_locale()))
