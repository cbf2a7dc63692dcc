from __future__ import annotations

from flask import Blueprint, abort

from blogreview.policy import Action
from blogreview.web.guard import authorize, current_actor

bp = Blueprint("demo", __name__)


@bp.get("/welcome")
def welcome() -> str:
    authorize(current_actor(), Action.SITE_VIEW)
    abort(404)


@bp.post("/welcome")
def become() -> str:
    authorize(current_actor(), Action.SITE_VIEW)
    abort(404)
