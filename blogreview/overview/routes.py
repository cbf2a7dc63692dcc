from __future__ import annotations

from flask import Blueprint, abort

from blogreview.policy import Action
from blogreview.web.guard import authorize, current_actor

bp = Blueprint("overview", __name__)


@bp.get("/courses/<slug>/assignments/<int:number>/overview")
def show(slug: str, number: int) -> str:
    authorize(current_actor(), Action.SITE_VIEW)
    abort(404)


@bp.get("/courses/<slug>/assignments/<int:number>/overview.csv")
def export(slug: str, number: int) -> str:
    authorize(current_actor(), Action.SITE_VIEW)
    abort(404)
