from __future__ import annotations

from flask import Blueprint, abort

from blogreview.policy import Action
from blogreview.web.guard import authorize, current_actor

bp = Blueprint("posts", __name__)


@bp.get("/courses/<slug>/assignments/<int:number>/post")
def edit(slug: str, number: int) -> str:
    authorize(current_actor(), Action.SITE_VIEW)
    abort(404)


@bp.get("/courses/<slug>/assignments/<int:number>/posts/")
def index(slug: str, number: int) -> str:
    authorize(current_actor(), Action.SITE_VIEW)
    abort(404)


@bp.get("/courses/<slug>/assignments/<int:number>/posts/<team>/")
def show(slug: str, number: int, team: str) -> str:
    authorize(current_actor(), Action.SITE_VIEW)
    abort(404)
