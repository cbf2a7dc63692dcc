from __future__ import annotations

from flask import Blueprint, abort

from blogreview.policy import Action
from blogreview.web.guard import authorize, current_actor

bp = Blueprint("grades", __name__)
AT = "/courses/<slug>/assignments/<int:number>"


@bp.get(f"{AT}/teams/<team>")
def sheet(slug: str, number: int, team: str) -> str:
    authorize(current_actor(), Action.SITE_VIEW)
    abort(404)


@bp.get(f"{AT}/release")
def confirm_release(slug: str, number: int) -> str:
    authorize(current_actor(), Action.SITE_VIEW)
    abort(404)


@bp.get(f"{AT}/grade")
def own(slug: str, number: int) -> str:
    authorize(current_actor(), Action.SITE_VIEW)
    abort(404)
