"""Every way a request can fail, as a page that says what to do next, with nothing typed lost."""

from __future__ import annotations

import logging
import secrets

from flask import Flask, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from blogreview.errors import NotFound
from blogreview.web import clock, request_cycle
from blogreview.web.guard import SignInNeeded, visitor
from blogreview.web.i18n import language
from blogreview.web.kept import kept_fields, kept_pairs, typed_words
from blogreview.web.sign_in_form import SignInForm

log = logging.getLogger(__name__)


def init_app(app: Flask) -> None:
    app.register_error_handler(SignInNeeded, ask_to_sign_in)
    app.register_error_handler(CSRFError, offer_resend)
    app.register_error_handler(NotFound, lambda _: show(404))
    app.register_error_handler(HTTPException, lambda error: show(error.code or 500))
    app.register_error_handler(Exception, show_crash)


def ask_to_sign_in(_error: SignInNeeded) -> ResponseReturnValue:
    request_cycle.failed()
    if request.method in request_cycle.SAFE_METHODS:
        return redirect(url_for("accounts.sign_in", next=request.full_path.rstrip("?")), code=303)
    form, path = SignInForm(formdata=None), request.full_path.rstrip("?")
    return render_template("accounts/sign_in.html", form=form, next=path, kept=kept_fields()), 401


def offer_resend(_error: CSRFError) -> ResponseReturnValue:
    """A token can be stale (another tab signed in anew): show a button that sends the same text again."""
    if visitor() is None and "slug" in (request.view_args or {}):
        return ask_to_sign_in(SignInNeeded())
    request_cycle.failed()
    if request.endpoint == "accounts.check_password":
        # Only the password is typed again; a text that waits for it goes on waiting.
        form = SignInForm()
        return render_template("accounts/sign_in.html", form=form, next=form.next.data, kept=form.kept.data), 400
    path = request.full_path.rstrip("?")
    return render_template("errors/resend.html", action=path, kept=kept_pairs()), 400


def show(code: int) -> ResponseReturnValue:
    request_cycle.failed()
    known = code if code in (403, 404, 405, 413, 429) else 400 if code < 500 else 500
    if known == 500:
        return crash_page("–"), code
    return render_template("errors/error.html", code=known, typed=typed_words()), code


def show_crash(error: Exception) -> ResponseReturnValue:
    request_cycle.failed()
    reference = secrets.token_hex(3).upper()
    log.exception("unhandled error %s at %s", reference, request.path, exc_info=error)
    return crash_page(reference), 500


def crash_page(reference: str) -> str:
    """Asks nothing of the database: it may be what failed."""
    page = current_app.jinja_env.get_template("errors/crash.html")
    return page.render(reference=reference, moment=clock.now(), locale=language(), typed=typed_words())
