from __future__ import annotations

from flask import Blueprint, abort

from blogreview.policy import Action
from blogreview.web.guard import authorize, current_actor

bp = Blueprint("assignments", __name__)


@bp.get("/courses/<slug>/assignments/new")
def new(slug: str) -> str:
    authorize(current_actor(), Action.SITE_VIEW)
    abort(404)


@bp.get("/courses/<slug>/assignments/<int:number>/")
def show(slug: str, number: int) -> str:
    authorize(current_actor(), Action.SITE_VIEW)
    abort(404)


@bp.get("/courses/<slug>/assignments/<int:number>/edit")
def edit(slug: str, number: int) -> str:
    authorize(current_actor(), Action.SITE_VIEW)
    abort(404)
