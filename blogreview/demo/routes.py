from __future__ import annotations

from flask import Blueprint, abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from blogreview.accounts import commands as accounts
from blogreview.demo import queries
from blogreview.demo.personas import PERSONAS
from blogreview.policy import Action, Scope
from blogreview.web.clock import now
from blogreview.web.guard import anyone, authorize
from blogreview.web.session import start

bp = Blueprint("demo", __name__)


def scope() -> Scope:
    """Outside demo mode the page is not there."""
    return Scope(demo=current_app.extensions["settings"].demo, known=False)


@bp.get("/welcome")
def welcome() -> str:
    authorize(anyone(), Action.DEMO_USE, scope())
    return render_template("demo/welcome.html", facts=queries.demo_facts())


@bp.post("/welcome")
def become() -> ResponseReturnValue:
    """Be one of the three, with no password: only ever in demo mode."""
    authorize(anyone(), Action.DEMO_USE, scope())
    persona = PERSONAS.get(request.form.get("person", ""))
    if persona is None:
        abort(404)
    user = queries.get_person(persona.email)
    start(accounts.start_session(user=user, now=now()))
    # The number of a page that has none would become a query argument, so it is left out as None.
    return redirect(url_for(persona.lands_at, slug=queries.first_slug(), number=persona.number), code=303)
