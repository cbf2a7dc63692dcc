from __future__ import annotations

from flask import Blueprint, abort

from blogreview.policy import Action
from blogreview.web.guard import authorize, current_actor

bp = Blueprint("allocation", __name__)


@bp.get("/courses/<slug>/assignments/<int:number>/allocation")
def show(slug: str, number: int) -> str:
    authorize(current_actor(), Action.SITE_VIEW)
    abort(404)
