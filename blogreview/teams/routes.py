from __future__ import annotations

from flask import Blueprint, abort

from blogreview.policy import Action
from blogreview.web.guard import authorize, current_actor

bp = Blueprint("teams", __name__)


@bp.get("/courses/<slug>/class")
def show(slug: str) -> str:
    authorize(current_actor(), Action.SITE_VIEW)
    abort(404)


@bp.get("/join")
def join() -> str:
    authorize(current_actor(), Action.SITE_VIEW)
    abort(404)
