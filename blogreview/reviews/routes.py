from __future__ import annotations

from flask import Blueprint, abort

from blogreview.policy import Action
from blogreview.web.guard import authorize, current_actor

bp = Blueprint("reviews", __name__)


@bp.get("/courses/<slug>/assignments/<int:number>/reviews")
def mine(slug: str, number: int) -> str:
    authorize(current_actor(), Action.SITE_VIEW)
    abort(404)


@bp.get("/courses/<slug>/assignments/<int:number>/posts/<team>/review")
def edit(slug: str, number: int, team: str) -> str:
    authorize(current_actor(), Action.SITE_VIEW)
    abort(404)
