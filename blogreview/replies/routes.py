from __future__ import annotations

from flask import Blueprint, abort

from blogreview.policy import Action
from blogreview.web.guard import authorize, current_actor

bp = Blueprint("replies", __name__)


@bp.post("/courses/<slug>/assignments/<int:number>/posts/<team>/replies")
def write(slug: str, number: int, team: str) -> str:
    authorize(current_actor(), Action.SITE_VIEW)
    abort(404)
