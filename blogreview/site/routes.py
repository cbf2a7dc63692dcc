from __future__ import annotations

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from blogreview.policy import Action
from blogreview.site import queries
from blogreview.web.guard import anyone, authorize
from blogreview.web.i18n import COOKIE, LANGUAGES
from blogreview.web.local_paths import local_path

language = Blueprint("language", __name__)
pages = Blueprint("pages", __name__)
health = Blueprint("health", __name__)

A_YEAR = 365 * 24 * 3600


@language.post("/language")
def choose() -> ResponseReturnValue:
    authorize(anyone(), Action.SITE_VIEW)
    response = redirect(local_path(request.form.get("next")), code=303)
    chosen = request.form.get("language", "")
    if chosen in LANGUAGES:
        response.set_cookie(COOKIE, chosen, max_age=A_YEAR, samesite="Lax", httponly=True, secure=request.is_secure)
    return response


@pages.get("/accessibility")
def accessibility() -> str:
    authorize(anyone(), Action.SITE_VIEW)
    return render_template("site/accessibility.html")


@pages.get("/privacy")
def privacy() -> str:
    authorize(anyone(), Action.SITE_VIEW)
    return render_template("site/privacy.html")


@pages.get("/help")
def help() -> str:
    authorize(anyone(), Action.SITE_VIEW)
    return render_template("site/help.html")


@health.get("/healthz")
def alive() -> ResponseReturnValue:
    """The process answers."""
    authorize(anyone(), Action.SITE_VIEW)
    return "ok\n", {"Content-Type": "text/plain"}


@health.get("/readyz")
def ready() -> ResponseReturnValue:
    """The process answers and its database does too, at the schema this code expects."""
    authorize(anyone(), Action.SITE_VIEW)
    is_ready = queries.schema_is_current()
    return ("ok\n" if is_ready else "the database needs `flask --app app db upgrade`\n"), 200 if is_ready else 503, {
        "Content-Type": "text/plain"
    }
